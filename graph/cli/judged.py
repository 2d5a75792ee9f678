"""The options that say who judged whether two things are one, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .completion import completes

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def judged(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say who judged two things, and when."""
    for option in (
        click.option(
            "--date",
            "decided",
            default="",
            metavar="DAY",
            help="The day of a judgement; of a rule today by default.",
        ),
        click.option(
            "--by",
            "judge",
            default="",
            metavar="ACTOR",
            shell_complete=completes("actor"),
            help="Who judged.",
        ),
    ):
        function = option(function)
    return function
