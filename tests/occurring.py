"""Made triggers and outcomes, and what is found of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from graph.analysis.sequences.matching import paired
from graph.analysis.sequences.records import DayRange, Link, Occurrence, SequenceResult

if TYPE_CHECKING:
    from collections.abc import Sequence

START = date(2020, 1, 1)
SOURCES = {
    name: DayRange(START + timedelta(days=least), START + timedelta(days=most))
    for name, (least, most) in {"paper": (300, 310), "letter": (200, 320)}.items()
}
"""Sources by the days, counted from the start, between which they were written."""


def day(number: int) -> date:
    return START + timedelta(days=number)


def span(least: int | None, most: int | None) -> DayRange:
    return DayRange(*(None if one is None else day(one) for one in (least, most)))


def at(name: str, least: int | None, most: int | None = -1, **more: str) -> Occurrence:
    """Return a trigger (its name begins with T), an outcome or, with ``role``, a series.

    It began between two days, on one day if only one is given.
    """
    listed = {"within": "town", "sources": "paper", "voices": "writer", **more}
    return Occurrence(
        role=more.get("role") or ("trigger" if name.startswith("T") else "outcome"),
        event=name,
        label=name,
        statement=f"{name}.s",
        status=more.get("status", "accepted"),
        within=tuple(listed["within"].split()),
        by=tuple(listed.get("by", "").split()),
        begin=span(least, least if most == -1 else most),
        voices=tuple(listed["voices"].split()),
        sources=tuple(listed["sources"].split()),
        passages=tuple(listed.get("passages", "").split()),
    )


def found(
    *occurrences: Occurrence,
    links: Sequence[Link] = (),
    window: int | None = None,
    statuses: Sequence[str] = ("accepted",),
) -> SequenceResult:
    return paired(occurrences, links, SOURCES, statuses=statuses, window_days=window)
