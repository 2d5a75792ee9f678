"""What XML cannot hold."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.sax.saxutils import quoteattr

from ..errors import UsageError

_MARKUP = re.compile("[&<>'\n\r\t]")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def attribute(text: str) -> str:
    """Return a text as the value of an attribute, in quotation marks."""
    if _MARKUP.search(text):
        return quoteattr(text)
    return f"'{text}'" if '"' in text else f'"{text}"'


repeated = lru_cache(maxsize=65536)(attribute)
"""``attribute`` for texts that occur often: it remembers them."""


def checked(text: str) -> bytes:
    """Return a text as UTF-8, if XML can hold it.

    Args:
        text: a whole document, or a part of one.

    Raises:
        UsageError: the text holds a control character, half a surrogate pair or a noncharacter,
            which no reader of XML would accept; the message says which, and after what.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        data = b""
    if data and len(data.translate(None, _CONTROLS)) == len(data) and not _has_nonchar(data):
        return data
    found = _ILLEGAL.search(text)
    if found:
        before = text[max(0, found.start() - 40) : found.start()]
        raise UsageError(
            f"the network holds the character U+{ord(found.group()):04X}, which XML cannot hold, "
            f"after: {before}"
        )
    return data


def _has_nonchar(data: bytes) -> bool:
    return any(noncharacter in data for noncharacter in _NONCHARACTERS)
