"""DuckDB: events on one machine, in bounded memory; what does not fit is put on the disk."""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputOutputError, UsageError
from ..errors.packages import to_install
from .failing import told_by_duckdb
from .passes import ROWS, DyadSample, blocks, borders, fits, sampling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .sources import EventFiles

MEMORY = "4GB"
"""So much is used, if nothing else is asked for."""
_AT_ONCE = 10_000
_FOLDERS = re.compile(r"(?:^|/)([^/=]+)=[^/]*(?=/)")
FILE, ROW = "hudna_file", "file_row_number"
"""Columns with the path of the file of a row, and how many rows are above it there."""


class Duck:
    """A connection that is asked of one set of files; see ``graph.events.engines.Engine``."""

    def __init__(self, connection: Any, scratch: Path) -> None:  # noqa: ANN401 - of DuckDB
        self._connection, self._scratch = connection, scratch

    def read(self, files: EventFiles) -> list[str]:
        """Make the view ``files``, and return its columns."""
        return self._view(_reading(files, files.paths))

    def borders(self, files: EventFiles, sql: str) -> list[str]:
        """Return the actors between passes; CSV is read once, as that costs more than the disk."""
        if files.form != "parquet":
            return []
        (memory,) = next(self.rows("SELECT parse_formatted_bytes(current_setting('memory_limit'))"))
        rows = [(str(path), int(number)) for path, number in self.rows(
            f"SELECT file_name, num_rows FROM parquet_file_metadata({path_list(files.paths)})"  # noqa: S608
        )]  # fmt: skip
        events = sum(number for _, number in rows)
        if fits(events, memory):
            return []
        self._view(f"({' UNION ALL BY NAME '.join(_sample(files, rows))})")
        found = DyadSample(*next(self.rows(sampling(sql))))
        self.read(files)
        return borders(found, events, memory)

    def place(self, files: EventFiles, columns: Sequence[str], scratch: Path) -> None:
        """Make the view ``files`` anew, with the columns ``FILE`` and ``ROW``.

        Args:
            files: each named by itself.
            columns: that are needed of CSV, which is read once and kept as Parquet.
            scratch: a folder for that.
        """
        if files.form == "parquet":
            place = f"filename = '{FILE}', {ROW} = true"
            self._view(_reading(files, files.paths).removesuffix(")") + f", {place})")
            return
        named = ", ".join(f'"{one}"' for one in columns)
        for number, path in enumerate(files.paths):
            made = scratch / f"{number:06}.parquet"
            place = f"'{quoted(path)}' AS {FILE}, row_number() OVER () - 1 AS {ROW}"
            self.execute("SET preserve_insertion_order = true")
            self.parquet(f"SELECT {named}, {place} FROM {_reading(files, [path])}", made)  # noqa: S608
        self.execute("SET preserve_insertion_order = false")
        self._view(f"read_parquet('{quoted(scratch.as_posix())}/*.parquet')")

    def _view(self, made: str) -> list[str]:
        self.execute(f"CREATE OR REPLACE TEMPORARY VIEW files AS SELECT * FROM {made}")  # noqa: S608
        return self.columns()

    def columns(self, of: str = "files") -> list[str]:
        """Return the columns of a view, or of what reads files."""
        found = self._connection.execute(f"DESCRIBE FROM {of}").fetchall()
        return [str(one[0]) for one in found]

    def lacking(self, files: EventFiles, names: Sequence[str]) -> list[tuple[str, list[str]]]:
        """Return which files lack which of some columns, that of folders' names not among them.

        Args:
            files: each named by itself.
            names: of columns, in any case.
        """
        if len(files.paths) == 1 or files.names:
            return []
        if files.form == "parquet":
            sql = f"SELECT file_name, list(name) FROM parquet_schema({path_list(files.paths)}) GROUP BY 1"  # noqa: E501, S608
            there = {str(file): list(some) for file, some in self.rows(sql)}
        else:
            there = {one: self.columns(_reading(files, [one])) for one in files.paths}
        found = []
        for file, some in sorted(there.items()):
            known = {one.lower() for one in (*some, *_FOLDERS.findall(file))}
            if lost := [one for one in names if one.lower() not in known]:
                found.append((file, lost))
        return found

    def misread(self, error: Exception) -> bool:
        """Return whether an error tells of a text that is no number, or a number that is no day."""
        import duckdb

        return isinstance(error, duckdb.ConversionException)

    @contextmanager
    def room(self) -> Iterator[Path]:
        """Give a folder for what is written meanwhile."""
        with tempfile.TemporaryDirectory(dir=self._scratch) as beside:
            yield Path(beside)

    def execute(self, sql: str) -> None:
        """Run a statement."""
        self._connection.execute(sql)

    def rows(self, sql: str) -> Iterator[Sequence[Any]]:
        """Yield the rows of a query."""
        cursor = self._connection.execute(sql)
        while some := cursor.fetchmany(_AT_ONCE):
            yield from some

    def parquet(self, sql: str, path: Path | str) -> None:
        """Write the rows of a query into a Parquet file that is not there yet.

        Raises:
            UsageError: it is an address.
        """
        if isinstance(path, str):
            raise UsageError(f"{path}: DuckDB writes on this machine; --engine names a cluster")
        self.execute(f"COPY ({sql}) TO '{quoted(path.as_posix())}' (FORMAT parquet)")

    def number_of_rows(self, path: Path) -> int:
        """Return how many rows a Parquet file has, as it says itself."""
        (found,) = self.rows(
            f"SELECT num_rows FROM parquet_file_metadata('{quoted(path.as_posix())}')"  # noqa: S608
        )
        return int(found[0])

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
            f"events are put together by DuckDB, which is not installed: {to_install('tables')}"
        ) from error
    if scratch is not None and not Path(scratch).is_dir():
        raise InputOutputError(f"{scratch}: no folder for what does not fit into memory")
    with tempfile.TemporaryDirectory(prefix="hudna-events-", dir=scratch) as beside:
        try:
            with duckdb.connect() as connection:
                _limit(connection, memory)
                connection.execute(f"SET temp_directory = '{quoted(beside)}'")
                connection.execute("SET preserve_insertion_order = false")
                yield Duck(connection, Path(beside))
        except RuntimeError as error:
            if str(error) == "Query interrupted":
                raise KeyboardInterrupt from error
            raise
        except duckdb.OutOfMemoryException as error:
            raise InputOutputError(
                f"{memory} of memory are too little, or the disk at {Path(beside).parent} is full; "
                f"more with --memory: {told_by_duckdb(error)}"
            ) from error
        except duckdb.Error as error:
            raise InputOutputError(f"events: {told_by_duckdb(error)}") from error


