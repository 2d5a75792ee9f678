"""Hudna: a knowledge graph of the actors of a conflict, where the claim is the unit.

Two lines to the built graph::

    import graph
    case = graph.open("mycase")    # case.dataset(), case.network(), case.query("contested")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .build.case import OpenedCase

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(  # noqa: A001
    case: str | Sequence[str] | None = None, public: Path | str | None = None
) -> OpenedCase:
    """Open the graph of a case that has been built, or of several as one data set.

    Args:
        case: the case's id, or a list of those of several: then an actor for whom two cases record
            the same outside identifier is one, and ids begin with the case: ``first:russia``; by
            default that of ``HUDNA_CASE``, else the only
            one that is built.
        public: folder of the builds; by default ``public`` below the current folder, else that of
            the clone.

    Raises:
        UsageError: no case is named, and there is none or there are several; or a case is named
            twice.
        NotBuilt: the case has not been built.
        BrokenBuild: the build does not fit its manifest: cut, changed, or half copied.
        InputOutputError: the build cannot be read.
    """
    from .build.case import open_build

    return open_build(case, public)
