"""Clients that nobody here wrote find in the server what they look for.

What they do badly themselves is told where it matters: with ``method="POST"`` rdflib's SPARQLStore
returns a refusal as if it were rows, and any other refusal as "something wrong"; with a format that
is not XML it cannot take graphs.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import miniature
import pyoxigraph as ox
import pytest
import readers
from rdflib import RDF, RDFS, Dataset, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from serving import JSON, Server, quiet, served

from graph.build import recipe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

pytestmark = pytest.mark.landing
TOKEN = "a token of the tests"  # noqa: S105 - of a server that ends with them
HUD = "https://w3id.org/hudna/ontology#"
KIND = "https://w3id.org/hudna/kind/"
MILL, KARABAKH = miniature.BASE, "https://w3id.org/hudna/karabakh/"
GUARD = URIRef(f"{MILL}river-guard")
ACTOR = URIRef(f"{HUD}Actor")
PREFIXES = f"PREFIX hud: <{HUD}> PREFIX mill: <{MILL}> "
ACTORS = f"{PREFIXES} SELECT ?s WHERE {{ ?s a hud:Actor }}"
BESIEGES = f"{PREFIXES} ASK {{ mill:river-guard hud:besieges mill:mill-town }}"
COPY = f"{PREFIXES} CONSTRUCT WHERE {{ ?s a hud:Actor }}"
DIVISION = URIRef(f"{KARABAKH}hamza-division")
SHARED = f"SELECT ?p ?o WHERE {{ <{DIVISION}> ?p ?o . <{GUARD}> ?p ?o }}"
MANY = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
METHODS = ("GET", "POST", "POST_FORM")


@pytest.fixture(scope="module")
def server(public: Path) -> Iterator[Server]:
    with served(public) as running:
        yield running


@pytest.fixture(scope="module")
def karabakh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the case Karabakh."""
    folder, data = tmp_path_factory.mktemp("karabakh") / "public", miniature.PROJECT / "data"
    recipe.build("karabakh", data, folder)
    with served(folder, "--data", str(data), case="karabakh") as running:
        yield running


@pytest.fixture(scope="module")
def closed(public: Path) -> Iterator[Server]:
    """A server that wants a token."""
    with served(public, token=TOKEN) as running:
        yield running


@pytest.fixture(scope="module")
def graph(public: Path) -> ox.Store:
    """What the server of the miniature case holds."""
    store = ox.Store()
    store.load(path=public / "mill" / "graph.nq", format=ox.RdfFormat.N_QUADS)
    return store


def endpoint(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}/sparql"


def count(graph: ox.Store, type_: str | None = None) -> int:
    """Return the number of triples of the default graph, all or what is of a type."""
    is_a = None if type_ is None else ox.NamedNode(RDF.type)
    kind = None if type_ is None else ox.NamedNode(type_)
    return len(list(graph.quads_for_pattern(None, is_a, kind, ox.DefaultGraph())))


@pytest.mark.parametrize("method", METHODS)
def test_rdflib_asks_a_graph(server: Server, graph: ox.Store, method: str) -> None:
    remote = Graph(SPARQLStore(endpoint(server), method=method))
    actors = count(graph, type_=ACTOR)
    assert len(list(remote.query(ACTORS))) == actors > 3
    assert remote.query(BESIEGES).askAnswer is True
    copy = remote.query(COPY).graph
    assert copy is not None
    assert len(copy) == actors
    described = remote.query(f"DESCRIBE <{GUARD}>").graph
    assert described is not None
    assert (GUARD, RDF.type, ACTOR) in described
    assert remote.value(GUARD, RDFS.label) == Literal("River Guard", lang="en")
    assert len(list(remote.triples((None, RDF.type, ACTOR)))) == actors
    assert len(remote) == count(graph)


@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_reads_every_form_of_a_table(server: Server, graph: ox.Store, form: str) -> None:
    remote = Graph(SPARQLStore(endpoint(server), returnFormat=form))
    found = {str(row[0]) for row in remote.query(ACTORS)}  # type: ignore[index]
    assert len(found) == count(graph, type_=ACTOR)
    assert str(GUARD) in found


