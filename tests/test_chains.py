"""The best chains between two actors: the page finds what the graph finds, at the same costs."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

import miniature
import pytest
from pages import asked

from graph.model import SHOWN
from graph.network.explanation import COSTS, explain
from graph.network.projection import STATUSES, network
from graph.read.select import Graph
from graph.viewer.page import page
from graph.viewer.payload import payload
from graph.viewer.picture import lines, picture

if TYPE_CHECKING:
    from miniature import Judged

PAIRS = 25


def steps_of(graph: Graph, statuses: tuple[str, ...]) -> dict[frozenset[str], float]:
    """Return what a step between two things costs at the least, as the table says it."""
    found: dict[frozenset[str], float] = {}
    for recipe, draw in (("ties", "tie"), ("participation", "role")):
        for one, two, data in network(graph, recipe, status=statuses).edges(data=True):
            cost = COSTS["status"][data["status"]] + COSTS["family"].get(data["family"], 0.0)
            both = frozenset((one, two))
            found[both] = min(found.get(both, 99.0), cost + COSTS["draw"][draw])
    return {both: cost for both, cost in found.items() if len(both) == 2}


def price(steps: dict[frozenset[str], float], chain: list[str]) -> float:
    return round(sum(steps[frozenset(pair)] for pair in pairwise(chain)), 6)


@pytest.fixture(scope="module", params=["homs", miniature.CASE])
def graph(request: pytest.FixtureRequest, judged: Judged, example: Judged) -> Graph:
    return Graph({"homs": judged, miniature.CASE: example}[request.param][1], request.param)


@pytest.fixture(scope="module")
def shown(graph: Graph) -> bytes:
    """The page of the case."""
    return page(payload(graph), picture(lines(graph), places={}), title="", about={})


def test_there_is_one_table_of_costs(graph: Graph, shown: bytes) -> None:
    assert asked(shown, ("costs",)) == [COSTS]
    assert set(COSTS["status"]) == set(STATUSES)
    families = {str(data["family"]) for *_, data in network(graph, "ties").edges(data=True)}
    assert set(COSTS["family"]) <= families | {"membership", "attribution", "position"}


def test_the_page_finds_chains_as_good_as_the_graph(graph: Graph, shown: bytes) -> None:
    """Of chains that cost the same, either may come first."""
    steps = steps_of(graph, SHOWN)
    nodes = sorted({node for both in steps for node in both})
    labels = {key: str(node["name"]) for key, node in payload(graph)["nodes"].items()}
    draw = random.Random(0)  # noqa: S311 — no secret
    pairs = [draw.sample(nodes, 2) for _ in range(PAIRS)]
    answers = asked(shown, *(("ways", *pair, "") for pair in pairs))
    ids = {label: key for key, label in labels.items()}
    for (one, two), of_page in zip(pairs, answers, strict=True):
        of_graph = [[ids[label] for label in chain.nodes] for chain in explain(graph, one, two)]
        costs = [[price(steps, chain) for chain in chains] for chains in (of_page, of_graph)]
        assert costs[0] == costs[1], (one, two)
        if len(set(costs[0])) == len(costs[0]) == 3:
            assert of_page[:2] == of_graph[:2]
        assert {chain[0] for chain in of_page} <= {one}
        assert {chain[-1] for chain in of_page} <= {two}


def test_what_is_rejected_is_the_dearest_way(graph: Graph, shown: bytes) -> None:
    """On the page rejected ties can be shown; then they count, and for more than open ones."""
    steps = steps_of(graph, STATUSES)
    rejected = [
        (one, two)
        for recipe in ("ties", "participation")
        for one, two in network(graph, recipe, status="rejected").edges()
        if one != two
    ]
    fragment = "no-status=none"
    calls = [("ways", one, two, fragment) for one, two in rejected]
    for pair, chains in zip(rejected, asked(shown, *calls), strict=True):
        best = price(steps, chains[0])
        assert best <= steps[frozenset(pair)]
        assert [price(steps, chain) for chain in chains] == sorted(
            price(steps, chain) for chain in chains
        )
