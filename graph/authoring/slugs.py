"""Ids made of names, labels and titles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..model.names import name_key

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST = 40
"""Signs of an id that is made of a name."""
_PARTING = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
                          "ħ": "h", "ŋ": "ng", "ə": "a", "&": " and "})  # fmt: skip
"""Latin letters without a mark to be taken off; other scripts need an id that is given."""


def free(made: str, taken: Collection[str]) -> str:
    """Return an id, with a number behind it if it is in use.

    Args:
        made: the id.
        taken: the ids that are in use.
    """
    number, name = 2, made
    while name in taken:
        name, number = f"{made}-{number}", number + 1
    return name


def slug_of(name: str, longest: int = LONGEST) -> str:
    """Return an id made of a name; empty if most of its letters are of no Latin script.

    Args:
        name: as people write it.
        longest: so many signs it has at most; a word is cut only if it is longer itself.
    """
    plain = name_key(name).translate(_LETTERS)
    made = _PARTING.sub("-", plain).strip("-").removeprefix("the-")
    if not plain.isascii() and 2 * len(_PARTING.sub("", plain)) < sum(map(str.isalnum, plain)):
        return ""
    if len(made) > longest:
        made = made[: longest + 1].rpartition("-")[0] or made[:longest]
    return made.rstrip("-")
