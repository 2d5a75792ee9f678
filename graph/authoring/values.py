"""Numbers and dates as they are written in the short form of a statement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..model import dates
from .tokens import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .tokens import Token

_LONGEST_DATE = 24
"""So many words may a date have with blanks in it."""
_WHEN = re.compile(r"[\d\[{./~-].*")
_LIKE_A_DATE = re.compile(r"[\[{./~]*[0-9X]{4}")
_BLANKS = re.compile(r"(?<=[\[{,/])\s+|\s+(?=[\]},/])")
"""Those that may stand within a date, which has none of its own."""
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_LIKE_A_NUMBER = re.compile(r"[+-]?[.,]?[0-9][0-9.,'_ \u00a0\u2009\u202f]*(?:[eE][+-]?[0-9]+)?")
"""A figure in another form, such as with marks between thousands."""


def _date_of(text: str) -> str:
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


def dated(tokens: Sequence[Token], *, whole: bool = False) -> tuple[Sequence[Token], str]:
    """Return some words without the date at one of their ends, and the date.

    Args:
        tokens: the words.
        whole: whether all of them may be the date.
    """
    most = min(_LONGEST_DATE, len(tokens) - (0 if whole else 1))
    for length in range(most, 0, -1):
        for rest, found in (
            (tokens[:-length], tokens[-length:]),
            (tokens[length:], tokens[:length]),
        ):
            quoted = any(one.quoted for one in found)
            if date := "" if quoted else _date_of(text_of(found)):
                return rest, date
    return tokens, ""


def refuse_date(token: Token) -> None:
    """Raise what is wrong with a word that was meant for a date and is none.

    Raises:
        UsageError: it is such a word.
    """
    if not token.quoted and _LIKE_A_DATE.match(token.text):
        try:
            dates.parse(token.text)
        except dates.DateError as error:
            raise UsageError(str(error)) from error


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
