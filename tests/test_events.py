"""Dyads of events: what SQL puts together against a plain count, and what a command makes of it."""

from __future__ import annotations

import csv
import json
import os
import signal
import threading
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from unittest import mock

import networkx as nx
import pytest
from click.testing import CliRunner
from depth import examples
from hypothesis import example, given
from hypothesis import strategies as st
from readers import need

from graph.cli.main import main
from graph.errors import InputOutputError, UsageError
from graph.events import engines, passes
from graph.events.engines import EventDyads, engine
from graph.events.questions import PERIODS, Dyad, DyadQuestion, fitting, tables
from graph.importers import formats, importing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from graph.events.questions import EventTable, Period

HEAD = ("Actor1Code", "Actor2Code", "SQLDATE", "QuadClass", "NumSources", "ActionGeo_CountryCode")
Event = tuple[str | None, str | None, date, int, int, str | None]
DAY = date(2015, 12, 30)
EVENTS: list[Event] = [
    ("GOV", "REB", DAY, 4, 3, "SY"),
    ("GOV", "REB", DAY + timedelta(1), 3, 1, "SY"),
    ("GOV", "REB", DAY + timedelta(2), 4, 1, "IZ"),
    ("GOV", "REB", DAY, 1, 5, "SY"),
    ("REB", "GOV", DAY, 2, 1, None),
    ("GOV", "GOV", DAY, 4, 9, "SY"),
    (None, "REB", DAY, 4, 9, "SY"),
    ("GOV", "", DAY, 4, 9, "SY"),
]
actors = st.sampled_from(["GOV", "REB", "MIL", "l'Est", "Ω", "", None])
events = st.tuples(
    actors, actors, st.dates(date(2014, 11, 1), date(2016, 2, 3)), st.integers(1, 4),
    st.integers(1, 9), st.sampled_from(["SY", "IZ", None]),
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _engine() -> None:
    need("duckdb")


def written(rows: Sequence[Event], path: Path) -> Path:
    """Write events as GDELT does, as Parquet or CSV by the ending of the file."""
    import duckdb

    with duckdb.connect() as connection:
        kinds = ("VARCHAR", "VARCHAR", "INT", "INT", "INT", "VARCHAR")
        columns = ", ".join(f"{name} {kind}" for name, kind in zip(HEAD, kinds, strict=True))
        connection.execute(f"CREATE TABLE made ({columns})")
        values = [(a, b, int(f"{day:%Y%m%d}"), *rest) for a, b, day, *rest in rows]
        if values:
            connection.executemany("INSERT INTO made VALUES (?, ?, ?, ?, ?, ?)", values)
        connection.execute(f"COPY made TO '{path}'")
    return path


def asked_of_duckdb(sql: str, **given: str) -> list[tuple[Any, ...]]:
    """Return what DuckDB answers by itself."""
    import duckdb

    with duckdb.connect() as connection:
        return connection.execute(sql, given).fetchall()


def counted_plainly(rows: Sequence[Event], question: DyadQuestion) -> list[Dyad]:
    """Return the dyads as a loop finds them."""
    found: dict[tuple[str, str, str, int, str], list[int]] = defaultdict(lambda: [0, 0])
    for source, target, day, kind, weight, place in rows:
        if source and target and source != target:
            period = day.isoformat()[: PERIODS[question.period]]
            where = (place or "") if question.places else ""
            one = found[source, target, period, 1 if kind <= 2 else -1, where]
            one[0] += 1
            one[1] += weight
    return [
        Dyad(*key, count, float(weight))
        for key, (count, weight) in sorted(found.items())
        if count >= question.least
    ]


def dyads(path: Path, question: DyadQuestion) -> list[Dyad]:
    with engine() as made:
        return list(EventDyads(made, [str(path)], question).rows())


@pytest.mark.parametrize("period", PERIODS)
@examples(100, part=0.4)
@given(st.lists(events, max_size=80), st.booleans(), st.integers(1, 3))
@example([*EVENTS, ("GOV", "REB", date(2015, 3, 9), 4, 2, "SY")], False, 1)
def test_dyads_are_what_a_plain_count_finds(
    tmp_path_factory: pytest.TempPathFactory,
    period: Period,
    rows: list[Event],
    places: bool,
    least: int,
) -> None:
    path = written(rows, tmp_path_factory.mktemp("events") / "events.parquet")
    question = DyadQuestion(period=period, places=places, least=least)
    assert dyads(path, question) == counted_plainly(rows, question)


@examples(25)
@given(st.lists(events, max_size=80), st.booleans(), st.integers(1, 2), st.integers(1, 20))
@example([(f"{n:03}'", "B", DAY, 1, 1, "SY") for n in range(200)], True, 1, 1)
def test_passes_change_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[Event],
    places: bool,
    least: int,
    width: int,
) -> None:
    folder = tmp_path_factory.mktemp("events")
    for number in range(3):
        written(rows[number::3], folder / f"{number}.parquet")
    question = DyadQuestion(places=places, least=least)
    with (
        mock.patch.object(passes, "WIDTH", width * 2_000_000),
        engine(memory="80MB") as made,
    ):
        asked = EventDyads(made, [str(folder)], question)
        assert list(asked.rows()) == counted_plainly(rows, question)
        asked.parquet(folder / "dyads")
        parts = asked._passes
    if width > 4 and len({one.source for one in counted_plainly(rows, DyadQuestion())}) > 9:
        assert len(parts) > 1
    found = asked_of_duckdb(
        "SELECT source, target, strftime(period, '%Y-%m'), sign, place, rows, weight "
        "FROM read_parquet($path) ORDER BY ALL",
        path=str(folder / "dyads"),
    )
    assert found == [tuple(one) for one in counted_plainly(rows, question)]


