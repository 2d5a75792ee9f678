"""The server: light queries a second, beside Oxigraph's own server and rdflib-endpoint; under load.

All servers hold the same file and answer the same light queries over HTTP, in turns of less than a
second: the same texts again and again, then each text once. Clients are processes that keep their
connection. Oxigraph serves read-only from disk, with a limit of memory. Then ours alone: new
queries of snapshots, beside the same ones of the whole graph and, for the first of a snapshot,
beside loading the file; heavy queries from many clients at once for some seconds, while light new
ones are asked; and connections that send half a request. A rate is queries a second; beside it
stands the processor time of the server for one query, which other programs disturb less. A ratio is
the median of those of each turn.

rdflib-endpoint is measured if its program is named; it needs an environment of its own.

Usage: ``python bench/server.py [--cases homs] [--sizes 10000] [--seconds 5] [--heavy 100]
[--heavy-seconds 30] [--pause 0] [--half-open 500] [--rdflib-endpoint PROGRAM]``
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import resource
import socket
import sys
import threading
import time
from contextlib import ExitStack
from functools import partial
from itertools import count, product
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import measuring as m
from servers import built, memory, ours, own_processor, oxigraph, processor, rdflib_endpoint, tree

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from multiprocessing.queues import Queue

    from servers import Place, Served

JSON = "application/sparql-results+json"
PROBLEM = "application/problem+json"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": JSON}
CLIENTS = (1, 4)
HEAVY = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "SELECT ?a (GROUP_CONCAT(?f) AS ?all) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a",
)
CONNECTED = (
    "SELECT ?thing { ?thing a hud:Actor . ?statement rdf:subject ?thing } "
    "GROUP BY ?thing ORDER BY DESC(COUNT(?statement)) ?thing LIMIT 8"
)
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
HALF = b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: 127.0.0.1\r\n"
SENT_AWAY = ("busy", "stopped-for-others")
DAYS, AGAIN = 12, 8
"""So many snapshots are asked, and so often each after the first time."""
KEPT = 2
"""So many processes may wait for short queries."""
TURN = 0.3
"""Seconds that one server is asked before the next one is."""
PROBE = 0.1
"""Seconds between two light queries under load."""


def light(nquads: Path, case: str) -> list[str]:
    """Return light queries about things of a case: all of one, its ties, a few rows, a truth."""
    from graph.model.terms import prefixes_of
    from graph.read import store

    found: Any = store.load(nquads).query(CONNECTED, prefixes=prefixes_of(case))
    hud = "PREFIX hud: <https://w3id.org/hudna/ontology#> PREFIX rdf: <" + RDF + "> "
    asked = []
    for row in found:
        one = str(row["thing"])
        asked += [
            f"SELECT ?p ?o {{ {one} ?p ?o }}",
            f"{hud}SELECT ?s ?p ?o {{ ?s rdf:subject {one} ; rdf:predicate ?p ; rdf:object ?o }}",
            f"{hud}SELECT ?s {{ ?s a hud:Statement ; rdf:subject {one} }} LIMIT 5",
            f"{hud}ASK {{ {one} a hud:Actor }}",
        ]
    return asked


class Client:
    """A client that keeps its connection."""

    def __init__(self, port: int, path: str, timeout: float = 60.0) -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        self.path = path

    def ask(self, query: str) -> tuple[int, str, bytes]:
        """Return status, media type and body."""
        try:
            self.link.request("POST", self.path, urlencode({"query": query}), FORM)
            got = self.link.getresponse()
            return got.status, got.headers.get_content_type(), got.read()
        except (OSError, http.client.HTTPException):
            self.link.close()
            raise


def rows_of(served: Served, queries: Sequence[str]) -> list[int]:
    """Return how many rows each query gives, a truth as one."""
    client = Client(served.port, served.path)
    found = []
    for query in queries:
        status, _, body = client.ask(query)
        if status != 200:
            raise SystemExit(f"{status}: {body[:200]!r}")
        told = json.loads(body)
        found.append(len(told["results"]["bindings"]) if "results" in told else 1)
    return found


def _asking(
    port: int,
    path: str,
    queries: Sequence[str],
    seconds: float,
    offset: int,
    out: Queue[list[float]],
    anew: str,
) -> None:
    """Ask light queries for some seconds; tell how many were answered, and each one's time."""
    client = Client(port, path)
    times: list[float] = []
    end = time.monotonic() + seconds
    while (start := time.monotonic()) < end:
        query = queries[(offset + len(times)) % len(queries)]
        status, _, body = client.ask(f"{query} # {offset} {len(times)}{anew}" if anew else query)
        if status != 200:
            raise SystemExit(f"{status}: {body[:200]!r}")
        times.append(time.monotonic() - start)
    out.put(times)


