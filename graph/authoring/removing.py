"""Taking a record out of a case, if nothing else names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import tomlkit

from .. import reader
from ..errors import UsageError
from ..errors.counting import counted
from ..model import Claim, Passage, vocabulary
from ..model.textfiles import code_lines
from ..reader.files import Lines
from ..reader.terms import vocabulary_of
from . import blocks
from .authored import files_of
from .editing import editing
from .renaming import LeftAsIs, known_record, places_of, swaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ..model import Case, Record
    from ..model.vocabulary import Vocabulary
    from .editing import Edit

_SHOWN = 12


class Removed(NamedTuple):
    """What was taken out, or would be.

    Attributes:
        file: the file that it stood in, below the case's folder.
        line: the line at which it stood.
        text: what is gone, or empty if it is the whole file.
        told: where its id stands in prose or in a query.
    """

    file: str
    line: int
    text: str
    told: tuple[LeftAsIs, ...]


class StillNamed(UsageError):
    """Something else of the case names the record.

    Args:
        name: its id.
        places: where.
    """

    def __init__(self, name: str, places: Sequence[LeftAsIs]) -> None:
        self.places = tuple(places)
        count = counted(len(places), "place")
        self.head = f'"{name}" is not removed, for {count} of the case name it:'
        more = len(places) - _SHOWN
        self._told = [
            *(f"  {one.file}:{one.line}: {one.text}" for one in places[:_SHOWN]),
            *([f"  and {more} more"] if more > 0 else []),
        ]
        super().__init__(" ".join((self.head, *self._told)))

    @property
    def lines(self) -> Sequence[str]:
        """The places, one in a line."""
        return (self.head, *self._told)


def remove(folder: Path, name: str, *, dry_run: bool = False) -> Removed:
    """Take a record out of the files of its case, with what hangs on it; all else stays as it is.

    Args:
        folder: the case's folder.
        name: the id of a thing, source, question, clause, statement, claim, judgement or note.
        dry_run: whether nothing is written.

    Raises:
        UsageError: there is no such record, it cannot be taken out by itself, or ``StillNamed``.
        DataProblems: the case has problems already, or would have some.
        InputOutputError: a file cannot be read or written.
    """
    ontology = vocabulary_of(folder, vocabulary.load())
    with editing(folder, dry_run=dry_run) as edit:
        case = reader.read(folder, ontology)
        record = _record(case, name)
        file = record.origin.file
        text = edit.read(file).replace("\r\n", "\n")
        line = Lines(text).of(record.origin.path, "")
        start, end = _part(record, text, line)
        if isinstance(record, Claim):
            after = _without_claim(record, text)
        else:
            after = text[:start].rstrip("\n") + "\n\n" * bool(text[:start].strip()) + text[end:]
        places = list(_named(case, record, edit, (start, end), ontology))
        if places:
            raise StillNamed(name, places)
        if any(row.strip() for row in code_lines(after, keep_strings=True)):
            edit.write(file, after.rstrip("\n") + "\n")
        else:
            edit.remove(file)
        gone = "" if not after.strip() else text[start:end].strip()
        told = tuple(one for one in places_of(folder, name) if one.file != file)
    return Removed(file, line, gone, told)


def _record(case: Case, name: str) -> Record:
    found = known_record(case, name, "remove its folder")
    if isinstance(found, Passage) or not found.origin.file:
        raise UsageError(f'"{name}" is a part of a source; see: hudna source update')
    if isinstance(found, Claim):
        if found.made:
            raise UsageError(f'"{name}" is made by the reader of another claim; remove that')
        own = [one for one in case.records()
               if isinstance(one, Claim) and one.statement == found.statement]  # fmt: skip
        if sum(one.origin == found.origin for one in own) != 1 or found.origin.path[-1:] == ():
            raise UsageError(f'"{name}" stands with {found.statement}; remove it there')
        if not [one for one in own if one.id != name and not one.made]:
            raise UsageError(
                f'"{name}" is the only claim; take out its statement: '
                f"hudna remove {found.statement}"
            )
    return found


def _part(record: Record, text: str, line: int) -> tuple[int, int]:
    """Return where a record begins and ends in its file, with the remarks right above it."""
    rows = text.splitlines(keepends=True)
    path = record.origin.path
    if not path:
        return 0, len(text)
    if path[-1][0] == "claims":
        start = sum(map(len, rows[: line - 1]))
        return start, start + len(rows[line - 1])
    if (found := blocks.span_of(text, path)) is None:
        raise UsageError(
            f"{record.origin.file}:{line}: {record.id} stands within something else; "
            "take it out there"
        )
    return found


def _without_claim(record: Record, text: str) -> str:
    document = tomlkit.parse(text)
    table = blocks.table_at(document, record.origin.path[:-1])
    del table["claims"][record.origin.path[-1][1]]
    return tomlkit.dumps(document)


def _named(
    case: Case, record: Record, edit: Edit, part: tuple[int, int], ontology: Vocabulary
) -> Iterator[LeftAsIs]:
    """Yield the places outside of a record that name it, or what hangs on it."""
    gone = {
        one.id: "-"
        for one in case.records()
        if one.id == record.id
        or one.id.startswith(f"{record.id}.")
        or (isinstance(one, Claim) and one.statement == record.id)
    }
    for name in files_of(edit.folder, ".toml"):
        text = edit.read(name).replace("\r\n", "\n")
        rows = text.splitlines()
        for found, _ in swaps(name, text, gone, ontology):
            if name == record.origin.file and part[0] <= found.start < part[1]:
                continue
            line = text.count("\n", 0, found.start)
            yield LeftAsIs(name, line + 1, rows[line].strip())