def test_as_many_passes_are_made_as_dyads_need() -> None:
    """Of names that are all different, of few that come again and again, and of none."""
    steps = [f"{one:02}" for one in range(1, 64)]
    new = passes.DyadSample(1000, 1000, 0, 10.0, steps, 1000)
    assert passes.borders(new, 10_000_000, 4 * 10**9) == []
    assert len(passes.borders(new, 100_000_000, 4 * 10**9)) == 3
    assert len(passes.borders(new, 10**9, 4 * 10**9)) == passes.MOST - 1
    again = passes.DyadSample(500, 20, 40, 10.0, steps, 1000)
    assert passes.borders(again, 10**9, 4 * 10**9) == []
    assert passes.borders(passes.DyadSample(0, 0, 0, None, None, 9), 10**9, 1) == []
    alone = new._replace(steps=["A"] * 63)
    assert passes.borders(alone, 10**9, 10**9) == ["A"]
    assert passes.ranges(["A", "B"]) == [(None, "A"), ("A", "B"), ("B", None)]


def test_the_sample_lies_evenly_over_all_rows() -> None:
    found = list(passes.blocks([("a", 0), ("b", 100), ("c", 0), ("d", 300)]))
    assert len(found) == passes.BLOCKS
    assert found[:3] == [("b", 0), ("b", 50), ("d", 0)]
    assert found[-1] == ("d", 250)


def test_csv_and_a_folder_of_parquet_say_the_same(tmp_path: Path) -> None:
    inner = tmp_path / "parts" / "dataset=gdelt" / "release=2016"
    inner.mkdir(parents=True)
    written(EVENTS[:3], inner / "one.parquet")
    written(EVENTS[3:], inner / "two.parquet")
    found = dyads(written(EVENTS, tmp_path / "events.csv"), DyadQuestion(places=True))
    assert found == dyads(tmp_path / "parts", DyadQuestion(places=True)) != []


def test_rows_of_two_releases_do_not_count_twice(tmp_path: Path) -> None:
    for release in ("release=25", "release=26"):
        (tmp_path / release).mkdir()
        written(EVENTS, tmp_path / release / "events.parquet")
    with pytest.raises(UsageError, match="releases 25, 26"):
        dyads(tmp_path, DyadQuestion())
    assert dyads(tmp_path / "release=26", DyadQuestion()) == counted_plainly(EVENTS, DyadQuestion())


