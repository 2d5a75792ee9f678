"""Running a function in a child process that dies, fails or waits at its n-th step on the disk.

A step is whatever Python announces to its audit hooks: opening, making, renaming, linking and
removing files. The hook lives in the child, so nothing of it stays behind.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
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
        os._exit(inside(function, only(at, happens)))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def steps_of(function: Callable[[], object]) -> int:
    """Return how many steps a function takes, by running it in a child process."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        taken = [0]
        code = inside(function, lambda: taken.append(taken.pop() + 1))
        os.write(write, b"%d" % taken[0])
        os._exit(code)
    os.waitpid(child, 0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        return int(pipe.read())


def inside(function: Callable[[], object], each: Callable[[], None]) -> int:
    """Do the work of a child: run a function, and something before each of its steps."""

    def hook(event: str, _args: tuple[object, ...]) -> None:
        if event in STEPS:
            each()

    sys.addaudithook(hook)
    try:
        function()
    except HudnaError as error:
        return error.exit_code
    except BaseException:  # a child must never run on into the tests
        return UNEXPECTED
    return 0


def only(at: int, happens: Callable[[], None]) -> Callable[[], None]:
    """Return a function that does something when it is called for the n-th time, from 1."""
    calls = count(1)
    return lambda: happens() if next(calls) == at else None


def kill() -> None:
    """Die as a process does that is killed with signal 9: without any clearing up."""
    os.kill(os.getpid(), signal.SIGKILL)
