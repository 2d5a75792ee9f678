"""A judged graph with its case: statements, claims and things as records, read once each."""

from __future__ import annotations

from functools import cache, cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import pyoxigraph as ox

from ..model import RECORDS, Case, Claim, NamedThing, Record, Statement, Thing, Verdict
from ..model.days import Span
from ..model.terms import HUD, KIND, RDF, RDFS, SKOS, case_namespace, iri_of, text
from .binding import as_value, put_in
from .values import Values

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    Subject = ox.NamedNode | ox.BlankNode | ox.Triple

_DEFAULT = ox.DefaultGraph()
Kept = TypeVar("Kept")
One = TypeVar("One", bound=Record)

_ENDS = frozenset(("subject", "predicate", "object", "value"))
_ABOUT = ox.NamedNode(HUD + "about")
_TYPE = ox.NamedNode(RDF + "type")
_WIDER = ox.NamedNode(RDFS + "subClassOf")
_KIND_LABEL = ox.NamedNode(SKOS + "prefLabel")
_THINGS = {one.__name__: one for one in RECORDS if issubclass(one, Thing)}
"""The classes of records of things by the classes of the ontology."""


class Predicate(NamedTuple):
    """What the ontology says of a predicate.

    Attributes:
        name: its local name.
        label: the words between subject and object.
        family: local name of its family.
        sign: +1 backing or alliance, -1 hostility, 0 neither.
        aspect: ``act`` or ``state``.
        timeless: whether what it says holds on every day.
    """

    name: str
    label: str
    family: str
    sign: int
    aspect: str = ""
    timeless: bool = False


class Stand(NamedTuple):
    """What rules ask of a claim: who speaks, how, how sure, and in which source."""

    claim: str
    voice: str
    stance: str
    certainty: str
    source: str


