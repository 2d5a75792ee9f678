"""Groups count only where no network rewired at random has such."""

from __future__ import annotations

from typing import TYPE_CHECKING

import depth
import numpy as np
import planted
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.arrays import Ties
from graph.analysis.centrality.beyond_chance import division, rewired

if TYPE_CHECKING:
    from numpy.typing import NDArray


def ties_of(nodes: list[str], pairs: NDArray[np.int64]) -> Ties:
    ones = np.ones(len(pairs))
    return Ties(tuple(nodes), pairs[:, 0], pairs[:, 1], ones.astype(np.int8), ones)


def made(across: float) -> tuple[list[str], NDArray[np.int64], dict[str, int]]:
    """Return a network of 240 nodes in 8 groups, as names, pairs, and groups by name."""
    network = planted.network(240, 480, 8, across=across, seed=2)
    nodes = sorted(network)
    pairs = sorted((nodes.index(a), nodes.index(b)) for a, b in network.edges())
    return nodes, np.array(pairs), {name: network.nodes[name]["group"] for name in nodes}


def test_planted_groups_are_found_and_no_chance() -> None:
    nodes, pairs, groups = made(0.1)
    found = division(ties_of(nodes, pairs))
    assert found.real
    assert len(found.rewired) == 39
    alike = [len({groups[name] for name in group}) == 1 for group in found.groups if len(group) > 9]
    assert len(alike) >= 8
    assert sum(alike) / len(alike) > 0.8
    assert found == division(ties_of(nodes, pairs))


@pytest.mark.parametrize("seed", range(3))
def test_where_ties_are_rewired_no_group_is_real(seed: int) -> None:
    nodes, pairs, _ = made(0.1)
    swapped = rewired(pairs, len(nodes), np.random.default_rng(seed))
    assert not division(ties_of(nodes, swapped)).real


def test_neither_directions_nor_repeated_ties_count() -> None:
    nodes, pairs, _ = made(0.2)
    twice = np.concatenate([pairs, pairs[::2, ::-1], np.array([[5, 5]])])
    assert division(ties_of(nodes, twice)) == division(ties_of(nodes, pairs))


@pytest.mark.parametrize("pairs", [[], [(0, 1)], [(0, 0)]])
def test_what_cannot_be_rewired_has_no_groups(pairs: list[tuple[int, int]]) -> None:
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    assert not division(ties_of(["a", "b"], ends)).real


@given(st.sets(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=2), st.integers(0, 99))
@depth.examples(60)
def test_rewiring_keeps_how_many_ties_each_has(ends: set[tuple[int, int]], seed: int) -> None:
    simple = sorted({(min(pair), max(pair)) for pair in ends if pair[0] != pair[1]})
    pairs = np.array(simple, dtype=np.int64).reshape(-1, 2)
    after = rewired(pairs, 15, np.random.default_rng(seed))
    assert np.array_equal(np.bincount(pairs.ravel()), np.bincount(after.ravel()))
    assert len({(min(pair), max(pair)) for pair in after.tolist()}) == len(pairs)
    assert (after[:, 0] != after[:, 1]).all()
