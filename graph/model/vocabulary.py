"""The terms of the ontology, as names that the rest of the code can look up.

The Turtle files under ``ontology/`` are the truth; nothing about a term is repeated in Python but
the namespaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from .folders import ONTOLOGY
from .terms import (
    HUD,
    KIND,
    OWL,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
    iri_of,
    is_own_term,
    parse_turtle,
    term_name,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pyoxigraph as ox

    from .own_terms import OwnTerm

ONTOLOGY_FILES = ("hudna.ttl", "kinds.ttl")


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate that statements may use.

    Attributes:
        name: what authors write; see ``graph.model.terms.term_name``.
        label: words that stand between subject and object.
        family: local name of the family's kind: ``command``, ``violence`` and so on.
        sign: +1 backing or alliance, -1 hostility, 0 neither.
        aspect: ``act`` or ``state``.
        timeless: whether what it says holds on every day if it holds at all.
        takes: what the object is: ``thing``, ``kind`` or ``value``.
        datatypes: local names of the XML Schema types that a value may have.
        default_mode: the mode of a claim that says none: ``fact``, ``opinion`` and so on.
        role: whether it is the role of an actor in an event, agreement or clause.
    """

    name: str
    label: str
    family: str
    sign: int
    aspect: str
    timeless: bool
    takes: str
    datatypes: frozenset[str]
    role: bool
    default_mode: str = "fact"

    @property
    def counts(self) -> bool:
        """Whether the values are figures, of which one may be unknown."""
        return self.family == "quantity"

    @property
    def changes(self) -> bool:
        """Whether the values are figures of a state, which may be others on another day."""
        return self.counts and self.aspect == "state"


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The ontology and the kinds, parsed, with the terms that a case has of its own.

    Each is itself alone: that all its triples are those of another is not looked at.

    Attributes:
        quads: all triples of the ontology and its kinds, as quads of the default graph.
        folder: where the files were read.
        own: the terms of the case; see ``graph.model.own_terms.with_own_terms``.
    """

    quads: tuple[ox.Quad, ...]
    folder: Path
    own: tuple[OwnTerm, ...] = ()

    @cached_property
    def core(self) -> Vocabulary:
        """The ontology without the terms of a case."""
        if not self.own:
            return self
        kept = (quad for quad in self.quads if not is_own_term(iri_of(quad.subject)))
        return Vocabulary(tuple(kept), self.folder)

    @cached_property
    def own_terms(self) -> Mapping[str, OwnTerm]:
        """The terms of the case by their names."""
        return {term.name: term for term in self.own}

    def iri(self, namespace: str, name: str) -> str:
        """Return the IRI of a predicate or kind: the one place where a name becomes one.

        Args:
            namespace: ``HUD`` or ``KIND``, in which it is if the case has none of that name.
            name: what authors write.
        """
        own = self.own_terms.get(name)
        return own.iri if own else namespace + name

    @cached_property
    def classes(self) -> Mapping[str, frozenset[str]]:
        """Local name of each class of the ontology, with its superclasses' IRIs and its own."""
        parents: dict[str, set[str]] = {}
        for quad in self._with(RDFS + "subClassOf"):
            parents.setdefault(iri_of(quad.subject), set()).add(iri_of(quad.object))
        names = {iri_of(q.subject) for q in self._with(RDF + "type", OWL + "Class")}
        return {
            iri.removeprefix(HUD): frozenset(_closure(iri, parents))
            for iri in sorted(names)
            if iri.startswith(HUD)
        }

    @cached_property
    def predicates(self) -> Mapping[str, Predicate]:
        """The predicates of statements by local name: every property that has a family."""
        return {
            term_name(iri): self._predicate(iri)
            for iri in sorted(
                (iri_of(quad.subject) for quad in self._with(HUD + "family")), key=term_name
            )
        }

    @cached_property
    def kinds(self) -> Mapping[str, frozenset[str]]:
        """Local names of the kinds by the local name of their scheme."""
        found: dict[str, set[str]] = {}
        for quad in self._with(SKOS + "inScheme"):
            scheme = iri_of(quad.object).removeprefix(KIND)
            found.setdefault(scheme, set()).add(term_name(iri_of(quad.subject)))
        return {scheme: frozenset(members) for scheme, members in sorted(found.items())}

    @cached_property
    def kinds_by_name(self) -> Mapping[str, Sequence[str]]:
        """The schemes of each kind, by its local name."""
        found: dict[str, list[str]] = {}
        for scheme, members in self.kinds.items():
            for name in members:
                found.setdefault(name, []).append(scheme)
        return found

    @cached_property
    def version(self) -> str:
        """The version of the ontology, as in ``owl:versionInfo``."""
        return next((text(q.object) for q in self._with(OWL + "versionInfo")), "")

    def _predicate(self, iri: str) -> Predicate:
        values = self.texts.get(iri, {})

        def first(term: str) -> str:
            return next(iter(values.get(term, ())), "")

        ranges = values.get(SCHEMA + "rangeIncludes", [])
        datatypes = frozenset(r.removeprefix(XSD) for r in ranges if r.startswith(XSD))
        takes = "value" if datatypes else "kind" if SKOS + "Concept" in ranges else "thing"
        return Predicate(
            name=term_name(iri),
            label=first(RDFS + "label"),
            family=first(HUD + "family").removeprefix(KIND),
            sign=int(first(HUD + "sign") or 0),
            aspect=first(HUD + "aspect").removeprefix(KIND),
            timeless=first(HUD + "timeless") == "true",
            takes=takes,
            datatypes=datatypes,
            role=first(HUD + "role") == "true",
            default_mode=first(HUD + "defaultMode").removeprefix(KIND) or "fact",
        )

    @cached_property
    def texts(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """What the ontology says of each of its terms: values by property, all IRIs in full."""
        found: dict[str, dict[str, list[str]]] = {}
        for iri, quads in self.about.items():
            values = found.setdefault(iri, {})
            for quad in quads:
                values.setdefault(quad.predicate.value, []).append(text(quad.object))
        return found

    @cached_property
    def about(self) -> Mapping[str, Sequence[ox.Quad]]:
        """The triples of each term, by its IRI."""
        found: dict[str, list[ox.Quad]] = {}
        for quad in self.quads:
            found.setdefault(iri_of(quad.subject), []).append(quad)
        return found

    def _with(self, predicate: str, value: str | None = None) -> Iterator[ox.Quad]:
        for quad in self.quads:
            if quad.predicate.value == predicate and value in (None, text(quad.object)):
                yield quad


def load(folder: Path = ONTOLOGY) -> Vocabulary:
    """Parse the ontology; while its files are as they were, what is returned is the same.

    Args:
        folder: the folder that holds ``hudna.ttl`` and ``kinds.ttl``.

    Raises:
        InputOutputError: a file is missing, unreadable or no Turtle; the text says where.
    """
    return _of(folder, tuple(parse_turtle(folder / name) for name in ONTOLOGY_FILES))


@lru_cache(maxsize=4)
def _of(folder: Path, files: tuple[tuple[ox.Quad, ...], ...]) -> Vocabulary:
    return Vocabulary(tuple(chain.from_iterable(files)), folder)


def _closure(iri: str, parents: Mapping[str, Iterable[str]]) -> set[str]:
    seen: set[str] = set()
    todo = [iri]
    while todo:
        current = todo.pop()
        if current not in seen:
            seen.add(current)
            todo.extend(parents.get(current, ()))
    return seen
