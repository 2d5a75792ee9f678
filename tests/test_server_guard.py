"""Who may ask, how large and how slow a request may be, and who must have a token."""

from __future__ import annotations

import contextlib
import resource
import socket
import subprocess
import sys
import time
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import miniature
import pytest
from click.testing import CliRunner
from serving import PATIENCE, PROBLEM, Server, served

from graph.cli import main
from graph.server.http import connection, guard
from graph.server.http.negotiation import TABLES, best
from graph.server.pool.limits import QueryLimits
from graph.server.state import Config

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "correct-horse-battery-staple"  # noqa: S105 - invented
ALLOWED = "https://allowed.example"
FORM = "application/x-www-form-urlencoded"
SLOW = """
from dataclasses import replace
import sys
from pathlib import Path
from graph.server.pool.limits import QueryLimits
from graph.server.run import run
from graph.server.state import Config
more = {"connections": 20, "unsent_bytes": 40_000_000}
limits = QueryLimits(head_seconds=1, body_seconds=1, stalled_seconds=1, **more)
run(Config("mill", Path(sys.argv[1]), port=0, limits=limits), lambda url: print(url, flush=True))
"""
"""A server that is less patient, so that its tests are short."""


@pytest.fixture(scope="module")
def server(public: Path) -> Iterator[Server]:
    with served(public, "--host-name", "graph.example", "--allow-origin", ALLOWED) as running:
        yield running


@pytest.fixture(scope="module")
def closed(public: Path) -> Iterator[Server]:
    """A server that wants a token and lets in no other origin."""
    with served(public, token=TOKEN) as running:
        yield running


@pytest.fixture(scope="module")
def hasty(public: Path) -> Iterator[Server]:
    """A server that waits one second for slow clients, and takes 20 connections."""
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, str(public)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=miniature.PROJECT,
        preexec_fn=_few_files,  # noqa: PLW1509 - nothing else runs in this process
    )
    assert process.stdout is not None
    try:
        yield Server(process, int(process.stdout.readline().rstrip("/\n").rpartition(":")[2]))
    finally:
        process.terminate()
        assert process.wait(PATIENCE) == 0
        process.stdout.close()


def _few_files() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:PORT", 200),
        ("localhost:PORT", 200),
        ("LOCALHOST:PORT", 200),
        ("[::1]:PORT", 200),
        ("graph.example", 200),
        ("graph.example:PORT", 200),
        ("evil.example", 421),
        ("evil.example:PORT", 421),
        ("127.0.0.1", 421),
        ("127.0.0.1:1", 421),
        ("127.0.0.1:PORT.evil.example", 421),
        ("127.0.0.1.evil.example:PORT", 421),
        ("127.1:PORT", 421),
        ("0.0.0.0:PORT", 421),
        ("user@127.0.0.1:PORT", 421),
        ("localhost.:PORT", 421),
        ("", 421),
    ],
)
def test_only_its_own_names_are_answered(server: Server, host: str, status: int) -> None:
    answer = server.ask("GET", "/health", Host=host.replace("PORT", str(server.port)))
    assert answer.status == status
    if status == 421:
        assert answer.kind == "wrong-host"


