"""From the graph to a network: ours, and NetworkX given ready tuples.

The ready tuples are the edges of the same network, with their keys and attributes, and the nodes
with theirs: what remains is the work of NetworkX alone. The collector of cycles has run before
each, so that none pays for what another left. What is kept for the second projection is told.

Usage: ``python bench/projection.py [--sizes 1000,10000]``
"""

from __future__ import annotations

import gc
import tracemalloc
from pathlib import Path
from statistics import median
from typing import Any

import measuring as m
from measuring import Run

PROJECTIONS = ("ties", "participation")


def measured(path: str, case: str, projection: str, repetitions: int) -> Run:
    """Project in turns with building from tuples; tell seconds of all, and nodes and edges.

    Each first projection reads a graph of which nothing is kept yet; the second one, of the same
    graph, finds kept what the first has read.
    """
    import networkx as nx

    from graph.network.projection import STATUSES, network
    from graph.read import store as stores
    from graph.read.select import Graph

    store = stores.load(Path(path))
    ready = network(Graph(store, case), projection, status=STATUSES)
    nodes = list(ready.nodes(data=True))
    edges: list[Any] = list(ready.edges(keys=True, data=True))
    times: dict[str, list[float]] = {"first": [], "again": [], "tuples": []}
    for _ in range(repetitions):
        graph = Graph(store, case)
        for name in ("first", "again"):
            gc.collect()
            with m.timed() as taken:
                network(graph, projection, status=STATUSES)
            times[name] += taken
        gc.collect()
        with m.timed() as taken:
            plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
            plain.add_nodes_from(nodes)
            plain.add_edges_from(edges)
        times["tuples"] += taken
    tracemalloc.start()
    graph = Graph(store, case)
    network(graph, projection, status=STATUSES)
    gc.collect()
    value = {
        "kept": tracemalloc.get_traced_memory()[0] / 1024,
        "nodes": len(nodes),
        "edges": len(edges),
        **{name: median(taken) for name, taken in times.items()},
    }
    return Run(0.0, m.peak_memory(), value)


def main() -> None:
    """Measure and print."""
    given = m.arguments("Measure projections to NetworkX.", repetitions=9).parse_args()
    rows = []
    for size in m.sizes_of(given.sizes):
        path = m.graph_file(size)
        for projection in PROJECTIONS:
            value = m.in_child(
                measured, str(path), m.case_folder(size).name, projection, given.repetitions
            ).value
            rows.append(
                [size, projection, value["nodes"], value["edges"], value["first"],
                 1e6 * value["first"] / value["edges"], value["first"] / value["tuples"],
                 value["again"] / value["tuples"], value["kept"] / value["edges"]]
            )  # fmt: skip
    m.table(
        ["statements", "projection", "nodes", "edges", "ours, s", "ours, µs an edge",
         "ours ÷ ready tuples", "again ÷ ready tuples",
         "kept, KB an edge"],
        rows,
    )  # fmt: skip
    m.keep("projection", rows)


if __name__ == "__main__":
    main()
