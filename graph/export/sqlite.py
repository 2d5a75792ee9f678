"""One SQLite database with all records, for SQL, Datasette, sqlite-utils, R and spreadsheets.

The tables are those of ``graph.read.schema``. The names ``when``, ``end``, ``case`` and some
others are words of SQL; they stand in double quotes in a query.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..read.schema import TABLES, Column, TableSpec, meaning
from ..read.tables import about, definitions
from .format import LOST_OF_THE_PAST, Exported, Format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .selection import Selection

FORMAT = Format(
    name="sqlite",
    title="SQLite database of all records, for SQL, Datasette, sqlite-utils, R and DuckDB",
    binary=True,
    holds="graph",
    file="graph.sqlite",
    loses=LOST_OF_THE_PAST,
)

_VIEWS = Path(__file__).with_suffix(".sql")
_TYPES = {"integer": "INTEGER", "number": "NUMERIC", "boolean": "INTEGER"}
_PAGE = 4096
_METADATA = TableSpec("", (Column("name", ""), Column("value", "")), ("name",))
_ABOUT_TABLES = TableSpec("", (Column("table", ""), Column("meaning", "")), ("table",))
_ABOUT_COLUMNS = TableSpec(
    "",
    tuple(Column(name, "") for name in ("table", "column", "meaning", "refers_to", "property")),
    ("table", "column"),
)


def write(selection: Selection) -> Exported:
    """Return a database with a table for each kind of record, and views in words.

    Args:
        selection: its whole graph is written.

    Returns:
        One file. The same graph gives the same bytes with the same version of SQLite.

    Raises:
        UsageError: a number is too large for SQLite, or Python's SQLite cannot give out a file.
    """
    if not hasattr(sqlite3.Connection, "serialize"):
        raise UsageError("this Python's SQLite cannot serialize a database; take another Python")
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"PRAGMA page_size = {_PAGE}")
        for name, table in TABLES.items():
            _create(database, name, table)
            _fill(database, name, table, selection.tables[name])
        _describe(database, selection)
        database.executescript(_VIEWS.read_text("utf-8"))
        database.commit()
        return Exported({FORMAT.file: [database.serialize()]})


def quoted(name: str) -> str:
    """Return a name as SQL writes it, whatever word it is."""
    return '"' + name.replace('"', '""') + '"'


def _create(database: sqlite3.Connection, name: str, table: TableSpec) -> None:
    lines = [_definition(column, table.key) for column in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(map(quoted, table.key))})")
    lines += [
        f"FOREIGN KEY ({quoted(column.name)}) REFERENCES {quoted(column.table)} ({quoted('id')})"
        for column in table.columns
        if column.table
    ]
    body = ",\n  ".join(lines)
    database.execute(f"CREATE TABLE {quoted(name)} (\n  {body}\n)")
    for column in table.columns:
        if column.table and column.name != table.key[0]:
            index = quoted(f"{name}_by_{column.name}")
            database.execute(f"CREATE INDEX {index} ON {quoted(name)} ({quoted(column.name)})")


def _definition(column: Column, key: Iterable[str]) -> str:
    parts = [quoted(column.name), _TYPES.get(column.type, "TEXT")]
    if column.name in key:
        parts.append("NOT NULL")
    if column.type == "boolean":
        parts.append(f"CHECK ({quoted(column.name)} IN (0, 1))")
    return " ".join(parts)


def _fill(
    database: sqlite3.Connection, name: str, table: TableSpec, rows: Iterable[Mapping[str, Any]]
) -> None:
    names = [column.name for column in table.columns]
    places = ", ".join("?" * len(names))
    insert = f"INSERT INTO {quoted(name)} VALUES ({places})"  # noqa: S608 — names of our tables
    try:
        database.executemany(insert, ([row.get(column) for column in names] for row in rows))
    except OverflowError as error:
        raise UsageError(f"SQLite cannot hold a number of {name}: {error}") from error


def _describe(database: sqlite3.Connection, selection: Selection) -> None:
    """Add the tables that say what the database is and what its columns mean."""
    facts = about(selection.graph, selection.tables).items()
    tables = [{"table": name, "meaning": table.about} for name, table in TABLES.items()]
    for name, table, rows in (
        ("metadata", _METADATA, [{"name": key, "value": value} for key, value in facts]),
        ("metadata_tables", _ABOUT_TABLES, tables),
        ("metadata_columns", _ABOUT_COLUMNS, list(_columns(selection))),
    ):
        _create(database, name, table)
        _fill(database, name, table, rows)


def _columns(selection: Selection) -> Iterator[dict[str, str | None]]:
    words = definitions(selection.graph)
    for name, table in TABLES.items():
        for column in table.columns:
            yield {
                "table": name,
                "column": column.name,
                "meaning": meaning(column, words),
                "refers_to": column.table or None,
                "property": column.term or None,
            }
