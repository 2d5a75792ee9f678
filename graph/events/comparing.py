"""A release compared with what a store knows: what it says anew, and what ends with it."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..build.manifest import listed_of
from ..errors import UsageError
from .casts import placed
from .duck import quoted
from .questions import fitting, refuse_lacking, table_of
from .store import SELECTED, VALUES, StoredFile, StoredRelease, parquet_list, release_sql

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .duck import Duck
    from .questions import EventTable
    from .sources import EventFiles
    from .store import StoredDataSet

TWICE = "an id that an earlier row has"
_LARGEST = "256MB"
"""About so large is a file of the store; where a row ends, one file is written anew."""


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


class ReleaseDraft:
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
        refuse_lacking(table, self.db.lacking(self.files, (*table.columns, table.id)))
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
        sql = placed(table.sql, f"CAST({table.id} AS VARCHAR) AS id, {until} AS until,")
        self.db.execute(release_sql("rows").format(
            dataset=self.asked.dataset, day=self.asked.day, id=table.id,
            root=len(root.rstrip("/")) + 2, table=sql.replace("{known}", "known_to IS NULL") + "\n",
        ))  # fmt: skip
        found = {why: (int(number), some or []) for why, number, some in
                 self.db.rows(release_sql("refused"))}  # fmt: skip
        self.usable = found.pop(None, (0, []))[0]
        self.db.execute(release_sql("twice"))
        again = list(self.db.rows('SELECT file, "row" FROM twice ORDER BY file, "row"'))
        once = ""
        if again:
            found[TWICE] = len(again), [f"{file}, row {row}" for file, row in again[:3]]
            self.usable -= len(again)
            once = 'AND (file, "row") NOT IN (SELECT (file, "row") FROM twice)'
        self.refused = [(why, *some) for why, some in sorted(found.items())]
        if not self.usable:
            told = "; ".join(f"{why}: {number}, as {some[0]}" for why, number, some in self.refused)
            raise UsageError(f"no row of the files can be kept ({told or 'they have none'})")
        self.db.execute(release_sql("kept").format(columns=SELECTED, once=once))

    def _compare(self) -> None:
        """Find out what the release says otherwise; files of the store are ``stored``."""
        self.differs = {(True, False): self.usable, (True, True): 0, (False, True): 0}
        if self.older:
            self._view("stored", [path for _, path in self.older])
            whole = "false" if self.asked.part else "true"
            sides = {side: ", ".join(f"{side}.{one}" for one in VALUES)
                     for side in ("before", "now")}  # fmt: skip
            self.db.execute(release_sql("differing").format(whole=whole, **sides))
            counted = "SELECT said, nth IS NOT NULL, count(*) FROM differing GROUP BY ALL"
            self.differs[True, False] = 0
            self.differs |= {(bool(said), bool(was)): int(number)
                             for said, was, number in self.db.rows(counted)}  # fmt: skip

    def _view(self, name: str, paths: Sequence[Path]) -> None:
        undone = f"DATE '{self.undone}'" if self.undone else "NULL"
        self.db.execute(release_sql("stored").format(
            name=name, columns=SELECTED, files=parquet_list(paths), undone=undone
        ))  # fmt: skip

    def touched(self) -> set[int]:
        """Return the places of older files in which rows end, or end no more."""
        if not self.older:
            return set()
        asked = "SELECT DISTINCT nth FROM differing WHERE nth IS NOT NULL"
        if self.undone:
            files = parquet_list(path for _, path in self.older)
            asked += (
                f" UNION SELECT file_index FROM read_parquet({files}) "  # noqa: S608
                f"WHERE known_to = DATE '{self.undone}'"
            )
        return {int(one[0]) for one in self.db.rows(asked)}

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
        sql = release_sql("ended").format(day=self.asked.day, nth=number)
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
            tuple(listed_file(Path(one), root) for one in self.files.paths),
            self.usable + sum(refused.values()), refused, added, changed, dropped,
            self.usable - added - changed,
        )  # fmt: skip


def listed_file(path: Path, root: Path) -> StoredFile:
    """Return a file as a manifest lists it.

    Args:
        path: the file.
        root: the folder from which its path is told.
    """
    with path.open("rb") as file:
        return StoredFile(path.relative_to(root).as_posix(), *listed_of(file))