def test_no_host_and_two_hosts(server: Server) -> None:
    own = f"Host: 127.0.0.1:{server.port}\r\n".encode()
    for hosts in (b"", own + own, own + b"Host: evil.example\r\n"):
        got = server.raw(b"GET /health HTTP/1.1\r\n" + hosts + b"Connection: close\r\n\r\n")
        assert got.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 421 "))
        assert PROBLEM.encode() in got
    absolute = b"GET http://evil.example/health HTTP/1.1\r\nConnection: close\r\n" + own + b"\r\n"
    assert b'"ok"' not in server.raw(absolute)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://127.0.0.1:PORT"}, 200),
        ({"Origin": "http://localhost:PORT"}, 200),
        ({"Origin": "https://graph.example"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "http://127.0.0.1"}, 403),
        ({"Origin": "http://127.0.0.1:PORT.evil.example"}, 403),
        ({"Sec_Fetch_Site": "same-origin"}, 200),
        ({"Sec_Fetch_Site": "none"}, 200),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Origin": "http://127.0.0.1:PORT", "Sec_Fetch_Site": "cross-site"}, 403),
        ({"Origin": ALLOWED, "Sec_Fetch_Site": "cross-site"}, 200),
        ({"Origin": f"{ALLOWED}.evil.example", "Sec_Fetch_Site": "cross-site"}, 403),
    ],
)
def test_pages_of_other_origins(server: Server, headers: dict[str, str], status: int) -> None:
    named = {name: value.replace("PORT", str(server.port)) for name, value in headers.items()}
    answer = server.ask("GET", "/health", **named)
    assert answer.status == status
    assert ("access-control-allow-origin" in answer.headers) == (headers.get("Origin") == ALLOWED)
    if status == 403:
        assert answer.kind == "foreign-page"


LINK = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}


@pytest.mark.parametrize(
    ("method", "path", "headers", "followed"),
    [
        ("GET", "/", LINK, True),
        ("GET", "/id/no-such-thing", LINK, True),
        ("GET", "/sparql?query=ASK%7B%7D", LINK, False),
        ("POST", "/id/no-such-thing", LINK, False),
        ("GET", "/", {**LINK, "Sec_Fetch_Dest": "iframe"}, False),
        ("GET", "/", {**LINK, "Sec_Fetch_Mode": "no-cors"}, False),
        ("GET", "/", {**LINK, "Origin": "http://evil.example"}, False),
    ],
)
def test_a_link_may_be_followed_to_pages_alone(
    server: Server, method: str, path: str, headers: dict[str, str], followed: bool
) -> None:
    answer = server.ask(method, path, **headers)
    assert (answer.status != 403) == followed


def test_an_allowed_origin_is_told_what_it_may(server: Server, closed: Server) -> None:
    wish = {"Access_Control_Request_Method": "POST", "Sec_Fetch_Site": "cross-site"}
    told = server.ask("OPTIONS", "/sparql", Origin=ALLOWED, **wish)
    assert told.status == 200
    assert told.headers["access-control-allow-origin"] == ALLOWED
    assert "Content-Type" in told.headers["access-control-allow-headers"]
    assert "Origin" in told.headers["vary"]
    unread = server.ask("GET", "/sparql?query=nonsense", Origin=ALLOWED, **wish)
    assert (unread.status, unread.headers["access-control-allow-origin"]) == (400, ALLOWED)
    assert "Origin" in server.ask("GET", "/health").headers["vary"]
    assert server.ask("OPTIONS", "/sparql", Origin="http://evil.example", **wish).status == 403
    refused = closed.ask("OPTIONS", "/sparql", Origin=ALLOWED, **wish)
    assert refused.status == 403
    assert not [name for name in refused.headers if name.startswith("access-control")]


