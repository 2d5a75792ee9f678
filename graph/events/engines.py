"""What puts events together: one machine, or a cluster; one option chooses."""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from itertools import chain
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import InputOutputError, UsageError
from .duck import MEMORY
from .passes import ranges
from .questions import ORDERED, PERIODS, Dyad, DyadQuestion, fitting, refuse_lacking
from .sources import event_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import networkx as nx

    from ..analysis.arrays import Sign
    from .sources import EventFiles

MOST = 1_000_000
"""So many dyads at most are held in memory as a network."""
_SPARK = re.compile(r"(spark|sc|k8s)://|local(\[|$)|yarn$")
_SIGNS = {1: "positive", -1: "negative", 0: "neutral"}


class Engine(Protocol):
    """Runs SQL over files."""

    def read(self, files: EventFiles) -> list[str]:
        """Make the view ``files``, and return its columns."""

    def lacking(self, files: EventFiles, names: Sequence[str]) -> list[tuple[str, list[str]]]:
        """Return which files lack which of some columns, if the engine can tell."""

    def borders(self, files: EventFiles, sql: str) -> Sequence[str]:
        """Return the actors between which the dyads of a query are best made in passes."""

    def execute(self, sql: str) -> None:
        """Run a statement."""

    def rows(self, sql: str) -> Iterator[Sequence[Any]]:
        """Yield the rows of a query."""

    def parquet(self, sql: str, path: Path | str) -> None:
        """Write the rows of a query as Parquet, a file or a folder that is not there yet.

        Args:
            sql: the query.
            path: on this machine, or an address as Spark knows them.
        """

    def values(self, sql: str, name: str, sign: Sign | None) -> Iterator[Sequence[Any]] | None:
        """Yield nodes with their values by a measure of the dyads of a query, or leave it to us."""


@contextmanager
def engine(
    name: str = "duckdb", *, memory: str = MEMORY, scratch: str | None = None
) -> Iterator[Engine]:
    """Give an engine.

    Args:
        name: ``duckdb``, or a cluster as ``graph.events.spark.spark`` takes it.
        memory: what DuckDB uses at most; a cluster has limits of its own.
        scratch: a folder for what DuckDB cannot hold in memory, or for the steps of measures by
            Spark, where all machines of the cluster see it.

    Raises:
        UsageError: there is no such engine, or its package is not installed.
        InputOutputError: it cannot be reached, or fails.
    """
    if name == "duckdb":
        from .duck import duck

        with duck(memory, scratch) as made:
            yield made
    elif _SPARK.match(name):
        from .spark import spark

        with spark(name, scratch) as session:
            yield session
    else:
        raise UsageError(
            f'there is no engine "{name}"; there are duckdb, and Spark by its address: '
            "spark://HOST:7077, sc://HOST:15002, k8s://HOST, yarn, local[2]"
        )


