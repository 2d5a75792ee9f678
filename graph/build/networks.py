"""The networks of a case, as NetworkX and pyvis have them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, overload

from ..errors import UsageError
from ..network import projection as networks
from ..network.attributes import joined
from ..network.projection import takes_recipe
from ..network.snapshots import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date
    from typing import Unpack

    import networkx as nx

    from ..analysis.arrays import Sign
    from ..analysis.centrality.between_groups import Links
    from ..analysis.centrality.ranked import Ranking
    from ..analysis.centrality.reach import ReachBounds
    from ..analysis.centrality.two_mode import TwoMode
    from ..analysis.uncertainty.robustness import Robustness
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
        projection: str = "ties",
        *,
        parallel: Literal["keep"] = "keep",
        **narrowing: Unpack[Narrowing],
    ) -> nx.MultiDiGraph[str]: ...

    @overload
    def network(
        self,
        projection: str = "ties",
        *,
        parallel: Literal["merge"],
        **narrowing: Unpack[Narrowing],
    ) -> nx.DiGraph[str]: ...

    @takes_recipe
    def network(
        self,
        projection: str = "ties",
        *,
        parallel: Literal["keep", "merge"] = "keep",
        **narrowing: Unpack[Narrowing],
    ) -> nx.DiGraph[str]:
        """Return a projection; see ``graph.network.projection.network``.

        Args:
            projection: name of the projection.
            parallel: ``keep`` for one edge for each statement, ``merge`` for one edge for each
                source and target; see ``graph.export.merge_edges.merged``.
            narrowing: which of its ties.

        Returns:
            All attributes are texts, numbers and truth values, which every writer of NetworkX
            takes: lists are joined by "; ".

        Raises:
            UsageError: as for ``graph.network.projection.network``; or ``parallel`` is neither.
        """
        return _written(networks.network(self.graph, projection, **narrowing), parallel)

    @takes_recipe
    def pyvis(
        self,
        projection: str = "ties",
        *,
        settings: Mapping[str, Any] | None = None,
        **narrowing: Unpack[Narrowing],
    ) -> OfflineNetwork:
        """Return a projection as a ``pyvis.network.Network``, to be shown, restyled and written.

        Args:
            projection: name of the projection.
            settings: arguments of ``pyvis.network.Network``, such as ``height``.
            narrowing: as for ``network``.

        Raises:
            UsageError: as for ``network``.
        """
        found = networks.network(self.graph, projection, **narrowing)
        return _drawn(self.graph, found, self.looks(), settings or {})

    @takes_recipe
    def backbone(
        self, projection: str = "co-mention", alpha: float = 0.05, **narrowing: Unpack[Narrowing]
    ) -> nx.MultiDiGraph[str]:
        """Return the ties of a projection that stand out from chance.

        Args:
            projection: name of the projection.
            alpha: level, above 0 and below 1: the lower, the fewer ties.
            narrowing: as for ``network``.

        Raises:
            UsageError: a name is unknown, or the level is none.
        """
        from ..analysis.centrality.backbone import backbone_of

        return joined(backbone_of(networks.network(self.graph, projection, **narrowing), alpha))

    @takes_recipe
    def two_mode(
        self, projection: str = "participation", **narrowing: Unpack[Narrowing]
    ) -> TwoMode:
        """Return the measures of a projection of two modes, such as events and who had a part.

        Args:
            projection: name of the projection.
            narrowing: as for ``network``.

        Raises:
            UsageError: a name is unknown, or the projection has one mode.
        """
        from ..analysis.centrality.two_mode import two_mode

        return two_mode(self.network(projection, **narrowing))

    @takes_recipe
    def measure(
        self,
        measure: str,
        projection: str = "actors",
        *,
        sign: Sign | None = None,
        **narrowing: Unpack[Narrowing],
    ) -> Ranking:
        """Return all nodes by a measure, as ``hudna network --measure`` does.

        A function of NetworkX on ``network`` gives another number where a measure leaves ties
        out, as those of ways do with hostile ties; ``told`` of the ranking says which count.

        Args:
            measure: name of a measure; ``graph.analysis.centrality.measures.MEASURES`` lists them.
            projection: name of the projection.
            sign: which ties count; by default those that the measure takes.
            narrowing: as for ``network``.

        Raises:
            UsageError: a name is unknown, or the measure does not fit the sign or the network.
        """
        from ..analysis.centrality.ranked import ranking

        found = networks.network(self.graph, projection, **narrowing)
        return ranking(self.graph, found, measure, sign)

    @takes_recipe
    def how_sure(
        self,
        measure: str,
        projection: str = "actors",
        *,
        draws: int = 1000,
        seed: int = 0,
        **narrowing: Unpack[Narrowing],
    ) -> Robustness:
        """Return a ranking with its range in all worlds that the disputed ties allow.

        Args:
            measure: name of a measure; ``graph.analysis.centrality.measures.MEASURES`` lists them.
            projection: name of the projection.
            draws: worlds to draw where there are too many to look at all.
            seed: seed of the draws.
            narrowing: as for ``network``, without voice and status.

        Raises:
            UsageError: a name is unknown, or a voice or status is given.
        """
        from ..analysis.uncertainty.robustness import robustness
        from ..analysis.uncertainty.scenarios import space

        return robustness(
            space(self.graph, projection, **narrowing), measure, draws=draws, seed=seed
        )

    @takes_recipe
    def reach(
        self,
        source: str | None = None,
        target: str | None = None,
        projection: str = "actors",
        *,
        start: str | date | None = None,
        until: str | date | None = None,
        step: int = 0,
        sign: Sign = "not-negative",
        directed: bool = False,
        **narrowing: Unpack[Narrowing],
    ) -> ReachBounds:
        """Return who could have passed word on to whom, and when.

        Args:
            source: id or name of the actor that word starts from; without it, who could have passed
                it on to the target.
            target: id or name of the actor that it gets to; without it, whoever it gets to.
            projection: name of the projection.
            start: the day on which it starts; any day if ``None``.
            until: the last day that counts; any day if ``None``.
            step: how many days each tie takes.
            sign: which ties pass it on.
            directed: whether they do so only from subject to object.
            narrowing: as for ``network``.

        Raises:
            UsageError: a name is unknown or has no tie in this network, no actor is given, a day is
                none, or the network has no directions and they are wanted.
        """
        from ..analysis.centrality.reach import reach_bounds

        found = networks.network(self.graph, projection, **narrowing)
        ends = (None if name is None else networks.nodes_named(self.graph, found, [name])[0]
                for name in (source, target))  # fmt: skip
        return reach_bounds(
            found, *ends, start=start, until=until, step=step, sign=sign, directed=directed
        )

    @takes_recipe
    def links(
        self,
        first: Collection[str],
        second: Collection[str],
        projection: str = "actors",
        *,
        sign: Sign = "not-negative",
        directed: bool = False,
        **narrowing: Unpack[Narrowing],
    ) -> Links:
        """Return what joins two sets of actors, and who alone does; see ``Links``.

        Args:
            first: ids or names of the actors of one set.
            second: those of the other; nobody is in both.
            projection: name of the projection.
            sign: which ties join.
            directed: whether paths go from subject to object only, first set to second.
            narrowing: as for ``network``.

        Raises:
            UsageError: a name is unknown or has no tie in this network, a set is empty, an actor is
                in both, or the network has no directions and they are wanted.
        """
        from ..analysis.arrays import check_direction, from_network
        from ..analysis.centrality.between_groups import links

        found = networks.network(self.graph, projection, **narrowing)
        check_direction(found, directed=directed)
        nodes = networks.nodes_named(self.graph, found, [*first, *second])
        one, two = nodes[: len(first)], nodes[len(first) :]
        return links(from_network(found), one, two, sign=sign, directed=directed)

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
        self, projection: str = "ties", *, parallel: Literal["keep"] = "keep"
    ) -> nx.MultiDiGraph[str]: ...

    @overload
    def network(
        self, projection: str = "ties", *, parallel: Literal["merge"]
    ) -> nx.DiGraph[str]: ...

    @takes_recipe
    def network(
        self, projection: str = "ties", *, parallel: Literal["keep", "merge"] = "keep"
    ) -> nx.DiGraph[str]:
        """Return a projection of it, as ``Networks.network`` does.

        Args:
            projection: name of the projection.
            parallel: ``keep`` or ``merge``.

        Raises:
            UsageError: there is no such projection; or ``parallel`` is neither.
        """
        return _written(super().network(projection), parallel)

    @takes_recipe
    def pyvis(
        self, projection: str = "ties", *, settings: Mapping[str, Any] | None = None
    ) -> OfflineNetwork:
        """Return a projection of it as a ``pyvis.network.Network``, as ``Networks.pyvis`` does.

        Args:
            projection: name of the projection.
            settings: arguments of ``pyvis.network.Network``, such as ``height``.

        Raises:
            UsageError: there is no such projection.
        """
        return _drawn(self.graph, super().network(projection), self.looks(), settings or {})


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
