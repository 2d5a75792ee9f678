"""Frustration: how many pairs no division into two camps explains, and which they are.

The frustration index, or line index of balance, is the least number of signed pairs whose removal
leaves a balanced network (Harary 1959, On the measurement of structural balance; Aref and Wilson
2019, Balance and frustration in signed networks). It is hard to compute; where the exact number is
not found within the limits, it lies between the two bounds that are always given.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...errors import UsageError
from ..arrays import Ties
from .balance import components, sides, signed_pairs
from .frustration_milp import SolverLimits, least, packed

if TYPE_CHECKING:
    from ..arrays import Integers, Mask, Signs
    from .balance import Pairs

MOST_PAIRS = 3000
"""Blocks with more pairs than this are bounded, not solved."""
MOST_TESTS = 400
"""Whether a division is the only best one is looked at in networks with so many doubtful pairs."""


@dataclass(frozen=True)
class Frustrated:
    """A pair of nodes that is against the camps: friends in two camps, or enemies in one.

    Attributes:
        first: id of one node.
        second: id of the other.
        sign: of the pair.
        keys: ids of the ties between them that have this sign.
        always: whether it is against the camps in every best division; ``None`` where that was not
            found out.
    """

    first: str
    second: str
    sign: int
    keys: tuple[str, ...]
    always: bool | None


@dataclass(frozen=True, eq=False)
class Frustration:
    """How far a signed network is from balance.

    Attributes:
        pairs: the pairs that it was computed from.
        lower: the frustration index is at least this.
        upper: it is at most this: so many pairs are against ``side``.
        component: number of the component of signed pairs of each node, shape (n,).
        side: the camp of each node within its component, +1 or -1, shape (n,); 0 for nodes without
            a signed tie. The camps of different components say nothing of each other.
        frustrated: the pairs that are against these camps, by their ends.
        elsewhere: pairs that are with these camps but against those of another division that is as
            good; ``None`` where that was not found out. If it is empty, the division is the only
            best one.
        stopped: why the number is not exact: ``time``, ``nodes`` of the search or ``size``, several
            with commas; empty if it is exact. What ``time`` has cut may differ on another day.
        draws: how many random divisions were improved by flips at most.
        seed: of these.
    """

    pairs: Pairs
    lower: int
    upper: int
    component: Integers
    side: Signs
    frustrated: tuple[Frustrated, ...]
    elsewhere: tuple[Frustrated, ...] | None
    stopped: str
    draws: int
    seed: int

    @property
    def exact(self) -> bool:
        """Whether the frustration index is known: both bounds are the same."""
        return self.lower == self.upper

    @property
    def share_explained(self) -> tuple[float, float]:
        """Bounds of 1 - 2 L / m for index L and m pairs; ``nan`` without pairs.

        It is 1 for a balanced network; half of the pairs can be satisfied in every network, so it
        is never below 0 (Aref and Wilson 2018, Measuring partial balance in signed networks).
        """
        m = self.pairs.ties.m
        if not m:
            return (float("nan"), float("nan"))
        return (1 - 2 * self.upper / m, 1 - 2 * self.lower / m)


def frustration(
    ties: Ties,
    *,
    seconds: float = 20.0,
    search_nodes: int = 20_000,
    draws: int = 20,
    seed: int = 1,
) -> Frustration:
    """Return the frustration index of a network, exactly or within bounds, and its camps.

    The pairs are divided into blocks, which share no circle; what the index is in each is added.
    In each block random divisions are improved by flips of single nodes, which gives an upper
    bound; HiGHS then solves the integer programme of ``exact``, which gives both.

    Args:
        ties: any network; its directions do not count. See ``balance`` for the signs of pairs.
        seconds: time for all exact solving, from 0; with 0 there are bounds only.
        search_nodes: nodes of the search in one block; a limit that cuts alike on every machine.
        draws: random divisions to start from, at least 1; fewer are taken in very large blocks.
        seed: of these.

    Raises:
        UsageError: a limit is out of range.
    """
    if seconds < 0 or search_nodes < 1 or draws < 1:
        raise UsageError("frustration needs at least one draw and one node, and no negative time")
    pairs = signed_pairs(ties)
    signed = pairs.ties
    limits = SolverLimits(time.monotonic() + seconds, search_nodes if seconds else 0)
    against, stopped, doubtful = _by_block(signed, limits, draws, seed)
    lower = sum(low for *_, low in doubtful)
    side = _sides_without(signed, against)
    against = _against(signed, side)
    always, elsewhere = _tested(signed, doubtful, against, limits, exact=not stopped)
    component = _component(signed)
    return Frustration(
        pairs=pairs,
        lower=lower,
        upper=int(against.sum()),
        component=component,
        side=side,
        frustrated=_named(ties, signed, against, always),
        elsewhere=None if elsewhere is None else _named(ties, signed, elsewhere, None),
        stopped=", ".join(sorted(stopped)) if lower < against.sum() else "",
        draws=draws,
        seed=seed,
    )


def blocks(signed: Ties) -> list[Integers]:
    """Return the pairs of each block (biconnected component), as indices; the smallest first."""
    import rustworkx as rx

    graph: rx.PyGraph[None, int] = rx.PyGraph()
    graph.add_nodes_from([None] * signed.n)
    ends = zip(signed.source.tolist(), signed.target.tolist(), range(signed.m), strict=True)
    graph.add_edges_from(list(ends))
    index = {
        (one, two): place
        for place, (one, two) in enumerate(
            zip(signed.source.tolist(), signed.target.tolist(), strict=True)
        )
    }
    members: dict[int, list[int]] = {}
    for (one, two), number in rx.biconnected_components(graph).items():
        members.setdefault(number, []).append(index[(min(one, two), max(one, two))])
    found = sorted((sorted(places) for places in members.values()), key=lambda x: (len(x), x))
    return [np.array(places, dtype=np.int64) for places in found]


def _by_block(
    signed: Ties, limits: SolverLimits, draws: int, seed: int
) -> tuple[Mask, set[str], list[tuple[Integers, Ties, int]]]:
    """Return the pairs against the camps, why they may be too many, and the unbalanced blocks.

    Each block comes with its pairs, as indices and as a network of its own, and its lower bound.
    """
    against = np.zeros(signed.m, dtype=bool)
    stopped: set[str] = set()
    doubtful = []
    for block in blocks(signed):
        if len(block) == 1:
            continue
        inner = _part(signed, block)
        if sides(inner)[0] is None:
            low, against[block], why = _block(inner, limits, draws, seed)
            doubtful.append((block, inner, low))
            stopped |= {why} - {""}
    return against, stopped, doubtful


def _block(inner: Ties, limits: SolverLimits, draws: int, seed: int) -> tuple[int, Mask, str]:
    """Return the lower bound of a block, the pairs against its best division, why not exact."""
    side = _flipped(inner, draws, seed)
    against = _against(inner, side)
    low = max(1, packed(inner))
    if low == against.sum():
        return low, against, ""
    if inner.m > MOST_PAIRS:
        return low, against, "size"
    solved = least(inner, limits)
    low = max(low, solved.lower)
    if solved.against is not None and solved.against.sum() < against.sum():
        against = solved.against
    return low, against, "" if low == against.sum() else solved.stopped


def _flipped(inner: Ties, draws: int, seed: int) -> Signs:
    """Return the best of some random divisions, each improved by flips of single nodes."""
    from scipy.sparse import csr_matrix

    n, chance = inner.n, np.random.default_rng(seed)
    sign = np.concatenate((inner.sign, inner.sign)).astype(np.int64)
    ends = (
        np.concatenate((inner.source, inner.target)),
        np.concatenate((inner.target, inner.source)),
    )
    matrix = csr_matrix((sign, ends), shape=(n, n))
    starts, others, values = matrix.indptr, matrix.indices, matrix.data
    best, fewest = np.ones(n, dtype=np.int64), inner.m + 1
    for _ in range(max(1, min(draws, 4_000_000 // (inner.m + n)))):
        side = chance.choice(np.array([-1, 1]), n)
        gain = side * (matrix @ side)
        while gain.min() < 0:
            node = int(gain.argmin())
            side[node] = -side[node]
            gain[node] = -gain[node]
            near = slice(starts[node], starts[node + 1])
            gain[others[near]] += 2 * side[others[near]] * side[node] * values[near]
        count = int((inner.sign * side[inner.source] * side[inner.target] < 0).sum())
        if count < fewest:
            best, fewest = side, count
    return best.astype(np.int8)


def _tested(
    signed: Ties,
    doubtful: list[tuple[Integers, Ties, int]],
    against: Mask,
    limits: SolverLimits,
    *,
    exact: bool,
) -> tuple[Mask | None, Mask | None]:
    """Return which pairs are against every best division, and which against another one only.

    Each pair of an unbalanced block is held to the opposite of what it is; if the best division
    then is worse, the pair is what it is in every best division.
    """
    if not exact or not limits.nodes or sum(len(block) for block, *_ in doubtful) > MOST_TESTS:
        return None, None
    fixed = np.ones(signed.m, dtype=bool)
    for block, inner, low in doubtful:
        for place, pair in enumerate(block.tolist()):
            held = least(inner, limits, held=(place, not against[pair]))
            if held.stopped and held.lower <= low:
                return None, None
            fixed[pair] = held.lower > low
    return against & fixed, ~against & ~fixed


def _sides_without(signed: Ties, against: Mask) -> Signs:
    """Return the camps that satisfy all pairs but some, the larger camp of a component as +1."""
    component, side = sides(signed.only(~against))
    if component is None:
        raise AssertionError("the pairs that are left must be balanced")
    touched = np.zeros(signed.n, dtype=bool)
    touched[signed.source] = touched[signed.target] = True
    whole = _component(signed)
    balance = np.bincount(whole, side, minlength=signed.n)
    _, first = np.unique(whole, return_index=True)
    turn = np.where(balance[: len(first)] != 0, np.sign(balance[: len(first)]), side[first])
    return np.where(touched, side * turn[whole], 0).astype(np.int8)


def _component(signed: Ties) -> Integers:
    """Return the number of each node's component of signed pairs, by their first nodes."""
    return components(signed.n, signed.source, signed.target, np.ones(signed.m, dtype=bool))


