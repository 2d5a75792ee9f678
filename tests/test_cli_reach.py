"""``hudna reach``, ``hudna links``, ``hudna network --two-mode`` and ``--backbone``."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from click.testing import CliRunner

import graph
from graph.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture
def run(public: Path) -> Any:  # noqa: ANN401
    def running(*words: str) -> Result:
        where = ["--public", str(public), "--case", "mill"]
        return CliRunner().invoke(main, [*words, *where])

    return running


def pairs(public: Path, **chosen: Any) -> nx.Graph[str]:  # noqa: ANN401
    """Return who is tied to whom by a tie that is not hostile."""
    network = graph.open("mill", public).network("ties", **chosen)
    kept = [(one, two) for one, two, data in network.edges(data=True) if data["sign"] >= 0]
    plain: nx.Graph[str] = nx.Graph(kept)
    plain.add_nodes_from(network)
    return plain


ALL = ("accepted", "contested", "alleged", "open")
STATUSES = ["--recipe", "ties", *(word for status in ALL for word in ("--status", status))]


def test_reach_is_within_the_component(public: Path, run: Any) -> None:  # noqa: ANN401
    """Without days wanted, nobody is reached whom no path of ties joins; neighbours always are."""
    plain = pairs(public, status=ALL)
    reached = 0
    for node in plain:
        result = run("reach", "--from", node, *STATUSES, "--format", "json")
        assert result.exit_code == 0, result.output
        found = json.loads(result.stdout)
        ids = {row["id"] for row in found["actors"]}
        assert set(plain[node]) - {node} <= ids <= nx.node_connected_component(plain, node) - {node}
        built = graph.open("mill", public).reach(node, None, "ties", status=ALL)
        assert ids == built.possible.keys()
        certain = {row["id"] for row in found["actors"] if row["reached"] == "certain"}
        assert certain == built.certain.keys() <= ids
        reached += len(ids)
    assert reached


def test_whom_one_reaches_the_other_is_reached_by(public: Path) -> None:
    case = graph.open("mill", public)
    for node in pairs(public, status=ALL):
        for target in case.reach(node, None, "ties", status=ALL).possible:
            assert node in case.reach(None, target, "ties", status=ALL).possible
            both = case.reach(node, target, "ties", status=ALL)
            assert both.possible_path[0].source == node
            assert both.possible_path[-1].target == target
            assert bool(both.certain) == bool(both.certain_path)


def test_the_forms_of_reach_agree(public: Path, run: Any) -> None:  # noqa: ANN401
    node = max(plain := pairs(public, status=ALL), key=plain.degree)
    other = next(iter(set(plain[node]) - {node}))
    for ends in (("--from", node), ("--to", node), ("--from", node, "--to", other)):
        as_json = json.loads(run("reach", *ends, *STATUSES, "--format", "json").stdout)
        rows = as_json.get("actors", as_json.get("path"))
        as_csv = run("reach", *ends, *STATUSES, "--format", "csv").stdout
        assert rows
        assert [dict(row) for row in csv.DictReader(io.StringIO(as_csv))] == rows
        table = run("reach", *ends, *STATUSES)
        assert table.exit_code == 0
        for row in rows:
            assert row.get("label", row.get("tie")) in table.stdout
        assert "pass word on" in table.stderr


def test_the_forms_of_links_agree(public: Path, run: Any) -> None:  # noqa: ANN401
    one, two = "town-council", "mill-town"
    found = graph.open("mill", public).links([one], [two], "ties", status=ALL)
    as_json = json.loads(run("links", one, two, *STATUSES, "--format", "json").stdout)
    assert as_json["joined"] == found.joined == 1
    actors = {row["id"]: row for row in as_json["links"] if row["what"] == "actor"}
    assert {node for node, row in actors.items() if row["cut"]} == {"river-guard"}
    assert {node for node, row in actors.items() if row["alone"]} == set(found.alone)
    shares = {node: row["share"] for node, row in actors.items() if row["share"]}
    assert shares == pytest.approx(found.share)
    rows = list(
        csv.DictReader(io.StringIO(run("links", one, two, *STATUSES, "--format", "csv").stdout))
    )
    assert [row["id"] for row in rows] == [row["id"] for row in as_json["links"]]
    table = run("links", one, two, *STATUSES)
    assert "1 of 1 pair is joined, 0 ties are direct" in table.stderr
    for row in as_json["links"]:
        assert row["label"] in table.stdout


def test_two_modes_are_counted_side_by_side(public: Path, run: Any) -> None:  # noqa: ANN401
    network = graph.open("mill", public).network("participation")
    result = run("network", "participation", "--two-mode", "--format", "json")
    values = {row["id"]: row for row in json.loads(result.stdout)["values"]}
    assert values.keys() == set(network)
    for node, row in values.items():
        others = set(network.successors(node)) | set(network.predecessors(node))
        assert row["degree"] == len(others)
        assert row["side"] == ("subjects" if network.out_degree(node) else "objects")
    lines = run("network", "participation", "--two-mode", "--format", "csv").stdout.splitlines()
    assert len(lines) == len(values) + 1
    assert "density" in run("network", "participation", "--two-mode").stderr


def test_a_backbone_is_a_part_that_can_be_measured(public: Path, run: Any) -> None:  # noqa: ANN401
    case = graph.open("mill", public)
    whole, part = case.network("ties"), case.backbone("ties", 0.6)
    assert set(part) == {"river-guard", "mill-town", "ford"}
    assert set(part.edges(keys=True)) == set(whole.subgraph(part).edges(keys=True))
    assert "backbone" not in whole.graph
    words = ("network", "ties", "--backbone", "0.6")
    assert f"{len(part)} nodes, {part.number_of_edges()} ties" in run(*words).stderr
    measured = run(*words, "--measure", "degree")
    assert "backbone 0.6" in measured.stderr
    found = json.loads(run(*words, "--measure", "degree", "--format", "json").stdout)
    assert {row["id"] for row in found["values"]} == set(part)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("reach", "give --from, --to, or both"),
        ("reach --from nobody-here", "is called"),
        ("reach --from river-guard --to river-guard", "both the start and the end"),
        ("reach --from river-guard --start once", "start: "),
        ("reach --from river-guard --until once", "until: "),
        ("reach --from river-guard --start 2016-02-01 --until 2016-01-01", "before the start"),
        ("reach --from river-guard --step -1", "--step"),
        ("reach --from river-guard --recipe nothing", "no projection"),
        ("reach --from ev-shelling", "has no tie in actors"),
        (
            "reach --from river-guard --during 1900",
            "left in actors (status accepted; during 1900)",
        ),
        ("reach --from courier-writer --recipe co-mention --directed", "directions mean nothing"),
        ("links river-guard nobody-here,no-more", "no-more"),
        ("links nobody-here no-more", "no-more"),
        ("links , river-guard", "empty"),
        ("links river-guard river-guard", "both sets"),
        ("links river-guard ev-shelling", "has no tie in actors"),
        ("network ties --two-mode", "one mode"),
        ("network ties --two-mode --measure degree", "--two-mode goes without --measure"),
        ("network ties --backbone 1", "--backbone"),
        ("network ties --backbone 0.1 --how-sure --measure degree", "without --backbone"),
    ],
)
def test_wrong_use_is_told(words: str, message: str, run: Any) -> None:  # noqa: ANN401
    result = run(*words.split())
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("words", ["reach --from river-guard", "links river-guard mill-town"])
def test_the_old_name_of_a_projection_is_read_and_told(words: str, run: Any) -> None:  # noqa: ANN401
    new = run(*words.split(), "--projection", "ties")
    old = run(*words.split(), "--recipe", "ties")
    assert new.exit_code == old.exit_code == 0
    assert old.stdout == new.stdout
    assert "--recipe is --projection now" in old.stderr
    assert "--recipe" not in new.stderr
