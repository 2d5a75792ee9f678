"""What a check of a value is, and how its messages name the value."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

    from .problems import Message

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff")


@dataclass(frozen=True, slots=True)
class ValueCheck:
    """A check of a value: it is called with one, and returns what is wrong with it, or ``None``.

    Attributes:
        wrong: the check itself.
        schema: JSON Schema (draft-07) that takes all that the check takes, and maybe more.
    """

    wrong: Callable[[object], Message | None]
    schema: Mapping[str, Any]

    def __call__(self, value: object) -> Message | None:
        """Return what is wrong with a value, or ``None``."""
        return self.wrong(value)


def told_as(**schema: object) -> Callable[[Callable[[object], Message | None]], ValueCheck]:
    """Make a check of the function that follows.

    Args:
        schema: the JSON Schema (draft-07) that comes nearest to it and refuses nothing more.
    """
    return partial(ValueCheck, schema=schema)


def whole(*patterns: re.Pattern[str]) -> str:
    """Return a pattern as a JSON Schema has it, of whole texts that one of some patterns fits.

    Args:
        patterns: what both Python and ECMAScript read alike.
    """
    return f"^(?:{'|'.join(one.pattern for one in patterns)})$"


def kind_of(value: object) -> str:
    """Return what TOML calls a value of its type, for messages."""
    names = {bool: "a truth value", int: "a number", float: "a number", str: "text"}
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return names.get(type(value), "a date" if hasattr(value, "isoformat") else "something else")


def quoted(value: object) -> str:
    """Return a text in quotes, and of what else it is only the kind."""
    return f'"{value}"' if isinstance(value, str) else kind_of(value)


def unfit_sign(text: str) -> str:
    """Return the first sign of a text that no text of a file may have; empty if there is none.

    Args:
        text: with line feeds, if it has several lines.
    """
    if text.isprintable():
        return ""
    return next((sign for sign in text if sign in _TURNING or is_control(sign)), "")


def is_control(sign: str) -> bool:
    """Return whether a sign steers a terminal or ends a line, but for the line feed."""
    return sign != "\n" and unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")
