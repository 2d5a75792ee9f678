"""Camps: which actors stand together, and what speaks against it.

Where camps come from is a choice, so each answer says how its camps were made, who is in none, and
which ties contradict them. No actor is put into a camp for want of another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..errors import UsageError, suggestion
from .arrays import from_network
from .balance import components
from .frustration import frustration

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import networkx as nx

    from .arrays import Ties

ALIGNMENT = ("membership", "command", "backing")
"""Families of ties whose positive ones say that two actors stand together."""


@dataclass(frozen=True)
class Camps:
    """Actors by camp.

    Attributes:
        of: the camp of each node that is in one, by the id of the node, sorted.
        made: how the camps were made, as a sentence.
        without: ids of the nodes that are in none, sorted.
        against: ids of the ties that contradict the camps: negative within one, positive between
            two; sorted.
    """

    of: dict[str, str]
    made: str
    without: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def members(self) -> dict[str, tuple[str, ...]]:
        """The nodes of each camp, both sorted."""
        found: dict[str, list[str]] = {}
        for node, camp in sorted(self.of.items()):
            found.setdefault(camp, []).append(node)
        return {camp: tuple(found[camp]) for camp in sorted(found)}


def camps_given(ties: Ties, camps: Mapping[str, str], made: str = "As given.") -> Camps:
    """Return camps with what a network has to say of them.

    Args:
        ties: the network.
        camps: the camp of each node, by its id; nodes that the network does not have are dropped.
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
    return camps_given(ties, of, made.replace("the few ", "few "))


def camps_of_alignment(
    network: nx.MultiDiGraph[str], families: Collection[str] = ALIGNMENT
) -> Camps:
    """Return the groups that positive ties of membership, command and backing join.

    This is cautious where camps are apart and bold where they touch: a single tie makes two groups
    one. The ties that contradict the camps show where that went wrong.

    Args:
        network: as ``graph.network.network`` returns it.
        families: the families of ties that count.

    Returns:
        Camps by the id of the node with most such ties, the first of them in the alphabet; nodes
        without such a tie are in none.
    """
    ties = from_network(network)
    joining = {
        (one, two, str(key))
        for one, two, key, data in network.edges(keys=True, data=True)
        if data.get("family") in families
    }
    ends = zip(ties.source.tolist(), ties.target.tolist(), ties.keys, strict=True)
    chosen = ties.sign > 0
    chosen &= np.array([(ties.nodes[s], ties.nodes[t], key) in joining for s, t, key in ends], bool)
    number = components(ties.n, ties.source, ties.target, chosen)
    touching = np.concatenate((ties.source[chosen], ties.target[chosen]))
    degree = np.bincount(touching, minlength=ties.n)
    heads: dict[int, int] = {}
    for place in np.flatnonzero(degree).tolist():
        head = heads.setdefault(int(number[place]), place)
        if degree[place] > degree[head]:
            heads[int(number[place])] = place
    of = {
        ties.nodes[place]: ties.nodes[heads[int(number[place])]]
        for place in np.flatnonzero(degree).tolist()
    }
    listed = ", ".join(sorted(families))
    return camps_given(ties, of, f"What positive ties of these families join: {listed}.")


def camps_of_groups(ties: Ties, groups: Iterable[Collection[str]], made: str) -> Camps:
    """Return groups, such as communities, as camps ``1``, ``2``, ...: the largest first.

    Args:
        ties: the network.
        groups: the ids of the nodes of each group; no node is in two.
        made: how the groups were found, as a sentence.

    Raises:
        UsageError: a node is in two groups.
    """
    ordered = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
    of: dict[str, str] = {}
    for number, group in enumerate(ordered, 1):
        for node in group:
            if node in of:
                raise UsageError(f'"{node}" is in two groups')
            of[node] = str(number)
    return camps_given(ties, of, made)


def parse_camps(text: str, known: Collection[str]) -> dict[str, str]:
    """Return camps that somebody wrote.

    Args:
        text: ``NAME=ID,ID`` for each camp, with semicolons or on lines of their own; what follows
            a ``#`` is a comment. As in ``regime=gov-syria,ndf;rebels=waer-rebels``.
        known: the ids that the network has.

    Returns:
        The camp of each id.

    Raises:
        UsageError: a camp has no name or no member, is given twice, an id is unknown, or an id is
            in two camps.
    """
    lines = [line.partition("#")[0] for line in text.splitlines()]
    of: dict[str, str] = {}
    names: set[str] = set()
    for part in filter(None, (part.strip() for line in lines for part in line.split(";"))):
        name, equals, listed = (piece.strip() for piece in part.partition("="))
        members = [node.strip() for node in listed.split(",") if node.strip()]
        if not (name and equals and members):
            raise UsageError(f'"{part}" is no camp; write it as NAME=ID,ID')
        if name in names:
            raise UsageError(f'the camp "{name}" is given twice')
        names.add(name)
        for node in members:
            if node not in known:
                raise UsageError(f'the network has no "{node}"{suggestion(node, known)}')
            if of.setdefault(node, name) != name:
                raise UsageError(f'"{node}" is in two camps: {of[node]} and {name}')
    if not of:
        raise UsageError("no camps are given; write them as NAME=ID,ID;NAME=ID,ID")
    return of
