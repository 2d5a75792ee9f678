"""Many rows as few: they stay in a Parquet file, and what they have in common becomes one row."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import parse_qsl, urlencode

from ..errors import InputOutputError, UsageError
from ..errors.packages import to_install
from .tables import MOST_KEPT, Row
from .templates import together
from .things import Refused
from .values import TornRow, computed, last_day, narrowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import ModuleType

    from .drafting import ImportDraft
    from .form import RowGroup, TableForm

_LOAD = Path(__file__).parent / "load.sql"
_SQL = Path(__file__).parent / "group.sql"
_PLACE = ("row", "start", "end", "sha256")
"""Columns of the Parquet file that say where a row stands."""
_BY = "by_"
"""Before the names of the values by which rows are grouped."""
_BETWEEN, _QUOTE, _NONE = "\x1f", "\x1e", "\x1d"
"""What is between the values of a row, around each if one has several lines, and in place of one
that is none; no row that holds such a sign is taken."""
_MEMORY, _OF_A_ROW = 400_000_000, 200
"""So many bytes of memory DuckDB may take, and for each row; a group's rows have to fit."""


class Grouped(NamedTuple):
    """Groups of rows.

    Attributes:
        rows: one for each group.
        number: how many rows they stand for.
        parquet: the file with all rows.
    """

    rows: list[Row]
    number: int
    parquet: Path


def grouped(
    table: TableForm,
    rows: Iterable[Row],
    refused: list[tuple[str, str]],
    file: str,
    scratch: Path,
    draft: ImportDraft,
) -> Grouped:
    """Return the groups of rows, and write all rows into a Parquet file.

    Args:
        table: what the columns mean, and what rows of one group have in common.
        rows: with their values.
        refused: takes the numbers of rows that cannot be used, each with the reason.
        file: what the Parquet file will be called in the case.
        scratch: a folder for it.
        draft: takes what can be read of rows that are refused, and the last day of all.

    Raises:
        UsageError: DuckDB is not installed.
        InputOutputError: the file cannot be written.
    """
    db, parquet, group = _duckdb(), scratch / file, cast("RowGroup", table.group)
    keys = _Keys(table, group, draft)
    with tempfile.NamedTemporaryFile("w", dir=scratch, encoding="utf-8", newline="") as beside:
        beside.writelines(map(_line, keys.with_rows(rows, refused)))
        beside.flush()
        try:
            with db.connect(config=_bounds(scratch, keys.rows)) as connection:
                _load(connection, beside.name, table, group)
                connection.execute(f"COPY rows TO '{_quoted(parquet)}' (FORMAT parquet)")
                found = connection.execute(_select(table, group)).fetchall()
        except db.Error as error:
            raise InputOutputError(f"{parquet.name}: {error}") from error
    return Grouped(
        [_row(n, one, table, group, file) for n, one in enumerate(found, 1)],
        keys.rows,
        parquet,
    )


class _Keys:
    """By what rows are grouped.

    Attributes:
        rows: how many were taken.
    """

    def __init__(self, table: TableForm, group: RowGroup, draft: ImportDraft) -> None:
        self.table, self.group, self.draft = table, group, draft
        self.own = narrowed(table, (name for one in group.by.values() for name in one.names))
        self.rows = 0

    def with_rows(
        self, rows: Iterable[Row], refused: list[tuple[str, str]]
    ) -> Iterator[tuple[str, ...]]:
        """Yield the values of each row for the Parquet file; one that is refused is noted."""
        by_of = together(self.group.by.values())
        for number, start, end, digest, own, _ in rows:
            try:
                values = computed(self.own, own)
                last = last_day(self.table, values, self.draft.until)
            except Refused as error:
                refused.append((number, str(error)))
                self.draft.torn.append(TornRow(number, self.table, [own]))
                continue
            self.rows += 1
            self.draft.last_day = max(self.draft.last_day, last)
            place = (number.partition(".")[0], str(start), str(end), digest)
            yield (*place, *by_of(values), *own.values())


