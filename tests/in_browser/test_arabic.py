"""The page in Arabic: all its own words, from right to left, for the eye and for the keyboard."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

import pytest
from test_translations import IN_LATIN, LATIN

from graph.analysis.sequences.sequence import sequence, sequences
from graph.analysis.sequences.words import record as told_of
from graph.build.outputs import briefs
from graph.read.select import Graph
from graph.viewer.page import page as page_of
from graph.viewer.payload import payload
from graph.viewer.picture import lines, picture

from .test_hands import faults_by_axe
from .view import NARROW, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from miniature import Judged
    from playwright.sync_api import BrowserContext

VIEWS = ("drawing", "story", "camps", "says", "deals", "table")
PANELS = ("evidence", "questions", "agreements", "differences", "about")
WRITTEN = {"name", "note", "text", "title", "publisher", "scope", "reason", "other", "pattern",
           "why", "also", "names", "steps", "lists"}  # fmt: skip
"""The keys of what authors wrote."""

_WORD = re.compile("[A-Za-z]+")
_CODED = re.compile(r"[0-9X]{4}(-[0-9X]{2})*[?~%]?|([a-z]+[.])+org")
"""Dates as they are coded, and where links lead."""
_APART = re.compile(r"[\s؛،()\[\]\u2068\u2069]+")
_SAID = """() => {
  const seen = one => one.checkVisibility({ visibilityProperty: true });
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (!parentElement.closest('script, style') && seen(parentElement)) found.push(data);
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext']) {
    const told = [...document.querySelectorAll(`[${name}]`)].filter(seen);
    found.push(...told.map(one => one.getAttribute(name)));
  }
  return found;
}"""
_IDS = """() => ['nodes', 'statements', 'questions', 'sources']
  .flatMap(one => [...hudna.app.data[one].keys()])"""
_BRIEF = """brief => {
  const own = [...brief.querySelectorAll('li, dt, dd, h3, figcaption, .lane, p ~ p')];
  return [...own.map(one => one.textContent), brief.querySelector('figure')?.ariaLabel ?? ''];
}"""
_WRITTEN = re.compile("\u2068[^\u2069]*\u2069")
_ALL = "() => [...hudna.app.data.statements.keys(), ...hudna.app.data.nodes.keys()]"
_OPEN = """sel => {
  hudna.app.set({ sel, panel: 'evidence' });
  for (const one of document.querySelectorAll('#panel-evidence details')) one.open = true;
}"""
_YEARS = """all => all.filter(one => /^[0-9]{4}$/.test(one.textContent))
  .map(one => [Number(one.textContent), one.getBoundingClientRect().x])"""


def in_arabic(known: Any) -> Any:  # noqa: ANN401 - JSON
    """Return what a page knows as if all authors had written Arabic; ids stay."""
    made = copy.deepcopy(known)
    for table in ("nodes", "statements", "questions", "sources"):
        for record in made[table].values():
            _write(record)
            for claim in record.get("claims", ()):
                _write(claim)
            if "where" in record:
                record["where"] = record["where"].partition(" (")[0]
            if LATIN.search(record.get("v", "")) and record["v"] not in ("yes", "no"):
                record["v"] = made["tongues"]["ar"]["values"].get(record["v"], "نص")
    for record in (*made["notes"], *made["judged"]):
        _write(record)
    said = made["tongues"]["ar"]["values"]
    made["tongues"]["ar"]["values"] = {one: _WORD.sub("نص", text) for one, text in said.items()}
    for record in made["statements"].values():
        if "v" in record and record["v"] not in ("yes", "no"):
            record["v"] = _WORD.sub("نص", record["v"])
    for one in made["tongues"]["ar"]["sequences"]:
        if one["name"] in made["nodes"]:  # Of a mechanism that authors wrote.
            one |= {"title": "نص", "text": "نص"}
    return made


def _write(record: dict[str, Any]) -> None:
    for key in WRITTEN & record.keys():
        value = record[key]
        record[key] = ["نص" for _ in value] if isinstance(value, list) else "نص"


@pytest.fixture(scope="module")
def written(example: Judged, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the miniature case, as if it had been written in Arabic."""
    case, store = example
    graph = Graph(store, case.id)
    found = [sequence(graph, one) for one in sequences(graph=graph).values()]
    told = {tag: [told_of(one, tag) for one in found] for tag in ("en", "ar")}
    known = in_arabic(payload(graph, sequences=told))
    file = tmp_path_factory.mktemp("written") / "index.html"
    drawn, short = picture(lines(graph)), briefs(graph, known)
    file.write_bytes(page_of(known, drawn, title="نص", about={"Case": "نص"}, briefs=short))
    return file


