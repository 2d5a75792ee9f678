"""A snapshot of the server is cut once, kept, and asked under the limits of any query."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from pooling import HEAVY, counted, holders, pool, settled
from serving import PATIENCE, children, ended, served, until

from graph.server.http.problem import Refusal
from graph.server.pool.limits import QueryLimits
from graph.server.pool.request import QueryRequest, refusal_encoded
from graph.server.pool.snapshots import Snapshots

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2020-05-20"
DEEP = "SELECT * { " + "{" * 20_000 + "}" * 20_000 + " }"


def statements(number: int = 0, on: str | None = DAY, **more: Any) -> QueryRequest:  # noqa: ANN401
    """Return a question that no other has asked."""
    sparql = f"SELECT (COUNT(*) AS ?n) {{ ?s a hud:Statement }} # {number}"
    return QueryRequest(sparql, on=on, **more)


def test_a_snapshot_is_cut_once_for_all_that_ask_it(public: Path) -> None:
    async def run() -> None:
        async with pool(public) as asked:
            first = await asyncio.gather(*(counted(asked, statements(n)) for n in range(4)))
            [process] = holders(asked)
            again = await counted(asked, statements(9))
            assert {*first, again} == {first[0]}
            assert holders(asked) == [process]
            assert len(asked.snapshots) == 1
            assert asked.snapshots.bytes > 0
            voice = await counted(asked, statements(on=None, voice="river-guard"))
            only = await counted(asked, statements(on=None, voice="river-guard", only=True))
            whole = await counted(asked, statements(on=None))
            assert 0 < only < voice < whole
            assert len(asked.snapshots) == 3

    asyncio.run(run())


@pytest.mark.parametrize(("limits", "left"), [({"snapshots": 2}, 2), ({"snapshot_bytes": 1}, 1)])
def test_those_that_were_asked_for_last_are_kept(
    public: Path, limits: dict[str, int], left: int
) -> None:
    async def run() -> None:
        async with pool(public, **limits) as asked:
            days = [f"2020-05-{day}" for day in range(10, 14)]
            for day in days:
                await counted(asked, statements(on=day))
            await settled(asked, left)
            kept = set(holders(asked))
            assert len(asked.snapshots) == left
            await counted(asked, statements(1, on=days[-1]))
            assert set(holders(asked)) == kept
            await counted(asked, statements(1, on=days[0]))
            await settled(asked, left)
            assert set(holders(asked)) != kept

    asyncio.run(run())


def test_what_is_asked_now_is_not_let_go(public: Path) -> None:
    async def run() -> None:
        async with pool(public, snapshots=1, seconds=2.0) as asked:
            slow = asyncio.create_task(asked.ask(QueryRequest(HEAVY, on=DAY)))
            await settled(asked, 1)
            await counted(asked, statements(on="2020-05-10"))
            assert len(holders(asked)) == 2
            with pytest.raises(Refusal) as refusal:
                await slow
            assert refusal.value.kind == "timeout"
            await settled(asked, 1)
            assert await counted(asked, statements(1, on="2020-05-10")) > 0

    asyncio.run(run())


def test_a_query_may_die_of_its_snapshot_and_the_snapshot_stays(public: Path) -> None:
    async def run() -> None:
        async with pool(public, seconds=2.0) as asked:
            right = await counted(asked, statements())
            kept = holders(asked)
            kinds = []
            for sparql in (HEAVY, DEEP, "SELECT * { SERVICE <http://127.0.0.1:1/> {} }", "no"):
                with pytest.raises(Refusal) as refusal:
                    await asked.ask(QueryRequest(sparql, on=DAY))
                kinds.append(refusal.value.kind)
            assert kinds[0] == "timeout"
            assert kinds[1] in ("engine-failed", "bad-query")
            assert kinds[2:] == ["query-leaves", "bad-query"]
            assert holders(asked) == kept
            until(lambda: not children(kept[0]))
            assert await counted(asked, statements(1)) == right

    asyncio.run(run())


def test_a_snapshot_that_is_killed_is_cut_again_and_takes_its_queries_along(public: Path) -> None:
    async def run() -> None:
        async with pool(public) as asked:
            right = await counted(asked, statements())
            [process] = holders(asked)
            before = {*children(process)}  # the process of that query may not be gone yet
            slow = asyncio.create_task(asked.ask(QueryRequest(HEAVY, on=DAY)))
            while not (left := {*children(process)} - before):
                await asyncio.sleep(0.01)
            os.kill(process, signal.SIGKILL)
            with pytest.raises(Refusal) as refusal:
                await slow
            assert refusal.value.kind == "engine-failed"
            assert asked.running == 0
            until(lambda: all(map(ended, left)))
            assert await counted(asked, statements(1)) == right
            assert asked.alive

    asyncio.run(run())


def test_a_cut_has_the_limits_of_a_query(public: Path) -> None:
    async def run() -> None:
        async with pool(public, memory=1) as asked:
            with pytest.raises(Refusal) as refusal:
                await asked.ask(statements())
            assert refusal.value.kind == "out-of-memory"
            await settled(asked, 0)
            assert len(asked.snapshots) == 0
        async with pool(public, seconds=0.001) as asked:
            with pytest.raises(Refusal) as refusal:
                await asked.ask(statements())
            assert refusal.value.kind == "timeout"
            await settled(asked, 0)

    asyncio.run(run())


def test_a_refusal_is_heard_though_the_end_of_its_process_is_told_first() -> None:
    class Above:
        """A process whose snapshot refuses; its end is heard before what it said."""

        link: socket.socket

        def begin(self, _: int, descriptor: int, __: bytes) -> None:
            self.link = socket.socket(fileno=os.dup(descriptor))

        def tell(self, *_: object) -> None:
            pass

    async def run(said: Refusal | None) -> str:
        above, halted = Above(), asyncio.get_running_loop().create_future()
        snapshots = Snapshots(QueryLimits(), lambda *_: None)

        async def wait() -> None:
            asked = snapshots.asked(
                above,  # type: ignore[arg-type]
                ("2020-02-31", None, False),
                count(),
                halted,
            )
            async with asked:
                raise AssertionError

        waiting = [asyncio.create_task(wait()) for _ in range(3)]
        await asyncio.sleep(0)
        snapshots.gone(0, 0)
        if said is not None:
            above.link.sendall(refusal_encoded(said))
        above.link.close()
        found = await asyncio.gather(*waiting, return_exceptions=True)
        kinds = {error.kind for error in found if isinstance(error, Refusal)}
        assert (len(snapshots), len(kinds), len(found)) == (0, 1, 3)
        return kinds.pop()

    assert asyncio.run(run(Refusal("bad-request", "no such day"))) == "bad-request"
    assert asyncio.run(run(None)) == "engine-failed"


def test_a_cut_that_nobody_waits_for_ends_and_others_are_not_stopped_by_who_leaves(
    public: Path,
) -> None:
    async def run() -> None:
        async with pool(public) as asked:
            one, two = (asyncio.create_task(counted(asked, statements(n))) for n in range(2))
            await settled(asked, 1)
            one.cancel()
            assert await two > 0
            alone = asyncio.create_task(counted(asked, statements(on="2020-05-10")))
            while len(asked.snapshots) < 2:
                await asyncio.sleep(0)
            alone.cancel()
            await settled(asked, 1)
            async with asyncio.timeout(PATIENCE):
                while asked.running:
                    await asyncio.sleep(0.01)

    asyncio.run(run())


def test_who_waits_for_a_cut_can_be_stopped_for_others() -> None:
    class Never:
        """A process that never cuts what it is told to."""

        killed = 0

        def begin(self, *_: object) -> None:
            pass

        def tell(self, *_: object) -> None:
            self.killed += 1

    async def run() -> None:
        above = Never()
        snapshots = Snapshots(QueryLimits(), lambda *_: None)
        halted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        halted.set_exception(Refusal("stopped-for-others", ""))
        asked = snapshots.asked(
            above,  # type: ignore[arg-type]
            (DAY, None, False),
            count(),
            halted,
        )
        with pytest.raises(Refusal):
            async with asked:
                raise AssertionError
        assert (above.killed, len(snapshots)) == (1, 0)

    asyncio.run(run())


def test_a_server_tells_how_many_it_keeps_and_leaves_none(public: Path) -> None:
    with served(public) as server:
        assert server.ask("GET", "/health").json()["snapshots"] == 0
        assert server.ask("GET", f"/sparql?query=ASK%7B%7D&on={DAY}").status == 200
        assert server.ask("GET", "/sparql?query=ASK%7B%7D&as=nobody").kind == "bad-request"
        told = server.ask("GET", "/health").json()
        assert told["snapshots"] == 1
        assert told["snapshot_bytes"] > 0
        left = server.queries()
        assert left
    until(lambda: all(map(ended, left)))
