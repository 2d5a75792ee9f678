"""Writing the outputs of a build: all of them or none, the same bytes for the same data.

Files are written into a fresh folder beside the published ones, flushed to the disk, and then a
single symbolic link is swapped. Whoever reads sees the old build or the new one, never a mixture;
a build that is killed leaves the old one in place, and the next build removes what it left.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from .errors import BuildLocked, InputOutputError, NotBuilt

if TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST = "manifest.json"
_BUILDS = ".builds"


def publish(target: Path, files: Mapping[str, bytes], about: Mapping[str, object]) -> Path:
    """Publish the outputs of a build.

    Args:
        target: the folder that users open, for example ``public/homs``; it becomes a link.
        files: contents by file name.
        about: what the manifest says beside the hashes: counts and versions, no clock.

    Returns:
        The target.

    Raises:
        BuildLocked: another build of the same target is running.
        InputOutputError: something could not be written; the last build is untouched.
    """
    try:
        builds = target.parent / _BUILDS / target.name
        builds.mkdir(parents=True, exist_ok=True)
        with FileLock(builds / ".lock", timeout=0):
            _clean(target, builds)
            fresh = _written(builds, files, about)
            _swap(target, fresh)
            _forget_others(builds, fresh)
    except Timeout as error:
        raise BuildLocked(
            f"another build of {target.as_posix()} is running; wait for it"
        ) from error
    except OSError as error:
        where = error.filename or target
        reason = error.strerror or str(error)
        raise InputOutputError(f"{where}: {reason}; nothing was published") from error
    return target


def manifest(files: Mapping[str, bytes], about: Mapping[str, object]) -> bytes:
    """Return the manifest of a build: SHA-256 and size of each file, and what is said about it."""
    listed = {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    }
    content = {**about, "files": listed}
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"


def published(target: Path) -> Path:
    """Return the folder of the last build.

    Raises:
        NotBuilt: there is none.
    """
    if not (target / MANIFEST).is_file():
        raise NotBuilt(f'{target.as_posix()}: nothing is built there; run "hudna build" first')
    return target


def _written(builds: Path, files: Mapping[str, bytes], about: Mapping[str, object]) -> Path:
    """Write everything into a fresh folder, flush it, and return the folder under its last name."""
    temporary = Path(tempfile.mkdtemp(prefix=".tmp-", dir=builds))
    try:
        summary = manifest(files, about)
        for name, data in {**files, MANIFEST: summary}.items():
            _write(temporary / name, data)
        temporary.chmod(0o755)
        _flush_folder(temporary)
        final = builds / hashlib.sha256(summary).hexdigest()[:16]
        if _is_complete(final, files, summary):
            shutil.rmtree(temporary)
        else:
            if final.exists():
                final.rename(Path(tempfile.mkdtemp(prefix=".tmp-old-", dir=builds)) / "old")
            temporary.rename(final)
        _flush_folder(builds)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    return final


def _write(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags, 0o644), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _is_complete(folder: Path, files: Mapping[str, bytes], summary: bytes) -> bool:
    """Return whether a folder already holds just these files, byte for byte."""
    expected = {**files, MANIFEST: summary}
    if not folder.is_dir() or {path.name for path in folder.iterdir()} != expected.keys():
        return False
    return all((folder / name).read_bytes() == data for name, data in expected.items())


def _swap(target: Path, fresh: Path) -> None:
    """Point the target at the fresh folder in one step."""
    if target.exists() and not target.is_symlink():
        raise FileExistsError(17, "is in the way and was not made by a build; move it", str(target))
    link = target.parent / f".{target.name}-{os.getpid()}"
    with contextlib.suppress(FileNotFoundError):
        link.unlink()
    link.symlink_to(os.path.relpath(fresh, target.parent), target_is_directory=True)
    link.replace(target)
    with contextlib.suppress(OSError):  # the new build is in place, whatever the disk says now
        _flush_folder(target.parent)


def _forget_others(builds: Path, fresh: Path) -> None:
    with contextlib.suppress(OSError):
        for path in builds.iterdir():
            if path != fresh and path.is_dir():
                shutil.rmtree(path, ignore_errors=True)


def _clean(target: Path, builds: Path) -> None:
    """Remove what a killed build left behind; the lock is held."""
    for path in builds.glob(".tmp-*"):
        shutil.rmtree(path, ignore_errors=True)
    for link in target.parent.glob(f".{target.name}-*"):
        if link.is_symlink() and link.name.rpartition("-")[0] == f".{target.name}":
            link.unlink()


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
