"""Rows of tables: where each stands in its file, its fingerprint and its values.

A row is what a sentence is of a text: it has a number, offsets in code points and a SHA-256. Row
7 is the seventh below the header and is cited as ``7.1``.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import html
import io
import json
import lzma
import re
import zipfile
import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO
from unicodedata import normalize

from ..errors import InputOutputError, UnfitFile
from ..reader.value_checks import unfit_sign

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

LONGEST = 4_000_000
"""Most signs of one field; the notes of the longest events have some thousands."""
_BROKEN = (OSError, EOFError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError)
"""What is raised of a packed file that is broken, or packed in a way that is not known."""
_MARK = "\ufeff"
"""The byte order mark, which joined files have in their middle; it is no part of a value."""
BETWEEN = "\n"
"""What stands between several values of one field of a JSON object."""
_PACKED = {".gz": b"\x1f\x8b", ".zip": b"PK"}
"""Endings of packed files, with how these begin."""
_SIGNATURES = {
    b"PK": "is a workbook or an archive; save the sheet as CSV in UTF-8, or call an archive .zip",
    b"\xd0\xcf\x11\xe0": "is a workbook; save the sheet as CSV in UTF-8",
    b"\x1f\x8b": "is packed; let its name end with .gz",
    b"PAR1": "is a Parquet file; write it as CSV",
}
"""What is no table, by how it begins."""
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATOR = re.compile(r'"?sep=.?"?', re.IGNORECASE)
"""A first line by which a spreadsheet is told what stands between values; it is no row."""
_ENDS = "\r\n\x1a"
"""What no row ends with: line ends, and what ends a file of DOS, as those of OFAC do."""
_AT_ONCE = 1 << 16
"""So many bytes of lines are read at once, and at least one line."""
_SHORT = 100
"""Most signs of a value that is kept, as it may come again."""
MOST_KEPT = 1 << 16
"""So many things that were found out are kept, as they may be asked for again."""
_MENDED = 100
"""So many rows of a file are read anew whose quotation mark takes in what follows them."""


class Row(NamedTuple):
    """A row, or several that are one.

    Attributes:
        number: as it is cited: ``7.1``; of a group ``0.7``.
        start: offset of its first code point in the text of the file.
        end: offset after its last.
        sha256: of its text; of a group, of the fingerprints of its rows, one after the other.
        values: by name of the column, as the format calls it.
        rows: of a group, the file and the values by which its rows are found.
    """

    number: str
    start: int
    end: int
    sha256: str
    values: dict[str, str]
    rows: str = ""


class Raw(NamedTuple):
    """A row as it stands in the file.

    Attributes:
        number: which it is, from 1.
        start: as of ``Row``.
        end: as of ``Row``.
        text: all of it.
        fields: its values: a list, in the order of the columns; of a JSON object by their paths.
        wrong: what is wrong with it; empty if nothing is.
    """

    number: int
    start: int
    end: int
    text: str
    fields: Any
    wrong: str = ""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the row in UTF-8, in lower-case hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


class Cells(dict[str, str]):
    """What stands in the cells of a table, and the value of each; few are cleaned twice.

    Args:
        null: texts that stand for no value.

    Attributes:
        unfit: values that hold a sign that no text may have.
    """

    def __init__(self, null: frozenset[str]) -> None:
        super().__init__()
        self.null = null
        self.unfit: set[str] = set()

    def __missing__(self, cell: str) -> str:
        """Return the value of a cell that was not met yet, or is too long to be kept."""
        value = cleaned(cell, self.null)
        if unfit_sign(value):
            self.unfit.add(value)
        if len(cell) <= _SHORT:
            if len(self) >= MOST_KEPT:
                self.clear()
            self[cell] = value
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the rows of a file are written.

    Attributes:
        form: ``csv``, or ``jsonl`` with an object a line.
        delimiter: between the values of a row.
        encodings: which are tried, one after the other.
        order: the names of the columns in their order, of a table that has no header row, or may
            have none.
        header: whether the first row has the names of the columns; ``None`` if it may.
        null: texts that stand for no value.
        quote: the quotation mark of the table; empty if it has none.
        widths: what a row without header is that has another number of values, by the number.
    """

    form: str = "csv"
    delimiter: str = ","
    encodings: tuple[str, ...] = ("utf-8-sig",)
    order: tuple[str, ...] = ()
    header: bool | None = True
    null: frozenset[str] = frozenset()
    quote: str = '"'
    widths: Mapping[str, str] = field(default_factory=dict)


