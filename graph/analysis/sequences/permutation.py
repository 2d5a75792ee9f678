"""Whether events of one kind are followed by another kind more often than their dates explain.

For data with many dated events. A share of triggers that were followed says little by itself:
where outcomes are frequent, anything is followed by one. So the same share is counted on dates
that chance has made, by the rules of ``graph.analysis.sequences.matching``: only outcomes that
share a ground, are not by others, are not the event itself, and are not overtaken by another
trigger.

The share is the trigger coincidence rate of Donges, Schleussner, Siegmund and Donner (2016), Event
coincidence analysis for quantifying statistical interrelationships between event time series. The
p is (b + 1) / (draws + 1), b being the draws that reach the real count (Phipson and Smyth, 2010,
Permutation P-values should never be zero).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ...errors import UsageError
from .phases import PHASES, evenness

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from ..arrays import Integers
    from .records import Occurrence

LEAST = 5
"""With fewer triggers, or fewer outcomes, no p is given."""


@dataclass(frozen=True)
class Follows:
    """A count of triggers that were followed, held against chance.

    Attributes:
        triggers: how many triggers are dated to a day of the span.
        outcomes: how many outcomes are.
        grounds: how many sets of grounds (places, talks, agreements) there are that no event joins.
        followed: how many triggers were followed by the dates alone: as ``paired`` counts them,
            whatever sources tell of the order.
        within_days: in so many days; the day of the trigger counts, as it does in ``paired``, but
            for what its clock time puts before the trigger.
        days: length of the span.
        even: of triggers and of outcomes, the share of evenly spread dates that are spread as
            unevenly as theirs; empty where that was not asked.
        expected: the mean of ``followed`` over all draws; ``None`` where no p is given.
        p: the share of draws with at least as many followed triggers, the real dates counted as one
            draw; one-sided; ``None`` where no p is given.
        draws: number of draws.
        seed: seed of the draws.
        refused: why no p is given; empty where there is one.
    """

    triggers: int
    outcomes: int
    grounds: int
    followed: int
    within_days: int
    days: int
    even: tuple[float, ...]
    expected: float | None
    p: float | None
    draws: int
    seed: int
    refused: str

    @property
    def share(self) -> float | None:
        """Share of the triggers that were followed; ``None`` if there are none."""
        return self.followed / self.triggers if self.triggers else None


def follows(
    occurrences: Iterable[Occurrence],
    *,
    within_days: int,
    span: tuple[date, date] | None = None,
    draws: int = 9999,
    seed: int = 0,
    least: int = LEAST,
    phases: float = PHASES,
) -> Follows:
    """Return how many triggers were followed, and how often chance does as well.

    Chance moves the triggers along, the end of the span joined to its start: all those whose
    grounds hang together by the same number of days, so their rhythm stays, bursts included.

    Args:
        occurrences: triggers and outcomes; those not dated to one day, or outside the span, are
            left out.
        within_days: an outcome follows within so many days.
        span: the first and the last day of what was observed; by default those of the occurrences.
        draws: how many times.
        seed: seed of the random numbers.
        least: with fewer triggers, or outcomes, no p is given.
        phases: nor if both kinds are less even than this; see ``graph.analysis.sequences.phases``.

    Raises:
        UsageError: the span ends before it begins, or a number is too small.
    """
    _check(span, within_days, draws, seed)
    triggers, outcomes, days = _dated(occurrences, span)
    sets = _sets([*triggers, *outcomes])
    counts = [_counted(*apart, days, within_days) for apart in _apart(triggers, outcomes, sets)]
    refused = _refusal(len(triggers), len(outcomes), least, days, within_days)
    even: tuple[float, ...] = ()
    if not refused:
        kinds = [_by_set(kind, sets) for kind in (triggers, outcomes)]
        even = tuple(evenness(kind, days, within_days, seed) for kind in kinds)
        refused = _PHASES.format(days=days) if max(even) < phases else ""
    random = np.random.default_rng(seed)
    drawn = np.zeros(0 if refused else draws, dtype=np.int64)
    for found in counts:
        drawn += found[random.integers(0, days, len(drawn))]
    real = int(sum(found[0] for found in counts))
    numbers = (len(triggers), len(outcomes), len(counts), real, within_days, days, even)
    return Follows(
        *numbers,
        None if refused else float(drawn.mean()),
        None if refused else (int((drawn >= real).sum()) + 1) / (draws + 1),
        *(len(drawn), seed, refused),
    )


def _check(span: tuple[date, date] | None, within_days: int, draws: int, seed: int) -> None:
    """Raise ``UsageError`` for numbers that make no sense."""
    if span is not None and span[1] < span[0]:
        raise UsageError(f"the span ends on {span[1]}, before it begins on {span[0]}")
    if within_days < 1 or draws < 1 or seed < 0:
        raise UsageError("within_days and draws must be 1 or more, the seed not below 0")


_PHASES = (
    "triggers and outcomes both come in phases, not evenly over the {days} days; in phases that "
    "they share the one comes after the other without having to do with it"
)


class _Event(NamedTuple):
    """An occurrence and its day, counted from the start of the span."""

    of: Occurrence
    day: int


def _dated(
    occurrences: Iterable[Occurrence], span: tuple[date, date] | None
) -> tuple[list[_Event], list[_Event], int]:
    """Return triggers and outcomes that are dated to a day of the span, and its length in days."""
    exact = [
        (one, day)
        for one in occurrences
        if (day := one.begin.least) is not None and day == one.begin.most and one.within
    ]
    exact = [(one, day) for one, day in exact if one.role != "series"]
    if not exact:
        return [], [], (span[1] - span[0]).days + 1 if span else 0
    first, last = span or (min(day for _, day in exact), max(day for _, day in exact))
    inside = [_Event(one, (day - first).days) for one, day in exact if first <= day <= last]
    triggers, outcomes = ([one for one in inside if one.of.role == role]
                          for role in ("trigger", "outcome"))  # fmt: skip
    return triggers, outcomes, (last - first).days + 1


def _refusal(triggers: int, outcomes: int, least: int, days: int, within_days: int) -> str:
    """Return why no p can be given, or nothing."""
    if triggers < least:
        return f"{triggers} dated to the day among the triggers, fewer than {least}"
    if outcomes < least:
        return f"{outcomes} dated to the day among the outcomes, fewer than {least}"
    if days <= 2 * within_days:
        return f"the {days} days observed are no longer than two windows of {within_days}"
    return ""


def _sets(events: Sequence[_Event]) -> dict[str, str]:
    """Return for each ground one that stands for all those with which events join it."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.setdefault(name, name) != name:
            name = above[name]
        return name

    for one in events:
        for name in one.of.within:
            above[top(name)] = top(one.of.within[0])
    return {name: top(name) for name in above}


