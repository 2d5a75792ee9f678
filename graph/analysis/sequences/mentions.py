"""How often the sources write of somebody, which every measure of a network also measures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ...model.terms import HUD

if TYPE_CHECKING:
    from ...read.select import Graph


def mentions(graph: Graph) -> dict[str, int]:
    """Return how many passages mention each thing; passages are sentences.

    Args:
        graph: the store and its case.

    Returns:
        Numbers by id, sorted; a thing that no passage mentions is missing.
    """
    return dict(sorted(Counter(name for name, _ in graph.pairs(HUD + "mentionedIn")).items()))
