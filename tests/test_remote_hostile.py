"""Whatever a store answers, commands end with one honest line: no traceback, no flood, no code."""

from __future__ import annotations

import json
import resource
import unicodedata
from functools import partial
from typing import TYPE_CHECKING

import pytest
from depth import examples
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from published import hudna
from stores import fake, reply

from graph.read.select import Table
from graph.remote.client import Client
from graph.remote.credentials import credentials
from graph.remote.endpoints import endpoints
from graph.remote.errors import StoreError
from graph.remote.results import table, triples
from graph.remote.transport import TransferLimits, Transport, number

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from stores import Answering

JSON = "application/sparql-results+json"
MIB = 1 << 20
ESCAPES = b"\x1b]0;owned\x07\x1b[2K\r\xe2\x80\xae all is well"


def raw(head: bytes, body: bytes = b"") -> Answering:
    """Return the answers of a server that sends these bytes; a length is added to the head."""

    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        handler.wfile.write(head + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        handler.close_connection = True

    return answer


def ok(body: bytes, kind: str = JSON, status: int = 200) -> Answering:
    return lambda handler, _: reply(handler, body, kind, status)


def manifest(triples: str) -> bytes:
    """Return a manifest with a graph of that many triples."""
    row = {
        "thing": {"type": "uri", "value": "https://w3id.org/hudna/mill/graph/alleged"},
        "triples": {"type": "literal", "value": triples},
        "sha256": {"type": "literal", "value": "0" * 64},
    }
    head = {"vars": ["thing", "triples", "sha256", "former"]}
    return json.dumps({"head": head, "results": {"bindings": [row]}}).encode()


def nested(depth: int) -> bytes:
    """Return results whose one value is a triple in a triple, and so on."""
    iri = '{"type": "uri", "value": "urn:x"}'
    start = f'{{"type": "triple", "value": {{"subject": {iri}, "predicate": {iri}, "object": '
    value = start * depth + iri + "}}" * depth
    return f'{{"head": {{"vars": ["x"]}}, "results": {{"bindings": [{{"x": {value}}}]}}}}'.encode()


HOSTILE: dict[str, Answering] = {
    "redirect that is no address": raw(b"HTTP/1.1 307 X\r\nLocation: http://[::1/"),
    "redirect to no port": raw(b"HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:99999/"),
    "redirect in Arabic": raw("HTTP/1.1 307 X\r\nLocation: /حمص".encode()),
    "redirect in Latin": raw(b"HTTP/1.1 307 X\r\nLocation: /\xe9"),
    "redirect with escapes": raw(b"HTTP/1.1 302 X\r\nLocation: /" + ESCAPES),
    "status line with escapes": raw(ESCAPES + b" HTTP"),
    "type with escapes": raw(b"HTTP/1.1 200 OK\r\nContent-Type: " + ESCAPES, b"{}"),
    "error with escapes": ok(ESCAPES, "text/plain", 500),
    "digest with escapes": raw(
        b'HTTP/1.1 401 X\r\nWWW-Authenticate: Digest realm=r, nonce=n, algorithm="' + ESCAPES + b'"'
    ),
    "digest that breaks the line": raw(
        b'HTTP/1.1 401 X\r\nWWW-Authenticate: Digest realm=r, nonce="a\r b", qop=auth'
    ),
    "length of 5,000 digits": raw(b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000),
    "limit that is no number": raw(
        b"HTTP/1.1 200 OK\r\nX-SPARQL-MaxRows: \xb2\r\nContent-Type: " + JSON.encode(),
        manifest("3"),
    ),
    "deep error": ok(b"[" * 100_000, "application/json", 500),
    "deep results": ok(b"[" * 100_000),
    "deep triples": ok(nested(5000)),
    "count that is a superscript": ok(manifest("²")),
    "count of 5,000 digits": ok(manifest("9" * 5000)),
    "count in Arabic digits": ok(manifest("٣")),
    "a number": ok(b"1"),
    "a number of 5,000 digits": ok(b'{"head": ' + b"9" * 5000 + b"}"),
    "columns that are numbers": ok(b'{"head": {"vars": 5}, "results": {"bindings": []}}'),
    "another column": ok(
        b'{"head": {"vars": ["x"]}, "results": {"bindings": '
        b'[{"x": {"type": "uri", "value": "urn:x"}}]}}'
    ),
    "half a sign": ok(
        b'{"head": {"vars": ["thing"]}, "results": {"bindings": '
        b'[{"thing": {"type": "uri", "value": "urn:\\ud800"}}]}}'
    ),
    "an IRI that is none": ok(
        b'{"head": {"vars": ["thing"]}, "results": {"bindings": '
        b'[{"thing": {"type": "uri", "value": "urn:x> ; DROP ALL"}}]}}'
    ),
    "a truth": ok(b'{"head": {}, "boolean": true}'),
}


@pytest.fixture(autouse=True)
def user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUDNA_STORE_USER", "me")
    monkeypatch.setenv("HUDNA_STORE_PASSWORD", "not-to-be-shown")


@pytest.mark.some(4)
@pytest.mark.parametrize("command", ["publish", "query"])
@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_command_says_in_one_line_what_is_wrong(
    answer: Answering, command: str, public: Path
) -> None:
    with fake(answer) as server:
        words = {
            "publish": ["publish", "--to", server.url, "--public", str(public), "--quiet"],
            "query": ["query", "contested", "--store", server.url],
        }[command]
        found = hudna(*words, "--case", "mill")
        assert found.exit_code == 74, found.output
        assert found.stderr.count("\n") == 1
        assert found.stderr.startswith("Error: ")
        assert not obeyed(found.stderr[:-1])
        assert len(found.stderr) < 1100
        assert "not-to-be-shown" not in found.output
        assert all(path.startswith("/query") for _, path, *_ in server.asked)


def flood(handler: BaseHTTPRequestHandler, _: bytes, status: int) -> None:
    """Send 300 MB of a manifest, as long as somebody takes them."""
    handler.send_response(status)
    handler.send_header("Content-Type", JSON)
    handler.send_header("WWW-Authenticate", 'Digest realm="x", nonce="y"')
    handler.end_headers()
    row = manifest("3").partition(b"[{")[2].partition(b"]}")[0]
    piece = (b"{" + row + b",") * 4000
    try:
        for _count in range(300 * MIB // len(piece)):
            handler.wfile.write(piece)
    except OSError:
        handler.close_connection = True


@pytest.mark.parametrize(
    ("status", "why"), [(200, "larger than 4194304 B"), (401, "401"), (500, "500")]
)
def test_a_flood_is_not_swallowed(status: int, why: str, public: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with fake(partial(flood, status=status)) as server:
        found = hudna("publish", "--to", server.url, "--case", "mill", "--public", str(public))
    assert found.exit_code == 74
    assert why in found.stderr
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


@pytest.mark.parametrize("method", ["count", "ask", "update", "page"])
def test_an_answer_has_the_size_of_what_was_asked(method: str) -> None:
    """One of 64 MiB is too large for a number, a truth, a word of thanks, and for a triple."""

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        if method == "page" and b"COUNT" in body:
            number = b'{"n": {"type": "literal", "value": "1"}}'
            reply(handler, b'{"head": {"vars": ["n"]}, "results": {"bindings": [%s]}}' % number)
        else:
            kind = "application/n-triples" if method == "page" else JSON
            reply(handler, b"", kind, Content_Length=str(64 * MIB))

    with fake(answer) as server:
        client = Client(endpoints(server.url), Transport(limits=TransferLimits(retries=0)))
        asks: dict[str, Callable[[], object]] = {
            "count": lambda: client.count("urn:g"),
            "ask": lambda: client.ask("ASK {}"),
            "update": lambda: client.update("DROP ALL"),
            "page": lambda: client.whole("urn:g"),
        }
        with pytest.raises(StoreError, match=r"larger than \d+ B"):
            asks[method]()


def obeyed(text: str) -> list[str]:
    """Return the signs of a text that a terminal does something with: controls, ends, turns."""
    turning = {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}
    return [
        sign
        for sign in text
        if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")
        or unicodedata.bidirectional(sign) in turning
    ]


def error_of(call: Callable[[], object]) -> str:
    """Return what a call has to say against what it gets; empty if nothing."""
    try:
        call()
    except StoreError as error:
        return str(error)
    return ""


def test_more_triples_than_were_asked_for_are_refused() -> None:
    line = b"<urn:a> <urn:b> <urn:c> .\n"
    assert len(triples(line * 3, 3)) == 3
    with pytest.raises(StoreError, match="more than the 3 triples"):
        triples(line * 4, 3)


def test_triples_in_triples_do_not_end_this_process() -> None:
    def line(depth: int) -> bytes:
        return b"<urn:a> <urn:b> " + b"<<( <urn:a> <urn:b> " * depth + b"<urn:c>" + b" )>>" * depth

    assert len(triples(line(3) + b" .\n")) == 1
    with pytest.raises(StoreError, match="deeper"):
        triples(line(300_000) + b" .\n")
    assert isinstance(table(nested(5)), Table)
    for depth in (50, 5000, 200_000):
        with pytest.raises(StoreError, match="not whole, or no SPARQL result"):
            table(nested(depth))


@given(st.text(max_size=20))
def test_a_count_is_a_count_of_this_world_or_none(text: str) -> None:
    found = number(text)
    assert (found is None) or (str(found) == (text.lstrip("0") or "0") and len(text) < 16)


@given(st.integers(0, 10**15 - 1))
def test_counts_are_read(count: int) -> None:
    assert number(str(count)) == count


@given(st.text())
def test_what_is_shown_is_printable_and_one_line(text: str) -> None:
    assert not obeyed(str(StoreError(text)))
    assert len(str(StoreError(text))) <= 1000


json_text = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["head", "vars", "results", "bindings", "boolean", "type", "value", "x",
                             "datatype", "xml:lang", "subject", "predicate", "object"]),
            inner | st.sampled_from(["uri", "literal", "bnode", "triple", "typed-literal", "x"]),
        )
    ),
    max_leaves=12,
)  # fmt: skip


