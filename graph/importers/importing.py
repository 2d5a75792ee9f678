"""An import as a whole: files of a data set become, or change, a case."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..authoring import beginning
from ..authoring.editing import begin, editing
from ..authoring.placing import put, take_in
from ..authoring.slugs import slug_of
from ..errors import UsageError, UsageErrors
from . import reading
from .drafting import ImportDraft, draft_row, no_names
from .grouping import grouped
from .history import (
    LOG,
    called_otherwise,
    former,
    imports,
    log_with,
    refuse_another_way,
    refuse_illegible,
    refuse_otherwise,
)
from .keeping_out import NAME as GIT
from .keeping_out import kept_out
from .meant import refuse_unknown_in
from .writing import Release, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..authoring.editing import Edit
    from ..model.vocabulary import Vocabulary
    from .drafting import Skipped
    from .form import DataFormat
    from .reading import OpenTable, Where
    from .writing import ImportedFiles

EVENTS_UP_TO = 5_000
"""So many rows become events, one each; more are put together."""


MOST_REFUSED = 10_000
"""Of how many rows an import may have no use."""


class Request(NamedTuple):
    """What is asked for.

    Attributes:
        files: the tables.
        where: conditions on rows.
        release: the name of the release; else that of the first file.
        day: on which it was released; else the last day of which it tells.
        events_up_to: so many rows become events.
        part: whether it is a part of a whole, so that nothing that it lacks is taken away.
    """

    files: Sequence[Path]
    where: Sequence[Where] = ()
    release: str = ""
    day: str = ""
    events_up_to: int = EVENTS_UP_TO
    part: bool = False


class Imported(NamedTuple):
    """What an import did, or would do.

    Attributes:
        rows: how many were read and asked for, refused ones among them.
        used: how many say something in the case; of rows that were put together, all of a group.
        grouped: into how many rows they were put together; 0 if they were not.
        skipped: why rows were not used, or not in full.
        refused: rows that were refused, each with the reason.
        notes: what else is to be told of the files, and of names that a release changed.
        draft: what the rows say.
        written: the files.
        new: whether the case is begun.
    """

    rows: int
    used: int
    grouped: int
    skipped: Sequence[Skipped]
    refused: Sequence[tuple[str, str]]
    notes: Sequence[str]
    draft: ImportDraft
    written: ImportedFiles
    new: bool


def run(
    known: DataFormat,
    asked: Request,
    folder: Path,
    *,
    dry_run: bool,
    words: Vocabulary | None = None,
) -> Imported:
    """Import files of a data set into a case; it is begun if it is not there.

    Args:
        known: the format of the data set.
        asked: the files, and how.
        folder: the case's folder.
        dry_run: whether nothing is written.
        words: those of the ontology and of the case, if the rows' own are to be compared with them.

    Returns:
        What was done, or would be.

    Raises:
        DataProblems: a file has not the columns of the format, or a row says a word that is none.
        UsageError: a condition names no column, or no row says the day of the release.
        UnfitFile: a file is in no encoding of the format, or one of the case cannot be read.
        InputOutputError: a file cannot be read or written.
    """
    sources = [reading.opened(path, known) for path in asked.files]
    new = not (folder / "case.toml").is_file()
    with tempfile.TemporaryDirectory(prefix="hudna-import-") as scratch, ExitStack() as held:
        edit = None if new else held.enter_context(editing(folder, dry_run=dry_run, checked=False))
        there = None if new else folder
        done = _Import(known, asked, sources, Path(scratch), there)
        if not asked.part:
            refuse_otherwise(done.before, [one.text for one in asked.where], folder.name)
        draft = done.drafted(words)
        if not asked.part and draft.things:
            refuse_another_way(done.before, done.groups, done.rows)
        made = written(there, known.about, draft, done.releases(), part=asked.part)
        if not asked.part:
            refuse_illegible(draft.torn, made.changes.ended)
        notes = [note for one in sources for note in one.notes]
        notes += [*called_otherwise(there, draft.things.values(), made.matched), *no_names(draft)]
        result = Imported(
            done.rows, done.rows - len(draft.refused) if done.groups else draft.used, done.groups,
            draft.table_of_skipped(), draft.refused, notes, draft, made, new,
        )  # fmt: skip
        made.files.update([log_with(there, known.about["id"], done.entry(result))])
        if draft.things and not dry_run:
            _write(done, made.files, folder, edit)
    return result


class _Import:
    """An import that is being made."""

    def __init__(
        self,
        known: DataFormat,
        asked: Request,
        sources: Sequence[OpenTable],
        scratch: Path,
        folder: Path | None,
    ) -> None:
        self.known = known
        self.asked = asked
        self.sources = sources
        self.scratch = scratch
        self.before = imports(folder, known.about["id"])
        self.former = former(folder)
        self.draft = ImportDraft()
        self.draft.until = min(self.draft.until, asked.day or self.draft.until)
        self.rows = 0
        self.groups = 0
        self.parquet: list[Path] = []
        first = asked.files[0].name.split(".")[0]
        self.release = slug_of(asked.release or first) or "release"

    def name_of(self, number: int) -> str:
        """Return the id of the source that a file becomes."""
        name = self.known.about["id"]
        if self.release.startswith(f"{name}-"):
            name = self.release
        else:
            name = f"{name}-{self.release.removeprefix(name) or 'table'}"
        table = self.sources[number].table.name
        alone = [one.table.name for one in self.sources].count(table) == 1
        more = (alone and slug_of(table)) or str(number + 1)
        name = name if number == 0 else f"{name}-{more}"
        return self.former.get(name, name)

    def _file_of(self, source: str) -> str:
        names = {self.name_of(n): one.path.as_posix() for n, one in enumerate(self.sources)}
        return names[source]

    def drafted(self, words: Vocabulary | None) -> ImportDraft:
        """Return what all rows say; refuse rows that cannot be used, and words that are none."""
        self._draft_all()
        _refuse_useless(self.draft, self.asked.files)
        if words is not None:
            refuse_unknown_in(self.draft, words, self._file_of)
        return self.draft

    def _draft_all(self) -> None:
        asked = reading.conditions(self.sources, self.asked.where)
        for number, (source, conditions) in enumerate(zip(self.sources, asked, strict=True)):
            table, name = source.table, self.name_of(number)
            refused: list[tuple[str, str]] = []
            rows = reading.rows(source, conditions, refused, self.draft.torn)
            first = list(islice(rows, self.asked.events_up_to + 1)) if table.group else []
            rows = chain(first, rows)
            if table.group and len(first) > self.asked.events_up_to:
                file = f"{name}.parquet"
                found = grouped(table, rows, refused, file, self.scratch, self.draft)
                self.parquet.append(found.parquet)
                self.rows += found.number + len(refused)
                self.groups += len(found.rows)
                for row in found.rows:
                    draft_row(self.draft, table, row, f"{name}#{row.number}")
            else:
                for row in rows:
                    self.rows += 1
                    draft_row(self.draft, table, row, f"{name}#{row.number}")
                self.rows += len(refused)
            self.draft.refused += refused

    def releases(self) -> dict[str, Release]:
        """Return what the files become as sources."""
        if not self.draft.statements:
            return {}
        day, basis = self.asked.day, "The day that was given when it was imported."
        if not day:
            day = self.draft.last_day
            basis = "The last day of which it tells; it was released on that day or later."
        if not day:
            raise UsageError(
                "no row tells a day; say when the data set was released: --date 2024-05-01"
            )
        found = {}
        for number, source in enumerate(self.sources):
            name = self.name_of(number)
            title = f"{self.known.about['label']}, {self.asked.release or source.path.name}"
            found[name] = Release(
                name, title, day, basis, source.text.sha256, source.text.characters
            )
        return found

    def entry(self, done: Imported) -> dict[str, object]:
        """Return what the log of the case says of the import."""
        return {
            "format": self.known.name,
            "files": [path.name for path in self.asked.files],
            "sources": [self.name_of(n) for n in range(len(self.sources))],
            "where": [one.text for one in self.asked.where],
            "part": self.asked.part or None,
            "rows": done.rows,
            "used": done.used,
            "grouped": self.groups or None,
            "refused": [list(one) for one in self.draft.refused],
        }


def _refuse_useless(draft: ImportDraft, files: Sequence[Path]) -> None:
    """Refuse tables of which so many rows cannot be used that something is wrong with all."""
    if len(draft.refused) > MOST_REFUSED:
        first = [f"row {number}: {why}" for number, why in draft.refused[:5]]
        names = ", ".join(path.name for path in files)
        raise UsageErrors(
            [f"{names}: {len(draft.refused)} rows cannot be used; the first:", *first]
        )


def _write(done: _Import, files: Mapping[str, str], folder: Path, edit: Edit | None) -> None:
    """Write files, with the rows that are kept apart; what may not be passed on is kept out of git.

    Args:
        done: the import.
        files: their texts, by paths in the case's folder.
        folder: the case's folder.
        edit: the change that they are a part of; ``None`` if the case is begun.
    """
    about, kept = done.known.about, {f"{LOG}/{path.name}": path for path in done.parquet}
    ignored = kept_out(folder if edit else None, about, [*files, *kept])
    if edit is None:
        title = f"{folder.name.replace('-', ' ').capitalize()}: {about['label']}"
        first = beginning.begun(
            folder.name, title, f"Editors of {folder.name}", "en",
            about.get("about", title), about["licence"],
        )  # fmt: skip
        last = {GIT: ignored} if ignored else {}
        begin(folder, {**first, **files, **last}, kept, checked=False)
        return
    for name, text in files.items():
        edit.write(name, text)
    if ignored:
        put(done.scratch / GIT, ignored)
        take_in(done.scratch / GIT, folder, GIT)
    for name, path in kept.items():
        take_in(path, folder, name)
