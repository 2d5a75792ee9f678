"""The frustration of one block as an integer programme, solved by HiGHS, and simple bounds."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from ..arrays import Integers, Mask, Ties

_CLOSE = 1e-4
_MOST_TRIANGLES = 50_000
_OPTIMAL = 0


@dataclass(frozen=True)
class SolverLimits:
    """How long may be solved.

    Attributes:
        until: the time of ``time.monotonic`` at which solving ends.
        nodes: nodes of the search of one block; 0 if nothing is to be solved.
    """

    until: float
    nodes: int


class Solved(NamedTuple):
    """What solving has found.

    Attributes:
        lower: the frustration index of the block is at least this.
        against: the pairs against the best division found, shape (m,); ``None`` if none was found.
        stopped: ``time`` or ``nodes`` if the search was cut, else empty.
    """

    lower: int
    against: Mask | None
    stopped: str


def least(block: Ties, limits: SolverLimits, held: tuple[int, bool] | None = None) -> Solved:
    """Return the least number of pairs against two camps.

    Minimise the sum of f over the pairs, where x of a node is its camp, 0 or 1, and f of a pair is
    1 if the pair is against the camps: f >= |x_i - x_j| for a positive pair, f >= |x_i + x_j - 1|
    for a negative one. Three pairs whose signs have a negative product have at least one f = 1.
    The node with the most pairs is in camp 1.

    Args:
        block: pairs with a sign, each once, source before target, without loops.
        limits: of the search.
        held: a pair by its index and whether it is to be against the camps.

    References:
        Aref, Mason and Wilson (2020) A modeling and computational study of the frustration index
        in signed networks. Huangfu and Hall (2018) Parallelizing the dual revised simplex method.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    left = limits.until - time.monotonic()
    if not limits.nodes or left <= 0:
        return Solved(0, None, "time")
    n, m = block.n, block.m
    matrix, floor = _conditions(block)
    low, high = np.zeros(n + m), np.ones(n + m)
    ends = np.concatenate((block.source, block.target))
    low[np.bincount(ends, minlength=n).argmax()] = 1
    if held is not None:
        matrix, floor = _held(block, matrix, floor, *held)
    solved: Any = milp(
        np.concatenate((np.zeros(n), np.ones(m))),
        constraints=LinearConstraint(matrix, floor, np.inf),
        bounds=Bounds(low, high),
        integrality=np.concatenate((np.ones(n), np.zeros(m))),
        options={"time_limit": left, "node_limit": limits.nodes, "mip_rel_gap": 0.0},
    )
    if solved.status == _OPTIMAL:
        lower = round(solved.fun)
    else:
        bound = solved.mip_dual_bound
        lower = max(0, int(np.ceil(bound - _CLOSE))) if bound is not None else 0
    against = None
    if solved.x is not None:
        side = np.where(solved.x[:n] > 1 / 2, 1, -1)
        against = block.sign * side[block.source] * side[block.target] < 0
    late = time.monotonic() >= limits.until
    stopped = "" if solved.status == _OPTIMAL else "time" if late else "nodes"
    return Solved(lower, against, stopped)


def packed(block: Ties) -> int:
    """Return how many unbalanced triads that share no pair are found: a lower bound.

    Each of them has a pair against the camps, whatever these are. They are taken greedily.
    """
    used = np.zeros(block.m, dtype=bool)
    count = 0
    for triangle in _triangles(block).tolist():
        if not used[triangle].any():
            used[triangle] = True
            count += 1
    return count


def _conditions(block: Ties) -> tuple[Any, Any]:
    """Return the matrix of conditions and what each row must reach, at least."""
    from scipy.sparse import coo_matrix, vstack

    n, m = block.n, block.m
    pair = np.arange(m)
    rows = np.concatenate((pair, pair, pair))
    columns = np.concatenate((n + pair, block.source, block.target))
    parts, floors = [], []
    # Positive: f - x_i + x_j >= 0 and f + x_i - x_j >= 0.
    # Negative: f - x_i - x_j >= -1 and f + x_i + x_j >= 1.
    for turn in (1, -1):
        values = np.concatenate((np.ones(m), np.full(m, -turn), turn * block.sign))
        parts.append(coo_matrix((values, (rows, columns)), (m, n + m)))
        floors.append(np.where(block.sign > 0, 0, -turn))
    found = _triangles(block)
    where = np.repeat(np.arange(len(found)), 3), n + found.ravel()
    parts.append(coo_matrix((np.ones(3 * len(found)), where), (len(found), n + m)))
    floors.append(np.ones(len(found)))
    return vstack(parts).tocsr(), np.concatenate(floors)


def _held(block: Ties, matrix: Any, floor: Any, pair: int, against: bool) -> tuple[Any, Any]:  # noqa: ANN401
    """Return the conditions with one more: that a pair is, or is not, against the camps."""
    from scipy.sparse import coo_matrix, vstack

    n, m = block.n, block.m
    one, two = int(block.source[pair]), int(block.target[pair])
    same = (int(block.sign[pair]) > 0) != against
    # x_i = x_j, or x_i + x_j = 1, each as two conditions.
    values = [1, -1, -1, 1] if same else [1, 1, -1, -1]
    more = coo_matrix((values, ([0, 0, 1, 1], [one, two, one, two])), (2, n + m))
    return vstack((matrix, more)).tocsr(), np.append(floor, [0, 0] if same else [1, -1])


def _triangles(block: Ties) -> Integers:
    """Return the unbalanced triads as indices of their pairs, shape (t, 3); at most so many."""
    index = {
        ends: place
        for place, ends in enumerate(zip(block.source.tolist(), block.target.tolist(), strict=True))
    }
    later: dict[int, set[int]] = {}
    for one, two in index:
        later.setdefault(one, set()).add(two)
    sign = block.sign.tolist()
    found: list[tuple[int, int, int]] = []
    for (one, two), place in index.items():
        for three in sorted(later[one] & later.get(two, set())):
            pairs = (place, index[(one, three)], index[(two, three)])
            if sign[pairs[0]] * sign[pairs[1]] * sign[pairs[2]] < 0:
                found.append(pairs)
        if len(found) >= _MOST_TRIANGLES:
            break
    return np.array(found, dtype=np.int64).reshape(-1, 3)
