"""Who stands where: camps, as accepted statements say them, by the rule of the page (decision 64).

What a predicate says of camps stands in the ontology (``hud:camp``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..model import UNKNOWN, Status
from .projection import keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..model import Statement
    from ..read.select import Graph

SIDE, BELONGS, BETWEEN = "takesSide", "belongs", "goesBetween"
_SIDED, _BODY = 2, 3
"""So many make a camp, and so many that only belong together make a body."""


class Camp(NamedTuple):
    """A camp or a body.

    Attributes:
        id: by whom it is called.
        sided: whether anybody takes a side in it; else they only belong together.
        members: ids of all who stand in it, sorted; ``id`` too if it has ties.
    """

    id: str
    sided: bool
    members: tuple[str, ...]


class Standing(NamedTuple):
    """Who stands where.

    Attributes:
        camps: camps, the largest first, and then bodies.
        between: who goes between or is in several camps, sorted.
        placing: the statements that place somebody, by who that is.
        unsure: statements that would place somebody, and are not accepted.
    """

    camps: tuple[Camp, ...]
    between: tuple[str, ...]
    placing: Mapping[str, tuple[Statement, ...]]
    unsure: tuple[Statement, ...]


def camps(graph: Graph) -> Standing:
    """Return who stands where by what is accepted; it is found once for a graph.

    Args:
        graph: the judged graph and its case, or several.
    """
    return graph.kept((__name__, "camps"), lambda: _camps(graph))


def _camps(graph: Graph) -> Standing:
    every = (graph.statement(name) for name in graph.ids("Statement"))
    seen = [one for one in every if one.status != Status.REJECTED]
    how = {name: graph.terms.camp(name) for name in sorted({one.predicate for one in seen})}
    ties = set(keys(graph, "actors"))
    bearing = [one for one in seen if how[one.predicate] and one.object not in (None, UNKNOWN)]
    counted = [one for one in bearing if one.status == Status.ACCEPTED]
    sided, belonging = (
        [(one.subject, str(one.object)) for one in counted
         if how[one.predicate] == wanted and one.id in ties]
        for wanted in (SIDE, BELONGS)
    )  # fmt: skip
    going = (one for one in counted if how[one.predicate] == BETWEEN)
    goers = {one.subject if one.id in ties else str(one.object) for one in going}
    heads = _heads([*sided, *belonging])
    sides = {head for _, other in sided for head in heads[other]}
    members: dict[str, list[str]] = {}
    between = []
    actors = {str(end) for one in seen if one.id in ties for end in (one.subject, one.object)}
    for actor in sorted({*actors, *goers} - {UNKNOWN}):
        stands = heads.get(actor, frozenset())
        own = stands & sides or stands
        if actor in goers or (len(own) > 1 and own <= sides):
            between.append(actor)
        elif len(own) == 1:
            members.setdefault(min(own), []).append(actor)
    found = [Camp(head, head in sides, tuple(some)) for head, some in members.items()]
    boxed = (one for one in found if len(one.members) >= (_SIDED if one.sided else _BODY))
    placing: dict[str, list[Statement]] = {}
    for one in counted:
        placing.setdefault(one.subject, []).append(one)
    return Standing(
        tuple(sorted(boxed, key=lambda one: (not one.sided, -len(one.members), one.id))),
        tuple(between),
        {name: tuple(some) for name, some in placing.items()},
        tuple(one for one in bearing if one.status != Status.ACCEPTED),
    )


def _heads(ties: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Return for each thing those at the end of all roads from it; of a ring its first."""
    import networkx as nx

    roads = nx.DiGraph(list(ties))
    rings = nx.condensation(roads)
    ends: dict[int, frozenset[str]] = {}
    for ring in reversed(list(nx.topological_sort(rings))):
        beyond = list(rings.successors(ring))
        own = frozenset((min(rings.nodes[ring]["members"]),))
        ends[ring] = frozenset().union(*(ends[one] for one in beyond)) if beyond else own
    return {thing: ends[ring] for thing, ring in rings.graph["mapping"].items()}
