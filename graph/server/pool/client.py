"""The process that holds the graph, as the server sees it: ``forkserver`` is what runs in it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import InputOutputError
from .forkserver import RECORD, ProcessBounds

if TYPE_CHECKING:
    from collections.abc import Callable

_ROOT = Path(__file__).resolve().parents[3]
_GRACE = 2.0
"""Seconds that the process has to end by itself."""
_SECRET = "HUDNA_TOKEN"  # noqa: S105 - the name of a variable


class ForkServer:
    """The process that holds the graph, and what it is told and tells.

    Args:
        graph: descriptor of the file of N-Quads.
        sha256: what the file has to have.
        bounds: the limits of a query.
        ended: is called with the number of each query that ended and its exit code.
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
        self.ended = ended
        self.lost = lost
        self.ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
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
        ours.setblocking(False)
        self.control = ours
        self.listener = asyncio.create_task(self._listen(ours.dup()))

    async def _listen(self, control: socket.socket) -> None:
        reader, writer = await asyncio.open_unix_connection(sock=control)
        try:
            async for line in reader:
                told = json.loads(line)
                if "ready" in told:
                    self.ready.set_result(int(told["ready"]))
                elif "failed" in told:
                    self.ready.set_exception(InputOutputError(str(told["failed"])))
                else:
                    self.ended(int(told["number"]), int(told["code"]))
        except (OSError, ValueError):
            pass
        finally:
            writer.transport.abort()
            if not self.ready.done():
                self.ready.set_exception(InputOutputError("the graph could not be loaded"))
            self.lost()
            await self._reaped()

    def begin(self, number: int, descriptor: int) -> None:
        """Start a query; it is read from the socket, and answered there."""
        socket.send_fds(self.control, [RECORD.pack(b"R", number)], [descriptor])

    def tell(self, letter: bytes, number: int) -> None:
        """Kill a query (``K``) or make it give way (``N``)."""
        with contextlib.suppress(OSError):
            self.control.send(RECORD.pack(letter, number))

    async def close(self) -> None:
        """End the process and all its children, and wait until it is gone."""
        with contextlib.suppress(OSError):
            self.control.shutdown(socket.SHUT_RDWR)
        await asyncio.wait([self.listener])

    async def _reaped(self) -> None:
        """Wait until the process is gone; kill it if it does not end by itself."""
        self.control.close()
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
