"""Moving about: the sheet of a telephone, a walk by keys alone, places that hands have set."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from .test_hands import faults_by_axe
from .view import NARROW, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

HUB = "azerbaijan"
_SAID = """() => {
  window.said = [];
  const place = document.querySelector('#said');
  new MutationObserver(() => place.textContent && window.said.push(place.textContent))
    .observe(place, { childList: true });
}"""


@pytest.fixture(scope="module")
def telephone(context: Callable[..., BrowserContext], page_file: Path) -> View:
    """The page on a telephone with a touch screen."""
    return View(context(NARROW, has_touch=True, is_mobile=True, color_scheme="light"), page_file)


def _where(view: View, node: str) -> tuple[float, float]:
    """Return where on the screen a node is."""
    box, place = view.at("#drawing-1").bounding_box(), view.place(node)
    assert box
    return box["x"] + place["x"], box["y"] + place["y"]


def _swipe(view: View, selector: str, far: int) -> None:
    """Draw a part of the page up or down with a finger."""
    box = view.at(selector).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    wire = view.page.context.new_cdp_session(view.page)
    for kind, at in [("touchStart", 0), *(("touchMove", i) for i in range(1, 6)), ("touchEnd", 5)]:
        view.page.wait_for_timeout(30)  # as slowly as a hand, or what is next is the end of a fling
        points = [] if kind == "touchEnd" else [{"x": x, "y": y + far * at / 5}]
        wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    wire.detach()
    view.page.wait_for_timeout(250)  # until the sheet rests


def _sheet(view: View) -> Any:  # noqa: ANN401
    return view.page.evaluate("() => hudna.app.state.sheet")


# --- The sheet


def test_a_tap_shows_the_evidence_on_the_first_screen(telephone: View) -> None:
    view = telephone.go()
    drawing = view.at("#drawing-1").bounding_box()
    assert drawing
    assert drawing["height"] > NARROW[1] / 2
    assert drawing["y"] + drawing["height"] < NARROW[1]
    view.page.touchscreen.tap(*_where(view, HUB))
    heading = view.at("#panel-evidence h2")
    expect(heading).to_be_in_viewport()
    expect(heading).to_have_text("Azerbaijan")
    assert view.page.evaluate("() => scrollY") == 0
    assert view.focused() == "panel-evidence"
    assert _where(view, HUB)[1] < NARROW[1] / 2
    assert not faults_by_axe(view)
    view.page.keyboard.press("Escape")
    expect(view.at("#panel-evidence")).to_be_hidden()
    assert view.focused() == "drawing-1"
    assert not view.faults


@pytest.mark.landing
def test_the_sheet_is_drawn_with_a_finger_and_set_by_buttons(telephone: View) -> None:
    view = telephone.go(f"sel={HUB}")
    assert _sheet(view) == "half"
    _swipe(view, ".grip", -160)
    assert _sheet(view) == "full"
    _swipe(view, ".grip", 160)
    _swipe(view, ".grip", 20)  # that is no swipe
    assert _sheet(view) == "half"
    _swipe(view, ".grip", 160)
    expect(view.at("#panel-evidence")).to_be_hidden()
    view.at("#tab-questions").click()
    expect(view.at("#panel-questions h2")).to_be_in_viewport()
    view.at("#sheet-size").click()
    assert _sheet(view) == "full"
    view.at("#sheet-close").click()
    assert _sheet(view) == "shut"


def test_a_double_tap_opens_the_neighbourhood_and_back_leads_out_of_it(telephone: View) -> None:
    view = telephone.go()
    where = _where(view, HUB)
    view.page.touchscreen.tap(*where)
    view.page.touchscreen.tap(*where)
    expect(view.page).to_have_url(re.compile(f"near={HUB}~1"))
    view.back()
    assert view.page.evaluate("() => hudna.app.state.near") == ""
    assert _sheet(view) == "shut"


# --- Keys


def test_a_visit_by_keys_alone(context: Callable[..., BrowserContext], page_file: Path) -> None:
    view = View(context(color_scheme="light"), page_file)
    keys = view.page.keyboard
    view.page.evaluate(_SAID)
    keys.press("Tab")
    assert view.focused() == "skip-drawing"
    keys.press("Enter")
    assert view.focused() == "drawing-1"
    keys.press("n")
    hub = view.page.evaluate("() => hudna.app.state.sel")
    degrees = view.page.evaluate(
        """() => Object.fromEntries([...hudna.app.first.keys()].flatMap(id => {
          const { s, o } = hudna.app.data.statements.get(id);
          return [s, o];
        }).reduce((found, id) => found.set(id, (found.get(id) ?? 0) + 1), new Map()))"""
    )
    assert degrees[hub] == max(degrees.values())
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    line, end = view.page.evaluate("() => hudna.app.state.pointed.split(' ')")
    assert line in view.drawn()
    keys.press("Enter")
    assert view.page.evaluate("() => hudna.app.state.sel") == end
    assert view.focused() == "drawing-1"
    name = view.page.evaluate("id => hudna.app.data.nodes.get(id).name", end)
    view.page.wait_for_function("name => window.said.some(one => one.startsWith(name))", arg=name)
    keys.press("Escape")
    assert view.fragment == "show=drawing"
    # Each group is one stop.
    stops = []
    for _ in range(60):
        keys.press("Tab")
        if view.page.evaluate("() => document.activeElement === document.body"):
            break
        if view.focused() not in stops:
            stops.append(view.focused())
    assert len([one for one in stops if one.startswith("event-")]) == 1
    assert len([one for one in stops if one.startswith("zoom-")]) == 1
    assert not view.faults


@pytest.mark.landing
def test_playing_is_told_when_it_begins_and_ends_only(view: View) -> None:
    view.page.evaluate(_SAID)
    view.page.evaluate("() => hudna.app.set({ on: hudna.app.moments.at(-3), playing: true })")
    expect(view.at("#play")).to_have_attribute("aria-pressed", "true")
    expect(view.at("#play")).to_have_attribute("aria-pressed", "false")
    view.page.wait_for_function("() => window.said.some(one => one.startsWith('Time rests'))")
    last = view.page.evaluate("() => hudna.app.state.on")
    said = view.page.evaluate("() => window.said")
    assert said[said.index("Time plays.") :] == ["Time plays.", f"Time rests at {last}."]


# --- Room


def test_the_strip_of_time_gets_more_room(view: View) -> None:
    bar, strip = view.at("#splitter"), view.at("#strip")
    before = strip.bounding_box()
    assert before
    bar.focus()
    view.page.keyboard.press("ArrowUp")
    assert view.page.evaluate("() => hudna.app.state.strip") == before["height"] + 24
    box = bar.bounding_box()
    assert box
    view.page.mouse.move(box["x"] + 20, box["y"] + 3)
    view.page.mouse.down()
    view.page.mouse.move(box["x"] + 20, box["y"] - 57, steps=3)
    view.page.mouse.up()
    after = strip.bounding_box()
    assert after
    assert after["height"] == pytest.approx(before["height"] + 84, abs=2)
    expect(bar).to_have_attribute("aria-valuenow", str(round(after["height"])))


@pytest.mark.some(2)
@pytest.mark.parametrize("size", [(1440, 900), (1024, 768)])
def test_the_drawing_is_the_largest_thing_on_the_first_screen(
    context: Callable[..., BrowserContext], page_file: Path, size: tuple[int, int]
) -> None:
    view = View(context(size), page_file)
    sizes = {}
    for selector in ("#picture", "#controls", "#time", "#panel", "#legend", "header"):
        box = view.at(selector).bounding_box()
        assert box
        assert box["y"] + box["height"] <= size[1] + 1
        sizes[selector] = box["width"] * box["height"]
    assert max(sizes, key=lambda one: sizes[one]) == "#picture"
    view.page.close()


# --- Places


def _drag(view: View, node: str, across: int, down: int) -> None:
    x, y = _where(view, node)
    view.page.mouse.move(x, y)
    view.page.mouse.down()
    view.page.mouse.move(x + across, y + down, steps=4)
    view.page.mouse.up()


@pytest.mark.landing
def test_a_dragged_node_is_chosen_and_stays_in_a_link_and_in_a_file(
    context: Callable[..., BrowserContext], page_file: Path, tmp_path: Path
) -> None:
    view = View(context(color_scheme="light"), page_file)
    x, y = _where(view, HUB)
    _drag(view, HUB, 70, -40)
    assert view.page.evaluate("() => hudna.app.state.sel") == HUB
    assert _where(view, HUB) == pytest.approx((x + 70, y - 40), abs=3)
    view.at("#world").select_option("agreed")
    assert _where(view, HUB) == pytest.approx((x + 70, y - 40), abs=3)
    view.back()
    places = view.page.evaluate("() => [...hudna.app.state.places]")
    other = View(view.page.context, page_file, view.fragment)
    assert other.page.evaluate("() => [...hudna.app.state.places]") == places
    other.page.close()

    view.at("#more summary").click()
    with view.page.expect_download() as waited:
        view.at("#save-places").click()
    assert waited.value.suggested_filename == "karabakh-places.json"
    told = json.loads(Path(waited.value.path()).read_text("utf-8"))
    assert told["places"][HUB] == places[0][1]
    view.back()
    assert _where(view, HUB) == pytest.approx((x, y), abs=8)
    assert "places=" not in view.fragment

    file = tmp_path / "places.json"
    file.write_text(json.dumps(told), "utf-8")
    view.at("#places-file").set_input_files(file)
    expect(view.page).to_have_url(re.compile("places="))
    assert view.page.evaluate("() => [...hudna.app.state.places]") == places
    file.write_text('{"places": {"shusha": [1]}}', "utf-8")
    view.at("#places-file").set_input_files(file)
    expect(view.at("#said")).to_contain_text("“shusha”")
    assert view.page.evaluate("() => [...hudna.app.state.places]") == places
    assert not view.faults


_SEEN = """() => {
  const { x, y, scale } = hudna.app.view();
  const far = key => {
    const all = hudna.app.items[0].nodes.map(node => node[key]);
    return Math.max(...all) - Math.min(...all);
  };
  return { ratio: far('x') / far('y'), x, y, scale };
}"""


@pytest.mark.landing
def test_a_frame_that_is_higher_than_wide_has_the_drawing_turned(
    context: Callable[..., BrowserContext], page_file: Path
) -> None:
    narrow = View(context(NARROW, color_scheme="light"), page_file)
    wide = View(context(color_scheme="light"), page_file)
    assert narrow.page.evaluate(_SEEN)["ratio"] < 1 < wide.page.evaluate(_SEEN)["ratio"]
    frame, controls = (narrow.at(one).bounding_box() for one in ("#drawing-1", "#extent"))
    assert frame
    assert controls
    nodes = narrow.page.evaluate("() => [...hudna.app.shownEnds()]")
    places = [narrow.place(node) for node in nodes]
    assert all(0 < one["x"] < frame["width"] for one in places)
    assert all(0 < one["y"] < controls["y"] - frame["y"] for one in places)
    # What is put somewhere, and what is looked at, are the same for both in a link.
    x, y = _where(narrow, HUB)
    _drag(narrow, HUB, 30, 60)
    assert _where(narrow, HUB) == pytest.approx((x + 30, y + 60), abs=3)
    narrow.at("#sheet-close").click()
    narrow.at("#zoom-in").click()
    expect(narrow.page).to_have_url(re.compile("at="))
    (told,) = narrow.page.evaluate("() => [...hudna.app.state.places.values()]")
    seen, at = narrow.page.evaluate(_SEEN), narrow.page.evaluate("() => hudna.app.state.at")
    wide.page.goto(f"{wide.address}#{narrow.fragment}")
    item = wide.page.evaluate(
        "id => hudna.app.items[0].nodes.find("
        "node => node.id === hudna.app.data.drawn.places.get(id).id)",
        HUB,
    )
    assert [item["x"], item["y"]] == pytest.approx(told)
    there = wide.page.evaluate(_SEEN)
    assert (there["x"], there["y"]) == pytest.approx((seen["y"], seen["x"]), abs=1)
    assert at.split(",")[0] == f"{seen['y']:.1f}"
    narrow.page.close()
    wide.page.close()


_DIFFERING = """number => {
  const { data } = hudna.app;
  hudna.app.set(hudna.app.suggestions[number].change, { refit: true });
  const { difference, items } = hudna.app;
  const { x, y, scale, width, height } = hudna.app.view();
  const drawn = [...difference.onlyLeft, ...difference.onlyRight]
    .map(id => data.statements.get(id)).flatMap(({ s, o = s }) => [s, o])
    .map(id => data.drawn.places.get(id)?.id);
  return items.map(({ nodes }) => nodes.filter(({ id }) => drawn.includes(id))
    .map(node => [node.id, (node.x - x) * scale / width, (node.y - y) * scale / height]));
}"""


def test_two_that_are_compared_show_what_only_one_of_them_has(view: View) -> None:
    alone = set()
    for number in range(view.page.evaluate("() => hudna.app.suggestions.length")):
        left, right = view.page.evaluate(_DIFFERING, number)
        alone |= {one[0] for one in right} - {one[0] for one in left}
        assert all(abs(far) < 0.5 for _, *place in left + right for far in place)
    assert alone


# --- Assistive technology

_OPENED = {
    "filters": "hudna.app.set({ filters: true })",
    "menu": "document.querySelector('#more').open = true",
    "names": """(() => {
      const field = document.querySelector('#query');
      field.value = 'a';
      field.dispatchEvent(new Event('input'));
    })()""",
    "table": "hudna.app.set({ show: 'table', panel: 'differences', compare: true })",
    "who says what": "hudna.app.set({ show: 'says', asked: 'all' })",
}


@pytest.mark.landing
@pytest.mark.parametrize("what", _OPENED)
@pytest.mark.parametrize("screen", ["view", "narrow"])
def test_axe_finds_no_fault_in_what_opens(
    request: pytest.FixtureRequest, screen: str, what: str
) -> None:
    shown: View = request.getfixturevalue(screen)
    shown.page.evaluate(_OPENED[what])
    assert not faults_by_axe(shown)
