"""What came before what: the one rule by which events are put in order.

Dates order first, by the days as they are written; on one day clock times do; and where these do
not settle it, what the sources tell of the order. See ``docs/dates.md``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .clock import Clock
    from .dates import Stretch

    Moment = tuple[int, float]

_NEVER, _EVER = (0, 0.0), (date.max.toordinal() + 1, 0.0)
_DAY_BEGINS, _DAY_ENDS = float("-inf"), float("inf")
_SHIFT = 200_000
"""Keeps seconds of another clock's day above nought: a clock is 28 hours ahead at the most."""


class Dating(NamedTuple):
    """A statement that dates a thing.

    Attributes:
        statement: its id.
        thing: what it says took place.
        begin: when that began.
        end: when it ended.
    """

    statement: str
    thing: str
    begin: Stretch
    end: Stretch

    @property
    def day(self) -> date | None:
        """The one day on which it began; ``None`` if that is not known."""
        return self.begin.first if self.begin.first == self.begin.last else None


class Told(NamedTuple):
    """A statement that one thing comes before another; its id, and theirs."""

    statement: str
    before: str
    after: str


class Ordered(NamedTuple):
    """Statements in order.

    Attributes:
        keys: for each dated one, a text: in the order of these texts they stand.
        untold: those that share their day with one before or after which they may come.
        circles: what is told of the order and leads back to where it began.
        against: what is told of the order and cannot be, by the dates.
    """

    keys: Mapping[str, str]
    untold: frozenset[str]
    circles: tuple[tuple[Told, ...], ...]
    against: tuple[Told, ...]


def in_order(datings: Iterable[Dating], told: Iterable[Told]) -> Ordered:
    """Return the order of dated statements.

    One that certainly comes before another has the lesser key, and so has one that is told to, be
    it over several steps, unless the dates forbid it or what is told goes round in a circle.

    Args:
        datings: the statements; of a thing there may be several.
        told: what the sources tell of the order.
    """
    by_id = {one.statement: one for one in sorted(datings)}
    of_thing = defaultdict(list)
    for one in by_id.values():
        of_thing[one.thing].append(one)
    clocks = _Clocks(by_id.values())
    told = sorted(told)
    circles = tuple(_circles(told))
    circular = {one for circle in circles for one in circle}
    ways = _Ways(by_id)
    against = []
    for way in told:
        if way in circular:
            continue
        pairs = [(a, b) for a in of_thing[way.before] for b in of_thing[way.after]]
        fitting = [(a, b) for a, b in pairs if not b.begin.before(a.begin)]
        for a, b in fitting:
            ways.add(a.statement, b.statement, way)
        against += [way] if pairs and not fitting else []
    moments, dropped = _moments(ways, by_id, clocks)
    keys = _keys(ways, moments, by_id)
    return Ordered(keys, frozenset(_untold(ways, by_id)), circles, (*against, *dropped))


def _circles(told: Sequence[Told]) -> Iterator[tuple[Told, ...]]:
    """Yield what leads from a thing back to it, all that hangs together at once; mostly nothing."""
    after: dict[str, set[str]] = defaultdict(set)
    for one in told:
        after[one.before].add(one.after)
    try:
        TopologicalSorter(after).prepare()
    except CycleError:
        import networkx as nx  # takes longer to import than most cases to put in order

        ways = nx.DiGraph((one.before, one.after) for one in told)
        for things in nx.strongly_connected_components(ways):
            found = tuple(one for one in told if one.before in things and one.after in things)
            if found:
                yield found


class _Ways:
    """What comes before what: for each statement those before and after it, with who tells so."""

    def __init__(self, names: Iterable[str]) -> None:
        self.before: dict[str, dict[str, Told]] = {name: {} for name in names}
        self.after: dict[str, dict[str, Told]] = {name: {} for name in self.before}

    def add(self, before: str, after: str, told: Told) -> None:
        self.before[after][before] = self.after[before][after] = told

    def remove(self, before: str, after: str) -> Told:
        del self.after[before][after]
        return self.before[after].pop(before)

    def steps(self) -> list[str]:
        """Return the statements so that each stands after those before it, else by their names."""
        sorter = TopologicalSorter(self.before)
        sorter.prepare()
        ready: list[str] = []
        found: list[str] = []
        while sorter.is_active():
            for name in sorter.get_ready():
                heappush(ready, name)
            found.append(heappop(ready))
            sorter.done(found[-1])
        return found

    def leads(self, name: str) -> bool:
        """Return whether a statement has one before or after it."""
        return bool(self.before[name] or self.after[name])

    def ordered(self, name: str) -> set[str]:
        """Return what is before or after a statement, over any number of steps."""
        return _reached(name, self.before) | _reached(name, self.after)


