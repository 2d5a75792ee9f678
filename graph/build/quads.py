"""Records in, quads out: each field becomes the term that it is declared with.

There are no blank nodes: everything that somebody may want to point at has an id. All quads of
this module are in the default graph; what is asserted in which named graph is derived later.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..model import (
    UNKNOWN,
    Case,
    Claim,
    Clause,
    Form,
    FormerId,
    NamedThing,
    Source,
    Statement,
    Thing,
    specs,
)
from ..model.days import ALWAYS, SPAN_TERMS
from ..model.names import name_key
from ..model.releases import former, is_on, without
from ..model.terms import (
    DCTERMS,
    FORMER,
    HUD,
    KIND,
    OWL,
    RDF,
    RDFS,
    SEM,
    XSD,
    case_namespace,
    graph_iri,
    text,
)
from ..reader import ProblemReport
from .reads import TYPE, type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import date

    from ..model import Identifier, Name, Origin, PassageRef, Record
    from ..model.days import Span
    from ..model.vocabulary import Vocabulary

    Term = ox.NamedNode | ox.Literal
    Make = Callable[[Any, str], Term]

HAS_PART = DCTERMS + "hasPart"
_DCAT_DATASET = "http://www.w3.org/ns/dcat#Dataset"
_INTEGER = ox.NamedNode(XSD + "integer")
_DECIMAL = ox.NamedNode(XSD + "decimal")
_BOOLEAN = ox.NamedNode(XSD + "boolean")
_DATE = ox.NamedNode(XSD + "date")
_TYPE = ox.NamedNode(RDF + "type")
_NAME_KEY = ox.NamedNode(HUD + "nameKey")
_SPAN = ox.NamedNode(HUD + "span")
_ABOUT = ox.NamedNode(HUD + "about")
_WAS_ABOUT = ox.NamedNode(HUD + "wasAbout")


def _text(value: str, _base: str) -> Term:
    return ox.Literal(value)


def _name(value: Name, _base: str) -> Term:
    return ox.Literal(value.text, language=value.lang)


def _number(value: float, _base: str) -> Term:
    if isinstance(value, int):
        return ox.Literal(str(value), datatype=_INTEGER)
    plain = format(Decimal(repr(value)), "f")
    return ox.Literal(plain if "." in plain else f"{plain}.0", datatype=_DECIMAL)


def _boolean(value: bool, _base: str) -> Term:
    return ox.Literal("true" if value else "false", datatype=_BOOLEAN)


@lru_cache(maxsize=65536)
def _day(value: date, _base: str) -> Term:
    return ox.Literal(value.isoformat(), datatype=_DATE)


@lru_cache(maxsize=65536)
def _thing(value: str, base: str) -> Term:
    return ox.NamedNode(HUD + UNKNOWN if value == UNKNOWN else base + value)


def _address(value: str, _base: str) -> Term:
    return ox.NamedNode(value)


@lru_cache(maxsize=65536)
def _passage(value: PassageRef, base: str) -> Term:
    return ox.NamedNode(f"{base}{value.source}.{value.sentence}")


def _identifier(value: Identifier, _base: str) -> Term:
    return ox.Literal(f"{value.scheme}:{value.value}")


def _days(value: tuple[str, str], _base: str) -> Term:
    return ox.Literal("/".join(value))


def _value(value: str | int | float | bool, base: str) -> Term:
    if isinstance(value, bool):
        return _boolean(value, base)
    return _text(value, base) if isinstance(value, str) else _number(value, base)


_MAKE: Mapping[Form, Make] = {
    Form.TEXT: _text,
    Form.ENGLISH: _text,
    Form.NAME: _name,
    Form.EDTF: _text,
    Form.LANGUAGE: _text,
    Form.SHA256: _text,
    Form.ADDRESS: _address,
    Form.IDENTIFIER: _identifier,
    Form.NUMBER: _number,
    Form.INTEGER: _number,
    Form.BOOLEAN: _boolean,
    Form.DAY: _day,
    Form.DAYS: _days,
    Form.ID: _thing,
    Form.ID_OR_CLAUSE: _thing,
    Form.CLAUSE_ID: _thing,
    Form.ANY_ID: _thing,
    Form.PASSAGE: _passage,
    Form.STEP: _text,
    Form.CUE: _text,
}
"""How a value of each form is written, but for terms; classes are written with those above them,
and texts of the editors in the language of the case."""
_OF_EDITORS = (Form.ENGLISH, Form.STEP)


def quads(
    case: Case,
    vocabulary: Vocabulary,
    folder: Path = Path(),
    *,
    only: Collection[str] | None = None,
    records: Iterable[Record] | None = None,
) -> Iterator[ox.Quad]:
    """Yield the quads of a case, in the order of its records.

    Args:
        case: all records.
        vocabulary: gives the superclasses that are written with each class.
        folder: the case's folder, for messages.
        only: the properties that are wanted, as ``graph.build.reads`` names them; all without it.
        records: those that are wanted; all without it.

    Raises:
        DataProblems: the graph cannot hold some values; raised after all other quads.
    """
    writer, wants = _Writer(case, vocabulary, only), wanted(only)
    report = ProblemReport()
    for record in (*case.records(), *case.former) if records is None else records:
        try:
            yield from filter(wants, writer.record(record))
        except ValueError as error:
            message = f"cannot be written into the graph: {error}; write another value"
            report(record.origin, writer.field, message)
    report.refuse(folder)


def wanted(only: Collection[str] | None) -> Callable[[ox.Quad], bool] | None:
    """Return what tells whether a quad has one of some properties; ``None`` if each is wanted.

    Args:
        only: the properties, as ``graph.build.reads`` names them.
    """
    if only is None:
        return None
    types = None if TYPE in only else only

    def is_wanted(quad: ox.Quad) -> bool:
        name = quad.predicate.value
        if name == TYPE:
            return types is None or type_of(text(quad.object)) in types
        return name in only

    return is_wanted


class _Writer:
    """Writes records into the namespace of one case."""

    def __init__(
        self, case: Case, vocabulary: Vocabulary, only: Collection[str] | None = None
    ) -> None:
        self.field = ""
        self.only = only
        self.has_past = any(c.known_until for one in case.statements for c in one.claims)
        self.former = former(case)
        self.former_graph = ox.NamedNode(graph_iri(case.id, FORMER))
        self.base = case_namespace(case.id)
        self.language = case.language
        self.kind_predicates = {
            name for name, predicate in vocabulary.predicates.items() if predicate.takes == "kind"
        }
        self.timeless = {
            name for name, predicate in vocabulary.predicates.items() if predicate.timeless
        }
        self.make: Mapping[Form, Make] = {
            **_MAKE,
            Form.KIND: _terms(vocabulary, KIND),
            Form.PREDICATE: _terms(vocabulary, HUD),
            **dict.fromkeys(_OF_EDITORS, self.prose),
        }
        self.rows: dict[type, tuple[tuple[str, ox.NamedNode, Make], ...]] = {}
        self.types = {
            name: tuple(
                ox.NamedNode(iri)
                for iri in sorted(iris)
                if only is None or TYPE in only or type_of(iri) in only
            )
            for name, iris in vocabulary.classes.items()
        }

    def record(self, record: Record) -> Iterator[ox.Quad]:
        """Return the quads of a record; what is said no more has them in a graph of its own."""
        return self._with_past(record) if self.has_past else self._quads(record)

    def _with_past(self, record: Record) -> Iterator[ox.Quad]:
        """Yield them; the graph of the past is whole: what others still say is there, too."""
        is_former = self.is_former(record)
        if not is_former:
            yield from self._quads(without(record, self.former))
        if is_former or (isinstance(record, Statement) and any(map(self.is_former, record.claims))):
            was = _WAS_ABOUT if isinstance(record, Claim) else _ABOUT
            for quad in self._quads(record):
                term = was if quad.predicate == _ABOUT else quad.predicate
                yield ox.Quad(quad.subject, term, quad.object, self.former_graph)

    def is_former(self, record: Record) -> bool:
        """Return whether a record is a claim that a release dropped, or only such tell of it."""
        if isinstance(record, Claim):
            return record.known_until is not None
        return record.id.removesuffix(".verdict") in self.former or is_on(record, self.former)

    def _quads(self, record: Record) -> Iterator[ox.Quad]:
        node = ox.NamedNode(self.base if isinstance(record, Case) else self.base + record.id)
        yield from self._typed(node, record)
        yield from self._fields(node, record)
        if isinstance(record, Thing | Source):
            yield from _keys(node, record)
        match record:
            case Case():
                for source in record.sources:
                    yield self._link(node, DCTERMS + "source", source.id)
            case Source():
                title = ox.Literal(record.title, language=record.language)
                yield ox.Quad(node, ox.NamedNode(RDFS + "label"), title)
            case Clause():
                yield self._link(ox.NamedNode(self.base + record.agreement), HAS_PART, record.id)
            case Statement():
                yield from self._said(node, record)

    def prose(self, value: str, _base: str) -> Term:
        """Return a text of the editors."""
        return ox.Literal(value, language=self.language)

    def _said(self, node: ox.NamedNode, statement: Statement) -> Iterator[ox.Quad]:
        """Yield what a statement says of its subject, and the link to a verdict on it."""
        term = None
        if statement.value is not None:
            term = _value(statement.value, self.base)
        elif statement.object is not None:
            makes_kind = statement.predicate in self.kind_predicates
            is_kind = makes_kind and statement.object != UNKNOWN
            make = self.make[Form.KIND if is_kind else Form.ANY_ID]
            term = make(statement.object, self.base)
        if term is not None:
            yield ox.Quad(node, ox.NamedNode(RDF + "object"), term)
        if statement.verdict is not None:
            yield self._link(node, HUD + "verdict", statement.verdict.id)
        spans = (ALWAYS,) if statement.predicate in self.timeless else statement.spans
        for number, span in enumerate(spans, 1):
            yield from self._span(node, ox.NamedNode(f"{node.value}.span-{number}"), span)

    def _span(self, statement: ox.NamedNode, node: ox.NamedNode, span: Span) -> Iterator[ox.Quad]:
        yield ox.Quad(statement, _SPAN, node)
        yield ox.Quad(node, _TYPE, ox.NamedNode(HUD + "Span"))
        ends = {}
        if not span.open_begin:
            ends[SEM + "hasEarliestBeginTimeStamp"] = span.possible_from
        if not span.open_end:
            ends[SEM + "hasLatestEndTimeStamp"] = span.possible_until
        days = {HUD + name: getattr(span, field) for name, field in SPAN_TERMS.items()}
        for term, day in {**ends, **days}.items():
            if day is not None:
                yield ox.Quad(node, ox.NamedNode(term), ox.Literal(day, datatype=_DATE))

    def _typed(self, node: ox.NamedNode, record: Record) -> Iterator[ox.Quad]:
        if isinstance(record, Case):
            yield ox.Quad(node, _TYPE, ox.NamedNode(_DCAT_DATASET))
            return
        if isinstance(record, FormerId):
            yield ox.Quad(node, ox.NamedNode(OWL + "deprecated"), _boolean(True, ""))
            return
        for name in record.classes if isinstance(record, Thing) else (type(record).__name__,):
            for iri in self.types[name]:
                yield ox.Quad(node, _TYPE, iri)

    def _fields(self, node: ox.NamedNode, record: Record) -> Iterator[ox.Quad]:
        for field, term, make in self._rows(type(record)):
            self.field = field
            value = getattr(record, field)
            if value is None or value in ("", ()):
                continue
            if type(value) is tuple:
                for item in value:
                    yield ox.Quad(node, term, make(item, self.base))
            else:
                yield ox.Quad(node, term, make(value, self.base))
        self.field = ""

    def _rows(self, record: type) -> tuple[tuple[str, ox.NamedNode, Make], ...]:
        """Return the fields of a class of records that become triples: name, property, writer."""
        if record not in self.rows:
            self.rows[record] = tuple(
                (field.name, ox.NamedNode(field.term), self.make[field.form])
                for field in specs(record)
                if field.form is not Form.CLASS and (self.only is None or field.term in self.only)
            )
        return self.rows[record]

    def _link(self, node: ox.NamedNode, term: str, target: str) -> ox.Quad:
        return ox.Quad(node, ox.NamedNode(term), _thing(target, self.base))


def _terms(vocabulary: Vocabulary, namespace: str) -> Make:
    """Return what writes the predicates or the kinds of a vocabulary by their names."""
    return lru_cache(maxsize=4096)(
        lambda name, _base: ox.NamedNode(vocabulary.iri(namespace, name))
    )


def _keys(node: ox.NamedNode, record: Thing | Source) -> Iterator[ox.Quad]:
    """Yield the names of a record in normal form, each once."""
    label = record.title if isinstance(record, Source) else record.label
    further = record.names if isinstance(record, NamedThing) else ()
    for key in dict.fromkeys(name_key(name) for name in (label, *(one.text for one in further))):
        if key:
            yield ox.Quad(node, _NAME_KEY, ox.Literal(key))


def origins(case: Case) -> dict[str, Origin]:
    """Return, for the IRI of each record, where it was authored; for messages about the graph."""
    base = case_namespace(case.id)
    found = {base + one.id: one.origin for one in case.records() if not isinstance(one, Case)}
    for statement in case.statements:
        for number in range(1, max(1, len(statement.spans)) + 1):
            found[f"{base}{statement.id}.span-{number}"] = statement.origin
    return found
