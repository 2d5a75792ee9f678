"""Who links two sets of actors: the ties between them, the go-betweens, and how few they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...errors import UsageError, suggestion

if TYPE_CHECKING:
    from collections.abc import Collection

    import networkx as nx

    from ..arrays import Sign, Ties


@dataclass(frozen=True, eq=False)
class Links:
    """What joins two sets of actors.

    Attributes:
        direct: ids of the ties between a member of one set and one of the other, sorted.
        joined: how many pairs, one of each set, are joined by any way.
        pairs: how many pairs there are.
        share: of each node that lies on a shortest way between such pairs, the share of these ways
            that lead through it, as the mean over all joined pairs; the highest first.
        tie_share: the same for each tie by its id; parallel ties each have the share of their pair
            of nodes.
        cut: the fewest nodes outside both sets without whom no way is left but direct ties; there
            may be other cuts as small. Its size is the number of ways that have no node in common.
        alone: nodes outside both sets that are on every way but direct ties.
    """

    direct: tuple[str, ...]
    joined: int
    pairs: int
    share: dict[str, float]
    tie_share: dict[str, float]
    cut: tuple[str, ...]
    alone: tuple[str, ...]


def links(
    ties: Ties,
    first: Collection[str],
    second: Collection[str],
    *,
    sign: Sign = "not-negative",
    directed: bool = False,
) -> Links:
    """Return who and what links two sets of actors.

    Members of the sets may themselves lie on shortest ways between other members, but are never
    cut. Shortest is what has the fewest steps.

    Args:
        ties: any network.
        first: ids of one set of nodes.
        second: ids of the other; no node is in both.
        sign: which ties make a way.
        directed: whether ways follow the direction of ties, from the first set to the second.

    Raises:
        UsageError: a set is empty, an id is unknown, or a node is in both sets.

    References:
        Brandes (2008) On variants of shortest-path betweenness centrality and their generic
        computation, for shares between two sets. Menger (1927) Zur allgemeinen Kurventheorie, for
        cuts.
    """
    one, two = _checked(ties, first), _checked(ties, second)
    if one & two:
        raise UsageError(f'"{min(one & two)}" is in both sets')
    chosen = ties.of_sign(sign)
    both_ways = not (directed and ties.directed)
    graph = _graph(chosen, both_ways=both_ways)
    share, tie_share, joined = _shares(chosen, graph, one, two, both_ways=both_ways)
    cut, alone = _cut(graph, one, two)
    ends = [
        (ties.nodes[s], ties.nodes[t]) for s, t in zip(chosen.source, chosen.target, strict=True)
    ]
    direct = sorted(
        key
        for (s, t), key in zip(ends, chosen.keys, strict=False)
        if (s in one and t in two) or (both_ways and s in two and t in one)
    )
    return Links(tuple(direct), joined, len(one) * len(two), share, tie_share, cut, alone)


def _checked(ties: Ties, nodes: Collection[str]) -> set[str]:
    if not nodes:
        raise UsageError("a set of actors is empty")
    for node in sorted(set(nodes) - set(ties.nodes)):
        raise UsageError(f'the network has no "{node}"{suggestion(node, ties.nodes)}')
    return set(nodes)


def _graph(ties: Ties, *, both_ways: bool) -> nx.DiGraph[str]:
    """Return the network with one tie each way between two nodes, or only the way it goes."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(ties.nodes)
    names = np.array(ties.nodes, dtype=object)
    source, target = names[ties.source].tolist(), names[ties.target].tolist()
    graph.add_edges_from(zip(source, target, strict=True))
    if both_ways:
        graph.add_edges_from(zip(target, source, strict=True))
    return graph


def _shares(
    ties: Ties, graph: nx.DiGraph[str], one: set[str], two: set[str], *, both_ways: bool
) -> tuple[dict[str, float], dict[str, float], int]:
    """Return the shares of nodes and of ties, and how many pairs are joined."""
    import networkx as nx

    # Sorted, since sums of floats depend on their order.
    ends = sorted(one), sorted(two)
    joined = sum(len(nx.descendants(graph, node) & two) for node in ends[0])
    if not joined:
        return {}, {}, 0
    nodes = nx.betweenness_centrality_subset(graph, *ends, normalized=False)
    found = nx.edge_betweenness_centrality_subset(graph, *ends, normalized=False)
    share = {node: value / joined for node, value in nodes.items() if value > 0}
    of_ties: dict[str, float] = {}
    for s, t, key in zip(ties.source.tolist(), ties.target.tolist(), ties.keys, strict=False):
        pair = ties.nodes[s], ties.nodes[t]
        value = found.get(pair, 0.0)
        if both_ways and s != t:
            value += found.get(pair[::-1], 0.0)
        if value > 0:
            of_ties[key] = max(of_ties.get(key, 0.0), value / joined)
    return _highest_first(share), _highest_first(of_ties), joined


def _highest_first(values: dict[str, float]) -> dict[str, float]:
    return dict(sorted(values.items(), key=lambda item: (-item[1], item[0])))


def _cut(
    graph: nx.DiGraph[str], one: set[str], two: set[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a smallest cut, and the nodes each of which is a cut of its own."""
    import networkx as nx

    # Each set becomes one node, an ordinal that is no id.
    names = dict.fromkeys(one, 0) | dict.fromkeys(two, 1)
    merged: nx.DiGraph[str | int] = nx.DiGraph()
    merged.add_nodes_from((0, 1))
    for s, t in graph.edges:
        merged.add_edge(names.get(s, s), names.get(t, t))
    merged.remove_edges_from([(0, 1), (1, 0), (0, 0), (1, 1)])
    if not nx.has_path(merged, 0, 1):
        return (), ()
    cut = tuple(sorted(str(node) for node in nx.minimum_node_cut(merged, 0, 1)))
    if len(cut) > 1:
        return cut, ()
    alone = []
    for node in nx.shortest_path(merged, 0, 1)[1:-1]:
        rest = nx.restricted_view(merged, [node], [])
        if not nx.has_path(rest, 0, 1):
            alone.append(str(node))
    return cut, tuple(sorted(alone))
