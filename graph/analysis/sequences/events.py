"""What a query of triggers and outcomes finds in a graph, with dates, status and passages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ...errors import UsageError
from ...model import AFFIRMING
from ...model.dates import day
from ...model.terms import DCTERMS, HUD, KIND, RDF, RDFS, case_namespace, short, text
from ...network.filters import STATUSES
from ...query.citations import citation, claims_on
from ...query.named import read_query
from ...read.select import select
from .records import Link, Occurrence, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ...read.select import Graph, Table, Term

    Data = dict[str, Any]

ROLES = ("trigger", "outcome", "series")
_DEFAULT = ox.DefaultGraph()
_LABEL = ox.NamedNode(RDFS + "label")
_PART = ox.NamedNode(DCTERMS + "isPartOf")
_TERMS = [ox.NamedNode(RDF + name) for name in ("subject", "predicate", "object")]
_ASPECT, _STATE = ox.NamedNode(HUD + "aspect"), ox.NamedNode(KIND + "state")
_TYPE = ox.NamedNode(RDF + "type")
_NOUNS = {"Place": "place", "TalksProcess": "talks process", "Agreement": "agreement"}
_NEEDED = {"role", "event", "statement", "within"}


@dataclass(frozen=True)
class Evidence:
    """The claims on a statement, united.

    Attributes:
        voices: who affirms it.
        sources: ids of the sources of all claims.
        passages: the sentences that those voices cite, or those of all claims if nobody affirms it,
            in the order of reading.
    """

    voices: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()


@dataclass
class _Row:
    """The rows of a query that are one occurrence."""

    role: str
    event: ox.NamedNode
    statement: ox.NamedNode
    within: set[str] = field(default_factory=set)
    by: set[str] = field(default_factory=set)
    also: set[str] = field(default_factory=set)


def evidence(graph: Graph, statements: Iterable[Term | None]) -> Mapping[str, Evidence]:
    """Return the claims on some statements, united, by the ids of the statements.

    Args:
        graph: the store and its case.
        statements: their IRIs; what is none is passed over.
    """
    nodes = [node for node in statements if isinstance(node, ox.NamedNode)]
    if not nodes:
        return {}
    found: dict[str, tuple[dict[str, None], dict[str, None], dict[str, None], set[str]]] = {}
    table = claims_on(nodes, graph)
    for row in table.rows:
        cell = dict(zip(table.columns, row, strict=True))
        key = short(text(cell["statement"]))
        voices, sources, passages, affirming = found.setdefault(key, ({}, {}, {}, set()))
        passage = citation(cell["source"], cell["sentence"])
        if text(cell["stance"]).removeprefix(KIND) in AFFIRMING:
            voices[short(text(cell["voice"]))] = None
            affirming.add(passage)
        sources[short(text(cell["source"]))] = None
        passages[passage] = None
    return {
        key: Evidence(tuple(voices), tuple(sources), tuple(in_order(affirming or passages)))
        for key, (voices, sources, passages, affirming) in found.items()
    }


def in_order(passages: Iterable[str]) -> list[str]:
    """Return sentences as they are cited in the order of reading, each once."""

    def place(passage: str) -> tuple[str, list[tuple[int, str]]]:
        source, _, sentence = passage.partition("#")
        parts = sentence.split(".")
        return source, [(int(part) if part.isdecimal() else 0, part) for part in parts]

    return sorted(set(passages), key=place)


def occurrences(graph: Graph, table: Table) -> tuple[Occurrence, ...]:
    """Return the triggers, outcomes and series that a query has found.

    Args:
        graph: where more is known of them.
        table: with the columns ``role``, ``event``, ``statement`` and ``within``; where it has them
            also ``by``, whoever did it, and ``also``, a statement on which it hangs. Rows of the
            same role, event and statement are one occurrence.

    Raises:
        UsageError: a column is missing, or a role is none.
    """
    missing = sorted(_NEEDED - set(table.columns))
    if missing:
        raise UsageError(f"a sequence needs the columns {', '.join(missing)} as well")
    base = case_namespace(graph.case)
    rows: dict[tuple[str, str, str], _Row] = {}
    for values in table.rows:
        cell = dict(zip(table.columns, values, strict=True))
        role, event, statement = text(cell["role"]), cell["event"], cell["statement"]
        if role not in ROLES:
            raise UsageError(f'"{role}" is no role of a sequence; it is one of {", ".join(ROLES)}')
        if not (isinstance(event, ox.NamedNode) and isinstance(statement, ox.NamedNode)) or (
            cell["within"] is None
        ):
            raise UsageError("a row of a sequence lacks its event, its statement or its within")
        key = (role, text(event), text(statement))
        row = rows.setdefault(key, _Row(role, event, statement))
        for name in ("within", "by", "also"):
            if cell.get(name) is not None:
                getattr(row, name).add(text(cell[name]).removeprefix(base))
    known = evidence(graph, (row.statement for row in rows.values()))
    return tuple(_occurrence(graph, row, known) for row in rows.values())


def _occurrence(graph: Graph, row: _Row, known: Mapping[str, Evidence]) -> Occurrence:
    base = case_namespace(graph.case)
    event, statement = (text(term).removeprefix(base) for term in (row.event, row.statement))
    statuses = [_status(graph, name) for name in (statement, *sorted(row.also))]
    data = graph.qualifiers(statement)
    parents = [
        text(quad.object).removeprefix(base)
        for quad in graph.store.quads_for_pattern(ox.NamedNode(base + event), _PART, None, _DEFAULT)
    ]
    told = known.get(statement, Evidence())
    return Occurrence(
        role=row.role,
        event=event,
        label=label_of(graph, base + event),
        statement=statement,
        status=max(statuses, key=STATUSES.index),
        within=tuple(sorted(row.within)),
        by=tuple(sorted(row.by)),
        begin=begin_of(data, state=_is_state(graph, data["kind"])),
        when=data.get("when", ""),
        voices=told.voices,
        sources=told.sources,
        passages=told.passages,
        names=tuple(dict.fromkeys([event, statement, *sorted(parents)])),
    )


def _status(graph: Graph, name: str) -> str:
    """Return the status of a statement of the case; ``UsageError`` if it is none."""
    status = None if "://" in name else graph.qualifiers(name).get("status")
    if status is None:
        raise UsageError(f'"{name}" is no statement of the case; a sequence needs one to be dated')
    return str(status)


def begin_of(data: Mapping[str, Any], *, state: bool) -> Span:
    """Return the days between which the thing that a statement dates began, or happened.

    A state that held only at some time in a period need not have held when the period began: any
    day of the period may be the first.

    Args:
        data: attributes of the statement, as ``graph.read.rules`` gives them.
        state: whether its predicate is a state, and not an act.
    """
    least, most = data.get("earliest_begin"), data.get("latest_begin")
    if state and data.get("coverage") == "sometime" and "/" in data.get("when", ""):
        most = data.get("latest_end")
    return Span(*(day(one) if one else None for one in (least, most)))


def _is_state(graph: Graph, predicate: str) -> bool:
    quad = ox.Quad(ox.NamedNode(HUD + predicate), _ASPECT, _STATE, _DEFAULT)
    return quad in graph.store


def classes_of(graph: Graph, names: Iterable[str]) -> Mapping[str, int]:
    """Return how many places, talks, agreements and other things there are among some ids.

    Args:
        graph: the store and its case.
        names: ids of things.
    """
    base = case_namespace(graph.case)
    found: dict[str, int] = {}
    for name in set(names):
        node = ox.NamedNode(base + name)
        types = {
            text(quad.object) for quad in graph.store.quads_for_pattern(node, _TYPE, None, _DEFAULT)
        }
        called = next((noun for term, noun in _NOUNS.items() if HUD + term in types), "thing")
        found[called] = found.get(called, 0) + 1
    return dict(sorted(found.items()))


def label_of(graph: Graph, iri: str) -> str:
    """Return the label of a thing or of a predicate, or a statement said in words.

    Args:
        graph: the store and its case.
        iri: of the thing, the predicate or the statement.
    """
    node = ox.NamedNode(iri)
    for quad in graph.store.quads_for_pattern(node, _LABEL, None, _DEFAULT):
        return text(quad.object)
    parts = [
        text(quad.object)
        for term in _TERMS
        for quad in graph.store.quads_for_pattern(node, term, None, _DEFAULT)
    ]
    if len(parts) != len(_TERMS):
        return short(iri)
    return " ".join(label_of(graph, part) if "://" in part else part for part in parts)


def links(graph: Graph, support: Path) -> tuple[Link, ...]:
    """Return the statements that tell which of two things came first.

    Args:
        graph: the graph.
        support: folder of the query ``links.rq``.
    """
    table = select(graph.store, read_query(support / "links.rq").sparql)
    known = evidence(graph, table.column("statement"))
    found = []
    for row in table.rows:
        statement, before, after, relation, status = map(text, row)
        name = short(statement)
        passages = known.get(name, Evidence()).passages
        ends = (short(before), short(after))
        found.append(Link(name, *ends, relation, status.removeprefix(KIND), passages))
    return tuple(found)


def written(graph: Graph, support: Path) -> Mapping[str, Span]:
    """Return the days between which each source was written, by its id.

    Args:
        graph: the graph.
        support: folder of the query ``sources.rq``.
    """
    rows = select(graph.store, read_query(support / "sources.rq").sparql).rows
    return {
        short(text(source)): Span(*(day(text(one)) if one else None for one in (first, last)))
        for source, first, last in rows
    }
