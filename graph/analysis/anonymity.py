"""How many actors fit all that is told of one whose name is withheld: k-anonymity of a build.

Actors whom no question that can be asked of the build tells apart are a group, and k is the size
of the smallest (L. Sweeney: k-anonymity: a model for protecting privacy. International Journal on
Uncertainty, Fuzziness and Knowledge-Based Systems 10(5), 2002, 557-570; for graphs, L. Zou, L. Chen
and M. T. Oezsu: k-automorphism: a general framework for privacy preserving network publication.
Proceedings of the VLDB Endowment 2(1), 2009, 946-957). Which sentences are cited does not count:
they tell to whoever has the text what the text tells. Neither do ids, of which each record has one
of its own: who is tied to somebody without a name is told apart by what is told of them both.

A group is never too large. It is an orbit of what is told (``graph.analysis.orbits``), or less than
one where looking for the rest takes too long.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError, suggestion
from ..model import Actor
from .orbits import orbits
from .told import TOLD_BY, ToldOfActors

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ..read.select import Graph

WITHHELD, UNNAMED = "withheld", "unnamed"
_PERSON = "Person"


class EquivalenceClass(NamedTuple):
    """Actors of one description.

    Attributes:
        withheld: the ids of those whose name is withheld, sorted.
        unnamed: likewise of those that no source names.
        apart: the fewest of ``TOLD_BY`` without which at least as many fit as are wanted; empty
            where enough do, or where no number of them would be enough.
    """

    withheld: tuple[str, ...]
    unnamed: tuple[str, ...]
    apart: tuple[str, ...]

    @property
    def k(self) -> int:
        """How many they are."""
        return len(self.withheld) + len(self.unnamed)

    @property
    def ids(self) -> str:
        """All of them in one text, those whose name is withheld first."""
        return ", ".join((*self.withheld, *self.unnamed))


def without_names(graph: Graph) -> list[Actor]:
    """Return the actors whose name is withheld, and the persons whom no source names.

    Args:
        graph: the judged graph that readers have.
    """
    return [
        thing
        for name in graph.ids("Actor")
        if isinstance(thing := graph.thing(name), Actor)
        and (
            thing.identity == WITHHELD
            or (thing.identity == UNNAMED and graph.narrowest(thing) == _PERSON)
        )
    ]


def alike(
    graph: Graph, wanted: int = 2, by: Sequence[str] = TOLD_BY, *, unnamed: bool = False
) -> list[EquivalenceClass]:
    """Return the groups of actors of one description, the smallest first.

    Args:
        graph: the judged graph that readers have.
        wanted: how many there should be in each.
        by: what they are told apart by, some of ``TOLD_BY``.
        unnamed: whether groups count, too, in which nobody's name is withheld.

    Raises:
        UsageError: actors are not told apart by something.
    """
    for name in by:
        if name not in TOLD_BY:
            known = ", ".join(TOLD_BY)
            raise UsageError(
                f'by: "{name}" tells no actors apart{suggestion(name, TOLD_BY)}; known are {known}'
            )
    actors = without_names(graph)
    told = ToldOfActors(graph, actors)
    groups = _groups(told, actors, by)
    few = [group for group in groups if len(group) < wanted]
    apart = _apart(told, actors, [group[0] for group in few], wanted, by)
    found = [
        EquivalenceClass(
            tuple(actors[at].id for at in group if actors[at].identity == WITHHELD),
            tuple(actors[at].id for at in group if actors[at].identity != WITHHELD),
            apart.get(group[0], ()),
        )
        for group in groups
    ]
    return sorted((one for one in found if one.withheld or unnamed), key=lambda one: (one.k, one))


def least(groups: Collection[EquivalenceClass]) -> int | None:
    """Return the k of a build: the size of the smallest group; ``None`` if there is none.

    Args:
        groups: as ``alike`` returns them.
    """
    return min((one.k for one in groups), default=None)


def too_few(graph: Graph, wanted: int | None = None) -> list[tuple[str, str]]:
    """Return the actors that are told apart in a smaller group than the case wants, with advice.

    Args:
        graph: the judged graph that readers have.
        wanted: how many there are to be in each group; as the case says if ``None``.

    Returns:
        Ids, each with what is wrong and what would be right.
    """
    wanted = (graph.about.k or 1) if wanted is None else wanted
    groups = alike(graph, wanted) if wanted > 1 else []
    few = (one for one in groups if one.k < wanted)
    return [(name, _advice(one, wanted)) for one in few for name in one.withheld]


def _advice(group: EquivalenceClass, wanted: int) -> str:
    fit = "nobody else fits" if group.k == 1 else f"{group.k - 1} more of {wanted - 1} fit"
    right = f"tell less of {', '.join(group.apart)}, or" if group.apart else "tell less, or"
    return (
        f"the name is withheld, but {fit} all that is told in public, and k is {wanted} "
        f"(case.toml); {right} keep it back (access)"
    )


def _groups(told: ToldOfActors, actors: Sequence[Actor], by: Collection[str]) -> list[list[int]]:
    """Return the actors, by their numbers, in groups that nothing of some qualities tells apart."""
    return orbits(told.coloured(by), range(len(actors))) if actors else []


def _apart(
    told: ToldOfActors, actors: Sequence[Actor], few: Sequence[int], wanted: int, by: Sequence[str]
) -> dict[int, tuple[str, ...]]:
    """Return the fewest qualities without which each of some actors has a group as wanted."""
    found: dict[int, tuple[str, ...]] = {}
    if len(actors) < wanted:
        return found
    lefts = (left for number in range(1, len(by) + 1) for left in combinations(by, number))
    for left in lefts:
        if len(found) == len(few):
            break
        kept = [name for name in by if name not in left]
        groups = _groups(told, actors, kept)
        size = {at: len(group) for group in groups for at in group}
        found |= {at: left for at in few if at not in found and size[at] >= wanted}
    return found
