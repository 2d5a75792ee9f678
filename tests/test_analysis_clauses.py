"""What became of clauses, on two agreements that can be read at a glance."""

from __future__ import annotations

import pyoxigraph as ox

from graph.analysis.sequences import SUPPORT
from graph.analysis.sequences.clause_changes import ComparedClause, changes
from graph.model.terms import DCTERMS, HUD, KIND, RDF, RDFS
from graph.read.select import Graph

FIRST = ComparedClause("c1", "Prisoners go free", ("detainees",), ("army",), "accepted", ())
SECOND = ComparedClause("c2", "c2", ("detainees",), (), "alleged", ())


def two_agreements(kind: str = "truce") -> Graph:
    """Return a graph: the clause c2 of the deal "later" takes the place of c1 of "earlier"."""
    graph = Graph(ox.Store(), "mill")

    def add(subject: str, predicate: str, term: str | ox.Literal) -> None:
        named = ox.NamedNode(term) if isinstance(term, str) and ":" in term else term
        value = graph.node(named) if isinstance(named, str) else named
        graph.store.add(ox.Quad(graph.node(subject), ox.NamedNode(predicate), value))

    def state(name: str, subject: str, predicate: str, object_: str, status: str) -> None:
        for end, term in (
            ("subject", subject),
            ("predicate", HUD + predicate),
            ("object", object_),
        ):
            add(name, RDF + end, term)
        add(name, HUD + "status", KIND + status)

    for deal, clause, status in (("earlier", "c1", "accepted"), ("later", "c2", "alleged")):
        add(deal, HUD + "kind", KIND + kind)
        add(clause, DCTERMS + "isPartOf", deal)
        add(clause, HUD + "topic", KIND + "detainees")
        state(f"s-{clause}", deal, "containsClause", clause, status)
    add("c1", RDFS + "label", ox.Literal("Prisoners go free"))
    add("c2", DCTERMS + "replaces", "c1")
    state("s1", "c1", "obligor", "army", "alleged")
    state("s2", "c1", "obligor", "rebels", "rejected")
    state("s3", "c1", "permits", "town", "accepted")
    return graph


def test_a_clause_binds_whom_any_statement_names_that_is_not_rejected() -> None:
    [change] = changes(two_agreements(), SUPPORT, ("accepted", "alleged"))
    assert (change.earlier, change.later, change.change) == ("earlier", "later", "replaced")
    assert (change.was, change.became) == (FIRST, SECOND)


def test_a_change_counts_if_both_clauses_do_and_demands_always_do() -> None:
    assert changes(two_agreements(), SUPPORT, ("accepted",)) == ()
    assert len(changes(two_agreements("demandSeries"), SUPPORT, ("accepted",))) == 1


def test_a_clause_of_several_topics_is_told_once() -> None:
    """It is in one agreement only if none of its topics is in the other."""
    graph = two_agreements()
    graph.store.remove(next(graph.store.quads_for_pattern(None, REPLACES, None)))
    for clause, topic in (("c1", "exchange"), ("c2", "weapons"), ("c2", "bread")):
        _topic(graph, clause, topic)
    graph.store.add(ox.Quad(graph.node("later"), REPLACES, graph.node("earlier")))
    for deal in ("earlier", "later"):
        graph.store.add(ox.Quad(graph.node(deal), TYPE, ox.NamedNode(HUD + "Agreement")))
    both = ("accepted", "alleged")
    [change] = changes(graph, SUPPORT, both)
    assert change.was
    assert change.became
    assert (change.change, change.was.topics) == ("same topic", ("detainees", "exchange"))
    assert change.became.topics == ("bread", "detainees", "weapons")
    graph = two_agreements()
    for topic in ("exchange", "weapons"):
        _topic(graph, "c1", topic)
    assert [one.change for one in changes(graph, SUPPORT, both)] == ["replaced"]


REPLACES = ox.NamedNode(DCTERMS + "replaces")
TYPE = ox.NamedNode(RDF + "type")


def _topic(graph: Graph, clause: str, topic: str) -> None:
    quad = ox.Quad(graph.node(clause), ox.NamedNode(HUD + "topic"), ox.NamedNode(KIND + topic))
    graph.store.add(quad)
