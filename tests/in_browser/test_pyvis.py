"""pyvis's page in a browser: it asks for nothing, shows what was restyled, and runs no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from graph.export.formats import export
from graph.export.pyvis_drawing import OfflineNetwork, drawing
from graph.export.selection import Selection
from graph.network.projection import network
from graph.read.select import Graph

from .hostile import HOSTILE, poisoned_folder
from .view import View

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from miniature import Judged
    from playwright.sync_api import BrowserContext

_AT = "id => network.canvasToDOM(network.getPositions([id])[id])"


def hovered(view: View, node: str) -> str:
    """Return what is told of a node under the mouse."""
    view.at("#mynetwork canvas").hover(position=view.page.evaluate(_AT, node))
    expect(view.at("div.vis-tooltip")).to_be_visible()
    return view.at("div.vis-tooltip").inner_text()


def test_a_restyled_node_is_drawn_so(
    context: Callable[..., BrowserContext], example: Judged, tmp_path: Path
) -> None:
    graph = Graph(example[1], example[0].id)
    found = network(graph)
    places = {node: (200.0 * number, 0.0) for number, node in enumerate(sorted(found))}
    net = drawing(graph, found, places=places, sizes={}, heading="Mill")
    net.get_node("mill-town")["color"] = "#12abef"
    file = tmp_path / "net.html"
    file.write_text(net.generate_html(), "ascii")
    view = View(context(), file)
    expect(view.at("#mynetwork canvas")).to_be_visible()
    drawn = view.page.evaluate("() => network.body.nodes['mill-town'].options.color.background")
    assert drawn == "#12abef"
    assert view.page.evaluate("() => network.getPositions()") == {
        node: {"x": x, "y": y} for node, (x, y) in places.items()
    }
    assert "Mill Town" in hovered(view, "mill-town")
    view.page.close()
    assert not view.faults


def test_menus_and_buttons_of_pyvis_work_without_the_web(
    context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    net = OfflineNetwork(select_menu=True, filter_menu=True, neighborhood_highlight=True)
    net.add_node("one", label="One")
    net.add_node("two", label="Two")
    net.add_edge("one", "two")
    net.show_buttons(filter_=["nodes"])
    file = tmp_path / "net.html"
    file.write_text(net.generate_html(), "ascii")
    view = View(context(), file)
    expect(view.at("#mynetwork canvas")).to_be_visible()
    expect(view.at("div.vis-configuration").first).to_be_visible()
    expect(view.at("#select-menu .ts-control")).to_be_visible()
    view.page.evaluate("() => selectNode(['one'])")
    assert view.page.evaluate("() => network.getSelectedNodes()") == ["one"]
    view.page.close()
    assert not view.faults


@pytest.mark.some(2)
@pytest.mark.parametrize("written", ["by the case", "in Python"])
def test_hostile_text_stays_text_in_pyvis(
    context: Callable[..., BrowserContext], tmp_path: Path, written: str
) -> None:
    file = tmp_path / "net.html"
    if written == "by the case":
        case, store = poisoned_folder(tmp_path)
        node = "river-guard"
        files = export("pyvis", Selection(Graph(store, case.id))).files
        file.write_bytes(b"".join(files["network.html"]))
    else:
        net = OfflineNetwork(heading=HOSTILE, select_menu=True, bgcolor=HOSTILE)
        node = f"{HOSTILE} href"
        net.add_node(node, label=HOSTILE, title=f"{HOSTILE} href", x=0, y=0)
        net.toggle_physics(status=False)
        file.write_text(net.generate_html(), "ascii")
    view = View(context(), file)
    expect(view.at("#mynetwork canvas")).to_be_visible()
    assert "<script>window.hurt=1</script>" in hovered(view, node)
    assert view.page.evaluate("() => window.hurt") is None
    assert view.at("img, iframe, object, b.hurt, [onerror], [onload]").count() == 0
    view.page.close()
    assert not view.faults
