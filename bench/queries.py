"""The named questions: our query path, rdflib's memory store, Oxigraph by itself.

All three answer the same text, with the same values in it, in one process and in turns, warm; the
rows of the answer are read in full. Only questions that need no parameter or one are asked.
rdflib has a limit of time for each question: what it does not answer counts as the limit, so the
ratio is then a lower bound.

Usage: ``python bench/queries.py [--sizes 1000,10000] [--limit 10] [--rdflib-up-to 10000]
[--questions ties,contested]``
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import measuring as m
from measuring import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyoxigraph as ox

    from graph.query.named import Query
    from graph.read.select import Graph

RANK = 7
"""Of the things that take the place of a parameter: one of the better connected, not the first.
Where there are not so many, the last."""


def value_of(query: Query, folder: Path) -> dict[str, str] | None:
    """Return values for the parameters that a question needs; ``None`` if it needs several."""
    needed = [param for param in query.params if param.required]
    if not needed:
        return {}
    if len(needed) > 1:
        return None
    param = needed[0]
    if param.type in ("Text", "Sentence"):
        return {param.name: "3.2" if param.type == "Sentence" else "report"}
    patterns = {
        "Agreement": "agreements/ag-*-{}.toml",
        "Event": "events/ev-*-{}.toml",
        "Place": "places/place-*-{}.toml",
        "Question": "questions/question-*-{}.toml",
    }
    if param.type == "Statement":
        return {param.name: f"{_ranked(folder, patterns['Event'])}.occurred"}
    is_event = param.name == "event"
    pattern = patterns.get("Event" if is_event else param.type, "actors/actor-*-{}.toml")
    return {param.name: _ranked(folder, pattern)}


def _ranked(folder: Path, pattern: str) -> str:
    ranks = range(RANK, -1, -1)
    return next(path.stem for rank in ranks for path in folder.glob(pattern.format(rank)))


def measured(
    path: str, folder: str, repetitions: int, limit: float, with_rdflib: bool, only: str
) -> Run:
    """Ask the questions in turns; tell for each the median seconds of the three engines."""
    import rdflib

    from graph import query as q
    from graph.read import store as stores

    store = stores.load(Path(path))
    graph = q.Graph(store, Path(folder).name)
    dataset = rdflib.Dataset()
    if with_rdflib:
        dataset.parse(path, format="nquads")
    found: dict[str, dict[str, Any]] = {}
    for name, query in q.named_queries([q.QUERIES]).items():
        params = value_of(query, Path(folder))
        if params is None or (only and name not in only.split(",")):
            continue
        text = q.bound(query, params, graph)
        engines: dict[str, Callable[[], int]] = {
            "ours": partial(our_rows, graph, query, params),
            "pyoxigraph": partial(raw_rows, store, text),
        }
        rows, raw = engines["ours"](), engines["pyoxigraph"]()
        times = _in_turns(engines, repetitions)
        late = False
        if with_rdflib:
            times["rdflib"], late = _rdflib(dataset, text, limit)
        if raw != rows:
            raise SystemExit(f"{name}: {rows} rows are not {raw}")
        found[name] = {"rows": rows, "late": late, **times}
    return Run(0.0, m.peak_memory(), found)


def our_rows(graph: Graph, query: Query, params: dict[str, str]) -> int:
    """Answer a question our way: put the values in, ask, make a table; tell its rows."""
    from graph import query as q

    return len(q.select(graph.store, q.bound(query, params, graph)).rows)


def raw_rows(store: ox.Store, text: str) -> int:
    """Answer a text with pyoxigraph alone, reading every row; tell how many there are."""
    solutions: Any = store.query(text)
    return len([tuple(solution) for solution in solutions])


def _in_turns(engines: dict[str, Callable[[], int]], repetitions: int) -> dict[str, float]:
    """Return median seconds of one answer; quick ones are asked many times in each turn."""
    with m.timed() as taken:
        for ask in engines.values():
            ask()
    often = max(1, int(0.04 / max(taken[0], 1e-6)))
    times: dict[str, list[float]] = {name: [] for name in engines}
    for turn in range(repetitions):
        names = list(engines) if turn % 2 == 0 else list(reversed(engines))
        for name in names:
            with m.timed() as taken:
                for _ in range(often):
                    engines[name]()
            times[name].append(taken[0] / often)
    return {name: median(found) for name, found in times.items()}


def _rdflib(dataset: Any, text: str, limit: float) -> tuple[float, bool]:  # noqa: ANN401
    """Return seconds, and whether the limit was reached; not a number if it cannot answer."""
    found: list[float] = []
    while not found or (len(found) < 3 and found[0] < 1.0):
        try:
            with m.timed() as taken, m.at_most(limit):
                for _row in dataset.query(text):
                    pass
        except m.TooSlowError:
            return limit, True
        except Exception as error:  # what it cannot answer is not compared
            print(f"  rdflib fails: {type(error).__name__}: {str(error)[:100]}")
            return float("nan"), False
        found += taken
    return median(found), False


def main() -> None:
    """Measure and print."""
    parser = m.arguments("Measure the named questions.")
    parser.add_argument("--limit", type=float, default=10.0, help="seconds for rdflib, each")
    parser.add_argument("--rdflib-up-to", type=int, default=10000, metavar="SIZE")
    parser.add_argument("--questions", default="", help="only these, with commas")
    parser.add_argument("--each", action="store_true", help="print every question")
    given = parser.parse_args()
    rows, kept = [], {}
    for size in m.sizes_of(given.sizes):
        path, folder = m.graph_file(size), m.case_folder(size)
        with_rdflib = size <= given.rdflib_up_to
        run = m.in_child(
            measured,
            str(path),
            str(folder),
            given.repetitions,
            given.limit,
            with_rdflib,
            given.questions,
        )
        found: dict[str, dict[str, Any]] = run.value
        kept[size] = found
        if given.each:
            _print_each(found)
        rows.append([size, len(found), *_summary(found, with_rdflib)])
    m.table(
        ["statements", "questions", "median of ours, s", "slowest of ours, s",
         "rdflib ÷ ours, median", "beyond the limit", "ours ÷ pyoxigraph, median",
         "ours ÷ pyoxigraph, worst"],
        rows,
    )  # fmt: skip
    m.keep("queries", kept)


def _summary(found: dict[str, dict[str, Any]], with_rdflib: bool) -> list[object]:
    mine = [one["ours"] for one in found.values()]
    raw = [one["ours"] / one["pyoxigraph"] for one in found.values()]
    ratios = [
        one["rdflib"] / one["ours"] for one in found.values() if one.get("rdflib", -1.0) >= 0.0
    ]
    late = sum(one["late"] for one in found.values())
    plain = [f"{'>= ' if late else ''}{m.shown(median(ratios))}", late] if with_rdflib else ["", ""]
    return [median(mine), max(mine), *plain, median(raw), max(raw)]


def _print_each(found: dict[str, dict[str, Any]]) -> None:
    rows = []
    for name, one in sorted(found.items(), key=lambda item: -float(item[1]["ours"])):
        plain = one.get("rdflib", float("nan"))
        ratio = f"{'> ' if one['late'] else ''}{m.shown(plain / one['ours'])}"
        rows.append([name, one["rows"], one["ours"], ratio, one["ours"] / one["pyoxigraph"]])
    m.table(["question", "rows", "ours, s", "rdflib ÷ ours", "ours ÷ pyoxigraph"], rows)


if __name__ == "__main__":
    main()
