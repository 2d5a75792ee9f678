"""The time of a statement in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def period(data: Mapping[str, object]) -> str:
    """Return when a statement held, as exactly as its four bounds allow and no more.

    Args:
        data: an edge's attributes; of use are ``coverage`` and the four bounds as ISO dates.

    Returns:
        For example ``began by 2017-02-01; lasted at least until 2017-02-28``; empty where nothing
        is known.
    """
    names = ("earliest_begin", "latest_begin", "earliest_end", "latest_end")
    first, begun, lasting, last = (str(data.get(name) or "") for name in names)
    sometime = data.get("coverage") == "sometime"
    if sometime and (first, begun) == (lasting, last):
        return _within(first, last)
    parts = [_begin(first, begun), _end(lasting, last)]
    if sometime and any(parts):
        parts.append("on some day or days in this time")
    return "; ".join(part for part in parts if part)


def _within(first: str, last: str) -> str:
    if first and first == last:
        return f"on {first}"
    if first and last:
        return f"on some day or days between {first} and {last}"
    if first:
        return f"on some day or days, not before {first}"
    return f"on some day or days, {last} at the latest" if last else ""


def _begin(earliest: str, latest: str) -> str:
    if earliest and earliest == latest:
        return f"began on {earliest}"
    if earliest and latest:
        return f"began between {earliest} and {latest}"
    if latest:
        return f"began by {latest}"
    return f"began on {earliest} or later" if earliest else ""


def _end(earliest: str, latest: str) -> str:
    if earliest and earliest == latest:
        return f"ended on {earliest}"
    if earliest and latest:
        return f"ended between {earliest} and {latest}"
    if earliest:
        return f"lasted at least until {earliest}"
    return f"ended by {latest}" if latest else ""
