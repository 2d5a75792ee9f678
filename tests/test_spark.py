"""The same network by DuckDB and by a real cluster of Spark, also when a worker is killed."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from clusters import Cluster, cluster, connect
from readers import need

from graph.errors import InputOutputError, UsageError
from graph.events.comparing import NewRelease
from graph.events.engines import EventDyads, engine
from graph.events.questions import Dyad, DyadQuestion
from graph.events.spark_measures import MEASURES
from graph.events.spark_writing import refuse_other_disks
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


def test_one_option_takes_the_cluster(
    events: Path, running: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Asked through its master, and through a server of Spark Connect."""
    words = [sys.executable, "-m", "graph", "network", "--events", str(events), "--by-place",
             "--period", "year", "--format", "graphml"]  # fmt: skip

    def told(*how: str) -> str:
        return subprocess.run(
            [*words, *how], capture_output=True, check=True, timeout=SECONDS, text=True
        ).stdout

    here, there = told(), told("--engine", running.url)
    with connect(running, tmp_path_factory.mktemp("connect")) as url:
        connected = told("--engine", url)
    assert here == there == connected
    assert here.count("<edge ") > 1000


def test_files_are_read_alike(running: Cluster, tmp_path: Path) -> None:
    """Quotes, lines and separators in CSV, folders in folders, names of folders as columns."""
    duckdb, sources = need("duckdb"), ["plain", 'a "quoted", name', "two\nlines", "back\\"]
    head = [
        "Actor1Code",
        "Actor2Code",
        "SQLDATE",
        "QuadClass",
        "NumSources",
        "ActionGeo_CountryCode",
    ]
    with (tmp_path / "quoted.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *([one, "B", 20150101, 4, 2, "SY"] for one in sources)])
    with duckdb.connect() as connection:
        for inner in ("inner/2015/01", "inner/2016", "inner/_temporary",
                      "apart/ActionGeo_CountryCode=01", "apart/ActionGeo_CountryCode=1",
                      "releases/release=24.1", "releases/release=24.10"):  # fmt: skip
            (tmp_path / inner).mkdir(parents=True)
            less = "* EXCLUDE (ActionGeo_CountryCode)" if "apart" in inner else "*"
            connection.execute(
                f"COPY (SELECT {less} FROM read_csv($path)) TO '{tmp_path}/{inner}/a.parquet'",  # noqa: S608
                {"path": str(tmp_path / "quoted.csv")},
            )
        (tmp_path / "inner" / "notes.txt").write_text("none of them", "utf-8")
    found: dict[str, list[list[Dyad]]] = {}
    for name in ("duckdb", running.url):
        with engine(name) as made:
            found[name] = [
                list(EventDyads(made, [str(tmp_path / one)], DyadQuestion(places=True)).rows())
                for one in ("quoted.csv", "inner", "apart")
            ]
            with pytest.raises(UsageError, match=r"releases 24\.1, 24\.10"):
                EventDyads(made, [str(tmp_path / "releases")], DyadQuestion())
            if name != "duckdb":
                (tmp_path / "apart" / "more").mkdir()
                (tmp_path / "inner/2016/a.parquet").rename(tmp_path / "apart/more/a.parquet")
                with pytest.raises(UsageError, match=r"apart/more/a\.parquet"):
                    EventDyads(made, [str(tmp_path / "apart")], DyadQuestion())
    assert found["duckdb"] == found[running.url]
    assert {one.source for one in found["duckdb"][0]} == set(sources)


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


def test_what_a_cluster_writes_is_all_there(events: Path, running: Cluster, tmp_path: Path) -> None:
    address = f"file://{tmp_path}/dyads"
    with engine(running.url) as made:
        asked = EventDyads(made, [str(events / "part-00.parquet")], DyadQuestion())
        asked.parquet(address)
        with pytest.raises(UsageError, match="is there already"):
            asked.parquet(address)
        wanted = len(list(asked.rows()))
    found = need("duckdb").sql(f"FROM read_parquet('{tmp_path}/dyads/*.parquet')").fetchall()
    assert len(found) == wanted
    with pytest.raises(InputOutputError, match="all machines"):
        refuse_other_disks(address, wanted, wanted - 1)


@pytest.mark.parametrize("url", ["spark://127.0.0.1:1,127.0.0.1:2", "sc://127.0.0.1:1/;token=own"])
def test_where_nobody_answers_is_told_at_once(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    need("pyspark")
    for name in ("grpc_proxy", "https_proxy", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(InputOutputError, match="nobody answers") as told, engine(url):
        pass
    assert "own" not in str(told.value)


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
