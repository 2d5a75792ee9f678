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

from .view import NARROW, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
CONTESTED = "azerbaijani-forces-attacks-armenian-civilians"
PAIR = "world=voice:nikol-pashinyan&vs=voice:ilham-aliyev"
REACHED = {
    "show-drawing", "colour", "query", "world", "compare", "suggested",
    "projection", "filters-off", "drawing-1", "zoom-in", "play", "earlier", "moment", "later",
    "day", "any-day", "held", "span-from", "span-closer", "splitter", "tab-evidence",
}  # fmt: skip
NARROW_CONTROLS = (
    "#query", "#world", "#compare", "#suggested", "#show-table", "#colour", "#moment",
    "#day", "#play", "#tab-evidence", "#tab-questions", "#tab-agreements", "#zoom-in",
)  # fmt: skip


# --- Keyboard


def test_tab_reaches_every_control(view: View) -> None:
    # What was clicked last is where Tab goes on from, so the first control is set by hand.
    view.at("#show-drawing").focus()
    seen = [view.focused()]
    for _ in range(500):
        view.page.keyboard.press("Tab")
        found = view.focused()
        if view.page.evaluate("() => document.activeElement === document.body"):
            break
        seen.append(found)
        if found.startswith("compare-0"):
            break
    assert not REACHED - set(seen)


def test_search_and_evidence_by_keyboard(view: View) -> None:
    keys = view.page.keyboard
    view.at("#query").focus()
    keys.type("armenia")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(view.at("#query")).to_be_focused()
    second = view.at("#matches [role=option]").nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(view.at("#query")).to_have_attribute("aria-activedescendant", "matches-1")
    name = second.evaluate("one => one.firstChild.textContent")
    keys.press("Enter")
    expect(view.at("#matches")).to_be_hidden()
    expect(view.evidence().locator("h2")).to_have_text(name)
    assert view.focused() == "panel-evidence"
    keys.press("Tab")
    assert view.page.evaluate(
        "() => document.getElementById('panel-evidence').contains(document.activeElement)"
    )


def test_worlds_days_and_tabs_by_keyboard(view: View) -> None:
    keys = view.page.keyboard
    view.at("#world").focus()
    keys.press("ArrowDown")
    assert "world=agreed" in view.fragment
    view.at("#compare").focus()
    keys.press("Enter")
    expect(view.at("#second")).to_be_visible()
    assert view.focused() == "compare"
    view.at("#moment").focus()
    keys.press("ArrowRight")
    expect(view.page).to_have_url(re.compile("on="))
    view.at("#tab-differences").focus()
    keys.press("ArrowLeft")
    assert view.focused() == "tab-agreements"
    expect(view.at("#panel-agreements")).to_be_visible()
    view.at("#status-open").focus()
    keys.press("Space")
    expect(view.page).to_have_url(re.compile("no-status=open"))
    assert view.focused() == "status-open"


def test_a_panel_keeps_the_keyboard_where_it_was(view: View) -> None:
    keys = view.page.keyboard
    view.at("#tab-questions").focus()
    keys.press("Enter")
    view.at("#question-q-who-began").focus()
    keys.press("Enter")
    expect(view.at("#question-q-who-began")).to_have_attribute("aria-expanded", "true")
    assert view.focused() == "question-q-who-began"
    view.go("sel=shusha")
    view.at("#near").focus()
    keys.press("Enter")
    assert "near=shusha~1" in view.fragment
    assert view.page.evaluate("() => document.activeElement !== document.body")


def test_the_drawing_by_keyboard(view: View) -> None:
    keys = view.page.keyboard
    view.at("#drawing-1").focus()
    before = view.page.evaluate("() => hudna.app.view()")
    keys.press("ArrowRight")
    keys.press("+")
    after = view.page.evaluate("() => hudna.app.view()")
    assert after["x"] > before["x"]
    assert after["scale"] > before["scale"]
    keys.press("n")
    assert view.fragment.startswith("sel=")
    assert view.focused() == "drawing-1"
    keys.press("Escape")
    assert view.fragment == "show=drawing"


