"""Two modes: events or agreements on one side, those who share them on the other.

A projection such as ``negotiation`` leads from each round or agreement to its actors. Its measures
differ from those of one mode, since nobody can be tied to somebody of the same side.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ...errors import UsageError
from ...errors.counting import counted
from ...model.days import OnDay
from ...network.palette import CERTAINTIES, STATUSES
from ...read.rules import listed, spans_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

    Data = dict[str, Any]

Side = Literal["subjects", "objects"]
_STATUS = {style.name: rank for rank, style in enumerate(STATUSES)}
_CERTAINTY = {name: rank for rank, name in enumerate(CERTAINTIES)}
_WITHOUT = 999


@dataclass(frozen=True)
class TwoMode:
    """Measures of a network of two modes.

    Attributes:
        subjects: ids of the nodes from which ties lead, sorted.
        objects: ids of those to which they lead, sorted.
        degree: how many nodes of the other side each is tied to; parallel ties count once.
        degree_centrality: the degree by the number of nodes of the other side, from 0 to 1.
        betweenness: the betweenness by the highest that a node of its side can have with so many
            nodes on either side, from 0 to 1; 0 where that is 0.
        density: the share of the possible pairs of subject and object that are tied; ``nan`` where
            a side is empty.
    """

    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    degree: dict[str, int]
    degree_centrality: dict[str, float]
    betweenness: dict[str, float]
    density: float

    def __repr__(self) -> str:
        ends = f"{counted(len(self.subjects), 'subject')}, {counted(len(self.objects), 'object')}"
        return f"<TwoMode: {ends}, density {self.density:.3g}>"


def two_mode(network: nx.MultiDiGraph[str]) -> TwoMode:
    """Return the measures of a network of two modes.

    Args:
        network: all ties lead from one side to the other; nodes without a tie are on neither.

    Raises:
        UsageError: a node is on both sides.

    References:
        Borgatti and Everett (1997) Network analysis of 2-mode data. Borgatti and Halgin (2011)
        Analyzing affiliation networks, for the normalised betweenness.
    """
    import rustworkx as rx

    subjects, objects = sides_of(network)
    nodes = (*subjects, *objects)
    index = {node: place for place, node in enumerate(nodes)}
    pairs = sorted({(index[one], index[two]) for one, two in network.edges()})
    graph: rx.PyGraph[str, None] = rx.PyGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from_no_data(pairs)
    # One thread, so that sums are the same each time.
    found = rx.betweenness_centrality(graph, normalized=False, parallel_threshold=len(nodes) + 1)
    count, other = len(subjects), len(objects)
    most = [_most_betweenness(count, other), _most_betweenness(other, count)]
    degree = np.bincount(np.array(pairs, dtype=np.int64).ravel(), minlength=len(nodes)).tolist()
    places = {node: (place, place >= count) for node, place in index.items()}
    return TwoMode(
        subjects=subjects,
        objects=objects,
        degree={node: degree[place] for node, (place, _) in places.items()},
        degree_centrality={
            node: degree[place] / (count if is_object else other)
            for node, (place, is_object) in places.items()
        },
        betweenness={
            node: found[place] / most[is_object] if most[is_object] else 0.0
            for node, (place, is_object) in places.items()
        },
        density=len(pairs) / (count * other) if pairs else float("nan"),
    )


def sides_of(network: nx.MultiDiGraph[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the subjects and the objects of a network of two modes, both sorted.

    Raises:
        UsageError: a node is on both sides.
    """
    subjects = {one for one, _ in network.edges()}
    objects = {two for _, two in network.edges()}
    both = sorted(subjects & objects)
    if both:
        raise UsageError(
            f'this network has one mode: "{both[0]}" is both where ties begin and where they end'
        )
    return tuple(sorted(subjects)), tuple(sorted(objects))


def one_mode(
    network: nx.MultiDiGraph[str],
    side: Side,
    weighting: Literal["count", "newman"] = "count",
) -> nx.MultiDiGraph[str]:
    """Return the network of one side: who shares what with whom.

    Two nodes have one edge for each node of the other side that they share. It leads from the id
    that is first in the alphabet, which means nothing. It rests on one statement for each of the
    two, the surest where there are several.

    Args:
        network: of two modes, as ``graph.network.projection.network`` returns it.
        side: the side that stays: ``subjects`` or ``objects``.
        weighting: ``count`` gives each edge the weight 1; ``newman`` gives 1 / (k - 1) to each of
            the edges that come from something k nodes share, so that a large gathering does not
            outweigh all others (Newman 2001, Scientific collaboration networks II).

    Returns:
        Nodes are those of the side with all that is known of them. An edge's key is the id of what
        is shared. Edges have ``predicate``, ``label``, ``family`` (of the two, the one that more
        ties of the network have), ``sign`` 0, ``weight``, ``shared``, ``statements`` (both ids),
        ``status`` and ``certainty`` (the less sure of the two), ``coverage``, the four bounds of
        the days on which both held, ``when``, ``claims``, ``voices``, ``sources``, and ``place`` if
        it is the same. Where both cannot have held on one day, there are no bounds, and ``apart``
        is true.
        The attributes of the network say ``one_mode``, the side, and ``apart``, how many there
        are of these.

    Raises:
        UsageError: the side is unknown, or a node is on both sides.
    """
    import networkx as nx

    if side not in ("subjects", "objects"):
        raise UsageError(f'"{side}" is no side; it is one of subjects, objects')
    if weighting not in ("count", "newman"):
        raise UsageError(f'"{weighting}" is no weighting; it is one of count, newman')
    stay = sides_of(network)[0 if side == "subjects" else 1]
    result: nx.MultiDiGraph[str] = nx.MultiDiGraph(**network.graph)
    result.add_nodes_from((node, network.nodes[node]) for node in stay)
    common = Counter(data.get("family", "") for *_, data in network.edges(data=True))
    for shared, members in _by_shared(network, side):
        weight = 1 / (len(members) - 1) if weighting == "newman" and len(members) > 1 else 1.0
        for (one, first), (two, second) in combinations(members, 2):
            data = _edge(shared, first, second, common)
            result.add_edge(one, two, key=shared, **data, weight=weight)
    apart = sum("apart" in data for *_, data in result.edges(data=True))
    result.graph |= {"one_mode": side, "apart": apart}
    return result


