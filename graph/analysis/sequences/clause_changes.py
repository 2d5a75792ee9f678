"""What became of the terms of one agreement in the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...model.terms import HUD, RDF
from ...network.filters import STATUSES
from ...query.named import rows_of
from ...read import cited_claims, grounds

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from ...read.select import Graph


@dataclass(frozen=True)
class ComparedClause:
    """A clause of an agreement or of a series of demands.

    Attributes:
        clause: its id.
        label: what people call it.
        topics: what it deals with, sorted.
        obligors: ids of those whom it binds; ``unknown`` where that is not told.
        status: status of the statement that it is in the agreement.
        passages: the sentences.
    """

    clause: str
    label: str
    topics: tuple[str, ...]
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
    was: ComparedClause | None
    became: ComparedClause | None


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
    found = []
    for row in rows_of(graph, support / "changes.rq"):
        was = _clause(graph, row["clause"], row["contains"])
        became = _clause(graph, row["successor"], row["renews"])
        counting = _counting(graph, statuses, row["earlier"], row["later"])
        if all(one is None or one.status in counting for one in (was, became)):
            found.append(Change(row["earlier"], row["later"], row["change"], was, became))
    return tuple(found)


def _counting(graph: Graph, statuses: Collection[str], *agreements: str) -> set[str]:
    """Return the statuses that count for the terms of two agreements."""
    kinds = {kind for one in agreements for _, kind in graph.pairs(HUD + "kind", one)}
    kinds |= {graph.terms.broader[kind] for kind in kinds if kind in graph.terms.broader}
    return set(STATUSES) - {"rejected"} if "demandSeries" in kinds else set(statuses)


def _clause(graph: Graph, clause: str, contains: str) -> ComparedClause | None:
    """Return a clause with the statement that its agreement contains it; ``None`` for none."""
    if not clause:
        return None
    return ComparedClause(
        clause=clause,
        label=graph.labels.said(clause),
        topics=tuple(sorted(topic for _, topic in graph.pairs(HUD + "topic", clause))),
        obligors=_obligors(graph, clause),
        status=graph.qualifiers(contains).get("status", "open"),
        passages=grounds(cited_claims(graph, contains)),
    )


def _obligors(graph: Graph, clause: str) -> tuple[str, ...]:
    """Return whom a clause binds, by all statements that are not rejected."""
    about = (graph.statement(name) for name, _ in graph.pairs(RDF + "subject", target=clause))
    binding = (one for one in about if one.predicate == "obligor" and one.status != "rejected")
    return tuple(sorted({one.object for one in binding if one.object}))
