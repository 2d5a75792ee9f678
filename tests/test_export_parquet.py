"""The Parquet files: DuckDB and pandas find in them what SPARQL finds in the graph."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import hostile
import miniature
import pytest
import ties

from graph.errors import UsageError
from graph.export import losses
from graph.export import parquet as writer
from graph.export.selection import Selection
from graph.model.terms import HUD
from graph.read.schema import TABLES
from graph.read.select import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from miniature import Judged

duckdb = pytest.importorskip("duckdb")
pq = pytest.importorskip("pyarrow.parquet")


@pytest.fixture(scope="module")
def selection(judged: Judged) -> Selection:
    return Selection(Graph(judged[1], miniature.CODED))


@pytest.fixture(scope="module")
def folder(selection: Selection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(selection, tmp_path_factory.mktemp("parquet"))


@pytest.fixture(scope="module")
def database(folder: Path) -> Iterator[Any]:
    """DuckDB with a view of each file."""
    with duckdb.connect() as connection:
        for path in sorted(folder.iterdir()):
            connection.read_parquet(str(path)).create_view(path.stem)
        yield connection


def saved(selection: Selection, folder: Path) -> Path:
    for name, chunks in writer.write(selection).files.items():
        (folder / name).write_bytes(b"".join(chunks))
    return folder


def test_there_is_a_file_for_each_table(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {
        f"{name}.parquet" for name in (*TABLES, "worlds")
    }


def test_nothing_is_lost(selection: Selection) -> None:
    assert losses.of(writer.FORMAT, selection, writer.write(selection)) == []


def test_every_value_is_there(selection: Selection, database: Any) -> None:  # noqa: ANN401
    for name, table in TABLES.items():
        got = database.table(name)
        assert got.columns == [column.name for column in table.columns]
        wanted = [
            tuple(as_read(column.type, row.get(column.name)) for column in table.columns)
            for row in selection.tables[name]
        ]
        assert got.fetchall() == wanted, name


def as_read(kind: str, value: object) -> object:
    return date.fromisoformat(value) if kind == "day" and isinstance(value, str) else value


def test_columns_have_types(database: Any) -> None:  # noqa: ANN401
    types = {"day": "DATE", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
    for name, table in TABLES.items():
        wanted = [types.get(column.type, "VARCHAR") for column in table.columns]
        assert [str(kind) for kind in database.table(name).types] == wanted, name


def test_statements_claims_and_voices_join_as_in_sparql(
    selection: Selection,
    database: Any,  # noqa: ANN401
) -> None:
    wanted = ties.answered(
        selection,
        """SELECT ?s ?status ?voice ?name ?stance ?certainty ?day ?sentence WHERE {
             ?s a hud:Statement ; hud:status ?status .
             ?c hud:about ?s ; hud:voice ?voice ; hud:stance ?stance ; hud:certainty ?certainty .
             ?voice rdfs:label ?name .
             OPTIONAL { ?s sem:hasEarliestBeginTimeStamp ?day }
             OPTIONAL { ?c hud:passage/hud:sentence ?sentence }
           }""",
    )
    got = database.sql(
        """SELECT s.id, s.status, c.voice, v.label, c.stance, c.certainty,
                  CAST(s.earliest_begin AS VARCHAR), p.sentence
             FROM statements AS s
             JOIN claims AS c ON c.statement = s.id
             JOIN things AS v ON v.id = c.voice
             LEFT JOIN claim_passages AS cp ON cp.claim = c.id
             LEFT JOIN passages AS p ON p.id = cp.passage"""
    ).fetchall()
    assert set(got) == wanted
    assert len(wanted) > 500


def test_days_can_be_asked_for(selection: Selection, database: Any) -> None:  # noqa: ANN401
    network = Selection(selection.graph, on="2016-03-15", status=("accepted",)).network
    got = database.sql(
        """SELECT s.id FROM statements AS s JOIN predicates AS p ON p.id = s.predicate
            WHERE p.tie AND s.status = 'accepted' AND s.subject IS NOT NULL
              AND s.object IS NOT NULL
              AND (p.timeless OR DATE '2016-03-15'
                   BETWEEN coalesce(s.earliest_begin, least(s.latest_begin, s.earliest_end))
                       AND coalesce(s.latest_end,
                                    greatest(s.latest_begin, s.earliest_end, s.told_until)))"""
    ).fetchall()
    assert {row[0] for row in got} == {key for *_, key in network.edges(keys=True)}


def test_worlds_are_the_named_graphs(selection: Selection, database: Any) -> None:  # noqa: ANN401
    wanted = ties.answered(
        selection,
        """SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o }
             FILTER (isIRI(?g) && !STRENDS(STR(?g), "/graph/ties")) }""",
    )
    got = database.sql(
        """SELECT 'graph/' || world, subject, predicate, coalesce(object, value, 'unknown')
             FROM worlds WHERE world <> 'accepted'"""
    ).fetchall()
    assert set(got) == wanted
    assert len(got) == len(wanted)


def test_nothing_disputed_is_among_the_accepted(database: Any) -> None:  # noqa: ANN401
    """A triple is common ground only if a statement that says it is accepted."""
    lost = database.sql(
        """SELECT * FROM worlds AS w WHERE world = 'accepted' AND NOT EXISTS (
             FROM statements AS s WHERE s.status = 'accepted' AND s.subject = w.subject
              AND s.predicate = w.predicate AND s.object IS NOT DISTINCT FROM w.object
              AND s.value IS NOT DISTINCT FROM w.value)"""
    )
    assert lost.fetchall() == []
    assert database.sql("FROM worlds WHERE world IN ('contested', 'open')").fetchall() == []


def test_names_keep_their_languages(example: Judged, tmp_path: Path) -> None:
    saved(Selection(Graph(example[1], miniature.CASE)), tmp_path)
    names = pq.read_table(tmp_path / "names.parquet", columns=["thing", "name", "language"])
    assert {tuple(row.values()) for row in names.to_pylist()} == miniature.FURTHER_NAMES


def test_columns_say_what_they_mean(folder: Path) -> None:
    schema = pq.read_schema(folder / "statements.parquet")
    assert schema.metadata[b"licence"] == b"CC-BY-4.0"
    assert b"status" in schema.metadata[b"reading"]
    assert schema.field("subject").metadata[b"refers_to"] == b"things"
    assert schema.field("when").metadata[b"property"] == (HUD + "when").encode()
    for path in folder.iterdir():
        for field in pq.read_schema(path):
            assert field.metadata[b"description"], (path.name, field.name)


def test_pandas_reads_dates_as_dates(selection: Selection, folder: Path) -> None:
    pandas = pytest.importorskip("pandas")
    read = pandas.read_parquet(folder / "statements.parquet", dtype_backend="pyarrow")
    assert str(read["earliest_begin"].dtype) == "date32[day][pyarrow]"
    assert len(read) == len(selection.tables["statements"])


def test_hostile_texts_stay_as_they_are(example: Judged, tmp_path: Path) -> None:
    saved(hostile.selection(example), tmp_path)
    labels = dict(
        duckdb.read_parquet(str(tmp_path / "things.parquet")).project("id, label").fetchall()
    )
    wanted = hostile.hostile_labels(example)
    assert {thing: labels[thing] for thing in wanted} == wanted


def test_a_number_that_is_too_large_is_told(example: Judged) -> None:
    selection = Selection(Graph(example[1], "mill"))
    selection.tables["passages"][0]["start"] = 2**70
    with pytest.raises(UsageError, match="value of passages"):
        writer.write(selection)


def test_the_same_graph_gives_the_same_bytes(example: Judged) -> None:
    first, second = (writer.write(Selection(Graph(example[1], "mill"))).files for _ in range(2))
    assert first == second
