"""The snapshots that are kept for queries: which there are, and which have to go."""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .client import SnapshotProcess
from .request import death

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from .client import ForkServer
    from .limits import QueryLimits
    from .request import Cut


@dataclass(eq=False)
class Snapshots:
    """The processes that hold snapshots; whoever asks for the same one asks the same process.

    Attributes:
        limits: how many are kept, and how large they are together.
        ended: is called with the number of each process that ended and its exit code.
    """

    limits: QueryLimits
    ended: Callable[[int, int], None]
    _kept: OrderedDict[Cut, SnapshotProcess] = field(default_factory=OrderedDict, init=False)
    _there: dict[int, SnapshotProcess] = field(default_factory=dict, init=False)
    _listeners: set[asyncio.Task[None]] = field(default_factory=set, init=False)

    def __len__(self) -> int:
        """Return how many are kept."""
        return len(self._kept)

    @property
    def bytes(self) -> int:
        """What they take together."""
        return sum(holder.bytes for holder in self._kept.values())

    def ready(self, cut: Cut) -> bool:
        """Return whether a snapshot is kept that needs not be cut."""
        holder = self._kept.get(cut)
        return holder is not None and holder.ready.done()

    @contextlib.asynccontextmanager
    async def asked(
        self, above: ForkServer, cut: Cut, numbers: Iterator[int], halted: asyncio.Future[None]
    ) -> AsyncIterator[SnapshotProcess]:
        """Give the process of a snapshot; it is cut if it is not kept, and stays while it is asked.

        Args:
            above: the process that holds the graph.
            cut: what the snapshot is cut by.
            numbers: those that no query has.
            halted: fails when it is wanted no longer.

        Raises:
            Refusal: there is no such snapshot, or it takes more than it may.
            OSError: no process could be started.
        """
        holder = self._kept.get(cut)
        if holder is None:
            holder = SnapshotProcess(above, next(numbers), cut, self.ended)
            self._listeners.add(holder.listener)
            holder.listener.add_done_callback(self._listeners.discard)
            self._kept[cut] = self._there[holder.number] = holder
        self._kept.move_to_end(cut)
        holder.users += 1
        try:
            await asyncio.wait((holder.ready, halted), return_when=asyncio.FIRST_COMPLETED)
            (halted if halted.done() else holder.ready).result()
            self._make_room()
            yield holder
        finally:
            holder.users -= 1
            if holder.ready.exception() if holder.ready.done() else not holder.users:
                self._forget(holder)
            self._make_room()

    def gone(self, number: int, code: int) -> SnapshotProcess | None:
        """Forget a snapshot whose process ended, and return it; ``None`` if it was a query."""
        holder = self._there.pop(number, None)
        if holder is not None:
            self._forget(holder)
            holder.died(death(code, self.limits.seconds, self.limits.memory))
        return holder

    def lost(self) -> None:
        """Forget all; the process that started theirs is gone, and they with it."""
        for holder in list(self._there.values()):
            self._forget(holder)
            holder.died(ConnectionError())
        self._there.clear()

    async def close(self) -> None:
        """End all that are there."""
        holders = list(self._there.values())
        for holder in holders:
            holder.kill()
            await holder.close()
        self.lost()
        if self._listeners:
            await asyncio.wait(self._listeners)

    def _make_room(self) -> None:
        """Let go what was asked for longest ago; while it is asked it stays until it is not."""
        ready = [holder for holder in self._kept.values() if holder.ready.done()]
        for holder in ready[:-1]:
            if len(self) <= self.limits.snapshots and self.bytes <= self.limits.snapshot_bytes:
                break
            self._forget(holder)
        for holder in list(self._there.values()):
            if not holder.users and self._kept.get(holder.cut) is not holder:
                holder.kill()

    def _forget(self, holder: SnapshotProcess) -> None:
        if self._kept.get(holder.cut) is holder:
            del self._kept[holder.cut]
