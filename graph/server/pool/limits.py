"""All limits of the server, in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """What a query, a request and a connection may take.

    Attributes:
        seconds: from a query's start to its whole answer.
        cpu_seconds: processor time of a query, in whole seconds.
        memory: bytes that a query may take beside the graph itself.
        answer_bytes: size of an answer.
        cache_bytes: all answers together that are kept for the same query asked again.
        snapshots: so many snapshots are kept, those that were asked for last.
        snapshot_bytes: all of them together; one that is cut may take ``memory``.
        running: so many queries run at once.
        waiting: so many more wait for a place; one more sends away who waits longest.
        waiting_seconds: longest wait for a place.
        kept: so many queries more run at once, if they look short, in processes that are kept.
        kept_queries: a process that is kept answers so many queries.
        kept_seconds: it is kept for so many seconds from its first query on.
        kept_growth: nor is it kept once it has grown by this share of what it had.
        short_seconds: a query that has run so many seconds is not short, whatever it looks like.
        heavy_after: a query that has run so many seconds may be stopped to let others in.
        stop_after: only when one of the others has waited so many seconds.
        nice_after: a query that has run so many seconds gives way to younger ones.
        retry_after: whole seconds after which who was sent away may come again.
        query_bytes: length of a query in UTF-8.
        body_bytes: length of a request's body.
        head_bytes: length of a request's first line and headers.
        head_seconds: from a request's first byte to the end of its headers.
        body_seconds: from there to the end of its body.
        stalled_seconds: time in which a client must take ``stalled_bytes`` of what waits for it.
        stalled_bytes: see there.
        unsent_bytes: what waits for all clients together; beyond it the oldest is dropped.
        connections: so many connections are open at once.
    """

    seconds: float = 10.0
    cpu_seconds: int = 10
    memory: int = 256 * MIB
    answer_bytes: int = 32 * MIB
    cache_bytes: int = 64 * MIB
    snapshots: int = 8
    snapshot_bytes: int = 512 * MIB
    running: int = 6
    waiting: int = 192
    waiting_seconds: float = 5.0
    kept: int = 2
    kept_queries: int = 200
    kept_seconds: float = 60.0
    kept_growth: float = 0.2
    short_seconds: float = 0.25
    heavy_after: float = 0.5
    stop_after: float = 0.2
    nice_after: float = 0.1
    retry_after: int = 2
    query_bytes: int = 64 * 1024
    body_bytes: int = 256 * 1024
    head_bytes: int = 64 * 1024
    head_seconds: float = 5.0
    body_seconds: float = 10.0
    stalled_seconds: float = 20.0
    stalled_bytes: int = 64 * 1024
    unsent_bytes: int = 256 * MIB
    connections: int = 256


_SERVER = QueryLimits()
ALONE = replace(
    _SERVER,
    seconds=6 * _SERVER.seconds,
    cpu_seconds=6 * _SERVER.cpu_seconds,
    memory=4 * _SERVER.memory,
    answer_bytes=4 * _SERVER.answer_bytes,
)
"""The limits of a query at the command line, where nobody else waits: more of each."""
