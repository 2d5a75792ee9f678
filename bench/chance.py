"""How often a small p is told of triggers and outcomes that have nothing to do with each other.

Days are drawn for both, in the same months where the row says so; windows have 14 days, a year is
observed. *Without the check* is what the shifts alone would say. Then the time that a p takes.

Usage: ``python bench/chance.py [SIMULATIONS]``
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import measuring as m
import numpy as np

from graph.analysis.sequences.matching import paired
from graph.analysis.sequences.permutation import follows
from graph.analysis.sequences.phases import PHASES
from graph.analysis.sequences.records import DayRange, Occurrence

Draw = Callable[[np.random.Generator, int], int]

START, YEAR, WITHIN = date(2020, 1, 1), 365, 14


def within(first: int, days: int) -> Draw:
    """Return what draws a day of a stretch of the year."""
    return lambda rng, _place: first + int(rng.integers(days))


ROWS: dict[str, tuple[int, int, int, Draw]] = {
    # places, triggers, outcomes, a day given the place
    "evenly, 5 places, 20 + 20": (5, 20, 20, within(0, YEAR)),
    "evenly, 5 places, 60 + 60": (5, 60, 60, within(0, YEAR)),
    "evenly, 1 place, 30 + 30": (1, 30, 30, within(0, YEAR)),
    "evenly, 1 place, 10 + 10": (1, 10, 10, within(0, YEAR)),
    "180 days, 5 places, 20 + 20": (5, 20, 20, within(90, 180)),
    "180 days, 1 place, 30 + 30": (1, 30, 30, within(90, 180)),
    "180 days, 1 place, 10 + 10": (1, 10, 10, within(90, 180)),
    "100 days, 5 places, 20 + 20": (5, 20, 20, within(90, 100)),
    "100 days, 1 place, 10 + 10": (1, 10, 10, within(90, 100)),
    "100 days, 5 places, 5 + 20": (5, 5, 20, within(90, 100)),
    "other 73 days in each of 5 places, 20 + 20": (
        5, 20, 20, lambda rng, place: 73 * place + int(rng.integers(73)),
    ),
    "4 months of 30 days, 1 place, 30 + 30": (
        1, 30, 30, lambda rng, _place: 90 * int(rng.integers(4)) + int(rng.integers(30)),
    ),
    "3 in 4 in one half of the year, 1 place, 30 + 30": (
        1, 30, 30, lambda rng, _place: 182 * int(rng.random() < 0.25) + int(rng.integers(182)),
    ),
    "more in the middle of the year, 1 place, 30 + 30": (
        1, 30, 30, lambda rng, _place: int(YEAR * rng.beta(2, 2)),
    ),
}  # fmt: skip


def made(
    rng: np.random.Generator, places: int, numbers: Sequence[int], draw: Draw
) -> list[Occurrence]:
    """Return triggers and outcomes whose days have nothing to do with each other."""
    found = []
    for role, number in zip(("trigger", "outcome"), numbers, strict=True):
        for n in range(number):
            place = int(rng.integers(places))
            day = START + timedelta(days=draw(rng, place))
            name = f"{role}{n}"
            found.append(Occurrence(role, name, name, name, "accepted", (f"place{place}",),
                                    begin=DayRange(day, day)))  # fmt: skip
    return found


def simulated(row: str, simulations: int) -> list[object]:
    """Return a row of the table."""
    places, triggers, outcomes, draw = ROWS[row]
    told = small = raw = 0
    span = (START, START + timedelta(days=YEAR - 1))
    for seed in range(simulations):
        some = made(np.random.default_rng(seed), places, (triggers, outcomes), draw)
        test = follows(some, span=span, within_days=WITHIN, draws=499, seed=seed, phases=0)
        assert test.p is not None
        has = max(test.even) >= PHASES
        told += has
        raw += test.p <= 0.05
        small += has and test.p <= 0.05
    of_told = f"{small / told:.1%}" if told else "–"
    return [row, *(f"{one / simulations:.1%}" for one in (raw, told, small)), of_told]


def timed(number: int, places: int) -> list[object]:
    """Return how long the table of pairs and the test take for so many of each kind."""
    rng = np.random.default_rng(0)
    some = made(rng, places, (number, number), lambda rng, _place: int(rng.integers(10 * YEAR)))
    with m.timed() as table:
        paired(some, (), {}, statuses=("accepted",), window_days=WITHIN)
    with m.timed() as test:
        follows(some, within_days=WITHIN)
    return [f"{number} + {number}", places, table[0], test[0]]


def main() -> None:
    """Measure and print."""
    simulations = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    m.table(
        [
            "days of both",
            "p <= 0.05 without the check",
            "p told",
            "p <= 0.05 told",
            "of those told",
        ],
        [simulated(row, simulations) for row in ROWS],
    )
    m.table(
        ["triggers and outcomes in 10 years", "places", "pairs, s", "test, s"],
        [timed(*size) for size in ((100, 1), (300, 1), (1000, 20))],
    )


if __name__ == "__main__":
    main()
