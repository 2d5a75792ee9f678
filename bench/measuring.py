"""What the benches share: made cases, child processes that tell their time and memory, tables.

Times are processor time. Memory is the peak of a process of its own. Variants of one comparison
take turns, so that whatever else the machine does falls on all of them.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import signal
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "bench")]

OUT = Path(os.environ.get("HUDNA_BENCH_OUT") or PROJECT / "bench" / "out")
"""Where made cases and results are kept; set the variable to measure beside a bench that runs."""
SIZES = (1000, 10000)
SLOW = 60.0
"""Seconds above which a variant is measured only once."""


class Run(NamedTuple):
    """One measurement.

    Attributes:
        seconds: processor time of what was measured.
        peak: peak memory of the process in MB.
        value: what the measured function told besides.
    """

    seconds: float
    peak: float
    value: Any = None


class TooSlowError(Exception):
    """The processor time allowed is used up."""


def arguments(about: str, *, repetitions: int = 5) -> argparse.ArgumentParser:
    """Return a parser with the options of every bench."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument(
        "--sizes", default=",".join(map(str, SIZES)), help="numbers of statements, with commas"
    )
    parser.add_argument("--repetitions", type=int, default=repetitions)
    return parser


def sizes_of(text: str) -> list[int]:
    """Return the numbers of a text such as ``1000,10000``."""
    return [int(part) for part in text.split(",")]


def case_folder(size: int, camps: int = 0) -> Path:
    """Return the folder of a made case, which is made now if it is not there or out of date."""
    from generate import generate

    folder = OUT / (f"made-{size}-{camps}" if camps else f"made-{size}")
    script = PROJECT / "bench" / "generate.py"
    head = folder / "case.toml"
    if not head.exists() or head.stat().st_mtime < script.stat().st_mtime:
        generate(size, folder, camps=camps)
    return folder


def graph_file(size: int, camps: int = 0) -> Path:
    """Return the N-Quads of a made case with all that is derived; made now if out of date."""
    folder = case_folder(size, camps)
    path = OUT / f"{folder.name}.nq"
    code = [*PROJECT.glob("graph/**/*.py"), *PROJECT.glob("ontology/**/*"), folder / "case.toml"]
    if not path.exists() or path.stat().st_mtime < max(file.stat().st_mtime for file in code):
        in_child(_write_graph, str(folder), str(path))
    return path


def _write_graph(folder: str, target: str) -> Run:
    from graph import reader
    from graph.build import derive
    from graph.build import quads as rdf
    from graph.model import vocabulary
    from graph.read import store

    ontology = vocabulary.load(PROJECT / "ontology")
    case = reader.read(Path(folder), ontology)
    graph = store.in_memory((*ontology.quads, *rdf.quads(case, ontology)))
    derive.derive(graph, derive.rules(ontology.folder / "rules"))
    Path(target).write_bytes(store.nquads(graph))
    return Run(0.0, peak_memory())


@contextmanager
def timed() -> Iterator[list[float]]:
    """Append to the list that it gives how much processor time the block took."""
    taken: list[float] = []
    start = time.process_time()
    yield taken
    taken.append(time.process_time() - start)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise ``TooSlowError`` in the block when it has used so much processor time."""
    end = time.process_time() + seconds

    def look(_signal: int, _frame: object) -> None:
        if time.process_time() > end:
            raise TooSlowError

    # A timer of processor time would make the clock itself coarse on some machines.
    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, 0.2, 0.2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def peak_memory() -> float:
    """Return the peak memory of this process in MB, whatever its parent used before."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024**2


def peak_of_largest() -> float:
    """Return the peak memory in MB of this process, or of the largest that it awaited."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(peak_memory(), peak / 1024 if sys.platform != "darwin" else peak / 1024**2)


def processor_time() -> float:
    """Return the seconds of processor time of this process and of those that it awaited."""
    taken = os.times()
    return taken.user + taken.system + taken.children_user + taken.children_system


def forget_peak() -> None:
    """Let the peak memory of this process begin anew, where the system can do that (Linux)."""
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5")


def in_child(function: Callable[..., Run], *given: object) -> Run:
    """Return what a function of a module of this folder measures, in a fresh process.

    Raises:
        SystemExit: the process ended without an answer.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(there, function, given))
    process.start()
    there.close()
    try:
        run: Run = here.recv()
    except EOFError:
        process.join()
        raise SystemExit(f"{function.__name__} ended with {process.exitcode}") from None
    process.join()
    return run


def _answer(pipe: Connection, function: Callable[..., Run], given: Sequence[object]) -> None:
    pipe.send(function(*given))


def taking_turns(
    variants: Mapping[str, Callable[..., Run]], repetitions: int, *given: object
) -> dict[str, list[Run]]:
    """Measure each variant in child processes, in turns.

    Args:
        variants: functions by name; each gets what is given and returns its measurement.
        repetitions: how often; a variant that takes longer than ``SLOW`` is not repeated.
        given: what the functions get.
    """
    runs: dict[str, list[Run]] = {name: [] for name in variants}
    for _ in range(repetitions):
        for name, function in variants.items():
            if not runs[name] or runs[name][0].seconds < SLOW:
                runs[name].append(in_child(function, *given))
    return runs


def middle(runs: Sequence[Run]) -> Run:
    """Return the median time and the median peak of some measurements."""
    return Run(median(r.seconds for r in runs), median(r.peak for r in runs), runs[0].value)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table in Markdown, numbers with three significant digits."""
    print("| " + " | ".join(head) + " |")
    print("| " + " | ".join("---" for _ in head) + " |")
    for row in rows:
        print("| " + " | ".join(shown(cell) for cell in row) + " |", flush=True)
    print()


def shown(cell: object) -> str:
    """Return a number with three significant digits, anything else as text."""
    if not isinstance(cell, float):
        return f"{cell:,}" if isinstance(cell, int) else str(cell)
    if cell >= 100:
        return f"{cell:,.0f}"
    return f"{cell:.3g}" if cell >= 0.001 else f"{cell:.2g}"


def keep(name: str, data: object) -> None:
    """Write results as JSON to the folder of outputs."""
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / f"{name}.json").write_text(json.dumps(data, indent=1) + "\n")
