"""Running queries in processes of their own, or in some that are kept for short ones.

``Pool`` is the side of the server; ``forkserver`` is the process that holds the graph. Nothing of a
query is told to a client before its whole answer is here. A query that looks short (``short``) is
answered by a process that is kept, with places of its own; what turns out not to be, and all else,
has a process that answers nothing before and nothing after.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from cachetools import LRUCache

from ...errors import InputOutputError
from ..http.problem import Refusal
from .cache import ResultCache
from .client import ForkServer, QueryProcess
from .forkserver import ProcessBounds
from .kept import KeptProcesses
from .places import Places, later
from .request import death, late, reply_of
from .short import looks_short
from .snapshots import Snapshots

if TYPE_CHECKING:
    from .client import GraphProcess, Reply
    from .limits import QueryLimits
    from .places import Run
    from .request import QueryRequest, QueryResult

_TOO_HEAVY = ("stopped-for-others", "timeout", "out-of-memory")
"""A query that ended so is let in last when it comes again."""
_DEATHS = ("engine-failed", "out-of-memory")
"""What a query may owe to those that its process answered before."""
_KNOWN = 256
"""So many queries are known that are not short."""


class _NotShort(Exception):
    """A query that looks short takes long, or fails where others were answered before."""


@dataclass(eq=False)
class Pool:
    """Answers queries, in processes that may die of them.

    Attributes:
        case: id of the case.
        graph: descriptor of the file of N-Quads, open for reading; it stays with the caller.
        sha256: what the file has to have, whenever it is loaded.
        limits: what a query may take.
        results: the results that are remembered; a request that comes again gets the same one.
        snapshots: those that are kept.
        places: those of queries with a process of their own.
        short_places: those of queries that look short.
        kept: the processes that are kept for these.
    """

    case: str
    graph: int
    sha256: str
    limits: QueryLimits
    quads: int = field(default=0, init=False)
    _forkserver: ForkServer | None = field(default=None, init=False)
    _closed: bool = field(default=False, init=False)
    _processes: dict[int, QueryProcess] = field(default_factory=dict, init=False)
    _numbers: count[int] = field(default_factory=count, init=False)
    _long: LRUCache[int, bool] = field(default_factory=lambda: LRUCache(_KNOWN), init=False)
    results: ResultCache = field(init=False)
    snapshots: Snapshots = field(init=False)
    places: Places = field(init=False)
    short_places: Places = field(init=False)
    kept: KeptProcesses = field(init=False)

    def __post_init__(self) -> None:
        """Make room for results, snapshots and queries."""
        self.results = ResultCache(self.limits.cache_bytes)
        self.snapshots = Snapshots(self.limits, self._ended)
        self.places = Places(self.limits, self.limits.running)
        self.short_places = Places(self.limits, self.limits.kept)
        self.kept = KeptProcesses(self.limits)

    @property
    def alive(self) -> bool:
        """Whether the process that holds the graph is there and ready."""
        ready = None if self._forkserver is None else self._forkserver.ready
        return ready is not None and ready.done() and ready.exception() is None

    @property
    def running(self) -> int:
        """Number of places that are taken."""
        return len(self.places.taken) + len(self.short_places.taken)

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
        if not self._forkserver.ready.done():
            await asyncio.shield(self._forkserver.ready)
        self.quads = self._forkserver.ready.result()

    async def ask(self, question: QueryRequest) -> QueryResult:
        """Return the whole answer of a query.

        If the caller is cancelled, the query is killed.

        Raises:
            Refusal: there is no place, the query is bad, or it died or was stopped.
        """
        if (known := self.remembered(question)) is not None:
            return known
        if self._looks_short(question):
            with contextlib.suppress(_NotShort):
                return await self._asked(self.short_places, question)
        return await self._asked(self.places, question)

    def remembered(self, question: QueryRequest) -> QueryResult | None:
        """Return the answer of a query that was asked before, if it is kept."""
        kept = self.results.get(question)
        return kept and kept[1]

    def stop(self) -> None:
        """Take no more queries, and stop those that run or wait."""
        self._closed = True
        why = Refusal("shutting-down", "the query was stopped")
        for places in (self.short_places, self.places):
            places.stop(why)

    async def close(self) -> None:
        """Stop everything; no process stays."""
        self.stop()
        self.kept.close()
        forkserver, self._forkserver = self._forkserver, None
        await self.snapshots.close()
        if forkserver is not None:
            await forkserver.close()

    def _looks_short(self, question: QueryRequest) -> bool:
        """Return whether a query goes to a process that is kept; to cut a snapshot is not short."""
        return (
            self.limits.kept > 0
            and hash(question) not in self._long
            and (question.cut is None or self.snapshots.ready(question.cut))
            and looks_short(question.query)
        )

    async def _asked(self, places: Places, question: QueryRequest) -> QueryResult:
        """Return the answer of a query, and remember it.

        Raises:
            Refusal: as for ``ask``.
            _NotShort: it had a place for short queries, and needs a process of its own.
        """
        if self._closed:
            raise Refusal("shutting-down", "no more queries are taken")
        run = await places.take(known=self._long.get(hash(question), False))
        try:
            reply = await self._answer(run, question)
        except Refusal as refusal:
            if run.places is self.short_places and not self._closed:
                used = run.process is not None and run.process.answered
                if run.why is not None or (used and refusal.kind in _DEATHS):
                    raise _NotShort from None
            if refusal.kind in _TOO_HEAVY:
                self._long[hash(question)] = True
            raise
        finally:
            self._leave(run)
        self.results.keep(question, reply)
        return reply

    def _leave(self, run: Run) -> None:
        """Give up a place; its process is kept, or ends."""
        short = run.places is self.short_places
        if short and run.process is not None and self.kept.keep(run.process):
            run.places.release(run)
        else:
            run.places.leave(run)

    async def _answer(self, run: Run, question: QueryRequest) -> QueryResult:
        code = 0
        try:
            async with asyncio.timeout(self.limits.seconds):
                try:
                    await self.start()
                except InputOutputError as error:
                    detail = "the graph is not there; it is started"
                    raise later(self.limits, "busy", detail) from error
                if self._forkserver is None:
                    raise ConnectionError
                if question.cut is None:
                    told = await self._exchanged(run, question, self._forkserver)
                else:
                    asked = self.snapshots.asked(
                        self._forkserver, question.cut, self._numbers, run.halted
                    )
                    async with asked as holder:
                        told = await self._exchanged(run, question, holder)
                if not told[0] and run.process is not None:
                    run.process.kill()
                    code = await run.process.exit
        except TimeoutError:
            refusal = late(self.limits.seconds)
            raise later(self.limits, refusal.kind, refusal.detail) from None
        except OSError:
            raise later(self.limits, "busy", "no process could be started") from None
        if run.why is not None:
            raise run.why
        reply = reply_of(*told)
        if reply is None:
            raise death(code, self.limits.seconds, self.limits.memory)
        return reply

    async def _exchanged(self, run: Run, question: QueryRequest, holder: GraphProcess) -> Reply:
        """Hand the question to a process, which may have to be started, and return its reply."""
        short = run.places is self.short_places
        run.process = (self.kept.take(holder) if short else None) or self._begun(holder)
        if run.why is not None:
            run.process.kill()
        self._look_later(run, question)
        try:
            return await run.process.ask(question, self.limits.answer_bytes)
        finally:
            if run.timer is not None:
                run.timer.cancel()

    def _begun(self, holder: GraphProcess) -> QueryProcess:
        process = QueryProcess(holder, next(self._numbers), self.kept.clock())
        self._processes[process.number] = process
        return process

    def _look_later(self, run: Run, question: QueryRequest) -> None:
        short = run.places is self.short_places
        patience = self.limits.short_seconds if short else self.limits.nice_after
        loop = asyncio.get_running_loop()
        run.timer = loop.call_later(patience, self._look, run, question)

    def _look(self, run: Run, question: QueryRequest) -> None:
        """Let a query that takes long give way to others; it takes a place of those that may.

        Where none is free, its process is stopped once others want its place; then it waits.
        """
        if run.places is self.short_places:
            self._long[hash(question)] = False
            if self.places.free:
                self.places.adopt(run)
            elif self.short_places.wanted:
                run.stop(later(self.limits, "busy", "it is not short"))
                return
            else:
                self._look_later(run, question)
                return
        if run.process is not None:
            run.process.give_way()

    def _ended(self, number: int, code: int) -> None:
        """Hear of the end of a process: that of queries, or of a snapshot, and of its queries."""
        holder = self.snapshots.gone(number, code)
        if holder is not None:
            for process in [one for one in self._processes.values() if one.holder is holder]:
                self._ended(process.number, -signal.SIGTERM)
        gone = self._processes.pop(number, None)
        if gone is not None:
            self.kept.forget(gone)
            gone.gone(code)

    def _lost(self) -> None:
        """The process that held the graph is gone, and all queries with it."""
        self._forkserver = None
        self.snapshots.lost()
        for number in list(self._processes):
            self._ended(number, -signal.SIGTERM)
