"""What a long command is doing: a moving line on a terminal, plain lines with ``--verbose``."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .printing import moving, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress(*, quiet: bool, verbose: bool) -> Iterator[Callable[[str], None]]:
    """Give a function that announces the next step of the work.

    Args:
        quiet: announce nothing.
        verbose: write a plain line for each step, with the time that it took.
    """
    if verbose:
        steps = _Steps()
        yield steps.begin
        steps.end()
    elif quiet or not sys.stderr.isatty():
        yield lambda _step: None
    else:
        with moving() as show:
            yield show


class _Steps:
    """Writes each step when it ends, with its seconds."""

    def __init__(self) -> None:
        self.step = ""
        self.started = 0.0

    def begin(self, step: str) -> None:
        self.end()
        self.step, self.started = step, time.monotonic()

    def end(self) -> None:
        if self.step:
            say(f"{self.step}: {time.monotonic() - self.started:.2f} s", err=True)
        self.step = ""
