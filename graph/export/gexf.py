"""GEXF 1.3, for Gephi and Gephi Lite.

Gephi shapes what is written here. It keys edges by source, target and kind and adds up those that
agree in all three, so they are united beforehand. It drops edges of weight 0 and frowns at
negative ones, so the weight is the number of statements and the sign has a column of its own. It
misreads dates that are not full days. Gephi Lite knows no time, so all dates are in columns too.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET  # only writes; nothing is parsed
from typing import TYPE_CHECKING, Any

from ..palette import node_style, sign_style
from .columns import as_text, gexf_type, is_empty, names
from .format import LOST_BY_NETWORKS, Exported, Format
from .united import united
from .xml_text import checked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx

    from .selection import Selection
    from .united import Edge

    Row = Mapping[str, Any]

_NODE_COLUMNS = ("kind", "identity", "arabic", "note")
_EDGE_COLUMNS = ("predicate", "family", "sign", "status", "disputed", "certainty", "claims",
                 "when", "when_text", "statements", "voices", "sources")  # fmt: skip
_SMALLEST, _LARGEST = 8.0, 40.0


FORMAT = Format(
    name="gexf",
    title="GEXF 1.3 for Gephi and Gephi Lite, with time, sign, status and colours",
    holds="network",
    file="network.gexf",
    loses={
        **LOST_BY_NETWORKS,
        "bounds": "a first and a last day; --time says whether the widest or the surest",
        "parallel": "one edge with spells, weight and the list of its statements",
    },
)


def write(selection: Selection) -> Exported:
    """Return the chosen network as GEXF, one edge for each source, target and kind."""
    title = f"{selection.title}. {selection.chosen}"
    return Exported(
        {FORMAT.file: [gexf(selection.network, title=title, positions=selection.places)]}
    )


def gexf(
    network: nx.MultiDiGraph[str],
    *,
    title: str,
    positions: Mapping[str, tuple[float, float]] | None = None,
    colours: Mapping[str, str] | None = None,
) -> bytes:
    """Return a network as a GEXF file.

    There is one edge for each source, target and kind. Its spells are the periods in which it may
    have held, from the earliest possible begin to the latest possible end; an end that nobody
    gives is left open. The columns are those of ``graph.export.united.united``.

    Args:
        network: as ``graph.network.network`` returns it.
        title: what the network shows; it goes into the file's description.
        positions: x and y of nodes by id, with y growing downwards as on a screen.
        colours: colours as ``#rrggbb`` by class of thing, where the palette's are not wanted.

    Raises:
        UsageError: a value cannot be written as XML or as one of GEXF's types.
    """
    edges = united(network)
    root = ET.Element(
        "gexf",
        {
            "xmlns": "http://gexf.net/1.3",
            "xmlns:viz": "http://gexf.net/1.3/viz",
            "version": "1.3",
        },
    )
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = "Hudna"
    ET.SubElement(meta, "description").text = title
    graph = ET.SubElement(root, "graph", _graph_attributes(edges))
    _add_nodes(graph, network, positions or {}, colours or {})
    _add_edges(graph, edges)
    graph[:] = sorted(graph, key=lambda part: part.tag != "attributes")
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    return checked(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n')


def _graph_attributes(edges: Sequence[Edge]) -> dict[str, str]:
    found = {"defaultedgetype": "directed", "idtype": "string", "mode": "static"}
    if any(edge.spells for edge in edges):
        found.update(mode="dynamic", timeformat="date", timerepresentation="interval")
    return found


def _add_nodes(
    graph: ET.Element,
    network: nx.MultiDiGraph[str],
    positions: Mapping[str, tuple[float, float]],
    colours: Mapping[str, str],
) -> None:
    data = {node: dict(network.nodes[node]) for node in sorted(network)}
    labels = {node: str(row.pop("label", node)) for node, row in data.items()}
    types = _declare(graph, "node", _NODE_COLUMNS, list(data.values()))
    parent = ET.SubElement(graph, "nodes", count=str(len(data)))
    degrees = {node: network.degree(node) for node in data}
    largest = max(degrees.values(), default=0) or 1
    for node, row in data.items():
        element = ET.SubElement(parent, "node", id=node, label=labels[node])
        _add_values(element, types, row)
        kind = row.get("kind")
        _add_colour(element, colours.get(str(kind), node_style(kind).fill.light))
        if node in positions:
            x, y = positions[node]
            ET.SubElement(element, "viz:position", x=_number(x), y=_number(-y), z="0.0")
        size = round(_SMALLEST + (_LARGEST - _SMALLEST) * (degrees[node] / largest) ** 0.5, 1)
        ET.SubElement(element, "viz:size", value=_number(size))


def _add_edges(graph: ET.Element, edges: Sequence[Edge]) -> None:
    types = _declare(graph, "edge", _EDGE_COLUMNS, [edge.columns for edge in edges])
    parent = ET.SubElement(graph, "edges", count=str(len(edges)))
    for edge in edges:
        attributes = {
            "id": f"{edge.source} {edge.kind} {edge.target}",
            "source": edge.source,
            "target": edge.target,
            "kind": edge.kind,
            "label": edge.label,
            "weight": _number(len(edge.statements)),
        }
        element = ET.SubElement(parent, "edge", attributes)
        _add_values(element, types, edge.columns)
        if edge.spells:
            spells = ET.SubElement(element, "spells")
            for begin, end in edge.spells:
                ends = {name: day for name, day in (("start", begin), ("end", end)) if day}
                ET.SubElement(spells, "spell", ends)
        _add_colour(element, sign_style(edge.columns.get("sign", 0)).colour.light)


def _declare(
    graph: ET.Element, entity: str, first: Sequence[str], rows: Sequence[Row]
) -> dict[str, str]:
    """Declare the columns of nodes or edges, and return their types by name."""
    types = {name: gexf_type(name, [row.get(name) for row in rows]) for name in names(rows, first)}
    if types:
        parent = ET.SubElement(graph, "attributes", {"class": entity, "mode": "static"})
        for name, kind in types.items():
            ET.SubElement(parent, "attribute", id=name, title=name, type=kind)
    return types


def _add_values(element: ET.Element, types: Mapping[str, str], row: Row) -> None:
    given = {name: row[name] for name in types if not is_empty(row.get(name))}
    if given:
        parent = ET.SubElement(element, "attvalues")
        for name, value in given.items():
            ET.SubElement(parent, "attvalue", {"for": name, "value": _text(value, types[name])})


def _text(value: object, kind: str) -> str:
    if kind == "liststring" and isinstance(value, list):
        return "[" + ", ".join(json.dumps(item, ensure_ascii=False) for item in value) + "]"
    if kind == "double" and isinstance(value, int | float):
        return _number(value)
    return as_text(value)


def _number(value: float) -> str:
    return {"inf": "INF", "-inf": "-INF", "nan": "NaN"}.get(repr(float(value)), repr(float(value)))


def _add_colour(element: ET.Element, colour: str) -> None:
    red, green, blue = (str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    ET.SubElement(element, "viz:color", r=red, g=green, b=blue)
