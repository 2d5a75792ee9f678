"""The SPARQL 1.1 Protocol for queries, at ``/sparql``.

The default graph is that of the store: things, statements, claims, the ontology and what is
accepted. The named graphs are those of the store: what each voice asserts, and what is alleged.
``FROM`` and the parameters of the protocol choose among these by name, and a name that there is not
names an empty graph; nothing is ever fetched. The parameters of the protocol win over ``FROM``.

``on``, ``as`` and ``only`` ask a snapshot: the graph as of a day and as a voice tells it. It is cut
once and kept (``pool.snapshots``), and its graphs are the default graph and ``ties``.

The form of an answer is what ``format`` names, for clients that have nothing but an address, else
what ``Accept`` likes best. A parameter that there is not is refused: it may be a slip.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl

from starlette.responses import Response
from starlette.routing import Route

from ..errors import UsageError, suggestion
from ..model.terms import refused_iri
from ..query.parameters import day_of
from .description import service_description
from .http.negotiation import GRAPH_NAMES, GRAPHS, TABLE_NAMES, TABLES, best, named
from .http.problem import Refusal
from .http.responses import accept_of, content
from .pool.request import QueryRequest

if TYPE_CHECKING:
    from starlette.requests import Request

    from .pool.request import QueryResult
    from .state import State

PATH = "/sparql"
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_FORMAT = ("format", "output", "results")
"""What names the form of an answer; the others are other servers' words, which SPARQLWrapper sends
along."""
_DEFAULT_GRAPH, _NAMED_GRAPH = "default-graph-uri", "named-graph-uri"
_SNAPSHOT = ("on", "as", "only")
_KNOWN = ("query", _DEFAULT_GRAPH, _NAMED_GRAPH, *_SNAPSHOT, *_FORMAT)
_LONGEST_NAME = 200
_LONGEST = 60
"""So much of what was sent is said back."""

_RDFLIB_DEFAULT = ("urn:x-rdflib:default",)
"""What rdflib's ``Dataset`` names as the default graph, whatever store it asks."""

_UNWATCHED = 0.02
"""Seconds after which is looked whether a client is gone."""

_FIELDS = 1000
"""So many parameters may come with a request."""


def routes(state: State) -> list[Route]:
    """Return the route of the endpoint."""

    async def endpoint(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(METHODS)})
        parameters = await _parameters(request)
        if not parameters and request.method != "POST":
            return await service_description(state, request)
        question = _question(parameters, request, state)
        reply = state.pool.remembered(question) or await _unless_gone(state, question, request)
        return content(reply.media, reply.body)

    return [Route(PATH, endpoint, methods=list(METHODS))]


async def _parameters(request: Request) -> list[tuple[str, str]]:
    """Return the parameters of a request, wherever they stand; a query sent as such is one."""
    found = _decoded(request.scope["query_string"], "the query string")
    if request.method != "POST":
        return found
    kind, charset = _content_type(request)
    if kind == UPDATE:
        raise Refusal("read-only", "this is an update; here is only read")
    if kind not in (FORM, QUERY):
        told = f"a query is sent as {FORM} or {QUERY}"
        raise Refusal("unsupported-media-type", told, {"Accept-Post": f"{FORM}, {QUERY}"})
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Refusal("unsupported-media-type", "a query is sent in UTF-8")
    body = await request.body()
    if kind == FORM:
        return found + _decoded(body, "the form")
    try:
        return [*found, ("query", body.decode("utf-8"))]
    except UnicodeDecodeError as error:
        raise Refusal("bad-request", f"byte {error.start} is not UTF-8") from None


def _content_type(request: Request) -> tuple[str, str]:
    """Return the media type of a request's body and its charset, both in small letters."""
    listed = request.headers.getlist("content-type")
    kind, _, rest = (listed[0] if len(listed) == 1 else "").partition(";")
    parameters = dict(part.strip().lower().partition("=")[::2] for part in rest.split(";"))
    return kind.strip().lower(), parameters.get("charset", "").strip('"')


def _decoded(data: bytes, what: str) -> list[tuple[str, str]]:
    try:
        text = data.decode("ascii" if what != "the form" else "utf-8")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeError:
        raise Refusal("bad-request", f"{what} is not UTF-8, percent-encoded") from None
    except ValueError:
        raise Refusal("bad-request", f"{what} has more than {_FIELDS} parameters") from None


