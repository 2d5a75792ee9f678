"""GraphML, for yEd, Cytoscape, igraph and most other tools for networks."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import networkx as nx

from .columns import as_text, gexf_type, is_empty, names
from .format import LOST_BY_NETWORKS, Exported, Format
from .xml_text import checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .selection import Selection

    Row = Mapping[str, object]


FORMAT = Format(
    name="graphml",
    title="GraphML for yEd, Cytoscape, igraph, graph-tool, Gephi and NetworkX",
    holds="network",
    file="network.graphml",
    loses=LOST_BY_NETWORKS,
)


def write(selection: Selection) -> Exported:
    """Return the chosen network as GraphML, one edge for each statement."""
    title = f"{selection.title}. {selection.chosen}"
    return Exported({FORMAT.file: [graphml(selection.network, title=title)]})


def graphml(network: nx.MultiDiGraph[str], *, title: str) -> bytes:
    """Return a network as a GraphML file, with one edge for each statement.

    Args:
        network: as ``graph.network.network`` returns it.
        title: what the network shows; it becomes the graph's attribute ``title``.

    Returns:
        UTF-8. The edges' ids are those of the statements and their ``weight`` is 1. What GraphML
        has no type for is text: lists are joined by semicolons.

    Raises:
        UsageError: a value cannot be written as XML or is of an unknown type.
    """
    cleaned = _cleaned(network, title)
    for text in _texts(cleaned):
        checked(text)
    out = io.BytesIO()
    nx.write_graphml_xml(cleaned, out)
    return out.getvalue() + b"\n"


def _cleaned(network: nx.MultiDiGraph[str], title: str) -> nx.MultiDiGraph[str]:
    """Return a sorted copy with texts, numbers and truth values only, one type to a column."""
    copy: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    facts = {name: as_text(value) for name, value in network.graph.items() if not is_empty(value)}
    copy.graph.update(facts, title=title)
    nodes = sorted(network)
    copy.add_nodes_from(nodes)
    for node, row in zip(nodes, _plain([network.nodes[node] for node in nodes]), strict=True):
        copy.nodes[node].update(row)
    edges = sorted(network.edges(keys=True))
    rows = _plain([{**network.edges[edge], "weight": 1} for edge in edges])
    for edge, row in zip(edges, rows, strict=True):
        copy.add_edge(*edge)
        copy.edges[edge].update(row)
    return copy


def _texts(cleaned: nx.MultiDiGraph[str]) -> Iterator[str]:
    """Yield every text of the network, because networkx would write whatever it holds."""
    yield from cleaned
    yield from (key for *_, key in cleaned.edges(keys=True))
    nodes = (data for _, data in cleaned.nodes(data=True))
    edges = (data for *_, data in cleaned.edges(data=True))
    for data in (cleaned.graph, *nodes, *edges):
        yield from (value for value in data.values() if isinstance(value, str))


def _plain(rows: Sequence[Row]) -> list[dict[str, str | int | float | bool]]:
    columns = names(rows, ("label",))
    types = {name: gexf_type(name, [row.get(name) for row in rows]) for name in columns}
    return [
        {name: _value(row[name], types[name]) for name in columns if not is_empty(row.get(name))}
        for row in rows
    ]


def _value(value: object, kind: str) -> str | int | float | bool:
    if kind == "double" and isinstance(value, int | float):
        return float(value)
    if kind in ("boolean", "integer", "long") and isinstance(value, int):
        return value
    return as_text(value)
