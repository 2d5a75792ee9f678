"""What stays and what can be gone back to: steps of a visit, what was opened, where hands moved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from .view import View

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext

FIRST, SECOND = "shusha", "armenia"
DISPUTED = "azerbaijani-forces-attacks-armenian-civilians"


@pytest.fixture
def fresh(context: Callable[..., BrowserContext], page_file: Path) -> View:
    """A page without a past."""
    return View(context(color_scheme="light"), page_file)


def _sel(view: View) -> Any:  # noqa: ANN401
    return view.page.evaluate("() => [hudna.app.state.sel, hudna.app.state.world]")


def test_back_and_forward_lead_from_view_to_view(fresh: View) -> None:
    fresh.page.evaluate(f"() => hudna.app.open('{FIRST}')")
    fresh.at("#world").select_option("agreed")
    fresh.page.evaluate(f"() => hudna.app.open('{SECOND}')")
    heading = fresh.at("#panel-evidence h2")
    told = heading.text_content()
    for wanted in ([FIRST, "agreed"], [FIRST, "all"], ["", "all"]):
        fresh.back()
        assert _sel(fresh) == wanted
    expect(heading).to_have_text("Evidence")
    for _ in range(3):
        fresh.forward()
    assert _sel(fresh) == [SECOND, "agreed"]
    expect(heading).to_have_text(str(told))
    expect(fresh.at("#world")).to_have_value("agreed")
    assert not fresh.faults


def test_a_slider_leaves_one_view_to_go_back_to(fresh: View) -> None:
    fresh.at("#world").select_option("agreed")
    fresh.at("#moment").focus()
    for _ in range(4):
        fresh.page.keyboard.press("ArrowRight")
    expect(fresh.page).to_have_url(re.compile("on="))
    fresh.back()
    assert _sel(fresh) == ["", "all"]
    assert fresh.fragment == "show=drawing"


@pytest.mark.landing
def test_a_link_leads_to_where_hands_moved_the_drawing(fresh: View, page_file: Path) -> None:
    fresh.at("#drawing-1").focus()
    for key in ("ArrowRight", "ArrowDown", "+", "+"):
        fresh.page.keyboard.press(key)
    expect(fresh.page).to_have_url(re.compile("at="))
    fresh.page.wait_for_timeout(400)  # the last of the movements is written once it rests
    there = fresh.page.evaluate("() => hudna.app.view()")
    opened = View(fresh.page.context, page_file, fresh.fragment)
    seen = opened.page.evaluate("() => hudna.app.view()")
    assert seen == pytest.approx(there, rel=0.01, abs=0.2)
    opened.at("#zoom-all").click()
    assert "at=" not in opened.fragment


def test_what_was_opened_stays_open_when_all_around_it_is_built_anew(view: View) -> None:
    view.go(f"sel={DISPUTED}")
    details = view.at("#panel-evidence details").first
    details.locator("summary").click()
    expect(details).to_have_attribute("open", "")
    view.at("#world").select_option("agreed")
    expect(view.at("#panel-evidence details").first).to_have_attribute("open", "")
    view.at("#panel-evidence details summary").first.click()
    view.at("#world").select_option("all")
    expect(view.at("#panel-evidence details").first).not_to_have_attribute("open", "")


def test_what_is_marked_for_copying_stays_while_something_else_changes(view: View) -> None:
    view.go(f"sel={DISPUTED}")
    view.page.evaluate(
        "() => getSelection().selectAllChildren(document.querySelector('#panel-evidence .why'))"
    )
    marked = view.page.evaluate("() => getSelection().toString()")
    view.page.evaluate("() => hudna.app.set({ colour: 'family' })")
    assert marked
    assert view.page.evaluate("() => getSelection().toString()") == marked


def test_the_table_is_one_stop_for_tab_and_arrows_go_from_row_to_row(view: View) -> None:
    view.go("show=table&sort=-when")
    stops = view.at("#statements tbody [tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    first = view.focused()
    view.page.keyboard.press("ArrowDown")
    assert view.focused() != first
    expect(stops).to_have_count(1)
    view.page.keyboard.press("End")
    assert view.focused() == view.at("#statements tbody button").last.get_attribute("id")
    view.page.keyboard.press("Home")
    assert view.focused() == first
    expect(view.at("th[aria-sort=descending]")).to_have_text("When ▼")
    view.at("#sort-status").click()
    assert "sort=status" in view.fragment
    assert view.focused() == "sort-status"


def test_time_plays_until_the_last_moment_or_until_it_is_stopped(view: View) -> None:
    view.page.evaluate("() => hudna.app.set({ on: hudna.app.moments.at(-2), playing: true })")
    expect(view.at("#play")).to_have_attribute("aria-pressed", "true")
    expect(view.at("#play")).to_have_attribute("aria-pressed", "false")
    assert view.page.evaluate("() => hudna.app.state.on === hudna.app.moments.at(-1)")
