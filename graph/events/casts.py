"""Telling which row has a number or a day that cannot be read, instead of failing with all rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .duck import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAST = re.compile(r"\bCAST\(")
_REMARK = re.compile(r"^\s*--.*$", re.MULTILINE)
_TEXTS = ("STRING", "VARCHAR")


def mild(sql: str) -> str:
    """Return SQL in which what cannot be read is nothing."""
    return _CAST.sub("TRY_CAST(", sql)


def unreadable(sql: str) -> str:
    """Return an expression that tells what of a row the casts in a SQL cannot read, or is NULL.

    Args:
        sql: selects from columns; the expression is of the same columns.
    """
    tests = [
        f"WHEN nullif(CAST({mild(one)} AS VARCHAR), '') IS NOT NULL "
        f"AND TRY_CAST({mild(one)} AS {kind}) IS NULL THEN '{_told(one)}'"
        for one, kind in dict.fromkeys(_casts(sql))
        if kind not in _TEXTS
    ]
    return f"CASE {' '.join(tests)} END" if tests else "CAST(NULL AS VARCHAR)"


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
