"""The space of what is disputed: every way in which the disputed ties may be true or false.

Each disputed statement may be true or false. Statements that are rival answers to a question with
only one right answer exclude each other: at most one of them is true. All else is independent. A
share of the worlds is a share of the combinations; it is no probability that anything is true.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
import pyoxigraph as ox

from ...errors import UsageError
from ...model.terms import HUD, XSD, case_namespace, text
from ...network.projection import network
from ..arrays import Ties, from_network

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import Unpack

    import networkx as nx

    from ...network.filters import Narrowing
    from ...read.select import Graph
    from ..arrays import Mask

DISPUTED = ("contested", "alleged", "open")
"""The statuses of statements that may be true or false."""

EXACT_UP_TO = 16384
"""Up to so many worlds are all looked at; of more, some are drawn."""

_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True)
class Space:
    """A network whose ties are partly disputed.

    Attributes:
        network: all its ties, accepted and disputed.
        ties: the same as arrays.
        accepted: true for the ties that are in every world, shape (m,).
        choices: what is open: groups of alternatives, each the indices of ties that are true
            together; at most one alternative of a group is true.
    """

    network: nx.MultiDiGraph[str]
    ties: Ties
    accepted: Mask
    choices: tuple[tuple[tuple[int, ...], ...], ...]

    @property
    def worlds(self) -> int:
        """How many worlds there are."""
        return prod(len(alternatives) + 1 for alternatives in self.choices)

    def masks(self, draws: int, seed: int) -> Iterator[Mask]:
        """Yield the ties of each world: all worlds if there are few, else some drawn at random.

        Args:
            draws: how many are drawn where not all are looked at; each with the same chance.
            seed: seed of the draws.
        """
        if self.worlds <= EXACT_UP_TO:
            for chosen in product(*(range(len(one) + 1) for one in self.choices)):
                yield self.mask(chosen)
            return
        chance = np.random.default_rng(seed)
        sizes = np.array([len(one) + 1 for one in self.choices])
        for _ in range(draws):
            yield self.mask(chance.integers(0, sizes).tolist())

    def mask(self, chosen: Collection[int]) -> Mask:
        """Return the ties of one world.

        Args:
            chosen: for each choice 0 if no alternative is true, else its number from 1.
        """
        found = self.accepted.copy()
        for alternatives, one in zip(self.choices, chosen, strict=True):
            if one:
                found[list(alternatives[one - 1])] = True
        return found

    def narrowed(self, matters: Mask) -> Space:
        """Return the space without choices in which no tie matters.

        Args:
            matters: true for the ties that can change a result, shape (m,).
        """
        kept = []
        for alternatives in self.choices:
            rest = tuple(one for one in alternatives if matters[list(one)].any())
            if rest:
                kept.append(rest)
        return Space(self.network, self.ties, self.accepted, tuple(kept))


def space(
    graph: Graph,
    recipe: str = "actors",
    *,
    disputed: Collection[str] = DISPUTED,
    **narrowing: Unpack[Narrowing],
) -> Space:
    """Return the space of what is disputed in a projection.

    Args:
        graph: the judged graph and its case.
        recipe: name of the projection.
        disputed: statuses whose statements may be true or false: ``contested``, ``alleged``,
            ``open``.
        narrowing: as for ``graph.network.projection.network``, without ``voice`` and ``status``.

    Raises:
        UsageError: a name is unknown, or a voice or status is given.
    """
    if narrowing.get("voice") or narrowing.get("status"):
        raise UsageError("the space of what is disputed has its own statuses, and no voice")
    for name in disputed:
        if name not in DISPUTED:
            listed = ", ".join(DISPUTED)
            raise UsageError(f'"{name}" is not disputed; what is disputed is {listed}')
    narrowing["status"] = ("accepted", *disputed)
    whole = network(graph, recipe, **narrowing)
    return of_network(whole, _rivals(graph))


def of_network(whole: nx.MultiDiGraph[str], rivals: dict[str, str] | None = None) -> Space:
    """Return the space of a network whose edges have a ``status``.

    Args:
        whole: edges that are ``accepted`` are in every world, all others are disputed.
        rivals: the exclusive question that a statement answers, by the statement's id.
    """
    ties = from_network(whole)
    rows = {key: data for *_, key, data in whole.edges(keys=True, data=True)}
    accepted = np.array([rows[key]["status"] == "accepted" for key in ties.keys], dtype=bool)
    statements: dict[str, list[int]] = {}
    for index, key in enumerate(ties.keys):
        if not accepted[index]:
            statements.setdefault(str(rows[key].get("statement", key)), []).append(index)
    groups: dict[str, list[tuple[int, ...]]] = {}
    for statement, indices in sorted(statements.items()):
        group = (rivals or {}).get(statement, statement)
        groups.setdefault(group, []).append(tuple(indices))
    return Space(whole, ties, accepted, tuple(map(tuple, groups.values())))


def _rivals(graph: Graph) -> dict[str, str]:
    """Return the exclusive question that each statement answers, by its id."""
    base = case_namespace(graph.case)
    yes = ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))
    found: dict[str, str] = {}
    exclusive = graph.store.quads_for_pattern(None, ox.NamedNode(HUD + "exclusive"), yes, _DEFAULT)
    for question in sorted((quad.subject for quad in exclusive), key=text):
        answers: Any = graph.store.quads_for_pattern(
            None, ox.NamedNode(HUD + "answers"), question, _DEFAULT
        )
        for quad in answers:
            found.setdefault(text(quad.subject).removeprefix(base), f"?{text(question)}")
    return found
