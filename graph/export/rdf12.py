"""TriG of RDF 1.2, where a statement is the reifier of a triple that is named, not asserted.

``case:ID rdf:reifies <<( s p o )>>`` stands in place of the statement's ``rdf:subject``,
``rdf:predicate`` and ``rdf:object``; qualifiers, status and claims hang on ``case:ID`` as before.
The triple itself is asserted only where the statement is accepted, as in the graph. Readers of RDF
1.1 refuse the file; ``graph.read.store.read`` turns it back into RDF 1.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.terms import prefixes_of
from ..read import store as stores
from .format import Exported, Format

if TYPE_CHECKING:
    from .selection import Selection

FORMAT = Format(
    name="rdf12",
    title="the whole graph as TriG of RDF 1.2, statements as reifiers, for Oxigraph and others",
    holds="graph",
    file="graph-rdf12.trig",
)


def write(selection: Selection) -> Exported:
    """Return all quads as TriG of RDF 1.2, with a reifier for each statement."""
    graph = selection.graph
    return Exported({FORMAT.file: [stores.rdf12(graph.store, prefixes_of(graph.case))]})
