"""``hudna analyse``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options

if TYPE_CHECKING:
    from ..report.document import Report


@click.command("analyse", epilog="Example: hudna analyse --projection actors -o report")
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path),
              help="Folder for the files.  [default: CASE-report beside the build]")  # fmt: skip
@options.actors_projection
@click.option("--draws", default=1000, show_default=True, type=click.IntRange(1, 1_000_000),
              help="Worlds to draw where there are too many to look at all.")  # fmt: skip
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0, 2**31 - 1),
              help="Seed of all that is random.")  # fmt: skip
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 1000),
              help="Rows of the tables of actors.")  # fmt: skip
@options.cases
@options.data
@options.public
@options.store
@options.volume
def command(
    output: Path | None,
    projection: str,
    draws: int,
    seed: int,
    top: int,
    case: str,
    data: Path,
    public: Path,
    url: str | None,
    prefix: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write a report: who stands between whom, how sure that is, what follows what.

    Each finding is a sentence made from numbers, with its evidence, its uncertainty, and the
    command that gives the numbers again: this one where there is no shorter.
    """
    from ..build.saving import save_folder
    from ..report.assembly import report
    from ..report.study import Study
    from .cases import opened
    from .printing import say, say_folded
    from .progress import progress
    from .tables import shown_path

    built = opened(case, public, data, url, prefix)
    study = Study(built.graph, projection, draws, seed, top)
    with progress(quiet=quiet, verbose=verbose) as tell:
        found = report(study, built.title, built.sequences, tell)
    folder = output or public / f"{case}-report"
    save_folder(folder, _files(found))
    if not quiet:
        for line in found.summary:
            say_folded(f"- {line}")
        for name in ("report.html", "report.md"):
            say(shown_path(folder / name))


def _files(found: Report) -> dict[str, list[bytes]]:
    from ..report.writing import html, markdown

    return {"report.html": [html(found).encode()], "report.md": [markdown(found).encode()]}
