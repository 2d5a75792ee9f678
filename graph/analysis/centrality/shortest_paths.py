"""Measures of shortest ways that need more than a library has: from pivots, and between all pairs.

Both take many starts at once, as arrays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .. import engines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..arrays import Floats, Integers, Ties

    Words = NDArray[np.uint64]

PIVOTS = 500
"""So many starts stand for all where exact betweenness would take too long."""
EXACT_WORK = 50_000_000
"""Betweenness is exact while nodes times pairs that are tied are no more than this."""
_BATCH = 1_000_000
_SMALL = 1000
_BITS = np.array([number.bit_count() for number in range(256)], dtype=np.uint8)


def needs_pivots(ties: Ties) -> bool:
    """Return whether a simple network is too large for exact betweenness."""
    return ties.n > PIVOTS and ties.n * ties.m > EXACT_WORK


def betweenness(ties: Ties, *, pivots: int | None = None, seed: int = 0) -> Floats:
    """Return the betweenness of nodes, estimated from the shortest ways that begin at some.

    Freeman (1977) by the algorithm of Brandes (2001); pivots drawn at random without repetition as
    in Brandes and Pich (2007), "Centrality Estimation in Large Networks". A node's mean over the
    pivots other than itself stands for the mean over all other nodes.

    Args:
        ties: a simple undirected network; weights do not count.
        pivots: how many starts; all nodes if ``None`` or if there are no more, which is exact.
        seed: seed of the draw.

    Returns:
        Shape (n,), each from 0 to 1: the share of the pairs of others whose shortest ways lead
        through the node; where there are several shortest ways, the share of them.
    """
    n = ties.n
    if n < 3:
        return np.zeros(n)
    starts = np.arange(n)
    if pivots is not None and pivots < n:
        starts = np.sort(np.random.default_rng(seed).choice(n, max(pivots, 2), replace=False))
    offsets, others = engines.neighbours(ties)
    total = np.zeros(n)
    step = max(1, _BATCH // max(len(others), n))
    for first in range(0, len(starts), step):
        total += _dependencies(offsets, others, starts[first : first + step])
    from_others = np.full(n, len(starts), dtype=np.float64)
    from_others[starts] -= 1.0
    return total / from_others / (n - 2)


def _dependencies(offsets: Integers, others: Integers, starts: Integers) -> Floats:
    """Return for each node the sum of the dependencies of some starts on it. Shape (n,)."""
    n, k = len(offsets) - 1, len(starts)
    begun = np.arange(k) * n + starts  # node v seen from the i-th start has the number i n + v
    ways, seen = np.zeros(k * n), np.zeros(k * n, dtype=bool)
    place = np.zeros(k * n, dtype=np.int64)
    ways[begun], seen[begun] = 1.0, True
    front, levels = begun, []
    while len(front):
        tail, head = _onward(offsets, others, front, n)
        fresh = ~seen[head]
        tail, head = tail[fresh], head[fresh]
        np.add.at(ways, head, ways[tail])
        seen[head] = True
        count = np.arange(len(head))
        place[head] = count
        front = head[place[head] == count]
        levels.append((tail, head))
    found = np.zeros(k * n)
    for tail, head in reversed(levels):
        np.add.at(found, tail, ways[tail] / ways[head] * (1.0 + found[head]))
    found[begun] = 0.0
    return np.asarray(found.reshape(k, n).sum(axis=0))


def _onward(
    offsets: Integers, others: Integers, front: Integers, n: int
) -> tuple[Integers, Integers]:
    """Return all steps from some numbers (start times n plus node) to their neighbours."""
    node = front % n
    count = offsets[node + 1] - offsets[node]
    ends = np.cumsum(count)
    which = np.repeat(offsets[node] - (ends - count), count) + np.arange(int(count.sum()))
    return np.repeat(front, count), others[which] + np.repeat(front - node, count)


def distance_sums(ties: Ties) -> tuple[Floats, Floats, Floats]:
    """Return what closeness is made of, for each node of a simple undirected network.

    Returns:
        How many others it reaches, the sum of the distances to them, and the sum of one divided
        by each distance; shape (n,) each.
    """
    if ties.n == 0:
        return np.zeros(0), np.zeros(0), np.zeros(0)
    if ties.n <= _SMALL:
        import rustworkx as rx

        far = rx.graph_distance_matrix(engines.as_rustworkx(ties), parallel_threshold=2**62)
        near = np.divide(1.0, far, out=np.zeros_like(far), where=far > 0)
        return (far > 0).sum(axis=1).astype(np.float64), far.sum(axis=1), near.sum(axis=1)
    offsets, others = engines.neighbours(ties)
    tied = np.flatnonzero(np.diff(offsets))
    found = np.zeros((3, ties.n))
    for first in range(0, ties.n, 64):
        starts = np.arange(first, min(first + 64, ties.n))
        _spread(offsets[tied], others, tied, starts, found)
    return found[0], found[1], found[2]


def _spread(
    offsets: Integers, others: Integers, tied: Integers, starts: Integers, found: Floats
) -> None:
    """Add what up to 64 starts contribute; each is one bit of a number (Then et al. 2014).

    "The More the Merrier: Efficient Multi-Source Graph Traversal". Distances are the same in both
    directions, so what a node is reached by is also what it reaches.

    Args:
        offsets: where the neighbours of each node that has any begin.
        others: the neighbours.
        tied: the nodes that have neighbours.
        starts: the nodes to begin at.
        found: reached others, sum of distances, sum of their inverses, shape (3, n); added to.
    """
    seen: Words = np.zeros(found.shape[1], dtype=np.uint64)
    seen[starts] = np.uint64(1) << np.arange(len(starts), dtype=np.uint64)
    front, distance = seen.copy(), 0
    while len(tied):
        distance += 1
        new = np.bitwise_or.reduceat(front[others], offsets) & ~seen[tied]
        if not new.any():
            return
        front[:] = 0
        front[tied] = new
        seen[tied] |= new
        bits = _BITS[new.view(np.uint8)].reshape(-1, 8).sum(axis=1, dtype=np.int64)
        found[:, tied] += bits * np.array([[1.0], [float(distance)], [1.0 / distance]])
