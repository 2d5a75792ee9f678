"""The errors that Hudna raises on purpose, and the problems that it finds in data.

A problem in somebody's data is a value, collected with all others and shown together; an error is
raised. The one place that turns errors into exit codes is the command line.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import get_close_matches
from functools import lru_cache
from heapq import nlargest
from operator import add
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from .counting import counted
from .shown import MOST, MOST_OF_A_MESSAGE, shown

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path


_NO_THING = re.compile(r'^there is no \w+(?= ")')
"""How a message begins that tells what is missing, with the part that it would have."""
_MANY = 5
"""In so many lines of a list the same is told once."""
_LISTED = 8
"""So many of these lines are named."""
_TOLD = 3
"""So many files of a broken build are named in its message."""


class Problem(NamedTuple):
    """One thing that is wrong in the data of a case.

    Attributes:
        file: the file as the user named it, or as found under the case's folder.
        line: line in that file, counted from 1; 0 when the problem concerns the file as a whole.
        place: the entry and the key, in the words of the file: ``statement guard-charge, object``.
        message: what is wrong, and what would be right.
    """

    file: str
    line: int
    place: str
    message: str

    def __str__(self) -> str:
        """Return the one line that is shown to the user; a terminal obeys nothing in it."""
        file, place = shown(self.file, MOST), shown(self.place, MOST)
        parts = [f"{file}:{self.line}" if self.line else file, place]
        return ": ".join([*filter(None, parts), shown(self.message, MOST_OF_A_MESSAGE)])


class HudnaError(Exception):
    """Base of all errors that Hudna raises on purpose; its text is made for the user."""

    exit_code: ClassVar[int] = 2

    @property
    def lines(self) -> Sequence[str]:
        """The text line by line; a line end in a value of the user's is no end of a line."""
        return (str(self),)


MOST_OF_A_FILE = 50
MOST_IN_ALL = 500
"""So many problems are told of one file, and of a case; the others are counted."""


class DataProblems(HudnaError):
    """The data has problems.

    Attributes:
        problems: those that are told, sorted by file and line, files that nobody can read first.
            Where a file has more than are told, its last one says how many more there are, and the
            last of all does so for other files.
        each: the same, except of a change that is refused.
        count: how many there are, told or not.
    """

    exit_code: ClassVar[int] = 1

    def __init__(
        self,
        problems: Iterable[Problem],
        untold: Mapping[str, int] | None = None,
        unread: Container[str] = (),
    ) -> None:
        """Keep the first problems of each file, and count the others.

        Args:
            problems: problems in any order; equal ones are told once.
            untold: how many more there are in each file, of which nothing else is known.
            unread: files that cannot be read. What others lack may stand there, so they are first.
        """
        more = Counter(untold or {})
        by_file: dict[str, list[Problem]] = {}
        for problem in sorted(problems, key=lambda one: (one.file not in unread, one)):
            by_file.setdefault(problem.file, []).append(problem)
        for file, found in by_file.items():
            unique = list(dict.fromkeys(found))
            more[file] += len(found) - len(unique) if more[file] else 0
            by_file[file] = unique
        self.count = sum(map(len, by_file.values())) + more.total()
        told: list[Problem] = []
        for file, found in by_file.items():
            kept = found[: max(0, min(MOST_OF_A_FILE, MOST_IN_ALL - len(told)))]
            more[file] += len(found) - len(kept)
            told += kept
            if kept and more[file]:
                told.append(Problem(file, 0, "", _more(more.pop(file), "in this file")))
        more = +more
        if more:
            where = f"in {counted(len(more), 'more file')}, from this one on"
            told.append(Problem(min(more), 0, "", _more(more.total(), where)))
        self.problems: tuple[Problem, ...] = tuple(told)
        self.each = self.problems
        super().__init__(f"{counted(self.count, 'problem')} in the data")


