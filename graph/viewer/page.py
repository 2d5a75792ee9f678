"""A network of ties and roles as one HTML page."""

from __future__ import annotations

import math
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .. import palette
from .curves import curves
from .evidence import claims_of
from .layout import positions as laid_out
from .periods import period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx

    from .evidence import Evidence

    Position = tuple[float, float]

DRAWN_AT_MOST = 1000
"""Above so many nodes a browser stutters, and nobody sees anything."""

DRAWN_OF_MORE = 300
"""So many of the best-connected nodes are drawn of a larger network."""


def page(
    network: nx.MultiDiGraph[str],
    *,
    title: str,
    about: Mapping[str, str],
    evidence: Evidence,
    positions: Mapping[str, Position] | None = None,
) -> bytes:
    """Return a page that shows a network and the evidence for every edge of it.

    Args:
        network: as ``graph.network.network`` returns it; ties and roles may be put together with
            ``networkx.compose``. Every edge is drawn, in the style of its status.
        title: title of the page.
        about: facts about the case and the build, each with its name, shown in this order.
        evidence: the claims of every edge by its key, that is by the id of its statement.
        positions: x and y of nodes by id; without them they are computed.

    Returns:
        UTF-8. The file needs no other file and asks for none; the same arguments always give the
        same bytes. Of a network with more than ``DRAWN_AT_MOST`` nodes the page draws the
        ``DRAWN_OF_MORE`` best-connected ones, and says so.

    Raises:
        UsageError: an edge has no evidence or an unknown status.
    """
    from .drawing import Drawing

    shown = _shown_part(network)
    places = laid_out(shown) if positions is None else positions
    context = {
        "about": about,
        "left_out": len(network) - len(shown),
        "drawn": len(shown),
        **_filters(shown),
    }
    drawing = Drawing(title, context)
    ids = {node: f"n{index}" for index, node in enumerate(sorted(shown))}
    for node, name in ids.items():
        drawing.add_node(name, **_node(shown, node, places.get(node, (0.0, 0.0))))
    edges = sorted(shown.edges(keys=True))
    bends = curves(edges)
    for index, edge in enumerate(edges):
        source, target, statement = edge
        options = _edge(shown, edge, evidence)
        drawing.add_edge(ids[source], ids[target], id=f"e{index}", **options, **bends[statement])
    return str(drawing.generate_html()).encode("utf-8")


def _shown_part(network: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    if len(network) <= DRAWN_AT_MOST:
        return network
    ranked = sorted(network, key=lambda node: (-network.degree(node), node))
    return network.subgraph(ranked[:DRAWN_OF_MORE])


def _filters(network: nx.MultiDiGraph[str]) -> dict[str, Sequence[object]]:
    """Return what the legend and the filters list: what occurs in the network, in order."""
    edges = [data for *_, data in network.edges(data=True)]
    groups = {palette.node_style(network.nodes[node].get("kind")) for node in network}
    statuses = {data["status"] for data in edges}
    return {
        "node_styles": [s for s in (*palette.NODES, palette.OTHER_NODE) if s in groups],
        "statuses": [style for style in palette.STATUSES if style.name in statuses],
        "signs": palette.SIGNS,
        "families": sorted({data["family"] for data in edges}),
    }


def _node(network: nx.MultiDiGraph[str], node: str, place: Position) -> dict[str, Any]:
    data = network.nodes[node]
    label = str(data.get("label", node))
    style = palette.node_style(data.get("kind"))
    weight = math.sqrt(network.degree(node))
    facts = {"id": node, "label": label, "group": style.name}
    facts |= {name: data[name] for name in ("arabic", "kind", "identity", "note") if data.get(name)}
    return {
        "label": _on_canvas(label),
        "shape": style.shape,
        "x": place[0],
        "y": place[1],
        "size": round(6 + 2.4 * weight, 1),
        "font": {"size": round(min(56, 8 + 4.5 * weight))},
        "color": style.fill.light,
        "facts": facts,
    }


def _on_canvas(label: str) -> str:
    """Return a name for the drawing: at most two short lines; the panel has it in full."""
    lines = wrap(label, 20, break_long_words=True)
    return "\n".join(lines[:2]) + ("…" if len(lines) > 2 else "")


def _edge(
    network: nx.MultiDiGraph[str], edge: tuple[str, str, str], evidence: Evidence
) -> dict[str, Any]:
    data = network.edges[edge]
    status = palette.status_style(data["status"])
    sign = palette.sign_style(data.get("sign", 0))
    facts: dict[str, Any] = {
        "id": edge[2],
        "label": data["label"],
        "family": data["family"],
        "status": status.name,
        "sign": sign.name,
        "opacity": status.opacity,
        "band": status.band,
        "period": period(data),
        "claims": claims_of(edge[2], evidence),
    }
    for name in ("when", "when_text", "scope", "held"):
        facts[name] = data.get(name)
    for name in ("place", "under"):
        facts[name] = _name_of(network, data.get(name))
    return {
        "width": status.width,
        "dashes": list(status.dashes) or False,
        "facts": {name: value for name, value in facts.items() if value not in (None, "", False)},
    }


def _name_of(network: nx.MultiDiGraph[str], node: str | None) -> str | None:
    if node is None or node not in network:
        return node
    return str(network.nodes[node].get("label", node))
