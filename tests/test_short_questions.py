"""The short queries that the documentation shows: their length, and their rows beside Python's."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Any

import miniature
import networkx as nx
import pytest
from rdflib.plugins.sparql import prepareQuery

from graph.model.terms import HUD, prefixes_of, text
from graph.network.snapshots import snapshot
from graph.query import QUERIES, Graph, named_queries, select

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from miniature import Judged

    from graph.model import Statement

    Row = tuple[str, ...]

PAGE = (miniature.PROJECT / "docs" / "queries.md").read_text("utf-8")
SHORT = re.findall(
    r"```sparql\n# (whole graph|snapshot|both), (\d+) patterns?, (\d+) filters?: (.*)\n([^`]*)```",
    PAGE,
)
ALL = named_queries([QUERIES])
IN_HOMS = ("waer", "gov-syria", "iran", "armed-opposition", "2016-03-15", "waer-residents",
           "s1-author", "waer-rebels")  # fmt: skip
IN_KARABAKH = ("surrounding-territories", "armenian-forces", "nikol-pashinyan", "azerbaijan",
               "2020-11-09", "ilham-aliyev", "un", "armenian-forces")  # fmt: skip
"""What stands in the larger case for each thing, day and voice of Homs that the page asks for."""
PLACE, GOVERNMENT, FIRST, OTHERS, DAY, VOICE, AUTHOR, HOLDER = {
    "homs": IN_HOMS, "karabakh": IN_KARABAKH
}[miniature.CODED]  # fmt: skip
MOST = {
    "what was so on a day": (7, 2),
    "who says it, with stance and sentence": (7, 0),
    "the sentences behind a plain triple": (4, 0),
    "who cooperates, at any distance": (1, 0),
    "the network between two camps, with the camp of each end": (4, 0),
}
"""The most patterns and filters of each question."""
CAMPS = {GOVERNMENT, OTHERS}


@pytest.fixture(scope="module")
def homs(judged: Judged) -> Graph:
    case, store = judged
    return Graph(store, case.id)


def counted(sparql: str) -> tuple[int, int, set[str]]:
    """Return how many triple patterns and filters a query has, and its other parts."""
    found, names = [0, 0], set[str]()

    def walk(part: Any) -> None:  # noqa: ANN401 - a tree of rdflib
        if isinstance(part, list | tuple):
            for inner in part:
                walk(inner)
        elif hasattr(part, "name"):
            names.add(part.name)
            found[0] += len(part.get("triples") or ()) if part.name == "BGP" else 0
            for inner in part.values():
                walk(inner)

    walk(prepareQuery(sparql, initNs=prefixes_of("homs")).algebra)
    filters = len(re.findall(r"\bFILTER\b", sparql))
    return found[0], filters, names & {"LeftJoin", "Extend", "Union", "SubSelect"}


def test_the_page_shows_a_query_for_each_need() -> None:
    assert {need for *_, need, _ in SHORT} == set(MOST)
    for of, patterns, filters, need, sparql in SHORT:
        assert counted(sparql) == (int(patterns), int(filters), set()), need
        assert (int(patterns), int(filters)) <= MOST[need]
        assert "/" not in re.sub(r'"[^"]*"|<[^>]*>', "", sparql), "a path is more than one pattern"
        table = next(line for line in PAGE.splitlines() if line.startswith(f"| {need}"))
        wide, cut = (
            re.findall(r"\d+", cell) for cell in (table.split("|")[2], table.split("|")[4])
        )
        written = [patterns, filters] if int(filters) else [patterns]
        assert of == "snapshot" or wide == written
        assert of == "whole graph" or cut == written


def who_says(graph: Graph, those: Iterable[Statement]) -> set[Row]:
    return {
        (one.id, claim.voice, claim.stance, f"{cited.source}.{cited.sentence}")
        for one in those
        if one.object == PLACE
        for claim in graph.claims_on(one.id)
        for cited in claim.passages
    }


def sentences(graph: Graph, those: Iterable[Statement]) -> set[Row]:
    government = [one for one in those if one.subject == GOVERNMENT]
    said = who_says(graph, government)
    return {(name, sentence) for name, _, stance, sentence in said if stance != "denies"}


def cooperating(graph: Graph, those: Iterable[Statement]) -> set[Row]:
    actors = set(graph.ids("Actor"))
    group = dict(graph.pairs(HUD + "group"))
    ties: nx.DiGraph[str | None] = nx.DiGraph(
        (one.subject, one.object)
        for one in those
        if {one.subject, one.object} <= actors
        and group.get(one.predicate) in ("backing", "belonging", "negotiation")
    )
    near = set(ties[FIRST]) if FIRST in ties else set()
    return {(str(who),) for who in near.union(*(nx.descendants(ties, one) for one in near))}


def between_camps(graph: Graph, those: Iterable[Statement]) -> set[Row]:
    those = list(those)
    sides: nx.MultiDiGraph[str | None] = nx.MultiDiGraph(
        (one.subject, one.object) for one in those if one.predicate == "sidesWith"
    )
    sides.add_nodes_from(CAMPS)
    ties = {name for name, _ in graph.pairs(HUD + "tie")}

    def camps(name: str | None) -> Collection[str]:
        return CAMPS & (nx.descendants(sides, name) | {name}) if name in sides else ()

    return {
        (one.subject, camp, one.predicate, one.object, against)
        for one in those
        if one.predicate in ties and one.object
        for camp, against in product(camps(one.subject), camps(one.object))
        if camp != against
    }


RIGHT = {
    "who says it, with stance and sentence": who_says,
    "the sentences behind a plain triple": sentences,
    "who cooperates, at any distance": cooperating,
    "the network between two camps, with the camp of each end": between_camps,
}
BOTH = [(need, sparql) for of, *_, need, sparql in SHORT if of == "both"]


def rows(graph: Graph, sparql: str) -> set[Row]:
    declared = "".join(f"PREFIX {k}: <{v}>\n" for k, v in prefixes_of(graph.case).items())
    for there, here in zip(IN_HOMS[:4], (PLACE, GOVERNMENT, FIRST, OTHERS), strict=True):
        sparql = re.sub(rf"homs:{there}\b", f"{graph.case}:{here}", sparql)
    sparql = sparql.replace(IN_HOMS[4], DAY)
    found = select(graph.store, declared + sparql).rows
    return {tuple(graph.name(text(cell)) for cell in row) for row in found}


@pytest.mark.parametrize(("need", "sparql"), BOTH)
def test_the_whole_graph_answers_with_what_stands(homs: Graph, need: str, sparql: str) -> None:
    cut = snapshot(homs, ALL, status="accepted").graph
    those = [one for one in map(cut.statement, cut.ids("Statement")) if not one.past]
    right = RIGHT[need](cut, those)
    assert rows(homs, sparql) == right
    assert right


@pytest.mark.some(4)
@pytest.mark.parametrize("narrowing", [
    {"on": DAY}, {"on": "2013-01-01"}, {"voice": VOICE}, {"status": "alleged"},
    {"voice": AUTHOR, "only": True, "on": DAY}, {"status": "contested"},
    {"status": "rejected"}, {"status": "accepted"},
], ids=str)  # fmt: skip
@pytest.mark.parametrize(("need", "sparql"), BOTH)
def test_a_snapshot_answers_with_its_statements(
    homs: Graph, need: str, sparql: str, narrowing: dict[str, Any]
) -> None:
    cut = snapshot(homs, ALL, **narrowing).graph
    right = RIGHT[need](cut, map(cut.statement, cut.ids("Statement")))
    assert rows(cut, sparql) == right


def test_as_of_a_day_the_whole_graph_and_a_snapshot_say_the_same(homs: Graph) -> None:
    sparql = {of: query for of, *_, query in SHORT if of != "both"}
    cut = snapshot(homs, ALL, on=DAY).graph
    said = {
        (one.subject, one.predicate, one.object) for one in map(cut.statement, cut.ids("Statement"))
    }
    found = rows(homs, sparql["whole graph"])
    assert {row[:2] for row in found} == {row[:2] for row in said}
    assert {row for row in said if row[2] is not None} <= found
    assert len(found) > 50
    controls = {row[:1] for row in said if row[1:] == ("controls", PLACE)}
    assert rows(cut, sparql["snapshot"]) == controls == {(HOLDER,)}
