"""Cutting a graph: some of its statements with all that is said on them, and all else whole."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..model.folders import ONTOLOGY
from ..model.terms import HUD, RDF, RDFS, is_own_term
from .case_graph import CaseGraph
from .together import add_ties_of_all

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    Said = tuple[Any, ox.NamedNode, Any]

_DEFAULT = ox.DefaultGraph()
_SAID = tuple(ox.NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
_ON_A_STATEMENT = tuple(ox.NamedNode(HUD + name) for name in ("about", "on"))
_OF_A_STATEMENT = tuple(ox.NamedNode(HUD + name) for name in ("span", "verdict"))
_STANDS = ox.NamedNode(HUD + "stands")
_TRUE = ox.Literal(value=True)
_OF_WHAT_STANDS = ("40-direct-edges.rq", "44-ties.rq", "45-broader-edges.rq")
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

    Each stands in it, whatever its status and also if it is past by now, with all that follows by
    the rules: plain triples, and those of ties in ``…/graph/ties``; there are no other graphs. A
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
    store.bulk_extend(ox.Quad(node, _STANDS, _TRUE) for node in nodes)
    for rule in _rules():
        store.update(rule)
    add_ties_of_all(store, graph.case)
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
    above = {q.subject: q.object for q in _all(store, _ABOVE) if is_own_term(q.subject.value)}
    plain = set(every.values())
    plain |= {(s, above[p], o) for s, p, o in every.values() if p in above}
    predicates = {predicate for _, predicate, _ in plain}
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


@cache
def _rules() -> tuple[str, ...]:
    """Return the rules by which something follows from what stands."""
    return tuple((ONTOLOGY / "rules" / n).read_text("utf-8") for n in _OF_WHAT_STANDS)
