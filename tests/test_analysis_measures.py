"""Published results, small cases by hand, and the same numbers from other libraries."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest

from graph.analysis import engines
from graph.analysis.arrays import Ties
from graph.analysis.centrality import shortest_paths as ways
from graph.analysis.centrality.measures import MEASURES, measure, measured, pivots
from graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from graph.analysis.arrays import Sign

    Row = tuple[str, str] | tuple[str, str, int]


def network(rows: Iterable[Row], nodes: Iterable[str] = (), *, directed: bool = True) -> Ties:
    """Return a network from ends and signs (0 where none is given), with further nodes."""
    listed = [(row[0], row[1], row[2] if len(row) > 2 else 0) for row in rows]
    names = sorted({*nodes, *(end for row in listed for end in row[:2])})
    index = {name: number for number, name in enumerate(names)}
    return Ties(
        tuple(names),
        np.array([index[row[0]] for row in listed], dtype=np.int64),
        np.array([index[row[1]] for row in listed], dtype=np.int64),
        np.array([row[2] for row in listed], dtype=np.int8),
        np.ones(len(listed)),
        directed=directed,
    )


def from_graph(graph: nx.Graph[Any], *, directed: bool = True) -> Ties:
    """Return a graph of NetworkX as a network, its nodes in their order."""
    index: dict[Hashable, int] = {node: number for number, node in enumerate(graph)}
    edges = list(graph.edges(data="weight", default=1.0))
    return Ties(
        tuple(f"{number:06}" for number in index.values()),
        np.array([index[row[0]] for row in edges], dtype=np.int64),
        np.array([index[row[1]] for row in edges], dtype=np.int64),
        np.zeros(len(edges), dtype=np.int8),
        np.array([row[2] for row in edges], dtype=np.float64),
        directed=directed,
    )


def by_name(ties: Ties, name: str, *, sign: Sign | None = None) -> dict[str, float]:
    values = measured(ties, name, sign=sign)
    return dict(zip(ties.nodes, values.round(9).tolist(), strict=True))


def random_graph(seed: int) -> nx.DiGraph[int]:
    """Return a weighted graph in several parts, some of them single nodes."""
    chance = np.random.default_rng(seed)
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(int(chance.integers(1, 70))))
    for _ in range(int(chance.integers(0, 130))):
        first, second = chance.integers(0, len(graph), 2).tolist()
        if first != second:
            graph.add_edge(first, second, weight=int(chance.integers(1, 4)))
    return graph


def of_networkx(name: str) -> Callable[[nx.DiGraph[int], nx.Graph[int]], dict[int, float]]:
    """Return what NetworkX computes for a measure, from the directed and the undirected graph."""
    harmonic: Any = nx.harmonic_centrality
    table: dict[str, Callable[[nx.DiGraph[int], nx.Graph[int]], Any]] = {
        "degree": lambda _, g: dict(g.degree()),
        "in-degree": lambda d, _: dict(d.in_degree()),
        "out-degree": lambda d, _: dict(d.out_degree()),
        "strength": lambda d, _: dict(d.degree(weight="weight")),
        "betweenness": lambda _, g: nx.betweenness_centrality(g),
        "closeness": lambda _, g: nx.closeness_centrality(g),
        "harmonic": lambda _, g: {
            node: value / max(len(g) - 1, 1)
            for node, value in harmonic(g).items()
        },
        "pagerank": lambda d, _: nx.pagerank(d, tol=1e-15, max_iter=500),
        "coreness": lambda _, g: nx.core_number(g),
        "constraint": lambda _, g: nx.constraint(g),
        "effective-size": lambda _, g: nx.effective_size(g),
        "articulation": lambda _, g: {
            node: node in set(nx.articulation_points(g)) for node in g
        },
        "component": lambda _, g: {
            node: len(part) for part in nx.connected_components(g) for node in part
        },
    }  # fmt: skip
    return table[name]


AGREE = ("degree", "in-degree", "out-degree", "strength", "betweenness", "closeness", "harmonic",
         "pagerank", "coreness", "constraint", "effective-size", "articulation",
         "component")  # fmt: skip


@pytest.mark.parametrize("name", AGREE)
def test_same_numbers_as_networkx(name: str) -> None:
    for seed in range(40):
        directed = random_graph(seed)
        undirected: nx.Graph[int] = nx.Graph(list(directed.edges()))
        undirected.add_nodes_from(directed)
        theirs = of_networkx(name)(directed, undirected)
        ours = measured(from_graph(directed), name)
        expected = np.array([theirs[node] for node in directed], dtype=np.float64)
        np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=1e-12)


def test_clustering_as_networkx_where_it_is_defined() -> None:
    clustering: Any = nx.clustering
    for seed in range(40):
        graph: nx.Graph[int] = nx.Graph(list(random_graph(seed).edges()))
        ours = measured(from_graph(graph), "clustering")
        theirs = [clustering(graph)[node] for node in graph]
        few = np.array([graph.degree(node) < 2 for node in graph], dtype=bool)
        assert np.isnan(ours[few]).all()
        np.testing.assert_allclose(np.nan_to_num(ours), theirs, rtol=1e-9)


def test_eigenvector_as_networkx_in_the_largest_component_and_nowhere_else() -> None:
    checked = 0
    for seed in range(40):
        graph: nx.Graph[int] = nx.Graph(list(random_graph(seed).edges()))
        parts = sorted(nx.connected_components(graph), key=len, reverse=True)
        if len(parts) < 2 or len(parts[0]) == len(parts[1]):
            continue
        ours = dict(zip(graph, measured(from_graph(graph), "eigenvector").tolist(), strict=True))
        theirs = nx.eigenvector_centrality_numpy(graph.subgraph(parts[0]))
        assert {node for node, value in ours.items() if not np.isnan(value)} == parts[0]
        assert all(ours[node] == pytest.approx(theirs[node], rel=1e-7, abs=1e-9) for node in theirs)
        checked += 1
    assert checked > 5


def test_same_numbers_as_igraph() -> None:
    igraph = pytest.importorskip("igraph")
    for seed in range(20):
        graph: nx.Graph[int] = nx.Graph(list(random_graph(seed).edges()))
        ties = from_graph(graph)
        simple = ties.simple(directed=False)
        theirs = igraph.Graph(ties.n, np.column_stack((simple.source, simple.target)).tolist())
        pairs = max((ties.n - 1) * (ties.n - 2) / 2, 1)
        found: dict[str, Any] = {
            "betweenness": np.array(theirs.betweenness()) / pairs,
            "harmonic": theirs.harmonic_centrality(),
            "coreness": theirs.coreness(),
            "constraint": theirs.constraint(),
            "clustering": theirs.transitivity_local_undirected(mode="nan"),
        }
        for name, values in found.items():
            np.testing.assert_allclose(measured(ties, name), values, rtol=1e-9, atol=1e-12)


def test_same_numbers_as_networkit() -> None:
    nk = pytest.importorskip("networkit")
    for seed in range(20):
        ties = from_graph(random_graph(seed))
        simple = ties.simple(directed=False)
        if ties.n < 3 or not simple.m:
            continue
        theirs = nk.GraphFromCoo((np.ones(simple.m), (simple.source, simple.target)), n=ties.n)
        for name, made in {
            "betweenness": nk.centrality.Betweenness(theirs, normalized=True),
            "harmonic": nk.centrality.HarmonicCloseness(theirs, normalized=True),
            "coreness": nk.centrality.CoreDecomposition(theirs),
        }.items():
            np.testing.assert_allclose(measured(ties, name), made.run().scores(), rtol=1e-9,
                                       atol=1e-12)  # fmt: skip


@pytest.mark.landing
def test_many_nodes_take_the_same_road_as_few(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.gnm_random_graph(1100, 1800, seed=3)
    ties = from_graph(graph)
    large = {name: measured(ties, name) for name in MEASURES}
    monkeypatch.setattr(ways, "_SMALL", 10**9)
    monkeypatch.setattr(engines, "_DENSE", 10**9)
    monkeypatch.setattr(engines, "_BLOCK", 50)
    monkeypatch.setattr(engines, "_MANY", 0)
    for name in (
        "coreness",
        "closeness",
        "harmonic",
        "pagerank",
        "eigenvector",
        "constraint",
        "clustering",
    ):
        np.testing.assert_allclose(measured(ties, name), large[name], rtol=1e-8, atol=1e-12)


def test_florentine_families_as_published() -> None:
    """Marriages of Padgett; Jackson 2008, "Social and Economic Networks", gives 0.522."""
    graph = nx.florentine_families_graph()
    index = list(graph).index
    values = measured(from_graph(graph), "betweenness")
    assert values[index("Medici")] == pytest.approx(0.521978, abs=1e-6)
    assert values[index("Guadagni")] == pytest.approx(0.254579, abs=1e-6)
    assert values[index("Strozzi")] == pytest.approx(0.102564, abs=1e-6)
    assert measured(from_graph(graph), "degree")[index("Medici")] == 6


def test_karate_club_as_published() -> None:
    """Zachary 1977; betweenness of the instructor and the president as in NetworkX and igraph."""
    ties = from_graph(nx.karate_club_graph())
    values = measured(ties, "betweenness") * 33 * 32 / 2
    assert values[0] == pytest.approx(231.0714, abs=1e-4)
    assert values[33] == pytest.approx(160.5516, abs=1e-4)
    assert measured(ties, "degree")[[0, 33]].tolist() == [16, 17]
    assert measured(ties, "coreness").max() == 4
    assert measured(ties, "articulation").nonzero()[0].tolist() == [0]
    simple: nx.Graph[int] = nx.Graph(list(nx.karate_club_graph().edges()))
    assert np.nanmean(np.nan_to_num(measured(from_graph(simple), "clustering"))) == pytest.approx(
        0.570638, abs=1e-6
    )


def test_structural_holes_by_hand() -> None:
    """A broker between three who do not know each other, and a closed triangle of the same size."""
    star = network([("hub", "a"), ("hub", "b"), ("hub", "c")])
    assert by_name(star, "effective-size")["hub"] == 3
    assert by_name(star, "constraint") == pytest.approx({"hub": 1 / 3, "a": 1, "b": 1, "c": 1})
    triangle = network([("a", "b"), ("b", "c"), ("c", "a")])
    # Each contact takes 1/2 directly and 1/2 · 1/2 by way of the other: 2 · (3/4)².
    assert by_name(triangle, "constraint") == pytest.approx(dict.fromkeys("abc", 1.125))
    assert by_name(triangle, "effective-size") == pytest.approx(dict.fromkeys("abc", 1.0))


def test_the_example_of_burt_as_borgatti_gives_it() -> None:
    """Borgatti 1997, "Structural Holes: Unpacking Burt's Redundancy Measures": G has 4.67."""
    pairs = ["GA", "GB", "GC", "GD", "GE", "GF", "AB", "BD", "DF"]
    found = by_name(network([(pair[0], pair[1]) for pair in [*pairs, "EA"]]), "effective-size")
    assert found["G"] == pytest.approx(6 - 2 * 4 / 6)  # 4.67


def test_signs_and_directions() -> None:
    ties = network([("a", "b", 1), ("a", "b", 1), ("b", "a", -1), ("c", "b", -1), ("c", "d", 0)])
    assert by_name(ties, "degree") == {"a": 1, "b": 2, "c": 2, "d": 1}
    assert by_name(ties, "in-degree") == {"a": 1, "b": 2, "c": 0, "d": 1}
    assert by_name(ties, "out-degree") == {"a": 1, "b": 1, "c": 2, "d": 0}
    assert by_name(ties, "strength") == {"a": 3, "b": 4, "c": 2, "d": 1}
    assert by_name(ties, "positive-degree") == {"a": 1, "b": 1, "c": 0, "d": 0}
    assert by_name(ties, "negative-degree") == {"a": 1, "b": 2, "c": 1, "d": 0}
    assert by_name(ties, "component") == {"a": 2, "b": 2, "c": 2, "d": 2}
    assert by_name(ties, "component", sign="any") == dict.fromkeys("abcd", 4)
    assert by_name(ties, "betweenness")["b"] == 0
    assert by_name(ties, "betweenness", sign="any")["b"] == pytest.approx(2 / 3)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("directed", [True, False])
def test_networks_with_next_to_nothing(name: str, directed: bool) -> None:
    if not directed and name in ("in-degree", "out-degree"):
        return
    for rows, nodes in (
        ([], []),
        ([], ["a"]),
        ([], ["a", "b", "c"]),
        ([("a", "a")], []),
        ([("a", "b", 1)], []),
        ([("a", "b", -1), ("a", "a", -1)], ["c"]),
        ([("a", "b", 1), ("a", "b", 1), ("c", "d", 1)], []),
    ):
        ties = network(rows, nodes, directed=directed)
        found = measured(ties, name)
        assert found.shape == (ties.n,)
        assert found.dtype == np.float64
        assert not np.isinf(found).any()
        assert (np.nan_to_num(found) >= 0).all()


@pytest.mark.parametrize("name", MEASURES)
def test_loops_and_the_order_of_ties_change_nothing(name: str) -> None:
    rows: list[Row] = [("a", "b", 1), ("b", "c", 0), ("c", "d", 1), ("d", "b", -1), ("e", "d", 1)]
    loops: list[Row] = [("a", "a", 1), ("d", "d", -1)]
    before, after = measured(network(rows), name), measured(network([*loops, *rows[::-1]]), name)
    np.testing.assert_allclose(before, after, rtol=1e-12)


def test_no_negative_values_where_networkx_has_them() -> None:
    """A node whose weights are 2 and -1 gave another a PageRank of -0.36."""
    ties = network([("a", "b", 1), ("a", "b", 1), ("a", "c", -1), ("b", "a", 1)])
    for sign in ("any", "not-negative", "negative"):
        values = measured(ties, "pagerank", sign=sign)
        assert values.min() > 0
        assert values.sum() == pytest.approx(1)


def test_betweenness_from_all_pivots_is_exact_and_from_some_is_near() -> None:
    for seed in range(10):
        ties = from_graph(random_graph(seed)).simple(directed=False)
        np.testing.assert_allclose(
            ways.betweenness(ties), measured(ties, "betweenness"), rtol=1e-9, atol=1e-12
        )
    graph = nx.barabasi_albert_graph(400, 2, seed=1)
    ties = from_graph(graph, directed=False).simple(directed=False)
    exact = measured(ties, "betweenness")
    some = ways.betweenness(ties, pivots=100, seed=5)
    assert np.corrcoef(exact, some)[0, 1] > 0.98
    assert (some == ways.betweenness(ties, pivots=100, seed=5)).all()
    assert (some != ways.betweenness(ties, pivots=100, seed=6)).any()


def test_pivots_count_as_in_networkx(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same starts give the same numbers."""
    graph = nx.connected_watts_strogatz_graph(60, 4, 0.2, seed=2)
    ties = from_graph(graph, directed=False).simple(directed=False)
    starts = np.sort(np.random.default_rng(4).choice(60, 20, replace=False)).tolist()

    class Fixed(random.Random):
        def sample(self, *_: object, **__: object) -> Any:  # noqa: ANN401
            return starts

    compute: Any = nx.betweenness_centrality
    theirs = compute(graph, k=20, seed=Fixed())
    np.testing.assert_allclose(
        ways.betweenness(ties, pivots=20, seed=4), list(theirs.values()), rtol=1e-9, atol=1e-15
    )
    monkeypatch.setattr(ways, "EXACT_WORK", 10)
    monkeypatch.setattr(ways, "PIVOTS", 20)
    assert pivots(ties, "betweenness") == 20
    assert pivots(ties, "closeness") is None
    assert (measured(ties, "betweenness") == ways.betweenness(ties, pivots=20)).all()


def test_wrong_names_and_signs() -> None:
    ties = network([("a", "b", 1)])
    with pytest.raises(UsageError, match='did you mean "betweenness"'):
        measured(ties, "betweeness")
    with pytest.raises(UsageError, match="positive ties"):
        measured(ties, "positive-degree", sign="any")
    with pytest.raises(UsageError, match="directions"):
        measured(network([("a", "b")], directed=False), "in-degree")


def test_every_measure_says_what_it_is() -> None:
    for name, one in MEASURES.items():
        assert measure(name) is one
        assert one.name == name
        assert one.says.endswith(".")
        assert any(character.isdigit() for character in one.formula)
