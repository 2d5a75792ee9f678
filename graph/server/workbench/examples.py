"""The examples of the workbench: the named queries by group, and words to complete."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import InputOutputError, UsageError
from ...model.terms import case_namespace, prefixes_of, text
from ...query.named import bound, read_query
from ...read.select import select
from ...viewer.drawing import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...query.named import Query
    from ..state import State

    Example = dict[str, Any]
    Group = dict[str, Any]

_HERE = Path(__file__).resolve().parent
GROUPS = _HERE / "groups.toml"
_QUERIES = _HERE / "queries"
_VALUES = {
    "Kind": "kind:NAME",
    "Predicate": "hud:NAME",
    "Date": '"2016-03-15"^^xsd:date',
    "Text": '"words"',
    "Integer": "1",
    "Name": '"name in lower case"',
    "Sentence": '"24.2"',
    "Class": "hud:Person",
}
"""How values look by the type of a parameter; those of all other types are ids."""

_OTHERS = "Further queries of this case"
_TESTED = "Questions that this case is tested on"


def examples(state: State) -> dict[str, Any]:
    """Return what the workbench offers, for JSON.

    Returns:
        ``title``, ``case`` and ``base`` (the namespace of its things); ``prefixes``; ``groups``,
        each with ``title`` and ``queries`` of ``name``, ``title``, ``text``, ``sparql``, ``query``
        (whose form it has) and perhaps ``values``; ``names``, the tables of the normal form of
        names; and the IRIs of ``properties`` and ``classes`` that the graph uses.
    """
    return state.once("examples", lambda: _examples(state, state.config.case))


def _examples(state: State, case: str) -> dict[str, Any]:
    return {
        "title": state.built.title,
        "case": case,
        "base": case_namespace(case),
        "prefixes": dict(sorted(prefixes_of(case).items())),
        "names": RULES["names"],
        "groups": [*_groups(state, case), *_questions(state)],
        "properties": _terms(state, "properties", base=case_namespace(case)),
        "classes": _terms(state, "classes"),
    }


def groups() -> list[tuple[str, list[str]]]:
    """Return the titles of the groups with the names of their queries."""
    table = tomllib.loads(GROUPS.read_text("utf-8"))
    return [(group["title"], group["queries"]) for group in table["group"]]


def _groups(state: State, case: str) -> list[Group]:
    queries = state.built.queries
    listed = groups()
    known = {name for _, names in listed for name in names}
    listed.append((_OTHERS, [name for name in queries if name not in known]))
    return [
        {"title": title, "queries": _named(queries, names, case)}
        for title, names in listed
        if any(name in queries for name in names)
    ]


def _named(queries: Mapping[str, Query], names: Iterable[str], case: str) -> list[Example]:
    found = [queries[name] for name in names if name in queries]
    return [
        {
            **_example(one.name, one.title, f"{one.text} {_hint(one, case)}".strip(), one.sparql),
            "query": one.name,
        }
        for one in found
    ]


def _hint(query: Query, case: str) -> str:
    """Return how the parameters of a query get their values; empty if it has none."""
    if not query.params:
        return ""
    required = [param.name for param in query.params if param.required]
    needs = f"It needs {' and '.join(required)}. " if required else ""
    first = next((param for param in query.params if param.required), query.params[0])
    value = _VALUES.get(first.type, f"{case}:ID")
    return f"{needs}A value goes into the place of UNDEF: VALUES ?{first.name} {{ {value} }}"


def _questions(state: State) -> list[Group]:
    """Return the stored questions of the case, with their values put into the queries."""
    built = state.built
    try:
        stored = built.stored
    except InputOutputError:
        return []
    found = []
    for key, question in stored.items():
        query = built.queries.get(question.query)
        try:
            sparql = bound(query, question.params, built.graph) if query else ""
        except UsageError:
            continue  # the build is older than the question
        if query:
            text_of = f"The query “{query.name}” with values."
            made = _example(key, question.question, text_of, sparql)
            found.append({**made, "query": query.name, "values": dict(question.params)})
    return [{"title": _TESTED, "queries": found}] if found else []


def _example(name: str, title: str, words: str, sparql: str) -> Example:
    return {"name": name, "title": title, "text": words, "sparql": sparql.strip() + "\n"}


def _terms(state: State, name: str, **params: str) -> list[str]:
    """Return the IRIs that a query of this folder finds."""
    graph = state.built.graph
    query = read_query(_QUERIES / f"{name}.rq")
    return [text(row[0]) for row in select(graph.store, bound(query, params, graph)).rows]
