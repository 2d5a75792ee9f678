"""Hudna: a knowledge graph of the actors of a conflict, where the claim is the unit.

Two lines to the built graph::

    import graph
    case = graph.open("homs")      # case.dataset(), case.network(), case.query("contested")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from .build.case import OpenedCase

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(case: str = "homs", public: Path | str | None = None) -> OpenedCase:  # noqa: A001
    """Open the graph of a case that has been built.

    Args:
        case: the case's id.
        public: folder of the builds; by default ``public`` of the project.

    Raises:
        NotBuilt: the case has not been built.
        BrokenBuild: the build does not fit its manifest: cut, changed, or half copied.
        InputOutputError: the build cannot be read.
    """
    from .build.case import DEFAULT_PUBLIC, open_build

    return open_build(case, public or DEFAULT_PUBLIC)