class CaseGraph:
    """A judged graph and its case. What is read of it is read once.

    Args:
        store: the quads.
        case: the case's id.
    """

    def __init__(self, store: ox.Store, case: str) -> None:
        self.store = store
        self.case = case
        self.base = case_namespace(case)
        self._values = Values(self.base)
        self._plain = Values(self.base, plain=True)
        self._statements: dict[str, Statement] = {}
        self._claims: dict[str, Claim] = {}
        self._things: dict[str, Thing] = {}
        self._predicates: dict[str, Predicate] = {}
        self._qualifiers: dict[str, dict[str, Any]] = {}
        self._stands: dict[str, tuple[Stand, ...]] = {}
        self._kept: dict[Hashable, Any] = {}
        self._claims_on: dict[str, tuple[Claim, ...]] = {}

    @cached_property
    def about(self) -> Case:
        """What the case says of itself, without its records."""
        return Case(id=self.case, **self._values.of(Case, self._quads(self.node(""))))

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
        found: Kept = self._kept[key]
        return found

    def node(self, name: str) -> ox.NamedNode:
        """Return the term of what an id of the case names."""
        return ox.NamedNode(self.base + name)

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
        return tuple(sorted(self.local(iri) for iri in found if iri.startswith(self.base)))

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
            types = self.store.quads_for_pattern(self.node(name), _TYPE, None, _DEFAULT)
            classes = {getattr(quad.object, "value", "").removeprefix(HUD) for quad in types}
            own = (record for known, record in _THINGS.items() if known in classes)
            found = self._things[name] = self._read(next(own, NamedThing), name)
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

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The labels of all kinds by their local names, sorted."""
        quads = self.store.quads_for_pattern(None, _KIND_LABEL, None, _DEFAULT)
        pairs = ((getattr(quad.subject, "value", ""), quad.object.value) for quad in quads)  # type: ignore[union-attr]
        return dict(sorted((k.removeprefix(KIND), v) for k, v in pairs if k.startswith(KIND)))

    def _read(self, record: type[One], name: str) -> One:
        return record(id=name, **self._values.of(record, self._quads(self.node(name))))

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
            values["spans"] = self.spans.get(name, ())
            found = Statement(id=name, claims=self.claims_on(name), **values)
            self._statements[name] = found
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

    def stands_on(self, name: str) -> tuple[Stand, ...]:
        """Return the stands of voices on a statement, sorted by the ids of the claims.

        Args:
            name: the id of the statement.
        """
        if name not in self._stands:
            self.read_stands((name,))
        return self._stands[name]

    def read_stands(self, names: Iterable[str]) -> None:
        """Read the stands on many statements at once, as far as they are not known yet.

        Args:
            names: the ids of the statements.
        """
        wanted: dict[str, list[Stand]] = {name: [] for name in names if name not in self._stands}
        if not wanted:
            return
        statements = as_value(*map(self.node, wanted))
        rows: Any = self.store.query(put_in(_text("stands"), {"statement": statements}, "stands"))
        base, size = self.base, len(self.base)
        for statement, claim, voice, stance, certainty, source in rows:
            stand = Stand(
                claim.value[size:],
                voice.value.removeprefix(base),
                stance.value.removeprefix(KIND),
                certainty.value.removeprefix(KIND),
                source.value.removeprefix(base),
            )
            wanted[statement.value[size:]].append(stand)
        self._stands |= {name: tuple(sorted(stands)) for name, stands in wanted.items()}

    def qualifiers(self, name: str) -> Mapping[str, Any]:
        """Return what a statement says beside its subject and object, as plain values.

        Args:
            name: its id.

        Returns:
            ``kind`` (the predicate) with its ``label``, ``family`` and ``sign``, and then by the
            alphabet every declared field of the statement that has a value: ids, local names of
            kinds, texts, numbers, days as ISO dates, and lists of them; among them ``spans`` as
            texts, see ``graph.model.days``, and ``timeless`` if it is so. It is kept: copy it
            before changing it.
        """
        found = self._qualifiers.get(name)
        if found is None:
            values = self._plain.of(Statement, self._quads(self.node(name)))
            found = {}
            if "predicate" in values:
                predicate = self.predicate(values["predicate"])
                found = {
                    "kind": predicate.name,
                    "label": predicate.label,
                    "family": predicate.family,
                    "sign": predicate.sign,
                }
                if predicate.timeless:
                    values["timeless"] = True
            if name in self.spans:
                values["spans"] = list(map(str, self.spans[name]))
            for field in sorted(values.keys() - _ENDS):
                found[field] = values[field]
            self._qualifiers[name] = found
        return found

    @cached_property
    def spans(self) -> Mapping[str, tuple[Span, ...]]:
        """The spans of statements by their ids; what is timeless or not dated has none."""
        found: dict[str, tuple[Span, ...]] = {}
        rows: Any = self.store.query(_text("spans"))
        for statement, first, last, *sure, begin, end in rows:
            attested, certain, until = (day.value if day else None for day in sure)
            open_ends = begin is None, end is None
            span = Span(first.value, last.value, attested, certain, until, *open_ends)
            name = self.local(statement.value)
            found[name] = (*found.get(name, ()), span)
        return found

    def predicate(self, name: str) -> Predicate:
        """Return what the ontology says of a predicate.

        Args:
            name: its local name.
        """
        if name not in self._predicates:
            node = ox.NamedNode(HUD + name)
            terms = {
                quad.predicate.value: getattr(quad.object, "value", "")
                for quad in self.store.quads_for_pattern(node, None, None, _DEFAULT)
            }
            self._predicates[name] = Predicate(
                name,
                terms.get(RDFS + "label", ""),
                terms.get(HUD + "family", "").removeprefix(KIND),
                int(terms.get(HUD + "sign", "0")),
                terms.get(HUD + "aspect", "").removeprefix(KIND),
                terms.get(HUD + "timeless") == "true",
            )
        return self._predicates[name]

    def objects(self, subject: str, predicate: str) -> list[str]:
        """Return the texts of what the default graph says of a subject.

        Args:
            subject: its IRI.
            predicate: the IRI of the property.
        """
        node, term = ox.NamedNode(subject), ox.NamedNode(predicate)
        quads = self.store.quads_for_pattern(node, term, None, _DEFAULT)
        return [text(quad.object) for quad in quads]

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return the IRIs of what the default graph says to have an IRI as value.

        Args:
            predicate: the IRI of the property.
            value: the IRI of the value.
        """
        term, node = ox.NamedNode(predicate), ox.NamedNode(value)
        quads = self.store.quads_for_pattern(None, term, node, _DEFAULT)
        return [text(quad.subject) for quad in quads]

    def is_known(self, iri: str) -> bool:
        """Return whether any graph says something of what an IRI names."""
        return next(self.store.quads_for_pattern(ox.NamedNode(iri), None, None), None) is not None

    def named_below(self, base: str) -> set[str]:
        """Return the IRIs of the default graph's subjects that begin with a text."""
        quads = self.store.quads_for_pattern(None, None, None, _DEFAULT)
        return {iri for quad in quads if (iri := iri_of(quad.subject)).startswith(base)}

    def _quads(self, node: Subject) -> Iterator[ox.Quad]:
        return self.store.quads_for_pattern(node, None, None, _DEFAULT)


@cache
def _text(query: str) -> str:
    return (Path(__file__).parent / f"{query}.rq").read_text("utf-8")
