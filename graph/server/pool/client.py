"""The processes that hold graphs, as the server sees them: ``forkserver`` is what runs in them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import InputOutputError
from ..http.problem import Refusal
from .forkserver import RECORD, ProcessBounds
from .request import head_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .request import Cut, QueryRequest

    Reply = tuple[Mapping[str, Any], bytes]

_ROOT = Path(__file__).resolve().parents[3]
_GRACE = 2.0
"""Seconds that the process has to end by itself."""
_HEAD = 1 << 16
"""Bytes that the first line of a reply has at most."""
_SECRET = "HUDNA_TOKEN"  # noqa: S105 - the name of a variable


class GraphProcess:
    """What a process that holds a graph is told and tells, over its socket.

    Args:
        control: our end of the socket.
        ended: is called with the number of each query that ended and its exit code.

    Attributes:
        ready: the number of quads that it holds, once it has them.
        bytes: what it took for them, if they are cut of those of another; then it is told.
    """

    def __init__(self, control: socket.socket, ended: Callable[[int, int], None]) -> None:
        self.ended = ended
        self.bytes = 0
        self.ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.ready.add_done_callback(lambda ready: ready.cancelled() or ready.exception())
        control.setblocking(False)
        self.control = control
        self.listener = asyncio.create_task(self._listen(control.dup()))

    async def _listen(self, control: socket.socket) -> None:
        reader, writer = await asyncio.open_unix_connection(sock=control)
        try:
            async for line in reader:
                self._heard(json.loads(line))
        except (OSError, ValueError):
            pass
        finally:
            writer.transport.abort()
            await self._gone()

    def _heard(self, told: dict[str, Any]) -> None:
        if "number" in told:
            self.ended(int(told["number"]), int(told["code"]))
        elif self.ready.done():
            pass
        elif "ready" in told:
            self.bytes = int(told.get("bytes", 0))
            self.ready.set_result(int(told["ready"]))
        elif "kind" in told:
            self.ready.set_exception(Refusal(str(told["kind"]), str(told["detail"])))
        else:
            self.ready.set_exception(InputOutputError(str(told["failed"])))

    async def _gone(self) -> None:
        """Do what is due when the other end is closed."""
        self.control.close()

    def begin(self, number: int, descriptor: int, letter: bytes = b"R") -> None:
        """Start a process for queries, which come over a socket, or one for a snapshot."""
        socket.send_fds(self.control, [RECORD.pack(letter, number)], [descriptor])

    def tell(self, letter: bytes, number: int) -> None:
        """Kill a process (``K``) or make it give way (``N``)."""
        with contextlib.suppress(OSError):
            self.control.send(RECORD.pack(letter, number))

    async def close(self) -> None:
        """End the process and all its children, and wait until it is gone."""
        with contextlib.suppress(OSError):
            self.control.shutdown(socket.SHUT_RDWR)
        await asyncio.wait([self.listener])


class QueryProcess(asyncio.Protocol):
    """A process that answers queries, one after the other, until it is killed.

    Args:
        holder: the process that holds what is asked, which forks it.
        number: no other process has it.
        since: what a clock says.

    Attributes:
        exit: its exit code, once it is gone.
        answered: how many queries it has answered.
        fit: whether it may be asked again: all was well, and it has not grown.

    Raises:
        OSError: it could not be started.
    """

    def __init__(self, holder: GraphProcess, number: int, since: float) -> None:
        self.holder, self.number, self.since = holder, number, since
        self.answered = 0
        self.fit, self._ending = True, False
        self.loop = asyncio.get_running_loop()
        self.exit: asyncio.Future[int] = self.loop.create_future()
        self._transport: asyncio.Transport | None = None
        self._reply: asyncio.Future[Reply] | None = None
        self._got = bytearray()
        self._begin, self._whole, self._most = 0, 0, 0
        self._head: Mapping[str, Any] = {}
        self._link, theirs = socket.socketpair()
        with theirs:
            try:
                holder.begin(number, theirs.fileno())
            except OSError:
                self._link.close()
                raise

    async def ask(self, question: QueryRequest, most: int) -> Reply:
        """Hand over a question, and return the whole reply, as ``reply_of`` takes it.

        What it says is nothing if the process died.

        Whoever gives up waiting for it has to kill the process.

        Args:
            question: the query.
            most: bytes that the answer may have.
        """
        self.fit = False
        self._begin, self._whole, self._most = 0, 0, most
        reply: asyncio.Future[Reply] = self.loop.create_future()
        self._reply = reply
        if self.exit.done() or (self._transport is not None and self._transport.is_closing()):
            return {}, b""  # it died since it was last asked
        if self._transport is None:
            self._transport, _ = await self.loop.create_unix_connection(
                lambda: self, sock=self._link
            )
        self._transport.write(question.encoded())
        return await reply

    def data_received(self, data: bytes) -> None:
        """Take a piece of a reply."""
        if self._reply is None or self._reply.done():  # nobody waits for it
            self.kill()
            return
        self._got += data
        if not self._begin and (begin := self._got.find(b"\n") + 1):
            self._head = head_of(bytes(self._got[:begin]))
            self._begin, self._whole = begin, begin + self._head.get("length", 0)
        if self._begin and (len(self._got) >= self._whole or len(self._got) > self._most + _HEAD):
            self.answered += 1
            fit = self._head.get("fit", False) and len(self._got) == self._whole
            self.fit = fit and not self._ending
            self._told(self._head, bytes(memoryview(self._got)[self._begin :]))

    def connection_lost(self, _: Exception | None) -> None:
        """Hear that no more comes."""
        self._told({}, b"")

    def kill(self) -> None:
        """End it, whatever it does."""
        self.fit, self._ending = False, True
        self.holder.tell(b"K", self.number)

    def give_way(self) -> None:
        """Let others run first, from now on."""
        self.fit = False
        self.holder.tell(b"N", self.number)

    def gone(self, code: int) -> None:
        """Hear that it is gone.

        Args:
            code: its exit code.
        """
        self.fit = False
        if not self.exit.done():
            self.exit.set_result(code)
        if self._transport is None:
            self._link.close()
        else:
            self._transport.abort()

    def _told(self, head: Mapping[str, Any], body: bytes) -> None:
        waiting, self._reply, self._got = self._reply, None, bytearray()
        if waiting is not None and not waiting.done():
            waiting.set_result((head, body))


class SnapshotProcess(GraphProcess):
    """The process that cuts a snapshot, holds it and forks for its queries.

    Args:
        above: the process that holds the graph, which forks it.
        number: its number there.
        cut: what it cuts.
        ended: see ``GraphProcess``.

    Attributes:
        users: how many queries wait for it or ask it.
    """

    def __init__(
        self, above: ForkServer, number: int, cut: Cut, ended: Callable[[int, int], None]
    ) -> None:
        self.above, self.number, self.cut = above, number, cut
        self.users = 0
        ours, theirs = socket.socketpair()
        with theirs:
            ours.sendall(json.dumps(cut).encode() + b"\n")
            try:
                above.begin(number, theirs.fileno(), b"S")
            except OSError:
                ours.close()
                raise
        super().__init__(ours, ended)

    def kill(self) -> None:
        """End it, whatever it does; nobody asks it any more."""
        self.above.tell(b"K", self.number)

    def died(self, why: Exception) -> None:
        """Let those who wait know why there is nothing, unless it told so itself.

        Its end is told by the process above, over another socket: that may be heard before the
        last that it said.

        Args:
            why: what they are told if it said nothing.
        """

        def tell(_: asyncio.Task[None]) -> None:
            if not self.ready.done():
                self.ready.set_exception(why)

        self.listener.add_done_callback(tell)


class ForkServer(GraphProcess):
    """The process that holds the graph.

    Args:
        graph: descriptor of the file of N-Quads.
        sha256: what the file has to have.
        bounds: the limits of a query.
        ended: is called with the number of each query or snapshot that ended and its exit code.
        lost: is called when the process is gone.
    """

    def __init__(
        self,
        graph: int,
        sha256: str,
        bounds: ProcessBounds,
        ended: Callable[[int, int], None],
        lost: Callable[[], None],
    ) -> None:
        self.lost = lost
        ours, theirs = socket.socketpair()
        with theirs:
            told = {
                "parent": os.getpid(),
                "control": theirs.fileno(),
                "graph": graph,
                "sha256": sha256,
                "bounds": bounds._asdict(),
            }
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-P", "-m", "graph.server.pool.forkserver", json.dumps(told)],
                pass_fds=(theirs.fileno(), graph),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                cwd="/",
                start_new_session=True,
            )
        super().__init__(ours, ended)

    async def _gone(self) -> None:
        """Wait until the process is gone; kill it if it does not end by itself."""
        if not self.ready.done():
            self.ready.set_exception(InputOutputError("the graph could not be loaded"))
        self.lost()
        await super()._gone()
        for _ in range(int(_GRACE / 0.02)):
            if self.process.poll() is not None:
                return
            await asyncio.sleep(0.02)
        self.process.kill()
        self.process.wait()


def _environment() -> dict[str, str]:
    """Return the environment without the token, in which Python finds this package."""
    kept = {name: value for name, value in os.environ.items() if name != _SECRET}
    return {**kept, "PYTHONPATH": str(_ROOT)}