def _by_shared(
    network: nx.MultiDiGraph[str], side: Side
) -> list[tuple[str, list[tuple[str, Data]]]]:
    """Return for each node of the other side those that share it, each with one statement."""
    found: dict[str, dict[str, list[Data]]] = {}
    for subject, target, key, data in network.edges(keys=True, data=True):
        stays, shared = (subject, target) if side == "subjects" else (target, subject)
        found.setdefault(shared, {}).setdefault(stays, []).append({**data, "key": str(key)})
    return [
        (shared, [(node, min(found[shared][node], key=_doubt)) for node in sorted(found[shared])])
        for shared in sorted(found)
    ]


def _doubt(data: Data) -> tuple[int, int, str]:
    status = _STATUS.get(data.get("status", ""), _WITHOUT)
    return status, _CERTAINTY.get(data.get("certainty", ""), _WITHOUT), data["key"]


def _edge(shared: str, first: Data, second: Data, common: Counter[str]) -> Data:
    """Return the attributes of the edge that two statements make together."""
    both = (first, second)
    data: Data = {
        "predicate": "sharesWith",
        "kind": "sharesWith",
        "label": "shares with",
        "family": max((data.get("family", "") for data in both), key=lambda name: common[name]),
        "sign": 0,
        "shared": shared,
        "statements": sorted({first["key"], second["key"]}),
        **_less_sure(both, "status", _STATUS),
        **_less_sure(both, "certainty", _CERTAINTY),
        **_together(first, second),
        "claims": sum(data.get("claims", 0) for data in both),
    }
    for name in ("voices", "sources"):
        data[name] = list(dict.fromkeys([*listed(first.get(name)), *listed(second.get(name))]))
    if first.get("place") and first.get("place") == second.get("place"):
        data["place"] = first["place"]
    if "held" in first and "held" in second:
        data["held"] = max(first["held"], second["held"], key=list(OnDay).index)
    return data


def _less_sure(both: Sequence[Data], name: str, ranks: dict[str, int]) -> Data:
    values = [data[name] for data in both if name in data]
    return {name: max(values, key=lambda value: ranks.get(value, _WITHOUT))} if values else {}


def _together(first: Data, second: Data) -> Data:
    """Return the bounds of the days on which both statements held, or that there are none.

    Both have begun when the later one has; that is bounded from below by either bound, from above
    only if both are known. The end likewise.
    """
    found: Data = {}
    for name, pick, enough in (
        ("earliest_begin", max, 1),
        ("latest_begin", max, 2),
        ("earliest_end", min, 2),
        ("latest_end", min, 1),
    ):
        known = [data[name] for data in (first, second) if data.get(name)]
        if len(known) >= enough:
            found[name] = pick(known)
    earliest, latest = found.get("earliest_begin", ""), found.get("latest_end", "")
    if earliest and latest and earliest > latest:
        return {"coverage": "sometime", "apart": True}
    found |= _spans(first, second)
    if latest and found.get("latest_begin", "") > latest:
        del found["latest_begin"]
    if earliest and found.get("earliest_end", earliest) < earliest:
        del found["earliest_end"]
    coverages = {data.get("coverage") for data in (first, second)}
    found["coverage"] = "throughout" if coverages == {"throughout"} else "sometime"
    if first.get("when") and first.get("when") == second.get("when"):
        found["when"] = first["when"]
    elif earliest or latest:
        found["when"] = f"{earliest or '..'}/{latest or '..'}"
    return found


def _spans(first: Data, second: Data) -> Data:
    """Return the spans within which both statements held."""
    if first.get("timeless") or second.get("timeless"):
        dated = second if first.get("timeless") else first
        return {name: dated[name] for name in ("timeless", "spans") if name in dated}
    both = (one.together(two) for one in spans_of(first) for two in spans_of(second))
    return {"spans": [str(span) for span in both if span]}


def _most_betweenness(own: int, other: int) -> float:
    """Return the highest betweenness of a node with ``own`` nodes on its side."""
    if not own or not other:
        return 0.0
    s, t = divmod(own - 1, other)
    return (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2
