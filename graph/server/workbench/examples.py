"""The examples of the workbench: the named queries by group, and words to complete."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import InputOutputError, UsageError
from ...model.terms import case_namespace, prefixes_of, text
from ...model.translations import TermWords
from ...query.named import bound, read_query
from ...query.translations import QueryWords
from ...read.select import select
from ...viewer.drawing import RULES
from ...viewer.words import USUAL, say

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

_VARIABLE = re.compile(r"\?(\w+)")
_OTHERS, _TESTED = "others", "tested"


def examples(state: State, tag: str = USUAL) -> dict[str, Any]:
    """Return what the workbench offers, for JSON.

    Args:
        state: the open server.
        tag: the language in which queries and terms are told, if they are.

    Returns:
        ``title``, ``case`` and ``base`` (the namespace of its things); ``prefixes``; ``groups``,
        each with ``title`` and ``queries`` of ``name``, ``title``, ``text``, ``sparql``, ``query``
        (whose form it has) and perhaps ``values``; ``names``, the tables of the normal form of
        names; the IRIs of ``properties`` and ``classes`` that the graph uses; ``columns``, what
        those of named queries are called; and ``terms``, what terms are called by their IRIs, where
        that is not what the graph says.
    """
    return state.once(f"examples {tag}", lambda: _examples(state, state.config.case, tag))


def _examples(state: State, case: str, tag: str) -> dict[str, Any]:
    terms = TermWords.of(tag) if tag != USUAL else TermWords({})
    return {
        "title": state.built.title,
        "case": case,
        "base": case_namespace(case),
        "prefixes": dict(sorted(prefixes_of(case).items())),
        "names": RULES["names"],
        "groups": [*_groups(state, case, tag), *_questions(state, tag)],
        "properties": _terms(state, "properties", base=case_namespace(case)),
        "classes": _terms(state, "classes"),
        "columns": _columns(state, tag),
        "terms": {iri: label for iri in sorted(terms.texts) if (label := terms.term(iri))},
    }


def groups() -> list[tuple[str, list[str]]]:
    """Return the names of the groups with those of their queries."""
    table = tomllib.loads(GROUPS.read_text("utf-8"))
    return [(group["name"], group["queries"]) for group in table["group"]]


def _columns(state: State, tag: str) -> dict[str, str]:
    """Return what columns of named queries are called: all words after a question mark in these."""
    words = QueryWords.of(tag)
    queries = state.built.queries.values()
    names = {name for one in queries for name in _VARIABLE.findall(one.sparql)}
    return {name: words.called(name) for name in sorted(names)}


def _groups(state: State, case: str, tag: str) -> list[Group]:
    queries = state.built.queries
    words = QueryWords.of(tag)
    told = {name: words.told(one) for name, one in queries.items()}
    listed = groups()
    known = {name for _, names in listed for name in names}
    listed.append((_OTHERS, [name for name in queries if name not in known]))
    return [
        {"title": say(f"workbench.group.{title}", tag), "queries": _named(told, names, case, tag)}
        for title, names in listed
        if any(name in queries for name in names)
    ]


def _named(
    queries: Mapping[str, Query], names: Iterable[str], case: str, tag: str
) -> list[Example]:
    found = [queries[name] for name in names if name in queries]
    texts = (f"{one.text} {_hint(one, case, tag)}".strip() for one in found)
    return [
        {**_example(one.name, one.title, text, one.sparql), "query": one.name}
        for one, text in zip(found, texts, strict=True)
    ]


def _hint(query: Query, case: str, tag: str) -> str:
    """Return how the parameters of a query get their values; empty if it has none."""
    if not query.params:
        return ""
    words = QueryWords.of(tag)
    required = [param for param in query.params if param.required]
    which = say("words.comma", tag).join(words.called(param.name) for param in required)
    needs = f"{say('workbench.example.needs', tag, which=which)} " if required else ""
    first = next(iter(required), query.params[0])
    how = f"VALUES ?{first.name} {{ {_VALUES.get(first.type, f'{case}:ID')} }}"
    return needs + say("workbench.example.value", tag, undef="UNDEF", how=f"\u2066{how}\u2069")


def _questions(state: State, tag: str) -> list[Group]:
    """Return the stored questions of the case, with their values put into the queries."""
    built = state.built
    try:
        stored = built.stored
    except InputOutputError:
        return []
    words = QueryWords.of(tag)
    found = []
    for key, question in stored.items():
        query = built.queries.get(question.query)
        try:
            sparql = bound(query, question.params, built.graph) if query else ""
        except UsageError:
            continue  # the build is older than the question
        if query:
            text_of = say("workbench.example.with-values", tag, name=words.told(query).title)
            made = _example(key, question.question, text_of, sparql)
            found.append({**made, "query": query.name, "values": dict(question.params)})
    return [{"title": say(f"workbench.group.{_TESTED}", tag), "queries": found}] if found else []


def _example(name: str, title: str, words: str, sparql: str) -> Example:
    return {"name": name, "title": title, "text": words, "sparql": sparql.strip() + "\n"}


def _terms(state: State, name: str, **params: str) -> list[str]:
    """Return the IRIs that a query of this folder finds."""
    graph = state.built.graph
    query = read_query(_QUERIES / f"{name}.rq")
    return [text(row[0]) for row in select(graph.store, bound(query, params, graph)).rows]
