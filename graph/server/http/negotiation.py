"""Choosing the form of an answer: by a name, or by the ``Accept`` header of RFC 9110."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TABLES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
    "application/json",
    "application/xml",
)
"""The forms of what SELECT and ASK give, the one preferred by the server first."""

GRAPHS = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/trig",
    "application/rdf+xml",
    "application/json",
    "application/xml",
)
"""The forms of what CONSTRUCT and DESCRIBE give, likewise."""

TABLE_NAMES: Mapping[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
"""The forms of a table by the names that an address may give."""

GRAPH_NAMES: Mapping[str, str] = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "trig": "application/trig",
    "xml": "application/rdf+xml",
    "json": "application/ld+json",
    "turtle": "text/turtle",
    "n3": "text/turtle",
    "json-ld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "rdf+xml": "application/rdf+xml",
}
"""The forms of RDF likewise; from ``turtle`` on as exports and other clients call them."""

FORMATS = tuple(dict.fromkeys((*TABLE_NAMES, *GRAPH_NAMES, *TABLES, *GRAPHS)))
"""All that ``named`` knows."""

_REMEMBERED = 64
"""So many choices are remembered: most clients send the same header with every request."""

_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*((?:;[^,]*)?)", re.ASCII)
_QUALITY = re.compile(r";\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$)", re.IGNORECASE)


class _Range(NamedTuple):
    """A media range: how exact it is, its two parts, and its quality."""

    exact: int
    main: str
    sub: str
    quality: float


@lru_cache(_REMEMBERED)
def best(accept: str | None, offers: Sequence[str]) -> str | None:
    """Return the media type that a client likes best.

    Args:
        accept: the header; ``None`` if there is none. What cannot be read in it is passed over.
        offers: the media types that there are, the one preferred by the server first.

    Returns:
        One of the offers, or ``None`` if the client takes none of them.
    """
    ranges = [_range(part) for part in (accept or "").split(",")]
    known = sorted((found for found in ranges if found is not None), reverse=True)
    if not known:
        return offers[0]
    rated = [(_quality(offer, known), -place) for place, offer in enumerate(offers)]
    quality, place = max(rated)
    return offers[-place] if quality > 0 else None


def named(value: str) -> tuple[str | None, str | None]:
    """Return the media types of a form that is asked for by name.

    Args:
        value: a name, or a media type; of several between commas the first that there is. A space
            stands for the ``+`` that it was before an address was decoded.

    Returns:
        That of a table and that of RDF; ``None`` where the form does not fit, both if there is no
        such form.
    """
    parts = [part.partition(";")[0].strip().replace(" ", "+") for part in value.lower().split(",")]
    return _first(parts, TABLE_NAMES, TABLES), _first(parts, GRAPH_NAMES, GRAPHS)


def with_charset(media: str) -> str:
    """Return a media type as ``Content-Type`` says it: every answer is in UTF-8 and says so.

    Clients that go by the header alone, as RCurl does, else read Latin-1. JSON, N-Triples and TriG
    have no such parameter; then it "has no effect on compliant recipients" (RFC 8259, 11).
    """
    return f"{media}; charset=utf-8"


def _first(parts: list[str], names: Mapping[str, str], offers: Sequence[str]) -> str | None:
    return next((names.get(one, one) for one in parts if one in names or one in offers), None)


def _range(text: str) -> _Range | None:
    match = _RANGE.fullmatch(text)
    if match is None or (match[1] == "*" and match[2] != "*"):
        return None
    found = _QUALITY.search(match[3])
    if found is None and re.search(r";\s*q\s*=", match[3], re.IGNORECASE):
        return None
    main, sub = match[1].lower(), match[2].lower()
    exact = (main != "*") + (sub != "*")
    return _Range(exact, main, sub, float(found[1]) if found else 1.0)


def _quality(offer: str, ranges: list[_Range]) -> float:
    """Return the quality of the most exact range that an offer falls into."""
    main, _, sub = offer.partition("/")
    for each in ranges:
        if each.main in ("*", main) and each.sub in ("*", sub):
            return each.quality
    return 0.0
