"""Adding a release to a store of events: what it says as before stays, the rest is told by days.

The folder of the data set is made anew beside the store, with links to the files that stay, and then
takes the place of the old one. Whoever is killed before leaves the store as it was.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from contextlib import contextmanager, suppress
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from filelock import FileLock, Timeout

from ..build.saving import exchange
from ..errors import InputOutputError, UsageError, UsageErrors
from ..model import dates
from .casts import mild, unreadable
from .duck import FILE, ROW, duck, quoted
from .questions import SELECT, fitting, table_of
from .sources import each_file
from .store import (
    MANIFEST,
    NAME,
    SELECTED,
    Listed,
    StoredDataSet,
    StoredRelease,
    data_set,
    parquet_list,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .duck import Duck
    from .questions import EventTable
    from .sources import EventFiles

MEMORY = "4GB"
TWICE = "an id that an earlier row has"
_PATIENCE = 10.0
_LARGEST = "256MB"
"""About so large is a file of the store; where a row ends, one file is written anew."""
_SQL = Path(__file__).resolve().parent / "releases"


class NewRelease(NamedTuple):
    """What is to be added.

    Attributes:
        dataset: the name of the data set.
        name: of the release.
        day: on which it came out, as ``2024-05-01``.
        part: whether it is no whole, so that nothing that it lacks ends.
        replace: whether it takes the place of the newest release, which has its name.
        table: a file of SQL that says what the columns are, if Hudna does not know.
    """

    dataset: str
    name: str
    day: str
    part: bool = False
    replace: bool = False
    table: Path | None = None


class Added(NamedTuple):
    """What was added, or would be.

    Attributes:
        release: with its numbers.
        table: what kind of table it is.
        refused: why rows could not be kept, how many, and the first of them.
        known: how many rows of the data set are known now.
    """

    release: StoredRelease
    table: EventTable
    refused: Sequence[tuple[str, int, Sequence[str]]]
    known: int


def add(
    into: Path,
    given: Sequence[str],
    asked: NewRelease,
    *,
    memory: str = MEMORY,
    scratch: str | None = None,
    dry_run: bool = False,
) -> Added:
    """Add a release of a data set to a store, which is begun if it is not there.

    Args:
        into: the folder of the store.
        given: files, or folders with Parquet files.
        asked: which release it is.
        memory: so much DuckDB uses at most.
        scratch: a folder for what does not fit into it; by default that for temporary files.
        dry_run: whether nothing is written.

    Raises:
        UsageError: names, day or table do not fit, or no row can be kept.
        InputOutputError: a file cannot be read or written; the store is as it was.
    """
    files, into = each_file(given), into.resolve()
    _refuse_words(asked)
    with _told(into), _locked(into, asked.dataset, dry_run=dry_run), duck(memory, scratch) as db:
        folder = into / f"dataset={asked.dataset}"
        old = data_set(folder) if folder.exists() else None
        _refuse_order(old, asked)
        with tempfile.TemporaryDirectory(prefix="hudna-events-", dir=scratch) as beside:
            made = _Release(db, files, asked, old, Path(beside))
            if not dry_run:
                _write(made, into, folder)
    return made.result()


def _refuse_words(asked: NewRelease) -> None:
    wrong = [
        f'--{what}: "{name}" cannot be the name of a folder; take letters, digits, ".", "_" and '
        '"-", the first a letter or digit'
        for what, name in (("dataset", asked.dataset), ("release", asked.name))
        if not NAME.fullmatch(name)
    ]
    try:
        dates.day(asked.day)
    except ValueError as error:
        wrong.append(f"--date: {error}")
    if wrong:
        raise UsageErrors(wrong)


def _refuse_order(old: StoredDataSet | None, asked: NewRelease) -> None:
    """Refuse a release that does not come after all that are there."""
    there = {one.name: one for one in old.releases} if old else {}
    before = [one for one in there.values() if not (asked.replace and one.name == asked.name)]
    newest, last = (max(some, key=lambda one: one.day, default=None)
                    for some in (there.values(), before))  # fmt: skip
    wrong = []
    if asked.replace and (newest is None or newest.name != asked.name):
        told = f"the newest is {newest.name} of {newest.day}" if newest else "there is none yet"
        wrong.append(f"--replace writes the newest release anew, and that is not {asked.name}; "
                     f"{told}")  # fmt: skip
    elif asked.name in there and not asked.replace:
        how = (
            "to write it anew, give --replace" if newest and newest.name == asked.name
            else "only the newest can be written anew; give this one another name"
        )  # fmt: skip
        wrong.append(f"{asked.dataset} has a release {asked.name}, of {there[asked.name].day}; "
                     f"{how}")  # fmt: skip
    if last is not None and asked.day <= last.day:
        wrong.append(
            f"{asked.dataset} has the release {last.name} of {last.day}, and the new one is of "
            f"{asked.day}; releases are added by day, one a day: give a later one, or add all of "
            "them in order to another folder"
        )
    if wrong:
        raise UsageErrors(wrong)


class _Release:
    """A release that is compared with what is there."""

    def __init__(
        self,
        db: Duck,
        files: EventFiles,
        asked: NewRelease,
        old: StoredDataSet | None,
        scratch: Path,
    ) -> None:
        self.db, self.files, self.asked = db, files, asked
        self.written = old.written + 1 if old else 1
        self.before = [one for one in old.releases if one.name != asked.name] if old else []
        self.undone = old.releases[-1].day if old and asked.replace else None
        own = f"release={asked.name}/"
        self.older = [(one, old.folder / one.file) for one in old.parquet
                      if not one.file.startswith(own)] if old else []  # fmt: skip
        columns = db.read(files)
        self.table = self._table(columns, old)
        needed = {one.lower() for one in (*self.table.columns, self.table.id, self.table.until)}
        db.place(files, [one for one in columns if one.lower() in needed], scratch)
        self._read(columns)
        self._compare()

    def _table(self, columns: Sequence[str], old: StoredDataSet | None) -> EventTable:
        table = table_of(self.asked.table) if self.asked.table else fitting(columns)
        if not table.id:
            raise UsageError(f'{table.name}: no line "-- id: COLUMN" says which column tells rows '
                             "apart in all releases")  # fmt: skip
        if lacking := table.lacks(columns, table.id):
            raise UsageError(
                f"{table.title}: the files have no column {', '.join(lacking)}; rows are found "
                f"again in the next release by {table.id}"
            )
        if old and table.name != old.table:
            raise UsageError(f"{old.name} is of the kind {old.table}, and these files are of "
                             f"{table.name}; give another --dataset")  # fmt: skip
        return table

    def _read(self, columns: Sequence[str]) -> None:
        """Make the view ``kept``, and count what cannot be kept."""
        table, root = self.table, os.path.commonpath([Path(one).parent for one in self.files.paths])
        there = table.until and not table.lacks(columns, table.until)
        day = f"replace(substring(CAST({table.until} AS VARCHAR), 1, 10), '-', '')"
        until = f"TRY_CAST({day} AS INT)" if there else "CAST(NULL AS INT)"
        more = (f'CAST({table.id} AS VARCHAR) AS id, {FILE} AS file, {ROW} + 1 AS "row", '
                f"{unreadable(table.sql)} AS unreadable, {until} AS until,")  # fmt: skip
        sql = SELECT.sub(lambda _: f"SELECT {more}", mild(table.sql), count=1)
        self.db.execute(_sql("rows").format(
            dataset=self.asked.dataset, day=self.asked.day, id=table.id,
            root=len(root.rstrip("/")) + 2, table=sql.replace("{known}", "known_to IS NULL") + "\n",
        ))  # fmt: skip
        found = {why: (int(number), some or []) for why, number, some in
                 self.db.rows(_sql("refused"))}  # fmt: skip
        self.usable = found.pop(None, (0, []))[0]
        self.db.execute(_sql("twice"))
        again = list(self.db.rows('SELECT file, "row" FROM twice ORDER BY file, "row"'))
        once = ""
        if again:
            found[TWICE] = len(again), [f"{file}, row {row}" for file, row in again[:3]]
            self.usable -= len(again)
            once = "AND (file, \"row\") NOT IN (SELECT (file, \"row\") FROM twice)"
        self.refused = [(why, *some) for why, some in sorted(found.items())]
        if not self.usable:
            told = "; ".join(f"{why}: {number}, as {some[0]}" for why, number, some in self.refused)
            raise UsageError(f"no row of the files can be kept ({told or 'they have none'})")
        self.db.execute(_sql("kept").format(columns=SELECTED, once=once))

    def _compare(self) -> None:
        """Find out what the release says otherwise; files of the store are ``stored``."""
        self.differs = {(True, False): self.usable, (True, True): 0, (False, True): 0}
        if self.older:
            self._view("stored", [path for _, path in self.older])
            whole = "false" if self.asked.part else "true"
            self.db.execute(_sql("differing").format(whole=whole))
            counted = "SELECT said, filename IS NOT NULL, count(*) FROM differing GROUP BY ALL"
            self.differs[True, False] = 0
            self.differs |= {(bool(said), bool(was)): int(number)
                             for said, was, number in self.db.rows(counted)}  # fmt: skip

    def _view(self, name: str, paths: Sequence[Path]) -> None:
        undone = f"DATE '{self.undone}'" if self.undone else "NULL"
        self.db.execute(_sql("stored").format(
            name=name, columns=SELECTED, files=parquet_list(paths), undone=undone
        ))  # fmt: skip

    def touched(self) -> set[str]:
        """Return the files of older releases in which rows end, or end no more."""
        if not self.older:
            return set()
        found = {str(one[0]) for one in self.db.rows(
            "SELECT DISTINCT filename FROM differing WHERE filename IS NOT NULL")}  # fmt: skip
        if self.undone:
            files = parquet_list(path for _, path in self.older)
            found |= {str(one[0]) for one in self.db.rows(
                f"SELECT DISTINCT filename FROM read_parquet({files}, filename = true) "  # noqa: S608
                f"WHERE known_to = DATE '{self.undone}'")}  # fmt: skip
        return found

    def write_new(self, folder: Path) -> None:
        """Write what the release says anew, if it says anything."""
        if not self.differs[True, False] + self.differs[True, True]:
            return
        anew = " SEMI JOIN (SELECT claim FROM differing WHERE said) AS d ON d.claim = kept.claim"
        sql = f"SELECT kept.* FROM kept{anew if self.older else ''}"  # noqa: S608
        pattern = f"part-{self.written:06}-{{i}}"
        self.db.execute(
            f"COPY ({sql}) TO '{quoted(folder.as_posix())}' (FORMAT parquet, COMPRESSION zstd, "
            f"FILE_SIZE_BYTES '{_LARGEST}', FILENAME_PATTERN '{pattern}')"
        )

    def write_ended(self, path: Path, folder: Path, number: int) -> None:
        """Write a file of an older release anew."""
        self._view("part", [path])
        sql = _sql("ended").format(day=self.asked.day, file=f"'{quoted(path.as_posix())}'")
        target = folder / f"part-{self.written:06}-e{number}.parquet"
        self.db.execute(f"COPY ({sql}) TO '{quoted(target.as_posix())}' "
                        "(FORMAT parquet, COMPRESSION zstd)")  # fmt: skip

    @cached_property
    def release(self) -> StoredRelease:
        """The release with its numbers."""
        root = Path(os.path.commonpath([Path(one).parent for one in self.files.paths]))
        added, changed, dropped = (
            self.differs[key] for key in ((True, False), (True, True), (False, True))
        )
        refused = {why: number for why, number, _ in self.refused}
        return StoredRelease(
            self.asked.name, self.asked.day, self.asked.part,
            tuple(_listed(Path(one), root) for one in self.files.paths),
            self.usable + sum(refused.values()), refused, added, changed, dropped,
            self.usable - added - changed,
        )  # fmt: skip

    def result(self) -> Added:
        """Return what is told of it."""
        release = self.release
        known = sum(one.added - one.dropped for one in (*self.before, release))
        return Added(release, self.table, self.refused, known)


def _write(made: _Release, into: Path, folder: Path) -> None:
    """Write the folder of the data set anew, and put it in its place."""
    room = Path(tempfile.mkdtemp(prefix=f".{into.name}-{made.asked.dataset}-", dir=into.parent))
    try:
        fresh = room / folder.name
        fresh.mkdir()
        made.write_new(fresh / f"release={made.asked.name}")
        touched = made.touched()
        for number, (listed, path) in enumerate(made.older):
            target = fresh / listed.file
            target.parent.mkdir(exist_ok=True)
            if path.as_posix() in touched:
                made.write_ended(path, target.parent, number)
            else:
                _linked(path, target)
        parquet = tuple(
            _listed(one, fresh)._replace(rows=made.db.number_of_rows(one))
            for one in sorted(fresh.rglob("*.parquet"))
        )
        found = StoredDataSet(folder, made.asked.dataset, made.table.name, made.written,
                              (*made.before, made.release), parquet)  # fmt: skip
        (fresh / MANIFEST).write_bytes(found.manifest())
        _flush(fresh)
        exchange(folder, fresh, room / "before")
    finally:
        shutil.rmtree(room, ignore_errors=True)


@contextmanager
def _locked(into: Path, dataset: str, *, dry_run: bool) -> Iterator[None]:
    """Let nobody else write the data set, and take away what somebody left who was killed."""
    if dry_run:
        yield
        return
    into.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(into / f".{dataset}.lock", timeout=_PATIENCE):
            _clean(into, dataset)
            yield
    except Timeout as error:
        raise InputOutputError(
            f"{into.as_posix()}: {dataset} is being written by another command; try again when "
            "it is done"
        ) from error


def _clean(into: Path, dataset: str) -> None:
    folder = into / f"dataset={dataset}"
    left = re.compile(rf"\.{re.escape(into.name)}-{re.escape(dataset)}-[a-z0-9_]{{8}}")
    for room in [one for one in into.parent.iterdir() if left.fullmatch(one.name)]:
        if (room / "before").exists() and not folder.exists():
            (room / "before").rename(folder)
        shutil.rmtree(room, ignore_errors=True)


@contextmanager
def _told(into: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or into
        raise InputOutputError(f"{where}: {error.strerror or error}; the store is as it was") from error


def _linked(path: Path, target: Path) -> None:
    """Put a file that stays as it is into another folder, too."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copy2(path, target)


def _listed(path: Path, root: Path) -> Listed:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Listed(path.relative_to(root).as_posix(), path.stat().st_size, digest)


def _flush(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            with suppress(OSError):  # some systems cannot flush a folder
                os.fsync(descriptor)
        finally:
            os.close(descriptor)


@cache
def _sql(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text("utf-8")
