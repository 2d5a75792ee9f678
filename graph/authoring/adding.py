"""Adding things and parts of them to a case: one, or several together."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import ChangeRefused, DataProblems, Problem, UsageError
from ..errors.counting import with_article
from ..model.near import told
from ..reader import fields
from ..reader.terms import TERMS_FILE
from .authored import Authored
from .editing import editing
from .faults import LIST, Faults
from .lines import ShortLines
from .missing import LEFT_OUT, first_words, follows, names_of
from .origins import Origins
from .parts import PARTS
from .remarks import REMARKS, put_remark
from .supposed import is_supposed, name_in_statements
from .term_tables import TERM, put_term
from .things import FOLDERS, FileMaker, Tools, free_id, refuse_name
from .wanted import SORTS, TAKES, Unread

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from .editing import Edit
    from .things import Details
    from .wanted import Wanted

    _Line = Wanted | Unread | str


class AddedThing(NamedTuple):
    """A thing that was added, or a part of one.

    Attributes:
        file: its file, below the case's folder.
        id: its id.
        text: what stands in the file.
        proposed: the sentences that name it and that nobody gave; they want a look.
        unmatched: why sentences were not looked for; empty if they were, or need not be.
    """

    file: str
    id: str
    text: str
    proposed: tuple[str, ...] = ()
    unmatched: str = ""


def add(
    folder: Path, wanted: Wanted | str, texts: Path | None = None, *, dry_run: bool = False
) -> list[AddedThing]:
    """Add a thing, or a part of one, to a case; or all that a line in the short form adds.

    Args:
        folder: the case's folder.
        wanted: what is added, or a line as ``ShortLines`` reads it.
        texts: folder of the texts of the sources, if they are at hand.
        dry_run: whether it is only checked, and nothing written.

    Raises:
        UsageError: a detail is missing, does not fit the sort, or cannot be read.
        DataProblems: something else is wrong with it in this case; all problems are told.
        InputOutputError: there is no such case, or it cannot be read or written.
    """
    with editing(folder, dry_run=dry_run) as edit:
        return _Adding(edit, texts).every(wanted)


def add_all(
    folder: Path,
    every: Sequence[tuple[int, Wanted | str]],
    texts: Path | None = None,
    *,
    unread: Sequence[Unread] = (),
    dry_run: bool = False,
) -> list[AddedThing]:
    """Add several, each of which may name those before it: all of them, or none.

    Args:
        folder: the case's folder.
        every: what is added, each with its number in a list; a text is a line in the short form.
        texts: see ``add``.
        unread: the lines of the list that nobody can read; nothing is written if there are some.
        dry_run: see ``add``.

    Raises:
        ChangeRefused: something is wrong with some; what is wrong with any of them is told at once,
            by their numbers.
        InputOutputError: there is no such case, or it cannot be read or written.
    """
    lines = sorted([*every, *((one.number, one) for one in unread)], key=lambda line: line[0])
    found, wrong, all_told = _tried(folder, lines, texts, dry_run=dry_run)
    every_wrong, left_out = [*wrong], _lines(wrong)
    while wrong and all_told and left_out and len(left_out) < len(lines):
        _, wrong, all_told = _tried(folder, lines, texts, left_out, dry_run=True)
        every_wrong += wrong
        if left_out >= _lines(wrong):
            break
        left_out |= _lines(wrong)
    if every_wrong:
        raise ChangeRefused(every_wrong)
    return found


def _tried(
    folder: Path,
    lines: Sequence[tuple[int, _Line]],
    texts: Path | None,
    left_out: Collection[int] = (),
    *,
    dry_run: bool,
) -> tuple[list[AddedThing], list[Problem], bool]:
    """Add the lines of a list, and write them if nothing is wrong.

    Args:
        folder: the case's folder.
        lines: all of them, by their numbers.
        texts: see ``add``.
        left_out: the numbers of those of which it is known that something is wrong with them.
        dry_run: see ``add``.

    Returns:
        What was added, what is wrong, and whether that is all that was found wrong.
    """
    origins = Origins(folder)
    found: list[AddedThing] = []
    wrong: list[Problem] = []
    lost: set[str] = set()
    try:
        with editing(folder, dry_run=dry_run) as edit:
            adding = _Adding(edit, texts)
            for number, wanted in lines:
                faults = Faults()
                if number not in left_out:
                    made = faults.attempt(adding.every, wanted) or []
                    origins.record(edit, number, ((one.file, one.id) for one in made))
                    found += made
                    wrong += [Problem(LIST, number, "", fault) for fault in faults]
                if faults or number in left_out:
                    lost |= adding.leave_out(wanted)
            if wrong:
                raise ChangeRefused(wrong)
    except DataProblems as error:
        problems = [
            one._replace(file=LIST, line=line) if (line := origins.of(one)) else one
            for one in error.each
        ]
        wrong_lines = _lines(problems)
        lost = lost.union(*(names_of(one) for number, one in lines if number in wrong_lines))
        told = [one for one in problems if not follows(one.message, lost)]
        return found, told or ([] if left_out else problems), error.count <= len(error.each)
    return found, [], True


def _lines(problems: Sequence[Problem]) -> set[int]:
    return {one.line for one in problems if one.file == LIST}


class _Adding:
    """Adds things to a case that is being changed."""

    def __init__(self, edit: Edit, texts: Path | None) -> None:
        self._edit = edit
        self._case = Authored(edit.folder, texts)
        self._tools = Tools(self._case)
        self._lines = ShortLines(self._tools.ontology, self._tools.lexicon, self._case)
        self._agreement = ""

    def every(self, wanted: _Line) -> list[AddedThing]:
        """Put what is wanted in its file, or all that a line adds; see ``add``."""
        if isinstance(wanted, Unread):
            raise UsageError(wanted.message)
        if isinstance(wanted, str):
            faults = Faults()
            read = self._lines.read(wanted, self._present)
            found = [faults.attempt(self._add, one) for one in read]
            faults.refuse()
            return [one for one in found if one]
        return [self._add(wanted)]

    @property
    def _present(self) -> str:
        """The agreement that parts are of which name none; empty if there is none."""
        return self._agreement or self._case.only_one("agreements")

    def leave_out(self, wanted: _Line) -> set[str]:
        """Return by what names others may miss a line that adds nothing.

        Parts that name no agreement are of the one of the last line that adds one, whether it adds
        it or not, and clauses have the numbers that they would have if nothing were left out.
        """
        word, owner = first_words(wanted)
        if word == "clause":
            agreement = self._present
            with suppress(UsageError):
                agreement = self._case.resolve(owner)
            if f"agreements/{agreement}.toml" in self._case.files:
                return {self._tools.parts.reserve(agreement), *names_of(wanted)}
        elif self._may_be_agreement(word):
            self._agreement = LEFT_OUT
        return names_of(wanted)

    def _may_be_agreement(self, word: str) -> bool:
        sorts = {word} if word in SORTS else self._lines.heads.sorts(word)
        return "agreement" in sorts or not (sorts or self._present)

    def _add(self, wanted: Wanted) -> AddedThing:
        sort, name, more, part = wanted
        if sort not in SORTS:
            sort, more = self._headed(sort, more)
        surplus = [key for key in _given(more) if key not in TAKES[sort]]
        if surplus:
            raise UsageError(
                f"{with_article(sort)} has no {' and no '.join(map(_option, surplus))}"
            )
        if sort in PARTS:
            if not part:
                what = "'TOPIC | LABEL | TEXT'" if sort == "clause" else "the name of its kind"
                raise UsageError(f"which {sort}? write {what} behind the {PARTS[sort]}")
            added = AddedThing(*self._tools.parts.put(self._edit, sort, name, part, more))
        elif sort in REMARKS:
            added = AddedThing(*put_remark(self._edit, self._case, sort, (name, str(part)), more))
        elif part:
            raise UsageError(f'"{part}" is one word too many; put a name in quotes')
        elif sort == TERM:
            added = AddedThing(TERMS_FILE, name, put_term(self._edit, name, more))
        else:
            added = self._file(sort, name, more)
        if is_supposed(more):
            name_in_statements(self._edit, self._case, sort, added.id, more)
        if added.file.startswith("agreements/"):
            self._agreement = added.id.partition(".")[0]
        self._case.files[added.file] = tomllib.loads(self._edit.read(added.file))
        return added

    def _headed(self, word: str, more: Details) -> tuple[str, Details]:
        """Return of which sort a class or kind is, and the details with it."""
        head = self._lines.heads.of(word)
        given = getattr(more, head.detail)
        named = given if head.name in given else (head.name, *given)
        merged: Any = {head.detail: named}
        return head.sort, replace(more, **merged)

    def _file(self, sort: str, name: str, more: Details) -> AddedThing:
        refuse_name(name)
        case = self._case
        own = more.id or free_id(sort, name)
        file = f"{FOLDERS[sort][0]}/{own}.toml"
        if wrong := fields.slug(own):
            raise UsageError(f"id: {wrong}")
        if own in case.taken():
            there = case.file_of(own)
            where = f" by {there} ({case.things()[own].label})" if own in case.things() else ""
            raise UsageError(
                f'the id "{own}" is taken{where}; if this is another one, give it an id: '
                'ID="NAME", or --id'
            )
        if not more.id and (others := case.called(name)):
            raise UsageError(
                f'"{name}" is the name of {told(others, "and")}; if this is another one, give it '
                'an id: ID="NAME", or --id'
            )
        maker = FileMaker(self._tools, more)
        case.files[file] = {"label": name}  # an agreement may say itself what it says
        try:
            self._edit.begin(file, maker.text(sort, name, own))
        except UsageError:
            del case.files[file]
            raise
        return AddedThing(file, own, self._edit.read(file), maker.proposed, maker.unmatched)


def _given(more: Details) -> list[str]:
    return [key for key, value in vars(more).items() if value not in ("", (), None, {})]


def _option(key: str) -> str:
    plain = {
        "classes": "class",
        "kinds": "kind",
        "aliases": "alias",
        "parties": "party",
        "roles": "role",
        "claims": "claim",
        "clauses": "clause",
        "synonyms": "synonym",
        "lists": "list",
        "passages": "passage",
        "judgement": "same, --different and no --unsure",
    }
    return f"--{plain.get(key, key).replace('_', '-')}"
