"""The standard measures: one number for each node, with what it says and whose formula it is."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from ...errors import UsageError, suggestion
from .. import engines
from . import shortest_paths
from .measure import Measure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..arrays import Floats, Sign, Ties


def measured(ties: Ties, name: str, *, sign: Sign | None = None) -> Floats:
    """Return the values of a measure for all nodes of a network.

    Args:
        ties: the network; loops do not count, parallel ties as the measure says.
        name: of a measure of ``MEASURES``.
        sign: which ties it takes; by default those of ``Measure.sign``.

    Returns:
        In the order of ``ties.nodes``, shape (n,); ``nan`` where a node has no value. No random
        number is drawn, but for betweenness of large networks; see ``pivots``.

    Raises:
        UsageError: there is no such measure, it is of one sign and another is asked for, or it
            counts directions and the ties have none.
    """
    chosen = measure(name)
    if chosen.sign in ("positive", "negative") and sign not in (None, chosen.sign):
        raise UsageError(f"{name} is about {chosen.sign} ties; it takes no others")
    if name in _NEED_DIRECTION and not ties.directed:
        raise UsageError(f"{name} counts directions, and the ties of this network have none")
    return chosen.compute(ties.of_sign(sign or chosen.sign))


def measure(name: str) -> Measure:
    """Return a measure by its name.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in MEASURES:
        hint = suggestion(name, MEASURES) or f"; there are {', '.join(MEASURES)}"
        raise UsageError(f'there is no measure "{name}"{hint}')
    return MEASURES[name]


def pivots(ties: Ties, name: str, *, sign: Sign | None = None) -> int | None:
    """Return from how many drawn nodes ``measured`` estimates; ``None`` if it is exact.

    Args:
        ties: the network.
        name: of the measure.
        sign: as for ``measured``.
    """
    chosen = measure(name)
    if name != "betweenness":
        return None
    return (
        shortest_paths.PIVOTS
        if shortest_paths.needs_pivots(ties.of_sign(sign or chosen.sign).simple(directed=False))
        else None
    )


def _degree(ties: Ties, *, ends: str = "both") -> Floats:
    simple = ties.simple(directed=ends != "both")
    found = np.zeros(ties.n, dtype=np.int64)
    if ends in ("both", "source"):
        found += np.bincount(simple.source, minlength=ties.n)
    if ends in ("both", "target"):
        found += np.bincount(simple.target, minlength=ties.n)
    return found.astype(np.float64)


def _strength(ties: Ties) -> Floats:
    simple = ties.simple(directed=False)
    found = np.zeros(ties.n)
    found += np.bincount(simple.source, simple.weight, ties.n)
    found += np.bincount(simple.target, simple.weight, ties.n)
    return found


def _betweenness(ties: Ties) -> Floats:
    simple = ties.simple(directed=False)
    if shortest_paths.needs_pivots(simple):
        return shortest_paths.betweenness(simple, pivots=shortest_paths.PIVOTS)
    return engines.exact_betweenness(simple) if ties.n > 2 else np.zeros(ties.n)


def _closeness(ties: Ties) -> Floats:
    reached, far, _ = shortest_paths.distance_sums(ties.simple(directed=False))
    return np.divide(reached**2, far * max(ties.n - 1, 1), out=np.zeros(ties.n), where=far > 0)


def _harmonic(ties: Ties) -> Floats:
    return shortest_paths.distance_sums(ties.simple(directed=False))[2] / max(ties.n - 1, 1)


def _eigenvector(ties: Ties) -> Floats:
    simple = ties.simple(directed=False)
    found = np.full(ties.n, np.nan)
    if not simple.m:
        return found
    numbers = engines.component_numbers(simple)
    sizes = np.bincount(numbers)
    linked = np.bincount(numbers[simple.source], minlength=len(sizes))
    firsts = np.unique(numbers, return_index=True)[1]
    largest = np.lexsort((firsts, -linked, -sizes))[0]
    found[numbers == largest] = engines.leading_vector(engines.part(simple, numbers == largest))
    return found


