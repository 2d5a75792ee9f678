"""The words of the page and the workbench, one table for each language; see ``README.md``."""

from __future__ import annotations

import json
import re
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Table = Mapping[str, str | Mapping[str, str]]

HERE = Path(__file__).resolve().parent
USUAL = "en"
"""The language of a page as it is built."""
OFFERED = tuple(sorted(path.stem for path in HERE.glob("*.json")))
"""The languages that there are tables for, by their tags."""
_KEYED = re.compile(r"<[^<>]*?\sdata-say[^<>]*>")
_KEY = re.compile(r'\sdata-say(?:-(label|title|hint))?="([a-z][\w.-]*)"')
_SHARED = ("ui.", "words.")
_HELD = ("page.", "term.", "fact.")
"""Begin the keys of what stands in a page as it is built, in the usual language."""
_ATTRIBUTES = {"label": "aria-label", "title": "title", "hint": "placeholder"}


@cache
def table(tag: str) -> Table:
    """Return the words of a language by their keys.

    Args:
        tag: one of ``OFFERED``.

    Raises:
        FileNotFoundError: there is no such table.
    """
    found: Table = json.loads((HERE / f"{tag}.json").read_text("utf-8"))
    return found


def said(tag: str, *, workbench: bool = False) -> dict[str, str | Mapping[str, str]]:
    """Return the words that a page needs in a language.

    Args:
        tag: one of ``OFFERED``. In the usual one, what a page holds as it is built is left out.
        workbench: whether it is the workbench of a server; what the other says is left out.
    """
    held = _HELD if tag == USUAL and not workbench else ()
    return {
        key: text
        for key, text in table(tag).items()
        if (key.startswith("workbench.") is workbench or key.startswith(_SHARED))
        and not key.startswith(held)
    }


def say(key: str, tag: str = USUAL, /, **values: object) -> str:
    """Return a text.

    Args:
        key: its key.
        tag: the language, one of ``OFFERED``.
        values: for its places.

    Raises:
        KeyError: there is no such text, or it has plurals.
    """
    text = table(tag)[key]
    if not isinstance(text, str):
        raise KeyError(f"{key} has plurals, which only the scripts of the page choose")
    return text.format_map(values) if values else text


def filled(html: str) -> str:
    """Return HTML with English words where it has keys of them: in ``data-say`` and its like.

    Args:
        html: of the project itself; tags that have keys have no text of their own.

    Raises:
        KeyError: there is no such text.
    """

    def fill(tag: re.Match[str]) -> str:
        told, text = tag[0], ""
        more = ""
        for attribute, key in _KEY.findall(told):
            words = escape(say(key))
            if attribute:
                more += f' {_ATTRIBUTES[attribute]}="{words}"'
            else:
                text = words
        return f"{told[:-1]}{more}>{text}"

    return _KEYED.sub(fill, html)
