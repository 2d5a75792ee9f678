"""``hudna view``."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..model.terms import cases_in
from . import options
from .completion import completes
from .printing import say

if TYPE_CHECKING:
    from ..viewer.link import View


@click.command("view", epilog="Example: hudna view --voice observers --on 2020-05-20")
@click.option("--voice", metavar="VOICE", help="The world as this actor tells it, by id or name.",
              shell_complete=completes("voice"))  # fmt: skip
@options.on
@options.projection(None, "Only these lines: ties or participation.", "drawn projection")
@options.cases
@options.public
def command(
    voice: str | None, on: str | None, projection: str | None, case: str, public: Path
) -> None:
    """Open the page of a case in the browser, or print where it is if there is no display.

    Of several cases a page is made that shows them as one; the line that is printed says where.
    """
    from ..build.case import open_build
    from ..viewer.link import PAGE
    from .cases import opened

    several = len(cases_in(case)) > 1
    built = opened(case, public) if several else open_build(case, public)
    options.say_world(built, voice)
    view = built.view(voice=voice, on=on, projection=projection)
    # The path of the case stays right when there is a new build.
    page = _copy(view) if several else public / case / PAGE
    marked = view.fragment and not several
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform != "linux":
        click.launch((_copy(view) if marked else page).absolute().as_uri())
    say(view.address if marked else page.as_posix())


def _copy(view: View) -> Path:
    """Return a page that opens at the view: some desktops drop what follows the # of an address."""
    from ..viewer.link import PAGE

    copy = Path(tempfile.mkdtemp(prefix="hudna-view-")) / PAGE
    copy.write_text(view.text(), "utf-8")
    return copy
