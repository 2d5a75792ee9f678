"""A case as one HTML page: its network, the evidence for every line, and ways to ask."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..errors import UsageError, suggestion
from ..network import palette
from .curves import bends
from .layout import positions as laid_out

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    import networkx as nx

    from .payload import Payload

    Position = tuple[float, float]

DRAWN_AT_MOST = 1000
"""Above so many nodes a canvas stutters; ``vis`` draws only a part of them then."""

DRAWN_OF_MORE = 300
"""So many of the best-connected nodes ``vis`` draws of a larger network."""

LINES_OF_VIS = 1500
"""Up to so many lines are drawn by ``vis`` if it may be chosen, more by ``sigma``."""


def page(
    payload: Payload,
    *,
    title: str,
    about: Mapping[str, str],
    positions: Mapping[str, Position] | None = None,
    renderer: str = "auto",
) -> bytes:
    """Return a page that shows a case and the evidence for every statement in it.

    Args:
        payload: what the page knows; see ``graph.viewer.payload``.
        title: title of the page.
        about: facts about the case and the build, each with its name, shown in this order.
        positions: x and y of nodes by id; without them they are computed.
        renderer: ``vis`` for small networks, ``sigma`` for large ones, or ``auto``.

    Returns:
        UTF-8. The file needs no other file and asks for none; the same arguments always give the
        same bytes. Of a network with more nodes than ``vis`` takes, it draws the best-connected
        ones, and the page says so; ``sigma`` draws them all.

    Raises:
        UsageError: a statement has an unknown status; nothing is drawn as accepted by default. Or
            there is no such renderer.
    """
    from .drawing import RENDERERS, Drawing

    whole = _network(payload)
    chosen = _renderer(renderer, whole)
    shown = drawn(payload, renderer)
    places = laid_out(shown) if positions is None else positions
    context = {
        "about": about,
        "drawn": len(shown),
        "left_out": len(whole) - len(shown),
        **_legend(payload, shown),
    }
    drawing = Drawing(title, context, payload, RENDERERS[chosen])
    ids = {node: f"n{index}" for index, node in enumerate(sorted(shown))}
    for node, name in ids.items():
        drawing.nodes.append(_node(shown, node, name, places.get(node, (0.0, 0.0))))
    edges = sorted(shown.edges(keys=True))
    bent = bends(edges)
    for index, (source, target, key) in enumerate(edges):
        ends = {"from": ids[source], "to": ids[target]}
        drawing.edges.append({"id": f"e{index}", **ends, "of": key, "bend": bent[key]})
    return drawing.generate_html().encode("utf-8")


def drawn(payload: Payload, renderer: str = "auto") -> nx.MultiDiGraph[str]:
    """Return the network that a page draws: of a large one, ``vis`` draws the best-connected part.

    Args:
        payload: what the page knows.
        renderer: as for ``page``.

    Raises:
        UsageError: a statement has an unknown status, or there is no such renderer.
    """
    whole = _network(payload)
    return _shown_part(whole) if _renderer(renderer, whole) == "vis" else whole


def _network(payload: Payload) -> nx.MultiDiGraph[str]:
    """Return all that can be drawn, whatever its status; the browser chooses from it."""
    import networkx as nx

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for key, statement in sorted(payload["statements"].items()):
        palette.status_style(statement["status"])
        if "draw" in statement:
            network.add_edge(statement["s"], statement["o"], key)
    return network


def _renderer(wanted: str, network: nx.MultiDiGraph[str]) -> str:
    from .drawing import RENDERERS

    if wanted == "auto":
        small = len(network) <= DRAWN_AT_MOST and network.number_of_edges() <= LINES_OF_VIS
        return "vis" if small else "sigma"
    if wanted not in RENDERERS:
        raise UsageError(f'there is no renderer "{wanted}"{suggestion(wanted, RENDERERS)}')
    return wanted


def _shown_part(network: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    if len(network) <= DRAWN_AT_MOST:
        return network
    ranked = sorted(network, key=lambda node: (-network.degree(node), node))
    return network.subgraph(ranked[:DRAWN_OF_MORE])


def _node(network: nx.MultiDiGraph[str], node: str, name: str, place: Position) -> dict[str, Any]:
    weight = math.sqrt(network.degree(node))
    return {
        "id": name,
        "of": node,
        "x": place[0],
        "y": place[1],
        "size": palette.node_size(network.degree(node)),
        "font": round(min(56, 8 + 4.5 * weight)),
    }


def _legend(payload: Payload, network: nx.MultiDiGraph[str]) -> dict[str, object]:
    """Return what legend and filters list: what occurs in the case, in order."""
    statements = payload["statements"].values()
    drawn = [statement for statement in statements if "draw" in statement]
    groups = {palette.node_style(payload["nodes"][node]["class"]) for node in network}
    statuses = {statement["status"] for statement in statements}
    families = {payload["predicates"][statement["p"]]["family"] for statement in drawn}
    certainties = {claim["c"] for statement in drawn for claim in statement["claims"]}
    return {
        "node_styles": [s for s in (*palette.NODES, palette.OTHER_NODE) if s in groups],
        "statuses": [style for style in palette.STATUSES if style.name in statuses],
        "signs": palette.SIGNS,
        "families": [palette.family_style(name) for name in sorted(families)],
        "certainties": [name for name in palette.CERTAINTIES if name in certainties],
        "sources": {name: source["title"] for name, source in payload["sources"].items()},
        "words": payload["words"],
    }
