"""The SPARQL 1.1 Protocol for queries, as the W3C's test suite has it, and what else clients need.

The tests named ``test_w3c_…`` are those of the suite (rdf-tests, sparql11/protocol) with the graphs
of the miniature case. Left out: all ``update_…`` and ``bad_update_…`` tests, as nothing can be
changed here; that updates are refused is tested instead. The suite's ``query_multiple_dataset``
names one graph by an address that holds an ``&``; here it names two.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import miniature
import pyoxigraph as ox
import pytest
from serving import JSON, Answer, Server, quiet, served

from graph.model.terms import text
from graph.server.pool.limits import QueryLimits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
GRAPH = f"{miniature.BASE}graph/"
FIRST, SECOND = f"{GRAPH}voice/courier-writer", f"{GRAPH}voice/observers"
IN_FIRST = "mill:ag-may-truce.c1 hud:fulfilment kind:inForce"
IN_SECOND = "mill:ag-may-truce.c2 hud:fulfilment kind:partlyFulfilled"
IN_DEFAULT = "hud:Claim a owl:Class"
BOTH = f"ASK {{ {IN_FIRST} . {IN_SECOND} }}"
NAMED = f"ASK {{ GRAPH ?g1 {{ {IN_FIRST} }} GRAPH ?g2 {{ {IN_SECOND} }} }}"
RDF = {"text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"}


@pytest.fixture(scope="module")
def server(public: Path) -> Iterator[Server]:
    with served(public) as running:
        yield running


def get(server: Server, *parameters: tuple[str, str], **headers: str) -> Answer:
    return server.ask("GET", f"/sparql?{urlencode(parameters)}", **headers)


def direct(server: Server, sparql: str, *parameters: tuple[str, str], **headers: str) -> Answer:
    path = f"/sparql?{urlencode(parameters)}" if parameters else "/sparql"
    return server.ask("POST", path, sparql, Content_Type=QUERY, **headers)


def truth(answer: Answer) -> bool:
    assert (answer.status, answer.media) == (200, JSON), answer
    return bool(answer.json()["boolean"])


def default(*names: str) -> list[tuple[str, str]]:
    return [("default-graph-uri", name) for name in names]


def named(*names: str) -> list[tuple[str, str]]:
    return [("named-graph-uri", name) for name in names]


def test_w3c_query_get(server: Server) -> None:
    assert truth(get(server, ("query", "ASK {}"), *default(FIRST)))


def test_w3c_query_post_form(server: Server) -> None:
    path = f"/sparql?{urlencode(default(FIRST))}"
    assert truth(server.ask("POST", path, "query=ASK%20%7B%7D", Content_Type=FORM))


def test_w3c_query_post_direct(server: Server) -> None:
    assert truth(direct(server, "ASK {}"))


def test_w3c_query_dataset_default_graphs(server: Server) -> None:
    assert truth(get(server, ("query", BOTH), *default(FIRST, SECOND)))
    assert truth(direct(server, BOTH, *default(FIRST, SECOND)))
    assert truth(server.query(BOTH, *default(FIRST, SECOND)))
    assert not truth(get(server, ("query", BOTH), *default(FIRST)))


def test_w3c_query_dataset_named_graphs(server: Server) -> None:
    assert truth(get(server, ("query", NAMED), *named(FIRST, SECOND)))
    assert truth(direct(server, NAMED, *named(FIRST, SECOND)))
    assert not truth(get(server, ("query", NAMED), *named(FIRST)))
    assert not truth(get(server, ("query", f"ASK {{ {IN_DEFAULT} }}"), *named(FIRST)))


def test_w3c_query_dataset_full(server: Server) -> None:
    asked = f"ASK {{ {IN_FIRST} GRAPH ?g {{ {IN_SECOND} }} }}"
    assert truth(direct(server, asked, *default(FIRST), *named(SECOND)))
    assert not truth(direct(server, asked, *default(FIRST), *named(FIRST)))


def test_w3c_query_multiple_dataset(server: Server) -> None:
    sparql = NAMED.replace("ASK", f"ASK FROM <{GRAPH}alleged>")
    assert truth(direct(server, sparql, *named(FIRST, SECOND)))
    within = f"ASK FROM <{SECOND}> {{ {IN_FIRST} }}"
    assert truth(direct(server, within, *default(FIRST)))
    assert not truth(direct(server, within))


@pytest.mark.parametrize("sparql", ["SELECT (1 AS ?value) {}", "ASK {}"])
def test_w3c_query_content_type_of_tables(server: Server, sparql: str) -> None:
    answer = direct(server, sparql, *default(FIRST))
    assert (answer.status, answer.media) == (200, JSON)


@pytest.mark.parametrize(
    "sparql", ["DESCRIBE <http://example.org/>", "CONSTRUCT { <s> <p> 1 } WHERE {}"]
)
def test_w3c_query_content_type_of_graphs(server: Server, sparql: str) -> None:
    answer = direct(server, sparql, *default(FIRST))
    assert answer.status == 200
    assert answer.media in RDF


def test_w3c_bad_query_method(server: Server) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        answer = server.ask(method, "/sparql?query=ASK%20%7B%7D")
        assert (answer.status, answer.kind) == (405, "method-not-allowed")
        assert "GET" in answer.headers["allow"]


def test_w3c_bad_multiple_queries(server: Server) -> None:
    twice = [("query", "ASK {}"), ("query", "SELECT * {}")]
    assert get(server, *twice).kind == "bad-request"
    assert server.ask("POST", "/sparql", urlencode(twice), Content_Type=FORM).status == 400
    assert direct(server, "ASK {}", ("query", "ASK {}")).status == 400


@pytest.mark.parametrize("kind", ["text/plain", "", "application/json", "multipart/form-data"])
def test_w3c_bad_query_wrong_or_missing_media_type(server: Server, kind: str) -> None:
    headers = {"Content_Type": kind} if kind else {}
    for body in ("ASK {}", "query=ASK%20%7B%7D"):
        answer = server.ask("POST", "/sparql", body.encode(), **headers)
        assert (answer.status, answer.kind) == (415, "unsupported-media-type")


def test_w3c_bad_query_non_utf8(server: Server) -> None:
    body = "ASK {}".encode("utf-16")
    kind = f"{QUERY}; charset=UTF-16"
    assert server.ask("POST", "/sparql", body, Content_Type=kind).status == 415
    assert server.ask("POST", "/sparql", body, Content_Type=QUERY).status == 400
    assert server.ask("GET", "/sparql?query=%FF%FE").status == 400


def test_w3c_bad_query_syntax(server: Server) -> None:
    answer = get(server, ("query", "ASK { "))
    assert (answer.status, answer.kind) == (400, "bad-query")
    assert answer.json()["detail"].startswith('line 1, column 7: a "{" is never closed')


UPDATES = (
    "INSERT DATA { <a:a> <a:b> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "PREFIX a: <b:> # one\nLOAD <file:///etc/passwd>",
    "CLEAR ALL",
)


@pytest.mark.parametrize("update", UPDATES)
def test_updates_are_refused(server: Server, update: str) -> None:
    refused = server.ask("POST", "/sparql", urlencode({"update": update}), Content_Type=FORM)
    assert (refused.status, refused.kind) == (403, "read-only")
    refused = server.ask("POST", "/sparql", update, Content_Type="application/sparql-update")
    assert (refused.status, refused.kind) == (403, "read-only")
    assert get(server, ("update", update)).status == 403
    as_query = server.query(update)
    assert (as_query.status, as_query.kind) == (400, "bad-query")
    assert "update" in as_query.json()["detail"]


SELECT = "SELECT ?o WHERE { mill:ag-may-truce.c1 hud:fulfilment ?o }"
VALUE = "https://w3id.org/hudna/kind/inForce"


def test_every_form_of_a_table_says_the_same(server: Server) -> None:
    def body(media: str) -> bytes:
        answer = server.query(SELECT, *default(FIRST), Accept=media)
        assert (answer.status, answer.media) == (200, media)
        assert answer.headers["vary"] == "Accept"
        return answer.body

    [row] = json.loads(body(JSON))["results"]["bindings"]
    assert row["o"] == {"type": "uri", "value": VALUE}
    told = ET.fromstring(body("application/sparql-results+xml"))  # noqa: S314 - our own answer
    assert [uri.text for uri in told.iter("{http://www.w3.org/2005/sparql-results#}uri")] == [VALUE]
    assert list(csv.reader(io.StringIO(body("text/csv").decode()))) == [["o"], [VALUE]]
    assert body("text/tab-separated-values").decode() == f"?o\n<{VALUE}>\n"


@pytest.mark.parametrize("media", [*sorted(RDF), "application/trig"])
def test_every_form_of_a_graph_says_the_same(server: Server, media: str) -> None:
    sparql = f"CONSTRUCT {{ {IN_FIRST} }} WHERE {{ GRAPH <{FIRST}> {{ {IN_FIRST} }} }}"
    answer = server.query(sparql, Accept=media)
    assert (answer.status, answer.media) == (200, media)
    form = ox.RdfFormat.from_media_type(media)
    assert [quad.object.value for quad in ox.parse(answer.body, format=form)] == [VALUE]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", JSON),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.9", "text/tab-separated-values"),
        ("text/*", "text/csv"),
        ("application/json", "application/json"),
        ("text/html, application/xhtml+xml, */*;q=0.8", JSON),
        (f"{JSON};q=0, */*;q=0.1", "application/sparql-results+xml"),
        ("*/*;q=0.1, text/csv", "text/csv"),
        ("TEXT/CSV ; charset=utf-8 ; Q=1.000", "text/csv"),
        ("rubbish, ;;, text/csv;q=2, application/sparql-results+xml;q=0.5", None),
        ("", JSON),
    ],
)
def test_the_form_that_the_client_likes_best(
    server: Server, accept: str, media: str | None
) -> None:
    answer = server.query("SELECT * { ?s ?p ?o } LIMIT 1", Accept=accept)
    assert (answer.status, answer.media) == (200, media or "application/sparql-results+xml")


def test_a_form_that_there_is_not(server: Server) -> None:
    assert server.query("ASK {}", Accept="image/png").kind == "not-acceptable"
    assert server.query("ASK {}", Accept="text/turtle").status == 406
    assert server.query("CONSTRUCT WHERE { ?s ?p ?o }", Accept="text/csv").status == 406
    assert server.ask("GET", "/sparql", Accept="text/csv").status == 406


def test_head_and_options(server: Server) -> None:
    path = f"/sparql?query={quote('ASK {}')}"
    head, whole = server.ask("HEAD", path), server.ask("GET", path)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.body))
    options = server.ask("OPTIONS", "/sparql")
    assert options.status == 204
    assert {"GET", "HEAD", "POST", "OPTIONS"} == set(options.headers["allow"].split(", "))


def test_what_is_no_query_is_refused(server: Server) -> None:
    assert get(server, ("format", "json")).kind == "bad-request"
    assert server.ask("POST", "/sparql", "", Content_Type=FORM).kind == "bad-request"
    assert get(server, ("query", "ASK {}"), *default("no iri")).kind == "bad-request"


def test_names_of_the_project_need_no_declaration(server: Server) -> None:
    assert truth(server.query("ASK { mill:river-guard a hud:Actor . <river-guard> a ?type }"))
    assert truth(server.query("PREFIX hud: <a:> ASK { FILTER(hud:b = <a:b>) }"))


def test_the_default_graph_is_that_of_the_store(server: Server) -> None:
    assert truth(server.query(f"ASK {{ {IN_DEFAULT} }}"))
    alleged = "mill:river-guard hud:hasSize 300"
    assert not truth(server.query(f"ASK {{ {alleged} }}"))
    assert truth(server.query(f"ASK {{ GRAPH <{GRAPH}alleged> {{ {alleged} }} }}"))


def test_service_description(server: Server) -> None:
    answer = server.ask("GET", "/sparql", Accept="text/turtle")
    store = ox.Store()
    store.load(answer.body, format=ox.RdfFormat.TURTLE)
    sd = {"sd": "http://www.w3.org/ns/sparql-service-description#"}
    endpoint = f"http://127.0.0.1:{server.port}/sparql"
    asked = f"ASK {{ ?s a sd:Service ; sd:endpoint <{endpoint}> ; sd:defaultDataset ?dataset . "
    asked += f"?dataset sd:namedGraph/sd:name <{FIRST}>, <{SECOND}> }}"
    assert store.query(asked, prefixes=sd)
    assert server.ask("GET", "/sparql", Accept="application/n-triples").body.count(b"\n") > 20
    assert server.ask("GET", "/sparql").body == answer.body


def test_void(server: Server, public: Path) -> None:
    answer = server.ask("GET", "/.well-known/void", Accept="application/n-triples")
    assert answer.media == "application/n-triples"
    store = ox.Store()
    store.load(answer.body, format=ox.RdfFormat.N_TRIPLES)
    void = {"void": "http://rdfs.org/ns/void#"}
    found = store.query("SELECT * { ?d a void:Dataset ; void:triples ?n }", prefixes=void)
    assert isinstance(found, ox.QuerySolutions)
    [row] = found
    graph = ox.Store()
    graph.load(path=public / "mill" / "graph.nq", format=ox.RdfFormat.N_QUADS)
    here = graph.quads_for_pattern(None, None, None, ox.DefaultGraph())
    assert text(row["n"]) == str(len(list(here)))


def test_health_and_description_of_the_interface(server: Server, public: Path) -> None:
    told = server.ask("GET", "/health").json()
    folder = (public / "mill").resolve()
    quads = json.loads((folder / "manifest.json").read_text())["counts"]["quads"]
    cut = {"kept": told["kept"], "snapshots": 0, "snapshot_bytes": 0}
    assert told == {"ok": True, "case": "mill", "build": folder.name, "quads": quads, **cut}
    assert 0 <= told["kept"] <= QueryLimits().kept + QueryLimits().snapshots
    described = server.ask("GET", "/openapi.json").json()
    for path, methods in described["paths"].items():
        for method in methods:
            assert server.ask(method.upper(), path).status not in (404, 405), path
    kinds = set(described["paths"]["/sparql"]["get"]["responses"]["200"]["content"])
    assert {JSON, "text/csv", "text/turtle"} <= kinds


def test_the_page(server: Server, public: Path) -> None:
    answer = server.ask("GET", "/")
    built = (public / "mill" / "index.html").read_bytes()
    linked = b'<html lang="en" data-things="id/">'
    assert answer.body == built.replace(b'<html lang="en">', linked, 1) != built
    assert server.ask("GET", "/id/river-guard").status == 200
    assert "script-src 'sha256-" in answer.headers["content-security-policy"]
    again = server.ask("GET", "/", If_None_Match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("path", ["/nowhere", "/sparql/", "//evil.example", "/%2e%2e/etc/passwd"])
def test_what_is_not_there(server: Server, path: str) -> None:
    assert server.ask("GET", path).kind == "not-found"


@pytest.mark.landing
def test_two_servers_answer_with_the_same_bytes(server: Server, public: Path) -> None:
    sparql = "CONSTRUCT WHERE { ?s ?p ?o }"
    with served(public) as other:
        assert other.query(sparql).body == server.query(sparql).body
    quiet(server)
