"""The SQLite database: what it holds is what SPARQL finds, and SQL may rely on its keys."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING, Any

import hostile
import miniature
import pytest
import ties

from graph.errors import UsageError
from graph.export import losses
from graph.export import sqlite as writer
from graph.export.selection import Selection
from graph.network.filters import STATUSES
from graph.read.schema import TABLES
from graph.read.select import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from miniature import Judged


@pytest.fixture(scope="module")
def selection(judged: Judged) -> Selection:
    return Selection(Graph(judged[1], miniature.CODED))


@pytest.fixture(scope="module")
def path(selection: Selection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the Homs case as a file."""
    return saved(selection, tmp_path_factory.mktemp("sqlite"))


@pytest.fixture
def database(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        yield connection


def saved(selection: Selection, folder: Path) -> Path:
    path = folder / writer.FORMAT.file
    files = writer.write(selection).files
    assert list(files) == [writer.FORMAT.file]
    path.write_bytes(b"".join(files[writer.FORMAT.file]))
    return path


def rows(database: sqlite3.Connection, sql: str) -> set[tuple[Any, ...]]:
    return set(database.execute(sql))


def test_the_database_is_whole(database: sqlite3.Connection) -> None:
    assert rows(database, "PRAGMA integrity_check") == {("ok",)}
    assert rows(database, "PRAGMA foreign_key_check") == set()


def test_nothing_is_lost(selection: Selection) -> None:
    assert losses.of(writer.FORMAT, selection, writer.write(selection)) == []


def test_every_value_is_there(selection: Selection, database: sqlite3.Connection) -> None:
    for name, table in TABLES.items():
        columns = [column.name for column in table.columns]
        wanted = [tuple(row.get(column) for column in columns) for row in selection.tables[name]]
        got = list(database.execute(f'SELECT * FROM "{name}" ORDER BY rowid'))  # noqa: S608
        assert got == wanted, name


def test_references_are_foreign_keys_with_an_index(database: sqlite3.Connection) -> None:
    keys = """SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)"""
    indexes = """SELECT i.name FROM pragma_index_list(?) AS l, pragma_index_info(l.name) AS i
                  WHERE i.seqno = 0"""
    for name, table in TABLES.items():
        wanted = {(column.name, column.table, "id") for column in table.columns if column.table}
        assert set(database.execute(keys, [name])) == wanted
        leading = set(database.execute(indexes, [name]))
        assert {(column,) for column, *_ in wanted} <= leading, name


def test_a_wrong_reference_is_refused(path: Path, tmp_path: Path) -> None:
    copy = shutil.copy(path, tmp_path / "copy.sqlite")
    with closing(sqlite3.connect(copy)) as database:
        database.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            database.execute("INSERT INTO answers SELECT id, 'no-such-question' FROM statements")
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            database.execute("UPDATE passages SET boilerplate = 2")


def test_accepted_facts_are_the_direct_edges(
    selection: Selection, database: sqlite3.Connection
) -> None:
    """The place of an event is another thing: a rule takes it from the statement."""
    wanted = ties.answered(
        selection,
        """SELECT ?s ?p ?o WHERE { ?s ?p ?o . ?p hud:family ?f
             FILTER (?p != hud:place || EXISTS {
               ?x hud:status kind:accepted ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o })
           }""",
    )
    accepted = """SELECT subject, predicate, coalesce(object, value, 'unknown') FROM worlds
                   WHERE world = 'accepted'"""
    assert rows(database, accepted) == wanted


def test_worlds_are_the_named_graphs(selection: Selection, database: sqlite3.Connection) -> None:
    wanted = ties.answered(
        selection,
        """SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o }
             FILTER (isIRI(?g) && !STRENDS(STR(?g), "/graph/ties")) }""",
    )
    got = rows(
        database,
        """SELECT 'graph/' || world, subject, predicate, coalesce(object, value, 'unknown')
             FROM worlds WHERE world <> 'accepted'""",
    )
    assert got == wanted
    assert len({world for world, *_ in got}) > 5


def test_ties_are_those_of_the_recipe(selection: Selection, database: sqlite3.Connection) -> None:
    everything = Selection(selection.graph, status=STATUSES)
    wanted = {
        (key, source, target, data["status"], data["sign"], data.get("when"))
        for source, target, key, data in everything.network.edges(keys=True, data=True)
    }
    got = rows(database, 'SELECT statement, subject, object, status, sign, "when" FROM ties')
    assert got == wanted


def test_readable_views_hold_every_statement_and_claim(
    selection: Selection, database: sqlite3.Connection
) -> None:
    assert rows(database, "SELECT statement FROM statements_readable") == ties.answered(
        selection, "SELECT ?s WHERE { ?s a hud:Statement }"
    )
    assert rows(
        database, "SELECT claim, voice, statement, stance, status, certainty FROM claims_readable"
    ) == ties.answered(
        selection,
        "SELECT ?c ?v ?s ?label ?status ?certainty WHERE { ?c hud:about ?s ; hud:voice ?v ;"
        " hud:stance/skos:prefLabel ?label ; hud:certainty ?certainty . ?s hud:status ?status }",
    )
    for view in ("statements_readable", "ties"):
        empty = f"SELECT * FROM {view} WHERE subject_label IS NULL OR object_label IS NULL"  # noqa: S608
        assert rows(database, empty) == set()


def test_a_view_tells_who_denies(selection: Selection, database: sqlite3.Connection) -> None:
    found = ties.answered(
        selection,
        "SELECT DISTINCT ?s ?label WHERE { ?c hud:about ?s ; hud:stance kind:denies ;"
        " hud:voice/rdfs:label ?label }",
    )
    voices = dict(database.execute("SELECT statement, voices FROM statements_readable"))
    assert found
    for statement, label in found:
        assert statement is not None
        assert f"{label}: denies" in voices[statement].split("; ")


def test_dates_of_things_are_those_of_the_graph(
    selection: Selection, database: sqlite3.Connection
) -> None:
    wanted = ties.answered(
        selection,
        """SELECT ?t ?when WHERE {
             VALUES ?c { hud:Event hud:Agreement } ?t a ?c ; hud:when ?when }""",
    )
    got = rows(database, 'SELECT thing, "when" FROM dates_of_things WHERE "when" IS NOT NULL')
    assert wanted <= got


def test_names_keep_their_languages(example: Judged, tmp_path: Path) -> None:
    path = saved(Selection(Graph(example[1], miniature.CASE)), tmp_path)
    with closing(sqlite3.connect(path)) as database:
        found = rows(database, "SELECT thing, name, language FROM names")
    assert found == miniature.FURTHER_NAMES


def test_days_are_days_to_sqlite(database: sqlite3.Connection) -> None:
    assert rows(
        database, "SELECT count(*) FROM statements WHERE date(earliest_begin) IS NOT earliest_begin"
    ) == {(0,)}


def test_it_says_what_it_is(judged: Judged, database: sqlite3.Connection) -> None:
    facts = dict(database.execute("SELECT name, value FROM metadata"))
    assert facts["licence"] == "CC-BY-4.0"
    assert facts["title"] == judged[0].title
    assert facts["ontology_version"]
    assert "status" in facts["reading"]
    columns = rows(database, 'SELECT "table", "column" FROM metadata_columns')
    assert columns == {(n, c.name) for n, table in TABLES.items() for c in table.columns}
    assert rows(database, "SELECT * FROM metadata_columns WHERE meaning = ''") == set()


def test_pandas_reads_the_views(database: sqlite3.Connection) -> None:
    pandas = pytest.importorskip("pandas")
    ties = pandas.read_sql("SELECT * FROM ties", database)
    assert len(ties) == database.execute("SELECT count(*) FROM ties").fetchone()[0]
    assert set(ties["sign"]) <= {-1, 0, 1}


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="there is no sqlite3")
def test_the_command_line_of_sqlite_reads_it(path: Path, selection: Selection) -> None:
    sql = "SELECT count(*) FROM claims_readable; PRAGMA quick_check"
    done = subprocess.run(
        ["sqlite3", "-readonly", str(path), sql], capture_output=True, check=True, text=True
    )
    assert done.stdout.split() == [str(len(selection.tables["claims"])), "ok"]


