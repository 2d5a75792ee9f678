"""What can reach whom over time: paths whose ties hold one after the other.

A tie passes things on from its first day to its last. A path respects time if each of its ties is
used on a day on which it holds and no earlier than the one before (Kempe, Kleinberg and Kumar 2002,
Connectivity and inference problems for temporal networks; Holme and Saramäki 2012, Temporal
networks). When a tie held is known within bounds only. With ``possible`` periods it passes things
on on all days on which it may have held, so at least as much is reached as truly was; with
``certain`` ones on those on which it held for certain, so at most as much. A tie of which is told
only that it held in a month may have held on any day, and for certain on those of the month; one
without dates on any, and on none for certain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ...errors import UsageError, suggestion
from ...query.parameters import day_of
from ...read.rules import periods
from ..arrays import check_direction, from_network

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    import networkx as nx

    from ...read.rules import Spell, Time
    from ..arrays import Integers, Sign, Ties

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
        unbounded: how many of the ties pass things on on any day, as nothing says when they began
            or ended.
        left_out: how many ties of the sign wanted have no day for certain.
    """

    ties: Ties
    first: Integers
    last: Integers
    time: Time
    unbounded: int
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


class Leg(NamedTuple):
    """One tie of a path that respects time.

    Attributes:
        source: id of the node that passes on.
        target: id of the node that it passes on to.
        tie: id of the tie, whatever its own direction.
        day: the day on which it passes on, as an ISO date; empty where no date stands in the way.
    """

    source: str
    target: str
    tie: str
    day: str


def contacts(
    network: nx.MultiDiGraph[str],
    time: Time = "possible",
    *,
    sign: Sign = "not-negative",
    directed: bool = False,
) -> Contacts:
    """Return the ties of a network with their days.

    Args:
        network: as ``graph.network.projection.network`` returns it.
        time: ``possible`` or ``certain``; see ``_period``.
        sign: which ties pass things on.
        directed: whether they do so only from their first to their second node.

    Raises:
        UsageError: a date of the network is none, or it has no directions and they are wanted.
    """
    check_direction(network, directed=directed)
    ties = from_network(network)
    spells = {
        (one, two, str(key)): _period(data, time)
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
        first=np.array([_number("begin", begin, ALWAYS) for begin, _ in kept], dtype=np.int64),
        last=np.array([_number("end", end, NEVER) for _, end in kept], dtype=np.int64),
        time=time,
        unbounded=sum(spell == ("", "") for spell in kept),
        left_out=int((wanted & ~dated).sum()),
    )


def _period(data: Mapping[str, Any], time: Time) -> Spell | None:
    """Return when a tie passed things on at most, or, of its certain periods, the longest.

    It may have done so as well on days of which no source tells.
    """
    if data.get("timeless"):
        return ("", "")
    if time == "possible":
        return (data.get("earliest_begin", ""), data.get("latest_end", ""))
    known = periods(data, time)
    days = {_number("", last, 0) - _number("", one, 0): (one, last) for one, last in known}
    return days[max(days)] if days else None


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
    begin, end = _span(start, until, step)
    chosen = tuple(given.ties.nodes if sources is None else sources)
    arrival = _arrivals(given, _places(given, chosen), begin, end, step)
    return Reach(given.ties.nodes, chosen, arrival, given.time)


def departures(
    given: Contacts,
    target: str,
    *,
    start: str | date | None = None,
    until: str | date | None = None,
    step: int = 0,
) -> dict[str, str]:
    """Return until when each node can pass things on so that they reach a node.

    This is ``reach`` with time turned round (the latest departure of Wu, Cheng, Huang, Ke, Lu and
    Xu 2014, Path problems in temporal graphs).

    Args:
        given: the ties with their days.
        target: the id of the node that is reached.
        start: the first day that counts as an ISO date; no limit if ``None``.
        until: the day by which it is reached; no limit if ``None``.
        step: as in ``reach``.

    Returns:
        The last day as an ISO date by the id of the node, the latest first; empty where no date
        stands in the way. Nodes that cannot reach the target are left out, and so is it itself.

    Raises:
        UsageError: as in ``reach``.
    """
    begin, end = _span(start, until, step)
    ties = given.ties
    turned = replace(
        given,
        ties=replace(ties, source=ties.target, target=ties.source),
        first=np.where(given.last < NEVER, -(given.last + step), ALWAYS),
        last=np.where(given.first > ALWAYS, -(given.first + step), NEVER),
    )
    origin = _places(given, (target,))
    latest = ALWAYS if until is None else -end
    row = _arrivals(turned, origin, latest, min(-begin, NEVER - 1), step)[0]
    found = sorted(
        (day, node)
        for day, node in zip(row.tolist(), ties.nodes, strict=True)
        if day < NEVER and node != target
    )
    return {node: "" if day <= ALWAYS else _day(-day) for day, node in found}


