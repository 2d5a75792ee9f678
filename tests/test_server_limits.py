"""What kills the engine does not kill the server: each query ends whole, or as a problem."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from serving import JSON, Answer, Server, children, quiet, served

from graph.server.asking import Reply, reply_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 2.0
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"

STACK = {
    "groups": "SELECT * {" + "{" * 20000 + "}" * 20000 + "}",
    "brackets": "SELECT * { FILTER(" + "(" * 20000 + "1" + ")" * 20000 + ") }",
    "not": "SELECT * { FILTER(" + "!" * 30000 + "true) }",
    "sum": "SELECT (1" + "+1" * 20000 + " AS ?x) {}",
    "union": "SELECT * { {}" + " UNION {}" * 7000 + " }",
    "or": "SELECT * { FILTER(?a" + "||?a" * 12000 + ") }",
    "path": "SELECT * { ?s " + "(" * 15000 + "<a:b>" + ")*" * 15000 + " ?o }",
    "optional": "SELECT * {" + " OPTIONAL {" * 2500 + "}" * 2500 + "}",
    "triples": "SELECT * { ?s ?p " + "<<(" * 9000 + "<a:b>" + ")>>" * 9000 + " }",
    "lists": "SELECT * { ?s ?p " + "(" * 20000 + ")" * 20000 + " }",
    "blank": "SELECT * { ?s ?p " + "[<a:b>" * 8000 + "]" * 8000 + " }",
}
"""Queries that are nested more deeply than the engine's stack; the union and the sum look flat."""

