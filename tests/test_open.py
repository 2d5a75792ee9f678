"""Two lines from a built case to the libraries that people know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import networkx as nx
import pytest
import rdflib

import graph
from graph.errors import NotBuilt, UsageError
from graph.model import SHOWN
from graph.network.projection import projections
from graph.read.select import Table

if TYPE_CHECKING:
    from pathlib import Path

HUD = rdflib.Namespace("https://w3id.org/hudna/ontology#")
MILL = rdflib.Namespace("https://w3id.org/hudna/mill/")


def test_two_lines_to_a_dataset(public: Path) -> None:
    dataset = graph.open("mill", public).dataset()
    assert isinstance(dataset, rdflib.Dataset)
    rows = dataset.query(
        """PREFIX hud: <https://w3id.org/hudna/ontology#>
        SELECT ?place WHERE { ?guard hud:besieges ?place }"""
    )
    assert [tuple(row) for row in rows] == [(MILL["mill-town"],)]  # type: ignore[arg-type]


def test_the_dataset_has_the_worlds_of_the_voices(public: Path) -> None:
    dataset = graph.open("mill", public).dataset()
    world = dataset.graph(MILL["graph/voice/river-guard"])
    assert set(world) == {(MILL["ev-shelling"], HUD.perpetrator, MILL.bandits)}
    disputed = (MILL["ev-shelling"], HUD.perpetrator, MILL.bandits)
    assert disputed not in dataset.default_graph


@pytest.mark.parametrize("name", projections())
def test_every_projection_gives_a_network(name: str, public: Path) -> None:
    """Its rows have two ends that are things, and a key that nothing else has."""
    made = graph.open("mill", public).network(name, status=SHOWN)
    assert all(data["label"] and data["class"] for _, data in made.nodes(data=True))
    keys = [key for *_, key in made.edges(keys=True)]
    assert len(keys) == len(set(keys))
    assert all(data["predicate"] and data["status"] for *_, data in made.edges(data=True))


def test_the_dataset_is_the_store_and_no_copy(public: Path) -> None:
    case = graph.open("mill", public)
    dataset = case.dataset()
    assert len(case.store) == sum(1 for _ in dataset.quads())


def test_two_lines_to_a_network(public: Path) -> None:
    network = graph.open("mill", public).network()
    assert isinstance(network, nx.MultiDiGraph)
    data = network.edges["river-guard", "mill-town", "siege-of-mill-town"]
    assert (data["predicate"], data["sign"], data["status"]) == ("besieges", -1, "accepted")
    assert data["earliest_begin"] == "2018-09-01"
    assert data["voices"] == "courier-writer"
    assert nx.number_weakly_connected_components(network) == 1


def test_a_network_as_of_a_day(public: Path) -> None:
    case = graph.open("mill", public)
    before = case.network(on="2018-08-31")
    assert "siege-of-mill-town" not in {key for *_, key in before.edges(keys=True)}
    after = case.network(on="2020-06-05")
    held = {key: data["held"] for *_, key, data in after.edges(keys=True, data=True)}
    assert held["siege-of-mill-town"] == "certain"
    assert held["guns-at-the-ford"] == "possible"


def test_a_network_as_a_voice_tells_it(public: Path) -> None:
    case = graph.open("mill", public)
    council = {key for *_, key in case.network(voice="town-council").edges(keys=True)}
    guard = {key for *_, key in case.network(voice="river-guard").edges(keys=True)}
    assert "guard-at-the-ford" in council
    assert "guard-at-the-ford" not in guard


def test_statuses_are_chosen(public: Path) -> None:
    case = graph.open("mill", public)
    assert "bandits-at-the-ford" not in {k for *_, k in case.network().edges(keys=True)}
    rejected = case.network(status=["rejected"])
    assert [key for *_, key in rejected.edges(keys=True)] == ["bandits-at-the-ford"]


def test_named_queries(public: Path) -> None:
    table = graph.open("mill", public).query("contested")
    assert isinstance(table, Table)
    assert "statement" in table.columns
    assert table.rows


def test_wrong_names_are_told(public: Path) -> None:
    case = graph.open("mill", public)
    with pytest.raises(UsageError, match='did you mean "contested"'):
        case.query("contestd")
    with pytest.raises(UsageError, match='did you mean "ties"'):
        case.network("tyes")


def test_what_is_not_built_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotBuilt, match="hudna build"):
        graph.open("mill", tmp_path)


def test_rankings_say_how_sure_they_are(public: Path) -> None:
    case = graph.open("mill", public)
    found = case.how_sure("degree", "ties", draws=20)
    assert found.looked_at >= 1
    assert found.ranks[0].rank == 1
    with pytest.raises(UsageError, match="betweenness"):
        case.how_sure("betweennes", "ties")


def test_sequences_are_found_by_name(public: Path) -> None:
    case = graph.open("mill", public)
    assert case.sequence("bombing-halt").name == "bombing-halt"
    with pytest.raises(UsageError, match='did you mean "bombing-halt"'):
        case.sequence("bombing-hal")


def test_exports_are_files_with_losses(public: Path) -> None:
    made = graph.open("mill", public).export("gexf", status=("alleged",))
    assert b"".join(made.files["network.gexf"]).startswith(b"<?xml")
    assert made.losses


def test_a_query_of_ones_own_is_prepared_as_elsewhere(public: Path) -> None:
    case = graph.open("mill", public)
    assert case.query("ASK { <river-guard> a hud:Actor }") is True
    assert case.query("ASK { # a remark\r mill:river-guard a hud:Actor }") is True
    assert case.query("ASK { GRAPH g:ties { ?s ?p ?o } }") is True
    assert isinstance(case.query("DESCRIBE <river-guard>"), tuple)
    with pytest.raises(UsageError, match="SERVICE"):
        case.query("# x\rSELECT * { SERVICE <http://127.0.0.1:1/> {} }")


def test_what_people_print_is_short(public: Path) -> None:
    case = graph.open("mill", public)
    assert repr(case) == f"<OpenedCase mill from <Build in {case.folder}>>"
    assert repr(case.queries["contested"]).startswith("<Query contested: ")
    table = case.query("contested")
    assert isinstance(table, Table)
    told = repr(table)
    assert told.startswith(f"<Table of {len(table.rows)} rows: ")
    assert "statement" in told
    assert repr(case.export("csv")).startswith("<Export of nodes.csv, edges.csv; ")
    objects = (case.graph, case.view(), case.two_mode(), case.pyvis(), case.build,
               case.how_sure("degree", "ties", draws=5), case.sequence("bombing-halt"),
               case.reach("river-guard", projection="ties"))  # fmt: skip
    for one in objects:
        assert re.fullmatch(rf"<{type(one).__name__}[ :][^\n]{{3,200}}>", repr(one))
