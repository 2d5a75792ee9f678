"""Dates as sources give them: EDTF (ISO 8601-2) text in, the days that it can mean out.

The reading of each form is this project's own and is written down in ``docs/dates.md``. Supported
are dates of day, month, season (21 to 24) and year precision, the qualifiers ``?``, ``~`` and
``%``, unspecified digits (``201X``, ``2014-XX``), clock times after a day, intervals with open
(``..``) and unknown (empty) ends, and sets: ``[one of]`` and ``{all of}``, with ranges.
"""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from .clock import read_clock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .clock import Clock

_DATE = re.compile(
    r"(?P<year>[0-9][0-9X]{3})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?(?P<q>[?~%]?)"
)
_TIMED = re.compile(r"(?P<day>[0-9X?~%-]+)(?P<mark>T|[t ](?=[0-9]))(?P<clock>.*)")
WHOLE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
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
    """The days that one date text can stand for; ``None`` is an end without limit.

    Where clock times are told, it begins at one on the first day, and ends at one on the last.
    """

    first: date | None
    last: date | None
    first_clock: Clock | None = None
    last_clock: Clock | None = None

    def before(self, other: Stretch) -> bool:
        """Return whether all of it lies before another, for certain.

        Days are compared as they are written, and clock times only on one day.

        Args:
            other: the other one.
        """
        if self.last is None or other.first is None:
            return False
        if self.last != other.first or self.last_clock is None or other.first_clock is None:
            return self.last < other.first
        return self.last_clock.before(other.first_clock)


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
            begin, end = self.parts
            return Stretch(begin.first, end.last, begin.first_clock, end.last_clock)
        open_first = any(part.first is None for part in self.parts)
        open_last = any(part.last is None for part in self.parts)
        first = None if open_first else least(self.parts, "first")
        last = None if open_last else greatest(self.parts, "last")
        firsts = [part.first_clock for part in self.parts if part.first == first]
        lasts = [part.last_clock for part in self.parts if part.last == last]
        return Stretch(
            first,
            last,
            None if first is None else _outermost(firsts, min),
            None if last is None else _outermost(lasts, max),
        )


def _outermost(clocks: Sequence[Clock | None], pick: Callable[..., Clock]) -> Clock | None:
    """Return the first or last of some clock times; ``None`` if one lacks or has another clock."""
    told = [clock for clock in clocks if clock is not None]
    if len(told) < len(clocks) or len({clock.offset is None for clock in told}) > 1:
        return None
    return pick(told, key=lambda clock: clock.at(0))


def day(value: object) -> date:
    """Return a day of the calendar; whoever is given a day reads it here.

    Args:
        value: a text as in ``2016-03-15``, or a ``date``. A ``datetime``, and with it a Timestamp
            of pandas, is a day if it is midnight of no time zone.

    Raises:
        DateError: it is no such day.
    """
    if isinstance(value, str) and _TIMED.fullmatch(value):
        raise DateError(f'"{value}" has a clock time; a day is asked for, as in {value[:10]}')
    with suppress(ValueError):
        if isinstance(value, datetime):
            if value.timetz() == time():
                return value.date()
        elif isinstance(value, date):
            return value
        elif isinstance(value, str) and WHOLE_DAY.fullmatch(value):
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


def least(parts: Sequence[Stretch], side: Literal["first", "last"]) -> date | None:
    """Return the least of the first or last days of some stretches, as far as they have one.

    Args:
        parts: the stretches.
        side: which of their two days.
    """
    return min((day for p in parts if (day := getattr(p, side)) is not None), default=None)


def greatest(parts: Sequence[Stretch], side: Literal["first", "last"]) -> date | None:
    """Return the greatest of the first or last days of some stretches, as far as they have one.

    Args:
        parts: the stretches.
        side: which of their two days.
    """
    return max((day for p in parts if (day := getattr(p, side)) is not None), default=None)


def _parse_interval(text: str) -> Edtf:
    left, _, right = text.partition("/")
    if "/" in right:
        raise DateError(f'"{text}" has more than one "/"; an interval is START/END')
    begin = Stretch(None, None) if left in ("", "..") else _parse_date(left)
    end = Stretch(None, None) if right in ("", "..") else _parse_date(right)
    if left in ("", "..") and right in ("", ".."):
        raise DateError(f'"{text}" says nothing; leave the date out')
    if end.before(begin):
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
        told_from=None if every or not until else least(tuple(until), "first"),
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
    begin = ends[0] if left else Stretch(None, None)
    end = ends[-1] if right else Stretch(None, None)
    if end.before(begin):
        raise DateError(f'"{member.strip()}" ends before it starts; put the earlier date first')
    hull = Stretch(begin.first, end.last, begin.first_clock, end.last_clock)
    if not every:
        return [hull]
    if hull.first_clock or hull.last_clock:
        raise DateError(
            f'"{member.strip()}" cannot be all clock times between two; write START/END without '
            "braces"
        )
    if not left:
        hull = Stretch(None, ends[0].first)
    elif not right:
        hull = Stretch(ends[0].last, None)
    return [hull, *ends]


def _parse_date(text: str) -> Stretch:
    timed = _TIMED.fullmatch(text)
    if timed:
        return _at_a_time(text, *timed.groups())
    match = _DATE.fullmatch(text)
    if match is None and text.startswith("XXXX-"):
        raise DateError(f'"{text}": a year is needed; if none is told, leave it out and note it')
    if match is None:
        raise DateError(f'"{text}" is not a date; {_EXAMPLES}')
    year, month, day = match["year"], match["month"], match["day"]
    span = _span(text, year, month, day)
    return _widened(span, month, day) if match["q"] in ("~", "%") else span


def _at_a_time(text: str, day: str, mark: str, time: str) -> Stretch:
    """Return a day with a clock time, which stands for the day that is written, in its place."""
    if not WHOLE_DAY.fullmatch(day):
        raise DateError(f'"{text}": a clock time follows a whole day, as in 2016-09-01T14:30:00')
    if mark != "T":
        raise DateError(f'"{text}": write a capital T between day and time, as in {day}T{time}')
    try:
        clock = read_clock(time)
    except ValueError as error:
        raise DateError(f'"{text}": {error}') from None
    whole = _parse_date(day)
    return Stretch(whole.first, whole.last, clock, clock)


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
