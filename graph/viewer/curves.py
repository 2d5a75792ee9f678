"""Parallel edges as curves beside each other, since vis-network would draw them as one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    Edge = tuple[str, str, str]

_STEP = 0.14
_LOOP = 24


def curves(edges: Iterable[Edge]) -> dict[str, dict[str, Any]]:
    """Return how each edge bends, as options of vis-network.

    Args:
        edges: source, target and key; keys are unique.

    Returns:
        The options by key. Edges between the same two nodes, in whichever direction, all differ;
        a single edge is straight; loops at one node differ in size.
    """
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for source, target, key in sorted(edges):
        pairs.setdefault((min(source, target), max(source, target)), []).append(
            (source, target, key)
        )
    return {
        edge[2]: _options(edge, index, len(members))
        for members in pairs.values()
        for index, edge in enumerate(members)
    }


def _options(edge: Edge, index: int, count: int) -> dict[str, Any]:
    source, target, _ = edge
    if source == target:
        return {"selfReference": {"size": _LOOP + 10 * index}}
    side = (index - (count - 1) / 2) * _STEP
    # Even a straight line is drawn as a curve: vis-network puts bands under curves only.
    # Seen from the other end, clockwise is counter-clockwise.
    clockwise = (side > 0) == (source < target)
    kind = "curvedCW" if clockwise else "curvedCCW"
    return {"smooth": {"enabled": True, "type": kind, "roundness": round(abs(side), 3)}}
