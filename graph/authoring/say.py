"""Saying what a sentence says: a statement and its claims, added to a file of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import tomlkit

from ..errors import ChangeRefused, DataProblems, Problem, UsageError
from ..model import vocabulary
from ..model.lexicon import Lexicon
from ..model.terms import spaced
from ..read import CaseGraph
from ..reader import fields
from ..reader.files import Lines
from ..reader.statements import made_id
from . import blocks
from .authored import Authored, StatementTable
from .claims import claim_of, only_source, which_source
from .editing import editing
from .sayings import FORM, Sayings, parts_of
from .slugs import slug_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from .editing import Edit
    from .sayings import Said, ShortClaim

_LONGEST_ID = 60
_DATES = ("when", "begins", "ends", "when_text", "when_basis", "when_passages")
"""With one of these a statement takes no date of its file."""
_NARROWING = ("place", "scope", "extent", "channel", "via", "under", "if", "one_of", "motive")
"""With one of these a statement says something else than its three parts and date alone."""


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
        id: the statement's id.
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


class _Place(NamedTuple):
    """Where a line was put: file, path of tables, id, and whether the block was there."""

    file: str
    path: tuple[tuple[str, int], ...]
    id: str
    added: bool


def say(
    folder: Path, lines: Sequence[tuple[int, str]], more: Qualifiers, *, dry_run: bool = False
) -> list[Written]:
    """Add statements and claims to a case: all of them, or none.

    Args:
        folder: the case's folder.
        lines: the statements in the short form, each with its number in a list, or 0.
        more: what is said of each of them beside.
        dry_run: whether they are only checked, and nothing written.

    Raises:
        ChangeRefused: a line cannot be read, or what it says is wrong in this case; all are told.
        InputOutputError: there is no such case, or it cannot be written.
    """
    ontology = vocabulary.load()
    teller = None
    try:
        with editing(folder, dry_run=dry_run) as edit:
            teller = _Teller(edit, ontology, more)
            teller.tell_all(lines)
    except DataProblems as error:
        problems = teller.located(error.problems) if teller else error.problems
        raise ChangeRefused(problems) from error
    return teller.written()


def _passages(claim: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a list of TOML
    """Return the sentences that a claim cites, which may stand under the key's former name."""
    return claim.get("passages") or claim.get("at", [])


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

    def tell_all(self, lines: Sequence[tuple[int, str]]) -> None:
        """Put lines where they belong.

        Raises:
            ChangeRefused: some cannot be read, or say what is said already; all are told.
        """
        wrong = []
        for number, line in lines:
            try:
                self._tell(number, line)
            except UsageError as error:
                wrong.append(_told(number, str(error)))
        if wrong:
            raise ChangeRefused(wrong)

    def _tell(self, number: int, line: str) -> None:
        first, *others = parts_of(line)
        if not others or not all(others):
            raise UsageError(f"nobody says so; write after a bar who does: {FORM}")
        if self._more.id in self._taken:
            raise UsageError(f'--id: "{self._more.id}" is taken')
        said = self._sayings.proposition(first)
        stands = [self._sayings.stand(tokens) for tokens in others]
        file = self._file(stands)
        entry = self._same(said, self._qualified(said, file))
        added = entry and self._added(entry, stands)
        place = added or self._appended(said, stands, file)
        self._places.append(place)
        self._numbers[place.id] = number

    def _file(self, stands: Sequence[ShortClaim]) -> str:
        """Return the file that a statement goes to."""
        file = self._chosen(stands)
        if file not in self._case.files and (self._edit.folder / file).exists():
            raise UsageError(f"{file} cannot be read; see: hudna check")
        return file

    def _chosen(self, stands: Sequence[ShortClaim]) -> str:
        there = self._case.statement_files()
        if self._more.file:
            name = self._more.file.removesuffix(".toml").removeprefix("statements/")
            if wrong := fields.slug(name):
                raise UsageError(f"--to: {wrong}")
            return f"statements/{name}.toml"
        source = next((one.source for one in stands if one.source), "") or only_source(self._case)
        own = [
            name
            for name in there
            if self._case.defaults(f"statements/{name}.toml").get("source") == source
        ]
        if source and len(own) == 1:
            return f"statements/{own[0]}.toml"
        if len(there) == 1:
            return f"statements/{there[0]}.toml"
        if not source:
            raise which_source(self._case)
        return f"statements/{source}.toml"

    def _qualified(self, said: Said, file: str) -> dict[str, Any]:
        """Return the keys beside subject, predicate and object that the statement gets."""
        resolve = self._case.resolve
        return {
            "when": said.when,
            "place": resolve(self._more.place, "place") if self._more.place else "",
            "scope": self._more.scope,
            "question": [resolve(one, "question") for one in self._more.question],
            "note": self._more.note,
        } | ({"when": ""} if said.when == self._case.defaults(file).get("when") else {})

    def _same(self, said: Said, keys: Mapping[str, Any]) -> StatementTable | None:
        """Return the statement that says the same already, at the same time and as widely.

        Raises:
            UsageError: one says it of less than the line does, so that either may be meant.
        """
        narrower = ""
        for entry in self._case.statements:
            if not said.says(entry.table):
                continue
            default = self._case.defaults(entry.file).get("when", "")
            dated = any(key in entry.table for key in _DATES)
            bounded = not {"begins", "ends"}.isdisjoint(entry.table)
            when = entry.table.get("when", bounded or "") if dated else default
            made = entry.path[0][0] != "statement"
            if when != (said.when or default) and not (made and not said.when):
                continue
            answers = fields.listed(entry.table.get("question", []))
            others = {key: keys[key] for key in ("place", "scope") if keys[key]}
            if any(entry.table.get(key) != value for key, value in others.items()):
                continue
            if not {*keys["question"]} <= {*answers}:
                continue
            less = [key for key in _NARROWING if entry.table.get(key) and not keys.get(key)]
            if made or not less:
                return entry
            narrower = narrower or self._less(entry, less)
        if narrower and not self._more.id:
            raise UsageError(narrower)
        return None

    def _less(self, entry: StatementTable, keys: Sequence[str]) -> str:
        """Return that a statement says less by some keys, and how to tell what is meant."""
        where = f"{entry.file}:{self._line(entry.file, entry.path)}"
        told = " and ".join(f'{key} = "{entry.table[key]}"' for key in keys)
        sayable = {*keys} <= {"place", "scope"}
        there = f"give --{' and --'.join(keys)} as there" if sayable else "write the claim there"
        return f"{where} says so with {told}; is it that, {there}; else give another --id"

    def _appended(self, said: Said, stands: Sequence[ShortClaim], file: str) -> _Place:
        name = self._id(said)
        claims: list[dict[str, Any]] = []
        for stand in stands:
            self._join(claims, self._claim(stand, file), file)
        keys = {
            "id": name,
            "subject": said.subject,
            "predicate": said.predicate,
            "object": said.object,
            "value": said.value,
        }
        table = {**keys, **self._qualified(said, file), "claims": claims}
        self._edit.append(file, blocks.table(table, "[[statement]]"))
        index = sum(one.file == file for one in self._case.statements)
        kept = {key: value for key, value in table.items() if value not in (None, "", [])}
        entry = StatementTable(file, (("statement", index),), kept)
        self._case.statements.append(entry)
        self._case.files.setdefault(file, {})
        self._taken.add(name)
        return _Place(file, entry.path, name, added=False)

    def _added(self, entry: StatementTable, stands: Sequence[ShortClaim]) -> _Place:
        """Add claims to a statement that is there; comments and order of its file are kept."""
        of = entry.table.get
        made = made_id(str(of("subject")), str(of("predicate")), of("object"), of("value"))
        name = str(of("id", made))
        where = f"{entry.file}:{self._line(entry.file, entry.path)}"
        if "claims" not in entry.table and entry.path[0][0] == "role":
            raise UsageError(
                f"{where} says so already, with the claims of its event; "
                "add the claim there, or give the role claims of its own"
            )
        if self._more.id:
            raise UsageError(f"{where} says so already, as {name}; leave --id out")
        if self._more.note not in ("", entry.table.get("note", "")):
            raise UsageError(f"{where} says so already; leave --note out, and write it there")
        document = tomlkit.parse(self._edit.read(entry.file).replace("\r\n", "\n"))
        table: Any = document
        for key, index in entry.path:
            table = table[key][index] if isinstance(table[key], list) else table[key]
        if "claims" not in table:
            table["claims"] = tomlkit.array()
        for stand in stands:
            self._joined(table["claims"], self._claim(stand, entry.file), entry.file, where)
        self._edit.write(entry.file, tomlkit.dumps(document))
        entry.table["claims"] = table["claims"].unwrap()
        return _Place(entry.file, entry.path, name, added=True)

    def _join(self, claims: list[dict[str, Any]], claim: dict[str, Any], file: str) -> None:
        """Add a claim to some of one line, unless it is among them."""
        if any(self._key(one, file) == self._key(claim, file) for one in claims):
            raise UsageError(
                f"{claim['stance']} stands twice for one voice and source; write one "
                "claim with all its sentences: 7.1,7.2"
            )
        claims.append(claim)

    def _joined(self, array: Any, claim: dict[str, Any], file: str, where: str) -> None:  # noqa: ANN401 - tomlkit's own type
        """Add a claim, or its sentences to the one of the same voice, stance and source."""
        for old in array:
            if self._key(old, file) != self._key(claim, file):
                continue
            there = self._full(_passages(old), file)
            new = [one for one in claim["passages"] if self._full([one], file)[0] not in there]
            if not new:
                raise UsageError(f"{where} says so already, with this claim; nothing is added")
            for key in ("certainty", "mode"):
                if old.get(key) != claim.get(key):
                    raise UsageError(
                        f"{where} has this claim with the {key} "
                        f"{old.get(key) or 'of its file'}; change it there"
                    )
            _passages(old).extend(new)
            return
        blocks.with_item(array, claim)

    def _key(self, claim: Mapping[str, Any], file: str) -> tuple[str, str, str]:
        """Return voice, stance and source of a claim: a statement has one of each."""
        voice = claim.get("voice", self._case.defaults(file).get("voice", ""))
        first = self._full(_passages(claim), file)[:1]
        return voice, claim.get("stance", ""), "".join(first).partition("#")[0]

    def _full(self, passages: Sequence[str], file: str) -> list[str]:
        source = self._case.defaults(file).get("source", "")
        return [one if "#" in one else f"{source}#{one}" for one in map(str, passages)]

    def _claim(self, stand: ShortClaim, file: str) -> dict[str, Any]:
        return claim_of(stand, self._case, self._case.defaults(file), self._more.mode)

    def _id(self, said: Said) -> str:
        """Return the id that is given, or a short one made of the three parts."""
        if self._more.id:
            return self._more.id
        end = said.object if said.object is not None else str(said.value)
        verb = spaced(said.predicate).replace(" ", "-")
        start = f"{said.subject}-{verb}"
        short = slug_of(f"{start}-{end}", _LONGEST_ID) or slug_of(start, _LONGEST_ID)
        number, name = 2, short
        while name in self._taken:
            name, number = f"{short}-{number}", number + 1
        return name

    def _line(self, file: str, path: tuple[tuple[str, int], ...]) -> int:
        return Lines(self._edit.read(file)).of(path, "")

    def located(self, problems: Sequence[Problem]) -> list[Problem]:
        """Return problems of what was said, told of the lines that say it."""
        found = []
        for one in problems:
            name = one.place.partition(",")[0].removeprefix("statement ")
            ours = name in self._numbers
            number = self._numbers.get(name, 0)
            found.append(_told(number, one.message) if ours else one)
        return found

    def written(self) -> list[Written]:
        """Return what became of each line, when all have been checked."""
        graph = None
        if self._edit.judged:
            case, store = self._edit.judged
            graph = CaseGraph(store, case.id)
        result = []
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
