"""Releases of events in columns: what was known on each day, against a plain account of them."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import tempfile
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import dying
import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st
from readers import need
from test_cli_width import too_wide
from test_events import EVENTS, asked_of_duckdb, news

from graph.build import saving
from graph.cli.main import main
from graph.errors import InputOutputError, UsageError
from graph.events import writing
from graph.events.asking import RowQuestion, revisions, rows_of_dyad
from graph.events.comparing import TWICE, NewRelease
from graph.events.duck import Duck, duck
from graph.events.engines import EventDyads, engine
from graph.events.questions import Dyad, DyadQuestion
from graph.events.store import MANIFEST, data_sets
from graph.events.writing import add
from graph.importers import formats, importing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEAD = ("id", "source", "target", "sign", "place", "weight", "valid_from", "valid_to")
FIRST = date(2020, 1, 1)
Values = tuple[str, str, int, str | None, float | None, str, str]
"""Source, target, sign, place, weight, first and last day."""


class Said(NamedTuple):
    """A release as it is given: rows with ids, and how."""

    rows: Sequence[tuple[str, Values]]
    part: bool = False
    slip: Sequence[tuple[str, Values]] = ()
    """Rows that are written under its name first, by mistake."""
    form: str = "csv"


ids = st.sampled_from(list("123456789"))
days = st.dates(date(2015, 12, 30), date(2016, 1, 2)).map(str)
values = st.tuples(
    st.sampled_from(["GOV", "REB", "l'Est", "Ω", ""]), st.sampled_from(["GOV", "REB"]),
    st.sampled_from([-1, 0, 1]), st.sampled_from(["SY", None]), st.sampled_from([1.0, 2.5, None]),
    days,
).map(lambda one: (*one, one[5]))  # fmt: skip
tables = st.lists(st.tuples(ids, values), max_size=8)
some = st.tuples(ids, values.filter(lambda one: bool(one[0])))
releases = st.lists(
    st.builds(
        lambda rows, one, part, slip, form: Said([one, *rows], part, slip, form),
        tables, some, st.booleans(),
        st.one_of(st.just([]), st.lists(some, min_size=1, max_size=4)),
        st.sampled_from(["csv", "parquet"]),
    ),
    min_size=1, max_size=4,
)  # fmt: skip
FIGHT: Values = ("GOV", "REB", -1, "SY", 1.0, "2015-12-30", "2015-12-30")
NO_PLACE: Values = (*FIGHT[:3], None, *FIGHT[4:])
NO_WEIGHT: Values = (*FIGHT[:3], None, None, *FIGHT[5:])
DEAL: Values = ("GOV", "REB", 1, None, 2.0, "2016-01-01", "2016-01-02")


@pytest.fixture(scope="module", autouse=True)
def _engine() -> None:
    need("duckdb")


def written(rows: Sequence[tuple[str, Sequence[object]]], path: Path) -> Path:
    """Write rows as CSV or Parquet, by the ending."""
    text = path.with_suffix(".csv")
    with text.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *((key, *one) for key, one in rows)])
    if path.suffix == ".parquet":
        asked_of_duckdb(f"COPY (FROM read_csv('{text}', all_varchar = true, header = true, "
                        f"delim = ',', quote = '\"')) TO '{path}'")  # fmt: skip
        text.unlink()
    return path


def release(store: Path, number: int, rows: Sequence[tuple[str, Sequence[object]]],
            *, part: bool = False, replace: bool = False, form: str = "csv", **how: Any) -> Any:  # noqa: ANN401  # fmt: skip
    """Add a release, one a day."""
    path = written(rows, store.with_name(f"r{number}.{form}"))
    asked = NewRelease("own", f"r{number}", str(FIRST + timedelta(number)), part, replace)
    return add(store, [str(path)], asked, **how)


def stored(store: Path) -> list[tuple[Any, ...]]:
    """Return all rows of a store."""
    return asked_of_duckdb(
        'SELECT claim, source, target, sign, place, weight, valid_from, valid_to, file, "row", '
        "known_from, known_to, release FROM read_parquet($path, hive_partitioning = true) "
        "ORDER BY claim, known_from", path=f"{store}/**/*.parquet",
    )  # fmt: skip


def usable(rows: Sequence[tuple[str, Values]]) -> dict[str, tuple[int, Values]]:
    """Return the first row of each id that has what a row must have, with its number."""
    found: dict[str, tuple[int, Values]] = {}
    for number, (key, one) in enumerate(rows, 1):
        if one[0]:
            found.setdefault(key, (number, one))
    return found


def told_plainly(said: Sequence[Said]) -> list[dict[str, Any]]:
    """Return all rows of a store as a loop has them."""
    living: dict[str, dict[str, Any]] = {}
    ended = []
    for number, one in enumerate(said):
        day, now = FIRST + timedelta(number), usable(one.rows)
        for key, row in list(living.items()):
            changed = key in now and now[key][1] != row["values"]
            if changed or (key not in now and not one.part):
                ended.append({**living.pop(key), "known_to": day})
        for key, (place, values_) in now.items():
            living.setdefault(key, {
                "claim": f"own:{key}", "values": values_, "file": f"r{number}.{one.form}",
                "row": place, "known_from": day, "known_to": None, "release": f"r{number}",
            })  # fmt: skip
    return sorted([*ended, *living.values()], key=lambda row: (row["claim"], row["known_from"]))


def dyads_plainly(rows: Sequence[Values]) -> list[Dyad]:
    found: dict[tuple[str, str, str, int, str], list[float]] = {}
    for source, target, sign, place, weight, day, _ in rows:
        if source != target:
            one = found.setdefault((source, target, day[:7], sign, place or ""), [0, 0.0])
            one[0] += 1
            one[1] += weight or 0
    return [Dyad(*key, int(one[0]), one[1]) for key, one in sorted(found.items())]


def dyads(path: Path, *known: date | None) -> list[list[Dyad]]:
    """Return the dyads as known on days, or now."""
    with engine() as made:
        questions = [
            DyadQuestion(places=True, known=None if day is None else str(day)) for day in known
        ]
        return [list(EventDyads(made, [str(path)], one).rows()) for one in questions]


@settings(max_examples=15, deadline=None)
@given(releases)
@example([Said([("1", FIGHT)]), Said([("1", DEAL)]), Said([("1", FIGHT)])])
@example([Said([("1", FIGHT), ("2", DEAL)]), Said([("1", FIGHT)]), Said([("2", DEAL)], part=True)])
@example([Said([("1", FIGHT)]), Said([("1", FIGHT)], slip=[("1", DEAL), ("2", DEAL)])])
@example([Said([("1", FIGHT)]), Said([("1", NO_PLACE)]), Said([("1", NO_WEIGHT)])])
@example([Said([("1", FIGHT), ("1", DEAL)]), Said([("2", DEAL), ("1", ("", *DEAL[1:]))])])
def test_a_store_tells_what_each_release_said(
    tmp_path_factory: pytest.TempPathFactory, said: list[Said]
) -> None:
    store = tmp_path_factory.mktemp("events") / "store"
    for number, one in enumerate(said):
        if one.slip:
            release(store, number, one.slip)
        release(store, number, one.rows, part=one.part, replace=bool(one.slip), form=one.form)
    wanted = told_plainly(said)
    assert stored(store) == [
        (row["claim"], *row["values"][:5], *map(date.fromisoformat, row["values"][5:]),
         row["file"], row["row"], row["known_from"], row["known_to"], row["release"])
        for row in wanted
    ]  # fmt: skip
    days = [FIRST + timedelta(number) for number in range(-1, len(said))]
    then = [
        [row["values"] for row in wanted if row["known_from"] <= day
         and (row["known_to"] is None or row["known_to"] > day)] for day in days
    ]  # fmt: skip
    assert dyads(store, *days, None) == [*map(dyads_plainly, then), dyads_plainly(then[-1])]
    last = [key for key, _ in said[-1].rows]
    if not said[-1].part and len(set(last)) == len(last):
        file = store.with_name(f"r{len(said) - 1}.{said[-1].form}")
        assert dyads(file, None) == [dyads_plainly(then[-1])]
    _compare_changes(store, said, wanted)


def _compare_changes(store: Path, said: list[Said], wanted: list[dict[str, Any]]) -> None:
    """Compare what is told of each release with the days of the rows."""
    changes = set()
    for day in [FIRST + timedelta(number) for number in range(1, len(said))]:
        ended = {row["claim"] for row in wanted if row["known_to"] == day}
        begun = {row["claim"] for row in wanted if row["known_from"] == day}
        changes |= {(day, claim, "changed") for claim in ended & begun}
        changes |= {(day, claim, "dropped") for claim in ended - begun}
        changes |= {(day, claim, "added") for claim in begun - ended}
    with duck("1GB", None) as db:
        answer = revisions(db, store)
        columns = answer.columns()
        rows = [dict(zip(columns, one, strict=True)) for one in answer.rows()]
    assert {(one["day"], one["claim"], one["change"]) for one in rows} == changes
    assert len(rows) == len(changes)
    (found,) = data_sets(store)
    for number, one in enumerate(found.releases):
        day, refused = FIRST + timedelta(number), sum(one.refused.values())
        assert one.rows == len(said[number].rows)
        assert refused == one.rows - len(usable(said[number].rows))
        assert one.same == one.rows - refused - one.added - one.changed
        if number:
            assert {"added": one.added, "changed": one.changed, "dropped": one.dropped} == {
                kind: sum(each[0] == day and each[2] == kind for each in changes)
                for kind in ("added", "changed", "dropped")
            }
        assert found.known_on(one.day) == sum(
            row["known_from"] <= day and (row["known_to"] is None or row["known_to"] > day)
            for row in wanted
        )


def test_gdelt_as_it_comes_keeps_file_and_row(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        news(tmp_path / name / "one.export.CSV")
    files = [str(tmp_path / name / "one.export.CSV") for name in ("a", "b")]
    done = add(tmp_path / "store", files, NewRelease("gdelt", "1", "2020-01-01", part=True))
    places = {(row[0], row[8], row[9]) for row in stored(tmp_path / "store")}
    assert places == {
        (f"gdelt:{n}", "a/one.export.CSV", n) for n, one in enumerate(EVENTS, 1)
        if one[0] and one[1]
    }  # fmt: skip
    assert {why: number for why, number, _ in done.refused}[TWICE] == len(places)


def test_a_table_of_many_rows_keeps_their_order(tmp_path: Path) -> None:
    """A large CSV is read in pieces at once."""
    path, store = tmp_path / "many.csv", tmp_path / "store"
    with path.open("w") as file:
        file.write(",".join(HEAD) + "\n")
        file.writelines(f"{n},A{n % 7},B,1,SY,1,2015-01-01,\n" for n in range(1, 400_001))
    add(store, [str(path)], NewRelease("own", "1", "2020-01-01"), memory="300MB")
    found = asked_of_duckdb("SELECT count(*), count(*) FILTER (claim <> 'own:' || \"row\") FROM "
                            "read_parquet($path)", path=f"{store}/**/*.parquet")  # fmt: skip
    assert found == [(400_000, 0)]


def test_ged_lasts_until_its_last_day(tmp_path: Path) -> None:
    path = tmp_path / "ged.csv"
    path.write_text("id,side_a,side_b,date_start,date_end,country\n"
                    "7,GOV,REB,2016-01-30 00:00:00.000,2016-02-03 00:00:00.000,Veld\n"
                    "8,GOV,REB,2016-01-30 00:00:00.000,2016-01-03 00:00:00.000,Veld\n")  # fmt: skip
    done = add(tmp_path / "store", [str(path)], NewRelease("ucdp-ged", "25.1", "2025-06-01"))
    (row,) = stored(tmp_path / "store")
    assert row[:8] == ("ucdp-ged:7", "GOV", "REB", -1, "Veld", 1.0,
                       date(2016, 1, 30), date(2016, 2, 3))  # fmt: skip
    assert done.refused == [("the last day is before the first", 1, ["ged.csv, row 2"])]


def test_what_an_import_keeps_can_be_added(tmp_path: Path) -> None:
    request = importing.Request([news(tmp_path / "a.csv")], day="2016-02-01", events_up_to=0)
    importing.run(formats.known("gdelt"), request, tmp_path / "case", dry_run=False)
    kept = tmp_path / "case" / "imports"
    add(tmp_path / "store", [str(kept)], NewRelease("gdelt", "1", "2016-02-01"))
    assert dyads(tmp_path / "store", None) == dyads(kept, None) != [[]]


def test_a_table_of_ones_own_is_a_file_of_sql(tmp_path: Path) -> None:
    path, table = tmp_path / "coded.csv", tmp_path / "coded.sql"
    path.write_text("code,who,whom,on\n1,GOV,REB,20160103\n2,GOV,REB,3 Jan\n")
    table.write_text("-- events of our coders\n-- columns: code, who, whom, on\n-- id: code\n"
                     'SELECT who AS source, whom AS target, CAST("on" AS INT) AS ymd, -1 AS sign, '
                     "'' AS place, 1 AS weight\nFROM files")  # fmt: skip
    asked = NewRelease("coded", "1", "2020-01-01", table=table)
    done = add(tmp_path / "store", [str(path)], asked)
    assert dyads(tmp_path / "store", None) == [[Dyad("GOV", "REB", "2016-01", -1, "", 1, 1.0)]]
    assert done.refused == [('"on" cannot be read', 1, ["coded.csv, row 2"])]
    table.write_text("SELECT 1")
    with pytest.raises(UsageError, match=r"no title(.|\n)*columns"):
        add(tmp_path / "store", [str(path)], asked._replace(name="2", day="2020-01-02"))


def test_rows_that_cannot_be_kept_are_told_with_their_places(tmp_path: Path) -> None:
    good = ("GOV", "REB", 1, "SY", 1, "2016-01-01", "")
    wrong: list[tuple[str, Sequence[object]]] = [
        ("", good), ("2", ("", *good[1:])), ("3", ("GOV", "", *good[2:])),
        ("4", (*good[:5], "", "")), ("5", (*good[:5], "2016-02-30", "")),
        ("6", (*good[:2], "x", *good[3:])), ("7", (*good[:4], "many", *good[5:])),
        ("8", (*good[:6], "2015-12-31")), ("9", good), ("9", good),
    ]  # fmt: skip
    done = release(tmp_path / "store", 1, wrong)
    assert done.refused == [
        (why, 1, [f"r1.csv, row {row}"])
        for why, row in (
            (TWICE, 10), ("no day", 4), ("no id (id)", 1), ("nobody on whom", 3),
            ("nobody who acts", 2), ("sign cannot be read", 6),
            ("the last day is before the first", 8), ("valid_from cannot be read", 5),
            ("weight cannot be read", 7),
        )
    ]  # fmt: skip
    assert [row[9] for row in stored(tmp_path / "store")] == [9]


def test_files_in_which_nothing_ends_stay_the_same_files(tmp_path: Path) -> None:
    store = tmp_path / "store"
    release(store, 1, [("1", FIGHT)])
    release(store, 2, [("2", FIGHT)], part=True)
    before = {one.parent.name: one.stat().st_ino for one in store.rglob("*.parquet")}
    release(store, 3, [("1", DEAL)], part=True)
    after = {one.parent.name: one.stat().st_ino for one in store.rglob("*.parquet")}
    assert after["release=r2"] == before["release=r2"]
    assert after["release=r1"] != before["release=r1"]
    assert len(after) == 3
    assert list(tmp_path.glob(".store-*")) == []


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store"
    told = release(store, 1, [("1", FIGHT), ("1", DEAL)], dry_run=True)
    assert not store.exists()
    assert release(store, 1, [("1", FIGHT), ("1", DEAL)]) == told
    before = stored(store)
    told = release(store, 2, [("1", DEAL), ("2", DEAL)], dry_run=True)
    assert stored(store) == before
    assert release(store, 2, [("1", DEAL), ("2", DEAL)]) == told
    assert stored(store) != before


@pytest.mark.landing
@pytest.mark.parametrize("at_once", [True, False])
def test_whoever_is_killed_leaves_the_old_store_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    """Before steps on the disk, and before statements of SQL, to the very last."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # the killed leave their scratch
    if not at_once:
        monkeypatch.setattr(saving, "_at_once", lambda _one, _other: False)
    first = tmp_path / "first" / "store"
    first.parent.mkdir()
    release(first, 1, [("1", FIGHT), ("2", FIGHT)])
    before, wanted = stored(first), told_plainly([Said([]), *SAID])
    _second(_copy(first, tmp_path / "loaded"))  # what is loaded once is no step of each
    counted = _copy(first, tmp_path / "counted")
    steps = dying.steps_of(lambda: _second(counted))
    assert steps > 30
    for step in [*range(1, steps - 12, 7), *range(steps - 12, steps + 1)]:
        store = _copy(first, tmp_path / str(step))
        assert dying.run(lambda s=store: _second(s), step, dying.kill) == -signal.SIGKILL  # type: ignore[misc]
        left = list(store.glob("dataset=*"))
        assert left or not at_once
        found = stored(store) if left else []
        assert found == before or len(found) == len(wanted) or not left
        if found != before and left:
            with pytest.raises(UsageError, match="has a release r2"):
                _second(store)
        else:
            _second(store)
        assert [row[0] for row in stored(store)] == [row["claim"] for row in wanted]
        assert len(data_sets(store)[0].releases) == 2
        assert [one.name for one in store.parent.iterdir() if one.name.startswith(".")] == []


