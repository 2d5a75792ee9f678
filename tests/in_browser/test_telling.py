"""Telling it on: guided tours, and the page in a frame of another page."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import miniature
import pytest
from playwright.sync_api import expect
from serving import served

from graph.build.outputs import pictures
from graph.read.select import Graph

from .test_hands import faults_by_axe
from .view import NARROW, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext

VIEWS = ["show=table", "sel=river-guard&show=drawing", "show=drawing&near=mill-town~1"]
TOUR = """
title = "The mill"
[[translations]]
lang = "ar"
title = "الطاحونة"
""" + "".join(
    f"""
[[step]]
title = "Stop {number}"
text = "Text {number}"
view = "{view}"
evidence = ["mill-town", "siege-of-mill-town"]
[[step.translations]]
lang = "ar"
title = "محطة {number}"
text = "نص {number}"
"""
    for number, view in enumerate(VIEWS, 1)
)


@pytest.fixture(scope="module")
def toured_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("toured")
    folder = miniature.copied(home)
    miniature.written(folder, "tours/mill.toml", TOUR)
    case, store = miniature.judged(folder)
    tours = [one.record() for one in case.tours]
    file = home / "index.html"
    page = pictures(Graph(store, case.id), title=case.title, tours=tours)["index.html"]
    file.write_bytes(page)
    return file


@pytest.fixture
def toured(context: Callable[..., BrowserContext], toured_file: Path) -> Iterator[View]:
    view = View(context(color_scheme="light"), toured_file)
    yield view
    assert not view.faults
    view.page.close()


@pytest.mark.landing
def test_a_tour_is_walked_by_buttons_keys_and_history(toured: View) -> None:
    toured.at("#tour-mill").click()
    expect(toured.at("#tour-title")).to_have_text("Stop 1")
    expect(toured.at("#table-view")).to_be_visible()
    assert toured.fragment == "tour=mill~1"
    expect(toured.at("#tour-back")).to_be_disabled()
    toured.at("#tour-next").click()
    expect(toured.at("#tour-title")).to_have_text("Stop 2")
    assert toured.page.evaluate("() => hudna.app.state.sel") == "river-guard"
    assert toured.focused() == "tour-title"
    toured.page.keyboard.press("ArrowRight")
    expect(toured.at("#tour-title")).to_have_text("Stop 3")
    assert toured.fragment == "tour=mill~3"
    toured.page.keyboard.press("ArrowRight")  # there is none after it
    toured.page.keyboard.press("ArrowLeft")
    expect(toured.at("#tour-title")).to_have_text("Stop 2")
    toured.back()
    expect(toured.at("#tour-title")).to_have_text("Stop 3")
    toured.back()
    toured.back()
    expect(toured.at("#tour-title")).to_have_text("Stop 1")
    toured.forward()
    expect(toured.at("#tour-title")).to_have_text("Stop 2")


def test_other_acts_are_free_and_one_button_leads_back(toured: View) -> None:
    toured.go("tour=mill~2")
    expect(toured.at("#tour-strayed")).to_be_hidden()
    toured.at("#tour .on button").last.click()
    assert toured.page.evaluate("() => hudna.app.state.sel") == "siege-of-mill-town"
    toured.at("#show-table").click()
    expect(toured.at("#tour-title")).to_have_text("Stop 2")
    expect(toured.at("#tour-strayed")).to_be_visible()
    strayed = toured.fragment
    toured.go(strayed)  # as a link, it leads to just that
    assert toured.page.evaluate("() => hudna.app.state.show") == "table"
    toured.at("#tour-strayed").click()
    assert toured.fragment == "tour=mill~2"
    expect(toured.at("#tour-strayed")).to_be_hidden()
    toured.page.keyboard.press("Escape")
    expect(toured.at("#tour")).to_be_hidden()
    assert toured.focused() == "tour-mill"
    assert "tour" not in toured.fragment
    assert toured.page.evaluate("() => hudna.app.state.sel") == "river-guard"
    toured.go("tour=nobody~1")
    expect(toured.at("#tour")).to_be_hidden()


@pytest.mark.landing
def test_a_tour_speaks_the_language_of_names_and_has_no_fault(toured: View) -> None:
    toured.go("tour=mill~2&theme=dark")
    assert not faults_by_axe(toured)
    toured.go("tour=mill~3&label=ar")
    title = toured.at("#tour-title")
    expect(title).to_have_text("محطة 3")
    expect(title).to_have_attribute("dir", "rtl")
    expect(title).to_have_attribute("lang", "ar")
    expect(toured.at("#tour-strayed")).to_be_hidden()
    assert not faults_by_axe(toured)


@pytest.mark.landing
def test_the_card_covers_nothing(
    context: Callable[..., BrowserContext], toured_file: Path, toured: View
) -> None:
    narrow = View(context(NARROW, has_touch=True), toured_file)
    for view in (toured, narrow):
        for stop in (1, 2, 3):
            view.go(f"tour=mill~{stop}")
            card, picture = (view.at(one).bounding_box() for one in ("#tour", "#picture"))
            assert card
            assert picture
            assert card["y"] + card["height"] <= picture["y"] + 1
            assert picture["y"] + 150 < view.page.evaluate("() => innerHeight")
        expect(view.at("#tour-next")).to_be_in_viewport()
    assert not faults_by_axe(narrow)
    narrow.page.close()


def test_a_tour_is_printed_as_a_list(toured: View) -> None:
    toured.go("tour=mill~1")
    toured.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    toured.page.emulate_media(media="print")
    expect(toured.at("#printed .stops li strong")).to_have_text(["Stop 1", "Stop 2", "Stop 3"])
    expect(toured.at("#printed .stops li").first).to_be_visible()
    expect(toured.at("#tour")).to_be_hidden()
    toured.page.evaluate("() => dispatchEvent(new Event('afterprint'))")


def test_alone_there_is_the_view_and_a_link_to_all_of_it(toured: View) -> None:
    for show in ("drawing", "story", "says", "table"):
        toured.go(f"embed=1&show={show}&sel=river-guard")
        for gone in ("header", "#controls", "#panel", "#time"):
            expect(toured.at(gone)).to_be_hidden()
        foot = toured.at("#foot")
        expect(foot).to_contain_text("Data: ")
        address = foot.locator("a").get_attribute("href") or ""
        assert "embed" not in address
        assert "sel=river-guard" in address
    assert not faults_by_axe(toured)
    toured.go("show=table")
    expect(toured.at("#foot")).to_be_hidden()
    expect(toured.at("header")).to_be_visible()


@contextmanager
def framing(folder: Path, address: str) -> Iterator[str]:
    """Serve a page that shows another in a frame, and yield its origin."""
    frame = f'<iframe id="framed" src="{address}" width="700" height="400"></iframe>'
    (folder / "index.html").write_text(f"<!doctype html><title>x</title>{frame}", "utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.landing
def test_only_pages_that_may_show_it_in_a_frame(
    browser: Browser, public: Path, tmp_path: Path
) -> None:
    with framing(tmp_path, "") as origin, served(public, "--allow-frame", origin) as server:
        other = tmp_path / "other"
        other.mkdir()
        address = f"http://127.0.0.1:{server.port}/#embed=1&show=table"
        page = browser.new_page()
        with framing(other, address) as stranger:
            page.goto(f"{stranger}/")
            page.wait_for_timeout(500)
            assert page.frame_locator("#framed").locator("#foot").count() == 0
        (tmp_path / "index.html").write_bytes((other / "index.html").read_bytes())
        page.goto(f"{origin}/")
        framed = page.frame_locator("#framed")
        expect(framed.locator("#foot")).to_be_visible()
        expect(framed.locator("#table-view")).to_be_visible()
        expect(framed.locator("header")).to_be_hidden()
        page.close()
