"""Prints what graph-tool sees in a GraphML file, as JSON; for the Python it is installed for."""

# mypy: ignore-errors
# ruff: noqa: T201

import json
import sys

try:
    import graph_tool
except ImportError:
    sys.exit(3)

graph = graph_tool.load_graph(sys.argv[1])
assert graph.is_directed()
ids = graph.vp.get("_graphml_vertex_id")
nodes = {ids[node]: {name: graph.vp[name][node] for name in graph.vp} for node in graph.vertices()}
edges = {
    graph.ep["_graphml_edge_id"][edge]: {
        **{name: graph.ep[name][edge] for name in graph.ep},
        "source": ids[edge.source()],
        "target": ids[edge.target()],
    }
    for edge in graph.edges()
}
print(json.dumps([nodes, edges]))
