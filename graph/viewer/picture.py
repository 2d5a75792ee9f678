"""What is drawn of a case, and where: one network, placed once for the page and all exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError, suggestion
from ..network.palette import node_size
from ..network.projection import STATUSES
from ..network.projection import lines as lines_of
from .layout import positions
from .renderers import RENDERERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from ..read.select import Graph
    from .groups import Groups

DRAWN_AT_MOST = 1000
"""Above so many nodes a canvas stutters; ``vis`` draws only a part of them then."""

DRAWN_OF_MORE = 300
"""So many of the best-connected nodes ``vis`` draws of a larger network."""

GLANCE = 60
"""A network of fewer nodes is seen whole at once: with all its lines, and without groups."""

LINES_OF_VIS = 1500
"""Up to so many lines are drawn by ``vis`` if it may be chosen, more by ``sigma``."""


class Picture(NamedTuple):
    """A network with a place for each of its nodes.

    Attributes:
        network: what is drawn; the key of an edge is the id of its statement.
        looks: x, y and size of the nodes, with y growing downwards.
        renderer: the name of what draws it.
        left_out: how many nodes of a larger network are not drawn.
        groups: of its nodes; ``None`` where nobody looked for them.
    """

    network: nx.MultiDiGraph[str]
    looks: Mapping[str, tuple[float, float, float]]
    renderer: str
    left_out: int
    groups: Groups | None = None


def lines(graph: Graph) -> nx.MultiDiGraph[str]:
    """Return all that the page can draw, whatever its status; the browser chooses from it.

    It is made once for each graph: copy it before changing it.
    """
    return graph.kept(("viewer", "lines"), lambda: lines_of(graph, status=STATUSES))


def picture(
    network: nx.MultiDiGraph[str],
    renderer: str = "auto",
    places: Mapping[str, tuple[float, float]] | None = None,
) -> Picture:
    """Return the picture of a network: of a large one, ``vis`` draws the best-connected part.

    Args:
        network: what can be drawn, as ``lines`` returns it, or a part of that.
        renderer: ``vis`` for small networks, ``sigma`` for large ones, or ``auto``.
        places: x and y of nodes by id; without them they are computed.

    Raises:
        UsageError: there is no such renderer.
    """
    chosen = _renderer(renderer, network)
    shown = _best_connected(network) if chosen == "vis" else network
    known = positions(shown) if places is None else places
    looks = {
        node: (*known.get(node, (0.0, 0.0)), node_size(shown.degree(node)))
        for node in sorted(shown)
    }
    return Picture(shown, looks, chosen, len(network) - len(shown))


def _renderer(wanted: str, network: nx.MultiDiGraph[str]) -> str:
    if wanted == "auto":
        small = len(network) <= DRAWN_AT_MOST and network.number_of_edges() <= LINES_OF_VIS
        return "vis" if small else "sigma"
    if wanted not in RENDERERS:
        raise UsageError(f'there is no renderer "{wanted}"{suggestion(wanted, RENDERERS)}')
    return wanted


def _best_connected(network: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    if len(network) <= DRAWN_AT_MOST:
        return network
    ranked = sorted(network, key=lambda node: (-network.degree(node), node))
    return network.subgraph(ranked[:DRAWN_OF_MORE])
