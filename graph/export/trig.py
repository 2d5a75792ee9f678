"""TriG: the whole graph with its named graphs, for people and programs that read RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.terms import prefixes_of
from ..read import store as stores
from .format import Exported, Format

if TYPE_CHECKING:
    from .selection import Selection

FORMAT = Format(
    name="trig",
    title="the whole graph as TriG: Turtle with the worlds of the voices as named graphs",
    holds="graph",
    file="graph.trig",
)


def write(selection: Selection) -> Exported:
    """Return all quads as TriG; what is only alleged, or told by one voice, in named graphs."""
    graph = selection.graph
    return Exported({FORMAT.file: [stores.trig(graph.store, prefixes_of(graph.case))]})
