"""A whole case: every file in sorted order, one record each, and all problems at once."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import InputOutputError, UnfitFile, suggestion
from ..model import Actor, Case, Origin, Place, Source, Topic
from ..model.folders import refuse_no_case
from ..model.terms import PREFIXES
from ..model.textfiles import text_of, toml_of
from ..model.withholding import BY_DEFAULT
from . import fields, remarks, things
from .access import NOTHING, Hidden, apart_from
from .concealing import telling
from .context import Context
from .coordinates import check_coordinates
from .defaults import written_out
from .hints import add_hints
from .kept_back import check_access
from .loose_ends import add_loose_ends
from .mentioning import mentioned
from .passing_on import passed_on
from .problems import ProblemReport
from .references import check_broken, check_claimed, check_grounds, check_other, check_references
from .schemas import IDENTITY_FILE, NOTES_FILE, STATEMENTS_FILE, schemas
from .second_folder import adds_claims, with_claims
from .sources import source
from .statements import authored_statement, dated_alternatives, whole_conditions
from .terms import TERMS_FILE, vocabulary_of
from .withheld import check_withheld

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from ..model import FormerId, Judgement, NameResolution, Note, Statement, Thing
    from ..model.vocabulary import Vocabulary
    from .schemas import Schema

Record = TypeVar("Record")

NAMED_FOLDERS = {"actors": Actor, "places": Place, "topics": Topic}
OTHER_FOLDERS = ("answers", "sequences")
"""Folders of a case that hold no records: queries, and questions with their stored answers."""

_MAKERS: dict[str, Callable[..., tuple[list[Thing], list[Statement]]]] = {
    "events": things.event,
    "agreements": things.agreement,
    "mechanisms": things.mechanism,
    "questions": things.question,
}
FOLDERS = ("sources", *NAMED_FOLDERS, *_MAKERS, "statements")
RESERVED = frozenset({*PREFIXES, "g", "graph", "ontology", "term"})
MAX_FILES = 50_000
"""Most files of one folder."""
FILES = ("case.toml", "identity.toml", "notes.toml", TERMS_FILE)


def read(folder: Path, vocabulary: Vocabulary, apart: Path | None = None) -> Case:
    """Read a case from its folder.

    Args:
        folder: the folder with ``case.toml``.
        vocabulary: the ontology; the case's own terms are read beside it.
        apart: as for ``partly``.

    Returns:
        All records, sorted by id.

    Raises:
        DataProblems: something in the files is wrong; the error holds all problems.
        InputOutputError: the folder or a file cannot be read.
    """
    case, report = partly(folder, vocabulary, apart=apart)
    report.refuse(folder)
    return case


def partly(
    folder: Path, vocabulary: Vocabulary, hidden: Hidden = NOTHING, apart: Path | None = None
) -> tuple[Case, ProblemReport]:
    """Read a case as far as its files are right.

    Args:
        folder: the folder with ``case.toml``.
        vocabulary: the ontology; the case's own terms are read beside it.
        hidden: what is left out, as ``hidden`` of ``graph.reader.access`` finds it in the whole.
        apart: a second folder with files of the case, kept apart because they are secret unless
            they say otherwise.

    Returns:
        The records that could be made, with hints if all could be; and the problems.

    Raises:
        DataProblems: a file of terms cannot be parsed; nothing else of the case is looked at.
        InputOutputError: the folder or a file cannot be read.
    """
    refuse_no_case(folder)
    reading = _Reading(folder, hidden, apart)
    try:
        case = reading.read(vocabulary)
    except Exception as error:
        error.add_note(f"while reading {(folder / reading.at).as_posix()}")
        raise
    hints = () if reading.report.files else tuple(reading.report.hints(folder))
    return replace(case, hints=hints), reading.report


class _Reading:
    """One pass over the files of a case, with the problems found so far."""

    def __init__(self, folder: Path, hidden: Hidden, apart: Path | None) -> None:
        self.folder = folder
        self.folders = (
            {"": folder} if apart is None else {"": folder, apart_from(folder, apart): apart}
        )
        self.hidden = hidden
        self.at = ""
        self.report = ProblemReport()
        self.added: list[tuple[Mapping[str, Any], Origin]] = []
        self.unreadable: set[str] = {*hidden.levels}

    def read(self, vocabulary: Vocabulary) -> Case:
        self._check_names()
        self.at = TERMS_FILE
        vocabulary = vocabulary_of(self.folder, vocabulary, self.report, max(self.folders))
        words = schemas(vocabulary)
        head = self._head(words.case)
        sources = {source.id: source for source in self.hidden.shown(self._sources(words.source))}
        editor = head.get("editor", "")
        ctx = Context(
            vocabulary, words, sources, self.report, self.unreadable, editor, hidden=self.hidden
        )
        found_things, statements = self._things(ctx)
        statements = [*statements, *self._statements(ctx)]
        statements = with_claims(statements, self.added, ctx)
        statements = dated_alternatives(self.hidden.shown(statements), ctx)
        statements = whole_conditions(statements, ctx)
        judgements, resolutions, former = self._identity(ctx)
        here = Origin("case.toml", (), head.get("id", ""))
        written = [source.latest_end for source in sources.values() if source.latest_end]
        case = Case(
            **{"as_of": max(written, default=None), **fields.values(Case, head)},
            withheld=telling(head, ("ids",), here, ctx).or_as(BY_DEFAULT),
            id=head.get("id", self.folder.name),
            sources=tuple(sources.values()),
            things=tuple(sorted(self.hidden.shown(found_things), key=lambda thing: thing.id)),
            statements=tuple(sorted(statements, key=lambda statement: statement.id)),
            judgements=tuple(self.hidden.shown(judgements)),
            resolutions=tuple(self.hidden.shown(resolutions)),
            notes=tuple(self.hidden.shown(self._notes(ctx))),
            former=tuple(self.hidden.shown(former)),
            origin=here,
        )
        self.at = ""
        found = tuple(mentioned(case, ctx))
        case = replace(case, things=found, statements=tuple(passed_on(case)))
        excused = {*self.unreadable, *(good["id"] for _, good in ctx.broken if "id" in good)}
        check_references(case, vocabulary, self.report, ctx.default_voices, excused)
        check_broken(case, ctx, excused)
        check_claimed(case, self.hidden.left_of(ctx.unclaimed), self.report)
        check_grounds(case, self.report)
        check_other(case, self.report)
        check_coordinates(case, self.report)
        check_withheld(case, self.report, whole=self.hidden.whole)
        check_access(case, self.report, (*ctx.unmade, *self._unparsed()))
        changing = {name for name, one in vocabulary.predicates.items() if one.changes}
        add_hints(case, self.report, changing)
        add_loose_ends(case, vocabulary, self.report)
        self.report.hint_contested()
        return case

    def _head(self, schema: Schema) -> dict[str, Any]:
        if (table := self._table("case.toml")) is None:
            return {}
        origin = Origin("case.toml", (), _label(table.get("id", "")))
        head = fields.checked(table, schema, origin, self.report)
        case = head.get("id", "x")
        if case in RESERVED or not case[0].isalpha():
            message = f'"{case}" cannot be the id of a case: it must begin with a letter'
            self.report(origin, "id", f"{message} and be no prefix of the project")
        if head.get("id", self.folder.name) != self.folder.name:
            message = f'"{head["id"]}" is not the name of the folder, "{self.folder.name}"'
            self.report(origin, "id", f"{message}; they must be the same")
        return head

    def _check_names(self) -> None:
        for before, folder in self.folders.items():
            for path in sorted(folder.iterdir()):
                if path.name.startswith(".") or path.suffix in (".md", ".rq"):
                    continue
                files = FILES[1:] if before else FILES
                known = FOLDERS + OTHER_FOLDERS if path.is_dir() else files
                if path.name not in known:
                    wrong = partial(_misplaced_name, path.name, known)
                    self.report(Origin(before + path.name), "", wrong, 0)

    def _files(self, folder: str) -> Iterator[tuple[str, Origin, dict[str, Any]]]:
        """Yield slug, origin and table of each TOML file of a folder, in sorted order.

        Files that cannot be parsed are reported and left out; their ids are remembered.
        """
        for before, root in self.folders.items():
            yield from self._files_below(root / folder, f"{before}{folder}")

    def _files_below(
        self, folder: Path, shown: str
    ) -> Iterator[tuple[str, Origin, dict[str, Any]]]:
        paths = list(folder.glob("*"))
        if len(paths) > MAX_FILES:
            wrong = f"has {len(paths)} files; {MAX_FILES} is the most"
            self.report(Origin(shown), "", wrong, 0)
            self.unreadable.update(path.stem for path in paths)
            return
        for path in sorted(paths):
            if path.name.startswith("."):
                continue
            origin = Origin(f"{shown}/{path.name}", (), path.stem)
            if path.suffix != ".toml":
                self.report(
                    origin._replace(label=""), "", "is no TOML file; move it out of the case", 0
                )
                continue
            if wrong_name := fields.slug(path.stem):
                self.report(origin, "", f"the file's name {wrong_name}")
            table = self._table(origin.file)
            if table:
                yield path.stem, origin, table
            else:
                self.unreadable.add(path.stem)

    def _table(self, name: str) -> dict[str, Any] | None:
        """Return the contents of a file, or ``None`` if it cannot be read, which is reported."""
        self.at = name
        try:
            table = toml_of(self.folder / name)
        except UnfitFile as error:
            self.report(Origin(name), "", error.reason, error.line)
            self.report.unparsed.add(name)
            return None
        if not table:
            self.report(Origin(name), "", "is empty; write its keys, or remove the file", 0)
        return table

    def _unparsed(self) -> Iterator[tuple[dict[str, Any], Origin]]:
        """Yield what may be meant in files that could not be parsed: words that are like ids."""
        for name in sorted(self.report.unparsed):
            with suppress(InputOutputError, UnfitFile):
                text = text_of(self.folder / name)
                yield {"text": fields.SLUG.findall(text)}, Origin(name, (), Path(name).stem)

    def _sources(self, schema: Schema) -> Iterator[Source]:
        for slug, origin, table in self._files("sources"):
            good = fields.checked(table, schema, origin, self.report)
            yield source(slug, origin, good, self.report)

    def _things(self, ctx: Context) -> tuple[list[Thing], list[Statement]]:
        found: list[Thing] = []
        statements: list[Statement] = []
        for folder, record in NAMED_FOLDERS.items():
            schema = getattr(ctx.schemas, record.__name__.lower())
            for slug, origin, table in self._files(folder):
                found.append(things.named_thing(record, table, slug, schema, origin, ctx))
        for folder, make in _MAKERS.items():
            for slug, origin, table in self._files(folder):
                more_things, more_statements = make(table, slug, origin, ctx)
                found += more_things
                statements += more_statements
        return found, statements

    def _statements(self, ctx: Context) -> Iterator[Statement]:
        for _slug, origin, table in self._files("statements"):
            full = written_out(table, origin, ctx)
            good = fields.checked(full, STATEMENTS_FILE, origin, self.report)
            for index, entry in enumerate(good.get("statement", [])):
                label = f"statement {_called(entry, index + 1)}"
                here = Origin(origin.file, (("statement", index),), label)
                if adds_claims(entry, here):
                    self.added.append((entry, here))
                    continue
                statement = authored_statement(entry, here, ctx)
                if statement is not None:
                    yield statement

    def _identity(
        self, ctx: Context
    ) -> tuple[list[Judgement], list[NameResolution], list[FormerId]]:
        judgements: list[Judgement] = []
        resolutions: list[NameResolution] = []
        former: list[FormerId] = []
        for name, table in self._optional("identity.toml", IDENTITY_FILE):
            judgements += _entries(table, name, "judgement", remarks.judgement, ctx)
            resolutions += _entries(table, name, "resolution", remarks.resolution, ctx)
            former += _entries(table, name, "former", remarks.former, ctx)
        return judgements, resolutions, former

    def _notes(self, ctx: Context) -> Iterator[Note]:
        for name, table in self._optional("notes.toml", NOTES_FILE):
            yield from _entries(table, name, "note", remarks.note, ctx)

    def _optional(self, name: str, schema: Schema) -> Iterator[tuple[str, dict[str, Any]]]:
        for before in self.folders:
            if os.path.lexists(self.folder / f"{before}{name}"):
                table = self._table(f"{before}{name}")
                if table:
                    file = Origin(f"{before}{name}")
                    yield file.file, fields.checked(table, schema, file, self.report)


def _entries(
    table: Mapping[str, Any],
    file: str,
    key: str,
    make: Callable[[Mapping[str, Any], Origin, Context], Record | None],
    ctx: Context,
) -> Iterator[Record]:
    for index, entry in enumerate(table.get(key, [])):
        here = Origin(file, ((key, index),), f"{key} {_label(entry.get('id', index + 1))}")
        record = make(entry, here, ctx)
        if record is None:
            ctx.unmade.append((entry, here))
        else:
            yield record


def _called(entry: Mapping[str, Any], number: int) -> str:
    """Return what messages call a statement: its id, else its three parts, else its number."""
    parts = [entry.get(key) for key in ("subject", "predicate", "object")]
    made = " ".join(map(str, parts)) if all(isinstance(part, str) for part in parts) else number
    return _label(entry.get("id", made))


def _label(name: object) -> str:
    """Return an id as messages call it; what is no id may be of any type and size."""
    return str(name)[:100] if isinstance(name, str | int) else "?"


def _misplaced_name(name: str, known: Collection[str]) -> str:
    hint = suggestion(name, known) or f"; known are {', '.join(known)}"
    return f'"{name}" does not belong in the folder of a case{hint}'
