"""The backbone of a weighted network: the ties that weigh more than chance would have it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ...errors import UsageError
from ..arrays import from_network, has_direction

if TYPE_CHECKING:
    import networkx as nx

    from ..arrays import Floats, Integers, Mask, Ties


def backbone_of(network: nx.MultiDiGraph[str], alpha: float = 0.05) -> nx.MultiDiGraph[str]:
    """Return the ties of a network that stand out, with their ends; see ``backbone``.

    Args:
        network: as ``graph.network.projection.network`` returns it; directions count where they
            mean something.
        alpha: level, above 0 and below 1.

    Returns:
        A network with the same attributes; its own say the level as ``backbone``.

    Raises:
        UsageError: ``alpha`` is not between 0 and 1.
    """
    ties = replace(from_network(network), directed=has_direction(network))
    kept = ties.only(backbone(ties, alpha))
    ends = zip(kept.source.tolist(), kept.target.tolist(), kept.keys, strict=True)
    edges = [(ties.nodes[one], ties.nodes[two], key) for one, two, key in ends]
    result: nx.MultiDiGraph[str] = network.edge_subgraph(edges).copy()  # type: ignore[arg-type]
    result.graph["backbone"] = f"{alpha:g}"
    return result


def backbone(ties: Ties, alpha: float = 0.05) -> Mask:
    """Return which ties stand out from the others of one of their ends.

    The disparity filter of Serrano, Boguñá and Vespignani 2009, "Extracting the Multiscale
    Backbone of Complex Weighted Networks": a node of degree k spreads its strength at random over
    its k ties; a tie with the share p of it is heavier than that with the chance (1 - p)^(k - 1).
    It stays if this is below ``alpha`` at either end: in a directed network among what the source
    gives out or what the target takes in. A node with one tie does not keep it by itself. Where
    all ties weigh the same, none stands out.

    Args:
        ties: the network; parallel ties weigh together, of whatever sign, and stay or go
            together; loops go.
        alpha: level, above 0 and below 1; many ties are looked at, so it is no error rate of the
            whole.

    Returns:
        True for the ties that stay, shape (m,).

    Raises:
        UsageError: ``alpha`` is not between 0 and 1.
    """
    if not 0.0 < alpha < 1.0:
        raise UsageError("the level of a backbone is above 0 and below 1")
    if not ties.m:
        return np.zeros(0, dtype=bool)
    first, second = ties.source, ties.target
    if not ties.directed:
        first, second = np.minimum(first, second), np.maximum(first, second)
    between = first != second
    pairs, places = np.unique(first * ties.n + second, return_inverse=True)
    weight = np.bincount(places, ties.weight * between, len(pairs))
    source, target = pairs // ties.n, pairs % ties.n
    real = source != target
    stays = np.zeros(len(pairs), dtype=bool)
    stays[real] = _stand_out(ties, source[real], target[real], weight[real]) < alpha
    found: Mask = stays[places]
    return found


def _stand_out(ties: Ties, source: Integers, target: Integers, weight: Floats) -> Floats:
    """Return for each pair the smaller of the chances at its two ends."""
    if not ties.directed:
        ends, weights = np.concatenate((source, target)), np.concatenate((weight, weight))
        chances = _chance(ends, weights, ties.n)
        return np.minimum(chances[: len(source)], chances[len(source) :])
    return np.minimum(_chance(source, weight, ties.n), _chance(target, weight, ties.n))


def _chance(ends: Integers, weight: Floats, n: int) -> Floats:
    """Return the chance that a tie weighs so much of what its end has. Shape as ``weight``."""
    degree = np.bincount(ends, minlength=n)[ends]
    share = weight / np.bincount(ends, weight, n)[ends]
    return np.asarray((1.0 - share) ** (degree - 1))
