"""N-Quads: every quad on a line of its own, sorted, which is canonical without blank nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..read import store as stores
from .format import Exported, Format

if TYPE_CHECKING:
    from .selection import Selection

FORMAT = Format(
    name="nquads",
    title="the whole graph as sorted N-Quads, for triple stores and for comparing versions",
    holds="graph",
    file="graph.nq",
)


def write(selection: Selection) -> Exported:
    """Return all quads as sorted N-Quads, the same bytes as a build's ``graph.nq``."""
    return Exported({FORMAT.file: [stores.nquads(selection.graph.store)]})
