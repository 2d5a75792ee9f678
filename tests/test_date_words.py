"""Dates in words: what they say, that they say no more, and that no reader meets EDTF instead."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner
from coded_dates import coded
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from test_queries import ALL, answered, required

from graph.build.case import open_build
from graph.cli.main import main
from graph.cli.tables import for_people, readable
from graph.model.dates import parse
from graph.read.date_words import date_in_words
from graph.read.record_index import RecordIndex
from graph.read.select import Graph
from graph.report.assembly import report
from graph.report.study import Study
from graph.report.writing import html, markdown
from graph.server.things.pages import page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from miniature import Judged

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "dates.md"
IN_THE_GUIDE = re.findall(r"^\| `([^`|]+)` \| “(.+)” \|$", GUIDE.read_text("utf-8"), re.MULTILINE)

# --- the words -----------------------------------------------------------------------------------


def dates() -> st.SearchStrategy[str]:
    """Return single dates, in order of nothing, with qualifiers."""
    year = st.integers(1000, 2999).map(str)
    month = st.integers(1, 12).map("{:02}".format)
    whole = st.one_of(
        year,
        st.tuples(year, month).map("-".join),
        st.tuples(year, month, st.integers(1, 28).map("{:02}".format)).map("-".join),
        st.tuples(year, st.sampled_from(("21", "22", "23", "24"))).map("-".join),
        st.tuples(year, month).map(lambda parts: f"{'-'.join(parts)}-XX"),
        year.map("{}-XX".format),
        year.map(lambda one: f"{one[:3]}X"),
    )
    return st.builds("{}{}".format, whole, st.sampled_from(("", "", "~", "?", "%")))


def coded_dates() -> st.SearchStrategy[str]:
    """Return dates of all forms in the one way in which these tests write each."""
    pairs = st.tuples(dates(), dates()).filter(lambda two: two[0] != two[1]).map(sorted)
    members = st.one_of(dates(), pairs.map("..".join))
    several = st.lists(dates(), min_size=2, max_size=3, unique=True).map(",".join)
    return st.one_of(
        dates(),
        pairs.map("/".join),
        dates().map("{}/..".format),
        dates().map("{}/".format),
        dates().map("../{}".format),
        dates().map("[..{}]".format),
        dates().map("[{}..]".format),
        pairs.map(lambda two: f"[{'..'.join(two)}]"),
        several.map("[{}]".format),
        several.map("{{{}}}".format),
        st.tuples(members, dates()).map(lambda two: f"{{{two[0]},{two[1]}}}"),
        dates().map("{{..{}}}".format),
        dates().map("{{{}..}}".format),
    ).filter(readable_date)


def readable_date(text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def test_the_guide_tells_the_words_of_every_form() -> None:
    assert len(IN_THE_GUIDE) > 15
    assert {one: date_in_words(one) for one, _ in IN_THE_GUIDE} == dict(IN_THE_GUIDE)


@given(coded_dates())
def test_words_are_not_coded(text: str) -> None:
    said = date_in_words(text)
    assert not coded(said)
    assert not set(said) & set("/~%?[]{}")
    assert coded(text) or re.fullmatch(r"[0-9-]+[?]?", text)


@given(st.lists(coded_dates(), min_size=2, max_size=2, unique=True))
def test_two_dates_have_different_words(two: list[str]) -> None:
    one, other = two
    assert date_in_words(one) != date_in_words(other)


@given(coded_dates())
def test_every_year_of_a_date_is_told(text: str) -> None:
    for year in re.findall(r"[0-9]{4}", text):
        assert year in date_in_words(text)


@pytest.mark.parametrize("text", ["", "Waer", "about 500", "2014-13", "1/2", "3-5", "../..", "20"])
def test_what_is_no_date_is_left_as_it_is(text: str) -> None:
    assert date_in_words(text) == text


# --- what people read ----------------------------------------------------------------------------


def seen(rows: Iterable[Iterable[object]]) -> list[str]:
    return [found for row in rows for cell in row for found in coded(str(cell))]


@pytest.fixture(scope="module")
def homs(judged: Judged) -> Graph:
    return Graph(judged[1], judged[0].id)


@pytest.mark.parametrize("name", ALL)
def test_tables_of_named_queries_are_in_words(name: str, homs: Graph) -> None:
    found = answered(name, required(name), homs)
    assert not seen(readable(found, homs.labels, ALL[name].hidden, ALL[name].joined))


def test_tables_for_programs_keep_the_code_and_may_have_the_words_beside_it(
    example: Judged,
) -> None:
    graph = Graph(example[1], miniature.CASE)
    found = answered("ties", {"actor": "river-guard"}, graph)
    head, *rows = for_people(found, graph.labels)
    place = head.index("when")
    assert head[place + 1] == "whenLabel"
    assert {(row[place], row[place + 1]) for row in rows} >= {("2018%", "perhaps about 2018")}
    assert "whenLabel" not in for_people(found)[0]
    assert seen(for_people(found))


COMMANDS = (
    "network ties",
    "network participation --one-mode objects",
    "explain town-council mill-town",
    "reach --from river-guard --projection ties",
    "reach --from town-council --to mill-town --projection ties",
    "links town-council mill-town --projection ties",
    "export gexf --losses",
    "query --list",
)


@pytest.mark.parametrize("words", COMMANDS)
def test_commands_answer_in_words(words: str, public: Path) -> None:
    at = ["--case", "mill", "--public", str(public)]
    result = CliRunner().invoke(main, [*words.split(), *at])
    assert result.exit_code == 0, result.output
    assert not coded(result.output)


def shown(text: str) -> Iterator[str]:
    """Yield what a reader sees of a page, without what is said to be coded."""
    root = lxml_html.document_fromstring(text)
    for term in root.iter("dt"):
        if term.text_content().startswith("As coded"):
            term.getnext().clear()
    yield from (one for one in root.itertext() if one.strip())
    for element in root.iter():
        yield from (element.get(name, "") for name in ("title", "aria-label", "alt"))


@pytest.mark.some(2)
@pytest.mark.parametrize("case", [miniature.CODED, "mill"])
def test_pages_of_all_records_are_in_words(case: str, request: pytest.FixtureRequest) -> None:
    _, store = request.getfixturevalue("judged" if case == miniature.CODED else "example")
    records = RecordIndex(Graph(store, case))
    keys = [key for ids in records.classes.values() for key in ids]
    dated = [key for key in keys if records[key].table in ("things", "statements", "sources")]
    for key in dated[:: 1 if case == "mill" else 9]:
        text = page(records, key)
        assert not [one for one in shown(text) if coded(one)], key


def test_the_report_is_in_words(homs: Graph) -> None:
    found = report(Study(homs, draws=20), "Homs", {})
    assert not coded(markdown(found))
    assert not [one for one in shown(html(found)) if coded(one)]


def test_dossiers_are_in_words_but_where_they_say_as_coded(public: Path) -> None:
    case = open_build(miniature.CASE, public)
    made = case.export("markdown", actor="river-guard")
    lines = b"".join(*made.files.values()).decode().splitlines()
    assert any("- Coded as: " in line for line in lines if coded(line))
    assert not [line for line in lines if coded(line) and "- Coded as: " not in line]


def test_titles_of_pyvis_are_in_words(public: Path) -> None:
    net = open_build(miniature.CASE, public).pyvis("ties")
    assert not [one for one in [*net.nodes, *net.edges] if coded(str(one.get("title", "")))]