def test_a_span_takes_the_days_in_it(tmp_path: Path) -> None:
    path = written(EVENTS, tmp_path / "events.parquet")
    within = [one for one in EVENTS if one[2].year == 2016]
    question = DyadQuestion(during="2016")
    assert dyads(path, question) == counted_plainly(within, question) != []
    with pytest.raises(UsageError, match="during"):
        dyads(path, DyadQuestion(during="some day"))


def test_what_was_known_on_a_day(tmp_path: Path) -> None:
    """An event that a release drops is there for whoever asks about a day before."""
    path = tmp_path / "events.parquet"
    asked_of_duckdb(
        "COPY (SELECT *, 'A' AS source, -1 AS sign, '' AS place, 1 AS weight, "
        "DATE '2014-01-01' AS valid_from FROM (VALUES "
        "('B', DATE '2015-01-01', DATE '2016-01-01'), ('C', DATE '2015-06-01', NULL)) "
        "t(target, known_from, known_to)) TO $path",
        path=str(path),
    )
    asked = {day: dyads(path, DyadQuestion(known=day))
             for day in (None, "2014-12-31", "2015-01-01", "2015-12-31", "2016-01-01")}  # fmt: skip
    assert {day: [one.target for one in found] for day, found in asked.items()} == {
        None: ["C"], "2014-12-31": [], "2015-01-01": ["B"], "2015-12-31": ["B", "C"],
        "2016-01-01": ["C"],
    }  # fmt: skip
    with pytest.raises(UsageError, match="do not say since when"):
        dyads(written(EVENTS, tmp_path / "gdelt.parquet"), DyadQuestion(known="2016-01-01"))


@pytest.mark.parametrize("table", tables(), ids=lambda one: one.name)
def test_a_table_has_the_columns_that_it_asks_for(table: EventTable) -> None:
    import duckdb

    columns = ", ".join(f"CAST(NULL AS VARCHAR) AS {name}" for name in table.columns)
    if table.name == "events":
        columns = columns.replace(
            "CAST(NULL AS VARCHAR) AS valid_from", "DATE '2015-01-01' AS valid_from"
        )
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW files AS SELECT {columns}")
        connection.execute(DyadQuestion().view(fitting([*table.columns, "other"])))
        found = connection.execute("SELECT * FROM events").description
    assert {one[0] for one in found} == {"source", "target", "ymd", "sign", "place", "weight"}


def test_a_table_that_is_not_known_is_told_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("Actor1Code,Actor2Code,SQLDATE,QuadClass,NumSources\n", "utf-8")
    with pytest.raises(UsageError, match=r"GDELT 2\.0.*: ActionGeo_CountryCode are not there"):
        dyads(path, DyadQuestion())


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("A,B,2015-13,1,1,SY", r"2015-13.*events.*, row 2 \(SQLDATE\)"),
        ("A,B,20151301,1,1,SY", r"events.*, row 2 \(20151301 is no day\)"),
        ("A,B,20150101,good,1,SY", r"good.*events.*, row 2 \(QuadClass\)"),
    ],
)
def test_what_is_no_number_or_day_is_told_with_its_row(
    tmp_path: Path, row: str, told: str, ending: str
) -> None:
    path = tmp_path / "events.csv"
    path.write_text(f"{','.join(HEAD)}\nA,B,20150101,1,1,SY\n{row}\n", "utf-8")
    if ending == "parquet":
        made = path.with_suffix(".parquet")
        asked_of_duckdb(
            f"COPY (FROM read_csv($path, all_varchar = true)) TO '{made}'", path=str(path)
        )
        path = made
    with pytest.raises(InputOutputError, match=told):
        dyads(path, DyadQuestion())


def test_of_csv_nothing_is_guessed(tmp_path: Path) -> None:
    """A name may begin as a remark does, and have quotes, separators and lines in it."""
    names = ["#1 brigade", 'the "free", army', "two\nlines", "'l'Est", "back\\", " apart "]
    rows: list[Event] = [(one, "GOV", DAY, 4, 1, "SY") for one in names]
    path = tmp_path / "events.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEAD)
        table.writerows([a, b, f"{day:%Y%m%d}", *more] for a, b, day, *more in rows)
    assert {one.source for one in dyads(path, DyadQuestion())} == set(names)


