"""The space of what is disputed: every way in which the disputed ties may be true or false.

Each disputed statement may be true or false. Rival answers exclude each other, by what the rules
derive (``hud:excludes``): at most one of two is true. All else is independent. A share of the
worlds is a share of the combinations; it is no probability that anything is true.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from ...errors import UsageError
from ...model import Status
from ...model.terms import HUD
from ...network.projection import network
from ..arrays import Ties, from_network
from .rivals import Rivals

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from typing import Unpack

    import networkx as nx

    from ...network.filters import Narrowing
    from ...read.select import Graph
    from ..arrays import Mask

DISPUTED = ("contested", "alleged", "open")
"""The statuses of statements that may be true or false."""

EXACT_UP_TO = 16384
"""Up to so many worlds are all looked at; of more, some are drawn."""

_LARGE = 2**62
"""Numbers from here on are more than NumPy draws."""


@dataclass(frozen=True)
class Space:
    """A network whose ties are partly disputed.

    Attributes:
        network: all its ties, accepted and disputed.
        ties: the same as arrays.
        accepted: true for the ties that are in every world, shape (m,).
        disputed: the indices of all other ties, by the ids of their statements, sorted; those of
            one statement are true together.
        rivals: which of these statements exclude each other.
    """

    network: nx.MultiDiGraph[str]
    ties: Ties
    accepted: Mask
    disputed: Mapping[str, tuple[int, ...]]
    rivals: Rivals

    @cached_property
    def choices(self) -> tuple[tuple[str, ...], ...]:
        """What is open: the disputed statements, together where rivals join them."""
        return tuple(self.rivals.groups(self.disputed))

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """In how many ways statements of each choice are true, that none is being one of them."""
        return tuple(map(self.rivals.count, self.choices))

    @property
    def worlds(self) -> int:
        """How many worlds there are."""
        return prod(self.sizes)

    def masks(self, draws: int, seed: int) -> Iterator[Mask]:
        """Yield the ties of each world: all worlds if there are few, else some drawn at random.

        Args:
            draws: how many are drawn where not all are looked at; each with the same chance.
            seed: seed of the draws.
        """
        if self.worlds <= EXACT_UP_TO:
            yield from map(self.mask, product(*map(range, self.sizes)))
            return
        chance = np.random.default_rng(seed)
        small = np.array([size if size < _LARGE else 1 for size in self.sizes])
        for _ in range(draws):
            numbers: list[int] = chance.integers(0, small).tolist()
            for at, size in enumerate(self.sizes):
                if size >= _LARGE:
                    drawn = chance.bytes(size.bit_length() // 8 + 9)
                    numbers[at] = int.from_bytes(drawn, "little") % size
            yield self.mask(numbers)

    def mask(self, chosen: Iterable[int]) -> Mask:
        """Return the ties of one world.

        Args:
            chosen: for each choice 0 if nothing of it is true, else the number of what is; see
                ``Rivals.chosen``.
        """
        parts = zip(self.choices, chosen, strict=True)
        sets = (self.rivals.chosen(names, number) for names, number in parts if number)
        return self.with_true(chain.from_iterable(sets))

    def with_true(self, statements: Iterable[str]) -> Mask:
        """Return the accepted ties and those of some disputed statements.

        Args:
            statements: the ids of those that are true.
        """
        found = self.accepted.copy()
        found[[index for name in statements for index in self.disputed[name]]] = True
        return found

    def narrowed(self, matters: Mask) -> Space:
        """Return the space without statements of which no tie matters.

        Args:
            matters: true for the ties that can change a result, shape (m,).
        """
        kept = {name: at for name, at in self.disputed.items() if matters[list(at)].any()}
        return Space(self.network, self.ties, self.accepted, kept, self.rivals)


def space(
    graph: Graph,
    projection: str = "actors",
    *,
    disputed: Collection[str] = DISPUTED,
    **narrowing: Unpack[Narrowing],
) -> Space:
    """Return the space of what is disputed in a projection.

    Args:
        graph: the judged graph and its case.
        projection: name of the projection.
        disputed: statuses whose statements may be true or false: ``contested``, ``alleged``,
            ``open``; and ``judgement``, which is else neither true nor disputed.
        narrowing: as for ``graph.network.projection.network``, without ``voice`` and ``status``.

    Raises:
        UsageError: a name is unknown, or a voice or status is given.
    """
    if narrowing.get("voice") or narrowing.get("status"):
        raise UsageError("the space of what is disputed has its own statuses, and no voice")
    for name in disputed:
        if name not in (*DISPUTED, Status.JUDGEMENT):
            listed = ", ".join(DISPUTED)
            raise UsageError(f'"{name}" is not disputed; what is disputed is {listed}')
    narrowing["status"] = ("accepted", *disputed)
    whole = network(graph, projection, **narrowing)
    return of_network(whole, graph.pairs(HUD + "excludes"))


def of_network(whole: nx.MultiDiGraph[str], rivals: Iterable[tuple[str, str]] = ()) -> Space:
    """Return the space of a network whose edges have a ``status``.

    Args:
        whole: edges that are ``accepted`` are in every world, all others are disputed.
        rivals: pairs of ids of statements that cannot both be true.
    """
    ties = from_network(whole)
    rows = {key: data for *_, key, data in whole.edges(keys=True, data=True)}
    accepted = np.array([rows[key]["status"] == "accepted" for key in ties.keys], dtype=bool)
    disputed: dict[str, list[int]] = {}
    for index, key in enumerate(ties.keys):
        if not accepted[index]:
            disputed.setdefault(str(rows[key].get("statement", key)), []).append(index)
    statements = {name: tuple(indices) for name, indices in sorted(disputed.items())}
    return Space(whole, ties, accepted, statements, Rivals(rivals))