def _by_set(events: Sequence[_Event], sets: dict[str, str]) -> list[Integers]:
    """Return the days of events, for each set of grounds that has any."""
    found: dict[str, list[int]] = {}
    for one in events:
        found.setdefault(sets[one.of.within[0]], []).append(one.day)
    return [np.array(days, dtype=np.int64) for _, days in sorted(found.items())]


def _apart(
    triggers: Sequence[_Event], outcomes: Sequence[_Event], sets: dict[str, str]
) -> list[tuple[list[_Event], list[_Event]]]:
    """Return triggers and outcomes of each set of grounds that has triggers."""
    found: dict[str, tuple[list[_Event], list[_Event]]] = {
        sets[one.of.within[0]]: ([], []) for one in triggers
    }
    for kind, events in enumerate((triggers, outcomes)):
        for one in events:
            if (name := sets[one.of.within[0]]) in found:
                found[name][kind].append(one)
    return [apart for _, apart in sorted(found.items())]


def _counted(
    triggers: Sequence[_Event], outcomes: Sequence[_Event], days: int, within_days: int
) -> Integers:
    """Return how many triggers are followed if all move along by 0, 1, … days, shape (days,).

    An outcome follows a trigger on some days before its own: at most so many as the window has,
    and as lie between the trigger and the next one that would overtake it.
    """
    rooms = _Rooms(triggers, days, within_days)
    followed: dict[str, Integers] = {}
    for place, one in enumerate(triggers):
        good = np.zeros(days + 1, dtype=np.int64)
        for other in outcomes:
            if _belong(one.of, other.of):
                good[max(0, other.day - int(rooms.of(other.of)[place]))] += 1
                good[other.day + 1 - _too_late(one.of, other.of)] -= 1
        hit = np.roll((np.cumsum(good[:-1]) > 0).astype(np.int64), -one.day)
        known = followed.get(one.of.statement)
        followed[one.of.statement] = hit if known is None else np.maximum(known, hit)
    return np.asarray(np.sum(list(followed.values()), axis=0))


def _belong(trigger: Occurrence, outcome: Occurrence) -> bool:
    """Return whether the two may be a pair, whatever their dates; as ``paired`` has it."""
    others = bool(trigger.by and outcome.by) and set(trigger.by).isdisjoint(outcome.by)
    return (
        not set(trigger.within).isdisjoint(outcome.within)
        and not others
        and trigger.event != outcome.event
    )


def _too_late(trigger: Occurrence, outcome: Occurrence) -> bool:
    """Return whether a trigger comes after an outcome of its day, by their clock times."""
    first, last = outcome.clocks[1], trigger.clocks[0]
    return first is not None and last is not None and first.before(last)


class _Rooms:
    """How many days an outcome may lie after each trigger without being overtaken."""

    def __init__(self, triggers: Sequence[_Event], days: int, within_days: int) -> None:
        self.triggers = sorted(triggers, key=lambda one: one.day)
        self.day = np.array([one.day for one in triggers], dtype=np.int64)
        self.event = np.array([one.of.event for one in triggers])
        self.days, self.most = days, min(within_days, days - 1)
        self.known: dict[tuple[tuple[str, ...], str], Integers] = {}

    def of(self, outcome: Occurrence) -> Integers:
        """Return the days for each trigger, in the given order, shape (triggers,)."""
        own = outcome.event if (self.event == outcome.event).any() else ""
        key = (outcome.within, own)
        if key not in self.known:
            self.known[key] = self._found(set(outcome.within), own)
        return self.known[key]

    def _found(self, within: set[str], own: str) -> Integers:
        there = [
            one for one in self.triggers
            if one.of.event != own and not within.isdisjoint(one.of.within)
        ]  # fmt: skip
        room = np.full(len(self.day), self.most, dtype=np.int64)
        day = np.array([one.day for one in there], dtype=np.int64)
        event = np.array([one.of.event for one in there])
        after = np.searchsorted(day, self.day, side="right")
        open_ = np.ones(len(room), dtype=bool)
        for step in range(len(there)):
            place = (after + step) % len(there)
            gap = (day[place] - self.day) % self.days
            next_ = open_ & (event[place] != self.event) & (gap > 0)
            room[next_] = np.minimum(room, gap)[next_]
            open_ &= ~next_
            if not open_.any():
                break
        return room
