"""Signed balance: whether friends and enemies sort into camps, and which triads say otherwise.

A pair of nodes counts once, whatever the number and the direction of its ties. Its sign is that of
the sum of the signs of its ties, each times its weight. A pair whose ties outweigh each other is
left out and counted, and so are pairs that have neutral ties alone. How far a network is from
balance is computed in ``frustration``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from ..arrays import Integers, Mask, Signs, Ties

TRIADS = ("+++", "++-", "+--", "---")
"""The kinds of signed triads; the first and the third are balanced, all but the second weakly."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """The pairs of nodes that have a sign, and what was left out to get them.

    Attributes:
        ties: undirected, one tie for each pair with its sign, sorted by its ends; all nodes.
        mixed: how many of these pairs have ties of both signs; the sum of the signs decided.
        undecided: how many pairs have ties of both signs that outweigh each other: left out.
        neutral: how many pairs have neutral ties alone: left out.
        loops: how many signed ties lead from a node to itself: left out.
    """

    ties: Ties
    mixed: int
    undecided: int
    neutral: int
    loops: int

    @property
    def positive(self) -> int:
        """How many pairs are positive."""
        return int((self.ties.sign > 0).sum())

    @property
    def negative(self) -> int:
        """How many pairs are negative."""
        return int((self.ties.sign < 0).sum())


@dataclass(frozen=True, eq=False)
class Balance:
    """What a signed network has of balance.

    Attributes:
        pairs: the pairs that it was computed from.
        balanced: whether two camps explain all signs.
        weakly_balanced: whether any number of camps does.
        triads: how many triads there are of each kind of ``TRIADS``.
        camps: the two camps of each component, as nodes; empty unless the network is balanced.
            Nodes without a signed tie are in none. The camps of different components say nothing
            of each other.
        clusters: the components of the positive pairs, those of one node included if it has a
            negative pair; these are the camps if the network is weakly balanced.
        inside: keys of the negative ties within a cluster, which speak against weak balance.
    """

    pairs: Pairs
    balanced: bool
    weakly_balanced: bool
    triads: dict[str, int]
    camps: tuple[tuple[frozenset[str], frozenset[str]], ...]
    clusters: tuple[frozenset[str], ...]
    inside: tuple[str, ...]

    @property
    def balanced_share(self) -> float:
        """The share of the triads that are balanced, from 0 to 1; ``nan`` if there are none."""
        return self._share("+++", "+--")

    @property
    def weakly_balanced_share(self) -> float:
        """The share of the triads that are weakly balanced; ``nan`` if there are none."""
        return self._share("+++", "+--", "---")

    def _share(self, *kinds: str) -> float:
        count = sum(self.triads.values())
        return sum(self.triads[kind] for kind in kinds) / count if count else float("nan")


def balance(ties: Ties) -> Balance:
    """Return whether a signed network is balanced, and its triads.

    Balanced is a network whose nodes fall into two camps, with positive ties within and negative
    ones between them: every circle has an even number of negative ties. Weakly balanced is one
    whose nodes fall into any number of such camps: no circle has exactly one negative tie. A triad
    is three nodes with three signed pairs; it is balanced if the product of its signs is positive.

    Args:
        ties: any network; its directions do not count.

    References:
        Heider (1946) Attitudes and cognitive organization. Cartwright and Harary (1956) Structural
        balance: a generalization of Heider's theory. Davis (1967) Clustering and structural
        balance in graphs.
    """
    pairs = signed_pairs(ties)
    signed = pairs.ties
    component, side = sides(signed)
    balanced = component is not None
    clusters = components(signed.n, signed.source, signed.target, signed.sign > 0)
    broken = (signed.sign < 0) & (clusters[signed.source] == clusters[signed.target])
    inside = (ties.sign < 0) & (ties.source != ties.target)
    inside &= clusters[ties.source] == clusters[ties.target]
    touched = np.zeros(signed.n, dtype=bool)
    touched[signed.source] = touched[signed.target] = True
    return Balance(
        pairs=pairs,
        balanced=balanced,
        weakly_balanced=not broken.any(),
        triads=triads(signed),
        camps=_camps(signed, component, side, touched) if component is not None else (),
        clusters=_groups(signed.nodes, clusters, touched),
        inside=ties.only(inside).keys,
    )


def signed_pairs(ties: Ties) -> Pairs:
    """Return the pairs of nodes of a network that have a sign; see the module's beginning."""
    between = ties.source != ties.target
    simple = ties.simple(directed=False)
    first = np.minimum(ties.source, ties.target)
    codes = first * max(ties.n, 1) + np.maximum(ties.source, ties.target)
    of_pairs = simple.source * max(ties.n, 1) + simple.target
    plus = np.isin(of_pairs, codes[between & (ties.sign > 0)])
    minus = np.isin(of_pairs, codes[between & (ties.sign < 0)])
    signed = simple.sign != 0
    return Pairs(
        ties=simple.only(signed),
        mixed=int((plus & minus & signed).sum()),
        undecided=int((plus & minus & ~signed).sum()),
        neutral=int((~plus & ~minus).sum()),
        loops=int((~between & (ties.sign != 0)).sum()),
    )


