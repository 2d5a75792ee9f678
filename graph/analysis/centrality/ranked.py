"""A measure of all nodes of a network: who stands where, and how much is written of them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ...errors.counting import counted
from ...network.projection import described
from ..arrays import from_network, has_direction
from ..sequences.mentions import mentions
from .measures import measure, measured, pivots
from .ranking import ranks

if TYPE_CHECKING:
    import networkx as nx

    from ...read.select import Graph
    from ..arrays import Sign, Ties
    from .measure import Measure


@dataclass(frozen=True)
class Ranking:
    """A measure of all nodes of a network.

    Attributes:
        measure: what was computed.
        sign: on which ties.
        network: of which network.
        ties: how many of its ties count.
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

    @property
    def values(self) -> dict[str, float]:
        """The value of each node that has one, by its id."""
        return {row[1]: row[4] for row in self.rows if row[4] is not None}

    @property
    def edges(self) -> int:
        """How many ties the network has, counted or not."""
        return int(self.network.number_of_edges())

    def told(self) -> list[str]:
        """Return what a reader must know of it, line by line."""
        which = "all" if self.sign == "any" else f"the {self.ties} that are"
        sign = {"any": "", "not-negative": " not negative"}.get(self.sign, f" {self.sign}")
        size = f"{counted(len(self.network), 'node')}, {counted(self.edges, 'tie')}"
        estimated = (
            f"estimated from {self.pivots} starts drawn with seed 0; " if self.pivots else ""
        )
        ways = "from subject to object" if self.measure.directed else "in both directions"
        counting = f"{which}{sign} count, {ways}, between {counted(self.pairs, 'pair')}"
        counting += "" if self.sign == "any" else "; with the sign any all would"
        bias = "who is written about more has more ties for that reason alone"
        return [
            f"{self.measure.title}, if high: {self.measure.says}",
            f"network: {described(self.network)}: {size}; {counting}",
            f"formula: {estimated}{self.measure.formula}",
            f"mentions: number of passages that mention it; {bias}",
        ]

    def __repr__(self) -> str:
        valued = [row for row in self.rows[:10] if row[4] is not None]
        first = (f"{rank}  {label}  {value:.4g}" for rank, _, label, _, value, _ in valued)
        return "\n".join((*self.told(), *first))


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
    size, pairs = _sizes(ties, taken)
    return Ranking(chosen, taken, network, size, pairs, pivots(ties, name, sign=sign), rows)


def _named(data: dict[str, Any], node: str) -> tuple[str, str]:
    return str(data.get("label", node)), str(data.get("class", ""))


def _sizes(ties: Ties, sign: Sign) -> tuple[int, int]:
    taken = ties.of_sign(sign)
    return taken.m, taken.simple(directed=False).m
