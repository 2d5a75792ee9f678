"""The graph of a build as a store on the disk: asked where it lies, and never read as a whole.

A file of quads has to be read into memory before it can be asked; from a stated size on, that takes
longer than most questions. So a store is made of it once, at the build or when it is first opened,
and kept. What is kept is nothing but the graph of a build that is there, and can be thrown away at
any time: it is made again.

Of a build that everybody may read it is kept in the user's folder of caches; of a build for the
editors alone it lies beside that build, under the same rules, and on the same disk. Both are open
to their owner alone, as a whole copy of a graph may not be where its build is not.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputOutputError
from ..read.store import ENGINE, make_kept, opens_whole
from . import caches
from .builds import opened, small_object
from .manifest import GRAPH, PRIVATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    from .builds import Build

KEPT_FROM = 16 * 1024 * 1024
"""A graph of fewer bytes is read into memory, which takes less than half a second."""
KEPT_UP_TO = 256 * 1024 * 1024
"""A graph of more bytes is loaded as well: its store would have more tables than are opened at
once, and the child that answers a query can open none later."""
APART_FROM = 128 * 1024 * 1024
"""Of a graph of more bytes the store is made in a process of its own: it takes much memory."""
ENDING = ".store"
"""With this the name of a store ends that lies beside its build."""

_STORE, _SAID = "store", "said.json"
_MAKE = """
import sys
from pathlib import Path
from graph.read.store import make_kept
make_kept(Path(sys.argv[1]), sys.stdin.buffer)
"""


def kept(build: Build) -> Path | None:
    """Return the folder of the store that is kept of the graph of a build, made now if need be.

    Two processes that make it at once do not disturb each other, and any number may read it.

    Args:
        build: the build.

    Returns:
        ``None`` if the graph is too small or too large, or nothing can be kept here: load it then.

    Raises:
        BrokenBuild: the graph of the build is not as it was built.
    """
    listed = build.manifest.files.get(GRAPH)
    if listed is None or not KEPT_FROM <= listed.size <= KEPT_UP_TO:
        return None
    with contextlib.suppress(OSError, InputOutputError):
        place, own = _place(build)
        if not _fits(place, own):
            sweep()
            _make(build, place, own)
        return place / _STORE if opens_whole(place / _STORE, _files_allowed()) else None
    return None


def keep(target: Path, case: str, say: Callable[[str], None]) -> None:
    """Keep the graph of the build that stands, and throw away what is kept of those that are gone.

    Args:
        target: the folder of the case, as for ``graph.build.builds.opened``.
        case: the case's id.
        say: is told if something is done.
    """
    sweep()
    build = opened(target, case)
    if KEPT_FROM <= build.manifest.files[GRAPH].size <= KEPT_UP_TO:
        say("keeping the graph")
        kept(build)


def sweep() -> None:
    """Throw away what is kept of builds that are gone, and what was never made to its end."""
    with contextlib.suppress(OSError):
        for entry in list(caches.folder().iterdir()):
            if entry.name.startswith(caches.MAKING):
                gone = entry.lstat().st_mtime < time.time() - caches.LEFT
            else:
                gone = not Path(
                    str(small_object(entry / _SAID).get("build", "/dev/null/"))
                ).is_dir()
            if gone:
                caches.throw_away(entry)


def _files_allowed() -> int:
    """Return how many files this process may have open."""
    with contextlib.suppress(ImportError):  # Windows has none, and no fork: all may be opened
        import resource

        most: int = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        return sys.maxsize if most == resource.RLIM_INFINITY else most
    return sys.maxsize


def _place(build: Build) -> tuple[Path, dict[str, str]]:
    """Return where the store of a build is kept, and what is said of it there."""
    own = {
        "build": str(build.folder),
        "graph": build.manifest.files[GRAPH].sha256,
        "engine": ENGINE,
    }
    if build.manifest.about.get(PRIVATE):
        return build.folder.with_name(f".{build.folder.name}{ENDING}"), own
    name = hashlib.sha256(json.dumps(own).encode()).hexdigest()[:32]
    return caches.folder() / name, own


def _fits(place: Path, own: dict[str, str]) -> bool:
    """Return whether just the store is there that was made; any other is thrown away."""
    if not place.is_symlink() and not place.exists():
        return False
    with contextlib.suppress(OSError):
        caches.refuse_others(place)
        if small_object(place / _SAID) == {**own, "files": _files(place / _STORE)}:
            return True
    caches.throw_away(place)
    return False


def _files(folder: Path) -> dict[str, list[int]]:
    """Return size and time of each file of a store."""
    found = ((path.name, path.lstat()) for path in sorted(folder.iterdir()))
    return {name: [stat.st_size, stat.st_mtime_ns] for name, stat in found}


def _make(build: Build, place: Path, own: dict[str, str]) -> None:
    """Make a store beside its place, and put it there in one step; an empty one if it has to be.

    A store with more tables than are opened at once is of no use, and is not made again.
    """
    with _making(place.parent) as fresh:
        with os.fdopen(build.open(GRAPH), "rb") as file:
            apart = build.manifest.files[GRAPH].size >= APART_FROM
            (_make_apart if apart else make_kept)(fresh / _STORE, file)
        if not opens_whole(fresh / _STORE):  # whatever this process may open
            shutil.rmtree(fresh / _STORE)
            (fresh / _STORE).mkdir()
        said = json.dumps({**own, "files": _files(fresh / _STORE)})
        (fresh / _SAID).write_text(said, "utf-8")
        if not _fits(place, own):  # another process was quicker
            fresh.rename(place)


def _make_apart(folder: Path, file: IO[bytes]) -> None:
    """Make a store as ``make_kept`` does, in a process of its own, of which no memory is left.

    Raises:
        InputOutputError: it was not made.
    """
    told = [sys.executable, "-c", _MAKE, str(folder)]
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        subprocess.run(told, stdin=file, env=os.environ | paths, check=True, capture_output=True)  # noqa: S603
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise InputOutputError(f"{folder.as_posix()}: {said}") from error


@contextlib.contextmanager
def _making(folder: Path) -> Iterator[Path]:
    """Give a fresh folder that is open to its owner alone, and is gone at the end if it is left."""
    fresh = Path(tempfile.mkdtemp(prefix=caches.MAKING, dir=folder))
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
