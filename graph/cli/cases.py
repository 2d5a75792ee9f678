"""The case that a command reads: the last build, or a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..model.terms import cases_in
from .options import data_of_known, known_asked
from .printing import say_folded
from .privacy import given_away

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
    from ..read.date_words import date_in_words

    if len(cases_in(case)) > 1 and (url is not None or prefix):
        raise click.UsageError("--store reads one case; several are read from their builds")
    day = known_asked()
    if url is not None and day is not None:
        raise click.UsageError("--known reads the files of the case, which a store has not")
    if url is not None:
        from ..remote.case import open_store

        return open_store(case, url, prefix, data)
    if prefix:
        raise click.UsageError("--graph-prefix goes with --store")
    built = given_away(open_build(case, public, data_of_known() if data is None else data))
    if day is not None:
        built = built.known(day)
        say_folded(f"asked of what was known on {date_in_words(str(day))}", err=True)
    for folder in built.changed if data is not None and day is None else ():
        from .tables import shown_path

        say_folded(
            f"{shown_path(folder)} has changed since the build, which is what is asked; "
            "for an answer from the files as they are: hudna build",
            err=True,
        )
    _say_joined(built)
    if told := built.graph.about.withholds:
        say_folded(f"without what is shown to named readers alone: {told}", err=True)
    return built


def _say_joined(built: OpenedCase) -> None:
    """Say beside the answer which actors of several cases are one, and which are not though alike.

    Args:
        built: the cases; nothing is said of one.
    """
    from ..query import joined_ids

    graph = built.graph
    if not graph.names.several:
        return
    one = [graph.label(name) for name in sorted(set(joined_ids(graph).values()))]
    told = f"; one in several: {', '.join(one)}" if one else "; they share no actor"
    say_folded(f"asked of {' and '.join(graph.names.cases)} together{told}", err=True)
    for apart in built.joins.apart:
        say_folded(apart, err=True)
