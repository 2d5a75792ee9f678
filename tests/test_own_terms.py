"""A case's own predicates and kinds: everywhere like those of the ontology, and below them."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from typing import TYPE_CHECKING

import miniature
import own_terms
import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from depth import examples
from hypothesis import given
from hypothesis import strategies as st
from miniature import ONTOLOGY, problems_of, written
from own_terms import BROADER, plain, recoded, replaceable, written_with_own
from serving import served
from test_queries import required, value

from graph import query, reader
from graph.analysis.sequences.sequence import sequence
from graph.authoring import json_schemas
from graph.build import recipe
from graph.build.case import open_build
from graph.cli.main import main
from graph.errors import DataProblems, UsageError
from graph.export.formats import export, form, formats
from graph.export.selection import Selection
from graph.model import Event
from graph.model.terms import HUD, KIND, graph_iri, is_own_term, own_term, short, term_name, text
from graph.network.projection import network, projections
from graph.query.days import named_answer
from graph.query.difference import Group
from graph.query.differences import differences
from graph.query.lookup import kind, predicate, values
from graph.query.named import named_queries
from graph.read.select import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from miniature import Judged
    from serving import Server

    Said = tuple[str, str, str, str]

GENERAL = named_queries([query.QUERIES])
STARVES = own_term("mill", "starvesOut")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the miniature case, recoded with words of its own."""
    return recoded(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module")
def own(place: Path) -> query.Graph:
    return query.Graph(miniature.judged(place)[1], "mill")


@pytest.fixture(scope="module")
def mill(example: Judged) -> query.Graph:
    return query.Graph(example[1], "mill")


@pytest.fixture(scope="module")
def coded(judged: Judged) -> query.Graph:
    return query.Graph(judged[1], miniature.CODED)


@pytest.fixture(scope="module")
def all_own(tmp_path_factory: pytest.TempPathFactory) -> query.Graph:
    """The larger case, told in no word of the ontology below which a case may have one."""
    folder = tmp_path_factory.mktemp("all") / miniature.CODED
    used = written_with_own(miniature.PROJECT / "data" / folder.name, folder, lambda _term: True)
    assert len(used) > 100
    return query.Graph(recipe.judged(folder, ONTOLOGY, lambda _step: None)[1], folder.name)


# Recoding a term to the broader one changes no coarse answer


def answer_rows(graph: query.Graph, name: str, params: Mapping[str, str]) -> Counter[str]:
    found = named_answer(GENERAL[name], params, graph)
    assert isinstance(found, Table)
    rows = (" | ".join(graph.name(text(cell)) for cell in row) for row in found.rows)
    return Counter(map(plain, rows))


def questions() -> Iterator[tuple[str, str]]:
    """Yield each query, with nothing more than it needs and with each word that it takes."""
    for name, one in GENERAL.items():
        yield name, ""
        for param in one.params:
            if param.type in ("Kind", "Predicate"):
                yield name, param.name


@pytest.mark.landing
@pytest.mark.parametrize(("name", "word"), list(questions()))
def test_a_coarse_question_has_the_same_answer(
    coded: query.Graph, all_own: query.Graph, name: str, word: str
) -> None:
    params = {**required(name), **({word: value(name, word)} if word else {})}
    assert answer_rows(all_own, name, params) == answer_rows(coded, name, params)


def edges(graph: query.Graph, name: str) -> Counter[tuple[str, str, str, str, int]]:
    found = network(graph, name, status=("accepted", "contested", "alleged", "open"))
    return Counter(
        (a, b, plain(key), data["family"], data["sign"])
        for a, b, key, data in found.edges(keys=True, data=True)
    )


@pytest.mark.landing
@pytest.mark.parametrize("name", projections())
def test_every_network_is_the_same(coded: query.Graph, all_own: query.Graph, name: str) -> None:
    assert edges(all_own, name) == edges(coded, name)


def triples(graph: query.Graph) -> set[Said]:
    """Return what all graphs say by predicates and properties of the ontology, between things."""
    return {
        (text(quad.graph_name), plain(text(quad.subject)), text(quad.predicate), text(quad.object))
        for quad in graph.store
        if term_name(text(quad.predicate)) in {*ONTOLOGY.predicates, *GROUPS}
        and graph.local(text(quad.subject)) != text(quad.subject)
        and graph.local(text(quad.object)) != text(quad.object)
        and not is_own_term(text(quad.object))
    }


GROUPS = {"tiedTo", "cooperatesWith", "opposes", "tiedByBacking", "tiedByBelonging",
          "tiedByCoercion", "tiedByNegotiation", "tiedByViolence", "tiedOtherwise"}  # fmt: skip


def test_all_triples_of_the_ontology_stand_in_their_graphs(
    coded: query.Graph, all_own: query.Graph
) -> None:
    """Beside them is only the triple of the broader predicate among the ties."""
    before, now = triples(coded), triples(all_own)
    assert not before - now
    more = now - before
    assert {graph for graph, _, _, _ in more} == {graph_iri(miniature.CODED, "ties")}
    assert not {term_name(named) for _, _, named, _ in more} & GROUPS


@pytest.mark.landing
@given(chosen=st.sets(st.sampled_from(sorted(set().union(*replaceable())))))
@examples(20)
def test_some_words_of_its_own_change_no_tie(
    chosen: set[str], mill: query.Graph, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chosen |= {"besieges", "shelling"}
    folder = tmp_path_factory.mktemp("some") / "mill"
    written_with_own(miniature.FOLDER, folder, chosen.__contains__)
    some = query.Graph(miniature.judged(folder)[1], "mill")
    assert not triples(mill) - triples(some)
    for name in ("ties", "actors", "participation", "blame"):
        assert edges(some, name) == edges(mill, name)


@pytest.mark.landing
@pytest.mark.parametrize("name", ["detainee-escalation", "truce-relief", "bombing-halt"])
def test_what_followed_what_is_the_same(
    coded: query.Graph, all_own: query.Graph, name: str
) -> None:
    before, now = (sequence(graph, name).shown for graph in (coded, all_own))
    assert plain(repr(now)) == plain(repr(before))


# Names and addresses


def test_a_term_has_the_address_of_its_case_or_of_the_shared_folder(own: query.Graph) -> None:
    assert own.terms.own["starvesOut"].value == STARVES
    assert STARVES == "https://w3id.org/hudna/mill/term/starvesOut"
    flooded = own_term("common", "floodedFord")
    assert own.terms.own["floodedFord"].value == flooded
    assert flooded == "https://w3id.org/hudna/common/term/floodedFord"
    assert own.terms.broader == BROADER
    for name, term in own.terms.own.items():
        assert is_own_term(term.value)
        assert term_name(term.value) == name == own.name(term.value)
    assert short(STARVES) == "mill:term/starvesOut"
    assert not any(map(is_own_term, (HUD + "besieges", KIND + "truce", f"{own.base}ford")))


def test_it_is_read_and_written_by_its_plain_name(own: query.Graph) -> None:
    assert own.statement("siege-of-mill-town").predicate == "starvesOut"
    assert own.qualifiers("siege-of-mill-town")["label"] == "starves out"
    event = own.thing("ev-shelling")
    assert isinstance(event, Event)
    assert event.kinds == ("nightShelling",)
    assert own.statement("bridge-half-given").object == "halfGiven"
    assert own.labels.said("siege-of-mill-town") == "River Guard starves out Mill Town"


def test_plain_triples_and_ties_hold_it_and_all_above_it(own: query.Graph) -> None:
    ends = ox.NamedNode(own.base + "river-guard"), ox.NamedNode(own.base + "mill-town")
    for graph, named in (
        (ox.DefaultGraph(), {"starvesOut", "besieges"}),
        (ox.NamedNode(graph_iri("mill", "voice/courier-writer")), {"starvesOut", "besieges"}),
        (
            ox.NamedNode(graph_iri("mill", "ties")),
            {"besieges", "tiedByCoercion", "opposes", "tiedTo"},
        ),
    ):
        found = own.store.quads_for_pattern(ends[0], None, ends[1], graph)
        assert {term_name(quad.predicate.value) for quad in found} >= named


def test_a_snapshot_has_what_follows_from_it(place: Path, tmp_path: Path) -> None:
    recipe.build("mill", place.parent, tmp_path)
    case = open_build("mill", tmp_path, place.parent)
    for day, there in (("2019-06-01", True), ("2018-01-01", False)):
        cut = case.snapshot(on=day, held="all")
        found = cut.query("SELECT ?s { ?s hud:besieges ?o ; term:starvesOut ?o }")
        assert isinstance(found, Table)
        assert bool(found.rows) is there


@pytest.mark.parametrize(
    "said",
    [
        "starvesOut",
        "starves out",
        "hungert aus",
        "term/starvesOut",
        STARVES,
        "mill:term/starvesOut",
    ],
)
def test_it_is_looked_up_like_any_other(own: query.Graph, said: str) -> None:
    assert predicate(said, own, "predicate").value == STARVES
    assert "starvesOut" in {one.id for one in values("predicate", own)}
    assert kind("Beschuss bei Nacht", own, "kind").value == own_term("mill", "nightShelling")


# Whoever asks for a term is told of those below it


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("ties", {"predicate": "besieges"}),
        ("ties", {"predicate": "starves out"}),
        ("timeline", {"kind": "shelling"}),
        ("timeline", {"kind": "night shelling"}),
        ("parties", {"of": "ev-shelling", "role": "accomplice"}),
        ("clauses", {"agreement": "ag-may-truce", "topic": "humanitarianRelief"}),
        ("fulfilment", {"state": "partlyFulfilled"}),
        ("fulfilment", {"topic": "bread carts"}),
    ],
)
def test_a_broader_term_finds_the_narrower(
    own: query.Graph, name: str, params: dict[str, str]
) -> None:
    found = named_answer(GENERAL[name], params, own)
    assert isinstance(found, Table)
    assert len(found.rows) == 1


