"""Dates as sources give them: EDTF (ISO 8601-2) text in, four bounds out.

The reading of each form is this project's own and is written down in ``docs/dates.md``. Supported
are dates of day, month, season (21 to 24) and year precision, the qualifiers ``?``, ``~`` and
``%``, unspecified digits (``201X``, ``2014-XX``), intervals with open (``..``) and unknown (empty)
ends, and sets: ``[one of]`` and ``{all of}``, with ranges.
"""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from . import Bounds

Aspect = Literal["act", "state"]

_DATE = re.compile(
    r"(?P<year>[0-9][0-9X]{3})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?(?P<q>[?~%]?)"
)
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
_EXAMPLES = (
    'write for example "2014-10", "2014-10-01/2016-11", "../2015", "[..2014-05]" or "2016-23"'
)


class DateError(ValueError):
    """A date text that cannot be read; the message says what is wrong and what would be right.

    Attributes:
        key: which of ``when``, ``begins`` and ``ends`` is wrong, where it is known.
    """

    def __init__(self, message: str, key: str = "") -> None:
        self.key = key
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days that one date text can stand for; ``None`` is an end without limit."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Edtf:
    """A parsed date text.

    Attributes:
        form: ``date``, ``interval``, ``one-of`` or ``all-of``.
        parts: the spans in order: one for a date, two for an interval, those of all members for a
            set. A range in ``{all of}`` gives its first member, its last, and all days of both and
            of what lies between.
        members: the members of a set, each with its spans; the first of them holds the others.
        open_end: true for ``A/..``: not ended when the source was written.
        told_from: the first day of ``B`` in ``[..B]``, before which nothing is told.
    """

    form: Literal["date", "interval", "one-of", "all-of"]
    parts: tuple[Stretch, ...]
    open_end: bool = False
    members: tuple[tuple[Stretch, ...], ...] = ()
    told_from: date | None = None

    @property
    def hull(self) -> Stretch:
        """The first and the last day that the text can mean."""
        if self.form == "interval":
            return Stretch(self.parts[0].first, self.parts[1].last)
        open_first = any(part.first is None for part in self.parts)
        open_last = any(part.last is None for part in self.parts)
        return Stretch(
            None if open_first else _least(self.parts, "first"),
            None if open_last else _greatest(self.parts, "last"),
        )


def day(value: object) -> date:
    """Return a day of the calendar; whoever is given a day reads it here.

    Args:
        value: a text as in ``2016-03-15``, or a ``date``. A ``datetime``, and with it a Timestamp
            of pandas, is a day if it is midnight of no time zone.

    Raises:
        DateError: it is no such day.
    """
    with suppress(ValueError):
        if isinstance(value, datetime):
            if value.timetz() == time():
                return value.date()
        elif isinstance(value, date):
            return value
        elif isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)  # noqa: TID251 — here a day is read
    raise DateError(f'"{value}" is no day of the calendar; write YEAR-MONTH-DAY, as in 2016-03-15')


@lru_cache(maxsize=8192)
def parse(text: str) -> Edtf:
    """Parse an EDTF text.

    Args:
        text: the date as written, for instance ``2014-10~/2016-11~``.

    Raises:
        DateError: the text is not EDTF of the supported forms, or names a day that does not exist,
            or ends before it starts.
    """
    try:
        return _parsed(text)
    except OverflowError:
        raise DateError(f'"{text}" reaches outside the years 0001 to 9999') from None


def _parsed(text: str) -> Edtf:
    if text.strip() != text or not text:
        raise DateError(f'"{text}" is not a date; {_EXAMPLES}')
    if text[0] in "[{":
        return _parse_set(text)
    if "/" in text:
        return _parse_interval(text)
    return Edtf("date", (_parse_date(text),))


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
    return Bounds(hull.first, _least(parts, "last"), _greatest(parts, "first"), hull.last)


def _least(parts: tuple[Stretch, ...], side: Literal["first", "last"]) -> date | None:
    return min((day for p in parts if (day := getattr(p, side)) is not None), default=None)


def _greatest(parts: tuple[Stretch, ...], side: Literal["first", "last"]) -> date | None:
    return max((day for p in parts if (day := getattr(p, side)) is not None), default=None)


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


def _hull(edtf: Edtf, key: str) -> Stretch:
    if edtf.form == "interval":
        message = f"{key} takes one date or one set such as [2014-10..2014-12], no interval"
        raise DateError(message, key)
    return edtf.hull


def _before(a: date | None, b: date | None) -> bool:
    return a is not None and b is not None and a < b


def _parse_interval(text: str) -> Edtf:
    left, _, right = text.partition("/")
    if "/" in right:
        raise DateError(f'"{text}" has more than one "/"; an interval is START/END')
    begin = Stretch(None, None) if left in ("", "..") else _parse_date(left)
    end = Stretch(None, None) if right in ("", "..") else _parse_date(right)
    if left in ("", "..") and right in ("", ".."):
        raise DateError(f'"{text}" says nothing; leave the date out')
    if _before(end.last, begin.first):
        raise DateError(f'"{text}" ends before it starts; put the earlier date first')
    return Edtf("interval", (begin, end), open_end=right == "..")


