"""A case as it was known on a day: its files read anew, and judged without what came later."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .. import query as queries
from ..model import vocabulary
from .manifest import PRIVATE
from .sources import BuildSource

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    import pyoxigraph as ox


class KnownSource(BuildSource):
    """A case as it was known on a day, in memory; a build tells who may see it.

    Whoever is withheld has other ids at each reading.

    Args:
        source: the build, for everybody or for the editors.
        folder: the case's folder.
        day: the day.
    """

    def __init__(self, source: BuildSource, folder: Path, day: date) -> None:
        self.case = source.case
        self.build = source.build
        self.folder = folder
        self.day = day

    def __repr__(self) -> str:
        return f"<KnownSource {self.case} as known on {self.day}>"

    @property
    def place(self) -> None:
        """It lies in memory."""

    @cached_property
    def store(self) -> ox.Store:
        """The quads of what was known on the day.

        Raises:
            DataProblems: the files have problems.
            InputOutputError: the case's folder is not there, or a file cannot be read.
        """
        from . import judging  # it brings the reader, which few builds need once they are opened
        from .steps import Naming

        about = self.build.manifest.about
        today = about.get("today")
        made = judging.chosen(
            self.folder,
            vocabulary.load(),
            lambda _step: None,
            private=bool(about.get(PRIVATE)),
            today=queries.day_of("today", today) if today else None,
            naming=Naming.for_a_check(),
            known=self.day,
        )
        return made.graph

    def looks(self) -> Mapping[str, tuple[float, float, float]]:
        """Return x, y and size of the nodes, computed as a build does."""
        from ..viewer.picture import lines, picture

        return picture(lines(queries.Graph(self.store, self.case))).looks
