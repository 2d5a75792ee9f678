"""Measures from arrays, and the same from NetworkX, both from ends of ties in arrays on.

What is ours takes ``Ties`` and gives arrays. NetworkX gets a simple graph without attributes but
weights, made by its own quickest way. Time includes the conversion on both sides, but not the
loading of packages: each work is done once on a small network first. Then small networks: how long
the worlds of a disputed network take.

Usage: ``python bench/measures.py [--sizes 1000000] [--ways 100000] [--draws 1000]``
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import measuring as m
import numpy as np
from measuring import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    import networkx as nx

    from graph.analysis.arrays import Floats, Ties

PIVOTS = 100
FOUR = ("degree", "component", "pagerank", "coreness")


def made(size: int, nodes: int | None = None) -> Ties:
    """Return a network of so many ties between different pairs; some nodes have many."""
    from graph.analysis.arrays import Ties

    chance = np.random.default_rng(7)
    n = nodes or max(10, int(size / 8))
    share = np.arange(1, n + 1) ** -0.6
    share /= share.sum()
    codes = np.zeros(0, dtype=np.int64)
    while len(codes) < size:
        first, second = chance.choice(n, (2, size), p=share)
        apart = first != second
        codes = np.unique(np.concatenate((codes, (first * n + second)[apart])))
    codes = np.sort(chance.permutation(codes)[:size])
    return Ties(
        tuple(f"{number:07}" for number in range(n)),
        codes // n,
        codes % n,
        chance.integers(0, 2, size).astype(np.int8),
        np.ones(size),
    )


def _drawn(ties: Ties, *, directed: bool) -> nx.Graph[int]:
    import networkx as nx

    graph: nx.Graph[int] = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(range(ties.n))
    graph.add_edges_from(zip(ties.source.tolist(), ties.target.tolist(), strict=True))
    return graph


def four_ours(size: int) -> Run:
    """Measure degree, components, PageRank and coreness from arrays."""
    from graph.analysis.centrality.measures import measured

    return _timed(lambda ties: {name: measured(ties, name) for name in FOUR}, size)


def four_networkx(size: int) -> Run:
    """Measure the same with NetworkX."""
    import networkx as nx

    def work(ties: Ties) -> dict[str, Floats]:
        directed = _drawn(ties, directed=True)
        ranks = nx.pagerank(directed, weight=None, tol=1e-9, max_iter=500)
        undirected = _drawn(ties, directed=False)
        sizes = {node: len(part) for part in nx.connected_components(undirected) for node in part}
        found: dict[str, Any] = {
            "degree": dict(undirected.degree()),
            "component": sizes,
            "pagerank": ranks,
            "coreness": nx.core_number(undirected),
        }
        return {name: _in_order(values, ties.n) for name, values in found.items()}

    return _timed(work, size)


def betweenness_ours(size: int) -> Run:
    """Measure betweenness from pivots."""
    from graph.analysis.centrality.shortest_paths import betweenness

    return _timed(
        lambda ties: {"it": betweenness(ties.simple(directed=False), pivots=PIVOTS, seed=1)}, size
    )


def betweenness_networkx(size: int) -> Run:
    """Measure the same with NetworkX, from as many pivots."""
    import networkx as nx

    def work(ties: Ties) -> dict[str, Floats]:
        drawn = _drawn(ties, directed=False)
        found = nx.betweenness_centrality(drawn, k=min(PIVOTS, ties.n), seed=1)
        return {"it": _in_order(found, ties.n)}

    return _timed(work, size)


def leiden(size: int) -> Run:
    """Find communities by Leiden; tell their modularity."""
    return _communities(size, "leiden")


def louvain(size: int) -> Run:
    """Find communities by Louvain as NetworKit has it; tell their modularity."""
    return _communities(size, "louvain")


def _communities(size: int, method: Any) -> Run:  # noqa: ANN401 — the name of a method
    from graph.analysis.centrality.communities import communities, modularity

    ties = made(size)
    communities(made(3000), method=method)
    with m.timed() as taken:
        found = communities(ties, method=method, seed=1)
    return Run(taken[0], m.peak_memory(), modularity(ties, found))


def louvain_networkx(size: int) -> Run:
    """Find communities by Louvain as NetworkX has it; tell their modularity."""
    import networkx as nx

    from graph.analysis.centrality.communities import modularity

    ties = made(size)
    nx.community.louvain_communities(_drawn(made(3000), directed=False), seed=1)
    with m.timed() as taken:
        found = nx.community.louvain_communities(_drawn(ties, directed=False), seed=1)
    groups = [{ties.nodes[node] for node in group} for group in found]
    return Run(taken[0], m.peak_memory(), modularity(ties, groups))


def draws(name: str, count: int) -> Run:
    """Measure so many worlds of a network of 120 nodes and 200 ties."""
    from graph.analysis.centrality.measures import measured

    ties = made(200, 120)
    masks = np.random.default_rng(1).random((count, ties.m)) < 0.9
    measured(ties, name)  # imports
    with m.timed() as taken:
        for mask in masks:
            measured(ties.only(mask), name)
    return Run(taken[0], m.peak_memory())


def _in_order(values: dict[int, float], n: int) -> Floats:
    return np.array([values[node] for node in range(n)], dtype=np.float64)


def _timed(work: Callable[[Ties], dict[str, Floats]], size: int) -> Run:
    ties = made(size)
    work(made(3000))
    with m.timed() as taken:
        found = work(ties)
    return Run(taken[0], m.peak_memory(), {name: float(row.sum()) for name, row in found.items()})


COMPARISONS: tuple[tuple[str, str, dict[str, Callable[..., Run]]], ...] = (
    ("degree, components, PageRank, coreness", "sizes",
     {"ours": four_ours, "networkx": four_networkx}),
    (f"betweenness from {PIVOTS} pivots", "ways",
     {"ours": betweenness_ours, "networkx": betweenness_networkx}),
    ("communities: Leiden", "ways", {"ours": leiden, "networkx": louvain_networkx}),
    ("communities: Louvain", "ways", {"ours": louvain, "networkx": louvain_networkx}),
)  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = m.arguments("Measure networks.", repetitions=3)
    parser.set_defaults(sizes="1000000")
    parser.add_argument("--ways", default="100000", help="numbers of ties where ways are counted")
    parser.add_argument("--draws", type=int, default=1000, help="worlds of a small network")
    given = parser.parse_args()
    rows: list[tuple[object, ...]] = []
    for what, which, variants in COMPARISONS:
        for size in m.sizes_of(getattr(given, which)):
            runs = m.taking_turns(variants, given.repetitions, size)
            own, other = m.middle(runs["ours"]), m.middle(runs["networkx"])
            rows.append((what, size, own.seconds, other.seconds, other.seconds / own.seconds,
                         own.peak, other.peak, own.value, other.value))  # fmt: skip
    m.table(["what", "ties", "ours, s", "NetworkX, s", "times quicker", "ours, MB",
             "NetworkX, MB"], [row[:7] for row in rows])  # fmt: skip
    for row in rows:
        print(f"{row[0]}: sums or modularity: ours {row[7]}, NetworkX {row[8]}")
    print()
    names = ("betweenness", "closeness", "pagerank", "eigenvector", "coreness", "constraint")
    small = [(name, m.in_child(draws, name, given.draws).seconds) for name in names]
    m.table(["measure", f"seconds for {given.draws} worlds of 120 nodes and 200 ties"], small)
    m.keep("measures", [rows, small])


if __name__ == "__main__":
    main()
