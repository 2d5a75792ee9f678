"""Labels and evidence as the views give them: one rule of languages, one order of sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import miniature
import pyoxigraph as ox
import pytest

from graph.model import AFFIRMING
from graph.model.terms import HUD, KIND, RDF, RDFS, SKOS, XSD
from graph.read import CaseGraph, CitedClaim, cited_claims, grounds
from graph.read.evidence import in_order

if TYPE_CHECKING:
    from miniature import Judged

BASE = "https://w3id.org/hudna/mill/"


@pytest.fixture(scope="module")
def graph(example: Judged) -> CaseGraph:
    return CaseGraph(example[1], miniature.CASE)


def made(*triples: tuple[str, str, ox.NamedNode | ox.Literal]) -> CaseGraph:
    """Return a graph of triples: two IRIs and a term."""
    graph = CaseGraph(ox.Store(), "mill")
    for subject, predicate, term in triples:
        graph.store.add(ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), term))
    return graph


# --- labels


def label(*texts: ox.Literal, term: str = RDFS + "label") -> str:
    return made(*((BASE + "x", term, text) for text in texts)).label("x")


def test_english_or_no_language_comes_first_whatever_the_order() -> None:
    arabic, english = ox.Literal("a", language="ar"), ox.Literal("z", language="en")
    assert label(arabic, english) == label(english, arabic) == "z"
    assert label(arabic, ox.Literal("z")) == "z"
    assert label(arabic) == "a"
    assert label(english, term=SKOS + "prefLabel") == "z"


def test_what_has_no_label_is_called_by_its_id() -> None:
    assert label() == "x"
    assert made((BASE + "x", RDFS + "label", ox.NamedNode(BASE + "y"))).label("x") == "x"


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (KIND + "peaceTalks", "peace talks"),
        (HUD + "unknown", "unknown"),
        (BASE + "paper-1.12.3", "paper-1#12.3"),
        (BASE + "paper-1.12", "paper-1.12"),
        (BASE + "paper-1.12.note", "paper-1.12.note"),
        (BASE + "paper-1.note.twelve", "paper-1.note.twelve"),
        (BASE + "ag-truce.c1", "ag-truce.c1"),
        (HUD + "besieges", "hud:besieges"),
        ("https://example.org/x.1.2", "https://example.org/x.1.2"),
    ],
)
def test_in_a_table_terms_are_shown_as_people_type_and_cite_them(iri: str, expected: str) -> None:
    unknown = (HUD + "unknown", RDFS + "label", ox.Literal("unknown", language="en"))
    assert made(unknown).labels.shown(iri) == expected


def test_a_statement_is_said_in_words() -> None:
    said = {"subject": ox.NamedNode(BASE + "a"), "predicate": ox.NamedNode(HUD + "backs")}
    names = [(BASE + "a", RDFS + "label", ox.Literal("The Guard")),
             (HUD + "backs", RDFS + "label", ox.Literal("backs"))]  # fmt: skip
    for value, expected in (
        (ox.NamedNode(BASE + "b"), "b"),
        (ox.NamedNode(HUD + "unknown"), "unknown"),
        (ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean")), "true"),
        (ox.Literal(30), "30"),
    ):
        parts = {**said, "object": value}
        stated = [(BASE + "s", RDF + end, term) for end, term in parts.items()]
        assert made(*names, *stated).labels.said("s") == f"The Guard backs {expected}"
    assert made(*names).labels.said("a") == "The Guard"
    assert made(*names).labels.said("nothing") == "nothing"
    for end, term in said.items():
        assert made((BASE + "s", RDF + end, term)).labels.said("s") == "s"
    stated = [(BASE + "s", RDF + end, term) for end, term in said.items()]
    labelled = (BASE + "s", RDFS + "label", ox.Literal("It backs nobody"))
    assert made(*names, *stated, labelled).labels.said("s") == "It backs nobody"


# --- claims and their sentences


def claim(stance: str, *passages: str) -> CitedClaim:
    return CitedClaim(f"c-{stance}", "v", "V", stance, "certain", "paper", passages)


def test_sentences_stand_in_the_order_of_reading_each_once() -> None:
    assert in_order(["b#1.1", "a#10.2", "a#2.10", "a#2.9", "a#10.2"]) == (
        "a#2.9", "a#2.10", "a#10.2", "b#1.1",
    )  # fmt: skip


def test_what_is_no_number_of_a_sentence_stands_before_the_numbers() -> None:
    assert in_order(["a#2.1", "a#i.2", "a#1.1", "a"]) == ("a", "a#i.2", "a#1.1", "a#2.1")


def test_a_cited_claim_says_who_how_surely_and_where() -> None:
    sure = claim("leavesOpen", "a#1.2", "b#3.4")
    assert str(sure) == "V: leaves open (certain), a#1.2, b#3.4"
    assert str(replace(sure, certainty="unspecified")) == "V: leaves open, a#1.2, b#3.4"


def test_a_statement_rests_on_who_affirms_it_or_on_all_if_nobody_does() -> None:
    denied = claim("denies", "paper#1.1")
    assert grounds([denied, claim("asserts", "paper#10.1", "paper#9.1")]) == (
        "paper#9.1", "paper#10.1",
    )  # fmt: skip
    assert grounds([denied, claim("leavesOpen", "paper#0.1")]) == ("paper#0.1", "paper#1.1")
    assert grounds([]) == ()
    assert {one: claim(one).affirms for one in ("asserts", "denies", "leavesOpen")} == {
        one: one in AFFIRMING for one in ("asserts", "denies", "leavesOpen")
    }


def test_cited_claims_are_those_of_the_graph(example: Judged, graph: CaseGraph) -> None:
    case = example[0]
    labels = {thing.id: thing.label for thing in case.things}
    for record in case.statements:
        told = {
            (one.id, one.voice, labels[one.voice], one.stance, one.certainty, one.source)
            for one in record.claims
        }
        found = cited_claims(graph, record.id)
        assert {(c.claim, c.voice, c.name, c.stance, c.certainty, c.source) for c in found} == told
        cited = {f"{p.source}#{p.sentence}" for one in record.claims for p in one.passages}
        assert {passage for one in found for passage in one.passages} == cited
    assert cited_claims(graph, "nothing") == ()


def test_pairs_are_ids_names_and_texts(graph: CaseGraph) -> None:
    assert ("siege-of-mill-town", "besieges") in set(graph.pairs(RDF + "predicate"))
    [(statement, status)] = graph.pairs(HUD + "status", "siege-of-mill-town")
    assert (statement, status) == ("siege-of-mill-town", graph.statement(statement).status)
    about = {name for name, _ in graph.pairs(HUD + "about", target="siege-of-mill-town")}
    assert about == {one.id for one in graph.claims_on("siege-of-mill-town")}
    assert list(graph.pairs(HUD + "status", "nothing")) == []
    assert graph.knows(BASE + "siege-of-mill-town")
    assert graph.knows(KIND + "accepted")
    assert not graph.knows(BASE + "nothing")
    assert graph.predicate("besieges").aspect == "state"
