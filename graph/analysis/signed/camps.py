"""Camps: which actors stand together, and what speaks against it.

Camps are claims: who sides with whom is read from the graph. What signs alone would make is a check
beside them. Each answer says how its camps were made, who is in none, and which ties contradict
them; no actor is put into a camp for want of another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ...errors.counting import counted
from .frustration import frustration

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from ..arrays import Ties


@dataclass(frozen=True)
class Camps:
    """Actors by camp.

    Attributes:
        of: the camp of each node that is in one, by the id of the node, sorted.
        made: how the camps were made, as a sentence.
        without: ids of the nodes that are in none, sorted.
        several: ids of those that are said to stand on more than one side, and are in none; sorted.
        against: ids of the ties that contradict the camps: negative within one, positive between
            two; sorted.
    """

    of: dict[str, str]
    made: str
    without: tuple[str, ...]
    against: tuple[str, ...]
    several: tuple[str, ...] = ()

    @property
    def members(self) -> dict[str, tuple[str, ...]]:
        """The nodes of each camp, both sorted."""
        found: dict[str, list[str]] = {}
        for node, camp in sorted(self.of.items()):
            found.setdefault(camp, []).append(node)
        return {camp: tuple(found[camp]) for camp in sorted(found)}


def camps_of_claims(sides: nx.MultiDiGraph[str], ties: Ties) -> Camps:
    """Return the camps of who sides with whom: by however many steps, with one side in the end.

    A side is an actor who sides with nobody else, or several who side with each other; its camp has
    the id of the one with whom most side.

    Args:
        sides: who sides with whom, as ties from the one to the other.
        ties: the network whose nodes are to be sorted into camps.
    """
    import networkx as nx

    groups = nx.condensation(nx.DiGraph(sides))
    ends: dict[int, frozenset[str]] = {}
    for group in reversed(list(nx.topological_sort(groups))):
        members = groups.nodes[group]["members"]
        chief = min(members, key=lambda node: (-len(set(sides.predecessors(node))), node))
        beyond = [ends[other] for other in groups[group]]
        ends[group] = frozenset().union(*beyond) if beyond else frozenset((chief,))
    of, several = {}, []
    for node, group in groups.graph["mapping"].items():
        if len(ends[group]) == 1:
            (of[node],) = ends[group]
        else:
            several.append(node)
    tell = counted(sides.number_of_edges(), "statement tells", "statements tell")
    made = f"Camps by who sides with whom, of which {tell}."
    return replace(_with_contradictions(ties, of, made), several=tuple(sorted(several)))


def camps_of_balance(ties: Ties, *, seconds: float = 20.0, seed: int = 1) -> Camps:
    """Return the two camps in each component of signed ties that leave the fewest pairs against.

    The camps of component 1, the one with most nodes, are ``1a`` (the larger) and ``1b``, and so
    on. What is a and what is b in one component says nothing of another: nothing signed joins them.
    Whether another division is as good, ``frustration`` tells.

    Args:
        ties: any network.
        seconds: as in ``frustration``.
        seed: as in ``frustration``.

    Raises:
        UsageError: the time is negative.
    """
    found = frustration(ties, seconds=seconds, seed=seed)
    places = np.flatnonzero(found.side).tolist()
    members: dict[int, list[int]] = {}
    for place in places:
        members.setdefault(int(found.component[place]), []).append(place)
    ordered = sorted(members.values(), key=lambda group: (-len(group), group[0]))
    of = {
        ties.nodes[place]: f"{number}{'a' if found.side[place] > 0 else 'b'}"
        for number, group in enumerate(ordered, 1)
        for place in group
    }
    best = "fewest pairs" if found.exact else "few pairs, perhaps not the fewest,"
    count = f"{found.upper} of {found.pairs.ties.m}"
    made = f"Two camps in each component of signed ties, with the {best} against them ({count})."
    return _with_contradictions(ties, of, made.replace("the few ", "few "))


def _with_contradictions(ties: Ties, camps: Mapping[str, str], made: str) -> Camps:
    """Return camps with what a network has to say of them.

    Args:
        ties: the network.
        camps: the camp of each node, by its id.
        made: how they were made.
    """
    of = {node: camps[node] for node in ties.nodes if node in camps}
    number = {camp: place for place, camp in enumerate(sorted(set(of.values())))}
    camp = np.array([number[of[node]] if node in of else -1 for node in ties.nodes], dtype=np.int64)
    one, two = camp[ties.source], camp[ties.target]
    against = (one >= 0) & (two >= 0)
    against &= ((ties.sign < 0) & (one == two)) | ((ties.sign > 0) & (one != two))
    against &= ties.source != ties.target
    return Camps(
        of=of,
        made=made,
        without=tuple(node for node in ties.nodes if node not in of),
        against=tuple(sorted(ties.only(against).keys)),
    )
