"""Choosing the form of an answer by the ``Accept`` header of RFC 9110."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

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

_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*((?:;[^,]*)?)", re.ASCII)
_QUALITY = re.compile(r";\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$)", re.IGNORECASE)


class _Range(NamedTuple):
    """A media range: how exact it is, its two parts, and its quality."""

    exact: int
    main: str
    sub: str
    quality: float


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


def with_charset(media: str) -> str:
    """Return a media type as ``Content-Type`` says it: every answer is in UTF-8 and says so.

    Clients that go by the header alone, as RCurl does, else read Latin-1. JSON, N-Triples and TriG
    have no such parameter; then it "has no effect on compliant recipients" (RFC 8259, 11).
    """
    return f"{media}; charset=utf-8"


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