SAID = (Said([("1", FIGHT), ("2", FIGHT)]), Said([("1", DEAL), ("3", DEAL)]))


def _copy(store: Path, into: Path) -> Path:
    shutil.copytree(store, into / "store")
    return into / "store"


def _second(store: Path) -> None:
    execute = Duck.execute

    def opening(self: Duck, sql: str) -> None:
        os.close(os.open(os.devnull, os.O_RDONLY))
        execute(self, sql)

    Duck.execute = opening  # type: ignore[method-assign]
    try:
        release(store, 2, SAID[1].rows)
    finally:
        Duck.execute = execute  # type: ignore[method-assign]


def test_two_cannot_write_a_data_set_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    monkeypatch.setattr(writing, "_PATIENCE", 0.05)
    execute, errors = Duck.execute, []

    def meanwhile(self: Duck, sql: str) -> None:
        monkeypatch.setattr(Duck, "execute", execute)
        with pytest.raises(InputOutputError, match="another command") as error:
            release(store, 2, [("1", DEAL)])
        errors.append(error)
        execute(self, sql)

    monkeypatch.setattr(Duck, "execute", meanwhile)
    release(store, 1, [("1", FIGHT)])
    assert len(errors) == 1


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (NewRelease("own", "r2", "2020-01-09"), "has a release r2.*give --replace"),
        (NewRelease("own", "r1", "2020-01-09"), "only the newest"),
        (NewRelease("own", "r3", "2020-01-02"), "r2 of 2020-01-03.*give a later one"),
        (NewRelease("own", "r3", "2020-01-03"), "one a day"),
        (NewRelease("own", "r2", "2020-01-02", replace=True), "r1 of 2020-01-02"),
        (NewRelease("own", "r1", "2020-01-09", replace=True), "the newest is r2"),
        (NewRelease("new", "r1", "2020-01-09", replace=True), "there is none yet"),
        (NewRelease("../own", "a b", "2020-13"), r"--dataset.*\n--release.*\n--date"),
        (NewRelease("own", "r1", "2020-01-01"), r"has a release(.|\n)*give a later"),
    ],
)
def test_releases_come_in_by_day(tmp_path: Path, asked: NewRelease, told: str) -> None:
    store = tmp_path / "store"
    release(store, 1, [("1", FIGHT)])
    release(store, 2, [("1", DEAL)])
    before = stored(store)
    with pytest.raises(UsageError, match=told):
        add(store, [str(store.with_name("r1.csv"))], asked)
    assert stored(store) == before


