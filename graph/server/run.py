"""Running the server: one process that listens, and the one that holds the graph."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import uvicorn

from ..errors import InputOutputError, UsageError
from ..errors.shown import MOST_OF_A_MESSAGE, shown
from .app import app_of
from .http.connection import limited
from .state import opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from .pool.limits import QueryLimits
    from .state import Config, State

_BACKLOG = 128
"""So many connections may wait to be taken."""
_BATCH = 16
"""So many are taken at a time, so that there is time to drop others."""
_OWN_FILES = 96
"""Files and sockets that the server needs for itself and for connections being dropped."""
_MOST_FILES = 4096
_LAST_SECONDS = 3
"""So long an answer may still take when the server is told to end."""


def run(config: Config, announce: Callable[[str], None]) -> None:
    """Serve until the process is told to end by SIGINT or SIGTERM.

    Args:
        config: how the server is set up; with port 0 it takes a free one.
        announce: is called with the address once requests are answered.

    Raises:
        NotBuilt: the case has not been built.
        InputOutputError: the port is taken, or the graph cannot be loaded.
        UsageError: this system cannot fork, and no query is to run in the process that listens.
    """
    if not hasattr(os, "fork"):
        raise UsageError("serving needs a system that can fork, such as Linux or macOS; "
                         "\"hudna view\" and all other commands work here")  # fmt: skip
    state = opened(config)
    listening = _listening(config)
    state.config = replace(config, port=listening.getsockname()[1])
    before = {sign: signal.signal(sign, _ignore) for sign in (signal.SIGINT, signal.SIGTERM)}
    try:
        asyncio.run(_serve(state, listening, announce))
    finally:
        listening.close()
        for sign, handler in before.items():
            signal.signal(sign, handler)


class Visible(logging.Formatter):
    """Formats records of a log so that no text of a request begins a line or is obeyed."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record: its message in one line, and the lines of an error, set in."""
        lines = [shown(record.getMessage(), MOST_OF_A_MESSAGE)]
        if record.exc_info:
            lines += map(shown, self.formatException(record.exc_info).split("\n"))
        return "\n    ".join(lines)


class _Server(uvicorn.Server):
    """A server that says when it is there, and stops its queries when it is told to end."""

    def __init__(self, config: uvicorn.Config, state: State, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.state = state
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listening in sockets or ():
            listening.listen(_BACKLOG)
        self.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.state.pool.stop()
        await super().shutdown(sockets)


async def _serve(state: State, listening: socket.socket, announce: Callable[[str], None]) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(Visible())
    logging.basicConfig(handlers=[handler])
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    limits = state.config.limits
    try:
        await state.pool.start()
        settings = uvicorn.Config(
            app_of(state),
            http=limited(limits, _most_connections(limits)),
            ws="none",
            loop="asyncio",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            backlog=_BATCH,
            timeout_keep_alive=int(limits.head_seconds) or 1,
            timeout_graceful_shutdown=_LAST_SECONDS,
        )
        address = _address(state.config)
        await _Server(settings, state, lambda: announce(address)).serve([listening])
    finally:
        await state.close()


def _listening(config: Config) -> socket.socket:
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    try:
        return socket.create_server((config.host, config.port), family=family, backlog=_BACKLOG)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputOutputError(f"{config.host} port {config.port}: {reason}") from error


def _address(config: Config) -> str:
    host = f"[{config.host}]" if ":" in config.host else config.host
    return f"http://{host}:{config.port}/"


def _most_connections(limits: QueryLimits) -> int:
    """Return how many connections may be open, for the number of files that may be."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    queries = limits.running + 2 * limits.kept + limits.snapshots
    wanted = limits.connections + _OWN_FILES + 2 * queries
    if soft != resource.RLIM_INFINITY and soft < wanted:
        top = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
        soft = max(soft, min(wanted, top))
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY:
        return limits.connections
    return max(min(limits.connections, limits.connections - (wanted - soft)), 8)


def _ignore(*_: object) -> None:
    """Take a signal that uvicorn has acted on and sends again."""