def rate(
    served: Served, queries: Sequence[str], clients: int, seconds: float, anew: str = ""
) -> dict[str, float]:
    """Return queries a second of some clients, and the median time of one.

    ``cpu`` is the processor time of one in all processes of the server, ``own`` that in the thread
    which listens.

    Args:
        served: the server.
        queries: asked over and over.
        clients: so many ask at once.
        seconds: for so long.
        anew: if given, no text is asked twice: a comment with this in it makes each a new one.
    """
    context = multiprocessing.get_context("fork")
    out = context.Queue()
    pid = served.process.pid
    before, own, start = processor(pid), own_processor(pid), time.monotonic()
    workers = [
        context.Process(
            target=_asking, args=(served.port, served.path, queries, seconds, 7 * number, out, anew)
        )
        for number in range(clients)
    ]
    for worker in workers:
        worker.start()
    times = [one for _ in workers for one in out.get(timeout=seconds + 30)]
    for worker in workers:
        worker.join()
    taken = time.monotonic() - start
    used, own = processor(pid) - before, own_processor(pid) - own
    return {
        "rate": len(times) / taken,
        "cpu": 1000 * used / len(times),
        "own": 1000 * own / len(times),
        "median": 1000 * median(times),
    }


class Load:
    """Heavy queries from many clients; what they are told is counted.

    Who was sent away comes again after a pause, or at once.
    """

    def __init__(self, port: int, path: str, clients: int, pause: float) -> None:
        self.pause = pause
        self.told: dict[str, int] = {}
        self.over = threading.Event()
        self.lock = threading.Lock()
        self.threads = [
            threading.Thread(target=self._ask, args=(port, path, HEAVY[number % len(HEAVY)]))
            for number in range(clients)
        ]
        for thread in self.threads:
            thread.start()

    def _ask(self, port: int, path: str, query: str) -> None:
        client = Client(port, path)
        while not self.over.is_set():
            try:
                what = verdict(*client.ask(query))
            except (OSError, http.client.HTTPException) as error:
                what = type(error).__name__
            with self.lock:
                self.told[what] = self.told.get(what, 0) + 1
            if what in SENT_AWAY:
                self.over.wait(self.pause)

    def end(self) -> dict[str, int]:
        """Return how often what was told."""
        self.over.set()
        for thread in self.threads:
            thread.join()
        return self.told


def verdict(status: int, media: str, body: bytes) -> str:
    """Return what an answer is: ``whole``, the kind of a problem, or ``CUT``."""
    try:
        told = json.loads(body)
    except ValueError:
        return "CUT"
    if status == 200:
        return "whole" if media == JSON and ("results" in told or "boolean" in told) else "CUT"
    return str(told["type"]).rpartition("/")[2] if media == PROBLEM else f"status {status}"


def _loading(
    served: Served, clients: int, pause: float, seconds: float, out: Queue[dict[str, int]]
) -> None:
    load = Load(served.port, served.path, clients, pause)
    time.sleep(seconds)
    out.put(load.end())


