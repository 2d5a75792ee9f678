"""Answers as people read them: labels in place of IRIs, columns that fit the terminal."""

from __future__ import annotations

import csv
import io
import re
import shlex
from decimal import Decimal
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model import UNKNOWN
from ..model.terms import HUD, XSD, iri_of, spaced, text
from ..read.date_words import date_in_words
from .printing import say, say_folded, say_table, write

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from ..read.labels import Labels
    from ..read.select import Table

_OPEN = HUD + UNKNOWN
"""What stands for an object that a statement leaves open."""
_OWN = re.compile("(statement|claim)[0-9]*")
"""Columns in which statements and claims stand by themselves."""


def readable(
    table: Table,
    labels: Labels,
    hidden: Iterable[str] = (),
    joined: Collection[str] = (),
    said: str = "",
) -> list[list[str]]:
    """Return a table as text, the header first, without the hidden columns.

    Args:
        table: the answer.
        labels: looks up labels.
        hidden: names of columns to leave out.
        joined: names of columns of which rows that are otherwise alike have all in one cell, and
            with them the passages of all of these rows.
        said: if given, the name of a further column, the first, in which the statement of each row
            is told in words; the table has the column ``statement``.
    """
    from ..query.results import SOURCES  # which takes its time

    out = frozenset(hidden)
    shown = [i for i, name in enumerate(table.columns) if name not in out]
    rows = [[spaced(table.columns[i]) for i in shown]]
    words = [labels.shown if _OWN.fullmatch(table.columns[i]) else labels.told for i in shown]
    told = [
        [_in_words(row[i], look, options) for i, look in zip(shown, words, strict=True)]
        for row, options in zip(table.rows, _options(table, labels), strict=True)
    ]
    apart = [table.columns[i] not in {*joined, SOURCES} for i in shown]
    if said:
        told = [
            [labels.sentence(iri_of(cell)), *row]
            for cell, row in zip(table.column("statement"), told, strict=True)
        ]
        rows, apart = [[said, *rows[0]]], [False, *apart]
    return rows + (_joined(told, apart) if joined else told)


def _joined(rows: Iterable[Sequence[str]], apart: Sequence[bool]) -> list[list[str]]:
    """Return rows of which those that are alike in some columns are one, in the place of the first.

    Args:
        rows: the rows.
        apart: of each column whether it tells rows apart; the cells of the others are joined.
    """
    alike: dict[tuple[str, ...], list[Sequence[str]]] = {}
    for row in rows:
        alike.setdefault(tuple(compress(row, apart)), []).append(row)
    return [
        ["; ".join(dict.fromkeys(filter(None, cells))) for cells in zip(*found, strict=True)]
        for found in alike.values()
    ]


def _options(table: Table, labels: Labels) -> list[str]:
    """Return of each row what may stand for the object that its statement leaves open.

    Only statements of rows in which something is left open are read.
    """
    if "statement" not in table.columns:
        return [""] * len(table.rows)
    return [
        labels.alternatives_of(iri_of(cell)) if _OPEN in map(iri_of, row) else ""
        for cell, row in zip(table.column("statement"), table.rows, strict=True)
    ]


def _in_words(cell: object, words: Callable[[str], str], options: str) -> str:
    """Return how a cell stands in a table: what it says in words.

    A date is told in words, a statement or claim by what it says, but in its own column; what is
    not known by the options that there are.

    Args:
        cell: what stands there.
        words: gives those of an IRI.
        options: what may stand for an object that is left open.
    """
    iri = iri_of(cell)
    if options and iri == _OPEN:
        return options
    if not iri:
        return date_in_words(text(cell)) if _is_date(cell) else text(cell)
    return words(iri)


def _is_date(cell: object) -> bool:
    """Return whether a cell may be a date: a day, or EDTF, which is a text like any other."""
    kind = getattr(cell, "datatype", None)
    return kind is not None and kind.value in (XSD + "date", XSD + "string")


def shown_path(path: Path) -> str:
    """Return a path as it can be typed from here, in quotes where a shell needs them."""
    for folder, before in ((Path.cwd(), ""), (Path.home(), "~/")):
        if path.is_relative_to(folder):
            below = path.relative_to(folder).as_posix()
            if shlex.quote(below) == below:
                return before + below
    return shlex.quote(path.as_posix())


def for_people(table: Table, labels: Labels | None = None) -> list[list[object]]:
    """Return an answer as rows for a spreadsheet, the header first; numbers are numbers.

    Args:
        table: the answer.
        labels: if given, a column with labels stands after each column that holds IRIs, and one
            with words after each that holds dates that words tell otherwise.
    """
    columns: list[list[object]] = []
    for name in table.columns:
        cells = table.column(name)
        columns.append([name, *map(_plain, cells)])
        if labels is not None and any(map(iri_of, cells)):
            told = [labels.shown(iri_of(cell)) if iri_of(cell) else text(cell) for cell in cells]
            open_ = zip(cells, _options(table, labels), told, strict=True)
            told = [one if one and iri_of(cell) == HUD + UNKNOWN else shown
                    for cell, one, shown in open_]  # fmt: skip
            columns.append([f"{name}Label", *told])
        elif labels is not None and any(map(_is_coded, cells)):
            columns.append([f"{name}Label", *(date_in_words(text(cell)) for cell in cells)])
    return [list(row) for row in zip(*columns, strict=True)]


def _is_coded(cell: object) -> bool:
    return _is_date(cell) and date_in_words(text(cell)) != text(cell)


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


def with_kind(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row for programs with ``kind``, for one release a second name of both.

    Args:
        row: with the key ``predicate``, if it is a tie, or ``class``.
    """
    return {**row, "kind": row.get("predicate") or row["class"]}


def as_csv(rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """Return a table as CSV, header first, with LF at the ends of lines.

    No text in it is a formula to a spreadsheet: see ``graph.export.csv_tables.safe``.

    Args:
        rows: the table; numbers stay as they are.
        delimiter: what stands between two cells.
    """
    from ..export.csv_tables import safe

    out = io.StringIO()
    guarded = ([safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(guarded)
    return out.getvalue()


def echo_wrapped(line: str) -> None:
    """Print a line beside the answer, on standard error, no wider than a terminal."""
    say_folded(line, err=True)


def echo_table(rows: Sequence[Sequence[str]]) -> None:
    """Print a table, header first, as ``say_table`` does; say so if it has no row."""
    if len(rows) == 1:
        say("no answer: nothing in the graph fits", err=True)
        return
    say_table(rows)
