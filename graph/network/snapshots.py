"""The graph as of a day and as a voice tells it: a data set of its own, for any query."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ..errors.counting import counted
from ..model.terms import text
from ..query.days import named_answer, with_classes
from ..query.named import bound, chosen
from ..read.rules import in_words, together
from ..read.select import Table, answer
from ..read.snapshot import cut, said
from ..read.store import as_dataset, nquads
from .filters import STATUSES, Filters, Tie, told_in_words
from .projection import network, takes_recipe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from typing import Unpack

    import networkx as nx
    import rdflib

    from ..model.terms import Iri
    from ..query.named import Query
    from ..read.select import Answer, Graph, Term
    from ..read.store import Store
    from .filters import Narrowing

MOST_KEPT = 8
"""So many snapshots of a graph are kept, those that were asked for last."""
_LAST = lru_cache(MOST_KEPT)


class Cut(NamedTuple):
    """What was cut of a graph, and how many statements are in it, of how many."""

    graph: Graph
    kept: int
    every: int


@dataclass(frozen=True)
class Snapshot:
    """The statements that hold on a day and belong to a world, with all that is said on them.

    Attributes:
        graph: plain triples, ``…/graph/ties`` and those statements with all claims on them;
            things, sources and the ontology are whole.
        filters: what it was cut by.
        queries: the named queries that it can be asked.
        kept: how many statements are in it.
        every: how many there are in the case.
    """

    graph: Graph
    filters: Filters
    queries: Mapping[str, Query]
    kept: int
    every: int

    @property
    def store(self) -> Store:
        """The quads."""
        return self.graph.store

    @cached_property
    def bytes(self) -> int:
        """Its size in N-Quads."""
        return len(nquads(self.store))

    @property
    def world(self) -> str:
        """Whose world it is, in words; empty without a voice."""
        whole, voice = self.filters.graph, self.filters.voice
        return in_words(whole, voice, only=self.filters.only) if voice else ""

    def __str__(self) -> str:
        """Return what it is, in words."""
        filters = told_in_words(self.filters.told())
        return f"{self.kept} of {counted(self.every, 'statement')} ({filters})"

    def query(self, query: str, **params: str | date) -> Answer:
        """Return what it answers: a table, a truth value or triples.

        Args:
            query: the name of a named query, or a query in SPARQL.
            params: values of its parameters.

        Returns:
            With a day, a table with a column ``statement`` has one ``held`` as well: the class of
            ``graph.model.days``.

        Raises:
            UsageError: there is no such query, it is none, or a parameter does not fit.
        """
        asked = chosen(query, self.queries)
        if asked.name in self.queries:
            return self.with_held(named_answer(asked, params, self.graph))
        texts = {name: str(value) for name, value in params.items()}
        text = bound(asked, texts, self.graph)
        return self.with_held(answer(self.store, text, case=self.graph.case))

    def with_held(self, found: Answer) -> Answer:
        """Return an answer with the column ``held``, where it has a day and statements."""
        day = self.filters.as_of
        if day is None or not isinstance(found, Table) or "statement" not in found.columns:
            return found
        return found if "held" in found.columns else with_classes(found, self.graph, day)[0]

    @takes_recipe
    def network(self, projection: str = "ties") -> nx.MultiDiGraph[str]:
        """Return a projection of it; see ``graph.network.projection.network``.

        Args:
            projection: name of the projection.

        Raises:
            UsageError: there is no such projection.
        """
        day = self.filters.as_of
        narrowing: Narrowing = {"status": STATUSES}
        if day is not None:
            narrowing |= {"by" if day.by else "on": day.day, "held": day.held}  # type: ignore[misc]
        found = network(self.graph, projection, **narrowing)
        found.graph.update(self.filters.told())
        return found

    def dataset(self) -> rdflib.Dataset:
        """Return it as an ``rdflib.Dataset``."""
        return as_dataset(self.store)


def snapshot(
    graph: Graph, queries: Mapping[str, Query], **narrowing: Unpack[Narrowing]
) -> Snapshot:
    """Return a snapshot; the last ``MOST_KEPT`` of a graph are kept.

    Args:
        graph: the judged graph and its case.
        queries: the named queries that the snapshot can be asked.
        narrowing: which statements are in it; see ``graph.network.filters.Narrowing``. Only
            accepted ones are unless a voice or a status is given.

    Raises:
        UsageError: as for ``graph.network.projection.network``.
    """
    last: Callable[[Filters], Cut] = graph.kept((__name__,), lambda: _LAST(snapshot_of))
    filters = Filters.of(graph, narrowing)
    found = last(filters)
    return Snapshot(found.graph, filters, queries, found.kept, found.every)


def snapshot_of(filters: Filters) -> Cut:
    """Return what some filters leave of their graph, cut now."""
    graph, day, kept = filters.graph, filters.as_of, list[str]()
    every = said(graph)
    for tie in _ties(filters, every):
        if filters.admit(tie) and (day is None or day.of(graph, tie.data) in day.shown):
            kept.append(tie.key)
    return Cut(cut(graph, every, kept), len(kept), len(every))


def _ties(filters: Filters, every: Mapping[Iri, tuple[Term, Term, Term]]) -> Iterator[Tie]:
    """Yield all statements with what filters ask of them; their ends need not be things."""
    graph, needs_claims = filters.graph, filters.certainty is not None
    if needs_claims:
        graph.read_stands(graph.local(node.value) for node in every)
    for node, (subject, _, end) in every.items():
        name = graph.local(node.value)
        data = graph.qualifiers(name)
        if needs_claims:
            data = {**data, **together(graph.stands_on(name))}
        yield Tie(graph.local(text(subject)), graph.local(text(end)), name, data, ())
