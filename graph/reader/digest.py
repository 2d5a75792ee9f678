"""The files that a case is read from, as one number: whether they are those of a build."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from ..errors import InputOutputError
from .case import FILES, FOLDERS
from .terms import listed_term_files

if TYPE_CHECKING:
    from pathlib import Path


def looked_at(folder: Path) -> tuple[list[str], list[str]]:
    """Return what a case is read from, as paths from its folder: files, and folders of files.

    Args:
        folder: the case's folder. Not all of them need to be there.
    """
    return list(dict.fromkeys((*FILES, *listed_term_files(folder)))), sorted(FOLDERS)


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 of the names and bytes of a case's records, in hexadecimal.

    Stored answers and queries are no part of it: they are asked of a build, and are not in it.

    Args:
        folder: the case's folder.

    Raises:
        InputOutputError: a file cannot be read.
    """
    whole = hashlib.sha256()
    files, folders = looked_at(folder)
    paths = [folder / name for name in files]
    for name in folders:
        paths += sorted((folder / name).glob("[!.]*.toml"))
    try:
        for path in paths:
            if path.is_file():
                one = hashlib.sha256(path.read_bytes()).hexdigest()
                name = os.path.relpath(path, folder).replace(os.sep, "/")
                whole.update(f"{name} {one}\n".encode())
    except OSError as error:
        raise InputOutputError(f"{error.filename}: {error.strerror or error}") from error
    return whole.hexdigest()
