"""Loading a built graph: ours, rdflib's memory store, Oxigraph by itself; and of the disk.

With ``--quads`` large graphs are made of copies of one of 10,000 statements under other names, kept
as ``hudna build`` keeps them, and asked some named questions, beside pyoxigraph by itself, which
loads the same file to the disk and is asked the same texts. Files and stores are removed.

Usage: ``python bench/loading.py [--sizes 1000,10000] [--quads 1000000,5000000,15000000]``
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import measuring as m
from measuring import Run
from queries import our_rows, raw_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyoxigraph as ox

QUESTIONS = (
    "agreements", "blame", "contested", "contested-questions", "contradictions", "fulfilment",
    "mechanisms", "same", "sizes", "unknowns",
)  # fmt: skip
"""Named questions without parameters that take some seconds of a million statements."""


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


def kept_by_us(path: str) -> Run:
    """Keep a store through ``graph.read.on_disk.make_kept``; tell whether it opens whole."""
    from graph.read import on_disk

    folder = Path(path).with_suffix(".ours")
    with Path(path).open("rb") as file, m.timed() as taken:
        looks = on_disk.make_kept(folder, file)
    (folder / on_disk.LOOKS).write_bytes(looks or b"")
    return Run(taken[0], m.peak_memory(), looks is not None)


def kept_by_oxigraph(path: str) -> Run:
    """Load to the disk with nothing but pyoxigraph."""
    import pyoxigraph as ox

    store = ox.Store(Path(path).with_suffix(".bare"))
    with m.timed() as taken:
        store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
    return Run(taken[0], m.peak_memory(), Path(path).stat().st_size)


def asked(path: str, case: str, repetitions: int) -> Run:
    """Open both stores and ask the questions of them in turns; tell the seconds of each."""
    import pyoxigraph as ox

    from graph import query as q
    from graph.read import on_disk

    stores: dict[str, ox.Store] = {}
    openings: dict[str, Callable[[], ox.Store]] = {
        "ours": partial(on_disk.open_kept, Path(path).with_suffix(".ours")),
        "bare": partial(ox.Store.read_only, str(Path(path).with_suffix(".bare"))),
    }
    times: dict[str, list[dict[str, float]]] = {"open": []}
    for _ in range(repetitions):
        turn = {}
        for way, opening in openings.items():
            with m.timed() as taken:
                stores[way] = opening()
            turn[way] = taken[0]
        times["open"].append(turn)
    graph = q.Graph(stores["ours"], case)
    for name in QUESTIONS:
        query = q.read_query(q.QUERIES / f"{name}.rq")
        ways: dict[str, Callable[[], int]] = {
            "ours": partial(our_rows, graph, query, {}),
            "bare": partial(raw_rows, stores["bare"], q.bound(query, {}, graph)),
        }
        rows = {way: ask() for way, ask in ways.items()}
        if len(set(rows.values())) > 1:
            raise SystemExit(f"{name}: {rows}")
        turns = range(repetitions)
        times[name] = [
            {way: _timed(ways[way]) for way in (ways if turn % 2 else reversed(ways))}
            for turn in turns
        ]
    return Run(0.0, m.peak_memory(), times)


def _timed(call: Callable[[], int]) -> float:
    with m.timed() as taken:
        call()
    return taken[0]


@contextmanager
def copies(path: Path, case: str, quads: int) -> Iterator[tuple[Path, int]]:
    """Give a file with so many quads, made of a graph under many names; it is removed at the end.

    Args:
        path: the graph as N-Quads.
        case: the id of its case, which stands in its IRIs.
        quads: at least so many.
    """
    data, made = path.read_bytes(), m.OUT / f"copies-{quads}.nq"
    own = b"/%s/" % case.encode()
    alone = sum(own not in line for line in data.splitlines())
    each = data.count(b"\n") - alone
    many = max(1, -(-(quads - alone) // each))
    try:
        with made.open("wb") as file:
            file.write(data)
            for number in range(1, many):
                file.write(data.replace(own, b"/%s-%d/" % (case.encode(), number)))
        yield made, alone + many * each
    finally:
        for one in m.OUT.glob(f"{made.stem}.*"):
            shutil.rmtree(one) if one.is_dir() else one.unlink()


def on_disk(size: int, quads: int, repetitions: int) -> list[object]:
    """Return a row of the table of large graphs.

    Args:
        size: statements of the made case that is copied.
        quads: at least so many.
        repetitions: of each opening and question; each store is made once.
    """
    folder = m.case_folder(size)
    with copies(m.graph_file(size), folder.name, quads) as (path, count):
        mine, bare = (m.in_child(make, str(path)) for make in (kept_by_us, kept_by_oxigraph))
        if not mine.value:
            raise SystemExit("not all tables can be opened by lookups")
        sizes = [sum(one.stat().st_size for one in path.with_suffix(end).iterdir()) / 1e6
                 for end in (".ours", ".bare")]  # fmt: skip
        run = m.in_child(asked, str(path), folder.name, repetitions)
    taken = {name: [median(turn[way] for turn in turns) for way in ("ours", "bare")]
             for name, turns in run.value.items()}  # fmt: skip
    m.keep(f"on-disk-{quads}", run.value)
    opened = taken.pop("open")
    ratios = [ours / plain for ours, plain in taken.values()]
    return [count, mine.seconds, mine.seconds / bare.seconds, mine.peak, sizes[0],
            sizes[0] / sizes[1], opened[0], median(ours for ours, _ in taken.values()),
            median(ratios), max(ratios)]  # fmt: skip


def in_memory(sizes: str, repetitions: int) -> None:
    """Measure and print the loading of made cases of some sizes."""
    variants = {"ours": ours, "rdflib": with_rdflib, "pyoxigraph": with_oxigraph}
    rows = []
    for size in m.sizes_of(sizes):
        path = m.graph_file(size)
        runs = m.taking_turns(variants, repetitions, str(path))
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


def main() -> None:
    """Measure and print."""
    parser = m.arguments("Measure the loading of a built graph.")
    parser.add_argument("--quads", default="", help="numbers of quads, kept on the disk")
    parser.add_argument("--of", type=int, default=10000, help="statements of the case for --quads")
    given = parser.parse_args()
    in_memory(given.sizes, given.repetitions)
    if not given.quads:
        return
    rows = [on_disk(given.of, quads, given.repetitions) for quads in m.sizes_of(given.quads)]
    m.table(
        ["quads", "made, s", "÷ pyoxigraph", "MB", "on the disk, MB", "÷ pyoxigraph", "opened, s",
         "median question, s", "÷ pyoxigraph, median", "worst"],
        rows,
    )  # fmt: skip


if __name__ == "__main__":
    main()
