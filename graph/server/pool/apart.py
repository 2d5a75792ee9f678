"""One query of the command line, in a process of its own as each query of the server."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from dataclasses import replace
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...errors import UsageError
from ...read.bad_query import BadQuery
from ...read.offline import no_new_files
from ...read.on_disk import open_kept
from ...read.select import answer, results
from ..http.problem import Refusal
from .limits import ALONE, MIB
from .request import QueryRequest, death, late, result_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ...read.select import Answer
    from .limits import QueryLimits
    from .request import QueryResult

_TABLE = ox.QueryResultsFormat.JSON
_TRIPLES = ox.RdfFormat.N_TRIPLES
_BLOCK = 1 << 16
_ALLOWING = {"timeout": "--seconds", "out-of-memory": "--memory", "answer-too-large": "--memory"}
"""Which option allows more, by the kind of a refusal."""


def limits_of(seconds: float, memory: int) -> QueryLimits:
    """Return the limits of a query; what is 0 has none.

    Args:
        seconds: from its start to its whole answer; the same of processor time.
        memory: MiB that it may take beside the graph; an answer may have an eighth of it.
    """
    return replace(
        ALONE,
        seconds=seconds,
        cpu_seconds=ceil(seconds),
        memory=memory * MIB,
        answer_bytes=memory * MIB // 8 or sys.maxsize,
    )


def unlimited() -> str:
    """Return what this system cannot limit: nothing, memory, or time and memory."""
    if not hasattr(os, "fork"):
        return "time and memory"
    from .forkserver import size

    return "" if size() else "memory"


def answered(
    store: ox.Store,
    sparql: str,
    *,
    case: str,
    limits: QueryLimits = ALONE,
    place: Path | None = None,
) -> Answer:
    """Return what a query answers, worked out in a child of this process that may die of it.

    The child shares the memory of the graph, can open neither file nor connection, and is gone
    when this returns or raises. Where a system cannot fork, the query runs here, without limits.

    Args:
        store: the graph, loaded.
        sparql: the query; the prefixes of the project and the case need not be declared.
        case: id of the case.
        limits: what the query may take: time, memory and the size of its answer.
        place: the folder of the store, if it lies on the disk; the child opens it for itself.

    Raises:
        UsageError: it is no query, uses SERVICE, or takes more than it may.
    """
    if not hasattr(os, "fork"):
        with no_new_files():
            return answer(store, sparql, case=case)
    asked = QueryRequest(sparql, table=_TABLE.media_type, graph=_TRIPLES.media_type)
    try:
        reply = _replied(store if place is None else partial(open_kept, place), asked, case, limits)
    except Refusal as refusal:
        if refusal.kind == "bad-query":
            raise BadQuery(refusal.detail) from None
        if refusal.kind == "query-leaves":
            raise UsageError(refusal.detail) from None
        more = _ALLOWING.get(refusal.kind, "")
        told = f"{refusal.title[0].lower()}{refusal.title[1:]}: {refusal.detail}"
        raise UsageError(f"{told}; {more} allows more" if more else told) from None
    if reply.media == _TRIPLES.media_type:
        return tuple(quad.triple for quad in ox.parse(reply.body, _TRIPLES))
    return results(ox.parse_query_results(reply.body, _TABLE))


def _replied(
    store: ox.Store | Callable[[], ox.Store], asked: QueryRequest, case: str, limits: QueryLimits
) -> QueryResult:
    """Return the reply of a child.

    Raises:
        Refusal: the query is bad, or the child died or was stopped.
    """
    from .forkserver import Children, ProcessBounds, child

    ours, theirs = socket.socketpair()
    children = Children(ours, store, ProcessBounds.of(limits, case))
    process = os.fork()
    if process == 0:
        try:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            ours.close()
            child(theirs.fileno(), children)
        finally:
            os._exit(70)
    try:
        with ours:
            theirs.close()
            data = _exchanged(ours, asked, limits)
        _, status = os.waitpid(process, 0)
    except BaseException:  # an interrupt too: no child stays
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        raise
    reply = result_of(data)
    if reply is None:
        raise death(os.waitstatus_to_exitcode(status), limits.seconds, limits.memory)
    return reply


def _exchanged(link: socket.socket, asked: QueryRequest, limits: QueryLimits) -> bytes:
    """Hand a question to a child and return all that it sends, in time."""
    end = time.monotonic() + limits.seconds if limits.seconds else None
    blocks: list[bytes] = []
    try:
        while True:
            if end is not None:
                link.settimeout(max(end - time.monotonic(), 1e-3))
            if not blocks:
                link.sendall(asked.encoded())
                link.shutdown(socket.SHUT_WR)
                blocks.append(b"")
            block = link.recv(_BLOCK)
            if not block:
                return b"".join(blocks)
            blocks.append(block)
    except TimeoutError:
        raise late(limits.seconds) from None
    except ConnectionError:
        return b""  # it died; its exit code tells why
