"""When something holds, as people read it, from the four bounds of a statement or source."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Any

from ..model import Bounds, dates
from ..model.bounds import begin_and_end
from .time_words import USUAL, time_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ..model.clock import Clock
    from ..model.dates import Stretch
    from .time_words import TimeWords

    Record = Mapping[str, Any]
    _Ends = tuple[str | None, str | None]

_AT = "T"
"""Stands between a day and its clock time."""


def period(row: Record, language: str = USUAL) -> str:
    """Return when a statement holds, in words; nothing is made sharper than its bounds.

    Args:
        row: a statement or source with its four bounds.
        language: the tag of one that ``time_words`` knows.
    """
    words = time_words(language)
    begin, end = _ends(row)
    if begin == end:
        return within(*begin, language)
    gaps = str(row.get("when", "")).startswith("{")  # a set may leave days out
    some = words.frames["some_days"] if gaps or row.get("coverage") == "sometime" else ""
    if not begin[0] and not end[1] and begin[1] and end[0] and begin[1] <= end[0]:
        return _core(words, begin[1], end[0]) + some
    told = []
    if any(begin) and begin != (None, end[1]):
        told.append(words.say("began", within(*begin, language)))
    if end[0] and not end[1] and end[0] != begin[0]:
        told.append(words.say("had_not_ended", _day(words, end[0])))
    elif end[1]:
        told.append(words.say("ended", within(*end, language)))
    return words.frames["part"].join(told) + (some if told else "")


def _core(words: TimeWords, first: str, last: str) -> str:
    """Return words for what had begun by a day and had not ended on another."""
    whole = prefix(first, last)
    if first == last and _AT in last:
        return words.say("ends_not_told", words.say("on", _day(words, last)))
    if (first, last) == span(whole):
        return words.say("ends_not_told", words.say("during", _named(words, whole)))
    return words.say("at_least", _day(words, first), _day(words, last))


def within(first: str | None, last: str | None, language: str = USUAL) -> str:
    """Return words for some day between two days, of which one may be missing.

    Args:
        first: the first day that is possible, as an ISO date.
        last: the last one.
        language: the tag of one that ``time_words`` knows.
    """
    words = time_words(language)
    if first is None or last is None:
        key = "not_before" if first else "by"
        return words.say(key, _day(words, first or last or "")) if first or last else ""
    if _AT in first + last and first[:10] == last[:10]:
        return _within_a_day(words, first, last)
    whole = prefix(first, last)
    if (first, last) == span(whole):
        return words.say("on" if first == last else "in", _named(words, whole))
    if first.endswith("-01") and span(last[:7])[1] == last:
        begin = _named(words, first[:7])
        begin = words.months[int(first[5:7]) - 1] if first[:4] == last[:4] else begin
        return words.say("between", begin, _named(words, last[:7]))
    return words.say("between", _day(words, first), _day(words, last))


def day_in_words(iso: str, language: str = USUAL) -> str:
    """Return an ISO date in words: ``3 October 2014``.

    Args:
        iso: the day.
        language: the tag of one that ``time_words`` knows.
    """
    return _day(time_words(language), iso)


def prefix(first: str | None, last: str | None) -> str:
    """Return the longest beginning of an ISO date that two days share: a day, month or year.

    Args:
        first: a day as an ISO date, or nothing.
        last: another.

    Returns:
        Empty if a day is missing or the years differ.
    """
    for length in (10, 7, 4):
        if first and last and first[:length] == last[:length]:
            return first[:length]
    return ""


def span(written: str) -> tuple[str, str]:
    """Return the first and last day of a year, month or day as ISO dates; empty for nothing."""
    if not written:
        return "", ""
    if len(written) == 4:
        return f"{written}-01-01", f"{written}-12-31"
    if len(written) == 7:
        year, month = map(int, written.split("-"))
        return f"{written}-01", f"{written}-{monthrange(year, month)[1]:02}"
    return written, written


def _has_clock(row: Record) -> bool:
    """Return whether the date of a statement or source tells a clock time."""
    return any("T" in (row.get(name) or "") for name in ("when", "begins", "ends", "date"))


def _ends(row: Record) -> tuple[_Ends, _Ends]:
    """Return the bounds of begin and end: ISO dates, followed by a clock time where it is told."""
    found = (row.get("earliest_begin"), row.get("latest_begin"),
             row.get("earliest_end"), row.get("latest_end"))  # fmt: skip
    if not _has_clock(row):
        return found[:2], found[2:]
    bounds = Bounds(*(dates.day(one) if one else None for one in found))
    when = row.get("when") or row.get("date", "")
    begin, end = begin_and_end(when, row.get("begins", ""), row.get("ends", ""), bounds)
    return _told(begin), _told(end)


def _told(one: Stretch) -> _Ends:
    """Return the two ends of a stretch."""
    return _moment(one.first, one.first_clock), _moment(one.last, one.last_clock)


def _moment(day: date | None, clock: Clock | None) -> str | None:
    return (f"{day}{_AT}{clock}" if clock else day.isoformat()) if day else None


def _named(words: TimeWords, whole: str) -> str:
    """Return a year, month or day, written as the beginning of an ISO date, in words."""
    if len(whole) == 10:
        return _day(words, whole)
    if len(whole) == 7:
        return words.say("month", words.months[int(whole[5:]) - 1], whole[:4])
    return whole


def _within_a_day(words: TimeWords, first: str, last: str) -> str:
    """Return words for a time between two of one day; one of which may not be told."""
    if first == last:
        return words.say("on", _day(words, first))
    begin, end = first[11:], last[11:]
    told = words.say("between", begin, end) if begin and end else ""
    told = told or (words.say("by", end) if end else words.say("from_on", begin))
    return words.say("on_span", _day(words, first[:10]), told)


def _day(words: TimeWords, iso: str) -> str:
    """Return an ISO date in words, with the clock time that may follow it."""
    day, _, clock = iso.partition(_AT)
    found = dates.day(day)
    told = words.say("day", found.day, words.months[found.month - 1], found.year)
    return words.say("clock", told, clock) if clock else told
