"""Rankings, and how far two of them are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..arrays import Floats, Integers

TOP_LIST = 10
"""So many of the first count when two rankings are compared."""

_DIGITS = 9
"""Values that agree in so many significant digits are equal; the rest is rounding."""


def ranks(values: Floats) -> Integers:
    """Return the rank of each value, the largest first.

    Args:
        values: shape (..., n); ``nan`` ranks after all numbers.

    Returns:
        Shape (..., n). Equal values share a rank, and the next one counts them: 1, 2, 2, 4
        (standard competition ranking).
    """
    rounded = significant(values)
    filled = np.where(np.isnan(rounded), -np.inf, rounded)
    order = np.argsort(-filled, axis=-1, kind="stable")
    sorted_values = np.take_along_axis(filled, order, axis=-1)
    n = filled.shape[-1]
    fresh = np.ones(filled.shape, dtype=bool)
    fresh[..., 1:] = sorted_values[..., 1:] != sorted_values[..., :-1]
    places = np.where(fresh, np.arange(1, n + 1), 0)
    shared = np.maximum.accumulate(places, axis=-1)
    found = np.empty(filled.shape, dtype=np.int64)
    np.put_along_axis(found, order, shared, axis=-1)
    return found


def up_to(values: Sequence[float], top: int) -> list[bool]:
    """Return of each value whether its rank is at most this; all that share the last one are.

    Args:
        values: the numbers; ``nan`` is none, and never is.
        top: the last rank.
    """
    numbers = np.array(values, dtype=np.float64)
    within: list[bool] = ((ranks(numbers) <= top) & ~np.isnan(numbers)).tolist()
    return within


def significant(values: Floats) -> Floats:
    """Return values rounded to nine significant digits."""
    with np.errstate(divide="ignore", invalid="ignore"):
        magnitude = np.floor(np.log10(np.abs(values)))
        scale = np.power(10.0, _DIGITS - 1 - magnitude)
        rounded = np.round(values * scale) / scale
    return np.where(np.isfinite(rounded), rounded, values)


def first(nodes: Sequence[str], places: Integers) -> tuple[str, ...]:
    """Return the ids of the nodes that are first; none if all are, since then nobody leads.

    Args:
        nodes: ids, n of them.
        places: their ranks, shape (n,).
    """
    found = tuple(nodes[index] for index in np.flatnonzero(places == 1).tolist())
    return found if len(found) < len(nodes) else ()


def clipped(places: Integers) -> Integers:
    """Return ranks in which all that are not among the first ten count as eleventh."""
    return np.minimum(places, TOP_LIST + 1)


def footrule(before: Integers, after: Integers) -> int:
    """Return how far the first ten of two rankings are apart: the sum of the changes of rank.

    Who is not among the first ten counts as eleventh, so that the many who stand at the end with
    the same value do not count. This is the footrule distance of top-k lists with the location
    parameter k + 1 (Fagin, Kumar and Sivakumar 2003, "Comparing Top k Lists"), after Spearman's
    footrule.

    Args:
        before: ranks, shape (n,).
        after: ranks of the same things, shape (n,).
    """
    return int(np.abs(clipped(before) - clipped(after)).sum())
