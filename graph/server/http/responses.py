"""Responses that several routes give."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from starlette.responses import Response

from ...model.terms import PREFIXES
from ...read.store import serialized
from .negotiation import GRAPHS, best, with_charset
from .problem import MEDIA, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyoxigraph as ox
    from starlette.requests import Request

ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""Headers of every answer, unless the route has set them itself."""

_VARY = {"Vary": "Accept"}
_XML_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
"""A browser shows XML as a tree, by inline styles and images of its own."""


_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')


def policy_of(page: bytes) -> str:
    """Return the policy that a page sets for itself; if it sets none, nothing may be loaded."""
    match = _POLICY.search(page)
    return match[1].decode("ascii") if match else "default-src 'none'"


def problem(refusal: Refusal) -> Response:
    """Return a refusal as a response."""
    return Response(refusal.body(), refusal.status, refusal.headers, with_charset(MEDIA))


def as_json(content: object, status: int = 200) -> Response:
    """Return an object as JSON.

    Args:
        content: what ``json.dumps`` takes.
        status: of HTTP.
    """
    data = json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"
    return Response(data, status, media_type=with_charset("application/json"))


def content(media: str, body: bytes) -> Response:
    """Return an answer in the form that was negotiated.

    Args:
        media: its media type.
        body: its bytes.
    """
    headers = {**_VARY, "Content-Type": with_charset(media)}
    if media.endswith("xml"):
        headers["Content-Security-Policy"] = _XML_POLICY
    return Response(body, headers=headers)


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
    return content(
        media, serialized(sorted(set(triples), key=str), media, {**PREFIXES, **prefixes})
    )


def accepted(request: Request, offers: tuple[str, ...]) -> str:
    """Return the media type that a client likes best.

    Args:
        request: whose header ``Accept`` is read.
        offers: the media types that there are, the best first.

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
