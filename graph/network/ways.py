"""The ways between two nodes, the best first: those that no hostile tie is needed for, then others.

A way visits no node twice. Ways are grown from one end, the most promising first: what a beginning
has cost, and the least that the rest can cost without the nodes that it has visited. So no
beginning is followed that leads nowhere, as with Yen (1971, doi:10.1287/mnsc.17.11.712). Ways that
cost the same come in the order of their nodes. For the page, ``graph/viewer/web/core/ways.js`` does
alike.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple, cast

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Way = tuple[str, ...]
    State = tuple[str, bool]


class Hop(NamedTuple):
    """Two nodes that are joined.

    Attributes:
        one: the first.
        other: the second.
        cost: of going from one to the other, a whole number above 0.
        hostile: whether only hostility joins them.
    """

    one: str
    other: str
    cost: int
    hostile: bool


def ways(hops: Iterable[Hop], first: str, last: str, *, hostile: bool = False) -> Iterator[Way]:
    """Yield the ways from one node to another by what they cost, then by their nodes.

    Args:
        hops: what joins nodes, in both directions; two nodes are joined once.
        first: where the ways begin.
        last: another node, where they end.
        hostile: only ways with a hostile hop; else all.
    """
    network: nx.Graph[str] = nx.Graph()
    for hop in hops:
        network.add_edge(hop.one, hop.other, cost=hop.cost, hostile=hop.hostile)
    if first not in network or last not in network:
        return
    near = network.subgraph(_between(network, first, last))
    back = _backwards(near)
    begun: list[tuple[float, Way, int, bool]] = [(0, (first,), 0, not hostile)]
    while begun:
        _, way, spent, done = heappop(begun)
        if way[-1] == last:
            yield way
            continue
        rest = _rest(back, last, way)
        for node, joined in near[way[-1]].items():
            state = (node, done or joined["hostile"])
            if node not in way and state in rest:
                cost = spent + joined["cost"]
                heappush(begun, (cost + rest[state], (*way, node), cost, state[1]))


def _between(network: nx.Graph[str], first: str, last: str) -> set[str]:
    """Return the nodes that are on a way: those that share a block with the two if they touch."""
    closed: nx.Graph[str] = nx.Graph(network.edges)
    closed.add_edge(first, last)
    blocks = cast("Iterable[set[str]]", nx.biconnected_components(closed))
    return next(block for block in blocks if {first, last} <= block)


def _backwards(near: nx.Graph[str]) -> nx.DiGraph[State]:
    """Return the hops from their ends, between nodes with and without a hostile hop before them."""
    back: nx.DiGraph[State] = nx.DiGraph()
    back.add_nodes_from((node, True) for node in near)
    for one, other, data in near.edges(data=True):
        for start, end in ((one, other), (other, one)):
            for done in (True, False):
                after = (end, done or data["hostile"])
                back.add_edge(after, (start, done), cost=data["cost"])
    return back


def _rest(back: nx.DiGraph[State], last: str, way: Way) -> Mapping[State, float]:
    """Return what the rest of a way costs at the least, by the node that comes next."""
    closed = {*way, last}

    def cost(_one: State, other: State, data: dict[str, int]) -> int | None:
        return None if other[0] in closed else data["cost"]

    return nx.single_source_dijkstra_path_length(back, (last, True), weight=cost)
