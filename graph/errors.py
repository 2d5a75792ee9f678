"""The errors that Hudna raises on purpose, and the problems that it finds in data.

A problem in somebody's data is a value, collected with all others and shown together; an error is
raised. The one place that turns errors into exit codes is the command line.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from .shown import MOST, MOST_OF_A_MESSAGE, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_TOLD = 3
"""So many files of a broken build are named in its message."""


class Problem(NamedTuple):
    """One thing that is wrong in the data of a case.

    Attributes:
        file: the file as the user named it, or as found under the case's folder.
        line: line in that file, counted from 1; 0 when the problem concerns the file as a whole.
        place: the entry and the key, in the words of the file: ``statement ndf-charge, object``.
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


class DataProblems(HudnaError):
    """The data has problems; all of them are in ``problems``, sorted by file and line."""

    exit_code: ClassVar[int] = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        count = len(self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the data")


class UsageError(HudnaError):
    """The call is wrong: an unknown name, a missing parameter, an option that does not apply."""


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
        listed = "; ".join([*told, f"{more} more files are wrong"] if more > 0 else told)
        super().__init__(f'{where}: {listed}; run "hudna build" again, or copy the whole build')


class BuildLocked(HudnaError):
    """Another build of the same output folder is being published."""

    exit_code: ClassVar[int] = 75


class BuildOvertaken(HudnaError):
    """Another build of the same output folder has been published meanwhile; this one is not."""

    exit_code: ClassVar[int] = 75


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return ``; did you mean "x"?`` for the known name nearest to ``name``, or nothing.

    Args:
        name: what the user wrote.
        known: the names that would be right.
    """
    near: Sequence[str] = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""