def test_tables_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    store, path = tmp_path / "store", tmp_path / "x.csv"
    release(store, 1, [("1", FIGHT)])
    asked = NewRelease("own", "r2", "2020-01-09")
    path.write_text("id,side_a,side_b,date_start,country\n1,A,B,2016-01-01,SY\n")
    with pytest.raises(UsageError, match=r"own is of the kind own.*ucdp-ged"):
        add(store, [str(path)], asked)
    path.write_text("side_a,side_b,date_start,country\nA,B,2016-01-01,SY\n")
    with pytest.raises(UsageError, match="no column id; rows are found again"):
        add(store, [str(path)], asked)
    path.write_text("id,side_a,side_b,date_start,country\n1,,B,2016-01-01,SY\n")
    with pytest.raises(UsageError, match=r"no row .* can be kept \(nobody who acts: 1, as x.csv"):
        add(tmp_path / "other", [str(path)], asked)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputOutputError, match="no Parquet files"):
        add(store, [str(tmp_path / "empty")], asked)


def test_a_store_that_somebody_changed_is_not_written(tmp_path: Path) -> None:
    store = tmp_path / "store"
    release(store, 1, [("1", FIGHT)])
    (path,) = store.rglob("*.parquet")
    other = path.with_name("mine.parquet")
    other.write_bytes(path.read_bytes())
    with path.open("ab") as file:
        file.write(b"x")
    for function in (lambda: release(store, 2, [("1", DEAL)]), lambda: data_sets(store)):
        with pytest.raises(InputOutputError, match=r"mine.*not written by.*another size"):
            function()
    other.unlink()
    path.unlink()
    with pytest.raises(InputOutputError, match="is not there"):
        data_sets(store)
    (store / "dataset=own" / MANIFEST).write_text("{}")
    with pytest.raises(InputOutputError, match="no list of releases"):
        data_sets(store)
    with pytest.raises(InputOutputError, match="no store of events"):
        data_sets(tmp_path)


