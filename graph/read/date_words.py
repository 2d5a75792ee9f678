"""Dates in EDTF as people read them: ``2014-05/`` is "since May 2014, end not told".

``docs/dates.md`` shows the words of every form. What follows from a date for the statement that has
it is told by ``graph.read.period_words.period``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ..model import dates
from ..model.clock import read_clock
from .time_words import USUAL, time_words

if TYPE_CHECKING:
    from .time_words import TimeWords

_DATE = re.compile(
    r"(?P<year>[0-9][0-9X]{3})(?:-(?P<month>[0-9X]{2}))?(?:-(?P<day>[0-9X]{2}))?(?P<sign>[?~%]?)"
)
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_SIGNS = {"?": "perhaps", "~": "about", "%": "perhaps_about"}


@lru_cache(8192)
def date_in_words(text: str, language: str = USUAL) -> str:
    """Return a date in words.

    Nothing is added to what the text says, and two texts of different meaning differ in words.

    Args:
        text: as ``graph.model.dates.parse`` takes it, or as ``coded`` of a ``Verbalizer`` returns
            it, or a day in ISO form.
        language: the tag of one that ``time_words`` knows.

    Returns:
        The words; whatever is no such text as it is.
    """
    words = time_words(language)
    if "; " in text or text.startswith(("begins ", "ends ")):
        parts = (part.rpartition(" ") for part in text.split("; "))
        return words.frames["part"].join(
            words.say(word, date_in_words(date, language)) if word in ("begins", "ends")
            else word + space + date_in_words(date, language)
            for word, space, date in parts
        )  # fmt: skip
    try:
        dates.parse(text)
    except dates.DateError:
        return text
    if text[0] in "[{":
        member, key = (_one_of, "or") if text[0] == "[" else (_all_of, "and")
        return words.listed((member(words, one.strip()) for one in text[1:-1].split(",")), key)
    begin, slash, end = text.partition("/")
    return _interval(words, begin, end) if slash else _date(words, text)


def _interval(words: TimeWords, begin: str, end: str) -> str:
    if begin in ("", ".."):
        return words.say("until", _date(words, end))
    if end in ("", ".."):
        return words.say("lasting" if end else "since", _date(words, begin))
    return _joined(words, "from_to", begin, end)


def _one_of(words: TimeWords, member: str) -> str:
    first, dots, last = member.partition("..")
    if not dots:
        return _date(words, first)
    if first and last:
        return _joined(words, "between", first, last)
    return words.say("or_later" if first else "by", _date(words, first or last))


def _all_of(words: TimeWords, member: str) -> str:
    first, dots, last = member.partition("..")
    if not dots:
        return _date(words, first)
    if first and last:
        return _joined(words, "all_from_to", first, last)
    return words.say("all_from" if first else "all_until", _date(words, first or last))


def _joined(words: TimeWords, key: str, first: str, last: str) -> str:
    """Return two dates in a frame of words; a year that both have is told once."""
    begin, end = _date(words, first), _date(words, last)
    year = f" {last[:4]}"
    if first != last and begin.endswith(year) and end.endswith(year):
        begin = begin.removesuffix(year)
    return words.say(key, begin, end)


def _date(words: TimeWords, text: str) -> str:
    """Return a single date in words: ``2014-22~`` is "about summer 2014"."""
    day, mark, time = text.partition("T")
    if mark:
        return words.say("clock", _date(words, day), read_clock(time))
    match = _DATE.fullmatch(text)
    if match is None:
        return text
    year, month, day, sign = match.groups()
    told = _unsigned(words, year, month, day)
    return words.say(_SIGNS[sign], told) if sign else told


def _unsigned(words: TimeWords, year: str, month: str | None, day: str | None) -> str:
    named = year
    if "X" in year:
        decade = year.endswith("X") and "X" not in year[:3]
        named = words.say("decade" if decade else "years",
                          year.replace("X", "0"), year.replace("X", "9"))  # fmt: skip
    if month is None:
        return named
    if month == "XX":
        return words.say("some_month" if day is None else "some_day", named)
    if month in _SEASONS:
        return words.say(_SEASONS[month], named, f"{(int(year) + 1) % 100:02}")
    name = words.months[int(month) - 1]
    if day in (None, "XX"):
        named = words.say("month", name, named)
        return words.say("some_day", named) if day else named
    return words.say("day", int(day or 0), name, named)
