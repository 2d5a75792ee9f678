"""What a later release may take away, and what is no later release."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from test_import import COLUMNS, answered, graph_of, imported, needs_duckdb, read, row, table

from graph.cli import main
from graph.errors import HudnaError, UsageError
from graph.importers import formats, importing, reading, writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def ended(folder: Path) -> set[str]:
    """Return the statements of which a claim counts no longer."""
    return {one.id for one in read(folder).statements for claim in one.claims if claim.known_until}


def texts(folder: Path) -> dict[str, str]:
    return {str(path): path.read_text("utf-8") for path in sorted(folder.rglob("*.toml"))}


def test_another_file_of_the_same_name_is_no_release_of_that_name(tmp_path: Path) -> None:
    folder = tmp_path / "veld"
    imported(folder, table(tmp_path / "ged.csv", [row(1), row(2)]), day="2020-01-01")
    before = texts(folder)
    with pytest.raises(UsageError, match=r"ucdp-ged-ged already.*--release NAME"):
        imported(folder, table(tmp_path / "ged.csv", [row(2), row(3)]), day="2021-01-01")
    assert texts(folder) == before


def test_a_source_of_the_editors_is_not_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "veld"
    imported(folder, table(tmp_path / "a.csv", [row(1)]), day="2020-01-01")
    there = folder / "sources" / "ucdp-ged-b.toml"
    there.write_text('title = "An article"\nauthors = ["veld-editors"]\n', "utf-8")
    with pytest.raises(UsageError, match="no release of this data set"):
        imported(folder, table(tmp_path / "b.csv", [row(1)]), day="2021-01-01")
    assert "An article" in there.read_text("utf-8")


def test_an_older_release_is_not_taken_for_a_newer_one(tmp_path: Path) -> None:
    folder = tmp_path / "veld"
    imported(folder, table(tmp_path / "n.csv", [row(1, best=5), row(2)]), day="2025-06-01")
    before = texts(folder)
    older = table(tmp_path / "o.csv", [row(1, best=3), row(2), row(4)])
    for day in ("2024-06-01", "2025-06-01"):
        with pytest.raises(UsageError, match=rf"of {day}.*ucdp-ged-n.*2025-06-01.*--date"):
            imported(folder, older, day=day)
    same = table(tmp_path / "p.csv", [row(1, best=5), row(2), row(4)])
    with pytest.raises(UsageError, match="of 2024-06-01"):  # 4 would seem to be there today
        imported(folder, same, day="2024-06-01")
    assert texts(folder) == before


def test_parts_come_in_any_order_unless_they_differ(tmp_path: Path) -> None:
    folder = tmp_path / "veld"
    imported(folder, table(tmp_path / "b.csv", [row(2)]), day="2025-02-01", part=True)
    imported(folder, table(tmp_path / "a.csv", [row(1)]), day="2025-01-01", part=True)
    assert not ended(folder)
    with pytest.raises(UsageError, match="of 2025-01-02"):
        imported(folder, table(tmp_path / "c.csv", [row(2, best=9)]), day="2025-01-02", part=True)


def test_two_parts_of_one_file_keep_the_rows_of_both(tmp_path: Path) -> None:
    folder, path = tmp_path / "veld", table(tmp_path / "a.csv", [row(1), row(2)])
    for number in "12":
        one = (reading.where(f"id={number}"),)
        imported(folder, path, day="2025-01-01", part=True, where=one)
    (source,) = (one for one in read(folder).sources if one.id == "ucdp-ged-a")
    assert [one.sentence for one in source.passages] == ["1.1", "2.1"]


def test_a_row_that_is_refused_does_not_count_as_dropped(tmp_path: Path) -> None:
    folder = tmp_path / "veld"
    first = [row(1), row(2, day="2016-04-01"), row(3, town="Quay city", a="12", b="13")]
    imported(folder, table(tmp_path / "a.csv", first), day="2025-01-01")
    again = [row(1, day="2016-02-30"), row(2, day="2016-04-01", best="a\x07"), row(9, b="13")]
    done = imported(folder, table(tmp_path / "b.csv", again), day="2026-01-01")
    assert len(done.refused) == 2
    gone = ended(folder)
    assert {one for one in gone if one.startswith("ged-")} == {
        "ged-3-occurred", "ged-3-sidea-river-guard", "ged-3-sideb-mill-band", "ged-3-hasdeathtoll",
    }  # fmt: skip
    assert not any("government-of-veld" in one for one in gone)
    assert done.written.changes.spared > 8


SPOILED = {
    "of another width": lambda line: line.replace(",Veld,", ",Ve,ld,"),
    "with an open mark": lambda line: line.replace(",Veld,", ',"Veld,'),
    "with an open mark at its end": lambda line: line[:-1] + '"-',
    "cut off": lambda line: line.partition(",Veld,")[0],
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
@pytest.mark.parametrize("first", [False, True])
def test_a_row_that_cannot_be_read_does_not_count_as_dropped(
    tmp_path: Path, spoil: Callable[[str], str], *, first: bool
) -> None:
    folder, rows = tmp_path / "veld", [row(1), row(2, town="Ford town"), row(3, town="Quay city")]
    imported(folder, table(tmp_path / "a.csv", rows), day="2025-01-01")
    path = table(tmp_path / "b.csv", rows[:2])
    head, one, two = path.read_text("utf-8").splitlines()
    lines = [head, spoil(one), two] if first else [head, one, spoil(two), "9,,"]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    done = imported(folder, path, day="2026-01-01")
    assert [number for number, _ in done.refused] == (["1.1"] if first else ["2.1", "3.1"])
    gone = {one for one in ended(folder) if one.startswith("ged-")}
    assert gone
    assert all(one.startswith("ged-3-") for one in gone)


@pytest.mark.parametrize("at", [(0, -1), (0, 1, -1), (2, 3, -1), (0, -1, -2)])
def test_an_id_between_two_faults_is_not_dropped(tmp_path: Path, at: tuple[int, ...]) -> None:
    """It is in its place from neither end of its row."""
    folder, names = tmp_path / "veld", (*COLUMNS[8:], *COLUMNS[:8])
    rows = [row(70), row(80, town="Ford town"), row(90, town="Quay city")]

    def written(path: Path, lines: list[list[str]]) -> Path:
        path.write_text("".join(",".join(one) + "\n" for one in lines), "utf-8")
        return path

    plain = [list(names), *([one[name] for name in names] for one in rows)]
    imported(folder, written(tmp_path / "a.csv", plain), day="2025-01-01")
    for place in at:
        plain[2][place] = f"x,{plain[2][place]}"
    done = imported(folder, written(tmp_path / "b.csv", plain[:3]), day="2026-01-01")
    assert [number for number, _ in done.refused] == ["2.1"]
    gone = {one for one in ended(folder) if one.startswith("ged-")}
    assert {one.rpartition("ged-")[2][:3] for one in gone} == {"90-"}


def test_rows_without_a_value_are_none(tmp_path: Path) -> None:
    """Spreadsheets leave them below their tables."""
    folder = tmp_path / "veld"
    path = table(tmp_path / "a.csv", [row(1), row(2)])
    path.write_text(path.read_text("utf-8") + "," * (len(COLUMNS) - 1) + "\n", "utf-8")
    done = imported(folder, path, day="2025-01-01")
    assert (done.rows, done.used, len(done.refused)) == (2, 2, 0)


def test_a_row_of_which_nothing_can_be_read_takes_nothing_away(tmp_path: Path) -> None:
    folder = tmp_path / "veld"
    imported(folder, table(tmp_path / "a.csv", [row(1), row(2)]), day="2025-01-01")
    before = texts(folder)
    path = table(tmp_path / "b.csv", [row(1)])
    path.write_text(path.read_text("utf-8") + ",,\n", "utf-8")
    with pytest.raises(UsageError, match=r"row 2\.1, which .* --part"):
        imported(folder, path, day="2026-01-01")
    assert texts(folder) == before
    imported(folder, path, day="2026-01-01", part=True)
    assert not ended(folder)
    whole = table(tmp_path / "c.csv", [row(1), row(2), row(3)])
    whole.write_text(whole.read_text("utf-8") + ",,\n", "utf-8")
    assert len(imported(folder, whole, day="2027-01-01").refused) == 1  # as nothing is lacking


@pytest.mark.parametrize("most", [9, pytest.param(1, marks=needs_duckdb)])
def test_a_day_that_has_not_come_is_none(tmp_path: Path, most: int) -> None:
    """The release would be of that day, and no later one could follow it."""
    today, later = date.today().isoformat(), (date.today() + timedelta(2)).isoformat()
    rows = [row(1), row(2), row(3, day=later), row(4, date_end=later)]
    folder = tmp_path / "veld"
    done = imported(folder, table(tmp_path / "a.csv", rows), events_up_to=most)
    assert [(n, later in why, today in why) for n, why in done.refused] == [("3.1", True, True)]
    (source,) = (one for one in read(folder).sources if one.id == "ucdp-ged-a")
    assert str(source.date) == today


def test_no_row_tells_of_what_came_after_the_release(tmp_path: Path) -> None:
    rows = [row(1), row(2, day="2016-03-06"), row(3, day="2016-03-07")]
    done = imported(tmp_path / "veld", table(tmp_path / "a.csv", rows), day="2016-03-06")
    assert [number for number, _ in done.refused] == ["3.1"]


def test_a_release_of_which_no_row_can_be_used_takes_nothing_away(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "veld"
    imported(folder, table(tmp_path / "a.csv", [row(1)]), day="2025-01-01")
    before = texts(folder)
    path = table(tmp_path / "b.csv", [row(1, day="x")])
    args = ["import", "ucdp-ged", path, "--into", "veld", "--data", folder.parent]
    done = CliRunner().invoke(main, [*map(str, args), "--date", "2026-01-01"])
    assert done.exit_code == 1
    assert "1 row in, 0 used, 1 refused" in done.output
    assert "Nothing is written" in done.output
    assert "count no longer" not in done.output
    assert texts(folder) == before


@needs_duckdb
def test_events_do_not_become_groups_from_one_release_to_the_next(tmp_path: Path) -> None:
    events, groups = tmp_path / "events", tmp_path / "groups"
    a, b = (table(tmp_path / f"{n}.csv", [row(1), row(2)]) for n in "ab")
    imported(events, a, day="2025-01-01")
    with pytest.raises(UsageError, match=r"an event each.*put together.*--events-up-to 2"):
        imported(events, b, day="2026-01-01", events_up_to=1)
    imported(groups, a, day="2025-01-01", events_up_to=1)
    with pytest.raises(UsageError, match=r"put together.*an event each.*--events-up-to 0"):
        imported(groups, b, day="2026-01-01")
    assert imported(groups, b, day="2026-01-01", events_up_to=0).grouped == 1


@pytest.mark.landing
def test_what_was_renamed_is_found_by_its_former_id(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "veld"
    imported(folder, table(tmp_path / "a.csv", [row(1), row(2)]), day="2025-01-01")
    for old, new in (("ged-1", "battle"), ("river-guard", "guard"), ("ucdp-ged", "uppsala"),
                     ("battle", "great-battle"), ("ucdp-ged-a", "first")):  # fmt: skip
        args = ["rename", old, new, "--case", "veld", "--data", str(folder.parent)]
        assert CliRunner().invoke(main, args).exit_code == 0
    imported(folder, table(tmp_path / "a.csv", [row(1), row(2)]), day="2025-01-01")
    assert not ended(folder)
    path = table(tmp_path / "b.csv", [row(1, best=9), row(2)])
    done = imported(folder, path, day="2026-01-01")
    assert (done.written.things, done.written.changes.ended) == (0, 1)
    case = read(folder)
    assert {one.subject for one in case.statements if one.predicate == "hasDeathToll"} == {
        "great-battle", "ged-2",
    }  # fmt: skip
    assert {claim.voice for one in case.statements for claim in one.claims} == {"uppsala"}


def test_files_of_another_data_set_with_a_longer_name_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "veld"
    imported(folder, table(tmp_path / "a.csv", [row(1)]), day="2025-01-01")
    theirs = folder / "statements" / "ucdp-ged-notes-001.toml"
    ours = folder / "statements" / "ucdp-ged-002.toml"
    (own,) = folder.glob("statements/*.toml")
    head, _, rest = own.read_text("utf-8").partition("[[statement]]")
    for path in (theirs, ours):
        voice = head.replace('voice = "ucdp-ged"', 'voice = "veld-editors"')
        text = f"{voice}[[statement]]{rest}"
        path.write_text(text.replace('id = "', f'id = "of-{path.stem}-'), "utf-8")
    before = theirs.read_text("utf-8"), ours.read_text("utf-8")
    imported(folder, table(tmp_path / "b.csv", [row(2)]), day="2026-01-01")
    assert (theirs.read_text("utf-8"), ours.read_text("utf-8")) == before
    assert any(one.id == "ged-2-occurred" for one in read(folder).statements)


def test_what_stands_in_the_head_of_a_file_of_statements_stays(tmp_path: Path) -> None:
    folder = tmp_path / "veld"
    imported(folder, table(tmp_path / "a.csv", [row(1)]), day="2025-01-01")
    (path,) = folder.glob("statements/*.toml")
    told = 'voice = "ucdp-ged"\n'
    path.write_text(path.read_text("utf-8").replace(told, f'{told}when = "2016"\n'), "utf-8")
    more = row(2, town="Quay city")
    imported(folder, table(tmp_path / "b.csv", [row(1), more]), day="2026-01-01")
    within = {one.subject: one.when for one in read(folder).statements if one.predicate == "within"}
    assert (within["mill-village"], within["quay-city"]) == ("2016", "")


def test_two_imports_at_once_come_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "veld"
    imported(folder, table(tmp_path / "a.csv", [row(1)]), day="2025-01-01", part=True)
    paths = [table(tmp_path / f"{n}.csv", [row(n)]) for n in (2, 3)]
    both, plain = threading.Barrier(2), writing.written

    def slow(*args: object, **more: object) -> object:
        made = plain(*args, **more)  # type: ignore[arg-type]
        try:
            both.wait(1)  # both have read the case, and neither has written; or one waits
        except threading.BrokenBarrierError:
            both.reset()
        return made

    monkeypatch.setattr("graph.importers.importing.written", slow)
    wrong: list[HudnaError] = []

    def one(path: Path) -> None:
        try:
            request = importing.Request([path], day="2026-01-01", part=True)
            importing.run(formats.known("ucdp-ged"), request, folder, dry_run=False)
        except HudnaError as error:
            wrong.append(error)

    threads = [threading.Thread(target=one, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert {one.subject for one in read(folder).statements if one.predicate == "occurred"} == {
        "ged-1", "ged-2", "ged-3",
    }  # fmt: skip


def test_what_differs_beside_the_figure_is_told_of_a_revision(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "veld"
    folder.parent.mkdir()
    later = {"day": "2016-03-20", "town": "Ford town", "low": 4, "high": 9}
    for name, day, rows in (
        ("r1", "2020-01-01", [row(1), row(2)]),
        ("r2", "2021-01-01", [row(1, **later), row(2, best=7, low=7, high=7)]),
    ):
        imported(folder, table(tmp_path / f"{name}.csv", rows), release=name, day=day)
    found = answered("revisions", graph_of(folder), change="changed")
    at = {name: found.columns.index(name) for name in ("predicate", "was", "now", "differs")}
    told = {
        tuple(str(getattr(one[n] or "", "value", "")).rpartition("#")[2] for n in at.values())
        for one in found.rows
    }
    assert {
        ("occurred", "true", "true",
         "date: 2016-03-05, now 2016-03-20; place: mill-village, now ford-town"),
        ("hasDeathToll", "4", "4", "date: 2016-03-05, now 2016-03-20; range: none, now 4 to 9"),
        ("hasDeathToll", "4", "7", ""),
    } <= told  # fmt: skip


def test_a_name_that_a_release_changed_is_told_and_stays(tmp_path: Path) -> None:
    folder = tmp_path / "veld"
    imported(folder, table(tmp_path / "a.csv", [row(1), row(2), row(3)]), day="2020-01-01")
    rows = [row(1, b="13"), row(2, day="2016-03-09"), row(3, best=9)]
    notes = imported(folder, table(tmp_path / "b.csv", rows), day="2021-01-01").notes
    assert [one.rpartition(": ")[2] for one in notes] == ["ged-1, ged-2"]
    labels = {one.id: one.label for one in read(folder).things}
    assert labels["ged-2"].endswith("2016-03-05")
