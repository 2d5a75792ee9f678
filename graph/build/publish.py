"""Writing the outputs of a build: all of them or none, the same bytes for the same data.

Files are written into a fresh folder beside the published ones, flushed to the disk, and then a
single symbolic link is swapped. Whoever reads sees the old build or the new one, never a mixture;
a build that is killed leaves the old one in place, and the next build removes what it left.

Builds are numbered as they begin, before they read anything, so that one that began earlier never
takes the place of one that began later. The last builds are kept for who still reads them.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from filelock import FileLock, Timeout

from ..errors import BuildLocked, BuildOvertaken, InputOutputError
from .builds import hold, plain_file, small_object
from .keeping import ENDING
from .manifest import MANIFEST, MOST_BYTES, listed_of, manifest, name_of
from .saving import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .contents import Contents

KEPT = 3
"""So many builds of a case are kept: the one that stands, and those before it."""

_BUILDS = ".builds"
_ORDER = "order.json"
_PATIENCE = 10.0
"""Seconds to wait for a build that is being published, which takes a fraction of one."""
_BUILD = re.compile(r"[0-9a-f]{16}")
_LEFT_FOLDER = re.compile(r"\.tmp-(?:old-)?[a-z0-9_]{8}")
_LEFT_FILE = re.compile(rf"\.{re.escape(_ORDER)}-[a-z0-9_]{{8}}")
_BESIDE = re.compile(
    rf"\.({_BUILD.pattern})(?:\.(?:checked|authored)(?:-[a-z0-9_]{{8}})?|{re.escape(ENDING)})"
)


class _Order(NamedTuple):
    """How many builds of a case have begun, and which number each has that is kept."""

    begun: int
    builds: dict[str, int]


def begin(target: Path) -> int:
    """Return the number of a build that begins now; later ones have higher numbers.

    It has to be called before the data is read. As long as nothing has been built it is 0, and
    nothing is written: of first builds at once the one that ends first is published.

    Args:
        target: the folder into which the build will be published, as for ``publish``.

    Raises:
        BuildLocked: another build of the same target is being published, and does not end.
        InputOutputError: the folder cannot be written to, or something else is in the way.
    """
    if not _builds(target).is_dir():
        _refuse_others(target)
        return 0
    with _locked(target) as builds:
        order = _order(builds)
        _remember(builds, order._replace(begun=order.begun + 1))
    return order.begun + 1


def publish(
    target: Path,
    files: Mapping[str, bytes | Contents],
    about: Mapping[str, object],
    number: int | None = None,
    *,
    alone: bool = False,
) -> Path:
    """Publish the outputs of a build.

    Args:
        target: the folder that users open, for example ``public/mill``; it becomes a link.
        files: contents by file name.
        about: what the manifest says beside the hashes: counts and versions, no clock.
        number: what ``begin`` returned; without it the build begins now.
        alone: whether no earlier build is kept, as it may hold what is not public now.

    Returns:
        The folder with the files, to which the target leads now.

    Raises:
        BuildLocked: another build of the same target is being published, and does not end.
        BuildOvertaken: one that may have begun later has been published; that one stays.
        InputOutputError: something could not be written; the last build is untouched.
    """
    listed = {n: one if isinstance(one, bytes) else one.listed for n, one in files.items()}
    summary = manifest(listed, about)
    name = name_of(summary)
    with _locked(target) as builds:
        order = _order(builds)
        own = order.begun + 1 if number is None else number
        standing = target.readlink().name if target.is_symlink() else ""
        if standing != name and order.builds.get(standing, 0) > own:
            raise BuildOvertaken(
                f"{target.as_posix()}: another build has been published meanwhile; "
                "this one was not, as its data may be older"
            )
        own = own or order.begun + 1
        _clean(target, builds)
        fresh = _written(builds, name, {**files, MANIFEST: summary})
        numbers = {**order.builds, name: max(own, order.builds.get(name, 0))}
        kept = {name: number for name, number in numbers.items() if (builds / name).is_dir()}
        _remember(builds, _Order(max(own, order.begun), kept))
        _swap(target, fresh)
        _forget(builds, kept, fresh, 1 if alone else KEPT)
    return fresh


def close(folder: Path) -> None:
    """Make a folder of builds that nobody else can open, and that git leaves out.

    Args:
        folder: it is made if it is missing.

    Raises:
        InputOutputError: it cannot be made, or is somebody else's.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        replace_file(folder / ".gitignore", [b"*\n"], 0o600)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputOutputError(f"{error.filename or folder}: {reason}") from error


@contextlib.contextmanager
def room(target: Path) -> Iterator[Path]:
    """Give a folder that is there, on the disk where the builds of a target are or will be.

    Args:
        target: as for ``publish``.

    Raises:
        InputOutputError: something could not be written in the block.
    """
    folder = _builds(target).absolute()
    with _telling(target):
        yield next(one for one in (folder, *folder.parents) if one.is_dir())


def previous(target: Path) -> Path | None:
    """Return the folder of the build before the one that stands, if it is kept.

    Args:
        target: as for ``publish``.
    """
    if not target.is_symlink():
        return None
    numbers = _order(_builds(target)).builds
    own = numbers.get(target.readlink().name, 0)
    earlier = {number: name for name, number in numbers.items() if number < own}
    found = (_builds(target) / earlier[number] for number in sorted(earlier, reverse=True))
    return next((folder for folder in found if folder.is_dir()), None)