class ChangeRefused(DataProblems):
    """A change of a case would bring problems about, so that nothing of it is written.

    Their files and lines are those that the change would have made. What is wrong likewise in many
    lines of a list is told once, first, with these lines.

    ``each`` are all of them, each with its own line.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        each = tuple(problems)
        super().__init__(_together(each))
        self.each = each
        would = f"{counted(self.count, 'problem')} in what would be written"
        self.args = (f"{would}; nothing is written",)


def _together(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems, one for those of a list that are alike in ``_MANY`` lines or more."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for one in problems:
        if one.place or not one.line:
            yield one
        else:
            alike.setdefault(
                (one.file, _NO_THING.sub("there is no thing", one.message)), []
            ).append(one)
    for (file, message), found in alike.items():
        lines = sorted({one.line for one in found})
        if len(lines) < _MANY:
            yield from found
            continue
        listed = ", ".join(map(str, lines[:_LISTED])) + (" ..." if len(lines) > _LISTED else "")
        told = message if len({one.message for one in found}) > 1 else found[0].message
        yield Problem(file, 0, "", f"{told} ({len(lines)} lines: {listed})")


def _more(count: int, where: str) -> str:
    return f"and {counted(count, 'more problem')} {where}"


class UsageError(HudnaError):
    """The call is wrong: an unknown name, a missing parameter, an option that does not apply."""


class UsageErrors(UsageError):
    """Several things are wrong with a call; each has a line of its own."""

    def __init__(self, wrong: Iterable[str]) -> None:
        self._lines = tuple(wrong)
        super().__init__("\n".join(self._lines))

    @property
    def lines(self) -> Sequence[str]:
        """What is wrong, one in a line."""
        return self._lines


class NotBuilt(HudnaError):
    """There is no built graph yet where one was looked for."""


class LossRefused(HudnaError):
    """A file would not hold all that was asked for, and that was forbidden; nothing is written."""

    exit_code: ClassVar[int] = 1

    def __init__(self, form: str, losses: Iterable[tuple[int, str, str]]) -> None:
        self.losses = tuple(losses)
        self.form = form
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> Sequence[str]:
        """What is lost, one in a line."""
        lost = [f"  {items} {what}: {instead}" for items, what, instead in self.losses]
        return (f"{self.form} cannot hold all of this:", *lost)


class InputOutputError(HudnaError):
    """A file could not be read or written."""

    exit_code: ClassVar[int] = 74


class BrokenBuild(InputOutputError):
    """A build does not fit its manifest; ``problems`` says of each file what is wrong with it."""

    def __init__(self, where: str, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        told, more = problems[:_TOLD], len(problems) - _TOLD
        others = counted(more, "more file is wrong", "more files are wrong")
        listed = "; ".join([*told, others] if more > 0 else told)
        super().__init__(f'{where}: {listed}; run "hudna build" again, or copy the whole build')


class UnfitFile(InputOutputError):
    """A file that somebody wrote is not what is read here: no plain file, too large, no UTF-8.

    Attributes:
        reason: what is wrong with it, and what would be right.
        line: the line concerned, from 1; 0 when it is the file as a whole.
    """

    def __init__(self, path: Path, reason: str, line: int = 0) -> None:
        self.reason, self.line = reason, line
        super().__init__(str(Problem(path.as_posix(), line, "", reason)))


class BuildLocked(HudnaError):
    """Another build of the same output folder is being published."""

    exit_code: ClassVar[int] = 75


class BuildOvertaken(HudnaError):
    """Another build of the same output folder has been published meanwhile; this one is not."""

    exit_code: ClassVar[int] = 75


_LONGEST_NAME = 200
_CANDIDATES = 30


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return ``; did you mean "x"?`` for the known name nearest to ``name``, or nothing.

    Of many known names only those are compared closely that share most pairs of letters with it.

    Args:
        name: what the user wrote.
        known: the names that would be right.
    """
    if len(name) > _LONGEST_NAME:
        return ""
    pairs = _pairs(name)

    def alike(other: str) -> float:
        others = _pairs(other)
        return len(pairs & others) / (len(pairs) + len(others) or 1)

    candidates = sorted(known)
    if len(candidates) > _CANDIDATES:
        candidates = nlargest(_CANDIDATES, candidates, key=alike)
    near: Sequence[str] = get_close_matches(name, candidates, n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


@lru_cache(maxsize=65536)
def _pairs(name: str) -> frozenset[str]:
    return frozenset(map(add, name, name[1:]))
