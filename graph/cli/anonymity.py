"""``hudna anonymity``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..errors.counting import counted
from . import options
from .printing import say, say_folded, write_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..analysis.anonymity import EquivalenceClass

PROMISE = (
    "k counts who is described alike in this build (k-anonymity: Sweeney 2002). It does not "
    "promise that those who are alike differ in what they tell, or in what could be done to them "
    "(l-diversity: Machanavajjhala et al. 2007), nor anything against who knows more than this "
    "build says: the texts that it cites, a witness, an earlier build."
)


@click.command("anonymity", epilog="Example: hudna anonymity --by class,kind,place --k 5")
@click.option("--by", default="", metavar="NAMES",
              help="What actors are told apart by, with commas: some of description, class, kind, "
                   "place, channel, month, statements.  [default: all]")  # fmt: skip
@click.option("--k", "wanted", type=click.IntRange(1), metavar="N",
              help="How many should be in each group.  [default: k of case.toml]")  # fmt: skip
@click.option("--unnamed", is_flag=True,
              help="Tell of groups in which nobody's name is withheld, too.")  # fmt: skip
@options.case
@options.public
@options.form
@click.pass_context
def command(
    ctx: click.Context,
    by: str,
    wanted: int | None,
    unnamed: bool,
    case: str,
    public: Path,
    form: str,
) -> None:
    """Show how many actors fit what a build tells of one whose name is withheld.

    Actors whose name is withheld, and persons whom no source names, are in one group if a reader
    of the build cannot tell them apart by their description and note, class, kinds, places,
    channels, months and statements. Groups are told by ids alone, with the fewest of these that
    have to be coarsened so that enough fit. The k of a build is the size of its smallest group.

    Exits with 1 if a group with a withheld name is smaller than k.
    """
    from ..analysis.anonymity import alike
    from ..analysis.told import TOLD_BY
    from ..build.case import open_build

    graph = open_build(case, public).graph
    least = wanted or graph.about.k or 1
    qualities = [one.strip() for one in by.split(",")] if by else TOLD_BY
    groups = alike(graph, max(least, 2), qualities, unnamed=unnamed)
    if form == "json":
        write_json([{"k": one.k, **one._asdict()} for one in groups])
    else:
        _say(case, groups, least)
    ctx.exit(1 if any(one.withheld and one.k < least for one in groups) else 0)


def _say(case: str, groups: Sequence[EquivalenceClass], wanted: int) -> None:
    from ..analysis.anonymity import least

    if not groups:
        say(f"{case}: nobody's name is withheld")
        return
    k = least([one for one in groups if one.withheld])
    told = f"{case}: {counted(len(groups), 'group')}"
    say(f"{told}, k is {k}, {wanted} wanted" if k else told)
    for one in groups:
        apart = f": told apart by {', '.join(one.apart)}" * bool(one.apart)
        say_folded(f"  {one.k}  {one.ids}{apart}", indent=5)
    say_folded(PROMISE)
