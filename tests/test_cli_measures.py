"""``hudna network --measure``."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from click.testing import CliRunner

import graph
from graph.analysis.centrality.measures import MEASURES
from graph.analysis.sequences.mentions import mentions
from graph.cli.main import main
from graph.errors.counting import counted
from graph.model import SHOWN

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def network(public: Path, *words: str) -> Result:
    where = ["--public", str(public), "--case", "mill"]
    return CliRunner().invoke(main, ["network", *words, *where])


def as_json(public: Path, *words: str) -> Any:  # noqa: ANN401
    result = network(public, *words, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("name", ["betweenness", "in-degree", "negative-degree"])
def test_a_measure_in_python_is_that_of_the_command(name: str, public: Path) -> None:
    values = as_json(public, "actors", "--measure", name)["values"]
    found = graph.open("mill", public).measure(name)
    assert found.values == {row["id"]: row["value"] for row in values if row["value"] is not None}
    assert [row[2] for row in found.rows] == [row["label"] for row in values]
    told = network(public, "actors", "--measure", name).stderr
    assert " ".join(found.told()[1].split()) in " ".join(told.split())
    assert found.told()[1] in repr(found)
    assert found.rows[0][2] in repr(found)


def test_a_ranking_says_which_ties_count(public: Path) -> None:
    case = graph.open("mill", public)
    some = case.measure("betweenness", "ties", status=SHOWN)
    every = case.measure("betweenness", "ties", sign="any", status=SHOWN)
    assert "in both directions" in some.told()[1]
    assert "with the sign any all would" in some.told()[1]
    assert some.ties < every.ties == every.edges
    plain = nx.betweenness_centrality(nx.Graph(case.network("ties", status=SHOWN)))
    assert every.values == pytest.approx(plain)
    assert "any all would" not in every.told()[1]
    assert "from subject to object" in case.measure("in-degree").told()[1]


@pytest.mark.some(4)
@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("projection", ["actors", "ties"])
def test_each_measure_ranks_all_nodes(name: str, projection: str, public: Path) -> None:
    found = as_json(public, projection, "--measure", name)
    assert found["measure"] == name
    assert found["formula"] == MEASURES[name].formula
    assert len(found["values"]) == found["network"]["nodes"] > 0
    ranked = [row for row in found["values"] if row["rank"] is not None]
    values = [float(f"{row['value']:.9g}") for row in ranked]
    assert values == sorted(values, reverse=True)
    for row in ranked:
        above = sum(value > float(f"{row['value']:.9g}") for value in values)
        assert row["rank"] == above + 1


def test_degree_counts_the_others_that_the_ties_join(public: Path) -> None:
    built = graph.open("mill", public)
    ties = built.network("ties", status=("accepted", "alleged"))
    others: dict[str, set[str]] = {node: set() for node in ties}
    for subject, target in ties.edges():
        if subject != target:
            others[subject].add(target)
            others[target].add(subject)
    words = ("--status", "accepted", "--status", "alleged")
    found = as_json(public, "ties", "--measure", "degree", *words)
    assert {row["id"]: row["value"] for row in found["values"]} == {
        node: len(around) for node, around in others.items()
    }
    assert found["network"]["ties"] == ties.number_of_edges()


def test_mentions_are_the_passages_of_the_graph(public: Path) -> None:
    built = graph.open("mill", public)
    asked = built.dataset().query(
        "SELECT ?thing (COUNT(DISTINCT ?passage) AS ?n) WHERE "
        "{ ?thing <https://w3id.org/hudna/ontology#mentionedIn> ?passage } GROUP BY ?thing"
    )
    expected = {str(row[0]).rpartition("/")[2]: int(row[1]) for row in asked}  # type: ignore[index, arg-type]
    assert mentions(built.graph) == expected
    assert max(expected.values()) > 1
    for row in as_json(public, "actors", "--measure", "degree")["values"]:
        assert row["mentions"] == expected.get(row["id"], 0)


def test_a_table_says_on_standard_error_what_it_rests_on(public: Path) -> None:
    result = network(public, "actors", "--measure", "betweenness", "--family", "negotiation")
    assert result.stdout.splitlines()[0].split() == ["rank", "label", "class", "value", "mentions"]
    for part in (
        "Freeman 1977",
        "not negative",
        "family negotiation",
        "status accepted",
        "mentions:",
    ):
        assert part in result.stderr


def test_csv_has_the_same_rows(public: Path) -> None:
    result = network(public, "ties", "--measure", "pagerank", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    expected = as_json(public, "ties", "--measure", "pagerank")["values"]
    assert [row["id"] for row in rows] == [row["id"] for row in expected]
    assert [float(row["value"]) for row in rows] == pytest.approx(
        [row["value"] for row in expected], abs=1e-11
    )


def test_top_shows_all_that_share_the_last_rank(public: Path) -> None:
    everything = as_json(public, "ties", "--measure", "degree")["values"]
    last = everything[-1]["rank"]
    for top in range(1, last + 1):
        found = as_json(public, "ties", "--measure", "degree", "--top", str(top))["values"]
        assert found == [row for row in everything if row["rank"] <= top]
    assert len({row["rank"] for row in everything}) < len(everything)


def test_signs_and_filters_narrow_the_network(public: Path) -> None:
    every = as_json(public, "ties", "--measure", "degree", "--sign", "any")
    negative = as_json(public, "ties", "--measure", "degree", "--sign", "negative")
    assert 0 < negative["counted"]["ties"] < every["counted"]["ties"]
    assert negative["network"]["nodes"] == every["network"]["nodes"]
    narrow = as_json(public, "ties", "--measure", "degree", "--during", "2018-01")
    assert narrow["network"].get("during") == "2018-01"
    assert narrow["network"]["ties"] < every["network"]["ties"]


@pytest.mark.parametrize(
    ("option", "value"),
    [("--during", "2020"), ("--certainty", "certain"), ("--family", "coercion"),
     ("--place", "mill-town")],
)  # fmt: skip
def test_the_filters_are_those_of_the_network(option: str, value: str, public: Path) -> None:
    chosen: Any = {option.removeprefix("--"): value}
    ties = graph.open("mill", public).network("ties", **chosen)
    result = network(public, "ties", option, value)
    assert result.exit_code == 0
    assert f"{len(ties)} nodes, {counted(ties.number_of_edges(), 'tie')}" in result.stderr


def test_the_measures_are_listed(public: Path) -> None:
    result = network(public, "--measures")
    for name, one in MEASURES.items():
        assert f"\n{name} " in result.stdout
        assert one.says[:40] in result.stdout


def test_a_mention_of_two_has_no_direction(public: Path) -> None:
    assert as_json(public, "co-mention", "--measure", "degree")["values"]
    result = network(public, "co-mention", "--measure", "in-degree")
    assert result.exit_code == 2
    assert "directions" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("--measure", "betweeness"),
        ("--measure", "positive-degree", "--sign", "any"),
        ("--top", "3"),
        ("--sign", "any"),
        ("--measure", "degree", "--top", "0"),
        ("--measure", "degree", "--during", "once"),
        ("--family", "commands"),
        ("--place", "nowhere-at-all"),
    ],
    ids=" ".join,
)
def test_wrong_use_exits_with_2(words: tuple[str, ...], public: Path) -> None:
    result = network(public, *words)
    assert result.exit_code == 2
    assert result.stderr
    assert "Traceback" not in result.output


def test_sharing_something_has_no_direction(public: Path) -> None:
    result = network(public, "participation", "--one-mode", "objects", "--measure", "out-degree")
    assert result.exit_code == 2
    assert "directions" in result.stderr
