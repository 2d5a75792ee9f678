"""A judged graph with its case: statements, claims and things as records, read once each."""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter
from sys import intern
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pyoxigraph as ox

from ..model import RECORDS, Case, Claim, NamedThing, Record, Statement, Thing, Verdict
from ..model.terms import FORMER, HUD, RDF, RDFS, Namespace, graph_iri, prefixes_of, term_name, text
from .binding import as_value
from .columns import columns
from .dropped import dropped_by_statement, quads_of
from .labels import Labels
from .schema import PredicateTerm
from .store import count_apart, serialized, triples_of
from .terms import Terms
from .ties import PredicateView, Spans, Stand, stands_asked
from .together import about_all
from .values import Values

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from ..model.days import Span
    from .values import Row

    Subject = ox.NamedNode | ox.BlankNode | ox.Triple

_DEFAULT = ox.DefaultGraph()
Kept = TypeVar("Kept")
One = TypeVar("One", bound=Record)

_ENDS = frozenset(("subject", "object", "value"))
_ABOUT = ox.NamedNode(HUD + "about")
_TYPE = ox.NamedNode(RDF + "type")
_WIDER = ox.NamedNode(RDFS + "subClassOf")
_THINGS = {one.__name__: one for one in RECORDS if issubclass(one, Thing)}
"""The classes of records of things by the classes of the ontology."""


