"""Positions of nodes on a plane, computed once, so that a picture stays as it is."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from scipy.ndimage import binary_dilation
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from . import forces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from .forces import Links, Points

    Squares = NDArray[np.bool_]
    Disc = tuple[float, float, float]
    Shape = tuple[int, tuple[tuple[int, int], ...]]

_ROOM = np.array([112.0, 54.0])
"""Width and height that a node needs with two lines of its name under it."""

_NAMED, _DOT = 400, np.array([36.0, 36.0])
"""Of more nodes than these not all names can be seen, and each needs room for itself alone."""

_FILL = 0.4
"""So much of the disc that holds most nodes is their room; more hides groups, less needs paper."""

_OF_A_GROUP = 22.0
"""Radius of a group that is drawn as one node, by the root of the number of its members."""

_ASPECT = 1.5
"""Width of a picture by its height, as a screen has it."""

_STRETCH = 0.7
"""So far towards that a component is stretched; more parts neighbours that stood together."""

_STEPS, _LEAST, _PARTING = 250, 60, 80
EFFORT = 2_400_000
"""So many nodes are moved by forces, in all steps together; it takes some seconds."""
_PIVOTS = 50
_SEED = 7


def positions(network: nx.MultiDiGraph[str]) -> dict[str, tuple[float, float]]:
    """Return a position for every node of a network.

    Each component is laid out by itself (``forces.settled``), its longer side lying, and given
    room for names; they stand around the largest, in a wide frame. Where there are so many
    nodes that this would take more than ``EFFORT``, there are fewer steps. Neither the order of
    nodes and edges nor the clock has any influence.

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
    steps = _steps(sum(count for count, _ in set(shapes)))
    blocks = [_of_shape(*shape, steps) for shape in shapes]
    found: dict[str, tuple[float, float]] = {}
    for component, points in zip(components, _packed(blocks), strict=True):
        for node, (x, y) in zip(component, points.tolist(), strict=True):
            found[node] = (round(x, 1), round(y, 1))
    return found


def mirrored(
    places: Mapping[str, tuple[float, float]], like: Mapping[str, Sequence[float]]
) -> dict[str, tuple[float, float]]:
    """Return places turned over, left and right or top and bottom, if that is more like others.

    Args:
        places: x and y by id of the node.
        like: x and y, and perhaps more, of all these nodes.
    """
    if not places:
        return {}
    points, others = np.array([*places.values()]), np.array([like[name][:2] for name in places])
    leaning = ((points - points.mean(axis=0)) * (others - others.mean(axis=0))).sum(axis=0)
    turned = np.where(leaning < 0.0, points.min(axis=0) + points.max(axis=0) - points, points)
    return {name: (x, y) for name, (x, y) in zip(places, turned.round(1).tolist(), strict=True)}


def discs(groups: Sequence[Sequence[Sequence[float]]]) -> list[Disc]:
    """Return where groups of nodes stand as one node each: among their members, none on another.

    Args:
        groups: x and y of the members of each.

    Returns:
        x, y and radius of each, rounded; its area grows with the number of members.
    """
    if not groups:
        return []
    radii = np.sqrt([len(members) for members in groups]) * _OF_A_GROUP
    middles = np.array([np.mean(members, axis=0) for members in groups])
    rooms = (2.4 * radii)[:, None] * np.ones(2)
    placed = np.column_stack([_spread(middles, rooms), radii]).round(1).tolist()
    return [(x, y, radius) for x, y, radius in placed]


def _by_size(component: Sequence[str]) -> tuple[int, str]:
    return (-len(component), component[0])


def _shape(simple: nx.Graph[str], component: Sequence[str]) -> Shape:
    """Return how many nodes a component has, and which are joined, by their places in it."""
    index = {node: number for number, node in enumerate(component)}
    edges = ((index[a], index[b]) for a, b in simple.subgraph(component).edges())
    return len(component), tuple(sorted((min(e), max(e)) for e in edges))


