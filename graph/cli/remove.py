"""``hudna remove``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import options
from .printing import say, say_folded, write, write_json

if TYPE_CHECKING:
    from pathlib import Path


@click.command("remove", epilog="Example: hudna remove guard-controls-mill --dry-run")
@click.argument("name", metavar="ID")
@options.dry_run("would go")
@options.case
@options.data
@options.form
def command(name: str, dry_run: bool, case: str, data: Path, form: str) -> None:
    """Take a record out of a case: a thing, source, question, clause, statement or claim.

    What hangs on it goes with it, such as the claims of a statement and the clauses of an
    agreement. If anything else names it, that is listed with its place, and nothing is written.
    The id is not kept; do not give it to something else, for others may cite it.
    """
    from ..authoring.removing import remove

    found = remove(data / case, name, dry_run=dry_run)
    if form == "json":
        write_json({**found._asdict(), "told": [one._asdict() for one in found.told]})
        return
    whole = "" if found.text else ", the whole file"
    say_folded(f"{found.file}:{found.line}: {name} {'would be' if dry_run else 'is'} "
               f"removed{whole}")  # fmt: skip
    if dry_run and found.text:
        say()
        write(found.text + "\n\n")
    for one in found.told:
        say_folded(f"left as it is: {one.file}:{one.line}: {one.text}")
