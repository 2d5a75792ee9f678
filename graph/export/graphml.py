"""GraphML: one file for yEd, Cytoscape, igraph, graph-tool, Gephi and NetworkX.

Readers shape what is written here. Gephi takes keys called "d3" and "d7" for labels, so keys are
called after their columns. igraph and R look vertices up by "name", so it is the id. Cytoscape
keeps the keys of nodes and edges together, so they differ. igraph gives edges the ids of nodes, so
the statement is a column too. igraph and graph-tool read a missing number as 0 or as not a number
and a missing truth value as false, so a column is typed only if no value is missing. Gephi, igraph
and Sigma draw with "x", "y", "size" and "color".
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from ..network.palette import node_size, node_style, sign_style
from .columns import OF_NODES, as_text, gexf_type, is_empty, names, number
from .format import LOST_BY_NETWORKS, Exported, Format
from .xml_text import attribute, checked, repeated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import networkx as nx

    from .columns import Order
    from .selection import Selection

    Row = Mapping[str, Any]
    Types = Mapping[str, str]
    Places = Mapping[str, tuple[float, float]]

FORMAT = Format(
    name="graphml",
    title="GraphML for yEd, Cytoscape, igraph, graph-tool, Gephi and NetworkX",
    holds="network",
    file="network.graphml",
    loses=LOST_BY_NETWORKS,
)

_EDGE_COLUMNS = ("label", "predicate", "kind", "family", "sign", "status", "certainty", "when",
                 "when_text", "coverage", "earliest_begin", "latest_begin", "earliest_end",
                 "latest_end", "claims", "voices", "sources")  # fmt: skip
_TYPES = {"integer": "int", "long": "long", "double": "double", "boolean": "boolean"}
_LINES = 1000
_MARKUP = re.compile("[&<>\r]")
_OPENING = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">"""


def write(selection: Selection) -> Exported:
    """Return the chosen network as GraphML, one edge for each statement."""
    chunks = _chunks(
        selection.network,
        f"{selection.title}. {selection.chosen}",
        selection.places,
        selection.sizes,
    )
    return Exported({FORMAT.file: chunks})


def graphml(
    network: nx.MultiDiGraph[str],
    *,
    title: str,
    positions: Places | None = None,
    sizes: Mapping[str, float] | None = None,
) -> bytes:
    """Return a network as a GraphML file, with one edge for each statement.

    Args:
        network: as ``graph.network.projection.network`` returns it.
        title: what the network shows; it becomes the graph's attribute ``title``.
        positions: x and y of nodes by id, with y growing downwards as on a screen. They are
            written if every node has one.
        sizes: diameters of nodes by id; by default they grow with the degree.

    Returns:
        UTF-8. The edges' ids are those of the statements, which are in the column ``statement``
        too, and their ``weight`` is 1 unless they have their own. What GraphML has no type for is
        text: lists are joined by semicolons. So is a column with numbers that some rows do not
        have.

    Raises:
        UsageError: a value cannot be written as XML or is of an unknown type.
    """
    return b"".join(_chunks(network, title, positions or {}, sizes or {}))


def _chunks(
    network: nx.MultiDiGraph[str], title: str, positions: Places, sizes: Mapping[str, float]
) -> Iterator[bytes]:
    waiting: list[str] = []
    for line in _lines(network, title, positions, sizes):
        waiting.append(line)
        if len(waiting) == _LINES:
            yield checked("\n".join(waiting) + "\n")
            waiting.clear()
    yield checked("\n".join(waiting) + "\n")


def _lines(
    network: nx.MultiDiGraph[str], title: str, positions: Places, sizes: Mapping[str, float]
) -> Iterator[str]:
    facts = {name: as_text(value) for name, value in network.graph.items() if not is_empty(value)}
    placed = len(network) > 0 and positions.keys() >= set(network)
    of_graph = dict.fromkeys(("title", *sorted(facts)), "string")
    of_nodes = _types([data for _, data in network.nodes(data=True)], ("label", *OF_NODES))
    of_nodes = {"name": "string"} | of_nodes | {"size": "double", "color": "string"}
    of_nodes |= {"x": "double", "y": "double"} if placed else {}
    of_edges = {"statement": "string"}
    of_edges |= _types([data for *_, data in network.edges(data=True)], _EDGE_COLUMNS)
    of_edges |= {"weight": of_edges.get("weight", "int"), "color": "string"}
    yield _OPENING
    for entity, types in (("graph", of_graph), ("node", of_nodes), ("edge", of_edges)):
        yield from (_key(entity, name, kind) for name, kind in types.items())
    yield ' <graph edgedefault="directed">'
    yield "  " + _data("graph", of_graph, {**facts, "title": title})
    yield from _nodes(network, of_nodes, positions if placed else {}, sizes)
    yield from _edges(network, of_edges)
    yield " </graph>"
    yield "</graphml>"


def _types(rows: Collection[Row], order: Order) -> dict[str, str]:
    """Return the columns of rows in their order, each with GraphML's type for it."""
    found = {}
    for name in names(rows, order):
        kind = _TYPES.get(gexf_type(name, (row.get(name) for row in rows)), "string")
        missing = kind != "string" and any(is_empty(row.get(name)) for row in rows)
        found[name] = "string" if missing else kind
    return found


def _key(entity: str, name: str, kind: str) -> str:
    word = attribute(name)
    of = attribute(f"{entity}-{name}")
    return f' <key id={of} for="{entity}" attr.name={word} attr.type="{kind}"/>'


def _nodes(
    network: nx.MultiDiGraph[str], types: Types, positions: Places, sizes: Mapping[str, float]
) -> Iterator[str]:
    for node in sorted(network):
        data = network.nodes[node]
        size = sizes.get(node, node_size(network.degree(node)))
        row = {
            "label": node,
            **data,
            "name": node,
            "size": size,
            "color": node_style(data.get("class")).fill.light,
        }
        if positions:
            x, y = positions[node]
            row |= {"x": x, "y": -y}
        yield f"  <node id={attribute(node)}>{_data('node', types, row)}</node>"


def _edges(network: nx.MultiDiGraph[str], types: Types) -> Iterator[str]:
    for source, target, statement in sorted(network.edges(keys=True)):
        data = network.edges[source, target, statement]
        row = {"weight": 1, **data, "statement": statement}
        row["color"] = sign_style(data.get("sign", 0)).colour.light
        ends = f"source={repeated(source)} target={repeated(target)}"
        name = attribute(statement)
        yield f"  <edge id={name} {ends}>{_data('edge', types, row)}</edge>"


def _data(entity: str, types: Types, row: Row) -> str:
    found = []
    for name, kind in types.items():
        value = row.get(name)
        if not is_empty(value):
            found.append(f"{_opening(entity, name)}{_text(value, kind)}</data>")
    return "".join(found)


@cache
def _opening(entity: str, name: str) -> str:
    return f"<data key={attribute(f'{entity}-{name}')}>"


def _text(value: object, kind: str) -> str:
    if kind == "double" and isinstance(value, int | float):
        return number(value)
    text = as_text(value)
    return escape(text, {"\r": "&#13;"}) if _MARKUP.search(text) else text
