"""What is seen in the drawing: names, what is lit, and the same in files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree
from playwright.sync_api import expect
from serving import until

from .view import View

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext

SPACE = "{http://www.w3.org/2000/svg}"

_BUSIEST = """() => {
  const { items: [{ nodes }] } = hudna.app;
  return [...nodes].sort((a, b) => b.weight - a.weight)[0].id;
}"""
_NAMES = """() => Object.fromEntries(
  hudna.app.drawn(0).names.map(({ id, lines, place }) => [id, { lines, place }]))"""
_CUT = """() => {
  const { names, places, view } = hudna.app.drawn(0);
  return names.filter(({ id, left, top, width, height }) => {
    const x = (places.get(id).x - view.x) * view.scale + view.width / 2;
    const y = (places.get(id).y - view.y) * view.scale + view.height / 2;
    const seen = x >= 0 && y >= 0 && x <= view.width && y <= view.height;
    const whole = x + left >= 0 && x + left + width <= view.width
      && y + top >= 0 && y + top + height <= view.height;
    return seen && !whole;
  }).map(({ lines }) => lines.join(' '));
}"""
_LIT = "() => { const { lit } = hudna.app.drawn(0); return lit && [...lit.nodes].sort(); }"
_NEAR = """id => {
  const { data, items: [{ edges }] } = hudna.app;
  const own = data.drawn.places.get(id).id;
  const near = edges.filter(({ from, to }) => from === own || to === own);
  return [...new Set([own, ...near.flatMap(({ from, to }) => [from, to])])].sort();
}"""


def names(view: View) -> dict[str, Any]:
    """Return lines and place of the names that stand in the drawing, by node."""
    found: dict[str, Any] = view.page.evaluate(_NAMES)
    return found


@pytest.mark.some(3)
@pytest.mark.parametrize("size", [(390, 844), (1024, 768), (1366, 768), (1440, 900), (1920, 1080)])
def test_the_busiest_node_is_named_and_no_name_is_cut_off(
    context: Callable[..., BrowserContext], page_file: Path, size: tuple[int, int]
) -> None:
    view = View(context(size), page_file)
    busiest = view.page.evaluate(_BUSIEST)
    assert busiest in names(view)
    assert not view.page.evaluate(_CUT)
    view.page.evaluate("id => hudna.app.bringIntoView(id)", _thing(view, busiest))
    view.at("#zoom-in").click()
    view.page.wait_for_timeout(250)
    until(lambda: busiest in names(view))
    assert not view.page.evaluate(_CUT)
    view.page.close()
    assert not view.faults


def _thing(view: View, drawn: str) -> str:
    found = "drawn => [...hudna.app.data.drawn.places].find(([, one]) => one.id === drawn)[0]"
    return str(view.page.evaluate(found, drawn))


def test_names_stay_where_they_are_while_the_drawing_moves(view: View) -> None:
    before = names(view)
    view.at("#drawing-1").focus()
    view.page.keyboard.press("ArrowRight")
    after = names(view)
    same = [node for node in before if before[node] == after.get(node)]
    assert len(same) > 0.8 * len(before)


def test_what_is_chosen_or_pointed_at_is_lit_with_its_neighbours(view: View) -> None:
    chosen = _thing(view, view.page.evaluate(_BUSIEST))
    assert view.page.evaluate(_LIT) is None
    view.go(f"sel={chosen}")
    assert view.page.evaluate(_LIT) == view.page.evaluate(_NEAR, chosen)
    view.go(f"near={chosen}~1")
    other = "() => hudna.app.items[0].nodes.find(({ weight }) => weight === 1).id"
    pointed = _thing(view, view.page.evaluate(other))
    place = view.place(pointed)
    view.at("#drawing-1 canvas").hover(position={"x": place["x"], "y": place["y"]})
    expect(view.at("#drawing-1 .tip")).to_be_visible()
    assert view.page.evaluate(_LIT) == view.page.evaluate(_NEAR, pointed)
    view.page.mouse.move(0, 0)
    expect(view.at("#drawing-1 .tip")).to_be_hidden()
    assert view.page.evaluate(_LIT) is None


def test_a_saved_picture_has_the_names_of_the_screen_and_says_what_it_is(view: View) -> None:
    shown = {" ".join(one["lines"]) for one in names(view).values()}
    view.at("#more summary").click()
    with view.page.expect_download() as waited:
        view.at("#save-svg").click()
    root = etree.parse(waited.value.path()).getroot()
    texts = [text.text or "" for text in root.findall(f".//{SPACE}text")]
    whole = " ".join(texts)
    assert shown
    assert all(name in whole for name in shown)
    for told in ("Accepted", "Armed group", "Sources:", "CC-BY-4.0", "made with Hudna"):
        assert told in whole
    assert view.page.evaluate("() => hudna.app.caption(1)").split(";")[0] in whole


def test_paper_begins_with_the_picture_and_all_is_open(view: View) -> None:
    view.go(f"sel={_thing(view, view.page.evaluate(_BUSIEST))}")
    before = view.page.evaluate("() => [...hudna.app.state.toggled]")
    view.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    view.page.emulate_media(media="print")
    tops = "() => ['#printed', '#panel'].map(id => document.querySelector(id).offsetTop)"
    picture, panel = view.page.evaluate(tops)
    assert picture < panel
    assert view.at("#panel-evidence details:not([open])").count() == 0
    expect(view.at("#comparisons")).to_have_count(0)
    view.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    view.page.emulate_media(media="screen")
    assert view.page.evaluate("() => [...hudna.app.state.toggled]") == before