def test_a_way_by_keyboard(view: View) -> None:
    keys = view.page.keyboard
    view.at("#ways summary").focus()
    keys.press("Enter")
    keys.press("Tab")
    keys.type("Russia")
    keys.press("Tab")
    keys.type("Shusha")
    keys.press("Enter")
    expect(view.evidence().locator("h2")).to_contain_text("From Russia")


def test_the_table_by_keyboard(view: View) -> None:
    keys = view.page.keyboard
    view.at("#show-table").focus()
    keys.press("Enter")
    view.at("#sort-object").focus()
    keys.press("Enter")
    assert view.focused() == "sort-object"
    view.at("#statements tbody button").first.focus()
    keys.press("Enter")
    assert view.fragment.startswith("sel=")
    expect(view.evidence()).to_contain_text("Claims (")


# --- Narrow


@pytest.mark.some(3)
@pytest.mark.parametrize(
    "fragment",
    ["", "show=table", f"sel={CONTESTED}", "panel=agreements", PAIR, "show=camps", "show=story"],
)  # fmt: skip
def test_a_telephone_never_scrolls_sideways(narrow: View, fragment: str) -> None:
    narrow.go(fragment)
    wide = narrow.page.evaluate(
        "() => [document.documentElement.scrollWidth, document.body.scrollWidth]"
    )
    assert max(wide) <= 390


def test_controls_can_be_reached_on_a_telephone(narrow: View) -> None:
    narrow.at("#show-filters").click()
    for selector in NARROW_CONTROLS:
        control = narrow.at(selector)
        control.scroll_into_view_if_needed()
        box = control.bounding_box()
        assert box, selector
        assert box["x"] >= 0, selector
        assert box["x"] + box["width"] <= 391, selector
        control.click(trial=True)


def test_the_choice_of_names_is_reached_on_a_telephone(
    context: Callable[..., BrowserContext], small_file: Path
) -> None:
    made = View(context(NARROW), small_file)
    made.at("#show-filters").click()
    made.at("#suggested").focus()
    made.page.keyboard.press("Tab")
    assert made.focused() == "label"
    box = made.at("#label").bounding_box()
    assert box
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 391
    assert not made.faults


def test_evidence_comes_into_view_on_a_telephone(narrow: View) -> None:
    narrow.search("Shusha")
    narrow.at("#matches [role=option]").first.click()
    expect(narrow.at("#panel-evidence h2")).to_be_in_viewport()


# --- Dark


def test_the_page_follows_the_device_and_the_choice(view: View) -> None:
    ground = "() => getComputedStyle(document.body).backgroundColor"
    light = view.page.evaluate(ground)
    view.page.emulate_media(color_scheme="dark")
    dark = view.page.evaluate(ground)
    view.page.emulate_media(color_scheme="light")
    assert _brightness(light) > 200
    assert _brightness(dark) < 60
    view.go("theme=dark")
    assert view.page.evaluate(ground) == dark


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
        for node in one["nodes"][:3]
    ]


@pytest.mark.some(4)
@pytest.mark.parametrize(
    "fragment",
    [
        "show=drawing", f"sel={CONTESTED}&on=2020-11-20",
        "show=table&panel=agreements&near=shusha~1", "show=camps&during=2020-10-01/2020-11-20",
    ],
)  # fmt: skip
def test_axe_finds_no_fault_in_light(view: View, fragment: str) -> None:
    assert not faults_by_axe(view.go(fragment))


@pytest.mark.landing
@pytest.mark.parametrize(
    "fragment",
    ["theme=dark&panel=questions&question=q-who-began&on=2020-11-20", "theme=dark&show=camps"],
)
def test_axe_finds_no_fault_in_dark(view: View, fragment: str) -> None:
    assert not faults_by_axe(view.go(fragment))


@pytest.mark.landing
def test_axe_finds_no_fault_on_a_telephone(narrow: View) -> None:
    for fragment in (f"{PAIR}&panel=differences", "show=camps", ""):
        narrow.go(fragment)
        assert not faults_by_axe(narrow)


