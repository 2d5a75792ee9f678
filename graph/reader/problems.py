"""What is wrong in the files of a case, collected as it is found and told with its lines."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ..errors import MOST_IN_ALL, MOST_OF_A_FILE, DataProblems, InputOutputError, Problem
from ..errors.counting import counted, plural
from ..model import Origin
from ..model.textfiles import text_of
from .files import Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Path_ = tuple[tuple[str, int], ...]
    Message = str | Callable[[], str]


class Found(NamedTuple):
    """Something that is told of an entry; see ``ProblemReport.__call__``."""

    origin: Origin
    key: str
    message: Message
    line: int | None


class Remarks(NamedTuple):
    """What is told of a file that is no problem; the names are those of ``ProblemReport``."""

    hints: tuple[Found, ...]
    renamed: tuple[tuple[tuple[str, str], tuple[Origin, ...]], ...]
    contested: tuple[Origin, ...]
    kept_back: tuple[tuple[str, Path_], ...]


class ProblemReport:
    """Collects problems as they are found, each with the place where its entry was authored.

    Of each file the first are kept, the others counted: a file with one mistake in every line is
    told as such, and costs no more than its reading.

    Attributes:
        renamed: the keys of an earlier release that were read, each with the present one, and the
            places where they stand.
        kept_back: the entries that are not public, by file and path.
        kept_words: their ids and names, case-folded, which no message may repeat.
        unparsed: files that nobody can read, which may hold anything if something is not public.
        contested: the questions that are marked contested, which only follows from their answers.
    """

    def __init__(self) -> None:
        self._found: dict[str, list[Found]] = {}
        self._untold: Counter[str] = Counter()
        self.renamed: dict[tuple[str, str], list[Origin]] = {}
        self.contested: list[Origin] = []
        self.kept_back: set[tuple[str, Path_]] = set()
        self.kept_words: set[str] = set()
        self.unparsed: set[str] = set()
        self._hints: list[Found] = []

    def __call__(self, origin: Origin, key: str, message: Message, line: int | None = None) -> None:
        """Add a problem.

        Args:
            origin: where the entry was authored.
            key: the key that is concerned; empty for the entry as a whole.
            message: what is wrong, and what would be right, or what says it once it is told.
            line: the line, from 1, or 0 for the whole file; else it is looked for.
        """
        found = self._found.setdefault(origin.file, [])
        if len(found) < MOST_OF_A_FILE:
            found.append(Found(origin, key, message, line))
        else:
            self._untold[origin.file] += 1

    def take(self, other: ProblemReport) -> None:
        """Add the problems of another report."""
        for file, found in other._found.items():
            for one in found:
                self(*one)
            if other._untold[file]:
                self._untold[file] += other._untold[file]

    def remarks(self) -> Remarks | None:
        """Return what was told that is no problem; ``None`` if that is nothing."""
        told = (self._hints, self.renamed, self.contested, self.kept_back)
        if not any(told):
            return None
        renamed = tuple((key, tuple(origins)) for key, origins in self.renamed.items())
        return Remarks(tuple(self._hints), renamed, tuple(self.contested), tuple(self.kept_back))

    def add(self, remarks: Remarks) -> None:
        """Add what another report told that is no problem."""
        self._hints.extend(remarks.hints)
        for key, origins in remarks.renamed:
            self.renamed.setdefault(key, []).extend(origins)
        self.contested.extend(remarks.contested)
        self.kept_back.update(remarks.kept_back)

    @property
    def files(self) -> frozenset[str]:
        """The files that have problems, as paths below the case's folder."""
        return frozenset(self._found)

    def conceal(self) -> None:
        """Leave out what is wrong in what is not public, or names it, and say that something is."""
        found = self._found
        shown = {file: [one for one in some if self._is_told(one)] for file, some in found.items()}
        self._found = {file: some for file, some in shown.items() if some}
        self._hints = [one for one in self._hints if self._is_told(one)]
        for key, origins in self.renamed.items():
            self.renamed[key] = [one for one in origins if not self._is_kept_back(one)]
        files = [file for file in self._untold if self._is_kept_back(Origin(file))]
        for file in files:
            del self._untold[file]
        if files or any(len(shown[file]) < len(some) for file, some in found.items()):
            wrong = 'something is wrong in what is not public; "hudna check --private" tells'
            self(Origin("case.toml"), "", wrong, 0)

    def _is_told(self, found: Found) -> bool:
        if self._is_kept_back(found.origin):
            return False
        said = found.message if isinstance(found.message, str) else found.message()
        said = f"{said} {found.origin.label} {found.origin.file}".casefold()
        return not any(word in said for word in self.kept_words)

    def _is_kept_back(self, origin: Origin) -> bool:
        if origin.file in self.unparsed and (self.kept_back or self.kept_words):
            return True
        ways = (origin.path[:length] for length in range(len(origin.path) + 1))
        return origin.apart or any((origin.file, way) in self.kept_back for way in ways)

    def refuse(self, folder: Path) -> None:
        """Raise all problems, each with its line, if there is one.

        Args:
            folder: the case's folder.

        Raises:
            DataProblems: something was reported.
        """
        problems: list[Problem] = []
        untold = Counter({(folder / name).as_posix(): n for name, n in self._untold.items()})
        for name in sorted(self._found, key=lambda one: (one not in self.unparsed, one)):
            path = folder / name
            if len(problems) >= MOST_IN_ALL:
                untold[path.as_posix()] += len(self._found[name])
            else:
                problems += _told(path, self._found[name])
        if problems:
            unread = {(folder / name).as_posix() for name in self.unparsed}
            raise DataProblems(problems, untold, unread)

    def hint_contested(self) -> None:
        """Tell, once, of the questions that are marked contested."""
        if self.contested:
            others = len(self.contested) - 1
            so = plural(others, "so is", "so are")
            more = f"; {so} {counted(others, 'other question')}" if others else ""
            self.hint(
                self.contested[0],
                "kind",
                "is contested, which is not looked at: it follows from the answers, where voices "
                f"contradict each other; leave it out, or say another kind{more}",
            )

    def hint(self, origin: Origin, key: str, message: str) -> None:
        """Add what is right but would better be looked at.

        Args:
            origin: where the entry was authored.
            key: the key that is concerned.
            message: what is to be looked at, and what would be better.
        """
        self._hints.append(Found(origin, key, message, None))

    def hints(self, folder: Path) -> Iterator[Problem]:
        """Yield the hints, at last one for each key of an earlier name, at its first place.

        Args:
            folder: the case's folder.
        """
        for name, found in groupby(sorted(self._hints, key=_file), key=_file):
            yield from _told(folder / name, list(found))
        for (former, key), origins in sorted(self.renamed.items()):
            if not origins:
                continue
            times = f"; it stands {len(origins)} times" if len(origins) > 1 else ""
            message = f'"{former}" is now called "{key}" and will not be read much longer{times}'
            first = origins[0]
            yield from _told(folder / first.file, [Found(first, former, message, None)])


def _file(found: Found) -> str:
    return found.origin.file


def _told(path: Path, found: list[Found]) -> Iterator[Problem]:
    """Yield the problems of one file, which is read and indexed once."""
    lines: Lines | None = None
    if any(one.line is None for one in found):
        try:
            lines = Lines(text_of(path))
        except InputOutputError:
            lines = None
    for origin, key, message, line in found:
        place = ", ".join(part for part in (origin.label, key) if part)
        at = (lines.of(origin.path, key) if lines else 0) if line is None else line
        said = message if isinstance(message, str) else message()
        yield Problem(path.as_posix(), at, place, said)
