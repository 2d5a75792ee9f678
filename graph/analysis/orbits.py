"""Which nodes of a graph cannot be told apart by anything but their names: its orbits.

Two nodes are of one orbit if a one-to-one map of the graph onto itself takes one to the other and
keeps all colours, edges and labels; whatever is asked of one of them has the same answer for the
other. Colour refinement finds nodes that surely differ (B. Weisfeiler and A. Leman: The reduction
of a graph to canonical form and the algebra which appears therein. Nauchno-Technicheskaya
Informatsiya, series 2, 9, 1968, 12-16). What it leaves alike is so in trees (N. Immerman and
E. Lander: Describing graphs: a first-order approach to graph canonization. In: Complexity Theory
Retrospective, 1990, 59-81), but not around every cycle: a ring of six is refined like two of three.
There a map is looked for (VF2: L. P. Cordella and others: A (sub)graph isomorphism algorithm for
matching large graphs. IEEE Transactions on Pattern Analysis and Machine Intelligence 26(10), 2004,
1367-1372); where none is found within a limit, nodes count as told apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from operator import eq
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Sequence

    import rustworkx as rx

    Coloured = rx.PyDiGraph[Any, Any]

MOST_STEPS = 100_000
"""So many steps are made in search of one map."""
_THIS = -1
"""The colour of the node that a map has to take to another."""


def orbits(graph: Coloured, of: Collection[int]) -> list[list[int]]:
    """Return the orbits of some nodes, or parts of them where a search is given up.

    Args:
        graph: nodes with colours, which can be hashed, and between any two of them at most one edge
            each way, with a label that can be.
        of: the nodes.

    Returns:
        Each node once, in groups that begin with the lowest, by these.
    """
    colours = refined(graph)
    parts = _Parts(graph, colours)
    classes: dict[int, list[list[int]]] = defaultdict(list)
    for node in sorted(of):
        groups = classes[colours[node]]
        group = next((one for one in groups if parts.alike(one[0], node)), None)
        if group is None:
            groups.append([node])
        else:
            group.append(node)
    return sorted(group for groups in classes.values() for group in groups)


def refined(graph: Coloured) -> list[int]:
    """Return the stable colours of all nodes, by numbers, as colour refinement finds them.

    Args:
        graph: as for ``orbits``.
    """
    numbers: dict[Hashable, int] = {}
    colours = [numbers.setdefault(one, len(numbers)) for one in graph.nodes()]
    out: list[list[tuple[int, int]]] = [[] for _ in colours]
    into: list[list[tuple[int, int]]] = [[] for _ in colours]
    labels: dict[Hashable, int] = {}
    for start, end, label in graph.weighted_edge_list():
        number = labels.setdefault(label, len(labels))
        out[start].append((number, end))
        into[end].append((number, start))

    def around(ends: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple(sorted((label, colours[end]) for label, end in ends))

    before = 0
    while len(numbers) > before:
        before, numbers = len(numbers), {}
        seen = [(colours[n], around(out[n]), around(into[n])) for n in range(len(colours))]
        colours = [numbers.setdefault(one, len(numbers)) for one in seen]
    return colours


class _Parts:
    """The connected parts of a graph, and whether one can be laid over another.

    A node that is alone of its colour is taken to itself by every map. It is left out, for the
    colours of the others tell already how they are tied to it; so the parts are small.
    """

    def __init__(self, graph: Coloured, colours: Sequence[int]) -> None:
        import rustworkx as rx

        number = Counter(colours)
        shared = [node for node, colour in enumerate(colours) if number[colour] > 1]
        self.at = {node: at for at, node in enumerate(shared)}
        self.graph, self.colours = graph.subgraph(shared), [colours[node] for node in shared]
        self.members = [sorted(one) for one in rx.weakly_connected_components(self.graph)]
        self.part_of = {node: part for part, nodes in enumerate(self.members) for node in nodes}
        edges = [0] * len(self.members)
        for start, _ in self.graph.edge_list():
            edges[self.part_of[start]] += 1
        self.trees = [e == len(nodes) - 1 for e, nodes in zip(edges, self.members, strict=True)]

    def alike(self, one: int, other: int) -> bool:
        """Return whether a map takes one node of a colour to another of that colour.

        In one part, such a map of it onto itself is one of the graph; of two, each is laid over
        the other.
        """
        import rustworkx as rx

        first, second = self.at[one], self.at[other]
        if self.trees[self.part_of[first]] and self.trees[self.part_of[second]]:
            return True
        mine, its = self._marked(first), self._marked(second)
        return rx.is_isomorphic(mine, its, eq, eq, id_order=False, call_limit=MOST_STEPS)

    def _marked(self, node: int) -> Coloured:
        """Return the part of a node, whose colour in it no other has."""
        members = self.members[self.part_of[node]]
        part = self.graph.subgraph(members)
        for at, member in enumerate(members):
            part[at] = _THIS if member == node else self.colours[member]
        return part