def under_load(
    served: Served, queries: Sequence[str], clients: int, pause: float, seconds: float
) -> dict[str, Any]:
    """Ask light queries, each a new one, while others ask heavy ones."""
    context = multiprocessing.get_context("fork")
    out = context.Queue()
    loading = context.Process(target=_loading, args=(served, clients, pause, seconds, out))
    loading.start()
    time.sleep(1)
    times: list[float] = []
    told: dict[str, int] = {}
    peak, end = 0.0, time.monotonic() + seconds - 2
    while (start := time.monotonic()) < end:
        query = f"{queries[len(times) % len(queries)]} # {len(times)} under load"
        what = verdict(*Client(served.port, served.path).ask(query))
        times.append(time.monotonic() - start)
        told[what] = told.get(what, 0) + 1
        peak = max(peak, memory(served.process.pid)) if len(times) % 5 == 0 else peak
        time.sleep(PROBE)
    heavy = out.get(timeout=120)
    loading.join()
    times.sort()
    return {
        "light": told,
        "heavy": heavy,
        "p50": 1000 * median(times),
        "p95": 1000 * times[int(0.95 * (len(times) - 1))],
        "max": 1000 * times[-1],
        "peak": peak,
        "same": served.process.poll() is None,
        "left": len(_quiet(served)) - 2 - KEPT,
    }


def _quiet(served: Served) -> list[int]:
    """Return the processes of a server once no query runs, or after some seconds."""
    end = time.monotonic() + 5
    while len(found := tree(served.process.pid)) > 2 + KEPT and time.monotonic() < end:
        time.sleep(0.05)
    return found


def half_open(served: Served, queries: Sequence[str], count: int) -> dict[str, Any]:
    """Ask light queries, each over a new connection, beside connections with half a request."""
    links = []
    for _ in range(count):
        link = socket.create_connection(("127.0.0.1", served.port), 10)
        link.sendall(HALF)
        links.append(link)
    told: dict[str, int] = {}
    times: list[float] = []
    for number in range(40):
        start = time.monotonic()
        what = verdict(*Client(served.port, served.path, 20).ask(queries[number % len(queries)]))
        times.append(time.monotonic() - start)
        told[what] = told.get(what, 0) + 1
    open_files = len(list(Path(f"/proc/{served.process.pid}/fd").iterdir()))
    for link in links:
        link.close()
    return {"light": told, "max": 1000 * max(times), "files": open_files}


def _loaded(path: str) -> m.Run:
    from graph.read import store

    start = time.monotonic()
    store.load(Path(path))
    return m.Run(time.monotonic() - start, 0, 0)


def snapshots(served: Served, place: Place, queries: Sequence[str]) -> dict[str, float]:
    """Return milliseconds of new queries: of the whole, the first of a snapshot, a later one.

    Each snapshot is asked a query first, then two more; the same are asked of the whole between.
    """
    client = Client(served.port, served.path)
    numbers = count()

    def asked(path: str, query: str) -> float:
        client.path = path
        start = time.monotonic()
        status, _, body = client.ask(f"{query} # {next(numbers)}")
        if status != 200:
            raise SystemExit(f"{status}: {body[:200]!r}")
        return 1000 * (time.monotonic() - start)

    times: dict[str, list[float]] = {"whole": [], "first": [], "later": [], "load": []}
    for number in range(DAYS):
        day = f"{served.path}?on={2012 + number % 5}-06-{number % 28 + 1:02}"
        for turn, query in enumerate(queries[: 1 + AGAIN]):
            times["later" if turn else "first"].append(asked(day, query))
            times["whole"].append(asked(served.path, query))
        if number % 4 == 0:
            times["load"].append(1000 * m.in_child(_loaded, str(place.nquads)).seconds)
    return {name: median(one) for name, one in times.items()}


def compared(place: Place, options: argparse.Namespace) -> dict[str, Any]:
    """Measure the rates of all servers on one case, in short turns, as the machine may be busy."""
    queries = light(place.nquads, place.case)
    servers: dict[str, Callable[[], Any]] = {
        "ours": partial(ours, place),
        "Oxigraph": partial(oxigraph, place),
    }
    if options.rdflib_endpoint:
        for store in ("Oxigraph", "default"):
            servers[f"rdflib-endpoint, {store}"] = partial(
                rdflib_endpoint, place, options.rdflib_endpoint, store
            )
    ways = [(clients, how) for how in ("again", "new") for clients in CLIENTS]
    found: dict[str, Any] = {
        name: {"runs": {f"{how}, {n}": [] for n, how in ways}} for name in servers
    }
    with ExitStack() as running:
        there = {name: running.enter_context(server()) for name, server in servers.items()}
        for name, served in there.items():
            found[name]["rows"] = rows_of(served, queries)
        turns = range(max(round(options.repetitions * options.seconds / TURN), 1))
        for (clients, how), turn in product(ways, turns):
            text = f" of turn {turn}, {clients} clients" if how == "new" else ""
            for name, served in there.items():
                one = rate(served, queries, clients, min(TURN, options.seconds), text)
                found[name]["runs"][f"{how}, {clients}"].append(one)
        for name, served in there.items():
            found[name]["memory"] = memory(served.process.pid)
    for name in servers:
        if found[name]["rows"] != found["ours"]["rows"]:
            print(f"{name} gives other rows: {sum(found[name]['rows'])}", file=sys.stderr)
    return found