@contextlib.contextmanager
def _locked(target: Path) -> Iterator[Path]:
    """Give the folder of the builds of a target, and let nobody else write there."""
    try:
        with _telling(target):
            builds = _builds(target)
            builds.mkdir(parents=True, exist_ok=True)
            with FileLock(builds / ".lock", timeout=_PATIENCE):
                _refuse_others(target)
                yield builds
    except Timeout as error:
        raise BuildLocked(
            f"another build of {target.as_posix()} is being published; wait for it"
        ) from error


@contextlib.contextmanager
def _telling(target: Path) -> Iterator[None]:
    """Tell what the system says when the outputs of a build cannot be written."""
    try:
        yield
    except Timeout:  # it is an OSError, too
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        where = error.filename or target
        raise InputOutputError(f"{where}: {reason}; nothing was published") from error


def _builds(target: Path) -> Path:
    return target.parent / _BUILDS / target.name


def _refuse_others(target: Path) -> None:
    if target.exists() and not target.is_symlink():
        why = "is in the way and was not made by a build; move it"
        raise InputOutputError(f"{target.as_posix()}: {why}")


def _order(builds: Path) -> _Order:
    """Return the order of the builds; without a file that can be read, nothing is known of it."""
    match small_object(builds / _ORDER):
        case {"begun": int(begun), "builds": dict(found)} if all(
            isinstance(number, int) for number in found.values()
        ):
            return _Order(begun, found)
    return _Order(0, {})


def _remember(builds: Path, order: _Order) -> None:
    replace_file(builds / _ORDER, [json.dumps(order._asdict(), indent=1).encode() + b"\n"], 0o644)


def _written(builds: Path, name: str, contents: Mapping[str, bytes | Contents]) -> Path:
    """Write everything into a fresh folder, flush it, and return the folder under its last name."""
    final = builds / name
    if _is_complete(final, contents):
        return final
    temporary = Path(tempfile.mkdtemp(prefix=".tmp-", dir=builds))
    try:
        for file, data in contents.items():
            _write(temporary / file, data)
        temporary.chmod(0o755)
        _flush_folder(temporary)
        if final.exists() or final.is_symlink():
            _set_aside(final)
        temporary.rename(final)
        _flush_folder(builds)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    return final


def _write(path: Path, data: bytes | Contents) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags, 0o644), "wb") as file:
        if isinstance(data, bytes):
            file.write(data)
        else:
            data.copy_to(file)
        file.flush()
        os.fsync(file.fileno())


def _is_complete(folder: Path, contents: Mapping[str, bytes | Contents]) -> bool:
    """Return whether a folder already holds just these files, byte for byte."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    try:
        return all(_holds(folder / name, data) for name, data in contents.items())
    except OSError:
        return False


def _holds(path: Path, data: bytes | Contents) -> bool:
    """Return whether a file holds just these bytes."""
    if isinstance(data, bytes):
        return _first(len(data) + 1, path) == data
    with plain_file(path) as file:
        return listed_of(file) == data.listed


def _first(count: int, path: Path) -> bytes:
    with plain_file(path) as file:
        return file.read(count)


def _swap(target: Path, fresh: Path) -> None:
    """Point the target at the fresh folder in one step."""
    link = target.parent / f".{target.name}-{os.getpid()}"
    with contextlib.suppress(FileNotFoundError):
        link.unlink()
    link.symlink_to(os.path.relpath(fresh, target.parent), target_is_directory=True)
    link.replace(target)
    with contextlib.suppress(OSError):  # the new build is in place, whatever the disk says now
        _flush_folder(target.parent)


def _forget(builds: Path, numbers: Mapping[str, int], fresh: Path, most: int) -> None:
    """Remove the builds before the last ones, but no folder that no build made."""
    with contextlib.suppress(OSError):
        made = [path for path in builds.iterdir() if _is_build(path, numbers) and path != fresh]
        made.sort(key=lambda path: numbers.get(path.name, 0), reverse=True)
        for path in made[most - 1 :]:
            _remove(path)
        for path in builds.iterdir():
            match = _BESIDE.fullmatch(path.name)
            if match and not (builds / match[1]).exists():
                shutil.rmtree(_set_aside(path)) if path.is_dir() else path.unlink()


def _is_build(path: Path, numbers: Mapping[str, int]) -> bool:
    """Return whether a build made a folder: it is in the order, or its manifest names it so."""
    if not _BUILD.fullmatch(path.name) or path.is_symlink() or not path.is_dir():
        return False
    with contextlib.suppress(OSError):
        return path.name in numbers or name_of(_first(MOST_BYTES, path / MANIFEST)) == path.name
    return False


def _remove(path: Path) -> None:
    """Remove a build, unless somebody reads it."""
    with contextlib.ExitStack() as held:
        with contextlib.suppress(OSError):
            if not hold(held.enter_context(plain_file(path / MANIFEST)).fileno(), alone=True):
                return
        shutil.rmtree(_set_aside(path), ignore_errors=True)


def _set_aside(path: Path) -> Path:
    """Rename a folder, so that it is seen as a whole or not at all; the next build removes it."""
    aside = Path(tempfile.mkdtemp(prefix=".tmp-old-", dir=path.parent))
    path.rename(aside / "old")
    return aside


def _clean(target: Path, builds: Path) -> None:
    """Remove what a killed build left behind; the lock is held."""
    for path in builds.iterdir():
        if _LEFT_FILE.fullmatch(path.name):
            path.unlink()
        elif _LEFT_FOLDER.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)
    link = re.compile(rf"\.{re.escape(target.name)}-[0-9]+")
    for path in target.parent.iterdir():
        if link.fullmatch(path.name) and path.is_symlink():
            path.unlink()


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
