"""The client of stores trusts no answer: cut, mistyped, limited, slow, from elsewhere."""

from __future__ import annotations

import hashlib
import json
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import httpx
import pyoxigraph as ox
import pytest
from stores import fake, free_port, reply

from graph.errors import UsageError
from graph.remote.client import Client
from graph.remote.credentials import Credentials, credentials
from graph.remote.endpoints import endpoints
from graph.remote.errors import CutAnswer, StoreError
from graph.remote.transport import TransferLimits, Transport, checked

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from stores import Answering, Fake

    from graph.read.select import Term

PATIENT = TransferLimits(pause=0.01)
NT = "application/n-triples"


def client(
    server: Fake, who: Credentials | None = None, limits: TransferLimits = PATIENT
) -> Client:
    return Client(endpoints(server.url), Transport(who or Credentials(), limits))


def rows(count: int) -> bytes:
    found = [{"x": {"type": "uri", "value": f"urn:x:{number}"}} for number in range(count)]
    return json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": found}}).encode()


def lines(start: int, end: int) -> bytes:
    return b"".join(b"<urn:x:%d> <urn:p> <urn:o> .\n" % number for number in range(start, end))


def test_terms_are_read_in_both_dialects() -> None:
    values: list[tuple[dict[str, str], Term]] = [
        ({"type": "uri", "value": "urn:x"}, ox.NamedNode("urn:x")),
        ({"type": "literal", "value": "حمص \n\U0001f54a"}, ox.Literal("حمص \n\U0001f54a")),
        ({"type": "literal", "value": "a", "xml:lang": "ar-SY"}, ox.Literal("a", language="ar-sy")),
        ({"type": "typed-literal", "value": "1", "datatype": XSD + "boolean"}, ox.Literal(True)),
        ({"type": "typed-literal", "value": "1", "datatype": XSD + "integer"}, ox.Literal(1)),
    ]  # fmt: skip
    bindings = [{"x": value} for value, _ in values] + [{}]
    body = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": bindings}}).encode()
    with fake(lambda handler, _: reply(handler, body)) as server:
        found = client(server).select("SELECT ?x {}")
    assert [row[0] for row in found.rows] == [*(term for _, term in values), None]


XSD = "http://www.w3.org/2001/XMLSchema#"


def test_queries_go_as_forms_with_their_dataset() -> None:
    with fake(lambda handler, _: reply(handler, b'{"head": {}, "boolean": true}')) as server:
        assert client(server).ask("ASK {}", [("default-graph-uri", "urn:g")])
        ((method, path, headers, body),) = server.asked
    assert (method, path) == ("POST", "/query")
    assert headers["accept"] == "application/sparql-results+json"
    assert parse_qs(body.decode()) == {"query": ["ASK {}"], "default-graph-uri": ["urn:g"]}


@pytest.mark.parametrize(
    "body",
    [
        rows(3)[:-20],
        rows(3) + b"The SPARQL operation has been cancelled",
        rows(3)[:-4] + b"The SPARQL operation has been cancelled",
    ],
    ids=["short", "words after it", "words in it"],
)
def test_json_that_does_not_end_is_noticed(body: bytes) -> None:
    with fake(lambda handler, _: reply(handler, body)) as server, pytest.raises(CutAnswer):
        client(server).select("SELECT ?x {}")


@pytest.mark.parametrize(
    "body",
    [lines(0, 3)[:-1], lines(0, 3)[:-9] + b"\n", lines(0, 2) + b"The operation was cancelled\n"],
    ids=["no line end", "half a line", "words"],
)
def test_triples_that_do_not_end_are_noticed(body: bytes) -> None:
    with fake(lambda handler, _: reply(handler, body, NT)) as server, pytest.raises(CutAnswer):
        client(server).construct("CONSTRUCT {} {}")


def test_an_answer_shorter_than_promised_is_noticed() -> None:
    body = rows(3)

    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        reply(handler, body, Content_Length=str(len(body) + 10))

    with fake(answer) as server, pytest.raises(CutAnswer, match="broke off"):
        client(server).select("SELECT ?x {}")


