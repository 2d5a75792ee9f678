"""Answers as people read them: labels in place of IRIs, columns that fit the terminal."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sys
import textwrap
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..errors.shown import shown
from ..export.csv_tables import safe
from ..model.terms import iri_of, spaced, text
from .printing import Styled, boxed, say, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ..read.labels import Labels
    from ..read.select import Table

_LINE_END = re.compile(r"\r?\n")
_WIDEST = 60
_FEW = 2
"""A table of the header and one row has nothing to share."""


def readable(table: Table, labels: Labels, hidden: Iterable[str] = ()) -> list[list[str]]:
    """Return a table as text, the header first, without the hidden columns.

    Args:
        table: the answer.
        labels: looks up labels.
        hidden: names of columns to leave out.
    """
    out = frozenset(hidden)
    shown = [i for i, name in enumerate(table.columns) if name not in out]
    rows = [[spaced(table.columns[i]) for i in shown]]
    rows += [[_in_words(row[i], table.columns[i], labels) for i in shown] for row in table.rows]
    return rows


def _in_words(cell: object, column: str, labels: Labels) -> str:
    """Return how a cell stands in a table: a statement or claim in words, but in its own column."""
    iri = iri_of(cell)
    if not iri:
        return text(cell)
    own = re.fullmatch(r"(statement|claim)[0-9]*", column)
    return labels.shown(iri) if own else labels.told(iri)


def shown_path(path: Path) -> str:
    """Return a path as it can be typed from here."""
    try:
        return path.relative_to(path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def for_people(table: Table, labels: Labels | None = None) -> list[list[object]]:
    """Return an answer as rows for a spreadsheet, the header first; numbers are numbers.

    Args:
        table: the answer.
        labels: if given, a column with labels stands after each column that holds IRIs.
    """
    columns: list[list[object]] = []
    for name in table.columns:
        cells = table.column(name)
        columns.append([name, *map(_plain, cells)])
        if labels is not None and any(map(iri_of, cells)):
            told = (labels.shown(iri_of(cell)) if iri_of(cell) else text(cell) for cell in cells)
            columns.append([f"{name}Label", *told])
    return [list(row) for row in zip(*columns, strict=True)]


def _plain(term: object) -> object:
    """Return the text of a term, or a number, which is no formula although it may have a sign."""
    told = text(term)
    return Decimal(told) if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", told) else told


def echo_rows(rows: Sequence[Sequence[Any]], form: str | None = None) -> None:
    """Print rows, the header first: as CSV or TSV for people, or else as ``echo_table`` does.

    Args:
        rows: the table.
        form: ``csv``, ``tsv`` or anything else.
    """
    if form in ("csv", "tsv"):
        write(as_csv(rows, "\t" if form == "tsv" else ","))
    else:
        echo_table(rows)


def as_csv(rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """Return a table as CSV, header first, with LF at the ends of lines.

    No text in it is a formula to a spreadsheet: see ``graph.export.csv_tables.safe``.

    Args:
        rows: the table; numbers stay as they are.
        delimiter: what stands between two cells.
    """
    out = io.StringIO()
    guarded = ([safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(guarded)
    return out.getvalue()


def echo_wrapped(line: str) -> None:
    """Print a line beside the answer, on standard error, no wider than a terminal."""
    if not sys.stderr.isatty():
        say(line, err=True)
        return
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    width = max(40, shutil.get_terminal_size().columns)
    for part in textwrap.wrap(line, width, subsequent_indent=indent):
        say(part, err=True)


def echo_table(rows: Sequence[Sequence[str]]) -> None:
    """Print a table, header first: boxed to the width of a terminal, plain text when piped."""
    if len(rows) == 1:
        say("no answer: nothing in the graph fits", err=True)
        return
    rows = [[shown(_LINE_END.sub(" ", cell)) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _echo_on_terminal(rows)
    else:
        for line in _aligned(rows):
            say(line)


def _echo_on_terminal(rows: Sequence[Sequence[str]]) -> None:
    """Print what all rows share once, and the rest as a table, or as records if it is too wide."""
    width = shutil.get_terminal_size().columns
    shared, rest = _split_shared(rows)
    for name, value in shared:
        say(Styled(f"{name}: ", dim=True), value)
    if _narrowest(rest) > width:
        _echo_records(rest, width)
    else:
        boxed(rest)


def _split_shared(
    rows: Sequence[Sequence[str]],
) -> tuple[list[tuple[str, str]], list[list[str]]]:
    """Return the columns that have one value in all rows, and the table without them."""
    if len(rows) <= _FEW:
        return [], [list(row) for row in rows]
    columns = list(zip(*rows, strict=True))
    shared = [(c[0], c[1]) for c in columns if len(set(c[1:])) == 1]
    names = {name for name, _value in shared}
    rest = [column for column in columns if column[0] not in names] or columns
    return [pair for pair in shared if pair[1]], [list(row) for row in zip(*rest, strict=True)]


def _narrowest(rows: Sequence[Sequence[str]]) -> int:
    """Return the width below which a table would break words."""
    columns = zip(*rows, strict=True)
    return sum(max(len(word) for cell in column for word in (cell.split() or [""])) + 3
               for column in columns)  # fmt: skip


def _echo_records(rows: Sequence[Sequence[str]], width: int) -> None:
    """Print each row as a block of lines, one for each column that has a value."""
    names, *records = rows
    indent = max(map(len, names)) + 3
    for record in records:
        for name, cell in zip(names, record, strict=True):
            if cell:
                lines = textwrap.wrap(cell, max(20, width - indent)) or [""]
                say(Styled(f" {name}".ljust(indent), dim=True), lines[0])
                for line in lines[1:]:
                    say(" " * indent + line)
        say()


def _aligned(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [min(_WIDEST, max(len(row[i]) for row in rows)) for i in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = (cell.ljust(w) for cell, w in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
        if number == 0:
            yield "  ".join("-" * w for w in widths)
