"""The predicates and kinds of a graph: names to terms, and what is below and above them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..model.terms import HUD, KIND, RDFS, SKOS, is_own_term, prefixes_of, term_name, text
from .store import serialized, triples_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DEFAULT = ox.DefaultGraph()
_OF_TERMS = (ox.NamedNode(HUD + "family"), ox.NamedNode(SKOS + "inScheme"))
"""What every predicate of statements has, and every kind."""
_LANE = ox.NamedNode(HUD + "lane")
_CAMP = ox.NamedNode(HUD + "camp")
_BROADER = (ox.NamedNode(RDFS + "subPropertyOf"), ox.NamedNode(SKOS + "broader"))


def _own_of(found: Iterable[object]) -> list[ox.NamedNode]:
    own = (one for one in found if isinstance(one, ox.NamedNode) and is_own_term(one.value))
    return sorted(own, key=str)


class Terms:
    """Looks up predicates and kinds.

    Args:
        store: the quads, with the ontology.
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @cached_property
    def own(self) -> Mapping[str, ox.NamedNode]:
        """The predicates and kinds that the case has of its own, by their names."""
        return {term_name(one.value): one for some in self._own for one in some}

    @cached_property
    def _own(self) -> tuple[list[ox.NamedNode], list[ox.NamedNode]]:
        """The predicates and the kinds that cases have of their own, sorted."""
        predicates, kinds = (
            {quad.subject for quad in self._store.quads_for_pattern(None, one, None, _DEFAULT)}
            for one in _OF_TERMS
        )
        return _own_of(predicates), _own_of(kinds)

    def namesakes(self, term: ox.NamedNode) -> tuple[ox.NamedNode, ...]:
        """Return the predicates, or the kinds, of any case that have the name of one of a case.

        Args:
            term: a term of a case; any other has none beside itself.
        """
        name = term_name(term.value)
        every = next((some for some in self._own if term in some), [term])
        return tuple(one for one in every if term_name(one.value) == name)

    @cached_property
    def broader(self) -> Mapping[str, str]:
        """The term of the ontology above each one that the case has of its own, by their names."""
        return {
            name: term_name(text(quad.object))
            for name, term in self.own.items()
            for link in _BROADER
            for quad in self._store.quads_for_pattern(term, link, None, _DEFAULT)
        }

    def node(self, namespace: str, name: str) -> ox.NamedNode:
        """Return the term of a predicate or kind, of the ontology or of the case.

        Args:
            namespace: ``HUD`` or ``KIND``, in which it is if the case has none of that name.
            name: its name.
        """
        return self.own.get(name) or ox.NamedNode(namespace + name)

    def serialized(self, name: str, media: str, case: str) -> bytes:
        """Return what is said of a term of the case as RDF, in a fixed order.

        Args:
            name: one of ``own``.
            media: media type of the form of RDF.
            case: the id of the case, for its prefixes.
        """
        return serialized(triples_of(self._store, self.own[name].value), media, prefixes_of(case))

    def lane(self, classed: str, kind: str) -> str:
        """Return the lane of a storyline that a thing is in: of its class, or else of its kind.

        Args:
            classed: name of its class.
            kind: name of its kind, of the ontology or of the case; empty if it has none.

        Returns:
            The name of a kind of the scheme ``lanes``; empty for what no storyline shows.
        """
        for term in (ox.NamedNode(HUD + classed), self.node(KIND, kind)):
            for quad in self._store.quads_for_pattern(term, _LANE, None, _DEFAULT):
                return term_name(text(quad.object))
        return ""

    def camp(self, predicate: str) -> str:
        """Return what statements with a predicate say of camps.

        Args:
            predicate: its name, of the ontology or of the case; the latter says what the one
                above it says.

        Returns:
            The name of a kind of the scheme ``campTies``; empty for what says nothing of them.
        """
        for term in (
            self.node(HUD, predicate),
            ox.NamedNode(HUD + self.broader.get(predicate, "")),
        ):
            for quad in self._store.quads_for_pattern(term, _CAMP, None, _DEFAULT):
                return term_name(text(quad.object))
        return ""

    def narrower(self, term: ox.NamedNode) -> tuple[ox.NamedNode, ...]:
        """Return a predicate or kind with all that are below it, itself first.

        Args:
            term: the predicate or kind; anything else is returned alone.
        """
        found, todo = {term: None}, [term]
        while todo:
            above = todo.pop()
            for link in _BROADER:
                for quad in self._store.quads_for_pattern(None, link, above, _DEFAULT):
                    if isinstance(quad.subject, ox.NamedNode) and quad.subject not in found:
                        found[quad.subject] = None
                        todo.append(quad.subject)
        return tuple(found)
