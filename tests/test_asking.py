"""Asking: what people call things is found, what is wrong is told, nothing is silently empty."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import warnings
from typing import TYPE_CHECKING, Any

import depth
import miniature
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from graph import query
from graph.cli.main import main
from graph.cli.tables import for_people
from graph.errors import UsageError
from graph.model.near import Called, hint, near
from graph.model.terms import HUD, KIND, Literal, prefixes_of, spaced
from graph.query.lookup import kind, lists, of_class, predicate, thing, values
from graph.query.parameters import Param, with_sources
from graph.read.store import in_memory

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result
    from miniature import Judged

ALL = query.named_queries([query.QUERIES])
ALLEGED = "https://w3id.org/hudna/karabakh/graph/alleged"
OF_PARTIES = ("Agreement", "Event", "Clause")


@pytest.fixture(scope="module")
def war(karabakh: Judged) -> query.Graph:
    return query.Graph(karabakh[1], "karabakh")


def hudna(public: Path, *words: str, stdin: str | None = None) -> Result:
    at = ["--public", str(public), "--case", "mill"]
    return CliRunner().invoke(main, ["query", *words, *at], input=stdin)


def refused(graph: query.Graph, name: str, **params: str) -> str:
    with pytest.raises(UsageError) as error:
        query.bound(ALL[name], params, graph)
    return str(error.value)


# --- things --------------------------------------------------------------------------------------


def test_the_class_of_the_parameter_decides_whose_name_it_is(own: query.Graph) -> None:
    with pytest.raises(UsageError, match=r'"shusha" .* and "shusha-side"'):
        thing("Shusha", own)
    assert thing("Shusha", own, "place", ["Place"]) == own.node("shusha")
    assert thing("Shusha", own, "actor", ["Actor"]) == own.node("shusha-side")
    for name in ("economy", "timeline"):
        assert str(own.node("shusha")) in query.bound(ALL[name], {"place": "Shusha"}, own)


def test_a_state_may_stand_for_a_place(war: query.Graph) -> None:
    assert thing("Turkey", war, "place", ["Place"]) == war.node("turkey")


def test_a_thing_of_a_wrong_class_is_refused_with_one_of_the_right(war: query.Graph) -> None:
    told = refused(war, "parties", of="moscow")
    assert "is no agreement, event or clause" in told
    assert "of the class place" in told
    assert 'did you mean "ag-moscow"' in told
    assert "of the class source" in refused(war, "parties", of="armenia-2021")


@pytest.mark.parametrize(
    ("value", "classes", "right", "wrong"),
    [
        ("moscow-statement", OF_PARTIES, "ag-moscow", "moscow"),
        ("armenian-authority", ("Actor",), "armenian-authorities", "armenia-2021"),
        ("statement-9", ("Agreement",), "ag-statement", "ag-statement.c1"),
        ("irann", ("Actor",), "iran", "iran-border"),
        ("moskow", ("Place",), "moscow", "ag-moscow"),
        ("border", ("Actor",), "border-troops", "armenia-azerbaijan-border"),
    ],
)
def test_hints_are_of_the_right_class_and_near(
    value: str, classes: tuple[str, ...], right: str, wrong: str, war: query.Graph
) -> None:
    with pytest.raises(UsageError) as error:
        thing(value, war, "x", classes)
    assert f'"{right}"' in str(error.value)
    assert f'"{wrong}"' not in str(error.value)


@pytest.mark.parametrize("value", ["moscow-deal-us", "q999", "zz", "x" * 300, "-", "\u200f"])
def test_what_is_far_from_all_gets_no_hint(value: str, war: query.Graph) -> None:
    with pytest.raises(UsageError) as error:
        thing(value, war)
    assert "did you mean" not in str(error.value)


def test_a_voice_makes_claims(war: query.Graph) -> None:
    assert "makes no claim" in refused(war, "claims-of", voice="hamza-division")


# --- predicates and kinds ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", ["hostileTo", "hud:hostileTo", HUD + "hostileTo", "is on hostile terms with",
              "Is on  hostile terms with", "hostile-to"]
)  # fmt: skip
def test_a_predicate_is_found_by_what_tables_print(value: str, war: query.Graph) -> None:
    assert predicate(value, war, "predicate").value == HUD + "hostileTo"


@pytest.mark.parametrize("value", ["detaineeRelease", "kind:detaineeRelease", "detainee release"])
def test_a_kind_is_found_by_what_tables_print(value: str, war: query.Graph) -> None:
    assert kind(value, war, "topic").value == KIND + "detaineeRelease"


def test_everything_that_is_listed_can_be_given_back(war: query.Graph) -> None:
    for one in values("predicate", war):
        assert predicate(one.label, war, "x").value == HUD + one.id
    for name in ("status", "topic", "stance", "family", "modality", "stage"):
        for one in values(name, war):
            assert kind(one.label, war, name).value == KIND + one.id
    assert all(values(name, war) for name in lists(war))


def test_a_kind_of_another_list_is_refused_with_the_right_ones(war: query.Graph) -> None:
    told = refused(war, "ties", status="truce")
    assert "it takes accepted, alleged, contested, judgement, open, rejected" in told


NEAR = [
    # what was written, where it was asked for, the first hint or none
    ("armeniaa", "Actor", "armenia"), ("Rusia", "Actor", "russia"),
    ("russians", "Actor", "russia"), ("fbs", "Actor", "fsb"), ("Turkei", "State", "turkey"),
    ("Shusa", "Place", "shusha"), ("Ganga", "Place", "ganja"),
    ("Hamza Divison", "Actor", "hamza-division"),
    ("Comittee International Rescue", "Actor", "irc"),
    ("international comittee of rescue", "Actor", "irc"),
    ("authority of armenia", "Actor", "armenian-authorities"),
    ("Pashinyan Nikol", "Actor", "nikol-pashinyan"),
    ("Nikol al-Pashinyan", "Actor", "nikol-pashinyan"),
    ("president nikol pashinyan", "Actor", "nikol-pashinyan"),
    ("nikolpashinyan", "Actor", "nikol-pashinyan"),
    ("Nikol Pashinian", "Actor", "nikol-pashinyan"), ("Ilhan Aliev", "Actor", "ilham-aliyev"),
    ("armed forces of Armennia", "Actor", "armenian-forces"),
    ("forces of Armenia armed", "Actor", "armenian-forces"),
    ("azerbaijani goverment", "Actor", "azerbaijani-authorities"),
    ("corridor of Lachin", "Place", "lachin-corridor"),
    ("Khoda Afarin", "Place", "khoda-afarin-dam"),
    ("moscow statement", "Agreement", "ag-moscow"), ("talks moscow", "Event", "ev-moscow-talks"),
    ("Irak", "Actor", ""), ("Rußland", "Actor", ""), ("not Iran", "Actor", ""),
    ("the", "Entity", ""),
    ("Shusha Hospital of Mercy", "Entity", ""), ("moscow-deal-us", "Entity", ""),
    ("zz", "Entity", ""),
    ("suport", "predicate", "backs"), ("beseiges", "predicate", "besieges"),
    ("is besieged", "predicate", "besieges"), ("encircled", "predicate", "besieges"),
    ("negotiating with", "predicate", "negotiatesWith"), ("bombing", "predicate", "bombs"),
    ("killed by", "predicate", "kills"), ("isEmployedBy", "predicate", "employedBy"),
    ("onHostileTermsWit", "predicate", "hostileTo"),
    ("agrees with", "predicate", "concludesAgreementWith"),
    ("disloyal to", "predicate", ""), ("deauthorises", "predicate", ""),
    ("trusts", "predicate", ""), ("weakens", "predicate", "weakens"),
    ("does not control", "predicate", ""), ("unfriendly to", "predicate", ""),
    ("belagert", "predicate", ""), ("فرض الحصار", "predicate", ""),
    ("detainee relese", "topic", "detaineeRelease"), ("rejekted", "status", "rejected"),
    ("disputed", "status", "contested"), ("denied", "stance", "denies"),
    ("deny", "stance", "denies"),
    ("violent", "family", "violence"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "asked", "first"), NEAR)
def test_the_first_hint(value: str, asked: str, first: str, war: query.Graph) -> None:
    known = values(asked, war) if asked in lists(war) else of_class(asked, war)
    assert [one.id for one in near(spaced(value), known)][:1] == ([first] if first else [])


@pytest.mark.parametrize("value", ["حرس النهرر", "النهر حرس"])
def test_the_first_hint_in_another_script(value: str, example: Judged) -> None:
    known = of_class("Actor", query.Graph(example[1], miniature.CASE))
    assert [one.id for one in near(spaced(value), known)][:1] == ["river-guard"]


def test_a_predicate_is_named_from_the_other_end(war: query.Graph) -> None:
    with pytest.warns(UserWarning, match='"besieges" from the other end'):
        assert predicate("is besieged by", war, "predicate").value == HUD + "besieges"
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # the label of one goes before such words of another
        assert predicate("is led by", war, "predicate").value == HUD + "lead"
    told = {row["howTied"].value for row in _rows(war, "neighbours", actor="armenian-authorities")}
    assert "is headed by" in told
    assert {row["does"].value for row in _rows(war, "go-betweens", predicate="mediator")} == {
        "is a mediator in"
    }


def _rows(graph: query.Graph, name: str, **params: str) -> list[dict[str, Any]]:
    found = query.select(graph.store, query.bound(ALL[name], params, graph))
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


@pytest.mark.parametrize(
    ("name", "params", "told"),
    [
        ("ties", {"predicate": "hasSize"}, "does not fit: it takes tie"),
        ("roles", {"role": "besieges"}, "does not fit: it takes leads, heads"),
        ("figures", {"predicate": "backs"}, "does not fit: it takes quantity"),
        ("timeline", {"kind": "militia"}, "does not fit: it takes eventKinds, agreementKinds"),
        ("gaps", {"gap": "dates"}, 'did you mean "date"?'),
        ("gaps", {"gap": "foo"}, "none of its values: date, which date"),
        ("causes", {"relation": "reason"}, "none of its values: cause"),
        ("signed-ties", {"sign": "5"}, "none of its values: 1, 0, -1"),
        ("paths", {"from": "iran", "to": "russia", "steps": "7"}, "none of its values: 1, 2, 3"),
        ("passages", {"sentence": "99.9"}, "no claim cites a sentence 99.9"),
        ("passages", {"sentence": "words"}, "is given as in 24.2, of any source"),
        ("names", {"text": "shusha", "class": "plase"}, 'did you mean "Place"'),
    ],
)
def test_what_can_match_nothing_is_refused(
    name: str, params: dict[str, str], told: str, war: query.Graph
) -> None:
    assert told in refused(war, name, **params)


def test_a_list_is_given_in_any_way_to_write_it(war: query.Graph) -> None:
    assert _rows(war, "gaps", gap=" Number")
    assert _rows(war, "names", text="armenia", **{"class": "actor"})
    assert _rows(war, "signed-ties", sign="-1")


OWN = """
    karabakh:term\\/feeds a owl:ObjectProperty ; rdfs:label "feeds"@en ;
        hud:inverseLabel "is fed by"@en ;
        hud:family kind:economy ; hud:sign 1 ; hud:tie true .
    karabakh:term\\/bread a skos:Concept ; skos:prefLabel "bread ration"@en ;
        skos:inScheme kind:clauseTopics .
    karabakh:s-own a hud:Statement ; rdf:subject karabakh:iran ;
        rdf:predicate karabakh:term\\/feeds ; rdf:object karabakh:shusha .
    karabakh:shusha-side a hud:Actor ; rdfs:label "Shusha"@en ; hud:nameKey "shusha" .