def _limit(connection: Any, memory: str) -> None:  # noqa: ANN401 - of DuckDB
    import duckdb

    try:
        if not memory[:1].isdigit():  # DuckDB takes -1 as all that there is
            raise duckdb.ParserException("it begins with no number")
        connection.execute(f"SET memory_limit = '{quoted(memory)}'")
    except duckdb.ParserException as error:
        raise UsageError(
            f'memory: "{memory}" is no size such as 4GB: {told_by_duckdb(error)}'
        ) from error


def quoted(text: str) -> str:
    """Return a text as it stands between quotation marks in SQL."""
    return text.replace("'", "''")


def path_list(paths: Iterable[str]) -> str:
    """Return files as a list in SQL."""
    return "[" + ", ".join(f"'{quoted(one)}'" for one in paths) + "]"


def _sample(files: EventFiles, rows: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Yield what reads no row of the columns of all files, and some rows at some places."""
    yield f"(FROM {_reading(files, files.paths)} LIMIT 0)"
    for path, row in blocks(rows):
        source = _reading(files, [path]).removesuffix(")") + ", file_row_number = true)"
        yield (
            f"(SELECT * EXCLUDE ({ROW}) FROM {source} "  # noqa: S608
            f"WHERE {ROW} BETWEEN {row} AND {row + ROWS - 1})"
        )


def _reading(files: EventFiles, paths: Sequence[str]) -> str:
    names = path_list(paths)
    how = "union_by_name = true"
    if files.form == "parquet":
        return (
            f"read_parquet({names}, {how}, hive_partitioning = true, hive_types_autocast = false)"
        )
    head = "header = true, quote = '\"', escape = '\"', all_varchar = true"
    if files.names:
        columns = ", ".join(f"'{one}': 'VARCHAR'" for one in files.names)
        head = f"header = false, quote = '', auto_detect = false, columns = {{{columns}}}"
    told = f"delim = '{files.delimiter}', skip = 0, comment = ''"
    return f"read_csv({names}, {how}, {head}, {told})"  # nothing of it is guessed from some rows
