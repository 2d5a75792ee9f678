"""What is joined with what, also over others."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


class Unions:
    """What is joined with what, also over others."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def join(self, names: Collection[str]) -> None:
        """Join some names with each other."""
        first, *others = map(self._top, names)
        for other in others:
            self._above[other] = self._top(first)
            self._above.setdefault(first, first)

    def found(self) -> list[list[str]]:
        """Return the groups of at least two, and the names in each, sorted."""
        groups: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._above):
            groups[self._top(name)].append(name)
        return sorted(group for group in groups.values() if len(group) > 1)

    def _top(self, name: str) -> str:
        while (above := self._above.get(name, name)) != name:
            name = above
        return name
