"""What can reach whom over time: ways whose ties hold one after the other.

A tie passes things on from its first day to its last. A way respects time if each of its ties is
used on a day on which it holds and no earlier than the one before (Kempe, Kleinberg and Kumar 2002,
Connectivity and inference problems for temporal networks; Holme and Saramäki 2012, Temporal
networks). When a tie held is known within bounds only. With ``possible`` periods it passes things
on on all days on which it may have held, so at least as much is reached as truly was; with
``certain`` ones on those on which it held for certain, so at most as much. Ties without dates may
have held always and never for certain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ..errors import UsageError, suggestion
from ..query import day_of
from ..statements import period
from .arrays import from_network

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

    from ..statements import Time
    from .arrays import Integers, Sign, Ties

ALWAYS = -(10**9)
"""A first day without limit, and the arrival where a way starts without one."""
NEVER = 10**9
"""A last day without limit, and the arrival of what is not reached."""
_AT_ONCE = 20_000_000


@dataclass(frozen=True, eq=False)
class Contacts:
    """Ties with the days on which they pass things on.

    Attributes:
        ties: the ties that do; undirected ones are in it once.
        first: first day of each, as ``datetime.date.toordinal`` counts, shape (m,); ``ALWAYS``
            where it is open.
        last: last day, shape (m,); ``NEVER`` where it is open.
        time: which periods these are.
        undated: how many of the ties have no dates at all: they pass things on always.
        left_out: how many ties of the sign wanted have no day for certain.
    """

    ties: Ties
    first: Integers
    last: Integers
    time: Time
    undated: int
    left_out: int


@dataclass(frozen=True, eq=False)
class Reach:
    """On which day each node is first reached from each source.

    Attributes:
        nodes: ids of all nodes.
        sources: ids of the sources.
        arrival: the day, shape (sources, nodes), as ``datetime.date.toordinal`` counts: ``NEVER``
            if not at all, ``ALWAYS`` if no date stands in the way.
        time: which periods it is computed from.
    """

    nodes: tuple[str, ...]
    sources: tuple[str, ...]
    arrival: Integers
    time: Time

    def reached(self, source: str) -> dict[str, str]:
        """Return what is reached from a source, itself left out, the earliest first.

        Returns:
            The day as an ISO date by the id of the node; empty where no date stands in the way.

        Raises:
            UsageError: it is none of the sources.
        """
        if source not in self.sources:
            raise UsageError(f'"{source}" is no source{suggestion(source, self.sources)}')
        row = self.arrival[self.sources.index(source)].tolist()
        found = [
            (day, node)
            for day, node in zip(row, self.nodes, strict=True)
            if day < NEVER and node != source
        ]
        return {node: _day(day) for day, node in sorted(found)}

    @property
    def counts(self) -> Integers:
        """How many nodes each source reaches, itself left out, shape (sources,)."""
        found: Integers = (self.arrival < NEVER).sum(axis=1) - 1
        return found


@dataclass(frozen=True)
class ReachBounds:
    """What a source reaches for certain, and what it may have reached.

    Attributes:
        source: its id.
        certain: the day by which each node is reached, whatever the true dates; empty where no
            date stands in the way.
        possible: the day before which each node cannot have been reached.
        undated: how many ties have no dates: ``possible`` rests on them, ``certain`` does not.
        left_out: how many ties have no day for certain.
    """

    source: str
    certain: dict[str, str]
    possible: dict[str, str]
    undated: int
    left_out: int


def contacts(
    network: nx.MultiDiGraph[str],
    time: Time = "possible",
    *,
    sign: Sign = "not-negative",
    directed: bool = True,
) -> Contacts:
    """Return the ties of a network with their days.

    Args:
        network: as ``graph.network.network`` returns it.
        time: ``possible`` or ``certain``; see ``graph.statements.period``.
        sign: which ties pass things on.
        directed: whether they do so only from their first to their second node.

    Raises:
        UsageError: a date of the network is none.
    """
    ties = from_network(network)
    spells = {
        (one, two, str(key)): period(data, time)
        for one, two, key, data in network.edges(keys=True, data=True)
    }
    rows = zip(ties.source.tolist(), ties.target.tolist(), ties.keys, strict=True)
    found = [spells[ties.nodes[one], ties.nodes[two], key] for one, two, key in rows]
    wanted = ties.mask(sign)
    dated = np.array([spell is not None for spell in found], dtype=bool)
    kept = [spell for spell, stays in zip(found, wanted & dated, strict=True) if stays and spell]
    chosen = ties.only(wanted & dated)
    return Contacts(
        ties=replace(chosen, directed=directed),
        first=np.array([_number(begin, ALWAYS) for begin, _ in kept], dtype=np.int64),
        last=np.array([_number(end, NEVER) for _, end in kept], dtype=np.int64),
        time=time,
        undated=sum(spell == ("", "") for spell in kept),
        left_out=int((wanted & ~dated).sum()),
    )


def reach(
    given: Contacts,
    sources: Sequence[str] | None = None,
    *,
    start: str | date | None = None,
    until: str | date | None = None,
    step: int = 0,
) -> Reach:
    """Return on which day each node is first reached.

    The earliest day of a node is the least, over its ties, of the later of the tie's first day and
    the day of the node before, if that is not after the tie's last day; this is applied to all
    ties until nothing changes.

    Args:
        given: the ties with their days.
        sources: ids of the nodes to start from; all nodes if ``None``.
        start: the day of the start as an ISO date; no limit if ``None``.
        until: the last day that counts as an ISO date; no limit if ``None``.
        step: how many days each tie takes; 0 if any number of ties can be passed in a day.

    Raises:
        UsageError: a source is unknown, a day is none, the end is before the start, or the step is
            negative.
    """
    ties = given.ties
    index = {node: place for place, node in enumerate(ties.nodes)}
    chosen = tuple(ties.nodes if sources is None else sources)
    for node in chosen:
        if node not in index:
            raise UsageError(f'the network has no "{node}"{suggestion(node, index)}')
    if step < 0:
        raise UsageError("a step takes 0 days or more")
    begin, end = _number(start or "", ALWAYS), _number(until or "", NEVER - 1)
    if end < begin:
        raise UsageError(f"{until} is before the start, {start}")
    origin = np.array([index[node] for node in chosen], dtype=np.int64)
    source, target, first, last = _sorted_contacts(given, end)
    parts = []
    at_once = max(1, _AT_ONCE // max(1, len(source) + ties.n))
    for low in range(0, len(origin), at_once):
        some = origin[low : low + at_once]
        arrival = np.full((len(some), ties.n), NEVER, dtype=np.int64)
        arrival[np.arange(len(some)), some] = begin
        parts.append(_settled(arrival, source, target, first, last, step, end))
    empty = np.zeros((0, ties.n), dtype=np.int64)
    arrival = np.concatenate(parts) if parts else empty
    return Reach(ties.nodes, chosen, arrival, given.time)


def reach_bounds(
    network: nx.MultiDiGraph[str],
    source: str,
    *,
    start: str | None = None,
    until: str | None = None,
    sign: Sign = "not-negative",
    directed: bool = True,
    step: int = 0,
) -> ReachBounds:
    """Return what a node reaches for certain and what it may have reached.

    Args:
        network: as ``graph.network.network`` returns it; of disputed ties it says what follows if
            they held, so choose the statuses.
        source: the id of the node.
        start: as in ``reach``.
        until: as in ``reach``.
        sign: as in ``contacts``.
        directed: as in ``contacts``.
        step: as in ``reach``.

    Raises:
        UsageError: the node is unknown, a day is none, or the step is negative.
    """
    sure = contacts(network, "certain", sign=sign, directed=directed)
    may = contacts(network, "possible", sign=sign, directed=directed)
    found = [
        reach(part, [source], start=start, until=until, step=step).reached(source)
        for part in (sure, may)
    ]
    return ReachBounds(source, found[0], found[1], may.undated, sure.left_out)


def way(
    given: Contacts, found: Reach, source: str, target: str, *, step: int = 0
) -> tuple[tuple[str, str], ...]:
    """Return one way by which a node is first reached, of these one with the fewest ties.

    Args:
        given: the ties with their days.
        found: what ``reach`` made of them.
        source: the id of a source.
        target: the id of the node that is reached.
        step: as it was given to ``reach``.

    Returns:
        For each tie of the way its id and the day on which it leads on, empty where no date stands
        in the way; nothing if the node is not reached.

    Raises:
        UsageError: the source is none of the sources, or a node is unknown.
    """
    import networkx as nx

    reached = found.reached(source)
    if target not in found.nodes:
        raise UsageError(f'the network has no "{target}"{suggestion(target, found.nodes)}')
    if target not in reached:
        return ()
    arrival = found.arrival[found.sources.index(source)]
    tight: nx.DiGraph[int] = nx.DiGraph()
    keys = given.ties.keys * (1 if given.ties.directed else 2)
    days = _days(given)
    for (one, two, first, last), key in zip(days, keys, strict=True):
        day = max(int(arrival[one]), first)
        passed = day + (step if day > ALWAYS else 0)
        if day <= last and day < NEVER and passed == arrival[two] and not tight.has_edge(one, two):
            tight.add_edge(one, two, key=key, day=_day(day))
    ends = found.nodes.index(source), found.nodes.index(target)
    nodes = nx.shortest_path(tight, *ends)
    edges = [tight.edges[pair] for pair in pairwise(nodes)]
    return tuple((edge["key"], edge["day"]) for edge in edges)


def _days(given: Contacts) -> list[tuple[int, int, int, int]]:
    """Return ends and days of the contacts, undirected ones also the other way round."""
    ties = given.ties
    one, two = ties.source.tolist(), ties.target.tolist()
    first, last = given.first.tolist(), given.last.tolist()
    rows = list(zip(one, two, first, last, strict=True))
    if not ties.directed:
        rows += zip(two, one, first, last, strict=True)
    return rows


def _sorted_contacts(given: Contacts, end: int) -> tuple[Integers, Integers, Integers, Integers]:
    """Return ends and days of the contacts until a day, sorted by the second end."""
    ties = given.ties
    source, target, first, last = ties.source, ties.target, given.first, given.last
    if not ties.directed:
        source, target = np.concatenate((source, target)), np.concatenate((target, source))
        first, last = np.concatenate((first, first)), np.concatenate((last, last))
    order = np.argsort(target, kind="stable")
    order = order[(first[order] <= end) & (source[order] != target[order])]
    return source[order], target[order], first[order], np.minimum(last[order], end)


def _settled(
    arrival: Integers,
    source: Integers,
    target: Integers,
    first: Integers,
    last: Integers,
    step: int,
    end: int,
) -> Integers:
    """Return the earliest days, shape (sources, nodes), given those of the sources."""
    if not len(source):
        return arrival
    heads, begins = np.unique(target, return_index=True)
    while True:
        day = np.maximum(arrival[:, source], first)
        day = np.where(day <= last, day + np.where(day > ALWAYS, step, 0), NEVER)
        day[day > end] = NEVER
        best = np.minimum(np.minimum.reduceat(day, begins, axis=1), arrival[:, heads])
        if (best == arrival[:, heads]).all():
            return arrival
        arrival[:, heads] = best


def _number(day: str | date, missing: int) -> int:
    if not day:
        return missing
    return day_of("day", day).toordinal()


def _day(number: int) -> str:
    return "" if number <= ALWAYS else date.fromordinal(number).isoformat()
