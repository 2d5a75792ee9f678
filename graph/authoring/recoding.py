"""Another word for a term that a case has of its own, wherever the case uses it."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from .. import reader
from ..errors import UsageError, suggestion
from ..model import RECORDS, Claim, Form, Statement, Verdict, specs, vocabulary
from ..model.lexicon import ANY_KIND, PREDICATE, Lexicon
from ..reader.terms import TERMS_FILE, vocabulary_of
from .authored import files_of
from .editing import editing
from .renaming import STORED, Renamed, places_of, rename, replace_ids, take_away
from .strings import strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ..model import Case
    from ..model.own_terms import OwnTerm
    from ..model.vocabulary import Vocabulary
    from .editing import Edit
    from .renaming import LeftAsIs

_MORE_KEYS = ("role", "stage", "state")
"""Keys of tables that hold a term and are no fields of a record."""


class Recoded(NamedTuple):
    """What was said by another term, or would be.

    Attributes:
        files: how many values changed in each file, by its path below the case's folder.
        ids: the ids that are made of the term and changed with it, by what they were.
        told: where the term stands in prose or in a query, which are left as they are.
    """

    files: dict[str, int]
    ids: dict[str, str]
    told: tuple[LeftAsIs, ...]


def promote(folder: Path, name: str, core: str, *, dry_run: bool = False) -> Recoded:
    """Write a term of the ontology wherever one of the case's own stands, and take that away.

    Args:
        folder: the case's folder.
        name: the term of the case.
        core: the term of the ontology.
        dry_run: whether nothing is written.

    Raises:
        UsageError: the case has no such term, shares it with others, or there is no such term in
            the ontology.
        DataProblems: the case has problems already, or would have some.
        InputOutputError: a file cannot be read or written.
    """
    ontology = vocabulary_of(folder, vocabulary.load())
    term = _own(ontology, folder, name)
    known = ontology.core.predicates if term.predicate else ontology.core.kinds_by_name
    if core not in known:
        sort = PREDICATE if term.predicate else ANY_KIND
        more = Lexicon(ontology.core).hint(core, known.keys(), sort)
        raise UsageError(f'there is no {sort} "{core}" in the ontology{more}')
    with editing(folder, dry_run=dry_run) as edit:
        found = _recode(edit, ontology, term, core)
        _take_out(edit, term)
    return found


def rename_any(folder: Path, old: str, new: str, *, dry_run: bool = False) -> Renamed:
    """Give a term of the case another name, or a record another id; see ``rename``.

    Args:
        folder: the case's folder.
        old: the name of a term, or the id of a record.
        new: what takes its place; what is wrong with a name is told as a problem of its file.
        dry_run: whether nothing is written.

    Raises:
        UsageError: as for ``rename``; or the term is shared with other cases.
        DataProblems: the case has problems already, or would have some.
        InputOutputError: a file cannot be read or written.
    """
    ontology = vocabulary_of(folder, vocabulary.load())
    if old not in ontology.own_terms:
        return rename(folder, old, new, dry_run=dry_run)
    term = _own(ontology, folder, old)
    with editing(folder, dry_run=dry_run) as edit:
        found = _recode(edit, ontology, term, new)
        key = ("predicate" if term.predicate else "kind", "name")
        files = {**found.files, TERMS_FILE: _swap(edit, TERMS_FILE, {key}, old, new)}
    return Renamed({old: new, **found.ids}, dict(sorted(files.items())), ("", ""), found.told)


def _own(ontology: Vocabulary, folder: Path, name: str) -> OwnTerm:
    known = ontology.own_terms
    if name not in known:
        hint = suggestion(name, known) or '; "hudna terms --own" lists those that it has'
        raise UsageError(f'the case {folder.name} has no term "{name}" of its own{hint}')
    if known[name].origin.file != TERMS_FILE:
        raise UsageError(f'"{name}" is of {known[name].origin.file}, which other cases may share; '
                         "change it and its uses by hand")  # fmt: skip
    return known[name]


def _recode(edit: Edit, ontology: Vocabulary, term: OwnTerm, new: str) -> Recoded:
    """Write another term in all files but that of the terms, and the ids that are made of it."""
    case = reader.read(edit.folder, ontology)
    ids = dict(_made(case, term.name, new))
    files = replace_ids(edit, ids, ontology)
    things = {one.id for one in case.records()}
    for file in files_of(edit.folder, ".toml"):
        if file == TERMS_FILE:
            continue
        if file == STORED:
            count = 0 if term.name in things else _swap(edit, file, None, term.name, new)
        else:
            count = _swap(edit, file, _keys(), term.name, new)
        if count:
            files[file] = files.get(file, 0) + count
    prose = (one for one in places_of(edit.folder, term.name) if not one.file.endswith(".toml"))
    return Recoded(dict(sorted(files.items())), ids, tuple(prose))


def _swap(edit: Edit, file: str, keys: set[tuple[str, ...]] | None, old: str, new: str) -> int:
    """Write another word for one under some keys of a file, and return how often it stood there.

    Args:
        edit: the change of the case.
        file: its path below the case's folder.
        keys: ends of the paths of the values that count; all if ``None``.
        old: the word.
        new: what takes its place.
    """
    text = edit.read(file)
    if old not in text:
        return 0
    found = [
        one
        for one in strings(text)
        if one.value == old and (keys is None or any(one.path[-len(k) :] == k for k in keys))
    ]
    for one in reversed(found):
        quote = text[one.start]
        text = f"{text[: one.start]}{quote}{new}{quote}{text[one.end :]}"
    if found:
        edit.write(file, text)
    return len(found)


@cache
def _keys() -> set[tuple[str, ...]]:
    """Return the keys under which terms stand in the files of a case."""
    declared = (field for record in RECORDS for field in specs(record))
    forms = (Form.KIND, Form.PREDICATE)
    named = {key for one in declared if one.form in forms for key in (one.key, *one.old_keys)}
    return {(key,) for key in (*named, *_MORE_KEYS) if key}


def _made(case: Case, name: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield the ids that are made of a term, each with the one that it becomes."""
    become: dict[str, str] = {}
    for one in case.statements:
        head, tail = f"{one.subject}.{name}.", f".{one.predicate}.{name}"
        if one.predicate == name and one.id.startswith(head):
            become[one.id] = f"{one.subject}.{new}.{one.id.removeprefix(head)}"
        elif one.object == name and one.id.endswith(tail):
            become[one.id] = f"{one.id.removesuffix(name)}{new}"
    for record in case.records():
        if isinstance(record, Claim | Verdict | Statement):
            whole = record.statement if isinstance(record, Claim) else record.id
            whole = whole.removesuffix(".verdict")
            if whole in become and record.id.startswith(whole):
                yield record.id, become[whole] + record.id.removeprefix(whole)


def _take_out(edit: Edit, term: OwnTerm) -> None:
    """Take the entry of a term out of the file of the terms, and the file if it is the last."""
    key = "predicate" if term.predicate else "kind"
    before = _names(edit, key)
    take_away(edit, key, term.name, TERMS_FILE, "name")
    if _names(edit, key) != [one for one in before if one != term.name]:
        raise UsageError(f'"{term.name}" does not stand under a [[{key}]] of its own in '
                         f"{TERMS_FILE}; take it out by hand")  # fmt: skip
    if not _table(edit):
        edit.remove(TERMS_FILE)


def _names(edit: Edit, key: str) -> list[str]:
    return [str(one.get("name")) for one in _table(edit).get(key, [])]


def _table(edit: Edit) -> Mapping[str, list[dict[str, object]]]:
    try:
        return tomllib.loads(edit.read(TERMS_FILE))
    except tomllib.TOMLDecodeError:
        return {}
