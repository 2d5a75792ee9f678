"""Communities and backbones: published results, cases by hand, and Gephi's sample."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import miniature
import networkx as nx
import numpy as np
import pytest
from elsewhere import printed
from test_analysis_measures import from_graph, network

from graph.analysis.arrays import Ties
from graph.analysis.centrality import communities as module
from graph.analysis.centrality.backbone import backbone
from graph.analysis.centrality.communities import METHODS, communities, modularity
from graph.analysis.centrality.measures import measured
from graph.errors import UsageError

if TYPE_CHECKING:
    from graph.analysis.centrality.communities import Method

SAMPLE = miniature.PROJECT.parent / "shared/data/networks/les-miserables.gexf"
GEXF = {"g": "http://www.gexf.net/1.2draft", "viz": "http:///www.gexf.net/1.1draft/viz"}
TWO_TRIANGLES = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "e"), ("e", "f"), ("f", "d"), ("c", "d")]

each_method = pytest.mark.parametrize("method", METHODS)


@pytest.fixture(autouse=True)
def _igraph(request: pytest.FixtureRequest) -> None:
    if "leiden-igraph" in request.node.name:
        pytest.importorskip("igraph")


@each_method
def test_two_triangles(method: Method) -> None:
    ties = network(TWO_TRIANGLES, ["g"])
    found = communities(ties, method=method)
    assert found == (frozenset("abc"), frozenset("def"), frozenset("g"))
    # Six of seven ties are within; each triangle has half of all ends.
    assert modularity(ties, found) == pytest.approx(6 / 7 - 1 / 2)


@each_method
def test_karate_club_comes_near_the_best_that_is_known(method: Method) -> None:
    """The best without weights is 0.419790: Brandes and others 2008, "On Modularity Clustering"."""
    ties = from_graph(nx.Graph(list(nx.karate_club_graph().edges())))
    best = max(modularity(ties, communities(ties, method=method, seed=seed)) for seed in range(5))
    near = 0.002 if method == "louvain" else 1e-6
    assert best == pytest.approx(0.419790, abs=near)


@each_method
def test_modularity_is_that_of_networkx(method: Method) -> None:
    graph = nx.les_miserables_graph()
    ties = from_graph(graph)
    names = dict(zip(ties.nodes, graph, strict=True))
    for resolution in (0.5, 1.0, 2.0):
        found = communities(ties, method=method, resolution=resolution)
        theirs = nx.community.modularity(
            graph, [{names[node] for node in group} for group in found], resolution=resolution
        )
        assert modularity(ties, found, resolution=resolution) == pytest.approx(theirs, rel=1e-9)


def groups() -> str:
    """Return communities of a network of some size by each method that is there."""
    there = [one for one in METHODS if "igraph" not in one or find_spec("igraph")]
    ties = from_graph(nx.gnm_random_graph(300, 900, seed=1))
    found = [communities(ties, method=method, seed=3) for method in there]
    return str([[sorted(group) for group in groups] for groups in found])


@pytest.mark.landing
def test_a_seed_gives_one_result_in_every_process() -> None:
    assert printed("import test_analysis_communities as t; print(t.groups())") == groups()
    assert len(groups()) > 1000


@each_method
def test_communities_hang_together_and_cover_all(method: Method) -> None:
    for seed in range(10):
        graph = nx.gnm_random_graph(80, 90 + 5 * seed, seed=seed)
        ties = from_graph(graph)
        found = communities(ties, method=method, seed=seed)
        assert sorted(node for group in found for node in group) == list(ties.nodes)
        assert [len(group) for group in found] == sorted(map(len, found), reverse=True)
        index = ties.nodes.index
        if method != "louvain":
            assert all(nx.is_connected(graph.subgraph(map(index, group))) for group in found)


def test_louvain_of_large_networks_is_as_good(monkeypatch: pytest.MonkeyPatch) -> None:
    ties = from_graph(nx.planted_partition_graph(6, 20, 0.5, 0.02, seed=1))
    small = communities(ties, method="louvain")
    monkeypatch.setattr(module, "LARGE", 10)
    large = communities(ties, method="louvain")
    assert set(small) == set(large)
    assert len(large) == 6


def test_the_number_of_threads_of_others_is_left_alone() -> None:
    nk = pytest.importorskip("networkit")
    before = nk.getMaxNumberOfThreads()
    try:
        nk.setNumberOfThreads(2)
        communities(network(TWO_TRIANGLES))
        assert nk.getMaxNumberOfThreads() == 2
    finally:
        nk.setNumberOfThreads(before)


@each_method
def test_next_to_nothing(method: Method) -> None:
    assert communities(network([]), method=method) == ()
    assert communities(network([("a", "a")], ["b"]), method=method) == (
        frozenset("a"),
        frozenset("b"),
    )
    assert communities(network([("a", "b")]), method=method) == (frozenset("ab"),)
    assert np.isnan(modularity(network([], ["a"]), [["a"]]))


def test_hostility_makes_no_community() -> None:
    ties = network([("a", "b", 1), ("b", "c", -1), ("c", "d", 0)])
    assert communities(ties) == (frozenset("ab"), frozenset("cd"))


def test_wrong_use() -> None:
    ties = network(TWO_TRIANGLES)
    with pytest.raises(UsageError, match="one of leiden"):
        communities(ties, method="girvan-newman")  # type: ignore[arg-type]
    wrongs: tuple[dict[str, Any], ...] = (
        {"resolution": 0.0},
        {"resolution": float("nan")},
        {"seed": -1},
    )
    for wrong in wrongs:
        with pytest.raises(UsageError, match="above 0"):
            communities(ties, **wrong)
    with pytest.raises(UsageError, match='"f" is in no group'):
        modularity(ties, ["abcde"])
    with pytest.raises(UsageError, match="several"):
        modularity(ties, ["abcdef", "a"])
    with pytest.raises(UsageError, match='no node "x"'):
        modularity(ties, ["abcdef", "x"])


def test_leiden_by_igraph_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "igraph", None)
    with pytest.raises(UsageError, match="needs the package igraph"):
        communities(network(TWO_TRIANGLES), method="leiden-igraph")


def weighted(rows: list[tuple[int, int, float]], n: int, *, directed: bool) -> Ties:
    return Ties(
        tuple(f"{number:04}" for number in range(n)),
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] for row in rows], dtype=np.int64),
        np.zeros(len(rows), dtype=np.int8),
        np.array([row[2] for row in rows], dtype=np.float64),
        directed=directed,
    )


def test_a_backbone_by_hand() -> None:
    """Of a strength of 100 one tie has 91: heavier by chance with 0.09³ = 0.0007."""
    rows = [(0, 1, 91.0), (0, 2, 3.0), (0, 3, 3.0), (0, 4, 3.0)]
    for directed in (True, False):
        ties = weighted(rows, 5, directed=directed)
        assert backbone(ties, 0.0008).tolist() == [True, False, False, False]
        assert backbone(ties, 0.0007).tolist() == [False] * 4
        assert backbone(ties, 0.913).tolist() == [True, True, True, True]  # 0.97³ = 0.9127
        assert backbone(ties, 0.912).tolist() == [True, False, False, False]


def test_a_backbone_by_the_integral_of_the_paper() -> None:
    """alpha = 1 - (k - 1) times the integral of (1 - x)^(k - 2) from 0 to p."""
    from scipy.integrate import quad

    graph = nx.gnm_random_graph(30, 90, seed=2)
    chance = np.random.default_rng(1)
    rows = [(a, b, float(chance.pareto(1.0) + 0.1)) for a, b in graph.edges()]
    strength, degree = np.zeros(30), np.zeros(30, dtype=int)
    for a, b, weight in rows:
        for end in (a, b):
            strength[end] += weight
            degree[end] += 1

    def level(end: int, weight: float) -> float:
        k = int(degree[end])
        area, _ = quad(lambda x: (1 - x) ** (k - 2), 0, weight / strength[end])
        return 1 - (k - 1) * area if k > 1 else 1.0

    expected = [min(level(a, weight), level(b, weight)) < 0.2 for a, b, weight in rows]
    assert backbone(weighted(rows, 30, directed=False), 0.2).tolist() == expected
    assert 0 < sum(expected) < len(expected)


def test_parallel_ties_stay_together_and_loops_go() -> None:
    rows = [(0, 1, 50.0), (1, 0, 41.0), (0, 2, 3.0), (0, 3, 3.0), (0, 4, 3.0), (0, 0, 500.0)]
    ties = weighted(rows, 5, directed=False)
    assert backbone(ties, 0.001).tolist() == [True, True, False, False, False, False]


def test_a_backbone_of_nothing_and_wrong_levels() -> None:
    assert backbone(network([], ["a"])).tolist() == []
    assert backbone(network([("a", "a"), ("a", "b")])).tolist() == [False, False]
    for wrong in (0.0, 1.0, float("nan")):
        with pytest.raises(UsageError, match="above 0"):
            backbone(network([("a", "b")]), wrong)


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the sample of Gephi is not here")
def test_what_gephi_stored() -> None:
    """Gephi's sample holds its communities, and sizes of nodes that follow their degree."""
    root = ET.parse(SAMPLE).getroot()  # noqa: S314 — a known file
    graph: nx.Graph[str] = nx.Graph()
    classes: dict[str, set[str]] = {}
    sizes = {}
    for node in root.iterfind(".//g:node", GEXF):
        name = node.get("id", "")
        graph.add_node(name)
        value, size = node.find(".//g:attvalue", GEXF), node.find("viz:size", GEXF)
        assert value is not None
        assert size is not None
        classes.setdefault(value.get("value", ""), set()).add(name)
        sizes[name] = float(size.get("value", "nan"))
    for edge in root.iterfind(".//g:edge", GEXF):
        graph.add_edge(edge.get("source", ""), edge.get("target", ""),
                       weight=float(edge.get("weight", "1")))  # fmt: skip
    ties = from_graph(graph)
    degree = measured(ties, "degree")
    drawn = np.array([sizes[node] for node in graph])
    np.testing.assert_allclose(drawn, np.interp(degree, [degree.min(), degree.max()],
                                                [drawn.min(), drawn.max()]), rtol=1e-5)  # fmt: skip
    named = dict(zip(graph, ties.nodes, strict=True))
    theirs = modularity(ties, [{named[node] for node in group} for group in classes.values()])
    assert 0.45 < theirs <= modularity(ties, communities(ties)) + 1e-9
