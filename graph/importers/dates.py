"""Dates of tables as EDTF: when something was, as far as the columns of a row say it."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import digit

from ..model.dates import day
from .tables import MOST_KEPT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .templates import Template

OLDEST = 1800
"""The first year that is no slip: a century that was left out makes another."""
WIDENINGS = ("week", "month", "year")
"""What a day may stand for: three days before and after it, its month, its year."""


_SERIAL = re.compile(r"[2-6]\d{4}", re.ASCII)
"""A number that a spreadsheet may have for a day of 1954 to 2091."""
_DAY_0 = date(1899, 12, 30)
"""The day from which spreadsheets count, for days after February 1900."""
PARTS = ("day", "month", "year", "last", "months")
"""What a time has beside itself: ``{when.month}``."""


class When(NamedTuple):
    """A time in EDTF, and what follows from it; or empty texts.

    Attributes:
        edtf: the time.
        day: in which it begins, as it is written.
        month: likewise.
        year: likewise.
        last: its last day.
        months: its month, or in which months it may be: ``[2017-01..2017-03]``.
    """

    edtf: str = ""
    day: str = ""
    month: str = ""
    year: str = ""
    last: str = ""
    months: str = ""


@dataclass(frozen=True, kw_only=True)
class DateRecipe:
    """How a time is read from a row.

    Attributes:
        start: its first day.
        end: its last.
        forms: of days, as ``datetime.strptime`` takes them; the first that fits counts.
        within: by the name of a value, at which of its values something happened at some time
            between both days, and not on all of them.
        widen: by the name of a value, for which of its values a day stands for more.
        known: what was read before.
    """

    start: Template
    end: Template
    forms: tuple[str, ...]
    within: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    widen: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    known: dict[tuple[str, ...], When] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The values on which it rests."""
        return (*self.start.names, *self.end.names, *self.within, *self.widen)

    def read(self, values: Mapping[str, str]) -> When:
        """Return the time of a row.

        Args:
            values: of the row, by name.

        Raises:
            ValueError: what stands there is no day, or the end is before the start; the text says
                what would be right.
        """
        told = tuple(map(values.__getitem__, self.names))
        when = self.known.get(told)
        if when is None:
            if len(self.known) >= MOST_KEPT:
                self.known.clear()
            when = self.known[told] = self._read(values)
        return when

    def _read(self, values: Mapping[str, str]) -> When:
        first, last = self.start.filled(values), self.end.filled(values)
        if not first:
            return When()
        start, shape = _day(first, self.forms)
        end, _ = _day(last, self.forms) if last else (start, shape)
        if end < start:
            raise ValueError(f'"{last}" is before "{first}"')
        told = start.isoformat()
        when = When(
            "",
            told if shape == "day" else "",
            told[:7] if shape != "year" else "",
            told[:4],
            (end if shape == "day" else _last_of(end, shape)).isoformat(),
            _months(start, end) if shape != "year" else "",
        )
        if shape != "day":
            return when._replace(edtf=when.month if shape == "month" else when.year)
        how = next(
            (found[values[name]] for name, found in self.widen.items() if values[name] in found), ""
        )
        if how:
            begun, over = _wide(start, how)
            return when._replace(edtf=_one_of(begun, over), months=_months(begun, over))
        if start == end:
            return when._replace(edtf=told)
        if any(values[name] in found for name, found in self.within.items()):
            return when._replace(edtf=_one_of(start, end))
        return when._replace(edtf=f"{told}/{end.isoformat()}")


def _one_of(first: date, last: date) -> str:
    return f"[{first.isoformat()}..{last.isoformat()}]"


def _months(first: date, last: date) -> str:
    begun, over = first.isoformat()[:7], last.isoformat()[:7]
    return begun if begun == over else f"[{begun}..{over}]"


def _wide(told: date, how: str) -> tuple[date, date]:
    if how == "week":
        around = timedelta(days=3)
        return told - around, told + around
    first = told.replace(day=1) if how == "month" else date(told.year, 1, 1)
    return first, _last_of(told, how)


def _last_of(told: date, how: str) -> date:
    """Return the last day of the month or year of a day."""
    month = told.month if how == "month" else 12
    return date(told.year, month, monthrange(told.year, month)[1])


@lru_cache(maxsize=MOST_KEPT)
def _day(text: str, forms: tuple[str, ...]) -> tuple[date, str]:
    """Return a day, and whether a day, month or year is written; digits may be of any script."""
    text = text if text.isascii() else "".join(str(digit(one, one)) for one in text)
    for form in forms:
        shape = (
            "day" if "%d" in form else "month" if "%m" in form or "%b" in form.lower() else "year"
        )
        try:
            found = (
                day(text)
                if form == "%Y-%m-%d" and len(text) == len("2000-01-01")
                else datetime.strptime(text, form).date()  # noqa: TID251 - of other people's tables
            )
        except ValueError:
            continue
        if found.year < OLDEST:
            raise ValueError(f'the year of "{text}" is {found.year:04d}; is the century left out?')
        return found, shape
    raise ValueError(f'"{text}" is no day as {" or ".join(forms)}{_counted(text)}')


def _counted(text: str) -> str:
    """Return which day a number may be, if a spreadsheet counted days; empty if it is none."""
    number = int(text) if _SERIAL.fullmatch(text) else 0
    if not number:
        return ""
    told = (_DAY_0 + timedelta(days=number)).isoformat()
    return f"; if a spreadsheet counted days it is {told}: save the column as text"
