"""The event list of Discourse Network Analyzer: columns, numbers, and what it leaves out."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

import hostile
import miniature
import pytest

from graph import query
from graph.export import dna as writer
from graph.export import losses
from graph.export.selection import Selection
from graph.model import terms as term_text
from graph.model.terms import KIND, case_namespace
from graph.read.select import Graph

if TYPE_CHECKING:
    from pathlib import Path

    from miniature import Judged

AS_IN_DNA = ["statement ID", "time", "document ID", "document title", "author", "source",
             "section", "type", "text", "person", "organization", "concept",
             "agreement"]  # fmt: skip


@pytest.fixture(scope="module")
def selection(judged: Judged) -> Selection:
    return Selection(Graph(judged[1], miniature.CODED))


def data(selection: Selection) -> bytes:
    files = writer.write(selection).files
    assert list(files) == ["events.csv"]
    return b"".join(files["events.csv"])


def rows(selection: Selection) -> list[dict[str, str]]:
    text = io.StringIO(data(selection).decode("utf-8"), newline="")
    return list(csv.DictReader(text, delimiter=";", strict=True))


def sparql(selection: Selection, text: str) -> list[tuple[str, ...]]:
    table = query.select(selection.graph.store, text)
    base = case_namespace(selection.graph.case)
    return [
        tuple(term_text.text(term).removeprefix(base).removeprefix(KIND) for term in row)
        for row in table.rows
    ]


def test_columns_are_those_of_dna_and_then_ours(selection: Selection) -> None:
    header = data(selection).decode("utf-8").split("\n", 1)[0]
    assert header.startswith(";".join(f'"{name}"' for name in AS_IN_DNA) + ";")


def test_rows_are_the_claims_that_affirm_or_deny(selection: Selection) -> None:
    wanted = sparql(
        selection,
        """SELECT ?c ?x ?status ?stance ?certainty ?title ?agreement WHERE {
             VALUES (?polarity ?agreement) { (kind:affirms "1") (kind:denies "0") }
             ?stance hud:polarity ?polarity .
             ?c hud:about ?x ; hud:stance ?stance ; hud:certainty ?certainty ;
                hud:source/dcterms:title ?title .
             ?x hud:status ?status }""",
    )
    names = ("claim", "statement", "status", "stance", "certainty", "document title", "agreement")
    got = [tuple(row[name] for name in names) for row in rows(selection)]
    assert Counter(got) == Counter(wanted)
    assert {row["agreement"] for row in rows(selection)} == {"0", "1"}


def test_a_voice_is_a_person_or_an_organization(selection: Selection) -> None:
    labels = "SELECT DISTINCT ?l WHERE { ?c hud:voice ?v . ?v a hud:Person ; rdfs:label ?l }"
    persons = {label for (label,) in sparql(selection, labels)}
    for row in rows(selection):
        assert bool(row["person"]) != bool(row["organization"])
    got = {row["person"].partition(" [")[0] for row in rows(selection)} - {""}
    assert got
    assert got <= persons
    assert not {row["organization"] for row in rows(selection)} & persons


def test_a_denial_and_its_claim_share_a_concept(selection: Selection, example: Judged) -> None:
    """Without this DNA would see no conflict between the two voices."""
    disputed = []
    for one in (selection, Selection(Graph(example[1], "mill"))):
        concepts: dict[str, set[str]] = {}
        agreements: dict[str, set[str]] = {}
        for row in rows(one):
            concepts.setdefault(row["statement"], set()).add(row["concept"])
            agreements.setdefault(row["statement"], set()).add(row["agreement"])
        assert {len(found) for found in concepts.values()} == {1}
        both = sparql(
            one,
            """SELECT DISTINCT ?x WHERE { ?a hud:about ?x ; hud:stance/hud:polarity kind:affirms .
                 ?b hud:about ?x ; hud:stance kind:denies }""",
        )
        assert {key for key, found in agreements.items() if found == {"0", "1"}} == {
            key for (key,) in both
        }
        disputed += both
    assert disputed


def test_two_statements_in_the_same_words_stay_two(selection: Selection) -> None:
    concepts = {row["concept"]: row["statement"] for row in rows(selection)}
    assert len(concepts) == len({row["statement"] for row in rows(selection)})
    assert any(concept.endswith(f"[{statement}]") for concept, statement in concepts.items())


def test_times_are_the_days_of_the_documents(selection: Selection) -> None:
    wanted = {
        (title, f"{day} 00:00:00")
        for title, day in sparql(
            selection,
            """SELECT ?t ?d WHERE { ?s a hud:Source ; dcterms:title ?t ;
                 sem:hasEarliestBeginTimeStamp ?d }""",
        )
    }
    assert {(row["document title"], row["time"]) for row in rows(selection)} == wanted
    times = [row["time"] for row in rows(selection)]
    assert times == sorted(times)
    assert [row["statement ID"] for row in rows(selection)] == [
        str(number) for number in range(1, len(times) + 1)
    ]


def test_no_text_of_a_document_is_there(selection: Selection) -> None:
    assert {row["text"] for row in rows(selection)} == {""}


def test_losses_are_exact(selection: Selection) -> None:
    told = {loss.what: loss.items for loss in writer.write(selection).losses}
    kept = rows(selection)

    def count(sparql_text: str) -> int:
        return int(sparql(selection, sparql_text)[0][0])

    claims = count("SELECT (COUNT(?c) AS ?n) WHERE { ?c a hud:Claim }")
    statements = count("SELECT (COUNT(?c) AS ?n) WHERE { ?c a hud:Statement }")
    assert told["claims that neither affirm nor deny"] == claims - len(kept)
    assert told["statements that no voice affirms or denies"] == statements - len(
        {row["statement"] for row in kept}
    )
    assert told["documents whose day is not known"] == count(
        """SELECT (COUNT(?s) AS ?n) WHERE { ?s a hud:Source ; sem:hasEarliestBeginTimeStamp ?a ;
             sem:hasLatestBeginTimeStamp ?b FILTER (?a != ?b) }"""
    )
    assert 2 * told["disputes between rival answers"] == count(
        """SELECT (COUNT(*) AS ?n) WHERE {
             ?a <http://purl.org/spar/cito/disputes> ?b ; hud:stance/hud:polarity kind:affirms .
             ?b hud:stance/hud:polarity kind:affirms }"""
    )
    of_time = {key for key, item in losses.ITEMS.items() if item.feature == "time"}
    assert of_time <= writer.FORMAT.loses.keys()


def test_r_like_readers_read_it(selection: Selection, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    path = tmp_path / "events.csv"
    path.write_bytes(data(selection))
    read = pandas.read_csv(path, sep=";", parse_dates=["time"], keep_default_na=False)
    assert len(read) == len(rows(selection))
    assert str(read["agreement"].dtype) == "int64"
    assert str(read["time"].dtype).startswith("datetime64")


@pytest.mark.parametrize("reader", ["csv", "duckdb"])
def test_hostile_texts_stay_as_they_are(example: Judged, tmp_path: Path, reader: str) -> None:
    selection = hostile.selection(example)
    if reader == "csv":
        got = [(row["claim"], row["concept"]) for row in rows(selection)]
    else:
        duckdb = pytest.importorskip("duckdb")
        path = tmp_path / "events.csv"
        path.write_bytes(data(selection))
        table = duckdb.read_csv(str(path), sep=";", quotechar='"', header=True, all_varchar=True)
        got = table.project("claim, concept").fetchall()
    subjects = {row["id"]: row.get("subject") for row in selection.tables["statements"]}
    statements = {row["id"]: row["statement"] for row in selection.tables["claims"]}
    labels = hostile.hostile_labels(example)
    checked = 0
    for claim, concept in got:
        label = labels.get(subjects[statements[claim]] or "")
        if label is not None:
            assert concept.startswith(label)
            checked += 1
    assert checked


def test_voices_of_one_name_stay_two(example: Judged) -> None:
    selection = Selection(Graph(example[1], "mill"))
    voices = sorted(
        {row["voice"] for row in selection.tables["claims"] if row["stance"] == "asserts"}
    )
    for row in selection.tables["things"]:
        if row["id"] in voices:
            row["label"] = "Somebody"
    got = {row["person"] or row["organization"] for row in rows(selection)}
    assert {f"Somebody [{voice}]" for voice in voices} <= got


def test_the_same_graph_gives_the_same_bytes(example: Judged) -> None:
    assert data(Selection(Graph(example[1], "mill"))) == data(Selection(Graph(example[1], "mill")))