@pytest.mark.parametrize("method", METHODS)
def test_rdflib_asks_one_named_graph(server: Server, graph: ox.Store, method: str) -> None:
    name = f"{MILL}graph/alleged"
    remote = Graph(SPARQLStore(endpoint(server), method=method), identifier=URIRef(name))
    there = len(list(graph.quads_for_pattern(None, None, None, ox.NamedNode(name))))
    assert len(list(remote)) == len(list(remote.query("SELECT * { ?s ?p ?o }"))) == there > 0


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("union", [True, False], ids=["union", "default"])
def test_rdflib_asks_a_dataset(server: Server, graph: ox.Store, method: str, union: bool) -> None:
    """Without a union rdflib names the default graph ``urn:x-rdflib:default``."""
    remote = Dataset(SPARQLStore(endpoint(server), method=method), default_union=union)
    assert len(list(remote.query(ACTORS))) == count(graph, type_=ACTOR)
    assert remote.query(BESIEGES).askAnswer is True
    copy = remote.query(COPY).graph
    assert copy is not None
    assert len(copy) == count(graph, type_=ACTOR)
    graphs = f"{PREFIXES} SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    found = {str(row[0]) for row in remote.query(graphs)}  # type: ignore[index]
    assert found == {name.value for name in graph.named_graphs()}


def test_rdflib_is_told_that_a_query_is_refused(server: Server) -> None:
    remote = Graph(SPARQLStore(endpoint(server)))
    with pytest.raises(ValueError, match="your SPARQL query"):
        remote.query("SELECT nonsense")


def test_rdflib_sends_a_token(closed: Server) -> None:
    with pytest.raises(ValueError, match="your SPARQL query"):
        Graph(SPARQLStore(endpoint(closed))).query(BESIEGES)
    remote = Graph(SPARQLStore(endpoint(closed), auth=("anybody", TOKEN)))
    assert remote.query(BESIEGES).askAnswer is True


def wrapper(server: Server, query: str, form: str, *, post: bool) -> Any:  # noqa: ANN401
    client = readers.need("SPARQLWrapper").SPARQLWrapper(endpoint(server))
    client.setQuery(query)
    client.setReturnFormat(form)
    client.setMethod("POST" if post else "GET")
    client.setTimeout(10)
    return client


@pytest.mark.parametrize("post", [False, True], ids=["get", "post"])
def test_sparqlwrapper(server: Server, graph: ox.Store, post: bool) -> None:
    actors = count(graph, type_=ACTOR)
    told = wrapper(server, ACTORS, "json", post=post).query().convert()
    assert len(told["results"]["bindings"]) == actors
    xml = wrapper(server, ACTORS, "xml", post=post).query().convert()
    assert len(xml.getElementsByTagName("result")) == actors
    for form in ("csv", "tsv"):
        rows = wrapper(server, ACTORS, form, post=post).query().convert().decode().splitlines()
        assert len(rows) == actors + 1, form
    assert wrapper(server, BESIEGES, "json", post=post).query().convert() == {
        "head": {},
        "boolean": True,
    }
    for form in ("turtle", "rdf+xml", "json-ld"):
        copy = wrapper(server, COPY, form, post=post).query().convert()
        if isinstance(copy, bytes):
            copy = Graph().parse(copy, format="turtle")
        assert len(copy) == actors, form


def test_sparqlwrapper_is_told_what_is_wrong(server: Server) -> None:
    client = wrapper(server, "SELECT nonsense", "json", post=True)
    with pytest.raises(readers.need("SPARQLWrapper").SPARQLExceptions.QueryBadFormed) as caught:
        client.query()
    assert "problem/bad-query" in str(caught.value)


def test_sparqlwrapper_sends_a_token(closed: Server) -> None:
    client = wrapper(closed, BESIEGES, "json", post=True)
    client.setCredentials("anybody", TOKEN)
    assert client.query().convert()["boolean"] is True


def test_comunica(server: Server, graph: ox.Store) -> None:
    label = f"SELECT * {{ <{GUARD}> <{RDFS.label}> ?l }}"
    asked = [(query, endpoint(server)) for query in (ACTORS, BESIEGES, label, COPY)]
    rows, besieges, labels, copied = readers.comunica(*asked)
    assert len(rows) == len(copied) == count(graph, type_=ACTOR)
    assert {"s": f"<{GUARD}>"} in rows
    assert besieges is True
    assert labels == [{"l": '"River Guard"@en'}]