class EventDyads:
    """The dyads of some files.

    Args:
        engine: asks them.
        files: as ``graph.events.sources.event_files`` takes them.
        question: which dyads.

    Raises:
        UsageError: the files are of no kind of table that is known, they hold several releases
            and do not say since when what is known, or the span is none.
        InputOutputError: they cannot be read.
    """

    def __init__(self, engine: Engine, files: Sequence[str], question: DyadQuestion) -> None:
        from .duck import Duck

        self.engine, self.question, self.sql = engine, question, question.sql
        self._files = event_files(files, here=isinstance(engine, Duck))
        columns = engine.read(self._files)
        self.table = fitting(columns)
        refuse_lacking(self.table, engine.lacking(self._files, self.table.columns))
        if "release" in columns and "known_to" not in self.table.columns:
            self._refuse_releases()
        engine.execute(question.view(self.table))

    def _refuse_releases(self) -> None:
        found = [str(one[0]) for one in self.engine.rows("SELECT DISTINCT release FROM files")]
        if len(found) > 1:
            raise UsageError(
                f"the files hold the releases {', '.join(sorted(found)[:5])}, whose rows "
                "would count twice; name the folder of one"
            )

    @cached_property
    def _passes(self) -> list[str]:
        """The question in parts that fit into memory, in the order of those who act."""
        each = replace(self.question, least=1)
        found = self.engine.borders(self._files, each.sql)
        return [self.question.of_sources(*one) for one in ranges(found)]

    def events(self) -> int:
        """Return how many events the files hold, of those known on the day."""
        (found,) = self.engine.rows("SELECT count(*) FROM events")
        return int(found[0])

    def rows(self) -> Iterator[Dyad]:
        """Yield the dyads in order: by actors, period, sign and place."""
        size = PERIODS[self.question.period]
        with self._placing():
            found = chain.from_iterable(self.engine.rows(one + ORDERED) for one in self._passes)
            for source, target, first, *rest in found:
                yield Dyad(source, target, "" if first is None else str(first)[:size], *rest)

    @contextmanager
    def _placing(self) -> Iterator[None]:
        """Tell in which rows stands what is no number or day, where the engine tells only what."""
        from .casts import first_unreadable
        from .duck import Duck
        from .failing import told_by_duckdb

        try:
            yield
        except Exception as error:
            if not isinstance(self.engine, Duck) or not self.engine.misread(error):
                raise
            found = first_unreadable(self.engine, self._files, self.table)
            raise InputOutputError(
                f"events: {told_by_duckdb(error)}: {'; '.join(found)}; hudna events add leaves "
                "such rows out, and counts them"
            ) from error

    def network(self) -> nx.MultiDiGraph[str]:
        """Return the dyads as a network.

        Returns:
            Nodes are actors, edges dyads, whose attributes are ``predicate`` and ``label``
            (``positive``, ``negative`` or ``neutral``), ``sign``, ``period``, ``place`` if they
            are asked for, ``rows``, ``weight``, and the days in ``spans``.

        Raises:
            UsageError: there are more than ``MOST``.
        """
        import networkx as nx

        found: nx.MultiDiGraph[str] = nx.MultiDiGraph(
            table=self.table.name, period=self.question.period, on=""
        )
        for number, one in enumerate(self.rows()):
            if number == MOST:
                raise UsageError(
                    f"there are more than {MOST:,} dyads, too many for a network in memory; take "
                    "--format parquet, a longer --period, or --least"
                )
            for node in (one.source, one.target):
                if node not in found:
                    found.add_node(node, label=node, **{"class": "Actor"})
            found.add_edge(one.source, one.target, key=_key(one), **_attributes(one))
        return found

    def values(self, name: str, sign: Sign | None = None) -> list[tuple[str, float]]:
        """Return the nodes with their values by a measure, the highest first; ``nan`` is no value.

        Args:
            name: of a measure of ``graph.analysis.centrality.measures``; a cluster knows those of
                ``graph.events.spark_measures``.
            sign: which dyads count; by default those that the measure takes.

        Raises:
            UsageError: there is no such measure, or a weight is 0.
            InputOutputError: the engine fails.
        """
        found = self.engine.values(self.sql, name, sign)
        if found is None:
            from ..analysis.arrays import from_network
            from ..analysis.centrality.measures import measured

            ties = from_network(self.network())
            found = zip(ties.nodes, measured(ties, name, sign=sign).tolist(), strict=True)
        rows = [(str(node), float(value)) for node, value in found]
        return sorted(rows, key=lambda one: (isnan(one[1]), -one[1], one[0]))

    def parquet(self, path: Path | str) -> None:
        """Write the dyads as Parquet, in no order: a file by DuckDB, a folder by Spark.

        A period is told by its first day there.

        Args:
            path: what is there is replaced when all is written; or an address such as
                ``s3a://lake/dyads``, where Spark writes a folder that is not there yet.

        Raises:
            InputOutputError: it cannot be written, or not all machines of a cluster see it.
            UsageError: DuckDB is given an address, or something is at that address.
        """
        if isinstance(path, str):
            self.engine.parquet(self.sql, path)
            return
        target = path.resolve()
        try:
            with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=target.parent) as beside:
                fresh = Path(beside) / "dyads"
                with self._placing():
                    self.engine.parquet(" UNION ALL ".join(self._passes), fresh)
                if target.is_dir():
                    target.rename(Path(beside) / "before")
                fresh.replace(target)
        except OSError as error:
            raise InputOutputError(f"{path.as_posix()}: {error.strerror or error}") from error


def _key(one: Dyad) -> str:
    return " ".join(filter(None, (one.source, _SIGNS[one.sign], one.target, one.period, one.place)))


def _attributes(one: Dyad) -> dict[str, Any]:
    found: dict[str, Any] = {
        "predicate": _SIGNS[one.sign],
        "label": _SIGNS[one.sign],
        "sign": one.sign,
        "period": one.period,
        "rows": one.rows,
        "weight": one.weight,
    }
    if one.place:
        found["place"] = one.place
    if one.period:
        first, last = _days(one.period)
        found["spans"] = [f"{first}/{last}"]
    return found


def _days(period: str) -> tuple[str, str]:
    """Return the first and the last day of a day, month or year."""
    from ..model.dates import parse

    hull = parse(period).hull
    return str(hull.first), str(hull.last)
