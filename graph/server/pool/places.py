"""Places for queries: who gets a free one, who waits, and who is stopped to let others in."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ..http.problem import Refusal

if TYPE_CHECKING:
    from .client import QueryProcess
    from .limits import QueryLimits

_SHORTEST = 0.1
"""Seconds that every query may run, however many wait."""


@dataclass(slots=True, eq=False)
class Run:
    """A place, taken by a query.

    Attributes:
        places: those of which it is one.
        since: when it was taken.
        halted: fails if the query is stopped while it has no process.
        process: what answers the query.
        why: what the query is told because it was stopped.
        timer: when to look whether it takes long.
    """

    places: Places
    since: float
    halted: asyncio.Future[None]
    process: QueryProcess | None = None
    why: Refusal | None = None
    timer: asyncio.TimerHandle | None = None

    def stop(self, why: Refusal | None) -> None:
        """Kill the process, or let it not begin; the first reason counts."""
        self.why = self.why or why
        if self.process is not None:
            self.process.kill()
        elif not self.halted.done():
            self.halted.set_exception(why or ConnectionError())
            self.halted.exception()  # nobody may have waited for it


class _Ticket(NamedTuple):
    """One that waits for a place, and since when."""

    place: asyncio.Future[Run]
    since: float
    known: bool


@dataclass(eq=False)
class Places:
    """So many places, and those who wait for one.

    Attributes:
        limits: how many may wait, and how long.
        most: so many places there are.
        taken: those that are.
    """

    limits: QueryLimits
    most: int
    taken: set[Run] = field(default_factory=set, init=False)
    _waiting: deque[_Ticket] = field(default_factory=deque, init=False)
    _timer: asyncio.TimerHandle | None = field(default=None, init=False)

    @property
    def free(self) -> bool:
        """Whether there is a place for which nobody waits."""
        return not self._waiting and len(self.taken) < self.most

    @property
    def wanted(self) -> bool:
        """Whether somebody waits for a place."""
        return bool(self._waiting)

    async def take(self, *, known: bool) -> Run:
        """Wait for a place, and take it.

        Args:
            known: whether the query was too heavy before; then it is let in last.

        Raises:
            Refusal: too many wait, or no place became free in time.
        """
        if self.free:
            return self._taken()
        self._shorten()
        loop = asyncio.get_running_loop()
        ticket = _Ticket(loop.create_future(), loop.time(), known)
        self._waiting.append(ticket)
        self._move_on()
        try:
            async with asyncio.timeout(self.limits.waiting_seconds):
                return await asyncio.shield(ticket.place)
        except BaseException as error:
            self._forget(ticket)
            if isinstance(error, TimeoutError):
                raise later(self.limits, "busy", "no place became free in time") from None
            raise

    def adopt(self, run: Run) -> None:
        """Give one of these places, which must be free, to a query that has another."""
        run.places.release(run)
        run.places = self
        self.taken.add(run)

    def leave(self, run: Run) -> None:
        """Give up a place: when its process is gone, which is killed."""
        if run.process is None:
            self.release(run)
        else:
            run.process.kill()
            run.process.exit.add_done_callback(lambda _: run.places.release(run))

    def release(self, run: Run) -> None:
        """Give up a place at once."""
        self.taken.discard(run)
        self._move_on()

    def stop(self, why: Refusal) -> None:
        """Stop all queries, those that wait too."""
        for run in self.taken:
            run.stop(why)
        for ticket in self._waiting:
            if not ticket.place.done():
                ticket.place.set_exception(why)

    def _forget(self, ticket: _Ticket) -> None:
        """Let one wait no more, and give back the place if it was just given."""
        if ticket in self._waiting:
            self._waiting.remove(ticket)
        place = ticket.place
        if not place.done():
            place.cancel()
        elif not place.cancelled() and place.exception() is None:
            self.leave(place.result())

    def _shorten(self) -> None:
        """Send away who has waited longest if as many wait as may; he that comes now may be quick.

        Raises:
            Refusal: nobody may wait.
        """
        busy = later(self.limits, "busy", f"{self.limits.waiting} other queries wait")
        if not self.limits.waiting:
            raise busy
        while len(self._waiting) >= self.limits.waiting:
            ticket = self._waiting.popleft()
            if not ticket.place.done():
                ticket.place.set_exception(busy)

    def _taken(self) -> Run:
        loop = asyncio.get_running_loop()
        run = Run(self, loop.time(), loop.create_future())
        self.taken.add(run)
        return run

    def _move_on(self) -> None:
        """Give free places to those who wait; if none is free, see who may be stopped.

        Who waits longest is first. When more wait than can run at once, who came last is first:
        so some are answered in time, where else nobody would be.
        """
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._waiting and len(self.taken) < self.most:
            first = [one for one in self._waiting if not one.known] or list(self._waiting)
            ticket = first[-1 if len(first) > self.most else 0]
            self._waiting.remove(ticket)
            if not ticket.place.done():
                ticket.place.set_result(self._taken())
        if self._waiting:
            self._make_room()

    def _make_room(self) -> None:
        """Stop the query that has run longest once it has run, and another waited, long enough."""
        loop = asyncio.get_running_loop()
        stopped = sum(run.why is not None for run in self.taken)
        young = [run for run in self.taken if run.why is None]
        if stopped >= len(self._waiting) or not young:
            return
        oldest = min(young, key=lambda run: run.since)
        full = len(self._waiting) / self.limits.waiting
        patience = max(self.limits.heavy_after * (1 - full), _SHORTEST)
        due = max(oldest.since + patience, self._waiting[stopped].since + self.limits.stop_after)
        if due <= loop.time():
            detail = "others waited and it had run longest"
            oldest.stop(later(self.limits, "stopped-for-others", detail))
            due = loop.time()
        self._timer = loop.call_at(due + 0.02, self._move_on)


def later(limits: QueryLimits, kind: str, detail: str) -> Refusal:
    """Return the refusal of a query that may be asked again after some seconds.

    Args:
        limits: say after how many.
        kind: one of ``KINDS``.
        detail: what is wrong, for people.
    """
    return Refusal(kind, detail, {"Retry-After": str(limits.retry_after)})
