"""Whether texts that must not be there come out of a build, in any of its files and exports."""

from __future__ import annotations

import html
import json
import unicodedata
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from ..errors import UsageError
from ..export.formats import formats, missing
from ..model.textfiles import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from .case import OpenedCase

MOST_BYTES = 1024 * 1024
"""Largest list of tokens that is read."""
_SHORTEST = 4
"""Shorter texts stand in words that have nothing to do with them."""
_COMPRESSED = "parquet"
"""The format whose bytes cannot be searched; it holds the rows that others hold, too."""


class Leak(NamedTuple):
    """A text that came out.

    Attributes:
        line: where it stands in the list, from 1; the text itself is not repeated.
        places: files of the build, and exports.
    """

    line: int
    places: tuple[str, ...]


def tokens_in(file: Path) -> dict[int, str]:
    """Return the texts of a list by their lines; blank ones and those with ``#`` are left out.

    Args:
        file: one text a line, such as a name, a telephone number, a sentence.

    Raises:
        UnfitFile: it is too large, no UTF-8 or no plain file.
        UsageError: it holds nothing to look for, or a text that is too short.
    """
    lines = enumerate(text_of(file, MOST_BYTES, "a list of texts is short").splitlines(), 1)
    found = {number: text.strip() for number, text in lines}
    found = {number: text for number, text in found.items() if text and text[0] != "#"}
    if short := [number for number, text in found.items() if len(text) < _SHORTEST]:
        raise UsageError(f"{file}:{short[0]}: a text has {_SHORTEST} letters at least; "
                         "shorter ones stand in other words")  # fmt: skip
    if not found:
        raise UsageError(f"{file}: holds no text to look for; write one a line")
    return found


def leaks(case: OpenedCase, tokens: Mapping[int, str]) -> list[Leak]:
    """Return which of some texts come out of a build, and where.

    Case of letters and composition of signs do not count, and a text is also found as JSON, XML and
    web addresses write it. Dossiers are left out: they say of one what other files say of all.

    Args:
        case: a build that was opened.
        tokens: the texts, by their lines in a list.
    """
    spelled = {number: _spellings(text) for number, text in tokens.items()}
    places: dict[int, list[str]] = {number: [] for number in tokens}
    for place, data in _all_that_comes_out(case):
        text = _plain(data.decode("utf-8", "replace"))
        for number, forms in spelled.items():
            if any(form in text for form in forms):
                places[number].append(place)
    return [Leak(number, tuple(found)) for number, found in places.items() if found]


def _all_that_comes_out(case: OpenedCase) -> Iterator[tuple[str, bytes]]:
    for file in sorted(case.build.folder.iterdir()):
        yield file.name, file.name.encode() + b"\n" + file.read_bytes()
    for name, form in formats().items():
        if form.holds == "actor" or name == _COMPRESSED or missing(form):
            continue
        for file_name, chunks in case.export(name).files.items():
            yield f"{name} ({file_name})", b"".join(chunks)


def _spellings(text: str) -> frozenset[str]:
    forms = (text, json.dumps(text)[1:-1], html.escape(text), quote(text), text.replace(" ", "-"))
    return frozenset(map(_plain, forms))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
