"""CX2, the exchange format of Cytoscape, Cytoscape Web and NDEx, with a style of its own.

What Cytoscape keeps for itself decides the names of some columns: ``name`` is what it shows of a
node and ``interaction`` the kind of an edge, while ids are numbers; so our ids are in ``thing`` and
``statement``. Numbers, truth values and lists keep their types. The style maps classes to colours
and shapes, signs to colours of lines and statuses to kinds of lines, as the page does.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..network.palette import INK, OTHER_NODE, PAGE, STATUSES, node_size, node_style, sign_style
from .columns import OF_NODES, as_text, gexf_type, is_empty, names
from .format import LOST_BY_NETWORKS, Exported, Format

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    import networkx as nx

    from .columns import Order
    from .selection import Selection

    Row = Mapping[str, Any]
    Types = Mapping[str, str]
    Places = Mapping[str, tuple[float, float]]
    Json = dict[str, Any]

FORMAT = Format(
    name="cytoscape",
    title="CX2 for Cytoscape, Cytoscape Web and NDEx, with colours, shapes and lines",
    holds="network",
    file="network.cx2",
    loses=LOST_BY_NETWORKS,
)

_NODE_COLUMNS = {"name": "string", "thing": "string", "size": "double"}
_EDGE_COLUMNS = {"name": "string", "statement": "string", "interaction": "string"}
_ORDER_OF_EDGES = ("label", "class", "kind", "family", "sign", "status", "certainty", "identity",
          "when", "when_text", "coverage", "earliest_begin", "latest_begin", "earliest_end",
          "latest_end", "claims", "voices", "sources", "names", "note")  # fmt: skip
_TYPES = {"liststring": "list_of_string"}
_SHAPES = {"dot": "ellipse", "square": "rectangle", "triangle": "triangle", "diamond": "diamond",
           "hexagon": "hexagon", "triangleDown": "vee", "star": "octagon"}  # fmt: skip
_LINES = {"accepted": "solid", "contested": "dashed", "alleged": "dotted",
          "judgement": "dash_dot", "open": "dashed",
          "rejected": "dotted"}  # fmt: skip

_BELOW = {"HORIZONTAL_ALIGN": "center", "VERTICAL_ALIGN": "top", "HORIZONTAL_ANCHOR": "center",
          "VERTICAL_ANCHOR": "bottom", "JUSTIFICATION": "center", "MARGIN_X": 0.0,
          "MARGIN_Y": 2.0}  # fmt: skip
_DEFAULTS = {
    "network": {"NETWORK_BACKGROUND_COLOR": PAGE.light},
    "node": {
        "NODE_BACKGROUND_COLOR": OTHER_NODE.fill.light,
        "NODE_BORDER_COLOR": INK.light,
        "NODE_BORDER_WIDTH": 0.5,
        "NODE_LABEL_COLOR": INK.light,
        "NODE_LABEL_FONT_SIZE": 8,
        "NODE_LABEL_POSITION": _BELOW,
        "NODE_SHAPE": "ellipse",
    },
    "edge": {
        "EDGE_LABEL_COLOR": INK.light,
        "EDGE_LABEL_FONT_SIZE": 4,
        "EDGE_LINE_COLOR": sign_style(0).colour.light,
        "EDGE_LINE_STYLE": "dotted",
        "EDGE_TARGET_ARROW_SHAPE": "triangle",
        "EDGE_WIDTH": 1.5,
    },
}


def write(selection: Selection) -> Exported:
    """Return the chosen network as CX2, one edge for each statement."""
    chunks = cx2(
        selection.network,
        title=selection.title,
        about=selection.chosen,
        positions=selection.places,
        sizes=selection.sizes,
    )
    return Exported({FORMAT.file: chunks})


def cx2(
    network: nx.MultiDiGraph[str],
    *,
    title: str,
    about: str = "",
    positions: Places | None = None,
    sizes: Mapping[str, float] | None = None,
) -> Iterator[bytes]:
    """Yield a network as a CX2 file, in pieces, with one edge for each statement.

    Args:
        network: as ``graph.network.projection.network`` returns it; it must not change meanwhile.
        title: name of the network.
        about: what was chosen for it.
        positions: x and y of nodes by id, with y growing downwards as on a screen.
        sizes: diameters of nodes by id; by default they grow with the degree.

    Raises:
        UsageError: a value is of an unknown type, or cannot be written as JSON.
    """
    nodes = list(_nodes(network, positions or {}, sizes or {}))
    numbers = {node["v"]["thing"]: node["id"] for node in nodes}
    facts = {"name": title, "description": about}
    facts |= {name: as_text(value) for name, value in sorted(network.graph.items())
              if not is_empty(value)}  # fmt: skip
    of_nodes = _types(
        [data for _, data in network.nodes(data=True)], OF_NODES, _NODE_COLUMNS, "label"
    )
    of_edges = _types(
        [data for *_, data in network.edges(data=True)], _ORDER_OF_EDGES, _EDGE_COLUMNS, "predicate"
    )
    of_network = dict.fromkeys(facts, "string")
    declared = {"networkAttributes": of_network, "nodes": of_nodes, "edges": of_edges}
    counts = {"attributeDeclarations": 1, "networkAttributes": 1, "nodes": len(nodes),
              "edges": network.number_of_edges(), "visualProperties": 1}  # fmt: skip
    yield b"[\n"
    yield _line({"CXVersion": "2.0", "hasFragments": False})
    yield _line({"metaData": [{"name": name, "elementCount": n} for name, n in counts.items()]})
    yield _line({"attributeDeclarations": [
        {aspect: {name: {"d": kind} for name, kind in types.items()}
         for aspect, types in declared.items()}
    ]})  # fmt: skip
    yield _line({"networkAttributes": [facts]})
    yield from _aspect("nodes", (_typed(node, of_nodes) for node in nodes))
    yield from _aspect("edges", (_typed(edge, of_edges) for edge in _edges(network, numbers)))
    yield _line({"visualProperties": [_style(network)]})
    yield _line({"status": [{"success": True}]}, last=True)
    yield b"]\n"


def _nodes(
    network: nx.MultiDiGraph[str], positions: Places, sizes: Mapping[str, float]
) -> Iterator[Json]:
    for number, node in enumerate(sorted(network), start=1):
        values = dict(network.nodes[node])
        values |= {"name": values.pop("label", node), "thing": node}
        values["size"] = float(sizes.get(node, node_size(network.degree(node))))
        x, y = positions.get(node, (None, None))
        place = {} if x is None else {"x": x, "y": y}
        yield {"id": number, **place, "v": values}


def _edges(network: nx.MultiDiGraph[str], numbers: Mapping[str, int]) -> Iterator[Json]:
    """Yield the edges; their numbers go on where those of the nodes end."""
    edges = sorted(network.edges(keys=True))
    for number, (source, target, statement) in enumerate(edges, start=len(numbers) + 1):
        values = dict(network.edges[source, target, statement])
        predicate = values.pop("predicate", "")
        values |= {"statement": statement, "interaction": predicate}
        values["name"] = f"{source} ({predicate}) {target}"
        yield {"id": number, "s": numbers[source], "t": numbers[target], "v": values}


def _types(rows: Collection[Row], order: Order, own: Types, renamed: str) -> Types:
    """Return the columns of elements, each with the type that CX2 gives to it.

    Args:
        rows: the attributes of nodes or edges.
        order: that of the columns, as ``columns.in_order`` takes it.
        own: the columns that come first, whatever the rows hold.
        renamed: the attribute that is in one of those.
    """
    found = {name: gexf_type(name, (row.get(name) for row in rows)) for name in names(rows, order)}
    rest = {name: _TYPES.get(kind, kind) for name, kind in found.items() if name != renamed}
    return {**own, **rest, **own}


def _typed(element: Json, types: Types) -> Json:
    row = element["v"]
    values = {
        name: as_text(row[name]) if kind == "string" else row[name]
        for name, kind in types.items()
        if not is_empty(row.get(name))
    }
    return {**element, "v": values}


def _aspect(name: str, elements: Iterable[Json]) -> Iterator[bytes]:
    """Yield an aspect with one element a line."""
    yield f'{{"{name}":['.encode()
    between = b"\n"
    for element in elements:
        yield between + _json(element)
        between = b",\n"
    yield b"]},\n"


def _line(value: Json, *, last: bool = False) -> bytes:
    return _json(value) + (b"\n" if last else b",\n")


def _json(value: Json) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(
            "utf-8"
        )
    except ValueError as error:
        raise UsageError(f"the network holds what JSON cannot: {error}") from error


def _style(network: nx.MultiDiGraph[str]) -> Json:
    """Return defaults and mappings: what a reader of the legend of the page expects."""
    classes = sorted({str(data["class"]) for _, data in network.nodes(data=True)
                      if data.get("class")})  # fmt: skip
    signs = sorted({data["sign"] for *_, data in network.edges(data=True) if "sign" in data})
    lines = [style for style in STATUSES if style.name in _LINES]

    def by_class(of: Callable[[str], object]) -> Json:
        return _discrete("class", "string", {one: of(one) for one in classes})

    def by_status(of: Mapping[str, object]) -> Json:
        return _discrete("status", "string", of)

    colours = _discrete("sign", "integer", {one: sign_style(one).colour.light for one in signs})
    size = {"type": "PASSTHROUGH", "definition": {"attribute": "size", "type": "double"}}
    return {
        "default": _DEFAULTS,
        "nodeMapping": {
            "NODE_LABEL": _passthrough("name"),
            "NODE_BACKGROUND_COLOR": by_class(lambda one: node_style(one).fill.light),
            "NODE_SHAPE": by_class(lambda one: _SHAPES[node_style(one).shape]),
            "NODE_WIDTH": size,
            "NODE_HEIGHT": size,
        },
        "edgeMapping": {
            "EDGE_LABEL": _passthrough("label"),
            "EDGE_LINE_COLOR": colours,
            "EDGE_TARGET_ARROW_COLOR": colours,
            "EDGE_LINE_STYLE": by_status({style.name: _LINES[style.name] for style in lines}),
            "EDGE_WIDTH": by_status({style.name: style.width for style in lines}),
            "EDGE_OPACITY": by_status({style.name: style.opacity for style in lines}),
        },
    }


def _passthrough(column: str) -> Json:
    return {"type": "PASSTHROUGH", "definition": {"attribute": column, "type": "string"}}


def _discrete(column: str, kind: str, looks: Mapping[Any, object]) -> Json:
    values = [{"v": value, "vp": look} for value, look in looks.items()]
    return {
        "type": "DISCRETE",
        "definition": {"attribute": column, "type": kind, "map": values},
    }
