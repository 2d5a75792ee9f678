"""A whole case: every file in sorted order, one record each, and all problems at once."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import InputOutputError, UnfitFile, suggestion
from ..model import (
    Case,
    FigureRule,
    FormerId,
    Judgement,
    NameResolution,
    Note,
    Origin,
    Source,
    Statement,
    Thing,
)
from ..model.folders import refuse_no_case
from ..model.terms import PREFIXES
from ..model.textfiles import data_of, text_of, toml_in
from ..model.tours import Tour
from ..model.withholding import BY_DEFAULT
from . import fields
from .access import NOTHING, Hidden, apart_from
from .concealing import telling
from .context import Context
from .coordinates import check_coordinates
from .figure_rules import check_figure_rules
from .hints import add_hints
from .judged import check_judged
from .kept_back import check_access
from .loose_ends import add_loose_ends
from .makers import MAKERS, MAKERS_OF_FILES, label_of
from .mentioning import mentioned
from .passing_on import passed_on
from .problems import ProblemReport
from .references import (
    check_broken,
    check_claimed,
    check_facts,
    check_grounds,
    check_other,
    check_references,
)
from .releases import as_told, knowing
from .schemas import schemas
from .second_folder import with_claims
from .statements import dated_alternatives, whole_conditions
from .terms import TERMS_FILE, vocabulary_of
from .tours import check_tours
from .transcripts import Transcripts, digest_of
from .withheld import check_withheld

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ..model import Record
    from ..model.vocabulary import Vocabulary
    from .makers import Make
    from .schemas import Schema

Some = TypeVar("Some", bound="Record")

OTHER_FOLDERS = ("answers", "sequences", "imports")
"""Folders of a case that hold no records: queries, stored answers, and what was imported."""

FOLDERS: tuple[str, ...] = tuple(MAKERS)
RESERVED = frozenset({*PREFIXES, "g", "graph", "list", "ontology", "term"})
MAX_FILES = 50_000
"""Most files of one folder."""
FILES = ("case.toml", "identity.toml", "notes.toml", "figures.toml", TERMS_FILE)


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
    folder: Path,
    vocabulary: Vocabulary,
    hidden: Hidden = NOTHING,
    apart: Path | None = None,
    kept: Transcripts | None = None,
) -> tuple[Case, ProblemReport]:
    """Read a case as far as its files are right.

    Args:
        folder: the folder with ``case.toml``.
        vocabulary: the ontology; the case's own terms are read beside it.
        hidden: what is left out, as ``hidden`` of ``graph.reader.access`` finds it in the whole.
        apart: a second folder with files of the case, kept apart because they are secret unless
            they say otherwise.
        kept: what files gave before, of which those that are as they were are not read again; of a
            reading that leaves something out, or has a second folder, nothing is kept.

    Returns:
        The records that could be made, with hints if all could be; and the problems.

    Raises:
        DataProblems: a file of terms cannot be parsed; nothing else of the case is looked at.
        InputOutputError: the folder or a file cannot be read.
    """
    refuse_no_case(folder)
    whole = hidden.whole and hidden.known is None and apart is None
    reading = _Reading(folder, hidden, apart, kept if whole and kept else Transcripts())
    try:
        case = reading.read(vocabulary)
    except Exception as error:
        error.add_note(f"while reading {(folder / reading.at).as_posix()}")
        raise
    reading.kept.whole = True
    hints = () if reading.report.files else tuple(reading.report.hints(folder))
    return replace(case, hints=hints), reading.report


class _Reading:
    """One pass over the files of a case, with the problems found so far."""

    def __init__(self, folder: Path, hidden: Hidden, apart: Path | None, kept: Transcripts) -> None:
        self.folder = folder
        self.folders = (
            {"": folder} if apart is None else {"": folder, apart_from(folder, apart): apart}
        )
        self.hidden = hidden
        self.at = ""
        self.kept = kept
        self.report = ProblemReport()
        self.unreadable: set[str] = {*hidden.levels}

    def read(self, vocabulary: Vocabulary) -> Case:
        self._check_names()
        self.at = TERMS_FILE
        vocabulary = vocabulary_of(self.folder, vocabulary, self.report, max(self.folders))
        words = schemas(vocabulary)
        head = self._head(words.case)
        editor = head.get("editor", "")
        self.kept.begin(vocabulary, editor)
        sources: dict[str, Source] = {}
        ctx = Context(
            vocabulary, words, sources, self.report, self.unreadable, editor, hidden=self.hidden
        )
        read = [one for one in self._records("sources", ctx) if isinstance(one, Source)]
        if self.hidden.known is not None:
            self.hidden = knowing(self.hidden, read)
            self.unreadable.update(self.hidden.levels)
            ctx = replace(ctx, hidden=self.hidden)
        sources.update((one.id, one) for one in self.hidden.shown(read))
        found_things, statements, tours = self._things(ctx)
        statements = with_claims(statements, ctx.added, ctx)
        statements = dated_alternatives(self.hidden.shown(statements), ctx)
        statements = as_told(whole_conditions(statements, ctx), ctx)
        identity = tuple(self._optional("identity.toml", ctx))
        notes = tuple(self._optional("notes.toml", ctx))
        figures = tuple(self._optional("figures.toml", ctx))
        here = Origin("case.toml", (), head.get("id", ""))
        ends = [source.latest_end for source in sources.values() if source.latest_end]
        case = Case(
            **{"as_of": max(ends, default=None), **fields.values(Case, head)},
            withheld=telling(head, ("ids",), here, ctx).or_as(BY_DEFAULT),
            id=head.get("id", self.folder.name),
            sources=tuple(sources.values()),
            things=tuple(sorted(self.hidden.shown(found_things), key=lambda thing: thing.id)),
            statements=tuple(sorted(statements, key=lambda statement: statement.id)),
            judgements=self._shown(Judgement, identity),
            resolutions=self._shown(NameResolution, identity),
            notes=self._shown(Note, notes),
            figure_rules=self._ruled(figures),
            former=self._shown(FormerId, identity),
            tours=tuple(tours) if self.hidden.whole and self.hidden.known is None else (),
            origin=here,
        )
        self.at = ""
        found = tuple(mentioned(case, ctx))
        case = replace(case, things=found, statements=tuple(passed_on(case)))
        self._check(case, ctx)
        return case

    def _check(self, case: Case, ctx: Context) -> None:
        """Tell what is wrong, or to be looked at, in what no file shows by itself.

        Of a reading of a day, which follows one of all, only who may see what is asked.
        """
        if self.hidden.known is not None:
            self.report = ProblemReport()
            check_withheld(case, self.report, whole=self.hidden.whole)
            return
        vocabulary = ctx.vocabulary
        excused = {*self.unreadable, *(good["id"] for _, good in ctx.broken if "id" in good)}
        check_references(case, vocabulary, self.report, ctx.default_voices, excused)
        check_broken(case, ctx, excused)
        check_claimed(case, self.hidden.left_of(ctx.unclaimed), self.report)
        if self.hidden.whole:
            check_facts(case, self.unreadable, self.report)
        check_grounds(case, self.report)
        check_other(case, self.report)
        check_coordinates(case, self.report)
        check_tours(case, self.report)
        check_judged(case, self.report)
        check_figure_rules(case, vocabulary, self.report)
        check_withheld(case, self.report, whole=self.hidden.whole)
        check_access(case, self.report, (*ctx.unmade, *self._unparsed()))
        changing = {name for name, one in vocabulary.predicates.items() if one.changes}
        add_hints(case, self.report, changing)
        add_loose_ends(case, vocabulary, self.report)
        self.report.hint_contested()

    def _ruled(self, found: Iterable[Record]) -> tuple[FigureRule, ...]:
        """Return the rules for figures that are not left out, each with the voices that are not."""
        shown = self.hidden.shown
        return tuple(
            replace(one, order=tuple(shown(one.order))) for one in self._shown(FigureRule, found)
        )

    def _shown(self, record: type[Some], found: Iterable[Record]) -> tuple[Some, ...]:
        """Return the records of a class that are not left out."""
        return tuple(self.hidden.shown(one for one in found if isinstance(one, record)))

    def _head(self, schema: Schema) -> dict[str, Any]:
        if (table := self._table("case.toml")) is None:
            return {}
        origin = Origin("case.toml", (), label_of(table.get("id", "")))
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

    def _records(self, folder: str, ctx: Context) -> Iterator[Record]:
        """Yield the records of the files of a folder, in sorted order.

        Files that cannot be parsed are reported and left out; their ids are remembered.
        """
        for before, root in self.folders.items():
            for slug, origin in self._files_below(root / folder, f"{before}{folder}"):
                yield from self._made(slug, origin, ctx, MAKERS[folder])

    def _files_below(self, folder: Path, shown: str) -> Iterator[tuple[str, Origin]]:
        """Yield slug and origin of each TOML file of a folder."""
        names: list[str] = []
        with suppress(OSError):  # there need be none
            names = sorted(entry.name for entry in os.scandir(folder))
        if len(names) > MAX_FILES:
            wrong = f"has {len(names)} files; {MAX_FILES} is the most"
            self.report(Origin(shown), "", wrong, 0)
            self.unreadable.update(name.rpartition(".")[0] or name for name in names)
            return
        for name in names:
            if name.startswith("."):
                continue
            slug = name.removesuffix(".toml")
            origin = Origin(f"{shown}/{name}", (), slug)
            if slug == name:
                self.report(
                    origin._replace(label=""), "", "is no TOML file; move it out of the case", 0
                )
                continue
            if wrong_name := fields.slug(slug):
                self.report(origin, "", f"the file's name {wrong_name}")
            yield slug, origin

    def _made(self, slug: str, origin: Origin, ctx: Context, make: Make) -> tuple[Record, ...]:
        """Return the records of a file, as it gave them before if all is as it was then."""
        data = self._data(origin.file)
        digest = digest_of(data or b"")
        found = None if data is None else self.kept.fitting(origin.file, digest, ctx)
        if found is None:
            table = None if data is None else self._parsed(origin.file, data)
            if not table:
                self.unreadable.update({slug} - {""})
                return ()
            part = ctx.part()
            records = tuple(make(table, slug, origin, part))
            ctx.take(part)
            found = self.kept.made(origin.file, digest, records, part)
        if origin.folder == "sources":
            self.kept.source(slug, digest)
        found.tell(ctx)
        return found.records

    def _table(self, name: str) -> dict[str, Any] | None:
        """Return the contents of a file, or ``None`` if it cannot be read, which is reported."""
        data = self._data(name)
        return None if data is None else self._parsed(name, data)

    def _data(self, name: str) -> bytes | None:
        self.at = name
        try:
            return data_of(self.folder / name)
        except UnfitFile as error:
            self._tell_unfit(name, error)
            return None

    def _parsed(self, name: str, data: bytes) -> dict[str, Any] | None:
        try:
            table = toml_in(self.folder / name, data)
        except UnfitFile as error:
            self._tell_unfit(name, error)
            return None
        if not table:
            self.report(Origin(name), "", "is empty; write its keys, or remove the file", 0)
        return table

    def _tell_unfit(self, name: str, error: UnfitFile) -> None:
        self.report(Origin(name), "", error.reason, error.line)
        self.report.unparsed.add(name)

    def _unparsed(self) -> Iterator[tuple[dict[str, Any], Origin]]:
        """Yield what may be meant in files that could not be parsed: words that are like ids."""
        for name in sorted(self.report.unparsed):
            with suppress(InputOutputError, UnfitFile):
                text = text_of(self.folder / name)
                yield {"text": fields.SLUG.findall(text)}, Origin(name, (), Path(name).stem)

    def _things(self, ctx: Context) -> tuple[list[Thing], list[Statement], list[Tour]]:
        found = [one for folder in FOLDERS[1:] for one in self._records(folder, ctx)]
        things = [one for one in found if isinstance(one, Thing)]
        statements = [one for one in found if isinstance(one, Statement)]
        return things, statements, [one for one in found if isinstance(one, Tour)]

    def _optional(self, name: str, ctx: Context) -> Iterator[Record]:
        """Yield the records of a file beside the folders, if it is there."""
        for before in self.folders:
            if os.path.lexists(self.folder / f"{before}{name}"):
                yield from self._made("", Origin(f"{before}{name}"), ctx, MAKERS_OF_FILES[name])


def _misplaced_name(name: str, known: Collection[str]) -> str:
    hint = suggestion(name, known) or f"; known are {', '.join(known)}"
    return f'"{name}" does not belong in the folder of a case{hint}'
