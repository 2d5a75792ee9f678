"""What the server remembers of queries: answers, and which queries were too heavy.

The graph of a server never changes, so the same query has the same answer. Whatever asks for the
time, for chance or for new names is not remembered.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .request import Question, Reply

_EACH_ANEW = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\b", re.IGNORECASE)
_SHARE = 16
"""An answer may take this part of the room, so that a few do not push out all others."""


class Answers:
    """The answers that were asked for last, as far as there is room.

    Args:
        room: bytes of all answers and their questions together; with 0 nothing is remembered.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self.taken = 0
        self._known: OrderedDict[Question, Reply] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, question: Question) -> Reply | None:
        """Return the answer of a question, if it is remembered."""
        reply = self._known.get(question)
        if reply is not None:
            self._known.move_to_end(question)
        return reply

    def keep(self, question: Question, reply: Reply) -> None:
        """Remember an answer, and forget what was not asked for longest."""
        size = _size(question, reply)
        if size > self.room // _SHARE or question in self._known:
            return
        if _EACH_ANEW.search(question.query):
            return
        self._known[question] = reply
        self.taken += size
        while self.taken > self.room:
            self.taken -= _size(*self._known.popitem(last=False))


class Heavy:
    """Questions that were stopped, took too long or too much memory.

    Args:
        most: so many are known.
    """

    def __init__(self, most: int = 256) -> None:
        self.most = most
        self._known: OrderedDict[int, None] = OrderedDict()

    def __contains__(self, question: Question) -> bool:
        return hash(question) in self._known

    def add(self, question: Question) -> None:
        """Remember a question."""
        self._known[hash(question)] = None
        self._known.move_to_end(hash(question))
        if len(self._known) > self.most:
            self._known.popitem(last=False)

    def discard(self, question: Question) -> None:
        """Forget a question, if it is known."""
        self._known.pop(hash(question), None)


def _size(question: Question, reply: Reply) -> int:
    return len(question.query) * 4 + len(reply.body) + 1024
