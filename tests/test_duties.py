"""Who may or must do what is asked once, whatever a duty is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner

from graph.cli.main import main
from graph.query.named import bound, named_queries
from graph.query.parameters import QUERIES
from graph.read import CaseGraph
from graph.read.select import select

if TYPE_CHECKING:
    from pathlib import Path

DUTIES = {
    "guard-watches": ("observers", "mustMonitor", "ag-may-truce.c1"),
    "guard-inspects": ("observers", "mayMonitor", "ford"),
    "guard-protects-people": ("river-guard", "mustProtect", "townspeople"),
    "guard-protects-town": ("river-guard", "mustProtect", "mill-town"),
    "guard-goes": ("river-guard", "mustLeave", "mill-town"),
    "council-finds-out": ("town-council", "mustInvestigate", "ev-shelling"),
}
STATEMENT = """
[[statement]]
id = "{name}"
subject = "{subject}"
predicate = "{predicate}"
object = "{object}"
under = "ag-may-truce.c1"
claims = [{{ voice = "V", stance = "asserts", certainty = "certain", passages = ["P"] }}]
""".replace("V", "courier-writer").replace("P", "courier-2020#3.2")


ALONE = STATEMENT.replace('under = "ag-may-truce.c1"\n', "").format(
    name="alone", subject="observers", predicate="mustStayIn", object="mill-town"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = miniature.copied(tmp_path_factory.mktemp("duties"))
    text = "".join(
        STATEMENT.format(name=name, subject=one, predicate=does, object=other)
        for name, (one, does, other) in DUTIES.items()
    )
    miniature.written(found, "statements/duties.toml", text + ALONE)
    return found


@pytest.fixture(scope="module")
def graph(folder: Path) -> CaseGraph:
    return CaseGraph(miniature.judged(folder)[1], "mill")


def rows(graph: CaseGraph, query: str, **values: str) -> list[dict[str, str]]:
    found = named_queries([QUERIES])[query]
    return select(graph.store, bound(found, values, graph)).named(graph)


def test_a_place_stands_in_its_column_and_all_else_in_another(graph: CaseGraph) -> None:
    found = {row["statement"]: row for row in rows(graph, "permissions")}
    assert DUTIES.keys() <= found.keys()
    for name, (actor, predicate, target) in DUTIES.items():
        row = found[name]
        assert (row["actor"], row["predicate"]) == (actor, predicate)
        column, other = ("place", "object") if name == "guard-goes" else ("object", "place")
        assert (row[column], row[other]) == (target, "")
        assert row["agreement"] == "ag-may-truce"


def test_what_comes_from_no_agreement_is_told_with_none(graph: CaseGraph) -> None:
    found = [row for row in rows(graph, "permissions") if row["statement"] == "alone"]
    assert [(row["under"], row["agreement"]) for row in found] == [("", "")]


@pytest.mark.parametrize("column", ["place", "object"])
def test_what_is_about_a_place_is_found_by_it_in_either_way(graph: CaseGraph, column: str) -> None:
    found = {row["statement"] for row in rows(graph, "permissions", **{column: "mill-town"})}
    assert found & DUTIES.keys() == {"guard-protects-town", "guard-goes"}


def test_a_duty_under_a_clause_obliges_also_who_is_not_named_in_it(graph: CaseGraph) -> None:
    """Of the guard, which the clause names, the duties say no more than that it is obliged."""
    found = [row for row in rows(graph, "obligations") if row["clause"] == "ag-may-truce.c1"]
    assert {row["actor"] for row in found} == {"river-guard", "town-council", "observers"}
    assert len([row for row in found if row["actor"] == "river-guard"]) == 1


@pytest.mark.parametrize("role", ["monitor", "guarantor", "witness"])
def test_one_clause_has_who_looks_after_it(role: str, tmp_path: Path) -> None:
    folder = miniature.copied(tmp_path)
    clause, object_ = "ag-may-truce.c1", "observers"
    text = STATEMENT.format(name="of-c1", subject=clause, predicate=role, object=object_)
    miniature.written(folder, "statements/duties.toml", text)
    case, store = miniature.judged(folder)
    assert CaseGraph(store, case.id).statement("of-c1").status == "accepted"


@pytest.mark.parametrize(("query", "other"), [("permissions", "obligations"),
                                              ("obligations", "permissions")])  # fmt: skip
def test_each_answer_leads_to_the_other(
    query: str, other: str, folder: Path, tmp_path: Path
) -> None:
    run = CliRunner()
    where = ["--data", str(folder.parent), "--public", str(tmp_path)]
    assert run.invoke(main, ["build", *where]).exit_code == 0
    result = run.invoke(main, ["query", query, *where])
    assert f"see also: hudna query {other} " in result.stderr
    assert "see also" not in result.stdout


def test_queries_that_are_named_beside_another_are_there() -> None:
    known = named_queries([QUERIES])
    assert {one for query in known.values() for one in query.see_also} <= known.keys()
