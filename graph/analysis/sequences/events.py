"""What a query of triggers and outcomes finds in a graph, with dates, status and passages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ...errors import UsageError
from ...model import Bounds
from ...model.bounds import begin_and_end
from ...model.dates import Stretch, day
from ...model.terms import DCTERMS, RDF, iri_of
from ...network.filters import STATUSES
from ...query.named import rows_of
from ...read import cited_claims, grounds
from .records import DayRange, Link, Occurrence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ...read.select import Graph, Table

ROLES = ("trigger", "outcome", "series")
_NOUNS = {"Place": "place", "TalksProcess": "talks process", "Agreement": "agreement"}
_NEEDED = {"role", "event", "statement", "within"}


@dataclass
class _Row:
    """The rows of a query that are one occurrence."""

    role: str
    event: str
    statement: str
    within: set[str] = field(default_factory=set)
    by: set[str] = field(default_factory=set)
    also: set[str] = field(default_factory=set)


def occurrences(graph: Graph, table: Table) -> tuple[Occurrence, ...]:
    """Return the triggers, outcomes and series that a query has found.

    Args:
        graph: where more is known of them.
        table: with the columns ``role``, ``event``, ``statement`` and ``within``; where it has them
            also ``by``, whoever did it, and ``also``, a statement on which it hangs. Rows of the
            same role, event and statement are one occurrence. What nobody claims is none.

    Raises:
        UsageError: a column is missing, or a role is none.
    """
    missing = sorted(_NEEDED - set(table.columns))
    if missing:
        raise UsageError(f"a sequence needs the columns {', '.join(missing)} as well")
    terms = zip(*map(table.column, ("event", "statement", "within")), strict=True)
    rows: dict[tuple[str, str, str], _Row] = {}
    for cell, (event, statement, within) in zip(table.named(graph), terms, strict=True):
        if cell["role"] not in ROLES:
            listed = ", ".join(ROLES)
            raise UsageError(f'"{cell["role"]}" is no role of a sequence; it is one of {listed}')
        if not (iri_of(event) and iri_of(statement)) or within is None:
            raise UsageError("a row of a sequence lacks its event, its statement or its within")
        key = (cell["role"], cell["event"], cell["statement"])
        row = rows.setdefault(key, _Row(*key))
        for name in ("within", "by", "also"):
            if cell.get(name):
                getattr(row, name).add(cell[name])
    found = (_occurrence(graph, row) for row in rows.values())
    return tuple(one for one in found if graph.stands_on(one.statement))


def _occurrence(graph: Graph, row: _Row) -> Occurrence:
    event, statement = row.event, row.statement
    statuses = [_status(graph, name) for name in (statement, *sorted(row.also))]
    data, claims = graph.qualifiers(statement), cited_claims(graph, statement)
    began = begin_of(data, state=graph.predicate(data["predicate"]).aspect == "state")
    parents = (whole for _, whole in graph.pairs(DCTERMS + "isPartOf", event))
    return Occurrence(
        role=row.role,
        event=event,
        label=graph.labels.said(event),
        statement=statement,
        status=max(statuses, key=STATUSES.index),
        within=tuple(sorted(row.within)),
        by=tuple(sorted(row.by)),
        begin=DayRange(began.first, began.last),
        clocks=(began.first_clock, began.last_clock),
        when=data.get("when", ""),
        order_key=data.get("order_key", ""),
        voices=tuple(dict.fromkeys(claim.voice for claim in claims if claim.affirms)),
        sources=tuple(dict.fromkeys(claim.source for claim in claims)),
        passages=grounds(claims),
        names=tuple(dict.fromkeys([event, statement, *sorted(parents)])),
    )


def _status(graph: Graph, name: str) -> str:
    """Return the status of a statement of the case; ``UsageError`` if it is none."""
    status = graph.qualifiers(name).get("status")
    if status is None:
        raise UsageError(f'"{name}" is no statement of the case; a sequence needs one to be dated')
    return str(status)


def begin_of(data: Mapping[str, Any], *, state: bool) -> Stretch:
    """Return the time within which the thing that a statement dates began, or happened.

    A state that held only at some time in a period need not have held when the period began: any
    day of the period may be the first.

    Args:
        data: attributes of the statement, as ``graph.read.rules`` gives them.
        state: whether its predicate is a state, and not an act.
    """
    begin, end = begin_and_end(
        data.get("when", ""),
        data.get("begins", ""),
        data.get("ends", ""),
        Bounds(*(day(data[name]) if data.get(name) else None for name in Bounds._fields)),
    )
    last = begin
    if state and data.get("coverage") == "sometime" and "/" in data.get("when", ""):
        last = end
    return Stretch(begin.first, last.last, begin.first_clock, last.last_clock)


def classes_of(graph: Graph, names: Iterable[str]) -> Mapping[str, int]:
    """Return how many places, talks, agreements and other things there are among some ids.

    Args:
        graph: the store and its case.
        names: ids of things.
    """
    found: Counter[str] = Counter()
    for name in set(names):
        classes = {known for _, known in graph.pairs(RDF + "type", name)}
        found[next((noun for known, noun in _NOUNS.items() if known in classes), "thing")] += 1
    return dict(sorted(found.items()))


def links(graph: Graph, support: Path) -> tuple[Link, ...]:
    """Return the statements that tell which of two things came first, if anybody claims them.

    Args:
        graph: the graph.
        support: folder of the query ``links.rq``.
    """
    return tuple(
        Link(**row, passages=grounds(cited_claims(graph, row["statement"])))
        for row in rows_of(graph, support / "links.rq")
        if graph.stands_on(row["statement"])
    )


def written(graph: Graph, support: Path) -> Mapping[str, DayRange]:
    """Return the days between which each source was written, by its id.

    Args:
        graph: the graph.
        support: folder of the query ``sources.rq``.
    """
    return {
        row["source"]: DayRange(*(day(row[end]) if row[end] else None for end in ("first", "last")))
        for row in rows_of(graph, support / "sources.rq")
    }
