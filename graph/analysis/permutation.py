"""Whether events of one kind are followed by another kind more often than their dates explain.

For data with many dated events. A share of triggers that were followed says little by itself:
where outcomes are frequent, anything is followed by one. So the same share is counted on dates
that chance has made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from ..errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

Null = Literal["shift", "shuffle"]
LEAST = 5
"""With fewer triggers no p is given."""


@dataclass(frozen=True)
class Follows:
    """A count of triggers that were followed, held against chance.

    Attributes:
        triggers: how many triggers there are in the span.
        outcomes: how many outcomes there are in the span.
        places: in how many places there are triggers.
        followed: how many triggers were followed by an outcome in the same place.
        within_days: in so many days, the day of the trigger not counted.
        days: length of the span.
        expected: the mean of ``followed`` over all draws; ``None`` where no p is given.
        p: the share of draws with at least as many followed triggers, the real dates counted as one
            draw; one-sided; ``None`` where no p is given.
        draws: number of draws.
        seed: seed of the draws.
        null: how chance made the dates: ``shift`` or ``shuffle``.
        refused: why no p is given; empty where there is one.
    """

    triggers: int
    outcomes: int
    places: int
    followed: int
    within_days: int
    days: int
    expected: float | None
    p: float | None
    draws: int
    seed: int
    null: Null
    refused: str

    @property
    def share(self) -> float | None:
        """Share of the triggers that were followed; ``None`` if there are none."""
        return self.followed / self.triggers if self.triggers else None


def follows(
    triggers: Collection[tuple[str, date]],
    outcomes: Collection[tuple[str, date]],
    *,
    span: tuple[date, date],
    within_days: int,
    null: Null = "shift",
    draws: int = 9999,
    seed: int = 0,
    least: int = LEAST,
) -> Follows:
    """Return how many triggers were followed, and how often chance does as well.

    The share is the trigger coincidence rate of Donges, Schleussner, Siegmund and Donner (2016),
    Event coincidence analysis for quantifying statistical interrelationships between event time
    series, without the day of the trigger itself. The p is (b + 1) / (draws + 1), b being the draws
    that reach the real count (Phipson and Smyth, 2010, Permutation P-values should never be zero).

    Args:
        triggers: place and day of each trigger.
        outcomes: place and day of each outcome.
        span: the first and the last day of what was observed; events outside are left out.
        within_days: an outcome follows if it comes 1 to so many days later in the same place.
        null: what chance does to the triggers of each place. ``shift`` moves all of them along by
            the same number of days, the end of the span joined to its start: their rhythm stays,
            bursts included. ``shuffle`` gives each day with triggers another day: right only if
            the triggers do not come in bursts, else p is too small.
        draws: how many times.
        seed: seed of the random numbers.
        least: with fewer triggers no p is given.

    Raises:
        UsageError: the span ends before it begins; a number is too small; or the null is unknown.
    """
    _check(span, within_days, draws, seed, null)
    days = (span[1] - span[0]).days + 1
    first, last = _by_place(triggers, span), _by_place(outcomes, span)
    numbers = [sum(map(len, found.values())) for found in (first, last)]
    refused = _refusal(numbers[0], numbers[1], least, days, within_days)
    real, drawn = _counted(first, last, days, within_days, null, draws, seed)
    expected = None if refused else float(drawn.mean())
    p = None if refused else (int((drawn >= real).sum()) + 1) / (draws + 1)
    made = 0 if refused else draws
    counts = (numbers[0], numbers[1], len(first), real)
    return Follows(*counts, within_days, days, expected, p, made, seed, null, refused)


def _counted(
    triggers: Mapping[str, Integers],
    outcomes: Mapping[str, Integers],
    days: int,
    within_days: int,
    null: Null,
    draws: int,
    seed: int,
) -> tuple[int, Integers]:
    """Return how many triggers were followed, and how many in each draw, shape (draws,)."""
    real, drawn = 0, np.zeros(draws, dtype=np.int64)
    random = np.random.default_rng(seed)
    make = _shifted if null == "shift" else _shuffled
    for place in sorted(triggers):
        hit = _hits(outcomes.get(place, np.zeros(0, dtype=np.int64)), days, within_days)
        real += int(hit[triggers[place]].sum())
        drawn += make(triggers[place], hit, draws, random)
    return real, drawn


def _check(span: tuple[date, date], within_days: int, draws: int, seed: int, null: str) -> None:
    """Raise ``UsageError`` for numbers that make no sense."""
    if span[1] < span[0]:
        raise UsageError(f"the span ends on {span[1]}, before it begins on {span[0]}")
    if within_days < 1 or draws < 1 or seed < 0:
        raise UsageError("within_days and draws must be 1 or more, the seed not below 0")
    if null not in ("shift", "shuffle"):
        raise UsageError(f'"{null}" is no null model; it is shift or shuffle')


def _refusal(triggers: int, outcomes: int, least: int, days: int, within_days: int) -> str:
    """Return why no p can be given, or nothing."""
    if triggers < least:
        return f"{triggers} dated to the day among the triggers, fewer than {least}"
    if not outcomes:
        return "no outcome is dated to the day"
    if days <= within_days:
        return f"the {days} days observed are no longer than the window of {within_days}"
    return ""


def _by_place(events: Collection[tuple[str, date]], span: tuple[date, date]) -> dict[str, Integers]:
    """Return the days of events from the start of the span, by place."""
    found: dict[str, list[int]] = {}
    for place, day in sorted(events):
        if span[0] <= day <= span[1]:
            found.setdefault(place, []).append((day - span[0]).days)
    return {place: np.array(days, dtype=np.int64) for place, days in found.items()}


def _hits(outcomes: Integers, days: int, within_days: int) -> Integers:
    """Return for each day of the span whether a trigger on it would be followed: 1 or 0."""
    there = np.zeros(days + 1, dtype=np.int64)
    there[np.unique(outcomes) + 1] = 1
    before = np.cumsum(there)
    today = np.arange(days)
    last = np.minimum(today + within_days + 1, days)
    return (before[last] > before[np.minimum(today + 1, days)]).astype(np.int64)


def _shifted(
    triggers: Integers, hit: Integers, draws: int, random: np.random.Generator
) -> Integers:
    """Return the counts when all triggers of a place move along together, shape (draws,)."""
    days = len(hit)
    counts = np.zeros(days, dtype=np.int64)
    twice = np.concatenate([hit, hit])
    for day in triggers.tolist():
        counts += twice[day : day + days]
    return counts[random.integers(0, days, draws)]


def _shuffled(
    triggers: Integers, hit: Integers, draws: int, random: np.random.Generator
) -> Integers:
    """Return the counts when each day with triggers becomes another day, shape (draws,)."""
    _, many = np.unique(triggers, return_counts=True)
    good = np.full(draws, int(hit.sum()), dtype=np.int64)
    bad = len(hit) - good
    counts = np.zeros(draws, dtype=np.int64)
    for size in np.unique(many).tolist():
        number = int((many == size).sum())
        drawn = random.hypergeometric(good, bad, number)
        counts += drawn * size
        good, bad = good - drawn, bad - (number - drawn)
    return counts
