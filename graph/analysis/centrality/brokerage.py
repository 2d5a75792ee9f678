"""Brokerage: who stands between two who have no tie of their own, and in which role.

Somebody who reaches another through a broker only, as in i -> broker -> k without i -> k, gives the
broker one of five roles, by the camps of the three (Gould and Fernandez 1989, Structures of
mediation: a formal approach to brokerage in transaction networks).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..arrays import Floats, Integers, Sign, Ties

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
"""All three in one camp; the ends in one, the broker not; the broker with the receiver, the sender
not; the broker with the sender, the receiver not; all in different camps."""

_AT_ONCE = 2_000_000
_MOST_KEPT = 5_000_000


@dataclass(frozen=True, eq=False)
class Brokerage:
    """How often each node has each role.

    Attributes:
        nodes: ids of the nodes that have a camp, sorted.
        counts: number of pairs that each node stands between, by role, shape (n, 5) in the order
            of ``ROLES``.
        left_out: ids of the nodes without a camp, sorted; they are neither brokers nor ends.
        expected: mean of the counts when the camps are dealt out at random, shape (n, 5); ``None``
            without permutations.
        deviation: standard deviation of these, shape (n, 5).
        permutations: how many times the camps were dealt out.
        seed: of these.
    """

    nodes: tuple[str, ...]
    counts: Integers
    left_out: tuple[str, ...]
    expected: Floats | None
    deviation: Floats | None
    permutations: int
    seed: int

    @property
    def total(self) -> Integers:
        """Number of pairs that each node stands between, shape (n,)."""
        found: Integers = self.counts.sum(axis=1)
        return found

    @property
    def z(self) -> Floats | None:
        """By how many standard deviations the counts exceed what is expected, shape (n, 5).

        ``nan`` where the count is the same however the camps are dealt out.
        """
        if self.expected is None or self.deviation is None:
            return None
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Floats = (self.counts - self.expected) / self.deviation
        found[self.deviation == 0] = np.nan
        return found


def brokerage(
    ties: Ties,
    camps: Mapping[str, str],
    *,
    sign: Sign = "not-negative",
    permutations: int = 0,
    seed: int = 1,
) -> Brokerage:
    """Return how often each node brokers between two others, by role.

    Loops and parallel ties do not count. In an undirected network each tie goes both ways: each
    pair of ends then counts twice, and gatekeepers and representatives are the same.

    Args:
        ties: any network.
        camps: the camp of each node by its id; nodes without one are left out, with their ties.
        sign: which ties pass something on; the others neither make nor close a way.
        permutations: how many times the camps are dealt out at random among the nodes that have
            one; ties and sizes of camps stay. This says what roles are to be expected of somebody
            with these ties if camps did not matter; it is not the approximation of the source.
        seed: of the permutations.

    Raises:
        UsageError: the number of permutations is negative, or there are too many pairs for them.
    """
    if permutations < 0:
        raise UsageError("the number of permutations must not be negative")
    nodes = tuple(node for node in ties.nodes if node in camps)
    names = sorted({camps[node] for node in nodes})
    number = {camp: place for place, camp in enumerate(names)}
    camp = np.array([number[camps[node]] for node in nodes], dtype=np.int64)
    counts = np.zeros((len(nodes), len(ROLES)), dtype=np.int64)
    kept, size = [np.zeros((3, 0), dtype=np.int64)], 0
    for ways in _open_ways(len(nodes), *_inner(ties, camps, sign)):
        counts += _by_role(ways, camp)
        size += ways.shape[1]
        if permutations and size > _MOST_KEPT:
            raise UsageError(f"more than {_MOST_KEPT} pairs are too many for permutations")
        if permutations:
            kept.append(ways)
    expected = deviation = None
    if permutations:
        expected, deviation = _dealt(np.concatenate(kept, axis=1), camp, permutations, seed)
    left_out = tuple(node for node in ties.nodes if node not in camps)
    return Brokerage(nodes, counts, left_out, expected, deviation, permutations, seed)


def _open_ways(n: int, source: Integers, target: Integers) -> Iterator[Integers]:
    """Yield the ways of two steps whose ends have no tie of their own.

    Args:
        n: number of nodes.
        source: where each tie begins, shape (m,), sorted with ``target``; each tie once, no loops.
        target: where it ends.

    Yields:
        Arrays of shape (3, ways): sender, broker and receiver.
    """
    codes = source * max(n, 1) + target
    start = np.searchsorted(source, np.arange(n + 1))
    out = np.diff(start)
    fan = out[target]
    ends = np.cumsum(fan)
    begin = 0
    while begin < len(source):
        done = int(ends[begin - 1]) if begin else 0
        stop = max(begin + 1, int(np.searchsorted(ends, done + _AT_ONCE, side="right")))
        first = np.repeat(np.arange(begin, stop), fan[begin:stop])
        offset = np.arange(len(first)) - np.repeat(ends[begin:stop] - fan[begin:stop] - done,
                                                   fan[begin:stop])  # fmt: skip
        sender, broker = source[first], target[first]
        receiver = target[start[broker] + offset]
        wanted = sender * max(n, 1) + receiver
        place = np.minimum(np.searchsorted(codes, wanted), max(len(codes) - 1, 0))
        is_open = (codes[place] != wanted) & (sender != receiver)
        yield np.stack((sender[is_open], broker[is_open], receiver[is_open]))
        begin = stop


def _dealt(ways: Integers, camp: Integers, permutations: int, seed: int) -> tuple[Floats, Floats]:
    """Return mean and standard deviation of the counts when camps are dealt out, shape (n, 5)."""
    chance = np.random.default_rng(seed)
    sums = np.zeros((len(camp), len(ROLES)))
    squares = np.zeros((len(camp), len(ROLES)))
    for _ in range(permutations):
        drawn = _by_role(ways, chance.permutation(camp)).astype(np.float64)
        sums += drawn
        squares += drawn**2
    expected = sums / permutations
    deviation = np.sqrt(np.maximum(squares / permutations - expected**2, 0))
    deviation[deviation < 1e-9 * (1 + expected)] = 0
    return expected, deviation


def _inner(ties: Ties, camps: Mapping[str, str], sign: Sign) -> tuple[Integers, Integers]:
    """Return the ties between nodes with a camp, by the numbers of these, each once, sorted."""
    simple = ties.of_sign(sign).simple(directed=ties.directed)
    inside = np.array([node in camps for node in ties.nodes], dtype=bool)
    place = np.cumsum(inside) - 1
    both = inside[simple.source] & inside[simple.target]
    source, target = place[simple.source[both]], place[simple.target[both]]
    if not ties.directed:
        source, target = np.concatenate((source, target)), np.concatenate((target, source))
    order = np.lexsort((target, source))
    return source[order].astype(np.int64), target[order].astype(np.int64)


def _by_role(ways: Integers, camp: Integers) -> Integers:
    """Return how many of some ways give each node each role, shape (n, 5)."""
    sender, broker, receiver = camp[ways]
    role = np.select(
        [
            (sender == broker) & (broker == receiver),
            sender == receiver,
            broker == receiver,
            sender == broker,
        ],
        [0, 1, 2, 3],
        default=4,
    )
    places = ways[1] * len(ROLES) + role
    found = np.bincount(places, minlength=len(camp) * len(ROLES))
    return found.reshape(len(camp), len(ROLES)).astype(np.int64)
