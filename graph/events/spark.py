"""Apache Spark: events that one machine shall not hold, asked with the same SQL.

Only SQL and the DataFrame API are used, so that a cluster by its own master and Spark Connect are
the same, and workers need no Python.
"""

from __future__ import annotations

import os
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

from ..build.saving import forget_folder
from ..errors import InputOutputError, UsageError
from ..errors.counting import counted
from ..errors.packages import to_install
from .failing import told_by_spark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from ..analysis.arrays import Sign
    from .sources import EventFiles

_OF_SPARK = ("pyspark", "py4j", "grpc")
_NAMED = {"pathGlobFilter": "*.parquet"}
_DEEP = {**_NAMED, "recursiveFileLookup": "true"}
_TEXTS = "spark.sql.sources.partitionColumnTypeInference.enabled"
"""With it the folders release=24.1 and release=24.10 would be one."""
_PORTS = {"spark": 7077, "sc": 15002}
_PROXIES = ("grpc_proxy", "https_proxy", "http_proxy")
_PATIENCE = 10.0


class Spark:
    """A session that is asked of one set of files; see ``graph.events.engines.Engine``.

    Attributes:
        session: that of pyspark.
    """

    def __init__(self, session: Any, scratch: str | None) -> None:  # noqa: ANN401 - of pyspark
        self.session, self._scratch = session, scratch

    def read(self, files: EventFiles) -> list[str]:
        """Make the view ``files``, and return its columns."""
        found = self._parquet(files) if files.form == "parquet" else self._csv(files)
        found.createOrReplaceTempView("files")
        return list(found.columns)

    def _parquet(self, files: EventFiles) -> Any:  # noqa: ANN401 - of pyspark
        """Return the files in folders, wherever they are: names of folders are columns, or none.

        Spark by itself passes over folders that are no ``NAME=VALUE``.
        """
        listed = self.session.read.format("binaryFile").options(**_DEEP)
        there = {*listed.load(list(files.folders)).inputFiles()}
        if named := {one for one in there if "=" in one}:
            _refuse_lost(there - named)
        how = {"mergeSchema": "true", **(_NAMED if named else _DEEP)}
        found = self.session.read.options(**how).parquet(*files.folders)
        _refuse_lost(there - {*found.inputFiles()})
        return found

    def _csv(self, files: EventFiles) -> Any:  # noqa: ANN401 - of pyspark
        """Return the rows of CSV as DuckDB reads them; Spark by itself knows other quotes."""
        how: dict[str, Any] = {"schema": ", ".join(f"{one} STRING" for one in files.names)}
        if files.names:
            how["quote"] = ""
        else:
            how = {"header": True, "escape": '"', "multiLine": True, "enforceSchema": False}
        whole = {"mode": "FAILFAST", "columnPruning": False}
        return self.session.read.options(**whole).csv(
            list(files.folders), sep=files.delimiter, **how
        )

    def lacking(self, _files: EventFiles, _names: Sequence[str]) -> list[tuple[str, list[str]]]:
        """Return nothing: Spark takes a column that a file lacks as empty, and tells not where."""
        return []

    def borders(self, _files: EventFiles, _sql: str) -> tuple[()]:
        """Leave it to the cluster how it divides the work."""
        return ()

    def execute(self, sql: str) -> None:
        """Run a statement."""
        self.session.sql(sql)

    def rows(self, sql: str) -> Iterator[Sequence[Any]]:
        """Yield the rows of a query."""
        yield from self.session.sql(sql).toLocalIterator()

    def parquet(self, sql: str, path: Path | str) -> None:
        """Write the rows of a query into a folder of Parquet files that is not there yet.

        Raises:
            UsageError: it is there.
            InputOutputError: not all machines of the cluster see it.
        """
        from .spark_writing import written

        where = path if isinstance(path, str) else f"file://{path.as_posix()}"
        written(self.session, self.session.sql(sql), where)

    def values(self, sql: str, name: str, sign: Sign | None) -> Iterator[Sequence[Any]]:
        """Yield nodes with their values by a measure of the dyads of a query.

        Raises:
            UsageError: there is no such measure, or no folder for its steps.
        """
        from .spark_measures import measured

        if self._scratch is None:
            raise UsageError(
                "measures by Spark need --scratch, a folder that all machines of the cluster see"
            )
        folder = f"{self._scratch.rstrip('/')}/hudna-{uuid4().hex}"
        try:
            yield from measured(self.session, self.session.sql(sql), name, folder, sign).collect()
        finally:
            forget_folder(folder)


@contextmanager
def spark(url: str, scratch: str | None = None) -> Iterator[Spark]:
    """Give a session.

    Args:
        url: ``spark://HOST:PORT`` of a master, ``sc://HOST:PORT`` of Spark Connect, ``yarn``,
            ``k8s://…``, or ``local[N]``. All else is set where Spark looks for it:
            ``SPARK_CONF_DIR``, or the server of Spark Connect.
        scratch: a folder that all machines of the cluster see, for the steps of measures.

    Raises:
        UsageError: pyspark is not installed.
        InputOutputError: nobody answers at the address, or the cluster cannot read the files, or
            gives up.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError(
            f"{_shown(url)} is asked through pyspark, which is not installed: {to_install('spark')}"
        ) from error
    _refuse_silence(url)
    builder = SparkSession.builder.appName("hudna").config(_TEXTS, "false")
    builder = builder.remote(url) if url.startswith("sc://") else builder.master(url)
    try:
        session = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
        try:
            yield Spark(session, scratch)
        finally:
            session.stop()
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in _OF_SPARK:
            raise
        raise InputOutputError(f"{_shown(url)}: {told_by_spark(error)}") from error


def _shown(url: str) -> str:
    """Return an address without what may be a token."""
    return url.partition(";")[0]


def _refuse_lost(lost: Collection[str]) -> None:
    if lost:
        raise UsageError(
            f"{min(lost)}: beside folders such as release=NAME Spark reads no others, which have "
            f"{counted(len(lost), 'file')}; name them, or move them"
        )


def _refuse_silence(url: str) -> None:
    """Refuse an address where nobody listens, for which Spark by itself would wait minutes.

    Raises:
        InputOutputError: no machine of the address answers.
    """
    kind, _, rest = url.partition("://")
    if kind not in _PORTS or (kind == "sc" and any(one in os.environ for one in _PROXIES)):
        return
    told = []
    for one in rest.partition("/")[0].split(","):  # masters that stand in for one another
        try:
            parts = urlsplit(f"//{one}")
            where = parts.hostname or "", parts.port or _PORTS[kind]
            with socket.create_connection(where, _PATIENCE):
                return
        except (OSError, ValueError) as error:
            told.append(f"{one}: {getattr(error, 'strerror', None) or error}")
    raise InputOutputError(f"{_shown(url)}: nobody answers there ({'; '.join(told)})")