def test_a_kind_of_the_ontology_finds_those_below_it(folder: Path) -> None:
    """A clash is a battle, and a battle need not be a clash."""
    path = folder / "events" / "ev-shelling.toml"
    path.write_text(path.read_text("utf-8").replace('"shelling"', '"clash"'), "utf-8")
    graph = query.Graph(miniature.judged(folder)[1], "mill")
    for asked, rows in (("clash", 1), ("battle", 1), ("raid", 0)):
        found = named_answer(GENERAL["timeline"], {"kind": asked}, graph)
        assert isinstance(found, Table)
        assert len(found.rows) == rows


def test_an_own_term_fits_where_the_broader_does(own: query.Graph) -> None:
    with pytest.raises(UsageError, match="does not fit"):
        named_answer(GENERAL["permissions"], {"predicate": "starvesOut"}, own)
    named_answer(GENERAL["control"], {"predicate": "presentIn"}, own)


# Every door shows its label


@pytest.fixture(scope="module")
def built(place: Path) -> Path:
    public = place.parent / "public"
    recipe.build("mill", place.parent, public)
    return public


@pytest.mark.some(4)
@pytest.mark.parametrize("name", sorted(formats()))
def test_every_format_has_it(place: Path, built: Path, name: str) -> None:
    actor = "river-guard" if form(name).holds == "actor" else None
    chosen = Selection(open_build("mill", built, place.parent).graph, actor=actor)
    data = b"".join(chunk for chunks in export(name, chosen).files.values() for chunk in chunks)
    told = (b"starves out", b"starvesOut", b"night shelling")  # GeoJSON has events, and no ties
    assert any(one in data for one in told)


