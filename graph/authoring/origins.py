"""Which line of a list wrote which line of a file, so that a fault is told where it was made."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ..errors import Problem
    from .editing import Edit


class Origins:
    """The lines of the files of a case, each with the number of what wrote it.

    Args:
        folder: the case's folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.as_posix()
        self._texts: dict[str, str] = {}
        self._rows: dict[str, list[int]] = {}
        self._named: dict[str, list[tuple[str, int]]] = {}

    def record(self, edit: Edit, number: int, made: Iterable[tuple[str, str]] = ()) -> None:
        """Note that what differs in a change since the last time was written by a line of a list.

        Args:
            edit: the change of the case.
            number: the line's number.
            made: the files and ids of what it made.
        """
        for name, text in edit.changes.items():
            now, old = text or "", self._texts.get(name, edit.before(name) or "")
            if now is not old:
                rows = self._rows.get(name, [0] * len(old.split("\n")))
                self._rows[name] = _carried(old.split("\n"), now.split("\n"), rows, number)
                self._texts[name] = now
        for file, own in made:
            self._named.setdefault(file, []).append((own, number))

    def of(self, problem: Problem) -> int:
        """Return the number of the line that made what a problem is in; 0 if none did.

        Where the problem is in a line that was there before, or in a file as a whole, it is what
        the problem names, or what else was made in the file.

        Args:
            problem: of the case.
        """
        name = problem.file.removeprefix(f"{self._folder}/")
        rows = self._rows.get(name, [])
        if 0 < problem.line <= len(rows) and (number := rows[problem.line - 1]):
            return number
        ours = self._named.get(name, [])
        words = re.split(r"[ ,]+", problem.place)
        named = [number for own, number in ours if own in words]
        return next(iter((*named, *(number for _, number in ours))), 0)


def _carried(old: Sequence[str], now: Sequence[str], rows: Sequence[int], number: int) -> list[int]:
    """Return who wrote each line of a text.

    Args:
        old: the lines before the last change.
        now: the lines after it.
        rows: who wrote those before.
        number: who made the change.
    """
    start = _alike(old, now)
    rest = min(len(old), len(now)) - start
    end = _alike(old[::-1][:rest], now[::-1][:rest])
    middle = SequenceMatcher(
        None, old[start : len(old) - end], now[start : len(now) - end], autojunk=False
    )
    found = [number] * len(now)
    found[:start] = rows[:start]
    found[len(now) - end :] = rows[len(old) - end :]
    for first, second, size in middle.get_matching_blocks():
        found[start + second : start + second + size] = rows[start + first : start + first + size]
    return found


def _alike(old: Sequence[str], now: Sequence[str]) -> int:
    """Return how many lines two texts have in common at their beginning."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(old, now, strict=False))
    return sum(1 for _ in same)
