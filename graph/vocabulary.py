"""The terms of the ontology, as names that the rest of the code can look up.

The Turtle files under ``ontology/`` are the truth; nothing about a term is repeated in Python but
the namespaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from .errors import InputOutputError
from .model.terms import (
    HUD,
    KIND,
    OWL,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

ONTOLOGY_FILES = ("hudna.ttl", "kinds.ttl")
DEFAULT_FOLDER = Path(__file__).resolve().parent.parent / "ontology"


def refused_iri(text: str) -> str:
    """Return why the store takes a text for no IRI; empty if it takes it."""
    return _refusal(lambda: ox.NamedNode(text))


def refused_language(tag: str) -> str:
    """Return why the store takes a text for no language tag; empty if it takes it."""
    return _refusal(lambda: ox.Literal("", language=tag))


def _refusal(make: Callable[[], object]) -> str:
    try:
        make()
    except ValueError as error:
        return str(error)
    return ""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate that statements may use.

    Attributes:
        name: local name in the ontology's namespace.
        label: words that stand between subject and object.
        family: local name of the family's kind: ``command``, ``violence`` and so on.
        sign: +1 backing or alliance, -1 hostility, 0 neither.
        aspect: ``act`` or ``state``.
        timeless: whether what it says holds on every day if it holds at all.
        takes: what the object is: ``thing``, ``kind`` or ``value``.
        datatypes: local names of the XML Schema types that a value may have.
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


@dataclass(frozen=True)
class Vocabulary:
    """The ontology and the kinds, parsed.

    Attributes:
        quads: all triples of the ontology and its kinds, as quads of the default graph.
        folder: where the files were read.
    """

    quads: tuple[ox.Quad, ...]
    folder: Path

    @cached_property
    def classes(self) -> Mapping[str, frozenset[str]]:
        """Local name of each class of the ontology, with its superclasses' IRIs and its own."""
        parents: dict[str, set[str]] = {}
        for quad in self._with(RDFS + "subClassOf"):
            parents.setdefault(_iri(quad.subject), set()).add(_iri(quad.object))
        names = {_iri(q.subject) for q in self._with(RDF + "type", OWL + "Class")}
        return {
            iri.removeprefix(HUD): frozenset(_closure(iri, parents))
            for iri in sorted(names)
            if iri.startswith(HUD)
        }

    @cached_property
    def predicates(self) -> Mapping[str, Predicate]:
        """The predicates of statements by local name: every property that has a family."""
        return {
            name: self._predicate(HUD + name)
            for name in sorted(
                _iri(quad.subject).removeprefix(HUD) for quad in self._with(HUD + "family")
            )
        }

    @cached_property
    def kinds(self) -> Mapping[str, frozenset[str]]:
        """Local names of the kinds by the local name of their scheme."""
        found: dict[str, set[str]] = {}
        for quad in self._with(SKOS + "inScheme"):
            scheme = _iri(quad.object).removeprefix(KIND)
            found.setdefault(scheme, set()).add(_iri(quad.subject).removeprefix(KIND))
        return {scheme: frozenset(members) for scheme, members in sorted(found.items())}

    @cached_property
    def version(self) -> str:
        """The version of the ontology, as in ``owl:versionInfo``."""
        return next((_text(q.object) for q in self._with(OWL + "versionInfo")), "")

    def _predicate(self, iri: str) -> Predicate:
        values = self._by_subject.get(iri, {})

        def first(term: str) -> str:
            return next(iter(values.get(term, ())), "")

        ranges = values.get(SCHEMA + "rangeIncludes", [])
        datatypes = frozenset(r.removeprefix(XSD) for r in ranges if r.startswith(XSD))
        takes = "value" if datatypes else "kind" if SKOS + "Concept" in ranges else "thing"
        return Predicate(
            name=iri.removeprefix(HUD),
            label=first(RDFS + "label"),
            family=first(HUD + "family").removeprefix(KIND),
            sign=int(first(HUD + "sign") or 0),
            aspect=first(HUD + "aspect").removeprefix(KIND),
            timeless=first(HUD + "timeless") == "true",
            takes=takes,
            datatypes=datatypes,
            role=first(HUD + "role") == "true",
        )

    @cached_property
    def _by_subject(self) -> Mapping[str, dict[str, list[str]]]:
        found: dict[str, dict[str, list[str]]] = {}
        for quad in self.quads:
            values = found.setdefault(_iri(quad.subject), {})
            values.setdefault(quad.predicate.value, []).append(_text(quad.object))
        return found

    def _with(self, predicate: str, value: str | None = None) -> Iterator[ox.Quad]:
        for quad in self.quads:
            if quad.predicate.value == predicate and value in (None, _text(quad.object)):
                yield quad


def load(folder: Path = DEFAULT_FOLDER) -> Vocabulary:
    """Parse the ontology.

    Args:
        folder: the folder that holds ``hudna.ttl`` and ``kinds.ttl``.

    Raises:
        InputOutputError: a file is missing, unreadable or no Turtle; the text says where.
    """
    quads: list[ox.Quad] = []
    for name in ONTOLOGY_FILES:
        quads += parse_turtle(folder / name)
    return Vocabulary(tuple(quads), folder)


def parse_turtle(path: Path) -> list[ox.Quad]:
    """Parse one Turtle file of the project into quads of the default graph.

    Raises:
        InputOutputError: the file is missing, unreadable or no Turtle.
    """
    try:
        data = path.read_bytes()
        return list(ox.parse(data, format=ox.RdfFormat.TURTLE, base_iri=HUD))
    except OSError as error:
        raise InputOutputError(f"{path}: {error.strerror or error}") from error
    except SyntaxError as error:
        raise InputOutputError(f"{path}:{error.lineno or 0}: {error.msg}") from error


def _closure(iri: str, parents: Mapping[str, Iterable[str]]) -> set[str]:
    seen: set[str] = set()
    todo = [iri]
    while todo:
        current = todo.pop()
        if current not in seen:
            seen.add(current)
            todo.extend(parents.get(current, ()))
    return seen


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
