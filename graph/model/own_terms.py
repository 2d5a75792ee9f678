"""Predicates and kinds that a case has of its own, each below one of the ontology."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from .record import NOWHERE
from .terms import (
    HUD,
    KIND,
    OWN_TERM,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
    Iri,
    Literal,
    Quad,
    case_namespace,
    own_term,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .record import Name, Origin
    from .vocabulary import Vocabulary

_NOT_INHERITED = frozenset(
    {
        *(RDFS + name for name in ("label", "isDefinedBy", "subPropertyOf")),
        *(SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel", "definition")),
        *(SKOS + name for name in ("example", "scopeNote", "broader", "inScheme")),
        *(HUD + name for name in ("inverseLabel", "sentencePattern", "inversePattern", "offered")),
    }
)
"""What the ontology says of a term that is not true of those below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTerm:
    """A predicate or kind that a case has of its own.

    What is empty or ``None`` is as of the broader term.

    Attributes:
        name: what authors write; unique among all terms of the case and the ontology.
        space: the id of the case, or the name of the folder whose terms several cases share.
        predicate: whether it is a predicate, and no kind.
        broader: the term of the ontology that it is a special case of, by its name.
        labels: its label in English and in other languages.
        inverse: the label of a predicate from the other end, likewise.
        pattern: the clause with places for subject and object, where the label makes none.
        inverse_pattern: that from the object's end.
        definition: one sentence.
        example: one or more.
        remark: which term to take where two are easily confused.
        synonyms: words that mean the same or nearly so.
        sign: of a predicate.
        aspect: of a predicate.
        domain: the classes of which the subject of a predicate may be.
        range: those of which its object may be.
        lists: the lists that a kind is in.
        origin: where it was authored.
    """

    name: str
    space: str
    predicate: bool
    broader: str
    labels: tuple[Name, ...]
    inverse: tuple[Name, ...] = ()
    pattern: str = ""
    inverse_pattern: str = ""
    definition: str
    example: str
    remark: str = ""
    synonyms: tuple[str, ...] = ()
    sign: int | None = None
    aspect: str = ""
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    origin: Origin = NOWHERE

    @property
    def iri(self) -> str:
        """Its IRI."""
        return own_term(self.space, self.name)

    @property
    def above(self) -> str:
        """The IRI of its broader term."""
        return (HUD if self.predicate else KIND) + self.broader


@lru_cache(maxsize=4)
def with_own_terms(core: Vocabulary, terms: tuple[OwnTerm, ...]) -> Vocabulary:
    """Return a vocabulary with the terms that a case has of its own beside those of the ontology.

    For the same terms it is the same one.

    Args:
        core: the ontology.
        terms: the terms; their broader terms are of the ontology.
    """
    if not terms:
        return core
    more = (quad for term in terms for quad in _quads(term, core))
    return type(core)((*core.quads, *more), core.folder, terms)


def _quads(term: OwnTerm, core: Vocabulary) -> Iterator[Quad]:
    """Yield what is said of a term: what is inherited, then what is its own."""
    node = Iri(term.iri)
    told = dict(_told(term))
    for quad in core.about.get(term.above, ()):
        named = quad.predicate.value
        if named not in _NOT_INHERITED and named not in told:
            yield Quad(node, quad.predicate, quad.object)
    for named, values in told.items():
        for value in values:
            yield Quad(node, Iri(named), value)
    lists = term.lists or core.texts[term.above].get(SKOS + "inScheme", ())
    for one in () if term.predicate else lists:
        yield Quad(node, Iri(SKOS + "inScheme"), Iri(_iri(KIND, one)))


def _iri(namespace: str, name: str) -> str:
    return name if "://" in name else namespace + name


def _told(term: OwnTerm) -> Iterator[tuple[str, list[Iri | Literal]]]:
    """Yield what a term says itself, by property; a property of which nothing is said is left."""
    label, link = (RDFS + "label", RDFS + "subPropertyOf") if term.predicate else (
        SKOS + "prefLabel", SKOS + "broader")  # fmt: skip
    said: dict[str, list[Iri | Literal]] = {
        label: [Literal(one.text, language=one.lang) for one in term.labels],
        HUD + "inverseLabel": [Literal(one.text, language=one.lang) for one in term.inverse],
        HUD + "sentencePattern": _english(term.pattern),
        HUD + "inversePattern": _english(term.inverse_pattern),
        SKOS + "definition": _english(term.definition),
        SKOS + "example": _english(term.example),
        SKOS + "scopeNote": _english(term.remark),
        SKOS + "hiddenLabel": _english(*term.synonyms),
        HUD + "sign": [] if term.sign is None else [_integer(term.sign)],
        HUD + "aspect": [Iri(KIND + term.aspect)] if term.aspect else [],
        SCHEMA + "domainIncludes": [Iri(HUD + one) for one in term.domain],
        SCHEMA + "rangeIncludes": [Iri(HUD + one) for one in term.range],
        link: [Iri(term.above)],
        RDFS + "isDefinedBy": [Iri(case_namespace(term.space) + OWN_TERM)],
    }
    yield from ((named, values) for named, values in said.items() if values)


def _english(*texts: str) -> list[Iri | Literal]:
    return [Literal(text, language="en") for text in texts if text]


def _integer(value: int) -> Literal:
    return Literal(str(value), datatype=Iri(XSD + "integer"))
