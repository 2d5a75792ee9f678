"""Seeing that files of a case change, as an editor or another command writes them."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from ..reader.terms import term_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

EVERY = 0.5
"""Seconds between two looks, and for which nothing may change before a change is told."""

_Seen = frozenset[tuple[str, int, int, int]]


def changes(folder: Path, wait: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Yield at once, and then whenever files of a folder have changed and are quiet again.

    What is written in parts is told once, when it is whole. What changes while the caller is at
    work is told next. It never ends by itself.

    Args:
        folder: the folder; files below it count, but none whose name or folder is hidden.
        wait: lets so many seconds pass.
    """
    told = _seen(folder)
    yield
    while True:
        wait(EVERY)
        now = _seen(folder)
        if now == told:
            continue
        before = None
        while now != before:
            wait(EVERY)
            before, now = now, _seen(folder)
        told = now
        yield


def _seen(folder: Path) -> _Seen:
    """Return path, time, size and number of each file; none where the folder is away.

    The files of terms that the case shares with others count, too.
    """
    shared = {os.fspath((folder / name).parent) for name in term_files(folder)[1:]}
    return frozenset(one for where in (os.fspath(folder), *shared) for one in _files(where))


def _files(folder: str) -> Iterator[tuple[str, int, int, int]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            about = entry.stat()
            below = entry.is_dir(follow_symlinks=False)
        except OSError:  # it has gone meanwhile
            continue
        if below:
            yield from _files(entry.path)
        else:
            yield entry.path, about.st_mtime_ns, about.st_size, about.st_ino
