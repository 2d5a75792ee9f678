"""Attributes of nodes and edges in the types that every program takes: lists as texts, and back.

NetworkX's own writers of GEXF and GraphML refuse lists, or misread them, so the networks that users
get have none.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from ..model import Statement, specs
from ..read.rules import SEPARATOR, listed

if TYPE_CHECKING:
    import networkx as nx

LISTS = ("voices", "sources", "spans", *(field.name for field in specs(Statement) if field.many))
"""The attributes of edges that hold several ids."""

Network = TypeVar("Network", bound="nx.DiGraph[str]")


def joined(network: Network) -> Network:
    """Turn the lists in a network into texts, in place, and return it.

    Args:
        network: as ``graph.network.projection.network`` returns it.
    """
    edges = (data for *_, data in network.edges(data=True))
    for data in chain((data for _, data in network.nodes(data=True)), edges):
        for name, value in data.items():
            if isinstance(value, list):
                data[name] = SEPARATOR.join(value)
    return network


def with_lists(data: dict[str, Any]) -> dict[str, Any]:
    """Return the attributes of an edge with its lists, where ``joined`` has made them texts."""
    if not isinstance(data.get("voices"), str):
        return data
    return {**data, **{name: listed(data[name]) for name in LISTS if name in data}}
