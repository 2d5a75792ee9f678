"""Many rows as few: they stay in a Parquet file, and what they have in common becomes one row."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import parse_qsl, urlencode

from ..errors import InputOutputError, UsageError
from .drafting import computed, last_days
from .tables import Row
from .things import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import ModuleType

    from .form import RowGroup, TableForm
    from .tables import Raw

_LOAD = Path(__file__).parent / "load.sql"
_SQL = Path(__file__).parent / "group.sql"
_PLACE = ("row", "start", "end", "sha256")
"""Columns of the Parquet file that say where a row stands."""
_BY = "by_"
"""Before the names of the values by which rows are grouped."""


class Grouped(NamedTuple):
    """Groups of rows.

    Attributes:
        rows: one for each group.
        number: how many rows they stand for.
        parquet: the file with all rows.
        last_day: the last day of which a row tells.
    """

    rows: list[Row]
    number: int
    parquet: Path
    last_day: str


def grouped(
    table: TableForm,
    rows: Iterable[tuple[Raw, Row]],
    refused: list[tuple[str, str]],
    file: str,
    scratch: Path,
    torn: list[tuple[TableForm, Mapping[str, str]]],
) -> Grouped:
    """Return the groups of rows, and write all rows into a Parquet file.

    Args:
        table: what the columns mean, and what rows of one group have in common.
        rows: as they stand, and with their values.
        refused: takes the numbers of rows that cannot be used, each with the reason.
        file: what the Parquet file will be called in the case.
        scratch: a folder for it.
        torn: takes what can be read of rows that are refused.

    Raises:
        UsageError: DuckDB is not installed.
        InputOutputError: the file cannot be written.
    """
    db, parquet, group = _duckdb(), scratch / file, cast("RowGroup", table.group)
    columns = [*(_BY + one for one in group.by), *table.columns]
    used = {name for one in group.by.values() for name in one.names}
    with tempfile.NamedTemporaryFile("w", suffix=".csv", dir=scratch, newline="") as beside:
        writer, count, last = csv.writer(beside), 0, ""
        writer.writerow((*_PLACE, *columns))
        for raw, row in rows:
            try:
                values = computed(table, row.values, used)
            except Refused as error:
                refused.append((row.number, str(error)))
                torn.append((table, row.values))
                continue
            by = [one.filled(values) for one in group.by.values()]
            place = (row.number.partition(".")[0], raw.start, raw.end, raw.sha256)
            writer.writerow((*place, *by, *row.values.values()))
            count, last = count + 1, max(last, *last_days(table, values))
        beside.flush()
        try:
            with db.connect() as connection:
                _load(connection, beside.name, columns)
                connection.execute(f"COPY rows TO '{_quoted(parquet)}' (FORMAT parquet)")
                found = connection.execute(_select(table, group)).fetchall()
        except db.Error as error:
            raise InputOutputError(f"{parquet.name}: {error}") from error
    return Grouped(
        [_row(n, one, table, group, file) for n, one in enumerate(found, 1)], count, parquet, last
    )


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


def _load(connection: Any, path: str, texts: Sequence[str]) -> None:  # noqa: ANN401 - of DuckDB
    types = dict(zip(_PLACE, ("BIGINT", "BIGINT", "BIGINT", "VARCHAR"), strict=True))
    types |= dict.fromkeys(texts, "VARCHAR")
    columns = ", ".join(f"'{_name(one)}': '{kind}'" for one, kind in types.items())
    connection.execute(_LOAD.read_text("utf-8").format(path=_quoted(Path(path)), columns=columns))


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
    told = f"{file}?{urlencode(by)}"
    return Row(f"0.{number}", int(start), int(end), str(digest), {**known, **fixed}, told)  # type: ignore[call-overload]


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
            "more rows than become events are put together by DuckDB: pip install 'hudna[tables]', "
            "or raise --events-up-to"
        ) from error
    return duckdb
