"""How coarsely is told, in public, what tells of somebody whose name is withheld."""

from __future__ import annotations

import re
from typing import NamedTuple

DATES = ("day", "month", "year", "none")
"""How closely dates are told, the closest first."""
PLACES = ("written", "province", "country", "none")
"""How closely places are told, the closest first."""
IDS = ("opaque", "written")
"""Whether ids are told as they are written, as where everybody has the files of the case."""
WITHHELD = "withheld"
"""The identity of who asked not to be named."""

_DATE = re.compile(
    r"(?P<year>[0-9][0-9X]{3})-(?P<month>[0-9X]{2})(?:-[0-9X]{2}(?:T[0-9:+Z-]*)?)?(?P<q>[?~%]?)"
)
_WINTER = "24"
"""The season that ends in the next year."""


class Telling(NamedTuple):
    """What an editor says of how coarsely is told; what is empty is as the case says.

    Attributes:
        ids: one of ``IDS``; of a case alone.
        dates: one of ``DATES``.
        places: one of ``PLACES``.
        channel: whether is told through what somebody spoke.
        label: what an actor is called in public.
        joined: why several sources may be known to tell of one person.
    """

    ids: str = ""
    dates: str = ""
    places: str = ""
    channel: bool | None = None
    label: str = ""
    joined: str = ""

    def or_as(self, other: Telling) -> Telling:
        """Return this, with what it leaves open as another says."""
        open_ = [name for name in self._fields if getattr(self, name) in ("", None)]
        return self._replace(**{name: getattr(other, name) for name in open_})

    def stricter(self, other: Telling) -> Telling:
        """Return the stricter of this and another for each of dates, places and channel."""
        return self._replace(
            dates=max(self.dates, other.dates, key=DATES.index),
            places=max(self.places, other.places, key=PLACES.index),
            channel=bool(self.channel and other.channel),
        )


BY_DEFAULT = Telling(ids="opaque", dates="month", places="province", channel=False)
"""What counts where a case says nothing."""


def coarser(text: str, dates: str) -> str:
    """Return a date without its days, or without its months, that means whatever it meant before.

    Args:
        text: EDTF, or empty.
        dates: one of ``DATES``.
    """
    if dates == "day" or not text:
        return text
    if dates == "none":
        return ""
    return _DATE.sub(_month if dates == "month" else _year, text)


def _month(found: re.Match[str]) -> str:
    return f"{found['year']}-{found['month']}{found['q']}"


def _year(found: re.Match[str]) -> str:
    """Return a year; one that is told roughly is widened to both sides, as is one of a winter."""
    rough = found["month"] == _WINTER or found["q"] in ("~", "%")
    return f"{found['year']}{'~' if rough else found['q']}"
