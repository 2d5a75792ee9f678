"""How often the sources write of somebody, which every measure of a network also measures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...model.terms import HUD, case_namespace, text

if TYPE_CHECKING:
    from ...read.select import Graph

_MENTIONED = ox.NamedNode(HUD + "mentionedIn")


def mentions(graph: Graph) -> dict[str, int]:
    """Return how many passages mention each thing; passages are sentences.

    Args:
        graph: the store and its case.

    Returns:
        Numbers by id, sorted; a thing that no passage mentions is missing.
    """
    base = case_namespace(graph.case)
    quads = graph.store.quads_for_pattern(None, _MENTIONED, None, ox.DefaultGraph())
    found = Counter(text(quad.subject).removeprefix(base) for quad in quads)
    return dict(sorted(found.items()))