@given(json_text, st.integers(0, 40), st.binary(max_size=3))
def test_any_json_is_a_table_a_truth_or_an_error(found: object, cut: int, more: bytes) -> None:
    whole = json.dumps(found).encode()
    for data in (whole, whole[: len(whole) - cut], whole + more):
        assert not obeyed(error_of(partial(table, data)))


HEADS = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 307 There\r\n",
        b"HTTP/1.1 401 Who\r\n",
        b"HTTP/1.1 500\r\n",
    ]
)
NAMES = st.sampled_from(
    [b"Content-Type", b"Content-Length", b"Location", b"WWW-Authenticate", b"Transfer-Encoding",
     b"X-SPARQL-MaxRows", b"X"]
)  # fmt: skip
VALUES = st.binary(max_size=20) | st.sampled_from(
    [JSON.encode(), b"-5", b"chunked", b"http://[", b"//", b"/query", b'Digest nonce="', b"Basic"]
)
BODIES = st.binary(max_size=20) | st.sampled_from([manifest("3"), b"-5\r\n", b"fffffffffffff\r\n"])


@pytest.mark.landing
@examples(150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HEADS, st.lists(st.tuples(NAMES, VALUES), max_size=4), BODIES)
def test_any_bytes_are_an_answer_or_an_error(
    head: bytes, headers: list[tuple[bytes, bytes]], body: bytes
) -> None:
    sent = head + b"".join(b"%s: %s\r\n" % pair for pair in headers) + b"\r\n" + body

    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        handler.wfile.write(sent)
        handler.close_connection = True

    with fake(answer) as server:
        limits = TransferLimits(connect=1, read=1, whole=2, retries=0)
        asked = Client(endpoints(server.url), Transport(credentials(server.url), limits))
        assert not obeyed(error_of(partial(asked.select, "SELECT ?x {}")))


@pytest.mark.parametrize("name", ["HUDNA_STORE_TOKEN", "HUDNA_STORE_USER", "HUDNA_STORE_PASSWORD"])
def test_a_credential_that_cannot_be_sent_is_told_and_not_shown(name: str) -> None:
    with pytest.raises(StoreError, match=name) as caught:
        credentials("https://store.example.org/", {"HUDNA_STORE_USER": "me", name: "geheim\n"})
    assert "geheim" not in str(caught.value)
