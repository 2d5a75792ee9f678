"""Numbers and dates as they are written in the short form of a statement."""

from __future__ import annotations

import re

from ..errors import UsageError
from ..model import dates

LONGEST_DATE = 24
"""So many words may a date have with blanks in it."""
_WHEN = re.compile(r"[\d\[{./~-].*")
_BLANKS = re.compile(r"(?<=[\[{,/])\s+|\s+(?=[\]},/])")
"""Those that may stand within a date, which has none of its own."""
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_LIKE_A_NUMBER = re.compile(r"[+-]?[.,]?[0-9][0-9.,'_ \u00a0\u2009\u202f]*(?:[eE][+-]?[0-9]+)?")
"""A figure in another form, such as with marks between thousands."""


def date_of(text: str) -> str:
    """Return the date in EDTF that some words are, without blanks at its signs; empty if none.

    Args:
        text: the words.
    """
    date = _BLANKS.sub("", text)
    try:
        if _WHEN.fullmatch(date):
            dates.parse(date)
            return date
    except dates.DateError:
        pass
    return ""


def number_of(text: str) -> int | float | None:
    """Return the number that a text is; ``None`` if it is none.

    Args:
        text: as people write it.

    Raises:
        UsageError: it is a number in a form that can be read in several ways.
    """
    if found := _NUMBER.fullmatch(text):
        return float(text) if found[1] else int(text)
    if _LIKE_A_NUMBER.fullmatch(text):
        raise UsageError(
            f'"{text}" is no number that can be read; write digits alone, with a point before '
            "decimals: 1500 or 2.5"
        )
    return None
