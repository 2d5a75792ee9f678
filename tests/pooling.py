"""A pool in this process, on the graph of the example, and the processes below it."""

from __future__ import annotations

import asyncio
import hashlib
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import miniature
from serving import children, ended

from graph.server.pool.limits import QueryLimits
from graph.server.pool.pool import Pool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from graph.server.pool.request import QueryRequest

HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@asynccontextmanager
async def pool(public: Path, **limits: Any) -> AsyncIterator[Pool]:  # noqa: ANN401
    path = public / miniature.CASE / "graph.nq"
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with path.open("rb") as graph:
        opened = Pool(miniature.CASE, graph.fileno(), sha256, QueryLimits(**limits))
        try:
            await opened.start()
            yield opened
        finally:
            await opened.close()


def holders(asked: Pool) -> list[int]:
    """Return the processes below the one that holds the graph."""
    assert asked._forkserver is not None
    return [pid for pid in children(asked._forkserver.process.pid) if not ended(pid)]


async def settled(asked: Pool, holding: int | None = None) -> None:
    """Wait until so many processes are left below the one that holds the graph.

    Without a number these are the kept ones; it hears later of those that were killed.
    """
    for _ in range(400):
        if len(holders(asked)) == (len(asked.kept) if holding is None else holding):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(holders(asked))


async def counted(asked: Pool, question: QueryRequest) -> int:
    """Return the number that a query gives as ``n``."""
    told = json.loads((await asked.ask(question)).body)
    return int(told["results"]["bindings"][0]["n"]["value"])
