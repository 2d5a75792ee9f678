"""The two tables as a spreadsheet, a parser of CSV and Gephi's rules see them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import miniature
import pytest
import readers
import ties

from graph.export import csv_tables
from graph.export.formats import export

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx
    from miniature import Judged

    from graph.export.selection import Selection

TIMESET = re.compile(r"<\[DAY, DAY\](; \[DAY, DAY\])*>".replace("DAY", r"\d{4}-\d\d-\d\d"))
"""What Gephi's parser of intervals reads."""


def tables(selection: Selection) -> dict[str, bytes]:
    return {name: b"".join(chunks) for name, chunks in export("csv", selection).files.items()}


def parsed(data: bytes, folder: Path) -> list[dict[str, str]]:
    read = readers.node("csv", data, folder)
    assert read["errors"] == []
    lowered = [column.lower() for column in read["columns"]]
    assert len(set(lowered)) == len(lowered), "Gephi drops columns that differ by case alone"
    return read["rows"]  # type: ignore[no-any-return]


def spreadsheet(data: bytes, folder: Path) -> Any:  # noqa: ANN401 — JSON
    return readers.node("spreadsheet", data, folder)


def test_a_parser_sees_what_sparql_gives(judged: Judged, tmp_path: Path) -> None:
    files = tables(ties.selection(judged, miniature.CODED))
    told, names = ties.ties(judged[1]), ties.names(judged[1])
    rows = {row["Id"]: row for row in parsed(files["edges.csv"], tmp_path)}
    assert {statement: tie(row) for statement, row in rows.items()} == told
    assert ties.parallel(told) > 0 or miniature.CODED != "homs"  # some are tried
    nodes = parsed(files["nodes.csv"], tmp_path)
    assert {row["Id"]: (row["Label"], row.get("Arabic", "")) for row in nodes} == {
        end: names[end] for one in told.values() for end in (one.subject, one.object)
    }


def tie(row: dict[str, str]) -> ties.Tie:
    return ties.Tie(
        subject=row["Source"],
        predicate=row["Kind"],
        object=row["Target"],
        sign=int(row["Sign"]),
        status=row["Status"],
        when=row["When"],
        first=row["Earliest begin"],
        last=row["Latest end"],
        claims=int(row["Claims"]),
    )


def test_a_spreadsheet_calculates_nothing(judged: Judged, tmp_path: Path) -> None:
    for data in tables(ties.selection(judged, miniature.CODED)).values():
        assert spreadsheet(data, tmp_path)["formulas"] == {}


def test_a_spreadsheet_sees_the_same_texts(judged: Judged, tmp_path: Path) -> None:
    for data in tables(ties.selection(judged, miniature.CODED)).values():
        header, *rows = spreadsheet(data, tmp_path)["rows"]
        assert [dict(zip(header, row, strict=True)) for row in rows] == parsed(data, tmp_path)


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    network = ties.hostile()
    for data in (csv_tables.nodes(network), csv_tables.edges(network)):
        read = spreadsheet(data, tmp_path)
        assert read["formulas"] == {}
        cells = [cell for row in read["rows"] for cell in row]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "@"))]
    rows = {row["Id"]: row for row in parsed(csv_tables.nodes(network), tmp_path)}
    assert rows["sum"]["Label"] == "'" + ties.LABELS["sum"]
    for node in ("a.b-c.1", "back", "blanks", "lines"):
        assert rows[node]["Label"] == ties.LABELS[node]
    assert parsed(csv_tables.edges(network), tmp_path)[0]["Id"] == "t.0"


def test_a_spreadsheet_does_calculate_what_is_not_guarded(tmp_path: Path) -> None:
    assert spreadsheet(b"Id,Label\na,=1+1\n", tmp_path)["formulas"] == {"B2": "1+1"}


def test_the_guarded_texts_are_counted(judged: Judged) -> None:
    selection = ties.selection(judged, miniature.CODED)
    selection.__dict__["network"] = ties.hostile()
    (loss,) = csv_tables.write(selection).losses
    texts = [ties.LABELS["sum"], "-x; +1; a; b", "@SUM(A1)", "=1+1", "\t=cmd|' /C calc'!A0"]
    assert loss.items == len(texts)
    written = b"".join(tables(selection).values()).decode()
    assert all(f"'{text}".replace('"', '""') in written for text in texts)


def dated(**days: list[str]) -> nx.MultiDiGraph[str]:
    made = ties.hostile()
    made.edges["a.b-c.1", "sum", "t.0"].update(days)
    return made


@pytest.mark.parametrize(
    ("spans", "timeset", "ends"),
    [
        ([], "", ("", "")),
        (["2014-01-01?/2015-12-31"], "<[2014-01-01, 2015-12-31]>", ("2014-01-01", "2015-12-31")),
        (["2014-01-01/2014-12-31", "2016-01-01/2016-12-31"],
         "<[2014-01-01, 2014-12-31]; [2016-01-01, 2016-12-31]>", ("2014-01-01", "2016-12-31")),
    ],
)  # fmt: skip
def test_a_timeset_is_when_a_tie_may_have_held(
    spans: list[str], timeset: str, ends: tuple[str, str], tmp_path: Path
) -> None:
    rows = parsed(csv_tables.edges(dated(spans=spans)), tmp_path)
    assert rows[0].get("Timeset", "") == timeset
    assert (rows[0].get("First day", ""), rows[0].get("Last day", "")) == ends


@pytest.mark.parametrize(
    ("spans", "timeset"),
    [
        (["2014-01-01/2015-12-31"], None),
        (["2014-01-01/2014-01-01 certain 2014-01-01/2014-01-01"], "<[2014-01-01, 2014-01-01]>"),
        (["2014-01-01/2014-04-01 certain 2014-02-01/2014-03-01"], "<[2014-02-01, 2014-03-01]>"),
    ],
)
def test_only_ties_with_a_sure_day_are_certain(
    spans: list[str], timeset: str | None, tmp_path: Path
) -> None:
    rows = parsed(csv_tables.edges(dated(spans=spans), time="certain"), tmp_path)
    assert [(row["Id"], row["Timeset"]) for row in rows] == ([("t.0", timeset)] if timeset else [])


def test_every_timeset_of_a_case_is_one_that_gephi_reads(judged: Judged, tmp_path: Path) -> None:
    rows = parsed(tables(ties.selection(judged, miniature.CODED))["edges.csv"], tmp_path)
    given = [row for row in rows if row["Timeset"]]
    assert given
    assert all(TIMESET.fullmatch(row["Timeset"]) for row in given)
    assert all(row["Spans"] for row in given)


def test_what_is_not_certain_is_left_out_and_counted(judged: Judged, tmp_path: Path) -> None:
    selection = ties.selection(judged, miniature.CODED, time="certain")
    found = export("csv", selection)
    rows = parsed(b"".join(found.files["edges.csv"]), tmp_path)
    (left_out,) = [loss.items for loss in found.losses if "for certain" in loss.what]
    assert 0 < len(rows) == selection.network.number_of_edges() - left_out
    for row in (row for row in rows if row["Timeset"]):
        first, last = row["First day"], row["Last day"]
        assert row["Earliest begin"] <= first <= last
        assert not row["Latest end"] or last <= row["Latest end"]
