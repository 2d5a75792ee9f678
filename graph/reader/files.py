"""The line at which an entry or a key stands in a TOML file."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property

from ..model.textfiles import code_lines

_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_.\"'-]+)\s*\]\]?\s*")
_KEY = r"""\s*(?:"([^"\n]*+)"|'([^'\n]*+)'|([A-Za-z0-9_-]++))(?:\s*\.[^=\n]*+)?\s*="""
_OWN_KEY = re.compile(_KEY)
_INLINE_KEY = re.compile(rf"[{{,]{_KEY}")

Range = tuple[int, int]


class Lines:
    """The lines of a TOML file, with an index of its tables and keys that is made once."""

    def __init__(self, text: str) -> None:
        self.lines = code_lines(text.replace("\r\n", "\n"), keep_strings=True)

    def of(self, path: tuple[tuple[str, int], ...], key: str) -> int:
        """Return the line, from 1, of a key in the table at ``path``, or where the table begins.

        Args:
            path: the tables that lead to the entry, outermost first, each with its index; the last
                may be an inline table in a list, such as a claim.
            key: a key in that table, or empty.
        """
        start, end = 0, len(self.lines)
        prefix = ""
        for name, index in path:
            prefix = f"{prefix}.{name}" if prefix else name
            found = self._table(prefix, index, start, end)
            start, end = found or self._item(name, index, start, end)
        if key:
            for numbers in (self._own_keys[key], self._inline_keys[key]):
                if (number := _first(numbers, start, end)) is not None:
                    return number + 1
        return start + 1

    @cached_property
    def _headers(self) -> list[tuple[int, str]]:
        matches = ((n, _HEADER.fullmatch(line)) for n, line in enumerate(self.lines))
        return [(number, match[1]) for number, match in matches if match]

    @cached_property
    def _tables(self) -> dict[str, list[int]]:
        """The lines of the headers of each table, by its name."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, name in self._headers:
            found[name].append(number)
        return found

    @cached_property
    def _own_keys(self) -> dict[str, list[int]]:
        """The lines that begin with each key."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(self.lines):
            if match := _OWN_KEY.match(line):
                found[_named(match)].append(number)
        return found

    @cached_property
    def _inline_keys(self) -> dict[str, list[int]]:
        """The lines that hold each key in an inline table."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(self.lines):
            for match in _INLINE_KEY.finditer(line):
                found[_named(match)].append(number)
        return found

    @cached_property
    def _items(self) -> list[int]:
        """The lines that begin with an inline table or a list."""
        return [n for n, line in enumerate(self.lines) if line.lstrip()[:1] in ("{", "[")]

    def _table(self, name: str, index: int, start: int, end: int) -> Range | None:
        """Return the lines of the ``index``-th table ``name`` in a range, with its sub-tables."""
        numbers = self._tables.get(name, [])
        at = bisect_left(numbers, start) + index
        if at >= len(numbers) or numbers[at] >= end:
            return None
        first = numbers[at]
        for number, other in self._headers[bisect_left(self._headers, (first + 1, "")) :]:
            if number >= end:
                break
            if not other.startswith(name + "."):
                return first, number
        return first, end

    def _item(self, name: str, index: int, start: int, end: int) -> Range:
        """Return the line of the ``index``-th item of a list under a key, one item a line."""
        first = _first(self._own_keys[name], start, end)
        if first is None:
            return start, end
        at = bisect_left(self._items, first + 1) + index
        opens = self.lines[first].rstrip().endswith(("=", "= ["))
        if opens and at < len(self._items) and self._items[at] < end:
            return self._items[at], self._items[at] + 1
        return first, first + 1


def _first(numbers: list[int], start: int, end: int) -> int | None:
    """Return the first of some sorted numbers in a range."""
    at = bisect_left(numbers, start)
    return numbers[at] if at < len(numbers) and numbers[at] < end else None


def _named(match: re.Match[str]) -> str:
    return match[1] or match[2] or match[3] or ""
