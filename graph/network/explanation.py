"""How two actors are tied: the best chains of ties between them, each step with its evidence."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError
from ..model import SHOWN
from ..query.lookup import thing
from ..read import CitedClaim, cited_claims
from ..read.select import Graph
from .projection import lines

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    import networkx as nx

    from ..read.select import Graph

    Joined = dict[tuple[str, str], dict[str, dict[str, Any]]]

COSTS: Mapping[str, Mapping[str, float]] = {
    "status": {
        "accepted": 1.0,
        "contested": 1.6,
        "alleged": 1.6,
        "judgement": 1.9,
        "open": 2.2,
        "rejected": 3.0,
    },
    "family": {"membership": 1.0, "attribution": 1.0, "position": 1.0},
    "draw": {"tie": 0.0, "role": 0.6},
}
"""What a step costs, here and on the page: the sum over its status, its family (where somebody
belongs, or what somebody holds, costs more) and how it joins (over a common event or agreement it
costs more: two such steps join two actors)."""

MOST = 3
"""So many chains are told, here and on the page, unless more are asked for."""


class Step(NamedTuple):
    """One statement that joins two neighbours on a chain, in its own direction.

    Attributes:
        statement: its id.
        subject: label of the subject.
        predicate: the words between subject and object.
        object: label of the object.
        status: of the statement.
        when: EDTF, or empty.
        held: ``certain``, ``attested`` or ``possible`` where a day was asked for.
        evidence: the claims, those that affirm it first.
    """

    statement: str
    subject: str
    predicate: str
    object: str
    status: str
    when: str
    held: str
    evidence: tuple[CitedClaim, ...]


class Chain(NamedTuple):
    """A way from one actor to another.

    Attributes:
        nodes: labels of the nodes on the way.
        hops: for each pair of neighbours, the statements that join them, the surest first.
    """

    nodes: tuple[str, ...]
    hops: tuple[tuple[Step, ...], ...]


def explain(
    graph: Graph,
    start: str,
    end: str,
    *,
    on: str | date | None = None,
    voice: str | None = None,
    most: int = MOST,
) -> list[Chain]:
    """Return the best chains of ties between two things, the best first.

    Short chains of accepted ties come before long ones and before disputed ties; where somebody
    belongs or is located counts for less than what somebody does. Ties are followed in both
    directions, and events and agreements join those who had a part in them.

    Args:
        graph: the graph and its case.
        start: id or name of a thing.
        end: id or name of another thing.
        on: a day: only ties that may have held on it.
        voice: the world as this voice tells it.
        most: how many chains at the most.

    Raises:
        UsageError: a name is unknown, or both are the same.
    """
    first, last = (graph.local(thing(name, graph).value) for name in (start, end))
    if first == last:
        raise UsageError(f'"{start}" and "{end}" are the same thing')
    status = None if voice else SHOWN
    found = lines(graph, on=on, voice=voice, status=status)
    paths = _paths(found, first, last, most)
    joined = _joined(found)
    labels = {node: str(data["label"]) for node, data in found.nodes.items()}
    return [
        Chain(
            tuple(labels[node] for node in path),
            tuple(_steps(graph, joined, (a, b), labels) for a, b in pairwise(path)),
        )
        for path in paths
    ]


def _paths(found: nx.MultiDiGraph[str], first: str, last: str, most: int) -> list[list[str]]:
    """Return the cheapest paths between two nodes, whatever the direction of the ties."""
    import networkx as nx

    def ties_first(edge: tuple[str, str, dict[str, Any]]) -> tuple[float, str, str]:
        return (COSTS["draw"][edge[2]["draw"]], *edge[:2])

    simple: nx.Graph[str] = nx.Graph()
    for subject, target, data in sorted(found.edges(data=True), key=ties_first):
        cost = COSTS["status"][data["status"]] + COSTS["family"].get(data["family"], 0.0)
        cost += COSTS["draw"][data["draw"]]
        known = simple.get_edge_data(subject, target, {"cost": cost})["cost"]
        simple.add_edge(subject, target, cost=min(cost, known))
    if first not in simple or last not in simple:
        return []
    try:
        paths = nx.shortest_simple_paths(simple, first, last, weight="cost")
        return [list(path) for path in islice(paths, most)]
    except nx.NetworkXNoPath:
        return []


def _joined(found: nx.MultiDiGraph[str]) -> Joined:
    """Return the statements between each two nodes that are joined, in their direction."""
    joined: Joined = {}
    for subject, target, key, data in found.edges(keys=True, data=True):
        joined.setdefault((subject, target), {})[str(key)] = data
    return joined


def _steps(
    graph: Graph, joined: Joined, pair: tuple[str, str], labels: Mapping[str, str]
) -> tuple[Step, ...]:
    """Return the statements between two nodes as steps, the surest first."""
    found = [
        Step(
            statement=key,
            subject=labels[subject],
            predicate=data["label"],
            object=labels[target],
            status=data["status"],
            when=data.get("when", ""),
            held=data.get("held", ""),
            evidence=tuple(sorted(cited_claims(graph, key), key=lambda one: not one.affirms)),
        )
        for subject, target in (pair, pair[::-1])
        for key, data in joined.get((subject, target), {}).items()
    ]
    costs = COSTS["status"]
    return tuple(sorted(found, key=lambda step: (costs[step.status], step.when, step.statement)))
