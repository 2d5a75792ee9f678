"""``hudna brief``."""

from __future__ import annotations

from pathlib import Path

import click

from . import options


@click.command("brief", epilog="Example: hudna brief -o brief.html")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
              help="File to write.  [default: CASE-brief.html beside the build]")  # fmt: skip
@options.cases
@options.data
@options.public
@options.store
@options.volume
def command(
    output: Path | None,
    case: str,
    data: Path,
    public: Path,
    url: str | None,
    prefix: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write the case on one page, to print and to take along: HTML that needs no other file.

    It says in words what the case is, who stands where, which deals there were and whether they
    were kept, and what is disputed, each on whose word; with a picture, sources and licence. It is
    what the page of the case shows as Brief, and the first page of the report.
    """
    from ..brief.writing import html
    from ..build.saving import save_file
    from .cases import opened
    from .printing import say
    from .progress import progress
    from .tables import shown_path

    built = opened(case, public, data, url, prefix)
    with progress(quiet=quiet, verbose=verbose) as tell:
        tell("writing the brief")
        text = html(built.graph)
    file = output or public / f"{case}-brief.html"
    save_file(file, [text.encode()])
    if not quiet:
        say(shown_path(file))