def test_hostile_texts_stay_as_they_are(example: Judged, tmp_path: Path) -> None:
    path = saved(hostile.selection(example), tmp_path)
    with closing(sqlite3.connect(path)) as database:
        labels = dict(database.execute("SELECT id, label FROM things"))
        wanted = hostile.hostile_labels(example)
        assert {thing: labels[thing] for thing in wanted} == wanted
        names = rows(database, "SELECT thing, name FROM names WHERE language = 'ar'")
        assert set(wanted.items()) <= names
        assert rows(database, "PRAGMA foreign_key_check") == set()
        assert rows(database, "SELECT count(*) FROM claims_readable") == {
            (len(hostile.selection(example).tables["claims"]),)
        }


def test_names_that_are_words_of_sql_are_quoted() -> None:
    assert writer.quoted('a"b') == '"a""b"'


def test_a_number_that_is_too_large_is_told(example: Judged) -> None:
    selection = Selection(Graph(example[1], "mill"))
    selection.tables["statements"][0]["low"] = 2**70
    with pytest.raises(UsageError, match="number of statements"):
        writer.write(selection)


def test_the_same_graph_gives_the_same_bytes(example: Judged) -> None:
    first, second = (
        b"".join(writer.write(Selection(Graph(example[1], "mill"))).files[writer.FORMAT.file])
        for _ in range(2)
    )
    assert first == second