@pytest.mark.parametrize("before", ["", "GOV,REB,20150101,1,1,SY\n" * 40_000])
@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("GOV,REB,20150101,1\n", "events.csv"),
        ("GOV,REB,20150101,1,1,SY,more\n", "events.csv"),
        ('GOV,"REB,20150101,1,1,SY\n', "events.csv"),
        ("GOV,R\xc9B,20150101,1,1,SY\n", "events.csv, line .*not utf-8"),
    ],
)
def test_rows_of_csv_that_are_not_whole_are_told(
    tmp_path: Path, before: str, row: str, told: str
) -> None:
    after = "GOV,REB,20150101,1,1,SY\n" * 3
    path = tmp_path / "events.csv"
    path.write_text(f"{','.join(HEAD)}\n{before}{row}{after}", "latin-1")
    with pytest.raises(InputOutputError, match=told):
        dyads(path, DyadQuestion())


def test_the_first_rows_of_gdelt_are_not_passed_over(tmp_path: Path) -> None:
    """A file without a header that was cut at its begin, too."""
    path = news(tmp_path / "20160101000000.export.CSV")
    lines = path.read_text("utf-8")
    path.write_text(lines.partition("\t")[2] + lines, "utf-8")
    with pytest.raises(InputOutputError, match=path.name):
        dyads(path, DyadQuestion())


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_file_that_lacks_a_column_is_told(tmp_path: Path, ending: str) -> None:
    """Its weights would be none, and nobody would see it."""
    for name, columns in (("a", "*"), ("b", "* EXCLUDE (NumSources)")):
        whole = written(EVENTS, tmp_path / f"whole-{name}.parquet")
        made = tmp_path / f"{name}.{ending}"
        asked_of_duckdb(
            f"COPY (SELECT {columns} FROM read_parquet($path)) TO '{made}'",  # noqa: S608
            path=str(whole),
        )
    files = [str(tmp_path / f"{name}.{ending}") for name in "ab"]
    with engine() as duck:
        with pytest.raises(UsageError, match=rf"b\.{ending} has no column NumSources"):
            EventDyads(duck, files, DyadQuestion())
        with pytest.raises(UsageError, match="NumSources are not there"):
            EventDyads(duck, files[1:], DyadQuestion())


def test_names_of_folders_are_columns(tmp_path: Path) -> None:
    for place, number in (("SY", 3), ("IZ", 1)):
        inside = tmp_path / f"ActionGeo_CountryCode={place}"
        inside.mkdir()
        asked_of_duckdb(
            f"COPY (SELECT * EXCLUDE (ActionGeo_CountryCode) FROM read_parquet($path) "  # noqa: S608
            f"LIMIT {number}) TO '{inside}/a.parquet'",
            path=str(written(EVENTS, tmp_path.parent / f"{tmp_path.name}-{place}.parquet")),
        )
    found = dyads(tmp_path, DyadQuestion(places=True, period="all"))
    assert {(one.place, one.rows) for one in found} == {("SY", 3), ("IZ", 1)}


def test_a_folder_is_its_finished_files(tmp_path: Path) -> None:
    """Also those behind links; what Spark has not finished, or hides, does not count."""
    inner = tmp_path / "events" / "2015" / "12"
    for folder in (inner, tmp_path / "events" / "_temporary", tmp_path / "events" / ".before",
                   tmp_path / "elsewhere"):  # fmt: skip
        folder.mkdir(parents=True)
        written(EVENTS, folder / "a.parquet")
    (tmp_path / "events" / "notes.txt").write_text("not one of them", "utf-8")
    (tmp_path / "events" / "other").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "round").symlink_to(tmp_path / "events")
    assert sum(one.rows for one in dyads(tmp_path / "events", DyadQuestion())) == 5 * 2


def test_numbers_may_name_actors_and_nobody_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "numbers.parquet"
    asked_of_duckdb(
        "COPY (SELECT 1 AS Actor1Code, 2 AS Actor2Code, 20150101 AS SQLDATE, 1 AS QuadClass, "
        f"1 AS NumSources, NULL AS ActionGeo_CountryCode) TO '{path}'"
    )
    assert [(one.source, one.target) for one in dyads(path, DyadQuestion())] == [("1", "2")]


