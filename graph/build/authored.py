"""Whether authored files are still those of a build; those that nobody touched are not read."""

from __future__ import annotations

import hashlib
import json
import os
import time
from array import array
from contextlib import suppress
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from .. import __version__
from .builds import SETTLED, small_object
from .saving import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from .builds import Build

_SEEN = attrgetter("st_ino", "st_size", "st_mtime_ns", "st_ctime_ns")
ENDING = ".authored"
"""With this the name of a file ends that lies beside a build and tells what was seen."""


def is_of(build: Build, folder: Path, fingerprint: str) -> bool:
    """Return whether the files of a case have a fingerprint.

    They are read only if it is not they, by names, inodes, sizes and times, of which that was
    found before; where nothing can be written beside the build, they are read each time.

    Args:
        build: a build of the case.
        folder: the case's folder.
        fingerprint: what ``graph.reader.fingerprint`` gave for the files that were built.

    Raises:
        InputOutputError: a file cannot be read.
    """
    memory = build.folder.with_name(f".{build.folder.name}{ENDING}")
    whose = "\n".join((str(folder.resolve()), fingerprint, __version__))
    own = hashlib.sha256(whose.encode("utf-8", "surrogateescape")).hexdigest()
    match small_object(memory):
        case {"own": said, "looked": [list(files), list(folders)], "state": state, "is": known} if (
            said == own and state == _state(folder, files, folders)[0]
        ):
            return bool(known)
    from .. import reader

    looked = reader.looked_at(folder)
    state, newest = _state(folder, *looked)
    found = reader.fingerprint(folder) == fingerprint
    if state and newest < time.time_ns() - SETTLED:
        with suppress(OSError):
            said = json.dumps({"own": own, "looked": looked, "state": state, "is": found})
            replace_file(memory, [said.encode()], 0o600)
    return found


def _state(folder: Path, files: Sequence[str], folders: Sequence[str]) -> tuple[str, int]:
    """Return what is another when a file is written, comes or goes, and the latest time in it.

    The text is empty if something cannot be looked at.
    """
    names: list[str] = []
    found = array("Q")
    try:
        for place, listed in (("", files), *((one, None) for one in folders)):
            if not (folder / place).is_dir():
                names.append(f"no {place}")
                continue
            above = os.open(folder / place, os.O_RDONLY)
            try:
                own = _authored(above) if listed is None else listed
                names += own
                found.extend(chain.from_iterable(map(_SEEN, _stats(above, own))))
            finally:
                os.close(above)
    except (OSError, OverflowError):
        return "", 0
    whole = hashlib.sha256("\n".join(names).encode("utf-8", "surrogateescape"))
    whole.update(found.tobytes())
    return whole.hexdigest(), max(chain(found[2::4], found[3::4]), default=0)


def _authored(above: int) -> list[str]:
    """Return the names of the files of a folder that may be authored, from its descriptor."""
    names = os.listdir(above)
    return [name for name in names if name.endswith(".toml") and not name.startswith(".")]


def _stats(above: int, names: Iterable[str]) -> Iterator[os.stat_result]:
    """Yield what the system says of files of a folder; what is gone is left out."""
    for name in names:
        try:
            yield os.stat(name, dir_fd=above)
        except FileNotFoundError:
            continue
