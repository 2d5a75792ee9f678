"""No query asks what is always true or joins what has no value, and none has its answer in it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from miniature import PROJECT
from rdflib.plugins.sparql.algebra import translateQuery, traverse
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Literal, URIRef, Variable

from graph.model.terms import HUD
from graph.query.named import read_query

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Part: TypeAlias = Any
"""A part of the algebra of a query as rdflib has it, which has no types."""

FILES = sorted([*(PROJECT / "graph").rglob("*.rq"), *(PROJECT / "data").glob("*/answers/*.rq")])


@cache
def algebra(sparql: str) -> Part:
    return translateQuery(parseQuery(sparql)).algebra


def of_triples(part: Part) -> set[Variable]:
    return {term for triple in part.triples for term in triple if isinstance(term, Variable)}


def of_values(part: Part) -> set[Variable]:
    rows = part.res or [{}]
    return {name for name in rows[0] if all(str(row.get(name)) != "UNDEF" for row in rows)}


def of_choice(part: Part) -> set[Variable]:
    inner = sure(part.p)
    return inner & set(part.PV) if part.PV else inner


def of_bind(part: Part) -> set[Variable]:
    """A name is bound to what has a value if one of the values it takes the first of has one."""
    inner = sure(part.p)
    taken = getattr(part.expr, "name", "") == "Builtin_COALESCE" and any(
        isinstance(one, Variable) and one in inner for one in part.expr.arg
    )
    return inner | {part.var} if taken else inner


SURE: dict[str, Callable[[Part], set[Variable]]] = {
    "BGP": of_triples,
    "values": of_values,
    "LeftJoin": lambda part: sure(part.p1),
    "Minus": lambda part: sure(part.p1),
    "Join": lambda part: sure(part.p1) | sure(part.p2),
    "Union": lambda part: sure(part.p1) & sure(part.p2),
    "Extend": of_bind,
    "ToMultiSet": lambda part: of_values(part) if "res" in part else of_choice(part),
} | dict.fromkeys(
    ("Filter", "Distinct", "OrderBy", "Group", "AggregateJoin", "Graph", "Project",
     "SelectQuery"), of_choice)  # fmt: skip


def sure(part: Part) -> set[Variable]:
    """Return the variables that have a value in every solution of a part of a query."""
    return SURE[part.name](part) if getattr(part, "name", None) in SURE else set()


def variables(part: Part) -> set[str]:
    found: set[str] = set()
    traverse(part, visitPost=lambda one: found.add(one) if isinstance(one, Variable) else None)
    return {str(one) for one in found}


def unguarded(sparql: str) -> set[str]:
    """Return variables that may have no value and stand in an EXISTS that is true for that."""
    found: set[str] = set()

    def look(part: Part) -> None:
        if not isinstance(part, CompValue) or part.name != "Filter":
            return
        guards: set[str] = set()
        inside: set[str] = set()

        def into(node: Part) -> None:
            if isinstance(node, CompValue) and node.name == "Builtin_BOUND":
                guards.add(str(node.arg))
            if isinstance(node, CompValue) and node.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
                inside.update(variables(node.graph))

        traverse(part.expr, visitPre=into)
        found.update((inside & variables(part.p)) - set(map(str, sure(part.p))) - guards)

    traverse(algebra(sparql), visitPost=look)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_exists_looks_at_what_may_have_no_value(path: Path) -> None:
    found = read_query(path)
    given = {param.name for param in found.params if param.required}
    assert unguarded(found.sparql) - given == set()


def test_the_lint_sees_an_exists_over_an_optional_variable() -> None:
    pattern = "{{ ?s a ?t . OPTIONAL {{ ?s ?p ?where }} FILTER ({0} {{ ?where ?within ?t }}) }}"
    assert unguarded("SELECT * " + pattern.format("EXISTS")) == {"where"}
    assert unguarded("SELECT * " + pattern.format("NOT EXISTS")) == {"where"}
    assert not unguarded("SELECT * " + pattern.format("BOUND(?where) && EXISTS"))
    assert not unguarded("SELECT * " + pattern.format("EXISTS").replace("OPTIONAL", ""))


# --- optional values that are taken for given ----------------------------------------------------


def joined_loosely(sparql: str, params: set[str]) -> set[str]:
    """Return variables by which alone an OPTIONAL hangs on the rest, and that may have no value.

    Where they have none, all that the OPTIONAL matches anywhere is joined: wrong, and a square.
    """
    found: set[str] = set()

    def look(part: Part) -> None:
        if getattr(part, "name", None) != "LeftJoin":
            return
        shared = (variables(part.p1) & variables(part.p2)) - params
        shared = {name for name in shared if not name.startswith("__agg")}
        if shared and not shared & set(map(str, sure(part.p1))):
            found.update(shared)

    traverse(algebra(sparql), visitPost=look)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_optional_hangs_on_what_may_have_no_value(path: Path) -> None:
    found = read_query(path)
    assert joined_loosely(found.sparql, {param.name for param in found.params}) == set()


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("OPTIONAL { ?s ?p ?a } OPTIONAL { ?a ?q ?b }", {"a"}),
        ("OPTIONAL { ?s ?p ?a } BIND (COALESCE(?a) AS ?c) OPTIONAL { ?c ?q ?b }", {"c"}),
        ("OPTIONAL { ?s ?p ?a } BIND (COALESCE(?a, ?s) AS ?c) OPTIONAL { ?c ?q ?b }", set()),
        ("OPTIONAL { ?s ?p ?a OPTIONAL { ?a ?q ?b } }", set()),
        ("{ ?s ?p ?a } UNION { ?s ?p ?c } OPTIONAL { ?a ?q ?b }", {"a"}),
    ],
)
def test_the_lint_sees_an_optional_that_hangs_on_nothing(rest: str, told: set[str]) -> None:
    assert joined_loosely(f"SELECT * {{ ?s ?r ?t . {rest} }}", set()) == told


# --- answers in queries --------------------------------------------------------------------------

OURS = HUD.removesuffix("ontology#")
MATCHING = {"Builtin_REGEX", "Builtin_CONTAINS", "Builtin_STRSTARTS", "Builtin_STRENDS"}


def answers_in(sparql: str) -> set[str]:
    """Return what a query has of its answer: things of a case, sentences, words of texts."""
    found: set[str] = set()

    def look(part: Part) -> None:
        if isinstance(part, URIRef) and re.match(f"{OURS}(?!ontology#|kind/|$)", part):
            found.add(str(part))
        if isinstance(part, CompValue) and isinstance(part.get("res"), list):
            for term in (term for row in part.res for term in row.values()):
                look(term)
        if (
            isinstance(part, Literal)
            and re.fullmatch(r"[0-9]+\.[0-9]+", part)
            and not part.datatype
        ):
            found.add(str(part))
        if isinstance(part, CompValue) and part.name in MATCHING:
            found.update(
                str(word) for word in part.values() if isinstance(word, Literal) and word.isalpha()
            )
        if isinstance(part, CompValue) and part.name == "Builtin_REGEX":
            found.add(str(part.pattern))

    traverse(algebra(sparql), visitPre=look)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_query_has_its_answer_in_it(path: Path) -> None:
    assert answers_in(read_query(path).sparql) == set()


@pytest.mark.parametrize(
    ("sparql", "told"),
    [
        ("SELECT * { VALUES ?event { homs:ev-akrama } ?s ?p ?event }", {"ev-akrama"}),
        ("SELECT * { homs:waer ?p ?o }", {"waer"}),
        ('SELECT * { ?c ?p "17.4" }', {"17.4"}),
        ('SELECT * { ?s ?p ?o FILTER (REGEX(?o, "detainees|held")) }', {"detainees|held"}),
        ('SELECT * { ?s ?p ?o FILTER (CONTAINS(LCASE(?o), "detainees")) }', {"detainees"}),
        (
            'SELECT * { ?s ?p ?o FILTER (CONTAINS(?o, ",") && ?s = ?p) BIND ("date" AS ?gap) }',
            set(),
        ),
        ("SELECT * { VALUES ?kind { <https://w3id.org/hudna/kind/truce> } ?s ?p ?kind }", set()),
    ],
)
def test_the_lint_sees_answers(sparql: str, told: set[str]) -> None:
    found = answers_in(f"PREFIX homs: <{OURS}homs/> {sparql}")
    assert {one.removeprefix(f"{OURS}homs/") for one in found} == told
