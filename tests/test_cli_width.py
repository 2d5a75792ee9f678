"""Tables for people on a terminal: no line is wider than it, and nothing of a cell is lost."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from heapq import nlargest
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_queries import ALL, answered, required

from graph.cli.main import main
from graph.cli.printing import say_folded, say_table
from graph.cli.sentences import echo_answer, sentence_of
from graph.cli.tables import readable
from graph.model.terms import iri_of
from graph.query.results import with_passages
from graph.read.select import Graph

if TYPE_CHECKING:
    from pathlib import Path

    from miniature import Judged

    from graph.read.select import Table

WIDTHS = (40, 80, 132)
COMMANDS = (
    "explain town-council mill-town",
    "export --list",
    "export gexf --losses",
    "links town-council mill-town --projection ties",
    "network actors --measure betweenness",
    "network actors --measure betweenness --how-sure",
    "network participation --two-mode",
    "network ties",
    "network --list",
    "network --measures",
    "query --list",
    "query --values predicate",
    "reach --from town-council --projection ties",
    "reach --from town-council --to mill-town --projection ties",
    "sequences",
    "sequences --list",
    "show mech-bread-and-truce",
    "show river-guard",
)
MOST_ROWS = 20
LETTERS = "abc e\u0301 -.,;/#0123 مدينة\u064e حمص 霍姆斯 กำ"


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes, by its properties in Unicode."""
    return sum(
        0 if unicodedata.category(sign) in ("Mn", "Me", "Cf")
        else 2 if unicodedata.east_asian_width(sign) in "WF"
        else 1
        for sign in text
    )  # fmt: skip


def too_wide(text: str, width: int) -> list[str]:
    return [line for line in text.splitlines() if cells(line) > width]


@pytest.fixture(scope="module")
def homs(judged: Judged) -> Graph:
    return Graph(judged[1], judged[0].id)


def widest(table: Table) -> Table:
    """Return a table with those rows that have the longest cells, of each column some."""
    kept: set[int] = set()
    for name in table.columns:
        lengths = [len(str(term)) for term in table.column(name)]
        kept.update(nlargest(MOST_ROWS, range(len(lengths)), lengths.__getitem__))
    return replace(table, rows=tuple(table.rows[number] for number in sorted(kept)))


