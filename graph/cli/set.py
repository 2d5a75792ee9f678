"""``hudna set``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import options
from .printing import say, say_folded, write, write_json

if TYPE_CHECKING:
    from pathlib import Path

    from ..authoring.setting import Changed


@click.command(
    "set",
    epilog="\b\nExamples:\n"
    "  hudna set guard-controls-mill when=2020-02/2020-05 scope='by night'\n"
    "  hudna set ev-shelling.occurred when=2020-06-03 place=Ford\n"
    "  hudna set guard-controls-mill.council.denies.report certainty=probable\n"
    "  hudna set river-guard names+='the guard' note=\n"
    "  hudna set report-2020 date=2020-06 --dry-run\n"
    "  hudna set boatman identity=withheld withheld.dates=year withheld.label='A man'",
)
@click.argument("name", metavar="ID")
@click.argument("changes", metavar="KEY=VALUE...", nargs=-1)
@options.texts
@options.dry_run("would change")
@options.case
@options.data
@options.form
def command(
    name: str,
    changes: tuple[str, ...],
    texts: Path | None,
    dry_run: bool,
    case: str,
    data: Path,
    form: str,
) -> None:
    """Change what is written: give keys of a record other values.

    ID is that of a statement, a claim (STATEMENT.VOICE.STANCE.SOURCE), an actor or other thing, a
    source, clause, question, judgement or note, of what makes an event or agreement (ID.occurred,
    ID.concluded), of a role (EVENT.ROLE.ACTOR), or of the case.

    KEY= takes a key out. Several values of a list stand with commas, in double quotes where they
    have some themselves; KEY+=VALUE adds to a list, KEY-=VALUE takes away. Things may be named by
    id or name. How coarsely is told of somebody whose name is withheld is written as
    withheld.KEY=VALUE, of them, a statement or the case. A key that the record does not have is
    answered with those that it has.

    All of it is changed or nothing; comments and the order of the file stay.
    """
    from ..authoring.setting import set_keys
    from ..authoring.texts import texts_at_hand

    found = set_keys(data / case, name, changes, texts_at_hand(case, texts), dry_run=dry_run)
    if form == "json":
        write_json(found._asdict())
        return
    _say(found, dry_run=dry_run)


def _say(one: Changed, *, dry_run: bool) -> None:
    if not one.diff:
        say_folded(f"{one.file}:{one.line}: {one.id}: is so already; nothing is changed")
        return
    would = "would be changed" if dry_run else "changed"
    status = f": {one.status}" if one.status else ""
    say_folded(f"{one.file}:{one.line}: {one.id}: {would}{status}")
    if one.id != one.was:
        say_folded(f"  its id is made of that, and was {one.was}")
    if dry_run:
        say()
        write(one.diff + "\n")
