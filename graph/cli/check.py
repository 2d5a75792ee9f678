"""``hudna check``."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import click

from . import options
from .progress import progress
from .recipe import recipe
from .saying import say, write_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..errors import Problem


@click.command("check", epilog="Example: hudna check --case homs")
@options.case
@options.data
@options.form
@options.volume
@click.pass_context
def command(
    ctx: click.Context, case: str, data: Path, form: str, quiet: bool, verbose: bool
) -> None:
    """Check the authored files of a case; publish nothing.

    Shows every problem with its file, line and what would be right, and exits with 1 if there is
    one. As JSON, the problems are a list of objects with file, line, place and message.
    """
    from .. import vocabulary
    from ..errors import DataProblems

    gc.disable()  # records and quads live to the end; looking for cycles among them costs a fifth
    try:
        with progress(quiet=quiet, verbose=verbose) as tell:
            records, _graph = recipe().judged(data / case, vocabulary.load(), tell)
    except DataProblems as error:
        if form == "text":
            raise
        write_json(_listed(error.problems))
        ctx.exit(error.exit_code)
    if form == "json":
        write_json([])
    elif not quiet:
        counts = f"{len(records.things)} things and {len(records.statements)} statements"
        say(f"{case}: {counts}, no problem found")


def _listed(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [problem._asdict() for problem in problems]
