"""The report: what it answers on Homs, whether its numbers are those of the measures, its forms."""

from __future__ import annotations

import hashlib
import re
import warnings
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import hostile
import miniature
import networkx as nx
import pytest
from click.testing import CliRunner
from elsewhere import printed
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from graph.analysis.arrays import from_network
from graph.analysis.centrality.measures import MEASURES, measured
from graph.analysis.sequences.sequence import sequence, sequences
from graph.analysis.signed.camps import camps_of_balance
from graph.analysis.uncertainty.over_time import days_of
from graph.analysis.uncertainty.robustness import Rank
from graph.cli import main
from graph.network.projection import network
from graph.read.date_words import date_in_words
from graph.read.select import Graph
from graph.report.assembly import report
from graph.report.chapters import structure
from graph.report.chapters.brokers import brokers_in_words, worlds_in_words
from graph.report.chapters.named import named_go_betweens
from graph.report.chapters.overtime import over_the_years
from graph.report.document import Figure, ReportTable
from graph.report.plots import over_time
from graph.report.study import Study
from graph.report.words import Words, number, share
from graph.report.writing import html, markdown

if TYPE_CHECKING:
    from miniature import Judged

    from graph.report.document import Report

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def study(judged: Judged) -> Study:
    return Study(Graph(judged[1], miniature.CODED))


@pytest.fixture(scope="module")
def homs(study: Study) -> Report:
    return report(study, "Homs", sequences())


def table(found: Report, title: str) -> ReportTable:
    parts = [part for section in found.sections for part in section.parts]
    return next(
        part for part in parts if isinstance(part, ReportTable) and part.title.startswith(title)
    )


def section_text(found: Report, title: str) -> str:
    return " ".join(next(s.findings for s in found.sections if title in s.title))


# --- What it answers


def test_who_are_the_go_betweens_and_would_that_change(homs: Report, study: Study) -> None:
    told = section_text(homs, "go-betweens")
    named = table(homs, "Named as go-betweens by the sources").rows
    accepted = {row[0] for row in named if row[3] == "accepted"}
    assert accepted
    sentence = told.partition(".")[0]
    assert {row[0] for row in named if row[0] in sentence} == accepted
    assert "open" in {row[3] for row in named}
    assert worlds_in_words(study.between) in told
    leader = study.words.name(study.between.ranks[0].node)
    assert re.search(rf"{leader} (stays first|is first in \d+%) (in|of) (all )?\d+ worlds", told)
    assert "would still be first if all that is alleged" in told


class Loud(Words):
    """Words of nodes that are called as their ids."""

    def name(self, node: str) -> str:
        return node.upper()


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ({"a": 0.81, "b": 0.16}, "A is first in 81%; B is first in 16% of all 128 worlds"),
        ({"a": 0.16, "b": 0.81}, "B is first in 81%; A is first in 16% of all 128 worlds"),
        ({"a": 0.5, "b": 0.5}, "A and B are first, each, in 50% of all 128 worlds"),
        ({"a": 1.0, "b": 1.0}, "A and B stay first in all 128 worlds"),
        ({"a": 1.0, "b": 0.8}, "A is first in 100%; B is first in 80% of all 128 worlds"),
        ({"a": 0.81}, "A is first in 81% of all 128 worlds that 7 disputed ties allow; the rank"),
    ],
)
def test_each_of_those_that_share_the_first_rank_has_its_own_share(
    study: Study, shares: dict[str, float], told: str
) -> None:
    ranks = tuple(
        Rank(node, 0.5, 1, 0.0, 1.0, 1, 4 if node == "a" else 6, first, first)
        for node, first in shares.items()
    )
    between = replace(study.between, ranks=ranks, worlds=128, choices=7, exact=True, all_true={})
    words = Loud(study.graph, nx.MultiDiGraph())
    tied = SimpleNamespace(between=between, words=words, space=study.space)
    text = " ".join(brokers_in_words(tied))  # type: ignore[arg-type]
    assert told in text
    if 1.0 not in shares.values() and len(shares) > 1:
        assert "their ranks lie between 1 and 6" in text


def test_of_several_it_is_said_that_they_are_first(study: Study) -> None:
    words = Loud(study.graph, nx.MultiDiGraph())
    assert words.being_first(["a"]) == "A is first"
    assert words.being_first(["a", "b"]) == "A and B are first"
    assert words.being_first("abcdef") == "A, B, C, D and 2 more are first"
    assert words.being_first([]) == "nobody is first"


