"""Text of a case is text: nothing in it runs, loads, or becomes an element of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .view import View

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext

FRAGMENTS = (
    "sel=river-guard", "sel=ev-shelling", "sel=ag-may-truce.c1", "sel=guard-at-the-ford",
    "sel=shells-counted", "question=q-who-shelled&panel=questions", "panel=about",
    "sel=ag-may-truce&panel=agreements", "on=2020-06-03&show=table", "label=all&colour=family",
    "world=voice:river-guard&vs=voice:town-council&panel=differences", "near=river-guard~2",
    "from=river-guard&to=town-council", "show=deals", "show=brief", "sel=on:ag-may-truce.c1",
    "sel=river-guard&show=camps", "sel=river-guard&during=2020-05-01/2020-07-01&show=story",
)  # fmt: skip


@pytest.mark.some(2)
@pytest.mark.parametrize("name", ["files", "payload"])
def test_hostile_text_stays_text(
    context: Callable[..., BrowserContext], hostile_files: dict[str, Path], name: str
) -> None:
    view = View(context(), hostile_files[name])
    expect(view.at("#drawing-1 canvas").first).to_be_visible()
    scripts = view.at("script").count()
    for fragment in FRAGMENTS:
        view.go(fragment)
        assert view.fragment == fragment
        for summary in view.at("#panel summary").all():
            if summary.is_visible():
                summary.click()
    view.go()
    assert view.search("guard")
    view.at("#matches [role=option]").first.click()
    view.at("#cite, #share").first.click()
    _hover(view)
    view.at("#more summary").click()
    with view.page.expect_download() as waited:
        view.at("#save-svg").click()
    view.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert view.page.evaluate("() => window.hurt") is None
    assert (
        view.at("img, iframe, object, embed, b.hurt, [onerror], [onload], [onclick]").count() == 0
    )
    assert view.at("script").count() == scripts
    links = view.at("a[href]").evaluate_all("found => found.map(one => one.href)")
    assert all(link.startswith(("https://", "http://")) for link in links)
    _harmless_alone(view, waited.value.path())
    for shown in FRAGMENTS[-2:]:
        view.go(shown)
        view.at("#more summary").click()
        with view.page.expect_download() as waited:
            view.at("#save-svg").click()
        _harmless_alone(view, waited.value.path())
    view.page.close()
    assert not view.faults


def _hover(view: View) -> None:
    """Move the mouse onto a node, so that its tooltip comes."""
    view.go("near=river-guard~1")
    place = view.place("river-guard")
    canvas = view.at("#drawing-1 canvas").first
    canvas.hover(position={"x": place["x"], "y": place["y"]})
    expect(view.at("#drawing-1 div.tip")).to_be_visible()


def _harmless_alone(view: View, path: Path) -> None:
    """Open the saved drawing by itself, where no policy protects it."""
    page = view.page.context.new_page()
    page.goto(path.as_uri())
    assert page.evaluate("() => [window.hurt, document.querySelectorAll('script').length]") == [
        None,
        0,
    ]
    page.close()


def test_addresses_that_are_no_web_addresses_are_no_links(
    context: Callable[..., BrowserContext], hostile_files: dict[str, Path]
) -> None:
    view = View(context(), hostile_files["payload"], "sel=siege-of-mill-town")
    expect(view.evidence().locator("article.claim")).to_have_count(1)
    assert view.evidence().locator("article.claim a").count() == 0
    view.page.close()
    assert not view.faults
