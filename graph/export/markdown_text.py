"""Texts for Markdown: what is written is what is read, whatever signs it has."""

from __future__ import annotations

import re
import unicodedata

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&!$@^=]")
_LINKS = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(?=:)|\b(www)(?=\.)")
_ARRANGING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ISOLATE, _END = "\u2068", "\u2069"
_RIGHT_TO_LEFT = ("R", "AL", "AN")


def plain(text: str) -> str:
    """Return a text in one line, without control signs and without those that turn it around."""
    text = " ".join(_ARRANGING.sub("", text).split())
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cs"))


def escaped(text: str) -> str:
    r"""Return a text as Markdown that shows it and does nothing else.

    Args:
        text: any text.

    Returns:
        One line, in which no sign has a meaning for CommonMark or its extension on GitHub. What is
        written from right to left is isolated, so that it does not reorder what stands beside it.
        It must not stand at the beginning of a line.
    """
    shown = _SPECIAL.sub(lambda match: "\\" + match[0], plain(text))
    shown = _LINKS.sub(lambda match: f"{match[0]}\\", shown)
    if any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in shown):
        return f"{_ISOLATE}{shown}{_END}"
    return shown


def code(text: str) -> str:
    """Return a text as code; one with backticks or nothing in it is escaped instead."""
    text = plain(text)
    return escaped(text) if not text or "`" in text else f"`{text}`"
