"""pyvis as its users know it: a Network of its own class, its methods, its page in one file."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hostile
import pytest
from pyvis.network import Network

import graph
from graph.export.formats import export
from graph.export.pyvis_drawing import OfflineNetwork
from graph.network import palette
from graph.network.projection import STATUSES
from graph.read.evidence import cited_claims

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miniature import Judged

    from graph.build.case import OpenedCase

SIEGE = "siege-of-mill-town"


@pytest.fixture
def mill(public: Path) -> OpenedCase:
    return graph.open("mill", public)


def drawn(page: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the nodes and lines that a page gives to the browser."""
    nodes, edges = re.findall(r"new vis\.DataSet\((\[.*\])\);", page)
    return json.loads(nodes), json.loads(edges)


def markup(page: str) -> str:
    """Return a page without what stands in its scripts and styles."""
    return re.sub(r"(?s)(<(script|style)[^>]*>).*?</\2>", r"\1", page)


def test_it_is_a_network_of_pyvis_with_the_looks_of_the_page(mill: OpenedCase) -> None:
    net = mill.pyvis(status=STATUSES)
    assert isinstance(net, Network)
    looks = mill.looks()
    for node in net.nodes:
        assert (node["x"], node["y"], node["size"]) == looks[node["id"]]
        style = palette.node_style(node["class"])
        assert (node["shape"], node["color"]["background"]) == (style.shape, style.fill.light)
    assert net.options.physics.enabled is False
    lines = [*net.edges, *mill.pyvis("participation", status=STATUSES).edges]
    assert {line["status"] for line in lines} >= {"accepted", "contested", "rejected"}
    for line in lines:
        status = palette.status_style(line["status"])
        assert line["dashes"] == (list(status.dashes) or False)
        assert line["color"]["color"] == palette.sign_style(line["sign"]).colour.light
        assert line["arrows"] == "to"


def test_a_snapshot_is_drawn_as_its_case_on_that_day(mill: OpenedCase) -> None:
    found = mill.snapshot(on="2020-05-20").pyvis("actors", settings={"height": "321px"})
    right = mill.pyvis("actors", on="2020-05-20", settings={"height": "321px"})
    assert isinstance(found, Network)
    assert (found.nodes, found.edges, found.height) == (right.nodes, right.edges, "321px")
    assert found.edges


def test_a_title_says_who_says_so_and_where(mill: OpenedCase) -> None:
    net = mill.pyvis(status=STATUSES)
    for line in net.edges:
        told = line["title"].split("\n")
        claims = cited_claims(mill.graph, line["id"])
        assert told[1].startswith(line["status"])
        assert claims
        for claim in claims:
            assert f"{claim.name}: " in line["title"]
            assert all(passage in line["title"] for passage in claim.passages)
    siege = next(line for line in net.edges if line["id"] == SIEGE)
    assert "River Guard besieges Mill Town" in siege["title"]
    (mentioned, *_) = mill.pyvis("co-mention").edges
    assert re.search(r"#\d+\.\d+$", mentioned["title"])


def test_parallel_lines_do_not_hide_each_other(mill: OpenedCase) -> None:
    seen = set()
    for line in mill.pyvis(status=STATUSES).edges:
        way = (line["from"], line["to"], str(line["smooth"]))
        assert way not in seen
        seen.add(way)


def test_what_pyvis_restyles_is_in_the_page(mill: OpenedCase) -> None:
    net = mill.pyvis(settings={"select_menu": True, "height": "321px", "heading": "My town"})
    net.get_node("mill-town")["color"] = "#12abef"
    net.add_node("mine", label="My own", shape="star")
    net.add_edge("mine", "mill-town", title="mine")
    net.set_edge_smooth("dynamic")
    page = net.generate_html()
    nodes, edges = drawn(page)
    assert {node["id"]: node["color"] for node in nodes}["mill-town"] == "#12abef"
    assert (nodes[-1]["label"], edges[-1]["title"]) == ("My own", "mine")
    assert "height: 321px" in page
    assert '<option value="mill-town">' in page
    assert '"type": "dynamic"' in page
    assert page.count("<h1>My town</h1>") == 1


def test_show_works_as_it_comes(
    mill: OpenedCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the encoding is not UTF-8, and without a word about a missing template."""
    monkeypatch.chdir(tmp_path)
    frame = mill.pyvis().show("net.html")
    assert "net.html" in frame._repr_html_()
    assert [path.name for path in tmp_path.iterdir()] == ["net.html"]
    assert Path("net.html").read_bytes().isascii()


def test_the_page_needs_nothing_else(mill: OpenedCase) -> None:
    net = mill.pyvis(settings={"select_menu": True, "filter_menu": True})
    net.show_buttons()
    page = net.generate_html()
    assert page.startswith("<!doctype html>")
    assert not re.search(r"""(src|href)\s*=\s*["']?(https?:|//|lib/)""", markup(page))
    assert not re.search(r"@import|url\(\s*[\"']?(https?:|//)", page)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'")


HURT = '</script><script>window.hurt=1</script><img src=x onerror="hurt" href="x">\u2028'


def hurting() -> Iterator[OfflineNetwork]:
    """Yield networks that are hostile each in its own way."""
    for name in ("heading", "bgcolor", "width"):
        yield OfflineNetwork(**{name: HURT})
    for name in ("label", "title", "group"):
        net = OfflineNetwork(select_menu=True, filter_menu=True)
        net.add_node(HURT, **{name: HURT})
        net.add_edge(HURT, HURT, title=HURT)
        yield net
    net = OfflineNetwork()
    net.options = {"physics": {"enabled": False}, "note": HURT}
    yield net


@pytest.mark.parametrize("net", list(hurting()))
def test_no_text_becomes_markup(net: OfflineNetwork) -> None:
    page, clean = (
        net.generate_html(),
        OfflineNetwork(select_menu=net.select_menu, filter_menu=net.filter_menu).generate_html(),
    )
    assert page.count("<script") == clean.count("<script")
    assert page.count("</script") == clean.count("</script")
    assert "<img" not in markup(page)
    assert "innerHTML = nodeData" not in page  # pyvis shows titles with an href in them so


def test_hostile_names_of_a_case_are_text(example: Judged) -> None:
    page = b"".join(export("pyvis", hostile.selection(example)).files["network.html"]).decode()
    clean = OfflineNetwork().generate_html()
    assert page.count("<script") == clean.count("<script")
    labels = {node["label"] for node in drawn(page)[0]}
    assert labels & set(hostile.TEXTS)
    assert '<b onclick="x">' not in html.unescape(markup(page))


def test_the_tutorial_of_pyvis_works_with_the_networks_of_a_case(mill: OpenedCase) -> None:
    merged = mill.network(parallel="merge")
    counts = {(source, target): data["count"] for source, target, data in merged.edges(data=True)}
    net = Network(directed=True, cdn_resources="in_line")
    net.from_nx(merged)
    assert set(net.get_nodes()) == set(merged)
    assert {(edge["from"], edge["to"]): edge["width"] for edge in net.get_edges()} == counts
    nodes, edges = drawn(net.generate_html())
    assert {node["label"] for node in nodes} == {data["label"] for _, data in merged.nodes.items()}
    assert len(edges) == len(counts)


def test_the_formats_are_listed_without_pyvis() -> None:
    code = "import sys; from graph.export.formats import formats; formats(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pyvis", "IPython"} & set(done.stdout.split())