def layout_of(good: Mapping[str, Any]) -> Layout:
    """Return how the rows of a file are written.

    Args:
        good: as a format says it, by the names of what a layout has.
    """
    order = tuple(map(str, good.get("order", [])))
    return Layout(
        form=good.get("form", "csv"),
        delimiter=good.get("delimiter", ","),
        encodings=tuple(map(str, good.get("encodings", ["utf-8-sig"]))),
        order=order,
        header=good.get("header", None if order else True),
        null=frozenset(map(str, good.get("null", []))),
        quote=good.get("quote", '"'),
        widths={str(key): str(one) for key, one in good.get("widths", {}).items()},
    )


class Text(NamedTuple):
    """The text of a file: the encoding that it is read in, its fingerprint, its code points."""

    encoding: str
    sha256: str
    characters: int


def text_of(path: Path, encodings: tuple[str, ...]) -> Text:
    """Return what the text of a table is, in the first encoding that fits.

    Args:
        path: the file.
        encodings: which are tried, one after the other.

    Raises:
        UnfitFile: no encoding fits.
        InputOutputError: the file cannot be read.
    """
    if wrong := _other_file(path, encodings):
        raise UnfitFile(path, wrong)
    for encoding in encodings:
        digest, length, line = hashlib.sha256(), 0, 0
        try:
            with _opened(path, encoding) as file:
                while text := file.read(1 << 20):
                    digest.update(text.encode("utf-8", "surrogatepass"))
                    length += len(text)
                    end = max(text.rfind("\n"), text.rfind("\r"))
                    line = len(text) - end - 1 if end >= 0 else line + len(text)
                    if line > 2 * LONGEST:
                        raise UnfitFile(path, f"has a line of more than {2 * LONGEST} signs")
        except UnicodeDecodeError:
            continue
        except _BROKEN as error:
            raise _failed(path, error) from error
        return Text(encoding, digest.hexdigest(), length)
    tried = " or ".join(one.removesuffix("-sig").upper() for one in encodings)
    raise UnfitFile(path, f"is not {tried}; save it so, or name its encoding in a mapping")


def _other_file(path: Path, encodings: tuple[str, ...]) -> str:
    """Return what a file is that is no table, by its first bytes; empty if it may be one."""
    if not path.is_file():
        return "is no plain file, and a table is read more than once; save it in one"
    ending = path.suffix.lower()
    try:
        with path.open("rb") as file:
            first = file.read(8)
    except OSError as error:
        raise _failed(path, error) from error
    if ending not in _PACKED and first.startswith(_UTF_16) and "utf-16" not in encodings:
        return 'is UTF-16; save it as UTF-8, or write encodings = ["utf-16"] in a mapping'
    found = next((told for sign, told in _SIGNATURES.items() if first.startswith(sign)), "")
    if ending in _PACKED:
        right = _PACKED[ending]
        return (
            "" if first.startswith(right) or not first else f"is no {ending} file, as its name says"
        )
    return found


def raw_rows(path: Path, layout: Layout, encoding: str) -> Iterator[Raw]:
    """Yield the rows of a file as they stand, the header row first as number 0 if there is one.

    Args:
        path: a plain file, or one that is packed (.gz, .zip with one file).
        layout: how it is written.
        encoding: the one that it can be read in.

    Raises:
        InputOutputError: it cannot be read.
    """
    try:
        with _opened(path, encoding) as file:
            yield from _objects(file) if layout.form == "jsonl" else _records(file, layout)
    except _BROKEN as error:
        raise _failed(path, error) from error