@pytest.mark.parametrize(("status", "header"), [(206, {}), (200, {"X_SQL_State": "S1TAT"})])
def test_an_answer_in_part_is_noticed(status: int, header: dict[str, str]) -> None:
    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        reply(handler, rows(3), status=status, **header)

    with fake(answer) as server, pytest.raises(CutAnswer, match="part"):
        client(server).select("SELECT ?x {}")


def limited(most: int) -> Answering:
    """Return the answers of a store that gives so many rows at most, and does not say so."""

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        asked = parse_qs(body.decode())["query"][0]
        limit = re.search(r"LIMIT (\d+)", asked)
        wanted = int(limit[1]) if limit else 500
        if handler.headers["Accept"] == NT:
            reply(handler, lines(0, min(most, wanted)), NT)
        else:
            reply(handler, rows(min(most, wanted)))

    return answer


@pytest.mark.parametrize("form", ["select", "construct"])
def test_a_silent_limit_of_rows_is_found_out(form: str) -> None:
    with fake(limited(300)) as server, pytest.raises(CutAnswer, match="300 rows"):
        getattr(client(server), form)("SELECT ?x {}")
    with fake(limited(501)) as server:
        found = getattr(client(server), form)("SELECT ?x {}")
        assert len(found.rows if form == "select" else found) == 500
        assert len(server.asked) == 2


def test_a_limit_that_is_told_is_heeded() -> None:
    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        reply(handler, rows(50), X_SPARQL_MaxRows="50")

    with fake(answer) as server, pytest.raises(CutAnswer, match="50 rows"):
        client(server).select("SELECT ?x {}")


def paged(count: int, total: int, page: int, step: int = 0) -> Answering:
    """Return the answers of a store with a graph that it counts and gives in pages."""

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        asked = parse_qs(body.decode())["query"][0]
        assert "GRAPH <urn:g>" in asked
        offset = re.search(r"OFFSET (\d+)", asked)
        if offset is None:
            value = {"type": "literal", "value": str(count)}
            found = {"head": {"vars": ["n"]}, "results": {"bindings": [{"n": value}]}}
            reply(handler, json.dumps(found).encode())
        else:
            start = int(offset[1]) + (step if int(offset[1]) else 0)
            reply(handler, lines(start, min(start + page, total)), NT)

    return answer


def test_a_graph_comes_whole_in_pages_of_any_size() -> None:
    with fake(paged(25, 25, 10)) as server:
        assert len(client(server).whole("urn:g")) == 25


@pytest.mark.parametrize("pages", [(25, 20, 10, 0), (25, 25, 10, 3)], ids=["less", "gaps"])
def test_a_graph_that_does_not_come_whole_is_refused(pages: tuple[int, int, int, int]) -> None:
    with fake(paged(*pages)) as server, pytest.raises(CutAnswer, match="of 25 triples"):
        client(server).whole("urn:g")


@pytest.mark.parametrize("later", [24, 26])
def test_a_graph_that_changes_while_it_is_read_is_refused(later: int) -> None:
    """As many triples came as were counted before; so only the second count tells."""
    counts = iter((25, later))

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        counted = b"OFFSET" not in body
        paged(next(counts) if counted else 25, 25, 25)(handler, body)

    with fake(answer) as server, pytest.raises(CutAnswer, match="somebody changes the graph"):
        client(server).whole("urn:g")
    assert not list(counts)


def test_an_answer_in_another_format_is_refused() -> None:
    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        reply(handler, b"<html>", "text/html; charset=utf-8")

    with fake(answer) as server, pytest.raises(StoreError, match="text/html"):
        client(server).select("SELECT ?x {}")


def test_errors_have_the_words_of_the_server_and_nothing_that_a_terminal_obeys() -> None:
    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        reply(handler, b"\x1b[31mline 3:\n no  such prefix\x07", "text/plain", 400)

    with fake(answer) as server, pytest.raises(StoreError) as caught:
        client(server).select("SELECT ?x {}")
    assert str(caught.value) == f"{server.url}: 400 \\x1b[31mline 3: no such prefix\\x07"
    assert caught.value.status == 400


def test_a_problem_in_json_is_told_in_its_words() -> None:
    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        reply(handler, b'{"detail": "too deep"}', "application/problem+json", 422)

    with fake(answer) as server, pytest.raises(StoreError, match=r"422 too deep$"):
        client(server).select("SELECT ?x {}")


