"""Telling which row has a number or a day that cannot be read, instead of failing with all rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .duck import FILE, ROW, quoted
from .questions import SELECT, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .duck import Duck
    from .questions import EventTable
    from .sources import EventFiles

_CAST = re.compile(r"\bCAST\(")
_REMARK = re.compile(r"^\s*--.*$", re.MULTILINE)
_TEXTS = ("STRING", "VARCHAR")


def _mild(sql: str) -> str:
    """Return SQL in which what cannot be read is nothing."""
    return _CAST.sub("TRY_CAST(", sql)


def _unreadable(sql: str) -> str:
    """Return an expression that tells what of a row the casts in a SQL cannot read, or is NULL.

    Args:
        sql: selects from columns; the expression is of the same columns.
    """
    tests = [
        f"WHEN nullif(CAST({_mild(one)} AS VARCHAR), '') IS NOT NULL "
        f"AND TRY_CAST({_mild(one)} AS {kind}) IS NULL THEN '{_told(one)}'"
        for one, kind in dict.fromkeys(_casts(sql))
        if kind not in _TEXTS
    ]
    return f"CASE {' '.join(tests)} END" if tests else "CAST(NULL AS VARCHAR)"


def placed(sql: str, more: str = "") -> str:
    """Return SQL of a table with the file and row of each row, and what of it cannot be read.

    Args:
        sql: of the table, which then has ``file``, ``row`` and ``unreadable`` besides.
        more: further columns, each with a comma behind it.
    """
    columns = f'{FILE} AS file, {ROW} + 1 AS "row", {_unreadable(sql)} AS unreadable, {more}'
    return SELECT.sub(lambda _: f"SELECT {columns}", _mild(sql), count=1)


def first_unreadable(db: Duck, files: EventFiles, table: EventTable) -> list[str]:
    """Return the first rows with a number or a day that cannot be read, as ``a.csv, row 2 (why)``.

    Args:
        db: asks; its view ``files`` is made anew.
        files: each named by itself.
        table: what kind they are of.
    """
    with db.room() as beside:
        db.place(files, db.columns(), beside)
        sql = placed(table.sql).replace("{known}", "true")
        found = list(db.rows(text_of("unreadable").format(table=sql)))
    return [f"{file}, row {row} ({why})" for file, row, why in found]


def _casts(sql: str) -> Iterator[tuple[str, str]]:
    """Yield what is cast, and to which type."""
    plain = _REMARK.sub("", sql)
    for found in _CAST.finditer(plain):
        depth, end = 1, found.end()
        while depth and end < len(plain):
            depth += {"(": 1, ")": -1}.get(plain[end], 0)
            end += 1
        what, _, kind = plain[found.end() : end - 1].rpartition(" AS ")
        yield what.strip(), kind.strip()


def _told(what: str) -> str:
    return quoted(" ".join(what.split()))
