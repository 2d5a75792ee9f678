"""The folder for Neo4j: ends resolve, types parse, and nothing disputed is a plain relationship."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import hostile
import miniature
import pyoxigraph as ox
import pytest

from graph import query
from graph.errors import UsageError
from graph.export import losses
from graph.export import neo4j as writer
from graph.export.neo4j_values import literal
from graph.export.selection import Selection
from graph.model import terms as term_text
from graph.model.terms import HUD, case_namespace
from graph.read.schema import SPECS
from graph.read.select import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from miniature import Judged

    Files = Mapping[str, bytes]

EDGES = ("relationships.csv", "ties.csv")
PARSERS = {
    "string": str,
    "long": int,
    "double": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
    "point{crs:WGS-84}": re.compile(r"\{latitude: -?[0-9.]+, longitude: -?[0-9.]+\}").fullmatch,
}


@pytest.fixture(scope="module")
def selection(judged: Judged) -> Selection:
    return Selection(Graph(judged[1], miniature.CODED))


@pytest.fixture(scope="module")
def files(selection: Selection) -> Files:
    return written(selection)


def written(selection: Selection) -> Files:
    made = writer.write(selection).files
    return {name: b"".join(chunks) for name, chunks in made.items()}


def rows(files: Files, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[name].decode("utf-8"), newline=""), strict=True))


def tables(files: Files) -> Iterator[str]:
    yield from (name for name in files if name.endswith(".csv"))


def nodes(files: Files) -> dict[str, dict[str, str]]:
    """Return all nodes by id."""
    names = [name for name in tables(files) if name not in EDGES]
    return {row["id:ID"]: row for name in names for row in rows(files, name)}


def sparql(selection: Selection, text: str) -> list[tuple[str | None, ...]]:
    table = query.select(selection.graph.store, text)
    base = case_namespace(selection.graph.case)
    return [
        tuple(
            None if term is None else term_text.text(term).removeprefix(base).removeprefix(HUD)
            for term in row
        )
        for row in table.rows
    ]


def delimiter(files: Files) -> str:
    found = re.search(r"--array-delimiter='(.)'", files["import.sh"].decode("utf-8"))
    assert found
    return found[1]


def test_ids_are_unique_and_ends_resolve(files: Files) -> None:
    names = [name for name in tables(files) if name not in EDGES]
    ids = [row["id:ID"] for name in names for row in rows(files, name)]
    assert len(ids) == len(set(ids))
    for name in EDGES:
        for row in rows(files, name):
            assert {row[":START_ID"], row[":END_ID"]} <= set(ids)
            assert re.fullmatch(r"[A-Z][A-Z_]*", row[":TYPE"])


def test_every_value_parses_as_its_type(files: Files) -> None:
    for name in tables(files):
        for row in rows(files, name):
            for header, value in row.items():
                kind = header.partition(":")[2]
                if value and not re.match("ID|LABEL|START_ID|END_ID|TYPE", kind):
                    parse: Any = PARSERS[kind.removesuffix("[]")]
                    assert parse(value) is not None, (name, header, value)


def test_an_independent_reader_reads_the_same(example: Judged, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    made = written(hostile.selection(example))
    for name in tables(made):
        path = tmp_path / name
        path.write_bytes(made[name])
        read = duckdb.read_csv(
            str(path), header=True, all_varchar=True, sep=",", quotechar='"', escapechar='"'
        )
        wanted = [tuple(value or None for value in row.values()) for row in rows(made, name)]
        assert read.fetchall() == wanted, name


def test_there_is_a_node_for_each_record(selection: Selection, files: Files) -> None:
    labels = Counter(
        label for row in nodes(files).values() for label in row[":LABEL"].split(delimiter(files))
    )
    for name, count in sparql(
        selection,
        """SELECT ?c (COUNT(?x) AS ?n) WHERE { ?x a ?c
             VALUES ?c { hud:Statement hud:Claim hud:Source hud:Passage hud:Question hud:Actor
                         hud:Verdict hud:Judgement hud:Note hud:NameResolution hud:Event } }
           GROUP BY ?c""",
    ):
        assert name is not None
        assert labels[name] == int(count or 0), name
    assert labels["Record"] == len(nodes(files))


def test_every_value_of_the_tables_is_somewhere(selection: Selection, files: Files) -> None:
    """As a property of the record's node, or as a relationship between it and what it names."""
    joined = {(row[":START_ID"], row[":END_ID"]) for row in rows(files, "relationships.csv")}
    found = nodes(files)
    mark = delimiter(files)

    def is_held(owner: str, value: Any) -> bool:  # noqa: ANN401
        text = str(value).lower() if isinstance(value, bool) else str(value)
        cells = found[owner].values()
        values = {*cells, *(part for cell in cells for part in cell.split(mark))}
        return (owner, text) in joined or text in values or f"{text}.0" in values

    for name, spec in SPECS.items():
        ids = {row["id"]: row["iri" if name == "cases" else "id"] for row in selection.tables[name]}
        for row in selection.tables[name]:
            for key, value in row.items():
                owner = ids[row["id"]]
                assert is_held(owner, value) or (name == "cases" and key == "id"), (owner, key)
        for one in spec.lists:
            for row in selection.tables[one.table]:
                value = row[one.value.name]
                if one.language:
                    value = f"{row[one.owner]} {row['language']} {value}"
                elif one.value.name == "class" and ":" in value:
                    continue  # the class of another vocabulary, which follows from ours
                assert is_held(ids[row[one.owner]], value), (one.table, row)


