"""What is looked into: one projection of one case, and what all chapters need of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ..analysis.arrays import Ties, from_network
from ..analysis.sequences.mentions import mentions
from ..analysis.signed.camps import Camps, camps_of_claims
from ..analysis.uncertainty.robustness import DRAWS, Robustness, robustness
from ..analysis.uncertainty.scenarios import Space, space
from ..model.folders import case_option
from ..network.projection import network
from .words import Words

if TYPE_CHECKING:
    import networkx as nx

    from ..analysis.arrays import Sign
    from ..network.filters import Narrowing
    from ..read.select import Graph


@dataclass(frozen=True)
class Study:
    """One projection of one case.

    Attributes:
        graph: the judged graph and its case.
        projection: name of the projection.
        draws: in how many worlds a measure is computed where there are too many to look at all.
        seed: seed of all that is random.
        top: how many rows tables of actors have.
        narrowing: which of the ties, without voice and status.
    """

    graph: Graph
    projection: str = "actors"
    draws: int = DRAWS
    seed: int = 0
    top: int = 10
    narrowing: Narrowing = field(default_factory=dict)  # type: ignore[assignment]

    @cached_property
    def space(self) -> Space:
        """The network with what is disputed in it."""
        return space(self.graph, self.projection, **self.narrowing)

    @cached_property
    def accepted(self) -> Ties:
        """The accepted ties and their nodes, as arrays."""
        return from_network(network(self.graph, self.projection, **self.narrowing))

    @property
    def network(self) -> nx.MultiDiGraph[str]:
        """All ties, accepted and disputed."""
        return self.space.network

    @cached_property
    def words(self) -> Words:
        """Says things of the network in words."""
        return Words(self.graph, self.network)

    @cached_property
    def sides(self) -> nx.MultiDiGraph[str]:
        """Who sides with whom, as far as it is accepted, at the time that is looked at."""
        on, during = self.narrowing.get("on"), self.narrowing.get("during")
        return network(self.graph, "sides", on=on, during=during)

    @cached_property
    def camps(self) -> Camps:
        """The camps of the actors, read from who sides with whom."""
        return camps_of_claims(self.sides, self.accepted)

    @cached_property
    def mentions(self) -> dict[str, int]:
        """How many sentences mention each thing, by its id."""
        return mentions(self.graph)

    @cached_property
    def between(self) -> Robustness:
        """Who stands between others, and how sure that is."""
        return self.ranking("betweenness", leave_out=True)

    def ranking(
        self, measure: str, *, sign: Sign | None = None, leave_out: bool = False
    ) -> Robustness:
        """Return a ranking by a measure with how far it hangs on what is disputed.

        Args:
            measure: name of the measure.
            sign: which ties count; by default those that the measure takes.
            leave_out: whether to leave out each accepted tie in turn.
        """
        return robustness(
            self.space, measure, sign=sign, draws=self.draws, seed=self.seed, leave_out=leave_out
        )

    @property
    def again(self) -> str:
        """The command that makes the whole report again."""
        numbers = ("--draws", str(self.draws), "--seed", str(self.seed))
        return self.command("analyse", "--projection", self.projection, *numbers)

    def ranked(self, measure: str, *more: str) -> str:
        """Return the command that gives a ranking again.

        Args:
            measure: name of the measure.
            more: further options.
        """
        return self.command("network", self.projection, "--measure", measure, "--how-sure", *more)

    def command(self, *words: str) -> str:
        """Return a command of the project for this case."""
        return " ".join(("hudna", *words, case_option(self.graph.case)))
