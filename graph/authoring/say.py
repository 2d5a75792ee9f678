"""Saying what a sentence says: a statement and its claims, added to a file of the case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import tomlkit

from ..errors import ChangeRefused, DataProblems, Problem, UsageError
from ..model import Statement, vocabulary
from ..model.lexicon import Lexicon
from ..read import CaseGraph
from ..reader.defaults import DATE_KEYS
from ..reader.files import Lines
from ..reader.references import UNCLAIMED
from ..reader.terms import vocabulary_of
from . import blocks
from .authored import Authored, StatementTable
from .claims import applying, claim_of, filled, join, key_of, only_source
from .editing import editing
from .faults import LIST, Faults
from .keyed import with_source
from .said_already import beside, short_id, there_already
from .sayings import FORM, Sayings
from .spoken import Draft, Qualifiers, SaidLine, Written, standing
from .statement_files import chosen, defaults_of, file_with, path_of
from .tokens import parted, parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from .editing import Edit
    from .said_already import There
    from .sayings import Said, ShortClaim

_NOBODY = (
    f"nobody says so; write after a bar who does: {FORM}; only what another statement names in "
    "if or one_of has nothing behind its bar, and both come in one list: hudna say -"
)
_LACKING = re.compile(r'(?:if|one_of|motive|grounds): there is no \w+ "(.*?)"')


class _Place(NamedTuple):
    """Where a line was put: file, path of tables, id, and whether block and claims were there."""

    file: str
    path: tuple[tuple[str, int], ...]
    id: str
    added: bool
    beside: tuple[str, str] = ("", "")
    already: bool = False


def say(
    folder: Path,
    lines: Sequence[tuple[int, str]],
    more: Qualifiers,
    defaults: str = "",
    texts: Path | None = None,
    *,
    dry_run: bool = False,
) -> list[Written]:
    """Add statements and claims to a case: all of them, or none.

    Args:
        folder: the case's folder.
        lines: the statements in the short form, each with its number in a list, or 0.
        more: what is said of each of them beside.
        defaults: those of the file that they go to, which is begun with them.
        texts: folder of the texts of the sources, if they are at hand, for the words of cues.
        dry_run: whether they are only checked, and nothing written.

    Raises:
        ChangeRefused: a line cannot be read, or what it says is wrong in this case; what is wrong
            with any of them is told at once.
        InputOutputError: there is no such case, or it cannot be written.
    """
    ontology = vocabulary_of(folder, vocabulary.load())
    teller = None
    try:
        with editing(folder, dry_run=dry_run) as edit:
            teller = _Teller(edit, ontology, more, texts)
            if defaults:
                teller.begin(defaults, ontology)
            teller.tell_all(lines)
    except DataProblems as error:
        if teller is None:
            raise
        problems = teller.located(error.each)
        if error.count <= len(error.each):
            problems += _of_the_others(folder, lines, more, defaults, texts, problems)
        raise ChangeRefused(problems) from error
    return teller.written()


def _of_the_others(
    folder: Path,
    lines: Sequence[tuple[int, str]],
    more: Qualifiers,
    defaults: str,
    texts: Path | None,
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
        say(folder, others, more, defaults, texts, dry_run=True)
    except ChangeRefused as error:
        lost = " ".join((*(text for number, text in lines if number in wrong), ""))
        missing = (_LACKING.match(one.message) for one in error.each)
        follows = [bool(name and f"id={name[1]} " in lost) for name in missing]
        found = zip(error.each, follows, strict=True)
        return [one for one, only in found if not only and one.message != _NOBODY]
    return ()


def _told(number: int, message: str) -> Problem:
    return Problem(LIST if number else "Error", number, "", message)


class _Teller:
    """Puts lines into the files of a case that is being changed."""

    def __init__(
        self,
        edit: Edit,
        ontology: vocabulary.Vocabulary,
        more: Qualifiers,
        texts: Path | None,
    ) -> None:
        self._edit = edit
        self._more = more
        self._case = Authored(edit.folder, texts)
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
            return Draft(number, (), (), faults)
        first, *others = parts
        if others == [[]]:
            others = []  # nobody says so by itself
        elif not others or not all(others):
            faults.append(_NOBODY)
        plain, keyed = parted(first)
        every = faults.attempt(self._sayings.propositions, plain) or ()
        given = faults.attempt(self._sayings.qualifiers, keyed)
        found = [self._sayings.stand(tokens, faults) for tokens in others if tokens]
        stands = [one for one in found if one]
        if len(every) > 1 and given and "id" in given:
            faults.append(f"{given['id']} would be the id of {len(every)} statements; give none")
        lines = [] if given is None else [SaidLine(said, given, stands) for said in every]
        return Draft(number, lines, stands, faults)

    def _put(self, draft: Draft, sources: Sequence[ShortClaim]) -> None:
        """Put a line where it belongs, if nothing is wrong with it; what is, is told of it."""
        number, lines, stands, faults = draft
        file = None if faults and not stands else faults.attempt(self._file, stands or sources)
        if file is None:
            return
        for stand in stands:
            faults.attempt(self._claim, stand, file, file)
        for line in lines:
            faults.attempt(self._qualified, line.said, line.given, stands, file)
            if not faults:
                faults.attempt(self._tell, number, line, file)

    def _tell(self, number: int, line: SaidLine, file: str) -> None:
        said, given, stands = line
        keys = self._qualified(said, given, stands, file)
        name = keys.get("id", "")
        there = there_already(
            said,
            keys,
            lambda where: [self._claim(stand, where, file) for stand in stands],
            self._case,
            self._where,
        )
        same = there and there.entry.table.get("id") == name
        if name in self._taken and not (same and number):
            raise UsageError(f'--id: "{name}" is taken')
        if there and name and not same:
            raise UsageError(f"{self._where(there.entry)} says so already; leave the id out")
        if there:
            place = self._added(there, stands, file, in_list=bool(number))
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
        if "when" in defaults and not any(keys.get(key) for key in DATE_KEYS):
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
        name = keys.get("id") or short_id(said, self._taken)
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

    def _added(
        self, there: There, stands: Sequence[ShortClaim], file: str, *, in_list: bool
    ) -> _Place:
        """Add claims and keys to a statement that is there; comments and order of its file stay."""
        entry = there.entry
        where = self._where(entry)
        name = entry.name
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
        if not (there.more or any(new)):
            if not in_list:
                raise UsageError(f"{where} says so already, with this claim; nothing is added")
            return _Place(entry.file, entry.path, name, added=True, already=True)
        self._edit.write(entry.file, tomlkit.dumps(document))
        entry.table.update({key: table[key].unwrap() for key in ("claims",) if key in table})
        entry.table.update(there.more)
        return _Place(entry.file, entry.path, name, added=True)

    def _join(self, claims: list[dict[str, Any]], claim: dict[str, Any], file: str) -> None:
        """Add a claim to some of one line, unless it is among them."""
        defaults = self._case.defaults(file)
        key = key_of(claim, defaults)
        same = [one for one in (*claims, claim) if key_of(one, defaults) == key]
        if len(same) > 1:
            cited = [one.rpartition("#")[2] for each in same for one in each["passages"]]
            raise UsageError(
                f"{key[0]} {key[1]} it twice in {key[2]}; write one claim with all its sentences: "
                f"{key[0]} {key[1]} {key[2]}#{','.join(dict.fromkeys(cited))}"
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
            stand = filled(stand, {**near, **self._case.defaults(file)}, near)
        return claim_of(stand, self._case, defaults, self._more.mode)

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
            hint = hints.get(f"statement {place.id}, predicate", "")
            stands = (place.id, place.added, status, against, told, hint)
            result.append(Written(place.file, line, *stands, *place.beside, place.already))
        return result
