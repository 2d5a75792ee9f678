"""The case that a command reads: the last build, or a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .printing import say_folded

if TYPE_CHECKING:
    from pathlib import Path

    from ..build.case import OpenedCase


def opened(
    case: str, public: Path, data: Path | None = None, url: str | None = None, prefix: str = ""
) -> OpenedCase:
    """Return the case that a command reads; say beside the answer if its files changed meanwhile.

    Args:
        case: the case's id.
        public: folder of the builds.
        data: folder of the cases, if the command reads them, too.
        url: address of a store, given by ``--store``; without it the last build is read.
        prefix: with what the names of the graphs begin in the store.

    Raises:
        NotBuilt: there is no build.
        UsageError: the address is none.
    """
    from ..build.case import open_build

    if url is not None:
        from ..remote.case import open_store

        return open_store(case, url, prefix, data)
    if prefix:
        raise click.UsageError("--graph-prefix goes with --store")
    built = open_build(case, public, data)
    if data is not None and built.changed:
        from .tables import shown_path

        say_folded(
            f"{shown_path(built.data)} has changed since the build, which is what is asked; "
            "for an answer from the files as they are: hudna build",
            err=True,
        )
    return built
