"""``hudna build``."""

from __future__ import annotations

import gc
import json
from typing import TYPE_CHECKING, Any

import click

from . import options
from .progress import progress
from .recipe import recipe

if TYPE_CHECKING:
    from pathlib import Path


@click.command("build", epilog="Example: hudna build --case homs --verbose")
@options.case
@options.data
@options.public
@options.form
@options.volume
def command(case: str, data: Path, public: Path, form: str, quiet: bool, verbose: bool) -> None:
    """Build a case: read, convert, derive, check, publish.

    All outputs are published together, or none: if anything is wrong, every problem is shown with
    its file and line, and the last build stays as it is. As JSON, the manifest is printed.
    """
    gc.disable()  # records and quads live to the end; looking for cycles among them costs a fifth
    with progress(quiet=quiet, verbose=verbose) as say:
        folder: Path = recipe().build(case, data, public, say)
    if form == "json":
        click.echo((folder / "manifest.json").read_text("utf-8"), nl=False)
    elif not quiet:
        click.echo(_summary(case, folder))


def _summary(case: str, folder: Path) -> str:
    about: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    counts = about["counts"]
    status = ", ".join(f"{count} {name}" for name, count in sorted(counts["status"].items()))
    shown = _shown(folder)
    return "\n".join(
        (
            f"Built {about['title']}",
            (
                f"  {counts['things']} things, {counts['statements']} statements, "
                f"{counts['claims']} claims from {counts['sources']} sources, "
                f"{counts['quads']} quads"
            ),
            f"  statements: {status}",
            f"  in {shown}: {', '.join(sorted(about['files']))}",
            "Look at it:",
            f"  hudna query --list                   the questions{_of(case)}",
            "  hudna query contested --sources      what is disputed, and by whom",
            "  hudna explain iran waer              how two actors are tied",
            f"  {shown}/index.html    the page, for any browser",
        )
    )


def _of(case: str) -> str:
    return "" if case == "homs" else f" (add --case {case})"


def _shown(folder: Path) -> str:
    try:
        return folder.relative_to(folder.cwd()).as_posix()
    except ValueError:
        return folder.as_posix()
