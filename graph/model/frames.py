"""Sentences with places, in a table for each language: a TOML file with a table of frames by tag.

A frame is a text with named places in braces. What is counted has a table of its own with a frame
for each category of plurals that CLDR knows for the language, and ``n`` for the number.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from .languages import direction, plural_form
from .textfiles import toml_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

USUAL = "en"
"""The language in which is told where no other is asked for."""
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_ISOLATE, _END = "\u2068", "\u2069"


class Frames(NamedTuple):
    """The frames of one language.

    Attributes:
        tag: of the language.
        table: the frames by their keys, and tables of them.
    """

    tag: str
    table: Mapping[str, Any]

    def say(self, key: str, **values: object) -> str:
        """Return a frame with its places filled.

        Args:
            key: which frame.
            values: what comes into its places.
        """
        return str(self.table[key]).format(**values)

    def number(self, key: str, count: int) -> str:
        """Return so many of something: ``3 days``.

        Args:
            key: the table of its plurals.
            count: how many.
        """
        return str(self.table[key][plural_form(self.tag, count)]).format(n=count)

    def apart(self, text: str) -> str:
        """Return what others wrote, set apart where it is written in the other direction."""
        if direction(self.tag) == "rtl" and _LATIN.search(text):
            return f"{_ISOLATE}{text}{_END}"
        return text


@cache
def frames_of(file: Path) -> Mapping[str, Frames]:
    """Return the frames of a file by the tags of languages, sorted.

    Args:
        file: TOML, with a table for each language.

    Raises:
        UnfitFile: it is no plain file, too large, not UTF-8 or not TOML.
        InputOutputError: it cannot be opened or read.
    """
    return {tag: Frames(tag, table) for tag, table in sorted(toml_of(file).items())}
