"""Putting one file into the folder of a case, so that it is there in full or not at all."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from ..errors import InputOutputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


def put(path: Path, text: str | None) -> None:
    """Write a file, with its folder if that is not there; or take it away.

    Args:
        path: the file.
        text: all of it; ``None`` takes it away.

    Raises:
        UsageError: the text is no UTF-8.
        OSError: it cannot be written.
    """
    if text is None:
        path.unlink(missing_ok=True)
        return
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        wrong = f"what is to be written to {path.name} is no UTF-8: is the terminal set to it?"
        raise UsageError(wrong) from error
    try:
        _write_new(path, data)
    except FileExistsError:
        path.unlink()  # where it is a link, what it leads to stays
        _write_new(path, data)
    except FileNotFoundError:
        path.parent.mkdir()
        _write_new(path, data)


def _write_new(path: Path, data: bytes) -> None:
    with open(path, "xb", buffering=0) as file:  # noqa: PTH123 - of thousands of files, quicker
        file.write(data)


def take_in(path: Path, folder: Path, name: str) -> None:
    """Put a copy of a file into a case, in its place at once or not at all.

    Args:
        path: the file.
        folder: the case's folder.
        name: where it is to be in the case, as of ``Edit.read``.

    Raises:
        InputOutputError: it cannot be read or written.
    """
    beside = beside_of(folder, name)
    try:
        beside.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, beside)
        beside.replace(folder / name)
    except OSError as error:
        raise failed(error, folder) from error


def beside_of(folder: Path, name: str) -> Path:
    """Return where the new text of a file is until it takes its place.

    Args:
        folder: the case's folder.
        name: the file's path in it.
    """
    path = folder / name
    return path.with_name(f".{path.name}.new")


def failed(error: OSError, folder: Path) -> InputOutputError:
    """Return an error that names the file, or the folder where a full disk names none.

    Args:
        error: of the system.
        folder: the case's folder.
    """
    return InputOutputError(f"{error.filename or folder}: {error.strerror or error}")
