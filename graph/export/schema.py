"""The tables that a graph fits into, for formats that know rows and references, not triples.

Together with what follows from them (the direct edges and the dates of events, from the accepted
statements; the named graphs, from the claims), the tables hold every triple of a case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ..vocabulary import DCTERMS, HUD, OA, RDF, RDFS, SCHEMA, SEM, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Type = Literal["id", "text", "integer", "number", "boolean", "day"]
CITO = "http://purl.org/spar/cito/"


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


_BOUNDS = (
    Column("earliest_begin", SEM + "hasEarliestBeginTimeStamp", "day"),
    Column("latest_begin", SEM + "hasLatestBeginTimeStamp", "day"),
    Column("earliest_end", SEM + "hasEarliestEndTimeStamp", "day"),
    Column("latest_end", SEM + "hasLatestEndTimeStamp", "day"),
)
_NOTE = Column("note", SKOS + "note")


def _passages(table: str, owner: str) -> ListOf:
    return ListOf(table, owner, Column("passage", HUD + "passage", "id", "passages"))


SPECS: Mapping[str, Spec] = {
    "cases": Spec(
        "The case itself.",
        (),
        (
            Column("title", DCTERMS + "title"),
            Column("description", DCTERMS + "description"),
            Column("licence", DCTERMS + "license"),
            Column("editor", DCTERMS + "publisher", "id", "things"),
            Column("language", DCTERMS + "language"),
        ),
        (ListOf("compared_days", "case", Column("days", HUD + "comparesDays")),),
    ),
    "sources": Spec(
        "A document.",
        ("Source",),
        (
            Column("title", DCTERMS + "title"),
            Column("publisher", DCTERMS + "publisher"),
            Column("date", HUD + "when"),
            Column("date_basis", HUD + "dateBasis"),
            *_BOUNDS,
            Column("language", DCTERMS + "language"),
            Column("url", SCHEMA + "url"),
            Column("code", HUD + "code"),
            Column("characters", HUD + "characters", "integer"),
            Column("sha256", HUD + "sha256"),
        ),
        (
            ListOf(
                "source_authors", "source", Column("author", DCTERMS + "creator", "id", "things")
            ),
        ),
    ),
    "passages": Spec(
        "A sentence of a source: where it stands and the hash of its text.",
        ("Passage",),
        (
            Column("source", HUD + "source", "id", "sources"),
            Column("sentence", HUD + "sentence"),
            Column("start", OA + "start", "integer"),
            Column("end", OA + "end", "integer"),
            Column("sha256", HUD + "sha256"),
            Column("boilerplate", HUD + "boilerplate", "boolean"),
        ),
    ),
    "things": Spec(
        "Whatever has identity and names: an actor, place, event, agreement, clause, question.",
        (),
        (
            Column("label", RDFS + "label"),
            Column("identity", HUD + "identity", "id", "kinds"),
            _NOTE,
            Column("process", HUD + "process", "id", "things"),
            Column("replaces", DCTERMS + "replaces", "id", "things"),
            Column("agreement", DCTERMS + "isPartOf", "id", "things"),
            Column("topic", HUD + "topic", "id", "kinds"),
            Column("text", HUD + "text"),
            Column("exclusive", HUD + "exclusive", "boolean"),
            Column("pattern", HUD + "pattern"),
            Column("scope", HUD + "scope"),
        ),
        (
            ListOf("thing_classes", "thing", Column("class", RDF + "type", "id")),
            ListOf("names", "thing", Column("name", SKOS + "altLabel"), language=True),
            ListOf("thing_kinds", "thing", Column("kind", HUD + "kind", "id", "kinds")),
            ListOf("identifiers", "thing", Column("identifier", HUD + "identifier")),
            ListOf("matches", "thing", Column("match", SKOS + "closeMatch")),
            ListOf("mentions", "thing", Column("passage", HUD + "mentionedIn", "id", "passages")),
            ListOf("question_things", "question", Column("thing", HUD + "about", "id")),
            ListOf("mechanism_steps", "mechanism", Column("step", HUD + "step")),
            ListOf("mechanism_instances", "mechanism", Column("instance", HUD + "instance", "id")),
        ),
    ),
    "statements": Spec(
        "One proposition, with its qualifiers and its status; not asserted by being stated.",
        ("Statement",),
        (
            Column("subject", RDF + "subject", "id", "things"),
            Column("predicate", RDF + "predicate", "id", "predicates"),
            Column("status", HUD + "status", "id", "kinds"),
            Column("status_by_rule", HUD + "statusByRule", "id", "kinds"),
            Column("when", HUD + "when"),
            Column("begins", HUD + "begins"),
            Column("ends", HUD + "ends"),
            Column("when_text", HUD + "whenText"),
            Column("coverage", HUD + "coverage", "id", "kinds"),
            *_BOUNDS,
            Column("place", HUD + "place", "id", "things"),
            Column("channel", HUD + "channel", "id", "things"),
            Column("under", HUD + "under", "id", "things"),
            Column("scope", HUD + "scope"),
            Column("low", HUD + "low", "number"),
            Column("high", HUD + "high", "number"),
            Column("unit", HUD + "unit"),
            Column("modality", HUD + "modality", "id", "kinds"),
            Column("counts", HUD + "counts"),
            _NOTE,
        ),
        (ListOf("answers", "statement", Column("question", HUD + "answers", "id", "things")),),
    ),
    "claims": Spec(
        "One voice's stand on one statement, in one source.",
        ("Claim",),
        (
            Column("statement", HUD + "about", "id", "statements"),
            Column("voice", HUD + "voice", "id", "things"),
            Column("stance", HUD + "stance", "id", "kinds"),
            Column("certainty", HUD + "certainty", "id", "kinds"),
            Column("source", HUD + "source", "id", "sources"),
            _NOTE,
        ),
        (
            _passages("claim_passages", "claim"),
            ListOf("disputes", "claim", Column("disputed", CITO + "disputes", "id", "claims")),
        ),
    ),
    "verdicts": Spec(
        "What the editor decides about a statement, beside what the rules give.",
        ("Verdict",),
        (
            Column("status", HUD + "status", "id", "kinds"),
            Column("reason", HUD + "reason"),
            Column("judge", HUD + "judge", "id", "things"),
        ),
    ),
    "judgements": Spec(
        "A recorded decision whether two things are the same.",
        ("Judgement",),
        (
            Column("left", HUD + "left", "id", "things"),
            Column("right", HUD + "right", "id", "things"),
            Column("judgement", HUD + "judgement", "id", "kinds"),
            Column("certainty", HUD + "certainty", "id", "kinds"),
            Column("reason", HUD + "reason"),
        ),
        (_passages("judgement_passages", "judgement"),),
    ),
    "name_resolutions": Spec(
        "A recorded decision that several names in the sources mean one thing.",
        ("NameResolution",),
        (
            Column("thing", HUD + "thing", "id", "things"),
            Column("certainty", HUD + "certainty", "id", "kinds"),
            Column("reason", HUD + "reason"),
        ),
        (
            ListOf("resolved_names", "name_resolution", Column("name", HUD + "name")),
            _passages("name_resolution_passages", "name_resolution"),
        ),
    ),
    "notes": Spec(
        "An editor's remark on things or statements.",
        ("Note",),
        (Column("text", HUD + "text"),),
        (
            ListOf("note_subjects", "note", Column("subject", HUD + "on", "id")),
            _passages("note_passages", "note"),
        ),
    ),
}

PREDICATES = Spec(
    "A predicate of statements, from the ontology.",
    (),
    (
        Column("label", RDFS + "label"),
        Column("definition", SKOS + "definition"),
        Column("family", HUD + "family", "id", "kinds"),
        Column("sign", HUD + "sign", "integer"),
        Column("aspect", HUD + "aspect", "id", "kinds"),
        Column("tie", HUD + "tie", "boolean"),
        Column("role", HUD + "role", "boolean"),
    ),
)
KINDS = Spec(
    "A kind, from the ontology: a stance, status, family, kind of event and so on.",
    (),
    (Column("label", SKOS + "prefLabel"), Column("definition", SKOS + "definition")),
    (
        ListOf("kind_schemes", "kind", Column("scheme", SKOS + "inScheme", "id")),
        ListOf("wider_kinds", "kind", Column("wider", SKOS + "broader", "id", "kinds")),
    ),
)

OBJECT = (
    Column("object", RDF + "object", "id", "things"),
    Column("value", RDF + "object"),
    Column("value_type", RDF + "object"),
)
"""What a statement says of its subject, in three columns; see ``graph.export.records.tables``."""


class Table(NamedTuple):
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
    for column in spec.columns:
        yield column
        if name == "statements" and column.name == "predicate":
            yield from OBJECT


def _tables() -> Iterator[tuple[str, Table]]:
    for name, spec in {"predicates": PREDICATES, "kinds": KINDS, **SPECS}.items():
        yield name, Table(spec.about, tuple(_columns(name, spec)), ("id",))
        for one in spec.lists:
            values = (Column(one.owner, "", "id", name), one.value)
            columns = (*values, Column("language", "")) if one.language else values
            yield one.table, Table("", columns, tuple(column.name for column in columns))


TABLES: Mapping[str, Table] = dict(_tables())
"""All tables by name, each before the tables of its values."""

_WORDS = {
    "id": "The short name of the row, which ends its IRI.",
    "iri": "The address that names the row in every file of this data set.",
    "language": "The language and script, as a tag of BCP 47.",
    RDF + "type": "What it is; class is the narrowest there is.",
    RDF + "subject": "Who or what the statement is about; empty where no source names it.",
    RDF + "predicate": "What the statement says.",
    "object": "The thing that the subject is joined to; empty if there is a value or type of one.",
    "value": "What is said instead of a thing, as text: a figure, a text, yes or no, a kind.",
    "value_type": "The XML Schema type of the value; or kind; or unknown, and no value.",
    RDFS + "label": "The name, in English.",
    SKOS + "prefLabel": "The name, in English.",
    SKOS + "altLabel": "A further name.",
    SKOS + "definition": "What it means, as a sentence.",
    SKOS + "note": "A remark of the editor.",
    SKOS + "closeMatch": "The address of about the same thing in another data set.",
    SKOS + "inScheme": "The list that it belongs to.",
    SKOS + "broader": "The kind that it is a special case of.",
    DCTERMS + "title": "The title.",
    DCTERMS + "description": "What it is about.",
    DCTERMS + "license": "The licence of the data.",
    DCTERMS + "publisher": "Who published it.",
    DCTERMS + "creator": "Who wrote it.",
    DCTERMS + "language": "The language, as a tag of BCP 47.",
    DCTERMS + "replaces": "The agreement or clause that it takes the place of.",
    DCTERMS + "isPartOf": "The agreement that it is a clause of.",
    SCHEMA + "url": "Where it is on the web.",
    SEM + "hasEarliestBeginTimeStamp": "The first day on which it may have begun.",
    SEM + "hasLatestBeginTimeStamp": "The last day on which it may have begun.",
    SEM + "hasEarliestEndTimeStamp": "The first day on which it may have ended.",
    SEM + "hasLatestEndTimeStamp": "The last day on which it may have ended.",
    OA + "start": "The number of code points before it in the text of the source.",
    OA + "end": "The number of code points up to its end in the text of the source.",
    CITO + "disputes": "A claim that contradicts it.",
}


def meaning(column: Column, definitions: Mapping[str, str]) -> str:
    """Return what a column says, as a sentence.

    Args:
        column: a column of ``TABLES``.
        definitions: the definitions of the ontology's terms by IRI.
    """
    key = column.name if column in OBJECT or not column.term else column.term
    return _WORDS.get(key) or definitions.get(key) or f"The row of {column.table} that has it."