def test_every_answer_has_its_headers(server: Server) -> None:
    for method, path in (("GET", "/"), ("GET", "/health"), ("GET", "/no"), ("PUT", "/sparql")):
        told = server.ask(method, path).headers
        assert told["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in told["content-security-policy"]
        assert told["cache-control"] in ("no-store", "no-cache")
        assert told["referrer-policy"] == "no-referrer"
        assert "server" not in told


def test_sizes(server: Server) -> None:
    limits = QueryLimits()
    comment = "ASK {} #" + "x" * limits.query_bytes
    assert server.query(comment[: limits.query_bytes]).status == 200
    assert server.query(comment).kind == "request-too-large"
    large = b"query=" + b"x" * limits.body_bytes
    assert server.ask("POST", "/sparql", large, Content_Type=FORM).kind == "request-too-large"
    own = f"Host: 127.0.0.1:{server.port}\r\n".encode()
    head = b"POST /sparql HTTP/1.1\r\n" + own + b"Content-Type: text/plain\r\n"
    assert b" 413 " in server.raw(head + b"Content-Length: 999999999999\r\n\r\n")
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with contextlib.suppress(ConnectionError):  # the server may close while we still send
        got = server.raw(head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 5)
        assert b" 413 " in got
    with contextlib.suppress(ConnectionError):
        assert b" 431 " in server.raw(b"GET /" + b"x" * 5 * limits.head_bytes)


@pytest.mark.parametrize(
    "data", [b"\x16\x03\x01\x02\x00\x01\x00", b"\r\n\r\n\r\n", b"GET\r\n\r\n", b"\x00" * 100]
)
def test_what_is_no_http(hasty: Server, data: bytes) -> None:
    got = hasty.raw(data)
    assert got.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 408 "))
    assert hasty.ask("GET", "/health").status == 200


HEALTH = b"GET /health HTTP/1.1\r\nHOST\r\n"
POSTED = b"POST /sparql HTTP/1.1\r\nHOST\r\nContent-Type: application/sparql-query\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
UPGRADE = b"Connection: Upgrade\r\nUpgrade: h2c\r\n"
END = b"Connection: close\r\n\r\n"
NOT_HTTP = {
    "length and chunks": POSTED + b"Content-Length: 6\r\n" + CHUNKED + b"\r\n0\r\n\r\n" + HEALTH,
    "two lengths": POSTED + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\nASK {}",
    "a length with a sign": POSTED + b"Content-Length: +6\r\n\r\nASK {}",
    "a chunk without a length": POSTED + CHUNKED + b"\r\nxyz\r\n",
    "lines without CR": b"GET /health HTTP/1.1\nHOST\n\n",
    "a folded header": HEALTH + b"X: a\r\n b\r\n\r\n",
    "a blank before a colon": HEALTH + b"X : a\r\n\r\n",
    "a sign that is none": HEALTH + b"X: a\0\r\n\r\n",
    "a tunnel": b"CONNECT 127.0.0.1:80 HTTP/1.1\r\nHOST\r\n\r\n",
    "no method": b"NO /health HTTP/1.1\r\nHOST\r\n\r\n",
}
"""Requests that a proxy before this server may read in another way than it."""
ANSWERED = {
    "rubbish after one": (HEALTH + b"\r\n\0rubbish\r\n\r\n", 1),
    "rubbish after three": ((HEALTH + b"\r\n") * 3 + b"rubbish\r\n\r\n", 3),
    "more after the last": (HEALTH + END + HEALTH + b"\r\n", 1),
    "an old version": (b"GET /health HTTP/1.0\r\nHOST\r\n\r\n", 1),
    "another protocol": (HEALTH + UPGRADE + b"\r\n" + HEALTH + UPGRADE + b"\r\n" + HEALTH + END, 3),
    "the same with a body": (
        POSTED + UPGRADE + b"Content-Length: 6\r\n\r\nASK {}" + HEALTH + END,
        2,
    ),
    "the same too often": ((HEALTH + UPGRADE + b"\r\n") * 3000, 19),
}
"""What is answered, and how often; then the connection is closed."""


@pytest.mark.parametrize("name", [*NOT_HTTP, *ANSWERED])
def test_framing(server: Server, name: str) -> None:
    data, times = ANSWERED.get(name) or (NOT_HTTP[name], 0)
    statuses = [200] * times or [400]
    host = f"Host: 127.0.0.1:{server.port}".encode()
    got = server.raw(data.replace(b"HOST", host))
    assert [int(one[:3]) for one in got.split(b"HTTP/1.1 ")[1:]] == statuses, got
    if statuses == [400]:
        assert PROBLEM.encode() in got


def test_who_asks_first_is_told_to_go_on(server: Server) -> None:
    head = POSTED.replace(b"HOST", f"Host: 127.0.0.1:{server.port}".encode())
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as link:
        link.sendall(head + b"Content-Length: 6\r\nExpect: 100-continue\r\n" + END)
        assert link.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        link.sendall(b"ASK {}")
        assert b"".join(iter(lambda: link.recv(65536), b"")).startswith(b"HTTP/1.1 200 ")


def test_headers_and_body_come_together_and_a_body_is_sent_as_it_is() -> None:
    sent: list[bytes] = []

    class Transport:
        def write(self, data: bytes) -> None:
            sent.append(data)

        def is_closing(self) -> bool:
            return False

    link = connection._Together(Transport())  # type: ignore[arg-type]
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\nx-a: b\r\n\r\n"
    usual = b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nX-A: b\r\n\r\n"
    for body in (b"HTTP/1.1 200 OK\r\ncontent-type: x", head, b"\ncontent-type: x", b""):
        link.write(head)
        assert not sent
        link.write(body)
        link.next()
        assert b"".join(sent) == usual + body
        sent.clear()
    large = head * 10_000
    for piece in (head, large, large):
        link.write(piece)
    link.next()
    assert b"".join(sent) == usual + large + large
    sent.clear()
    link.write(head)
    link.flush()
    assert sent == [usual]


def test_a_head_in_small_pieces_is_not_longer(server: Server) -> None:
    piece = b"X: " + b"x" * 5000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as link:
        link.sendall(b"GET /health HTTP/1.1\r\n")
        with contextlib.suppress(OSError):
            for _ in range(60):
                link.sendall(piece)
                time.sleep(0.001)
        got = b""
        with contextlib.suppress(OSError):
            got = b"".join(iter(lambda: link.recv(65536), b""))
    assert b" 431 " in got or not got


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (None, 401),
        (f"Bearer {TOKEN}", 200),
        (f"bearer {TOKEN}", 200),
        ("Basic " + b64encode(f"anybody:{TOKEN}".encode()).decode(), 200),
        (f"Bearer {TOKEN}x", 401),
        (f"Bearer {TOKEN[:-1]}", 401),
        ("Bearer ", 401),
        (f"Digest {TOKEN}", 401),
        (TOKEN, 401),
        ("Basic !!!", 401),
        ("Basic " + b64encode(TOKEN.encode()).decode(), 401),
    ],
)
def test_the_token(closed: Server, given: str | None, status: int) -> None:
    headers = {} if given is None else {"Authorization": given}
    for path in ("/", "/health", "/sparql?query=ASK%7B%7D", "/nowhere"):
        answer = closed.ask("GET", path, **headers)
        assert answer.status == (404 if path == "/nowhere" and status == 200 else status)
        if status == 401:
            assert answer.kind == "no-token"
            assert "Bearer" in answer.headers["www-authenticate"]


