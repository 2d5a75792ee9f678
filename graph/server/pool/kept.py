"""The processes that are kept for short queries: which may be asked again, and which have to go."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from .client import GraphProcess, QueryProcess
    from .limits import QueryLimits


@dataclass(eq=False)
class KeptProcesses:
    """The processes that have answered a short query and wait for the next.

    Attributes:
        limits: how many queries a process may answer, and for how long it is kept.
        clock: tells seconds.
        idle: those that wait, who was asked last at the end.
    """

    limits: QueryLimits
    clock: Callable[[], float] = time.monotonic
    idle: list[QueryProcess] = field(default_factory=list, init=False)
    _timer: asyncio.TimerHandle | None = field(default=None, init=False)

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self.idle)

    def take(self, holder: GraphProcess) -> QueryProcess | None:
        """Return the one that was asked last of those that hold something; ``None`` if none waits.

        Args:
            holder: the process that holds what is asked.
        """
        self.expire()
        for process in reversed(self.idle):
            if process.holder is holder and process.fit:
                self.idle.remove(process)
                return process
        return None

    def keep(self, process: QueryProcess) -> bool:
        """Keep a process for the next query if it is fit; return whether it is kept.

        Args:
            process: one that has answered.
        """
        if not process.fit or process.answered >= self.limits.kept_queries or self._old(process):
            return False
        self.idle.append(process)
        while len(self.idle) > self.limits.kept + self.limits.snapshots:
            self.idle.pop(0).kill()
        self._wait()
        return True

    def forget(self, process: QueryProcess) -> None:
        """Forget a process that is gone."""
        if process in self.idle:
            self.idle.remove(process)

    def expire(self) -> None:
        """End those that have been kept long enough."""
        for process in [one for one in self.idle if self._old(one)]:
            self.idle.remove(process)
            process.kill()

    def close(self) -> None:
        """End all that wait."""
        while self.idle:
            self.idle.pop().kill()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _old(self, process: QueryProcess) -> bool:
        return self.clock() - process.since >= self.limits.kept_seconds

    def _wait(self) -> None:
        """See to it that those that nobody asks any more end in time."""
        if self._timer is None:
            left = self.limits.kept_seconds - self.clock() + min(one.since for one in self.idle)
            self._timer = asyncio.get_running_loop().call_later(max(left, 0), self._late)

    def _late(self) -> None:
        self._timer = None
        self.expire()
        if self.idle:
            self._wait()
