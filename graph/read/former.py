"""Ids that were given up, or whose thing is one with that of another case; what they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..model.terms import DCTERMS, HUD, OWL
from .date_words import date_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .case_graph import CaseGraph


def former_ids(graph: CaseGraph) -> Mapping[str, str]:
    """Return the ids that were given up, each with that of the record in its place."""
    return graph.kept((__name__,), lambda: dict(graph.pairs(DCTERMS + "isReplacedBy")))


class Withdrawn(NamedTuple):
    """A record that was taken back after it had been published.

    Attributes:
        id: of the record.
        day: on which it was taken back, as an ISO date.
        reason: why, for everybody to read.
    """

    id: str
    day: str
    reason: str

    def __str__(self) -> str:
        return f"{self.id} was withdrawn on {date_in_words(self.day)}: {self.reason}"


def withdrawn(graph: CaseGraph) -> Mapping[str, Withdrawn]:
    """Return the records that were taken back, by their ids, sorted."""

    def read() -> dict[str, Withdrawn]:
        days = sorted(graph.pairs(HUD + "withdrawn"))
        why = {name: graph.texts(name, HUD + "reason") for name, _ in days}
        return {
            name: Withdrawn(name, day, why[name][0][0] if why[name] else "") for name, day in days
        }

    return graph.kept((__name__, "withdrawn"), read)


def withdrawn_with(graph: CaseGraph, name: str) -> Withdrawn | None:
    """Return what was taken back that had an id, or of which that was a part.

    Args:
        graph: where it was.
        name: an id, also one made of others, such as ``STATEMENT.verdict`` or ``SOURCE.3.1``.
    """
    gone = withdrawn(graph)
    parts = name.split(".")
    wholes = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((gone[one] for one in wholes if one in gone), None)


def joined_ids(graph: CaseGraph) -> Mapping[str, str]:
    """Return the ids of things for which one of another case stands, each with that of the latter.

    There are none where the graph is of one case.
    """
    return graph.kept((__name__, "joined"), lambda: dict(graph.pairs(OWL + "sameAs")))


def cases_of(graph: CaseGraph, name: str) -> tuple[str, ...]:
    """Return the cases that have a record, sorted, if the graph is of several; else nothing.

    Args:
        graph: where it is.
        name: its id; a thing that stands for things of other cases is of these cases, too.
    """
    if not graph.names.several:
        return ()
    others = graph.kept((__name__, "others"), lambda: _others(graph))
    every = [name, *others.get(name, ())]
    return tuple(sorted({case for one in every for case in graph.names.cases_of(one)}))


def _others(graph: CaseGraph) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for other, stands in joined_ids(graph).items():
        found.setdefault(stands, []).append(other)
    return found


def present(graph: CaseGraph, name: str) -> str:
    """Return the id that a record has now.

    Args:
        graph: where the former ids are.
        name: an id that it has or had, also one made of others, such as ``EVENT.victim.ACTOR``.
    """
    known = former_ids(graph)
    now = known.get(name) or ".".join(known.get(part, part) for part in name.split("."))
    return joined_ids(graph).get(now, now)
