"""Files that are broken, packed wrongly or no such table; values that are none."""

from __future__ import annotations

import gzip
import os
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from test_import import imported, read, row, table

from graph.cli import main
from graph.errors import DataProblems, InputOutputError, UsageError
from graph.importers import importing, reading
from graph.importers.tables import Layout, raw_rows

if TYPE_CHECKING:
    from collections.abc import Callable


def zipped(path: Path, *names: str, data: bytes = b"") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, data)
    return path


def torn(data: bytes) -> bytes:
    """Return packed data with a hole in its middle."""
    middle = len(data) // 2
    return data[:middle] + bytes(20) + data[middle + 20 :]


def locked(path: Path) -> None:
    """Mark the file of an archive as one with a password."""
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)


def unknown_method(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8] = data[data.find(b"PK\x01\x02") + 10] = 99
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("ending", "spoil", "told"),
    [
        (".csv.gz", lambda path: path.write_bytes(torn(path.read_bytes())), "is it whole"),
        (".csv.gz", lambda path: path.write_bytes(path.read_bytes()[:-90]), "is it whole"),
        (".zip", lambda path: path.write_bytes(torn(path.read_bytes())), "is it whole"),
        (".zip", locked, "password"),
        (".zip", unknown_method, "compression"),
    ],
)
def test_a_packed_file_that_is_broken_is_told_as_such(
    ending: str, spoil: Callable[[Path], None], told: str, tmp_path: Path
) -> None:
    plain = table(tmp_path / "a.csv", [row(n, best=n * 7919 % 10007) for n in range(1, 200)])
    path = tmp_path / f"b{ending}"
    if ending == ".zip":
        zipped(path, "a.csv", data=plain.read_bytes())
    else:
        path.write_bytes(gzip.compress(plain.read_bytes()))
    spoil(path)
    with pytest.raises(InputOutputError, match=rf"b\{ending}.*{told}"):
        imported(tmp_path / "veld", path)


def test_endings_in_capitals_and_what_macs_add_to_archives(tmp_path: Path) -> None:
    plain = table(tmp_path / "a.csv", [row(1)])
    (tmp_path / "A.CSV.GZ").write_bytes(gzip.compress(plain.read_bytes()))
    zipped(tmp_path / "A.ZIP", "a.csv", "__MACOSX/._a.csv", data=plain.read_bytes())
    for name in ("A.CSV.GZ", "A.ZIP"):
        assert imported(tmp_path / "veld", tmp_path / name, dry_run=True).used == 1


MAPPING = (Path(__file__).parents[1] / "docs" / "mapping-example.toml").as_posix()
HEAD = "who,does,whom,since,page\n"


def dry_run(path: Path, mapping: str = MAPPING) -> tuple[int, str]:
    """Return what is told of a table of the example's mapping, in one line."""
    words = ["import", "csv", str(path), "--mapping", mapping, "--date", "2024-05-01", "--dry-run",
             "--data", str(path.parent)]  # fmt: skip
    done = CliRunner(env={"COLUMNS": "80"}).invoke(main, words)
    return done.exit_code, " ".join(done.output.split())


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.csv", HEAD.encode("utf-16"), 'is UTF-16; .* encodings = ["utf-16"]'),
        ("a.csv", HEAD.encode("utf-16-le"), "UTF-16 without a mark"),
        ("a.csv", b"PK\x03\x04", "is a workbook or an archive; save the sheet as CSV"),
        ("a.xlsx", b"PK\x03\x04", "is a workbook or an archive"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "is a workbook"),
        ("a.csv", gzip.compress(b"x", mtime=0), "let its name end with .gz"),
        ("a.csv.gz", HEAD.encode(), "is no .gz file, as its name says"),
        ("a.zip", HEAD.encode(), "is no .zip file, as its name says"),
        ("a.csv", b"sep=;\r\n" + HEAD.replace(",", ";").encode(), "has semicolons between"),
        ("a.csv", HEAD.encode() + b"A,ally,B,41712,\n", "counted days it is 2014-03-14"),
        ("a.csv", HEAD.encode() + b"A,ally,N/A,,\n", '"N/A" (row 1.1) is taken as a name'),
        ("a.csv", HEAD.encode(), "0 rows in, 0 used, 0 refused Nothing is written"),
    ],
)
def test_a_file_of_another_sort_is_told_for_what_it_is(
    name: str, data: bytes, told: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    _, found = dry_run(path)
    assert all(one in found for one in told.split(" .* ")), found
    assert "no answer" not in found


def test_what_is_no_plain_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    assert "is no plain file" in dry_run(tmp_path / "a.csv")[1]


def test_blanks_and_digits_are_those_of_any_keyboard(tmp_path: Path) -> None:
    """A first line for a spreadsheet is no row; a no-break space is a blank."""
    path = tmp_path / "a.csv"
    rows = "River\u00a0Guard,ally,B,٠٣/٢٠١٤,\nRiver  Guard,enemy,C,,\n"
    path.write_text(f"sep=,\r\n{HEAD}{rows}", "utf-8")
    code, told = dry_run(path)
    assert code == 0
    assert "row 1.1 River Guard sidesWith B, 2014-03" in told
    assert "row 2.1 River Guard hostileTo C" in told
    assert "3 new things" in told


def test_a_table_in_utf_16_is_read_by_a_mapping_that_says_so(tmp_path: Path) -> None:
    path, mine = tmp_path / "a.csv", tmp_path / "mine.toml"
    text = Path(MAPPING).read_text("utf-8")
    mine.write_text(text.replace("[[table]]", '[[table]]\nencodings = ["utf-16"]', 1), "utf-8")
    path.write_bytes(f"{HEAD}A,ally,B,,\n".encode("utf-16"))
    assert "1 row in, 1 used" in dry_run(path, mine.as_posix())[1]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_dry_run_tells_each_row_and_subject_once(width: int, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [row(1), row(2)])
    words = ["import", "ucdp-ged", str(path), "--dry-run", "--data", str(tmp_path)]
    done = CliRunner(env={"COLUMNS": str(width)}).invoke(main, words)
    lines = done.output.splitlines()
    assert max(map(len, lines)) <= width
    assert lines.count("row 1.1") == lines.count("row 2.1") == 1
    assert "    sideA Government of Veld, 2016-03-05" in lines
    assert any(one.startswith("    hasDeathToll 4, 2016-03-05") for one in lines)
    assert "True" not in done.output


def test_a_line_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"id,side_a\n" + b"x" * 9_000_000))
    with pytest.raises(InputOutputError, match=r"bomb.csv.gz.*8000000"):
        imported(tmp_path / "veld", path)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace(",", ";"), "semicolons between its values, where commas"),
        (lambda text: text.replace(",", "\t"), "tabs between its values, where commas"),
        (lambda text: text.upper(), "there is no column id.*ID"),
        (lambda text: text.replace("source_headline", "side_a"), "there are 2 columns side_a"),
    ],
)
def test_what_is_wrong_with_a_header_row_is_said(
    change: Callable[[str], str], told: str, tmp_path: Path
) -> None:
    path = table(tmp_path / "a.csv", [row(1)])
    header, _, rest = path.read_text("utf-8").partition("\n")
    path.write_text(f"{change(header)}\n{rest}", "utf-8")
    with pytest.raises(DataProblems) as caught:
        imported(tmp_path / "veld", path)
    assert re.search(told, "; ".join(map(str, caught.value.problems)))


