"""``hudna diff``."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import InputOutputError, NotBuilt, UsageError
from . import options, privacy
from .pipeline import without_cycles
from .printing import say, say_folded, write_json
from .tables import shown_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ..query.difference import Difference
    from ..read.select import Graph

_MOST = 20
_MOST_REASONS = 6
_PLACE = click.Path(exists=True, path_type=Path)


@click.command(
    "diff",
    epilog="""\b
Examples:
  hudna diff
  hudna diff old/graph.nq public/mill --case mill
  hudna diff --format feed --page https://example.org/mill/ > changes.json
""",
)
@click.argument("old", type=_PLACE, required=False)
@click.argument("new", type=_PLACE, required=False)
@click.option("--all", "whole", is_flag=True, help="Show all of each group, not the first 20.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 if they differ.")
@options.case
@options.data
@options.public
@click.option("--format", "form", type=click.Choice(["text", "json", "feed"]), default="text",
              show_default=True, help="Form of what is printed; feed is a JSON Feed.")  # fmt: skip
@click.option("--page", default="index.html", show_default=True, metavar="URL",
              help="With feed: the address of the page, to which its items lead.")  # fmt: skip
@click.option("--dated", callback=privacy.as_day, metavar="DATE",
              help="With feed: the day of the change, as 2026-11-30.  [default: none]")  # fmt: skip
@click.pass_context
def command(
    ctx: click.Context,
    old: Path | None,
    new: Path | None,
    whole: bool,
    exit_code: bool,
    case: str,
    data: Path,
    public: Path,
    form: str,
    page: str,
    dated: date | None,
) -> None:
    """Show how a build differs from an earlier one, in words.

    OLD and NEW are folders of builds, or files graph.nq. Without NEW the last build is compared,
    without both it is compared with the one before it, as far as that is kept.

    What changes most of what is known comes first: statuses, with the claims that changed them,
    answers to questions, claims, statements, dates, things. A record with another id is the same
    record. Exits with 0, whether or not they differ, unless --exit-code is given.
    """
    from ..query.differences import differences
    from ..query.feed import feed

    with without_cycles():
        before, now = _places(old, new, public / case)
        answers = data / case / "answers"
        folder = answers if answers.is_dir() else None
        new_graph = _graph(now)
        found = differences(_graph(before), new_graph, folder, _shown(before, now))
    if form == "feed":
        write_json(feed(found, new_graph.title, page, dated))
    elif form == "json":
        write_json([{**one._asdict(), "group": one.group.name.lower()} for one in found])
    else:
        _say(found, whole=whole)
    if found and exit_code:
        ctx.exit(1)


def _places(old: Path | None, new: Path | None, target: Path) -> tuple[Path, Path]:
    """Return the two builds that are meant: folders, or files."""
    from ..build.publish import previous

    if new is None and not target.exists():
        raise NotBuilt(f'{shown_path(target)}: nothing is built there; run "hudna build" first')
    before = old or previous(target)
    if before is None:
        raise UsageError(f"{shown_path(target)}: no earlier build is kept; build again after a "
                         "change, or name the folder of another build")  # fmt: skip
    return before, new or target


def _graph(place: Path) -> Graph:
    """Return the graph of a build, of which only whole files are read; or that of a file."""
    from ..build.builds import opened, small_object
    from ..build.manifest import GRAPH, MANIFEST
    from ..query import Graph
    from ..read import store

    if not place.is_dir():
        quads = store.load(place)
        if not (case := store.case_of(quads)):
            raise InputOutputError(f"{shown_path(place)}: is no graph of a case; name a graph.nq")
        return Graph(quads, case)
    case = str(small_object(place / MANIFEST).get("case", ""))
    data = opened(place, case).read(GRAPH)
    return Graph(store.load(place / GRAPH, data), case)


def _shown(*places: Path) -> frozenset[str] | None:
    """Return which of the case's questions everybody may see who may see one of the builds."""
    from ..build.builds import small_object
    from ..build.manifest import ASKED, MANIFEST

    found = [small_object(one / MANIFEST).get(ASKED) for one in places if one.is_dir()]
    lists = [frozenset(map(str, one)) for one in found if isinstance(one, list)]
    return frozenset.intersection(*lists) if lists else None


def _say(found: Sequence[Difference], *, whole: bool) -> None:
    if not found:
        say("They do not differ.")
    for group, members in groupby(found, lambda one: one.group):
        listed = list(members)
        say(f"{group.value} ({len(listed)})")
        for one in listed if whole else listed[:_MOST]:
            say_folded(f"  {one.text}" + f" ({one.id})" * bool(one.id), indent=4)
            for reason in one.why if whole else one.why[:_MOST_REASONS]:
                say_folded(f"    - {reason}", indent=6)
            if not whole and len(one.why) > _MOST_REASONS:
                say(f"    - and {len(one.why) - _MOST_REASONS} more")
        if not whole and len(listed) > _MOST:
            say(f"  and {len(listed) - _MOST} more; --all shows them")