def test_silence_ends() -> None:
    with fake(lambda _handler, _: time.sleep(20)) as server:
        began = time.monotonic()
        with pytest.raises(StoreError, match=r"no answer in 0\.3 seconds"):
            client(server, limits=PATIENT._replace(read=0.3)).ask("ASK {}")
        assert time.monotonic() - began < 10
        assert len(server.asked) == 1, "what may still compute is not asked again"


@pytest.mark.parametrize("place", ["headers", "body"])
def test_a_trickle_ends(place: str) -> None:
    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/sparql-results+json")
        if place == "body":
            handler.end_headers()
        handler.flush_headers()
        for _second in range(200):
            handler.wfile.write(b" ")
            time.sleep(0.1)

    with fake(answer) as server:
        began = time.monotonic()
        with pytest.raises(StoreError, match="not done after 1 seconds"):
            client(server, limits=PATIENT._replace(whole=1)).ask("ASK {}")
        assert time.monotonic() - began < 10


def test_an_answer_that_is_too_large_is_refused() -> None:
    with (
        fake(lambda handler, _: reply(handler, rows(9999))) as server,
        pytest.raises(StoreError, match="larger than 1000 B"),
    ):
        client(server, limits=PATIENT._replace(bytes=1000)).select("SELECT ?x {}")


def test_a_busy_server_is_asked_again_but_an_update_is_sent_once() -> None:
    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        busy = len(server.asked) < 3 or handler.path == "/update"
        reply(handler, b'{"boolean": true}', status=503 if busy else 200)

    with fake(answer) as server:
        assert client(server).ask("ASK {}")
        server.asked.clear()
        with pytest.raises(StoreError, match="503"):
            client(server).update("INSERT DATA {}")
        assert len(server.asked) == 1


def test_no_proxy_or_netrc_of_the_environment_comes_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    with fake(lambda handler, _: reply(handler, b'{"boolean": true}')) as server:
        assert client(server).ask("ASK {}")
        assert "authorization" not in server.asked[0][2]


def test_nobody_there_is_told() -> None:
    url = f"http://127.0.0.1:{free_port()}/"
    with pytest.raises(StoreError, match="refused"):
        Client(endpoints(url), Transport(limits=PATIENT)).ask("ASK {}")


def test_redirects_stay_on_the_host() -> None:
    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        if handler.path == "/query":
            reply(handler, status=307, Location="/there")
        else:
            reply(handler, b'{"boolean": true}')

    with fake(answer) as server:
        assert client(server).ask("ASK {}")
    with fake(lambda handler, _: reply(handler, b'{"boolean": true}')) as other:
        aside = f"{other.url}/query"
        with (
            fake(lambda handler, _: reply(handler, status=307, Location=aside)) as server,
            pytest.raises(StoreError, match="sends us to"),
        ):
            client(server, Credentials(token="t")).ask("ASK {}")  # noqa: S106
        assert not other.asked


def asking(challenge: str) -> Answering:
    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        if handler.headers.get("Authorization"):
            reply(handler, b'{"boolean": true}')
        else:
            reply(handler, status=401, WWW_Authenticate=challenge)

    return answer


def test_basic_and_digest_are_answered() -> None:
    who = Credentials("Mufasa", "Circle of Life")
    with fake(asking('Basic realm="x"')) as server:
        assert client(server, who).ask("ASK {}")
        assert server.asked[-1][2]["authorization"] == "Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl"
    who = Credentials("Mufasa", "Circle of Life")
    both = 'Basic realm="x", Digest realm="SPARQL", nonce="abc", opaque="o", qop="auth"'
    with fake(asking(both)) as server:
        asked = client(server, who)
        assert asked.ask("ASK {}")
        assert asked.ask("ASK {}")
        assert len(server.asked) == 3
        said = server.asked[-1][2]["authorization"]
    assert said.startswith("Digest ")
    assert "nc=00000002" in said
    assert 'uri="/query"' in said