@pytest.mark.landing
def test_who_interrupts_is_obeyed() -> None:
    """DuckDB tells it as an error of its own."""
    threading.Timer(1, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt), engine() as made:
        made.execute("SELECT count(*) FROM range(10000000000) a(i) WHERE hash(i) = 1")


def test_too_little_memory_goes_to_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "many.parquet"
    asked_of_duckdb(
        "COPY (SELECT 'A' || i % 900001 AS Actor1Code, 'B' || i % 7 AS Actor2Code, "
        "20150101 AS SQLDATE, "
        "1 AS QuadClass, 1 AS NumSources, 'SY' AS ActionGeo_CountryCode "
        "FROM range(1000000) t(i)) TO $path",
        path=str(path),
    )
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with engine(memory="80MB", scratch=str(scratch)) as made:
        EventDyads(made, [str(path)], DyadQuestion()).parquet(tmp_path / "dyads.parquet")
    path = tmp_path / "dyads.parquet"
    found = asked_of_duckdb("SELECT sum(rows), count(*) FROM read_parquet($path)", path=str(path))
    assert found == [(1_000_000, 1_000_000)]
    assert not list(scratch.iterdir())


def news(path: Path) -> Path:
    """Write events in the 61 columns of GDELT, without a header."""
    order = formats.known("gdelt").tables[0].layout.order
    lines = []
    for number, (a, b, day, kind, weight, place) in enumerate(EVENTS):
        values = dict(zip(HEAD, (a, b, f"{day:%Y%m%d}", kind, weight, place), strict=True))
        code = {1: "036", 2: "071", 3: "112", 4: "190"}[kind]
        more = {
            "GLOBALEVENTID": number + 1, "EventBaseCode": code, "EventCode": code,
            "Actor1Name": a and f'{a} "one', "Actor2Name": b, "ActionGeo_FullName": place,
        }  # fmt: skip
        lines.append("\t".join(str({**values, **more}.get(name) or "") for name in order))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_files_as_gdelt_gives_them_need_no_header(tmp_path: Path) -> None:
    question = DyadQuestion(places=True)
    found = dyads(news(tmp_path / "20160101000000.export.CSV"), question)
    assert found == counted_plainly(EVENTS, question)


def test_what_an_import_keeps_gives_the_same_network(tmp_path: Path) -> None:
    files = [news(tmp_path / "a.csv")]
    request = importing.Request(files, day="2016-02-01", events_up_to=0)
    importing.run(formats.known("gdelt"), request, tmp_path / "case", dry_run=False)
    question = DyadQuestion(places=True)
    assert dyads(tmp_path / "case" / "imports", question) == counted_plainly(EVENTS, question)


def test_a_network_in_memory_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "MOST", 3)
    path = str(written(EVENTS, tmp_path / "events.parquet"))
    with engine() as made, pytest.raises(UsageError, match="--format parquet"):
        EventDyads(made, [path], DyadQuestion()).network()


def hudna(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["network", *words])
    return done.exit_code, done.stdout, done.stderr


def test_the_command_needs_no_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = str(written(EVENTS, tmp_path / "events.parquet"))
    code, out, err = hudna("--events", path)
    assert code == 0, err
    assert [line.split() for line in out.splitlines()[2:]] == [
        ["GOV", "REB", "2015-12", "negative", "2", "4"],
        ["GOV", "REB", "2015-12", "positive", "1", "5"],
        ["GOV", "REB", "2016-01", "negative", "1", "1"],
        ["REB", "GOV", "2015-12", "positive", "1", "1"],
    ]
    assert "2 actors, 4 dyads of 5 of 8 events" in err