def test_the_build_publishes_it(built: Path) -> None:
    """The ontology of the build, its page, with label, family and sign, and its networks."""
    whole = built / "mill"
    assert STARVES in (whole / "ontology.ttl").read_text("utf-8")
    page = (whole / "index.html").read_text("utf-8")
    assert '"starvesOut":{"label":"starves out","family":"coercion","sign":-1,' in page
    assert '"night shelling"' in page
    assert '"bread carts"' in page
    for name in ("network.gexf", "network-all.graphml", "edges.csv"):
        assert "starves out" in (whole / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("query ties --param actor=river-guard", "starves out"),
        ("query timeline", "night shelling"),
        ("query --values predicate", "starves out"),
        ("query --values topic", "breadCarts"),
        ("explain river-guard mill-town", "River Guard starves out Mill Town"),
        ("network ties", "starves out"),
        ("terms --own", "starvesOut"),
        ("terms famishes", "starves out"),
        ("terms --for actor,place --own", "starvesOut"),
        ("terms --list topic", "breadCarts"),
        ("terms --own --format json", '"broader": "besieges"'),
    ],
)
def test_every_command_tells_it(place: Path, built: Path, words: str, told: str) -> None:
    where = ["--case", "mill"]
    where += (
        ["--data", str(place.parent)] if words.startswith("terms") else ["--public", str(built)]
    )
    found = CliRunner().invoke(main, [*words.split(), *where])
    assert found.exit_code == 0, found.output
    assert told in found.output


