"""Text of other people's as it is shown on a terminal or in a log: no sign is obeyed, none hidden.

Whoever writes the data, a file name or a request could else move the cursor, colour or erase lines,
turn the order of signs round, or add a line that looks like ours.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

MOST = 200
"""So many signs of a value are shown in a message."""
MOST_OF_A_MESSAGE = 500
"""So many of a whole message: lists of what would be right are longer than a value may be."""

_PLAIN = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_MARKS = "\u061c\u200e\u200f"
"""Marks that help to order text of both directions; they cannot turn letters round."""
_NEAR = 1000
"""So many signs before and after a mark are looked through for something that it may order."""
_NUMBER_SIGNS = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
"""Format characters that are seen: they enclose the digits that follow."""
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u180b\u180c\u180d\u180f"
"""Letters and marks that nobody sees."""
_FILLED = re.compile(f"[{_FILLERS}]")
_JOINERS = {"\u200c": "LM", "\u200d": "LMS"}
"""Joiners, each with the first letters of the categories between which it has a meaning."""


def shown(text: str, most: int | None = None) -> str:
    """Return a text in one line in which every sign can be seen.

    Escaped as in Python are control signs, line ends and separators, what turns the direction of
    writing round, spaces without width, tags, surrogates, private and unassigned code points, and
    letters without ink. Joiners stay between letters (and in emoji), and marks of direction where
    something near is written from right to left: without them Arabic and Persian would read wrong.

    Args:
        text: any text.
        most: length beyond which the middle is left out, with an ellipsis in its place; the
            beginning and the end of a message tell more.
    """
    if most is None or len(text) <= most:
        if text.isprintable() and not _FILLED.search(text):
            signs = list(text) if most is not None else [text]
        else:
            signs = [_sign(text, place) for place in range(len(text))]
        if most is None or sum(map(len, signs)) <= most:
            return "".join(signs)
        return _cut(signs, signs, most)
    head = [_sign(text, place) for place in range(most)]
    return _cut(head, [_sign(text, place) for place in range(len(text) - most, len(text))], most)


def _cut(head: list[str], tail: list[str], most: int) -> str:
    """Return the beginning and the end of a text that is too long, two thirds and one third."""
    room = most // 3
    kept: list[str] = []
    for sign in reversed(tail):
        if len(sign) > room:
            break
        kept.append(sign)
        room -= len(sign)
    room = most - most // 3 - 1
    begun: list[str] = []
    for sign in head:
        if len(sign) > room:
            break
        begun.append(sign)
        room -= len(sign)
    return "".join([*begun, "…", *reversed(kept)])


def _sign(text: str, place: int) -> str:
    """Return a sign of a text as it is shown there."""
    sign = text[place]
    if seen(sign):
        return sign
    if unicodedata.category(sign) == "Zs" or _NUMBER_SIGNS.match(sign):
        return sign
    if sign in _JOINERS and _between(text, place, _JOINERS[sign]):
        return sign
    if sign in _MARKS and _right_to_left(text[max(0, place - _NEAR) : place + _NEAR]):
        return sign
    return _PLAIN.get(sign) or escaped(sign)


def _right_to_left(text: str) -> bool:
    """Return whether something other than marks is written from right to left."""
    signs = (unicodedata.bidirectional(one) for one in text if one not in _MARKS)
    return any(one in ("R", "AL") for one in signs)


def _between(text: str, place: int, kinds: str) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return all(one and unicodedata.category(one)[0] in kinds for one in (before, after))


def seen(sign: str) -> bool:
    """Return whether a sign can be seen by itself, whatever stands beside it."""
    return sign.isprintable() and sign not in _FILLERS


def escaped(sign: str) -> str:
    """Return a sign by its number, as Python writes it."""
    number = ord(sign)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def address(url: str) -> str:
    """Return an address of the web as the target of a link; empty for any other."""
    if not re.match(r"https?://[^/]", url, re.IGNORECASE):
        return ""
    return quote(url, safe=":/?#[]@!$&'()*+,;=%~")
