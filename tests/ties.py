"""What exports of networks are held against: ties as SPARQL gives them, and a hostile network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import miniature
import networkx as nx

from graph.export.selection import Selection
from graph.model import SHOWN
from graph.model.terms import HUD, KIND, case_namespace, text
from graph.read.select import Graph, select

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph as ox
    from miniature import Judged

TIES = """
PREFIX hud: <https://w3id.org/hudna/ontology#>
PREFIX kind: <https://w3id.org/hudna/kind/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
SELECT ?statement ?subject ?predicate ?object ?sign ?status ?when ?first ?last
       (COUNT(DISTINCT ?claim) AS ?claims)
WHERE {
  ?predicate hud:tie true ; hud:sign ?sign .
  ?statement rdf:predicate ?predicate ; rdf:subject ?subject ; rdf:object ?object ;
             hud:status ?status .
  FILTER (?status != kind:rejected && ?subject != hud:unknown && ?object != hud:unknown)
  ?claim hud:about ?statement ; a hud:Claim .
  OPTIONAL { ?statement hud:when ?when }
  OPTIONAL { ?statement sem:hasEarliestBeginTimeStamp ?first }
  OPTIONAL { ?statement sem:hasLatestEndTimeStamp ?last }
} GROUP BY ?statement ?subject ?predicate ?object ?sign ?status ?when ?first ?last
"""
SPANS = """
PREFIX hud: <https://w3id.org/hudna/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?statement ?first ?last WHERE {
  ?statement hud:span ?span ; rdf:predicate ?predicate .
  ?span hud:possibleFrom ?first ; hud:possibleUntil ?last .
  FILTER NOT EXISTS { ?predicate hud:timeless true }
}
"""
NAMES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?label (MIN(?name) AS ?arabic) WHERE {
  ?thing rdfs:label ?label .
  OPTIONAL { ?thing skos:altLabel ?name FILTER (LANG(?name) = "ar") }
} GROUP BY ?thing ?label
"""


class Tie(NamedTuple):
    """One statement that is a tie; dates are empty where they are not known.

    ``first`` and ``last`` are the earliest begin and the latest end.
    """

    subject: str
    predicate: str
    object: str
    sign: int
    status: str
    when: str
    first: str
    last: str
    claims: int


def ties(store: ox.Store) -> Mapping[str, Tie]:
    """Return the ties of a graph that are not rejected, by the ids of their statements."""
    found = {}
    for row in select(store, TIES).rows:
        name, *values = ("" if term is None else _local(text(term)) for term in row)
        subject, predicate, target, sign, status, when, first, last, claims = values
        found[name] = Tie(
            subject, predicate, target, int(sign), status, when, first, last, int(claims)
        )
    return found


def spells(store: ox.Store) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return the first and last days of the spans of statements, but of timeless ones."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, *days in select(store, SPANS).rows:
        key = _local(text(name))
        first, last = map(text, days)
        found[key] = (*found.get(key, ()), (first, last))
    return found


def names(store: ox.Store) -> Mapping[str, tuple[str, str]]:
    """Return the label and the Arabic name of things by their ids; empty where there is none."""
    rows = select(store, NAMES).rows
    return {
        _local(text(thing)): (text(label), "" if arabic is None else text(arabic))
        for thing, label, arabic in rows
        if thing is not None and label is not None
    }


def _local(value: str) -> str:
    return value.rpartition("/")[2].rpartition("#")[2] if "://" in value else value


def answered(selection: Selection, text_of_query: str) -> set[tuple[str | None, ...]]:
    """Return the answer of a query, IRIs of the project by their local names."""
    table = select(selection.graph.store, text_of_query)
    return {
        tuple(None if term is None else local(text(term)) for term in row) for row in table.rows
    }


def local(value: str) -> str:
    """Return the local name of an IRI of the larger case, the kinds or the ontology."""
    for base in (case_namespace(miniature.CODED), KIND, HUD):
        value = value.removeprefix(base)
    return value


def parallel(ties: Mapping[str, Tie]) -> int:
    """Return how many ties share subject, predicate and object with another."""
    groups = [tie[:3] for tie in ties.values()]
    return sum(groups.count(group) > 1 for group in groups)


def selection(judged: Judged, case: str, **chosen: Any) -> Selection:  # noqa: ANN401
    """Return a selection of a judged case, with every node of its network somewhere.

    Ties of all statuses but rejected are chosen unless ``chosen`` says otherwise.
    """
    if not chosen.keys() & {"status", "voice"}:
        chosen["status"] = SHOWN
    graph = Graph(judged[1], case)
    nodes = sorted(Selection(graph, **chosen).network)
    places = {node: (float(at), float(at % 7)) for at, node in enumerate(nodes)}
    return Selection(graph, places=places, **chosen)


RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT OVERRIDE}txt.exe\N{POP DIRECTIONAL FORMATTING}"
LABELS = {
    "a.b-c.1": 'He said "no" & <b>left</b>',
    "sum": '=HYPERLINK("http://example.org","x")',
    "lines": "one\ntwo\r\nthree",
    "back": f"{RIGHT_TO_LEFT} الوعر",
    "end": "]]> --> </data></graphml>",
    "blanks": "  blanks at both ends  ",
}
"""Labels of the hostile network by ids of its nodes."""


def hostile() -> nx.MultiDiGraph[str]:
    """Return a network of whatever a format may stumble over."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(case="try", projection="ties", on="")
    for node, label in LABELS.items():
        made.add_node(node, label=label,
                      **{"class": "Place" if node == "sum" else "Nobody's class"})  # fmt: skip
    made.nodes["sum"].update(names=["-x", "+1", "a; b"], checked=True)
    made.nodes["lines"].update(note="@SUM(A1)", population=12)
    for number, status in enumerate(("accepted", "contested", "alleged")):
        made.add_edge("a.b-c.1", "sum", f"t.{number}", **_tie(status), when=f"201{number}")
    made.add_edge("sum", "sum", "loop", **_tie("open"), low=1.5)
    made.add_edge("back", "end", "=1+1", **_tie("accepted"), when_text="\t=cmd|' /C calc'!A0")
    return made


def _tie(status: str) -> dict[str, Any]:
    return {"predicate": "backs", "label": 'backs "him"', "sign": -1, "status": status,
            "family": "backing", "claims": 2, "voices": ["a", "b"], "sources": ["s"],
            "certainty": "certain"}  # fmt: skip
