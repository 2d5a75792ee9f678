"""A network to a GEXF file: our writer, and that of NetworkX, on the same network.

The network is made in memory: a tenth as many nodes as ties, and ties with the attributes that
``graph.network.projection.network`` gives. NetworkX gets them as users do, with texts in place of
lists, which it cannot write.

Usage: ``python bench/gexf.py [--sizes 10000,100000]``
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import measuring as m
from measuring import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    import networkx as nx

KINDS = ("besieges", "negotiatesWith", "backs", "memberOf", "fears", "supplies")


def made(ties: int) -> nx.MultiDiGraph[str]:
    """Return a network of so many ties."""
    import networkx as nx

    chance = random.Random(7)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(projection="ties", on="", voice="", status="")
    nodes = [f"actor-{number}" for number in range(max(2, ties // 10))]
    for number, node in enumerate(nodes):
        network.add_node(node, label=f"Actor {number}", arabic="الوعر", **{"class": "ArmedGroup"},
                         identity="named")  # fmt: skip
    for number in range(ties):
        source, target = chance.sample(nodes, 2)
        kind, year = chance.choice(KINDS), chance.randrange(2011, 2018)
        network.add_edge(
            source, target, key=f"statement-{number}", predicate=kind, label=kind,
            family="coercion", sign=chance.choice([-1, 0, 1]),
            status=chance.choice(["accepted", "alleged"]), certainty="certain",
            when=f"{year}/", when_text="since then", coverage="throughout",
            earliest_begin=f"{year}-01-01", latest_begin=f"{year}-12-31",
            latest_end=f"{year + 2}-12-31", claims=2, voices=["authors", "residents"],
            sources=["article-2017"],
        )  # fmt: skip
    return network


def ours(ties: int) -> Run:
    """Write with our writer; tell seconds, and the memory that writing took beside the network."""
    from graph.build.saving import save_file
    from graph.export.gexf import gexf

    return _measured(ties, lambda network, path: save_file(path, gexf(network, title="made")))


def networkx_gexf(ties: int) -> Run:
    """Write with ``networkx.write_gexf``; tell the same."""
    import networkx as nx

    from graph.network.attributes import joined

    return _measured(ties, lambda network, path: nx.write_gexf(joined(network), path))


def _measured(ties: int, write: Callable[[nx.MultiDiGraph[str], Path], None]) -> Run:
    import gc

    network = made(ties)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "network.gexf"
        gc.collect()
        m.forget_peak()
        before = m.peak_memory()
        with m.timed() as taken:
            write(network, path)
        return Run(taken[0], m.peak_memory() - before, path.stat().st_size / 1e6)


def main() -> None:
    """Measure and print."""
    given = m.arguments("Measure writing of GEXF.", repetitions=3).parse_args()
    rows = []
    for size in m.sizes_of(given.sizes):
        runs = m.taking_turns({"ours": ours, "networkx": networkx_gexf}, given.repetitions, size)
        own, other = m.middle(runs["ours"]), m.middle(runs["networkx"])
        rows.append((size, own.seconds, other.seconds, other.seconds / own.seconds, own.peak,
                     other.peak, own.peak / other.peak, own.value, other.value))  # fmt: skip
    m.table(
        ["ties", "ours, s", "NetworkX, s", "times quicker", "ours, MB", "NetworkX, MB",
         "share of its memory", "file, MB", "its file, MB"],
        rows,
    )  # fmt: skip
    m.keep("gexf", rows)


if __name__ == "__main__":
    main()