def _pagerank(ties: Ties) -> Floats:
    return engines.pagerank(ties.simple(directed=ties.directed))


def _coreness(ties: Ties) -> Floats:
    return engines.coreness(ties.simple(directed=False))


def _constraint(ties: Ties) -> Floats:
    return engines.constraint(ties.simple(directed=False))


def _effective_size(ties: Ties) -> Floats:
    simple = ties.simple(directed=False)
    degree, closed = _degree(simple), engines.triangles(simple)
    found = degree - 2.0 * closed / np.maximum(degree, 1.0)
    return np.where(degree > 0, found, np.nan)


def _clustering(ties: Ties) -> Floats:
    simple = ties.simple(directed=False)
    degree, closed = _degree(simple), engines.triangles(simple)
    pairs = degree * (degree - 1.0) / 2.0
    return np.where(pairs > 0, closed / np.maximum(pairs, 1.0), np.nan)


def _articulation(ties: Ties) -> Floats:
    return engines.articulation(ties.simple(directed=False))


def _component(ties: Ties) -> Floats:
    numbers = engines.component_numbers(ties.simple(directed=False))
    return np.bincount(numbers)[numbers].astype(np.float64) if ties.n else np.zeros(0)


_NEED_DIRECTION = frozenset({"in-degree", "out-degree"})
_ALL = (
    Measure(
        "degree",
        "degree",
        "It is tied to many others, in whatever way.",
        "Number of others that a node is tied to. Freeman 1979, “Centrality in Social Networks: "
        "Conceptual Clarification”; not normalised.",
        "any", False, False, _degree,
    ),
    Measure(
        "in-degree",
        "indegree",
        "Ties of many others are directed at it.",
        "Number of others with a tie to the node. Wasserman and Faust 1994, “Social Network "
        "Analysis”, chapter 5; not normalised.",
        "any", True, False, partial(_degree, ends="target"),
    ),
    Measure(
        "out-degree",
        "outdegree",
        "Its ties are directed at many others.",
        "Number of others that the node has a tie to. Wasserman and Faust 1994, “Social Network "
        "Analysis”, chapter 5; not normalised.",
        "any", True, False, partial(_degree, ends="source"),
    ),
    Measure(
        "strength",
        "strength",
        "Many statements tie it to others: it does much with them, or much is written about it.",
        "Sum of the weights of a node's ties, which is the number of statements. Barrat, "
        "Barthélemy, Pastor-Satorras and Vespignani 2004, “The Architecture of Complex Weighted "
        "Networks”.",
        "any", False, True, _strength,
    ),
    Measure(
        "positive-degree",
        "positive degree",
        "Many others are its allies or backers, or are backed by it.",
        "Number of others with a positive tie to or from the node. Wasserman and Faust 1994, "
        "“Social Network Analysis”, chapter 4.",
        "positive", False, False, _degree,
    ),
    Measure(
        "negative-degree",
        "negative degree",
        "Many others are hostile to it, or it is hostile to them.",
        "Number of others with a negative tie to or from the node. Wasserman and Faust 1994, "
        "“Social Network Analysis”, chapter 4.",
        "negative", False, False, _degree,
    ),
    Measure(
        "betweenness",
        "betweenness",
        "It lies on many shortest ways between others, and could pass on, hold back or mediate.",
        "Share of the shortest ways between two others that lead through the node, as a mean over "
        "all pairs of others. Freeman 1977, “A Set of Measures of Centrality Based on "
        "Betweenness”; algorithm of Brandes 2001, “A Faster Algorithm for Betweenness "
        "Centrality”. Exact while nodes times tied pairs are at most "
        f"{shortest_paths.EXACT_WORK:,}; above, estimated from {shortest_paths.PIVOTS} starts "
        "drawn with seed 0 (Brandes and Pich 2007, "
        "“Centrality Estimation in Large Networks”).",
        "not-negative", False, False, _betweenness,
    ),
    Measure(
        "closeness",
        "closeness",
        "It reaches many others in few steps.",
        "(r / (n - 1)) (r / d), where r is the number of others that the node reaches and d the "
        "sum of the distances to them; 0 for a node without ties. Freeman 1979, “Centrality in "
        "Social Networks”; for networks in parts as in Wasserman and Faust 1994, “Social Network "
        "Analysis”.",
        "not-negative", False, False, _closeness,
    ),
    Measure(
        "harmonic",
        "harmonic closeness",
        "It reaches many others in few steps; those that it cannot reach count as endlessly far.",
        "Mean over all others of 1 / distance, 0 for those out of reach. Marchiori and Latora "
        "2000, “Harmony in the Small-World”; Boldi and Vigna 2014, “Axioms for Centrality”.",
        "not-negative", False, False, _harmonic,
    ),
    Measure(
        "eigenvector",
        "eigenvector centrality",
        "It is tied to others that are themselves central.",
        "Eigenvector of the largest eigenvalue of the matrix of ties, of length 1. Bonacich 1972, "
        "“Factoring and Weighting Approaches to Status Scores and Clique Identification”. Only in "
        "the largest component (of several, the one with most ties); elsewhere no value.",
        "not-negative", False, False, _eigenvector,
    ),
    Measure(
        "pagerank",
        "PageRank",
        "Ties of others that themselves receive many lead to it.",
        "Share of time that somebody spends at the node who follows ties in their direction, each "
        "in proportion to its number of statements, and with 0.15 begins anew anywhere. Brin and "
        "Page 1998, “The Anatomy of a Large-Scale Hypertextual Web Search Engine”.",
        "not-negative", True, True, _pagerank,
    ),
    Measure(
        "coreness",
        "coreness",
        "It belongs to a core in which everybody is tied to many others of that core.",
        "Largest k such that the node is in a part of the network in which each is tied to at "
        "least k others of it. Seidman 1983, “Network Structure and Minimum Degree”.",
        "not-negative", False, False, _coreness,
    ),
    Measure(
        "constraint",
        "constraint",
        "Its contacts are few or tied to each other; a low value means room to broker.",
        "Sum over its contacts j of (p_ij + sum over q of p_iq p_qj)², where p_ij is 1 / degree "
        "of i if they are tied. Burt 1992, “Structural Holes”. No value without ties.",
        "not-negative", False, False, _constraint,
    ),
    Measure(
        "effective-size",
        "effective size",
        "It has many contacts that are not tied to each other.",
        "Number of contacts less the mean number of ties that each has to the other contacts. "
        "Burt 1992, “Structural Holes”, in the form of Borgatti 1997, “Structural Holes: "
        "Unpacking Burt's Redundancy Measures”. No value without ties.",
        "not-negative", False, False, _effective_size,
    ),
    Measure(
        "clustering",
        "clustering coefficient",
        "Those it is tied to are tied to each other.",
        "Share of the pairs of its contacts that are tied. Watts and Strogatz 1998, “Collective "
        "Dynamics of ‘Small-World’ Networks”. No value with fewer than two contacts.",
        "not-negative", False, False, _clustering,
    ),
    Measure(
        "articulation",
        "articulation point",
        "Without it (value 1) its part of the network would fall apart.",
        "1 if the node's component falls apart without it, else 0. Hopcroft and Tarjan 1973, "
        "“Algorithm 447: Efficient Algorithms for Graph Manipulation”.",
        "not-negative", False, False, _articulation,
    ),
    Measure(
        "component",
        "size of its component",
        "Many nodes hang together with it, by whatever way.",
        "Number of nodes of the weakly connected component that the node is in, itself included. "
        "Wasserman and Faust 1994, “Social Network Analysis”, chapter 4.",
        "not-negative", False, False, _component,
    ),
)  # fmt: skip

MEASURES: Mapping[str, Measure] = MappingProxyType({one.name: one for one in _ALL})
"""All measures by name, in the order in which they are shown."""