def _parse_set(text: str) -> Edtf:
    closing = "]" if text[0] == "[" else "}"
    if text[-1] != closing:
        raise DateError(f'"{text}" lacks its closing "{closing}"')
    every = closing == "}"
    texts = text[1:-1].split(",")
    members = tuple(tuple(_parse_member(member, every)) for member in texts)
    spans = [span for parts in members for span in parts]
    spans.sort(key=lambda span: (span.first or date.min, span.last or date.max))
    until = [_parse_date(member.strip()[2:]) for member in texts if member.strip()[:2] == ".."]
    found = Edtf(
        "all-of" if every else "one-of",
        tuple(spans),
        members=members,
        told_from=None if every or not until else _least(tuple(until), "first"),
    )
    if not every and found.hull == Stretch(None, None):
        raise DateError(
            f'"{text}" is open at both ends and bounds nothing; leave the date out, or state what '
            "was not so in the days between, with a claim that denies it"
        )
    return found


def _parse_member(member: str, every: bool) -> list[Stretch]:
    """Return the spans of a member of a set; of a range in ``{all of}`` also those of its ends."""
    if ".." not in member:
        return [_parse_date(member.strip())]
    left, _, right = member.strip().partition("..")
    if not left and not right:
        raise DateError('".." alone in a set says nothing; give at least one date')
    ends = [_parse_date(side) for side in (left, right) if side]
    hull = Stretch(ends[0].first if left else None, ends[-1].last if right else None)
    if _before(hull.last, hull.first):
        raise DateError(f'"{member.strip()}" ends before it starts; put the earlier date first')
    if not every:
        return [hull]
    if not left:
        hull = Stretch(None, ends[0].first)
    elif not right:
        hull = Stretch(ends[0].last, None)
    return [hull, *ends]


def _parse_date(text: str) -> Stretch:
    match = _DATE.fullmatch(text)
    if match is None:
        raise DateError(f'"{text}" is not a date; {_EXAMPLES}')
    year, month, day = match["year"], match["month"], match["day"]
    span = _span(text, year, month, day)
    return _widened(span, month, day) if match["q"] in ("~", "%") else span


def _span(text: str, year: str, month: str | None, day: str | None) -> Stretch:
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if low == 0:
        raise DateError(f'"{text}": the year 0000 cannot be used; years run from 0001 to 9999')
    if month == "XX" and day not in (None, "XX"):
        raise DateError(f'"{text}": a day of an unspecified month says nothing; write XX for it')
    if month is None or month == "XX":
        return Stretch(date(low, 1, 1), date(high, 12, 31))
    if "X" in year:
        raise DateError(f'"{text}": an unspecified year cannot be followed by a month')
    if "X" in month:
        raise DateError(f'"{text}": write the month in full, or XX')
    number = int(month)
    if number in _SEASONS:
        return _season(text, low, number, day)
    if not 1 <= number <= 12:
        raise DateError(
            f'"{text}": there is no month {month}; months are 01 to 12, seasons 21 to 24'
        )
    if day is None or day == "XX":
        return Stretch(date(low, number, 1), date(low, number, monthrange(low, number)[1]))
    return _day(text, low, number, day)


def _season(text: str, year: int, number: int, day: str | None) -> Stretch:
    if day is not None:
        raise DateError(f'"{text}": a season has no day')
    first_month, last_month = _SEASONS[number]
    last_year, last = year + (last_month > 12), last_month - 12 * (last_month > 12)
    if last_year > date.max.year:
        raise OverflowError
    return Stretch(
        date(year, first_month, 1), date(last_year, last, monthrange(last_year, last)[1])
    )


def _day(text: str, year: int, month: int, day: str) -> Stretch:
    if "X" in day:
        raise DateError(f'"{text}": write the day in full, or XX')
    length = monthrange(year, month)[1]
    if not 1 <= int(day) <= length:
        raise DateError(f'"{text}" does not exist; {year:04d}-{month:02d} has days 01 to {length}')
    only = date(year, month, int(day))
    return Stretch(only, only)


def _widened(span: Stretch, month: str | None, day: str | None) -> Stretch:
    """Widen an approximate date by one unit of its precision on each side."""
    first, last = span.first or date.min, span.last or date.max
    if day not in (None, "XX"):
        return Stretch(first - timedelta(days=1), last + timedelta(days=1))
    if month in (None, "XX"):
        return Stretch(_shifted(first, -12), _shifted(last, 12))
    unit = 3 if int(month) in _SEASONS else 1
    after = _shifted(last + timedelta(days=1), unit)
    return Stretch(_shifted(first, -unit), after - timedelta(days=1))


def _shifted(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
