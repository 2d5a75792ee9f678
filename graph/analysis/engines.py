"""What computes on the arrays of a network: rustworkx and SciPy.

On arrays both are quicker than NetworkX even for a hundred ties, so there is no size from which on
another library takes over; they agree with it within 1e-9, and so do the few roads here that only
small or only large networks take (held by tests). Everything takes a network that is simple (see
``Ties.simple``), ignores its signs, and draws nothing at random. Sums are made by one thread, so
their last digit does not change between runs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import UsageError

if TYPE_CHECKING:
    import rustworkx as rx
    from numpy.typing import NDArray

    from .arrays import Floats, Integers, Mask, Ties

    Matrix = Any
    """A ``scipy.sparse.csr_array``."""

DAMPING = 0.85
_ONE_THREAD = 2**62
_CLOSE_ENOUGH = 1e-13
_MOST_STEPS = 1000
_DENSE = 20
"""Eigenvectors of so few nodes are quicker from a dense matrix."""
_MANY = 20_000
"""Above so many tied pairs cores are found on the arrays, without a graph of rustworkx."""
_BLOCK = 4_000_000
"""About so many numbers are held at once where a product of matrices goes block by block."""


def as_rustworkx(ties: Ties) -> rx.PyGraph[int | None, None]:
    """Return a simple network as an undirected graph of rustworkx; node i has the index i."""
    import rustworkx as rx

    found: rx.PyGraph[int | None, None] = rx.PyGraph(multigraph=False)
    found.add_nodes_from(range(ties.n))
    found.extend_from_edge_list(list(zip(ties.source.tolist(), ties.target.tolist(), strict=True)))
    return found


def _matrix(ties: Ties, *, weighted: bool) -> Matrix:
    """Return the matrix of a simple network, symmetric unless the network is directed.

    Args:
        ties: the network.
        weighted: whether entries are the weights; else all are 1.

    Returns:
        A ``scipy.sparse.csr_array`` of shape (n, n); row is source, column is target.
    """
    from scipy.sparse import coo_array

    entries = ties.weight if weighted else np.ones(ties.m)
    source, target = ties.source, ties.target
    if not ties.directed:
        source, target = np.concatenate((source, target)), np.concatenate((target, source))
        entries = np.concatenate((entries, entries))
    return coo_array((entries, (source, target)), shape=(ties.n, ties.n)).tocsr()


def part(ties: Ties, stays: Mask) -> Ties:
    """Return a network with some of its nodes and the ties between them.

    Args:
        ties: the network.
        stays: true for the nodes that stay, shape (n,).
    """
    kept = ties.only(stays[ties.source] & stays[ties.target])
    index = np.cumsum(stays) - 1
    nodes = tuple(node for node, stay in zip(ties.nodes, stays.tolist(), strict=True) if stay)
    return replace(kept, nodes=nodes, source=index[kept.source], target=index[kept.target])


def exact_betweenness(ties: Ties) -> Floats:
    """Return Freeman's betweenness, normalised, by the algorithm of Brandes (2001).

    Args:
        ties: a simple undirected network.

    Returns:
        Shape (n,), each from 0 to 1.
    """
    import rustworkx as rx

    found = rx.graph_betweenness_centrality(as_rustworkx(ties), parallel_threshold=_ONE_THREAD)
    return np.fromiter(found.values(), dtype=np.float64, count=ties.n)


def coreness(ties: Ties) -> Floats:
    """Return for each node the largest k of a k-core that it is in. Shape (n,)."""
    if ties.m > _MANY:
        return _peeled(ties)
    import rustworkx as rx

    found: Any = rx.graph_core_number(as_rustworkx(ties))
    return np.array([found[index] for index in range(ties.n)], dtype=np.float64)


def _peeled(ties: Ties) -> Floats:
    """Return the same by taking away the nodes with fewest neighbours, many at once."""
    offsets, others = neighbours(ties)
    left = np.diff(offsets)
    found = np.zeros(ties.n)
    stays = np.arange(ties.n)
    k = 0
    while len(stays):
        k = max(k, int(left[stays].min()))
        front = stays[left[stays] <= k]
        while len(front):
            found[front] = k
            left[front] = -1
            around = np.concatenate([others[offsets[i] : offsets[i + 1]] for i in front.tolist()])
            around = around[left[around] > k]
            np.subtract.at(left, around, 1)
            front = np.unique(around[left[around] <= k])
        stays = stays[left[stays] >= 0]
    return found


def articulation(ties: Ties) -> Floats:
    """Return 1 for each node without which its component falls apart, else 0. Shape (n,)."""
    import rustworkx as rx

    found = np.zeros(ties.n)
    found[sorted(rx.articulation_points(as_rustworkx(ties)))] = 1.0
    return found


def component_numbers(ties: Ties) -> Integers:
    """Return the number of each node's weakly connected component. Shape (n,)."""
    if ties.n == 0:
        return np.zeros(0, dtype=np.int64)
    from scipy.sparse.csgraph import connected_components

    _, numbers = connected_components(_matrix(ties, weighted=False), directed=False)
    return np.asarray(numbers, dtype=np.int64)


