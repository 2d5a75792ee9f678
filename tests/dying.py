"""Running a function in a child process that dies, fails or waits at its n-th step on the disk.

A step is whatever Python announces to its audit hooks: opening, making, renaming, linking and
removing files. The hook lives in the child, so nothing of it stays behind.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from graph.errors import HudnaError

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = frozenset({"open", "os.mkdir", "os.rename", "os.symlink", "os.remove", "os.rmdir"})
UNEXPECTED = 99


def run(function: Callable[[], object], at: int, happens: Callable[[], None]) -> int:
    """Run a function in a child process; at its n-th step something happens first.

    Args:
        function: what the child runs.
        at: which step, from 1.
        happens: what is done before that step.

    Returns:
        0 if the function ended, the exit code of Hudna's error if it raised one, minus the number
        of the signal if the child was killed, ``UNEXPECTED`` after any other error.
    """
    child = os.fork()
    if child == 0:
        os._exit(inside(function, at, happens))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def inside(function: Callable[[], object], at: int, happens: Callable[[], None]) -> int:
    """Do the work of the child: like ``run``, but in this very process."""
    left = at

    def hook(event: str, _args: tuple[object, ...]) -> None:
        nonlocal left
        if event in STEPS:
            left -= 1
            if left == 0:
                happens()

    sys.addaudithook(hook)
    try:
        function()
    except HudnaError as error:
        return error.exit_code
    except BaseException:  # noqa: BLE001 - a child must never run on into the tests
        return UNEXPECTED
    return 0


def kill() -> None:
    """Die as a process does that is killed with signal 9: without any clearing up."""
    os.kill(os.getpid(), signal.SIGKILL)