def _question(parameters: list[tuple[str, str]], request: Request, state: State) -> QueryRequest:
    """Return what is asked.

    Raises:
        Refusal: it is not one query, is an update, is too long, has a parameter that there is not,
            or no form of answer is taken.
    """
    names = dict.fromkeys(name for name, _ in parameters)
    if "update" in names:
        raise Refusal("read-only", "this is an update; here is only read")
    unknown = [name[:_LONGEST] for name in names if name not in _KNOWN]
    if unknown:
        told = f'there is no parameter "{unknown[0]}"{suggestion(unknown[0], _KNOWN)}'
        raise Refusal("bad-request", f"{told}; there is: {', '.join(_KNOWN)}")
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        raise Refusal("bad-request", f'one parameter "query" is needed; there are {len(queries)}')
    most = state.config.limits.query_bytes
    if len(queries[0].encode("utf-8")) > most:
        raise Refusal("request-too-large", f"a query may have {most} bytes")
    table, graph = _forms([value for name, value in parameters if name in _FORMAT], request)
    default = _graphs(_DEFAULT_GRAPH, parameters)
    others = _graphs(_NAMED_GRAPH, parameters)
    cut = _snapshot(parameters)
    if default in (None, _RDFLIB_DEFAULT) and others is None:
        return QueryRequest(queries[0], None, None, table, graph, *cut)
    return QueryRequest(queries[0], default or (), others or (), table, graph, *cut)


def _snapshot(parameters: list[tuple[str, str]]) -> tuple[str | None, str | None, bool]:
    """Return the day, the voice and whether only that voice is wanted; who it is, the graph knows.

    Raises:
        Refusal: one of them is given twice, or is none.
    """
    given: dict[str, str] = {}
    for name, value in parameters:
        if name in _SNAPSHOT and given.setdefault(name, value) != value:
            raise Refusal("bad-request", f"{name} is given more than once")
    try:
        on = day_of("on", given["on"]).isoformat() if "on" in given else None
    except UsageError as error:
        raise Refusal("bad-request", str(error)) from None
    voice, only = given.get("as"), given.get("only", "false")
    if voice is not None and not 0 < len(voice.strip()) <= _LONGEST_NAME:
        raise Refusal("bad-request", f"as takes a name of at most {_LONGEST_NAME} letters")
    if only not in ("true", "false") or (only == "true" and voice is None):
        raise Refusal("bad-request", "only is true or false, and goes with as")
    return on, voice, only == "true"


def _forms(wanted: list[str], request: Request) -> tuple[str | None, str | None]:
    """Return the media types for a table and for RDF; ``None`` where the client takes none."""
    found = {value: named(value) for value in wanted}
    for value, forms in found.items():
        if forms == (None, None):
            told = f"for a table {', '.join(TABLE_NAMES)}; for RDF {', '.join(GRAPH_NAMES)}"
            more = "; or a media type"
            raise Refusal("bad-request", f'no form is called "{value[:_LONGEST]}"; {told}{more}')
    if len(set(found.values())) > 1:
        listed = ", ".join(value[:_LONGEST] for value in found)
        raise Refusal("bad-request", f"more than one form is asked for: {listed[:999]}")
    if wanted:
        return found[wanted[0]]
    accept = accept_of(request)
    table, graph = best(accept, TABLES), best(accept, GRAPHS)
    if table is None and graph is None:
        listed = ", ".join(dict.fromkeys([*TABLES, *GRAPHS]))
        raise Refusal("not-acceptable", f"there is: {listed}", {"Vary": "Accept"})
    return table, graph


def _graphs(name: str, parameters: list[tuple[str, str]]) -> tuple[str, ...] | None:
    found = tuple(value for key, value in parameters if key == name)
    if any(map(refused_iri, found)):
        raise Refusal("bad-request", f"{name} is no absolute IRI")
    return found or None


async def _unless_gone(state: State, question: QueryRequest, request: Request) -> QueryResult:
    """Return the answer; if the client goes away before, the query is stopped.

    Whether it goes is not looked at before a while: most queries are answered by then.
    """
    asking = cast("asyncio.Task[object]", asyncio.current_task())
    gone: list[asyncio.Task[None]] = []

    def watch() -> None:
        gone.append(asyncio.create_task(_gone(request, asking)))

    later = asyncio.get_running_loop().call_later(_UNWATCHED, watch)
    try:
        return await state.pool.ask(question)
    except asyncio.CancelledError:
        if any(task.done() for task in gone):
            raise Refusal("shutting-down", "the client is gone") from None
        raise
    finally:
        later.cancel()
        for task in gone:
            task.cancel()


async def _gone(request: Request, asking: asyncio.Task[object]) -> None:
    """Wait until the client has gone away, and stop what was asked for it."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    asking.cancel()
