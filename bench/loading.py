"""Loading a built graph: ours, rdflib's memory store, Oxigraph by itself.

Usage: ``python bench/loading.py [--sizes 1000,10000]``
"""

from __future__ import annotations

from pathlib import Path

import measuring as m
from measuring import Run


def ours(path: str) -> Run:
    """Load through ``graph.read.store.load``."""
    from graph.read import store

    with m.timed() as taken:
        loaded = store.load(Path(path))
    return Run(taken[0], m.peak_memory(), len(loaded))


def with_rdflib(path: str) -> Run:
    """Load into the memory store of rdflib."""
    import rdflib

    dataset = rdflib.Dataset()
    with m.timed() as taken:
        dataset.parse(path, format="nquads")
    return Run(taken[0], m.peak_memory(), len(dataset))


def with_oxigraph(path: str) -> Run:
    """Load with nothing but pyoxigraph."""
    import pyoxigraph as ox

    store = ox.Store()
    with m.timed() as taken:
        store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
    return Run(taken[0], m.peak_memory(), len(store))


def main() -> None:
    """Measure and print."""
    given = m.arguments("Measure the loading of a built graph.").parse_args()
    variants = {"ours": ours, "rdflib": with_rdflib, "pyoxigraph": with_oxigraph}
    rows = []
    for size in m.sizes_of(given.sizes):
        path = m.graph_file(size)
        runs = m.taking_turns(variants, given.repetitions, str(path))
        result = {name: m.middle(found) for name, found in runs.items()}
        mine, plain, raw = (result[name] for name in variants)
        rows.append(
            [size, mine.value, mine.seconds, plain.seconds / mine.seconds,
             mine.seconds / raw.seconds, mine.peak, plain.peak]
        )  # fmt: skip
    m.table(
        ["statements", "quads", "ours, s", "rdflib ÷ ours", "ours ÷ pyoxigraph", "ours, MB",
         "rdflib, MB"],
        rows,
    )  # fmt: skip
    m.keep("loading", rows)


if __name__ == "__main__":
    main()
