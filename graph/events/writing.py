"""Adding a release to a store of events: what it says as before stays, the rest is told by days.

The folder of the data set is made anew beside the store, with links to the files that stay, and
then takes the place of the old one. Whoever is killed before leaves the store as it was.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from filelock import FileLock, Timeout

from ..build.saving import exchange
from ..errors import InputOutputError, UsageErrors
from ..model import dates
from .comparing import ReleaseDraft, listed_file
from .duck import MEMORY, duck
from .sources import each_file
from .store import (
    MANIFEST,
    NAME,
    StoredDataSet,
    StoredFile,
    StoredRelease,
    data_set,
    known_rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .comparing import NewRelease
    from .questions import EventTable

_PATIENCE = 10.0


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
            made = ReleaseDraft(db, files, asked, old, Path(beside))
            if not dry_run:
                _write(made, into, folder)
    known = known_rows((*made.before, made.release))
    return Added(made.release, made.table, made.refused, known)


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


def _write(made: ReleaseDraft, into: Path, folder: Path) -> None:
    """Write the folder of the data set anew, and put it in its place."""
    room = Path(tempfile.mkdtemp(prefix=f".{into.name}-{made.asked.dataset}-", dir=into.parent))
    try:
        fresh = room / folder.name
        fresh.mkdir()
        made.write_new(fresh / f"release={made.asked.name}")
        touched, stays = made.touched(), dict[Path, StoredFile]()
        for number, (listed, path) in enumerate(made.older):
            target = fresh / listed.file
            target.parent.mkdir(exist_ok=True)
            if number in touched:
                made.write_ended(path, target.parent, number)
            else:
                _linked(path, target)
                stays[target] = listed
        parquet = tuple(
            stays.get(one) or listed_file(one, fresh)._replace(rows=made.db.number_of_rows(one))
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
        raise InputOutputError(
            f"{where}: {error.strerror or error}; the store is as it was"
        ) from error


def _linked(path: Path, target: Path) -> None:
    """Put a file that stays as it is into another folder, too."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copy2(path, target)


def _flush(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            with suppress(OSError):  # some systems cannot flush a folder
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
