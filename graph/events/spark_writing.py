"""What a cluster writes: found again by all of its machines, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import InputOutputError, UsageError

if TYPE_CHECKING:
    Frame = Any


def written(session: Any, frame: Frame, path: str) -> Frame:  # noqa: ANN401 - of pyspark
    """Write a frame as Parquet, and return it as it is read again.

    On a folder that is another one on each machine, as one in the home of whoever asks, each
    machine would leave its part with itself, and Spark tells nothing of it. So rows are counted.

    Args:
        session: of pyspark.
        frame: to be written.
        path: a folder that is not there yet.

    Raises:
        UsageError: it is there.
        InputOutputError: not all that was written is read again.
    """
    from pyspark.errors import AnalysisException
    from pyspark.sql import Observation, functions

    seen = Observation()
    try:
        frame.observe(seen, functions.expr("count(1) AS number")).write.parquet(path)
    except AnalysisException as error:
        if "PATH_ALREADY_EXISTS" not in str(error):
            raise
        raise UsageError(f"{path}: is there already; Spark writes a new folder") from error
    again = session.read.schema(frame.schema).parquet(path)
    refuse_other_disks(path, int(seen.get["number"]), again.count())
    return again


def refuse_other_disks(path: str, sent: int, there: int) -> None:
    """Refuse a folder in which less is found than was written into it.

    Args:
        path: the folder.
        sent: so many rows were written.
        there: so many are read again.

    Raises:
        InputOutputError: these are not the same number.
    """
    if sent != there:
        raise InputOutputError(
            f"{path}: of {sent:,} rows that were written {there:,} are found again; it has to be a "
            "folder that all machines of the cluster see, or an address such as s3a://lake/dyads"
        )