DOUBLED = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(30))
VALUES = " ".join(f"VALUES ?v{n} {{ 1 2 3 4 5 6 7 8 9 10 11 12 }}" for n in range(8))
RESOURCES = {
    "cross product": HEAVY,
    "sorted cross product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c",
    "distinct cross product": "SELECT (COUNT(DISTINCT *) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
    "values": f"SELECT (COUNT(*) AS ?n) {{ {VALUES} }}",
    "doubled text": f'SELECT (STRLEN(?x30) AS ?n) {{ BIND("0123456789" AS ?x0) {DOUBLED} }}',
    "replaced text": 'SELECT (REPLACE(REPLACE(REPLACE(?x, ".", ?x), ".", ?x), ".", ?x) AS ?y)'
    ' { BIND("' + "a" * 900 + '" AS ?x) }',
    "all paths": "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>)* ?b . ?c (!<a:b>)* ?d . ?e (!<a:b>)* ?f }",
    "groups of groups": "SELECT (GROUP_CONCAT(?c) AS ?t) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}
"""Queries that want more time or memory than they may have."""


@pytest.fixture(scope="module")
def server(public: Path) -> Iterator[Server]:
    options = ["--seconds", str(SECONDS), "--memory", "128", "--answer", "1", "--running", "2"]
    with served(public, *options, "--waiting", "4", "--remember", "0") as running:
        yield running


@pytest.fixture(autouse=True)
def nothing_stays(server: Server) -> Iterator[None]:
    """After each test: the same process, no child, and a light query is answered at once."""
    before = children(server.process.pid)
    yield
    assert quiet(server)
    assert server.process.poll() is None
    assert len(children(server.process.pid)) == len(before) == 1
    began = time.monotonic()
    assert server.query("ASK {}").json() == {"head": {}, "boolean": True}
    assert time.monotonic() - began < 1


@contextmanager
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """Listen on a port, and keep what comes."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.1)
        ended = threading.Event()

        def listen() -> None:
            while not ended.is_set():
                try:
                    link, _ = canary.accept()
                except TimeoutError:
                    continue
                with link:
                    heard.append(b"somebody")

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield canary.getsockname()[1], heard
            time.sleep(0.15)
        finally:
            ended.set()
            thread.join()


@pytest.mark.parametrize("name", STACK)
def test_nesting_deeper_than_the_stack(server: Server, name: str) -> None:
    answer = server.query(STACK[name])
    if answer.status == 200:  # a shape that the engine can take
        assert answer.media == JSON
        assert "bindings" in answer.json()["results"]
    else:
        assert answer.kind in {"engine-failed", "bad-query", "out-of-memory", "timeout"}


def test_the_shapes_are_bombs(server: Server) -> None:
    """Most of the shapes above do kill the process that runs them."""
    killed = [name for name, query in STACK.items() if server.query(query).status == 500]
    assert len(killed) >= 7, killed


@pytest.mark.parametrize("name", RESOURCES)
def test_more_time_or_memory_than_there_is(server: Server, name: str) -> None:
    began = time.monotonic()
    answer = server.query(RESOURCES[name])
    assert answer.kind in {"timeout", "out-of-memory", "answer-too-large", "bad-query"}, answer
    assert answer.status >= 400
    assert time.monotonic() - began < SECONDS + 2


def test_time_is_told_as_time_and_memory_as_memory(server: Server) -> None:
    assert server.query(HEAVY).status == 504
    assert server.query(RESOURCES["sorted cross product"]).kind == "out-of-memory"


def test_an_answer_is_whole_or_a_problem(server: Server) -> None:
    answer = server.query(LARGE)
    assert (answer.status, answer.kind) == (413, "answer-too-large")
    for media in ("text/csv", "text/tab-separated-values"):
        assert server.query(LARGE, Accept=media).status == 413
    everything = "CONSTRUCT { ?a ?b ?c . ?d ?e ?f . ?d ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }"
    assert server.query(everything).status in (413, 500, 504)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { sErViCe#x\n<http://127.0.0.1:PORT/> { ?s ?p ?o } } }",
        "SELECT * { ?s ?p 1e0SERVICE<http://127.0.0.1:PORT/>{ ?s ?p ?o } }",
        "PREFIX x: <http://127.0.0.1:PORT/> SELECT * { { } SERVICE x:y { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:PORT/>",
        "SELECT * FROM <http://127.0.0.1:PORT/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1:PORT/> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "DESCRIBE <http://127.0.0.1:PORT/>",
    ],
)
def test_nothing_leaves_the_machine_and_no_file_is_read(server: Server, query: str) -> None:
    with listener() as (port, heard):
        answer = server.query(query.replace("PORT", str(port)))
        assert heard == []
    if "FROM" in query or "DESCRIBE" in query:
        assert answer.status == 200
        assert b"root:" not in answer.body
        assert b'"bindings":[]' in answer.body or answer.body.count(b"\n.") == 0
    else:
        assert answer.kind in {"query-leaves", "bad-query"}


def test_graphs_of_the_protocol_are_not_fetched(server: Server) -> None:
    with listener() as (port, heard):
        asked = ("default-graph-uri", f"http://127.0.0.1:{port}/"), ("named-graph-uri", "file:///")
        answer = server.query("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", *asked)
        assert heard == []
    assert answer.json()["results"]["bindings"] == []


def test_a_process_of_a_query_can_open_nothing(server: Server) -> None:
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(server.query, HEAVY)
        [process] = _first(server)
        time.sleep(0.4)
        limits = Path(f"/proc/{process}/limits").read_text()
        found = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()[1:]}
        assert found["Max open files"] == found["Max file size"] == found["Max core file size"]
        assert found["Max open files"] == "0"
        assert found["Max cpu time"] == "2"
        assert int(found["Max address space"]) < 1024 * 1024 * 1024
        assert len(list(Path(f"/proc/{process}/fd").iterdir())) == 4
        assert b"HUDNA_TOKEN" not in Path(f"/proc/{process}/environ").read_bytes()
        nice = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[16]
        assert nice == "19"
        assert asked.result().status == 504


def _first(server: Server) -> list[int]:
    for _ in range(200):
        if found := server.queries():
            return found
        time.sleep(0.01)
    return []


def _ended(process: int) -> bool:
    """Return whether a process has ended, even if its new parent has not asked how."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_light_queries_pass_between_heavy_ones(server: Server) -> None:
    with ThreadPoolExecutor(6) as pool:
        heavy = [pool.submit(server.query, HEAVY) for _ in range(4)]
        time.sleep(0.3)
        for _ in range(5):
            began = time.monotonic()
            assert server.query("ASK {}").status == 200
            assert time.monotonic() - began < 3
        ended = [each.result() for each in heavy]
    assert {answer.kind for answer in ended} <= {"timeout", "stopped-for-others", "busy"}
    assert any(answer.kind == "stopped-for-others" for answer in ended)
    assert all("retry-after" in answer.headers for answer in ended if answer.status == 503)


def test_more_than_may_wait_are_sent_away(server: Server) -> None:
    with ThreadPoolExecutor(24) as pool:
        answers: list[Answer] = list(pool.map(server.query, [HEAVY] * 24))
    sent_away = [answer for answer in answers if answer.kind == "busy"]
    assert len(sent_away) >= 10
    assert all(int(answer.headers["retry-after"]) > 0 for answer in sent_away)


def test_a_query_ends_when_its_client_goes_away(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as link:
        head = f"GET /sparql?query={quote(HEAVY)} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n"
        link.sendall(head.encode())
        assert _first(server)
    assert quiet(server, 0.8)


def test_a_killed_query_is_a_problem(server: Server) -> None:
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(server.query, HEAVY)
        [process] = _first(server)
        os.kill(process, signal.SIGKILL)
        assert asked.result().kind == "out-of-memory"


def test_the_graph_comes_back_when_its_process_dies(server: Server) -> None:
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(server.query, HEAVY)
        [query] = _first(server)
        [zygote] = children(server.process.pid)
        os.kill(zygote, signal.SIGKILL)
        assert asked.result().status >= 500
    assert _ended(query)
    assert server.query("ASK { ?s ?p ?o }").json()["boolean"]
    assert server.ask("GET", "/health").status == 200


def test_a_cut_reply_is_none() -> None:
    reply = Reply("text/csv", b"a,b\r\n1,2\r\n")
    whole = reply.head() + reply.body
    assert reply_of(whole) == reply
    assert not [cut for cut in range(len(whole)) if reply_of(whole[:cut]) is not None]


def test_queries_change_nothing(server: Server) -> None:
    whole = "CONSTRUCT { ?s ?p ?o } WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    before = server.query(whole)
    for text in ("DROP ALL", "DELETE WHERE { ?s ?p ?o }", "INSERT DATA { <a:a> <a:b> <a:c> }"):
        assert server.query(text).status == 400
    assert before.status == 200
    assert server.query(whole).body == before.body
