"""A case as one HTML page: its network, the evidence for every line, and ways to ask."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..network import palette
from ..network.house import USUAL
from .curves import bends
from .groups import CLOSED_ABOVE
from .layout import mirrored, positions
from .renderers import RENDERERS
from .words import USUAL as ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    import networkx as nx

    from ..network.house import HouseStyle
    from .payload import Payload
    from .picture import Picture

NONE: Mapping[str, str] = MappingProxyType({})


def page(
    payload: Payload,
    picture: Picture,
    *,
    title: str,
    about: Mapping[str, str],
    briefs: Mapping[str, str] = NONE,
) -> bytes:
    """Return a page that shows a case and the evidence for every statement in it.

    Args:
        payload: what the page knows; see ``graph.viewer.payload``.
        picture: what it draws, between things and for statements of the payload.
        title: title of the page.
        about: facts about the case and the build, each with its name, shown in this order.
        briefs: the case on one page, as HTML by the tags of languages; see ``graph.brief.writing``.
            Without that in English there is none.

    Returns:
        UTF-8. The file needs no other file and asks for none; the same arguments always give the
        same bytes. If nodes are left out of the picture, the page says so.

    Raises:
        UsageError: a statement has an unknown status; nothing is drawn as accepted by default.
    """
    return b"".join(in_pieces(payload, picture, title=title, about=about, briefs=briefs))


def in_pieces(
    payload: Payload,
    picture: Picture,
    *,
    title: str,
    about: Mapping[str, str],
    briefs: Mapping[str, str] = NONE,
    house: HouseStyle = USUAL,
) -> Iterator[bytes]:
    """Return what ``page`` does, in pieces, so that not all of it is in memory.

    Args:
        payload: as for ``page``, likewise the others.
        picture: see there.
        title: see there.
        about: see there.
        briefs: see there.
        house: its colours and fonts.

    Raises:
        UsageError: see there.
    """
    from .drawing import Drawing

    network = picture.network
    counts = {"drawn": len(network), "left_out": picture.left_out}
    shown = Markup(briefs.get(ENGLISH, ""))  # noqa: S704 - HTML of our own, escaped by its template
    context = {"about": about, "brief": shown, **counts, **_legend(payload, network)}
    drawing = Drawing(title, context, payload, RENDERERS[picture.renderer], house)
    drawing.briefs = briefs
    ids = {node: f"n{index}" for index, node in enumerate(sorted(network))}
    found = picture.groups.found if picture.groups else ()
    member = {node: number for number, members in enumerate(found) for node in members}
    first = _drawn_at_first(payload, network)
    among = _among_actors(picture, first)
    for node, name in ids.items():
        x, y, size = picture.looks[node]
        place = {"id": name, "of": node, "x": x, "y": y, "size": size}
        place |= {"among": among[node]} if node in among else {}
        drawing.nodes.append(place | ({"in": member[node]} if node in member else {}))
    edges = sorted(network.edges(keys=True))
    bent = bends(edges)
    for index, (source, target, key) in enumerate(edges):
        ends = {"from": ids[source], "to": ids[target]}
        drawing.edges.append({"id": f"e{index}", **ends, "of": key, "bend": bent[key]})
    drawing.groups = picture.groups.record(len(first)) if picture.groups else None
    return drawing.chunks()


def _drawn_at_first(payload: Payload, network: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Return the ties between actors, or all where nothing is one."""
    edges, told = network.edges(keys=True), payload["statements"]
    ties: list[Any] = [edge for edge in edges if told[edge[2]].get("actors")]
    return network.edge_subgraph(ties) if ties else network


def _among_actors(
    picture: Picture, first: nx.MultiDiGraph[str]
) -> Mapping[str, tuple[float, float]]:
    """Return where actors stand while ties between them are all that is drawn.

    None is there if nothing else could be drawn, and none of a drawing whose groups are closed at
    first.
    """
    alone = first.number_of_edges() == picture.network.number_of_edges()
    if len(first) > CLOSED_ABOVE or alone:
        return {}
    return mirrored(positions(first), picture.looks)


def _called(source: Mapping[str, str]) -> str:
    """Return the title of a source, with its case if there are several."""
    return source["title"] + (f" ({source['case']})" if "case" in source else "")


def _legend(payload: Payload, network: nx.MultiDiGraph[str]) -> dict[str, Any]:
    """Return what legend and filters list: what occurs in the case, in order."""
    statements = payload["statements"]
    drawn = [statements[key] for *_, key in network.edges(keys=True)]
    groups = {palette.node_style(payload["nodes"][node]["class"]) for node in network}
    statuses = {palette.status_style(one["status"]) for one in statements.values()}
    families = {payload["predicates"][one["p"]]["family"] for one in drawn}
    tied = {palette.group_style(payload["predicates"][one["p"]].get("group", "")) for one in drawn}
    certainties = {one["c"] for one in drawn}
    return {
        "node_styles": [s for s in (*palette.NODES, palette.OTHER_NODE) if s in groups],
        "statuses": [style for style in palette.STATUSES if style in statuses],
        "groups": [style for style in palette.GROUPS if style in tied],
        "signs": palette.SIGNS,
        "families": [palette.family_style(name) for name in sorted(families)],
        "certainties": [name for name in palette.CERTAINTIES if name in certainties],
        "sources": {name: _called(source) for name, source in payload["sources"].items()},
        "words": payload["words"],
        "languages": payload["languages"],
    }