ASKED = """
label = "The town is asked"
kind = "KIND"

[[role]]
role = "interlocutor"
actor = "townspeople"

[[occurred.claims]]
voice = "observers"
stance = "asserts"
certainty = "certain"
passages = ["observers-2020#2.1"]
"""


@pytest.mark.parametrize(
    ("kind", "named"),
    [("interview", []), ("survey", []), ("negotiation", ["people of Mill Town"])],
)
def test_whoever_is_interviewed_is_no_go_between(kind: str, named: list[str], folder: Path) -> None:
    miniature.written(folder, "events/ev-asked.toml", ASKED.replace("KIND", kind))
    found = Study(Graph(miniature.judged(folder)[1], miniature.CASE))
    assert [row[0] for row in named_go_betweens(found)[1].rows] == named


def test_which_tie_changes_the_picture_most(homs: Report, study: Study) -> None:
    told = section_text(homs, "Which tie, if false")
    most = study.between.if_false[0]
    assert f"[{most.key};" in told
    assert study.words.tie(most.key) in told
    evidence = study.words.evidence([most.key])[most.key]
    assert evidence in told
    sources = "|".join(study.graph.ids("Source"))
    assert re.search(rf"\w+ \(({sources})#\d+\.\d+", evidence)


def test_how_often_escalation_followed_a_deal_on_detainees(tmp_path: Path) -> None:
    title, name = "An agreement with a detainee clause", "detainee-deal-escalation"
    study = Study(Graph(miniature.judged(miniature.sequel(tmp_path))[1], miniature.CASE), draws=20)
    found = report(study, "Mill", {name: sequences()[name]})
    counted = sequence(study.graph, name).counted
    judged = len(counted.triggers) - len(counted.censored)
    assert f"{sum(counted.followed().values())} of {judged} time" in section_text(found, title)
    section = next(s for s in found.sections if title in s.title)
    cells = {
        cell for part in section.parts if isinstance(part, ReportTable) for cell in part.rows[0]
    }
    for one in (counted.instances[0].trigger, counted.instances[0].outcome):
        assert all(any(passage in cell for cell in cells) for passage in one.passages)
    assert any("cannot tell a rule from a coincidence" in line for line in section.cautions)


def test_a_sequence_of_which_no_trigger_is_told_has_no_chapter(homs: Report, study: Study) -> None:
    for name, query in sequences().items():
        there = any(query.title in section.title for section in homs.sections)
        assert there == bool(sequence(study.graph, name).counted.triggers), name


def test_every_chapter_on_numbers_says_what_it_does_not_show(homs: Report) -> None:
    for section in homs.sections:
        assert section.findings
        assert section.cautions or section.title == "Methods"


def test_the_numbers_are_those_of_the_measures(homs: Report, judged: Judged) -> None:
    chosen = network(Graph(judged[1], miniature.CODED), "actors")
    ties = from_network(chosen)
    shown = table(homs, "The actors with most ties")
    names = {one.title: name for name, one in MEASURES.items()}
    labels = {node: data["label"] for node, data in chosen.nodes(data=True)}
    for row in shown.rows:
        place = next(at for at, node in enumerate(ties.nodes) if labels[node] == row[0])
        for head, cell in zip(shown.head[1:-1], row[1:-1], strict=True):
            assert cell == number(float(measured(ties, names[head])[place])), head


def test_betweenness_is_the_same_in_both_chapters(homs: Report) -> None:
    one = {row[0]: row[1] for row in table(homs, "betweenness, accepted ties").rows}
    other = {row[0]: row[4] for row in table(homs, "The actors with most ties").rows}
    both = one.keys() & other.keys()
    assert len(both) > 3
    assert {name: one[name] for name in both} == {name: other[name] for name in both}


def test_who_is_first_among_the_certain_ties_of_a_day(homs: Report, study: Study) -> None:
    """Whoever is not there on a day must not hide who is first."""
    rows = {row[0]: row for row in table(homs, "Ties and first actors by day").rows}
    days = days_of(network(study.graph, "actors"))
    shown = {day: rows[date_in_words(day)] for day in days if date_in_words(day) in rows}
    assert len(shown) == len(rows) > 3
    assert {row[4] for row in rows.values()} - {""}
    for day, row in shown.items():
        that_day = network(study.graph, "actors", on=day)
        unsure = [
            (source, target, key)
            for source, target, key, data in that_day.edges(keys=True, data=True)
            if data["held"] != "certain"
        ]
        edges = that_day.number_of_edges()
        assert (row[1], row[2]) == (str(edges), str(edges - len(unsure)))
        that_day.remove_edges_from(unsure)
        ties = from_network(that_day)
        values = measured(ties, "betweenness")
        best = max(values, default=0.0)
        first = [node for node, value in zip(ties.nodes, values, strict=True) if value == best > 0]
        assert row[4] == study.words.names(first)