# What is wrong with a term


def entry(sort: str = "predicate", **keys: object) -> str:
    given: dict[str, object] = {
        "name": "starves", "broader": "besieges", "label": "makes hungry",
        "inverse": "is made hungry by", "definition": "It keeps food away.",
    }  # fmt: skip
    if sort == "kind":
        given |= {"broader": "shelling", "inverse": None}
    kept = {key: one for key, one in {**given, **keys}.items() if one is not None}
    return f"[[{sort}]]\n" + "".join(
        f"{key} = {one if isinstance(one, str) and one[:1] in '{[' else json.dumps(one)}\n"
        for key, one in kept.items()
    )


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        (entry(name="besieges"), '"besieges" is a term of the ontology; take it'),
        (entry("kind", name="stance"), '"stance" is a term of the ontology'),
        (entry(name="actor"), '"actor" is a term of the ontology'),
        (entry(name="unknown"), '"unknown" is a reserved word'),
        (entry(name="Starves"), '"Starves" is no name of a term; write letters and figures'),
        (entry(name="x" * 61), "is no name of a term"),
        (entry(name="a.b"), '"a.b" is no name of a term'),
        (entry(name=5), "a number is no name of a term"),
        (entry(name=None), 'the key "name" is missing'),
        (entry(broader=None), 'the key "broader" is missing'),
        (entry(broader="besiegs"), 'is not a predicate of the ontology; did you mean "besieges"'),
        (entry(broader="starves"), '"starves" is a term of the case; write the term of the'),
        (entry(broader="truce"), '"truce" is not a predicate of the ontology'),
        (entry(broader="occurred"), "is made from a table of a file"),
        (entry(broader="obligor"), "is made from a table of a file"),
        (entry("kind", broader="besieges"), "is not a kind of a list that has other"),
        (entry("kind", broader="asserts"), "is not a kind of a list that has other"),
        (entry("kind", broader="other"), 'what is below "other" has to say in which it is'),
        (entry("kind", lists=["placeKinds"]), '"placeKinds" is no list of shelling; it is in'),
        (entry("kind", sign=1), 'unknown key "sign"'),
        (entry(sign=1), "is 1, but what is below besieges has the sign -1"),
        (entry(sign=0), "is 0, but what is below besieges has the sign -1"),
        (entry(sign=2), "is no sign; write 1 for backing"),
        (entry(broader="negotiatesWith", sign=1), "what is below negotiatesWith has the sign 0"),
        (entry(aspect="always"), '"always" is not an aspect'),
        (entry(domain=["Place"]), '"Place" is none of the classes of besieges there'),
        (entry(range=["Nothing"]), '"Nothing" is none of the classes of besieges there'),
        (entry(inverse=None), 'the key "inverse" is missing'),
        (entry() + 'pattern = "{subject} starves"\n', "{object} and {subject} once each"),
        (entry() + 'inverse_pattern = "{subject} starves {object}"\n', "begin with {object}"),
        (entry() + 'pattern = "{subject} {object} {x}"\n', "no other place in braces"),
        (entry(label="besieges"), 'is what "besieges" is called; choose another'),
        (entry(inverse="is besieged by"), 'is what "besieges" is called; choose another'),
        (entry(label='{ hy = "x" }'), "has no label in English"),
        (entry(label='{ en = "x", "no tag" = "y" }'), "no tag: "),
        (entry(definition=" "), "is empty"),
        (entry() + entry(label="b", inverse="c"), 'the name "starves" is taken already'),
        (entry() + entry(name="hungers"), 'is what "starves" is called; choose another'),
        (entry() + entry(name="STARVES".capitalize()), "is no name of a term"),
        ('terms = ["../../etc/terms.toml"]\n', "is no shared list; write"),
        ('terms = ["/etc/terms.toml"]\n', "is no shared list; write"),
        ('terms = ["../common/other.toml"]\n', "is no shared list; write"),
        ('terms = ["../kind/terms.toml"]\n', "is no shared list; write"),
        ('terms = ["../nowhere/terms.toml"]\n', 'there is no "../nowhere/terms.toml"'),
        ('terms = ["../mill/terms.toml"]\n', "is this file; leave it out"),
        ("predicate = 5\n", "is a number; write a list of tables"),
    ],
)
def test_what_is_wrong_is_told_once_with_its_line(folder: Path, toml: str, told: str) -> None:
    """That the case uses the word is no second problem."""
    path = folder / "statements" / "control.toml"
    if 'name = "starves"' in toml and "[[predicate]]" in toml:
        path.write_text(path.read_text("utf-8").replace('"besieges"', '"starves"'), "utf-8")
    written(folder, "terms.toml", toml)
    found = problems_of(folder)
    assert [one.file for one in found] == ["terms.toml"] * len(found), found
    assert any(told in one.message for one in found), found
    assert all(one.line for one in found), found