@pytest.fixture(scope="module")
def opened(context: Callable[..., BrowserContext], written: Path) -> View:
    return View(context(color_scheme="light"), written, "show=story&lang=ar")


@pytest.fixture
def arabic(opened: View) -> Iterator[View]:
    opened.page.wait_for_function("() => globalThis.hudna")
    opened.go("show=story&lang=ar")
    yield opened
    faults, opened.faults = opened.faults, []
    assert not faults


def latin(view: View) -> list[str]:
    """Return what stands or is said in Latin letters and is no id and no name of a key."""
    ids = set(view.page.evaluate(_IDS))
    found = []
    for text in view.page.evaluate(_SAID):
        words = (re.sub("[#.][0-9.]+$", "", word) for word in _APART.split(text))
        told = [word for word in words if word not in ids and not _CODED.fullmatch(word)]
        rest = IN_LATIN.sub("", " ".join(told))
        if LATIN.search(rest):
            found.append(text)
    return found


@pytest.mark.some(3)
@pytest.mark.parametrize("show", VIEWS)
def test_no_word_of_a_view_is_left_in_english(arabic: View, show: str) -> None:
    arabic.go(f"show={show}&lang=ar&rows=all")
    assert latin(arabic) == []


@pytest.mark.parametrize("panel", PANELS)
def test_no_word_of_a_panel_is_left_in_english(arabic: View, panel: str) -> None:
    arabic.go(f"show=drawing&panel={panel}&lang=ar")
    assert latin(arabic) == []


def test_no_word_of_the_brief_is_left_in_english(arabic: View) -> None:
    """What authors wrote is set apart, or stands in a paragraph or a bar of its own."""
    arabic.go("show=brief&lang=ar")
    brief = arabic.at("#brief")
    assert [brief.get_attribute(one) for one in ("lang", "dir")] == ["ar", "rtl"]
    said = brief.evaluate(_BRIEF)
    assert len(said) > 10
    assert [text for text in said if LATIN.search(_WRITTEN.sub("", text))] == []
    brief.locator("button").first.click()
    arabic.page.wait_for_function("() => hudna.app.state.sel || hudna.app.state.asked")


def test_no_word_of_the_sequences_is_left_in_english(arabic: View) -> None:
    for name in arabic.page.evaluate("() => hudna.app.data.sequences.map(one => one.name)"):
        arabic.go(f"show=drawing&panel=sequences&lang=ar&followed={name}")
        assert arabic.at(".cautions li").count() > 0
        assert latin(arabic) == []


def test_no_word_of_the_evidence_is_left_in_english(arabic: View) -> None:
    """Of every statement and every thing, with all that can be opened."""
    found: dict[str, str] = {}
    for sel in arabic.page.evaluate(_ALL):
        arabic.page.evaluate(_OPEN, sel)
        found |= dict.fromkeys(latin(arabic), sel)
    assert found == {}