def test_where_nobody_stands_between_there_is_no_empty_plot(example: Judged) -> None:
    """No line has a name to be explained, and a warning would go to whoever asks for a report."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for lines in ({}, {"_hidden": [0.0, 1.0]}):
            assert over_time("lines", ["2016-01-01", "2016-02-01"], lines, unit="betweenness")
        case, store = example
        section = over_the_years(Study(Graph(store, case.id), "actors"))
    assert section.findings
    assert not [part for part in section.parts if isinstance(part, Figure)]


def test_tables_have_as_many_cells_as_columns(homs: Report) -> None:
    for section in homs.sections:
        for part in section.parts:
            if isinstance(part, ReportTable):
                assert all(len(row) == len(part.head) for row in part.rows), part.title


def test_each_measure_names_its_source(homs: Report) -> None:
    methods = table(homs, "Measures")
    assert len(methods.rows) == len(MEASURES)
    assert all(re.search(r"\b(19|20)\d\d\b", row[2]) for row in methods.rows)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0.0, "0%"),
        (1.0, "100%"),
        (0.0001, "<1%"),
        (0.009, "<1%"),
        (0.01, "1%"),
        (0.014, "1%"),
        (0.5, "50%"),
        (0.99, "99%"),
        (0.991, ">99%"),
        (0.9999, ">99%"),
    ],
)
def test_a_share_is_told_as_per_cent_or_as_its_bound(value: float, told: str) -> None:
    assert share(value) == told


@given(st.floats(0, 1))
def test_what_is_told_of_a_share_is_true_of_it(value: float) -> None:
    """A number is at most half a per cent off, and a bound is one."""
    told = share(value)
    sign, number = told[0] if told[0] in "<>" else "", float(told.strip("<>%")) / 100
    if sign:
        assert 0 < value < number if sign == "<" else number < value < 1
    else:
        assert abs(value - number) <= 0.005 + 1e-9
        assert (number in (0, 1)) == (value in (0, 1))


@pytest.mark.parametrize(
    ("value", "told"), [(float("nan"), "–"), (3.0, "3"), (0.0974, "0.0974"), (0.123456, "0.123")]
)
def test_numbers_have_three_digits(value: float, told: str) -> None:
    assert number(value) == told


# --- Its forms


class Page(HTMLParser):
    """Collects what a page asks for and checks that its elements are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.asked: list[str] = []
        self.scripts = 0
        self.images = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.asked += [
            str(values[name]) for name in ("src", "href", "xlink:href", "data") if values.get(name)
        ]
        self.scripts += tag == "script" or any(name.startswith("on") for name in values)
        self.images += values.get("role") == "img"
        if values.get("role") == "img":
            assert values.get("aria-label")
        if tag not in ("meta", "link", "br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self.open and self.open[-1] == tag:
            self.open.pop()


def test_the_page_is_whole_and_asks_for_nothing(homs: Report) -> None:
    page = Page()
    page.feed(html(homs))
    assert page.open == []
    assert page.scripts == 0
    assert all(target.startswith("#") for target in page.asked)
    figures = [part for s in homs.sections for part in s.parts if isinstance(part, Figure)]
    assert page.images == len(figures) + 1 >= 4  # and that of the first page


def test_ids_of_the_page_are_its_own(homs: Report) -> None:
    ids = re.findall(r'\bid="([^"]+)"', html(homs))
    repeated = {name for name in ids if ids.count(name) > 1}
    # Groups of a plot are named by matplotlib alike in each; nothing refers to them.
    referred = set(re.findall(r'(?:url\(#|href="#)([^")]+)', html(homs)))
    assert not repeated & referred


def test_the_markdown_has_the_same_chapters_and_tables(homs: Report) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown(homs))
    assert sum(token.type == "table_open" for token in tokens) == sum(
        isinstance(part, ReportTable) and bool(part.rows)
        for section in homs.sections
        for part in section.parts
    ) + sum(
        isinstance(part, ReportTable) and not part.rows
        for section in homs.sections
        for part in section.parts
    )
    headings = [
        tokens[at + 1].content.replace("\\", "")
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2"
    ]
    first = headings.index("Annex: statistics")
    assert headings[first + 1 : -1] == [section.title for section in homs.sections]
    assert headings[:first] == [text for kind, text in homs.first_lines if kind == "part"] != []


