"""Who gets a free place, who is stopped for others, and how many: the rules of the queue alone.

Places are taken and given up by hand, so that no process and no clock is needed.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from graph.server.http.problem import Refusal
from graph.server.pool.limits import QueryLimits
from graph.server.pool.places import Places, Run

if TYPE_CHECKING:
    from collections.abc import Sequence

RUNNING = 2
LONG = 1000.0
"""Seconds; longer than any limit."""


async def settled() -> None:
    """Let everybody hear what was decided."""
    for _ in range(5):
        await asyncio.sleep(0)


class Queue:
    """Places that are all taken, and those who wait for one, by number."""

    def __init__(self, **limits: float) -> None:
        self.places = Places(QueryLimits(**limits), RUNNING)  # type: ignore[arg-type]
        self.order: list[int] = []
        self.sent_away: list[int] = []
        self.waiting: list[asyncio.Task[None]] = []

    async def full(self) -> list[Run]:
        return [await self.places.take(known=False) for _ in range(RUNNING)]

    async def wait(self, *known: bool) -> None:
        """Let more wait, one after the other, and say whether each was too heavy before."""
        for one in known:
            self.waiting.append(asyncio.create_task(self._one(len(self.waiting), known=one)))
            await asyncio.sleep(0)

    async def _one(self, number: int, *, known: bool) -> None:
        try:
            await self.places.take(known=known)
        except Refusal as refusal:
            if refusal.kind == "busy":
                self.sent_away.append(number)
        else:
            self.order.append(number)

    async def served(self) -> Sequence[int]:
        """Give up one place after the other until nobody waits; return who got one, in order."""
        while self.places._waiting:
            self.places.leave(next(iter(self.places.taken)))
            await settled()
        return self.order

    async def end(self) -> None:
        self.places.stop(Refusal("shutting-down", ""))
        await asyncio.gather(*self.waiting)
        if self.places._timer is not None:
            self.places._timer.cancel()


async def in_order(*known: bool) -> Sequence[int]:
    queue = Queue()
    await queue.full()
    await queue.wait(*known)
    found = await queue.served()
    await queue.end()
    return found


@pytest.mark.parametrize(
    ("waiting", "order"),
    [
        (1, [0]),
        (RUNNING, [0, 1]),  # as many as run at once: who waits longest
        (RUNNING + 1, [2, 0, 1]),  # more: who came last, until they are few again
        (RUNNING + 3, [4, 3, 2, 0, 1]),
    ],
)
def test_who_waits_longest_is_first_and_who_came_last_where_too_many_wait(
    waiting: int, order: list[int]
) -> None:
    assert asyncio.run(in_order(*[False] * waiting)) == order


def test_who_was_too_heavy_before_comes_last() -> None:
    assert asyncio.run(in_order(True, False, True, False)) == [1, 3, 0, 2]
    assert asyncio.run(in_order(True, True, True, False)) == [3, 2, 0, 1]


async def _sent_away(waiting: int, come: int) -> list[int]:
    queue = Queue(waiting=waiting)
    await queue.full()
    await queue.wait(*[False] * come)
    await settled()
    found = list(queue.sent_away)
    await queue.end()
    return found


def test_so_many_may_wait_and_one_more_sends_away_who_waits_longest() -> None:
    assert asyncio.run(_sent_away(3, 3)) == []
    assert asyncio.run(_sent_away(3, 4)) == [0]
    assert asyncio.run(_sent_away(3, 6)) == [0, 1, 2]
    assert asyncio.run(_sent_away(0, 2)) == [0, 1]


async def _stopped(waiting: int, ages: Sequence[float], *, waited: float = LONG) -> list[bool]:
    """Return which of the places that are taken are stopped when some have waited.

    Args:
        waiting: how many wait.
        ages: for how many seconds each place has been taken.
        waited: for how many seconds those who wait have waited.
    """
    queue = Queue()
    runs = await queue.full()
    now = asyncio.get_running_loop().time()
    for run, age in zip(runs, ages, strict=True):
        run.since = now - age
    await queue.wait(*[False] * waiting)
    for at, ticket in enumerate(queue.places._waiting):
        queue.places._waiting[at] = ticket._replace(since=now - waited)
    for _ in range(RUNNING + 1):  # asked again and again, it stops no more than are needed
        queue.places._move_on()
    found = [run.why is not None for run in runs]
    kinds = {run.why.kind for run in runs if run.why is not None}
    assert kinds <= {"stopped-for-others"}
    await queue.end()
    return found


def test_no_more_queries_are_stopped_than_others_wait() -> None:
    assert asyncio.run(_stopped(0, [LONG, LONG])) == [False, False]
    assert asyncio.run(_stopped(1, [LONG, LONG + 1])) == [False, True]
    assert asyncio.run(_stopped(1, [LONG + 1, LONG])) == [True, False]
    assert asyncio.run(_stopped(2, [LONG, LONG + 1])) == [True, True]
    assert asyncio.run(_stopped(3, [LONG, LONG + 1])) == [True, True]


def test_a_query_is_stopped_once_it_has_run_and_another_waited_long_enough() -> None:
    assert asyncio.run(_stopped(2, [LONG, -LONG])) == [True, False]
    assert asyncio.run(_stopped(2, [LONG, LONG], waited=-LONG)) == [False, False]
