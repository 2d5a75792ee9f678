"""Parallel edges as curves beside each other, so that no line covers another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    Edge = tuple[str, str, str]

_STEP = 0.066
_WIDEST = 0.8
"""From the first to the last of the lines between two nodes, however many there are."""


def bends(edges: Iterable[Edge]) -> dict[str, float]:
    """Return how far each edge stands off the straight line between its ends.

    Args:
        edges: source, target and key; keys are unique.

    Returns:
        By key, the distance of the middle from the straight line as a share of its length, to the
        left of somebody walking from source to target. Edges between the same two nodes, in
        whichever direction, all differ, and hundreds stand as close as keeps them together; a
        single edge is straight. For a loop, its size: 1, 2, 3.
    """
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for source, target, key in sorted(edges):
        pairs.setdefault((min(source, target), max(source, target)), []).append(
            (source, target, key)
        )
    return {
        edge[2]: _bend(edge, index, len(members))
        for members in pairs.values()
        for index, edge in enumerate(members)
    }


def _bend(edge: Edge, index: int, count: int) -> float:
    source, target, _ = edge
    if source == target:
        return float(index + 1)
    side = (index - (count - 1) / 2) * min(_STEP, _WIDEST / max(1, count - 1))
    # Left of one who walks there is right of one who comes back.
    return round(side if source < target else -side, 3 if count < 100 else 6) + 0.0
