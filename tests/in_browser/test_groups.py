"""A large network opens with its groups closed; each opens in its place, by hand and by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from graph.viewer import groups as module
from graph.viewer import page as rendering
from graph.viewer.page import page as page_of
from graph.viewer.payload import payload
from graph.viewer.picture import lines, picture

from .view import View

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext

    from graph.read.select import Graph

REWIRED = 39
_COUNTS = """() => {
  const { items, data, first } = hudna.app;
  const groups = items[0].nodes.filter(({ id }) => id.startsWith('g')).length;
  return [groups, items[0].nodes.length, items[0].edges.length, first.size, data.drawn.places.size];
}"""


@pytest.fixture(scope="module")
def file(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of Karabakh as if its network were large, with two groups: by name, so to say."""
    network = lines(graph)
    drawn = picture(network)
    names = sorted(network)
    halves = [names[: len(names) // 2], names[len(names) // 2 :]]
    found = module.groups(network, drawn.looks, halves, REWIRED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CLOSED_ABOVE", 3)
        patch.setattr(rendering, "CLOSED_ABOVE", 3)
        shown = page_of(payload(graph), drawn._replace(groups=found), title="Groups", about={})
    path = tmp_path_factory.mktemp("groups") / "index.html"
    path.write_bytes(shown)
    return path


@pytest.fixture
def view(context: Callable[..., BrowserContext], file: Path) -> View:
    """The page as it opens."""
    return View(context(color_scheme="light"), file)


def _counts(view: View) -> list[Any]:
    found: list[Any] = view.page.evaluate(_COUNTS)
    return found


def test_it_opens_with_groups_and_a_click_opens_one_in_its_place(view: View, file: Path) -> None:
    groups, nodes, edges, held, _ = _counts(view)
    assert (groups, nodes) == (2, 2)
    assert edges <= 2 < held
    expect(view.at("#groups-told")).to_contain_text(f"{REWIRED} networks rewired")
    at = view.page.evaluate(
        "() => { const { x, y } = hudna.app.items[0].nodes[0]; const seen = hudna.app.view();"
        " return { x: (x - seen.x) * seen.scale + seen.width / 2,"
        " y: (y - seen.y) * seen.scale + seen.height / 2 }; }"
    )
    view.at("#drawing-1").click(position=at)
    expect(view.at("#panel-evidence h2")).to_contain_text("Group of")
    assert _counts(view)[0] == 1
    assert "open=" in view.fragment
    opened = View(view.page.context, file, view.fragment)
    assert _counts(opened) == _counts(view)
    view.button("Close the group").click()
    assert _counts(view)[:2] == [2, 2]
    assert "open=" not in view.fragment
    assert not view.faults + opened.faults


def test_keys_step_to_groups_and_what_is_chosen_opens_its_own(view: View) -> None:
    view.at("#drawing-1").focus()
    view.page.keyboard.press("n")
    expect(view.at("#panel-evidence h2")).to_contain_text("Group of")
    assert _counts(view)[0] == 2
    view.page.keyboard.press("Enter")
    assert _counts(view)[0] == 1
    view.page.keyboard.press("Enter")
    assert _counts(view)[0] == 2
    view.page.evaluate("() => hudna.app.open('azerbaijan')")
    assert _counts(view)[0] == 1
    view.at("#groups-open").click()
    groups, nodes, edges, held, _ = _counts(view)
    assert groups == 0
    assert edges == held
    assert nodes == len(view.page.evaluate("() => [...hudna.app.shownEnds()]"))
    assert not view.faults


def test_a_neighbourhood_has_places_of_its_own_and_gives_them_back(view: View) -> None:
    places = "() => hudna.app.items[0].nodes.map(({ id, x, y }) => [id, x, y])"
    view.at("#groups-open").click()
    before = view.page.evaluate(places)
    view.page.evaluate("() => hudna.app.set({ near: 'azerbaijan' }, { refit: true })")
    near = {name: (x, y) for name, x, y in view.page.evaluate(places)}
    assert (0, 0) in near.values()
    view.page.evaluate("() => hudna.app.set({ near: '' }, { refit: true })")
    assert view.page.evaluate(places) == before
    assert not view.faults
