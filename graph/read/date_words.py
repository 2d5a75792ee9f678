"""Dates in EDTF as people read them: ``2014-05/`` is "since May 2014, end not told".

``docs/dates.md`` shows the words of every form. What follows from a date for the statement that has
it is told by ``graph.read.wording.period``.
"""

from __future__ import annotations

import re
from calendar import month_name
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ..model import dates
from ..model.clock import read_clock

if TYPE_CHECKING:
    from collections.abc import Iterable

_DATE = re.compile(
    r"(?P<year>[0-9][0-9X]{3})(?:-(?P<month>[0-9X]{2}))?(?:-(?P<day>[0-9X]{2}))?(?P<sign>[?~%]?)"
)
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_SIGNS = {"": "", "?": "perhaps ", "~": "about ", "%": "perhaps about "}


@lru_cache(4096)
def date_in_words(text: str) -> str:
    """Return a date in words.

    Nothing is added to what the text says, and two texts of different meaning differ in words.

    Args:
        text: as ``graph.model.dates.parse`` takes it, or as ``coded`` of a ``Verbalizer`` returns
            it, or a day in ISO form.

    Returns:
        The words; whatever is no such text as it is.
    """
    if "; " in text or text.startswith(("begins ", "ends ")):
        return "; ".join(_part_in_words(part) for part in text.split("; "))
    try:
        dates.parse(text)
    except dates.DateError:
        return text
    if text[0] == "[":
        return _listed((_one_of(one.strip()) for one in text[1:-1].split(",")), "or")
    if text[0] == "{":
        return _listed((_all_of(one.strip()) for one in text[1:-1].split(",")), "and")
    begin, slash, end = text.partition("/")
    return _interval(begin, end) if slash else _date(text)


def _part_in_words(part: str) -> str:
    word, space, date = part.rpartition(" ")
    return word + space + date_in_words(date)


def _interval(begin: str, end: str) -> str:
    if begin in ("", ".."):
        return f"until {_date(end)}, beginning not told"
    if end == "..":
        return f"since {_date(begin)}, not ended when told"
    return _joined("from {} to {}", begin, end) if end else f"since {_date(begin)}, end not told"


def _one_of(member: str) -> str:
    first, dots, last = member.partition("..")
    if not dots:
        return _date(first)
    if first and last:
        return _joined("between {} and {}", first, last)
    return f"{_date(first)} or later" if first else f"by {_date(last)}"


def _all_of(member: str) -> str:
    first, dots, last = member.partition("..")
    if not dots:
        return _date(first)
    if first and last:
        return _joined("all from {} to {}", first, last)
    return f"all from {_date(first)} on" if first else f"all up to {_date(last)}"


def _listed(words: Iterable[str], conjunction: str) -> str:
    *most, last = words
    return f"{', '.join(most)} {conjunction} {last}" if most else last


def _joined(frame: str, first: str, last: str) -> str:
    """Return two dates in a frame of words; a year that both have is told once."""
    begin, end = _date(first), _date(last)
    year = f" {last[:4]}"
    if first != last and begin.endswith(year) and end.endswith(year):
        begin = begin.removesuffix(year)
    return frame.format(begin, end)


def _date(text: str) -> str:
    """Return a single date in words: ``2014-22~`` is "about summer 2014"."""
    day, mark, time = text.partition("T")
    if mark:
        return f"{_date(day)} at {read_clock(time)}"
    match = _DATE.fullmatch(text)
    if match is None:
        return text
    year, month, day, sign = match.groups()
    return _SIGNS[sign] + _unsigned(year, month, day)


def _unsigned(year: str, month: str | None, day: str | None) -> str:
    if "X" in year:
        decade = year.endswith("X") and "X" not in year[:3]
        low, high = year.replace("X", "0"), year.replace("X", "9")
        named = f"the {low}s" if decade else f"the years {low} to {high}"
    else:
        named = year
    if month is None:
        return named
    if month == "XX":
        return f"some {'month' if day is None else 'day'} of {named}"
    if month in _SEASONS:
        later = f"–{(int(year) + 1) % 100:02}" if month == "24" else ""
        return f"{_SEASONS[month]} {named}{later}"
    named = f"{_month(int(month))} {named}"
    if day is None:
        return named
    return f"some day of {named}" if day == "XX" else f"{int(day)} {named}"


@cache
def _month(number: int) -> str:
    return month_name[number]