def test_there_are_not_too_many(folder: Path) -> None:
    many = "".join(
        entry("kind", name=f"k{number}", label=f"kind {number}") for number in range(1001)
    )
    written(folder, "terms.toml", many)
    (problem,) = problems_of(folder)
    assert "has 1001 terms; 1000 is the most" in problem.message


def test_a_file_of_terms_that_cannot_be_parsed_gives_one_problem(folder: Path) -> None:
    (folder / "statements" / "control.toml").write_text('[[statement]]\nsubject = "nobody"\n')
    for name in ("terms.toml", "../common/terms.toml"):
        written(folder, "terms.toml", 'terms = ["../common/terms.toml"]\n')
        written(folder, "../common/terms.toml", entry())
        written(folder, name, "[[predicate\n")
        found = problems_of(folder)
        assert [one.file for one in found] == [name]


def test_a_sign_may_be_told_where_the_broader_has_none(folder: Path) -> None:
    belongs = next(
        name
        for name, one in ONTOLOGY.predicates.items()
        if one.sign == 0 and ONTOLOGY.texts[HUD + name].get(HUD + "group") == [KIND + "belonging"]
    )
    written(folder, "terms.toml", entry(broader=belongs, sign=1, aspect="act"))
    words = reader.vocabulary_of(folder, ONTOLOGY)
    assert not problems_of(folder)
    assert (words.predicates["starves"].sign, words.predicates["starves"].aspect) == (1, "act")
    assert words.predicates["starves"].family == ONTOLOGY.predicates[belongs].family


def test_a_synonym_of_the_ontology_is_hinted_at(folder: Path) -> None:
    synonym = ONTOLOGY.texts[HUD + "detains"]["http://www.w3.org/2004/02/skos/core#hiddenLabel"][0]
    written(folder, "terms.toml", entry(broader="pressures", synonyms=[synonym]))
    hints = [one.message for one in reader.read(folder, ONTOLOGY).hints]
    assert any('"starves" may be the term detains of the ontology' in one for one in hints)


def test_classes_are_those_of_the_term(folder: Path) -> None:
    """Narrower ends than those of the broader term count."""
    path = folder / "statements" / "talks.toml"
    path.write_text(path.read_text("utf-8").replace('"negotiatesWith"', '"starves"'), "utf-8")
    written(folder, "terms.toml", entry(broader="negotiatesWith", domain=["State"]))
    (problem,) = miniature.all_problems_of(folder)
    assert problem.file == "statements/talks.toml"
    assert "starves takes State there" in problem.message


# Several cases, editors, and changes


