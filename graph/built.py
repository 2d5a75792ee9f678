"""A built graph, opened: the one object that scripts and commands work with."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from . import network as networks
from . import query as queries
from . import store as stores
from .errors import UsageError, suggestion
from .publish import published

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    import networkx as nx
    import pyoxigraph as ox
    import rdflib

    from .query import Query, Table
    from .viewer.opening import View

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_PUBLIC = PROJECT / "public"
DEFAULT_DATA = PROJECT / "data"


class BuiltCase:
    """The graph of a case as the last build left it.

    Args:
        case: the case's id.
        public: folder of the builds.
        data: folder of the cases; queries of a case are found there.

    Raises:
        NotBuilt: the case has not been built.
    """

    def __init__(
        self,
        case: str = "homs",
        public: Path | str = DEFAULT_PUBLIC,
        data: Path | str = DEFAULT_DATA,
    ) -> None:
        self.case = case
        self.folder = published(Path(public) / case)
        self.data = Path(data) / case

    @cached_property
    def store(self) -> ox.Store:
        """The quads in memory.

        Raises:
            InputOutputError: the built file cannot be read.
        """
        return stores.load(self.folder / "graph.nq")

    @property
    def graph(self) -> queries.Graph:
        """The store with the name of its case, as the functions of ``graph.query`` take it."""
        return queries.Graph(self.store, self.case)

    def dataset(self) -> rdflib.Dataset:
        """Return the graph as an ``rdflib.Dataset``."""
        return stores.as_dataset(self.store)

    def network(
        self,
        recipe: str = "ties",
        *,
        on: str | date | None = None,
        voice: str | None = None,
        status: str | Collection[str] | None = None,
    ) -> nx.MultiDiGraph[str]:
        """Return a projection as a ``networkx.MultiDiGraph``; see ``graph.network.network``."""
        return networks.network(self.graph, recipe, on=on, voice=voice, status=status)

    def view(
        self, *, voice: str | None = None, on: str | None = None, recipe: str | None = None
    ) -> View:
        """Return a view of the page, which a notebook shows inline.

        Args:
            voice: id or name of an actor: the world as that voice tells it.
            on: a day as ``2016-03-15``: what may have held on it.
            recipe: ``ties`` or ``participation``: only these lines.

        Raises:
            UsageError: nobody is called so, the day is none, or the page cannot show the recipe.
        """
        from .viewer.opening import View, view

        page = self.folder / "index.html"
        if voice is None and on is None and recipe is None:
            return View(page, "")
        return view(page, self.graph, voice=voice, on=on, recipe=recipe)

    @cached_property
    def queries(self) -> Mapping[str, Query]:
        """The named queries: those of the project and those of the case."""
        return queries.named_queries([queries.QUERIES, self.data / "answers"])

    def query(self, name: str, **params: str) -> Table:
        """Return the answer of a named query.

        Args:
            name: the query's name.
            params: values of its parameters; for one named like a keyword of Python, such as
                ``as``, write ``**{"as": "ndf"}``.

        Raises:
            UsageError: the query or a parameter is unknown, or a value does not fit.
        """
        if name not in self.queries:
            raise UsageError(f'there is no query "{name}"{suggestion(name, self.queries)}')
        sparql = queries.bound(self.queries[name], params, self.graph)
        return queries.select(self.store, sparql)