def test_a_dyad_leads_back_to_its_rows(tmp_path: Path) -> None:
    store = tmp_path / "store"
    quiet = ("l'Est", *FIGHT[1:])
    release(store, 1, [("1", FIGHT), ("2", quiet), ("3", DEAL)])
    release(store, 2, [("0", DEAL), ("1", DEAL), ("2", quiet), ("3", DEAL)])
    with duck("1GB", None) as db:
        found = {
            (source, known, during): [
                (one[1], one[2], one[4]) for one in rows_of_dyad(
                    db, store, RowQuestion(source, "REB", "own", during, known)).rows()
            ]
            for source, known, during in (
                ("GOV", None, None), ("GOV", "2020-01-02", None), ("l'Est", None, None),
                ("GOV", "2020-01-02", "2016"),
            )
        }  # fmt: skip
        with pytest.raises(UsageError, match="there is no data set"):
            rows_of_dyad(db, store, RowQuestion("GOV", "REB", "other"))
        with pytest.raises(UsageError, match="there is no release"):
            revisions(db, store, release="r9")
    assert list(found.values()) == [
        [("r2", "own:0", 1), ("r2", "own:1", 2), ("r1", "own:3", 3)],
        [("r1", "own:1", 1), ("r1", "own:3", 3)],
        [("r1", "own:2", 2)],
        [("r1", "own:3", 3)],
    ]


