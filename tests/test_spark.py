"""The same network by DuckDB and by a real cluster of Spark, also when a worker is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from clusters import Cluster, cluster
from readers import need

from graph.events.comparing import NewRelease
from graph.events.engines import EventDyads, engine
from graph.events.questions import DyadQuestion
from graph.events.spark_measures import MEASURES
from graph.events.writing import add

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.landing
PARTS = 48
EVENTS = 60_000
SECONDS = 240
_MADE = """
COPY (
  SELECT 'A' || (h % 5) || (h // 7) % (1 + (h // 400) % 40) AS Actor1Code,
         CASE WHEN h % 97 = 0 THEN NULL ELSE 'A' || (h % 5) || (h // 11) % 40 END AS Actor2Code,
         CAST(strftime(DATE '2015-01-01' + CAST(h % 700 AS INT), '%Y%m%d') AS INT) AS SQLDATE,
         1 + (h // 13) % 4 AS QuadClass, 1 + (h // 17) % 9 AS NumSources,
         ['SY', 'IZ', NULL][1 + h % 3] AS ActionGeo_CountryCode
  FROM (SELECT CAST(hash(i) // 1000 AS BIGINT) AS h FROM range($first, $last) t(i))
) TO $path (FORMAT parquet)
"""


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of many files, so that a job has many tasks."""
    duckdb, folder = need("duckdb"), tmp_path_factory.mktemp("events")
    each = EVENTS // PARTS
    with duckdb.connect() as connection:
        for part in range(PARTS):
            given = {"first": part * each, "last": (part + 1) * each}
            connection.execute(_MADE, {**given, "path": str(folder / f"part-{part:02}.parquet")})
    return folder


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster, and what asks it in the environment of the tests."""
    with cluster(tmp_path_factory.mktemp("spark")) as made, pytest.MonkeyPatch.context() as patch:
        for name, value in made.environment.items():
            patch.setenv(name, value)
        yield made


def test_one_option_takes_the_cluster(events: Path, running: Cluster) -> None:
    words = [sys.executable, "-m", "graph", "network", "--events", str(events), "--by-place",
             "--period", "year", "--format", "graphml"]  # fmt: skip
    here, there = (
        subprocess.run(
            [*words, *how], capture_output=True, check=True, timeout=SECONDS, text=True
        ).stdout
        for how in ((), ("--engine", running.url))
    )
    assert here == there
    assert here.count("<edge ") > 1000


def test_a_store_is_known_on_a_day_in_the_same_way(
    events: Path, running: Cluster, tmp_path: Path
) -> None:
    """Two releases, of which the second lacks some rows and says others otherwise."""
    duckdb, store = need("duckdb"), tmp_path / "store"
    first, second = (str(tmp_path / f"{number}.parquet") for number in (1, 2))
    with duckdb.connect() as connection:
        for sql, given in (
            (("COPY (SELECT *, row_number() OVER () AS GLOBALEVENTID FROM read_parquet($files)) "
             "TO $path"), {"files": str(events / "part-0*.parquet"), "path": first}),
            (("COPY (SELECT * REPLACE (NumSources + CAST(NumSources = 3 AS INT) AS NumSources) "
             "FROM read_parquet($files) WHERE SQLDATE % 7 > 0) TO $path"),
             {"files": first, "path": second}),
        ):  # fmt: skip
            connection.execute(sql, given)
    for number in ("1", "2"):
        asked = NewRelease("gdelt", number, f"2020-01-0{number}")
        add(store, [f"{tmp_path}/{number}.parquet"], asked)
    found = {}
    for name in ("duckdb", running.url):
        with engine(name) as made:
            found[name] = [
                list(EventDyads(made, [str(store)], DyadQuestion(known=day)).rows())
                for day in ("2020-01-01", "2020-01-02", None)
            ]
    before, then, now = found["duckdb"]
    assert found[running.url] == found["duckdb"]
    assert before != then == now


def test_measures_are_those_of_one_machine(events: Path, running: Cluster, tmp_path: Path) -> None:
    """Few events, so that there are several components, and nodes without ties that count."""
    files, question = [str(events / "part-00.parquet")], DyadQuestion(period="all", least=2)
    found = {}
    for name in ("duckdb", running.url):
        with engine(name, scratch=str(tmp_path)) as made:
            asked = EventDyads(made, files, question)
            found[name] = {one: dict(asked.values(one)) for one in MEASURES}
    here, there = found["duckdb"], found[running.url]
    assert here["degree"] == there["degree"]
    assert here["component"] == there["component"]
    assert len(set(here["component"].values())) > 1
    assert not list(tmp_path.iterdir())
    assert there["pagerank"] == pytest.approx(here["pagerank"], abs=1e-5)


def test_a_worker_that_is_killed_costs_nothing_but_time(events: Path, running: Cluster) -> None:
    question = DyadQuestion(places=True)
    with engine() as made:
        wanted = list(EventDyads(made, [str(events)], question).rows())
    with engine(running.url) as made:
        asked = EventDyads(made, [str(events)], question)
        _stop_a_worker(made, running)
        killed: list[int] = []
        killer = Thread(target=_kill_in_the_middle, args=(made, running, killed))
        killer.start()
        found = list(asked.rows())
        killer.join()
    (tasks_done,) = killed
    assert 0 < tasks_done < PARTS
    assert found == wanted
    assert running.state()["aliveworkers"] == 1


def _stop_a_worker(made: Any, running: Cluster) -> None:  # noqa: ANN401
    """Let a worker that takes tasks do none, so that no stage of many ends before it is killed."""
    known = made.session.sparkContext._jsc.sc()
    end = time.monotonic() + SECONDS
    while known.getExecutorMemoryStatus().size() <= len(running.workers):  # and the driver
        assert time.monotonic() < end
        time.sleep(0.1)
    os.killpg(running.workers[0].pid, signal.SIGSTOP)


def _kill_in_the_middle(made: Any, running: Cluster, killed: list[int]) -> None:  # noqa: ANN401
    """Kill a worker and what it runs, when some tasks of a stage of many are done."""
    tracker, end = made.session.sparkContext.statusTracker(), time.monotonic() + SECONDS
    while time.monotonic() < end and not killed:
        for number in tracker.getActiveStageIds():
            stage = tracker.getStageInfo(number)
            if stage and 0 < stage.numCompletedTasks < stage.numTasks:
                killed.append(stage.numCompletedTasks)
        time.sleep(0.02)
    os.killpg(running.workers[0].pid, signal.SIGKILL)
