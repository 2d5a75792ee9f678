"""A store of events: Parquet by data set and release, and what each release added and ended.

``FOLDER/dataset=NAME/release=NAME/part-*.parquet``. Beside the releases of a data set stands
``MANIFEST``, by which the folder is known as one of ours.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import InputOutputError
from .duck import path_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MANIFEST = "_releases.json"
"""Spark and others pass over names that begin so."""
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""Names of data sets and releases, as they stand in names of folders."""
VALUES = ("source", "target", "sign", "place", "weight", "valid_from", "valid_to")
"""What a row says; if none of it changes, the row stays as it was."""
COLUMNS = ("claim", "file", "row", *VALUES, "known_from", "known_to")
SELECTED = ", ".join(f'"{one}"' for one in COLUMNS)
_SQL = Path(__file__).resolve().parent / "releases"


class StoredFile(NamedTuple):
    """A file that a manifest lists.

    Attributes:
        file: its path, from the folder of the data set or from that of all files of a release.
        size: in bytes.
        sha256: its fingerprint.
        rows: of a file of the store; of a file that was read they are not counted one by one.
    """

    file: str
    size: int
    sha256: str
    rows: int = 0


class StoredRelease(NamedTuple):
    """What a release said.

    Attributes:
        name: of the release.
        day: on which it came out, as ``2024-05-01``.
        part: whether it was no whole, so that nothing that it lacks ended.
        files: that were read.
        rows: how many they have.
        refused: how many rows could not be kept, by reason.
        added: rows with an id that nothing known had.
        changed: rows that say otherwise than what was known with their id.
        dropped: rows that were known, and are not in it.
        same: rows that stay as they were.
    """

    name: str
    day: str
    part: bool
    files: Sequence[StoredFile]
    rows: int
    refused: Mapping[str, int]
    added: int
    changed: int
    dropped: int
    same: int


class StoredDataSet(NamedTuple):
    """The releases of a data set.

    Attributes:
        folder: where they are.
        name: of the data set.
        table: what kind of table its files are, as in ``gdelt``.
        written: how often it was written; files of each time have names of their own.
        releases: the oldest first.
        parquet: the files.
    """

    folder: Path
    name: str
    table: str
    written: int
    releases: tuple[StoredRelease, ...]
    parquet: tuple[StoredFile, ...]

    def manifest(self) -> bytes:
        """Return what ``MANIFEST`` says."""
        told: dict[str, Any] = {
            "dataset": self.name, "table": self.table, "written": self.written,
            "releases": [{**one._asdict(), "files": _plain(one.files)} for one in self.releases],
            "parquet": _plain(self.parquet),
        }  # fmt: skip
        return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"

    def known_on(self, day: str | None) -> int:
        """Return how many rows were known on a day, or are known now."""
        return known_rows(one for one in self.releases if day is None or one.day <= day)


def data_sets(folder: Path) -> list[StoredDataSet]:
    """Return what a store holds, by name.

    Raises:
        InputOutputError: it is no store, or files are not those that its manifests list; all such
            are told.
    """
    found, wrong = list[StoredDataSet](), list[str]()
    for path in sorted(folder.glob("dataset=*")):
        try:
            found.append(data_set(path))
        except InputOutputError as error:
            wrong.append(str(error))
    if wrong:
        raise InputOutputError("\n".join(wrong))
    if not found:
        raise InputOutputError(
            f"{folder.as_posix()}: no store of events; hudna events add makes one"
        )
    return found


def data_set(folder: Path) -> StoredDataSet:
    """Return what the folder of a data set holds.

    Raises:
        InputOutputError: its manifest cannot be read, or lists other files than there are.
    """
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_bytes())
        releases = tuple(
            StoredRelease(**{**one, "files": _listed(one["files"])}) for one in told["releases"]
        )
        found = StoredDataSet(folder, told["dataset"], told["table"], told["written"], releases,
                              _listed(told["parquet"]))  # fmt: skip
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputOutputError(
            f"{path.as_posix()}: no list of releases by hudna events add ({error}); put back a "
            "copy of the folder, or move it and add its releases again"
        ) from error
    _compare(found)
    return found


def _compare(found: StoredDataSet) -> None:
    listed = {one.file: one.size for one in found.parquet}
    paths = {one.relative_to(found.folder).as_posix(): one for one in found.folder.rglob("*.*")
             if one.suffix == ".parquet"}  # fmt: skip
    wrong = [f"{name} is not there" for name in sorted(listed.keys() - paths.keys())]
    wrong += [f"{name} was not written by hudna" for name in sorted(paths.keys() - listed.keys())]
    wrong += [f"{name} has another size than was written"
              for name in sorted(listed.keys() & paths.keys())
              if paths[name].stat().st_size != listed[name]]  # fmt: skip
    if wrong:
        told = "; ".join(wrong[:5]) + (f"; and {len(wrong) - 5} more" if len(wrong) > 5 else "")
        raise InputOutputError(
            f"{found.folder.as_posix()}: {told}; put back a copy of the folder, or move it and "
            "add its releases again"
        )


def known_rows(releases: Iterable[StoredRelease]) -> int:
    """Return how many rows are known after some releases, the first among them."""
    return sum(one.added - one.dropped for one in releases)


def parquet_list(paths: Iterable[Path]) -> str:
    """Return files of a store as a list in SQL."""
    return path_list(one.as_posix() for one in paths)


@cache
def release_sql(name: str) -> str:
    """Return the text of a file in ``releases/``."""
    return (_SQL / f"{name}.sql").read_text("utf-8")


def _plain(files: Iterable[StoredFile]) -> list[dict[str, Any]]:
    return [one._asdict() for one in files]


def _listed(files: Iterable[Mapping[str, Any]]) -> tuple[StoredFile, ...]:
    return tuple(StoredFile(**one) for one in files)
