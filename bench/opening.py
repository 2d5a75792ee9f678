"""Opening a build and asking one question, whole processes: the graph kept on the disk, or loaded.

Each way is ``hudna query`` in a process of its own, from its start to its end with its children,
with warm files and compiled modules. First every named question that needs no value or one is asked
once of what is kept; the one in the middle, by processor time, is then asked both ways in turns.

Usage: ``python bench/opening.py [--sizes 1000,10000,100000] [--repetitions 3]``
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median

import measuring as m
from measuring import Run
from queries import value_of


def build(folder: str, public: str) -> Run:
    """Build a made case, and keep its graph as ``hudna build`` does."""
    from graph.build import recipe

    data = Path(folder)
    with m.timed() as taken:
        recipe.build(data.name, data.parent, Path(public))
    return Run(taken[0], m.peak_memory())


def asked(folder: Path, public: Path, name: str, *, kept: bool) -> Run:
    """Ask a question in a process of its own; tell its processor time, and whether it answers."""
    from graph.query import QUERIES, read_query

    values = value_of(read_query(QUERIES / f"{name}.rq"), folder) or {}
    words = [f"--param={param}={value}" for param, value in values.items()]
    told = ["--case", folder.name, "--data", str(folder.parent), "--public", str(public)]
    caches = str(m.OUT / "caches") if kept else os.devnull  # where nothing can be kept
    # modules are compiled once, as where Hudna is installed
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own |= {"PYTHONPATH": str(m.PROJECT), "PYTHONPYCACHEPREFIX": str(m.OUT / "compiled")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "graph", "query", name, *words, *told],
        env={**own, "XDG_CACHE_HOME": caches},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,  # a made value may be of another class than a question takes
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(spent, after.ru_maxrss / 1024, done.returncode == 0)


def measured(folder: str, public: str, repetitions: int) -> Run:
    """Ask all questions of what is kept, and the one in the middle both ways."""
    from graph import query as q

    case, builds = Path(folder), Path(public)
    names = [
        name
        for name, query in q.named_queries([q.QUERIES]).items()
        if value_of(query, case) is not None
    ]
    asked(case, builds, names[0], kept=True)  # what is remembered of the files is written
    runs = {name: asked(case, builds, name, kept=True) for name in names}
    every = {name: run.seconds for name, run in runs.items() if run.value}
    name = sorted(every, key=lambda one: every[one])[len(every) // 2]
    turns = [
        (asked(case, builds, name, kept=False), asked(case, builds, name, kept=True))
        for _ in range(repetitions)
    ]
    loaded, kept = (median(run.seconds for run in way) for way in zip(*turns, strict=True))
    return Run(kept, 0.0, {"every": every, "median": name, "loaded": loaded})


def main() -> None:
    """Measure and print."""
    given = m.arguments("Measure opening a build.", repetitions=3).parse_args()
    os.environ["XDG_CACHE_HOME"] = str(m.OUT / "caches")
    rows, found = [], {}
    for size in m.sizes_of(given.sizes):
        folder, public = str(m.case_folder(size)), str(m.OUT / "public")
        if not (Path(public) / Path(folder).name).exists():
            m.in_child(build, folder, public)
        run = m.in_child(measured, folder, public, given.repetitions)
        found[size] = run.value
        loaded, slowest = run.value["loaded"], max(run.value["every"].values())
        rows.append([size, run.value["median"], loaded, run.seconds, loaded / run.seconds, slowest])
    m.table(
        ["statements", "median question", "loaded, s", "kept, s", "loaded ÷ kept",
         "slowest question, kept, s"],
        rows,
    )  # fmt: skip
    m.keep("opening", found)


if __name__ == "__main__":
    main()
