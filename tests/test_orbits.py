"""Orbits of coloured graphs, against every map of a small graph onto itself."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
import rustworkx as rx
from depth import examples
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis import orbits as module
from graph.analysis.orbits import orbits, refined

if TYPE_CHECKING:
    from graph.analysis.orbits import Coloured

    Edges = dict[tuple[int, int], str]


def made(colours: str, edges: Edges) -> Coloured:
    found: Coloured = rx.PyDiGraph()
    found.add_nodes_from([*colours])
    for (start, end), label in edges.items():
        found.add_edge(start, end, label)
    return found


def by_every_map(colours: str, edges: Edges) -> list[list[int]]:
    """Return the orbits, by trying all maps of the nodes onto themselves."""
    numbers = range(len(colours))
    reached: dict[int, set[int]] = {one: set() for one in numbers}
    for new in permutations(numbers):
        same = all(colours[one] == colours[new[one]] for one in numbers)
        if same and {(new[a], new[b]): x for (a, b), x in edges.items()} == edges:
            for one in numbers:
                reached[one].add(new[one])
    return [list(one) for one in sorted({tuple(sorted(one)) for one in reached.values()})]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[str, Edges]:
    size = draw(st.integers(1, 6))
    colours = "".join(draw(st.lists(st.sampled_from("aab"), min_size=size, max_size=size)))
    pairs = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1))
    return colours, draw(st.dictionaries(pairs, st.sampled_from("xxy"), max_size=9))


@given(graphs())
@examples(400)
def test_they_are_those_of_all_maps(given_graph: tuple[str, Edges]) -> None:
    colours, edges = given_graph
    found = orbits(made(colours, edges), range(len(colours)))
    assert found == by_every_map(colours, edges)


@given(graphs(), st.randoms(use_true_random=False))
@examples(100)
def test_they_do_not_hang_on_the_order_of_nodes(
    given_graph: tuple[str, Edges], random: object
) -> None:
    colours, edges = given_graph
    new = [*range(len(colours))]
    random.shuffle(new)  # type: ignore[attr-defined]
    mixed = "".join(colours[new.index(at)] for at in range(len(colours)))
    moved = made(mixed, {(new[a], new[b]): x for (a, b), x in edges.items()})
    found = {frozenset(one) for one in orbits(moved, range(len(colours)))}
    expected = orbits(made(colours, edges), range(len(colours)))
    assert found == {frozenset(new[at] for at in one) for one in expected}


def ring(*nodes: int) -> Edges:
    return {(one, nodes[(at + 1) % len(nodes)]): "x" for at, one in enumerate(nodes)}


RINGS = {**ring(0, 1, 2, 3, 4, 5), **ring(6, 7, 8), **ring(9, 10, 11)}


def test_where_refinement_is_too_coarse_they_are_told_apart() -> None:
    """A ring of six beside two of three: each node has one before and one after it."""
    graph = made("a" * 12, RINGS)
    assert len(set(refined(graph))) == 1
    assert orbits(graph, range(12)) == [[*range(6)], [*range(6, 12)]]


def test_a_search_that_is_given_up_tells_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_STEPS", 0)
    graph = made("a" * 15, {**RINGS, (12, 13): "x", (12, 14): "x"})
    assert orbits(graph, range(15)) == [*([one] for one in range(13)), [13, 14]]


@pytest.mark.parametrize("leaves", [2000])
def test_those_around_one_are_found_without_a_search(leaves: int) -> None:
    graph = made("h" + "a" * leaves, {(0, one): "x" for one in range(1, leaves + 1)})
    assert orbits(graph, range(1, leaves + 1)) == [[*range(1, leaves + 1)]]
