"""Processes kept for short queries: until when, and that no query has to do with another."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import resource
import signal
import time
from typing import TYPE_CHECKING

import pytest
from pooling import HEAVY, counted, holders, pool, settled
from serving import children, ended, served, until
from test_server_limits import DOUBLED, RESOURCES, STACK

from graph.server.http.problem import Refusal
from graph.server.pool import forkserver, short
from graph.server.pool import pool as pools
from graph.server.pool.kept import KeptProcesses
from graph.server.pool.limits import QueryLimits
from graph.server.pool.request import QueryRequest

if TYPE_CHECKING:
    from pathlib import Path

    from graph.server.pool.client import GraphProcess
    from graph.server.pool.pool import Pool

LONG = "SELECT (COUNT(*) AS ?n) { ?a a ?t . ?b a ?t . ?c a ?t . ?d a ?t }"
"""It looks short, as all hangs together, and is not."""
DAY = "2020-05-20"


def light(number: int, **more: str) -> QueryRequest:
    """Return a question that no other has asked, which is answered by its number."""
    sparql = f"SELECT ({number} AS ?n) {{ <river-guard> a hud:Actor }}"
    return QueryRequest(sparql, **more)  # type: ignore[arg-type]


async def asked_by(asked: Pool, number: int, **more: str) -> int:
    """Ask a light query, see that it has its own answer, and return the process that gave it."""
    assert await counted(asked, light(number, **more)) == number
    return asked.kept.idle[-1].number if len(asked.kept) else -1


async def refused(asked: Pool, sparql: str) -> str:
    with pytest.raises(Refusal) as refusal:
        await asked.ask(QueryRequest(sparql))
    return refusal.value.kind


async def nobody_asks(asked: Pool) -> None:
    async with asyncio.timeout(30):
        while asked.running:
            await asyncio.sleep(0.01)


class Process:
    """What ``KeptProcesses`` knows of a process."""

    def __init__(self, holder: object = None, since: float = 0.0) -> None:
        self.holder, self.since = holder, since
        self.answered, self.fit, self.killed = 1, True, False

    def kill(self) -> None:
        self.killed, self.fit = True, False


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_rules_for_keeping_a_process_alone() -> None:
    async def run() -> None:
        clock, holder = Clock(), object()
        kept = KeptProcesses(QueryLimits(kept=1, snapshots=1), clock)

        def keep(process: Process) -> bool:
            return kept.keep(process)  # type: ignore[arg-type]

        def take(one: object) -> object:
            return kept.take(one)  # type: ignore[arg-type]

        first, second, third = (Process(holder, clock.now) for _ in range(3))
        assert keep(first)
        assert take(object()) is None  # it holds something else
        assert take(holder) is first
        first.answered = 199
        assert keep(first)
        assert take(holder) is first
        first.answered = 200
        assert not keep(first)
        second.fit = False
        assert not keep(second)
        assert len(kept) == 0
        assert all(keep(one) for one in (Process(holder, clock.now), third, Process(1, clock.now)))
        assert len(kept) == 2  # as many as may wait at all
        clock.now += 59.9
        assert take(holder) is third
        assert keep(third)
        clock.now += 0.2
        assert take(holder) is None
        assert third.killed
        assert len(kept) == 0
        kept.close()

    asyncio.run(run())


def test_who_waits_for_nobody_ends_in_time() -> None:
    async def run() -> None:
        kept = KeptProcesses(QueryLimits(kept_seconds=0.05))
        process = Process(since=time.monotonic())
        assert kept.keep(process)  # type: ignore[arg-type]
        async with asyncio.timeout(30):
            while not process.killed:
                await asyncio.sleep(0.01)
        assert len(kept) == 0
        kept.close()

    asyncio.run(run())


def test_a_process_answers_so_many_queries_and_is_kept_for_so_long(public: Path) -> None:
    async def run() -> None:
        async with pool(public, kept_queries=3) as asked:
            asked.kept.clock = clock = Clock()
            found = [await asked_by(asked, n) for n in range(2)]
            assert len({*found}) == 1
            assert len(holders(asked)) == 1
            await counted(asked, light(2))  # the third and last
            assert len(asked.kept) == 0
            second = await asked_by(asked, 3)
            assert second not in found
            clock.now += 59
            assert await asked_by(asked, 4) == second
            clock.now += 2
            assert await asked_by(asked, 5) not in (*found, second)
            await settled(asked, 1)

    asyncio.run(run())


@pytest.mark.parametrize("sparql", ["ASK { <a> <b> <c>", "ASK { <a> <b> ?c } SERVICE"])
def test_a_process_is_not_kept_after_an_error(public: Path, sparql: str) -> None:
    async def run() -> None:
        async with pool(public) as asked:
            before = await asked_by(asked, 1)
            assert short.looks_short(sparql)
            assert await refused(asked, sparql) in ("bad-query", "query-leaves")
            assert await asked_by(asked, 2) > before
            await settled(asked, 1)

    asyncio.run(run())


def test_a_process_that_has_grown_is_not_kept(public: Path) -> None:
    doubled = DOUBLED.partition("BIND(CONCAT(?x18")[0]
    large = f'SELECT (?x18 AS ?n) {{ BIND("0123456789" AS ?x0) {doubled} }}'
    assert short.looks_short(large)

    async def run(growth: float) -> bool:
        async with pool(public, kept_growth=growth, short_seconds=100.0) as asked:
            before = await asked_by(asked, 1)
            assert len((await asked.ask(QueryRequest(large))).body) > 2_000_000
            return await asked_by(asked, 2) == before

    assert asyncio.run(run(100.0))
    assert not asyncio.run(run(0.001))


def test_each_query_has_its_own_time_of_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    monkeypatch.setattr(resource, "setrlimit", lambda _, most: given.append(most[0]))
    bounds = forkserver.ProcessBounds("mill", 0, 10, 0, 0.2)
    for used in (0.01, 0.4, 9.0, 42.2):
        monkeypatch.setattr(time, "process_time", lambda used=used: used)
        forkserver._allow(bounds)
    assert given == [10, 10, 19, 52]


def test_nothing_of_a_query_is_left_for_the_next(public: Path) -> None:
    async def run() -> None:
        async with pool(public) as asked:
            process = await asked_by(asked, 0)
            every = "SELECT (COUNT(*) AS ?n) { ?s a hud:Actor }"
            whole = await counted(asked, QueryRequest(every))
            none = QueryRequest(every, default_graphs=("urn:x",), named_graphs=())
            assert await counted(asked, none) == 0
            assert await counted(asked, QueryRequest(every + " # again")) == whole > 0
            declared = "PREFIX own: <urn:own/> BASE <urn:base/> SELECT (STR(own:x) AS ?t) {}"
            assert b"urn:own/x" in (await asked.ask(QueryRequest(declared))).body
            assert asked.kept.idle[-1].number == process
            assert await refused(asked, "SELECT (STR(own:x) AS ?t) {}") == "bad-query"
            drawn = "SELECT (RAND() AS ?x) (STRUUID() AS ?y) { <river-guard> a hud:Actor }"
            asks = [(await asked.ask(QueryRequest(drawn))).body for _ in range(20)]
            assert len({*asks}) == 20

    asyncio.run(run())


def test_every_query_gets_its_own_answer_whoever_leaves_and_whatever_dies(public: Path) -> None:
    """Many ask at once; some leave in the middle, and some of the processes are killed."""
    chance = random.Random(7)  # noqa: S311 - no secret

    async def one(asked: Pool, number: int) -> bool:
        asking = asyncio.create_task(counted(asked, light(number)))
        leaves = chance.random() < 0.3
        if leaves:
            await asyncio.sleep(chance.random() * 0.01)
            asking.cancel()
        try:
            assert await asking == number
        except asyncio.CancelledError:
            assert leaves
            return False
        except Refusal as refusal:  # its process was new when it was killed
            if refusal.kind not in ("out-of-memory", "engine-failed"):
                raise
            return False
        return True

    async def run() -> None:
        async with pool(public, kept=3, kept_queries=9) as asked:
            answered = 0
            for turn in range(12):
                numbers = range(turn * 20, turn * 20 + 20)
                asking = [asyncio.create_task(one(asked, number)) for number in numbers]
                await asyncio.sleep(chance.random() * 0.02)
                for process in holders(asked)[: turn % 2]:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(process, signal.SIGKILL)
                answered += sum(await asyncio.gather(*asking))
            assert answered > 100
            await settled(asked)
            await nobody_asks(asked)

    asyncio.run(run())


def test_a_query_whose_process_dies_of_another_cause_is_asked_again(public: Path) -> None:
    async def run() -> None:
        async with pool(public, short_seconds=100.0) as asked:
            await asked_by(asked, 1)
            [process] = holders(asked)
            os.kill(process, signal.SIGSTOP)
            asking = asyncio.create_task(counted(asked, light(2)))
            while not asked.short_places.taken:
                await asyncio.sleep(0)
            os.kill(process, signal.SIGKILL)
            assert await asking == 2
            await settled(asked, 0)

    asyncio.run(run())


def test_a_client_that_leaves_takes_its_query_along(public: Path) -> None:
    async def run() -> None:
        async with pool(public, short_seconds=100.0) as asked:
            before = await asked_by(asked, 1)
            asking = asyncio.create_task(asked.ask(QueryRequest(LONG)))
            await asyncio.sleep(0.05)
            asking.cancel()
            assert await asked_by(asked, 2) > before
            await settled(asked, 1)
            await nobody_asks(asked)

    asyncio.run(run())


def test_what_only_looks_short_moves_to_the_places_of_others(public: Path) -> None:
    assert short.looks_short(LONG)

    async def run() -> None:
        async with pool(public, short_seconds=0.05, seconds=1.5) as asked:
            before = await asked_by(asked, 1)
            asking = asyncio.create_task(asked.ask(QueryRequest(LONG)))
            async with asyncio.timeout(30):
                while not asked.places.taken:
                    await asyncio.sleep(0.005)
            [run] = asked.places.taken
            assert not asked.short_places.taken
            assert run.process is not None
            assert run.process.number == before  # it goes on where it is
            async with asyncio.timeout(30):
                while await asked_by(asked, 2) <= before:  # slow ones are not kept either
                    pass
            with pytest.raises(Refusal) as refusal:
                await asking
            assert refusal.value.kind == "timeout"
            again = asyncio.create_task(asked.ask(QueryRequest(LONG)))
            while not asked.places.taken:
                await asyncio.sleep(0)
            assert not asked.short_places.taken  # now it is known
            again.cancel()

    asyncio.run(run())


def test_what_only_looks_short_waits_as_others_where_no_place_is_free(public: Path) -> None:
    async def run() -> None:
        limits = {"running": 1, "heavy_after": 100.0, "waiting_seconds": 0.3}
        async with pool(public, kept=1, short_seconds=0.05, **limits) as asked:
            heavy = asyncio.create_task(asked.ask(QueryRequest(HEAVY)))
            while not asked.places.taken:
                await asyncio.sleep(0)
            long = asyncio.create_task(refused(asked, LONG))
            await asyncio.sleep(0.3)
            [run] = asked.short_places.taken
            assert run.why is None  # nobody wants its place
            assert await counted(asked, light(1)) == 1
            assert await long == "busy"
            heavy.cancel()

    asyncio.run(run())


def test_short_queries_have_places_of_their_own_beside_heavy_ones(public: Path) -> None:
    async def run() -> None:
        async with pool(public, running=2, waiting=4, seconds=1.0, short_seconds=5.0) as asked:
            heavy = [
                asyncio.create_task(asked.ask(QueryRequest(f"{HEAVY} # {n}"))) for n in range(8)
            ]
            await asyncio.sleep(0.1)
            for number in range(20):
                assert len(asked.places.taken) <= 2
                await asked_by(asked, number)
            kinds = set()
            for each in await asyncio.gather(*heavy, return_exceptions=True):
                assert isinstance(each, Refusal)
                kinds.add(each.kind)
            assert kinds <= {"timeout", "stopped-for-others", "busy"}
            await settled(asked)

    asyncio.run(run())


@pytest.mark.some(4)
@pytest.mark.parametrize("name", [*STACK, *RESOURCES])
def test_what_kills_an_engine_kills_no_more_if_it_is_taken_for_short(
    public: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "looks_short", lambda _: True)

    async def run() -> None:
        limits = {"seconds": 1.0, "memory": 128 << 20, "answer_bytes": 1 << 20}
        async with pool(public, **limits) as asked:
            await asked_by(asked, 1)
            above = asked._forkserver
            with contextlib.suppress(Refusal):
                answer = await asked.ask(QueryRequest({**STACK, **RESOURCES}[name]))
                assert "bindings" in json.loads(answer.body)["results"]
            await asked_by(asked, 2)
            assert asked._forkserver is above
            await settled(asked, 1)

    asyncio.run(run())


def test_a_snapshot_has_processes_of_its_own_which_end_with_it(public: Path) -> None:
    async def run() -> None:
        async with pool(public, snapshots=1) as asked:
            whole = await asked_by(asked, 0)
            await counted(asked, light(1, on=DAY))  # it is cut
            assert len(asked.kept) == 1
            process = await asked_by(asked, 2, on=DAY)
            assert await asked_by(asked, 3, on=DAY) == process != whole
            holder: GraphProcess = asked.kept.idle[-1].holder
            [below] = [pid for one in holders(asked) for pid in children(one)]
            await counted(asked, light(4, on="2020-05-10"))  # the first has to go
            until(lambda: ended(below))
            async with asyncio.timeout(30):
                while any(one.holder is holder for one in asked.kept.idle):
                    await asyncio.sleep(0.01)
            assert await asked_by(asked, 5) == whole

    asyncio.run(run())


def test_the_graph_may_die_and_come_back_below_processes_that_are_kept(public: Path) -> None:
    async def run() -> None:
        async with pool(public) as asked:
            await asked_by(asked, 1)
            assert asked._forkserver is not None
            [process] = holders(asked)
            os.kill(asked._forkserver.process.pid, signal.SIGKILL)
            until(lambda: ended(process))
            await asyncio.sleep(0.1)
            assert len(asked.kept) == 0
            await asked_by(asked, 2)
            await settled(asked, 1)

    asyncio.run(run())


def test_without_places_for_them_short_queries_are_as_others(public: Path) -> None:
    async def run() -> None:
        async with pool(public, kept=0) as asked:
            for number in range(3):
                assert await asked_by(asked, number) == -1
            await settled(asked, 0)

    asyncio.run(run())


def test_none_is_left_of_a_server_that_ends(public: Path) -> None:
    with served(public) as server:
        assert server.query("ASK { <river-guard> a hud:Actor }").json()["boolean"]
        assert server.ask("GET", "/health").json()["kept"] == 1
        left = server.queries()
        assert len(left) == 1
    until(lambda: all(map(ended, left)))


@pytest.mark.parametrize(
    "sparql",
    [
        "ASK {}",
        "DESCRIBE <x>",
        "SELECT ?p ?o { <a> ?p ?o }",
        "PREFIX own: <urn:own/> SELECT * FROM <g> { ?s a own:Kind ; own:of ?o , ?q . }",
        'SELECT * { ?a a hud:X OPTIONAL { ?a rdfs:label ?l } FILTER(?l = "{" && STR(?a) != "}") }',
        "CONSTRUCT { ?a <p> ?b . ?c <p> ?d } WHERE { ?a <q> ?b . ?b <r> ?c . ?c <s> ?d }",
        "CONSTRUCT WHERE { ?a <q> ?b }",
        "SELECT ?a { ?a a/rdfs:subClassOf* hud:Actor }",
        "SELECT (COUNT(*) AS ?n) { ?s a hud:Actor } GROUP BY ?s ORDER BY DESC(?n) LIMIT 5",
        "SELECT * { { ?a <p> 'x'@en } UNION { ?a ^<q>|!(<r>|^<s>) 5 } MINUS { ?a <t> true } }",
        "SELECT * { ?a <p> ?b . FILTER NOT EXISTS { ?a <q> ?b } GRAPH ?g { ?a <r> '''\n''' } }",
        "SELECT * { VALUES ?a { <x> <y> } ?a <p> ?b BIND(STR(?b) AS ?c) }",
    ],
)
def test_what_looks_short(sparql: str) -> None:
    assert short.looks_short(sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        *STACK.values(),
        HEAVY,
        "SELECT * { ?s ?p ?o }",
        "SELECT * { ?a <p> ?b . ?c <p> ?d }",
        "SELECT * { ?a <p> ?b { ?c <p> ?d } FILTER(?a = ?c) }",
        "SELECT * { ?a <p> ?b OPTIONAL { ?c <p> ?d } }",
        "SELECT * { ?a <p>* ?b }",
        "SELECT * { ?a (<p>/<q>)+ ?b }",
        "SELECT * { _:a <p>+ [] }",
        "SELECT * { { SELECT ?a { ?a <p> ?b } } }",
        "SELECT * { VALUES ?a { 1 2 } VALUES ?b { 1 2 } }",
        "SELECT * { ?a <p> ?b . <x> <q> ?c }",
        "SELECT * { ?a <p> ?b FILTER(EXISTS { ?c ?d ?e }) }",
        "SELECT * {} VALUES ?a { 1 2 }",
        "SELECT * { ?s <p> ?o } # " + "x" * 4000,
        "SELECT * { ?a <p> (1 2) }",
        "SELECT * { SERVICE <x> {} }",
        'SELECT * { ?s ?p "}" . ?a ?b ?c }',
        "nonsense { ?a b",
        "SELECT * { ?a <p>",
        "SELECT * { FILTER(",
    ],
)
def test_what_does_not_look_short(sparql: str) -> None:
    assert not short.looks_short(sparql)
