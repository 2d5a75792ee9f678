"""The measures of a network of two modes as a table: events or agreements, and who shares them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors.counting import counted
from .printing import write, write_json

if TYPE_CHECKING:
    import networkx as nx

_HEAD = ("side", "id", "label", "class", "degree", "centrality", "betweenness")


def echo(network: nx.MultiDiGraph[str], form: str) -> None:
    """Print the nodes of a network of two modes, side by side; those of one side by their degree.

    Args:
        network: as ``graph.network.projection.network`` returns it.
        form: ``table``, ``csv`` or ``json``.

    Raises:
        UsageError: a node is on both sides.
    """
    from ..analysis.centrality.two_mode import two_mode
    from ..model.terms import spaced
    from ..network.projection import described
    from .tables import as_csv, echo_table, echo_wrapped, with_kind

    found = two_mode(network)
    sides = (("subjects", found.subjects), ("objects", found.objects))
    rows = [
        (side, node, str(network.nodes[node]["label"]), str(network.nodes[node].get("class", "")),
         found.degree[node], round(found.degree_centrality[node], 12),
         round(found.betweenness[node], 12))
        for side, nodes in sides
        for node in sorted(nodes, key=lambda node: (-found.degree[node], node))
    ]  # fmt: skip
    values = [with_kind(dict(zip(_HEAD, row, strict=True))) for row in rows]
    if form == "json":
        write_json({
            "network": {name: value for name, value in network.graph.items() if value},
            "density": found.density if rows else None,
            "values": values,
        })  # fmt: skip
    elif form == "csv":
        write(as_csv([[*_HEAD, "kind"], *([*row.values()] for row in values)]))
    else:
        shown = [[side, label, spaced(own).strip(), str(degree), f"{part:.4g}", f"{between:.4g}"]
                 for side, _, label, own, degree, part, between in rows]  # fmt: skip
        echo_table([[name for name in _HEAD if name != "id"], *shown])
        counts = ", ".join(
            (counted(len(found.subjects), "subject"), counted(len(found.objects), "object"))
        )
        echo_wrapped(f"network: {described(network)}: {counts}, density {found.density:.4g}")
