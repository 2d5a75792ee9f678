"""``hudna check``."""

from __future__ import annotations

import gc
import json
from typing import TYPE_CHECKING

import click

from . import options
from .progress import progress
from .recipe import recipe

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
        with progress(quiet=quiet, verbose=verbose) as say:
            records, _graph = recipe().judged(data / case, vocabulary.load(), say)
    except DataProblems as error:
        if form == "text":
            raise
        click.echo(_as_json(error.problems))
        ctx.exit(error.exit_code)
    if form == "json":
        click.echo(_as_json(()))
    elif not quiet:
        counts = f"{len(records.things)} things and {len(records.statements)} statements"
        click.echo(f"{case}: {counts}, no problem found")
        for hint in records.hints:
            click.echo(str(hint), err=True)


def _as_json(problems: Sequence[Problem]) -> str:
    return json.dumps([problem._asdict() for problem in problems], ensure_ascii=False, indent=1)
