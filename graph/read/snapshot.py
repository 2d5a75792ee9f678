"""Cutting a graph: some of its statements with all that is said on them, and all else whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..model.terms import HUD, RDF, RDFS, graph_iri
from .case_graph import CaseGraph

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    Said = tuple[Any, ox.NamedNode, Any]

_DEFAULT = ox.DefaultGraph()
_UNKNOWN = ox.NamedNode(HUD + "unknown")
_SAID = tuple(ox.NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
_ON_A_STATEMENT = tuple(ox.NamedNode(HUD + name) for name in ("about", "on"))
_OF_A_STATEMENT = tuple(ox.NamedNode(HUD + name) for name in ("span", "verdict"))
_ABOVE = ox.NamedNode(RDFS + "subPropertyOf")


def said(graph: CaseGraph) -> dict[ox.NamedNode, Said]:
    """Return what each statement says: its subject, predicate and object.

    Args:
        graph: the judged graph and its case.
    """
    subjects, predicates, objects = (
        {quad.subject: quad.object for quad in _all(graph.store, term)} for term in _SAID
    )
    return {
        node: (subjects[node], predicate, objects[node])
        for node, predicate in predicates.items()
        if node in subjects and node in objects
    }


def cut(graph: CaseGraph, every: Mapping[ox.NamedNode, Said], kept: Collection[str]) -> CaseGraph:
    """Return a graph of its own in which some of the statements are.

    Their plain triples are in its default graph, whatever their status, and those of ties by their
    groups in ``…/graph/ties`` as far as they are there in the graph; there are no other graphs. A
    statement that is not kept may be named, as a condition or by a mechanism, but nothing is said
    of it. Things, sources and the ontology are whole.

    Args:
        graph: the judged graph and its case.
        every: what all its statements say; see ``said``.
        kept: the ids of the statements.
    """
    nodes = set(map(graph.node, kept))
    store = ox.Store()
    store.bulk_extend(_left(graph.store, every, nodes))
    left = {every[node] for node in nodes}
    store.bulk_extend(ox.Quad(*triple) for triple in left if triple[0] != _UNKNOWN)
    ties = ox.NamedNode(graph_iri(graph.case, "ties"))
    above = {predicate: _above(graph.store, predicate) for _, predicate, _ in left}
    grouped = {(subject, wider, end) for subject, p, end in left for wider in above[p]}
    store.bulk_extend(
        quad
        for quad in graph.store.quads_for_pattern(None, None, None, ties)
        if (quad.subject, quad.predicate, quad.object) in grouped
    )
    return CaseGraph(store, graph.case)


def _left(
    store: ox.Store, every: Mapping[ox.NamedNode, Said], kept: Collection[ox.NamedNode]
) -> Iterator[ox.Quad]:
    """Yield the default graph without what other statements say, and what is said of them."""
    gone: set[object] = {node for node in every if node not in kept}
    for term in _ON_A_STATEMENT:
        about = {quad.subject for quad in _all(store, term) if quad.object in gone}
        gone |= about - {quad.subject for quad in _all(store, term) if quad.object not in gone}
    for term in _OF_A_STATEMENT:
        gone |= {quad.object for quad in _all(store, term) if quad.subject in gone}
    plain, predicates = set(every.values()), {predicate for _, predicate, _ in every.values()}
    for quad in store.quads_for_pattern(None, None, None, _DEFAULT):
        subject = quad.subject
        if subject not in gone and (
            (predicate := quad.predicate) not in predicates
            or (subject, predicate, quad.object) not in plain
        ):
            yield quad


def _all(store: ox.Store, term: ox.NamedNode) -> Iterator[Any]:
    """Yield the quads of a property in the default graph."""
    return store.quads_for_pattern(None, term, None, _DEFAULT)


def _above(store: ox.Store, predicate: ox.NamedNode) -> set[ox.NamedNode]:
    """Return the properties above a predicate."""
    found: set[ox.NamedNode] = set()
    todo = {predicate}
    while todo:
        below = todo.pop()
        wider: Any = {quad.object for quad in store.quads_for_pattern(below, _ABOVE, None)}
        todo |= wider - found
        found |= wider
    return found
