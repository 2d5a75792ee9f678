"""Tables of other data sets become claims: rows, groups of rows, and releases."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections import Counter, defaultdict
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import query, reader
from graph.build import recipe
from graph.errors import DataProblems, UsageError
from graph.importers import formats, importing, reading
from graph.importers.grouping import rows_of
from graph.model import vocabulary
from graph.query.days import named_answer
from graph.read.select import Graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from graph.importers.importing import Imported
    from graph.model import Case
    from graph.read.select import Table

needs_duckdb = pytest.mark.skipif(
    find_spec("duckdb") is None, reason="rows are put together by DuckDB, which is not installed"
)
COLUMNS = (
    "id", "type_of_violence", "dyad_name", "dyad_new_id", "side_a", "side_a_new_id", "side_b",
    "side_b_new_id", "where_coordinates", "where_prec", "adm_1", "adm_2", "latitude", "longitude",
    "country", "event_clarity", "date_prec", "date_start", "date_end", "best", "low", "high",
    "deaths_civilians", "source_headline",
)  # fmt: skip
ACTORS = {"11": "Government of Veld", "12": "River Guard", "13": "Mill Band", "1": "Civilians"}
PLACES = {
    "Mill village": ("Upper Province", "Mill district", "34.5", "36.25"),
    "Ford town": ("Upper Province", "", "34.75", "36.5"),
    "Quay city": ("Lower Province", "Quay district", "33.5", "36.0"),
}


def row(number: int = 1, **other: object) -> dict[str, str]:
    """Return a row of a made table in the columns of UCDP's; some values may be other ones."""
    a, b = str(other.pop("a", "11")), str(other.pop("b", "12"))
    town = str(other.pop("town", "Mill village"))
    province, district, latitude, longitude = PLACES[town]
    day = str(other.pop("day", "2016-03-05"))
    best = other.pop("best", 4)
    kind = "3" if b == "1" else "1" if a == "11" else "2"
    made = (
        number, kind, f"{ACTORS[a]} - {ACTORS[b]}", f"{a}{b}", ACTORS[a], a, ACTORS[b], b, town, 1,
        province, district, latitude, longitude, "Veld", 1, 1, day, day, best, best, best, 0, "-",
    )  # fmt: skip
    return {
        **dict(zip(COLUMNS, map(str, made), strict=True)),
        **{k: str(v) for k, v in other.items()},
    }