@pytest.mark.parametrize("own", ["../../evil", "a/b", "a\\b", "1.23E+05", "=cmd|x", "x" * 400])
def test_an_id_that_is_none_refuses_its_row(own: str, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{**row(1), "id": own}, row(2)])
    done = imported(tmp_path / "data" / "veld", path)
    assert (done.used, [number for number, _ in done.refused]) == (1, ["1.1"])
    assert "is no id" in done.refused[0][1]
    assert {one.name for one in tmp_path.iterdir()} == {"a.csv", "data"}


@pytest.mark.parametrize(
    "best",
    ["-3", "-99", "1e15", "9" * 30, "true", "1_000", "1.234,5", "3,5", "12,34", "NaN", "inf"],
)
def test_a_figure_that_is_none_refuses_its_row(best: str, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [row(1, best=best), row(2, best="1,234")])
    done = imported(tmp_path / "veld", path)
    assert [number for number, _ in done.refused] == ["1.1"]
    tolls = [one.value for one in read(tmp_path / "veld").statements
             if one.predicate == "hasDeathToll"]  # fmt: skip
    assert tolls == [1234]


@pytest.mark.parametrize(
    ("latitude", "longitude", "why"),
    [
        ("91", "0", "no degrees"), ("34.5", "181", "no degrees"), ("NaN", "1", "no degrees"),
        ("inf", "2", "no degrees"), ("1e999", "1", "no degrees"), ("34,5", "36,2", "no degrees"),
        ("34.5N", "36E", "no degrees"), ("1_0", "2", "no degrees"),
        ("0", "0.0", "stand for none"),
    ],
)  # fmt: skip
def test_coordinates_that_are_none_are_left_out_and_told(
    latitude: str, longitude: str, why: str, tmp_path: Path
) -> None:
    path = table(tmp_path / "a.csv", [row(1, latitude=latitude, longitude=longitude)])
    done = imported(tmp_path / "veld", path)
    assert [why in one.reason for one in done.skipped] == [True]
    place = (tmp_path / "veld" / "places" / "mill-village.toml").read_text("utf-8")
    assert not any(key in place for key in ("latitude", "longitude", "uncertainty_m"))
    assert read(tmp_path / "veld").things


def test_a_table_of_which_nearly_nothing_can_be_used_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_REFUSED", 2)
    path = table(tmp_path / "a.csv", [row(1), *(row(n, day="x") for n in (2, 3, 4))])
    with pytest.raises(UsageError, match=r"a.csv: 3 rows cannot be used(?s:.*)row 2.1: when"):
        imported(tmp_path / "veld", path)
    assert not (tmp_path / "veld").exists()


@pytest.mark.parametrize("text", ['"', "'"])
def test_quotation_marks_around_a_value_of_a_condition_are_told(text: str) -> None:
    for sign in ("=", "!=", ">="):
        with pytest.raises(UsageError, match=f"write country{sign}Veld, or country~{text}Veld"):
            reading.where(f"country{sign}{text}Veld{text}")
    assert reading.where(f"country~{text}Veld{text}").holds(f"a {text}Veld{text}")
    assert reading.where(f"country={text}Veld").holds(f"{text}Veld")


@pytest.mark.parametrize("below", ["", '2,x,"b"\n', '2,"x\nx",b\n', '2,"x","b\nb"\n'])
def test_a_mark_without_its_other_in_the_last_column_takes_no_row_in(
    tmp_path: Path, below: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'a,b,c\n1,x,"b\n{below}3,"x\nx","b ""b""\nb"\n', "utf-8")
    found = list(raw_rows(path, Layout(), "utf-8"))
    assert [one.number for one in found if one.wrong] == [1]
    assert found[-1].fields == ["3", "x x", 'b "b" b']
    assert len(found) == 3 + bool(below)
