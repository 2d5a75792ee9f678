"""Turtle: the common ground of a case, with the evidence, for people and programs that read RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.terms import prefixes_of
from ..read import store as stores
from .format import LOST_OF_THE_PAST, Exported, Format

if TYPE_CHECKING:
    from .selection import Selection

FORMAT = Format(
    name="turtle",
    title="the default graph as Turtle, for Protégé, rdflib, Jena and most programs for RDF",
    holds="graph",
    file="graph.ttl",
    loses={**LOST_OF_THE_PAST, "worlds": "left out; nquads, trig and jsonld have them"},
)


def write(selection: Selection) -> Exported:
    """Return the default graph as Turtle: every statement with its claims, and the direct edges."""
    graph = selection.graph
    return Exported({FORMAT.file: [stores.turtle(graph.store, prefixes_of(graph.case))]})