def test_two_cases_that_share_a_list_have_the_same_terms(place: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(place.parent, data, ignore=shutil.ignore_patterns("public"))
    other = data / "other"
    shutil.copytree(data / "mill", other)
    head = (other / "case.toml").read_text("utf-8").replace('id = "mill"', 'id = "other"')
    (other / "case.toml").write_text(head, "utf-8")
    ours, theirs = (
        query.Graph(miniature.judged(data / name)[1], name) for name in ("mill", "other")
    )
    assert ours.terms.own["floodedFord"] == theirs.terms.own["floodedFord"]
    assert ours.terms.own["starvesOut"].value == STARVES
    assert theirs.terms.own["starvesOut"].value == own_term("other", "starvesOut")
    before = reader.fingerprint(data / "mill")
    written(data / "common", "terms.toml", own_terms.COMMON.replace("Water", "A flood"))
    assert reader.fingerprint(data / "mill") != before


def test_editors_are_told_of_the_terms_of_all_cases(place: Path) -> None:
    words = json_schemas.words_of_all(place.parent, ONTOLOGY)
    told = json_schemas.json_schemas(words)
    assert '"starvesOut"' in told["statements"]
    assert '"nightShelling"' in told["event"]
    assert json_schemas.first_line("terms.toml").endswith("/terms.json\n\n")


@pytest.fixture
def copy(place: Path, tmp_path: Path) -> Path:
    """A copy of the recoded case, with the list that it shares."""
    data = tmp_path / "data"
    shutil.copytree(place.parent, data, ignore=shutil.ignore_patterns("public"))
    return data / "mill"


def run(folder: Path, *words: str) -> str:
    where = ("--case", folder.name, "--data", str(folder.parent))
    found = CliRunner().invoke(main, [*words, *where])
    return found.output + (f"{found.exception}" if found.exit_code else "")


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.parent.rglob("*.toml")}


@pytest.mark.landing
def test_promoting_each_of_its_terms_leaves_the_words_of_the_ontology(copy: Path) -> None:
    before = bytes_of(copy)
    for name in (own for words in own_terms.RECODED.values() for own in words.values()):
        if name != "floodedFord":
            said = run(copy, "terms", "--promote", name, BROADER[name], "--dry-run")
            assert "1 place in 1 file" in said, said
            assert bytes_of(copy) == before
            run(copy, "terms", "--promote", name, BROADER[name])
            before = bytes_of(copy)
    assert "of ../common/terms.toml, which other" in run(
        copy, "terms", "--promote", "floodedFord", "frontLine"
    )
    for name in own_terms.RECODED:
        if name != "places/ford.toml":
            assert (copy / name).read_bytes() == (miniature.FOLDER / name).read_bytes()
    assert "[[" not in (copy / "terms.toml").read_text("utf-8")


def test_ids_that_are_made_of_a_term_change_with_it(copy: Path) -> None:
    made = "river-guard.starvesOut.mill-town"
    naming = [one for one in copy.rglob("*.toml") if "siege-of-mill-town" in one.read_text("utf-8")]
    assert len(naming) > 1
    for path in naming:
        text = path.read_text("utf-8").replace('id = "siege-of-mill-town"\n', "")
        path.write_text(text.replace("siege-of-mill-town", made), "utf-8")
    assert not problems_of(copy)
    assert "Ids made of it that change too" in run(
        copy, "terms", "--promote", "starvesOut", "besieges"
    )
    assert not problems_of(copy)
    whole = b"".join(bytes_of(copy).values())
    assert made.encode() not in whole
    assert b"river-guard.besieges.mill-town" in whole


@pytest.mark.landing
def test_what_cannot_be_promoted_changes_nothing(copy: Path) -> None:
    before = bytes_of(copy)
    assert 'did you mean "besieges"' in run(copy, "terms", "--promote", "starvesOut", "besiegs")
    assert "has no term" in run(copy, "terms", "--promote", "besieges", "besieges")
    assert "nothing is written" in run(copy, "terms", "--promote", "writesTo", "occurred")
    assert "is a term of the ontology" in run(copy, "rename", "starvesOut", "besieges")
    assert bytes_of(copy) == before


def test_a_term_can_be_renamed(copy: Path) -> None:
    run(copy, "rename", "starvesOut", "famishesPlaces")
    assert 'predicate = "famishesPlaces"' in (copy / "statements/control.toml").read_text("utf-8")
    assert not problems_of(copy)
    assert "starvesOut" not in reader.vocabulary_of(copy, ONTOLOGY).predicates


