"""Places of nodes: nobody covers another, groups stand apart, and nothing hangs on order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import depth
import networkx as nx
import numpy as np
import planted
from hypothesis import given
from hypothesis import strategies as st

from graph.viewer import forces, layout
from graph.viewer.layout import positions

if TYPE_CHECKING:
    import random

    import pytest
    from numpy.typing import NDArray


def directed(edges: list[tuple[str, str]]) -> nx.MultiDiGraph[str]:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_edges_from(edges)
    return network


def test_no_two_nodes_share_a_place() -> None:
    hub = [("hub", f"leaf-{index}") for index in range(40)]
    pairs = [(f"pair-{index}", f"pair-{index}-b") for index in range(40)]
    places = positions(directed([*hub, *pairs, ("alone", "alone")]))
    assert len(places) == 122
    assert len(set(places.values())) == 122


def test_names_of_a_small_network_do_not_cover_each_other() -> None:
    places = positions(directed([(f"n{index // 2}", f"n{index}") for index in range(1, 60)]))
    points = np.array(list(places.values()))
    apart = np.abs(points[:, None, :] - points[None, :, :]) / np.array([112.0, 54.0])
    covered = (apart.max(axis=2) < 0.8).sum() - len(points)
    assert covered == 0


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20), st.randoms())
@depth.examples(40)
def test_the_order_of_nodes_does_not_move_them(
    ends: list[tuple[int, int]], chance: random.Random
) -> None:
    edges = [(f"n{one}", f"n{other}") for one, other in ends]
    turned = [edge[::-1] if chance.random() < 0.5 else edge for edge in edges]
    chance.shuffle(turned)
    assert positions(directed(turned)) == positions(directed(edges))


def test_groups_of_a_large_network_stand_apart() -> None:
    made = planted.network(1600, 3000, 16, across=0.12, seed=3)
    points = planted.points(positions(made), made)
    assert planted.purity(made, points) >= 0.93
    assert planted.kept(made, points) >= 0.3


def test_a_network_without_groups_shows_none() -> None:
    made = planted.network(400, 800, 8, across=0.1, seed=5)
    swapped: nx.Graph[str] = nx.Graph(made)
    nx.double_edge_swap(swapped, 3000, 100_000, seed=1)
    apart = planted.purity(made, planted.points(positions(made), made))
    assert apart > 0.85
    rewired: nx.MultiDiGraph[str] = nx.MultiDiGraph(swapped.edges())
    points = planted.points(positions(rewired), made)
    assert planted.purity(made, points) < 0.3


def test_a_network_fills_a_wide_frame_with_its_small_components_around_it() -> None:
    made = planted.network(400, 760, 8, across=0.1, seed=2)
    pairs = [(f"a{index}", f"b{index}") for index in range(40)]
    places = positions(directed([*made.edges(), *pairs]))
    width, height = np.ptp(np.array(list(places.values())), axis=0)
    assert 1.2 < width / height < 1.8
    large = np.array([places[name] for name in made])
    alone = np.ptp(large, axis=0)
    assert width * height < 1.5 * alone[0] * alone[1]
    for pair in pairs:
        small = np.array([places[name] for name in pair])
        assert np.abs(large[:, None, :] - small[None, :, :]).max(axis=2).min() > 100.0


@given(st.integers(65, 300), st.integers(0, 1000))
@depth.examples(20)
def test_a_mesh_pushes_as_pairs_do(count: int, seed: int) -> None:
    """As far as it sees: nodes in one of its squares push each other as from square to square."""
    chance = np.random.default_rng(seed)
    points = chance.uniform(-100.0, 100.0, (count, 2))
    masses = chance.integers(1, 9, count).astype(np.float64)
    assert np.allclose(forces._pairwise(points, masses), pushes(points, masses, 0.0))
    square = np.ptp(points, axis=0).max() / (2.0 * np.sqrt(count))
    by_pairs, by_mesh = pushes(points, masses, square), forces._over_a_mesh(points, masses)
    cosine = (by_pairs * by_mesh).sum() / (_norm(by_pairs) * _norm(by_mesh))
    assert cosine > 0.99
    outside = np.argsort(-np.hypot(*points.T))[: count // 4]
    wrong = np.hypot(*(by_pairs - by_mesh)[outside].T) / np.hypot(*by_pairs[outside].T)
    assert np.median(wrong) < 0.1


def pushes(
    points: NDArray[np.float64], masses: NDArray[np.float64], least: float
) -> NDArray[np.float64]:
    """Return how each is pushed by all others, none of which counts as nearer than the least."""
    apart = points[:, None, :] - points[None, :, :]
    squares = np.maximum(np.square(apart).sum(axis=2) + 1e-3, least**2)
    found: NDArray[np.float64] = (apart * (masses[None, :] / squares)[..., None]).sum(axis=1)
    return found


def _norm(vectors: NDArray[np.float64]) -> float:
    return float(np.sqrt(np.square(vectors).sum()))


def test_many_components_share_the_effort_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """By counts alone: what is placed does not hang on the clock, nor on what was placed before."""
    taken: list[int] = []

    def counted(points: forces.Points, links: forces.Links, steps: int) -> NDArray[np.float64]:
        taken.append(steps * len(points))
        return settled(points, links, 2)

    settled = forces.settled
    monkeypatch.setattr(forces, "settled", counted)
    monkeypatch.setattr(layout, "EFFORT", 600_000)
    layout._of_shape.cache_clear()
    wide = directed(
        [(f"{c}-{n // 2}", f"{c}-{n}") for c in range(1, 20) for n in range(1, 170 + c)]
    )
    places = positions(wide)
    assert len(set(places.values())) == len(wide)
    assert layout.EFFORT / 2 < sum(taken) <= layout.EFFORT
    layout._of_shape.cache_clear()
    assert positions(wide) == places
