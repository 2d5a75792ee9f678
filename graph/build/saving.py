"""Writing what a user asked for: a file or a folder, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
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


def _swap(target: Path, fresh: Path) -> None:
    if not target.exists():
        fresh.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent)) / "old"
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        old.rename(target)
        raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)


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
