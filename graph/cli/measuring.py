"""A measure of a network as a table: who stands where, and how much is written of them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..errors.counting import counted
from .printing import write, write_json
from .tables import as_csv, echo_table, echo_wrapped, with_kind

if TYPE_CHECKING:
    import networkx as nx

    from ..analysis.arrays import Sign, Ties
    from ..analysis.centrality.measure import Measure
    from ..read.select import Graph

_HEAD = ("rank", "id", "label", "class", "value", "mentions")


@dataclass(frozen=True)
class Ranking:
    """A measure of all nodes of a network.

    Attributes:
        measure: what was computed.
        sign: on which ties.
        network: of which network.
        pairs: how many pairs of nodes those ties join.
        pivots: from how many drawn nodes the values are estimated; ``None`` if they are exact.
        rows: rank, id, label, class, value and number of passages that mention it, by rank and
            then by label; rank and value are ``None`` where there is no value.
    """

    measure: Measure
    sign: Sign
    network: nx.MultiDiGraph[str]
    ties: int
    pairs: int
    pivots: int | None
    rows: list[tuple[int | None, str, str, str, float | None, int]]


def ranking(
    graph: Graph, network: nx.MultiDiGraph[str], name: str, sign: Sign | None = None
) -> Ranking:
    """Return the nodes of a network by a measure.

    Args:
        graph: the store and its case, for the mentions.
        network: as ``graph.network.projection.network`` returns it.
        name: of the measure.
        sign: which ties count; by default those that the measure takes.

    Raises:
        UsageError: the measure is unknown, or does not fit the sign or the network.
    """
    from ..analysis.arrays import from_network, has_direction
    from ..analysis.centrality.measures import measure, measured, pivots
    from ..analysis.centrality.ranking import ranks
    from ..analysis.sequences.mentions import mentions

    chosen = measure(name)
    ties = from_network(network)
    if not has_direction(network):
        ties = replace(ties, directed=False)
    values = measured(ties, name, sign=sign)
    written = mentions(graph)
    rows = []
    for node, value, rank in zip(ties.nodes, values.tolist(), ranks(values).tolist(), strict=True):
        none = math.isnan(value)
        label, own = _named(network.nodes[node], node)
        rows.append((None if none else rank, node, label, own, None if none else value,
                     written.get(node, 0)))  # fmt: skip
    rows.sort(key=lambda row: (row[0] is None, row[0] or 0, row[2], row[1]))
    taken = sign or chosen.sign
    counted, pairs = _sizes(ties, taken)
    return Ranking(chosen, taken, network, counted, pairs, pivots(ties, name, sign=sign), rows)


def _named(data: dict[str, Any], node: str) -> tuple[str, str]:
    return str(data.get("label", node)), str(data.get("class", ""))


def _sizes(ties: Ties, sign: Sign) -> tuple[int, int]:
    counted = ties.of_sign(sign)
    return counted.m, counted.simple(directed=False).m


def echo(found: Ranking, form: str, top: int | None) -> None:
    """Print a ranking; what it says and rests on goes to standard error.

    Args:
        found: the ranking.
        form: ``table``, ``csv`` or ``json``; json holds what it says and rests on, too.
        top: only ranks up to this; all that share the last one.
    """
    rows = [row for row in found.rows if top is None or (row[0] is not None and row[0] <= top)]
    if form == "json":
        write_json(_as_json(found, rows))
        return
    if form == "csv":
        values = [{**row, "value": _digits(row["value"])} for row in _values(rows)]
        write(as_csv([[*_HEAD, "kind"], *([*row.values()] for row in values)]))
    else:
        _echo_table(rows)
    for line in _told(found):
        echo_wrapped(line)


def _values(rows: list[Any]) -> list[dict[str, Any]]:
    return [with_kind(dict(zip(_HEAD, row, strict=True))) for row in rows]


def _as_json(found: Ranking, rows: list[Any]) -> dict[str, Any]:
    network = {name: value for name, value in found.network.graph.items() if value}
    return {
        "measure": found.measure.name,
        "title": found.measure.title,
        "says": found.measure.says,
        "formula": found.measure.formula,
        "sign": found.sign,
        "pivots": found.pivots,
        "network": {**network, "nodes": len(found.network), "ties": _count(found)},
        "counted": {"ties": found.ties, "pairs": found.pairs},
        "values": _values(rows),
    }


def _digits(value: float | None) -> str:
    """Return a number with the digits that do not hang on the order of sums."""
    return "" if value is None else repr(round(value, 12)).removesuffix(".0")


def _echo_table(rows: list[Any]) -> None:
    from ..model.terms import spaced

    shown = [[name for name in _HEAD if name != "id"]]
    for rank, _, label, own, value, mentions in rows:
        number = "no value" if value is None else f"{value:.4g}"
        place = "" if rank is None else str(rank)
        shown.append([place, label, spaced(own).strip(), number, str(mentions)])
    echo_table(shown)


def _told(found: Ranking) -> list[str]:
    """Return what a reader must know of a ranking, line by line."""
    from ..network.projection import described

    which = "all" if found.sign == "any" else f"the {found.ties} that are"
    sign = {"any": "", "not-negative": " not negative"}.get(found.sign, f" {found.sign}")
    size = f"{counted(len(found.network), 'node')}, {counted(_count(found), 'tie')}"
    estimated = f"estimated from {found.pivots} starts drawn with seed 0; " if found.pivots else ""
    counting = f"{which}{sign} count, between {counted(found.pairs, 'pair')}"
    bias = "who is written about more has more ties for that reason alone"
    return [
        f"{found.measure.title}, if high: {found.measure.says}",
        f"network: {described(found.network)}: {size}; {counting}",
        f"formula: {estimated}{found.measure.formula}",
        f"mentions: number of passages that mention it; {bias}",
    ]


def _count(found: Ranking) -> int:
    return int(found.network.number_of_edges())
