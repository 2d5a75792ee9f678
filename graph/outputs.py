"""The files that a build publishes, made from the judged graph alone."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

from . import store as stores
from .network import STATUSES, network
from .query import QUERIES, Graph, prefixes_of, select, short, text
from .vocabulary import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

    from .model import Case
    from .vocabulary import Vocabulary

_SHOWN = tuple(status for status in STATUSES if status != "rejected")
_LIBRARIES = ("networkx", "pyoxigraph", "pyrudof", "pyvis", "rdflib")


def outputs(store: ox.Store, case: Case, vocabulary: Vocabulary) -> dict[str, bytes]:
    """Return the contents of all files of a build, by name.

    Args:
        store: the judged graph.
        case: gives title and sources for what people read.
        vocabulary: the ontology, published beside the graph.
    """
    files = {
        "graph.nq": stores.nquads(store),
        "graph.ttl": stores.turtle(store, prefixes_of(case.id)),
        "ontology.ttl": stores.turtle(stores.in_memory(vocabulary.quads), PREFIXES),
    }
    return files


def about(store: ox.Store, case: Case, vocabulary: Vocabulary) -> dict[str, object]:
    """Return what the manifest says of a build: counts and versions, no clock and no path."""
    return {
        "case": case.id,
        "title": case.title,
        "counts": {
            "sources": len(case.sources),
            "things": len(case.things),
            "statements": len(case.statements),
            "claims": sum(len(statement.claims) for statement in case.statements),
            "quads": len(store),
            "status": _statuses(store),
        },
        "ontology": vocabulary.version,
        "versions": {
            "hudna": version("hudna"),
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
        },
    }


def _statuses(store: ox.Store) -> dict[str, int]:
    table = select(store, (QUERIES / "support" / "status-counts.rq").read_text("utf-8"))
    return {
        short(text(status)).removeprefix("kind:"): int(text(count)) for status, count in table.rows
    }
