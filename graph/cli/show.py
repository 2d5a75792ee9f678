"""``hudna show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..read.once import ONCE
from . import options
from .completion import completes
from .printing import Styled, say, say_folded, write_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ..read.record_index import Ref
    from ..read.record_views import ClaimView, StatementView
    from ..read.thing_record import ThingRecord

_GAP = " · "
_OWN = ("names", "mentioned_in")
"""Facts that have lines of their own."""


@click.command("show", epilog="Example: hudna show river-guard")
@click.argument("thing", metavar="THING", shell_complete=completes("thing"))
@options.form
@options.cases
@options.public
@options.store
@options.known_data
def command(thing: str, form: str, case: str, public: Path, url: str | None, prefix: str) -> None:
    """Show all that is known of a thing: names, statements, who says so, patterns.

    THING is the id or a name of an actor, place, event, agreement, question or mechanism. It is
    what its page at /id/ and its dossier tell, a sentence a row.
    """
    from ..query.asked_thing import asked_thing
    from ..read.record_index import RecordIndex
    from .cases import opened

    built = opened(case, public, url=url, prefix=prefix)
    record = asked_thing(thing, RecordIndex(built.graph), "thing")
    if form == "json":
        write_json(record.plain())
        return
    _say_head(record)
    _say_statements(record)
    _say_rest(record)
    say()
    say_folded(f"Also: hudna explain {record.key} OTHER; hudna query about thing={record.key}; "
               f"hudna export markdown --actor {record.key}; served: id/{record.key}; "
               f"in the page: #sel={record.key}")  # fmt: skip


def _say_head(record: ThingRecord) -> None:
    say_folded(Styled(_marked(record.ref), bold=True))
    say_folded(record.kind + _GAP + record.key)
    if record.identity:
        say_folded(" ".join(record.identity).strip())
    if record.names:
        say_folded("Names: " + "; ".join(record.names_told))
    for fact in record.facts:
        if fact.name not in _OWN:
            say_folded(f"{fact.word}: {fact.text}")
    if record.mentions:
        say_folded("Mentioned in: " + ", ".join(one.label for one in record.mentions))


def _say_statements(record: ThingRecord) -> None:
    from ..network import palette

    _say_list("Seen in", [_GAP.join(filter(None, (_marked(one.ref), one.told)))
                          for one in record.instances()])  # fmt: skip
    for style in palette.STATUSES:
        groups = record.grouped(style.name)
        fact = style.name == "accepted"
        for title, found in groups:
            _heading(f"{style.label}{'' if fact else ', not to be taken as fact'}: {title}")
            for one in found:
                _say_statement(one)


def _say_statement(one: StatementView) -> None:
    details = (f"{each.word.lower()}: {each.text}" for each in one.details
               if each.name not in ("coded", "when_text"))  # fmt: skip
    only = f"{one.only}: " if one.only else ""
    when = one.when or "undated"
    say_folded("  " + _GAP.join((only + _marked(one.ref), when, *details)))
    for each in one.by_side:
        side = "" if one.ref.status == "accepted" else f"{each.side}: "
        say_folded(f"    {side}{each.voice.label} {_said(each)}")
    for each in one.rivals:
        rival = f"{each.voice.label} {_said(each)}"
        say_folded(f"    Disputed by: {_marked(each.statement)} – {rival}")


def _say_rest(record: ThingRecord) -> None:
    _say_list("What it says itself",
              [f"{_marked(one.statement)} – {_said(one)}" for one in record.spoken()])  # fmt: skip
    _say_list(ONCE, map(str, record.once()))
    _say_list("Questions that it figures in", [
        _GAP.join([str(row["label"]), *(_marked(one.ref) for one in answers)])
        for row, answers in record.questions()
    ])  # fmt: skip
    _say_list("Patterns that it is an instance of", [
        _GAP.join(filter(None, (_marked(one.ref), one.pattern, *map(_marked, one.through))))
        for one in record.patterns()
    ])  # fmt: skip
    _say_list("From the editors: identity, names and notes", [
        f"{one.head}: {one.text}{_cited(one.passages)}" for one in record.remarks()
    ])  # fmt: skip


def _said(claim: ClaimView) -> str:
    note = f": {claim.note}" if claim.note else ""
    grounds = "; ".join(map(_marked, claim.grounds))
    inferred = f" Inferred from: {grounds}" if grounds else ""
    return f"{claim.said} ({claim.sure}){_cited(claim.passages)}{note}{inferred}"


def _cited(passages: Sequence[Ref]) -> str:
    return f" [{', '.join(one.label for one in passages)}]" if passages else ""


def _marked(ref: Ref) -> str:
    """Return what a link is called, after its status unless that is accepted."""
    return ref.label if ref.status == "accepted" else ref.text


def _heading(text: str) -> None:
    say()
    say_folded(Styled(text, bold=True))


def _say_list(title: str, lines: Iterable[str]) -> None:
    """Write lines under a title, if there are any."""
    found = list(lines)
    if found:
        _heading(title)
    for line in found:
        say_folded(f"  {line}")
