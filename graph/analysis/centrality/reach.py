"""What is reached over time whatever the true dates, and what may have been reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import UsageError
from .temporal import contacts, departures, path, reach

if TYPE_CHECKING:
    from datetime import date

    import networkx as nx

    from ..arrays import Sign
    from .temporal import Contacts, Leg


@dataclass(frozen=True)
class ReachBounds:
    """What is reached for certain, and what may have been reached.

    Attributes:
        source: id of the node from which things are passed on; empty if all are asked for that
            reach the target.
        target: id of the node to which they are; empty if all are asked for that are reached.
        possible: with a source, the day before which each node cannot have been reached; without
            one, the day after which each node cannot have passed things on to the target. Empty
            where no date stands in the way.
        certain: with a source, the day by which each node is reached, whatever the true dates;
            without one, the day up to which each can pass things on to the target.
        possible_path: with both, a first path to the target, of these one with the fewest ties.
        certain_path: the same, whatever the true dates.
        unbounded: how many ties may pass things on on any day, as nothing says when they began or
            ended: ``possible`` rests on that.
        left_out: how many ties have no day for certain.
        ties: how many ties may pass things on.
    """

    source: str
    target: str
    possible: dict[str, str]
    certain: dict[str, str]
    possible_path: tuple[Leg, ...]
    certain_path: tuple[Leg, ...]
    unbounded: int
    left_out: int
    ties: int

    def __repr__(self) -> str:
        ends = f"{self.source or 'all'} to {self.target or 'all'}"
        return f"<ReachBounds {ends}: {len(self.possible)} possible, {len(self.certain)} certain>"


def reach_bounds(
    network: nx.MultiDiGraph[str],
    source: str | None = None,
    target: str | None = None,
    *,
    start: str | date | None = None,
    until: str | date | None = None,
    sign: Sign = "not-negative",
    directed: bool = False,
    step: int = 0,
) -> ReachBounds:
    """Return what is reached for certain and what may have been reached.

    Args:
        network: as ``graph.network.projection.network`` returns it; of disputed ties it says what
            follows if they held, so choose the statuses.
        source: the id of the node from which things are passed on; if ``None``, all that reach the
            target.
        target: the id of the node that is reached; if ``None``, all that the source reaches.
        start: as in ``reach``.
        until: as in ``reach``.
        sign: as in ``contacts``.
        directed: as in ``contacts``.
        step: as in ``reach``.

    Raises:
        UsageError: neither node is given, they are the same, one is unknown, a day is none, the end
            is before the start, or the step is negative.
    """
    if source is None and target is None:
        raise UsageError("reach needs a node to start from, or one that is reached")
    if source == target:
        raise UsageError(f'"{source}" is both the start and the end')
    may = contacts(network, "possible", sign=sign, directed=directed)
    sure = contacts(network, "certain", sign=sign, directed=directed)
    possible, may_path = _reached(may, source, target, start, until, step)
    certain, sure_path = _reached(sure, source, target, start, until, step)
    counts = (may.unbounded, sure.left_out, may.ties.m)
    return ReachBounds(source or "", target or "", possible, certain, may_path, sure_path, *counts)


def _reached(
    given: Contacts,
    source: str | None,
    target: str | None,
    start: str | date | None,
    until: str | date | None,
    step: int,
) -> tuple[dict[str, str], tuple[Leg, ...]]:
    """Return the days of the nodes, and the path if both ends are given."""
    if source is None:
        return departures(given, target or "", start=start, until=until, step=step), ()
    found = reach(given, [source], start=start, until=until, step=step).reached(source)
    if target is None:
        return found, ()
    legs = path(given, source, target, start=start, until=until, step=step)
    return {node: day for node, day in found.items() if node == target}, legs
