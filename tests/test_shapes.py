"""Shapes as queries: they find what pySHACL finds, and what they do not know they refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniature
import pyoxigraph as ox
import pytest
from conforming import by_pyshacl, by_queries
from depth import examples
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from graph.build import shapes
from graph.errors import InputOutputError
from graph.model.terms import CASES, HUD, KIND, RDFS, SKOS, XSD
from graph.read import store

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = (miniature.TESTS / "shapes" / "conforms.ttl").read_bytes()
RIGHT = sorted(ox.parse(EXAMPLE, format=ox.RdfFormat.TURTLE), key=str)
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
COMPARED = {HUD + "low", HUD + "high", *(q.predicate.value for q in RIGHT if SEM in str(q))}
"""pySHACL compares IRIs as texts where SHACL finds them incomparable, so here are only literals."""

HEAD = """
@prefix : <https://w3id.org/hudna/shapes#> .
@prefix hud: <https://w3id.org/hudna/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def typed(value: str, name: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + name))


def named(*iris: str) -> list[ox.NamedNode]:
    return [ox.NamedNode(iri) for iri in iris]


LITERALS = [
    ox.Literal(""), ox.Literal(" "), ox.Literal("a"), ox.Literal("24.2"), ox.Literal("5"),
    ox.Literal("a" * 64), ox.Literal("1. x", language="en"), ox.Literal("b", language="en-GB"),
    ox.Literal("c", language="ar"), ox.Literal(0), ox.Literal(5), ox.Literal(-1),
    ox.Literal(True), typed("2.5", "decimal"), typed("2014-02-03", "date"),
    typed("x", "integer"), typed("2014-02-03T00:00:00", "dateTime"),
]  # fmt: skip
SUBJECTS = sorted({quad.subject for quad in RIGHT}, key=str)
OBJECTS = [
    *sorted({quad.object for quad in RIGHT}, key=str),
    *SUBJECTS,
    *LITERALS,
    *named(f"{KIND}named", f"{KIND}same", f"{KIND}frozen", f"{HUD}besieges", f"{HUD}Committee"),
]
PREDICATES = sorted({*(q.predicate.value for q in RIGHT), HUD + "channel", SKOS + "inScheme"})
DAYS = [typed(f"20{year}-0{month}-03", "date") for year in (14, 20) for month in (1, 2, 3)]


@st.composite
def quads(draw: st.DrawFn) -> ox.Quad:
    """Return what may be said of a node of the example, sensible or not."""
    predicate = draw(st.sampled_from(PREDICATES))
    like = [quad.object for quad in RIGHT if quad.predicate.value == predicate]
    pools = [like * 2 or OBJECTS, OBJECTS]
    if predicate in COMPARED:
        pools = [DAYS] if predicate.startswith(SEM) else [[ox.Literal(n) for n in range(-1, 42)]]
    chosen = draw(st.sampled_from(pools))
    node = draw(st.sampled_from(SUBJECTS))
    return ox.Quad(node, ox.NamedNode(predicate), draw(st.sampled_from(chosen)))


@pytest.mark.landing
@examples(15, suppress_health_check=list(HealthCheck))
@given(st.sets(st.sampled_from(RIGHT), max_size=40), st.lists(quads(), min_size=1, max_size=60))
def test_pyshacl_finds_the_same_in_random_graphs(less: set[ox.Quad], more: list[ox.Quad]) -> None:
    kept = [quad for quad in RIGHT if quad not in less]
    graph = store.in_memory((*miniature.ONTOLOGY.quads, *kept, *more))
    assert by_queries(graph) == by_pyshacl(graph)


# One thing of a class, whose values break any constraint that one can think of.
BAD = f"""
@prefix : <{CASES}t/> . @prefix hud: <{HUD}> . @prefix rdfs: <{RDFS}> .
hud:Small rdfs:subClassOf hud:Thing .
:one a hud:Thing ; :p 1, "two"@en, "zwei"@de, "dos"@es, "2"@de, :two, 2.5 ; :q 0, :two ; :r 2 .
:two a hud:Small ; :p :three ; :q 7 ; :r 1 .
:three :q 1, 2 ; :r 1, 2 .
:four a hud:Thing .
:five a hud:Thing ; :p "x"^^<{XSD}integer> .
""".encode()
T = f"<{CASES}t/"
CONSTRAINTS = [
    "sh:class hud:Small", "sh:datatype xsd:integer", "sh:datatype xsd:string",
    "sh:nodeKind sh:IRI", "sh:nodeKind sh:Literal", "sh:minCount 1", "sh:minCount 2",
    "sh:maxCount 1", "sh:maxCount 2", "sh:maxCount 0", "sh:minExclusive 1", "sh:minInclusive 2",
    "sh:maxExclusive 1", "sh:maxInclusive 0", "sh:minLength 2", "sh:maxLength 1",
    'sh:pattern "^z"', 'sh:pattern "^Z" ; sh:flags "i"', 'sh:languageIn ( "en" "de" )',
    "sh:languageIn ( )", "sh:uniqueLang true", f"sh:equals {T}q>", f"sh:disjoint {T}q>",
    f"sh:lessThan {T}r>", f"sh:lessThanOrEquals {T}r>", "sh:not [ sh:class hud:Small ]",
    f"sh:and ( [ sh:class hud:Small ] [ sh:path {T}p> ; sh:minCount 1 ] )",
    f"sh:or ( [ sh:class hud:Small ] [ sh:path {T}q> ; sh:maxCount 1 ; sh:minCount 1 ] )",
    f"sh:or ( [ sh:class hud:Thing ] [ sh:path ( {T}p> {T}q> ) ; sh:maxCount 1 ; sh:minCount 1 ] )",
    "sh:xone ( [ sh:class hud:Small ] [ sh:class hud:Thing ] )",
    f"sh:node [ sh:property [ sh:path {T}q> ; sh:minInclusive 3 ; sh:minCount 1 ] ]",
    f"sh:node [ sh:not [ sh:property [ sh:path {T}q> ; sh:hasValue 7 ] ] ]",
    f"sh:property [ sh:path {T}q> ; sh:minCount 2 ; sh:message 'inner' ]",
    "sh:qualifiedValueShape [ sh:class hud:Claim ] ; sh:qualifiedMinCount 1",
    "sh:qualifiedValueShape [ sh:class hud:Small ] ; sh:qualifiedMaxCount 0",
    "sh:closed true", "sh:hasValue 9", "sh:hasValue 1", "sh:in ( 1 2.5 )", "sh:in ( )",
    "sh:severity sh:Warning ; sh:maxCount 1", "sh:deactivated true ; sh:maxCount 1",
    "sh:node [ ]", "sh:not [ ]",
]  # fmt: skip
PATHS = [
    f"{T}p>", f"[ sh:inversePath {T}p> ]", f"( {T}p> {T}q> )", f"( {T}p> {T}p> {T}q> )",
    f"[ sh:alternativePath ( {T}p> {T}q> ) ]", f"[ sh:zeroOrMorePath {T}p> ]",
]  # fmt: skip