def _reached(name: str, steps: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    todo = [name]
    while todo:
        more = set(steps[todo.pop()]) - found
        found |= more
        todo += more
    return found


class _Clocks:
    """Makes numbers of the moments of some statements, all on the clock that most of them tell."""

    def __init__(self, datings: Iterable[Dating]) -> None:
        told = [c for one in datings for c in (one.begin.first_clock, one.begin.last_clock) if c]
        offsets = Counter(clock.offset for clock in told if clock.offset is not None)
        self.offset = min(offsets, key=lambda one: (-offsets[one], one), default=None)
        self.mixed = bool(offsets) and len(told) > offsets.total()

    def first(self, stretch: Stretch) -> Moment:
        """Return the earliest moment of a stretch."""
        return self._moment(stretch.first, stretch.first_clock, _DAY_BEGINS) or _NEVER

    def last(self, stretch: Stretch) -> Moment:
        """Return the latest."""
        return self._moment(stretch.last, stretch.last_clock, _DAY_ENDS) or _EVER

    def place(self, *stretches: Stretch) -> Moment | None:
        """Return where something stands by the first moment that is known of some stretches."""
        for one in stretches:
            for day, clock in ((one.first, one.first_clock), (one.last, one.last_clock)):
                if day is not None:
                    return self._at(day, clock, _DAY_BEGINS)
        return None

    def _moment(self, day: date | None, clock: Clock | None, limit: float) -> Moment | None:
        """Return a bound; where some clocks tell no offset, and others do, that of the day."""
        return self._at(day, None if self.mixed else clock, limit) if day else None

    def _at(self, day: date, clock: Clock | None, limit: float) -> Moment:
        if clock is None:
            return day.toordinal(), limit
        shown = clock.at(self.offset) + (clock.last - clock.second if limit == _DAY_ENDS else 0)
        return day.toordinal(), shown


def _moments(
    ways: _Ways, datings: Mapping[str, Dating], clocks: _Clocks
) -> tuple[dict[str, Moment], list[Told]]:
    """Return where statements stand, so that what is told to be later does not stand earlier.

    A way that the bounds along it forbid is taken out.

    Returns:
        The moments of the dated ones, and what was taken out.
    """
    first = {key: clocks.first(one.begin) for key, one in datings.items()}
    last = {key: clocks.last(one.begin) for key, one in datings.items()}
    dropped = []
    steps = ways.steps()
    for key in steps:
        for before in list(ways.before[key]):
            if first[before] > last[key]:
                dropped.append(ways.remove(before, key))
            else:
                first[key] = max(first[key], first[before])
    for key in reversed(steps):
        last[key] = min([last[key], *(last[after] for after in ways.after[key])])
    found: dict[str, Moment] = {}
    for key in steps:
        one = datings[key]
        known = [clocks.place(one.begin)] if one.begin.first else [_begun(first[key], last[key])]
        known = known if any(known) else [clocks.place(one.end)]
        known += [first[key]] + [found.get(before) for before in ways.before[key]]
        found[key] = max(moment for moment in known if moment is not None)
    return found, dropped


def _begun(first: Moment, last: Moment) -> Moment | None:
    """Return where something stands of which it is not told from when on it may have begun."""
    if first != _NEVER or last == _EVER:
        return None
    return last[0], _DAY_BEGINS if last[1] == _DAY_ENDS else last[1]


def _keys(
    ways: _Ways, moments: Mapping[str, Moment], datings: Mapping[str, Dating]
) -> dict[str, str]:
    """Return the texts that sort statements: day, clock time, and step where both are the same."""
    steps: dict[str, int] = {}
    keys = {}
    for key in ways.steps():
        same = [b for b in ways.before[key] if moments[b] == moments[key]]
        steps[key] = max((steps[before] + 1 for before in same), default=0)
        day, second = moments[key]
        if any((datings[key].begin.first, datings[key].begin.last,
                datings[key].end.first, datings[key].end.last)):  # fmt: skip
            clock = "" if second == _DAY_BEGINS else f"T{second + _SHIFT:06.0f}"
            step = f"/{steps[key]:04}" if steps[key] else ""
            keys[key] = date.fromordinal(day).isoformat() + clock + step
    return keys


def _untold(ways: _Ways, datings: Mapping[str, Dating]) -> Iterator[str]:
    """Yield what shares its day with something before or after which it may come."""
    on_day: dict[date, list[Dating]] = defaultdict(list)
    for one in datings.values():
        if one.day:
            on_day[one.day].append(one)
    for found in on_day.values():
        if len({one.thing for one in found}) < 2:
            continue
        free = {one.thing for one in found
                if not one.begin.first_clock and not ways.leads(one.statement)}  # fmt: skip
        for one in found:
            if free - {one.thing} or (one.thing in free) or _open(one, found, ways):
                yield one.statement


def _open(one: Dating, others: Sequence[Dating], ways: _Ways) -> bool:
    """Return whether one of others may come before a statement as well as after it."""
    ordered = ways.ordered(one.statement)
    return any(
        other.thing != one.thing
        and other.statement not in ordered
        and not one.begin.before(other.begin)
        and not other.begin.before(one.begin)
        for other in others
    )
