"""Communities that are no work of chance: such as no network rewired at random has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..arrays import Ties
from .communities import communities, modularity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..arrays import Integers
    from .communities import Groups

    Pairs = NDArray[np.int64]

LEAST = 0.02
"""So much higher modularity must be than in any rewired network: chance gives less, and so do
differences of a large network that nobody would see."""

_MANY = 5000
"""Of networks with more pairs than these fewer are rewired."""
_SWAPS = 20
"""So often each pair is offered another end."""


class Division(NamedTuple):
    """A division of a network, and what the same search finds where nothing is to be found.

    Attributes:
        groups: the communities, the largest first.
        modularity: of this division; ``nan`` without ties.
        rewired: modularity of the communities of each rewired network that was looked at.
    """

    groups: Groups
    modularity: float
    rewired: tuple[float, ...]

    @property
    def real(self) -> bool:
        """Whether it beats every rewired network, by ``LEAST`` at the least."""
        return bool(self.rewired) and self.modularity >= max(self.rewired) + LEAST


def division(ties: Ties, *, seed: int = 0) -> Division:
    """Return the communities of a network, with those of networks rewired at random beside it.

    Any network has a division of high modularity (Guimera, Sales-Pardo and Amaral 2004,
    "Modularity from fluctuations in random graphs and complex networks"). So it counts only if it
    beats all of 39 networks in which each node has as many ties as here and all else is chance;
    19 of a network with more than 5,000 pairs. The first that it does not beat is the last that is
    looked at.

    Args:
        ties: the network; neither directions nor signs nor weights count, nor loops.
        seed: from 0; the same gives the same.
    """
    simple = ties.simple(directed=False)
    pairs = np.stack([simple.source, simple.target], axis=1)
    found = _communities(simple.nodes, pairs, seed)
    if len(pairs) < 2:
        return Division(*found, ())
    chance = np.random.default_rng(seed)
    result = Division(*found, ())
    for _ in range(19 if len(pairs) > _MANY else 39):
        other = _communities(simple.nodes, rewired(pairs, simple.n, chance), seed)[1]
        result = result._replace(rewired=(*result.rewired, other))
        if not result.real:
            break
    return result


def _communities(nodes: tuple[str, ...], pairs: Pairs, seed: int) -> tuple[Groups, float]:
    """Return communities of a network of pairs that count alike, and their modularity."""
    source, target = np.ascontiguousarray(pairs.T)
    ones = np.ones(len(pairs))
    ties = Ties(nodes, source, target, ones.astype(np.int8), ones, directed=False)
    groups = communities(ties, seed=seed)
    return groups, modularity(ties, groups)


def rewired(pairs: Pairs, count: int, chance: np.random.Generator) -> Pairs:
    """Return a network in which each node has as many ties as before, at random otherwise.

    Two pairs swap ends unless that made a loop or a pair that is there already (Maslov and Sneppen
    2002, "Specificity and stability in topology of protein networks"); half of all do so at once.

    Args:
        pairs: the ends of each tie, by number of node, no two alike; shape (ties, 2).
        count: of the nodes.
        chance: where chance comes from.
    """
    made = pairs.copy()
    for _ in range(_SWAPS):
        order = chance.permutation(len(made))
        one, other = order[: len(made) // 2], order[len(made) // 2 :][: len(made) // 2]
        turned = chance.random(len(other)) < 0.5
        ends = np.where(turned[:, None], made[other][:, ::-1], made[other])
        first = np.stack([made[one, 0], ends[:, 1]], axis=1)
        second = np.stack([ends[:, 0], made[one, 1]], axis=1)
        keys = np.stack([_keys(first, count), _keys(second, count)])
        names, times = np.unique(
            np.concatenate([_keys(made, count), keys.ravel()]), return_counts=True
        )
        new = times[np.searchsorted(names, keys)] == 1
        fits = new.all(axis=0) & (first[:, 0] != first[:, 1]) & (second[:, 0] != second[:, 1])
        made[one[fits]], made[other[fits]] = first[fits], second[fits]
    return made


def _keys(pairs: Pairs, count: int) -> Integers:
    """Return one number for each pair, whichever end comes first."""
    found: Integers = pairs.min(axis=1) * count + pairs.max(axis=1)
    return found
