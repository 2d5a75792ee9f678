"""Saying what a sentence says: a statement and its claims, added to a file of the case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import tomlkit

from ..errors import ChangeRefused, DataProblems, Problem, UsageError
from ..model import Statement, vocabulary
from ..model.lexicon import Lexicon
from ..model.terms import spaced
from ..read import CaseGraph
from ..reader.defaults import DATE_KEYS
from ..reader.files import Lines
from ..reader.references import UNCLAIMED
from ..reader.statements import made_id
from . import blocks
from .authored import Authored, StatementTable
from .claims import applying, claim_of, filled, join, key_of, only_source
from .editing import editing
from .faults import LIST, Faults
from .keyed import with_source
from .said_already import beside, there_already
from .sayings import FORM, Sayings
from .slugs import slug_of
from .spoken import Draft, Qualifiers, SaidLine, Written, standing
from .statement_files import chosen, defaults_of, file_with, path_of
from .tokens import parted, parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from .editing import Edit
    from .said_already import There
    from .sayings import Said, ShortClaim

_LONGEST_ID = 60
_NOBODY = (
    f"nobody says so; write after a bar who does: {FORM}; only what another statement names in "
    "if or one_of has nothing behind its bar, and both come in one list: hudna say -"
)
_LACKING = re.compile(r'(?:if|one_of|motive|grounds): there is no \w+ "(.*?)"')


class _Place(NamedTuple):
    """Where a line was put: file, path of tables, id, and whether the block was there."""

    file: str
    path: tuple[tuple[str, int], ...]
    id: str
    added: bool
    beside: tuple[str, str] = ("", "")


def say(
    folder: Path,
    lines: Sequence[tuple[int, str]],
    more: Qualifiers,
    defaults: str = "",
    *,
    dry_run: bool = False,
) -> list[Written]:
    """Add statements and claims to a case: all of them, or none.

    Args:
        folder: the case's folder.
        lines: the statements in the short form, each with its number in a list, or 0.
        more: what is said of each of them beside.
        defaults: those of the file that they go to, which is begun with them.
        dry_run: whether they are only checked, and nothing written.

    Raises:
        ChangeRefused: a line cannot be read, or what it says is wrong in this case; what is wrong
            with any of them is told at once.
        InputOutputError: there is no such case, or it cannot be written.
    """
    ontology = vocabulary.load()
    teller = None
    try:
        with editing(folder, dry_run=dry_run) as edit:
            teller = _Teller(edit, ontology, more)
            if defaults:
                teller.begin(defaults, ontology)
            teller.tell_all(lines)
    except DataProblems as error:
        if teller is None:
            raise
        problems = teller.located(error.problems)
        if error.count == len(error.problems):
            problems += _of_the_others(folder, lines, more, defaults, problems)
        raise ChangeRefused(problems) from error
    return teller.written()


def _of_the_others(
    folder: Path,
    lines: Sequence[tuple[int, str]],
    more: Qualifiers,
    defaults: str,
    told: Sequence[Problem],
) -> Sequence[Problem]:
    """Return what is wrong with the lines of which nothing is told yet: they are tried alone.

    What one of them names in a line that is wrong itself is not missing.
    """
    wrong = {one.line for one in told if one.file == LIST}
    others = [one for one in lines if one[0] not in wrong]
    if not others or len(others) == len(lines):
        return ()
    try:
        say(folder, others, more, defaults, dry_run=True)
    except DataProblems as error:
        lost = " ".join((*(text for number, text in lines if number in wrong), ""))
        missing = (_LACKING.match(one.message) for one in error.problems)
        follows = [bool(name and f"id={name[1]} " in lost) for name in missing]
        found = zip(error.problems, follows, strict=True)
        return [one for one, only in found if not only and one.message != _NOBODY]
    return ()


def _told(number: int, message: str) -> Problem:
    return Problem(LIST if number else "Error", number, "", message)


class _Teller:
    """Puts lines into the files of a case that is being changed."""

    def __init__(self, edit: Edit, ontology: vocabulary.Vocabulary, more: Qualifiers) -> None:
        self._edit = edit
        self._more = more
        self._case = Authored(edit.folder)
        self._sayings = Sayings(ontology, Lexicon(ontology), self._case)
        self._taken = self._case.taken()
        self._places: list[_Place] = []
        self._numbers: dict[str, int] = {}
        self._begun = ""

    def begin(self, text: str, ontology: vocabulary.Vocabulary) -> None:
        """Begin the file that the lines go to with its defaults.

        Raises:
            UsageError: it is there already, or they cannot be read.
        """
        defaults = defaults_of(text, self._case, ontology)
        if not self._more.file and "source" not in defaults:
            raise UsageError("--defaults: of which file? give --to FILE, or source=SOURCE")
        file = path_of(self._more.file or defaults["source"])
        if (self._edit.folder / file).exists():
            raise UsageError(f"{file} is there already; write its [defaults] there")
        self._edit.begin(file, file_with(defaults))
        self._case.files[file] = {"defaults": defaults}
        self._begun = file

    def tell_all(self, lines: Sequence[tuple[int, str]]) -> None:
        """Put lines where they belong.

        Raises:
            ChangeRefused: some cannot be read, or say what is said already; all are told.
        """
        drafts = [self._read(number, text) for number, text in lines]
        sources = [one for draft in drafts for one in draft.stands]
        for draft in drafts:
            self._put(draft, sources)
        if wrong := [_told(one.number, fault) for one in drafts for fault in one.faults]:
            raise ChangeRefused(wrong)

    def _read(self, number: int, text: str) -> Draft:
        faults = Faults()
        parts = faults.attempt(parts_of, text)
        if parts is None:
            return Draft(number, None, (), faults)
        first, *others = parts
        if others == [[]]:
            others = []  # nobody says so by itself
        elif not others or not all(others):
            faults.append(_NOBODY)
        plain, keyed = parted(first)
        said = faults.attempt(self._sayings.proposition, plain)
        given = faults.attempt(self._sayings.qualifiers, keyed)
        found = [self._sayings.stand(tokens, faults) for tokens in others if tokens]
        stands = [one for one in found if one]
        line = None if said is None or given is None else SaidLine(said, given, stands)
        return Draft(number, line, stands, faults)

    def _put(self, draft: Draft, sources: Sequence[ShortClaim]) -> None:
        """Put a line where it belongs, if nothing is wrong with it; what is, is told of it."""
        number, line, stands, faults = draft
        file = None if faults and not stands else faults.attempt(self._file, stands or sources)
        if file is None:
            return
        for stand in stands:
            faults.attempt(self._claim, stand, file, file)
        if line:
            faults.attempt(self._qualified, line.said, line.given, stands, file)
            if not faults:
                faults.attempt(self._tell, number, line, file)

    def _tell(self, number: int, line: SaidLine, file: str) -> None:
        said, given, stands = line
        keys = self._qualified(said, given, stands, file)
        if (name := keys.get("id", "")) in self._taken:
            raise UsageError(f'--id: "{name}" is taken')
        there = there_already(
            said,
            keys,
            lambda where: [self._claim(stand, where, file) for stand in stands],
            self._case,
            self._where,
        )
        if there and name:
            raise UsageError(f"{self._where(there.entry)} says so already; leave the id out")
        if there:
            place = self._added(said, there, stands, file)
        else:
            place = self._appended(said, keys, stands, file)
        self._places.append(place)
        self._numbers[place.id] = number

    def _file(self, stands: Sequence[ShortClaim]) -> str:
        """Return the file that a statement goes to."""
        file = path_of(self._more.file) if self._more.file else self._begun
        file = file or chosen(stands, self._case)
        if file not in self._case.files and (self._edit.folder / file).exists():
            raise UsageError(f"{file} cannot be read; see: hudna check")
        return file

    def _qualified(
        self, said: Said, given: Mapping[str, Any], stands: Sequence[ShortClaim], file: str
    ) -> dict[str, Any]:
        """Return the keys beside subject, predicate and object that the statement gets."""
        if said.when and "when" in given:
            raise UsageError(f'"{said.when}" and "{given["when"]}" are two dates; write one')
        resolve = self._case.resolve
        defaults = self._case.defaults(file)
        source = next((one.source for one in stands if one.source), "") or only_source(self._case)
        keys = {
            "id": self._more.id,
            "when": said.when,
            "place": resolve(self._more.place, "place") if self._more.place else "",
            "scope": self._more.scope,
            "question": [resolve(one, "question") for one in self._more.question],
            "note": self._more.note,
            **with_source(given, Statement, "" if defaults.get("source") else source),
        }
        if keys["when"] == defaults.get("when"):
            keys["when"] = ""
        elif "when" in defaults and not any(keys.get(key) for key in DATE_KEYS):
            for stand in stands:
                if not applying(defaults, stand.source):
                    raise UsageError(
                        f"{file} would date it {defaults['when']}, the default for "
                        f"{defaults['source']}; write a date, or another file with --to"
                    )
        return {key: value for key, value in keys.items() if value not in ("", [])}

    def _appended(
        self, said: Said, keys: Mapping[str, Any], stands: Sequence[ShortClaim], file: str
    ) -> _Place:
        name = keys.get("id") or self._id(said)
        dated = {} if any(key in keys for key in DATE_KEYS) else self._case.defaults(file)
        effective = {"when": dated.get("when"), **keys}
        second = ("", "") if "id" in keys else beside(said, effective, self._case)
        claims: list[dict[str, Any]] = []
        for stand in stands:
            self._join(claims, self._claim(stand, file, file), file)
        table = {
            "id": name,
            "subject": said.subject,
            "predicate": said.predicate,
            "object": said.object,
            "value": said.value,
            **{key: value for key, value in keys.items() if key != "id"},
            "claims": claims,
        }
        self._edit.append(file, blocks.table(table, "[[statement]]"))
        index = sum(one.file == file for one in self._case.statements)
        kept = {key: value for key, value in table.items() if value not in (None, "", [])}
        entry = StatementTable(file, (("statement", index),), kept)
        self._case.statements.append(entry)
        self._case.files.setdefault(file, {})
        self._taken.add(name)
        return _Place(file, entry.path, name, added=False, beside=second)

    def _added(self, said: Said, there: There, stands: Sequence[ShortClaim], file: str) -> _Place:
        """Add claims and keys to a statement that is there; comments and order of its file stay."""
        entry = there.entry
        where = self._where(entry)
        if "claims" not in entry.table and entry.path[0][0] == "role":
            raise UsageError(
                f"{where} says so already, with the claims of its event; "
                "add the claim there, or give the role claims of its own"
            )
        text = self._edit.read(entry.file).replace("\r\n", "\n")
        if there.more:
            text = blocks.with_keys(text, entry.path, there.more)
        document = tomlkit.parse(text)
        table = blocks.table_at(document, entry.path)
        if stands and "claims" not in table:
            table["claims"] = tomlkit.array()
        defaults = self._case.defaults(entry.file)
        new = [
            join(table["claims"], self._claim(stand, entry.file, file), defaults, where)
            for stand in stands
        ]
        if not (there.more or (new and all(new))):
            raise UsageError(f"{where} says so already, with this claim; nothing is added")
        self._edit.write(entry.file, tomlkit.dumps(document))
        entry.table.update({key: table[key].unwrap() for key in ("claims",) if key in table})
        entry.table.update(there.more)
        name = str(entry.table.get("id") or made_id(*said[:4]))
        return _Place(entry.file, entry.path, name, added=True)

    def _join(self, claims: list[dict[str, Any]], claim: dict[str, Any], file: str) -> None:
        """Add a claim to some of one line, unless it is among them."""
        defaults = self._case.defaults(file)
        if any(key_of(one, defaults) == key_of(claim, defaults) for one in claims):
            raise UsageError(
                f"{key_of(claim, defaults)[1]} stands twice for one voice and source; write one "
                "claim with all its sentences: 7.1,7.2"
            )
        claims.append(claim)

    def _claim(self, stand: ShortClaim, where: str, file: str) -> dict[str, Any]:
        """Return a claim as it stands in a file; what it lacks there is that of another one.

        Args:
            stand: the claim.
            where: the file that it goes to.
            file: the file of statements of its source, whose defaults it has wherever it stands.
        """
        defaults = self._case.defaults(where)
        if where != file:
            near = applying(defaults, stand.source)
            stand = filled(stand, {**near, **self._case.defaults(file)})
        return claim_of(stand, self._case, defaults, self._more.mode)

    def _id(self, said: Said) -> str:
        """Return a short id made of the three parts."""
        end = said.object if said.object is not None else str(said.value)
        verb = spaced(said.predicate).replace(" ", "-")
        start = f"{said.subject}-{verb}"
        short = slug_of(f"{start}-{end}", _LONGEST_ID) or slug_of(start, _LONGEST_ID)
        number, name = 2, short
        while name in self._taken:
            name, number = f"{short}-{number}", number + 1
        return name

    def _where(self, entry: StatementTable) -> str:
        return f"{entry.file}:{self._line(entry.file, entry.path)}"

    def _line(self, file: str, path: tuple[tuple[str, int], ...]) -> int:
        return Lines(self._edit.read(file)).of(path, "")

    def located(self, problems: Sequence[Problem]) -> list[Problem]:
        """Return problems of what was said, told of the lines that say it."""
        found = []
        for one in problems:
            name = one.place.partition(",")[0].removeprefix("statement ")
            ours = name in self._numbers
            number = self._numbers.get(name, 0)
            key = one.place.partition(", ")[2]
            message = f"{key}: {one.message}" if key else one.message
            message = _NOBODY if one.message == UNCLAIMED else message
            found.append(_told(number, message) if ours else one)
        return found

    def written(self) -> list[Written]:
        """Return what became of each line, when all have been checked."""
        graph = None
        hints: dict[str, str] = {}
        if self._edit.judged:
            case, store = self._edit.judged
            graph = CaseGraph(store, case.id)
            hints = {one.place: one.message for one in case.hints}
        result = []
        if self._begun:
            text = self._edit.read(self._begun)
            result.append(Written(self._begun, 1, "", False, "", (), text.rstrip()))
        for place in self._places:
            status, against = standing(graph, place.id) if graph else ("", ())
            text = self._edit.read(place.file)
            line = self._line(place.file, place.path)
            block = text.splitlines()[line - 1 :]
            end = next((n for n, row in enumerate(block) if n and row.startswith("[")), len(block))
            told = "\n".join(block[:end]).rstrip()
            here = (place.file, line, place.id, place.added)
            hint = hints.get(f"statement {place.id}, predicate", "")
            result.append(Written(*here, status, against, told, hint, *place.beside))
        return result