@pytest.mark.some(4)
@pytest.mark.parametrize("name", ALL)
def test_no_line_of_a_named_query_is_wider_than_the_terminal(
    name: str, homs: Graph, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answered(name, required(name), homs)
    if {"statement", "claim"} & {*found.columns}:
        found = with_passages(found, homs)
    found = widest(found)
    for width in WIDTHS:
        monkeypatch.setenv("COLUMNS", str(width))
        echo_answer(found, homs.labels, ALL[name].hidden, ALL[name].joined)
        assert not too_wide(capsys.readouterr().out, width)


@pytest.mark.some(4)
@pytest.mark.parametrize("name", [one for one in ALL if "?statement" in ALL[one].sparql])
def test_on_a_narrow_terminal_a_statement_is_a_sentence_with_all_of_its_row(
    name: str, homs: Graph, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answered(name, required(name), homs)
    if "statement" not in found.columns or len(found.rows) < 2:
        return
    told = readable(found, homs.labels, ALL[name].hidden, ALL[name].joined)
    monkeypatch.setenv("COLUMNS", "80")
    echo_answer(found, homs.labels, ALL[name].hidden, ALL[name].joined)
    out = "".join(capsys.readouterr().out.casefold().split())
    for row in told[1:]:
        for column, cell in zip(told[0], row, strict=True):
            passed = column == "predicate" or cell in ("true", "false", "fact")
            assert passed or "".join(cell.casefold().split()) in out, (column, cell)
    for term in found.column("statement"):
        said = homs.labels.sentence(iri_of(term))
        assert "".join(said.casefold().split()) in out


def test_a_row_is_told_with_who_says_so() -> None:
    row = {
        "said": "The Guard holds the ford",
        "subject": "The Guard",
        "predicate": "controls",
        "object": "ford",
        "voice": "Observers",
        "stance": "denies",
        "certainty": "probable",
        "mode": "opinion",
        "status": "contested",
        "when": "May 2020",
        "scope": "at night",
        "ground": "",
    }
    assert sentence_of(row) == (
        "The Guard holds the ford · May 2020 · contested · Observers: denies (probable, as opinion)"
        " · scope: at night"
    )


def test_a_wide_terminal_and_a_pipe_have_tables(public: Path) -> None:
    words = ["query", "ties", "actor=river-guard", "--case", "mill", "--public", str(public)]
    wide, pipe, narrow = (
        CliRunner(env=env).invoke(main, words).stdout
        for env in ({"COLUMNS": "132"}, {"COLUMNS": ""}, {"COLUMNS": "80"})
    )
    assert pipe.startswith("subject")
    assert " · " not in wide + pipe
    assert " · accepted" in narrow


@pytest.mark.parametrize("words", COMMANDS)
def test_no_line_of_a_command_is_wider_than_the_terminal(words: str, public: Path) -> None:
    at = ["--case", "mill", "--public", str(public)]
    result = CliRunner(env={"COLUMNS": "80"}).invoke(main, [*words.split(), *at])
    assert result.exit_code == 0, result.output
    assert result.stdout.strip()
    assert not too_wide(result.output, 80)


@pytest.mark.landing
def test_no_line_of_making_a_case_is_wider_than_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    at = ["--case", miniature.copied(tmp_path / "data").name, "--data", "data"]
    public = ["--public", "public"]
    claim = "observers asserts certain observers-2020#1.1"
    unknown = f"the-council-of-the-town-of-the-mill controls ford | {claim}"
    for words, code in (
        (["check", "--hints", *at], 0),
        (["say", f"town-council controls ford 2020-03-04 | {claim}", *at], 0),
        (["say", unknown, *at], 1),
        (["build", *at, *public], 0),
        (["analyse", *at, *public], 0),
        (["explain", "the council of the town of the mill", "ford", *at, *public], 2),
    ):
        result = CliRunner(env={"COLUMNS": "80"}).invoke(main, words)
        assert result.exit_code == code, result.output
        assert result.output.strip()
        assert not too_wide(result.output, 80), words


@pytest.mark.parametrize("hints", [True, False])
def test_how_to_see_hints_is_told_where_they_are_not_seen(tmp_path: Path, hints: bool) -> None:
    folder = miniature.copied(tmp_path / "data")
    words = ["check", "--case", folder.name, "--data", str(folder.parent)]
    result = CliRunner().invoke(main, [*words, *["--hints"] * hints])
    assert "1 hint" in result.output
    assert ("with --hints" in result.output) is not hints
    assert len(result.output.splitlines()) == 1 + hints


def tables() -> st.SearchStrategy[list[list[str]]]:
    """Return tables with one to nine columns and up to four rows."""
    cell = st.text(st.sampled_from(LETTERS), max_size=70).map(str.strip)
    return st.integers(1, 9).flatmap(
        lambda count: st.lists(
            st.lists(cell, min_size=count, max_size=count), min_size=1, max_size=4
        ).map(lambda rows: [[f"c{place}" for place in range(count)], *rows])
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=tables(), width=st.integers(40, 100))
def test_cells_are_whole_and_lines_fit(
    rows: list[list[str]],
    width: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    say_table(rows)
    out = capsys.readouterr().out
    assert not too_wide(out, width)
    told = sorted(out.replace("─", "").replace(":", ""))
    for sign in {sign for row in rows[1:] for cell in row for sign in cell} - {" "}:
        assert sign in told


def test_a_table_that_is_too_wide_for_columns_is_a_block_for_each_row(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [f"column{place}" for place in range(9)]
    rows = [names, *([f"{row} has its {name}" for name in names] for row in ("one", "two"))]
    monkeypatch.setenv("COLUMNS", "80")
    say_table(rows)
    blocks = capsys.readouterr().out.strip("\n").split("\n\n")
    assert [len(block.splitlines()) for block in blocks] == [9, 9]
    assert blocks[1].splitlines()[3].split(maxsplit=1) == ["column3", "two has its column3"]


def test_in_a_pipe_a_row_is_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    rows = [["a", "b", "c"], ["x" * 90, "霍姆斯", "end"], ["y", "z", "end"]]
    say_table(rows)
    head, _, first, second = capsys.readouterr().out.splitlines()
    assert first.split() == rows[1]
    assert second.split() == rows[2]
    assert head.index("c") == len(second) - 3


def test_a_line_is_folded_with_an_indent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    say_folded("  " + "word " * 20)
    first, *more = capsys.readouterr().out.splitlines()
    assert first.startswith("  word")
    assert all(line.startswith("    word") for line in more)
