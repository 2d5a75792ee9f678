"""What the graph of a case is read from: a build, or something else that gives the same."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from .. import query as queries
from ..errors import InputOutputError
from ..read import store as stores
from ..read.on_disk import open_kept
from .builds import opened
from .keeping import kept
from .manifest import GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyoxigraph as ox

    from ..read.select import Answer

    Answering = Callable[..., Answer]

LAYOUT = "layout.json"


class GraphSource(Protocol):
    """What the graph of a case is read from: a build, or a store."""

    @property
    def case(self) -> str:
        """The case's id."""

    @property
    def store(self) -> ox.Store:
        """The quads, read when they are first needed."""

    @property
    def place(self) -> Path | None:
        """The folder of the store on the disk that ``store`` reads, if it is not in memory."""

    def check_size(self) -> None:
        """Raise ``UsageError`` if the graph is not here and too large to be fetched for a query."""

    def looks(self) -> Mapping[str, tuple[float, float, float]]:
        """Return x, y and size of the nodes of the page."""

    def answer(self, sparql: str, here: Answering = queries.answer) -> Answer:
        """Return what the source answers to a query of one's own.

        Args:
            sparql: the query.
            here: called as ``graph.query.named.answer`` for what is computed here.
        """


class BuildSource:
    """A case as the last build left it; later builds change nothing of it.

    Attributes:
        case: the case's id.
        build: the build that was opened; all files are read from it, and compared.

    Args:
        case: the case's id.
        public: folder of the builds.

    Raises:
        NotBuilt: the case has not been built.
        BrokenBuild: the build does not fit its manifest.
        InputOutputError: it cannot be read.
    """

    def __init__(self, case: str, public: Path | str) -> None:
        self.case = case
        self.build = opened(Path(public) / case, case)

    def __repr__(self) -> str:
        return repr(self.build)

    @property
    def place(self) -> Path | None:
        """Where the store is kept that the quads are read from; see ``graph.build.keeping``."""
        return self._opened[0]

    @property
    def store(self) -> ox.Store:
        """The quads: of a large graph as they lie on the disk, which cannot be changed.

        Raises:
            InputOutputError: the built file cannot be read, or is another by now.
        """
        return self._opened[1]

    @cached_property
    def _opened(self) -> tuple[Path | None, ox.Store]:
        place = kept(self.build)
        if place is not None:
            with suppress(InputOutputError):
                return place, open_kept(place)
        return None, stores.load(self.build.folder / GRAPH, self.build.read(GRAPH))

    def check_size(self) -> None:
        """A build is here."""

    def looks(self) -> Mapping[str, tuple[float, float, float]]:
        """Return x, y and size of the nodes of the page.

        Raises:
            InputOutputError: the build has no layout, or it is another by now.
        """
        try:
            found = json.loads(self.build.read(LAYOUT))
            return {node: (float(x), float(y), float(size)) for node, (x, y, size) in found.items()}
        except (ValueError, TypeError, AttributeError) as error:
            path = self.build.folder / LAYOUT
            raise InputOutputError(f"{path.as_posix()}: is no layout; build again") from error

    def answer(self, sparql: str, here: Answering = queries.answer) -> Answer:
        """Return the answer to a query of one's own; see ``GraphSource``."""
        return here(self.store, sparql, case=self.case)
