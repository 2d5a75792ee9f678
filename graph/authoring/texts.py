"""Texts of sources: kept on the author's machine, never in a case and never in a repository."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputOutputError, UsageError
from ..model.folders import work_tree

if TYPE_CHECKING:
    from collections.abc import Iterator


def texts_at_hand(case: str, given: Path | None = None) -> Path | None:
    """Return the folder of the texts of a case to read from; ``None`` if none is there.

    Nothing is written, so that it need not be a safe one.

    Args:
        case: the case's id.
        given: a folder that the user named.
    """
    with suppress(UsageError):
        folder = given or text_folder(case)
        return folder if folder.is_dir() else None
    return None


def text_folder(case: str, given: Path | None = None) -> Path:
    """Return the folder of the texts of a case; it need not be there yet.

    By default it is ``hudna/texts/CASE`` below ``$XDG_DATA_HOME``, which is ``~/.local/share``
    where it is not set.

    Args:
        case: the case's id.
        given: a folder that the user named, which is taken as it is.

    Raises:
        UsageError: it is inside a git work tree, from where a text would be passed on.
    """
    base = os.environ.get("XDG_DATA_HOME", "")
    home = Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "share"
    folder = given or home / "hudna" / "texts" / case
    if tree := work_tree(folder):
        raise UsageError(f"{folder}: is in {tree}, which git keeps; texts stay out of it: "
                         "name another folder with --texts")  # fmt: skip
    return folder


@contextmanager
def kept(folder: Path, name: str, text: str) -> Iterator[Path]:
    """Keep a text in a folder that its owner alone may enter; an error in the block leaves all.

    Args:
        folder: as ``text_folder`` gives it; it is made if it is not there.
        name: the file's name.
        text: what is kept, in UTF-8 as it is.

    Yields:
        Where the text is when the block has ended.

    Raises:
        InputOutputError: it cannot be written.
    """
    new: Path | None = None
    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True)
        descriptor, made = tempfile.mkstemp(prefix=f".{name}.", dir=folder)  # 0600, of this command
        new = Path(made)
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
        yield folder / name
        new.replace(folder / name)
    except OSError as error:
        raise InputOutputError(f"{error.filename or folder}: {error.strerror or error}") from error
    finally:
        if new is not None:
            with suppress(OSError):
                new.unlink(missing_ok=True)
