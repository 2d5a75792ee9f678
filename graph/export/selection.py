"""What is to be exported: a graph, and the part of it that was chosen as a network."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ..network.projection import network
from ..read.record_index import RecordIndex

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import networkx as nx

    from ..read.rules import Time
    from ..read.select import Graph
    from ..read.tables import Row, Tables


@dataclass(frozen=True)
class Selection:
    """A graph and what was chosen of it.

    Attributes:
        graph: the judged graph and its case.
        projection: name of the projection, for formats that hold a network.
        voice: id or name of a voice: the world as it tells it; not together with ``status``.
        on: a day, as a date or as ``2016-03-15``: ties that may have held on it.
        status: which statuses count as ties; only accepted ones if neither they nor a voice are
            chosen.
        time: whether periods in a file are those in which a tie may have held, or those in which
            it held for certain.
        actor: id or name of the thing that a dossier is about.
        places: x and y of nodes by id, y growing downwards as on a screen; where they are known.
        sizes: diameters of nodes by id, where they are known.
    """

    graph: Graph
    projection: str = "ties"
    voice: str | None = None
    on: str | date | None = None
    status: tuple[str, ...] | None = None
    time: Time = "possible"
    actor: str | None = None
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    sizes: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def network(self) -> nx.MultiDiGraph[str]:
        """The chosen network; see ``graph.network.projection.network``.

        Raises:
            UsageError: a name is unknown, the day is none, or a voice and statuses are given.
        """
        return network(
            self.graph, self.projection, on=self.on, voice=self.voice, status=self.status or None
        )

    @cached_property
    def records(self) -> RecordIndex:
        """The records of the whole graph."""
        return RecordIndex(self.graph)

    @property
    def tables(self) -> Tables:
        """The same as tables."""
        return self.records.tables

    @cached_property
    def ties(self) -> list[Row]:
        """The rows of the statements that are ties of the chosen network."""
        chosen = {key for *_, key in self.network.edges(keys=True)}
        return [row for row in self.tables["statements"] if row["id"] in chosen]

    @cached_property
    def title(self) -> str:
        """The title of the case."""
        return self.graph.title

    @property
    def chosen(self) -> str:
        """What was chosen, in words, for a file's metadata."""
        chosen = self.network.graph
        told = (
            f"the world as {chosen['voice']} tells it: accepted, and what it asserts, less what it "
            "denies"
            if chosen["voice"]
            else "status " + ", ".join(str(chosen["status"]).split())
        )
        day = f"; what may have held on {chosen['on']}" if chosen["on"] else ""
        return f"Projection {chosen['projection']}; {told}{day}."

    @property
    def periods(self) -> str:
        """What the periods in a file mean, in words."""
        if self.time == "certain":
            return "Periods are those in which a tie held for certain."
        return "Periods are those in which a tie may have held."
