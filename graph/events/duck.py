"""DuckDB: events on one machine, in bounded memory; what does not fit is put on the disk."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputOutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .sources import EventFiles

_AT_ONCE = 10_000


class Duck:
    """A connection that is asked of one set of files; see ``graph.events.engines.Engine``."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - of DuckDB
        self._connection = connection

    def read(self, files: EventFiles) -> list[str]:
        """Make the view ``files``, and return its columns."""
        names = "[" + ", ".join(f"'{_quoted(one)}'" for one in files.paths) + "]"
        how = "union_by_name = true"
        if files.form == "parquet":
            made = f"read_parquet({names}, {how}, hive_partitioning = true)"
        else:
            head = "header = true"
            if files.names:
                columns = ", ".join(f"'{one}'" for one in files.names)
                head = f"header = false, quote = '', names = [{columns}]"
            made = (
                f"read_csv({names}, {how}, {head}, all_varchar = true, delim = '{files.delimiter}')"
            )
        self.execute(f"CREATE OR REPLACE TEMPORARY VIEW files AS SELECT * FROM {made}")  # noqa: S608
        return [str(one[0]) for one in self._connection.execute("DESCRIBE files").fetchall()]

    def execute(self, sql: str) -> None:
        """Run a statement."""
        self._connection.execute(sql)

    def rows(self, sql: str) -> Iterator[Sequence[Any]]:
        """Yield the rows of a query."""
        cursor = self._connection.execute(sql)
        while some := cursor.fetchmany(_AT_ONCE):
            yield from some

    def parquet(self, sql: str, path: Path) -> None:
        """Write the rows of a query into a Parquet file that is not there yet."""
        self.execute(f"COPY ({sql}) TO '{_quoted(path.as_posix())}' (FORMAT parquet)")

    def values(self, _sql: str, _name: str, _sign: object) -> None:
        """Leave measures to whoever has the network in memory."""


@contextmanager
def duck(memory: str, scratch: str | None) -> Iterator[Duck]:
    """Give a connection.

    Args:
        memory: so much is used at most, as in ``4GB``; what does not fit goes to the disk.
        scratch: a folder for that; by default that of the system for temporary files.

    Raises:
        UsageError: DuckDB is not installed, or the memory is no such text.
        InputOutputError: files cannot be read, hold what is no day or number, or memory or disk
            are too small.
    """
    try:
        import duckdb
    except ImportError as error:
        raise UsageError(
            "events are put together by DuckDB, which is not installed: pip install 'hudna[tables]'"
        ) from error
    if scratch is not None and not Path(scratch).is_dir():
        raise InputOutputError(f"{scratch}: no folder for what does not fit into memory")
    with tempfile.TemporaryDirectory(prefix="hudna-events-", dir=scratch) as beside:
        try:
            with duckdb.connect() as connection:
                _limit(connection, memory)
                connection.execute(f"SET temp_directory = '{_quoted(beside)}'")
                connection.execute("SET preserve_insertion_order = false")
                yield Duck(connection)
        except duckdb.OutOfMemoryException as error:
            raise InputOutputError(
                f"{memory} of memory are too little, or the disk at {Path(beside).parent} is full; "
                f"more with --memory: {_first(error)}"
            ) from error
        except duckdb.Error as error:
            raise InputOutputError(f"events: {_first(error)}") from error


def _limit(connection: Any, memory: str) -> None:  # noqa: ANN401 - of DuckDB
    import duckdb

    try:
        connection.execute(f"SET memory_limit = '{_quoted(memory)}'")
    except duckdb.ParserException as error:
        raise UsageError(f'memory: "{memory}" is no size such as 4GB: {_first(error)}') from error


def _first(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _quoted(text: str) -> str:
    return text.replace("'", "''")
