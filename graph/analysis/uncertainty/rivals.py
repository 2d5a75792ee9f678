"""Sets of statements of which no two are rivals: how many there are, and each by its number.

They are the independent sets of a graph whose edges join rivals. A set is counted by its last
statement: with that one go the sets of the earlier statements that are no rivals of it. What no
rivals join is counted apart and multiplied, so that answers of which many go together cost little.
"""

from __future__ import annotations

from functools import lru_cache
from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    Names = tuple[str, ...]

_KEPT = 64
"""Of so many groups it is remembered how their sets are numbered."""


class Rivals:
    """Which statements cannot be true together.

    Args:
        pairs: the ids of each two that cannot, in either direction or in both.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._of: dict[str, set[str]] = {}
        for pair in pairs:
            for one, other in (pair, pair[::-1]):
                self._of.setdefault(one, set()).add(other)
        self._counts: dict[Names, int] = {}
        self._ends = lru_cache(_KEPT)(self._every_end)

    def of(self, name: str) -> AbstractSet[str]:
        """Return the rivals of a statement."""
        return self._of.get(name, frozenset())

    def groups(self, names: Iterable[str]) -> list[Names]:
        """Return statements in groups that rivals join, each sorted; most have one member."""
        left, found = dict.fromkeys(sorted(names)), []
        while left:
            group, todo = [], [next(iter(left))]
            left.pop(todo[0])
            while todo:
                group.append(todo.pop())
                near = [name for name in self.of(group[-1]) if name in left]
                for name in near:
                    left.pop(name)
                todo += near
            found.append(tuple(sorted(group)))
        return found

    def count(self, names: Iterable[str]) -> int:
        """Return how many sets of some statements have no rivals in them, with the empty one."""
        return prod(map(self._count, self.groups(names)))

    def _count(self, group: Names) -> int:
        if group not in self._counts:
            self._counts[group] = 1 + sum(ways for *_, ways in self._ends(group))
        return self._counts[group]

    def _every_end(self, group: Names) -> list[tuple[str, Names, int]]:
        """Return for each statement the earlier ones that are no rivals of it, and their sets."""
        ends = []
        for at, name in enumerate(group):
            rest = tuple(one for one in group[:at] if one not in self.of(name))
            ends.append((name, rest, self.count(rest)))
        return ends

    def chosen(self, group: Names, number: int) -> Names:
        """Return one of the sets of a group that ``count`` counts.

        Args:
            group: one of ``groups``.
            number: the number of the set, from 0 for the empty one; in a group where all are
                rivals, one plus the place of the only statement that is true.
        """
        if not number or len(group) == 1:
            return group[:number]
        for name, rest, ways in self._ends(group):
            if number <= ways:
                return (name, *self._among(rest, number - 1))
            number -= ways
        raise IndexError(f"there is no set {number} of a group after its last")

    def _among(self, names: Names, number: int) -> Iterator[str]:
        """Yield the statements of one of the sets of what may be several groups."""
        for group in self.groups(names):
            number, own = divmod(number, self._count(group))
            yield from self.chosen(group, own)
