"""Names, statements and their evidence in words."""

from __future__ import annotations

from functools import cached_property
from math import isnan
from typing import TYPE_CHECKING

from ..model.terms import spaced
from ..read import cited_claims, edge_in_words
from ..read.date_words import date_in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import networkx as nx

    from ..read.select import Graph


class Words:
    """Says things of a graph in words.

    Args:
        graph: the judged graph and its case.
        network: the network whose ties are spoken of.
    """

    def __init__(self, graph: Graph, network: nx.MultiDiGraph[str]) -> None:
        self.graph = graph
        self.network = network

    def name(self, node: str) -> str:
        """Return the English name of a thing, given its id; the id where it has none."""
        if node in self.network and "label" in self.network.nodes[node]:
            return str(self.network.nodes[node]["label"])
        return self.graph.label(node)

    def names(self, nodes: Iterable[str], *, most: int = 4) -> str:
        """Return the names of some things: ``A, B and C``; of many the first, and how many more."""
        known = [self.name(node) for node in nodes]
        if len(known) > most:
            return f"{', '.join(known[:most])} and {len(known) - most} more"
        return " and ".join([", ".join(known[:-1]), known[-1]] if len(known) > 1 else known)

    @cached_property
    def _ties(self) -> dict[str, str]:
        return {
            key: edge_in_words(self.graph, data, self.name(source), self.name(target))
            + (f" ({data['when_text']})" if data.get("when_text") else
               f" ({date_in_words(data['when'])})" if data.get("when") else "")
            for source, target, key, data in self.network.edges(keys=True, data=True)
        }  # fmt: skip

    def tie(self, key: str) -> str:
        """Return a tie as a sentence without full stop: who, does what, to whom, when."""
        return self._ties.get(key, key)

    def being_first(self, ids: Collection[str]) -> str:
        """Return who is first as a clause: ``A is first``, ``A and B are first``, and so for none.

        Args:
            ids: ids of those that share the first rank.
        """
        verb = "are" if len(ids) > 1 else "is"
        return f"{self.names(ids) or 'nobody'} {verb} first"

    def status(self, key: str) -> str:
        """Return the status of a tie."""
        return self._statuses[key]

    @cached_property
    def _statuses(self) -> dict[str, str]:
        return {
            key: str(data["status"]) for *_, key, data in self.network.edges(keys=True, data=True)
        }

    def anything(self, name: str) -> str:
        """Return a tie as a sentence or a thing by its name, given its id."""
        return self._ties[name] if name in self._ties else self.name(name)

    def evidence(self, keys: Collection[str]) -> dict[str, str]:
        """Return who says what of some ties, with the sentences that are cited.

        Args:
            keys: keys of edges: ids of statements or of claims.

        Returns:
            By key, as in ``Observers asserts (report-2020#1.2); Army denies (report-2020#4.1)``.
        """
        return {key: self._said(self._statements.get(key, key)) for key in keys}

    def _said(self, statement: str) -> str:
        stands: dict[tuple[str, str], list[str]] = {}
        for claim in cited_claims(self.graph, statement):
            stands.setdefault((claim.name, claim.stance), []).extend(claim.passages)
        return "; ".join(
            f"{voice} {spaced(stance)} ({', '.join(dict.fromkeys(cited))})"
            for (voice, stance), cited in stands.items()
        )

    @cached_property
    def _statements(self) -> dict[str, str]:
        """The ids of the statements of ties by keys of edges; a tie may be a claim on one."""
        return {
            key: str(data.get("statement", key))
            for *_, key, data in self.network.edges(keys=True, data=True)
        }


def number(value: float) -> str:
    """Return a number with three significant digits; a dash for none."""
    if isnan(value):
        return "–"
    if value == int(value) and abs(value) < 1e6:
        return str(int(value))
    return f"{value:.3g}"


def share(value: float) -> str:
    """Return a share as per cent; of one that is nearly none or nearly all, the bound: ``<1%``."""
    if 0 < value < 0.01:
        return "<1%"
    return ">99%" if 0.99 < value < 1 else f"{value:.0%}"
