"""A snapshot: cutting it beside loading the graph, and asking it beside asking the whole.

Loading is what any first question pays; cutting comes on top, once for each day and voice. The
queries (all statements, all claims, all ties) are asked of the whole, of the snapshot of a day, and
of one with all statements.

Usage: ``python bench/snapshots.py [--sizes 1000,10000] [--case homs]``
"""

from __future__ import annotations

import gc
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import measuring as m
from measuring import Run

if TYPE_CHECKING:
    from graph.network.filters import Narrowing

QUERIES = (
    "SELECT (COUNT(*) AS ?n) { ?s rdf:subject ?a ; rdf:predicate ?p ; rdf:object ?b }",
    "SELECT (COUNT(*) AS ?n) { ?c hud:about ?s ; hud:voice ?v ; hud:stance ?stance }",
    "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?p hud:tie true }",
)
MADE_DAY, HOMS_DAY = "2012-06-15", "2016-03-15"
ASKED = 20
"""So often each query is asked for one time."""


def measured(path: str, case: str, day: str, repetitions: int) -> Run:
    """Load, cut and ask in turns; tell the seconds of each, and the sizes."""
    from graph.model.terms import HUD
    from graph.network.filters import STATUSES, Filters
    from graph.network.snapshots import snapshot_of
    from graph.read import store as stores
    from graph.read.select import Graph, answer

    times: dict[str, list[float]] = {
        name: [] for name in ("load", "day", "voice", "whole", "part", "same")
    }
    for _ in range(repetitions):
        gc.collect()
        with m.timed() as taken:
            store = stores.load(Path(path))
        times["load"] += taken
        voices = sorted({voice for _, voice in Graph(store, case).pairs(HUD + "voice")})
        wanted: dict[str, Narrowing] = {"voice": {"voice": voices[0]}, "day": {"on": day}}
        for name, narrowing in wanted.items():
            graph = Graph(store, case)
            gc.collect()
            with m.timed() as taken:
                cut = snapshot_of(Filters.of(graph, narrowing))
            times[name] += taken
        same = snapshot_of(Filters.of(graph, {"status": STATUSES}))
        for name, asked in (
            ("whole", store), ("part", cut.graph.store), ("same", same.graph.store)
        ):  # fmt: skip
            with m.timed() as taken:
                for _ in range(ASKED):
                    for sparql in QUERIES:
                        answer(asked, sparql)
            times[name] += taken
    value = {name: median(taken) for name, taken in times.items()}
    return Run(0.0, m.peak_memory(), value | {"kept": cut.kept, "every": cut.every})


def main() -> None:
    """Measure and print."""
    parser = m.arguments("Measure snapshots.")
    parser.add_argument("--case", default="homs", help="a built case, or nothing")
    given = parser.parse_args()
    files = [(m.graph_file(size), f"made-{size}", MADE_DAY) for size in m.sizes_of(given.sizes)]
    built = m.PROJECT / "public" / given.case / "graph.nq"
    if given.case and built.exists():
        files.insert(0, (built, given.case, HOMS_DAY))
    rows = []
    for path, case, day in files:
        found = m.in_child(measured, str(path), case, day, given.repetitions)
        value = found.value
        rows.append(
            [case, value["every"], value["kept"], value["load"], value["day"] / value["load"],
             value["voice"] / value["load"], value["part"] / value["whole"],
             value["same"] / value["whole"], found.peak]
        )  # fmt: skip
    m.table(
        ["case", "statements", "kept", "load, s", "cut a day ÷ load", "cut a voice ÷ load",
         "asked ÷ whole", "all asked ÷ whole", "peak, MB"],
        rows,
    )  # fmt: skip
    m.keep("snapshots", rows)


if __name__ == "__main__":
    main()
