"""A folder with one Parquet file for each table of records, for DuckDB, pandas, Polars and R.

Days are dates and figures are numbers; each column says in its metadata what it means, which
property it stands for and which table it refers to. A build has two of the files, made of records
that it has read anyhow, with the same bytes.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..model import UNKNOWN
from ..model.dates import day
from ..read.schema import OBJECT, SPECS, TABLES, Column, TableSpec, meaning
from ..read.tables import about, definitions, said_of, worlds
from .format import LOST_OF_THE_PAST, Exported, Format

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

    from ..model import Record
    from ..read.case_graph import CaseGraph
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

OF_A_BUILD = ("statements.parquet", "claims.parquet")
"""The files that a build has."""

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
        files[f"{name}.parquet"] = [_file(name, schema, _columns(schema, rows))]
    return Exported(files)


def of_records(graph: CaseGraph) -> dict[str, bytes]:
    """Return ``statements.parquet`` and ``claims.parquet``, the same bytes as ``write`` gives.

    Args:
        graph: the judged graph of one case, which keeps the statements that it has read.

    Raises:
        UsageError: a number is too large for its column.
    """
    statements = [graph.statement(name) for name in graph.ids("Statement")]
    claims = sorted((one for said in statements for one in said.claims), key=lambda one: one.id)
    case = {name: getattr(graph.about, name) for name in ("title", "description", "licence")}
    facts, words = about(graph, {"cases": [case]}), definitions(graph)
    said = [said_of(graph, one.id) for one in statements]
    files = {}
    records: Sequence[Record]
    for name, records in (("statements", statements), ("claims", claims)):
        schema = _schema(TABLES[name], facts, words)
        columns = {column.name: _of_records(column, records) for column in TABLES[name].columns}
        columns["iri"] = [graph.names.iri(one.id) for one in records]
        if name == "statements":
            columns |= {one.name: [row.get(one.name) for row in said] for one in OBJECT}
        files[f"{name}.parquet"] = _file(name, schema, columns)
    return files


def text_of(data: bytes) -> str:
    """Return a file as text, for whoever searches it: what it is about, and its values, in lines.

    Args:
        data: the file.
    """
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(data))
    about = (one.decode() for one in (table.schema.metadata or {}).values())
    rows = (str(cell) for row in table.to_pylist() for cell in row.values() if cell is not None)
    return "\n".join((*about, *rows))


def _of_records(column: Column, records: Sequence[Record]) -> list[Any]:
    """Return the values of a column; a record has an empty text where there is none."""
    values = (getattr(record, column.name, None) for record in records)
    empty = ("", UNKNOWN) if column.type == "id" else ("",)
    return [None if value in empty else value for value in values]


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


def _columns(schema: pa.Schema, rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
    import pyarrow as pa

    rows = list(rows)
    found = {field.name: [row.get(field.name) for row in rows] for field in schema}
    days = {field.name for field in schema if pa.types.is_date(field.type)}
    return found | {name: [value and day(value) for value in found[name]] for name in days}


def _file(name: str, schema: pa.Schema, columns: Mapping[str, list[Any]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        arrays = [pa.array(_fitting(field, columns[field.name]), field.type) for field in schema]
    except (OverflowError, pa.ArrowInvalid) as error:
        raise UsageError(f"Parquet cannot hold a value of {name}: {error}") from error
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out)
    return out.getvalue()


def _fitting(field: pa.Field, values: list[Any]) -> list[Any]:
    import pyarrow as pa

    if pa.types.is_floating(field.type):
        return [None if value is None else float(value) for value in values]
    return values
