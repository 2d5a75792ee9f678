"""``hudna key``."""

from __future__ import annotations

from pathlib import Path

import click

from ..model.keys import write_key
from .printing import say_folded


@click.group("key", epilog="Example: hudna key new ~/keys/case.key")
def command() -> None:
    """Make the key of a case, for ids and fingerprints that nobody can guess."""


@command.command("new", epilog="Example: hudna key new ~/keys/case.key")
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
def new(file: Path) -> None:
    """Make a key and write it to a new file that only you may open, outside of git.

    What is told is the key's id, by which a manifest and the file of a source name it; it reveals
    nothing of the key. Keep a copy where your secrets are: without the key no build has the same
    ids again, and no fingerprint that was made with it can be compared.
    """
    made = write_key(file)
    say_folded(f"written: {file} (key {made.id})")
    say_folded(f"then: hudna build --key-file {file}")