def pagerank(ties: Ties) -> Floats:
    """Return PageRank with damping 0.85; what leaves a node without ties goes to all alike.

    Args:
        ties: a simple network; ties count by their weights.

    Returns:
        Shape (n,), together 1; the steps end when they change no more than 1e-13 in all.

    Raises:
        UsageError: the steps do not come to an end.
    """
    if ties.n == 0:
        return np.zeros(0)
    towards = _matrix(ties, weighted=True)
    out = np.asarray(towards.sum(axis=1)).ravel()
    stuck = out == 0
    share = DAMPING / np.where(stuck, 1.0, out)
    back = towards.T.tocsr()
    rank = np.full(ties.n, 1.0 / ties.n)
    for _ in range(_MOST_STEPS):
        spread = (DAMPING * rank[stuck].sum() + 1.0 - DAMPING) / ties.n
        following = back @ (rank * share) + spread
        following /= following.sum()
        change = np.abs(following - rank).sum()
        rank = following
        if change <= _CLOSE_ENOUGH:
            return np.asarray(rank)
    raise UsageError("PageRank does not settle on this network")


def leading_vector(ties: Ties) -> Floats:
    """Return the eigenvector of the largest eigenvalue of a connected undirected network.

    Args:
        ties: a simple, connected, undirected network of at least two nodes.

    Returns:
        Shape (n,), positive, of Euclidean length 1.

    Raises:
        UsageError: the eigenvector cannot be found.
    """
    from scipy.sparse.linalg import ArpackNoConvergence, eigsh

    links = _matrix(ties, weighted=False)
    if ties.n <= _DENSE:
        vector = np.linalg.eigh(links.toarray())[1][:, -1]
    else:
        try:
            vector = eigsh(links, k=1, which="LA", v0=np.ones(ties.n))[1][:, 0]
        except ArpackNoConvergence as error:
            raise UsageError("the eigenvector of this network cannot be found") from error
    return np.asarray(np.abs(vector))


def triangles(ties: Ties) -> Floats:
    """Return in how many triangles each node of a simple undirected network is. Shape (n,)."""
    links = _matrix(ties, weighted=False)
    return _over_ties(links, links, links)[0] / 2.0


def constraint(ties: Ties) -> Floats:
    """Return Burt's constraint of each node of a simple undirected network.

    For each of the others that a node is tied to, the share of its ties that goes to that one,
    directly and by way of a third, squared; and the sum of these. All ties count alike.

    Returns:
        Shape (n,); ``nan`` for a node without ties.
    """
    from scipy.sparse import diags_array

    links = _matrix(ties, weighted=False)
    degree = np.asarray(links.sum(axis=1)).ravel()
    share = (diags_array(1.0 / np.maximum(degree, 1.0)) @ links).tocsr()
    # Over the ties of i: (p_ij + sum_q p_iq p_qj)^2 = p^2 + 2 p s + s^2.
    by_third, squared = _over_ties(share, share, share)
    direct = np.asarray((share * share).sum(axis=1)).ravel()
    return np.where(degree > 0, direct + 2.0 * by_third + squared, np.nan)


def _over_ties(first: Matrix, second: Matrix, where: Matrix) -> tuple[Floats, Floats]:
    """Return sums over the entries of a matrix of what two others make when multiplied.

    Args:
        first: shape (n, n), with entries in the same places as ``where``.
        second: shape (n, n).
        where: shape (n, n); where it has no entry, the product does not count.

    Returns:
        For each row the sum of the product's entries, times those of ``where``, and the sum of
        the squares of the product's entries. Shape (n,) each.
    """
    n = first.shape[0]
    sums, squares = np.zeros(n), np.zeros(n)
    mask = where.copy()
    mask.data = np.ones_like(mask.data)
    work = np.concatenate(([0.0], np.cumsum(mask @ np.diff(second.indptr))))
    start = 0
    while start < n:
        end = max(start + 1, int(np.searchsorted(work, work[start] + _BLOCK, side="right")) - 1)
        product = (first[start:end] @ second) * mask[start:end]
        sums[start:end] = np.asarray((product * where[start:end]).sum(axis=1)).ravel()
        squares[start:end] = np.asarray((product * product).sum(axis=1)).ravel()
        start = end
    return sums, squares


def neighbours(ties: Ties) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return who is tied to whom in a simple undirected network.

    Returns:
        Offsets, shape (n + 1,), and neighbours, shape (2 m,): those of node i are from offset i
        to offset i + 1.
    """
    links = _matrix(ties, weighted=False)
    return links.indptr.astype(np.int64), links.indices.astype(np.int64)