def test_the_token_is_nowhere_to_be_seen(closed: Server) -> None:
    folder = Path(f"/proc/{closed.process.pid}")
    assert TOKEN.encode() not in (folder / "cmdline").read_bytes()
    children = [int(pid) for pid in (folder / f"task/{folder.name}/children").read_text().split()]
    for child in children:
        for name in ("cmdline", "environ"):
            assert TOKEN.encode() not in Path(f"/proc/{child}/{name}").read_bytes()
    assert TOKEN not in repr(Config("mill", token=TOKEN))


@pytest.mark.alone
def test_slow_heads_are_cut_and_others_are_answered(hasty: Server) -> None:
    with contextlib.ExitStack() as kept:
        links = [
            kept.enter_context(socket.create_connection(("127.0.0.1", hasty.port)))
            for _ in range(60)
        ]
        for link in links[-10:]:
            link.sendall(b"GET / HTTP/1.1\r\nX: ")
        began = time.monotonic()
        assert hasty.ask("GET", "/health").status == 200
        assert time.monotonic() - began < 1
        for _ in range(8):  # a byte now and then does not help
            time.sleep(0.2)
            for link in links[-10:]:
                with contextlib.suppress(OSError):
                    link.sendall(b"x")
        assert all(_is_closed(link) for link in links)


