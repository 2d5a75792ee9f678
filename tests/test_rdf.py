"""The graph of the miniature case is the expected one, quad by quad."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields, replace
from difflib import unified_diff
from typing import TYPE_CHECKING, Any

import miniature
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from miniature import BASE, EXPECTED, ONTOLOGY

from graph import reader
from graph.build import quads as rdf
from graph.errors import DataProblems
from graph.model import RECORDS, Actor, Bounds, Case, Name, Origin, dates, specs
from graph.model.bounds import bounds_of
from graph.model.terms import HUD, KIND, RDF, XSD
from graph.read import store
from graph.reader import fields as checks
from graph.reader.addresses import web_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from miniature import Judged

READ = reader.read(miniature.FOLDER, ONTOLOGY)

A = ox.NamedNode(RDF + "type")


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(BASE + name)


def term(name: str) -> ox.NamedNode:
    return ox.NamedNode(HUD + name)


def values(graph: ox.Store, subject: str, predicate: str) -> set[str]:
    found = graph.quads_for_pattern(node(subject), ox.NamedNode(predicate), None)
    return {str(quad.object) for quad in found}


def own_quads(graph: ox.Store) -> str:
    """Return the quads of the case without those of the ontology, as sorted N-Quads."""
    lines = store.nquads(graph).decode("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if line.startswith(f"<{BASE}") or f"<{BASE}graph" in line)


def test_the_graph_is_the_expected_one(example: Judged, bless: bool) -> None:
    """Run ``pytest --bless`` after a change that is meant, and review the diff."""
    _, graph = example
    path, found = EXPECTED / "graph.nq", own_quads(graph)
    if bless:
        path.write_text(found, "utf-8")
    lines = found.splitlines(keepends=True)
    expected = path.read_text("utf-8").splitlines(keepends=True)
    difference = list(unified_diff(expected, lines, "expected/graph.nq", "the graph", n=0))
    assert not difference, "".join(difference[:40])


def test_nothing_is_blank(example: Judged) -> None:
    _, graph = example
    for quad in graph:
        assert not isinstance(quad.subject, ox.BlankNode)
        assert not isinstance(quad.object, ox.BlankNode)
        assert not isinstance(quad.graph_name, ox.BlankNode)


def test_the_records_are_in_the_default_graph(example: Judged) -> None:
    case, _ = example
    assert all(isinstance(q.graph_name, ox.DefaultGraph) for q in rdf.quads(case, ONTOLOGY))


def test_every_statement_has_its_claims(example: Judged) -> None:
    case, graph = example
    for statement in case.statements:
        about = graph.quads_for_pattern(None, term("about"), node(statement.id))
        claims = {quad.subject for quad in about} - {node("q-who-shelled")}
        assert claims == {node(claim.id) for claim in statement.claims}
        assert claims
    written = graph.quads_for_pattern(None, A, term("Statement"))
    assert {q.subject for q in written} == {node(s.id) for s in case.statements}


def test_every_claim_has_voice_stance_certainty_source_and_passage(example: Judged) -> None:
    case, graph = example
    (claim,) = (c for s in case.statements for c in s.claims if c.id == "council-blames-guard")
    assert values(graph, claim.id, HUD + "voice") == {f"<{BASE}town-council>"}
    assert values(graph, claim.id, HUD + "stance") == {f"<{KIND}asserts>"}
    assert values(graph, claim.id, HUD + "certainty") == {f"<{KIND}unspecified>"}
    assert values(graph, claim.id, HUD + "source") == {f"<{BASE}courier-2020>"}
    assert values(graph, claim.id, HUD + "passage") == {f"<{BASE}courier-2020.4.2>"}
    assert values(graph, claim.id, HUD + "about") == {
        f"<{BASE}ev-shelling.perpetrator.river-guard>"
    }


def test_unknown_is_the_term_of_the_ontology(example: Judged) -> None:
    _, graph = example
    assert values(graph, "guard-is-paid", RDF + "subject") == {f"<{HUD}unknown>"}
    assert values(graph, "shelling-ordered-by", RDF + "object") == {f"<{HUD}unknown>"}
    assert not list(graph.quads_for_pattern(node("unknown"), None, None))


def test_objects_are_things_kinds_or_values(example: Judged) -> None:
    _, graph = example
    assert values(graph, "siege-of-mill-town", RDF + "object") == {f"<{BASE}mill-town>"}
    assert values(graph, "ag-may-truce.stage.signed", RDF + "object") == {f"<{KIND}signed>"}
    assert values(graph, "ev-shelling.occurred", RDF + "object") == {f'"true"^^<{XSD}boolean>'}
    assert values(graph, "size-of-the-guard", RDF + "object") == {f'"300"^^<{XSD}integer>'}
    assert values(graph, "shells-counted", RDF + "object") == {'"20 to 30"'}


@pytest.mark.parametrize(
    ("number", "text", "kind"),
    [
        (300, "300", "integer"),
        (0, "0", "integer"),
        (-5, "-5", "integer"),
        (350.5, "350.5", "decimal"),
        (2.0, "2.0", "decimal"),
        (0.0000001, "0.0000001", "decimal"),
        (123456789.125, "123456789.125", "decimal"),
    ],
)
def test_numbers_are_written_in_full(number: float, text: str, kind: str, example: Judged) -> None:
    case, _ = example
    (statement,) = (s for s in case.statements if s.id == "size-of-the-guard")
    one = replace(case, statements=(replace(statement, low=number),))
    (low,) = (q.object for q in rdf.quads(one, ONTOLOGY) if q.predicate == term("low"))
    assert str(low) == f'"{text}"^^<{XSD}{kind}>'


def test_names_keep_language_and_script(example: Judged) -> None:
    _, graph = example
    names = values(graph, "river-guard", "http://www.w3.org/2004/02/skos/core#altLabel")
    assert {name.casefold() for name in names} == {
        '"the guard"@en',
        '"حرس النهر"@ar',
        '"haras al-nahr"@ar-latn',
    }


def test_passages_have_no_text(example: Judged) -> None:
    """The texts of sources are not ours to publish."""
    _, graph = example
    published = store.nquads(graph).decode("utf-8")
    for path in miniature.TEXTS.iterdir():
        _title, _, text = path.read_text("utf-8").partition("\n")
        words = text.split()
        runs = (" ".join(words[i : i + 6]) for i in range(len(words) - 5))
        assert not [run for run in runs if run in published]


def test_every_field_of_a_record_is_declared() -> None:
    """A field is declared with its term and form, or it is one of these."""
    structure = {"id", "origin", "claims", "verdict", "object", "value", "sources", "things",
                 "statements", "judgements", "resolutions", "notes", "former", "hints",
                 "figure_rules", "order",
                 "spans", "tours", "withheld", "former_claims"}  # fmt: skip
    for record in RECORDS:
        declared = {field.name for field in specs(record)}
        structural = {field.name for field in fields(record)} - declared
        nested = {"passages", "reread"} if record.__name__ == "Source" else set()
        assert structural <= structure | nested


def test_a_term_is_declared_in_one_way() -> None:
    """Two records may share a property, but then it says the same in both."""
    found: dict[tuple[str, str], set[tuple[object, ...]]] = {}
    for record in RECORDS:
        for field in specs(record):
            said = (field.name, field.many, field.meaning, field.refers)
            found.setdefault((record.TABLE, field.term), set()).add(said)
    assert not {key: said for key, said in found.items() if len(said) > 1}


def test_every_node_of_the_graph_has_an_origin(example: Judged) -> None:
    """Whatever the shapes find can be told at a file and a line."""
    case, graph = example
    origins = rdf.origins(case)
    passages = {f"{BASE}{s.id}.{p.sentence}" for s in case.sources for p in s.passages}
    subjects = {q.subject.value for q in graph if isinstance(q.subject, ox.NamedNode)}
    own = {name for name in subjects if name.startswith(BASE)} - passages - {BASE}
    assert own <= origins.keys()
    assert all(isinstance(origin, Origin) and origin.file for origin in origins.values())
    assert all((miniature.FOLDER / origin.file).is_file() for origin in origins.values())


# What the graph cannot hold


def source_with(case: Case, **given: object) -> Case:
    first, *others = case.sources
    changed: dict[str, Any] = dict(given)
    return replace(case, sources=(replace(first, **changed), *others))


@pytest.mark.parametrize(
    ("fields", "key"),
    [({"url": "https://x.example/#a#b"}, "url"), ({"language": "no tag"}, "")],
)
def test_what_the_graph_cannot_hold_is_a_problem_of_its_record(
    fields: dict[str, str], key: str, example: Judged
) -> None:
    case = source_with(example[0], **fields)
    made: list[ox.Quad] = []
    with pytest.raises(DataProblems) as caught:
        made.extend(rdf.quads(case, ONTOLOGY, miniature.FOLDER))
    (problem,) = caught.value.problems
    first = case.sources[0]
    assert problem.file == (miniature.FOLDER / first.origin.file).as_posix()
    assert problem.place == ", ".join(filter(None, (first.id, key)))
    if key:
        line = (miniature.FOLDER / first.origin.file).read_text("utf-8").splitlines()
        assert line[problem.line - 1].startswith(f"{key} =")


def test_all_that_the_graph_cannot_hold_is_told(example: Judged) -> None:
    case = source_with(example[0], url="x")
    things = tuple(
        replace(thing, names=(Name("x", "no tag"),))
        if isinstance(thing, Actor) and thing.id == "river-guard"
        else thing
        for thing in case.things
    )
    with pytest.raises(DataProblems) as caught:
        list(rdf.quads(replace(case, things=things), ONTOLOGY, miniature.FOLDER))
    assert [p.place for p in caught.value.problems] == [
        "river-guard, names",
        f"{case.sources[0].id}, url",
    ]


SIGNS = "abz09:/?#[]@!$&'()*+,;=%-._~ <>\"{}|\\^`é\u200f\ue000\ufdd0\U000e0001\U0010ffff\x7f"
VALUES: dict[str, tuple[Callable[[object], object], st.SearchStrategy[Any]]] = {
    "url": (
        web_address,
        st.one_of(st.text(SIGNS), st.text()).map("https://{}".format)
        | st.text(SIGNS).map("http://e.example/{}".format),
    ),
    "language": (checks.language, st.text("aenz01-x", max_size=12) | st.just("en-12")),
    "characters": (checks.whole_number, st.integers() | st.integers(0, 10**16)),
    "id": (checks.slug, st.text("az0-é", min_size=1, max_size=8)),
    "title": (checks.text, st.text()),
}


@pytest.mark.parametrize("field", VALUES)
@given(data=st.data())
def test_what_the_reader_takes_the_graph_takes(field: str, data: st.DataObject) -> None:
    check, values = VALUES[field]
    value = data.draw(values)
    if check(value) is None:
        case = source_with(READ, **{field: value})
        assert store.nquads(store.in_memory(rdf.quads(case, ONTOLOGY)))


@given(st.integers() | st.floats() | st.text() | st.booleans())
def test_what_the_reader_takes_for_a_value_the_graph_takes(value: float | str) -> None:
    if checks.plain_value(value) is None:
        statement = replace(READ.statements[0], object=None, value=value)
        case = replace(READ, statements=(statement,))
        assert store.nquads(store.in_memory(rdf.quads(case, ONTOLOGY)))


@given(st.from_regex(r"[+-]?[0-9]{1,5}(-[0-9]{2}){0,2}[~?%]?", fullmatch=True))
def test_what_the_reader_takes_for_a_date_the_graph_takes(when: str) -> None:
    if checks.edtf(when) is None:
        with suppress(dates.DateError):
            bounds = bounds_of(when, "", "", aspect="act", throughout=False, written=Bounds())
            case = source_with(READ, date=when, **bounds._asdict())
            assert store.nquads(store.in_memory(rdf.quads(case, ONTOLOGY)))
