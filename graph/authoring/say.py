"""Saying what a sentence says: a statement and its claims, added to a file of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import tomlkit

from ..errors import ChangeRefused, DataProblems, Problem, UsageError
from ..model import Statement, vocabulary
from ..model.lexicon import Lexicon
from ..model.terms import spaced
from ..read import CaseGraph
from ..reader.files import Lines
from ..reader.references import UNCLAIMED
from ..reader.statements import made_id
from ..reader.terms import vocabulary_of
from . import blocks
from .authored import Authored, StatementTable
from .claims import claim_of, filled, join, key_of, only_source
from .editing import editing
from .keyed import with_source
from .said_already import there_already
from .sayings import FORM, Sayings
from .slugs import slug_of
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


class Qualifiers(NamedTuple):
    """What is said of a statement beside its claims; empty where nothing is.

    Attributes:
        place: id or name of a place.
        question: ids or labels of the questions that it answers.
        scope: what it covers.
        note: what to mind.
        mode: as what the claims say it, where they do not say so themselves.
        file: the file of statements that it goes to, without ``.toml``.
        id: its id.
    """

    place: str = ""
    question: tuple[str, ...] = ()
    scope: str = ""
    note: str = ""
    mode: str = ""
    file: str = ""
    id: str = ""


class Written(NamedTuple):
    """What became of a line.

    Attributes:
        file: the file, below the case's folder.
        line: where the statement stands in it.
        id: the statement's id; empty where a file was begun with its defaults.
        added: whether the claims were added to a statement that was there.
        status: its status with them; empty where the case has problems and none can be derived.
        against: the stands that contradict each other, in words.
        text: the block as it stands now.
    """

    file: str
    line: int
    id: str
    added: bool
    status: str
    against: tuple[str, ...]
    text: str


class _Line(NamedTuple):
    """What a line says: the statement, its qualifiers, and who says so."""

    said: Said
    given: Mapping[str, Any]
    stands: Sequence[ShortClaim]


class _Place(NamedTuple):
    """Where a line was put: file, path of tables, id, and whether the block was there."""

    file: str
    path: tuple[tuple[str, int], ...]
    id: str
    added: bool


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
        ChangeRefused: a line cannot be read, or what it says is wrong in this case; all are told.
        InputOutputError: there is no such case, or it cannot be written.
    """
    ontology = vocabulary_of(folder, vocabulary.load())
    teller = None
    try:
        with editing(folder, dry_run=dry_run) as edit:
            teller = _Teller(edit, ontology, more)
            if defaults:
                teller.begin(defaults, ontology)
            teller.tell_all(lines)
    except DataProblems as error:
        problems = teller.located(error.problems) if teller else error.problems
        raise ChangeRefused(problems) from error
    return teller.written()


def _told(number: int, message: str) -> Problem:
    return Problem("standard input" if number else "Error", number, "", message)


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
        wrong = []
        read: list[tuple[int, _Line]] = []
        for number, text in lines:
            try:
                read.append((number, self._read(text)))
            except UsageError as error:
                wrong.append(_told(number, str(error)))
        sources = [one for _, line in read for one in line.stands]
        for number, line in read:
            try:
                self._tell(number, line, self._file(line.stands or sources))
            except UsageError as error:
                wrong.append(_told(number, str(error)))
        if wrong:
            raise ChangeRefused(wrong)

    def _read(self, line: str) -> _Line:
        first, *others = parts_of(line)
        if others == [[]]:
            others = []  # nobody says so by itself
        elif not others or not all(others):
            raise UsageError(_NOBODY)
        plain, keyed = parted(first)
        return _Line(
            self._sayings.proposition(plain),
            self._sayings.qualifiers(keyed),
            [self._sayings.stand(tokens) for tokens in others],
        )

    def _tell(self, number: int, line: _Line, file: str) -> None:
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
        return {key: value for key, value in keys.items() if value not in ("", [])}

    def _appended(
        self, said: Said, keys: Mapping[str, Any], stands: Sequence[ShortClaim], file: str
    ) -> _Place:
        name = keys.get("id") or self._id(said)
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
        return _Place(file, entry.path, name, added=False)

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
                f"{claim['stance']} stands twice for one voice and source; write one "
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
            stand = filled(stand, {**self._case.defaults(file), **defaults})
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
            message = _NOBODY if one.message == UNCLAIMED else one.message
            found.append(_told(number, message) if ours else one)
        return found

    def written(self) -> list[Written]:
        """Return what became of each line, when all have been checked."""
        graph = None
        if self._edit.judged:
            case, store = self._edit.judged
            graph = CaseGraph(store, case.id)
        result = []
        if self._begun:
            text = self._edit.read(self._begun)
            result.append(Written(self._begun, 1, "", False, "", (), text.rstrip()))
        for place in self._places:
            status, against = _status(graph, place.id) if graph else ("", ())
            text = self._edit.read(place.file)
            line = self._line(place.file, place.path)
            block = text.splitlines()[line - 1 :]
            end = next((n for n, row in enumerate(block) if n and row.startswith("[")), len(block))
            told = "\n".join(block[:end]).rstrip()
            result.append(Written(place.file, line, place.id, place.added, status, against, told))
        return result


def _status(graph: CaseGraph, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the status of a statement, and the stands that contradict each other."""
    statement = graph.statement(name)
    own = [claim for claim in statement.claims if claim.disputes]
    others = {one for claim in own for one in claim.disputes} - {claim.id for claim in own}
    stands = [*own, *map(graph.claim, sorted(others))]
    return statement.status, tuple(
        f"{graph.label(one.voice) or one.voice} {spaced(one.stance)}"
        + (f" {one.statement}" if one.statement != name else "")
        for one in stands
    )
