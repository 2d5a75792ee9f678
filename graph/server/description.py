"""What the endpoint is and holds: SPARQL 1.1 Service Description and VoID."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.routing import Route

from ..model.terms import DCTERMS, HUD, RDF, XSD, case_namespace
from .http.problem import Refusal
from .http.responses import rdf
from .pool.request import Question

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    reply = await state.pool.ask(Question(sparql, table=_JSON))
    found = ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON)
    if not isinstance(found, ox.QuerySolutions):
        return []
    names = [variable.value for variable in found.variables]
    return [
        {key: str(getattr(value, "value", value)) for key, value in zip(names, row, strict=True)}
        for row in found
    ]


def _service(base: str, figures: Figures) -> Iterator[ox.Triple]:
    endpoint = f"{base}/sparql"
    service, dataset = f"{endpoint}#service", f"{endpoint}#dataset"
    default = f"{endpoint}#default-graph"
    yield _link(service, RDF + "type", SD + "Service")
    yield _link(service, SD + "endpoint", endpoint)
    yield _link(service, SD + "supportedLanguage", SD + "SPARQL11Query")
    for name in (*_RESULTS, *_RDF_FORMS):
        yield _link(service, SD + "resultFormat", _FORMATS + name)
    yield _link(service, SD + "defaultDataset", dataset)
    yield _link(dataset, RDF + "type", SD + "Dataset")
    yield _link(dataset, SD + "defaultGraph", default)
    yield _link(default, RDF + "type", SD + "Graph")
    for row in figures.get("figures", ()):
        yield _number(default, VOID + "triples", row["triples"])
    for row in figures.get("graphs", ()):
        name = row["graph"]
        entry = f"{endpoint}#{name.rpartition('/graph/')[2]}"
        yield _link(dataset, SD + "namedGraph", entry)
        yield _link(entry, RDF + "type", SD + "NamedGraph")
        yield _link(entry, SD + "name", name)
        yield _link(entry, SD + "graph", f"{entry}.graph")
        yield _link(f"{entry}.graph", RDF + "type", SD + "Graph")
        yield _number(f"{entry}.graph", VOID + "triples", row["triples"])


def _void(state: State, base: str, figures: Figures) -> Iterator[ox.Triple]:
    dataset = f"{base}/.well-known/void#dataset"
    title = ox.Literal(str(state.manifest.get("title", state.config.case)))
    yield _link(dataset, RDF + "type", VOID + "Dataset")
    yield _fact(dataset, DCTERMS + "title", title)
    yield _fact(dataset, DCTERMS + "identifier", ox.Literal(state.build))
    yield _link(dataset, VOID + "sparqlEndpoint", f"{base}/sparql")
    yield _link(dataset, VOID + "vocabulary", HUD)
    uri_space = ox.Literal(case_namespace(state.config.case))
    yield _fact(dataset, VOID + "uriSpace", uri_space)
    for name in _RDF_FORMS:
        yield _link(dataset, VOID + "feature", _FORMATS + name)
    for row in figures.get("figures", ()):
        for key, value in row.items():
            yield _number(dataset, VOID + key, value)
    classes = figures.get("classes")
    if classes is not None:
        yield _number(dataset, VOID + "classes", str(len(classes)))
    parts = [("class", "entities", row) for row in classes or ()]
    parts += [("property", "triples", row) for row in figures.get("properties", ())]
    for place, (kind, counted, row) in enumerate(parts, 1):
        part = f"{dataset}-{kind}-{place}"
        yield _link(dataset, f"{VOID}{kind}Partition", part)
        yield _link(part, VOID + kind, row[kind])
        yield _number(part, VOID + counted, row[counted])


def _fact(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)


def _link(subject: str, predicate: str, target: str) -> ox.Triple:
    return _fact(subject, predicate, ox.NamedNode(target))


def _number(subject: str, predicate: str, value: str) -> ox.Triple:
    return _fact(subject, predicate, ox.Literal(value, datatype=ox.NamedNode(XSD + "integer")))
