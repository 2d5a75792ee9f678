"""The queries and updates that are sent to stores, as files with places for values."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..errors import UsageError
from ..read.binding import as_triples, as_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FOLDER = Path(__file__).resolve().parent / "sparql"
_PLACE = re.compile(r"<urn:x-hudna:([a-z]+)>|# triples$", re.MULTILINE)


@cache
def _file(name: str) -> str:
    paths = (FOLDER / f"{name}{end}" for end in (".rq", ".ru"))
    return next(path for path in paths if path.is_file()).read_text("utf-8")


def sparql_of(
    name: str,
    *,
    triples: Iterable[ox.Triple] = (),
    rows: tuple[int, int] | None = None,
    **iris: str | Sequence[str],
) -> str:
    """Return a query or update of this folder, its values put in by one pass.

    Args:
        name: the file without its ending.
        triples: what stands for the line ``# triples`` in it.
        rows: at most how many rows of the answer, and from which on.
        iris: the IRI, or the IRIs, that stand for ``<urn:x-hudna:NAME>`` in it.

    Raises:
        UsageError: a value is none, whoever said it; nothing is to be sent then.
    """
    nodes = {
        key: as_value(*(_node(iri) for iri in ([given] if isinstance(given, str) else given)))
        for key, given in iris.items()
    }
    data = as_triples(triples)
    found = _PLACE.sub(lambda place: nodes[place[1]] if place[1] else data, _file(name))
    return f"{found}LIMIT {rows[0]:d} OFFSET {rows[1]:d}" if rows else found


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise UsageError(f"{iri!r} is no IRI: {error}") from error
