"""A folder with one Parquet file for each table of records, for DuckDB, pandas, Polars and R.

Days are dates and figures are numbers; each column says in its metadata what it means, which
property it stands for and which table it refers to.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..model.dates import day
from ..read.schema import OBJECT, SPECS, TABLES, Column, TableSpec, meaning
from ..read.tables import about, definitions, worlds
from .format import LOST_OF_THE_PAST, Exported, Format

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

    from .selection import Selection

FORMAT = Format(
    name="parquet",
    title="Parquet files of all records, for DuckDB, pandas, Polars, R and Spark",
    holds="graph",
    file="parquet",
    folder=True,
    loses=LOST_OF_THE_PAST,
    needs=("pyarrow", "parquet"),
)

_SUBJECT, _PREDICATE = SPECS["statements"].columns[:2]
_WORLDS = TableSpec(
    "What each world holds: accepted is common ground of the sources, alleged what only others "
    "than their authors assert, and voice/ID what that voice asserts.",
    (Column("world", ""), _SUBJECT, _PREDICATE, *OBJECT),
    ("world", "subject", "predicate"),
)
_WORLD = "The name of the world."


def write(selection: Selection) -> Exported:
    """Return a file for each table, and ``worlds.parquet``.

    Args:
        selection: its whole graph is written.

    Returns:
        Files ``TABLE.parquet``. The same graph gives the same bytes with the same pyarrow.

    Raises:
        UsageError: a number is too large for its column.
    """
    words = definitions(selection.graph)
    facts = about(selection.graph, selection.tables)
    tables = {name: (table, selection.tables[name]) for name, table in TABLES.items()}
    tables["worlds"] = (_WORLDS, worlds(selection.tables))
    files = {}
    for name, (table, rows) in tables.items():
        schema = _schema(table, facts, words)
        files[f"{name}.parquet"] = [_file(name, schema, rows)]
    return Exported(files)


def _schema(table: TableSpec, facts: Mapping[str, str], words: Mapping[str, str]) -> pa.Schema:
    import pyarrow as pa

    types = {
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "day": pa.date32(),
    }
    fields = []
    for column in table.columns:
        told = {
            "description": _WORLD if column.name == "world" else meaning(column, words),
            "property": column.term,
            "refers_to": column.table,
        }
        fields.append(
            pa.field(
                column.name,
                types.get(column.type, pa.string()),
                nullable=column.name not in table.key,
                metadata={key: value for key, value in told.items() if value},
            )
        )
    description = {"rows": table.about} if table.about else {}
    return pa.schema(fields, metadata={**facts, **description})


def _file(name: str, schema: pa.Schema, rows: Iterable[Mapping[str, Any]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = list(rows)
    try:
        columns = [pa.array(_values(field, rows), field.type) for field in schema]
    except (OverflowError, pa.ArrowInvalid) as error:
        raise UsageError(f"Parquet cannot hold a value of {name}: {error}") from error
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(columns, schema=schema), out)
    return out.getvalue()


def _values(field: pa.Field, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    import pyarrow as pa

    values = [row.get(field.name) for row in rows]
    if pa.types.is_date(field.type):
        return [value and day(value) for value in values]
    if pa.types.is_floating(field.type):
        return [None if value is None else float(value) for value in values]
    return values