def main() -> None:
    """Measure and print tables."""
    parser = m.arguments((__doc__ or "").splitlines()[0], repetitions=3)
    parser.set_defaults(sizes="10000")
    parser.add_argument("--cases", default="homs", help="of data/, with commas; may be empty")
    parser.add_argument("--seconds", type=float, default=5.0, help="of each rate")
    parser.add_argument("--heavy", type=int, default=100, help="clients with heavy queries")
    parser.add_argument("--heavy-seconds", type=float, default=30.0)
    parser.add_argument("--pause", type=float, default=0.0, help="of who was sent away, seconds")
    parser.add_argument("--half-open", type=int, default=500)
    parser.add_argument("--rdflib-endpoint", default="", help="its program")
    options = parser.parse_args()
    resource.setrlimit(
        resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    )
    places = [built(case, m.PROJECT / "data") for case in options.cases.split(",") if case]
    places += [built(m.case_folder(n).name, m.OUT) for n in m.sizes_of(options.sizes) if n]
    kept: dict[str, Any] = {}
    for place in places:
        found = kept.setdefault(place.case, {})
        found["rates"] = compared(place, options)
        _show_rates(place.case, found["rates"])
        queries = light(place.nquads, place.case)
        with ours(place) as served:
            found["snapshots"] = snapshots(served, place, queries)
        _show_snapshots(place.case, found["snapshots"])
        with ours(place) as served:
            before = tree(served.process.pid)[:2]
            load = (options.heavy, options.pause, options.heavy_seconds)
            found["load"] = under_load(served, queries, *load)
            found["half"] = half_open(served, queries, options.half_open)
            found["same"] = before == _quiet(served)[:2]
        _show_load(place.case, found)
    m.keep("server", kept)


def _show_rates(case: str, found: dict[str, Any]) -> None:
    rows = []
    for way in found["ours"]["runs"]:
        for name, one in found.items():
            runs = one["runs"][way]
            told = [median(run[what] for run in runs) for what in ("rate", "median", "cpu", "own")]
            pairs = zip(found["ours"]["runs"][way], runs, strict=True)
            ratio = median(mine["rate"] / run["rate"] for mine, run in pairs)
            rows.append([case, way, name, *told, ratio, one["memory"]])
    head = [
        "case",
        "asked, clients",
        "server",
        "a second",
        "median, ms",
        "processor, ms",
        "of it listening",
    ]
    m.table([*head, "ours ÷ it", "MB"], rows)


def _show_snapshots(case: str, found: dict[str, float]) -> None:
    whole, first, later, load = (found[name] for name in ("whole", "first", "later", "load"))
    row = [case, load, first, first / load, whole, later, later / whole]
    head = ["case", "load, ms", "first, ms", "÷ load", "whole, ms", "later, ms", "÷ whole"]
    m.table(head, [row])


def _show_load(case: str, found: dict[str, Any]) -> None:
    load, half = found["load"], found["half"]
    rows = [
        ["p50, p95, max of a light one, ms", *(load[what] for what in ("p50", "p95", "max"))],
        ["peak memory, MB; same processes", load["peak"], load["same"] and found["same"], ""],
        ["half-open: max, ms; files", half["max"], half["files"], ""],
    ]
    m.table([f"{case} under load", "", "", ""], rows)
    print(json.dumps({"light": load["light"], "heavy": load["heavy"], "half": half["light"]}), "\n")


if __name__ == "__main__":
    main()
