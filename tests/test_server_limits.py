"""What kills the engine does not kill the server: each query ends whole, or as a problem."""

from __future__ import annotations

import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from serving import JSON, Answer, Server, children, ended, quiet, served, until

from graph.server.pool.request import QueryResult, result_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

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
    """After each test: the same process, no child, and a light query is answered."""
    before = children(server.process.pid)
    yield
    quiet(server)
    assert server.process.poll() is None
    assert len(children(server.process.pid)) == len(before) == 1
    assert server.query("ASK {}").json() == {"head": {}, "boolean": True}


@pytest.fixture(scope="module")
def patient(public: Path) -> Iterator[Server]:
    """A server that lets a query run for longer than any test does."""
    with served(public, "--seconds", "600") as running:
        yield running


@pytest.fixture
def canary() -> Iterator[socket.socket]:
    """A socket that listens; a connection to it stands in its queue until it is taken."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening
        with pytest.raises(BlockingIOError):
            listening.accept()


@pytest.mark.some(3)
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


@pytest.mark.some(3)
@pytest.mark.parametrize("name", RESOURCES)
def test_more_time_or_memory_than_there_is(server: Server, name: str) -> None:
    answer = server.query(RESOURCES[name])
    assert answer.kind in {"timeout", "out-of-memory", "answer-too-large", "bad-query"}, answer
    assert answer.status >= 400


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
def test_nothing_leaves_the_machine_and_no_file_is_read(
    server: Server, canary: socket.socket, query: str
) -> None:
    answer = server.query(query.replace("PORT", str(canary.getsockname()[1])))
    if "FROM" in query or "DESCRIBE" in query:
        assert answer.status == 200
        assert b"root:" not in answer.body
        assert b'"bindings":[]' in answer.body or answer.body.count(b"\n.") == 0
    else:
        assert answer.kind in {"query-leaves", "bad-query"}


def test_graphs_of_the_protocol_are_not_fetched(server: Server, canary: socket.socket) -> None:
    address = f"http://127.0.0.1:{canary.getsockname()[1]}/"
    asked = ("default-graph-uri", address), ("named-graph-uri", "file:///")
    answer = server.query("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", *asked)
    assert answer.json()["results"]["bindings"] == []


@contextmanager
def running(server: Server) -> Iterator[tuple[int, Future[Answer]]]:
    """Run a heavy query, and give its process and its answer; at the end it is killed."""
    before = set(server.queries())
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(server.query, HEAVY)
        until(lambda: len(server.queries()) > len(before))
        [process] = set(server.queries()) - before
        try:
            yield process, asked
        finally:
            if process in server.queries():
                os.kill(process, signal.SIGKILL)


def test_a_process_of_a_query_can_open_nothing(patient: Server) -> None:
    def nice() -> int:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[16])

    with running(patient) as (process, _):
        until(lambda: nice() == 19)
        files = Path(f"/proc/{process}/fd")
        until(lambda: len(list(files.iterdir())) == 5)
        assert {(files / n).readlink().name for n in ("0", "1", "2")} == {"null"}
        assert (files / "4").readlink() == Path(f"/proc/{process}/statm")  # how large it is
        until(lambda: _bound(process, "Max open files") == "0")
        assert _bound(process, "Max file size") == _bound(process, "Max core file size") == "0"
        assert _bound(process, "Max cpu time") == "600"
        assert int(_bound(process, "Max address space")) < 1024 * 1024 * 1024
        assert b"HUDNA_TOKEN" not in Path(f"/proc/{process}/environ").read_bytes()


def _bound(process: int, name: str) -> str:
    """Return a limit of a process."""
    lines = Path(f"/proc/{process}/limits").read_text().splitlines()
    return next(line[26:].split()[0] for line in lines if line.startswith(name))


def test_light_queries_pass_between_heavy_ones(server: Server) -> None:
    with ThreadPoolExecutor(6) as pool:
        heavy = [pool.submit(server.query, HEAVY) for _ in range(4)]
        until(lambda: len(server.queries()) >= 2)
        for _ in range(5):
            assert server.query("ASK {}").status == 200
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


def test_a_query_ends_when_its_client_goes_away(patient: Server) -> None:
    with socket.create_connection(("127.0.0.1", patient.port)) as link:
        host = f"Host: 127.0.0.1:{patient.port}"
        link.sendall(f"GET /sparql?query={quote(HEAVY)} HTTP/1.1\r\n{host}\r\n\r\n".encode())
        until(patient.queries)
    quiet(patient)


def test_a_killed_query_is_a_problem(patient: Server) -> None:
    with running(patient) as (process, asked):
        os.kill(process, signal.SIGKILL)
        assert asked.result().kind == "out-of-memory"


def test_the_graph_comes_back_when_its_process_dies(patient: Server) -> None:
    with running(patient) as (process, asked):
        [zygote] = children(patient.process.pid)
        os.kill(zygote, signal.SIGKILL)
        assert asked.result().status >= 500
        until(lambda: ended(process))
    assert patient.query("ASK { ?s ?p ?o }").json()["boolean"]
    assert patient.ask("GET", "/health").status == 200
    assert children(patient.process.pid) != [zygote]


def test_a_cut_reply_is_none() -> None:
    reply = QueryResult("text/csv", b"a,b\r\n1,2\r\n")
    whole = reply.head() + reply.body
    assert result_of(whole) == reply
    assert not [cut for cut in range(len(whole)) if result_of(whole[:cut]) is not None]


def test_queries_change_nothing(server: Server) -> None:
    whole = "CONSTRUCT { ?s ?p ?o } WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    before = server.query(whole)
    for text in ("DROP ALL", "DELETE WHERE { ?s ?p ?o }", "INSERT DATA { <a:a> <a:b> <a:c> }"):
        assert server.query(text).status == 400
    assert before.status == 200
    assert server.query(whole).body == before.body