def test_hostile_names_do_nothing(example: Judged) -> None:
    found = report(Study(hostile.graph(example), "ties", draws=50), "<b>Mill</b>", sequences())
    page = Page()
    page.feed(html(found))
    assert page.scripts == 0
    assert page.open == []
    assert "<b onclick" not in html(found)
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown(found))
    inline = [child for token in tokens for child in token.children or ()]
    assert not [child for child in inline if child.type in ("html_inline", "link_open", "image")]


SIDES = """
[[statement]]
id = "{0}-and-{2}"
subject = "{0}"
predicate = "{1}"
object = "{2}"
when = "2020-06"

[[statement.claims]]
voice = "courier-writer"
stance = "asserts"
certainty = "certain"
passages = ["courier-2020#2.1"]
"""


def test_two_sides_that_fight_and_sign_a_truce_are_two_camps(tmp_path: Path) -> None:
    """By claims, and by signs as well: what they sign says nothing of sympathy."""
    ties = [
        ("river-guard", "fights", "town-council"),
        ("town-council", "concludesAgreementWith", "river-guard"),
        ("river-guard", "makesConcessionsTo", "townspeople"),
        ("guard-backer", "sidesWith", "river-guard"),
        ("townspeople", "sidesWith", "town-council"),
    ]
    folder = miniature.copied(tmp_path)
    text = "".join(SIDES.format(*tie) for tie in ties)
    miniature.written(folder, "statements/sides.toml", text)
    study = Study(Graph(miniature.judged(folder)[1], "mill"))
    camps = {
        "river-guard": ("guard-backer", "river-guard"),
        "town-council": ("town-council", "townspeople"),
    }
    assert study.camps.members == camps
    assert study.camps.against == ()
    assert set(camps_of_balance(study.accepted).members.values()) >= set(camps.values())
    chapter = structure.camps(study)
    assert "2 camps" in chapter.findings[0]
    assert "courier-2020#2.1" in " ".join(chapter.parts[1].rows[0])  # type: ignore[union-attr]


def test_a_case_without_ties_has_a_report(example: Judged) -> None:
    found = report(Study(Graph(example[1], "mill"), "economy", draws=10), "Mill", {})
    assert "nobody stands between" in section_text(found, "go-betweens")
    assert html(found)
    assert markdown(found)


# --- Bytes and the command


def hashed(judged: Judged) -> str:
    """Return the hash of a report of the miniature case in both forms."""
    study = Study(Graph(judged[1], "mill"), "ties", draws=50)
    found = report(study, "Mill", sequences())
    return hashlib.sha256((html(found) + markdown(found)).encode()).hexdigest()


@pytest.mark.landing
def test_the_same_case_gives_the_same_bytes(example: Judged) -> None:
    """Also in another process, which has another order of sets and another time zone."""
    there = "import miniature, test_report as t; print(t.hashed(miniature.judged()))"
    assert printed(there) == hashed(example)


def test_the_command_writes_both_forms(public: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    words = ["analyse", "--case", "mill", "--projection", "ties", "--draws", "20"]
    result = CliRunner().invoke(main, [*words, "--public", str(public), "-o", str(folder)])
    assert result.exit_code == 0, result.output
    assert {path.name for path in folder.iterdir()} == {"report.html", "report.md"}
    assert "report.html" in result.stdout
    before = hashlib.sha256((folder / "report.html").read_bytes()).hexdigest()
    again = CliRunner().invoke(main, [*words, "-q", "--public", str(public), "-o", str(folder)])
    assert (again.exit_code, again.stdout) == (0, "")
    assert hashlib.sha256((folder / "report.html").read_bytes()).hexdigest() == before


def test_an_unknown_recipe_is_told(public: Path, tmp_path: Path) -> None:
    words = ["analyse", "--case", "mill", "--projection", "actor", "--public", str(public)]
    result = CliRunner().invoke(main, [*words, "-o", str(tmp_path / "x")])
    assert result.exit_code == 2
    assert 'did you mean "actors"' in result.stderr
    assert not (tmp_path / "x").exists()
