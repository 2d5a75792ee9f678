"""The networks of a case, as NetworkX and pyvis have them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, overload

from ..errors import UsageError
from ..network import projection as networks
from ..network.attributes import joined
from ..network.snapshots import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Unpack

    import networkx as nx

    from ..export.pyvis_drawing import OfflineNetwork
    from ..network.filters import Narrowing
    from ..read.select import Graph

    Looks = Mapping[str, tuple[float, float, float]]


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
        return _written(networks.network(self.graph, recipe, **narrowing), parallel)

    def pyvis(
        self,
        recipe: str = "ties",
        *,
        settings: Mapping[str, Any] | None = None,
        **narrowing: Unpack[Narrowing],
    ) -> OfflineNetwork:
        """Return a projection as a ``pyvis.network.Network``, to be shown, restyled and written.

        Args:
            recipe: name of the projection.
            settings: arguments of ``pyvis.network.Network``, such as ``height``.
            narrowing: as for ``network``.

        Raises:
            UsageError: as for ``network``.
        """
        found = networks.network(self.graph, recipe, **narrowing)
        return _drawn(self.graph, found, self.looks(), settings or {})

    def looks(self) -> Looks:
        """Return x, y and size of the nodes of the page."""
        raise NotImplementedError


@dataclass(frozen=True)
class CaseSnapshot(Snapshot):
    """A snapshot whose networks are as those of its case.

    Attributes:
        looks: gives x, y and size of the nodes of the page.
    """

    looks: Callable[[], Looks]

    @overload
    def network(
        self, recipe: str = "ties", *, parallel: Literal["keep"] = "keep"
    ) -> nx.MultiDiGraph[str]: ...

    @overload
    def network(self, recipe: str = "ties", *, parallel: Literal["merge"]) -> nx.DiGraph[str]: ...

    def network(
        self, recipe: str = "ties", *, parallel: Literal["keep", "merge"] = "keep"
    ) -> nx.DiGraph[str]:
        """Return a projection of it, as ``Networks.network`` does.

        Args:
            recipe: name of the projection.
            parallel: ``keep`` or ``merge``.

        Raises:
            UsageError: there is no such projection; or ``parallel`` is neither.
        """
        return _written(super().network(recipe), parallel)

    def pyvis(
        self, recipe: str = "ties", *, settings: Mapping[str, Any] | None = None
    ) -> OfflineNetwork:
        """Return a projection of it as a ``pyvis.network.Network``, as ``Networks.pyvis`` does.

        Args:
            recipe: name of the projection.
            settings: arguments of ``pyvis.network.Network``, such as ``height``.

        Raises:
            UsageError: there is no such projection.
        """
        return _drawn(self.graph, super().network(recipe), self.looks(), settings or {})


def _written(found: nx.MultiDiGraph[str], parallel: str) -> nx.DiGraph[str]:
    """Return a network as every writer of NetworkX takes it, its parallel edges kept or merged."""
    if parallel == "keep":
        return joined(found)
    if parallel != "merge":
        raise UsageError(f'parallel is "keep" or "merge", not "{parallel}"')
    from ..export.merge_edges import merged

    return merged(found)


def _drawn(
    graph: Graph, found: nx.MultiDiGraph[str], looks: Looks, settings: Mapping[str, Any]
) -> OfflineNetwork:
    """Return a network as pyvis has it, its nodes where the page has them."""
    from ..export.pyvis_drawing import drawing

    places = {node: (x, y) for node, (x, y, _) in looks.items()}
    sizes = {node: size for node, (_, _, size) in looks.items()}
    return drawing(graph, found, places=places, sizes=sizes, **settings)
