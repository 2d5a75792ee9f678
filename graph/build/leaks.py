"""Whether texts that must not be there come out of a build, in any of its files and exports."""

from __future__ import annotations

import html
import json
import re
import sqlite3
import unicodedata
from contextlib import closing
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

import pyoxigraph as ox

from .. import viewer
from ..errors import UsageError
from ..export import parquet
from ..export.formats import formats, missing, wanted
from ..model.names import SHORT, SHORTEST, as_a_word, written
from ..model.terms import CASES, HUD, KIND, spaced
from ..model.terms import text as text_of_term
from ..model.textfiles import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .case import OpenedCase

MOST_BYTES = 1024 * 1024
"""Largest list of tokens that is read."""
_ONTOLOGY = (HUD, KIND, HUD.removesuffix("#"))
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
"""Such signs of a library are escaped in some pages."""
_MAP = "//# sourceMappingURL="
"""What follows it is not in the page."""
_ESCAPED = re.compile(r"\\(?:[nrt]|u([0-9a-fA-F]{4}))|((?:%[0-9A-F]{2})+)")
"""How JSON, Turtle and web addresses write signs; the ends of short texts are not seen there."""
_COMPRESSED = "parquet"
"""The format whose bytes cannot be searched; as an export it holds the rows that others hold, too.
Of a build it is read."""


class Spot(NamedTuple):
    """Where a text stands in a file.

    Attributes:
        file: of the build, or of an export.
        line: of the first time that it stands there, from 1.
        column: likewise, in signs of the normal form that is searched.
        times: how often it stands there.
    """

    file: str
    line: int
    column: int
    times: int

    def __str__(self) -> str:
        more = f", {self.times} times" * (self.times > 1)
        return f"{self.file} (line {self.line}, sign {self.column}{more})"