class CaseGraph:
    """A judged graph and its case. What is read of it is read once.

    Args:
        store: the quads.
        case: the case's id; or that of several, whose ids then begin with that of their case.
    """

    def __init__(self, store: ox.Store, case: str) -> None:
        self.store = store
        self.case = case
        self.names = Namespace(case)
        self.base = self.names.iri("")
        self._values = Values(self.names)
        self._plain = Values(self.names, plain=True)
        self._statements: dict[str, Statement] = {}
        self._claims: dict[str, Claim] = {}
        self._things: dict[str, Thing] = {}
        self._predicates: dict[str, PredicateView] = {}
        self._qualifiers: dict[str, dict[str, Any]] = {}
        self._stands: dict[str, tuple[Stand, ...]] = {}
        self._said: dict[str, Statement] = {}
        self._spans = Spans(self)
        self._kept: dict[Hashable, Any] = {}
        self._claims_on: dict[str, tuple[Claim, ...]] = {}

    def __repr__(self) -> str:
        return f"<CaseGraph of {self.case}>"

    @cached_property
    def about(self) -> Case:
        """What the case says of itself, without its records."""
        nodes = map(ox.NamedNode, self.names.bases)
        every = [self._values.of(Case, self._quads(node)) for node in nodes]
        return Case(id=self.case, **(about_all(every) if self.names.several else every[0]))

    @property
    def title(self) -> str:
        """The title of the case, or its id where it has none."""
        return self.about.title or self.case

    def kept(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what was made before under a key, or make it and keep it as long as the graph.

        Args:
            key: names what is made; a tuple that begins with the name of the module.
            make: makes it.
        """
        if key not in self._kept:
            self._kept[key] = make()
        return cast("Kept", self._kept[key])

    def node(self, name: str) -> ox.NamedNode:
        """Return the term of what an id of the case names."""
        return ox.NamedNode(self.names.iri(name))

    def local(self, iri: str) -> str:
        """Return the id of what an IRI of the case names; other IRIs are returned as they are."""
        return self._values.local(iri)

    def ids(self, kind: str) -> tuple[str, ...]:
        """Return the ids of all records of the case that are of a class, sorted.

        Args:
            kind: local name of a class of the ontology, such as ``Statement`` or ``Entity``.
        """
        quads = self.store.quads_for_pattern(None, _TYPE, ox.NamedNode(HUD + kind), _DEFAULT)
        found = (getattr(quad.subject, "value", "") for quad in quads)
        return tuple(sorted(self.local(iri) for iri in found if self.names.owns(iri)))

    def records(self, record: type[One]) -> Iterator[One]:
        """Yield the records of a class by their ids, such as all sources; without those below them.

        Args:
            record: a class of ``graph.model`` with a class of the same name in the ontology.
        """
        for name in self.ids(record.__name__):
            yield self._read(record, name)

    def thing(self, name: str) -> Thing:
        """Return a thing, as a record of the class that has all of its fields.

        Args:
            name: its id.
        """
        found = self._things.get(name)
        if found is None:
            quads = list(self._quads(self.node(name)))
            types = {
                text(quad.object).removeprefix(HUD) for quad in quads if quad.predicate == _TYPE
            }
            own = next((record for known, record in _THINGS.items() if known in types), NamedThing)
            found = self._things[name] = own(id=name, **self._values.of(own, quads))
        return found

    def narrowest(self, thing: Thing) -> str:
        """Return the local name of the narrowest class of a thing; of several, the first.

        Args:
            thing: as ``thing`` returns it.
        """
        wider = {above for known in thing.classes for above in self._wider.get(known, ())}
        narrow = (known for known in thing.classes if known not in wider and "/" not in known)
        return next(narrow, "")

    @cached_property
    def _wider(self) -> Mapping[str, set[str]]:
        """The classes directly above each class of the ontology."""
        found: dict[str, set[str]] = {}
        for quad in self.store.quads_for_pattern(None, _WIDER, None, _DEFAULT):
            below, above = (getattr(term, "value", "") for term in (quad.subject, quad.object))
            found.setdefault(below.removeprefix(HUD), set()).add(above.removeprefix(HUD))
        return found

    def _read(self, record: type[One], name: str) -> One:
        return record(id=name, **self._values.of(record, self._quads(self.node(name))))

    def name(self, iri: str) -> str:
        """Return the id of what an IRI of the case names, or the name of a kind or term of ours."""
        name = term_name(iri)
        return name if name != iri else self.local(iri)

    @cached_property
    def terms(self) -> Terms:
        """The predicates and kinds by their names, with those that the case has of its own."""
        return Terms(self.store)

    @cached_property
    def labels(self) -> Labels:
        """What is called how."""
        return Labels(self)

    def label(self, name: str) -> str:
        """Return the label of what an id of the case names; the id where it has none."""
        return self.labels.of(self.node(name).value) or name

    def knows(self, iri: str) -> bool:
        """Return whether anything is said of what an IRI names, in any graph."""
        quads = self.store.quads_for_pattern(ox.NamedNode(iri), None, None)
        return next(quads, None) is not None

    def mentions(self, iri: str) -> bool:
        """Return whether an IRI stands anywhere in the graph, also as the name of a graph."""
        node, any_ = ox.NamedNode(iri), None
        places = ((node, any_, any_), (any_, node, any_), (any_, any_, node))
        return any(next(self.store.quads_for_pattern(*one), None) for one in places) or (
            self.store.contains_named_graph(node)
        )

    def pairs(
        self, term: str, subject: str | None = None, target: str | None = None
    ) -> Iterator[tuple[str, str]]:
        """Yield what a property joins: ids, names of kinds and terms, or texts.

        Args:
            term: IRI of the property.
            subject: the id of the one subject that is meant; any if ``None``.
            target: likewise that of the object.
        """
        ends = [None if end is None else self.node(end) for end in (subject, target)]
        for quad in self.store.quads_for_pattern(ends[0], ox.NamedNode(term), ends[1], _DEFAULT):
            yield self.name(text(quad.subject)), self.name(text(quad.object))

    def with_text(self, term: str, value: str) -> list[str]:
        """Return the ids of what has a text as a property, each once.

        Args:
            term: IRI of the property.
            value: the text, of no language.
        """
        has = ox.NamedNode(term), ox.Literal(value)
        found = self.store.quads_for_pattern(None, *has, _DEFAULT)
        return list(dict.fromkeys(self.name(text(quad.subject)) for quad in found))

    @cached_property
    def _rows_of_qualifiers(self) -> Mapping[ox.NamedNode, Row]:
        rows = self._plain.rows(Statement).items()
        return {term: row for term, row in rows if row[0] not in _ENDS}

    def statement(self, name: str) -> Statement:
        """Return a statement with the claims on it, sorted by their ids, and a verdict on it.

        Args:
            name: its id.
        """
        found = self._statements.get(name)
        if found is None:
            values = self._values.of(Statement, self._quads(self.node(name)))
            if "verdict" in values:
                values["verdict"] = self._read(Verdict, values["verdict"])
            values |= {"spans": self.spans_of(name), "former_claims": self.dropped.get(name, ())}
            found = Statement(id=name, claims=self.claims_on(name), **values)
            self._statements[name] = found
        return found

    def said(self, name: str) -> Statement:
        """Return a statement without claims, verdict and spans, which take most of the time.

        Args:
            name: its id.
        """
        found = self._statements.get(name) or self._said.get(name)
        if found is None:
            values = self._values.of(Statement, self._quads(self.node(name)))
            found = self._said[name] = Statement(id=name, **{**values, "verdict": None})
        return found

    def claim(self, name: str) -> Claim:
        """Return a claim.

        Args:
            name: its id.
        """
        return self._claim(self.node(name))

    def _claim(self, node: Subject) -> Claim:
        name = self.local(getattr(node, "value", ""))
        found = self._claims.get(name)
        if found is None:
            values = self._values.of(Claim, self._quads(node))
            found = self._claims[name] = Claim(id=name, **values)
        return found

    def claims_on(self, name: str) -> tuple[Claim, ...]:
        """Return the claims on a statement, sorted by their ids.

        Args:
            name: the id of the statement.
        """
        found = self._claims_on.get(name)
        if found is None:
            about = self.store.quads_for_pattern(None, _ABOUT, self.node(name), _DEFAULT)
            claims = [claim for quad in about if (claim := self._claim(quad.subject)).voice]
            claims.sort(key=attrgetter("id"))
            found = self._claims_on[name] = tuple(claims)
        return found

    @cached_property
    def dropped(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims that a later release dropped, by the ids of their statements."""
        return dropped_by_statement(self.names, self.store, self._claim)

    def stands_on(self, name: str) -> tuple[Stand, ...]:
        """Return the stands of voices on a statement, sorted by the ids of the claims.

        Args:
            name: the id of the statement.
        """
        if name not in self._stands:
            self.read_stands((name,))
        return self._stands[name]

    def read_stands(self, names: Iterable[str]) -> None:
        """Read stands on many statements and their spans at once, where they are not known yet.

        Args:
            names: the ids of the statements.
        """
        wanted: dict[str, list[Stand]] = {name: [] for name in names if name not in self._stands}
        if not wanted:
            return
        values = {"statement": as_value(*map(self.node, wanted))}
        for name, stand in stands_asked(self, values):
            wanted[name].append(stand)
        self._spans.read(wanted, values)
        self._stands |= {name: tuple(sorted(stands)) for name, stands in wanted.items()}

    def columns_of(self, sparql: str, *prefixes: str) -> dict[str, list[str]]:
        """Return the answer of a query of IRIs and days by columns; see ``graph.read.columns``.

        Args:
            sparql: the query.
            prefixes: what is taken off IRIs, beside the namespace of the case.
        """
        return columns(self.store, sparql, {**self.names.bases, **dict.fromkeys(prefixes, "")})

    def qualifiers(self, name: str) -> Mapping[str, Any]:
        """Return what a statement says beside its subject and object, as plain values.

        Args:
            name: its id.

        Returns:
            ``predicate`` with its ``label``, ``family`` and ``sign``, and then by the
            alphabet every declared field of the statement that has a value: ids, local names of
            kinds, texts, numbers, days as ISO dates, and lists of them; among them ``spans`` as
            texts, see ``graph.model.days``, and ``timeless`` if it is so. It is kept: copy it
            before changing it.
        """
        found = self._qualifiers.get(name)
        if found is None:
            values = self._plain.read(self._rows_of_qualifiers, self._quads(self.node(name)))
            found = {}
            if "predicate" in values:
                predicate = self.predicate(values.pop("predicate"))
                found = {"predicate": predicate.name}
                found |= {one: getattr(predicate, one) for one in ("label", "family", "sign")}
                if predicate.timeless:
                    values["timeless"] = True
            if spans := self.spans_of(name):
                values["spans"] = [intern(str(span)) for span in spans]
            found |= {field: values[field] for field in sorted(values)}
            self._qualifiers[name] = found
        return found

    def spans_of(self, name: str) -> tuple[Span, ...]:
        """Return the spans of a statement; what is timeless or not dated has none.

        Args:
            name: the id of the statement.
        """
        return self._spans.of(name)

    def predicate(self, name: str) -> PredicateView:
        """Return what the ontology says of a predicate.

        Args:
            name: its local name.
        """
        if name not in self._predicates:
            values = self._plain.of(PredicateTerm, self._quads(self.terms.node(HUD, name)))
            self._predicates[name] = PredicateView.of(name, values)
        return self._predicates[name]

    def texts(self, name: str, term: str) -> list[tuple[str, str]]:
        """Return the texts of a property of a record, with their languages, sorted by these.

        Args:
            name: id of the record.
            term: IRI of the property.
        """
        found = self.store.quads_for_pattern(self.node(name), ox.NamedNode(term), None, _DEFAULT)
        texts = {(getattr(one.object, "language", None) or "", text(one.object)) for one in found}
        return [(told, language) for language, told in sorted(texts)]

    def serialized(self, names: Iterable[str], media: str) -> bytes:
        """Return what the default graph says of some records as RDF, in a fixed order.

        Args:
            names: their ids; empty for the case.
            media: media type of the form of RDF.
        """
        nodes = (self.node(name).value for name in names)
        found = (triple for node in nodes for triple in triples_of(self.store, node))
        return serialized(found, media, prefixes_of(self.case))

    def count_in_worlds(self) -> int:
        """Return how many triples the worlds hold: of voices, of what is alleged, of what is past.

        Ties by their groups, in a named graph as well, say nothing that the accepted ties do not;
        nor is what is said no more in a world.
        """
        return count_apart(self.store, *(graph_iri(self.case, one) for one in ("ties", FORMER)))

    def _quads(self, node: Subject) -> Iterator[ox.Quad]:
        return quads_of(self.names, self.store, node)
