"""The networks of a case, as NetworkX and pyvis have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from ..errors import UsageError
from ..network import projection as networks
from ..network.attributes import joined

if TYPE_CHECKING:
    from typing import Unpack

    import networkx as nx

    from ..network.filters import Narrowing
    from ..read.select import Graph


class Networks:
    """What gives the networks of a graph."""

    @property
    def graph(self) -> Graph:
        """The judged graph and its case."""
        raise NotImplementedError

    @overload
    def network(
        self,
        recipe: str = "ties",
        *,
        parallel: Literal["keep"] = "keep",
        **narrowing: Unpack[Narrowing],
    ) -> nx.MultiDiGraph[str]: ...

    @overload
    def network(
        self, recipe: str = "ties", *, parallel: Literal["merge"], **narrowing: Unpack[Narrowing]
    ) -> nx.DiGraph[str]: ...

    def network(
        self,
        recipe: str = "ties",
        *,
        parallel: Literal["keep", "merge"] = "keep",
        **narrowing: Unpack[Narrowing],
    ) -> nx.DiGraph[str]:
        """Return a projection; see ``graph.network.projection.network``.

        Args:
            recipe: name of the projection.
            parallel: ``keep`` for one edge for each statement, ``merge`` for one edge for each
                source and target; see ``graph.export.merge_edges.merged``.
            narrowing: which of its ties.

        Returns:
            All attributes are texts, numbers and truth values, which every writer of NetworkX
            takes: lists are joined by "; ".

        Raises:
            UsageError: as for ``graph.network.projection.network``; or ``parallel`` is neither.
        """
        found = networks.network(self.graph, recipe, **narrowing)
        if parallel == "keep":
            return joined(found)
        if parallel != "merge":
            raise UsageError(f'parallel is "keep" or "merge", not "{parallel}"')
        from ..export.merge_edges import merged

        return merged(found)