def table(path: Path, rows: Iterable[Mapping[str, str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def imported(folder: Path, path: Path, **asked: Any) -> Imported:  # noqa: ANN401 - of a request
    dry_run = asked.pop("dry_run", False)
    request = importing.Request([path], **asked)
    return importing.run(formats.known("ucdp-ged"), request, folder, dry_run=dry_run)


GENERAL = query.named_queries([query.QUERIES])


@cache
def ontology() -> vocabulary.Vocabulary:
    return vocabulary.load()


def read(folder: Path) -> Case:
    return reader.read(folder, ontology())


def graph_of(folder: Path) -> Graph:
    return Graph(recipe.judged(folder, ontology(), lambda _step: None)[1], folder.name)


def fights(
    rows: Iterable[Mapping[str, str]], province: str
) -> dict[tuple[str, str, str], list[int]]:
    """Return events and deaths by month, or the months of one, and pair, from rows: the oracle."""
    found: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for one in rows:
        if one["adm_1"] == province:
            first, last = one["date_start"][:7], one["date_end"][:7]
            month = first if first == last else f"[{first}..{last}]"
            pair = [one["side_a"], one["side_b"]]
            if one["type_of_violence"] != "3":
                pair.sort()  # of two sides none is the first
            cell = found[month, pair[0], pair[1]]
            cell[0] += 1
            cell[1] += int(one["best"])
    return found


# --- Rows


def test_a_row_is_an_event_with_its_sides_place_day_and_toll(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "veld"
    done = imported(folder, table(tmp_path / "ged.csv", [row(7)]))
    assert (done.rows, done.used, len(done.refused)) == (1, 1, 0)
    said = {
        (one.subject, one.predicate, str(one.object or one.value), one.when)
        for one in read(folder).statements
    }
    assert said >= {
        ("ged-7", "occurred", "True", "2016-03-05"),
        ("ged-7", "sideA", "government-of-veld", "2016-03-05"),
        ("ged-7", "sideB", "river-guard", "2016-03-05"),
        ("ged-7", "hasDeathToll", "4", "2016-03-05"),
        ("government-of-veld", "fights", "river-guard", "2016-03"),
        ("mill-village", "within", "mill-district", ""),
    }
    for one in read(folder).statements:
        assert [claim.voice for claim in one.claims] == ["ucdp-ged"]
        assert [ref.sentence for ref in one.claims[0].passages] == ["1.1"]


def test_a_passage_is_the_row_as_it_stands_in_the_file(tmp_path: Path) -> None:
    rows = [
        row(1, source_headline='He said "no",\nthen left'),
        row(2, source_headline="Größe – بعد"),
    ]
    path = table(tmp_path / "ged.csv", rows)
    imported(tmp_path / "veld", path)
    text = path.read_text("utf-8")
    passages = read(tmp_path / "veld").sources[0].passages
    assert len(passages) == 2
    for one, made in zip(passages, rows, strict=True):
        part = text[one.start : one.end]
        assert hashlib.sha256(part.encode()).hexdigest() == one.sha256
        assert next(csv.reader([part])) if "\n" not in part else part.startswith(made["id"])
        assert one.values.startswith(f"id={made['id']}; ")


def test_how_well_a_day_is_known_bounds_the_event(tmp_path: Path) -> None:
    rows = [
        row(1, date_end="2016-03-09"),
        row(2, date_end="2016-03-09", date_prec="2"),
        row(3, date_prec="4", date_start="2016-03-01", date_end="2016-03-31"),
    ]
    imported(tmp_path / "veld", table(tmp_path / "ged.csv", rows))
    when = {
        one.subject: one.when
        for one in read(tmp_path / "veld").statements
        if one.predicate == "occurred"
    }
    assert when == {
        "ged-1": "2016-03-05/2016-03-09",
        "ged-2": "[2016-03-05..2016-03-09]",
        "ged-3": "[2016-03-01..2016-03-31]",
    }


@pytest.mark.parametrize("most", [9, pytest.param(0, marks=needs_duckdb)])
def test_a_tie_is_of_its_months_and_not_of_later_ones(tmp_path: Path, most: int) -> None:
    long = {"date_prec": "5", "date_start": "2016-03-20", "date_end": "2016-05-02"}
    rows = [row(1), row(2, b="13", **long)]
    imported(tmp_path / "veld", table(tmp_path / "ged.csv", rows), events_up_to=most)
    case = read(tmp_path / "veld")
    ties = {one.object: one for one in case.statements if one.predicate == "fights"}
    assert {who: (one.when, one.begins, one.ends) for who, one in ties.items()} == {
        "river-guard": ("2016-03",) * 3,
        "mill-band": ("[2016-03..2016-05]",) * 3,
    }
    assert {str(one.bounds.latest_end) for one in ties.values()} == {"2016-03-31", "2016-05-31"}
    told = "2016-03-20 to 2016-05-02" if most else "2016-03 to 2016-05"
    assert [told in one.label for one in case.things].count(True) == 1


def test_how_well_a_place_is_known_decides_which_place_it_is(tmp_path: Path) -> None:
    rows = [row(n, where_prec=n) for n in range(1, 8)]
    imported(tmp_path / "veld", table(tmp_path / "ged.csv", rows))
    places = {
        one.subject: one.place
        for one in read(tmp_path / "veld").statements
        if one.predicate == "occurred"
    }
    assert list(places.values()) == [
        "mill-village", "mill-village", "mill-district", "upper-province", "upper-province",
        "veld", "veld",
    ]  # fmt: skip


def test_a_range_that_its_figure_is_not_in_is_left_out_and_told(tmp_path: Path) -> None:
    done = imported(tmp_path / "veld", table(tmp_path / "ged.csv", [row(1, best=4, low=8, high=9)]))
    (toll,) = (o for o in read(tmp_path / "veld").statements if o.predicate == "hasDeathToll")
    assert (toll.value, toll.low, toll.high) == (4, None, None)
    assert [(one.number, one.rows) for one in done.skipped] == [(1, ("1.1",))]


def test_every_row_that_is_refused_is_named_with_its_reason(tmp_path: Path) -> None:
    bad = {
        "no day": row(2, date_start="2016-02-30"),
        "century": row(3, date_start="0025-01-01"),
        "end before start": row(4, date_end="2016-03-01"),
        "unknown kind": row(5, type_of_violence="9"),
        "no number": row(6, best="many"),
    }
    path = table(tmp_path / "ged.csv", [row(1), *bad.values(), row(7)])
    path.write_text(path.read_text("utf-8") + "8,1,short row\n", "utf-8")
    done = imported(tmp_path / "veld", path)
    assert (done.rows, done.used) == (8, 2)
    assert sorted(dict(done.refused)) == ["2.1", "3.1", "4.1", "5.1", "6.1", "8.1"]
    reasons = dict(done.refused)
    assert "2016-02-30" in reasons["2.1"]
    assert "century" in reasons["3.1"]
    assert "best" in reasons["6.1"] or "many" in reasons["6.1"]
    log = tomllib.loads((tmp_path / "veld" / "imports" / "ucdp-ged.toml").read_text("utf-8"))
    assert sorted(log["import"][0]["refused"]) == sorted([list(one) for one in done.refused])


def test_a_missing_column_stops_at_the_first_row_and_is_named(tmp_path: Path) -> None:
    path = table(tmp_path / "ged.csv", [row(1)])
    path.write_text(path.read_text("utf-8").replace("side_b_new_id", "side_b_id", 1), "utf-8")
    with pytest.raises(DataProblems) as caught:
        imported(tmp_path / "veld", path)
    assert [one.line for one in caught.value.problems] == [1]
    assert "side_b_new_id" in caught.value.problems[0].message
    assert not (tmp_path / "veld").exists()


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    done = imported(tmp_path / "veld", table(tmp_path / "ged.csv", [row(1)]), dry_run=True)
    assert done.draft.statements
    assert not (tmp_path / "veld").exists()


def test_rows_are_chosen_by_their_columns(tmp_path: Path) -> None:
    rows = [row(1), row(2, town="Quay city"), row(3, best=90), row(4, day="2017-01-01")]
    path = table(tmp_path / "ged.csv", rows)

    def kept(*texts: str) -> int:
        asked = tuple(map(reading.where, texts))
        return imported(tmp_path / "veld", path, where=asked, dry_run=True).rows

    assert kept("adm_1=Upper Province") == 3
    assert kept("adm_1!=Upper Province") == 1
    assert kept("where_coordinates~QUAY") == 1
    assert kept("best>=10") == 1
    assert kept("date_start<=2016-12-31", "best<=50") == 2
    with pytest.raises(UsageError, match="adm_1"):
        kept("adm1=Upper Province")
    with pytest.raises(UsageError, match="no condition"):
        kept("adm_1")


def test_things_of_a_case_are_found_again_by_their_outside_ids_alone(tmp_path: Path) -> None:
    folder = tmp_path / "veld"
    imported(folder, table(tmp_path / "a.csv", [row(1)]))
    path = folder / "actors" / "river-guard.toml"
    path.rename(folder / "actors" / "the-guard.toml")
    for one in folder.glob("statements/*.toml"):
        one.write_text(one.read_text("utf-8").replace('"river-guard"', '"the-guard"'), "utf-8")
    done = imported(folder, table(tmp_path / "b.csv", [row(1), row(2)]), day="2020-01-01")
    assert done.written.matched["ucdp-actor 12"] == "the-guard"
    assert not (folder / "actors" / "river-guard.toml").exists()


HOSTILE = ['"', "'''", "\\", "=cmd|' /C calc'!A0", "</script>", "[[x]]", "é" * 300]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(tmp_path: Path, name: str) -> None:
    path = table(
        tmp_path / "ged.csv", [row(1, side_b=name, dyad_name=name, where_coordinates=name)]
    )
    imported(tmp_path / "veld", path)
    assert any(name.strip() in one.label for one in read(tmp_path / "veld").things)


@pytest.mark.parametrize("sign", ["\u202e", "\0", "\x1b"])
def test_signs_that_no_text_may_have_refuse_their_row(tmp_path: Path, sign: str) -> None:
    done = imported(
        tmp_path / "veld", table(tmp_path / "a.csv", [row(1), row(2, side_b=f"a{sign}b")])
    )
    assert [(number, f"U+{ord(sign):04X}" in why) for number, why in done.refused] == [
        ("2.1", True)
    ]
    assert len(read(tmp_path / "veld").sources[0].passages) == 1


# --- Groups

ROWS = st.lists(
    st.builds(
        lambda pair, town, month, day, best, more: {
            "a": pair[0], "b": pair[1], "town": town, "best": best,
            "date_start": f"2016-{month:02d}-{day:02d}", "date_prec": "5" if more else "1",
            "date_end": f"2016-{month + more:02d}-{day:02d}",
        },
        st.sampled_from([("11", "12"), ("11", "13"), ("12", "13"), ("13", "12"), ("12", "1")]),
        st.sampled_from(sorted(PLACES)),
        st.integers(1, 3),
        st.integers(1, 28),
        st.integers(0, 9),
        st.sampled_from([0, 0, 1, 5]),
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip


@pytest.mark.landing
@needs_duckdb
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=ROWS)
def test_events_and_groups_answer_alike_and_as_the_rows_say(
    tmp_path_factory: pytest.TempPathFactory, made: Sequence[Mapping[str, Any]]
) -> None:
    rows = [row(number, **one) for number, one in enumerate(made, 1)]
    right = {key: tuple(cell) for key, cell in fights(rows, "Upper Province").items()}
    for most in (100, 0):
        folder = tmp_path_factory.mktemp("grouped") / "data" / "veld"
        folder.parent.mkdir()
        path = table(folder.parent / "ged.csv", rows)
        done = imported(folder, path, events_up_to=most)
        assert bool(done.grouped) is (most == 0)
        graph = graph_of(folder)
        known = any(one["adm_1"] == "Upper Province" for one in rows)
        answer = answered("fighting", graph, place="upper-province").rows if known else ()
        found = {
            (_text(month), graph.label(_id(one)), graph.label(_id(other))): (
                int(_text(events)), int(float(_text(deaths))),
            )
            for month, one, other, _how, events, deaths, *_ in answer
        }  # fmt: skip
        assert found == right
        begun = [_text(month).strip("[")[:7] for month, *_ in answer]
        assert begun == sorted(begun)


def answered(name: str, graph: Graph, **given: str) -> Table:
    return named_answer(GENERAL[name], given, graph)


def _text(value: object) -> str:
    return str(getattr(value, "value", value))


def _id(value: object) -> str:
    return _text(value).rpartition("/")[2]


@needs_duckdb
def test_a_group_leads_back_to_its_rows(tmp_path: Path) -> None:
    rows = [
        row(1),
        row(2, day="2016-03-20", best=3),
        row(3, day="2016-04-01"),
        row(4, town="Quay city"),
    ]
    folder = tmp_path / "veld"
    imported(folder, table(tmp_path / "ged.csv", rows), events_up_to=2)
    groups = {one.sentence: one for one in read(folder).sources[0].passages}
    assert sorted(groups) == ["0.1", "0.2", "0.3"]
    names, found = rows_of(folder / "imports", groups["0.1"].rows, 10)
    ids = [one[names.index("id")] for one in found]
    assert ids == ["1", "2"]
    text = (tmp_path / "ged.csv").read_text("utf-8").splitlines()
    each = "".join(hashlib.sha256(text[n].encode()).hexdigest() for n in (1, 2))
    assert hashlib.sha256(each.encode()).hexdigest() == groups["0.1"].sha256
    assert "best=7" in groups["0.1"].values
    with pytest.raises(UsageError):
        rows_of(folder / "imports", "../ged.csv?month=1", 10)


def test_an_index_that_would_be_too_large_is_parted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.importers.writing._LARGEST", 1_000)
    rows = [row(number, town="Quay city") for number in range(1, 31)]
    imported(tmp_path / "veld", table(tmp_path / "ged.csv", rows))
    case = read(tmp_path / "veld")
    assert len(case.sources) > 2
    assert len({source.sha256 for source in case.sources}) == 1
    numbers = [int(p.sentence[:-2]) for source in case.sources for p in source.passages]
    assert sorted(numbers) == list(range(1, 31))
    once = [one for one in case.statements if one.predicate == "hasDeathToll"]
    assert [len(one.claims) for one in once] == [1] * 30


def test_files_of_statements_have_no_more_than_a_file_may_have(tmp_path: Path) -> None:
    """There are fewer bytes than keys to spare where all that is told of an event is short."""
    rows = [row(number) for number in range(1, 1_101)]
    imported(tmp_path / "veld", table(tmp_path / "ged.csv", rows))
    files = list((tmp_path / "veld/statements").iterdir())
    assert len(files) > 1
    assert read(tmp_path / "veld").statements


# --- Releases

EDITS = st.lists(
    st.lists(
        st.tuples(st.sampled_from(["change", "drop", "add", "back"]), st.integers(0, 9)), max_size=4
    ),
    min_size=1,
    max_size=3,
)


def content(case: Case) -> Counter[tuple[object, ...]]:
    """Return what the claims of a case that still count say."""
    return Counter(
        (one.subject, one.predicate, one.object, one.value, one.low, one.high, one.when, one.place)
        for one in case.statements
        for claim in one.claims
        if claim.known_until is None
    )


@pytest.mark.landing
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=EDITS)
def test_after_any_releases_a_case_says_what_the_last_one_says(
    tmp_path_factory: pytest.TempPathFactory, edits: list[list[tuple[str, int]]]
) -> None:
    scratch = tmp_path_factory.mktemp("releases")
    first = {number: row(number, a="12" if number % 2 else "11", b="13") for number in range(1, 5)}
    now = dict(first)
    imported(scratch / "veld", table(scratch / "r0.csv", now.values()), day="2020-01-01")
    for number, changes in enumerate(edits, 1):
        for what, which in changes:
            if what == "add":
                now[10 + which] = row(10 + which, town="Quay city")
            elif what == "back" and 1 + which % 4 not in now:
                now[1 + which % 4] = first[1 + which % 4]
            elif now and what == "drop":
                now.pop(sorted(now)[which % len(now)])
            elif now and what == "change":
                key = sorted(now)[which % len(now)]
                now[key] = {**now[key], "best": str(which), "low": "0", "high": "99"}
        if not now:
            return
        path = table(scratch / f"r{number}.csv", now.values())
        imported(scratch / "veld", path, day=f"202{number}-01-01")
    alone = scratch / "alone" / "veld"
    alone.parent.mkdir()
    imported(alone, table(scratch / "last.csv", now.values()), day="2029-01-01")
    assert content(read(scratch / "veld")) == content(read(alone))


def test_a_part_of_a_release_takes_nothing_away(tmp_path: Path) -> None:
    folder = tmp_path / "veld"
    imported(folder, table(tmp_path / "a.csv", [row(1), row(2)]), day="2020-01-01")
    part = table(tmp_path / "b.csv", [row(2, best=9)])
    assert imported(folder, part, day="2021-01-01", dry_run=True).written.changes.ended > 1
    done = imported(folder, part, day="2021-01-01", part=True)
    assert done.written.changes.ended == 1  # the toll of the second
    tolls = [o for o in read(folder).statements if o.predicate == "hasDeathToll"]
    assert sorted((o.value, o.claims[0].known_until is None) for o in tolls) == [
        (4, False), (4, True), (9, True),
    ]  # fmt: skip
    with pytest.raises(UsageError, match="--part"):
        imported(folder, part, day="2022-01-01", where=(reading.where("id=2"),))


def test_a_claim_of_another_voice_and_a_note_outlive_a_release(tmp_path: Path) -> None:
    folder = tmp_path / "veld"
    imported(folder, table(tmp_path / "a.csv", [row(1)]), day="2020-01-01")
    (path,) = folder.glob("statements/*.toml")
    mark = 'predicate = "hasDeathToll"\n'
    path.write_text(
        path.read_text("utf-8").replace(mark, mark + 'note = "Asked again."\n'), "utf-8"
    )
    imported(folder, table(tmp_path / "b.csv", [row(1), row(2)]), day="2021-01-01")
    assert 'note = "Asked again."' in path.read_text("utf-8")


# --- Formats


@pytest.mark.parametrize("name", formats.names())
def test_a_format_of_ours_is_right(name: str) -> None:
    found = formats.known(name)
    for one in (thing for tables in found.tables for thing in tables.statements):
        predicate = one.predicate.text
        assert "{" in predicate or predicate in ontology().predicates


def test_all_that_is_wrong_in_a_format_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        """
[data]
id = "mine"
label = "Mine"
[[table]]
columns = { a = "A", b = "B" }
colour = "red"
[[table.thing]]
name = "x"
folder = "acters"
key = "mine {aa}"
label = "{a|shout}"
[[table.statement]]
subject = "y"
predicate = "fights"
object = "x"
""",
        "utf-8",
    )
    with pytest.raises(DataProblems) as caught:
        formats.read(path)
    told = " ".join(map(str, caught.value.problems))
    for what in ("publisher", "licence", "colour", "acters", "aa", "shout", '"y"'):
        assert what in told
