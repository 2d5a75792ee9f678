"""Tables of others, as CSV or TSV: rows by the names of their columns, read within limits."""

from __future__ import annotations

import csv
import gzip
import html
import io
import zlib
from typing import TYPE_CHECKING, NamedTuple

from ...errors import InputOutputError, UnfitFile, UsageError, suggestion
from ...model.textfiles import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MOST_BYTES = 256 * 1024 * 1024
MOST_ROWS = 1_000_000
_TAB, _COMMA = "\t", ","
_TIMES = 3
"""So often signs may be written as entities of HTML, one in another: ``&amp;#8217;``."""


class OuterTable(NamedTuple):
    """A table.

    Attributes:
        head: lines before the names of the columns that begin with ``#``, without this sign.
        columns: the names of the columns.
        rows: each by these names; what is missing is empty.
    """

    head: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]

    def refuse_without(self, names: Iterable[str], path: Path) -> None:
        """Raise ``UsageError`` if a column is missing.

        Args:
            names: those that are wanted.
            path: the file, for the message.
        """
        for name in names:
            if name not in self.columns:
                near = suggestion(name, self.columns) or f"; it has {', '.join(self.columns)}"
                raise UsageError(f'{path}: there is no column "{name}"{near}')


def table_of(path: Path, *, entities: bool = True) -> OuterTable:
    """Return the table of a file, with tabs or commas between its columns.

    Args:
        path: the file; its name ends with ``.gz`` if it is packed.
        entities: whether entities of HTML are the signs that they stand for.

    Raises:
        UnfitFile: it is too large, no plain file, or not UTF-8.
        UsageError: it has no columns or too many rows, or a row has too many values.
        InputOutputError: it cannot be read.
    """
    lines = _text_of(path).removeprefix("\ufeff").splitlines(keepends=True)
    start = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    head = tuple(line[1:].rstrip("\r\n") for line in lines[:start])
    between = _TAB if _TAB in "".join(lines[start : start + 1]) else _COMMA
    text = io.StringIO("".join(lines[start:]), newline="")
    reader = csv.reader(text, delimiter=between, strict=True)
    read = plain if entities else str.strip
    try:
        columns = tuple(one.strip() for one in next(reader, ()))
        if not any(columns):
            raise UsageError(f"{path}: its first line names no columns")
        rows: list[Mapping[str, str]] = []
        for values in reader:
            if len(values) > len(columns):
                where = f"{path}:{start + reader.line_num}"
                raise UsageError(f"{where}: has {len(values)} values for {len(columns)} columns; "
                                 "put quotes round values with commas")  # fmt: skip
            if len(rows) == MOST_ROWS:
                raise UsageError(f"{path}: has more than {MOST_ROWS} rows; split it")
            if any(values):
                rows.append(dict.fromkeys(columns, "")
                            | dict(zip(columns, map(read, values), strict=False)))  # fmt: skip
    except csv.Error as error:
        raise UsageError(f"{path}:{start + reader.line_num}: {error}") from None
    return OuterTable(head, columns, tuple(rows))


def _text_of(path: Path) -> str:
    if path.suffix.lower() != ".gz" or not path.is_file():
        return text_of(path, MOST_BYTES)
    try:
        with gzip.open(path) as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputOutputError(f"{path}: {error}; is it whole?") from error
    if len(data) > MOST_BYTES:
        raise UnfitFile(path, f"has more than {MOST_BYTES} bytes unpacked")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnfitFile(path, "is not UTF-8; save the file in the encoding UTF-8") from error


def plain(value: str) -> str:
    """Return a value without entities of HTML and blanks at its ends.

    Args:
        value: as it stands in a table.
    """
    for _ in range(_TIMES):
        if "&" not in value or (told := html.unescape(value)) == value:
            break
        value = told
    return value.strip()
