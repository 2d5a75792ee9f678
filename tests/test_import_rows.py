"""Rows are read as a plain reader reads them, one cell after the other, and kept so in Parquet."""

from __future__ import annotations

import csv
import hashlib
import io
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph.importers import formats, importing, reading, tables
from graph.importers.dates import DateRecipe
from graph.importers.grouping import rows_of
from graph.importers.templates import template
from graph.reader.value_checks import unfit_sign

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from graph.importers.tables import Row

MAPPING = """
[data]
id = "made"
label = "Made"
publisher = "Nobody"
licence = "CC-BY-4.0"
[[table]]
null = ["-0-"]
columns = { a = "A", b = "B", month = "Month", number = "Number" }
optional = { absent = "Absent" }
[table.date.when]
from = "{month}"
forms = ["%Y-%m"]
[table.group]
by = { a = "{a|or b|lower}", when = "{when}" }
sum = ["number"]
[[table.thing]]
name = "a"
folder = "actors"
key = "made {a|or b|lower}"
label = "{a|or b}"
class = "ArmedGroup"
[[table.thing]]
name = "b"
folder = "actors"
key = "made other"
label = "Other"
class = "ArmedGroup"
[[table.statement]]
subject = "a"
predicate = "fights"
object = "b"
when = "{when}"
"""
PARTS = (
    "x", "Größe", "e\u0301", " ", "\t", "\n", '"', "'", ",", "&amp;", "&#x202e;", "&nbsp;",
    "\ufeff", "-0-", "\\N", "NULL", "\u202e", "\x1f", "\x1e", "\x1d", "long" * 30, "بعد", "\u2028",
)  # fmt: skip
CELLS = st.lists(st.sampled_from(PARTS), max_size=3).map("".join)
ROWS = st.lists(
    st.tuples(CELLS, CELLS, st.sampled_from(["2016-03", "2016-04", "2016-3x"]), CELLS),
    min_size=1,
    max_size=8,
)
once = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def mapping(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mapping") / "made.toml"
    path.write_text(MAPPING, "utf-8")
    return path


def table(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerows([("A", "B", "Month", "Number", "More"), *((*one, "?") for one in rows)])
    return path


def read(mapping: Path, path: Path) -> tuple[list[Row], list[tuple[str, str]]]:
    refused: list[tuple[str, str]] = []
    source = reading.opened(path, formats.read(mapping))
    return list(reading.rows(source, [], refused, [])), refused


def plainly(path: Path) -> tuple[list[tuple[str, ...]], list[str]]:
    """Return the values of rows that are fit, and the signs of those that are not: the oracle."""
    text = path.read_text("utf-8-sig")
    fit, signs = [], []
    for cells in list(csv.reader(io.StringIO(text, newline="")))[1:]:
        flat = [" ".join(one.split()) if set("\n\t") & set(one) else one for one in cells]
        values = tuple(tables.cleaned(one, frozenset({"-0-"})) for one in flat[:4])
        if sign := unfit_sign("".join(values)):
            signs.append(f"U+{ord(sign):04X}")
        else:
            fit.append(values)
    return fit, signs


@once
@given(made=ROWS)
@example(made=[("\u202e", "x", "2016-03", "1"), ("x", "long" * 30 + "\u202e", "2016-03", "1")])
def test_rows_are_those_of_a_plain_reader(
    tmp_path_factory: pytest.TempPathFactory,
    mapping: Path,
    made: list[tuple[str, str, str, str]],
) -> None:
    path = table(tmp_path_factory.mktemp("rows") / "made.csv", made)
    rows, refused = read(mapping, path)
    fit, signs = plainly(path)
    assert [tuple(one.values.values()) for one in rows] == [(*values, "") for values in fit]
    assert [why.split()[3].rstrip(",") for _, why in refused] == signs
    text = path.read_text("utf-8-sig")
    for one in rows:
        part = text[one.start : one.end]
        assert hashlib.sha256(part.encode()).hexdigest() == one.sha256
        assert part.endswith('"?"')


def test_what_is_kept_of_cells_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_KEPT", 3)
    cells = tables.Cells(frozenset())
    for number in range(10):
        assert cells[f" {number} "] == str(number)
    assert cells["x" * 1000] == "x" * 1000
    assert len(cells) <= 3


def test_a_day_that_was_read_is_told_apart_by_all_that_it_rests_on() -> None:
    recipe = DateRecipe(
        start=template("{a}"), end=template("{a}"), forms=("%Y-%m-%d",),
        widen={"precision": {"3": "month"}},
    )  # fmt: skip
    day = {"a": "2016-03-05", "precision": "1"}
    told = [recipe.read(one).edtf for one in (day, {**day, "precision": "3"}, day)]
    assert told == ["2016-03-05", "[2016-03-01..2016-03-31]", "2016-03-05"]


@pytest.mark.skipif(find_spec("duckdb") is None, reason="DuckDB is not installed")
@once
@given(made=ROWS)
@example(made=[("\\N", '"', "2016-03", "7"), ("", "NULL", "2016-03", "1.5")])
def test_rows_that_are_put_together_stay_as_they_were_read(
    tmp_path_factory: pytest.TempPathFactory,
    mapping: Path,
    made: list[tuple[str, str, str, str]],
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    path = table(folder / "made.csv", made)
    right: dict[tuple[str, str], list[list[str]]] = {}
    for row in read(mapping, path)[0]:
        values = row.values
        if values["month"] != "2016-3x":
            own = ((values["a"] or values["b"]).lower(), values["month"])
            right.setdefault(own, []).append([row.number.partition(".")[0], *values.values()])
    request = importing.Request([path], events_up_to=0)
    done = importing.run(formats.read(mapping), request, folder / "made", dry_run=False)
    assert done.grouped == len(right)
    parquet = folder / "made" / "imports"
    for (name, month), rows in right.items() if parquet.exists() else ():
        file = next(parquet.glob("*.parquet")).name
        query = f"{file}?a={_quoted(name)}&when={month}"
        assert rows_of(parquet, query, 100)[1] == rows


@pytest.mark.skipif(find_spec("duckdb") is None, reason="DuckDB is not installed")
def test_several_values_of_a_field_are_kept_one_a_line(mapping: Path, tmp_path: Path) -> None:
    form = tmp_path / "lines.toml"
    form.write_text(mapping.read_text("utf-8").replace("null", 'form = "jsonl"\nnull'), "utf-8")
    path = tmp_path / "made.jsonl"
    path.write_text('{"A": "x", "B": ["y", "-0-", "z"], "Month": "2016-03", "Number": 1}\n' * 2)
    request = importing.Request([path], events_up_to=0)
    importing.run(formats.read(form), request, tmp_path / "made", dry_run=False)
    rows = rows_of(tmp_path / "made" / "imports", "made-table.parquet?a=x", 9)[1]
    assert [one[2] for one in rows] == ["y\nz", "y\nz"]


def _quoted(text: str) -> str:
    return quote_plus(text)
