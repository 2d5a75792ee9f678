"""What things, kinds, predicates and statements are called: one lookup, one rule of languages."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..model.patterns import denied
from ..model.terms import KIND, RDFS, SKOS, iri_of, is_own_term, short, spaced, text
from .former import cases_of
from .values import passage, preferred

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .case_graph import CaseGraph

_DEFAULT = ox.DefaultGraph()
_LABELS = (ox.NamedNode(RDFS + "label"), ox.NamedNode(SKOS + "prefLabel"))


class Labels:
    """Looks up labels, each once; of several, one in English or without a language counts.

    Args:
        graph: where the labels are.
    """

    def __init__(self, graph: CaseGraph) -> None:
        self._graph = graph
        self._known: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._told: dict[str, str] = {}

    def of(self, iri: str) -> str:
        """Return the label of a term; empty if it has none."""
        if iri not in self._known:
            found = self._labels(iri)
            told = preferred(found) if found else ""
            cases = cases_of(self._graph, self._graph.local(iri)) if told in self._shared else ()
            self._known[iri] = f"{told} ({', '.join(cases)})" if cases else told
        return self._known[iri]

    def every(self, iri: str) -> list[str]:
        """Return the labels of a term in all languages, sorted."""
        return sorted(label.value for label in self._labels(iri))

    def _labels(self, iri: str) -> list[ox.Literal]:
        """Return the labels of a term, also of a thing that is told of no more.

        Kinds have them under another property than all else.
        """
        node, store = ox.NamedNode(iri), self._graph.store
        for term in _LABELS:
            quads = store.quads_for_pattern(node, term, None)
            if found := [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]:
                return found
        return []

    @cached_property
    def _shared(self) -> frozenset[str]:
        """The labels that things of several cases have, which are told apart by their cases."""
        names = self._graph.names
        if not names.several:
            return frozenset()
        cases: dict[str, set[tuple[str, ...]]] = {}
        for quad in self._graph.store.quads_for_pattern(None, _LABELS[0], None, _DEFAULT):
            if names.owns(iri_of(quad.subject)):
                of = cases_of(self._graph, self._graph.local(iri_of(quad.subject)))
                cases.setdefault(text(quad.object), set()).add(of)
        return frozenset(label for label, found in cases.items() if len(found) > 1)

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The labels of all kinds by their local names, sorted, with those of the case."""
        quads = self._graph.store.quads_for_pattern(None, _LABELS[1], None, _DEFAULT)
        named = {iri_of(quad.subject) for quad in quads}
        kinds = (iri for iri in named if iri.startswith(KIND) or is_own_term(iri))
        return {self._graph.name(iri): self.of(iri) for iri in sorted(kinds, key=self._graph.name)}

    def shown(self, iri: str) -> str:
        """Return how a term stands in a table: by its label, its citation or its short name.

        A kind is shown by its name in words, as people type it.
        """
        if iri not in self._shown:
            self._shown[iri] = self._as_shown(iri)
        return self._shown[iri]

    def _as_shown(self, iri: str) -> str:
        if iri.startswith(KIND):
            return spaced(iri.removeprefix(KIND))
        if label := self.of(iri):
            return label
        name = self._graph.local(iri)
        cited = _citation(name) if name != iri else ""
        return cited or (name if self._graph.names.several else short(iri))

    def told(self, iri: str) -> str:
        """Return what ``shown`` does, but a statement or claim as what it says, with its id."""
        if iri not in self._told:
            self._told[iri] = self._as_told(iri)
        return self._told[iri]

    def _as_told(self, iri: str) -> str:
        found, name = self.shown(iri), self._graph.local(iri)
        if found != name or name == iri:
            return found
        claim = self._graph.claim(name)
        said = self.said(claim.statement or name)
        if claim.statement:
            said = f"{self.said(claim.voice)} {self.shown(KIND + claim.stance)}: {said}"
        return name if said == name else f"{said} ({name})"

    def said(self, name: str) -> str:
        """Return the label of a thing, what a statement says, or else the id itself.

        Args:
            name: the id of either.
        """
        label, statement = self.of(self._graph.node(name).value), self._graph.said(name)
        if label or not (statement.subject and statement.predicate):
            return label or name
        saying = self._graph.predicate(statement.predicate).saying
        told = saying.told(self.said(statement.subject), self._object(name))
        return denied(told) if statement.value is False else told

    def sentence(self, iri: str) -> str:
        """Return what the statement with an IRI says, as a sentence; empty for no IRI."""
        told = self.said(self._graph.local(iri)) if iri else ""
        return told[:1].upper() + told[1:]

    def _object(self, name: str) -> str:
        """Return the object of a statement in words, its value, or what may stand for it."""
        statement = self._graph.said(name)
        if options := self.alternatives(name):
            return options
        if statement.object:
            said = self.said(statement.object)
            return self.kinds.get(said, said) if said == statement.object else said
        value = str(statement.value)
        return value.lower() if isinstance(statement.value, bool) else value

    def alternatives_of(self, iri: str) -> str:
        """Return what ``alternatives`` does of the statement with an IRI; empty if it is none."""
        return self.alternatives(self._graph.local(iri)) if iri else ""

    def alternatives(self, name: str) -> str:
        """Return what may stand for the object that a statement leaves open: ``A or B``.

        An alternative of the same subject and predicate is its object, one of the same subject what
        it says of that, each with its scope; empty if the statement has none.

        Args:
            name: the id of the statement.
        """
        statement = self._graph.said(name)
        told = []
        for option in map(self._graph.said, statement.one_of):
            said = self.said(option.id)
            if option.subject == statement.subject:
                saying = self._graph.predicate(option.predicate).saying
                said = self._object(option.id)
                if option.predicate != statement.predicate:
                    said = saying.told("", said, from_object=False)
            told.append(f"{said} ({option.scope})" if option.scope else said)
        return " or ".join(told)


def _citation(name: str) -> str:
    """Return how a passage is cited, by its id; empty for anything else."""
    found = passage(name)
    numbers = found.sentence.split(".")
    return found.citation if len(numbers) == 2 and all(map(str.isdigit, numbers)) else ""
