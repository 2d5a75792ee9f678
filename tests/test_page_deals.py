"""Deals in the page: what it compares, what is said on a clause, and what it copies."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import miniature
import pytest
from pages import asked, held_by

from graph.model import Clause
from graph.query.named import bound, named_queries
from graph.query.parameters import QUERIES
from graph.read.citations import citations
from graph.read.select import Graph, select
from graph.viewer.page import page
from graph.viewer.payload import payload
from graph.viewer.picture import lines, picture

if TYPE_CHECKING:
    from miniature import Judged


@pytest.fixture(scope="module", params=["example", "karabakh", "sequel"])
def graph(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    if request.param == "sequel":  # in which clauses replace others
        folder = miniature.sequel(tmp_path_factory.mktemp("sequel"))
        case, store = miniature.judged(folder)
    else:
        case, store = request.getfixturevalue(request.param)
    return Graph(store, case.id)


@pytest.fixture(scope="module")
def data(graph: Graph) -> dict[str, Any]:
    shown = page(payload(graph), picture(lines(graph), places={}), title="", about={})
    found: dict[str, Any] = held_by(shown)
    return found


def answered(graph: Graph, name: str, **values: str) -> list[dict[str, str]]:
    query = named_queries([QUERIES])[name]
    return select(graph.store, bound(query, values, graph)).named(graph)


def test_clauses_stand_against_each_other_as_the_query_tells(
    graph: Graph, data: dict[str, Any]
) -> None:
    deals = {clause.agreement for clause in graph.records(Clause)}
    pairs = list(permutations(sorted(deals), 2))[:60]
    compared = asked(data, *(("changes", *pair) for pair in pairs))
    changes = set()
    for (earlier, later), found in zip(pairs, compared, strict=True):
        rows = answered(graph, "clause-changes", earlier=earlier, later=later)
        wanted = {(row["change"], row["clause"], row["successor"]) for row in rows}
        told = {(change, before, after) for change, before, after in found}
        assert told == wanted
        assert len(found) == len(told)
        changes |= {change for change, *_ in told}
    assert len(deals) < 2 or changes


def test_what_is_said_on_a_clause_is_what_the_query_tells_in_its_order(
    graph: Graph, data: dict[str, Any]
) -> None:
    clauses = [clause.id for clause in graph.records(Clause)][:40]
    assert clauses
    for clause, found in zip(
        clauses, asked(data, *(("said", clause) for clause in clauses)), strict=True
    ):
        rows = answered(graph, "said-on", clause=clause)
        assert [tuple(one) for one in found] == list(
            dict.fromkeys((row["statement"], row["agreement"]) for row in rows)
        )


def test_citations_of_the_page_and_of_the_graph_are_the_same(
    graph: Graph, data: dict[str, Any]
) -> None:
    ids = sorted(graph.ids("Statement"))
    [found] = asked(data, ("cited", *ids))
    assert found == citations(graph, ids)
    assert found.count("\n\n") == len(ids) - 1


@pytest.mark.homs
def test_the_detainee_clause_of_homs_has_no_counterpart_in_the_later_deal(judged: Judged) -> None:
    graph = Graph(judged[1], miniature.CODED)
    rows = answered(graph, "clause-changes", earlier="ag-waer-dec2015", later="ag-waer-aug2016")
    assert ("only in the earlier", "ag-waer-dec2015.c1") in {
        (row["change"], row["clause"]) for row in rows
    }
    voices = {row["stance"] for row in answered(graph, "said-on", clause="ag-waer-dec2015.c1")}
    assert {"asserts", "denies", "demands"} <= voices
