"""``hudna explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import options
from .printing import Styled, say, write_json

if TYPE_CHECKING:
    from pathlib import Path

    from ..network.explanation import Chain, Step

_MARKS = {
    "accepted": "",
    "contested": "CONTESTED: ",
    "alleged": "ALLEGED: ",
    "judgement": "JUDGEMENT: ",
    "open": "OPEN: ",
    "rejected": "REJECTED: ",
}
_SHOWN_STEPS = 4


@click.command("explain", epilog="Example: hudna explain iran waer --on 2016-08-20")
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@options.voice
@options.on
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="How many chains to show at the most.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="Form of the answer.")  # fmt: skip
@options.case
@options.public
@options.store
def command(
    start: str,
    end: str,
    voice: str | None,
    on: str | None,
    most: int,
    form: str,
    case: str,
    public: Path,
    url: str | None,
    prefix: str,
) -> None:
    """Show how two actors are tied, step by step, with status, dates, voices and passages.

    A and B are ids or names: hudna explain "Talal Barazi" Iran. What is contested, alleged or open
    is marked so on every step.
    """
    from ..network.explanation import explain
    from .cases import opened

    built = opened(case, public, url=url, prefix=prefix)
    options.say_world(built, voice)
    chains = explain(built.graph, start, end, on=on, voice=voice, most=most)
    if form == "json":
        content = [_as_dict(chain) for chain in chains]
        write_json(content)
    elif not chains:
        say(f"no chain of ties joins {start} and {end}")
    else:
        for number, chain in enumerate(chains, 1):
            _echo(number, chain)


def _echo(number: int, chain: Chain) -> None:
    say(Styled(f"{number}. " + " - ".join(chain.nodes), bold=True))
    for hop in chain.hops:
        for step in hop[:_SHOWN_STEPS]:
            _echo_step(step)
        if len(hop) > _SHOWN_STEPS:
            say(f"   (and {len(hop) - _SHOWN_STEPS} more between the two)")
    say()


def _echo_step(step: Step) -> None:
    mark = Styled(_MARKS[step.status], fg="yellow")
    when = f"  ({step.when})" if step.when else "  (undated)"
    held = f"  ({step.held} on that day)" if step.held else ""
    say("   ", mark, f"{step.subject} {step.predicate} {step.object}{when}{held}")
    for claim in step.evidence:
        say(f"      {claim}")


def _as_dict(chain: Chain) -> dict[str, object]:
    return {"nodes": chain.nodes, "hops": [[_step(step) for step in hop] for hop in chain.hops]}


def _step(step: Step) -> dict[str, object]:
    evidence = [
        {"voice": one.name, "stance": one.stance, "certainty": one.certainty,
         "passages": one.passages}
        for one in step.evidence
    ]  # fmt: skip
    return {**step._asdict(), "evidence": evidence}
