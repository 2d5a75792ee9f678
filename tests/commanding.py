"""Every command of the command line by its words, also those of groups: ``source add``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graph.cli.main import COMMANDS, main

if TYPE_CHECKING:
    from collections.abc import Iterator


def every_command() -> Iterator[tuple[str, click.Context]]:
    """Yield the words of each command and its context, a group before what is in it."""
    top = click.Context(main, info_name="hudna")
    for name in COMMANDS:
        command = main.get_command(top, name)
        assert command is not None
        ctx = click.Context(command, info_name=name, parent=top)
        yield name, ctx
        if isinstance(command, click.Group):
            for inner, other in command.commands.items():
                yield f"{name} {inner}", click.Context(other, info_name=inner, parent=ctx)


CONTEXTS = dict(every_command())
LEAVES = [words for words, ctx in CONTEXTS.items() if not isinstance(ctx.command, click.Group)]
"""The commands that do something."""