class Leak(NamedTuple):
    """A text that came out.

    Attributes:
        line: where it stands in the list, from 1; the text itself is not repeated.
        at: where it came out, one place for each file.
    """

    line: int
    at: tuple[Spot, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """Files of the build, and exports."""
        return tuple(place.file for place in self.at)


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
    if short := [number for number, text in found.items() if len(text) < SHORTEST]:
        raise UsageError(f"{file}:{short[0]}: a text has {SHORTEST} letters at least")
    if not found:
        raise UsageError(f"{file}: holds no text to look for; write one a line")
    return found


def leaks(case: OpenedCase, tokens: Mapping[int, str]) -> list[Leak]:
    """Return which of some texts come out of a build, and where.

    Case of letters and composition of signs do not count, and a text is also found as JSON, XML and
    web addresses write it. A text of fewer than four letters is found as a whole word alone, as
    ``graph.model.names.as_a_word`` tells. Dossiers are left out: they say of one what other files
    say of all. What the ontology says, and the code of the page, is no leak: a text does not count
    inside a sentence of theirs, and as a word of theirs only if the case says it, too.

    Args:
        case: a build that was opened.
        tokens: the texts, by their lines in a list.
    """
    own = _OwnWords(case.store)
    wanted = {
        number: (_Short if len(text) < SHORT else _Wanted)(text, own)
        for number, text in tokens.items()
    }
    brief = any(isinstance(one, _Short) for one in wanted.values())
    places: dict[int, list[Spot]] = {number: [] for number in tokens}
    for file, data in _all_that_comes_out(case):
        decoded = data.decode("utf-8", "replace")
        plain, opened = _plain(decoded), written(_opened(decoded)) if brief else ""
        for number, one in wanted.items():
            text = opened if isinstance(one, _Short) else plain
            if at := one.found_in(text):
                line = text.count("\n", 0, at[0]) + 1
                column = at[0] - text.rfind("\n", 0, at[0])
                places[number].append(Spot(file, line, column, len(at)))
    return [Leak(number, tuple(found)) for number, found in places.items() if found]


class _OwnWords:
    """What a build says whatever its case is: the texts of the ontology, and the page's code."""

    def __init__(self, store: ox.Store) -> None:
        texts: set[str] = set()
        case: set[str] = set()
        self.words: set[str] = set()
        for subject, _, value, _ in store:
            told = text_of_term(value) if isinstance(value, ox.Literal) else ""
            name = text_of_term(subject)
            if name.startswith(_ONTOLOGY) or not name.startswith(CASES):
                texts.add(told)
                term = _plain(name.rpartition("/")[2].rpartition("#")[2])
                self.words.update((term, _plain(spaced(name.rpartition("/")[2]))))
            else:
                case.update((name, told))
        self._case, self._texts = "\n".join(case), [*texts, *_code_of_the_page()]
        self.case = _plain(self._case)
        self.words.update(_plain(one) for one in texts if " " not in one)
        self.texts = [_plain(one) for one in self._texts if " " in one]

    @cached_property
    def case_as_opened(self) -> str:
        """What the case says, as short texts are looked for in it."""
        return written(self._case)

    @cached_property
    def as_opened(self) -> list[str]:
        """The texts of the project, as short texts are looked for in them."""
        return [written(_opened(one)) for one in self._texts]


def _code_of_the_page() -> Iterator[str]:
    pyvis, page = find_spec("pyvis"), Path(viewer.__file__).parent
    names = [(page, name) for name in ("*.css", "vendor/*/*.js", "web/dist/*.js")]
    if pyvis and pyvis.origin:
        names += [(Path(pyvis.origin).parent, name) for name in ("**/*.css", "**/*.js")]
    for file in (file for folder, name in names for file in sorted(folder.glob(name))):
        code = file.read_text("utf-8").partition(_MAP)[0].strip()
        yield from _NOT_ASCII.split(code)


class _Wanted:
    """A text that is looked for, in each of its spellings.

    Args:
        text: the text.
        own: what is no leak.
    """

    def __init__(self, text: str, own: _OwnWords) -> None:
        self.forms = forms = _spellings(text)
        said = any(form in own.case for form in forms)
        around = {one for one in own.texts if any(form in one and form != one for form in forms)}
        if not said:
            around |= {
                one for one in (*own.texts, *own.words) if any(form in one for form in forms)
            }
        self.around = [spelled for one in around for spelled in _spellings(one)]

    def found_in(self, text: str) -> list[int]:
        """Return where the text stands, but not as words of the project itself."""
        hidden = [range(at, at + len(one)) for one in self.around for at in _each(one, text)]
        hits = sorted({at for form in self.forms for at in _each(form, text)})
        return [at for at in hits if not any(at in one for one in hidden)]


class _Short:
    """A text that is looked for as a word.

    Args:
        text: the text.
        own: what is no leak.
    """

    def __init__(self, text: str, own: _OwnWords) -> None:
        self._word = re.compile(as_a_word(text))
        said = self._word.search(own.case_as_opened)
        texts = (one for one in own.as_opened if " " in one or not said)
        self._around = [one for one in texts if self._word.search(one)]

    def found_in(self, text: str) -> list[int]:
        """Return where the text stands as a word, but not in what the project itself says."""
        hidden = [range(at, at + len(one)) for one in self._around for at in _each(one, text)]
        hits = (found.start() for found in self._word.finditer(text))
        return [at for at in hits if not any(at in one for one in hidden)]


def _opened(text: str) -> str:
    """Return a text with the signs that formats write otherwise, on the same lines."""

    def sign(found: re.Match[str]) -> str:
        if found[2]:
            return unquote(found[2])
        code = found[1] and chr(int(found[1], 16))
        return code if code and code.isprintable() else "  "

    return html.unescape(_ESCAPED.sub(sign, text))


def _each(wanted: str, text: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _all_that_comes_out(case: OpenedCase) -> Iterator[tuple[str, bytes]]:
    for file in sorted(case.build.folder.iterdir()):
        yield f"the name of {file.name}", file.name.encode()
        data = file.read_bytes()
        yield file.name, rows_of_parquet(file.name, data) if data[:4] == b"PAR1" else data
    for name, form in formats().items():
        if form.holds == "actor" or name == _COMPRESSED or missing(form):
            continue
        for file_name, chunks in case.export(name).files.items():
            data = b"".join(chunks)
            yield f"{name} ({file_name})", _rows_of(data) if data[:6] == b"SQLite" else data


def _rows_of(data: bytes) -> bytes:
    """Return a database as text: in its file, long texts lie in pieces."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        return "\n".join(database.iterdump()).encode()


def rows_of_parquet(name: str, data: bytes) -> bytes:
    """Return a table as text: in its file it is compressed.

    Args:
        name: of the file, for messages.
        data: its bytes.

    Raises:
        UsageError: the package that can read it is not installed.
    """
    if missing(parquet.FORMAT):
        raise UsageError(f"{name}: to look into it needs {wanted(parquet.FORMAT)}")
    return parquet.text_of(data).encode()


def _spellings(text: str) -> frozenset[str]:
    quoted, marked = json.dumps(text, ensure_ascii=False)[1:-1], html.escape(text)
    inside = "".join(f"\\u{ord(one):04x}" if one in "<>&" else one for one in quoted)
    rows = (text.replace("'", "''"), text.replace('"', '""'))
    forms = (text, quoted, inside, *rows, json.dumps(text)[1:-1], quote(text),
             text.replace(" ", "-"), marked, marked.replace("&#x27;", "&#39;"),
             html.escape(text, quote=False))  # fmt: skip
    return frozenset(map(_plain, forms))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