def hudna(*words: str) -> str:
    done = CliRunner(env={"COLUMNS": "80"}).invoke(main, list(words))
    assert done.exit_code == 0, done.output
    assert "csv" in words or not too_wide(done.output, 80)
    return done.output


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written([("1", FIGHT), ("2", FIGHT), ("3", ("", *DEAL[1:]))], tmp_path / "a.csv")
    written([("1", DEAL), ("4", ("the-council-of-the-town", *DEAL[1:]))], tmp_path / "b.csv")
    where = ["--into", "events", "--dataset", "own"]
    out = hudna("events", "add", "a.csv", *where, "--release", "1", "--date", "2020-01-01",
                "--dry-run")  # fmt: skip
    assert "nobody who acts" in out
    assert "a.csv, row 3" in out
    assert "Nothing is written." in out
    hudna("events", "add", "a.csv", *where, "--release", "1", "--date", "2020-01-01")
    out = hudna("events", "add", "b.csv", *where, "--release", "2", "--date", "2021-01-01")
    assert "1 added, 1 changed, 1 dropped, 0 as before; 2 are known now" in " ".join(out.split())
    told = json.loads(hudna("events", "list", "events", "--format", "json"))
    assert [(one["release"], one["refused"], one["known"]) for one in told] == [
        ("1", 1, 2), ("2", 0, 2)
    ]  # fmt: skip
    assert "a.csv" in hudna("events", "list", "events", "--files")
    out = hudna("events", "revisions", "events")
    assert "sign=-1" in out
    assert out.count("dropped") == 1
    assert "1 of 3 rows" in " ".join(hudna("events", "revisions", "events", "--top", "1").split())
    told = csv.DictReader(hudna("events", "revisions", "events", "--format", "csv").splitlines())
    assert [(one["change"], one["was_sign"]) for one in told] == [
        ("added", ""), ("changed", "-1"), ("dropped", "-1")
    ]  # fmt: skip
    assert "added" not in hudna("events", "revisions", "events", "--change", "changed")
    hudna("events", "revisions", "events", "-o", "changes.parquet")
    query = "SELECT change, was_sign, sign FROM read_parquet('changes.parquet') ORDER BY ALL"
    assert asked_of_duckdb(query) == [("added", None, 1), ("changed", -1, 1), ("dropped", -1, None)]
    hudna("events", "rows", "events", "GOV", "REB", "--known", "2020-05-01", "-o", "rows.csv")
    assert len((tmp_path / "rows.csv").read_text().splitlines()) == 3
    assert "own:1" in hudna("events", "rows", "events", "GOV", "REB")
    assert "1 dyad of 2 of 2 events" in hudna("network", "--events", "events", "--known",
                                              "2020-05-01")  # fmt: skip
    done = CliRunner().invoke(main, ["events", "rows", "events", "GOV", "REB", "-o", "rows.txt"])
    assert done.exit_code == 2
    assert ".parquet" in done.output
