"""What the endpoint is and holds: SPARQL 1.1 Service Description and VoID."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.routing import Route

from ..model.terms import DCTERMS, HUD, RDF, case_namespace
from ..read.store import triple
from .http.problem import Refusal
from .http.responses import rdf
from .pool.request import QueryRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox
    from starlette.requests import Request
    from starlette.responses import Response

    from .state import State

    Row = dict[str, str]
    Figures = dict[str, list[Row]]

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_RDF_FORMS = ("Turtle", "N-Triples", "JSON-LD", "TriG", "RDF_XML")
_PREFIXES = {"sd": SD, "void": VOID}
_FIGURES = ("figures", "graphs", "classes", "properties")
_QUERIES = Path(__file__).resolve().parent / "queries"
_JSON = "application/sparql-results+json"


def routes(state: State) -> list[Route]:
    """Return the route of the VoID description."""

    async def void(request: Request) -> Response:
        return rdf(_void(state, _base(request), await _figures(state)), _PREFIXES, request)

    return [Route("/.well-known/void", void)]


async def service_description(state: State, request: Request) -> Response:
    """Return the description of the endpoint, in the form of RDF that the client likes best.

    Args:
        state: the open server.
        request: whose header ``Accept`` is read.

    Raises:
        Refusal: the client takes none.
    """
    figures = await _figures(state)
    return rdf(_service(_base(request), figures), _PREFIXES, request)


def _base(request: Request) -> str:
    """Return the address of the server as the client named it; the guard has checked it."""
    return str(request.base_url).rstrip("/")


async def _figures(state: State) -> Figures:
    """Return the sizes of the graph, counted once; those that cannot be counted are missing."""
    kept = state.kept.get("figures")
    if isinstance(kept, dict):
        return kept
    found: Figures = {}
    try:
        for name in _FIGURES:
            found[name] = await _rows(state, name)
    except Refusal:
        return found
    state.kept["figures"] = found
    return found


async def _rows(state: State, name: str) -> list[Row]:
    sparql = (_QUERIES / f"{name}.rq").read_text("utf-8")
    reply = await state.pool.ask(QueryRequest(sparql, table=_JSON))
    rows = json.loads(reply.body)["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in rows]


def _service(base: str, figures: Figures) -> Iterator[ox.Triple]:
    endpoint = f"{base}/sparql"
    service, dataset = f"{endpoint}#service", f"{endpoint}#dataset"
    default = f"{endpoint}#default-graph"
    yield triple(service, RDF + "type", target=SD + "Service")
    yield triple(service, SD + "endpoint", target=endpoint)
    yield triple(service, SD + "supportedLanguage", target=SD + "SPARQL11Query")
    for name in (*_RESULTS, *_RDF_FORMS):
        yield triple(service, SD + "resultFormat", target=_FORMATS + name)
    yield triple(service, SD + "defaultDataset", target=dataset)
    yield triple(dataset, RDF + "type", target=SD + "Dataset")
    yield triple(dataset, SD + "defaultGraph", target=default)
    yield triple(default, RDF + "type", target=SD + "Graph")
    for row in figures.get("figures", ()):
        yield triple(default, VOID + "triples", value=int(row["triples"]))
    for row in figures.get("graphs", ()):
        name = row["graph"]
        entry = f"{endpoint}#{name.rpartition('/graph/')[2]}"
        yield triple(dataset, SD + "namedGraph", target=entry)
        yield triple(entry, RDF + "type", target=SD + "NamedGraph")
        yield triple(entry, SD + "name", target=name)
        yield triple(entry, SD + "graph", target=f"{entry}.graph")
        yield triple(f"{entry}.graph", RDF + "type", target=SD + "Graph")
        yield triple(f"{entry}.graph", VOID + "triples", value=int(row["triples"]))


def _void(state: State, base: str, figures: Figures) -> Iterator[ox.Triple]:
    dataset, case = f"{base}/.well-known/void#dataset", state.config.case
    yield triple(dataset, RDF + "type", target=VOID + "Dataset")
    yield triple(dataset, DCTERMS + "title", value=str(state.manifest.get("title", case)))
    yield triple(dataset, DCTERMS + "identifier", value=state.build)
    yield triple(dataset, VOID + "sparqlEndpoint", target=f"{base}/sparql")
    yield triple(dataset, VOID + "vocabulary", target=HUD)
    yield triple(dataset, VOID + "uriSpace", value=case_namespace(case))
    for name in _RDF_FORMS:
        yield triple(dataset, VOID + "feature", target=_FORMATS + name)
    for row in figures.get("figures", ()):
        for key, value in row.items():
            yield triple(dataset, VOID + key, value=int(value))
    classes = figures.get("classes")
    if classes is not None:
        yield triple(dataset, VOID + "classes", value=len(classes))
    parts = [("class", "entities", row) for row in classes or ()]
    parts += [("property", "triples", row) for row in figures.get("properties", ())]
    for place, (kind, counted, row) in enumerate(parts, 1):
        part = f"{dataset}-{kind}-{place}"
        yield triple(dataset, f"{VOID}{kind}Partition", target=part)
        yield triple(part, VOID + kind, target=row[kind])
        yield triple(part, VOID + counted, value=int(row[counted]))