def sides(signed: Ties) -> tuple[Integers | None, Signs]:
    """Return the two camps of a balanced network.

    Each node is taken twice, as itself and as its opposite; a positive pair joins like with like,
    a negative one each with the opposite of the other. The network is balanced if no node is in
    one component with its own opposite (the signed double cover; Zaslavsky 1982, Signed graphs).

    Args:
        signed: pairs with a sign.

    Returns:
        The number of the component of each node, or ``None`` if the network is not balanced; and
        its side, +1 or -1, shape (n,): the first node of a component is on side +1.
    """
    n, swaps = signed.n, signed.sign < 0
    source = np.concatenate((signed.source, signed.source + n))
    target = np.concatenate((signed.target + n * swaps, signed.target + n * ~swaps))
    found = components(2 * n, source, target, np.ones(len(source), dtype=bool))
    own, opposite = found[:n], found[n:]
    if (own == opposite).any():
        return None, np.zeros(n, dtype=np.int8)
    _, component = np.unique(np.minimum(own, opposite), return_inverse=True)
    _, first = np.unique(component, return_index=True)
    side = np.where(own == own[first][component], 1, -1) if n else np.zeros(0)
    return component.astype(np.int64), side.astype(np.int8)


def triads(signed: Ties) -> dict[str, int]:
    """Return how many triads of each kind there are.

    Each pair points from the node with fewer to the one with more pairs, so that a triad is found
    once, from the node with the fewest, and nodes with many pairs cost little (Chiba and Nishizeki
    1985, Arboricity and subgraph listing algorithms).

    Args:
        signed: pairs with a sign, each once and without loops.
    """
    from scipy.sparse import csr_matrix

    degree = np.bincount(np.concatenate((signed.source, signed.target)), minlength=signed.n)
    rank = np.empty(signed.n, dtype=np.int64)
    rank[np.lexsort((np.arange(signed.n), degree))] = np.arange(signed.n)
    start, end = rank[signed.source], rank[signed.target]
    low, high = np.minimum(start, end), np.maximum(start, end)

    def matrix(chosen: Mask) -> Any:  # noqa: ANN401 — SciPy has no types
        ones = np.ones(int(chosen.sum()), dtype=np.int64)
        return csr_matrix((ones, (low[chosen], high[chosen])), shape=(signed.n, signed.n))

    counts = dict.fromkeys(TRIADS, 0)
    by_sign = {"+": matrix(signed.sign > 0), "-": matrix(signed.sign < 0)}
    for one, first in by_sign.items():
        for two, second in by_sign.items():
            wedges = first.T @ second
            for three, closing in by_sign.items():
                kind = "".join(sorted((one, two, three)))
                counts[kind] += int(wedges.multiply(closing).sum())
    return counts


def components(n: int, source: Integers, target: Integers, chosen: Mask) -> Integers:
    """Return the number of the component of each node, by some of the ties.

    Args:
        n: how many nodes there are.
        source: index of the first node of each tie, shape (m,).
        target: index of the second, shape (m,).
        chosen: true for the ties that join, shape (m,); all if ``None``.
    """
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(int(chosen.sum()), dtype=np.int8)
    joined = csr_matrix((ones, (source[chosen], target[chosen])), shape=(n, n))
    found: Integers = connected_components(joined, directed=False)[1].astype(np.int64)
    return found


def _groups(nodes: tuple[str, ...], number: Integers, chosen: Mask) -> tuple[frozenset[str], ...]:
    """Return nodes grouped by a number, the largest group first, then by their first nodes."""
    members: dict[int, list[str]] = {}
    for place in np.flatnonzero(chosen).tolist():
        members.setdefault(int(number[place]), []).append(nodes[place])
    ordered = sorted(members.values(), key=lambda group: (-len(group), group[0]))
    return tuple(frozenset(group) for group in ordered)


def _camps(
    signed: Ties, component: Integers, side: Signs, touched: Mask
) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Return the two camps of each component, the largest component first."""
    index = {node: place for place, node in enumerate(signed.nodes)}
    found = []
    for group in _groups(signed.nodes, component, touched):
        one = frozenset(node for node in group if side[index[node]] > 0)
        found.append((one, group - one))
    return tuple(found)
