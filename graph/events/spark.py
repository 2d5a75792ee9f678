"""Apache Spark: events that one machine shall not hold, asked with the same SQL.

Only SQL and the DataFrame API are used, so that a cluster by its own master and Spark Connect are
the same, and workers need no Python.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from ..build.saving import forget_folder
from ..errors import InputOutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ..analysis.arrays import Sign
    from .sources import EventFiles

_OF_SPARK = ("pyspark", "py4j", "grpc")


class Spark:
    """A session that is asked of one set of files; see ``graph.events.engines.Engine``.

    Attributes:
        session: that of pyspark.
    """

    def __init__(self, session: Any, scratch: str | None) -> None:  # noqa: ANN401 - of pyspark
        self.session, self._scratch = session, scratch

    def read(self, files: EventFiles) -> list[str]:
        """Make the view ``files``, and return its columns."""
        if files.form == "parquet":
            found = self.session.read.option("mergeSchema", "true").parquet(*files.folders)
        else:
            schema = ", ".join(f"{one} STRING" for one in files.names)
            how = {"schema": schema, "quote": ""} if schema else {"header": True}
            found = self.session.read.csv(list(files.folders), sep=files.delimiter, **how)
        found.createOrReplaceTempView("files")
        return list(found.columns)

    def execute(self, sql: str) -> None:
        """Run a statement."""
        self.session.sql(sql)

    def rows(self, sql: str) -> Iterator[Sequence[Any]]:
        """Yield the rows of a query."""
        yield from self.session.sql(sql).toLocalIterator()

    def parquet(self, sql: str, path: Path) -> None:
        """Write the rows of a query into a folder of Parquet files that is not there yet."""
        self.session.sql(sql).write.parquet(str(path))

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
        InputOutputError: the cluster is not there, cannot read the files, or gives up.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError(
            f"{url} is asked through pyspark, which is not installed: pip install 'hudna[spark]'"
        ) from error
    builder = SparkSession.builder.appName("hudna")
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
        raise InputOutputError(f"{url}: {str(error).partition(chr(10))[0]}") from error
