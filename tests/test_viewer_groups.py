"""Groups of a drawing: found where there are any, told by their most tied, none on another."""

from __future__ import annotations

from itertools import combinations
from math import dist

import networkx as nx
import planted
import pytest

from graph.build.outputs import with_groups
from graph.viewer.groups import CLOSED_ABOVE, groups
from graph.viewer.layout import discs
from graph.viewer.picture import Picture, picture


def drawn(network: nx.MultiDiGraph[str], status: str = "accepted") -> Picture:
    for *_, tie in network.edges(data=True):
        tie["status"] = status
    return picture(network)


@pytest.fixture(scope="module")
def large() -> Picture:
    """A network of 450 nodes in 9 groups, with a component of two beside it."""
    network = planted.network(450, 900, 9, across=0.1, seed=4)
    network.add_edge("lone", "other", 0)
    return drawn(network)


def test_planted_groups_are_given_to_the_page(large: Picture) -> None:
    found = with_groups(large).groups
    assert found is not None
    assert (len(found.found), found.rewired) == (9, 39)
    members = [name for group in found.found for name in group]
    assert len(members) == len(set(members))
    assert "lone" not in members
    for number, group in enumerate(found.record(450)["list"]):
        within = large.network.subgraph(found.found[number]).to_undirected()
        assert group["of"] == [*found.found[number][:3]]
        assert within.degree(group["of"][0]) == max(degree for _, degree in within.degree())


def test_groups_as_nodes_do_not_lie_on_each_other(large: Picture) -> None:
    found = with_groups(large).groups
    assert found is not None
    mixed = discs([[(30.0 * n, 7.0 * k) for n in range(20)] for k in range(4)])
    for places in (found.places, mixed):
        for (x, y, size), (x2, y2, size2) in combinations(places, 2):
            assert dist((x, y), (x2, y2)) > size + size2


def test_where_ties_are_at_random_the_page_is_told_that_there_are_none(large: Picture) -> None:
    swapped: nx.Graph[str] = nx.Graph(large.network)
    nx.double_edge_swap(swapped, 4000, 100_000, seed=1)
    found = with_groups(drawn(nx.MultiDiGraph(swapped.edges()))).groups
    assert found is not None
    assert (found.found, found.rewired < 39) == ([], True)
    assert not found.record(450)["closed"]


def test_what_is_rejected_makes_no_group() -> None:
    network = planted.network(120, 240, 6, across=0.05, seed=4)
    accepted, rejected = (
        with_groups(drawn(network.copy(), s)).groups for s in ("open", "rejected")
    )
    assert accepted is not None
    assert accepted.found
    assert rejected is not None
    assert not rejected.found


def test_a_small_network_is_seen_at_a_glance_and_a_middling_one_opens_whole() -> None:
    assert with_groups(drawn(planted.network(40, 80, 4, across=0.05, seed=1))).groups is None
    network = planted.network(100, 200, 4, across=0.05, seed=1)
    shown = drawn(network)
    found = groups(network, shown.looks, [sorted(network)[:3], sorted(network)[3:60]], 39)
    assert [len(members) for members in found.found] == [57]
    assert not found.record(CLOSED_ABOVE)["closed"]
    assert found.record(CLOSED_ABOVE + 1)["closed"]
