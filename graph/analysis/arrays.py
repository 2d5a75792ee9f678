"""A network as arrays: what all measures are computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from ..errors import UsageError

if TYPE_CHECKING:
    import networkx as nx
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Signs = NDArray[np.int8]
    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]

Sign = Literal["any", "not-negative", "positive", "negative"]
SIGNS: tuple[Sign, ...] = ("any", "not-negative", "positive", "negative")


@dataclass(frozen=True, eq=False)
class Ties:
    """The ties of a network; parallel ties and loops are allowed.

    Attributes:
        nodes: ids of the n nodes, sorted; a node may have no tie.
        source: index of the first node of each of the m ties, shape (m,).
        target: index of the second node, shape (m,).
        sign: +1, 0 or -1 for each tie, shape (m,).
        weight: weight of each tie, above 0, shape (m,); 1 unless ties were merged.
        keys: ids of the ties; empty where they have none.
        directed: whether the direction of a tie means something.
    """

    nodes: tuple[str, ...]
    source: Integers
    target: Integers
    sign: Signs
    weight: Floats
    keys: tuple[str, ...] = ()
    directed: bool = True

    def __post_init__(self) -> None:
        """Check that the arrays fit each other.

        Raises:
            UsageError: they have different lengths, name a node that is none, or a weight is not
                a number above 0.
        """
        lengths = {len(self.source), len(self.target), len(self.sign), len(self.weight)}
        if len(lengths) > 1 or (self.keys and {len(self.keys)} != lengths):
            raise UsageError("the arrays of a network have different lengths")
        for ends in (self.source, self.target):
            if len(ends) and not (int(ends.min()) >= 0 and int(ends.max()) < len(self.nodes)):
                raise UsageError("a tie of the network has an end that is none of its nodes")
        if len(self.weight) and not (np.isfinite(self.weight).all() and self.weight.min() > 0):
            raise UsageError("the weights of a network must be numbers above 0")

    @property
    def n(self) -> int:
        """How many nodes there are."""
        return len(self.nodes)

    @property
    def m(self) -> int:
        """How many ties there are."""
        return len(self.source)

    def only(self, mask: Mask) -> Ties:
        """Return the network with some of the ties and all nodes.

        Args:
            mask: true for the ties that stay, shape (m,).
        """
        keys = tuple(key for key, stays in zip(self.keys, mask.tolist(), strict=False) if stays)
        return Ties(
            self.nodes,
            self.source[mask],
            self.target[mask],
            self.sign[mask],
            self.weight[mask],
            keys,
            self.directed,
        )

    def part(self, mask: Mask) -> tuple[Ties, Mask]:
        """Return the network of some of the ties and of their ends: other nodes are not in it.

        Args:
            mask: true for the ties that stay, shape (m,).

        Returns:
            The network, and which of the nodes are in it, shape (n,).
        """
        there = np.zeros(self.n, dtype=bool)
        there[self.source[mask]] = there[self.target[mask]] = True
        place = np.cumsum(there) - 1
        kept = self.only(mask)
        nodes = tuple(node for node, stays in zip(self.nodes, there.tolist(), strict=True) if stays)
        return (
            Ties(
                nodes,
                place[kept.source],
                place[kept.target],
                kept.sign,
                kept.weight,
                kept.keys,
                self.directed,
            ),
            there,
        )

    def mask(self, sign: Sign) -> Mask:
        """Return which ties have one of some signs, shape (m,)."""
        masks: dict[str, Mask] = {
            "any": np.ones(self.m, dtype=bool),
            "not-negative": self.sign >= 0,
            "positive": self.sign > 0,
            "negative": self.sign < 0,
        }
        return masks[sign]

    def of_sign(self, sign: Sign) -> Ties:
        """Return the network with the ties of some signs and all nodes."""
        return self.only(self.mask(sign))

    def simple(self, *, directed: bool) -> Ties:
        """Return the network without loops, with one tie between any two nodes.

        Args:
            directed: whether ties in opposite directions stay apart.

        Returns:
            The weight of a tie is the sum of those that it unites, its sign that of the sum of
            their signs times their weights; keys are dropped. Ties are sorted by their ends.
        """
        between = self.source != self.target
        first, second = self.source[between], self.target[between]
        if not directed:
            first, second = np.minimum(first, second), np.maximum(first, second)
        codes = first * max(self.n, 1) + second
        pairs, places = np.unique(codes, return_inverse=True)
        weight = np.bincount(places, self.weight[between], len(pairs))
        signed = np.bincount(places, self.weight[between] * self.sign[between], len(pairs))
        return Ties(
            self.nodes,
            pairs // max(self.n, 1),
            pairs % max(self.n, 1),
            np.sign(signed).astype(np.int8),
            weight.astype(np.float64),
            directed=directed,
        )


def from_network(network: nx.MultiDiGraph[str]) -> Ties:
    """Return a network as arrays.

    Args:
        network: as ``graph.network.projection.network`` returns it; edges without ``sign`` count
            as 0, without ``weight`` as 1.

    Returns:
        Nodes are sorted by their ids, ties by source, target and key.
    """
    nodes = tuple(sorted(network))
    index = {node: number for number, node in enumerate(nodes)}
    rows = sorted(
        (index[source], index[target], str(key), data.get("sign", 0), data.get("weight", 1.0))
        for source, target, key, data in network.edges(keys=True, data=True)
    )
    return Ties(
        nodes,
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] for row in rows], dtype=np.int64),
        np.array([row[3] for row in rows], dtype=np.int8),
        np.array([row[4] for row in rows], dtype=np.float64),
        tuple(row[2] for row in rows),
    )


def has_direction(network: nx.MultiDiGraph[str]) -> bool:
    """Return whether directions mean something: not where two are mentioned, or share something."""
    families = {data.get("family") for *_, data in network.edges(data=True)}
    return "one_mode" not in network.graph and families != {"mention"}


def check_direction(network: nx.MultiDiGraph[str], *, directed: bool) -> None:
    """Raise ``UsageError`` if directions are wanted where they mean nothing.

    Args:
        network: as ``graph.network.projection.network`` returns it.
        directed: whether directions are wanted.
    """
    if directed and not has_direction(network):
        raise UsageError("in this network directions mean nothing: two are mentioned together, "
                         "or share something")  # fmt: skip
