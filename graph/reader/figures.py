"""Checks of figures: a number and the bounds that it lies between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..model import Origin
    from .context import Context

_MORE_THAN = "lowerBound"
"""The modality of a figure whose true number is higher than the one given."""


def check_quantity(good: Mapping[str, Any], origin: Origin, ctx: Context) -> None:
    """Report bounds of a figure that are the wrong way round, or that leave its number out.

    Args:
        good: the keys of the statement that are right.
        origin: where it was authored.
        ctx: of the case that is read.
    """
    low, high, value = good.get("low"), good.get("high"), good.get("value")
    if low is not None and high is not None and low > high:
        ctx.report(origin, "low", f"{low} is more than high, {high}; the lower bound comes first")
        return
    if isinstance(value, bool) or not isinstance(value, int | float):
        return
    if low is not None and low > value and good.get("modality") != _MORE_THAN:
        ctx.report(
            origin,
            "low",
            f"{low} is more than the value, {value}, which lies between low and high; if the words "
            f'are more than {value}, write modality = "{_MORE_THAN}" beside it',
        )
    if high is not None and high < value:
        ctx.report(
            origin,
            "high",
            f"{high} is less than the value, {value}, which lies between low and high; if the "
            f"words are less than {value}, write high = {value}",
        )