def test_a_digest_is_one_that_a_server_accepts() -> None:
    """RFC 7616, section 3.4; only who knows the password can tell it."""
    challenge = 'Digest realm="a@b", qop="auth, auth-int", algorithm=SHA-256, nonce="n", opaque="o"'
    with fake(asking(challenge)) as server:
        assert client(server, Credentials("Mufasa", "Circle of Life")).ask("ASK {}")
        said = server.asked[-1][2]["authorization"]
    told = {
        name: quoted or bare for name, quoted, bare in re.findall(r'(\w+)=(?:"(.*?)"|(\w+))', said)
    }

    def hashed(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    assert (told["nonce"], told["opaque"], told["qop"]) == ("n", "o", "auth")
    first, second = hashed("Mufasa:a@b:Circle of Life"), hashed("POST:/query")
    middle = f"n:{told['nc']}:{told['cnonce']}:auth"
    assert told["response"] == hashed(f"{first}:{middle}:{second}")


def test_a_wrong_password_is_not_tried_for_ever() -> None:
    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        reply(handler, status=401, WWW_Authenticate='Basic realm="x"')

    with fake(answer) as server, pytest.raises(StoreError, match="401"):
        client(server, Credentials("me", "wrong")).ask("ASK {}")
    assert len(server.asked) == 2


@pytest.mark.parametrize("scheme", ["Bearer", "Basic", "Digest"])
def test_credentials_do_not_go_over_an_open_line(scheme: str) -> None:
    def sent(url: str, *, open_line: bool = False) -> str:
        """Return what is sent as ``Authorization`` once it is asked for."""
        name = "" if scheme == "Bearer" else "me"
        who = Credentials(name, "secret", token="" if name else "secret", open_line=open_line)
        assert "secret" not in repr(who)
        flow = who.auth_flow(httpx.Request("POST", url))
        request = next(flow)
        if name:
            assert "Authorization" not in request.headers
            challenge = f'{scheme} realm="x", nonce="y"'
            request = flow.send(
                httpx.Response(401, headers={"WWW-Authenticate": challenge}, request=request)
            )
        return str(request.headers["Authorization"])

    with pytest.raises(StoreError, match="plain http") as caught:
        sent("http://store.example.org/query")
    assert "secret" not in str(caught.value)
    assert sent("https://store.example.org/query").startswith(f"{scheme} ")
    assert sent("http://127.0.0.1:7878/query").startswith(f"{scheme} ")
    assert sent("http://store.example.org/query", open_line=True).startswith(f"{scheme} ")


def test_credentials_are_those_of_the_environment_or_of_netrc(tmp_path: Path) -> None:
    path = tmp_path / "netrc"
    path.write_text("machine store.example.org login me password secret\n")
    path.chmod(0o600)
    url = "https://store.example.org/query"
    environ = {"NETRC": str(path)}
    assert credentials(url, environ).user == "me"
    assert not credentials("https://other.example.org/", environ).user
    assert credentials(url, {**environ, "HUDNA_STORE_USER": "you"}).user == "you"
    assert credentials(url, {**environ, "HUDNA_STORE_TOKEN": "t"}).token == "t"  # noqa: S105
    path.write_text("machine")
    with pytest.raises(StoreError, match="netrc"):
        credentials(url, environ)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://x/",
        "x",
        "http://",
        "http://h:99999/",
        "http://h:0/",
        "http://h/a b",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        checked(url)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError) as caught:
        endpoints("https://me:secret@store.example.org/query")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "all_three"),
    [
        ("http://h:1", ("http://h:1/query", "http://h:1/update", "http://h:1/store")),
        ("http://h/a/query", ("http://h/a/query", "http://h/a/update", "http://h/a/store")),
        ("http://h/sparql", ("http://h/sparql", "http://h/sparql", "http://h/sparql-graph-crud")),
        (
            "http://h/sparql-auth",
            ("http://h/sparql-auth", "http://h/sparql-auth", "http://h/sparql-graph-crud-auth"),
        ),
    ],
)
def test_one_address_tells_the_others(url: str, all_three: tuple[str, str, str]) -> None:
    assert endpoints(url) == all_three


def test_addresses_that_are_given_are_taken() -> None:
    found = endpoints("https://h/repositories/x", "https://h/repositories/x/statements")
    assert found == ("https://h/repositories/x", "https://h/repositories/x/statements", "")
