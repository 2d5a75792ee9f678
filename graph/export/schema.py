"""The tables that a graph fits into, for formats that know rows and references, not triples.

Together with the direct edges, which follow from the statuses, and the named graphs, which follow
from the claims, the tables hold every triple of a case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ..vocabulary import DCTERMS, HUD, OA, RDF, RDFS, SCHEMA, SEM, SKOS

if TYPE_CHECKING:
    from collections.abc import Mapping

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
            ListOf("question_things", "question", Column("thing", HUD + "about", "id", "things")),
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
            Column("thing", HUD + "thing", "id"),
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
        Column("tie", HUD + "tie", "boolean"),
        Column("role", HUD + "role", "boolean"),
    ),
)
KINDS = Spec(
    "A kind, from the ontology: a stance, status, family, kind of event and so on.",
    (),
    (Column("label", SKOS + "prefLabel"), Column("definition", SKOS + "definition")),
    (ListOf("kind_schemes", "kind", Column("scheme", SKOS + "inScheme", "id")),),
)
