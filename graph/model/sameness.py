"""What follows from judgements of identity: what is one, what is not, and where they contradict."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .judgements import Judgement

IN_A_LIST = re.compile(r"[\w.-]+:[^\s<>\"{}|\\^`]+")
"""How what stands in another list is called: ``LIST:ID``."""
SAME, DIFFERENT, UNSURE = "same", "different", "unsure"


class Contradiction(NamedTuple):
    """A judgement that two things are two, and those by which they are one.

    Attributes:
        different: the judgement that tells them apart.
        chain: those that join them, from its left to its right.
    """

    different: Judgement
    chain: tuple[Judgement, ...]


class Decided:
    """What was decided, and what follows: *same* carries on, *different* is of all that are one.

    If A is B and B is not C, A is not C. What was withdrawn counts for nothing, and from *unsure*
    nothing follows.

    Args:
        judgements: those of a case, or of several.
    """

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        counting = [one for one in judgements if one.counts]
        self._next: dict[str, list[Judgement]] = defaultdict(list)
        for one in counting:
            if one.judgement == SAME:
                for side in one.sides:
                    self._next[side].append(one)
        self._group: dict[str, str] = {}
        for start in self._next:
            if start not in self._group:
                self._group |= dict.fromkeys(self._reached(start), start)
        self._different = [one for one in counting if one.judgement == DIFFERENT]
        self._apart = {self._groups(*one.sides) for one in self._different}
        self._unsure = {frozenset(one.sides) for one in counting if one.judgement == UNSURE}

    def between(self, left: str, right: str) -> str:
        """Return what is decided of two things: same, different, unsure; empty if nothing is.

        Args:
            left: an id of the case, or ``LIST:ID``.
            right: another.
        """
        groups = self._groups(left, right)
        if groups in self._apart:
            return DIFFERENT
        if len(groups) == 1:
            return SAME
        return UNSURE if frozenset((left, right)) in self._unsure else ""

    def one_with(self, name: str) -> set[str]:
        """Return all that are one with a thing, and the thing.

        Args:
            name: an id of the case, or ``LIST:ID``.
        """
        return {name, *(self._reached(name) if name in self._next else ())}

    def contradictions(self) -> Iterator[Contradiction]:
        """Yield the judgements *different* on what others make one."""
        for one in self._different:
            if len(self._groups(*one.sides)) == 1:
                yield Contradiction(one, self.chain(*one.sides))

    def _groups(self, left: str, right: str) -> frozenset[str]:
        return frozenset(self._group.get(one, one) for one in (left, right))

    def _reached(self, start: str) -> dict[str, Judgement | None]:
        """Return all that are one with a thing, each with the judgement that leads to it."""
        found: dict[str, Judgement | None] = {start: None}
        waiting = deque([start])
        while waiting:
            at = waiting.popleft()
            for one in self._next[at]:
                for side in one.sides:
                    if side not in found:
                        found[side] = one
                        waiting.append(side)
        return found

    def chain(self, left: str, right: str) -> tuple[Judgement, ...]:
        """Return the fewest judgements that make two things one, from the left to the right.

        Args:
            left: an id of the case, or ``LIST:ID``.
            right: another, which is one with it.
        """
        led = self._reached(left)
        chain = []
        at = right
        while (one := led[at]) is not None:
            chain.append(one)
            at = next(side for side in one.sides if side != at)
        return tuple(reversed(chain))
