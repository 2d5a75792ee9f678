"""Balance, brokerage and reach on arrays, and the same with plain loops over NetworkX.

The network is made in memory: as many nodes as a tenth of its ties, hubs among them, two camps, a
tenth of the signs against these.

Usage: ``python bench/structure.py [--sizes 1000,10000]``
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import measuring as m
import numpy as np
from measuring import Run

if TYPE_CHECKING:
    from graph.analysis.arrays import Ties


def made(count: int) -> tuple[Ties, dict[str, str]]:
    """Return a signed network of so many ties, and a camp for each node."""
    from graph.analysis.arrays import Ties

    chance, n = np.random.default_rng(1), max(10, count // 10)
    odds = np.arange(1, n + 1) ** -0.6
    source, target = (chance.choice(n, count, p=odds / odds.sum()) for _ in range(2))
    side = chance.integers(0, 2, n)
    sign = np.where((side[source] == side[target]) != (chance.random(count) < 0.1), 1, -1)
    nodes = tuple(f"{number:07}" for number in range(n))
    keys = tuple(str(number) for number in range(count))
    ties = Ties(nodes, source, target, sign.astype(np.int8), np.ones(count), keys)
    return ties, dict(zip(nodes, chance.integers(0, 4, n).astype(str).tolist(), strict=True))


def plain(ties: Ties) -> Any:  # noqa: ANN401
    """Return the network as NetworkX has it."""
    import networkx as nx

    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(ties.n))
    rows = zip(ties.source.tolist(), ties.target.tolist(), strict=True)
    graph.add_edges_from(row for row in rows if row[0] != row[1])
    return graph


def triads(count: int) -> Run:
    """Count the signed triads, and see whether the network is balanced."""
    from graph.analysis.signed.balance import balance

    balance(made(10)[0])  # SciPy is loaded.
    ties, _ = made(count)
    with m.timed() as taken:
        found = balance(ties)
    return Run(taken[0], m.peak_memory(), sum(found.triads.values()))


def triads_plain(count: int) -> Run:
    """Count the triads, without their signs, with NetworkX."""
    import networkx as nx

    from graph.analysis.signed.balance import signed_pairs

    graph = plain(signed_pairs(made(count)[0]).ties).to_undirected()
    with m.timed() as taken:
        numbers: Any = nx.triangles(graph)
        found = sum(numbers.values()) // 3
    return Run(taken[0], m.peak_memory(), found)


def roles(count: int) -> Run:
    """Count the roles of brokers."""
    from graph.analysis.centrality.brokerage import brokerage

    ties, camps = made(count)
    with m.timed() as taken:
        found = brokerage(ties, camps, sign="any")
    return Run(taken[0], m.peak_memory(), int(found.total.sum()))


def roles_plain(count: int) -> Run:
    """Count the pairs that brokers stand between, without roles, by loops."""
    graph, found = plain(made(count)[0]), 0
    with m.timed() as taken:
        for broker in graph:
            for one in graph.pred[broker]:
                found += sum(
                    two != one and two not in graph.succ[one] for two in graph.succ[broker]
                )
    return Run(taken[0], m.peak_memory(), found)


def main() -> None:
    """Measure and print."""
    given = m.arguments("Measure balance and brokerage.", repetitions=3).parse_args()
    rows = []
    for size in m.sizes_of(given.sizes):
        for what, own, other in (
            ("signed triads", triads, triads_plain),
            ("brokerage", roles, roles_plain),
        ):
            runs = m.taking_turns({"own": own, "other": other}, given.repetitions, size)
            one, two = m.middle(runs["own"]), m.middle(runs["other"])
            same = "yes" if one.value == two.value else "NO"
            rows.append((size, what, one.seconds, two.seconds, two.seconds / one.seconds, same))
    m.table(["ties", "what", "ours, s", "loops, s", "times quicker", "same count"], rows)
    m.keep("structure", rows)


if __name__ == "__main__":
    main()