def test_ties_are_the_accepted_statements_between_things(
    selection: Selection, files: Files
) -> None:
    wanted = sparql(
        selection,
        """SELECT ?x ?s ?p ?o WHERE { ?x hud:status kind:accepted ; rdf:subject ?s ;
             rdf:predicate ?p ; rdf:object ?o . ?s rdfs:label ?a . ?o rdfs:label ?b
             FILTER (?s != hud:unknown && ?o != hud:unknown && !CONTAINS(STR(?o), "/kind/")) }""",
    )
    got = [
        (row["statement:string"], row[":START_ID"], row[":TYPE"], row[":END_ID"])
        for row in rows(files, "ties.csv")
    ]
    assert Counter(got) == Counter((x, s, writer.type_of(p or ""), o) for x, s, p, o in wanted)
    assert len(got) > 100


def test_a_disputed_tie_is_found_through_its_statement_alone(
    selection: Selection, files: Files
) -> None:
    """The only ways between two things are accepted ties and parts of their description."""
    things = {row["id"] for row in selection.tables["things"]}
    between = {
        row[":TYPE"]
        for row in rows(files, "relationships.csv")
        if {row[":START_ID"], row[":END_ID"]} <= things
    }
    assert between <= {"IN_PROCESS", "REPLACES", "CLAUSE_OF", "ASKS_ABOUT", "SHOWN_BY"}
    accepted = {row["id"] for row in selection.tables["statements"] if row["status"] == "accepted"}
    assert {row["statement:string"] for row in rows(files, "ties.csv")} <= accepted
    disputed = [row for row in rows(files, "statements.csv") if row["status:string"] != "accepted"]
    assert disputed
    assert not [row for row in disputed if "Accepted" in row[":LABEL"]]


def test_types_of_references_are_no_predicates(files: Files) -> None:
    predicates = {writer.type_of(name) for name in miniature.ONTOLOGY.predicates}
    assert len(predicates) == len(miniature.ONTOLOGY.predicates)
    assert not predicates & {row[":TYPE"] for row in rows(files, "relationships.csv")}


def test_the_way_from_a_thing_to_its_voices(selection: Selection, files: Files) -> None:
    edges = rows(files, "relationships.csv")

    def joined(kind: str) -> set[tuple[str, str]]:
        return {(row[":START_ID"], row[":END_ID"]) for row in edges if row[":TYPE"] == kind}

    about = joined("ABOUT")
    voices = dict(joined("VOICE"))
    objects = dict(joined("OBJECT"))
    got = {
        (statement, objects[statement], voices[claim])
        for claim, statement in about
        if statement in objects
    }
    wanted = sparql(
        selection,
        """SELECT DISTINCT ?x ?o ?v WHERE { ?x rdf:object ?o . ?o rdfs:label ?l .
             ?c hud:about ?x ; hud:voice ?v
             FILTER (STRSTARTS(STR(?o), "CASE")) }""".replace(
            "CASE", case_namespace(miniature.CODED)
        ),
    )
    assert got == set(wanted)


def test_names_keep_their_languages(example: Judged) -> None:
    files = written(Selection(Graph(example[1], miniature.CASE)))
    names = {row["id:ID"]: row for row in rows(files, "names.csv")}
    of = {one[":END_ID"]: one[":START_ID"] for one in rows(files, EDGES[0])}
    assert {
        (of[key], row["text:string"], row["language:string"]) for key, row in names.items()
    } == miniature.FURTHER_NAMES


def test_dates_are_those_of_the_graph(selection: Selection, files: Files) -> None:
    wanted = sparql(
        selection,
        """SELECT ?x ?b ?w WHERE { ?x a hud:Statement ; sem:hasEarliestBeginTimeStamp ?b
             OPTIONAL { ?x hud:when ?w } }""",
    )
    got = {
        (row["id:ID"], row["earliest_begin:date"], row["when:string"] or None)
        for row in rows(files, "statements.csv")
        if row["earliest_begin:date"]
    }
    assert got == set(wanted)


def test_what_is_lost_is_told(selection: Selection) -> None:
    told = {
        loss.what: loss.items
        for loss in losses.of(writer.FORMAT, selection, writer.write(selection))
    }
    assert told == {
        "facts as each voice tells them": sum(
            quad.graph_name != ox.DefaultGraph() and not str(quad.graph_name).endswith("/ties>")
            for quad in selection.graph.store
        ),
        "definitions of predicates and kinds": int(
            sparql(
                selection,
                """SELECT (COUNT(?x) AS ?n) WHERE { ?x skos:definition ?d
                     FILTER (EXISTS { ?x hud:family ?f } || EXISTS { ?x skos:inScheme ?s }) }""",
            )[0][0]
            or 0
        ),
    }