def test_the_page_goes_from_right_to_left_and_drawings_as_time_does(arabic: View) -> None:
    root = arabic.page.locator("html")
    assert [root.get_attribute(one) for one in ("lang", "dir")] == ["ar", "rtl"]
    assert across(arabic, "#panel") < across(arabic, "#middle")
    for place in ("#story", "#strip"):
        assert arabic.at(place).evaluate("one => getComputedStyle(one).direction") == "ltr"
    years = arabic.at("#story svg text").evaluate_all(_YEARS)
    assert years
    assert sorted(years) == sorted(years, key=lambda one: one[1])


def test_a_picture_on_paper_goes_as_time_does(arabic: View) -> None:
    arabic.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    picture = arabic.at("#printed svg").first
    assert picture.evaluate("one => getComputedStyle(one).direction") == "ltr"
    arabic.page.evaluate("() => dispatchEvent(new Event('afterprint'))")


def across(view: View, selector: str) -> float:
    """Return where something begins, in pixels from the left."""
    box = view.at(selector).first.bounding_box()
    assert box is not None
    return box["x"]


@pytest.mark.some(3)
@pytest.mark.parametrize("show", VIEWS)
def test_nothing_is_wrong_for_who_hears_the_page(arabic: View, show: str) -> None:
    arabic.go(f"show={show}&lang=ar")
    assert not faults_by_axe(arabic)


def test_arrows_follow_what_is_seen(arabic: View) -> None:
    """What stands in a row from right to left is gone along to the left."""
    arabic.at("#tab-evidence").focus()
    arabic.page.keyboard.press("ArrowLeft")
    assert arabic.focused() == "tab-questions"
    arabic.page.keyboard.press("ArrowRight")
    assert arabic.focused() == "tab-evidence"


def test_the_storyline_is_gone_along_as_time_goes(arabic: View) -> None:
    arabic.at("#story .bar[tabindex='0']").focus()
    before = across(arabic, "#story .bar:focus")
    arabic.page.keyboard.press("ArrowRight")
    assert across(arabic, "#story .bar:focus") >= before


@pytest.mark.some(3)
@pytest.mark.parametrize("show", VIEWS)
def test_a_telephone_has_no_need_to_scroll_sideways(
    context: Callable[..., BrowserContext], written: Path, show: str
) -> None:
    view = View(context(NARROW), written, f"show={show}&lang=ar")
    view.page.wait_for_function("() => globalThis.hudna")
    assert view.page.evaluate("() => document.documentElement.scrollWidth") <= NARROW[0]
    assert not view.faults
    view.page.close()


@pytest.mark.some(2)
@pytest.mark.parametrize("name", ["files", "payload"])
def test_hostile_text_does_nothing(
    context: Callable[..., BrowserContext], hostile_files: dict[str, Path], name: str
) -> None:
    view = View(context(), hostile_files[name], "show=story&lang=ar")
    view.page.wait_for_function("() => globalThis.hudna")
    for show in VIEWS:
        view.go(f"show={show}&lang=ar")
    for sel in view.page.evaluate("() => [...hudna.app.data.nodes.keys()].slice(0, 12)"):
        view.page.evaluate("sel => hudna.app.set({ sel, panel: 'evidence' })", sel)
    assert view.page.evaluate("() => window.hurt ?? null") is None
    assert view.at(".hurt, img").count() == 0
    assert not view.faults
    view.page.close()


@pytest.mark.landing
def test_without_arabic_names_no_other_language_is_offered(view: View) -> None:
    assert view.at("#tongues").is_hidden()


def test_one_goes_to_arabic_and_back(mill: View) -> None:
    """The rest of the view stays as it was."""
    mill.go("show=table&rows=all")
    mill.at("#tongue-ar").click()
    mill.page.wait_for_function("() => document.documentElement.lang === 'ar' && globalThis.hudna")
    assert "show=table" in mill.fragment
    assert "lang=ar" in mill.fragment
    mill.at("#tongue-en").click()
    mill.page.wait_for_function("() => document.documentElement.lang === 'en' && globalThis.hudna")
    assert "show=table" in mill.fragment
