"""A case in somebody else's store, for the same scripts and commands as a built one."""

from __future__ import annotations

import re
import warnings
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from .. import query as queries
from ..build.case import OpenedCase
from ..errors import UsageError
from ..model.terms import case_namespace, prefixes_to_ask, text
from ..query.unknown_names import names_in, told_unknown, unknown_names
from ..read.binding import as_value
from ..read.offline import no_new_files
from .fetching import connect, fetch
from .manifest import Names, held
from .templates import sparql_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import Any

    from .client import Client
    from .lines import Entry

MOST_TRIPLES = 2_000_000
"""So many are fetched for a snapshot."""
_FROM = re.compile(r"(?<![?$:.\-\w])from(?![\w:-])", re.IGNORECASE)
"""Found in a text or comment as well; then the answer is computed here, and right all the same."""


def open_store(case: str, url: str, prefix: str = "", data: Path | str | None = None) -> OpenedCase:
    """Return a case as a store holds it.

    Args:
        case: the case's id.
        url: address of the store: where it takes queries, or its root.
        prefix: with what the names of the case's graphs begin there.
        data: folder of the cases; queries of a case are found there.

    Raises:
        UsageError: the address or the prefix is none.
    """
    return OpenedCase(StoreSource(case, url, prefix), data)


def _answered_here(store: ox.Store, sparql: str, **told: Any) -> queries.Answer:  # noqa: ANN401 - those of ``graph.query.answer``
    with no_new_files():
        return queries.answer(store, sparql, **told)


class StoreSource:
    """The graph of a case in a store.

    Networks, exports and named questions are made here from the graph as a whole, which is fetched
    when it is first needed and compared with what was published: so they are the same as from a
    build. A query of one's own is answered by the store, see ``answer``.

    Args:
        case: the case's id.
        url: address of the store: where it takes queries, or its root.
        prefix: with what the names of the case's graphs begin there.

    Raises:
        UsageError: the address or the prefix is none.
    """

    def __init__(self, case: str, url: str, prefix: str = "") -> None:
        self.case = case
        self.names = Names(case, prefix)
        self.client: Client = connect(url)

    def __repr__(self) -> str:
        return f"<StoreSource of {self.case}>"

    @property
    def place(self) -> None:
        """What is fetched lies in memory."""

    @cached_property
    def store(self) -> ox.Store:
        """The quads in memory, fetched.

        Raises:
            StoreError: they cannot be fetched, or not all of them.
        """
        return fetch(self.client, self.names)

    def check_size(self) -> None:
        """Refuse what is too large to be fetched for one query.

        Raises:
            UsageError: the manifest of the store tells of more than ``MOST_TRIPLES``, or, where it
                has none, its default graph, which is then that of the case, has more.
            StoreError: the store counts nothing.
        """
        triples = sum(said.triples for said in self.held.values()) or self.client.count("")
        if triples > MOST_TRIPLES:
            raise UsageError(
                f"the store has {triples} triples; for a snapshot the case is fetched, and that is "
                f"done up to {MOST_TRIPLES} triples; build the case here, or ask the whole"
            )

    @cached_property
    def held(self) -> Mapping[str, Entry]:
        """The graphs that the manifest of the store lists; none if it has no manifest."""
        return held(self.client, self.names)

    def answer(
        self,
        sparql: str,
        here: Callable[..., queries.Answer] = _answered_here,
    ) -> queries.Answer:
        """Return what the store answers to a query of one's own.

        The prefixes of the project and the case are added, and the graphs of the case are the
        dataset: its default graph is that of the query. The order of rows without ORDER BY, and
        what a store makes of SPARQL, are the store's. Where the protocol cannot say this (graphs
        with other names, FROM in the query, a store without manifest, or one that ignores which
        graphs are meant), the answer is computed here.

        Args:
            sparql: the query.
            here: called as ``graph.query.answer`` for what is computed here, and on an empty
                store to see what kind of answer the query has.

        Raises:
            UsageError: it is no query, or uses SERVICE.
            StoreError: the store refuses it.
            CutAnswer: a part of the answer is missing.

        Warns:
            UserWarning: the query has a name of the ontology or the case that is nowhere in the
                graph; the store is asked once for all of them.
        """
        form = type(here(ox.Store(), sparql, case=self.case))
        there = not _FROM.search(sparql) and self._asks_there
        for told in self._unknown(sparql) if there else unknown_names(sparql, self._graph):
            warnings.warn(told, stacklevel=2)
        if not there:
            return here(self.store, sparql, case=self.case)
        prefixes = prefixes_to_ask(self.case).items()
        declared = (f"PREFIX {name}: {as_value(ox.NamedNode(iri))}" for name, iri in prefixes)
        base = f"BASE <{case_namespace(self.case)}>"
        asked = " ".join([base, *declared, sparql.removeprefix("\ufeff")])
        dataset = self._dataset()
        if form is bool:
            return self.client.ask(asked, dataset)
        if form is tuple:
            return self.client.construct(asked, dataset)
        return self.client.select(asked, dataset)

    def _unknown(self, sparql: str) -> list[str]:
        """Return a sentence on each name in a query that the store has not, asking it once."""
        named = names_in(sparql, self.case)
        if not named:
            return []
        asked = sparql_of("unknown-names", names=named)
        found = set(self.client.select(asked, self._dataset()).column("name"))
        return [told_unknown(iri, self.case) for iri in named if ox.NamedNode(iri) in found]

    @cached_property
    def _graph(self) -> queries.Graph:
        return queries.Graph(self.store, self.case)

    def _dataset(self) -> list[tuple[str, str]]:
        """Return the graphs of the case as the protocol names them."""
        default = [("default-graph-uri", self.names.default)]
        return default + [("named-graph-uri", g) for g in self.held if g != self.names.default]

    @cached_property
    def _asks_there(self) -> bool:
        """Whether the store has the graphs under our names, and reads those that it is told to.

        Some servers ignore the dataset of a request, and answer from all that they have.
        """
        if not self.held or self.names.prefix != self.names.home:
            return False
        default = self.held[self.names.default].triples
        others = sum(said.triples for said in self.held.values()) - default
        counted = (("count-default", default), ("count-named", others))
        return all(
            text(self.client.select(sparql_of(name), self._dataset()).rows[0][0]) == str(expected)
            for name, expected in counted
        )

    def looks(self) -> Mapping[str, tuple[float, float, float]]:
        """Return x, y and size of the nodes, computed as a build does."""
        from ..viewer.picture import lines, picture

        return picture(lines(self._graph)).looks
