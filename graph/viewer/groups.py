"""Groups of a drawing: whose members are tied among themselves, where that is no work of chance."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from .layout import discs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import networkx as nx

CLOSED_ABOVE = 400
"""If more nodes are drawn at first, groups are one node each until they are opened."""

_MEMBERS = 4
"""So many members a group has at least; fewer are drawn as they are."""
_NAMED_BY = 3


class Groups(NamedTuple):
    """The groups of a drawing, or that none were found.

    Attributes:
        found: ids of the members of each, the most tied first; the largest group first.
        places: x, y and radius of each as one node.
        rewired: with how many networks rewired at random they were compared.
    """

    found: Sequence[Sequence[str]]
    places: Sequence[tuple[float, float, float]]
    rewired: int

    def record(self, first: int) -> dict[str, Any]:
        """Return what a page knows of them but their members; ``of`` gives a group its name.

        Args:
            first: how many nodes are drawn at first, if groups are open.
        """
        return {
            "list": [
                {"of": [*members[:_NAMED_BY]], "x": x, "y": y, "size": size}
                for members, (x, y, size) in zip(self.found, self.places, strict=True)
            ],
            "rewired": self.rewired,
            "closed": bool(self.found) and first > CLOSED_ABOVE,
        }


def groups(
    network: nx.MultiDiGraph[str],
    places: Mapping[str, Sequence[float]],
    found: Iterable[Iterable[str]],
    rewired: int,
) -> Groups:
    """Return the groups of a drawing, as they are drawn.

    Args:
        network: what is drawn.
        places: x and y of each node.
        found: ids of the members of each group, such as are no work of chance; or none.
        rewired: with how many networks rewired at random they were compared.
    """
    drawn = ([name for name in members if name in network] for members in found)
    ranked = [_ranked(network, members) for members in drawn if len(members) >= _MEMBERS]
    ranked.sort(key=lambda members: (-len(members), members[0]))
    around = discs([[places[name][:2] for name in members] for members in ranked])
    return Groups(ranked, around, rewired)


def _ranked(network: nx.MultiDiGraph[str], members: Sequence[str]) -> list[str]:
    """Return the members of a group, those first that have most lines within it."""
    within = network.subgraph(members)
    counts = Counter(dict.fromkeys(members, 0))
    for source, target in within.edges():
        if source != target:
            counts.update((source, target))
    return sorted(members, key=lambda name: (-counts[name], name))
