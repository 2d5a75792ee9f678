"""Dereferenceable things at ``/id/``: whatever has an IRI in the case, as a page or as RDF.

The IRI ``https://w3id.org/hudna/CASE/ID`` is answered at ``/id/ID``, that of the case itself at
``/id/``, and that of a term of the case at ``/id/term/NAME``. What comes is chosen by ``Accept``;
``/id/ID.html``, ``/id/ID.ttl`` and ``/id/ID.jsonld`` have one form each. There are no redirections
to other documents: the same address gives them all. For programs the record of a thing is at
``/things/ID.json``, as ``/thing.schema.json`` describes.
A former id leads to the present one; that of what was withdrawn is answered with 410.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ...model.terms import OWN_TERM
from ...read.former import present, withdrawn_with
from ...read.once import once_told
from ...read.record_index import RecordIndex
from ...read.thing_json import SCHEMA, thing_json
from ..http.negotiation import GRAPHS, best
from ..http.problem import MEDIA, Refusal
from ..http.responses import accept_of, accepted, content, problem
from .describing import described
from .index import index
from .pages import POLICY, STYLE, absent, listing, page, term_page

if TYPE_CHECKING:
    from starlette.requests import Request

    from ..state import State

PATH = "/id/"
HTML = "text/html"
SUFFIXES = {".html": HTML, ".ttl": "text/turtle", ".jsonld": "application/ld+json"}
"""Endings of addresses with the form that they always give."""

_OFFERS = (HTML, *GRAPHS)


def routes(state: State) -> list[Route]:
    """Return the routes: the case and its index, each record, and the style of the pages."""

    def whole(request: Request) -> Response:
        return _answer(state, request, "", accepted(request, _OFFERS))

    def one(request: Request) -> Response:
        name = str(request.path_params["name"])
        known = _records(state)
        if name in known:
            return _answer(state, request, name, accepted(request, _OFFERS))
        for suffix, media in SUFFIXES.items():
            bare = name.removesuffix(suffix)
            if bare != name and (bare in known or bare == "index"):
                return _answer(state, request, bare if bare in known else "", media)
        return _moved(known, name) or _gone(known, name, request) or _absent(request)

    def term(request: Request) -> Response:
        name = str(request.path_params["name"])
        own = _records(state).graph.terms.own
        for suffix, media in {"": "", **SUFFIXES}.items():
            bare = name.removesuffix(suffix)
            if bare in own and (bare != name or not suffix):
                wanted = media or accepted(request, _OFFERS)
                return _term(state, bare, wanted)
        return _absent(request, "../../")

    def plain(request: Request) -> Response:
        return _plain(state, request, str(request.path_params["name"]))

    def schema(_request: Request) -> Response:
        return Response(SCHEMA.read_bytes(), media_type="application/schema+json; charset=utf-8")

    def style(_request: Request) -> Response:
        return Response(STYLE.read_bytes(), media_type="text/css")

    return [
        Route("/id", lambda _request: RedirectResponse("id/", 308)),
        Route(PATH, whole),
        Route("/things.css", style),
        Route("/things/{name}.json", plain),
        Route("/thing.schema.json", schema),
        Route(f"{PATH}{{name}}", one),
        Route(f"{PATH}{OWN_TERM}{{name}}", term),
    ]


def _records(state: State) -> RecordIndex:
    """Return the records of the case; they are read once."""
    return state.once("records", lambda: RecordIndex(state.built.graph))


def _answer(state: State, request: Request, name: str, media: str) -> Response:
    known = _records(state)
    if media != HTML:
        return content(media, described(known, name, media))
    if name:
        return _html(page(known, name))
    found = index(known, request.query_params.get("class"), request.query_params.get("page", "1"))
    return _html(listing(known, found)) if found else _absent(request)


def _plain(state: State, request: Request, name: str) -> Response:
    """Return the record of a thing for programs, or where it is, or that it is not there."""
    known = _records(state)
    if name in known and known[name].table == "things":
        return content("application/json", thing_json(known, name))
    now = present(known.graph, name)
    if now != name and now in known:
        return RedirectResponse(f"{now}.json", 301)
    return _gone(known, name, request) or _absent(request)


def _term(state: State, name: str, media: str) -> Response:
    known = _records(state)
    if media == HTML:
        return _html(term_page(known, name))
    return content(media, known.graph.terms.serialized(name, media, known.graph.case))


def _html(text: str, status: int = 200) -> Response:
    headers = {"Vary": "Accept", "Content-Security-Policy": POLICY}
    return Response(text, status, headers, HTML)


def _moved(known: RecordIndex, name: str) -> Response | None:
    """Return where a record is whose former id was asked for."""
    bare, suffix = next(
        ((name.removesuffix(one), one) for one in SUFFIXES if name.endswith(one)), (name, "")
    )
    now = present(known.graph, bare)
    return RedirectResponse(now + suffix, 301) if now != bare and now in known else None


def _gone(known: RecordIndex, name: str, request: Request) -> Response | None:
    """Return when and why a record, or what it was a part of, was withdrawn; ``None`` if not."""
    names = (name, *(name.removesuffix(one) for one in SUFFIXES if name.endswith(one)))
    found = (withdrawn_with(known.graph, one) for one in names)
    gone = str(next(filter(None, found), ""))
    once = filter(None, (once_told(known.graph, one) for one in names))
    gone = gone or next((f"This is told of no more. {told}" for told in once), "")
    return _refused(request, "gone", gone) if gone else None


def _absent(request: Request, root: str = "../") -> Response:
    """Return that there is no such record."""
    return _refused(request, "not-found", "The case has nothing of this id.", root)


def _refused(request: Request, kind: str, told: str, root: str = "../") -> Response:
    """Return that nothing is there, to people as a page; see ``pages.absent``."""
    refusal = Refusal(kind, told, {"Vary": "Accept"})
    if best(accept_of(request), (MEDIA, "application/json", HTML)) == HTML:
        return _html(absent(told, root), refusal.status)
    return problem(refusal)
