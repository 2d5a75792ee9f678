"""Parts of a network: communities, whose members are tied more among themselves, and components."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from ...errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..arrays import Integers, Sign, Ties

    Groups = tuple[frozenset[str], ...]

Method = Literal["leiden", "louvain", "leiden-igraph"]
METHODS: tuple[Method, ...] = ("leiden", "louvain", "leiden-igraph")
LARGE = 2000
"""Above so many tied pairs Louvain is computed by NetworKit, below by NetworkX."""
_ROUNDS = 10


def communities(
    ties: Ties,
    *,
    method: Method = "leiden",
    seed: int = 0,
    resolution: float = 1.0,
    sign: Sign = "not-negative",
) -> Groups:
    """Return a division of the nodes into communities that has a high modularity.

    No method finds the best division for certain, and others may be as good: compare seeds.
    ``leiden`` is that of Traag, Waltman and van Eck 2019, "From Louvain to Leiden: Guaranteeing
    Well-Connected Communities", as NetworKit has it; ``leiden-igraph`` the same as igraph has it,
    where that is installed; ``louvain`` that of Blondel, Guillaume, Lambiotte and Lefebvre 2008,
    "Fast Unfolding of Communities in Large Networks", by NetworkX, and for large networks that of
    Staudt and Meyerhenke 2016, "Engineering Parallel Algorithms for Community Detection in
    Massive Networks", by NetworKit. One thread computes, so a seed gives one result.

    Args:
        ties: the network; directions do not count, weights do.
        method: ``leiden``, ``louvain`` or ``leiden-igraph``.
        seed: from 0.
        resolution: above 1 more and smaller communities, below 1 fewer and larger ones.
        sign: which ties count.

    Returns:
        Ids of nodes; the largest community first, then by the first id. A node without ties is
        one by itself.

    Raises:
        UsageError: the method is unknown, igraph is not installed, or a number does not fit.
    """
    if method not in METHODS:
        raise UsageError(f'"{method}" finds no communities; it is one of {", ".join(METHODS)}')
    if seed < 0 or not (np.isfinite(resolution) and resolution > 0):
        raise UsageError("communities need a seed from 0 and a resolution above 0")
    simple = ties.of_sign(sign).simple(directed=False)
    if not simple.m:
        labels = np.arange(simple.n)
    elif method == "leiden-igraph":
        labels = _by_igraph(simple, seed, resolution)
    elif method == "leiden" or simple.m > LARGE:
        labels = _by_networkit(simple, method, seed, resolution)
    else:
        labels = _by_networkx(simple, seed, resolution)
    return _groups(simple.nodes, labels)


def modularity(
    ties: Ties,
    groups: Iterable[Iterable[str]],
    *,
    resolution: float = 1.0,
    sign: Sign = "not-negative",
) -> float:
    """Return how much more ties lie within groups than chance would have it.

    The share of the weight of ties within groups, less the share that is expected if ties joined
    ends at random. Newman and Girvan 2004, "Finding and Evaluating Community Structure in
    Networks"; with weights Newman 2004, "Analysis of Weighted Networks"; with a resolution
    Reichardt and Bornholdt 2006, "Statistical Mechanics of Community Detection".

    Args:
        ties: the network; directions do not count, weights do.
        groups: ids of nodes; each node of the network in one group.
        resolution: weight of what is expected.
        sign: which ties count.

    Returns:
        From -1/2 to below 1 at resolution 1; ``nan`` if there are no ties.

    Raises:
        UsageError: a node is in no group, in several, or not in the network.
    """
    simple = ties.of_sign(sign).simple(directed=False)
    labels = _labels(simple.nodes, groups)
    if not simple.m:
        return float("nan")
    count = int(labels.max()) + 1
    total = simple.weight.sum()
    within = simple.weight[labels[simple.source] == labels[simple.target]].sum()
    ends = np.bincount(np.concatenate((labels[simple.source], labels[simple.target])),
                       np.concatenate((simple.weight, simple.weight)), count)  # fmt: skip
    return float(within / total - resolution * ((ends / (2.0 * total)) ** 2).sum())


def _by_networkit(ties: Ties, method: Method, seed: int, resolution: float) -> Integers:
    import networkit as nk

    before = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    try:
        nk.setSeed(seed, False)
        entries = (ties.weight, (ties.source, ties.target))
        drawn = nk.GraphFromCoo(entries, n=ties.n, weighted=True)
        if method == "leiden":
            found = nk.community.ParallelLeiden(drawn, iterations=_ROUNDS, gamma=resolution)
        else:
            found = nk.community.PLM(drawn, gamma=resolution, par="none randomized")
        found.run()
        return np.array(found.getPartition().getVector(), dtype=np.int64)
    finally:
        nk.setNumberOfThreads(before)


def _by_networkx(ties: Ties, seed: int, resolution: float) -> Integers:
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(ties.n))
    rows = zip(ties.source.tolist(), ties.target.tolist(), ties.weight.tolist(), strict=True)
    graph.add_weighted_edges_from(rows)
    labels = np.zeros(ties.n, dtype=np.int64)
    found = nx.community.louvain_communities(graph, seed=seed, resolution=resolution)
    for number, group in enumerate(found):
        labels[sorted(group)] = number
    return labels


def _by_igraph(ties: Ties, seed: int, resolution: float) -> Integers:
    import random

    try:
        import igraph
    except ImportError as error:
        raise UsageError('leiden-igraph needs the package igraph; "leiden" does not') from error
    drawn = igraph.Graph(ties.n, np.column_stack((ties.source, ties.target)).tolist())
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 — for research
    try:
        found = drawn.community_leiden(
            "modularity", weights=ties.weight.tolist(), resolution=resolution, n_iterations=-1
        )
    finally:
        igraph.set_random_number_generator(random)
    return np.array(found.membership, dtype=np.int64)


def _groups(nodes: Sequence[str], labels: Integers) -> Groups:
    members: dict[int, list[str]] = {}
    for node, label in zip(nodes, labels.tolist(), strict=True):
        members.setdefault(label, []).append(node)
    listed = sorted(members.values(), key=lambda group: (-len(group), min(group)))
    return tuple(frozenset(group) for group in listed)


def _labels(nodes: Sequence[str], groups: Iterable[Iterable[str]]) -> Integers:
    index = {node: number for number, node in enumerate(nodes)}
    labels = np.full(len(nodes), -1, dtype=np.int64)
    for number, group in enumerate(groups):
        for node in group:
            if node not in index:
                raise UsageError(f'the network has no node "{node}"')
            if labels[index[node]] >= 0:
                raise UsageError(f'the node "{node}" is in several groups')
            labels[index[node]] = number
    if (labels < 0).any():
        missing = nodes[int(np.flatnonzero(labels < 0)[0])]
        raise UsageError(f'the node "{missing}" is in no group')
    return labels