# --- Paper and files


def test_the_view_is_saved_as_svg(view: View) -> None:
    view.go("world=voice:ilham-aliyev&on=2020-11-20")
    view.at("#more summary").click()
    with view.page.expect_download() as waited:
        view.at("#save-svg").click()
    assert waited.value.suggested_filename == "karabakh-voice-ilham-aliyev-2020-11-20.svg"
    root = etree.parse(waited.value.path()).getroot()
    space = "{http://www.w3.org/2000/svg}"
    assert root.tag == f"{space}svg"
    titles = root.findall(f".//{space}path/{space}title")
    assert len(titles) == len(view.drawn())
    assert not root.findall(f".//{space}script")


@pytest.mark.some(2)
@pytest.mark.parametrize(("shown", "marks"), [("story", "bar"), ("camps", "chip")])
def test_what_stands_in_place_of_the_drawing_is_saved_and_printed(
    view: View, shown: str, marks: str
) -> None:
    view.go(f"show={shown}")
    there = view.at(f"#{shown} g.{marks}").count()
    assert there
    view.at("#more summary").click()
    with view.page.expect_download() as waited:
        view.at("#save-svg").click()
    text = Path(waited.value.path()).read_text("utf-8")
    root = etree.fromstring(text.encode())
    groups = root.findall(".//{http://www.w3.org/2000/svg}g")
    assert len([one for one in groups if one.get("class", "").split()[:1] == [marks]]) == there
    assert "var(" not in text
    assert "CC-BY" in text
    view.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert view.at(f"#printed svg g.{marks}").count() == there
    view.page.evaluate("() => dispatchEvent(new Event('afterprint'))")


def test_the_view_is_saved_as_png(view: View) -> None:
    view.at("#more summary").click()
    with view.page.expect_download() as waited:
        view.at("#save-png").click()
    content = Path(waited.value.path()).read_bytes()
    assert waited.value.suggested_filename.endswith(".png")
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    assert width > 400
    assert height > 200
    assert len(content) > 20_000


def test_paper_has_the_drawing_and_the_panel_but_no_controls(view: View) -> None:
    view.go(f"sel={CONTESTED}")
    view.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    view.page.emulate_media(media="print")
    for hidden in ("#controls", "#tools", "#time", "#drawings", "#tabs"):
        expect(view.at(hidden)).to_be_hidden()
    expect(view.at("#printed svg")).to_be_visible()
    expect(view.at("#panel-evidence")).to_be_visible()
    view.page.emulate_media(media="screen")
    view.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert view.at("#printed svg").count() == 0


@pytest.mark.landing
@pytest.mark.parametrize("scheme", ["the device", "the choice"])
def test_paper_is_white_however_dark_the_screen_is(view: View, scheme: str) -> None:
    if scheme == "the device":
        view.page.emulate_media(color_scheme="dark")
    view.go("theme=dark&show=drawing" if scheme == "the choice" else "show=drawing")
    view.page.evaluate(
        """() => addEventListener('beforeprint', () => {
          window.seen = [...document.querySelectorAll('#printed svg > rect, #printed svg text')]
            .map(one => one.getAttribute('fill'));
        }, { once: true })"""
    )
    assert view.page.pdf().startswith(b"%PDF-")
    ground, *names = view.page.evaluate("() => window.seen")
    assert _brightness_of_hex(ground) > 240
    assert names
    assert all(_brightness_of_hex(name) < 128 for name in names)
    assert view.at("#printed svg").count() == 0
    expect(view.at("#drawing-1 canvas").first).to_be_visible()


def _brightness_of_hex(colour: str) -> float:
    found = colour.removeprefix("#")
    found = "".join(2 * c for c in found) if len(found) == 3 else found
    return sum(bytes.fromhex(found)) / 3


# --- Alone


def test_without_scripts_the_page_says_so(
    context: Callable[..., BrowserContext], page_file: Path
) -> None:
    view = View(context(java_script_enabled=False), page_file)
    expect(view.at("#no-script")).to_be_visible()
    view.page.close()
