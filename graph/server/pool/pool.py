"""Running queries in processes of their own: places, deadlines, and what a death means.

``Pool`` is the side of the server; ``forkserver`` is the process that holds the graph. Nothing of a
query is told to a client before its whole answer is here.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from cachetools import LRUCache

from ...errors import InputOutputError
from ..http.problem import Refusal
from .cache import ResultCache
from .client import ForkServer
from .forkserver import ProcessBounds
from .request import death, late, result_of
from .snapshots import Snapshots

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from .client import GraphProcess
    from .limits import QueryLimits
    from .request import QueryRequest, QueryResult

_BLOCK = 1 << 16
_TOO_HEAVY = ("stopped-for-others", "timeout", "out-of-memory")
"""A query that ended so is let in last when it comes again."""
_HEAVY = 256
"""So many of them are known."""
_SHORTEST = 0.1
"""Seconds that every query may run, however many wait."""


@dataclass(slots=True, eq=False)
class _Run:
    """A place, taken by a query."""

    number: int
    since: float
    exit: asyncio.Future[int]
    halted: asyncio.Future[None]
    holder: GraphProcess | None = None
    why: Refusal | None = None


class _Ticket(NamedTuple):
    """One that waits for a place, and since when."""

    place: asyncio.Future[_Run]
    since: float
    known: bool


@dataclass(eq=False)
class Pool:
    """Answers queries, each in a process of its own.

    Attributes:
        case: id of the case.
        graph: descriptor of the file of N-Quads, open for reading; it stays with the caller.
        sha256: what the file has to have, whenever it is loaded.
        limits: what a query may take.
        results: the results that are remembered; a request that comes again gets the same one.
        snapshots: those that are kept.
    """

    case: str
    graph: int
    sha256: str
    limits: QueryLimits
    quads: int = field(default=0, init=False)
    _forkserver: ForkServer | None = field(default=None, init=False)
    _closed: bool = field(default=False, init=False)
    _places: dict[int, _Run] = field(default_factory=dict, init=False)
    _waiting: deque[_Ticket] = field(default_factory=deque, init=False)
    _numbers: count[int] = field(default_factory=count, init=False)
    _heavy: LRUCache[int, bool] = field(default_factory=lambda: LRUCache(_HEAVY), init=False)
    results: ResultCache = field(init=False)
    snapshots: Snapshots = field(init=False)
    _timer: asyncio.TimerHandle | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Make room for results and snapshots."""
        self.results = ResultCache(self.limits.cache_bytes)
        self.snapshots = Snapshots(self.limits, self._ended)

    @property
    def alive(self) -> bool:
        """Whether the process that holds the graph is there and ready."""
        ready = None if self._forkserver is None else self._forkserver.ready
        return ready is not None and ready.done() and ready.exception() is None

    @property
    def running(self) -> int:
        """Number of places that are taken."""
        return len(self._places)

    async def start(self) -> None:
        """Start the process that holds the graph, or start it again if it died.

        Raises:
            InputOutputError: the graph cannot be loaded.
        """
        if self._forkserver is None:
            if self._closed:
                raise Refusal("shutting-down", "no more queries are taken")
            bounds = ProcessBounds.of(self.limits, self.case)
            self._forkserver = ForkServer(self.graph, self.sha256, bounds, self._ended, self._lost)
        self.quads = await asyncio.shield(self._forkserver.ready)

    async def ask(self, question: QueryRequest) -> QueryResult:
        """Return the whole answer of a query.

        If the caller is cancelled, the query is killed.

        Raises:
            Refusal: there is no place, the query is bad, or it died or was stopped.
        """
        if question in self.results:
            return self.results[question][1]
        run = await self._place(known=hash(question) in self._heavy)
        try:
            reply = await self._answer(run, question)
        except Refusal as refusal:
            if refusal.kind in _TOO_HEAVY:
                self._heavy[hash(question)] = True
            raise
        finally:
            self._leave(run)
        self._heavy.pop(hash(question), None)
        self.results.keep(question, reply)
        return reply

    def stop(self) -> None:
        """Take no more queries, and stop those that run or wait."""
        self._closed = True
        why = Refusal("shutting-down", "the query was stopped")
        for run in self._places.values():
            self._kill(run, why)
        for ticket in self._waiting:
            if not ticket.place.done():
                ticket.place.set_exception(why)

    async def close(self) -> None:
        """Stop everything; no process stays."""
        self.stop()
        forkserver, self._forkserver = self._forkserver, None
        await self.snapshots.close()
        if forkserver is not None:
            await forkserver.close()

    async def _answer(self, run: _Run, question: QueryRequest) -> QueryResult:
        data, code = b"", 0
        try:
            async with asyncio.timeout(self.limits.seconds):
                try:
                    await self.start()
                except InputOutputError as error:
                    raise self._refusal("busy", "the graph is not there; it is started") from error
                async with self._holder(run, question) as holder:
                    data = await self._exchanged(run, question, holder)
                code = await run.exit
        except TimeoutError:
            refusal = late(self.limits.seconds)
            raise self._refusal(refusal.kind, refusal.detail) from None
        except OSError:
            raise self._refusal("busy", "no process could be started") from None
        if run.why is not None:
            raise run.why
        reply = result_of(data)
        if reply is None:
            raise death(code, self.limits.seconds, self.limits.memory)
        return reply

    @contextlib.asynccontextmanager
    async def _holder(self, run: _Run, question: QueryRequest) -> AsyncIterator[GraphProcess]:
        """Give the process that holds what is asked: the graph, or a snapshot, which may be cut."""
        forkserver = self._forkserver
        if forkserver is None:
            raise ConnectionError
        if question.cut is None:
            yield forkserver
            return
        asked = self.snapshots.asked(forkserver, question.cut, self._numbers, run.halted)
        async with asked as holder:
            yield holder

    async def _exchanged(self, run: _Run, question: QueryRequest, holder: GraphProcess) -> bytes:
        """Start the process of a query, hand it the question, and return what it sends."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                holder.begin(run.number, theirs.fileno())
            except OSError:
                ours.close()
                raise
        run.holder = holder
        if run.why is not None:
            holder.tell(b"K", run.number)
        later = asyncio.get_running_loop().call_later(
            self.limits.nice_after, holder.tell, b"N", run.number
        )
        reader, writer = await asyncio.open_unix_connection(sock=ours)
        try:
            writer.write(question.encoded())
            writer.write_eof()
            return await _read(reader, self.limits.answer_bytes + _BLOCK)
        except OSError:
            return b""  # it died; its exit code tells why
        finally:
            later.cancel()
            writer.transport.abort()

    def _refusal(self, kind: str, detail: str) -> Refusal:
        return Refusal(kind, detail, {"Retry-After": str(self.limits.retry_after)})

    async def _place(self, *, known: bool) -> _Run:
        """Wait for a place, and take it."""
        if self._closed:
            raise Refusal("shutting-down", "no more queries are taken")
        if not self._waiting and len(self._places) < self.limits.running:
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
                raise self._refusal("busy", "no place became free in time") from None
            raise

    def _forget(self, ticket: _Ticket) -> None:
        """Let one wait no more, and give back the place if it was just given."""
        if ticket in self._waiting:
            self._waiting.remove(ticket)
        place = ticket.place
        if not place.done():
            place.cancel()
        elif not place.cancelled() and place.exception() is None:
            self._leave(place.result())

    def _shorten(self) -> None:
        """Send away who has waited longest if as many wait as may; he that comes now may be quick.

        Raises:
            Refusal: nobody may wait.
        """
        busy = self._refusal("busy", f"{self.limits.waiting} other queries wait")
        if not self.limits.waiting:
            raise busy
        while len(self._waiting) >= self.limits.waiting:
            ticket = self._waiting.popleft()
            if not ticket.place.done():
                ticket.place.set_exception(busy)

    def _taken(self) -> _Run:
        loop = asyncio.get_running_loop()
        run = _Run(next(self._numbers), loop.time(), loop.create_future(), loop.create_future())
        self._places[run.number] = run
        return run

    def _leave(self, run: _Run) -> None:
        """Give up a place: at once, or when its process is gone."""
        if run.number not in self._places:
            return
        if run.holder is not None:
            self._kill(run, None)
        else:
            self._ended(run.number, 0)

    def _kill(self, run: _Run, why: Refusal | None) -> None:
        run.why = run.why or why
        if run.holder is not None:
            run.holder.tell(b"K", run.number)
        elif not run.halted.done():
            run.halted.set_exception(why or ConnectionError())
            run.halted.exception()  # nobody may have waited for it

    def _ended(self, number: int, code: int) -> None:
        """Give back the place of a query, or those of all that asked a snapshot, if it ended."""
        holder = self.snapshots.gone(number, code)
        if holder is not None:
            for asking in [run for run in self._places.values() if run.holder is holder]:
                self._ended(asking.number, -signal.SIGTERM)
        run = self._places.pop(number, None)
        if run is not None and not run.exit.done():
            run.exit.set_result(code)
        self._move_on()

    def _lost(self) -> None:
        """The process that held the graph is gone, and all queries with it."""
        self._forkserver = None
        self.snapshots.lost()
        for number in [run.number for run in self._places.values() if run.holder is not None]:
            self._ended(number, -signal.SIGTERM)

    def _move_on(self) -> None:
        """Give free places to those who wait; if none is free, see who may be stopped.

        Who waits longest is first. When more wait than can run at once, who came last is first:
        so some are answered in time, where else nobody would be.
        """
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._waiting and len(self._places) < self.limits.running:
            first = [one for one in self._waiting if not one.known] or list(self._waiting)
            ticket = first[-1 if len(first) > self.limits.running else 0]
            self._waiting.remove(ticket)
            if not ticket.place.done():
                ticket.place.set_result(self._taken())
        if self._waiting:
            self._make_room()

    def _make_room(self) -> None:
        """Stop the query that has run longest once it has run, and another waited, long enough."""
        loop = asyncio.get_running_loop()
        stopped = sum(run.why is not None for run in self._places.values())
        young = [run for run in self._places.values() if run.why is None]
        if stopped >= len(self._waiting) or not young:
            return
        oldest = min(young, key=lambda run: run.since)
        full = len(self._waiting) / self.limits.waiting
        patience = max(self.limits.heavy_after * (1 - full), _SHORTEST)
        due = max(oldest.since + patience, self._waiting[stopped].since + self.limits.stop_after)
        if due <= loop.time():
            detail = "others waited and it had run longest"
            self._kill(oldest, self._refusal("stopped-for-others", detail))
            due = loop.time()
        self._timer = loop.call_at(due + 0.02, self._move_on)


async def _read(reader: asyncio.StreamReader, most: int) -> bytes:
    """Return all that comes, or what came until it was more than ``most`` bytes."""
    blocks: list[bytes] = []
    size = 0
    while size <= most and (block := await reader.read(_BLOCK)):
        blocks.append(block)
        size += len(block)
    return b"".join(blocks)
