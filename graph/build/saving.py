"""Writing what a user asked for: a file or a folder, whole or not at all."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputOutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def save_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file; until it is complete, whatever was there stays.

    Args:
        path: the file; it is replaced if it exists. What is no plain file, such as a pipe, is
            written to directly.
        chunks: its contents, one after another.

    Raises:
        InputOutputError: it cannot be written; what was there is unchanged.
    """
    with told(path):
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                file.writelines(chunks)
            return
        target = path.resolve()
        replace_file(target, chunks, _mode(target))


def replace_file(path: Path, chunks: Iterable[bytes], mode: int) -> None:
    """Put a file in its place in one step; a link that is there is replaced, not followed.

    Args:
        path: the file. Until it is written, its contents are in ``.NAME-`` and eight signs.
        chunks: its contents, one after another.
        mode: its permissions.

    Raises:
        OSError: it cannot be written; what was there is unchanged.
    """
    prefix = f".{path.name.removeprefix('.')}-"
    descriptor, name = tempfile.mkstemp(prefix=prefix, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(chunks)
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def save_folder(path: Path, files: Mapping[str, Iterable[bytes]]) -> None:
    """Write several files into a folder; until all are complete, whatever was there stays.

    Args:
        path: the folder. It may be missing or empty, or hold only files of these names or of an
            earlier call; these are replaced.
        files: contents by name of file.

    Raises:
        InputOutputError: the folder holds other files, or cannot be written.
    """
    with told(path):
        others = {child.name for child in path.iterdir()} - files.keys() if path.exists() else ()
        if others:
            raise InputOutputError(
                f"{path.as_posix()}: holds other files ({min(others)}); choose another folder"
            )
        target = path.resolve()
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            for name, chunks in files.items():
                with (fresh / name).open("wb") as file:
                    file.writelines(chunks)
            fresh.chmod(0o755)
            _swap(target, fresh)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise


def forget_folder(path: str) -> None:
    """Remove a folder that was only used meanwhile; what is no folder of this machine stays."""
    shutil.rmtree(path, ignore_errors=True)


def exchange(target: Path, fresh: Path, old: Path) -> None:
    """Put a folder in the place of another: in one step where the system can (Linux), else in two.

    Args:
        target: what is replaced, if it is there.
        fresh: what comes in its place, on the same disk.
        old: where the replaced one is between two steps.

    What was replaced is at ``fresh`` or ``old`` afterwards, and not removed.

    Raises:
        OSError: it cannot be done; what was there is in its place.
    """
    if not target.exists():
        fresh.rename(target)
    elif not _at_once(target, fresh):
        target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            old.rename(target)
            raise


def _at_once(one: Path, other: Path) -> bool:
    """Let two paths change places; return whether the system did it."""
    here, exchange_them = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    names = os.fsencode(one), os.fsencode(other)
    return rename is not None and rename(here, names[0], here, names[1], exchange_them) == 0


def _swap(target: Path, fresh: Path) -> None:
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        exchange(target, fresh, beside / "old")
        shutil.rmtree(fresh, ignore_errors=True)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _mode(target: Path) -> int:
    """Return the permissions of a file that is replaced, or those of a new one."""
    with contextlib.suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Make an error of Hudna of what goes wrong on the disk.

    Args:
        path: the file or folder that is written.

    Raises:
        InputOutputError: it cannot be written.
    """
    try:
        yield
    except OSError as error:
        raise InputOutputError(f"{path.as_posix()}: {error.strerror or error}") from error