# Cypher


def texts(cypher: str) -> list[str]:
    """Return the texts in quotes, as Cypher reads them."""
    escapes = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}

    def read(found: re.Match[str]) -> str:
        mark = found[1]
        return chr(int(mark[1:], 16)) if mark[0] == "u" else escapes.get(mark, mark)

    return [
        re.sub(r"\\(u[0-9a-f]{4}|.)", read, text)
        for text in re.findall(r"'((?:[^'\\\n]|\\.)*)'", cypher)
    ]


@pytest.mark.parametrize("text", [*hostile.TEXTS, "\\u0041", "\\\\U", "'", "\\", "\0\x07\x7f"])
def test_a_text_comes_back_from_its_literal(text: str) -> None:
    made = literal(text)
    assert texts(made) == [text]
    assert "\n" not in made
    assert not re.search(r"(?<!\\)(\\\\)+u", made), "some parsers take it for an escape"


def test_other_literals() -> None:
    made = literal({"start": 1, "low": 2, "boilerplate": True, "latest_end": "2014-05-01"})
    assert made == "{`start`: 1, `low`: 2.0, `boilerplate`: true, `latest_end`: date('2014-05-01')}"
    assert literal(1e21) == "1000000000000000000000"
    assert literal(["a", "b"]) == "['a', 'b']"


def test_cypher_says_what_the_tables_say(files: Files) -> None:
    cypher = files["load.cypher"].decode("utf-8")
    created = len(re.findall(r"^  \{`id`: ", cypher, re.MULTILINE))
    assert created == len(nodes(files))
    joined = len(re.findall(r"^  \{`from`: ", cypher, re.MULTILINE))
    assert joined == sum(len(rows(files, name)) for name in EDGES)
    assert {row["label:string"] for row in rows(files, "things.csv")} <= set(texts(cypher))


def test_cypher_parses(example: Judged) -> None:
    """Skipped where the grammar is not installed."""
    antlr4 = pytest.importorskip("antlr4")
    grammar = pytest.importorskip("antlr4_cypher")
    cypher = written(hostile.selection(example))["load.cypher"].decode("utf-8")
    for statement in cypher.split(";\n")[1:]:
        if statement.strip():
            lexer = grammar.CypherLexer(antlr4.InputStream(statement.strip()))
            parser = grammar.CypherParser(antlr4.CommonTokenStream(lexer))
            parser.script()
            assert parser.getNumberOfSyntaxErrors() == 0


# Hostile content


def test_hostile_texts_stay_as_they_are(example: Judged) -> None:
    made = written(hostile.selection(example))
    wanted = hostile.hostile_labels(example)
    labels = {row["id:ID"]: row["label:string"] for row in rows(made, "things.csv")}
    assert {thing: labels[thing] for thing in wanted} == wanted
    assert set(wanted.values()) <= set(texts(made["load.cypher"].decode("utf-8")))
    test_ids_are_unique_and_ends_resolve(made)
    test_every_value_parses_as_its_type(made)


def test_lists_are_separated_by_what_they_do_not_contain(example: Judged) -> None:
    selection = Selection(Graph(example[1], "mill"))
    steps = selection.tables["mechanism_steps"]
    assert delimiter(written(selection)) == ";"
    steps[0]["step"] = "1. this; and | that"
    made = written(selection)
    mark = delimiter(made)
    assert mark not in ";|"
    found = {row["id:ID"]: row for row in rows(made, "things.csv")}[steps[0]["mechanism"]]
    assert "1. this; and | that" in found["mechanism_steps:string[]"].split(mark)
    assert "Mechanism" in found[":LABEL"].split(mark)


def test_lists_that_nothing_separates_are_an_error(example: Judged) -> None:
    selection = Selection(Graph(example[1], "mill"))
    selection.tables["mechanism_steps"][0]["step"] = ";|¦~§\N{SYMBOL FOR UNIT SEPARATOR}"
    with pytest.raises(UsageError, match="none separates them"):
        writer.write(selection)


def test_the_script_names_every_table(files: Files, tmp_path: Path) -> None:
    """The command is replaced by one that shows its arguments."""
    command = tmp_path / "neo4j-admin"
    command.write_text('#!/bin/sh\nfor word in "$@"; do echo "$word"; done\n', "utf-8")
    command.chmod(0o755)
    script = tmp_path / "import.sh"
    script.write_bytes(files["import.sh"])
    done = subprocess.run(
        ["sh", str(script), "homs", "--verbose"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"}, capture_output=True, check=True, text=True,
    )  # fmt: skip
    words = done.stdout.splitlines()
    assert words[:4] == ["database", "import", "full", "homs"]
    named = {word.partition("=")[2] for word in words if re.match("--(nodes|relationships)=", word)}
    assert named == set(tables(files))
    assert words[-1] == "--verbose"


def test_the_same_graph_gives_the_same_bytes(example: Judged) -> None:
    first, second = (written(Selection(Graph(example[1], "mill"))) for _ in range(2))
    assert first == second
