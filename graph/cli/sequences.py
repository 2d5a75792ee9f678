"""``hudna sequences``."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from ..analysis.sequences.words import (
    ASIDE,
    UNFOLLOWED,
    VERBS,
    counts_in_words,
    days_later,
    heading,
    meaning,
)
from ..errors.counting import counted
from ..report.words import number
from . import options
from .completion import completes
from .printing import say_folded, write_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ..analysis.sequences.clause_changes import Change, ComparedClause
    from ..analysis.sequences.records import Instance, Occurrence, SequenceResult, Unfollowed
    from ..analysis.sequences.sequence import Comparison
    from ..analysis.sequences.sequence import Sequence as Followed
    from ..query.named import Query

_WIDTH = 80
EPILOG = """\b
Examples:
  hudna sequences
  hudna sequences detainee-deal-escalation
  hudna sequences bombing-halt --within 60 --status accepted --status alleged
"""


@click.command("sequences", epilog=EPILOG)
@click.argument("name", required=False, shell_complete=completes("sequence"))
@click.option("--list", "listing", is_flag=True, help="Show the sequences, without their results.")
@click.option(
    "--within",
    "window",
    type=click.IntRange(min=1),
    metavar="DAYS",
    help="An outcome follows only if it comes within so many days.  [default: any time]",
)
@click.option(
    "--status",
    multiple=True,
    type=click.Choice(options.STATUSES),
    help="Which statements count; may be repeated.  [default: accepted]",
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table",
              show_default=True, help="Form of the answer.")  # fmt: skip
@options.cases
@options.data
@options.public
@options.store
def command(
    name: str | None,
    listing: bool,
    window: int | None,
    status: tuple[str, ...],
    form: str,
    case: str,
    data: Path,
    public: Path,
    url: str | None,
    prefix: str,
) -> None:
    """Show what followed what: instances, counter-instances, passages, and what to make of them.

    Without NAME, the counts of all sequences. The order of two events is certain only where the
    bounds of their dates do not overlap.
    """
    from ..analysis.sequences.sequence import sequence
    from ..errors import UsageError, suggestion
    from .cases import opened
    from .tables import echo_table

    built = opened(case, public, data, url, prefix)
    known = built.sequences
    if listing:
        echo_table([["sequence", "what follows what"], *([k, q.title] for k, q in known.items())])
        return
    if name is not None and name not in known:
        hint = suggestion(name, known) or f"; the sequences are {', '.join(known)}"
        raise UsageError(f'there is no sequence "{name}"{hint}')
    chosen: Iterable[Query] = known.values() if name is None else [known[name]]
    statuses = status or ("accepted",)
    found = [sequence(built.graph, one, status=statuses, window_days=window) for one in chosen]
    if form == "json":
        shown = [as_dict(one) for one in found]
        write_json(shown[0] if name else shown)
    elif name is None:
        told = [one for one in found if one.counted.triggers]
        echo_table(_overview(told))
        if none := [one.name for one in found if one not in told]:
            _echo(f"without a trigger here: {', '.join(none)}")
        _echo(
            '"hudna sequences NAME" shows the instances, their passages and what they cannot tell.'
        )
    else:
        for line in lines(found[0]):
            say_folded(line)


def as_dict(found: Followed) -> dict[str, Any]:
    """Return a sequence as JSON has it: the counts are added, days are ISO dates."""
    plain = {key: _plain(value) for key, value in asdict(found).items()}
    for key, part in (("counted", found.counted), ("shown", found.shown)):
        plain[key]["counts"] = part.counts()
    return plain


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a dataclass
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _overview(found: Iterable[Followed]) -> list[list[str]]:
    """Return one row for each sequence with its counts."""
    rows = [["sequence", "triggers", "certain", "told", "possible", "not", "open"]]
    for one in found:
        counts = one.counted.counts()
        followed = [counts[f"followed, {name}"] for name in ("certain", "told", "possible")]
        open_ones = counts["seen too short"] + counts["overtaken"]
        numbers = [counts["triggers"], *followed, counts["not followed"], open_ones]
        rows.append([one.name, *map(str, numbers)])
    return rows


def _echo(text: str) -> None:
    for line in textwrap.wrap(text, _WIDTH):
        say_folded(line)


def lines(found: Followed) -> list[str]:
    """Return a sequence as lines of text that are no wider than 80 columns."""
    counted = found.counted
    parts: list[Sequence[str]] = [
        [*_wrapped(f"{found.name}: {found.title}", ""), *textwrap.wrap(found.text, _WIDTH)],
        textwrap.wrap(counts_in_words(counted, found.window_days), _WIDTH),
        *_instances(counted.instances, found.window_days),
        *(_unfollowed(heading(name), getattr(counted, name)) for name in UNFOLLOWED),
        *(_occurrences(heading(name), getattr(counted, name)) for name in ASIDE),
        _besides(found),
        _compared(found.comparison),
        _changes(found.changes),
        _chance(found),
        ["What cannot be concluded", *_items(found.cautions)],
    ]
    said: list[str] = []
    for part in parts:
        said += [*part, ""] if part else []
    return said[:-1]


def _instances(instances: Iterable[Instance], window: int | None) -> list[list[str]]:
    """Return a part for each trigger that was followed."""
    parts: dict[str, list[str]] = {}
    for one in instances:
        part = parts.setdefault(one.trigger.statement, _told(one.trigger, ""))
        part += _wrapped(f"-> {meaning(one, window)}, {days_later(one.lag)}:", "   ")
        part += _told(one.outcome, "      ")
        for link in one.links:
            said = f"so told: {link.before} {VERBS[link.relation]} {link.after}"
            part += _wrapped(f"{said}, {', '.join(link.passages)}", "      ")
        if one.shared:
            part += _wrapped(f"both told in {', '.join(one.shared)}", "      ")
    return list(parts.values())


def _told(one: Occurrence, indent: str) -> list[str]:
    """Return an occurrence with its date, its status, its voices and its passages."""
    from ..read.date_words import date_in_words

    mark = "" if one.status == "accepted" else f"{one.status.upper()}: "
    when = date_in_words(one.when) or "undated"
    head = _wrapped(f"{mark}{one.label} ({one.event}), {when}", indent)
    voices = ", ".join(one.voices) or "nobody affirms it"
    return [*head, *_wrapped(f"{voices}: {', '.join(one.passages)}", indent + "  ")]


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ",
        break_on_hyphens=False,
    )  # fmt: skip


def _unfollowed(title: str, found: Sequence[Unfollowed]) -> list[str]:
    said = []
    for one in found:
        least, most = one.observed
        seen = "unknown" if least is None else f"{least}"
        said += _told(one.trigger, "  ")
        said += _wrapped(
            f"days seen after it: {seen} to {most if most is not None else '?'}", "    "
        )
    return [title, *said] if said else []


def _occurrences(title: str, found: Sequence[Occurrence]) -> list[str]:
    said = [line for one in found for line in _told(one, "  ")]
    return [title, *said] if said else []


def _besides(found: Followed) -> list[str]:
    """Return what is found only if contested, alleged and open statements count as well."""
    known = {one.statement for one in _all(found.counted)}
    more = [one for one in _all(found.shown) if one.statement not in known]
    return _occurrences("Not counted because of its status", more)


def _all(found: SequenceResult) -> list[Occurrence]:
    return [*found.triggers, *found.outcomes]


def _compared(comparison: Comparison | None) -> list[str]:
    if comparison is None:
        return []
    said = _wrapped(f"As the sources tell it: {comparison.label} ({comparison.mechanism})", "")
    said += _wrapped(comparison.pattern, "  ")
    for claim in comparison.claims:
        sure = "" if claim.certainty == "unspecified" else f" ({claim.certainty})"
        said += _wrapped(f"{claim.voice} {claim.stance}{sure}: {', '.join(claim.passages)}", "  ")
    for title, names in (
        ("instances of it found here", comparison.found),
        ("instances of it not found here", comparison.missed),
        ("found here and not listed by it", comparison.unlisted),
    ):
        if names:
            said += _wrapped(f"{title}: {', '.join(names)}", "  ")
    return said


def _changes(changes: Sequence[Change]) -> list[str]:
    said: list[str] = []
    pair = ("", "")
    for one in changes:
        if (one.earlier, one.later) != pair:
            pair = (one.earlier, one.later)
            said += _wrapped(f"Terms from {one.earlier} to {one.later}", "")
        ways = [_clause(one.was), _clause(one.became)]
        said += _wrapped(f"{one.change}: {' -> '.join(way for way in ways if way)}", "  ")
    return said


def _clause(clause: ComparedClause | None) -> str:
    if clause is None:
        return ""
    binds = f"binds {', '.join(clause.obligors)}; " if clause.obligors else ""
    return f"{clause.label} ({clause.clause}; {binds}{', '.join(clause.passages)})"


def _chance(found: Followed) -> list[str]:
    test = found.test
    if test is None:
        return []
    if test.p is None or test.expected is None:
        return _wrapped(f"Against chance: no p is given: {test.refused}.", "")
    within = counted(test.within_days, "day")
    return _wrapped(
        f"Against chance, by the dates alone: of {counted(test.triggers, 'trigger')} dated to the "
        f"day, {counted(test.followed, 'was', 'were')} followed within {within}, "
        f"{number(test.expected)} on the average of {test.draws} draws (seed {test.seed}); "
        f"one-sided p = {number(test.p)}. It is right if one of the two kinds is as likely at any "
        "time as at any other, and no probability that the one brings about the other.",
        "",
    )


def _items(texts: Iterable[str]) -> list[str]:
    return [
        line
        for text in texts
        for line in textwrap.wrap(text, _WIDTH, initial_indent="- ", subsequent_indent="  ")
    ]
