"""From the graph to a network: a named projection as a ``networkx.MultiDiGraph``.

A projection is a query that says which statements join which nodes. What else is known of an edge
is looked up here, alike for all projections, and so are the filters.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from .errors import UsageError, suggestion
from .narrowing import SHOWN, STATUSES, Filters
from .query import Graph, named_queries, select, text
from .statements import Statements, together
from .vocabulary import HUD, KIND, RDF, RDFS, SKOS, case_namespace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from typing import Unpack

    import networkx as nx

    from .narrowing import Narrowing
    from .query import Query

    Data = dict[str, Any]
    Edge = tuple[str, str, str, Data]

__all__ = ["SHOWN", "STATUSES", "network", "recipes"]
PROJECTIONS = Path(__file__).resolve().parent / "projections"
_DEFAULT = ox.DefaultGraph()
_TYPE = ox.NamedNode(RDF + "type")
_SUBCLASS = ox.NamedNode(RDFS + "subClassOf")
_LABEL = ox.NamedNode(RDFS + "label")
_ALIAS = ox.NamedNode(SKOS + "altLabel")
_NOTE = ox.NamedNode(SKOS + "note")
_IDENTITY = ox.NamedNode(HUD + "identity")


def recipes() -> Mapping[str, Query]:
    """Return the projections that ``network`` knows, by name."""
    return named_queries([PROJECTIONS])


def network(
    graph: Graph, recipe: str = "ties", **narrowing: Unpack[Narrowing]
) -> nx.MultiDiGraph[str]:
    """Return a projection of the graph.

    Args:
        graph: the store and its case.
        recipe: name of the projection; see ``recipes``.
        narrowing: which of its ties: ``on``, ``during``, ``voice``, ``status``, ``certainty``,
            ``family`` and ``place``; see ``graph.narrowing.Narrowing``. Only accepted ties count
            unless a voice or a status is given.

    Returns:
        Node ids are ids of things; an edge's key is the id of its statement, of its claim or of
        its passage, whatever the projection joins by. Nodes have ``label``, ``arabic``, ``names``
        (all further ones), ``kind`` (the class), ``identity`` and ``note``. Edges have ``kind``
        (the predicate), ``label``, ``family``, ``sign``, ``status``, ``certainty``, ``when``, the
        four bounds as ISO dates, ``claims`` (their number), ``voices`` and ``sources``, and with
        ``on`` also ``held``: ``certain`` or ``possible``. What is not known is left out.
        ``graph.graph`` says how it was made. Ties with an end that no source names are left out:
        two unknowns are not one node.

    Raises:
        UsageError: a name is unknown, the day is none, the span is no EDTF, or both voice and
            status are given.
    """
    import networkx as nx

    chosen = _recipe(recipe)
    filters = Filters.of(graph, narrowing)
    result: nx.MultiDiGraph[str] = nx.MultiDiGraph(case=graph.case, recipe=recipe)
    result.graph.update(filters.told())
    edges = [edge for edge in _edges(graph, chosen) if filters.admit(*edge)]
    nodes = _nodes(graph, {end for subject, target, _, _ in edges for end in (subject, target)})
    for node in sorted(nodes):
        result.add_node(node, **nodes[node])
    for subject, target, key, data in edges:
        del data["stances"]
        result.add_edge(subject, target, key=key, **data)
    return result


def _recipe(name: str) -> Query:
    known = recipes()
    if name not in known:
        hint = suggestion(name, known) or f"; the projections are {', '.join(known)}"
        raise UsageError(f'there is no projection "{name}"{hint}')
    return known[name]


def _edges(graph: Graph, recipe: Query) -> Iterator[Edge]:
    """Yield the edges of a projection with all that is known of them."""
    base = case_namespace(graph.case)
    statements = Statements(graph)
    table = select(graph.store, recipe.sparql)
    for row in table.rows:
        ids = {
            name: text(term).removeprefix(base)
            for name, term in zip(table.columns, row, strict=True)
        }
        if "passage" in ids:
            key, data = ids["passage"], _mentioned(ids["passage"])
        elif "claim" in ids:
            key, data = ids["claim"], _claimed(statements, ids["statement"], ids["claim"])
        else:
            key, data = ids["statement"], statements.attributes(ids["statement"])
            claims = statements.claims(ids["statement"])
            data |= {**together(claims), "stances": claims}
        yield ids["subject"], ids["object"], key, data


def _claimed(statements: Statements, statement: str, name: str) -> Data:
    """Return what is known of an edge that is a single claim."""
    claim = statements.claim(name)
    found = {**statements.attributes(statement), "statement": statement, "stance": claim["stance"]}
    return {**found, **together([claim]), "stances": statements.claims(statement)}


def _mentioned(passage: str) -> Data:
    """Return what is known of an edge that is a sentence; that it is written, nobody disputes."""
    source, _, sentence = passage.partition(".")
    return {
        "kind": "mentionedWith",
        "label": "is mentioned with",
        "family": "mention",
        "sign": 0,
        "status": "accepted",
        "sentence": sentence,
        "claims": 0,
        "voices": [],
        "sources": [source],
        "stances": [],
    }


def _nodes(graph: Graph, ends: Collection[str]) -> dict[str, Data]:
    """Return what is known of some things: label, narrowest class, identity, Arabic name, note."""
    base = case_namespace(graph.case)
    wider = _wider_classes(graph.store)
    found: dict[str, Data] = {}
    for end in ends:
        values: dict[ox.NamedNode, list[Any]] = {}
        for quad in graph.store.quads_for_pattern(ox.NamedNode(base + end), None, None, _DEFAULT):
            values.setdefault(quad.predicate, []).append(quad.object)
        if _LABEL not in values:
            found[end] = {"label": end}
            continue
        types = {text(term) for term in values.get(_TYPE, ())}
        narrow = types - {name for known in types for name in wider.get(known, ())}
        classes = sorted(name for name in narrow if name.startswith(HUD))
        data: Data = {"label": text(values[_LABEL][0])}
        data["kind"] = classes[0].removeprefix(HUD)
        if _IDENTITY in values:
            data["identity"] = text(values[_IDENTITY][0]).removeprefix(KIND)
        arabic = sorted(name.value for name in values.get(_ALIAS, ()) if name.language == "ar")
        if arabic:
            data["arabic"] = arabic[0]
        further = sorted(name.value for name in values.get(_ALIAS, ()))
        if further:
            data["names"] = further
        if _NOTE in values:
            data["note"] = text(values[_NOTE][0])
        found[end] = data
    return found


def _wider_classes(store: ox.Store) -> dict[str, set[str]]:
    """Return the classes directly above each class of the ontology."""
    wider: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, _SUBCLASS, None, _DEFAULT):
        wider.setdefault(text(quad.subject), set()).add(text(quad.object))
    return wider
