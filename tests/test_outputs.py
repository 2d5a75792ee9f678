"""The files of a build: what is accepted and what is not, exports of the same name, their table."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import miniature
import networkx as nx
import pytest
import ties
from pages import held_by
from published import hudna

import graph
from graph.build import recipe
from graph.build.outputs import pictures
from graph.model import SHOWN
from graph.read.select import Graph
from graph.remote.case import StoreSource
from graph.viewer.picture import lines

if TYPE_CHECKING:
    from pathlib import Path

    from miniature import Judged


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The larger case as it is built, since the miniature one has no disputed tie."""
    public = tmp_path_factory.mktemp("outputs")
    recipe.build(miniature.CODED, public=public)
    return public / miniature.CODED


def exported(form: str, built: Path, into: Path, *more: str) -> dict[str, bytes]:
    """Return the files of an export by name."""
    words = ["export", form, "--public", str(built.parent), "-o", str(into / form)]
    found = hudna(*words, "--quiet", *more)
    assert found.exit_code == 0, found.output
    paths = [into / form] if (into / form).is_file() else [*(into / form).iterdir()]
    return {path.name: path.read_bytes() for path in paths}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("form", "files"),
    [
        ("gexf", {"gexf": "network.gexf"}),
        ("graphml", {"graphml": "network.graphml"}),
        ("csv", {"nodes.csv": "nodes.csv", "edges.csv": "edges.csv"}),
        ("nquads", {"nquads": "graph.nq"}),
        ("turtle", {"turtle": "graph.ttl"}),
    ],
)
def test_a_file_of_a_build_is_the_export_of_that_name(
    form: str, files: dict[str, str], built: Path, tmp_path: Path
) -> None:
    found = exported(form, built, tmp_path)
    assert found == {name: (built / of_build).read_bytes() for name, of_build in files.items()}


@pytest.mark.parametrize("form", ["gexf", "graphml", "csv"])
def test_a_file_of_all_is_an_export_of_all_that_is_shown(
    form: str, built: Path, tmp_path: Path
) -> None:
    words = [word for status in SHOWN for word in ("--status", status)]
    every = {path.name: path.read_bytes() for path in built.glob("*-all.*")}
    found = exported(form, built, tmp_path, *words)
    assert set(found.values()) <= set(every.values())


@pytest.mark.parametrize("suffix", ["", "-all"])
def test_nodes_are_those_of_the_ties_beside_them(suffix: str, built: Path) -> None:
    edges, nodes = (rows(built / f"{what}{suffix}.csv") for what in ("edges", "nodes"))
    ends = {row[end] for row in edges for end in ("Source", "Target")}
    assert [row["Id"] for row in nodes] == sorted(ends)
    graph = nx.read_graphml(built / f"network{suffix}.graphml")
    assert set(graph) == ends
    assert graph.number_of_edges() == len(edges)


def test_what_is_disputed_is_only_in_the_files_that_say_so(built: Path, judged: Judged) -> None:
    there = {tie.status for tie in ties.ties(judged[1]).values()}
    assert len(there) > 2
    for suffix in ("", "-all"):
        graph = nx.read_graphml(built / f"network{suffix}.graphml")
        gexf = (built / f"network{suffix}.gexf").read_text("utf-8")
        united = re.findall(r'for="status" value="([a-z; ]+)"', gexf)
        statuses = (
            {row["Status"] for row in rows(built / f"edges{suffix}.csv")},
            {data["status"] for *_, data in graph.edges(data=True)},
            {status for statuses in united for status in statuses.split("; ")},
        )
        assert statuses == (there & set(SHOWN if suffix else SHOWN[:1]),) * 3


def test_every_file_of_a_build_is_in_the_table(built: Path) -> None:
    page = (miniature.PROJECT / "docs" / "export.md").read_text("utf-8")
    table = page.partition("## What a build has made already")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| `([^`]+)` \| [^|]+ \| [^|]+ \|$", table, flags=re.MULTILINE)
    assert sorted(listed) == sorted(path.name for path in built.iterdir())


def test_nodes_stand_in_the_same_places_everywhere(built: Path) -> None:
    """The page, files for other programs, a store of the same graph: one network, one layout."""
    looks = json.loads((built / "layout.json").read_bytes())
    drawn = held_by((built / "index.html").read_bytes())["drawn"]["nodes"]
    assert {node["of"]: [node["x"], node["y"], node["size"]] for node in drawn} == looks
    case = graph.open(miniature.CODED, built.parent)
    assert set(looks) == set(lines(case.graph))
    gexf = (built / "network-all.gexf").read_text("utf-8")
    for node in case.network("ties", status=SHOWN):
        x, y, _ = looks[node]
        assert re.search(rf'<node id="{re.escape(node)}" .*<viz:position x="{x}" y="{-y}"', gexf)
    store = StoreSource(miniature.CODED, "http://127.0.0.1:1/query", "")
    store.__dict__["store"] = case.store
    assert {node: list(found) for node, found in store.looks().items()} == looks


def test_a_build_places_the_nodes_once(judged: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    placed: list[nx.MultiDiGraph[str]] = []

    def positions(network: nx.MultiDiGraph[str]) -> dict[str, tuple[float, float]]:
        placed.append(network)
        return dict.fromkeys(network, (0.0, 0.0))

    monkeypatch.setattr("graph.viewer.picture.positions", positions)
    known = Graph(judged[1], miniature.CODED)
    pictures(known)
    assert placed == [lines(known)]
    assert placed[0] is lines(known)