def _steps(nodes: int) -> int:
    """Return in how many steps components of so many nodes are moved."""
    return max(_LEAST, min(_STEPS, EFFORT // max(nodes, 1)))


@lru_cache(maxsize=1024)
def _of_shape(count: int, edges: tuple[tuple[int, int], ...], steps: int) -> Points:
    """Return the layout of a component with nodes 0, 1, 2 and so on; most are alike and small.

    Args:
        count: its nodes.
        edges: which are joined.
        steps: how many the simulation takes.
    """
    if count == 1:
        return np.zeros((1, 2))
    links = np.array(edges, dtype=np.intp)
    degrees = np.bincount(links.ravel(), minlength=count)
    points = _lying(forces.settled(_start(count, links), links, steps))
    reach = float(np.quantile(np.hypot(*points.T), 0.9))
    points *= math.sqrt(count * float(_ROOM.prod()) / (_FILL * math.pi)) / max(reach, 1e-9)
    scales = np.minimum(0.85 + 0.15 * np.sqrt(degrees), 1.6)
    return _spread(points, scales[:, None] * (_ROOM if count <= _NAMED else _DOT))


def _start(count: int, links: Links) -> Points:
    """Return where the nodes stand before forces move them: as far apart as there are steps.

    PivotMDS of Brandes and Pich 2007, "Eigensolver methods for progressive multidimensional
    scaling of large data", with pivots far from each other. Nodes that this puts in one spot are
    parted by chance, the same each time.
    """
    joined = coo_array((np.ones(len(links)), (links[:, 0], links[:, 1])), (count, count)).tocsr()
    steps = [dijkstra(joined, directed=False, unweighted=True, indices=_hub(count, links))]
    nearest = steps[0]
    while len(steps) < min(_PIVOTS, count):
        far = int(nearest.argmax())
        steps.append(dijkstra(joined, directed=False, unweighted=True, indices=far))
        nearest = np.minimum(nearest, steps[-1])
    squares = np.square(np.array(steps).T)
    centred = squares - squares.mean(0) - squares.mean(1, keepdims=True) + squares.mean()
    axes = np.linalg.eigh(centred.T @ centred)[1][:, ::-1][:, :2]
    points = np.zeros((count, 2))
    points[:, : axes.shape[1]] = centred @ axes
    size = max(float(np.hypot(*points.T).mean()), 1e-9)
    chance = np.random.default_rng(_SEED).normal(0.0, 0.02, points.shape)
    found: Points = (points / size * 2.0 + chance) * math.sqrt(count)
    return found


def _hub(count: int, links: Links) -> int:
    return int(np.bincount(links.ravel(), minlength=count).argmax())


def _lying(points: Points) -> Points:
    """Return points around their middle, turned and stretched so that they are wider than high."""
    centred = points - np.median(points, axis=0)
    axes = np.linalg.eigh(centred.T @ centred)[1][:, ::-1]
    turned: Points = centred @ (axes * np.sign(axes[np.abs(axes).argmax(axis=0), (0, 1)]))
    width, height = np.quantile(turned, 0.98, axis=0) - np.quantile(turned, 0.02, axis=0)
    narrow = max(1.0, _ASPECT * height / max(width, 1e-9)) ** (_STRETCH / 2.0)
    stretched: Points = turned * np.array([narrow, 1.0 / narrow])
    return stretched


def _spread(points: Points, rooms: Points) -> Points:
    """Push nodes apart, step by step, until none stands in the room of another.

    Args:
        points: x and y of each node.
        rooms: width and height that each node needs.
    """
    widest = rooms.max(axis=0)
    for _ in range(_PARTING):
        near = cKDTree(points / widest).query_pairs(1.0, p=np.inf, output_type="ndarray")
        one, other = near[:, 0], near[:, 1]
        apart = points[one] - points[other]
        room = (rooms[one] + rooms[other]) / 2.0
        lacking = room - np.abs(apart)
        touching = lacking.min(axis=1) > 0.0
        if not touching.any():
            break
        sideways = lacking[:, 0] / room[:, 0] < lacking[:, 1] / room[:, 1]
        axis = np.stack([sideways, ~sideways], axis=1) & touching[:, None]
        push = 0.25 * np.where(apart == 0.0, -1.0, np.sign(apart)) * lacking * axis
        points = points + forces.summed(one, other, push, len(points))
    return points


def _packed(blocks: Sequence[Points]) -> list[Points]:
    """Put blocks of points around the first, the largest.

    Each takes the squares of a mesh between its nodes, and is put where the frame of ``_ASPECT``
    around all grows least and where it touches no other: in the corners, then around (Freivalds,
    Dogrusoz and Kikusts 2002, "Disconnected graph layout and the polyomino packing approach").
    """
    if not blocks:
        return []
    side = float(_ROOM.max())
    shapes = [_squares(block / side) for block in blocks]
    first = np.array(shapes[0].shape)
    size = first + 2 * (max(max(shape.shape) for shape in shapes[1:]) if shapes[1:] else 0)
    size += 2 * math.isqrt(sum(shape.size for shape in shapes[1:])) + 2
    taken = np.zeros(size, dtype=bool)
    middle = size / 2.0
    corner = (size - first) // 2
    found: list[Points] = []
    free: dict[tuple[object, bytes], Iterator[NDArray[np.intp]]] = {}
    for block, shape in zip(blocks, shapes, strict=True):
        if found:
            key = shape.shape, shape.tobytes()
            if key not in free:
                free[key] = _corners(taken, binary_dilation(shape, np.ones((3, 3))), middle)
            corner = next(free[key])
        taken[tuple(slice(a, a + n) for a, n in zip(corner, shape.shape, strict=True))] |= shape
        found.append(block - block.min(axis=0) + (corner + 1) * side)
    least = np.min([block.min(axis=0) for block in found], axis=0)
    return [block - least for block in found]


def _squares(points: Points) -> Squares:
    """Return which squares of a mesh points lie in or between, with one free on each side."""
    at = np.floor(points - points.min(axis=0)).astype(np.intp) + 1
    taken = np.zeros(at.max(axis=0) + 2, dtype=bool)
    taken[at[:, 0], at[:, 1]] = True
    before, behind = (
        np.maximum.accumulate(taken, 0) & np.maximum.accumulate(taken, 1),
        np.maximum.accumulate(taken[::-1, ::-1], 0) & np.maximum.accumulate(taken[::-1, ::-1], 1),
    )
    filled: Squares = taken | (before & behind[::-1, ::-1])
    return filled


def _corners(
    taken: Squares, shape: Squares, middle: NDArray[np.float64]
) -> Iterator[NDArray[np.intp]]:
    """Yield the corners at which a shape is free, by the frames around the middle, smallest first.

    Most components are small and of few shapes, so each place is looked at once for a shape, not
    once for a component.

    Args:
        taken: squares that are taken; more may be, but none less, from one corner to the next.
        shape: the squares that it takes.
        middle: of the mesh.
    """
    places = np.array(taken.shape) - shape.shape + 1
    free = np.ones(places, dtype=bool)
    for x, y in np.argwhere(shape):
        free &= ~taken[x : x + places[0], y : y + places[1]]
    across, down = (
        np.maximum(np.abs(np.arange(count) - half), np.abs(np.arange(count) + length - half))
        for count, length, half in zip(places, shape.shape, middle, strict=True)
    )
    frame = np.maximum(across[:, None] / _ASPECT, down[None, :]) + 1e-3 * (across[:, None] + down)
    yield np.array(np.unravel_index(np.where(free, frame, np.inf).argmin(), frame.shape))
    left = np.argwhere(free)
    for corner in left[np.argsort(frame[free], kind="stable")]:
        x, y = corner
        if not (taken[x : x + shape.shape[0], y : y + shape.shape[1]] & shape).any():
            yield corner
