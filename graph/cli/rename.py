"""``hudna rename``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..errors.counting import counted
from . import options
from .left import say_left
from .pipeline import without_cycles
from .printing import say_folded, write_json

if TYPE_CHECKING:
    from pathlib import Path

    from ..authoring.renaming import Renamed


@click.command("rename", epilog="Example: hudna rename mill mill-town --dry-run")
@click.argument("old")
@click.argument("new")
@options.dry_run("would change")
@options.case
@options.data
@options.form
def command(old: str, new: str, dry_run: bool, case: str, data: Path, form: str) -> None:
    """Give a record another id, in all files of the case: a thing, source, statement or clause.

    OLD may be a term that the case has of its own, too; its former name leads nowhere.

    Ids that are made of it, such as OLD.occurred, change too. Texts, notes and queries (.rq) are
    left as they are, and the places where the old id stands in them are told. The old id is kept
    in identity.toml, under [[former]], so that links and questions that name it find the new one.
    """
    from ..authoring.recoding import rename_any

    with without_cycles():
        found = rename_any(data / case, old, new, dry_run=dry_run)
    if form == "json":
        write_json({**found._asdict(), "told": [one._asdict() for one in found.told]})
    else:
        _say(old, new, found, "would be called" if dry_run else "is called")


def _say(old: str, new: str, found: Renamed, verb: str) -> None:
    values = sum(found.files.values())
    where = f"named in {counted(values, 'place')} of {counted(len(found.files), 'file')}"
    say_folded(f"{old} {verb} {new}; {where if values else 'nothing else names it'}")
    if found.moved[0]:
        say_folded(f"  its file: {found.moved[0]} -> {found.moved[1]}")
    for name, count in found.files.items():
        say_folded(f"  {name}: {count}")
    if made := [now for before, now in found.ids.items() if before != old]:
        say_folded(f"Ids made of it that change too: {len(made)}, as {made[0]}")
    say_left(old, found.told)
