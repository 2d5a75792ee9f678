"""The files that a build publishes, made from the judged graph alone."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, cast

from . import store as stores
from .network import STATUSES, network
from .query import QUERIES, Graph, prefixes_of, select, short, spaced, text
from .vocabulary import KIND, PREFIXES, case_namespace

if TYPE_CHECKING:
    import networkx as nx
    import pyoxigraph as ox

    from .model import Case
    from .viewer.evidence import ShownClaim
    from .vocabulary import Vocabulary

_SHOWN = tuple(status for status in STATUSES if status != "rejected")
_LIBRARIES = ("networkx", "pyoxigraph", "pyrudof", "pyvis", "rdflib")


def outputs(store: ox.Store, case: Case, vocabulary: Vocabulary) -> dict[str, bytes]:
    """Return the contents of all files of a build, by name.

    Networks for other programs and the page hold ties of every status but rejected; each says of
    every tie which status it has.

    Args:
        store: the judged graph.
        case: gives title and sources for what people read.
        vocabulary: the ontology, published beside the graph.
    """
    graph = Graph(store, case.id)
    ties = network(graph, "ties", status=_SHOWN)
    return {
        "graph.nq": stores.nquads(store),
        "graph.ttl": stores.turtle(store, prefixes_of(case.id)),
        "ontology.ttl": stores.turtle(stores.in_memory(vocabulary.quads), PREFIXES),
        **_networks(ties, case),
        "index.html": _page(graph, ties, case),
    }


def _networks(ties: nx.MultiDiGraph[str], case: Case) -> dict[str, bytes]:
    from .export import csv_tables, gexf, graphml
    from .viewer.layout import positions

    return {
        "network.gexf": gexf.write(ties, title=case.title, positions=positions(ties)),
        "network.graphml": graphml.write(ties, title=case.title),
        "nodes.csv": csv_tables.nodes(ties),
        "edges.csv": csv_tables.edges(ties),
    }


def _page(graph: Graph, ties: nx.MultiDiGraph[str], case: Case) -> bytes:
    import networkx as nx

    from .viewer.page import page

    roles = network(graph, "participation", status=_SHOWN)
    about_case = {
        "Case": case.title,
        "What it is": case.description,
        "Sources": "; ".join(f"{s.title} ({s.publisher}, {s.date})" for s in case.sources),
        "Licence of the data": case.licence,
    }
    both = cast("nx.MultiDiGraph[str]", nx.compose(ties, roles))
    return page(both, title=case.title, about=about_case, evidence=_evidence(graph))


def _evidence(graph: Graph) -> dict[str, list[ShownClaim]]:
    """Return the claims of every statement, by its id, as the page shows them."""
    base = case_namespace(graph.case)
    table = select(graph.store, (QUERIES / "support" / "evidence.rq").read_text("utf-8"))
    claims: dict[str, tuple[str, ShownClaim, list[str]]] = {}
    for row in table.rows:
        found = {name: text(term) for name, term in zip(table.columns, row, strict=True)}
        if found["claim"] not in claims:
            claims[found["claim"]] = (found["statement"], _shown_claim(found), [])
        claims[found["claim"]][2].append(found["sentence"])
    evidence: dict[str, list[ShownClaim]] = {}
    for statement, claim, sentences in claims.values():
        claim["sentences"] = sorted(set(sentences), key=_sentence_order)
        evidence.setdefault(statement.removeprefix(base), []).append(claim)
    return evidence


def _shown_claim(found: dict[str, str]) -> ShownClaim:
    claim: ShownClaim = {
        "voice": found["voice"],
        "stance": spaced(found["stance"].removeprefix(KIND)),
        "certainty": found["certainty"].removeprefix(KIND),
        "source": short(found["source"]),
        "source_title": found["title"],
        "url": found["url"],
    }
    if found["note"]:
        claim["note"] = found["note"]
    return claim


def _sentence_order(sentence: str) -> list[int]:
    return [int(part) for part in sentence.split(".")]


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
