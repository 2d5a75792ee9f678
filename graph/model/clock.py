"""Clock times as EDTF level 0 lets one follow a day: ``T14:30:00``, with ``Z`` or ``+03:00``."""

from __future__ import annotations

import re
from typing import NamedTuple

_CLOCK = re.compile(r"([0-9]{2}):([0-9]{2}):([0-9]{2})(.*)")
_SHORT = re.compile(r"([0-9]{2})(?::([0-9]{2}))?((?:Z|[+-].*)?)")
_OFFSET = re.compile(r"([+-])([0-9]{2})(?::([0-9]{2}))?")
_FARTHEST = 14 * 60
"""No place is farther from UTC, in minutes (tz database: Kiribati, +14:00)."""


class Clock(NamedTuple):
    """A time of day, as it is written; its day is told beside it.

    Sources tell minutes, but the form has seconds: where these are ``00``, the whole minute is
    meant.

    Attributes:
        second: seconds since midnight, as the clock shows it.
        offset: minutes by which the clock is ahead of UTC; ``None`` where that is not told.
    """

    second: int
    offset: int | None = None

    @property
    def last(self) -> int:
        """The last second that is meant."""
        return self.second + (59 if self.second % 60 == 0 else 0)

    def at(self, offset: int | None) -> int:
        """Return the seconds since midnight that a clock of another offset shows at that time.

        Args:
            offset: of the other clock; what has none itself is taken to be in the same place.
        """
        ahead = 0 if offset is None or self.offset is None else offset - self.offset
        return self.second + 60 * ahead

    def before(self, other: Clock) -> bool:
        """Return whether it comes before another time of the same written day, for certain.

        Two times that tell no offset are of one place. If only one of them tells it, the other may
        be of any place on earth.

        Args:
            other: the other time.
        """
        if self.offset is None and other.offset is None:
            return self.last < other.second
        west = -_FARTHEST if self.offset is None else self.offset
        east = _FARTHEST if other.offset is None else other.offset
        return self.last - 60 * west < other.second - 60 * east

    def __str__(self) -> str:
        """Return it in words: ``14:30``, ``14:30:20 (UTC)``, ``14:30 (UTC+3)``."""
        minute, second = divmod(self.second, 60)
        told = f"{minute // 60:02}:{minute % 60:02}" + (f":{second:02}" if second else "")
        if self.offset is None:
            return told
        hours, minutes = divmod(abs(self.offset), 60)
        sign = "-" if self.offset < 0 else "+"
        ahead = f"{sign}{hours}" + (f":{minutes:02}" if minutes else "") if self.offset else ""
        return f"{told} (UTC{ahead})"


def read_clock(text: str) -> Clock:
    """Return the time that is written after the ``T`` of a date.

    Args:
        text: as in ``14:30:00``, ``14:30:00Z``, ``14:30:00+03`` or ``14:30:00+03:00``.

    Raises:
        ValueError: it is no such time; the text says what is wrong and what would be right.
    """
    if text[-1:] in ("?", "~", "%"):
        raise ValueError(
            'a clock time takes no "?", "~" or "%"; for about that time write a set, as in '
            "[2016-09-01T14:00:00..2016-09-01T15:00:00]"
        )
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise ValueError(_not_whole(text))
    hour, minute, second = (int(part) for part in match.groups()[:3])
    if hour == 24 and minute == second == 0:
        raise ValueError("write midnight as T00:00:00 of the day that begins")
    if hour > 23:
        raise ValueError(f"there is no hour {hour}; hours are 00 to 23")
    if minute > 59:
        raise ValueError(f"there is no minute {minute}; minutes are 00 to 59")
    if second > 59:
        leap = "leap seconds cannot be used" if second == 60 else f"there is no second {second}"
        raise ValueError(f"{leap}; seconds are 00 to 59")
    return Clock(3600 * hour + 60 * minute + second, _offset(match[4]))


def _not_whole(text: str) -> str:
    """Return what is wrong with a time that is not hour, minute and second."""
    short = _SHORT.fullmatch(text)
    if short:
        right = f"T{short[1]}:{short[2] or '00'}:00{short[3]}"
        return f"a clock time has hours, minutes and seconds; write {right}"
    return f'"{text}" is no clock time; write hours, minutes and seconds, as in T14:30:00'


def _offset(text: str) -> int | None:
    """Return the offset that follows a time, in minutes; ``None`` for none."""
    if text in ("", "Z"):
        return 0 if text else None
    if text == "z":
        raise ValueError("the Z of UTC is a capital letter")
    if text[0] in ".,":
        raise ValueError("a clock time has no fractions of a second; leave them out")
    match = _OFFSET.fullmatch(text)
    if match is None:
        raise ValueError(f'"{text}" is no offset from UTC; write Z, +03 or +03:00')
    hours, minutes = int(match[2]), int(match[3] or 0)
    found = 60 * hours + minutes
    if minutes > 59 or found > _FARTHEST:
        raise ValueError(f"no place is {text} from UTC; offsets run from -14:00 to +14:00")
    if match[1] == "-" and not found:
        raise ValueError(f"{text} is no offset; write Z")
    return -found if match[1] == "-" else found
