"""The description of a record as RDF: what the default graph says of it and of what rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...export.dossier import Dossier
from ...model.terms import HUD, case_namespace, prefixes_of, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .shelf import Shelf

_DEFAULT = ox.DefaultGraph()
_SPAN = ox.NamedNode(HUD + "span")


def described(shelf: Shelf, key: str, media: str) -> bytes:
    """Return the triples that describe a record, in a fixed order.

    Args:
        shelf: the records of the case.
        key: id of the record; empty for the case.
        media: media type of the form of RDF.

    Returns:
        The triples of the default graph with the record as subject, and then those of the records
        that ``described_with`` names.
    """
    base = case_namespace(shelf.graph.case)
    nodes = [ox.NamedNode(base + one) for one in (key, *described_with(shelf, key))]
    found = [
        quad.triple
        for node in nodes
        for quad in sorted(shelf.graph.store.quads_for_pattern(node, None, None, _DEFAULT), key=str)
    ]
    form = ox.RdfFormat.from_media_type(media)
    prefixes = prefixes_of(shelf.graph.case)
    return ox.serialize(found, format=form, prefixes=prefixes) or b""


def described_with(shelf: Shelf, key: str) -> list[str]:
    """Return the ids of the records that are described together with a record.

    With a thing come the statements that concern it, as the dossier chooses them, the claims on
    these, and verdicts; with a question its answers and their claims; with a statement its
    spans, its claims and its verdict; with a claim its statement; with a source its sentences; with
    a sentence the claims that cite it.

    Args:
        shelf: the records of the case.
        key: id of the record.
    """
    return sorted(set(_with(shelf, key)) - {key})


def _with(shelf: Shelf, key: str) -> Iterator[str]:
    if not key:
        return
    table, row = shelf[key]
    if table == "things":
        yield from _on(shelf, Dossier(shelf.telling, key).ids)
        answers = [one["statement"] for one in shelf.tables["answers"] if one["question"] == key]
        yield from _on(shelf, answers)
    elif table == "statements":
        yield from _on(shelf, [key])
    elif table in ("claims", "verdicts"):
        yield row["statement"]
    elif table == "sources":
        yield from (one["id"] for one in shelf.tables["passages"] if one["source"] == key)
    elif table == "passages":
        yield from (one["claim"] for one in shelf.citing.get(key, ()))


def _on(shelf: Shelf, statements: Iterable[str]) -> Iterator[str]:
    """Yield statements, their spans, the claims on them and verdicts about them."""
    graph = shelf.graph
    for one in statements:
        yield one
        for quad in graph.store.quads_for_pattern(graph.node(one), _SPAN, None, _DEFAULT):
            yield graph.local(text(quad.object))
        yield from (claim["id"] for claim in shelf.claims_on.get(one, ()))
        yield from (verdict["id"] for verdict in shelf.verdicts.get(one, ()))