def _is_closed(link: socket.socket) -> bool:
    link.settimeout(3)
    try:
        while link.recv(4096):
            pass
    except TimeoutError:
        return False
    except OSError:
        pass
    return True


@pytest.mark.alone
def test_slow_bodies_are_cut(hasty: Server) -> None:
    head = f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{hasty.port}\r\nContent-Length: 100\r\n"
    began = time.monotonic()
    got = hasty.raw(head.encode() + f"Content-Type: {FORM}\r\n\r\nquery=".encode())
    assert got.startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - began < 8  # the usual limit is 10


def test_a_body_that_drips_after_its_refusal_is_cut(hasty: Server) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 1000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", hasty.port)) as link:
        link.sendall(head)
        time.sleep(0.2)
        assert _is_closed(link)


def _large(server: Server, rows: int) -> str:
    """Return the address of a large answer."""
    sparql = quote(f"SELECT * {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {rows}")
    assert server.ask("GET", f"/sparql?query={sparql}").status == 200
    return f"/sparql?query={sparql}"


def _got(server: Server, path: str, pause: float, wait: float) -> int:
    """Take an answer in pieces after a wait, and return how many bytes came."""
    with socket.socket() as link:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 100_000)
        link.settimeout(5)
        link.connect(("127.0.0.1", server.port))
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n"
        link.sendall(head.encode())
        time.sleep(wait)
        got = 0
        with contextlib.suppress(OSError):
            while data := link.recv(200_000, socket.MSG_WAITALL if pause else 0):
                got += len(data)
                time.sleep(pause)
    return got


def test_who_does_not_take_an_answer_is_cut(hasty: Server) -> None:
    path = _large(hasty, 40000)
    assert 0 < _got(hasty, path, 0, 3) < len(hasty.ask("GET", path).body)


@pytest.mark.landing
def test_who_takes_an_answer_slowly_gets_it(hasty: Server) -> None:
    path = _large(hasty, 20000)
    began = time.monotonic()
    assert _got(hasty, path, 0.09, 0) > len(hasty.ask("GET", path).body)
    assert time.monotonic() - began > 3  # longer than any pause is allowed


@pytest.mark.alone
def test_answers_that_nobody_takes_do_not_fill_the_memory(hasty: Server) -> None:
    path = _large(hasty, 40000)
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{hasty.port}\r\n\r\n".encode()
    size, before = len(hasty.ask("GET", path).body), _memory(hasty)
    with contextlib.ExitStack() as kept:
        links = [kept.enter_context(socket.create_connection(("127.0.0.1", hasty.port)))]
        for _ in range(12):
            links[-1].sendall(head)
            links.append(kept.enter_context(socket.create_connection(("127.0.0.1", hasty.port))))
            time.sleep(0.1)
        time.sleep(0.5)
        more = _memory(hasty) - before
    assert more < 8 * size, (more, size)
    assert hasty.ask("GET", "/health").status == 200


