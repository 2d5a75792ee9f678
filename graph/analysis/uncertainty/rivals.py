"""Sets of statements of which no two are rivals: how many there are, and each by its number.

They are the independent sets of a graph whose edges join rivals. A set is counted by its last
statement: with that one go the sets of the earlier statements that are no rivals of it. What no
rivals join is counted apart and multiplied, so that answers of which many go together cost little.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    Names = tuple[str, ...]


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
        self._sets: dict[tuple[Names, int], Names] = {}

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
            self._counts[group] = 1 + sum(self.count(rest) for _, rest in _ends(self, group))
        return self._counts[group]

    def chosen(self, names: Names, number: int) -> Names:
        """Return one of the sets that ``count`` counts.

        Args:
            names: the statements.
            number: its number, from 0 for the empty set; of statements that all are rivals, one
                plus the place of the only one that is true.
        """
        key = (names, number)
        if key not in self._sets:
            found: list[str] = []
            for group in self.groups(names):
                number, own = divmod(number, self._count(group))
                found += self._one_of(group, own) if own else ()
            self._sets[key] = tuple(found)
        return self._sets[key]

    def _one_of(self, group: Names, number: int) -> Names:
        ends = _ends(self, group)
        name, rest = next(ends)
        while number > (ways := self.count(rest)):
            number -= ways
            name, rest = next(ends)
        return (name, *self.chosen(rest, number - 1))


def _ends(rivals: Rivals, group: Names) -> Iterator[tuple[str, Names]]:
    """Yield each statement with those before it that are no rivals of it."""
    for at, name in enumerate(group):
        yield name, tuple(one for one in group[:at] if one not in rivals.of(name))