"""


@pytest.fixture(scope="module")
def own(karabakh: Judged) -> query.Graph:
    """The graph of Karabakh with a predicate and a kind of its own, and a name of two things."""
    declared = "".join(f"@prefix {k}: <{v}> .\n" for k, v in prefixes_of("karabakh").items())
    more = ox.parse((declared + OWN).encode(), ox.RdfFormat.TURTLE)
    return query.Graph(in_memory(list(karabakh[1]), list(more)), "karabakh")


def test_terms_of_a_case_are_found_like_others(own: query.Graph) -> None:
    for name in ("feeds", "term/feeds", "karabakh:term/feeds", f"{own.base}term/feeds"):
        assert predicate(name, own, "predicate").value == f"{own.base}term/feeds"
    assert kind("bread ration", own, "topic").value == f"{own.base}term/bread"
    assert "feeds" in {one.id for one in values("predicate", own)}
    assert "bread" in {one.id for one in values("topic", own)}
    assert own.labels.said("s-own") == "Iran feeds Shusha"
    with pytest.raises(UsageError, match=r'did you mean .*"feeds"'):
        predicate("feedds", own, "predicate")
    asked = query.parse_query("own", r"SELECT ?x { ?x term:feeds ?y ; karabakh:term\/feedds ?z }")
    with pytest.warns(UserWarning, match='no karabakh:term/feedds; did you mean "feeds"') as told:
        query.bound(asked, {}, own)
    assert len(told) == 1


@pytest.mark.landing
def test_a_hint_means_the_same_and_never_the_opposite(war: query.Graph) -> None:
    told = refused(war, "ties", predicate="supports")
    assert '"backs"' in told
    known = values("predicate", war)
    signs = {one.id: one.sign for one in known}
    for one in filter(lambda one: one.sign, known):
        words = sorted({*one.synonyms, *(key + "s" for key in one.keys)})
        for word in words if depth.deep() else words[:1]:
            found = hint(word, known).split('"')[1::2]
            assert all(signs[other] * one.sign >= 0 for other in found if one.id in found), word


def test_of_two_near_predicates_of_opposite_signs_one_is_hinted() -> None:
    known = [Called("aids", "aids", frozenset(["aids"]), sign=1),
             Called("raids", "raids", frozenset(["raids"]), sign=-1),
             Called("raidsOf", "raids of", frozenset(["raids of"]), sign=0)]  # fmt: skip
    assert hint("raids", known).split('"')[1::2] == ["raids", "raidsOf"]
    assert hint("raids", known[:1]).split('"')[1::2] == ["aids"]


# --- what is needed, and what is not there -------------------------------------------------------


def test_one_of_several_parameters_is_asked_for(war: query.Graph) -> None:
    assert "needs question=…, statement=… or voice=…" in refused(war, "who-says")
    for name, given in (("question", "q-who-began"), ("voice", "ilham-aliyev")):
        asked = query.bound(ALL["who-says"], {name: given}, war)
        assert query.select(war.store, asked).rows


def test_no_query_of_the_project_names_what_the_graph_has_not(war: query.Graph) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for found in ALL.values():
            needed = {p.name for p in found.params if p.required} | set(found.one_of)
            if not needed:
                query.bound(found, {}, war)


@pytest.mark.parametrize(
    ("sparql", "told"),
    [
        ("SELECT ?x { ?x hud:chargesForPasageInto ?y }", '"chargesForPassageInto"'),
        ("PREFIX h: <https://w3id.org/hudna/karabakh/> SELECT ?x { h:shusa ?p ?x }", '"shusha"'),
        (f"SELECT ?x {{ ?x ?p <{KIND}acepted> }}", '"accepted"'),
        ("SELECT ?x { GRAPH karabakh:graph\\/voice\\/nobody { ?x ?p ?o } }", ""),
        ("SELECT ?x { ?x hud:status kind:accepted ; rdfs:lable 'hud:nothing' } # hud:nothing", ""),
        (f"SELECT ?x {{ GRAPH <{ALLEGED}> {{ ?x ?p karabakh:shusha }} }}", ""),
    ],
)
def test_a_name_that_is_nowhere_is_told(sparql: str, told: str, war: query.Graph) -> None:
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        query.bound(query.parse_query("own", sparql), {}, war)
    assert [told in str(one.message) for one in found] == ([True] if told else [])


def test_the_command_tells_of_it_beside_the_answer(public: Path) -> None:
    found = hudna(public, "-", stdin="SELECT ?x { ?x a hud:Perso }")
    assert "warning: the graph has no hud:Perso" in found.stderr
    assert '"Person"' in found.stderr
    assert found.exit_code == 0


def test_a_parameter_has_one_value(public: Path) -> None:
    found = hudna(public, "ties", "--param", "actor=a", "--param", "actor=b")
    assert found.exit_code == 2
    assert "actor is given twice" in found.stderr


def test_ties_tell_what_they_pass_over(war: query.Graph) -> None:
    from graph.query.named import passed_over

    rows = query.select(
        war.store,
        f"""SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{
             ?s rdf:subject|rdf:object <{war.base}azerbaijan> ; rdf:predicate ?p
             FILTER NOT EXISTS {{ ?p hud:tie true }} }}""",
    ).rows
    number = getattr(rows[0][0], "value", "")
    assert number != "0"
    told = passed_over(ALL["ties"], {"actor": "azerbaijan"}, war)
    assert re.findall("[0-9]+", told) == [number]
    assert passed_over(ALL["ties"], {}, war) == ""
    assert passed_over(ALL["roles"], {"actor": "azerbaijan"}, war) == ""


# --- the command ---------------------------------------------------------------------------------


def test_help_on_a_query(public: Path) -> None:
    told = hudna(public, "ties", "--help").stdout
    assert ALL["ties"].title in told
    assert "predicate=Predicate" in told
    assert "--memory" not in told
    assert "--memory" in hudna(public, "--help").stdout
    assert "needed: question, statement, voice" in hudna(public, "who-says", "--help").stdout


def test_values_are_listed_with_their_labels(public: Path) -> None:
    assert "border control" in hudna(public, "--values", "topic").stdout
    rows = list(
        csv.reader(hudna(public, "--values", "predicate", "--format", "csv").stdout.split("\n"))
    )
    assert rows[0] == ["predicate", "label", "from the other end", "family", "sign"]
    assert ["backs", "backs", "is backed by", "backing", "1"] in rows
    assert 'did you mean "status"' in hudna(public, "--values", "statos").stderr


def test_csv_is_for_people_and_sparql_csv_for_programs(public: Path) -> None:
    asked = 'SELECT ?a ?b ?c { VALUES (?a ?b ?c) { ("=1+1" -1 hud:Person) } }'
    cells = hudna(public, "-", "--format", "csv", stdin=asked).stdout.splitlines()[1].split(",")
    assert cells[:2] == ["'=1+1", "-1"]
    exact = hudna(public, "-", "--format", "sparql-csv", stdin=asked).stdout.splitlines()[1]
    assert exact.split(",")[:2] == ["=1+1", "-1"]
    labelled = hudna(public, "-", "--format", "tsv", "--labels", stdin=asked).stdout.splitlines()
    assert labelled[0].split("\t") == ["a", "b", "c", "cLabel"]
    assert "goes with" in hudna(public, "-", "--labels", stdin=asked).stderr


def test_only_a_number_may_begin_with_a_sign() -> None:
    cells = [Literal("-1"), Literal("-1+cmd"), Literal("+1.5"), Literal("-"), None]
    found = for_people(query.Table(("x",), tuple((one,) for one in cells)))
    assert [str(row[0]) for row in found[1:]] == ["-1", "-1+cmd", "1.5", "-", ""]
    assert [isinstance(row[0], str) for row in found[1:]] == [False, True, False, True, True]


@pytest.mark.some(3)
@pytest.mark.parametrize(
    ("words", "place", "right"),
    [
        ("hudna query tie", 2, {"ties", "tie-between"}),
        ("hudna query ties --param fam", 4, {"family="}),
        ("hudna query ties --param status=acc", 4, {"status=accepted"}),
        ("hudna query ties --param status = acc", 6, {"accepted"}),
        ("hudna query ties --param status =", 5,
         {"accepted", "alleged", "contested", "judgement", "open", "rejected"}),
        ("hudna query ties --as sieg", 4, set()),
        ("hudna query --values top", 3, {"topic"}),
        ("hudna query gaps --param gap=which", 4, {r"gap=which\\ date"}),
        ("hudna query roles --param role=lea", 4, {"role=leads"}),
    ],
)  # fmt: skip
def test_completion(words: str, place: int, right: set[str], public: Path) -> None:
    words = words.replace("hudna query", f"hudna query --public {public} --case mill")
    environment = {**os.environ, "COMP_WORDS": words, "COMP_CWORD": str(place + 4)}
    environment |= {"_HUDNA_COMPLETE": "bash_complete"}
    code = "from graph.cli import main; main(prog_name='hudna')"
    found = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False,
        cwd=miniature.PROJECT,
    )  # fmt: skip
    assert found.stderr == ""
    assert {line.partition(",")[2] for line in found.stdout.splitlines()} - {""} == right


def test_a_passage_is_given_as_it_is_cited() -> None:
    sentence = Param("sentence", "Sentence", "", required=True)
    source = Param("source", "Source", "", required=False)
    both = [sentence, source]
    wanted = {"sentence": "24.2", "source": "waer-2017"}
    assert with_sources(both, {"sentence": "waer-2017#24.2"}) == wanted
    assert with_sources(both, {"sentence": "waer-2017#24.2", "source": "waer-2017"}) == wanted
    assert with_sources(both, {"sentence": "24.2"}) == {"sentence": "24.2"}
    with pytest.raises(UsageError, match="homs-deal-2014"):
        with_sources(both, {"sentence": "waer-2017#24.2", "source": "homs-deal-2014"})
    with pytest.raises(UsageError, match="takes no source"):
        with_sources([sentence], {"sentence": "waer-2017#24.2"})
