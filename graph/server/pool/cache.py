"""What the server remembers of queries: their results.

The graph of a server never changes, so the same query has the same result. Whatever asks for the
time, for chance or for new names is not remembered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cachetools import LRUCache

if TYPE_CHECKING:
    from .request import QueryRequest, QueryResult

_EACH_ANEW = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\b", re.IGNORECASE)
_SHARE = 16
"""A result may take this part of the room, so that a few do not push out all others."""


class ResultCache(LRUCache["QueryRequest", "tuple[QueryRequest, QueryResult]"]):
    """The requests that were made last, with their results, as far as there is room.

    Args:
        room: bytes of all of them together; with 0 nothing is remembered.
    """

    def __init__(self, room: int) -> None:
        super().__init__(room, _size)

    def keep(self, request: QueryRequest, result: QueryResult) -> None:
        """Remember a result, and forget what was not asked for longest."""
        fits = _size((request, result)) <= self.maxsize // _SHARE
        if fits and not _EACH_ANEW.search(request.query):
            self[request] = request, result


def _size(kept: tuple[QueryRequest, QueryResult]) -> int:
    request, result = kept
    return len(request.query) * 4 + len(result.body) + 1024
