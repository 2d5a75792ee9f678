"""Dates to four bounds: the first and last day on which something began, and on which it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .dates import DateError, Edtf, Stretch, greatest, least, parse
from .record import Bounds

if TYPE_CHECKING:
    from datetime import date

    from .clock import Clock

Aspect = Literal["act", "state"]


def bounds_of(
    when: str, begins: str, ends: str, *, aspect: Aspect, throughout: bool, written: Bounds
) -> Bounds:
    """Return the four bounds of something dated ``when``, narrowed by ``begins`` and ``ends``.

    Args:
        when: EDTF text, or empty for undated.
        begins: EDTF date or set for the start, or empty.
        ends: EDTF date or set for the end, or empty.
        aspect: ``act`` for what happens inside its date, ``state`` for what holds over time.
        throughout: for a state with a single date, whether it held on all days of that date.
        written: bounds of the date at which the source was written; ends ``A/..``.

    Raises:
        DateError: a text is not readable, or the latest end lies before the earliest begin.
    """
    bounds = _bounds_of_when(parse(when), aspect, throughout, written) if when else Bounds()
    return narrowed(bounds, begins, ends)


def narrowed(bounds: Bounds, begins: str, ends: str) -> Bounds:
    """Return bounds, narrowed by ``begins`` and ``ends``; see ``bounds_of``.

    Args:
        bounds: what ``when`` says.
        begins: EDTF date or set, or empty.
        ends: likewise.

    Raises:
        DateError: they do not fit each other.
    """
    if begins:
        span = _narrowed(begins, "begins", Stretch(bounds.earliest_begin, bounds.latest_begin))
        bounds = bounds._replace(earliest_begin=span.first, latest_begin=span.last)
    if ends:
        span = _narrowed(ends, "ends", Stretch(bounds.earliest_end, bounds.latest_end))
        bounds = bounds._replace(earliest_end=span.first, latest_end=span.last)
    bounds = _tightened(bounds)
    if _before(bounds.latest_end, bounds.earliest_begin):
        message = (
            f"ends on {bounds.latest_end} at the latest but begins on {bounds.earliest_begin} "
            "at the earliest; put the earlier date first"
        )
        raise DateError(message, "ends" if ends else "begins" if begins else "when")
    return bounds


def _bounds_of_when(edtf: Edtf, aspect: Aspect, throughout: bool, written: Bounds) -> Bounds:
    first, last = edtf.parts[0], edtf.parts[-1]
    if edtf.form == "interval":
        end = Stretch(written.earliest_begin, None) if edtf.open_end else last
        return Bounds(first.first, first.last, end.first, end.last)
    if edtf.form == "all-of":
        return bounds_of_all(edtf.parts)
    hull = edtf.hull
    if aspect == "act":
        return Bounds(hull.first, hull.last, hull.first, hull.last)
    if edtf.form == "one-of":
        return Bounds(hull.first, hull.last, hull.first, None)
    if throughout:
        return Bounds(None, hull.first, hull.last, None)
    return Bounds(None, hull.last, hull.first, None)


def bounds_of_all(parts: tuple[Stretch, ...]) -> Bounds:
    """Return the bounds of what happened in every one of some spans.

    Args:
        parts: the spans.
    """
    hull = Edtf("all-of", parts).hull
    return Bounds(hull.first, least(parts, "last"), greatest(parts, "first"), hull.last)


def _narrowed(text: str, key: str, known: Stretch) -> Stretch:
    """Return the span of ``begins`` or ``ends``, which must meet what ``when`` says."""
    span = _hull(parse(text), key)
    if _before(span.last, known.first) or _before(known.last, span.first):
        limit = known.first if _before(span.last, known.first) else known.last
        side = "not before" if limit == known.first else "not after"
        raise DateError(f'"{text}" does not fit when, which allows it {side} {limit}', key)
    return span


def _tightened(bounds: Bounds) -> Bounds:
    """Use that nothing ends before it begins: fill the inner bounds that follow from the outer."""
    ends = [day for day in (bounds.earliest_end, bounds.earliest_begin) if day]
    begins = [day for day in (bounds.latest_begin, bounds.latest_end) if day]
    return bounds._replace(
        earliest_end=max(ends, default=None), latest_begin=min(begins, default=None)
    )


def _before(a: date | None, b: date | None) -> bool:
    return a is not None and b is not None and a < b


def _hull(edtf: Edtf, key: str) -> Stretch:
    if edtf.form == "interval":
        message = f"{key} takes one date or one set such as [2014-10..2014-12], no interval"
        raise DateError(message, key)
    return edtf.hull


def begin_and_end(when: str, begins: str, ends: str, bounds: Bounds) -> tuple[Stretch, Stretch]:
    """Return when something began and when it ended: its bounds, with the clock times at them.

    Args:
        when: EDTF text, or empty.
        begins: likewise.
        ends: likewise.
        bounds: what ``bounds_of`` returns for them.

    Raises:
        DateError: clock times of one day contradict each other.
    """
    eb, lb, ee, le = bounds
    if not any("T" in text for text in (when, begins, ends)):
        return Stretch(eb, lb), Stretch(ee, le)
    in_when = _at_both_ends(parse(when)) if when else (_ANY, _ANY)
    told = [parse(text).hull if text else _ANY for text in (begins, ends)]
    for key, text, own, wide in zip(("begins", "ends"), (begins, ends), told, in_when, strict=True):
        if own.before(wide) or wide.before(own):
            raise DateError(f'"{text}" does not fit the clock time in when, "{when}"', key)
    (own_begin, own_end), (begin, end) = told, in_when
    began = Stretch(
        eb,
        lb,
        _clock_at(eb, "first", own_begin, begin),
        _clock_at(lb, "last", own_begin, begin, own_end, end),
    )
    ended = Stretch(
        ee,
        le,
        _clock_at(ee, "first", own_end, end, own_begin, begin),
        _clock_at(le, "last", own_end, end),
    )
    if ended.before(began):
        raise DateError(
            f"ends at {ended.last_clock} but begins at {began.first_clock} of the same day; put "
            "the earlier time first",
            "ends" if ends else "begins",
        )
    return began, ended


_ANY = Stretch(None, None)


def _at_both_ends(edtf: Edtf) -> tuple[Stretch, Stretch]:
    """Return the stretches in which a date begins and ends, where that is told by the clock."""
    if edtf.form == "interval":
        return edtf.parts[0], edtf.parts[-1]
    if edtf.form == "all-of":
        first = Edtf("one-of", tuple(p for p in edtf.parts if p.first == edtf.hull.first))
        last = Edtf("one-of", tuple(p for p in edtf.parts if p.last == edtf.hull.last))
        begin, end = first.hull.first_clock, last.hull.last_clock
        return (Stretch(edtf.hull.first, edtf.hull.first, begin, begin),
                Stretch(edtf.hull.last, edtf.hull.last, end, end))  # fmt: skip
    return edtf.hull, edtf.hull


def _clock_at(day: date | None, side: Literal["first", "last"], *told: Stretch) -> Clock | None:
    """Return the clock time at a bound: that of the first stretch that has one on this side."""
    found = ((getattr(one, side), getattr(one, f"{side}_clock")) for one in told)
    return next((clock for on, clock in found if clock and on == day), None)
