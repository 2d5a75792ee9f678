"""The graphs of several cases, asked as one data set."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .. import query as queries
from ..model.folders import refuse_twice
from ..model.terms import case_of_several
from ..read.together import joins_of, together
from .manifest import NOTICE, PRIVATE
from .sources import BuildSource

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyoxigraph as ox

    from ..read.select import Answer
    from ..read.together import Joins
    from .sources import Answering, GraphSource

_BETWEEN = 200.0
"""So far apart from each other the drawings of two cases stand side by side."""


def _told(source: GraphSource) -> tuple[str, str]:
    """Return the title of a case, and what its page tells of a build for editors."""
    about = source.build.manifest.about if isinstance(source, BuildSource) else {}
    title = str(about.get("title") or queries.Graph(source.store, source.case).title)
    return title, NOTICE if about.get(PRIVATE) else ""


class SeveralSources:
    """Several cases as one; see ``graph.read.together``.

    Attributes:
        case: the ids of the cases, as ``graph.model.terms.case_of_several`` writes them.
        sources: what the graph of each case is read from, by the case's id.

    Args:
        sources: what the graphs are read from, in any order.

    Raises:
        UsageError: a case is there twice.
    """

    def __init__(self, sources: Sequence[GraphSource]) -> None:
        self.sources = {one.case: one for one in sorted(sources, key=lambda one: one.case)}
        refuse_twice([one.case for one in sources])
        self.case = case_of_several(self.sources)

    def __repr__(self) -> str:
        return f"<SeveralSources {', '.join(self.sources)}>"

    @cached_property
    def _stores(self) -> dict[str, ox.Store]:
        return {case: source.store for case, source in self.sources.items()}

    @cached_property
    def joins(self) -> Joins:
        """Which things of the cases are one; errors are those of ``store``."""
        return joins_of(self._stores)

    @property
    def place(self) -> None:
        """What is put together lies in memory."""

    @cached_property
    def store(self) -> ox.Store:
        """The quads of all cases.

        Raises:
            UsageError: they are built with different versions of the ontology.
            InputOutputError: the graph of a case cannot be read.
        """
        return together(self._stores, self.joins)

    def check_size(self) -> None:
        """Raise ``UsageError`` if the graph of a case is too large to be fetched."""
        for one in self.sources.values():
            one.check_size()

    def looks(self) -> Mapping[str, tuple[float, float, float]]:
        """Return x, y and size of the nodes of the pages, those of the cases side by side.

        A thing of several cases stands where the first of them has it.
        """
        found: dict[str, tuple[float, float, float]] = {}
        graph = queries.Graph(self.store, self.case)
        begin = 0.0
        for case, source in self.sources.items():
            own = source.looks()
            across = [x for x, _, _ in own.values()] or [0.0]
            for name, (x, y, size) in own.items():
                node = queries.joined_ids(graph).get(f"{case}:{name}", f"{case}:{name}")
                found.setdefault(node, (begin + x - min(across), y, size))
            begin += max(across) - min(across) + _BETWEEN
        return found

    def title(self) -> str:
        """Return the title of a page of all."""
        return " and ".join(_told(source)[0] for source in self.sources.values())

    def about(self) -> dict[str, str]:
        """Return what a page of all says of each case, and of who is one in several."""
        from .outputs import facts

        graph = queries.Graph(self.store, self.case)
        one = sorted({graph.label(name) for name in queries.joined_ids(graph).values()})
        found = {
            f"{name} ({case})": text
            for case, source in self.sources.items()
            for name, text in facts(queries.Graph(source.store, case), *_told(source)).items()
        }
        joined = {"One in several cases": "; ".join(one) or "nobody"}
        apart = {"Not taken for one": "; ".join(self.joins.apart)}
        return {name: text for name, text in (found | joined | apart).items() if text}

    def answer(self, sparql: str, here: Answering = queries.answer) -> Answer:
        """Return the answer to a query of one's own; see ``GraphSource``."""
        return here(self.store, sparql, case=self.case)
