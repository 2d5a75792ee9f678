"""Responses that several routes give."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.responses import Response

from ..vocabulary import PREFIXES
from .negotiation import GRAPHS, best, with_charset
from .problem import MEDIA, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request

_VARY = {"Vary": "Accept"}


def problem(refusal: Refusal) -> Response:
    """Return a refusal as a response."""
    return Response(refusal.body(), refusal.status, refusal.headers, MEDIA)


def as_json(content: object, status: int = 200) -> Response:
    """Return an object as JSON."""
    data = json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"
    return Response(data, status, media_type="application/json")


def content(media: str, body: bytes) -> Response:
    """Return an answer in the form that was negotiated."""
    return Response(body, headers={**_VARY, "Content-Type": with_charset(media)})


def rdf(triples: Iterable[ox.Triple], prefixes: dict[str, str], request: Request) -> Response:
    """Return triples in the form of RDF that a client likes best, in a fixed order.

    Args:
        triples: the triples.
        prefixes: prefixes beside those of the project.
        request: the request, for its ``Accept``.

    Raises:
        Refusal: the client takes none of the forms.
    """
    media = accepted(request, GRAPHS)
    form = ox.RdfFormat.from_media_type(media)
    listed = sorted(set(triples), key=str)
    data = ox.serialize(listed, format=form, prefixes={**PREFIXES, **prefixes}) or b""
    return content(media, data)


def accepted(request: Request, offers: tuple[str, ...]) -> str:
    """Return the media type that a client likes best.

    Raises:
        Refusal: the client takes none.
    """
    media = best(accept_of(request), offers)
    if media is None:
        raise Refusal("not-acceptable", f"there is: {', '.join(offers)}", _VARY)
    return media


def accept_of(request: Request) -> str | None:
    """Return the ``Accept`` header; several are one."""
    found = request.headers.getlist("accept")
    return ", ".join(found) if found else None
