"""What became of the terms of one agreement in the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...model.terms import HUD, KIND, RDF, short, text
from ...network.filters import STATUSES
from ...query.named import read_query
from ...read.select import select
from .events import Evidence, evidence, label_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from ...read.select import Graph, Term

_SUBJECT, _OBJECT = ox.NamedNode(RDF + "subject"), ox.NamedNode(RDF + "object")
_PREDICATE, _OBLIGOR = ox.NamedNode(RDF + "predicate"), ox.NamedNode(HUD + "obligor")
_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True)
class Clause:
    """A clause of an agreement or of a series of demands.

    Attributes:
        clause: its id.
        label: what people call it.
        topic: what it deals with.
        obligors: ids of those whom it binds; ``unknown`` where that is not told.
        status: status of the statement that it is in the agreement.
        passages: the sentences.
    """

    clause: str
    label: str
    topic: str
    obligors: tuple[str, ...]
    status: str
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """What became of a term.

    Attributes:
        earlier: id of the earlier agreement.
        later: id of the later agreement; the same for two demands of one series.
        change: ``replaced``, ``same topic``, ``only in the earlier`` or ``only in the later``.
        was: the term in the earlier agreement, or ``None``.
        became: the term in the later agreement, or ``None``.
    """

    earlier: str
    later: str
    change: str
    was: Clause | None
    became: Clause | None


def changes(graph: Graph, support: Path, statuses: Collection[str]) -> tuple[Change, ...]:
    """Return what became of each term wherever one agreement replaces another.

    Args:
        graph: the graph.
        support: folder of the query ``changes.rq``.
        statuses: which terms count, by the status of the statement that a clause belongs to its
            agreement. A change is left out if one of its two terms does not count, and a demand
            that was put forward is a term of a series of demands, whatever its status but rejected.

    Returns:
        Whether a change was for the better, and for whom, is not said: no source codes it.
    """
    table = select(graph.store, read_query(support / "changes.rq").sparql)
    known = evidence(graph, [*table.column("contains"), *table.column("renews")])
    found = []
    for row in table.rows:
        cell = dict(zip(table.columns, row, strict=True))
        ends = (short(text(cell["earlier"])), short(text(cell["later"])))
        pair = [
            _clause(graph, cell, names, known)
            for names in (("clause", "topic", "contains"), ("successor", "newTopic", "renews"))
        ]
        counting = _counting(graph, statuses, cell["earlier"], cell["later"])
        if all(one is None or one.status in counting for one in pair):
            found.append(Change(*ends, text(cell["change"]), *pair))
    return tuple(found)


def _counting(graph: Graph, statuses: Collection[str], *agreements: Term | None) -> set[str]:
    """Return the statuses that count for the terms of two agreements."""
    kind, demands = ox.NamedNode(HUD + "kind"), ox.NamedNode(KIND + "demandSeries")
    demanded = any(
        isinstance(one, ox.NamedNode) and ox.Quad(one, kind, demands, _DEFAULT) in graph.store
        for one in agreements
    )
    return set(STATUSES) - {"rejected"} if demanded else set(statuses)


def _clause(
    graph: Graph,
    cell: Mapping[str, Term | None],
    names: tuple[str, str, str],
    known: Mapping[str, Evidence],
) -> Clause | None:
    node, topic, contains = (cell[name] for name in names)
    if not isinstance(node, ox.NamedNode):
        return None
    statement = short(text(contains))
    return Clause(
        clause=short(node.value),
        label=label_of(graph, node.value),
        topic=text(topic).removeprefix(KIND),
        obligors=_obligors(graph, node),
        status=graph.qualifiers(statement).get("status", "open") if statement else "open",
        passages=known.get(statement, Evidence()).passages,
    )


def _obligors(graph: Graph, clause: ox.NamedNode) -> tuple[str, ...]:
    """Return whom a clause binds, by all statements that are not rejected."""
    found = set()
    for quad in graph.store.quads_for_pattern(None, _SUBJECT, clause, _DEFAULT):
        node = quad.subject
        if ox.Quad(node, _PREDICATE, _OBLIGOR, _DEFAULT) not in graph.store:
            continue
        if graph.qualifiers(short(text(node)))["status"] != "rejected":
            bound = graph.store.quads_for_pattern(node, _OBJECT, None, _DEFAULT)
            found |= {short(text(one.object)).removeprefix("hud:") for one in bound}
    return tuple(sorted(found))
