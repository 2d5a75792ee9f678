"""``hudna merge``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import options
from .completion import completes
from .left import say_left
from .pipeline import without_cycles
from .printing import say_folded, write_json

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@click.command(
    "merge", epilog='Example: hudna merge old-mill mill-town --reason "One enclave." --dry-run'
)
@click.argument("kept", shell_complete=completes("thing"))
@click.argument("gone", shell_complete=completes("thing"))
@click.option("--reason", default="", metavar="TEXT",
              help="Why they are the same; by default that of a judgement on both.")  # fmt: skip
@click.option("--date", "decided", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY",
              help="The day of the decision, as in 2026-03-15.")  # fmt: skip
@options.dry_run("would change")
@options.case
@options.data
@options.form
def command(
    kept: str,
    gone: str,
    reason: str,
    decided: datetime | None,
    dry_run: bool,
    case: str,
    data: Path,
    form: str,
) -> None:
    """Join two things of a case that are one: whatever is said of GONE is said of KEPT.

    Both are in one folder of the case. KEPT gets the names, passages and notes of GONE, whose file
    is removed. The decision is recorded in identity.toml under [[former]], with its reason, so that
    links to GONE lead to KEPT. Statements that say the same then become one with the claims of
    both, unless these contradict each other. What cannot be joined is told, with what to do, and
    nothing is written.
    """
    from ..authoring.merging import merge

    day = decided.date() if decided else None
    with without_cycles():
        found = merge(data / case, kept, gone, reason, decided=day, dry_run=dry_run)
    if form == "json":
        write_json({**found._asdict(), "told": [one._asdict() for one in found.told]})
        return
    verb = "would become" if dry_run else "became"
    say_folded(f"{gone} {verb} {kept}; {found.removed} {'would be' if dry_run else 'is'} removed")
    for name, count in found.files.items():
        say_folded(f"  {name}: {count}")
    for name, one in found.joined.items():
        also = "another of its id" if name == one else name
        say_folded(f"  {one} {'would have' if dry_run else 'has'} the claims of {also}, which says "
                   "the same")  # fmt: skip
    for remark in found.remarks:
        say_folded(f"Look: {remark}")
    say_left(gone, found.told)
