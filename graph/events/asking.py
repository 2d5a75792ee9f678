"""Asking a store of events: the rows behind a dyad, and what each release changed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..errors import InputOutputError, UsageError, suggestion
from .duck import quoted
from .questions import known_then, narrowing
from .store import VALUES, data_sets, parquet_list, release_sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .duck import Duck
    from .store import StoredDataSet


class RowQuestion(NamedTuple):
    """Which rows are asked for.

    Attributes:
        source: who acts.
        target: on whom.
        dataset: only rows of this data set.
        during: a span in EDTF: only events in it.
        known: an ISO date: what was known on that day; else what is known now.
    """

    source: str
    target: str
    dataset: str = ""
    during: str | None = None
    known: str | None = None


class StoreAnswer:
    """Rows of a store, by SQL.

    Args:
        db: asks.
        sql: the question.
    """

    def __init__(self, db: Duck, sql: str) -> None:
        self.db, self.sql = db, sql

    def count(self) -> int:
        """Return how many rows there are."""
        (found,) = self.db.rows(f"SELECT count(*) FROM ({self.sql})")  # noqa: S608
        return int(found[0])

    def columns(self) -> list[str]:
        """Return the names of the columns."""
        return [str(one[0]) for one in self.db.rows(f"DESCRIBE {self.sql}")]

    def rows(self, most: int | None = None) -> Iterator[Sequence[Any]]:
        """Yield the rows in order.

        Args:
            most: so many at most.
        """
        yield from self.db.rows(self.sql if most is None else f"{self.sql} LIMIT {most}")

    def save(self, path: Path) -> None:
        """Write all rows, as CSV if the name of the file ends so, else as Parquet.

        Raises:
            InputOutputError: it cannot be written; what was there stays.
        """
        form = "FORMAT csv, HEADER" if path.suffix == ".csv" else "FORMAT parquet, COMPRESSION zstd"
        target = path.resolve()
        try:
            with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=target.parent) as beside:
                fresh = Path(beside) / "rows"
                self.db.execute(f"COPY ({self.sql}) TO '{quoted(fresh.as_posix())}' ({form})")
                fresh.replace(target)
        except OSError as error:
            raise InputOutputError(f"{path.as_posix()}: {error.strerror or error}") from error


def rows_of_dyad(db: Duck, folder: Path, asked: RowQuestion) -> StoreAnswer:
    """Return the rows behind a dyad, with data set, release, file and number.

    Args:
        db: asks.
        folder: of the store.
        asked: which rows.

    Raises:
        InputOutputError: the folder is no store.
        UsageError: there is no such data set, or the span is none.
    """
    _view(db, data_sets(folder), asked.dataset)
    return StoreAnswer(db, release_sql("dyad").format(
        source=quoted(asked.source), target=quoted(asked.target), known=known_then(asked.known),
        during=narrowing(asked.during, "CAST(strftime(valid_from, '%Y%m%d') AS INT)"),
    ))  # fmt: skip


def revisions(
    db: Duck,
    folder: Path,
    *,
    dataset: str = "",
    release: str = "",
    change: Literal["added", "changed", "dropped", ""] = "",
) -> StoreAnswer:
    """Return what each release added, changed and dropped, with what stood there before.

    Args:
        db: asks.
        folder: of the store.
        dataset: only of this data set.
        release: only what this one changed.
        change: only these changes.

    Raises:
        InputOutputError: the folder is no store.
        UsageError: there is no such data set or release.
    """
    found = data_sets(folder)
    _view(db, found, dataset)
    names = [one.name for data in found for one in data.releases]
    if release and release not in names:
        raise UsageError(f'there is no release "{release}"{_hint(release, names)}')
    told = ", ".join(
        f"('{one.name}', '{each.name}', DATE '{each.day}', {number})"
        for one in found for number, each in enumerate(one.releases, 1)
    )  # fmt: skip
    names_of = "t(dataset, release, day, number)"
    db.execute(f"CREATE OR REPLACE TEMPORARY VIEW releases AS FROM (VALUES {told}) AS {names_of}")
    asked = {"release": release, "change": change}
    return StoreAnswer(db, release_sql("revisions").format(
        values=", ".join(f"was.{one} AS was_{one}, now.{one} AS {one}" for one in VALUES),
        narrowing=" ".join(f"AND {key} = '{value}'" for key, value in asked.items() if value),
    ))  # fmt: skip


def _view(db: Duck, found: Sequence[StoredDataSet], dataset: str) -> None:
    """Make the view ``stored`` of all rows, or of those of a data set."""
    names = [one.name for one in found]
    if dataset and dataset not in names:
        raise UsageError(f'there is no data set "{dataset}"{_hint(dataset, names)}')
    paths = [one.folder.resolve() / each.file for one in found
             if dataset in ("", one.name) for each in one.parquet]  # fmt: skip
    db.execute(
        "CREATE OR REPLACE TEMPORARY VIEW stored AS SELECT * FROM read_parquet("  # noqa: S608
        f"{parquet_list(paths)}, hive_partitioning = true, hive_types_autocast = false)"
    )


def _hint(name: str, names: Iterable[str]) -> str:
    some = list(dict.fromkeys(names))
    return suggestion(name, some) or f"; there are {', '.join(some[-10:])}"
