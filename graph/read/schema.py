"""The tables that a graph fits into, for formats that know rows and references, not triples.

Together with what follows from them (the direct edges and the dates of events, from the accepted
statements; the points of places, from their coordinates; the named graphs, from the claims), the
tables hold every triple of a case.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from ..model import RECORDS, Case, Form, Record, Thing, specs
from ..model.days import SPAN_TERMS
from ..model.fields import one, several
from ..model.terms import HUD, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..model import FieldSpec

Type = Literal["id", "text", "integer", "number", "boolean", "day"]


class Column(NamedTuple):
    """One column of a table.

    Attributes:
        name: its name.
        term: IRI of the property.
        type: ``id`` for a local name, ``day`` for an ISO date, or what the literal is.
        table: the table whose ``id`` it refers to, if it does.
    """

    name: str
    term: str
    type: Type = "text"
    table: str = ""


class ListOf(NamedTuple):
    """A property with several values to a record, as a table of its own.

    Attributes:
        table: name of that table.
        owner: its first column, which refers to the record.
        value: its second column. Values with a language have a third, ``language``.
    """

    table: str
    owner: str
    value: Column
    language: bool = False


class Spec(NamedTuple):
    """One table of records; every table has the columns ``id`` and ``iri`` beside those here.

    Attributes:
        about: what a row is.
        classes: local names of the classes whose members are its rows; none for what is of no
            class of another table.
        columns: the columns with one value at the most.
        lists: the properties with several values.
    """

    about: str
    classes: tuple[str, ...]
    columns: tuple[Column, ...]
    lists: tuple[ListOf, ...] = ()


_PAST = HUD + "knownUntil"
"""Only claims that a later release dropped have it, and no table has these."""
_TYPES: Mapping[Form, Type] = {
    Form.INTEGER: "integer",
    Form.NUMBER: "number",
    Form.BOOLEAN: "boolean",
    Form.DAY: "day",
    Form.CLASS: "id",
    Form.KIND: "id",
    Form.PREDICATE: "id",
}
"""The type of a column by the form of its values; ids are ids, and all others are text."""


def _column(field: FieldSpec) -> Column:
    kind = "id" if field.form.refers else _TYPES.get(field.form, "text")
    return Column(field.column, field.term, kind, field.refers)


@dataclass(frozen=True, slots=True, kw_only=True)
class PredicateTerm(Record):
    """A predicate of statements, as a row."""

    TABLE: ClassVar[str] = "predicates"
    ABOUT: ClassVar[str] = "A predicate of statements, from the ontology."

    label: str = one(RDFS + "label", Form.ENGLISH)
    inverse_label: str = one(HUD + "inverseLabel", Form.ENGLISH)
    sentence_pattern: str = one(HUD + "sentencePattern", Form.ENGLISH)
    inverse_pattern: str = one(HUD + "inversePattern", Form.ENGLISH)
    definition: str = one(
        SKOS + "definition", Form.ENGLISH, meaning="What it means, as a sentence."
    )
    family: str = one(HUD + "family", Form.KIND, refers="kinds")
    group: str = one(HUD + "group", Form.KIND, refers="kinds")
    sign: int = one(HUD + "sign", Form.INTEGER)
    aspect: str = one(HUD + "aspect", Form.KIND, refers="kinds")
    timeless: bool = one(HUD + "timeless", Form.BOOLEAN)
    tie: bool = one(HUD + "tie", Form.BOOLEAN)
    role: bool = one(HUD + "role", Form.BOOLEAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTerm(Record):
    """A kind, as a row."""

    TABLE: ClassVar[str] = "kinds"
    ABOUT: ClassVar[str] = (
        "A kind, from the ontology: a stance, status, family, kind of event and so on."
    )

    label: str = one(SKOS + "prefLabel", Form.ENGLISH, meaning="The name, in English.")
    definition: str = one(SKOS + "definition", Form.ENGLISH)
    polarity: str = one(HUD + "polarity", Form.KIND, refers="kinds")
    as_fact: bool = one(HUD + "asFact", Form.BOOLEAN)
    schemes: tuple[str, ...] = several(
        SKOS + "inScheme",
        Form.KIND,
        ("kind_schemes", "kind", "scheme"),
        meaning="The list that it belongs to.",
    )
    wider: tuple[str, ...] = several(
        SKOS + "broader",
        Form.KIND,
        ("wider_kinds", "kind", "wider"),
        refers="kinds",
        meaning="The kind that it is a special case of.",
    )


ROWS: Mapping[str, tuple[type[Record], ...]] = {
    name: tuple(records)
    for name, records in groupby((PredicateTerm, KindTerm, *RECORDS), key=attrgetter("TABLE"))
}
"""The classes of records whose fields are the columns of each table of records, by its name."""


def _spec(records: tuple[type[Record], ...]) -> Spec:
    """Return the table of some classes of records, which say between them what a row may have."""
    first = records[0]
    fields = {field.name: field for record in records for field in specs(record)}
    fields = dict(sorted(fields.items(), key=lambda item: item[1].form is Form.DAY))
    return Spec(
        first.ABOUT,
        () if first in (Case, Thing, PredicateTerm, KindTerm) else (first.__name__,),
        tuple(
            _column(field) for field in fields.values() if not field.table and field.term != _PAST
        ),
        tuple(
            ListOf(field.table.name, field.table.owner, _column(field), field.form is Form.NAME)
            for field in fields.values()
            if field.table
        ),
    )


SPANS = Spec(
    "A stretch of days within which a statement held once; what holds on every day has one without "
    "days.",
    ("Span",),
    tuple(Column(field, HUD + term, "day") for term, field in SPAN_TERMS.items()),
)

ALL_SPECS: Mapping[str, Spec] = {
    **{name: _spec(records) for name, records in ROWS.items()},
    "spans": SPANS,
}
"""All tables of records by name, as their fields are declared."""

SPECS: Mapping[str, Spec] = {
    name: spec for name, spec in ALL_SPECS.items() if name not in ("predicates", "kinds", "spans")
}
"""Those of the records of ``graph.model``: of the case, not of the ontology."""

OBJECT = (
    Column("object", RDF + "object", "id", "things"),
    Column("value", RDF + "object"),
    Column("value_type", RDF + "object"),
)
"""What a statement says of its subject, in three columns; see ``graph.read.tables.tables``."""

OPEN = (Column("open_begin", "", "boolean"), Column("open_end", "", "boolean"))
"""Whether a span may have begun before its first day, or gone on after its last."""


class TableSpec(NamedTuple):
    """All columns of a table, in order.

    Attributes:
        about: what a row is; empty for a table of values, whose second column says it.
        columns: the columns; a ``term`` is empty where no single property stands behind one.
        key: the names of those that tell the rows apart and are never empty.
    """

    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


def _columns(name: str, spec: Spec) -> Iterator[Column]:
    yield Column("id", "", "id")
    yield Column("iri", "")
    match name:
        case "things":
            yield Column("class", RDF + "type", "id")
        case "verdicts":
            yield Column("statement", HUD + "verdict", "id", "statements")
        case "spans":
            yield Column("statement", HUD + "span", "id", "statements")
    for column in spec.columns:
        yield column
        if name == "statements" and column.name == "predicate":
            yield from OBJECT
    if name == "spans":
        yield from OPEN


def _tables() -> Iterator[tuple[str, TableSpec]]:
    for name, spec in ALL_SPECS.items():
        yield name, TableSpec(spec.about, tuple(_columns(name, spec)), ("id",))
        for listed in spec.lists:
            values = (Column(listed.owner, "", "id", name), listed.value)
            columns = (*values, Column("language", "")) if listed.language else values
            yield listed.table, TableSpec("", columns, tuple(column.name for column in columns))


TABLES: Mapping[str, TableSpec] = dict(_tables())
"""All tables by name, each before the tables of its values."""

_WORDS = {
    "id": "The short name of the row, which ends its IRI.",
    "iri": "The address that names the row in every file of this data set.",
    "language": "The language and script, as a tag of BCP 47.",
    "object": "The thing that the subject is joined to; empty if there is a value or type of one.",
    "value": "What is said instead of a thing, as text: a figure, a text, yes or no, a kind.",
    "open_begin": "Whether it may have begun before possible_from; no source tells.",
    "open_end": "Whether it may have gone on after possible_until; no source tells.",
    "value_type": "The XML Schema type of the value; or kind; or unknown, and no value.",
} | {
    field.term: field.meaning
    for records in ROWS.values()
    for record in records
    for field in specs(record)
    if field.meaning
}
"""What columns say that the ontology does not define, by their terms, or else their names."""


def meaning(column: Column, definitions: Mapping[str, str]) -> str:
    """Return what a column says, as a sentence.

    Args:
        column: a column of ``TABLES``.
        definitions: the definitions of the ontology's terms by IRI.
    """
    key = column.name if column in OBJECT or not column.term else column.term
    return _WORDS.get(key) or definitions.get(key) or f"The row of {column.table} that has it."
