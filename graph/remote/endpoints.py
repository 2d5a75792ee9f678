"""The addresses of a store: where it takes queries, updates and whole graphs."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from .transport import checked


class Endpoints(NamedTuple):
    """Addresses of one store; empty where it has none.

    Attributes:
        query: SPARQL 1.1 Protocol, queries.
        update: SPARQL 1.1 Protocol, updates.
        graphs: SPARQL 1.1 Graph Store HTTP Protocol.
    """

    query: str
    update: str = ""
    graphs: str = ""


_KNOWN = (
    ("/sparql-auth", ("/sparql-auth", "/sparql-auth", "/sparql-graph-crud-auth")),
    ("/sparql", ("/sparql", "/sparql", "/sparql-graph-crud")),
    ("/query", ("/query", "/update", "/store")),
)
"""How the last part of an address tells the others: Virtuoso with and without login, Oxigraph."""


def endpoints(url: str, update: str = "", graphs: str = "") -> Endpoints:
    """Return the addresses of a store, given one of them.

    Args:
        url: where it takes queries; or, if its path ends otherwise than the known ones, its root
            as of Oxigraph's server, with ``query``, ``update`` and ``store`` below it.
        update: where it takes updates, if that is elsewhere than in the stores known here.
        graphs: where it takes graphs, likewise.

    Raises:
        UsageError: one of them can be no address of a store.
    """
    parts = urlsplit(checked(url))
    path = parts.path.rstrip("/")
    ends = next((found for end, found in _KNOWN if path.endswith(end)), None)
    root = path.rpartition("/")[0] if ends else path
    if ends is None and (update or graphs):
        return Endpoints(url, update and checked(update), graphs and checked(graphs))

    def at(end: str) -> str:
        return urlunsplit(parts._replace(path=root + end, fragment=""))

    query, own_update, own_graphs = (at(end) for end in ends or _KNOWN[-1][1])
    return Endpoints(
        query,
        checked(update) if update else own_update,
        checked(graphs) if graphs else own_graphs,
    )