def test_a_term_can_be_added_and_then_said(copy: Path) -> None:
    words = ("trickles", "--broader", "besieges", "--label", "trickles food to")
    more = ("--inverse", "is trickled food by", "--definition", "It lets little in.")
    said = run(copy, "add", "term", *words, *more)
    assert "terms.toml: written" in said, said
    fog = ("fog", "--broader", "other", "--label", "fog", "--definition", "It is.")
    run(copy, "add", "term", *fog, "--list", "eventKinds")
    assert not problems_of(copy)
    line = "river-guard trickles food to ford 2020-06"
    assert "accepted" in run(
        copy, "say", f"{line} | courier-writer asserts certain courier-2020#2.1"
    )
    assert 'predicate = "trickles"' in "".join(map(bytes.decode, bytes_of(copy).values()))
    before = bytes_of(copy)
    for wrong in ("trickles", "again --broader besiegs", "again --when 2020"):
        run(copy, "add", "term", *wrong.split(), "--label", "x", "--definition", "Y.")
    assert bytes_of(copy) == before


def test_a_statement_can_be_set_to_a_term(copy: Path) -> None:
    """And to that of the ontology again, by a command and by what either is called."""
    for called, name in (("besieges", "besieges"), ("starves out", "starvesOut")):
        said = run(copy, "set", "siege-of-mill-town", f"predicate={called}")
        assert "siege-of-mill-town: changed: accepted" in said, said
        case = reader.read(copy, ONTOLOGY)
        assert {one.id: one.predicate for one in case.statements}["siege-of-mill-town"] == name
    event = run(copy, "set", "ev-shelling", "kind=nightShelling")
    assert "ev-shelling: changed" in event or "is so already" in event, event


def test_a_term_that_is_new_or_says_something_else_is_a_difference(own: query.Graph) -> None:
    plain_mill = query.Graph(miniature.judged()[1], "mill")
    told = {one.id: one.why for one in differences(plain_mill, own) if one.group is Group.TERMS}
    assert told == dict.fromkeys(own.terms.own, ("is new",))
    assert not differences(own, own)


def test_a_case_of_another_name_reads_no_term_twice(copy: Path) -> None:
    """Words of a case that were read before are not kept beside those of another."""
    words = reader.vocabulary_of(copy, ONTOLOGY)
    assert reader.vocabulary_of(miniature.FOLDER, words).own == ()
    assert set(reader.vocabulary_of(copy, words).own_terms) == set(words.own_terms)
    with pytest.raises(DataProblems):
        recipe.judged(written(copy, "terms.toml", "x = 1\n").parent, words, lambda _step: None)


@pytest.fixture(scope="module")
def server(built: Path) -> Iterator[Server]:
    with served(built) as found:
        yield found


@pytest.mark.parametrize("name", ["starvesOut", "nightShelling", "floodedFord"])
def test_a_term_has_a_page_and_a_description(server: Server, own: query.Graph, name: str) -> None:
    """Also one that is shared: it is named by its own address."""
    page = server.ask("GET", f"/id/term/{name}", Accept="text/html")
    assert (page.status, page.media) == (200, "text/html")
    term = own.terms.own[name]
    label, broader = own.labels.of(term.value), BROADER[name]
    for told in (label, own.labels.of(own.terms.node(KIND, broader).value) or broader, term.value):
        assert told.encode() in page.body
    data = server.ask("GET", f"/id/term/{name}.ttl").body
    assert {one.subject for one in ox.parse(data, ox.RdfFormat.TURTLE)} == {term}
    assert server.ask("GET", "/id/term/none", Accept="text/html").status == 404


def test_events_of_its_own_kinds_are_in_the_lanes_of_the_kinds_above(
    coded: query.Graph, all_own: query.Graph
) -> None:
    events = [coded.thing(name) for name in coded.ids("Event")]
    found = 0
    for one in events:
        kinds, own = one.kinds[0], all_own.thing(one.id).kinds[0]  # type: ignore[attr-defined]
        found += kinds != own
        assert all_own.terms.lane("Event", own) == coded.terms.lane("Event", kinds) != ""
    assert found