def rows_of(folder: Path, told: str, most: int) -> tuple[Sequence[str], list[Sequence[str]]]:
    """Return the rows for which a passage stands.

    Args:
        folder: where the Parquet file is.
        told: the file and the values by which the rows are found, as a passage has them.
        most: how many are returned at most.

    Returns:
        The names of the columns, and the rows in their order.

    Raises:
        UsageError: DuckDB is not installed, or what is told is no such text.
        InputOutputError: the file cannot be read, or has no such columns.
    """
    file, _, asked = told.partition("?")
    values = dict(parse_qsl(asked, keep_blank_values=True))
    if not values or "/" in file or "\\" in file:
        raise UsageError(f'"{told}" does not say which rows are meant: FILE?NAME=VALUE&…')
    path = folder / file
    if not path.is_file():
        raise InputOutputError(f"{path.as_posix()}: the rows are not there")
    db = _duckdb()
    test = " AND ".join(f'"{_BY}{_name(one)}" = ?' for one in values)
    query = f"SELECT * FROM read_parquet(?) WHERE {test} ORDER BY row LIMIT {int(most)}"  # noqa: S608
    with db.connect() as connection:
        try:
            found = connection.execute(query, [str(path), *values.values()])
            columns = [one[0] for one in found.description or ()]
            rows = [[str(value) for value in one] for one in found.fetchall()]
        except db.Error as error:
            raise InputOutputError(f"{path.as_posix()}: {error}") from error
    kept = [n for n, one in enumerate(columns) if not one.startswith(_BY) and one not in _PLACE[1:]]
    return [columns[n] for n in kept], [[one[n] for n in kept] for one in rows]


def _line(values: Sequence[str]) -> str:
    """Return values as a line for ``load.sql``; the signs that part them are in no value."""
    line = _BETWEEN.join(values)
    if "\n" in line:
        line = _BETWEEN.join(f"{_QUOTE}{one}{_QUOTE}" for one in values)
    return line + "\n"


def _bounds(scratch: Path, rows: int) -> dict[str, Any]:
    """Return what DuckDB may take for so many rows; what does not fit is put on the disk.

    One processor is enough, as the rows are read one after the other.
    """
    most = f"{_MEMORY + rows * _OF_A_ROW}B"
    return {"threads": 1, "memory_limit": most, "temp_directory": scratch.as_posix()}


def _load(
    connection: Any,  # noqa: ANN401 - of DuckDB
    path: str,
    table: TableForm,
    group: RowGroup,
) -> None:
    types = dict(zip(_PLACE, ("BIGINT", "BIGINT", "BIGINT", "VARCHAR"), strict=True))
    types |= dict.fromkeys((*(_BY + one for one in group.by), *table.columns), "VARCHAR")
    columns = ", ".join(f"'{_name(one)}': '{kind}'" for one, kind in types.items())
    query = _LOAD.read_text("utf-8").format(
        path=_quoted(Path(path)), columns=columns, between=_BETWEEN, quote=_QUOTE, none=_NONE
    )
    connection.execute(query)


def _select(table: TableForm, group: RowGroup) -> str:
    values = []
    for name in table.columns:
        quoted = f'"{_name(name)}"'
        if name in group.sums:
            made = f"sum(TRY_CAST(nullif({quoted}, '') AS DOUBLE))"
        elif name in group.least:
            made = f"min({quoted})"
        else:
            made = f'arg_min({quoted}, "row")'
        values.append(f"{made} AS {quoted}")
    by = ", ".join(f'"{_BY}{_name(one)}"' for one in group.by)
    return _SQL.read_text("utf-8").format(by=by, values=",\n       ".join(values))


def _row(number: int, found: Sequence[object], table: TableForm, group: RowGroup, file: str) -> Row:
    by = {name: str(value or "") for name, value in zip(group.by, found, strict=False)}
    rest = found[len(by) :]
    values = {name: _told(value) for name, value in zip(table.columns, rest, strict=False)}
    count, start, end, digest, _first = rest[len(values) :]
    known = {**values, **by, "rows": str(count)}
    fixed = {name: one.filled(known) for name, one in group.fixed.items()}
    told = f"{file}?{'&'.join(map(_asked, by, by.values()))}"
    return Row(f"0.{number}", int(start), int(end), str(digest), {**known, **fixed}, told)  # type: ignore[call-overload]


@lru_cache(maxsize=MOST_KEPT)
def _asked(name: str, value: str) -> str:
    return urlencode({name: value})


def _told(value: object) -> str:
    """Return a value as a text; sums that are whole numbers as such."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _name(name: str) -> str:
    """Return a name that may stand in SQL; those of formats are plain words."""
    return "".join(one for one in name if one.isalnum() or one == "_")


def _quoted(path: Path) -> str:
    return path.as_posix().replace("'", "''")


def _duckdb() -> ModuleType:
    try:
        import duckdb
    except ImportError as error:
        raise UsageError(
            "more rows than become events are put together by DuckDB; raise --events-up-to, or "
            f"{to_install('tables')}"
        ) from error
    return duckdb
