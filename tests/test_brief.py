"""The brief: a case on one page, in words that are authored, each on whose word."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import hostile
import miniature
import pytest
from click.testing import CliRunner

from graph.brief import text
from graph.brief.picture import dated, picture
from graph.brief.telling import BriefLanguage
from graph.brief.text import brief
from graph.brief.writing import fragment, html, lines
from graph.cli import main
from graph.model import Source, Status
from graph.network.camps import camps
from graph.read.select import Graph

if TYPE_CHECKING:
    from pathlib import Path

    from miniature import Judged


APART = re.compile("\u2068([^\u2069]*)\u2069")
"""What is set apart from words in the other direction."""


@pytest.fixture(scope="module", params=["example", "karabakh"])
def graph(request: pytest.FixtureRequest) -> Graph:
    case, store = request.getfixturevalue(request.param)
    return Graph(store, case.id)


class Seen(HTMLParser):
    """The texts and the elements of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_it_names_who_stands_with_whom_as_the_camps_do(graph: Graph) -> None:
    told = brief(graph)
    found = {one.id: one for one in camps(graph).camps if one.sided}
    part = next((part for part in told.parts if part.title == "Who stands where"), None)
    lines = part.lines if part else ()
    assert [line.opens for line in lines if line.opens in found] == list(found)[: text.SIDES]
    for line in lines:
        firm = line.text.partition("not settled")[0]
        members = {*found[line.opens].members} - {line.opens} if line.opens in found else set()
        named = [one for one in members if graph.label(one) in firm]
        assert bool(members) == (not line.text.startswith("not settled"))
        if len(members) <= text.MEMBERS:
            assert len(named) == len(members)


def test_a_deal_that_was_not_accepted_as_concluded_is_no_deal(graph: Graph) -> None:
    concluded = {one.subject for one in map(graph.statement, graph.ids("Statement"))
                 if one.predicate == "concluded" and one.status == Status.ACCEPTED}  # fmt: skip
    told = brief(graph)
    assert set(told.deals) <= concluded
    assert len(told.deals) == min(text.DEALS, len(concluded))


def test_what_is_not_accepted_is_told_as_not_settled_and_on_whose_word(example: Judged) -> None:
    graph = Graph(example[1], example[0].id)
    told = brief(graph)
    deals = next(part for part in told.parts if part.title.startswith("The deals"))
    known = map(graph.statement, graph.ids("Statement"))
    stages = [one for one in known if one.predicate in ("stage", "fulfilment")]
    stages = [one for one in stages if one.status != Status.ACCEPTED]
    shown = [one for one in stages if one.status != Status.REJECTED and one.object != "notStated"]
    whole = " ".join(line.text for line in deals.lines)
    assert whole.count("not settled") <= len(shown)
    assert bool(shown) == ("not settled" in whole)
    disputed = next(part for part in told.parts if part.title.startswith("What is disputed"))
    first = disputed.lines[0]
    voices = {graph.label(claim.voice) for one in map(graph.statement, graph.ids("Statement"))
              if first.opens in one.question for claim in graph.claims_on(one.id)}  # fmt: skip
    assert any(voice in first.text for voice in voices)


def test_who_passes_on_is_left_out_beside_the_voice_itself(graph: Graph) -> None:
    told = text.BriefWords(graph)
    for name in graph.ids("Statement"):
        stances = {claim.stance for claim in graph.claims_on(name)}
        said = told.voices(graph.statement(name))
        assert ("passed on by" in said) == (stances == {"reports"})


def test_lists_of_names_tell_how_many_there_are(example: Judged) -> None:
    listed = BriefLanguage(Graph(example[1], example[0].id)).listed
    assert listed([]) == ""
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert listed(["A", "B", "C"], 2) == "A, B and C"  # "1 more" would be no shorter
    assert listed(["A", "B", "C", "D"], 2) == "A, B and 2 more"


def test_the_picture_has_each_deal_that_is_told_of_and_dated(graph: Graph) -> None:
    told = brief(graph)
    svg, alternative = picture(graph, told.deals)
    names = [one.name for one in dated(graph) if one.thing in told.deals and one.lane]
    assert svg
    assert names
    root = ET.fromstring(svg)  # noqa: S314 - our own
    written = " ".join(filter(None, (one.text for one in root.iter() if one.tag.endswith("text"))))
    for name in names:
        assert name in alternative
        assert name[:8] in written
    assert "script" not in svg
    assert all(float(bar.attrib["x"]) >= 0 for bar in root.iter() if bar.tag.endswith("rect"))


