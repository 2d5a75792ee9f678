"""Hands and eyes: keyboard, narrow and dark screens, assistive technology, paper and files."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe_playwright_python
import pytest
from lxml import etree
from playwright.sync_api import expect

from .view import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
REACHED = {
    "show-drawing", "show-table", "label", "colour", "query", "world", "compare", "suggested",
    "projection", "status-contested", "kind-place", "family-violence", "certainty-certain",
    "source-waer-2017", "filters-off", "drawing-1", "zoom-in", "play", "earlier", "moment", "later",
    "day", "any-day", "certain-only", "span-from", "span-closer", "strip", "tab-evidence",
}  # fmt: skip
NARROW_CONTROLS = (
    "#query", "#world", "#compare", "#suggested", "#show-table", "#label", "#colour", "#moment",
    "#day", "#play", "#tab-evidence", "#tab-questions", "#tab-agreements", "#zoom-in",
)  # fmt: skip


# --- Keyboard


def test_tab_reaches_every_control(homs: View) -> None:
    # What was clicked last is where Tab goes on from, so the first control is set by hand.
    homs.at("#show-drawing").focus()
    seen = [homs.focused()]
    for _ in range(500):
        homs.page.keyboard.press("Tab")
        found = homs.focused()
        if homs.page.evaluate("() => document.activeElement === document.body"):
            break
        seen.append(found)
        if found.startswith("compare-0"):
            break
    assert not REACHED - set(seen)


def test_search_and_evidence_by_keyboard(homs: View) -> None:
    keys = homs.page.keyboard
    homs.at("#query").focus()
    keys.type("homs")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(homs.at("#matches li:nth-child(2) button")).to_be_focused()
    name = homs.at("#matches li:nth-child(2) button").evaluate("one => one.firstChild.textContent")
    keys.press("Enter")
    expect(homs.evidence().locator("h2")).to_have_text(name)
    assert homs.focused() == "panel-evidence"
    keys.press("Tab")
    assert homs.page.evaluate(
        "() => document.getElementById('panel-evidence').contains(document.activeElement)"
    )


def test_worlds_days_and_tabs_by_keyboard(homs: View) -> None:
    keys = homs.page.keyboard
    homs.at("#world").focus()
    keys.press("ArrowDown")
    assert "world=agreed" in homs.fragment
    homs.at("#compare").focus()
    keys.press("Enter")
    expect(homs.at("#second")).to_be_visible()
    assert homs.focused() == "compare"
    homs.at("#moment").focus()
    keys.press("ArrowRight")
    assert "on=" in homs.fragment
    homs.at("#tab-differences").focus()
    keys.press("ArrowLeft")
    assert homs.focused() == "tab-agreements"
    expect(homs.at("#panel-agreements")).to_be_visible()
    homs.at("#status-open").focus()
    keys.press("Space")
    assert "no-status=open" in homs.fragment
    assert homs.focused() == "status-open"


@pytest.mark.homs
def test_a_panel_keeps_the_keyboard_where_it_was(homs: View) -> None:
    keys = homs.page.keyboard
    homs.at("#tab-questions").focus()
    keys.press("Enter")
    homs.at("#question-f-bombings").focus()
    keys.press("Enter")
    expect(homs.at("#question-f-bombings")).to_have_attribute("aria-expanded", "true")
    assert homs.focused() == "question-f-bombings"
    homs.go("sel=waer-rebels")
    homs.at("#near").focus()
    keys.press("Enter")
    assert "near=waer-rebels~1" in homs.fragment
    assert homs.page.evaluate("() => document.activeElement !== document.body")


def test_the_drawing_by_keyboard(homs: View) -> None:
    keys = homs.page.keyboard
    homs.at("#drawing-1").focus()
    before = homs.page.evaluate("() => hudna.app.view()")
    keys.press("ArrowRight")
    keys.press("+")
    after = homs.page.evaluate("() => hudna.app.view()")
    assert after["x"] > before["x"]
    assert after["scale"] > before["scale"]
    keys.press("n")
    assert homs.fragment.startswith("sel=")
    assert homs.focused() == "drawing-1"
    keys.press("Escape")
    assert homs.fragment == ""


@pytest.mark.homs
def test_a_way_by_keyboard(homs: View) -> None:
    keys = homs.page.keyboard
    homs.at("#ways summary").focus()
    keys.press("Enter")
    keys.press("Tab")
    keys.type("Iran")
    keys.press("Tab")
    keys.type("Waer")
    keys.press("Enter")
    expect(homs.evidence().locator("h2")).to_contain_text("From Iran")


def test_the_table_by_keyboard(homs: View) -> None:
    keys = homs.page.keyboard
    homs.at("#show-table").focus()
    keys.press("Enter")
    homs.at("#sort-object").focus()
    keys.press("Enter")
    assert homs.focused() == "sort-object"
    homs.at("#statements tbody button").first.focus()
    keys.press("Enter")
    assert homs.fragment.startswith("sel=")
    expect(homs.evidence()).to_contain_text("Claims (")


# --- Narrow


@pytest.mark.parametrize(
    "fragment",
    ["", "show=table", "sel=bombings-by-isil", "panel=agreements",
     "world=voice:waer-residents&vs=voice:homs-loyalists"],
)  # fmt: skip
def test_a_telephone_never_scrolls_sideways(narrow: View, fragment: str) -> None:
    narrow.go(fragment)
    wide = narrow.page.evaluate(
        "() => [document.documentElement.scrollWidth, document.body.scrollWidth]"
    )
    assert max(wide) <= 390


def test_controls_can_be_reached_on_a_telephone(narrow: View) -> None:
    for selector in NARROW_CONTROLS:
        control = narrow.at(selector)
        control.scroll_into_view_if_needed()
        box = control.bounding_box()
        assert box, selector
        assert box["x"] >= 0, selector
        assert box["x"] + box["width"] <= 391, selector
        control.click(trial=True)


def test_evidence_comes_into_view_on_a_telephone(narrow: View) -> None:
    narrow.search("Akrama")
    narrow.at("#matches button").first.click()
    expect(narrow.at("#panel-evidence h2")).to_be_in_viewport()


# --- Dark


def test_the_page_follows_the_device_and_the_choice(homs: View) -> None:
    ground = "() => getComputedStyle(document.body).backgroundColor"
    light = homs.page.evaluate(ground)
    homs.page.emulate_media(color_scheme="dark")
    dark = homs.page.evaluate(ground)
    homs.page.emulate_media(color_scheme="light")
    assert _brightness(light) > 200
    assert _brightness(dark) < 60
    homs.go("theme=dark")
    assert homs.page.evaluate(ground) == dark


def _brightness(colour: str) -> float:
    found = [float(part) for part in re.findall(r"[0-9.]+", colour)[:3]]
    return sum(found) / 3


# --- Assistive technology


def faults_by_axe(view: View) -> list[str]:
    if not view.page.evaluate("() => 'axe' in window"):
        view.page.evaluate(AXE.read_text("utf-8") + ";0")
    found: dict[str, Any] = view.page.evaluate(
        "() => axe.run(document, { resultTypes: ['violations'] })"
    )
    return [
        f"{one['id']} ({one['impact']}): {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"][:3]
    ]


@pytest.mark.homs
@pytest.mark.parametrize(
    "fragment",
    ["", "sel=bombings-by-isil&on=2016-09-01", "show=table&panel=agreements&near=waer~1"],
)
def test_axe_finds_no_serious_fault_in_light(homs: View, fragment: str) -> None:
    assert not faults_by_axe(homs.go(fragment))


@pytest.mark.homs
@pytest.mark.parametrize(
    "fragment", ["theme=dark&panel=questions&question=f-bombings&on=2016-09-01"]
)
def test_axe_finds_no_serious_fault_in_dark(homs: View, fragment: str) -> None:
    assert not faults_by_axe(homs.go(fragment))


def test_axe_finds_no_serious_fault_on_a_telephone(narrow: View) -> None:
    narrow.go("world=voice:waer-residents&vs=voice:homs-loyalists&panel=differences")
    assert not faults_by_axe(narrow)


# --- Paper and files


@pytest.mark.homs
def test_the_view_is_saved_as_svg(homs: View) -> None:
    homs.go("world=voice:waer-residents&on=2016-09-01")
    homs.at("#more summary").click()
    with homs.page.expect_download() as waited:
        homs.at("#save-svg").click()
    assert waited.value.suggested_filename == "homs-voice-waer-residents-2016-09-01.svg"
    root = etree.parse(waited.value.path()).getroot()
    space = "{http://www.w3.org/2000/svg}"
    assert root.tag == f"{space}svg"
    titles = root.findall(f".//{space}path/{space}title")
    assert len(titles) == len(homs.drawn())
    assert not root.findall(f".//{space}script")


def test_the_view_is_saved_as_png(homs: View) -> None:
    homs.at("#more summary").click()
    with homs.page.expect_download() as waited:
        homs.at("#save-png").click()
    content = Path(waited.value.path()).read_bytes()
    assert waited.value.suggested_filename.endswith(".png")
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    assert width > 400
    assert height > 200
    assert len(content) > 20_000


@pytest.mark.homs
def test_paper_has_the_drawing_and_the_panel_but_no_controls(homs: View) -> None:
    homs.go("sel=bombings-by-isil")
    homs.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    homs.page.emulate_media(media="print")
    for hidden in ("#controls", "#tools", "#time", "#drawings", "#tabs"):
        expect(homs.at(hidden)).to_be_hidden()
    expect(homs.at("#printed svg")).to_be_visible()
    expect(homs.at("#panel-evidence")).to_be_visible()
    homs.page.emulate_media(media="screen")
    homs.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert homs.at("#printed svg").count() == 0


@pytest.mark.parametrize("scheme", ["the device", "the choice"])
def test_paper_is_white_however_dark_the_screen_is(homs: View, scheme: str) -> None:
    if scheme == "the device":
        homs.page.emulate_media(color_scheme="dark")
    homs.go("theme=dark" if scheme == "the choice" else "")
    homs.page.evaluate(
        """() => addEventListener('beforeprint', () => {
          window.seen = [...document.querySelectorAll('#printed svg > rect, #printed svg text')]
            .map(one => one.getAttribute('fill'));
        }, { once: true })"""
    )
    assert homs.page.pdf().startswith(b"%PDF-")
    ground, *names = homs.page.evaluate("() => window.seen")
    assert _brightness_of_hex(ground) > 240
    assert names
    assert all(_brightness_of_hex(name) < 128 for name in names)
    assert homs.at("#printed svg").count() == 0
    expect(homs.at("#drawing-1 canvas").first).to_be_visible()


def _brightness_of_hex(colour: str) -> float:
    found = colour.removeprefix("#")
    found = "".join(2 * c for c in found) if len(found) == 3 else found
    return sum(bytes.fromhex(found)) / 3


# --- Alone


def test_without_scripts_the_page_says_so(
    context: Callable[..., BrowserContext], homs_file: Path
) -> None:
    view = View(context(java_script_enabled=False), homs_file)
    expect(view.at("#no-script")).to_be_visible()
    view.page.close()