def _against(signed: Ties, side: Signs) -> Mask:
    found: Mask = signed.sign * side[signed.source] * side[signed.target] < 0
    return found


def _part(signed: Ties, block: Integers) -> Ties:
    """Return some of the pairs as a network, without the nodes that have none of them."""
    ends = np.concatenate((signed.source[block], signed.target[block]))
    used, places = np.unique(ends, return_inverse=True)
    return Ties(
        tuple(signed.nodes[place] for place in used.tolist()),
        places[: len(block)].astype(np.int64),
        places[len(block) :].astype(np.int64),
        signed.sign[block],
        signed.weight[block],
        directed=False,
    )


def _named(ties: Ties, signed: Ties, chosen: Mask, always: Mask | None) -> tuple[Frustrated, ...]:
    """Return pairs by their ends, with the ties that give them their sign."""
    keys: dict[tuple[int, int, int], list[str]] = {}
    wanted = set(zip(signed.source[chosen].tolist(), signed.target[chosen].tolist(), strict=True))
    rows = zip(
        ties.source.tolist(), ties.target.tolist(), ties.sign.tolist(), ties.keys, strict=False
    )
    for one, two, sign, key in rows:
        ends = (min(one, two), max(one, two))
        if ends in wanted:
            keys.setdefault((*ends, sign), []).append(key)
    found = []
    for place in np.flatnonzero(chosen).tolist():
        one, two = int(signed.source[place]), int(signed.target[place])
        sign = int(signed.sign[place])
        ids = tuple(sorted(keys.get((one, two, sign), ())))
        sure = None if always is None else bool(always[place])
        found.append(Frustrated(signed.nodes[one], signed.nodes[two], sign, ids, sure))
    return tuple(found)
