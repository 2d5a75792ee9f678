"""The whole build: each step's time, how it grows, its memory, and the same on rdflib and pySHACL.

Time is that of the build and the processes that it starts, memory that of the largest of them.

Growth is the exponent e for which time is proportional to statements to the power of e, between
one size and the next: 1 is linear. What pictures cost (the layout of nodes, the page) does not
follow the number of statements and is told apart from the other outputs; the whole has both.

Usage: ``python bench/building.py [--sizes 1000,10000,100000] [--plain-up-to 10000]``
"""

from __future__ import annotations

import os
import shutil
import tempfile
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import median
from typing import Any

import measuring as m
from measuring import Run

from graph.build.outputs import PAGE, PLACING


class _Steps:
    """Notes at which processor time each step begins, and how much memory was used by then."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, float, float]] = []

    def __call__(self, step: str) -> None:
        self.begun.append((step, m.processor_time(), m.peak_of_largest()))

    def taken(self) -> dict[str, float]:
        """Return the seconds of each step; the last begun only marks the end."""
        pairs = pairwise(self.begun)
        return {step: after - start for (step, start, _), (_, after, _) in pairs}

    def peaks(self) -> dict[str, float]:
        """Return the peak memory at the end of each step."""
        pairs = pairwise(self.begun)
        return {step: peak for (step, _, _), (_, _, peak) in pairs}


def ours(folder: str) -> Run:
    """Build as ``hudna build`` does, into a folder of the outputs of benches."""
    from graph.build import recipe
    from graph.cli.pipeline import without_cycles

    steps = _Steps()
    data = Path(folder)
    with tempfile.TemporaryDirectory(dir=m.OUT) as caches:  # what an earlier run kept is not used
        os.environ["XDG_CACHE_HOME"] = caches
        with without_cycles():
            recipe.build(data.name, data.parent, m.OUT / "public", steps)
    steps("end")
    taken = steps.taken()
    return Run(sum(taken.values()), m.peak_of_largest(), {"steps": taken, "peaks": steps.peaks()})


def plain(folder: str, limit: float) -> Run:
    """Build with rdflib and pySHACL; tell the seconds of each step, and whether time ran out."""
    import plain_pipeline

    steps = _Steps()
    late = False
    try:
        with m.at_most(limit):
            files = plain_pipeline.run(Path(folder), steps)
            for name, data in files.items():
                (m.OUT / f"plain-{name}").write_bytes(data)
    except m.TooSlowError:
        late = True
    steps("end")
    taken = steps.taken()
    value = {"steps": taken, "peaks": steps.peaks(), "late": late}
    return Run(sum(taken.values()), m.peak_memory(), value)


def main() -> None:
    """Measure and print."""
    parser = m.arguments("Measure the whole build.", repetitions=3)
    parser.add_argument("--plain-up-to", type=int, default=1000, metavar="SIZE")
    parser.add_argument("--limit", type=float, default=900.0, help="seconds for the plain build")
    given = parser.parse_args()
    shutil.rmtree(m.OUT / "public", ignore_errors=True)
    kept: dict[int, dict[str, Any]] = {}
    for size in m.sizes_of(given.sizes):
        folder = str(m.case_folder(size))
        runs: list[Run] = []
        others: list[Run] = []
        for turn in range(given.repetitions):
            if not runs or runs[0].seconds < m.SLOW:
                runs.append(m.in_child(ours, folder))
            if turn == 0 and size <= given.plain_up_to:
                others.append(m.in_child(plain, folder, given.limit))
        kept[size] = {"ours": [run._asdict() for run in runs]}
        if others:
            kept[size]["plain"] = [run._asdict() for run in others]
        m.keep("building", kept)
    _print_steps(kept)
    _print_whole(kept)


def _step_seconds(runs: list[dict[str, Any]]) -> dict[str, float]:
    """Return the median seconds of each step."""
    steps = runs[0]["value"]["steps"]
    return {step: median(run["value"]["steps"][step] for run in runs) for step in steps}


def _print_steps(kept: dict[int, dict[str, Any]]) -> None:
    by_size = {size: _step_seconds(one["ours"]) for size, one in kept.items()}
    sizes = list(by_size)
    rows = []
    for step in by_size[sizes[0]]:
        seconds = [by_size[size][step] for size in sizes]
        shares = [
            f"{m.shown(taken)} ({taken / sum(by_size[size].values()):.0%})"
            for size, taken in zip(sizes, seconds, strict=True)
        ]
        rows.append([step, *shares, *_growth(sizes, seconds)])
    growing = [sum(by_size[size].values()) - by_size[size][PLACING] - by_size[size][PAGE]
               for size in sizes]  # fmt: skip
    rows.append(["all but layout and page", *growing, *_growth(sizes, growing)])
    grows = [f"growth {a:,} to {b:,}" for a, b in pairwise(sizes)]
    m.table(["step", *(f"{size:,}: s (share)" for size in sizes), *grows], rows)


def _growth(sizes: list[int], seconds: list[float]) -> list[float]:
    pairs = zip(sizes, sizes[1:], seconds, seconds[1:], strict=False)
    return [log(max(b, 1e-9) / max(a, 1e-9)) / log(n / k) for k, n, a, b in pairs]


def _print_whole(kept: dict[int, dict[str, Any]]) -> None:
    rows = []
    for size, one in kept.items():
        mine = median(run["seconds"] for run in one["ours"])
        peak = median(run["peak"] for run in one["ours"])
        row: list[object] = [size, mine, peak, 1024 * peak / size]
        for run in one.get("plain", []):
            late = ">= " if run["value"]["late"] else ""
            row += [f"{late}{m.shown(run['seconds'])}", run["peak"]]
            row.append(f"{late}{m.shown(run['seconds'] / mine)}")
            steps = ", ".join(f"{k} {m.shown(v)}" for k, v in run["value"]["steps"].items())
            print(f"plain, {size:,} statements: {steps}\n")
        rows.append(row + [""] * (7 - len(row)))
    m.table(
        ["statements", "ours, s", "ours, MB", "kB a statement", "plain, s", "plain, MB",
         "plain ÷ ours"],
        rows,
    )  # fmt: skip


if __name__ == "__main__":
    main()
