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
from ..read.on_disk import LOOKS, MADE_BY, make_kept
from . import caches
from .builds import opened, small_object
from .manifest import GRAPH, PRIVATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    from .builds import Build

KEPT_FROM = 16 * 1024 * 1024
"""A graph of fewer bytes is read into memory, which takes less than half a second."""
APART_FROM = 128 * 1024 * 1024
"""Of a graph of more bytes the store is made in a process of its own: it takes much memory."""
ENDING = ".store"
"""With this the name of a store ends that lies beside its build."""

_STORE, _SAID = "store", "said.json"
_NO_LOOKS = 9
_MAKE = f"""
import sys
from pathlib import Path
from graph.read.on_disk import make_kept
looks = make_kept(Path(sys.argv[1]), sys.stdin.buffer)
sys.exit({_NO_LOOKS}) if looks is None else sys.stdout.buffer.write(looks)
"""


def kept(build: Build) -> Path | None:
    """Return the folder of the store that is kept of the graph of a build, made now if need be.

    Two processes that make it at once do not disturb each other, and any number may read it.

    Args:
        build: the build.

    Returns:
        ``None`` if the graph is too small, or nothing can be kept here: load it then. It may be
        that the store cannot be opened whole; see ``graph.read.on_disk.open_kept``.

    Raises:
        BrokenBuild: the graph of the build is not as it was built.
    """
    listed = build.manifest.files.get(GRAPH)
    if listed is None or listed.size < KEPT_FROM:
        return None
    with contextlib.suppress(OSError, InputOutputError):
        place, own = _place(build)
        if not _fits(place, own):
            sweep()
            _make(build, place, own)
        return place / _STORE
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
    if build.manifest.files[GRAPH].size >= KEPT_FROM:
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


def _place(build: Build) -> tuple[Path, dict[str, str]]:
    """Return where the store of a build is kept, and what is said of it there."""
    own = {
        "build": str(build.folder),
        "graph": build.manifest.files[GRAPH].sha256,
        "engine": MADE_BY,
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

    A store whose tables cannot all be opened by lookups is of no use, and is not made again.
    """
    with _making(place.parent) as fresh:
        with os.fdopen(build.open(GRAPH), "rb") as file:
            apart = build.manifest.files[GRAPH].size >= APART_FROM
            looks = (_make_apart if apart else make_kept)(fresh / _STORE, file)
        if looks is None:
            shutil.rmtree(fresh / _STORE)
            (fresh / _STORE).mkdir()
        else:
            (fresh / _STORE / LOOKS).write_bytes(looks)
        said = json.dumps({**own, "files": _files(fresh / _STORE)})
        (fresh / _SAID).write_text(said, "utf-8")
        if not _fits(place, own):  # another process was quicker
            fresh.rename(place)


def _make_apart(folder: Path, file: IO[bytes]) -> bytes | None:
    """Make a store as ``make_kept`` does, in a process of its own, of which no memory is left.

    Raises:
        InputOutputError: it was not made.
    """
    told = [sys.executable, "-c", _MAKE, str(folder)]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(told, stdin=file, env=env, check=False, capture_output=True)  # noqa: S603
    if done.returncode not in (0, _NO_LOOKS):
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise InputOutputError(f"{folder.as_posix()}: {said}")
    return None if done.returncode else done.stdout


@contextlib.contextmanager
def _making(folder: Path) -> Iterator[Path]:
    """Give a fresh folder that is open to its owner alone, and is gone at the end if it is left."""
    fresh = Path(tempfile.mkdtemp(prefix=caches.MAKING, dir=folder))
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
