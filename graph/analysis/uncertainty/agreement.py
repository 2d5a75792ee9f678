"""How far two coders agree, beyond what chance alone would give."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class CoderAgreement:
    """The agreement of two coders over the same units.

    Where nearly all units are in one category, chance alone agrees often, so that kappa and alpha
    are low however rarely the two differ; AC1 does not suffer from it.

    Attributes:
        units: number of units that both coded.
        observed: share of units in which the two agree, 0 to 1.
        kappa: Cohen's kappa.
        ac1: Gwet's AC1.
        alpha: Krippendorff's alpha for nominal data.
    """

    units: int
    observed: float
    kappa: float
    ac1: float
    alpha: float


def agreement(first: Sequence[str], second: Sequence[str]) -> CoderAgreement:
    """Return how far two coders agree.

    A coefficient that is not defined (no unit; or one category alone, where chance agrees always)
    is NaN; of one category alone AC1 is 1.

    Args:
        first: the category that the first coder gave each unit; an empty text where none was given.
        second: those of the second coder, in the same order. Units that either left empty are
            left out.

    Raises:
        ValueError: the two are not of one length.

    Sources: J. Cohen, A coefficient of agreement for nominal scales (1960); K. L. Gwet, Computing
    inter-rater reliability and its variance in the presence of high agreement (2008), formula of
    AC1; K. Krippendorff, Computing Krippendorff's alpha-reliability (2011), section B.
    """
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a and b]
    units = len(pairs)
    if not units:
        return CoderAgreement(0, nan, nan, nan, nan)
    observed = sum(a == b for a, b in pairs) / units
    ones, others = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    both = ones + others
    by_chance = sum(ones[category] * others[category] for category in both) / units**2
    shares = [count / (2 * units) for count in both.values()]
    spread = sum(share * (1 - share) for share in shares) / max(1, len(both) - 1)
    drawn = sum(count * (count - 1) for count in both.values()) / (2 * units * (2 * units - 1))
    return CoderAgreement(
        units,
        observed,
        _beyond(observed, by_chance),
        _beyond(observed, spread),
        _beyond(observed, drawn),
    )


def _beyond(observed: float, chance: float) -> float:
    return (observed - chance) / (1 - chance) if chance < 1 else nan