def _records(file: TextIO, layout: Layout) -> Iterator[Raw]:
    lines: list[str] = []
    waiting: deque[str] = deque()

    def kept() -> Iterator[str]:
        while True:
            if not waiting:
                waiting.extend(file.readlines(_AT_ONCE))
            if not waiting:
                return
            lines.append(waiting.popleft())
            yield lines[-1]

    csv.field_size_limit(LONGEST)
    dialect: Any = {
        "delimiter": layout.delimiter,
        "quotechar": layout.quote or None,
        "quoting": csv.QUOTE_MINIMAL if layout.quote else csv.QUOTE_NONE,
    }
    reader = csv.reader(kept(), **dialect)
    start, number, width, mended = 0, 0, 0, 0
    while True:
        wrong, fields = "", []
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            wrong = f"is no row: {error}"
        width = width or len(fields)
        if len(lines) > 1 and mended < _MENDED and (wrong or _open(lines, fields, width, dialect)):
            mended += 1
            wrong = f"has a quotation mark without its other; it would take in {len(lines)} lines"
            waiting.extendleft(reversed(lines[1:]))
            del lines[1:]
            reader = csv.reader(kept(), **dialect)  # the other may have come to the end
        whole = "".join(lines)
        lines.clear()
        text = whole.rstrip(_ENDS)
        if text and not (start == 0 and _SEPARATOR.fullmatch(text)):
            if "\n" in text or "\t" in text:
                fields = [" ".join(one.split()) if _parted(one) else one for one in fields]
            yield Raw(number, start, start + len(text), text, fields, wrong)
            number += 1
        start += len(whole)


def _open(
    lines: Sequence[str], fields: Sequence[str], width: int, dialect: Mapping[str, Any]
) -> bool:
    """Return whether a row of several lines has a quotation mark without its other.

    If it is in the last column the width is right; the mark that ends it is then in the wrong
    place, or there is none.
    """
    if len(fields) != width or not {"\n", "\r"} & set(fields[-1]):
        return len(fields) != width
    try:
        next(csv.reader(lines, strict=True, **dialect))
    except csv.Error:
        return True
    return False


def _parted(cell: str) -> bool:
    return "\n" in cell or "\t" in cell


def _objects(file: TextIO) -> Iterator[Raw]:
    start = 0
    for number, line in enumerate(file, 1):
        text = line.rstrip("\r\n")
        if text.strip():
            try:
                found = json.loads(text)
                wrong = "" if isinstance(found, dict) else "is no JSON object"
            except (ValueError, RecursionError) as error:
                found, wrong = {}, f"is no JSON object: {error}"
            fields = {} if wrong else dict(_flat(found, ""))
            yield Raw(number, start, start + len(text), text, fields, wrong)
        start += len(line)


def _flat(found: dict[str, Any], above: str) -> Iterator[tuple[str, str]]:
    """Yield the paths and values of an object; several values of one field stand one a line."""
    for key, value in found.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        elif isinstance(value, list):
            yield above + key, BETWEEN.join(str(one).replace(BETWEEN, " ") for one in value)
        elif value is not None:
            yield above + key, str(value).replace(BETWEEN, " ")


def cleaned(value: str, null: frozenset[str]) -> str:
    """Return a value in Unicode form NFC, with plain single blanks and with signs for entities.

    Args:
        value: as it stands in the table.
        null: texts that stand for no value.

    Returns:
        The value; empty for none.
    """
    plain = value.isascii()
    value = " ".join((value if plain else value.replace(_MARK, "")).split())
    if value in null:
        return ""
    if "&" in value:
        value = " ".join(html.unescape(value).split())
        plain = value.isascii()
    return value if plain else normalize("NFC", value)


def _opened(path: Path, encoding: str) -> TextIO:
    ending = path.suffix.lower()
    if ending == ".gz":
        return io.TextIOWrapper(gzip.open(path), encoding, newline="")
    if ending == ".zip":
        archive = zipfile.ZipFile(path)
        files = [one for one in archive.infolist() if not one.is_dir()]
        files = [one for one in files if not one.filename.startswith("__MACOSX/")]
        if len(files) != 1:
            raise UnfitFile(path, f"holds {len(files)} files; unpack it, and name one")
        if files[0].flag_bits & 1:
            raise UnfitFile(path, "can be opened with a password alone; unpack it")
        return io.TextIOWrapper(archive.open(files[0]), encoding, newline="")
    return path.open(encoding=encoding, newline="")


def _failed(path: Path, error: Exception) -> InputOutputError:
    told = getattr(error, "strerror", None) or error
    packed = "; is it whole?" if path.suffix.lower() in (".gz", ".zip") else ""
    return InputOutputError(f"{path.as_posix()}: {told}{packed}")