def test_each_format_holds_sign_period_weight_and_rows(tmp_path: Path) -> None:
    path = str(written(EVENTS, tmp_path / "events.parquet"))
    made = {}
    for form in ("graphml", "gexf", "json", "csv", "parquet"):
        code, _, err = hudna(
            "--events", path, "--format", form, "-o", str(tmp_path / f"net.{form}")
        )
        assert code == 0, err
        made[form] = tmp_path / f"net.{form}"
    wanted = {
        ("GOV", "REB", -1, "2015-12", 4.0, 2), ("GOV", "REB", 1, "2015-12", 5.0, 1),
        ("GOV", "REB", -1, "2016-01", 1.0, 1), ("REB", "GOV", 1, "2015-12", 1.0, 1),
    }  # fmt: skip
    linked = nx.node_link_graph(json.loads(made["json"].read_text("utf-8")), edges="edges")
    for network in (nx.read_graphml(made["graphml"], force_multigraph=True), linked):
        found = {
            (a, b, data["sign"], data["period"], data["weight"], data["rows"])
            for a, b, data in network.edges(data=True)
        }
        assert found == wanted
    merged = {
        (a, b, data["sign"]): (data["weight"], data["rows"])
        for a, b, data in nx.read_gexf(made["gexf"]).edges(data=True)
    }
    assert merged == {
        ("GOV", "REB", -1): (5.0, 3), ("GOV", "REB", 1): (5.0, 1), ("REB", "GOV", 1): (1.0, 1)
    }  # fmt: skip
    row = next(csv.DictReader(made["csv"].read_text("utf-8").splitlines()))
    assert (row["Weight"], row["Rows"], row["Period"], row["Sign"]) == ("4.0", "2", "2015-12", "-1")
    read = asked_of_duckdb(
        "SELECT source, target, sign, strftime(period, '%Y-%m'), weight, rows "
        "FROM read_parquet($path)",
        path=str(made["parquet"]),
    )
    assert set(read) == wanted


@pytest.mark.parametrize(("top", "nodes"), [("1", ["C"]), ("2", ["C", "A", "B"]),
                                            ("3", ["C", "A", "B"]), ("4", [*"CABDE"])])  # fmt: skip
def test_the_first_of_a_measure_are_all_that_share_the_last_rank(
    tmp_path: Path, top: str, nodes: list[str]
) -> None:
    pairs = ("AB", "AC", "BC", "CD", "CE")
    path = str(
        written(
            [(a, b, DAY, 1, 1, "SY") for a, b in map(tuple, pairs)], tmp_path / "events.parquet"
        )
    )
    code, out, err = hudna("--events", path, "--measure", "degree", "--top", top, "--format", "csv")
    assert code == 0, err
    assert [line.partition(",")[0] for line in out.splitlines()[1:]] == nodes


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ties", "--as", "x", "--events", "FILE"], "--voice goes without --events"),
        (["--least", "2"], "--least goes with --events"),
        (["--format", "gexf"], "hudna export"),
        (["--events", "FILE", "--format", "parquet"], "-o"),
        (["--events", "FILE", "--engine", "hive"], "no engine"),
        (["--events", "FILE", "--engine", "sparc://here"], "no engine"),
        (["--events", "FILE", "--memory", "-1"], "memory"),
        (["--events", "FILE", "-o", "s3a://lake/x.gexf", "--format", "gexf"], "--format parquet"),
        (["--events", "FILE.csv", "-o", "s3a://lake/x", "--format", "parquet"], "--engine"),
        (["--events", "FILE", "--memory", "much"], "memory"),
        (["--events", "no-such.parquet"], "no-such.parquet: not there"),
        (["--events", "FILE", "--events", "FILE.csv"], "one form"),
        (["--events", "FILE", "--top", "3"], "--top needs --measure"),
        (["--events", "FILE", "--sign", "any"], "--sign needs --measure"),
        (["--events", "FILE", "--measure", "degree", "--format", "gexf"], "without -o"),
        (["--events", "FILE", "--measure", "degree", "-o", "FILE.csv"], "without -o"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, words: list[str], told: str) -> None:
    written(EVENTS, tmp_path / "FILE")
    written(EVENTS, tmp_path / "FILE.csv")
    given = [str(tmp_path / one) if one.startswith("FILE") else one for one in words]
    code, out, err = hudna(*given)
    assert code != 0
    assert told in err
    assert out == ""
