"""Another id for a record: in every file of its case, with nothing else touched."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from .. import reader
from ..errors import UsageError, suggestion
from ..model import UNATTRIBUTED, UNKNOWN, Claim, Clause, Form, Passage, Statement, vocabulary
from ..model.textfiles import text_of
from ..model.views import with_ids
from ..query.named import named_queries
from ..query.parameters import PLAIN_TYPES, QUERIES
from ..reader.fields import CLAUSE_ID, SLUG
from ..reader.schemas import keys_of_ids, keys_of_words
from ..reader.terms import vocabulary_of
from .authored import files_of
from .editing import editing
from .strings import strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ..model import Case, Record
    from ..model.vocabulary import Vocabulary
    from .editing import Edit
    from .strings import TomlString

IDENTITY = "identity.toml"
STORED = "answers/questions.toml"
TOURS = "tours/"
IN_TOURS = ("view", "evidence")
"""The keys of tours that hold ids."""
_ENTRY = re.compile(r"^[ \t]*\[\[", re.MULTILINE)
_REMARKS = re.compile(r"(?:^[ \t]*#[^\n]*\n|^[ \t\r]*\n)+\Z", re.MULTILINE)
"""What stands between an entry and the next one, and is about that."""


class LeftAsIs(NamedTuple):
    """A place where an id stands in what people wrote, and was left as it is.

    Attributes:
        file: path of the file below the case's folder.
        line: number of the line, from 1.
        text: the line.
    """

    file: str
    line: int
    text: str


class Renamed(NamedTuple):
    """What was renamed, or would be.

    Attributes:
        ids: each id that changed, by what it was; first the one that was asked for.
        files: how many values changed in each file, by its path below the case's folder.
        moved: the path that a file had, and the one that it has now; both empty if none was moved.
        told: where the old id stands in prose or in a query, which are left as they are.
    """

    ids: dict[str, str]
    files: dict[str, int]
    moved: tuple[str, str]
    told: tuple[LeftAsIs, ...]


def rename(folder: Path, old: str, new: str, *, dry_run: bool = False) -> Renamed:
    """Give a record another id in all files of its case; the old one is kept as a former id.

    Args:
        folder: the case's folder.
        old: the id of a thing, source, statement, clause, claim, judgement, resolution or note.
        new: the id that it gets, which nothing has or had, but for itself.
        dry_run: whether nothing is written.

    Raises:
        UsageError: there is no such record, its id is made of others, or the new id is none, is
            taken or does not fit.
        DataProblems: the case has problems already, or would have some.
        InputOutputError: a file cannot be read or written.
    """
    ontology = vocabulary_of(folder, vocabulary.load())
    with editing(folder, dry_run=dry_run) as edit:
        case = reader.read(folder, ontology)
        record = _record(case, old)
        _check_new(case, record, new)
        ids = {old: new, **made_of(case, old, new)}
        files = replace_ids(edit, ids, ontology)
        moved = _moved(edit, record, new)
        former = next((one.id for one in case.former if one.now == old and one.id == new), "")
        if former:
            take_away(edit, "former", former)
        edit.append(IDENTITY, f'[[former]]\nid = "{old}"\nnow = "{new}"\n')
        told = tuple(places_of(folder, old))
    return Renamed(ids, files, moved, told)


def known_record(case: Case, name: str, of_case: str) -> Record:
    """Return the record of a case that has an id.

    Args:
        case: all records.
        name: the id.
        of_case: what to do instead where it is the id of the case itself.

    Raises:
        UsageError: nothing has it; with the id that it has now, or one that is near.
    """
    records = {one.id: one for one in case.records()}
    if name == case.id:
        raise UsageError(f'"{name}" is the case; {of_case}')
    if name not in records:
        now = next((one.now for one in case.former if one.id == name), "")
        more = f'; it is called "{now}" now' if now else suggestion(name, records)
        raise UsageError(f'nothing in the case {case.id} has the id "{name}"{more}')
    return records[name]


def _record(case: Case, old: str) -> Record:
    """Return the record of an id that is authored; ``UsageError`` if there is none."""
    found = known_record(case, old, 'rename its folder, and "id" in case.toml')
    if isinstance(found, Passage) or not (isinstance(found, Clause) or SLUG.fullmatch(old)):
        first = old.partition(".")[0]
        raise UsageError(f'"{old}" is made of other ids; rename "{first}", or give what it names '
                         f"an id of its own in {found.origin.file}")  # fmt: skip
    return found


def _check_new(case: Case, record: Record, new: str) -> None:
    """Raise ``UsageError`` if a record cannot have an id."""
    if isinstance(record, Clause):
        if not CLAUSE_ID.fullmatch(new) or not new.startswith(f"{record.agreement}.c"):
            wrong = f'"{new}" is no id of a clause of {record.agreement}'
            raise UsageError(f"{wrong}; write {record.agreement}.c and a number")
    elif not SLUG.fullmatch(new):
        raise UsageError(f'"{new}" is not an id; ids have a-z, 0-9 and hyphens, as in river-guard')
    if new == record.id:
        raise UsageError(f'"{new}" is its id already')
    if new in (UNKNOWN, UNATTRIBUTED):
        raise UsageError(f'"{new}" is reserved; choose another id')
    if taken := next((one for one in case.records() if new == one.id), None):
        files = {one.origin.file for one in (taken, record)}
        alike = len({file.partition("/")[0] for file in files}) == 1 and len(files) == 2
        join = f', or join both with "hudna merge {new} {record.id}"' if alike else ""
        raise UsageError(f'the id "{new}" is taken, in {taken.origin.file}; choose another{join}')
    for former in case.former:
        if former.id == new and former.now != record.id:
            was = former.now or "what was withdrawn"
            raise UsageError(f'"{new}" was the id of {was}; ids are never used again, '
                             "so that what cites them stays right: choose another")  # fmt: skip


def made_of(case: Case, old: str, new: str) -> dict[str, str]:
    """Return the ids that are made of an id, with those that they become.

    Args:
        case: as it was.
        old: the id that they are made of.
        new: the one that it becomes.
    """
    found: dict[str, str] = {}

    def now(name: str) -> str:
        if name == old:
            return new
        head, tail = name[: len(old) + 1], name[len(old) :]
        return found.get(name, new + tail if head == f"{old}." else name)

    for record in case.records():
        become = now(record.id)
        if isinstance(record, Claim):
            voice = record.voice.partition("/")[0]
            if record.id == f"{record.statement}.{voice}.{record.stance}.{record.source}":
                parts = (now(record.statement), now(voice), record.stance, now(record.source))
                become = ".".join(parts)
        elif isinstance(record, Statement) and record.object == old:
            head = record.id.removesuffix(f".{record.predicate}.{old}")
            become = f"{now(head)}.{record.predicate}.{new}" if head != record.id else become
        if become != record.id:
            found[record.id] = become
    return {name: become for name, become in found.items() if name != old}


def replace_ids(edit: Edit, ids: Mapping[str, str], ontology: Vocabulary) -> dict[str, int]:
    """Write other ids for some, wherever ids stand in the TOML files of a case.

    Args:
        edit: the change of the case.
        ids: what takes the place of each id.
        ontology: tells which predicates take a thing.

    Returns:
        How many values changed in each file that changed.
    """
    counts = {}
    for name in files_of(edit.folder, ".toml"):
        text = edit.read(name)
        if not any(old.partition(".")[0] in text for old in ids):
            continue
        found = list(swaps(name, text, ids, ontology))
        for one, value in reversed(found):
            quote = text[one.start]
            text = f"{text[: one.start]}{quote}{value}{quote}{text[one.end :]}"
        if found:
            edit.write(name, text)
            counts[name] = len(found)
    return counts


def swaps(
    file: str, text: str, ids: Mapping[str, str], ontology: Vocabulary
) -> Iterator[tuple[TomlString, str]]:
    """Yield the strings of a file that are ids that change, each with what it becomes.

    Args:
        file: its path below the case's folder.
        text: what stands in it.
        ids: what each id becomes.
        ontology: whose words are no ids.
    """
    known, all_strings = keys_of_ids(), list(strings(text))
    if file == STORED:
        words = {*ontology.predicates, *ontology.classes, *chain(*ontology.kinds.values())}
        for one in all_strings:
            holds = one.key in _parameters() or one.path[1:2] == ("answer",)
            if holds and one.value not in words:
                become = _become(one.value, Form.PASSAGE if "#" in one.value else Form.ANY_ID, ids)
                if become != one.value:
                    yield one, become
        return
    if file.startswith(TOURS):
        for one in all_strings:
            value = one.value
            become = with_ids(value, ids) if one.key in IN_TOURS else value
            if become != value:
                yield one, become
        return
    kinds = {name for name, known in ontology.predicates.items() if known.takes != "thing"}
    of_kinds = {one.table for one in all_strings if one.key == "predicate" and one.value in kinds}
    for one in all_strings:
        form = None if one.key == "object" and one.table in of_kinds else known.get(one.key)
        if form and (become := _become(one.value, form, ids)) != one.value:
            yield one, become


@cache
def _parameters() -> frozenset[str]:
    """Return the names of the parameters of queries that take the id of a record."""
    every = chain(*(query.params for query in named_queries([QUERIES]).values()))
    return frozenset(one.name for one in every if one.type not in PLAIN_TYPES)


def _become(value: str, form: Form, ids: Mapping[str, str]) -> str:
    if form in (Form.PASSAGE, Form.CUE):
        source, sign, rest = value.partition("#")
        return f"{ids.get(source, source)}{sign}{rest}"
    return ids.get(value, value)


def _moved(edit: Edit, record: Record, new: str) -> tuple[str, str]:
    """Give the file of a record the new name, if it has one of its own."""
    file = record.origin.file
    folder, _, name = file.rpartition("/")
    if record.origin.path or name != f"{record.id}.toml":
        return "", ""
    target = f"{folder}/{new}.toml"
    edit.write(target, edit.read(file))
    edit.remove(file)
    return file, target


def take_away(edit: Edit, kind: str, name: str, file: str = IDENTITY, key: str = "id") -> None:
    """Take an entry out of a file of entries.

    Args:
        edit: the change of the case.
        kind: the name of its table, such as ``judgement``.
        name: its id.
        file: the file's path below the case's folder.
        key: the key that holds its id.
    """
    text = edit.read(file)
    found = list(strings(text))
    at = next((one.start for one in found if one.path == (kind, key) and one.value == name), None)
    if at is None:
        return
    plain = _blanked(text, found)
    starts = [one.start() for one in _ENTRY.finditer(plain)]
    start = max((one for one in starts if one < at), default=0)
    end = min((one for one in starts if one > at), default=len(text))
    remarks = _REMARKS.search(text, start, end)
    kept = remarks[0] if remarks and end < len(text) else ""
    head = text[:start] if end < len(text) else text[:start].rstrip("\n") + "\n"
    edit.write(file, head + kept + text[end:])


def _blanked(text: str, found: Iterable[TomlString]) -> str:
    """Return a text with blanks for some of its strings; lines stay where they are."""
    for one in found:
        blank = re.sub("[^\n]", " ", text[one.start : one.end])
        text = text[: one.start] + blank + text[one.end :]
    return text


def places_of(folder: Path, old: str) -> Iterator[LeftAsIs]:
    """Yield the lines of prose, comments and queries in which an id stands.

    Args:
        folder: the case's folder.
        old: the id.
    """
    word = re.compile(rf"(?<![\w.-]){re.escape(old)}(?![\w-])")
    known = keys_of_ids().keys() | keys_of_words()
    for ending in (".toml", ".rq", ".md"):
        for name in files_of(folder, ending):
            text = text_of(folder / name)
            if old not in text:
                continue
            if ending == ".toml":
                text = _blanked(
                    text,
                    (
                        one
                        for one in strings(text)
                        if one.key in known
                        or (name == STORED and one.path[1:2] != ("question",))
                        or (name.startswith(TOURS) and one.key in IN_TOURS)
                    ),
                )
            whole = text_of(folder / name).splitlines()
            for number, line in enumerate(text.splitlines(), 1):
                if word.search(line):
                    yield LeftAsIs(name, number, whole[number - 1].strip())
