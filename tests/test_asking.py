"""Asking: what people call things is found, what is wrong is told, nothing is silently empty."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import warnings
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner

from graph import query
from graph.cli.main import main
from graph.cli.tables import for_people
from graph.errors import UsageError
from graph.model.terms import HUD, KIND, Literal
from graph.query.lookup import kind, lists, predicate, thing, values
from graph.query.near import Called, hint

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result
    from miniature import Judged

ALL = query.named_queries([query.QUERIES, miniature.PROJECT / "data" / "homs" / "answers"])
OF_PARTIES = ("Agreement", "Event", "Clause")


@pytest.fixture(scope="module")
def homs(judged: Judged) -> query.Graph:
    return query.Graph(judged[1], judged[0].id)


def hudna(public: Path, *words: str, stdin: str | None = None) -> Result:
    at = ["--public", str(public), "--case", "mill"]
    return CliRunner().invoke(main, ["query", *words, *at], input=stdin)


def refused(graph: query.Graph, name: str, **params: str) -> str:
    with pytest.raises(UsageError) as error:
        query.bound(ALL[name], params, graph)
    return str(error.value)


# --- things --------------------------------------------------------------------------------------


def test_the_class_of_the_parameter_decides_whose_name_it_is(homs: query.Graph) -> None:
    with pytest.raises(UsageError, match=r'"waer" .* and "waer-side"'):
        thing("Waer", homs)
    assert thing("Waer", homs, "place", ["Place"]) == homs.node("waer")
    assert thing("Waer", homs, "actor", ["Actor"]) == homs.node("waer-side")
    for name in ("economy", "timeline"):
        assert str(homs.node("waer")) in query.bound(ALL[name], {"place": "Waer"}, homs)


def test_a_state_may_stand_for_a_place(homs: query.Graph) -> None:
    assert thing("Turkey", homs, "place", ["Place"]) == homs.node("turkey")


def test_a_thing_of_a_wrong_class_is_refused_with_one_of_the_right(homs: query.Graph) -> None:
    told = refused(homs, "parties", of="homs-deal-2014")
    assert "is no agreement, event or clause" in told
    assert "of the class source" in told
    assert 'did you mean "ag-homs2014"' in told


@pytest.mark.parametrize(
    ("value", "classes", "right", "wrong"),
    [
        ("homs-deal", OF_PARTIES, "ag-homs2014", "homs-deal-2014"),
        ("government", ("Actor",), "gov-syria", "government-areas"),
        ("waer-truce-2015", ("Agreement",), "ag-waer-dec2015", "waer-2017"),
        ("irann", ("Actor",), "iran", "aleppo"),
        ("nodf", ("Actor",), "ndf", "iran"),
        ("wear", ("Place",), "waer", "waer-side"),
    ],
)
def test_hints_are_of_the_right_class_and_near(
    value: str, classes: tuple[str, ...], right: str, wrong: str, homs: query.Graph
) -> None:
    with pytest.raises(UsageError) as error:
        thing(value, homs, "x", classes)
    assert f'"{right}"' in str(error.value)
    assert f'"{wrong}"' not in str(error.value)


@pytest.mark.parametrize("value", ["homs-deal-us", "q999", "zz", "x" * 300, "-", "\u200f"])
def test_what_is_far_from_all_gets_no_hint(value: str, homs: query.Graph) -> None:
    with pytest.raises(UsageError) as error:
        thing(value, homs)
    assert "did you mean" not in str(error.value)


def test_a_voice_makes_claims(homs: query.Graph) -> None:
    assert "makes no claim" in refused(homs, "claims-of", voice="iran")


# --- predicates and kinds ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", ["hostileTo", "hud:hostileTo", HUD + "hostileTo", "is on hostile terms with",
              "Is on  hostile terms with", "hostile-to"]
)  # fmt: skip
def test_a_predicate_is_found_by_what_tables_print(value: str, homs: query.Graph) -> None:
    assert predicate(value, homs, "predicate").value == HUD + "hostileTo"


@pytest.mark.parametrize("value", ["detaineeRelease", "kind:detaineeRelease", "detainee release"])
def test_a_kind_is_found_by_what_tables_print(value: str, homs: query.Graph) -> None:
    assert kind(value, homs, "topic").value == KIND + "detaineeRelease"


def test_everything_that_is_listed_can_be_given_back(homs: query.Graph) -> None:
    for one in values("predicate", homs):
        assert predicate(one.label, homs, "x").value == HUD + one.id
    for name in ("status", "topic", "stance", "family", "modality", "stage"):
        for one in values(name, homs):
            assert kind(one.label, homs, name).value == KIND + one.id
    assert all(values(name, homs) for name in lists(homs))


def test_a_kind_of_another_list_is_refused_with_the_right_ones(homs: query.Graph) -> None:
    told = refused(homs, "ties", status="truce")
    assert "it takes accepted, alleged, contested, open, rejected" in told


def test_a_hint_means_the_same_and_never_the_opposite(homs: query.Graph) -> None:
    told = refused(homs, "ties", predicate="supports")
    assert '"backs"' in told
    signs = {one.id: one.sign for one in values("predicate", homs)}
    for one in values("predicate", homs):
        for word in {*one.synonyms, *(key + "s" for key in one.keys)}:
            found = hint(word, values("predicate", homs)).split('"')[1::2]
            assert all(signs[other] * one.sign >= 0 for other in found if one.id in found), word


def test_of_two_near_predicates_of_opposite_signs_one_is_hinted() -> None:
    known = [Called("aids", "aids", frozenset(["aids"]), sign=1),
             Called("raids", "raids", frozenset(["raids"]), sign=-1),
             Called("raidsOf", "raids of", frozenset(["raids of"]), sign=0)]  # fmt: skip
    assert hint("raids", known).split('"')[1::2] == ["raids", "raidsOf"]
    assert hint("raids", known[:1]).split('"')[1::2] == ["aids"]


# --- what is needed, and what is not there -------------------------------------------------------


def test_one_of_several_parameters_is_asked_for(homs: query.Graph) -> None:
    assert "needs --param question=…, statement=… or voice=…" in refused(homs, "who-says")
    for name, given in (("question", "f-bombings"), ("voice", "isil")):
        asked = query.bound(ALL["who-says"], {name: given}, homs)
        assert query.select(homs.store, asked).rows


def test_no_query_of_the_project_names_what_the_graph_has_not(homs: query.Graph) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for found in ALL.values():
            needed = {p.name for p in found.params if p.required} | set(found.one_of)
            if not needed:
                query.bound(found, {}, homs)


@pytest.mark.parametrize(
    ("sparql", "told"),
    [
        ("SELECT ?x { ?x hud:chargesForPasageInto ?y }", '"chargesForPassageInto"'),
        ("PREFIX h: <https://w3id.org/hudna/homs/> SELECT ?x { h:wear ?p ?x }", '"waer" (Waer)'),
        (f"SELECT ?x {{ ?x ?p <{KIND}acepted> }}", '"accepted"'),
        ("SELECT ?x { GRAPH homs:graph\\/voice\\/nobody { ?x ?p ?o } }", ""),
        ("SELECT ?x { ?x hud:status kind:accepted ; rdfs:lable 'hud:nothing' } # hud:nothing", ""),
        ("SELECT ?x { GRAPH <https://w3id.org/hudna/homs/graph/alleged> { ?x ?p homs:waer } }", ""),
    ],
)
def test_a_name_that_is_nowhere_is_told(sparql: str, told: str, homs: query.Graph) -> None:
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        query.bound(query.parse_query("own", sparql), {}, homs)
    assert [told in str(one.message) for one in found] == ([True] if told else [])


def test_the_command_tells_of_it_beside_the_answer(public: Path) -> None:
    found = hudna(public, "-", stdin="SELECT ?x { ?x a hud:Perso }")
    assert "warning: the graph has no hud:Perso" in found.stderr
    assert '"Person"' in found.stderr
    assert found.exit_code == 0


def test_a_parameter_has_one_value(public: Path) -> None:
    found = hudna(public, "ties", "--param", "actor=a", "--param", "actor=b")
    assert found.exit_code == 2
    assert "--param actor is given twice" in found.stderr


def test_ties_tell_what_they_pass_over(homs: query.Graph) -> None:
    from graph.query.named import passed_over

    told = passed_over(ALL["ties"], {"actor": "profit-chain"}, homs)
    assert ": 1 " in told or " 1 " in told
    assert passed_over(ALL["ties"], {}, homs) == ""
    assert passed_over(ALL["roles"], {"actor": "zietun"}, homs) == ""


# --- the command ---------------------------------------------------------------------------------


def test_help_on_a_query(public: Path) -> None:
    told = hudna(public, "ties", "--help").stdout
    assert ALL["ties"].title in told
    assert "--param predicate=Predicate" in told
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


@pytest.mark.parametrize(
    ("words", "place", "right"),
    [
        ("hudna query tie", 2, {"ties", "tie-between"}),
        ("hudna query ties --param fam", 4, {"family="}),
        ("hudna query ties --param status=acc", 4, {"status=accepted"}),
        ("hudna query ties --param status = acc", 6, {"accepted"}),
        ("hudna query ties --param status =", 5,
         {"accepted", "alleged", "contested", "open", "rejected"}),
        ("hudna query ties --as sieg", 4, set()),
        ("hudna query --values top", 3, {"topic"}),
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
    assert {line.partition(",")[2] for line in io.StringIO(found.stdout).read().split()} == right