def written(folder: Path, text: str) -> Path:
    path = folder / "shapes.ttl"
    path.write_text(HEAD + text, "utf-8")
    return path


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_no_constraint_is_left_out(path: str, constraint: str, tmp_path: Path) -> None:
    """Whatever a shape says is found as pySHACL finds it, or refused."""
    shape = f"sh:path {path} ; {constraint} ; sh:message 'wrong' ."
    text = f":Thing sh:targetClass hud:Thing ; sh:property :p . :p {shape}"
    graph = store.in_memory(ox.parse(BAD, format=ox.RdfFormat.TURTLE))
    try:
        found = by_queries(graph, written(tmp_path, text))
    except InputOutputError:
        return
    assert found == by_pyshacl(graph, tmp_path / "shapes.ttl")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (":a sh:targetNode :x .", "shapes#a: sh:targetNode is not known here"),
        (":a sh:targetSubjectsOf :x .", "sh:targetSubjectsOf"),
        (":a sh:property [ sh:path :p ; sh:minCount 1 ] .", "is not known here"),
        (":a a rdfs:Class ; sh:targetClass hud:Thing .", "shapes#a: is a class"),
        (":a sh:targetClass hud:Thing ; sh:class :b .", "needs a name and an sh:message"),
        (":a sh:targetClass hud:Thing ; sh:node :b . :b sh:node :a, :b .", "leads back to itself"),
        (":a sh:targetClass hud:Thing ; sh:in [ rdf:first 1 ] ; sh:message 'm' .", "a list is"),
        (":a sh:targetClass hud:Thing ; sh:class [ ] ; sh:message 'm' .", "written in a way"),
        (
            ":a sh:targetClass hud:Thing ; sh:message 'm' ; sh:node :b . :b sh:sparql [ ] .",
            "others",
        ),
        (":a sh:targetClass hud:Thing ; sh:path :p, :q .", "more than one sh:path"),
    ],
)
def test_what_is_not_known_is_told_with_its_shape(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputOutputError, match=told) as caught:
        shapes.checks(written(tmp_path, text))
    assert "shapes.ttl: " in str(caught.value)


@pytest.mark.parametrize(
    ("select", "told"),
    [
        ("SELECT $this ?value WHERE { $this a ?value OPTIONAL { ?value a ?b } }", "only SELECT"),
        ("SELECT $this ?value WHERE { { SELECT $this ?value { $this a ?value } } }", "only SELECT"),
        ("SELECT $this WHERE { $this a ?b }", "only SELECT"),
        ("ASK { $this a ?value }", "only SELECT"),
        ("SELECT $this ?value WHERE { $this $PATH ?value }", "only SELECT"),
        ("SELECT $this ?value WHERE { $this a ?value ", "is no query"),
    ],
)
def test_queries_that_mean_something_else_for_all_nodes_are_refused(
    select: str, told: str, tmp_path: Path
) -> None:
    text = f":a sh:targetClass hud:Thing ; sh:message 'm' ; sh:sparql [ sh:select '{select}' ] ."
    with pytest.raises(InputOutputError, match=told):
        shapes.checks(written(tmp_path, text))


def test_a_query_without_a_pattern_of_its_own_is_asked_of_each_target(tmp_path: Path) -> None:
    where = f"FILTER NOT EXISTS {{ $this {T}p> ?any }} BIND (1 AS ?value)"
    select = f"SELECT $this ?value WHERE {{ {where} }}"
    text = f":a sh:targetClass hud:Thing ; sh:message 'm' ; sh:sparql [ sh:select '{select}' ] ."
    graph = store.in_memory(ox.parse(BAD, format=ox.RdfFormat.TURTLE))
    found = by_queries(graph, written(tmp_path, text))
    assert [focus for focus, *_ in found] == [f"{CASES}t/four"]
