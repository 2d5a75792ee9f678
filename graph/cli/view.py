"""``hudna view``."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from . import options

if TYPE_CHECKING:
    from pathlib import Path


@click.command("view", epilog="Example: hudna view --case homs")
@options.case
@options.public
def command(case: str, public: Path) -> None:
    """Open the page of a case in the browser, or print where it is if there is no display."""
    from ..publish import published

    page = published(public / case) / "index.html"
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform != "linux":
        click.launch(page.as_uri())
    click.echo(page.as_posix())
