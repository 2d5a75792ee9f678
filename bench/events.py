"""Events to a network of dyads by month: ours beside DuckDB alone, pandas, Polars and Spark.

    python bench/events.py --millions 10,50,200   # and --shapes, --beside, --repetitions

*sector*: 50 kinds of actors, 588,000 dyads in ten years whatever the number of events. *hard*:
20,000 actors, nearly every event a dyad of its own. The files are made here, with the columns of
GDELT that count, kept in ``bench/out`` and removed when they are measured unless ``--keep`` is
given. DuckDB alone is what somebody would write by hand for these very columns, under the same
limit of memory. Each variant is a process of its own; of Spark, Java counts as well.

    python bench/events.py --store --millions 10,50

A first release of these events written as a store, a second one of which one row in a hundred says
otherwise, and the network of the store, in turns with DuckDB alone that copies the same columns, as
they come and sorted by actors, and with the network of the files themselves.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from importlib.util import find_spec
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

import measuring as m

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from types import ModuleType

PART = 2_500_000
LIMIT = "4GB"
_MAKE = """
COPY (
  SELECT i AS GlobalEventID, CAST(strftime(d, '%Y%m%d') AS INT) AS SQLDATE,
         {a} AS Actor1Code, {b} AS Actor2Code, CAST(root AS UTINYINT) AS EventRootCode,
         CAST(CASE WHEN root <= 5 THEN 1 WHEN root <= 8 THEN 2 WHEN root <= 13 THEN 3 ELSE 4 END
              AS UTINYINT) AS QuadClass,
         CAST(round(random() * 20 - 10, 1) AS FLOAT) AS GoldsteinScale,
         CAST(1 + floor(-3 * ln(1 - random())) AS INT) AS NumSources,
         CAST(random() * 8 - 6 AS FLOAT) AS AvgTone,
         ['SY', 'IZ', 'UP', 'SU', 'NI', 'AF', 'US', 'FR'][1 + CAST(floor(random() * 8) AS INT)]
           AS ActionGeo_CountryCode
  FROM (SELECT i, DATE '2015-01-01' + CAST(3650 * i // {all} AS INT) AS d,
               1 + CAST(floor(random() * 20) AS INT) AS root,
               CAST(floor(20000 * pow(random(), 2.2)) AS INT) AS x,
               CAST(floor(20000 * pow(random(), 2.2)) AS INT) AS y
        FROM range({first}, {last}) t(i))
) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 500000)
"""
_STATES = "['SYR','IRQ','UKR','RUS','SDN','USA','FRA','NGA','AFG','MMR']"
_KINDS = "['GOV','REB','MIL','CVL','OPP']"
_CODE = f"{_STATES}[1 + {{0}} % 10] || {_KINDS}[1 + ({{0}} // 10) % 5]"
_HARD = _CODE + " || CAST({0} AS VARCHAR)"
_BARE = """
COPY (
  SELECT Actor1Code, Actor2Code,
         CAST(floor(SQLDATE / 100) AS INT) AS month,
         CASE WHEN QuadClass <= 2 THEN 1 ELSE -1 END AS sign,
         count(*) AS rows, sum(NumSources) AS weight
  FROM read_parquet('{files}')
  WHERE Actor1Code <> Actor2Code
  GROUP BY ALL
) TO '{path}' (FORMAT parquet)
"""


_COLUMNS = """
COPY (
  SELECT concat('gdelt:', GlobalEventID) AS claim, filename AS file, file_row_number + 1 AS "row",
         Actor1Code AS source, Actor2Code AS target,
         CAST(CASE WHEN QuadClass <= 2 THEN 1 ELSE -1 END AS TINYINT) AS sign,
         ActionGeo_CountryCode AS place, CAST(NumSources AS DOUBLE) AS weight,
         make_date(SQLDATE // 10000, SQLDATE // 100 % 100, SQLDATE % 100) AS valid_from,
         valid_from AS valid_to, DATE '2025-01-01' AS known_from, CAST(NULL AS DATE) AS known_to
  FROM read_parquet('{files}', filename = true, file_row_number = true) {order}
) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""


def main() -> None:
    """Make the files, measure and print."""
    parser = m.arguments(__doc__, repetitions=3)
    parser.add_argument("--millions", default="10", help="of events, with commas")
    parser.add_argument("--shapes", default="sector,hard")
    parser.add_argument("--beside", default="pandas,polars,spark", help="which, with commas")
    parser.add_argument("--keep", action="store_true", help="do not remove the files of events")
    parser.add_argument("--store", action="store_true", help="measure the store instead")
    given = parser.parse_args()
    if given.store:
        _stores(given)
        return
    beside = [one for one in given.beside.split(",") if one and _is_there(one)]
    rows: list[list[object]] = []
    kept: dict[str, dict[str, m.Run]] = {}
    ours_by_size: dict[tuple[str, float], float] = {}
    for shape in given.shapes.split(","):
        for millions in map(float, given.millions.split(",")):
            folder = made(shape, round(millions * 1_000_000))
            runs = _measured(folder, beside, given.repetitions)
            medians = {name: m.middle(some) for name, some in runs.items()}
            ours_by_size[shape, millions] = medians["ours"].seconds
            kept[f"{shape} {millions:g}"] = medians
            rows.append(_row(shape, millions, medians, beside))
            if not given.keep:
                shutil.rmtree(folder)
    m.table(
        ["shape", "million", "dyads", "ours, s", "ours ÷ DuckDB alone", "ours, MB", "DuckDB, MB",
         *(f"{name} ÷ ours (MB)" for name in beside)],
        rows,
    )  # fmt: skip
    for shape in given.shapes.split(","):
        sizes = sorted(size for own, size in ours_by_size if own == shape)
        if len(sizes) > 1:
            first, last = sizes[0], sizes[-1]
            grown = ours_by_size[shape, last] / ours_by_size[shape, first]
            print(f"power of growth, {shape}: {log(grown) / log(last / first):.2f}")
    m.keep("events", kept)


def _stores(given: argparse.Namespace) -> None:
    """Measure the store beside DuckDB alone, and print."""
    rows: list[list[object]] = []
    kept: dict[str, dict[str, m.Run]] = {}
    for shape in given.shapes.split(","):
        for millions in map(float, given.millions.split(",")):
            folder = str(made(shape, round(millions * 1_000_000)))
            store = m.OUT / "store"
            runs: dict[str, list[m.Run]] = {}
            for _ in range(given.repetitions):
                shutil.rmtree(store, ignore_errors=True)
                for name, function in _STORE.items():
                    runs.setdefault(name, []).append(m.in_child(function, folder, str(store)))
            shutil.rmtree(store)
            _later(folder).unlink()
            medians = {name: m.middle(some) for name, some in runs.items()}
            kept[f"store {shape} {millions:g}"] = medians
            alone = medians["copy"].seconds
            rows += [
                [
                    shape,
                    f"{millions:g}",
                    name,
                    one.value,
                    one.seconds,
                    one.seconds / alone,
                    one.peak,
                ]
                for name, one in medians.items()
            ]
            if not given.keep:
                shutil.rmtree(folder)
    m.table(["shape", "million", "what", "MB or dyads", "s", "÷ copy", "peak, MB"], rows)
    m.keep("events-store", kept)


def _copied(folder: str, _store: str, order: str = "") -> m.Run:
    """Write the columns of a store with DuckDB alone."""
    with _target(folder) as path, m.timed() as taken:
        with _duckdb().connect() as connection:
            connection.execute(f"SET memory_limit = '{LIMIT}'")
            connection.execute(f"SET temp_directory = '{m.OUT}'")
            connection.execute("SET preserve_insertion_order = false")
            connection.execute(_COLUMNS.format(files=f"{folder}/*.parquet", path=path, order=order))
        size = path.stat().st_size / 1e6
    return m.Run(taken[0], m.peak_memory(), round(size))


def _sorted(folder: str, store: str) -> m.Run:
    """Write the same in the order of actors."""
    return _copied(folder, store, "ORDER BY source, target, valid_from")


def _first(folder: str, store: str) -> m.Run:
    """Add a first release with ``graph.events``."""
    return _added(folder, store, "1", "2025-01-01")


def _second(folder: str, store: str) -> m.Run:
    """Add a second one, in which one row in a hundred has another weight."""
    path = _later(folder)
    if not path.exists():
        with _duckdb().connect() as connection:
            connection.execute(f"SET memory_limit = '{LIMIT}'")
            connection.execute("SET preserve_insertion_order = false")
            connection.execute(
                "COPY (SELECT * REPLACE (NumSources + CAST(hash(GlobalEventID) % 100 = 0 AS INT) "
                f"AS NumSources) FROM read_parquet('{folder}/*.parquet')) TO '{path}'"
            )
    found = m.in_child(_added, str(path), store, "2", "2026-01-01")
    return m.Run(*found)


def _later(folder: str) -> Path:
    return Path(folder).parent / "later.parquet"


def _added(files: str, store: str, name: str, day: str) -> m.Run:
    from graph.events.comparing import NewRelease
    from graph.events.writing import add

    _duckdb()
    with m.timed() as taken:
        asked = NewRelease("gdelt", name, day)
        add(Path(store), [files], asked, memory=LIMIT, scratch=str(m.OUT))
    size = sum(one.stat().st_size for one in Path(store).rglob("*.parquet")) / 1e6
    return m.Run(taken[0], m.peak_memory(), round(size))


def _network(folder: str, _store: str) -> m.Run:
    """Write the dyads of the files themselves."""
    return ours(folder)


def _of_store(_folder: str, store: str) -> m.Run:
    """Write the dyads of what the store knows."""
    return ours(store)


_STORE: dict[str, Callable[[str, str], m.Run]] = {
    "copy": _copied, "copy, sorted": _sorted, "first release": _first, "network of files": _network,
    "network of one release": _of_store, "second release": _second, "network of two": _of_store,
}  # fmt: skip


def made(shape: str, number: int) -> Path:
    """Return a folder of so many events, made now if it is not there, part by part."""
    duckdb, folder = _duckdb(), m.OUT / f"events-{shape}-{number}"
    if folder.exists():
        return folder
    fresh = folder.with_name(f".{folder.name}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    code = _CODE if shape == "sector" else _HARD
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{LIMIT}'")
        connection.execute("SELECT setseed(0.5)")
        for part, first in enumerate(range(0, number, PART)):
            connection.execute(_MAKE.format(
                a=code.format("x"), b=code.format("y"), all=number, first=first,
                last=min(first + PART, number), path=fresh / f"part-{part:04}.parquet",
            ))  # fmt: skip
    fresh.rename(folder)
    return folder


def _measured(folder: Path, beside: list[str], repetitions: int) -> dict[str, list[m.Run]]:
    """Measure ours and DuckDB alone in turns, and each of the others once."""
    runs = m.taking_turns({"ours": ours, "bare": bare}, repetitions, str(folder))
    return runs | {name: [m.in_child(_OTHERS[name], str(folder))] for name in beside}


def _row(shape: str, millions: float, medians: dict[str, m.Run], beside: list[str]) -> list[object]:
    own, alone = medians["ours"], medians["bare"]
    answers = {name: one.value for name, one in medians.items()}
    if len(set(answers.values())) > 1:
        raise SystemExit(f"the numbers of dyads differ: {answers}")
    others = [
        f"{medians[name].seconds / own.seconds:.1f} ({medians[name].peak:,.0f})" for name in beside
    ]
    return [shape, f"{millions:g}", own.value, own.seconds, own.seconds / alone.seconds, own.peak,
            alone.peak, *others]  # fmt: skip


def ours(folder: str) -> m.Run:
    """Write the dyads by month with ``graph.events``."""
    from graph.events.engines import EventDyads, engine
    from graph.events.questions import DyadQuestion

    _duckdb()
    with _target(folder) as path, m.timed() as taken:
        with engine(memory=LIMIT, scratch=str(m.OUT)) as made:
            EventDyads(made, [folder], DyadQuestion()).parquet(path)
        found = _number(path)
    return m.Run(taken[0], m.peak_memory(), found)


def bare(folder: str) -> m.Run:
    """Write the same with DuckDB alone."""
    duckdb = _duckdb()
    with _target(folder) as path, m.timed() as taken:
        with duckdb.connect() as connection:
            connection.execute(f"SET memory_limit = '{LIMIT}'")
            connection.execute(f"SET temp_directory = '{m.OUT / 'duckdb-alone'}'")
            connection.execute("SET preserve_insertion_order = false")
            connection.execute(_BARE.format(files=f"{folder}/*.parquet", path=path))
        found = _number(path)
    return m.Run(taken[0], m.peak_memory(), found)


def pandas(folder: str) -> m.Run:
    """Write the same with pandas, all in memory."""
    import pandas as pd

    columns = ["Actor1Code", "Actor2Code", "SQLDATE", "QuadClass", "NumSources"]
    with _target(folder) as path, m.timed() as taken:
        frame = pd.read_parquet(folder, columns=columns)
        frame = frame[frame.Actor1Code != frame.Actor2Code]
        frame["month"] = frame.SQLDATE // 100
        frame["sign"] = (frame.QuadClass <= 2) * 2 - 1
        groups = frame.groupby(["Actor1Code", "Actor2Code", "month", "sign"], sort=False)
        groups.NumSources.agg(["size", "sum"]).reset_index().to_parquet(path)
        found = _number(path)
    return m.Run(taken[0], m.peak_memory(), found)


def polars(folder: str) -> m.Run:
    """Write the same with Polars, streaming."""
    import polars as pl

    with _target(folder) as path, m.timed() as taken:
        month, sign = pl.col("SQLDATE") // 100, pl.col("QuadClass") <= 2
        keys = ["Actor1Code", "Actor2Code", month.alias("month"), sign.alias("sign")]
        frame = pl.scan_parquet(f"{folder}/*.parquet")
        frame = frame.filter(pl.col("Actor1Code") != pl.col("Actor2Code")).group_by(keys)
        frame.agg(pl.len().alias("rows"), pl.col("NumSources").sum()).sink_parquet(path)
        found = _number(path)
    return m.Run(taken[0], m.peak_memory(), found)


def spark(folder: str) -> m.Run:
    """Write the dyads with ``graph.events`` by Spark on this machine."""
    from graph.events.engines import EventDyads, engine
    from graph.events.questions import DyadQuestion

    os.environ["PYSPARK_SUBMIT_ARGS"] = "--driver-memory 4g pyspark-shell"
    with _target(folder) as path:
        start = m.processor_time()
        with engine("local[2]") as made:
            asked = EventDyads(made, [folder], DyadQuestion())
            asked.parquet(path)
            seconds, peak = _of_java(made)
        found = _number(path / "*.parquet")
    return m.Run(seconds + m.processor_time() - start, peak, found)


def _of_java(made: object) -> tuple[float, float]:
    """Return processor time and peak memory of the Java that runs Spark."""
    gateway = made.session.sparkContext._gateway  # type: ignore[attr-defined]  # noqa: SLF001
    process = gateway.proc.pid
    words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    seconds = (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
    status = Path(f"/proc/{process}/status").read_text()
    return seconds, int(status.partition("VmHWM:")[2].split()[0]) / 1024


_OTHERS: dict[str, Callable[[str], m.Run]] = {"pandas": pandas, "polars": polars, "spark": spark}


@contextmanager
def _target(folder: str) -> Iterator[Path]:
    """Give a path for the dyads, and remove what was written there."""
    path = Path(folder).parent / "dyads.parquet"
    try:
        yield path
    finally:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _number(path: Path) -> int:
    with _duckdb().connect() as connection:
        query = "SELECT count(*) FROM read_parquet($path)"
        return int(connection.execute(query, {"path": str(path)}).fetchall()[0][0])


def _is_there(name: str) -> bool:
    package = {"spark": "pyspark"}.get(name, name)
    if find_spec(package) is None or (name == "spark" and shutil.which("java") is None):
        print(f"{name} is not there, and is left out")
        return False
    return True


def _duckdb() -> ModuleType:
    import duckdb

    return duckdb


if __name__ == "__main__":
    main()
