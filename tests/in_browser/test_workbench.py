"""The workbench and the pages of things in a browser that records and blocks what leaves."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import miniature
import pytest
from playwright.sync_api import expect

from .conftest import WIDE
from .view import NARROW

sys.path.append(str(Path(__file__).resolve().parents[1]))
from serving import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Locator, Page, Route
    from serving import Server

TOKEN = "correct-horse-battery-staple"  # noqa: S105 - invented
EDITOR = ".yasqe .CodeMirror"
RUN = ".yasqe_queryButton:visible"
_VALUE = "() => document.querySelector('.yasqe .CodeMirror').CodeMirror.getValue()"
_SET = "text => document.querySelector('.yasqe .CodeMirror').CodeMirror.setValue(text)"
_WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
LINES = "CONSTRUCT { ?s ?p ?o } WHERE { ?p hud:tie true . ?s ?p ?o }"


class Desk(NamedTuple):
    """The workbench in a page of the browser; ``faults`` has to stay empty."""

    page: Page
    address: str
    faults: list[str]

    def at(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def open(self, path: str = "query") -> None:
        self.page.goto(f"{self.address}/{path}")
        if path.startswith("query"):
            expect(self.at(EDITOR)).to_be_attached()  # Hidden once a question is asked.

    def ask(self, sparql: str) -> None:
        self.page.evaluate(_SET, sparql)
        self.at(RUN).click()

    def choose(self, name: str) -> None:
        self.at("#find").fill(name)
        self.at(f"[data-example='{name}']").click()


@pytest.fixture(scope="module")
def server(public: Path) -> Iterator[Server]:
    with served(public) as running:
        yield running


@pytest.fixture
def desk(browser: Browser, server: Server) -> Iterator[Callable[..., Desk]]:
    """Open desks; whatever one asks others for, or complains of, fails the test."""
    address = f"http://127.0.0.1:{server.port}"
    opened: list[Desk] = []

    def make(size: tuple[int, int] = WIDE, **options: Any) -> Desk:  # noqa: ANN401
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, **options)  # type: ignore[arg-type]
        found = Desk(context.new_page(), address, [])

        def route(one: Route) -> None:
            if one.request.url.startswith((f"{address}/", "data:", "blob:")):
                one.continue_()
            else:
                found.faults.append(f"asked for {one.request.url}")
                one.abort()

        context.route("**/*", route)
        found.page.on("console", lambda said: found.faults.append(said.text))
        found.page.on("pageerror", lambda error: found.faults.append(str(error)))
        opened.append(found)
        return found

    yield make
    for each in opened:
        each.page.context.close()
    assert not [fault for each in opened for fault in each.faults]


def test_a_query_is_run_and_its_things_are_linked(desk: Callable[..., Desk]) -> None:
    one = desk()
    one.open()
    one.ask("SELECT ?x ?class { ?x a hud:ArmedGroup, ?class } ORDER BY ?x ?class")
    rows = one.at(".yasr table tbody tr")
    expect(rows.first).to_be_visible()
    assert rows.count() > 1
    link = one.at(".yasr a.iri[data-linked='here']").first
    assert link.get_attribute("href") == f"{one.address}/id/bandits"
    assert not one.at(".yasr a.iri[href*='w3id.org']").count()
    one.page.goto(str(link.get_attribute("href")))
    expect(one.at("h1")).to_contain_text("bandits at the ford")


@pytest.mark.landing
def test_an_example_goes_into_the_editor_and_runs(desk: Callable[..., Desk]) -> None:
    one = desk()
    one.open()
    one.choose("contested")
    text = one.page.evaluate(_VALUE)
    assert text.startswith("# title: What is contested\n")
    assert "# param about: Thing" in text
    expect(one.at("[data-example='contested']")).to_have_attribute("aria-current", "")
    one.at(RUN).click()
    # Names stand there until ids are wanted.
    body = one.at(".yasr table tbody")
    expect(body).not_to_contain_text("kind:")
    expect(body.locator("[data-iri$='/contested']").first).to_have_text("contested")
    one.page.get_by_role("button", name="Names").click()
    expect(body).to_contain_text("kind:contested")


def test_results_are_saved_as_csv_and_json(desk: Callable[..., Desk]) -> None:
    one = desk()
    one.open()
    one.ask("SELECT ?x ?name { ?x a hud:ArmedGroup ; rdfs:label ?name } ORDER BY ?x")
    for words, name in (("Save as CSV", "result.csv"), ("Save as JSON", "result.json")):
        with one.page.expect_download() as waited:
            one.page.get_by_text(words).click()
        assert waited.value.suggested_filename == name
        text = Path(waited.value.path()).read_text("utf-8")
        if name.endswith("csv"):
            rows = list(csv.reader(io.StringIO(text)))
            assert rows[0] == ["x", "name"]
            assert [miniature.BASE + "bandits", "bandits at the ford"] in rows
        else:
            assert json.loads(text)["head"]["vars"] == ["x", "name"]


@pytest.mark.landing
def test_statements_and_triples_are_drawn_with_the_viewer(desk: Callable[..., Desk]) -> None:
    one = desk()
    one.open()
    one.choose("ties")
    one.at(RUN).click()
    one.at(".select_drawing:visible").click()
    frame = one.page.frame_locator("iframe.drawing")
    expect(frame.locator("h1")).to_contain_text("of a result")
    expect(frame.locator("#drawing-1 canvas").first).to_be_visible()
    one.ask(LINES)
    expect(one.at("iframe.drawing")).to_have_attribute("src", re.compile("[?&]t="))
    expect(frame.locator("h1")).to_contain_text("of a result")
    expect(one.page.get_by_text("Save as Turtle")).to_be_visible()
    one.ask("SELECT ?x { ?x a hud:Place }")
    expect(frame.locator("h1")).to_contain_text("No lines in this result")


def test_what_went_wrong_is_told_as_the_server_tells_it(desk: Callable[..., Desk]) -> None:
    one = desk()
    one.open()
    one.ask("SELECT * { SERVICE <http://192.0.2.1/> { ?s ?p ?o } }")
    expect(one.at(".problem")).to_contain_text("A query must not leave this machine")
    assert len(one.faults) == 1  # the browser itself tells of every 4xx
    assert "400" in one.faults.pop()


def test_a_link_shows_a_query_and_runs_nothing(desk: Callable[..., Desk]) -> None:
    one = desk()
    one.open("query#query=ASK%20%7B%7D&endpoint=http%3A%2F%2F192.0.2.1%2F")
    assert one.page.evaluate(_VALUE) == "ASK {}"
    assert not one.at(".yasr_results > *").count()
    one.at(RUN).click()
    expect(one.at(".yasr_results")).to_contain_text("True")


def test_nothing_is_kept_in_the_browser(desk: Callable[..., Desk]) -> None:
    one = desk()
    one.open()
    one.ask("SELECT ?x { ?x a hud:ArmedGroup }")
    expect(one.at(".yasr table tbody tr").first).to_be_visible()
    assert one.page.evaluate("() => localStorage.length + sessionStorage.length") == 0
    assert one.page.context.cookies() == []


@pytest.mark.landing
def test_a_token_is_asked_for_by_the_browser(browser: Browser, public: Path) -> None:
    with served(public, token=TOKEN) as closed:
        given = {"username": "anybody", "password": TOKEN}
        context = browser.new_context(http_credentials=given)  # type: ignore[arg-type]
        one = Desk(context.new_page(), f"http://127.0.0.1:{closed.port}", [])
        one.open()
        one.ask("SELECT ?x { ?x a hud:ArmedGroup }")
        expect(one.at(".yasr table tbody tr").first).to_be_visible()
        context.close()


@pytest.mark.landing
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_it_fits_the_screen_and_can_be_read(
    desk: Callable[..., Desk], size: tuple[int, int], scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    one = desk(size, color_scheme=scheme)
    one.open("query#example=ties")
    one.at(RUN).click()
    expect(one.at(".yasr table tbody tr").first).to_be_visible()
    assert one.page.evaluate(_WIDER) <= 0
    for view in ("table", "response", "drawing"):
        one.at(f".select_{view}:visible").click()
        found = Axe().run(one.page)
        assert not found.response["violations"], found.generate_report()
    for path in ("id/river-guard", "id/", "id/?class=Statement", "id/q-who-shelled"):
        one.open(path)
        assert one.page.evaluate(_WIDER) <= 0
        found = Axe().run(one.page)
        assert not found.response["violations"], found.generate_report()


def test_all_goes_by_keyboard(desk: Callable[..., Desk]) -> None:
    one = desk()
    one.open()
    one.page.keyboard.press("Tab")
    assert one.page.evaluate("() => document.activeElement.className") == "skip"
    one.at("#find").focus()
    one.page.keyboard.type("contested-questions")
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Enter")
    assert "# title: Questions with rival answers" in one.page.evaluate(_VALUE)
    one.at(".yasqe textarea").focus()
    one.page.keyboard.press("Control+Enter")
    expect(one.at(".yasr table tbody tr").first).to_be_visible()
    one.page.keyboard.press("Escape")
    assert "yasqe_queryButton" in one.page.evaluate("() => document.activeElement.className")


# --- Questions as forms ----------------------------------------------------------------------

GUARD_TIES = "query#ask=ties&actor=river-guard"


def expect_rows(one: Desk, count: int | str = r"\d+") -> None:
    """Wait for a result that has so many rows, or any."""
    expect(one.at(".yasr table tbody tr").first).to_be_visible()
    expect(one.at(".yasr_response_chip").first).to_have_text(re.compile(rf"^\s*{count}\s"))


def test_a_question_is_asked_by_a_form_and_kept_in_the_address(
    desk: Callable[..., Desk], public: Path
) -> None:
    from click.testing import CliRunner

    from graph.cli.main import main

    one = desk()
    one.open()
    one.choose("ties")
    actor = one.page.get_by_label("Actor", exact=True)
    expect(actor).to_have_attribute("role", "combobox")
    actor.press_sequentially("river gu")
    actor.press("ArrowDown")
    actor.press("Enter")
    expect(actor).to_have_value("River Guard")
    actor.press("Enter")
    one.page.wait_for_url(f"**/{GUARD_TIES}")
    words = ["query", "ties", "actor=river-guard", "--format", "json"]
    at = ["--case", miniature.CASE, "--public", str(public)]
    answer = json.loads(CliRunner().invoke(main, [*words, *at]).stdout)
    rows = len(answer["results"]["bindings"])
    expect_rows(one, rows)
    expect(one.at(EDITOR)).to_be_hidden()
    link = one.at(".yasr a.evidence").first
    assert re.search(r"/#sel=[\w.-]+$", str(link.get_attribute("href")))
    one.page.get_by_label("Status", exact=True).select_option("accepted")
    one.page.get_by_role("button", name="Ask", exact=True).click()
    one.page.wait_for_url("**&status=accepted")
    one.page.go_back()
    one.page.wait_for_url(f"**/{GUARD_TIES}")
    expect(one.page.get_by_label("Status", exact=True)).to_have_value("")
    expect_rows(one, rows)


@pytest.mark.landing
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_form_has_labels_and_tells_what_is_wrong(
    desk: Callable[..., Desk], size: tuple[int, int]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    one = desk(size)
    one.open(GUARD_TIES)
    expect_rows(one)
    assert one.page.evaluate(_WIDER) <= 0
    found = Axe().run(one.page)
    assert not found.response["violations"], found.generate_report()
    named = one.at("#form input, #form select")
    for each in named.all():
        assert each.get_attribute("aria-describedby")
    hostile = "<img src=x onerror=alert(1)>"
    one.page.get_by_label("Actor", exact=True).fill(hostile)
    one.page.get_by_role("button", name="Ask", exact=True).click()
    problem = one.at("#ask-problem")
    expect(problem).to_contain_text(hostile)
    assert not one.at("#form img").count()
    one.faults[:] = [fault for fault in one.faults if "400" not in fault]


def test_a_statement_is_looked_for_by_its_words(desk: Callable[..., Desk]) -> None:
    one = desk()
    one.open()
    one.choose("detail")
    field = one.page.get_by_label("Statement (needed)", exact=True)
    expect(field).to_have_attribute("role", "combobox")
    field.press_sequentially("sponsors guard")
    expect(one.at("#ask-statement-list li").first).to_contain_text("guard-is-paid")
    field.press("ArrowDown")
    field.press("Enter")
    field.press("Enter")
    one.page.wait_for_url("**/query#ask=detail&statement=guard-is-paid")
    expect_rows(one, 1)


IN_LATIN = re.compile(r"[A-Za-z]")


def test_forms_and_heads_are_in_arabic_and_heads_turn_back(desk: Callable[..., Desk]) -> None:
    one = desk(color_scheme="dark")
    one.open("query?lang=ar#ask=ties&actor=river-guard")
    expect_rows(one)
    shown = ["#ask-title", "#form p", "#form label", "#form small:not(:empty)", "#form option"]
    shown += ["#groups summary", "#groups details:first-of-type button"]
    for selector in shown:
        texts = one.at(selector).all_text_contents()
        assert texts
        assert not [text for text in texts if IN_LATIN.search(text)], selector
    heads = one.at(".yasr thead .dt-column-title:not(.unseen)")
    expect(heads.first).to_have_text("الفاعل")
    assert not [text for text in heads.all_text_contents() if IN_LATIN.search(text)]
    expect(one.at(".yasr tbody td:nth-child(3) a").first).to_have_text(
        re.compile("[\u0600-\u06ff]")
    )
    one.page.get_by_role("button", name="الأسماء", exact=True).click()
    expect(heads.first).to_have_text("subject")
    assert one.at(".yasr a.evidence").count()
