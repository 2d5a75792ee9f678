"""No EXISTS of a query file looks at a variable that may have no value: it would be true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from miniature import PROJECT
from rdflib.plugins.sparql.algebra import translateQuery, traverse
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Variable

from graph.query.named import read_query

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Part: TypeAlias = Any
"""A part of the algebra of a query as rdflib has it, which has no types."""

FILES = sorted([*(PROJECT / "graph").rglob("*.rq"), *(PROJECT / "data").glob("*/answers/*.rq")])


def of_triples(part: Part) -> set[Variable]:
    return {term for triple in part.triples for term in triple if isinstance(term, Variable)}


def of_values(part: Part) -> set[Variable]:
    rows = part.res or [{}]
    return {name for name in rows[0] if all(str(row.get(name)) != "UNDEF" for row in rows)}


def of_choice(part: Part) -> set[Variable]:
    inner = sure(part.p)
    return inner & set(part.PV) if part.PV else inner


SURE: dict[str, Callable[[Part], set[Variable]]] = {
    "BGP": of_triples,
    "values": of_values,
    "LeftJoin": lambda part: sure(part.p1),
    "Minus": lambda part: sure(part.p1),
    "Join": lambda part: sure(part.p1) | sure(part.p2),
    "Union": lambda part: sure(part.p1) & sure(part.p2),
    "ToMultiSet": lambda part: of_values(part) if "res" in part else of_choice(part),
} | dict.fromkeys(
    ("Extend", "Filter", "Distinct", "OrderBy", "Group", "AggregateJoin", "Graph", "Project",
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

    traverse(translateQuery(parseQuery(sparql)).algebra, visitPost=look)
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
