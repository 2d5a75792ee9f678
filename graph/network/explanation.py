"""How two actors are tied: the best chains of ties between them, each step with its evidence."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from ..errors import UsageError
from ..model import AFFIRMING, SHOWN
from ..model.terms import KIND, case_namespace, short, text
from ..query.citations import citation, claims_on
from ..query.parameters import thing
from ..read.select import Graph
from .projection import lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from typing import Any

    import networkx as nx

    from ..read.select import Graph

    Joined = dict[tuple[str, str], dict[str, dict[str, Any]]]
    Evidences = tuple["Evidence", ...]

COSTS: Mapping[str, Mapping[str, float]] = {
    "status": {"accepted": 1.0, "contested": 1.6, "alleged": 1.6, "open": 2.2, "rejected": 3.0},
    "family": {"membership": 1.0, "attribution": 1.0, "position": 1.0},
    "draw": {"tie": 0.0, "role": 0.6},
}
"""What a step costs, here and on the page: the sum over its status, its family (where somebody
belongs, or what somebody holds, costs more) and how it joins (over a common event or agreement it
costs more: two such steps join two actors)."""

MOST = 3
"""So many chains are told, here and on the page, unless more are asked for."""


class Evidence(NamedTuple):
    """One claim on the statement of a step: who, how, how sure, and where."""

    voice: str
    stance: str
    certainty: str
    passages: tuple[str, ...]


class Step(NamedTuple):
    """One statement that joins two neighbours on a chain, in its own direction.

    Attributes:
        statement: its id.
        subject: label of the subject.
        predicate: the words between subject and object.
        object: label of the object.
        status: of the statement.
        when: EDTF, or empty.
        held: ``certain`` or ``possible`` where a day was asked for.
        evidence: the claims.
    """

    statement: str
    subject: str
    predicate: str
    object: str
    status: str
    when: str
    held: str
    evidence: tuple[Evidence, ...]


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
    base = case_namespace(graph.case)
    first, last = (thing(name, graph).value.removeprefix(base) for name in (start, end))
    if first == last:
        raise UsageError(f'"{start}" and "{end}" are the same thing')
    status = None if voice else SHOWN
    found = lines(graph, on=on, voice=voice, status=status)
    ways = _ways(found, first, last, most)
    joined = _joined(found)
    pairs = {pair for way in ways for pair in pairwise(way)}
    evidence = _evidence(graph, {key for pair in pairs for key in _between(joined, *pair)})
    labels = {node: str(data["label"]) for node, data in found.nodes.items()}
    return [
        Chain(
            tuple(labels[node] for node in way),
            tuple(_steps(joined, a, b, labels, evidence) for a, b in pairwise(way)),
        )
        for way in ways
    ]


def _ways(found: nx.MultiDiGraph[str], first: str, last: str, most: int) -> list[list[str]]:
    """Return the cheapest ways between two nodes, whatever the direction of the ties."""
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
        ways = nx.shortest_simple_paths(simple, first, last, weight="cost")
        return [list(way) for way in islice(ways, most)]
    except nx.NetworkXNoPath:
        return []


def _joined(found: nx.MultiDiGraph[str]) -> Joined:
    """Return the statements between each two nodes that are joined, in their direction."""
    joined: Joined = {}
    for subject, target, key, data in found.edges(keys=True, data=True):
        joined.setdefault((subject, target), {})[str(key)] = data
    return joined


def _between(joined: Joined, a: str, b: str) -> Iterator[str]:
    for pair in ((a, b), (b, a)):
        yield from joined.get(pair, {})


def _steps(
    joined: Joined, a: str, b: str, labels: dict[str, str], evidence: dict[str, Evidences]
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
            evidence=evidence.get(key, ()),
        )
        for subject, target in ((a, b), (b, a))
        for key, data in joined.get((subject, target), {}).items()
    ]
    costs = COSTS["status"]
    return tuple(sorted(found, key=lambda step: (costs[step.status], step.when, step.statement)))


def _evidence(graph: Graph, statements: set[str]) -> dict[str, Evidences]:
    """Return the claims on some statements, with labels and citations."""
    if not statements:
        return {}
    base = case_namespace(graph.case)
    table = claims_on([ox.NamedNode(base + name) for name in statements], graph)
    claims: dict[tuple[str, str], Evidence] = {}
    for row in table.rows:
        found = dict(zip(table.columns, row, strict=True))
        statement = text(found["statement"]).removeprefix(base)
        key = (statement, text(found["claim"]))
        cited = citation(found["source"], found["sentence"])
        known = claims.get(key)
        passages = (*known.passages, cited) if known else (cited,)
        claims[key] = Evidence(
            voice=text(found["name"]) or short(text(found["voice"])),
            stance=text(found["stance"]).removeprefix(KIND),
            certainty=text(found["certainty"]).removeprefix(KIND),
            passages=passages,
        )
    by_statement: dict[str, Evidences] = {}
    for (statement, _claim), one in claims.items():
        by_statement[statement] = (*by_statement.get(statement, ()), one)
    return {
        statement: tuple(sorted(given, key=lambda one: one.stance not in AFFIRMING))
        for statement, given in by_statement.items()
    }
