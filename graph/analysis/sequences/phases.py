"""Whether events come evenly over a span, or in phases.

What moves dates along a span takes for granted that at least one kind of event is as likely at any
time of it as at any other. In a war neither is: where both are frequent in the same months, the one
comes after the other more often than chance would have it, without having to do with it (Brody,
1999, Correlations without synchrony, for nerve cells whose rates change together).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..arrays import Floats, Integers

    Complexes = NDArray[np.complex128]

PHASES = 0.3
"""Both kinds come in phases if fewer of the evenly spread dates are as uneven as theirs. So high,
since what matters is to find phases; docs/analysis.md tells what that gives."""
_DRAWS = 199
_MOST_WAVES = 64
_MANY = 64
"""The waves of so many days or more are drawn from their limit, which is normal."""


def evenness(days: Sequence[Integers], span: int, within_days: int, seed: int) -> float:
    """Return how often dates that are spread evenly are as uneven as some dates are.

    Waves of one, two, three … to the span are fitted to the days of each set of grounds, as long as
    a wave is two windows long: the periodogram of a series of events (Bartlett, 1963, The spectral
    analysis of point processes), a chi-square with 2 degrees of freedom for evenly spread days.
    The sums over the first one, two, four … waves, of the sets one by one and of all days together,
    each less its mean and divided by its deviation, are looked at, and the largest is held against
    that of as many days drawn evenly.

    Args:
        days: the days of the events of each set of grounds, from 0.
        span: number of days of the span.
        within_days: length of a window.
        seed: seed of the draws.

    Returns:
        (b + 1) / (draws + 1), b being the draws that are at least as uneven.
    """
    most = max(1, min(_MOST_WAVES, span // (2 * within_days + 2)))
    turns = np.exp(2j * np.pi * np.outer(np.arange(span), np.arange(1, most + 1)) / span)
    random = np.random.default_rng(seed)
    apart, whole = np.zeros((_DRAWS + 1, most)), np.zeros((_DRAWS + 1, most), dtype=complex)
    for one in days:
        sums = np.concatenate((turns[one].sum(axis=0)[None, :], _drawn(len(one), turns, random)))
        apart += 2 * np.abs(sums) ** 2 / len(one)
        whole += sums
    together = 2 * np.abs(whole) ** 2 / sum(map(len, days))
    worst = np.maximum(_worst(apart, len(days)), _worst(together, 1))
    return float((worst[1:] >= worst[0] - 1e-9).sum() + 1) / (_DRAWS + 1)


def _drawn(number: int, turns: Complexes, random: np.random.Generator) -> Complexes:
    """Return the sums of the waves over evenly drawn days, shape (draws, waves)."""
    span, most = turns.shape
    if number >= _MANY:
        both = random.standard_normal((2, _DRAWS, most)) * np.sqrt(number / 2)
        return np.asarray(both[0] + 1j * both[1])
    sums = np.zeros((_DRAWS, most), dtype=complex)
    for _ in range(number):
        sums += turns[random.integers(0, span, _DRAWS)]
    return sums


def _worst(waves: Floats, sets: int) -> Floats:
    """Return the largest of the standardised sums over the first 1, 2, 4 … waves, shape (rows,)."""
    firsts = 2 ** np.arange(int(np.log2(waves.shape[1])) + 1)
    freedom = 2 * firsts * sets
    sums = np.cumsum(waves, axis=1)[:, firsts - 1]
    return np.asarray(((sums - freedom) / np.sqrt(2 * freedom)).max(axis=1))
