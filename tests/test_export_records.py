"""The tables that formats are written from: they hold every triple of a case, and refer to rows."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import miniature
import pyoxigraph as ox
import pytest

from graph.model import vocabulary
from graph.model.days import ALWAYS
from graph.model.terms import DCTERMS, HUD, KIND, RDF, RDFS, SEM, XSD, case_namespace
from graph.read import tables as records
from graph.read.schema import ALL_SPECS, SPECS, TABLES, Column, meaning
from graph.read.select import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miniature import Judged

    from graph.read.tables import Tables

    Row = dict[str, Any]


class Triple(NamedTuple):
    """A triple as text, without the language of a literal."""

    subject: str
    property: str
    value: str
    type: str


DATED = {"when", "when_text", "place", "earliest_begin", "latest_begin", "earliest_end",
         "latest_end"}  # fmt: skip
IRI = "iri"


@pytest.fixture(scope="module", params=[miniature.CODED, "mill"])
def graph(request: pytest.FixtureRequest) -> Graph:
    """The Homs case, and the miniature case."""
    name = {miniature.CODED: "judged", "mill": "example"}[request.param]
    judged: Judged = request.getfixturevalue(name)
    return Graph(judged[1], request.param)


@pytest.fixture(scope="module")
def tables(graph: Graph) -> Tables:
    return records.tables(graph)


def stored(graph: Graph) -> Iterator[tuple[Triple, str]]:
    """Yield the triples of the default graph about the case, each with its language."""
    base = case_namespace(graph.case)
    for quad in graph.store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        if quad.predicate.value in DERIVED:
            continue
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(base):
            value, kind, language = quad.object, IRI, ""
            assert isinstance(value, ox.NamedNode | ox.Literal)
            text = value.value
            if isinstance(value, ox.Literal):
                language = value.language or ""
                kind = "string" if language else value.datatype.value.removeprefix(XSD)
                text = str(Decimal(text).normalize()) if kind == "decimal" else text
            yield Triple(quad.subject.value, quad.predicate.value, text, kind), language


DERIVED = {
    HUD + name
    for name in (
        "assertedBy", "deniedBy", "citedIn", "stands", "weighedFrom", "restsOn", "speaksUntil",
        "nameKey", "judgedSame",
    )
}  # fmt: skip
"""What follows from the claims, dates and judgements in the tables."""


class Rebuilt:
    """The triples of a case, made from its tables and the classes of the ontology alone."""

    def __init__(self, case: str, tables: Tables) -> None:
        self.base = case_namespace(case)
        self.tables = tables
        self.classes = {name: sorted(iris) for name, iris in vocabulary.load().classes.items()}

    def triples(self) -> set[Triple]:
        found = {*self.of_records(), *self.of_links(), *self.of_statements()}
        return found | set(self.of_spans())

    def of_records(self) -> Iterator[Triple]:
        for name, spec in SPECS.items():
            rows = {row["id"]: row["iri"] for row in self.tables[name]}
            for row in self.tables[name]:
                for column in spec.columns:
                    if column.name in row:
                        yield self.triple(row["iri"], column, row[column.name])
                for wide in {iri for one in spec.classes for iri in self.classes[one]}:
                    yield Triple(row["iri"], RDF + "type", wide, IRI)
            for one in spec.lists:
                for row in self.tables[one.table]:
                    yield self.triple(rows[row[one.owner]], one.value, row[one.value.name])

    def of_links(self) -> Iterator[Triple]:
        """Yield what a reference says the other way round, and what repeats another column."""
        case = self.base
        yield Triple(case, RDF + "type", "http://www.w3.org/ns/dcat#Dataset", IRI)
        for row in self.tables["sources"]:
            yield Triple(case, DCTERMS + "source", row["iri"], IRI)
            yield Triple(row["iri"], RDFS + "label", row["title"], "string")
        for row in self.tables["things"]:
            if "agreement" in row:
                yield Triple(self.base + row["agreement"], DCTERMS + "hasPart", row["iri"], IRI)
        for row in self.tables["verdicts"]:
            yield Triple(self.base + row["statement"], HUD + "verdict", row["iri"], IRI)

    def of_spans(self) -> Iterator[Triple]:
        """Yield the spans; what holds on every day has the first and last day of all."""
        columns = {column.name: column for column in ALL_SPECS["spans"].columns}
        for row in self.tables["spans"]:
            days = {name: row[name] for name in columns if name in row} or ALWAYS._asdict()
            yield Triple(row["iri"], RDF + "type", HUD + "Span", IRI)
            yield Triple(self.base + row["statement"], HUD + "span", row["iri"], IRI)
            for name, column in columns.items():
                if name in days:
                    yield self.triple(row["iri"], column, days[name])
            for is_open, end, name in (
                ("open_begin", "hasEarliestBeginTimeStamp", "possible_from"),
                ("open_end", "hasLatestEndTimeStamp", "possible_until"),
            ):
                if not row[is_open]:
                    yield Triple(row["iri"], SEM + end, days[name], "date")

    def of_statements(self) -> Iterator[Triple]:
        """Yield what statements say, and what follows from the accepted ones."""
        dated = [column for column in SPECS["statements"].columns if column.name in DATED]
        for row in self.tables["statements"]:
            value, kind = self.said(row)
            subject = self.base + row["subject"] if "subject" in row else HUD + "unknown"
            yield Triple(row["iri"], RDF + "object", value, kind)
            if "subject" not in row:
                yield Triple(row["iri"], RDF + "subject", subject, IRI)
            elif row["status"] == "accepted":
                if not row.get("past"):
                    yield Triple(subject, HUD + row["predicate"], value, kind)
                if row["predicate"] in ("occurred", "concluded"):
                    for column in dated:
                        if column.name in row:
                            yield self.triple(subject, column, row[column.name])

    def said(self, row: Row) -> tuple[str, str]:
        if "object" in row:
            assert "value" not in row
            assert "value_type" not in row
            return self.base + row["object"], IRI
        if row["value_type"] in ("kind", "unknown"):
            return {"kind": KIND + row.get("value", ""), "unknown": HUD + "unknown"}[
                row["value_type"]
            ], IRI
        return row["value"], row["value_type"]

    def triple(self, subject: str, column: Column, value: Any) -> Triple:  # noqa: ANN401
        match column.type:
            case "id":
                base = {"kinds": KIND, "predicates": HUD}.get(column.table, self.base)
                if column.name == "class":
                    base = HUD
                return Triple(subject, column.term, value if ":" in value else base + value, IRI)
            case "boolean":
                assert isinstance(value, bool)
                return Triple(subject, column.term, str(value).lower(), "boolean")
            case "day":
                return Triple(subject, column.term, value, "date")
            case "integer" | "number":
                kind = "integer" if isinstance(value, int) else "decimal"
                text = str(value) if kind == "integer" else str(Decimal(repr(value)).normalize())
                return Triple(subject, column.term, text, kind)
        is_address = column.name in ("url", "match", "gazetteer_url")
        return Triple(subject, column.term, value, IRI if is_address else "string")


def test_every_triple_of_a_case_is_in_the_tables(graph: Graph, tables: Tables) -> None:
    """Fails when the graph gets a property that no table has."""
    wanted = {triple for triple, _ in stored(graph)}
    got = Rebuilt(graph.case, tables).triples()
    assert sorted(wanted - got)[:5] == []
    assert sorted(got - wanted)[:5] == []


def test_languages_follow_from_the_property_or_stand_beside_the_text(
    graph: Graph, tables: Tables
) -> None:
    names = SPECS["things"].lists[1].value.term
    languages: dict[tuple[str, str], set[str]] = defaultdict(set)
    table_of = {row["iri"]: name for name in SPECS for row in tables[name]}
    for triple, language in stored(graph):
        if triple.type == "string" and triple.property != names:
            languages[table_of[triple.subject], triple.property].add(language)
    of_sources = {row.get("language", "") for row in tables["sources"]}
    assert languages.pop(("sources", RDFS + "label")) <= of_sources
    assert [key for key, found in languages.items() if len(found) != 1] == []
    assert {(row["thing"], row["name"], row["language"]) for row in tables["names"]} == {
        (triple.subject.removeprefix(case_namespace(graph.case)), triple.value, language)
        for triple, language in stored(graph)
        if triple.property == names
    }


def test_a_new_property_is_noticed(example: Judged) -> None:
    store = ox.Store()
    store.extend(iter(example[1]))
    node = ox.NamedNode(case_namespace("mill") + "river-guard")
    new = ox.Quad(node, ox.NamedNode(HUD + "colour"), ox.Literal("green"))
    store.add(new)
    graph = Graph(store, "mill")
    got = Rebuilt("mill", records.tables(graph)).triples()
    missing = {triple for triple, _ in stored(graph)} - got
    assert missing == {Triple(node.value, HUD + "colour", "green", "string")}


def test_a_second_value_of_a_column_is_noticed(example: Judged) -> None:
    store = ox.Store()
    store.extend(iter(example[1]))
    statement = next(iter(store.quads_for_pattern(None, ox.NamedNode(HUD + "status"), None)))
    store.add(ox.Quad(statement.subject, statement.predicate, ox.NamedNode(KIND + "zzz")))
    graph = Graph(store, "mill")
    got = Rebuilt("mill", records.tables(graph)).triples()
    assert {triple for triple, _ in stored(graph)} - got


def test_no_column_of_things_is_a_predicate_of_statements() -> None:
    """A direct edge must never be taken for a property of the thing."""
    predicates = {HUD + name for name in miniature.ONTOLOGY.predicates}
    assert not predicates & {column.term for column in SPECS["things"].columns}
    assert not predicates & {one.value.term for one in SPECS["things"].lists}


def test_no_table_has_a_day_that_stands_for_none(tables: Tables) -> None:
    limits = {ALWAYS.possible_from, ALWAYS.possible_until}
    assert not [
        row for rows in tables.values() for row in rows if limits & {*map(str, row.values())}
    ]
    assert [row for row in tables["spans"] if "possible_from" not in row]


def test_references_resolve(tables: Tables) -> None:
    ids = {name: {row["id"] for row in rows if "id" in row} for name, rows in tables.items()}
    lost = [
        (name, column.name, row[column.name])
        for name, table in TABLES.items()
        for column in table.columns
        if column.table
        for row in tables[name]
        if column.name in row and row[column.name] not in ids[column.table]
    ]
    assert lost == []


def test_what_may_refer_to_several_tables_finds_a_row(tables: Tables) -> None:
    known = {row["id"] for name in SPECS for row in tables[name]}
    for table, column in (
        ("question_things", "thing"),
        ("mechanism_instances", "instance"),
        ("note_subjects", "subject"),
    ):
        assert {row[column] for row in tables[table]} <= known


def test_every_table_and_column_is_told(tables: Tables) -> None:
    assert list(tables.keys() - TABLES.keys()) == list(TABLES.keys() - tables.keys()) == []
    for name, table in TABLES.items():
        columns = [column.name for column in table.columns]
        assert len(columns) == len(set(columns))
        assert {key for row in tables[name] for key in row} <= set(columns), name


def test_keys_tell_rows_apart(tables: Tables) -> None:
    for name, table in TABLES.items():
        keys = [tuple(row[key] for key in table.key) for row in tables[name]]
        assert len(keys) == len(set(keys)), name


def test_values_have_the_types_of_their_columns(tables: Tables) -> None:
    types = {"integer": int, "number": (int, float), "boolean": bool}
    for name, table in TABLES.items():
        for column in table.columns:
            for row in tables[name]:
                if column.name in row:
                    assert isinstance(row[column.name], types.get(column.type, str))  # type: ignore[arg-type]


def test_every_column_has_a_meaning_of_its_own(graph: Graph) -> None:
    definitions = records.definitions(graph)
    for table in TABLES.values():
        for column in table.columns:
            said = meaning(column, definitions)
            assert said.endswith("."), column
            defined = said != f"The row of {column.table} that has it." or not column.term
            assert defined, (
                f"define {column.term} in ontology/hudna.ttl, or give the field a meaning"
            )


def test_rows_are_sorted(tables: Tables) -> None:
    for name, spec in ALL_SPECS.items():
        ids = [row["id"] for row in tables[name]]
        assert ids == sorted(ids)
        for one in spec.lists:
            rows = [tuple(map(str, row.values())) for row in tables[one.table]]
            assert rows == sorted(rows)


def test_dates_of_events_are_those_of_their_statements(graph: Graph, tables: Tables) -> None:
    """The tables repeat no date of an event: it is that of the statement that it took place."""
    bound = SEM + "hasLatestEndTimeStamp"
    things = {row["id"] for row in tables["things"]}
    base = case_namespace(graph.case)
    of_things = {
        (triple.subject.removeprefix(base), triple.value)
        for triple, _ in stored(graph)
        if triple.property == bound and triple.subject.removeprefix(base) in things
    }
    assert of_things == {
        (row["subject"], row["latest_end"])
        for row in tables["statements"]
        if row["predicate"] in ("occurred", "concluded")
        and row["status"] == "accepted"
        and "latest_end" in row
    }