def _memory(server: Server) -> int:
    """Return how many bytes of memory a server takes."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) * 1024


def test_connections_are_kept_and_used_again(hasty: Server) -> None:
    request = f"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{hasty.port}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", hasty.port), 5) as link:
        for _ in range(6):  # longer than a head may take
            link.sendall(request)
            assert _answers(link, 1)
            time.sleep(0.3)
        link.sendall(request * 3)
        assert _answers(link, 3)
        assert _is_closed(link)


def _answers(link: socket.socket, count: int) -> bool:
    got = b""
    while got.count(b'"quads"') < count and (more := link.recv(65536)):
        got += more
    return got.count(b"HTTP/1.1 200") == count


def test_a_port_that_is_taken(public: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        words = ["serve", "--case", "mill", "--public", str(public), "--port", port]
        result = CliRunner().invoke(main, words)
    assert result.exit_code == 74
    assert port in result.output


@pytest.mark.parametrize(
    "words",
    [
        ["--host", "0.0.0.0"],  # noqa: S104 - to be refused
        ["--allow-origin", "example.org"],
        ["--allow-origin", "https://example.org/page"],
        ["--case", "nowhere"],
        ["--port", "70000"],
    ],
)
def test_wrong_use(public: Path, words: list[str]) -> None:
    result = CliRunner().invoke(
        main, ["serve", "--case", "mill", "--public", str(public), "--port", "0", *words]
    )
    assert result.exit_code == 2


def test_a_short_token_is_refused(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUDNA_TOKEN", "short")
    result = CliRunner().invoke(main, ["serve", "--case", "mill", "--public", str(public)])
    assert result.exit_code == 2
    assert "short" not in result.output.replace("at least", "")


def test_a_broken_graph_is_told(public: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mill"
    folder.mkdir()
    (folder / "manifest.json").write_bytes((public / "mill" / "manifest.json").read_bytes())
    (folder / "graph.nq").write_text("<a:b> rubbish .\n")
    result = CliRunner().invoke(
        main, ["serve", "--case", "mill", "--public", str(tmp_path), "--port", "0"]
    )
    assert result.exit_code == 74


def test_names_of_a_server() -> None:
    names = guard.host_names(Config("mill", port=80))
    assert {"127.0.0.1", "localhost", "[::1]", "localhost:80"} <= names
    assert "0.0.0.0" not in guard.host_names(Config("mill", host="0.0.0.0"))  # noqa: S104
    assert "[fe80::1]:8000" in guard.host_names(Config("mill", host="fe80::1"))


def test_accept_of_any_length_is_read_quickly() -> None:
    began = time.process_time()
    best(",".join(["text/csv;q=0.5"] * 4000) + ";" * 4000, TABLES)
    assert time.process_time() - began < 1


FRAMED = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}


def test_no_page_shows_ours_in_a_frame_unless_it_may(server: Server, public: Path) -> None:
    assert server.ask("GET", "/", **FRAMED).status == 403
    assert "frame-ancestors 'none'" in server.ask("GET", "/").headers["content-security-policy"]
    with served(public, "--allow-frame", ALLOWED, "--allow-frame", "http://[::1]:81/") as framed:
        answer = framed.ask("GET", "/", **FRAMED)
        policy = answer.headers["content-security-policy"]
        assert answer.status == 200
        assert policy.endswith(f"; frame-ancestors {ALLOWED} http://[::1]:81")
        assert framed.ask("GET", "/id/", **FRAMED).status == 403
        assert framed.ask("GET", "/sparql?query=ASK%20%7B%7D", **FRAMED).status == 403
        listed = framed.ask("GET", "/id/river-guard").headers["content-security-policy"]
        assert listed.endswith("frame-ancestors 'none'")


@pytest.mark.parametrize("option", ["--allow-frame", "--allow-origin"])
@pytest.mark.parametrize(
    "url",
    ["example.org", "ftp://example.org", "https://example.org/page", "https://*.example.org", "*",
     "https://a.example; script-src *", "https://a.example https://b.example", "https://a.example:x",
     "https://a.example:70000", "https://u@a.example", "https://a.example?x", "https://", "'none'"],
)  # fmt: skip
def test_what_is_no_origin_is_refused(public: Path, option: str, url: str) -> None:
    words = ["serve", "--case", miniature.CASE, "--public", str(public), option, url]
    seen = CliRunner().invoke(main, words)
    assert seen.exit_code == 2
    assert f'{option}: no origin: "{url}"' in seen.output.replace("\n", " ")
    assert "https://example.org" in seen.output