def test_comunica_asks_two_servers_as_one(server: Server, karabakh: Server) -> None:
    both = (endpoint(server), endpoint(karabakh))
    asked = (SHARED, *both), (ACTORS, *both), *((SHARED, one) for one in both)
    shared, actors, *alone = readers.comunica(*asked)
    assert {"p": f"<{HUD}identity>", "o": f"<{KIND}named>"} in shared
    assert alone == [[], []]
    assert {f"<{GUARD}>", f"<{DIVISION}>"} <= {row["s"] for row in actors}
    quiet(server)
    quiet(karabakh)


def curl(*arguments: str) -> tuple[int, str, bytes]:
    """Return status, media type and body."""
    if shutil.which("curl") is None:
        pytest.skip("curl is not there")
    told = ("--silent", "--max-time", "20", "--write-out", "\n%{http_code} %{content_type}")
    done = subprocess.run(["curl", *told, *arguments], capture_output=True, check=True)
    body, _, last = done.stdout.rpartition(b"\n")
    status, _, media = last.decode().partition(" ")
    return int(status), media.partition(";")[0], body


TABLES = (JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values")


@pytest.mark.parametrize("media", TABLES)
def test_curl_reads_long_tables(karabakh: Server, media: str) -> None:
    sent = ("--data-urlencode", f"query={MANY}", "--header", f"Accept: {media}", "--compressed")
    status, got, body = curl(*sent, endpoint(karabakh))
    assert (status, got) == (200, media)
    rows = {
        JSON: lambda: len(json.loads(body)["results"]["bindings"]),
        TABLES[1]: lambda: body.count(b"<result>"),
        TABLES[2]: lambda: len(list(csv.reader(io.StringIO(body.decode())))) - 1,
        TABLES[3]: lambda: len(body.decode().splitlines()) - 1,
    }[media]()
    numbers = karabakh.query(MANY.replace("?s ?p ?o WHERE", "(COUNT(*) AS ?n) WHERE")).json()
    assert rows == int(numbers["results"]["bindings"][0]["n"]["value"]) > 10000


GRAPHS: Mapping[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/trig": ox.RdfFormat.TRIG,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


@pytest.mark.parametrize("media", GRAPHS)
def test_curl_reads_graphs(server: Server, graph: ox.Store, media: str) -> None:
    sent = ("--get", "--data-urlencode", f"query={COPY}", "--header", f"Accept: {media}")
    status, got, body = curl(*sent, endpoint(server))
    assert (status, got) == (200, media)
    assert len(list(ox.parse(body, format=GRAPHS[media]))) == count(graph, type_=ACTOR)


def test_curl_sends_a_query_as_such_and_a_token(closed: Server, tmp_path: Path) -> None:
    asked = tmp_path / "ask.rq"
    asked.write_text(BESIEGES)
    kind = ("--header", "Content-Type: application/sparql-query")
    sent = (*kind, "--data-binary", f"@{asked}", endpoint(closed))
    assert curl(*sent)[:2] == (401, "application/problem+json")
    for way in (("--header", f"Authorization: Bearer {TOKEN}"), ("--user", f"anybody:{TOKEN}")):
        status, media, body = curl(*way, *sent)
        assert (status, media, json.loads(body)["boolean"]) == (200, JSON, True)


def test_schemathesis_finds_the_description_true(server: Server, tmp_path: Path) -> None:
    """Any text is a query to a schema, so that some are refused is no fault."""
    readers.need("schemathesis")
    command = [sys.executable, "-m", "schemathesis.cli", "run", "--no-color", "--seed", "1"]
    bounds = ["--max-examples", "10", "--request-timeout", "10", "--generation-database", "none"]
    address = f"http://127.0.0.1:{server.port}/openapi.json"
    done = subprocess.run(
        [*command, *bounds, "--exclude-checks", "positive_data_acceptance", address],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert server.process.poll() is None
    quiet(server)
