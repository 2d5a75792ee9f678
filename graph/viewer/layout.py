"""Positions of nodes on a plane, computed once, so that a picture stays as it is."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Shape = tuple[int, tuple[tuple[int, int], ...]]

FORCES_UP_TO = 500
"""Above so many nodes the simulation of forces takes too long."""

_ROOM = (112.0, 54.0)
"""Width and height that a node needs with two lines of its name under it."""

_FRINGE = 0.6
"""Power of the distance from the middle; below 1 it brings far-off nodes nearer."""

_GAP = 40.0
_STEPS, _LEAST = 300, 50
"""So many steps the simulation takes, and where the effort has to be shared, at least."""
EFFORT = _STEPS * FORCES_UP_TO**2
"""So many pairs of nodes push each other apart, in all steps together; it takes some seconds."""
_SEED = 7


def positions(network: nx.MultiDiGraph[str]) -> dict[str, tuple[float, float]]:
    """Return a position for every node of a network.

    Each component is laid out by itself: with ForceAtlas2 up to ``FORCES_UP_TO`` nodes, and as a
    tree around its best-connected node above that. Where there are so many that this would take
    more than ``EFFORT``, each has fewer steps, and if these were too few, the largest are trees.
    The components stand side by side, the largest first. Neither the order of nodes and edges nor
    the clock has any influence.

    Args:
        network: any network; directions and the number of parallel edges do not matter.

    Returns:
        x and y by id of the node, rounded, with y growing downwards.
    """
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(sorted(network))
    simple.add_edges_from(sorted({(min(ends), max(ends)) for ends in network.edges()}))
    simple.remove_edges_from(list(nx.selfloop_edges(simple)))
    components = sorted((sorted(c) for c in nx.connected_components(simple)), key=_by_size)
    shapes = [_shape(simple, component) for component in components]
    simulated, steps = _share(sorted(set(shapes)))
    blocks = [_of_shape(*shape, steps if shape in simulated else 0) for shape in shapes]
    found: dict[str, tuple[float, float]] = {}
    for component, points in zip(components, _packed(blocks), strict=True):
        for node, (x, y) in zip(component, points.tolist(), strict=True):
            found[node] = (round(x, 1), round(y, 1))
    return found


def _by_size(component: Sequence[str]) -> tuple[int, str]:
    return (-len(component), component[0])


def _shape(simple: nx.Graph[str], component: Sequence[str]) -> Shape:
    """Return how many nodes a component has, and which are joined, by their places in it."""
    index = {node: number for number, node in enumerate(component)}
    edges = ((index[a], index[b]) for a, b in simple.subgraph(component).edges())
    return len(component), tuple(sorted((min(e), max(e)) for e in edges))


def _share(shapes: Sequence[Shape]) -> tuple[set[Shape], int]:
    """Return which components are simulated, and in how many steps.

    Args:
        shapes: of all components, each once, the smallest first.
    """
    simulated: set[Shape] = set()
    pairs = 0
    for shape in shapes:
        if shape[0] > FORCES_UP_TO or (pairs + shape[0] ** 2) * _LEAST > EFFORT:
            break
        simulated.add(shape)
        pairs += shape[0] ** 2
    return simulated, min(_STEPS, EFFORT // max(pairs, 1))


@lru_cache(maxsize=1024)
def _of_shape(count: int, edges: tuple[tuple[int, int], ...], steps: int) -> Points:
    """Return the layout of a component with nodes 0, 1, 2 and so on; most are alike and small.

    Args:
        count: its nodes.
        edges: which are joined.
        steps: how many the simulation takes; 0 for a tree.
    """
    if count == 1:
        return np.zeros((1, 2))
    part: nx.Graph[int] = nx.Graph()
    part.add_nodes_from(range(count))
    part.add_edges_from(edges)
    if not steps:
        return _tree(part)
    degrees = np.array([part.degree(node) for node in range(count)], dtype=np.float64)
    return _spread(_forces(part, steps), 0.85 + 0.15 * np.sqrt(degrees), steps)


def _forces(part: nx.Graph[int], steps: int) -> Points:
    """Return what ForceAtlas2 gives, drawn in at the fringe, and wide enough for names."""
    found = nx.forceatlas2_layout(part, max_iter=steps, seed=_SEED, scaling_ratio=4.0, gravity=1.5)
    points = np.array([found[node] for node in range(len(part))], dtype=np.float64)
    points -= np.median(points, axis=0)
    distance = np.maximum(np.hypot(points[:, 0], points[:, 1]), 1e-9)
    points *= (distance ** (_FRINGE - 1.0))[:, None]
    wanted = 0.45 * math.sqrt(len(part) * _ROOM[0] * _ROOM[1])
    points *= wanted / float((distance**_FRINGE).mean())
    return points


def _spread(points: Points, scales: Points, steps: int) -> Points:
    """Push nodes apart, step by step, until none covers the name of another.

    Args:
        points: x and y of each node.
        scales: how much more room than usual each node needs.
        steps: how many at most.
    """
    room = (scales[:, None, None] + scales[None, :, None]) / 2.0 * np.array(_ROOM)
    for _ in range(steps):
        apart = points[:, None, :] - points[None, :, :]
        lacking = room - np.abs(apart)
        lacking[np.arange(len(points)), np.arange(len(points))] = -1.0
        touching = np.minimum(lacking[..., 0], lacking[..., 1]) > 0.0
        if not touching.any():
            break
        sideways = lacking[..., 0] / room[..., 0] < lacking[..., 1] / room[..., 1]
        axis = np.stack([sideways, ~sideways], axis=2) & touching[..., None]
        direction = np.where(apart == 0.0, _tie_break(len(points))[..., None], np.sign(apart))
        points = points + 0.25 * (direction * lacking * axis).sum(axis=1)
    return points


def _tie_break(count: int) -> Points:
    """Return +1 or -1 for each pair, so that nodes in one spot part by their order."""
    order = np.arange(count, dtype=np.float64)
    return np.sign(order[:, None] - order[None, :])


def _tree(part: nx.Graph[int]) -> Points:
    """Place nodes on rings around the best-connected one, each within its parent's angle."""
    root = max(part, key=lambda node: (part.degree(node), node))
    children = nx.bfs_tree(part, root, sort_neighbors=sorted)
    leaves: dict[int, int] = {}
    for node in reversed(list(nx.topological_sort(children))):
        leaves[node] = sum(leaves[child] for child in children[node]) or 1
    step = max(2.0 * _ROOM[1], leaves[root] * _ROOM[1] / (2.0 * math.pi * 3.0))
    places = {root: (0.0, 0.0)}
    sectors = {root: (0.0, 2.0 * math.pi)}
    for ring, layer in enumerate(nx.bfs_layers(children, root)):
        for node in layer:
            begin, width = sectors[node]
            middle, radius = begin + width / 2.0, ring * step
            places[node] = (radius * math.cos(middle), radius * math.sin(middle))
            for child in children[node]:
                share = width * leaves[child] / leaves[node]
                sectors[child] = (begin, share)
                begin += share
    return np.array([places[node] for node in range(len(part))])


def _packed(blocks: Sequence[Points]) -> list[Points]:
    """Put blocks of points side by side, in rows under one another."""
    sizes = [np.ptp(block, axis=0) + np.array(_ROOM) + _GAP for block in blocks]
    area = sum(float(size[0] * size[1]) for size in sizes)
    row_width = max([math.sqrt(1.1 * area), *(float(size[0]) for size in sizes)])
    left = top = height = 0.0
    found = []
    for block, size in zip(blocks, sizes, strict=True):
        if left and left + size[0] > row_width:
            left, top, height = 0.0, top + height, 0.0
        found.append(block - block.min(axis=0) + np.array([left, top]))
        left += float(size[0])
        height = max(height, float(size[1]))
    return found
