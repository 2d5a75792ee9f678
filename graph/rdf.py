"""Records in, quads out, by one table: which field becomes which term.

There are no blank nodes: everything that somebody may want to point at has an id. All quads of
this module are in the default graph; what is asserted in which named graph is derived later.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from .model import (
    UNKNOWN,
    Case,
    Claim,
    Identifier,
    Judgement,
    Name,
    Note,
    Origin,
    Passage,
    PassageRef,
    Resolution,
    Source,
    Statement,
    Thing,
)
from .reader import Report
from .vocabulary import (
    DCTERMS,
    HUD,
    KIND,
    OA,
    RDF,
    RDFS,
    SCHEMA,
    SEM,
    SKOS,
    XSD,
    case_namespace,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from .vocabulary import Vocabulary

    Term = ox.NamedNode | ox.Literal
    Make = Callable[[Any, str], Term]

_DCAT_DATASET = "http://www.w3.org/ns/dcat#Dataset"
_INTEGER = ox.NamedNode(XSD + "integer")
_DECIMAL = ox.NamedNode(XSD + "decimal")
_BOOLEAN = ox.NamedNode(XSD + "boolean")
_DATE = ox.NamedNode(XSD + "date")
_TYPE = ox.NamedNode(RDF + "type")
_COMPARES_DAYS = ox.NamedNode(HUD + "comparesDays")


class Row(NamedTuple):
    """One line of the table: a field of a record, the term for it, and how its value is written."""

    field: str
    term: ox.NamedNode
    make: Make


def _text(value: str, _base: str) -> Term:
    return ox.Literal(value)


def _english(value: str, _base: str) -> Term:
    return ox.Literal(value, language="en")


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


def _within(namespace: str) -> Make:
    return lru_cache(maxsize=4096)(lambda value, _base: ox.NamedNode(namespace + value))


_kind, _predicate = _within(KIND), _within(HUD)


def _address(value: str, _base: str) -> Term:
    return ox.NamedNode(value)


@lru_cache(maxsize=65536)
def _passage(value: PassageRef, base: str) -> Term:
    return ox.NamedNode(f"{base}{value.source}.{value.sentence}")


def _identifier(value: Identifier, _base: str) -> Term:
    return ox.Literal(f"{value.scheme}:{value.value}")


def _value(value: str | int | float | bool, base: str) -> Term:
    if isinstance(value, bool):
        return _boolean(value, base)
    return _text(value, base) if isinstance(value, str) else _number(value, base)


def _rows(*lines: tuple[str, str, Make]) -> tuple[Row, ...]:
    return tuple(Row(field, ox.NamedNode(term), make) for field, term, make in lines)


_BOUNDS = _rows(
    ("earliest_begin", SEM + "hasEarliestBeginTimeStamp", _day),
    ("latest_begin", SEM + "hasLatestBeginTimeStamp", _day),
    ("earliest_end", SEM + "hasEarliestEndTimeStamp", _day),
    ("latest_end", SEM + "hasLatestEndTimeStamp", _day),
)

TABLE: dict[type, tuple[Row, ...]] = {
    Case: _rows(
        ("title", DCTERMS + "title", _english),
        ("description", DCTERMS + "description", _english),
        ("licence", DCTERMS + "license", _text),
        ("language", DCTERMS + "language", _text),
        ("editor", DCTERMS + "publisher", _thing),
    ),
    Source: _rows(
        ("title", DCTERMS + "title", _text),
        ("authors", DCTERMS + "creator", _thing),
        ("publisher", DCTERMS + "publisher", _text),
        ("url", SCHEMA + "url", _address),
        ("code", HUD + "code", _text),
        ("date", HUD + "when", _text),
        ("date_basis", HUD + "dateBasis", _text),
        ("language", DCTERMS + "language", _text),
        ("sha256", HUD + "sha256", _text),
        ("characters", HUD + "characters", _number),
    ),
    Passage: _rows(
        ("sentence", HUD + "sentence", _text),
        ("start", OA + "start", _number),
        ("end", OA + "end", _number),
        ("sha256", HUD + "sha256", _text),
    ),
    Thing: _rows(
        ("label", RDFS + "label", _english),
        ("names", SKOS + "altLabel", _name),
        ("kinds", HUD + "kind", _kind),
        ("identity", HUD + "identity", _kind),
        ("identifiers", HUD + "identifier", _identifier),
        ("mentioned", HUD + "mentionedIn", _passage),
        ("note", SKOS + "note", _english),
        ("process", HUD + "process", _thing),
        ("replaces", DCTERMS + "replaces", _thing),
        ("agreement", DCTERMS + "isPartOf", _thing),
        ("topic", HUD + "topic", _kind),
        ("text", HUD + "text", _english),
        ("exclusive", HUD + "exclusive", _boolean),
        ("about", HUD + "about", _thing),
        ("pattern", HUD + "pattern", _english),
        ("scope", HUD + "scope", _english),
        ("instances", HUD + "instance", _thing),
    ),
    Statement: _rows(
        ("subject", RDF + "subject", _thing),
        ("predicate", RDF + "predicate", _predicate),
        ("value", RDF + "object", _value),
        ("when", HUD + "when", _text),
        ("begins", HUD + "begins", _text),
        ("ends", HUD + "ends", _text),
        ("when_text", HUD + "whenText", _english),
        ("coverage", HUD + "coverage", _kind),
        ("place", HUD + "place", _thing),
        ("via", HUD + "channel", _thing),
        ("under", HUD + "under", _thing),
        ("answers", HUD + "answers", _thing),
        ("scope", HUD + "scope", _english),
        ("note", SKOS + "note", _english),
    ),
    Claim: _rows(
        ("voice", HUD + "voice", _thing),
        ("stance", HUD + "stance", _kind),
        ("certainty", HUD + "certainty", _kind),
        ("source", HUD + "source", _thing),
        ("passages", HUD + "passage", _passage),
        ("note", SKOS + "note", _english),
    ),
    Judgement: _rows(
        ("judgement", HUD + "judgement", _kind),
        ("certainty", HUD + "certainty", _kind),
        ("reason", HUD + "reason", _english),
        ("passages", HUD + "passage", _passage),
    ),
    Resolution: _rows(
        ("thing", HUD + "thing", _thing),
        ("names", HUD + "name", _text),
        ("certainty", HUD + "certainty", _kind),
        ("reason", HUD + "reason", _english),
        ("passages", HUD + "passage", _passage),
    ),
    Note: _rows(
        ("on", HUD + "on", _thing),
        ("text", HUD + "text", _english),
        ("passages", HUD + "passage", _passage),
    ),
}

_QUANTITY = _rows(
    ("low", HUD + "low", _number),
    ("high", HUD + "high", _number),
    ("unit", HUD + "unit", _text),
    ("modality", HUD + "modality", _kind),
    ("counts", HUD + "counts", _english),
)
_VERDICT = _rows(("status", HUD + "status", _kind), ("reason", HUD + "reason", _english))
_CLASS_OF = {Judgement: "Judgement", Resolution: "NameResolution", Note: "Note"}
_MATCHES = {
    "wikidata": "http://www.wikidata.org/entity/{}",
    "geonames": "https://sws.geonames.org/{}/",
}


def quads(case: Case, vocabulary: Vocabulary, folder: Path = Path()) -> Iterator[ox.Quad]:
    """Yield the quads of a case, in the order of its records.

    Args:
        case: all records.
        vocabulary: gives the superclasses that are written with each class.
        folder: the case's folder, for messages.

    Raises:
        DataProblems: the graph cannot hold some values; raised after all other quads.
    """
    writer = _Writer(case, vocabulary)
    made: Iterator[tuple[Any, Iterator[ox.Quad]]] = chain(
        ((case, writer.header(case)),),
        ((source, writer.source(source)) for source in case.sources),
        ((thing, writer.thing(thing)) for thing in case.things),
        ((statement, writer.statement(statement)) for statement in case.statements),
        ((remark, writer.record(remark)) for remark in case.remarks),
    )
    report = Report()
    for record, written in made:
        try:
            yield from written
        except ValueError as error:
            message = f"cannot be written into the graph: {error}; write another value"
            report(record.origin, writer.field, message)
    report.refuse(folder)


class _Writer:
    """Writes records into the namespace of one case."""

    def __init__(self, case: Case, vocabulary: Vocabulary) -> None:
        self.case = case
        self.field = ""
        self.base = case_namespace(case.id)
        self.kind_predicates = {
            name for name, predicate in vocabulary.predicates.items() if predicate.takes == "kind"
        }
        self.types = {
            name: tuple(ox.NamedNode(iri) for iri in sorted(iris))
            for name, iris in vocabulary.classes.items()
        }

    def header(self, case: Case) -> Iterator[ox.Quad]:
        node = ox.NamedNode(self.base)
        yield ox.Quad(node, _TYPE, ox.NamedNode(_DCAT_DATASET))
        yield from self._fields(node, case, TABLE[Case])
        for source in case.sources:
            yield self._link(node, DCTERMS + "source", source.id)
        for earlier, later in case.compare_days:
            yield ox.Quad(node, _COMPARES_DAYS, ox.Literal(f"{earlier}/{later}"))

    def source(self, source: Source) -> Iterator[ox.Quad]:
        node = self._node(source.id)
        yield from self._typed(node, "Source")
        yield from self._fields(node, source, TABLE[Source])
        yield from self._fields(node, source.bounds, _BOUNDS)
        title = ox.Literal(source.title, language=source.language)
        yield ox.Quad(node, ox.NamedNode(RDFS + "label"), title)
        for passage in source.passages:
            place = self._node(f"{source.id}.{passage.sentence}")
            yield from self._typed(place, "Passage")
            yield self._link(place, HUD + "source", source.id)
            yield from self._fields(place, passage, TABLE[Passage])
            if passage.boilerplate:
                yield ox.Quad(place, ox.NamedNode(HUD + "boilerplate"), _boolean(True, ""))

    def thing(self, thing: Thing) -> Iterator[ox.Quad]:
        node = self._node(thing.id)
        for name in thing.classes:
            yield from self._typed(node, name)
        yield from self._fields(node, thing, TABLE[Thing])
        for number, step in enumerate(thing.chain, 1):
            yield ox.Quad(node, ox.NamedNode(HUD + "step"), _english(f"{number}. {step}", ""))
        if thing.agreement:
            whole = self._node(thing.agreement)
            yield ox.Quad(whole, ox.NamedNode(DCTERMS + "hasPart"), node)
        for scheme, value in thing.identifiers:
            if scheme in _MATCHES:
                match = _MATCHES[scheme].format(value)
                yield ox.Quad(node, ox.NamedNode(SKOS + "closeMatch"), ox.NamedNode(match))

    def statement(self, statement: Statement) -> Iterator[ox.Quad]:
        node = self._node(statement.id)
        yield from self._typed(node, "Statement")
        yield from self._fields(node, statement, TABLE[Statement])
        yield from self._object(node, statement)
        yield from self._fields(node, statement.bounds, _BOUNDS)
        if statement.quantity is not None:
            yield from self._fields(node, statement.quantity, _QUANTITY)
        if statement.verdict is not None:
            verdict = self._node(f"{statement.id}.verdict")
            yield ox.Quad(node, ox.NamedNode(HUD + "verdict"), verdict)
            yield from self._typed(verdict, "Verdict")
            yield from self._fields(verdict, statement.verdict, _VERDICT)
            yield self._link(verdict, HUD + "judge", self.case.editor)
        for claim in statement.claims:
            place = self._node(claim.id)
            yield from self._typed(place, "Claim")
            yield ox.Quad(place, ox.NamedNode(HUD + "about"), node)
            yield from self._fields(place, claim, TABLE[Claim])

    def record(self, record: Judgement | Resolution | Note) -> Iterator[ox.Quad]:
        node = self._node(record.id)
        yield from self._typed(node, _CLASS_OF[type(record)])
        yield from self._fields(node, record, TABLE[type(record)])
        if isinstance(record, Judgement):
            yield self._link(node, HUD + "left", record.things[0])
            yield self._link(node, HUD + "right", record.things[1])

    def _object(self, node: ox.NamedNode, statement: Statement) -> Iterator[ox.Quad]:
        if statement.object is not None:
            makes_kind = statement.predicate in self.kind_predicates
            make = _kind if makes_kind and statement.object != UNKNOWN else _thing
            yield ox.Quad(node, ox.NamedNode(RDF + "object"), make(statement.object, self.base))

    def _typed(self, node: ox.NamedNode, name: str) -> Iterator[ox.Quad]:
        for iri in self.types[name]:
            yield ox.Quad(node, _TYPE, iri)

    def _fields(
        self, node: ox.NamedNode, record: object, rows: tuple[Row, ...]
    ) -> Iterator[ox.Quad]:
        for field, term, make in rows:
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

    def _link(self, node: ox.NamedNode, term: str, target: str) -> ox.Quad:
        return ox.Quad(node, ox.NamedNode(term), _thing(target, self.base))

    def _node(self, name: str) -> ox.NamedNode:
        return ox.NamedNode(self.base + name)


def origins(case: Case) -> dict[str, Origin]:
    """Return, for the IRI of each record, where it was authored; for messages about the graph."""
    base = case_namespace(case.id)
    found: dict[str, Origin] = {base + source.id: source.origin for source in case.sources}
    found |= {base + thing.id: thing.origin for thing in case.things}
    for statement in case.statements:
        found[base + statement.id] = statement.origin
        found[f"{base}{statement.id}.verdict"] = statement.origin
        found |= {base + claim.id: claim.origin for claim in statement.claims}
    return found | {base + remark.id: remark.origin for remark in case.remarks}
