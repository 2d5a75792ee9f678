"""``hudna build``."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import click

from . import options
from .pipeline import recipe, without_cycles
from .printing import say, visible_json, write
from .progress import progress
from .tables import shown_path


@click.command("build", epilog="Example: hudna build --case homs --verbose")
@options.case
@options.data
@options.public
@click.option(
    "--renderer",
    type=click.Choice(["auto", "vis", "sigma"]),
    default="auto",
    show_default=True,
    help="What draws the page: vis-network, or sigma.js for large graphs.",
)
@options.form
@options.volume
def command(
    case: str,
    data: Path,
    public: Path,
    renderer: str,
    form: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Build a case: read, convert, derive, check, publish.

    All outputs are published together, or none: if anything is wrong, every problem is shown with
    its file and line, and the last build stays as it is. As JSON, the manifest is printed.
    """
    with without_cycles(), progress(quiet=quiet, verbose=verbose) as tell:
        folder: Path = recipe().build(case, data, public, tell, renderer)
    if form == "json":
        write(visible_json((folder / "manifest.json").read_text("utf-8")))
    elif not quiet:
        for line in _summary(case, folder, shown_path(public / case)):
            say(line)


def _summary(case: str, folder: Path, shown: str) -> list[str]:
    about: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    counts = about["counts"]
    status = ", ".join(f"{count} {name}" for name, count in sorted(counts["status"].items()))
    return [
        f"Built {about['title']}",
        (
            f"  {counts['things']} things, {counts['statements']} statements, "
            f"{counts['claims']} claims from {counts['sources']} sources, "
            f"{counts['quads']} quads"
        ),
        f"  statements: {status}",
        f"  as of {about['as_of'] or 'no day'}: {counts['past']} triples had ended and are past",
        f"  in {shown}: {', '.join(sorted(about['files']))}",
        "Look at it:",
        *(f"  {command:<46} {what}" for command, what in _hints(case)),
        f"  {shown + '/index.html':<46} the page, for any browser",
    ]


def _hints(case: str) -> list[tuple[str, str]]:
    """Return what to try next, as it can be typed from here."""
    beside = Path(sys.executable).with_name("hudna")
    on_path = shutil.which("hudna") is not None
    name = "hudna" if on_path or not beside.exists() else shown_path(beside)
    of_case = "" if case == "homs" else f" --case {case}"
    hints = [
        (f"{name} query --list{of_case}", "the questions that it answers"),
        (f"{name} query contested --sources{of_case}", "what is disputed, and by whom"),
    ]
    example = (f"{name} explain iran waer", "how two actors are tied")
    return [*hints, example] if case == "homs" else hints
