"""``hudna explain``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from . import options
from .completion import completes
from .printing import Styled, say, say_folded, write_json
from .tables import echo_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Any

    from ..build.case import OpenedCase
    from ..network.explanation import Chain, Sign, Step

_MARKS = {
    "accepted": "",
    "contested": "CONTESTED: ",
    "alleged": "ALLEGED: ",
    "judgement": "JUDGEMENT: ",
    "open": "OPEN: ",
    "rejected": "REJECTED: ",
}
_SHOWN_STEPS = 4
_SHOWN_FIGURES = 4


@click.command("explain", epilog="Example: hudna explain river-guard mill-town --on 2020-05-20")
@click.argument("start", metavar="A", shell_complete=completes("thing"))
@click.argument("end", metavar="B", shell_complete=completes("thing"))
@click.option("--sign", type=click.Choice(["any", "not-negative", "positive", "negative"]),
              default="any", show_default=True,
              help="No ways over hostility (not-negative), only these (negative), or only over "
              "ties of backing and belonging (positive).")  # fmt: skip
@options.day
@partial(options.narrowing, status=options.status_of("all but rejected"))
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="How many chains to show at the most.",
)
@click.option("--rows", type=click.IntRange(min=1), metavar="NUMBER",
              help="Show what stands in the rows of tables that are cited; of many rows that are "
              "put together, so many.")  # fmt: skip
@options.form
@options.cases
@options.public
@options.store
@options.known_data
def command(
    start: str,
    end: str,
    sign: Sign,
    most: int,
    rows: int | None,
    form: str,
    case: str,
    public: Path,
    url: str | None,
    prefix: str,
    **narrowing: Any,  # noqa: ANN401 - the options of ``day`` and ``narrowing``
) -> None:
    """Show how two things are tied, step by step, with status, dates, voices and passages.

    A and B are ids or names of actors, places, events or agreements: hudna explain "River Guard"
    Iran. Ways over hostility come last and are marked so. What is contested, alleged or open counts
    unless --status says otherwise, and is marked on every step. Where voices disagree on a figure
    of what is on the way, the rule that decides is told with its reason.
    """
    from ..network.explanation import explain, joined_once
    from ..read.once import ONCE
    from .cases import opened

    built = opened(case, public, url=url, prefix=prefix)
    options.say_world(built, narrowing["voice"], only=narrowing["only"])
    chains = explain(built.graph, start, end, sign=sign, most=most, **narrowing)
    if form == "json":
        write_json([_as_dict(chain) for chain in chains])
        return
    once = joined_once(built.graph, start, end)
    if not chains:
        say(f"no chain of ties joins {start} and {end}")
    for number, chain in enumerate(chains, 1):
        _echo(number, chain, partial(_echo_rows, built, rows) if rows else None)
        _echo_figures(built, chain, rows)
        say()
    if once:
        say(Styled(f"{ONCE}:", bold=True))
    for one in once:
        say_folded(f"   {one}")
    if sign == "any" and len(chains) == most and not chains[-1].over:
        hostile = explain(built.graph, start, end, sign="negative", most=1, **narrowing)
        if hostile:
            say("there are ways over hostility, too (--sign negative)", err=True)


def _echo(number: int, chain: Chain, more: Callable[[Sequence[str]], None] | None) -> None:
    say_folded(Styled(f"{number}. " + " - ".join(chain.nodes), bold=True), indent=3)
    if chain.over:
        say("   ", Styled(f"over hostility: {', '.join(chain.over)}", fg="red"))
    for hop in chain.hops:
        for step in hop[:_SHOWN_STEPS]:
            _echo_step(step, more)
        if len(hop) > _SHOWN_STEPS:
            say(f"   (and {len(hop) - _SHOWN_STEPS} more between the two)")


def _echo_figures(built: OpenedCase, chain: Chain, rows: int | None) -> None:
    """Show where voices disagree on figures of the nodes, with the rule that decides."""
    from ..read import cited_claims

    for one in chain.figures[:_SHOWN_FIGURES]:
        say_folded("   ", Styled("voices disagree: ", fg="yellow"), f"{one.of}: {one}")
        for told in one.among if rows else ():
            for claim in cited_claims(built.graph, told.statement):
                say_folded(f"      {claim}")
                _echo_rows(built, rows or 0, claim.passages)
    if len(chain.figures) > _SHOWN_FIGURES:
        more = len(chain.figures) - _SHOWN_FIGURES
        say(f"   (and {more} more figures: hudna query disagreements)")


def _echo_step(step: Step, more: Callable[[Sequence[str]], None] | None) -> None:
    from ..read.date_words import date_in_words

    mark = Styled(_MARKS[step.status], fg="yellow")
    when = f"  ({date_in_words(step.when)})" if step.when else "  (undated)"
    held = f"  ({step.held} on that day)" if step.held else ""
    say_folded("   ", mark, f"{step.said}{when}{held}")
    for claim in step.evidence:
        say_folded(f"      {claim}")
        if more:
            more(claim.passages)


def _echo_rows(built: OpenedCase, most: int, passages: Sequence[str]) -> None:
    """Show what rows of a table say, and of those that stand for several some of them."""
    from ..importers.grouping import rows_of
    from ..importers.history import LOG
    from ..model.terms import HUD

    for citation in passages:
        name = citation.replace("#", ".")
        for values, _ in built.graph.texts(name, f"{HUD}values"):
            say_folded(f"         {citation}: {values}")
        for told, _ in built.graph.texts(name, f"{HUD}rows"):
            names, found = rows_of(built.data / LOG, told, most)
            echo_table([names, *found])


def _as_dict(chain: Chain) -> dict[str, object]:
    hops = [[_step(step) for step in hop] for hop in chain.hops]
    figures = [
        {**one._asdict(), "among": [told._asdict() for told in one.among]} for one in chain.figures
    ]
    return {**chain._asdict(), "hops": hops, "figures": figures}


def _step(step: Step) -> dict[str, object]:
    evidence = [
        {"voice": one.name, "stance": one.stance, "certainty": one.certainty,
         "passages": one.passages}
        for one in step.evidence
    ]  # fmt: skip
    return {**step._asdict(), "evidence": evidence}