def test_hostile_texts_are_texts_in_page_and_picture(example: Judged) -> None:
    graph = hostile.graph(example)
    page = Seen(html(graph))
    assert "script" not in page.elements
    assert not {name for name in page.attributes if name.startswith("on")}
    assert page.elements.count("b") == 0
    svg, _ = picture(graph, brief(graph).deals)
    ET.fromstring(svg)  # noqa: S314 - our own


def test_fragment_page_and_words_say_the_same(graph: Graph) -> None:
    whole = "".join(Seen(fragment(graph)).texts)
    for kind, said in lines(graph):
        if kind == "text" and (said in brief(graph).about or kind == "item"):
            assert said in whole
        if kind in ("item", "part"):
            assert said in whole
    assert fragment(graph) in html(graph)
    assert "<h2" in fragment(graph, 2)
    assert "<h1" not in fragment(graph, 2)


def test_the_command_writes_one_file(tmp_path: Path) -> None:
    where = ["--data", str(miniature.PROJECT / "tests" / "example" / "data")]
    public = ["--case", "mill", "--public", str(tmp_path)]
    built = CliRunner().invoke(main, ["build", *where, *public])
    assert built.exit_code == 0, built.output
    file = tmp_path / "b.html"
    done = CliRunner().invoke(main, ["brief", *where, *public, "-o", str(file), "-q"])
    assert done.exit_code == 0, done.output
    assert done.output == ""
    assert "<h1" in file.read_text("utf-8")


# --- in another language -------------------------------------------------------------------------


def authored(graph: Graph) -> set[str]:
    """Return what authors wrote and a brief may tell as it is."""
    things = map(graph.thing, graph.ids("Entity"))
    names = {name.text for thing in things for name in getattr(thing, "names", ())}
    labels = {graph.label(one) for kind in ("Entity", "Question") for one in graph.ids(kind)}
    sources = {text for one in graph.records(Source) for text in (one.title, one.publisher)}
    counted = {str(graph.qualifiers(one).get("counts", "")) for one in graph.ids("Statement")}
    about = graph.about
    return (
        {*filter(None, counted)}
        | names
        | labels
        | sources
        | {about.licence, about.contact, about.withholds} - {""}
    )


def test_a_brief_in_arabic_has_no_english_but_what_authors_wrote(graph: Graph) -> None:
    told = brief(graph, "ar")
    assert told.about[:-1] == ((graph.about.description,) if graph.about.description else ())
    lines_of = [line for part in told.parts for line in part.lines]
    said = [told.about[-1], *(part.title for part in told.parts), *told.foot]
    said += [*told.foot.values(), *(line.whole for line in lines_of)]
    said.append(picture(graph, told.deals, "ar")[1])
    known = authored(graph)
    for line in said:
        assert not re.search("[A-Za-z]", APART.sub("", line)), line
        for one in APART.findall(line):
            name, _, date = one.rpartition(" (")  # a deal whose latest day alone is known
            figure, _, what = one.rpartition(": ")
            rest = {name: date, what: figure, one: ""}
            assert any(
                text in known and not re.search("[A-Za-z]", own) for text, own in rest.items()
            ), one


def test_a_brief_tells_of_the_same_in_all_languages(graph: Graph) -> None:
    english, told = brief(graph), brief(graph, "ar")
    assert told.deals == english.deals
    assert len(told.foot) == len(english.foot)
    assert [[line.opens for line in part.lines] for part in told.parts] == [
        [line.opens for line in part.lines] for part in english.parts
    ]
    figures, told_figures = (
        set(re.findall("[0-9,]*[0-9]", one.about[-1])) for one in (english, told)
    )
    assert told_figures <= figures  # one and two are told in words


def test_what_has_an_arabic_name_is_called_by_it(example: Judged) -> None:
    graph = Graph(example[1], example[0].id)
    shown = BriefLanguage(graph, "ar")
    assert shown.label("river-guard") == "حرس النهر"
    every = map(graph.statement, graph.ids("Statement"))
    tie = next(one for one in every if one.subject == "river-guard" and one.object)
    assert "حرس النهر" in shown.sentence(tie)


def test_hostile_texts_are_texts_in_arabic_too(example: Judged) -> None:
    page = Seen(fragment(hostile.graph(example), tag="ar"))
    assert not {"script", "b", "img"} & {*page.elements}
    assert not {name for name in page.attributes if name.startswith("on")}
