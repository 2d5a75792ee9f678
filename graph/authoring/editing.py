"""Changing the files of a case: all of a change is written, or nothing, and never a new fault."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import filelock

from ..build import recipe
from ..errors import ChangeRefused, DataProblems, InputOutputError
from ..model import vocabulary
from ..model.folders import refuse_no_case
from ..model.textfiles import text_of
from .json_schemas import FOLDER, json_schemas, with_first_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyoxigraph as ox

    from ..errors import Problem
    from ..model.case import Case

_PATIENCE = 30
"""Seconds for which another change of the same case is waited for."""


class Edit:
    """A change of a case that is being made; nothing of it is on the disk yet.

    Args:
        folder: the case's folder.

    Attributes:
        begun: whether a new file names its schema.
        judged: the records and the graph of the case as the change leaves it, once it is checked;
            ``None`` if it has problems.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.changes: dict[str, str | None] = {}
        self.begun = False
        self.judged: tuple[Case, ox.Store] | None = None
        self._before: dict[str, str | None] = {}

    def read(self, name: str) -> str:
        """Return the text of a file as the change leaves it; empty if there is none.

        Args:
            name: the file's path in the case's folder, with ``/``.

        Raises:
            UnfitFile: it is no plain file, too large, or not UTF-8.
            InputOutputError: it cannot be read.
        """
        if name in self.changes:
            return self.changes[name] or ""
        if name not in self._before:
            path = self.folder / name
            self._before[name] = text_of(path) if os.path.lexists(path) else None
        return self._before[name] or ""

    def write(self, name: str, text: str) -> None:
        """Give a file another text; arguments and errors are those of ``read``."""
        self.read(name)
        self.changes[name] = text

    def begin(self, name: str, text: str) -> None:
        """Write a new file; it names its schema to editors. Errors are those of ``read``."""
        self.write(name, with_first_line(name, text))
        self.begun = True

    def remove(self, name: str) -> None:
        """Take a file away; arguments and errors are those of ``read``."""
        self.read(name)
        self.changes[name] = None

    def append(self, name: str, block: str) -> None:
        """Put a block at the end of a file, after an empty line; errors are those of ``read``."""
        text = self.read(name)
        if text.strip():
            self.write(name, f"{text.rstrip()}\n\n{block}")
        else:
            self.begin(name, block)

    def unchanged(self) -> bool:
        """Return whether the files on the disk are still those that were read."""
        now = Edit(self.folder)
        for name, text in self._before.items():
            now.read(name)
            if now._before[name] != text:
                return False
        return True


@contextmanager
def editing(folder: Path, *, dry_run: bool = False) -> Iterator[Edit]:
    """Let a case be changed; at the end of the block all of the change is written, or nothing.

    The case is read and checked as the change leaves it. Problems that it had before do not stand
    in the way, new ones do.

    Args:
        folder: the case's folder.
        dry_run: whether it is only checked, and nothing written.

    Raises:
        ChangeRefused: the change would bring problems about, which it lists.
        InputOutputError: a file cannot be read or written, or somebody else changed it meanwhile.
    """
    refuse_no_case(folder)
    with _locked(folder):
        edit = Edit(folder)
        yield edit
        if not edit.changes:
            return
        new = _problems_of(edit)
        if new:
            old = {(one.file, one.place, one.message) for one in _problems(folder, folder)[0]}
            new = [one for one in new if (one.file, one.place, one.message) not in old]
        if new:
            raise ChangeRefused(new)
        if not edit.unchanged():
            changed = "was changed by somebody else meanwhile; nothing is written, try again"
            raise InputOutputError(f"{folder.as_posix()}: {changed}")
        if not dry_run:
            _commit(edit)
            data = folder.resolve().parent
            if edit.begun and not os.path.lexists(data / FOLDER):
                with suppress(InputOutputError):  # the change stands without them
                    write_schemas(data)


def begin(folder: Path, files: Mapping[str, str]) -> None:
    """Make a new case: all of its files, or nothing.

    Args:
        folder: the case's folder, which must not be there or be empty.
        files: their texts, by their paths in it.

    Raises:
        ChangeRefused: there is something wrong with them.
        InputOutputError: the folder is there and not empty, or cannot be written.
    """
    if os.path.lexists(folder) and not (folder.is_dir() and not any(folder.iterdir())):
        raise InputOutputError(f"{folder.as_posix()}: is there already, and nothing is overwritten")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".hudna-", dir=folder.parent) as scratch:
            made = Path(scratch) / folder.name
            made.mkdir()
            for name, text in files.items():
                _put(made / name, text)
            if problems := _problems(made, folder)[0]:
                raise ChangeRefused(problems)
            made.replace(folder)
    except OSError as error:
        raise InputOutputError(f"{error.filename}: {error.strerror or error}") from error


def write_schemas(data: Path) -> Path:
    """Write what editors are told of authored files beside the cases, and return its folder.

    Args:
        data: the folder of the cases.

    Raises:
        InputOutputError: it cannot be written.
    """
    folder = data / FOLDER
    edit = Edit(folder)
    told = json_schemas(vocabulary.load())
    edit.changes.update({f"{name}.json": text for name, text in told.items()})
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputOutputError(f"{error.filename}: {error.strerror or error}") from error
    _commit(edit)
    return folder


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    lock = filelock.FileLock(Path(tempfile.gettempdir()) / f"hudna-{name}.lock", _PATIENCE)
    try:
        with lock:
            yield
    except filelock.Timeout as error:
        busy = "is being changed by another command; try again when it is done"
        raise InputOutputError(f"{folder.as_posix()}: {busy}") from error


def _problems_of(edit: Edit) -> list[Problem]:
    """Return the problems of the case as a change leaves it."""
    with tempfile.TemporaryDirectory(prefix="hudna-") as scratch:
        copy = Path(scratch) / edit.folder.resolve().name
        try:
            shutil.copytree(edit.folder, copy)
        except (OSError, shutil.Error) as error:
            raise InputOutputError(
                f"{edit.folder.as_posix()}: cannot be copied: {error}"
            ) from error
        for name, text in edit.changes.items():
            _put(copy / name, text)
        problems, edit.judged = _problems(copy, edit.folder)
        return problems


def _problems(folder: Path, told: Path) -> tuple[list[Problem], tuple[Case, ox.Store] | None]:
    """Return the problems of a case, told of another folder, and what it is if it has none."""
    try:
        return [], recipe.judged(folder, vocabulary.load(), lambda _step: None)
    except DataProblems as error:
        here, there = folder.as_posix(), told.as_posix()
        return [one._replace(file=one.file.replace(here, there)) for one in error.problems], None


def _put(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def _commit(edit: Edit) -> None:
    """Write all files beside those that are there, then put them in their places."""
    new = {name: edit.folder / f"{Path(name).parent}/.{Path(name).name}.new"
           for name, text in edit.changes.items() if text is not None}  # fmt: skip
    try:
        for name, path in new.items():
            _put(path, edit.changes[name])
        for name in edit.changes:
            if name in new:
                new[name].replace(edit.folder / name)
            else:
                (edit.folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise InputOutputError(f"{error.filename}: {error.strerror or error}") from error
    finally:
        for path in new.values():
            with suppress(OSError):
                path.unlink(missing_ok=True)