def path(
    given: Contacts,
    source: str,
    target: str,
    *,
    start: str | date | None = None,
    until: str | date | None = None,
    step: int = 0,
) -> tuple[Leg, ...]:
    """Return one path by which a node is first reached, of these one with the fewest ties.

    Args:
        given: the ties with their days.
        source: the id of the node to start from.
        target: the id of the node that is reached.
        start: as in ``reach``.
        until: as in ``reach``.
        step: as in ``reach``.

    Returns:
        The ties of the path in their order; none if the node is not reached.

    Raises:
        UsageError: a node is unknown, or as in ``reach``.
    """
    begin, end = _span(start, until, step)
    origin, goal = _places(given, (source, target)).tolist()
    arcs = _arcs(given, end)
    arrival = np.full((1, given.ties.n), NEVER, dtype=np.int64)
    arrival[0, origin] = begin
    rounds = [arrival]
    while not np.array_equal(following := _next(rounds[-1], arcs, step, end), rounds[-1]):
        rounds.append(following)
    best = rounds[-1][0, goal]
    if best >= NEVER or origin == goal:
        return ()
    legs = []
    number = next(place for place, days in enumerate(rounds) if days[0, goal] == best)
    nodes, keys = given.ties.nodes, given.ties.keys
    for place in range(number, 0, -1):
        earlier = rounds[place - 1]
        fits = _passed(earlier, arcs, step, end)[0] == rounds[place][0, goal]
        arc = int(np.flatnonzero(fits & (arcs.target == goal))[0])
        before = int(arcs.source[arc])
        day = _day(max(int(earlier[0, before]), int(arcs.first[arc])))
        legs.append(Leg(nodes[before], nodes[goal], keys[int(arcs.tie[arc])], day))
        goal = before
    return tuple(reversed(legs))


class _Arcs(NamedTuple):
    """The contacts until a day, sorted by the second end; undirected ones are there both ways.

    Attributes:
        source: index of the first end.
        target: index of the second end.
        first: first day.
        last: last day.
        tie: index of the tie.
        heads: the second ends, each once.
        begins: where the arcs of each of these begin.
    """

    source: Integers
    target: Integers
    first: Integers
    last: Integers
    tie: Integers
    heads: Integers
    begins: Integers


def _arcs(given: Contacts, end: int) -> _Arcs:
    ties = given.ties
    source, target, first, last = ties.source, ties.target, given.first, given.last
    tie = np.arange(ties.m, dtype=np.int64)
    if not ties.directed:
        source, target = np.concatenate((source, target)), np.concatenate((target, source))
        first, last, tie = (np.concatenate((part, part)) for part in (first, last, tie))
    order = np.argsort(target, kind="stable")
    order = order[(first[order] <= end) & (source[order] != target[order])]
    heads, begins = np.unique(target[order], return_index=True)
    return _Arcs(
        source[order], target[order], first[order], np.minimum(last[order], end), tie[order],
        heads, begins,
    )  # fmt: skip


def _arrivals(given: Contacts, origin: Integers, begin: int, end: int, step: int) -> Integers:
    """Return the earliest days, shape (sources, nodes)."""
    n, arcs = given.ties.n, _arcs(given, end)
    parts = [np.zeros((0, n), dtype=np.int64)]
    at_once = max(1, _AT_ONCE // max(1, len(arcs.source) + n))
    for low in range(0, len(origin), at_once):
        some = origin[low : low + at_once]
        arrival = np.full((len(some), n), NEVER, dtype=np.int64)
        arrival[np.arange(len(some)), some] = begin
        while not np.array_equal(following := _next(arrival, arcs, step, end), arrival):
            arrival = following
        parts.append(arrival)
    return np.concatenate(parts)


def _next(arrival: Integers, arcs: _Arcs, step: int, end: int) -> Integers:
    """Return the earliest days with one tie more, shape (sources, nodes)."""
    found = arrival.copy()
    if len(arcs.heads):
        day = np.minimum.reduceat(_passed(arrival, arcs, step, end), arcs.begins, axis=1)
        found[:, arcs.heads] = np.minimum(day, arrival[:, arcs.heads])
    return found


def _passed(arrival: Integers, arcs: _Arcs, step: int, end: int) -> Integers:
    """Return the day on which each arc has passed things on, shape (sources, arcs)."""
    day = np.maximum(arrival[:, arcs.source], arcs.first)
    day = np.where(day <= arcs.last, day + np.where(day > ALWAYS, step, 0), NEVER)
    day[day > end] = NEVER
    return day


def _span(start: str | date | None, until: str | date | None, step: int) -> tuple[int, int]:
    """Return the first and the last day that count."""
    if step < 0:
        raise UsageError("a step takes 0 days or more")
    begin, end = _number("start", start, ALWAYS), _number("until", until, NEVER - 1)
    if end < begin:
        raise UsageError(f"{until} is before the start, {start}")
    return begin, end


def _places(given: Contacts, nodes: Sequence[str]) -> Integers:
    """Return the indices of some nodes."""
    index = {node: place for place, node in enumerate(given.ties.nodes)}
    for node in nodes:
        if node not in index:
            raise UsageError(f'the network has no "{node}"{suggestion(node, index)}')
    return np.array([index[node] for node in nodes], dtype=np.int64)


def _number(name: str, day: str | date | None, missing: int) -> int:
    return day_of(name, day).toordinal() if day else missing


def _day(number: int) -> str:
    return "" if number <= ALWAYS else date.fromordinal(number).isoformat()
