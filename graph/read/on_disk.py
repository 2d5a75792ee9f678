"""Stores on the disk: made once of a file, and open whole for whoever can open nothing later.

The engine opens ``AT_ONCE`` tables with a store, and each other one when something is first looked
up in it. The child that answers a query can open no file by then. So whoever makes a store seeks
quads whose lookups open every table, and keeps them beside the tables; whoever opens it looks them
up, and sees among the open files of the process that no table is missing.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..errors import InputOutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

AT_ONCE = 16
"""So many tables RocksDB opens with a store (``kInitialLoadLimit`` in its ``version_builder.cc``);
fewer where a process may open fewer than 122 files. A store with more is compacted."""
LOOKS = "looks.nq"
"""The file of a store that holds the quads whose lookups open all tables."""
MADE_BY = f"pyoxigraph {ox.__version__}, {LOOKS}"
"""What makes the stores of ``make_kept``; another version may write them in another way."""

_MOST_SOUGHT = 4000
"""So many quads of the file are tried; each takes half a millisecond."""
_GOLDEN = (5**0.5 - 1) / 2
"""Multiples of it, less whole numbers, lie between 0 and 1 as evenly as can be, however many."""
_OPEN_FILES = "/dev/fd"
"""Where POSIX systems list the files that a process has open."""

_FileId = tuple[int, int]


def make_kept(folder: Path, file: IO[bytes]) -> bytes | None:
    """Make a store on the disk of a file of N-Quads that is known to be one of ours.

    Args:
        folder: of the store; it does not exist yet.
        file: the file, open for reading.

    Returns:
        What is to stand in its file ``LOOKS``; ``None`` if no lookups were found that open all its
        tables, so that it is of no use to a child that can open nothing.

    Raises:
        InputOutputError: the file is no N-Quads.
        OSError: the store cannot be written.
    """
    try:
        store = ox.Store(folder)
        store.bulk_load(file, format=ox.RdfFormat.N_QUADS, lenient=True)
    except SyntaxError as error:
        raise InputOutputError(f"{error.lineno or 0}: {error.msg}") from error
    if sum(1 for _ in folder.glob("*.sst")) > AT_ONCE:  # some may be gone in a moment
        store.optimize()
    del store
    return _seek_looks(folder, file)


def open_kept(folder: Path) -> ox.Store:
    """Return a store that ``make_kept`` made; it cannot be changed, and others may read it as well.

    All its tables are open, so it can be asked by a process that can open no file any more.

    Args:
        folder: of the store.

    Raises:
        InputOutputError: there is none that can be read, or not all of it can be open at once, or
            this system does not tell.
    """
    try:
        before = _open_files()
        store = ox.Store.read_only(str(folder))
        for quad in ox.parse(path=folder / LOOKS, format=ox.RdfFormat.N_QUADS, lenient=True):
            _look(store, quad)
        whole = _tables(folder) <= _open_files() - before
    except (OSError, SyntaxError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputOutputError(f"{folder.as_posix()}: {why}") from error
    if not whole:
        raise InputOutputError(f"{folder.as_posix()}: not all of its tables can be open at once")
    return store


def _seek_looks(folder: Path, file: IO[bytes]) -> bytes | None:
    """Return which quads of a file have to be looked up in its store until all tables are open.

    How many can be open at once is not asked here, as whoever opens the store may have other limits
    than whoever makes it.
    """
    store = ox.Store.read_only(str(folder))
    found, missing = b"", _tables(folder) - _open_files()
    for line in _lines_all_over(file):
        if not missing:
            break
        for quad in ox.parse(line, format=ox.RdfFormat.N_QUADS, lenient=True):
            _look(store, quad)
        if opened := missing & _open_files():
            missing -= opened
            found += line
    return None if missing else found


def _lines_all_over(file: IO[bytes]) -> Iterator[bytes]:
    """Yield lines of a file from all over it."""
    size = file.seek(0, os.SEEK_END)
    for number in range(1, _MOST_SOUGHT):
        file.seek(int(size * (number * _GOLDEN % 1)))
        file.readline()
        yield file.readline()


def _look(store: ox.Store, quad: ox.Quad) -> None:
    """Look for a quad in each order in which a store holds quads, and for its terms."""
    subject, predicate, end, named = quad
    for graph in (named, None):
        for one, other, last in ((subject, None, None), (None, predicate, end), (None, None, end)):
            next(store.quads_for_pattern(one, other, last, graph), None)
    next(store.named_graphs(), None)


def _tables(folder: Path) -> Counter[_FileId]:
    return Counter(_id(table.stat()) for table in folder.glob("*.sst"))


def _open_files() -> Counter[_FileId]:
    """Return the files that this process has open, and how often.

    Raises:
        OSError: the system does not tell.
    """
    found: Counter[_FileId] = Counter()
    for number in os.listdir(_OPEN_FILES):  # noqa: PTH208 — they are numbers
        try:
            found[_id(os.fstat(int(number)))] += 1
        except OSError:  # the list itself
            continue
    return found


def _id(found: os.stat_result) -> _FileId:
    return found.st_dev, found.st_ino
