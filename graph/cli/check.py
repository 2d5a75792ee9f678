"""``hudna check``."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import click

from . import options
from .progress import progress
from .recipe import recipe

if TYPE_CHECKING:
    from pathlib import Path


@click.command("check", epilog="Example: hudna check --case homs")
@options.case
@options.data
@options.volume
def command(case: str, data: Path, quiet: bool, verbose: bool) -> None:
    """Check the authored files of a case; publish nothing.

    Shows every problem with its file, line and what would be right, and exits with 1 if there is
    one.
    """
    from .. import vocabulary

    gc.disable()  # records and quads live to the end; looking for cycles among them costs a fifth
    with progress(quiet=quiet, verbose=verbose) as say:
        records, _graph = recipe().judged(data / case, vocabulary.load(), say)
    if not quiet:
        click.echo(
            f"{case}: {len(records.things)} things and {len(records.statements)} statements, "
            "no problem found"
        )
