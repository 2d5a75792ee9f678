"""Made networks whose groups are known, and how far a drawing shows them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Points = NDArray[np.float64]

NEAREST = 10


def network(
    nodes: int, ties: int, groups: int, *, across: float, seed: int
) -> nx.MultiDiGraph[str]:
    """Return a connected network with heavy tails.

    Args:
        nodes: how many, named by numbers; ``group`` is the attribute with their group.
        ties: how many, no two between the same.
        groups: how many, of equal size.
        across: the share of ties that are drawn from all nodes and not from one group.
        seed: of the chance.
    """
    chance = random.Random(seed)  # noqa: S311
    names = [f"{number:06}" for number in range(nodes)]
    of = {name: number % groups for number, name in enumerate(names)}
    drawn: nx.Graph[str] = nx.Graph()
    drawn.add_nodes_from(names)
    all_ends, ends = [*names], [[n for n in names if of[n] == group] for group in range(groups)]

    def tie(one: str, other: str) -> None:
        drawn.add_edge(one, other)
        for end in (one, other):
            ends[of[end]].append(end)
            all_ends.append(end)

    for first, *rest in [list(members) for members in ends]:
        within = [first]
        for name in rest:
            other = chance.choice(within)
            tie(other, name)
            within += [other, name]
    while drawn.number_of_edges() < ties:
        one = chance.choice(all_ends)
        other = chance.choice(all_ends if chance.random() < across else ends[of[one]])
        if one != other and not drawn.has_edge(one, other):
            tie(one, other)
    nx.set_node_attributes(drawn, of, "group")
    return nx.MultiDiGraph(drawn)


def points(places: Mapping[str, tuple[float, float]], made: nx.MultiDiGraph[str]) -> Points:
    """Return x and y of each node of a network in its order."""
    return np.array([places[name] for name in made], dtype=np.float64)


def purity(made: nx.MultiDiGraph[str], points: Points) -> float:
    """Return the share of the nearest ten of a node that are of its group, on average."""
    groups = np.array([made.nodes[name]["group"] for name in made])
    near = cKDTree(points).query(points, NEAREST + 1)[1][:, 1:]
    return float((groups[near] == groups[:, None]).mean())


def kept(made: nx.MultiDiGraph[str], points: Points) -> float:
    """Return the share of a node's neighbours that are among as many of the nearest, on average."""
    tree, names = cKDTree(points), list(made)
    shares = []
    for number, name in enumerate(names):
        tied = set(nx.all_neighbors(made, name))
        near = np.atleast_1d(tree.query(points[number], len(tied) + 1)[1])
        shares.append(len(tied & {names[other] for other in near}) / len(tied))
    return float(np.mean(shares))


def room(points: Points) -> float:
    """Return the median distance of a node to the nearest, by the diagonal of the drawing."""
    nearest = cKDTree(points).query(points, 2)[0][:, 1]
    return float(np.median(nearest) / np.hypot(*np.ptp(points, axis=0)))
