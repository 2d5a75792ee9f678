"""Changing the files of a case: all of a change is written, or nothing, and never a new fault."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ChangeRefused, DataProblems, InputOutputError
from ..model import vocabulary
from ..model.folders import refuse_no_case
from ..model.textfiles import text_of
from ..reader.terms import TERMS_FILE
from .journal import JOURNAL, changed_by
from .json_schemas import FOLDER, json_schemas, with_first_line, words_of_all
from .placing import beside_of, failed, put, take_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pyoxigraph as ox

    from ..errors import Problem
    from ..model.case import Case

_PATIENCE = 30
"""Seconds for which another change of the same case is waited for."""
_NAME = re.compile(r"(?:[a-z][a-z-]*/)*[^/\\.][^/\\]*")
"""A file's path in a case, which leads nowhere else."""


class Edit:
    """A change of a case that is being made; nothing of it is on the disk yet.

    Args:
        folder: the case's folder.

    Attributes:
        begun: whether a new file names its schema.
        case: the records as the change leaves them, once they are checked; ``None`` if there are
            problems.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.changes: dict[str, str | None] = {}
        self.begun = False
        self.case: Case | None = None
        self._make: Callable[[], ox.Store] | None = None
        self._before: dict[str, str | None] = {}

    @cached_property
    def judged(self) -> tuple[Case, ox.Store] | None:
        """The records and the graph of the case as the change leaves it, once it is checked."""
        return (self.case, self._make()) if self.case and self._make else None

    def checked(self, case: Case, make: Callable[[], ox.Store]) -> None:
        """Note the records as the change leaves them, and what makes their graph."""
        self.case, self._make = case, make

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

    def before(self, name: str) -> str | None:
        """Return the text that a file had when it was read; ``None`` if there was none."""
        return self._before.get(name)

    def write(self, name: str, text: str) -> None:
        """Give a file another text, with the line ends that it has; errors are those of ``read``.

        Args:
            name: as of ``read``.
            text: the text, with line ends of any sort.
        """
        self.read(name)
        plain = text.replace("\r\n", "\n")
        windows = "\r\n" in (self._before.get(name) or "")
        self.changes[name] = plain.replace("\n", "\r\n") if windows else plain

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
def editing(folder: Path, *, dry_run: bool = False, checked: bool = True) -> Iterator[Edit]:
    """Let a case be changed; at the end of the block all of the change is written, or nothing.

    The case is read and checked as the change leaves it. Problems that it had before do not stand
    in the way, new ones do.

    Args:
        folder: the case's folder.
        dry_run: whether it is only checked, and nothing written.
        checked: whether it is checked; a large import leaves that to ``hudna check``.

    Raises:
        ChangeRefused: the change would bring problems about, which it lists.
        InputOutputError: a file cannot be read or written, or somebody else changed it meanwhile.
    """
    refuse_no_case(folder)
    with _locked(folder):
        _finish(folder)
        edit = Edit(folder)
        yield edit
        if not edit.changes:
            return
        new = _problems_of(edit) if checked else []
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


def begin(
    folder: Path,
    files: Mapping[str, str],
    copies: Mapping[str, Path] | None = None,
    *,
    checked: bool = True,
) -> None:
    """Make a new case: all of its files, or nothing.

    Args:
        folder: the case's folder, which must not be there or be empty.
        files: their texts, by their paths in it.
        copies: files of which it gets copies, by their paths in it.
        checked: as of ``editing``.

    Raises:
        ChangeRefused: there is something wrong with them.
        InputOutputError: the folder is there and not empty, or cannot be written.
    """
    there = InputOutputError(f"{folder.as_posix()}: is there already, and nothing is overwritten")
    if _is_there(folder):
        raise there
    alone = not folder.parent.exists()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".hudna-", dir=folder.parent) as scratch:
            made = Path(scratch) / folder.name
            made.mkdir()
            for name, text in files.items():
                put(made / name, text)
            for name, path in (copies or {}).items():
                take_in(path, made, name)
            if checked and (problems := _problems(made, folder)[0]):
                raise ChangeRefused(problems)
            made.replace(folder)
    except OSError as error:
        if _is_there(folder):  # since then, by another hand
            raise there from error
        raise failed(error, folder) from error
    finally:
        if alone:
            with suppress(OSError):  # it is not empty where the case is made
                folder.parent.rmdir()


def write_schemas(data: Path) -> Path:
    """Write what editors are told of authored files beside the cases, and return its folder.

    Args:
        data: the folder of the cases.

    Raises:
        InputOutputError: it cannot be written.
    """
    folder = data / FOLDER
    told = json_schemas(words_of_all(data, vocabulary.load()))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in told.items():
            beside = beside_of(folder, f"{name}.json")
            put(beside, text)
            beside.replace(folder / f"{name}.json")
    except OSError as error:
        raise failed(error, folder) from error
    return folder


def _is_there(folder: Path) -> bool:
    return os.path.lexists(folder) and not (folder.is_dir() and not any(folder.iterdir()))


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    import filelock  # a new case needs none

    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    user = getattr(os, "getuid", str)()  # nobody can open the lock of another user
    path = Path(tempfile.gettempdir()) / f"hudna-{user}-{name}.lock"
    lock = filelock.FileLock(path, _PATIENCE)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        busy = "is being changed by another command; try again when it is done"
        raise InputOutputError(f"{folder.as_posix()}: {busy}") from error
    except OSError as error:
        raise failed(error, folder) from error
    try:
        yield
    finally:
        lock.release()


def _problems_of(edit: Edit) -> list[Problem]:
    """Return the problems of the case as a change leaves it."""
    with tempfile.TemporaryDirectory(prefix="hudna-") as scratch:
        copy = Path(scratch) / edit.folder.resolve().name
        try:
            _mirror(edit.folder.resolve(), copy)
            _link_shared(edit.folder.resolve(), copy)
            for name, text in edit.changes.items():
                put(copy / name, text)
        except OSError as error:
            told = str(failed(error, copy)).replace(str(copy), edit.folder.as_posix())
            raise InputOutputError(told) from error
        problems, found = _problems(copy, edit.folder)
        if found:
            edit.checked(*found)
        return problems


def _mirror(folder: Path, copy: Path) -> None:
    """Make folders as those of a case, with links to its files: nothing of them is read or copied.

    A folder of the case may itself be a link; what is further down and leads elsewhere stays one.
    """
    for where, folders, files in os.walk(folder, onerror=_raise, followlinks=True):
        here = Path(where)
        links = [one for one in folders if here != folder and (here / one).is_symlink()]
        folders[:] = [one for one in folders if one not in links and not one.startswith(".")]
        target = copy / here.relative_to(folder)
        target.mkdir()
        for name in (*files, *links):
            (target / name).symlink_to(here / name)


def _link_shared(folder: Path, copy: Path) -> None:
    """Put links to the terms of the folders beside a case, which it may share, beside its copy."""
    for path in folder.parent.glob(f"*/{TERMS_FILE}"):
        if path.parent != folder:
            beside = copy.parent / path.parent.name
            beside.mkdir()
            (beside / TERMS_FILE).symlink_to(path)


def _raise(error: OSError) -> None:
    raise error


def _problems(
    folder: Path, told: Path
) -> tuple[list[Problem], tuple[Case, Callable[[], ox.Store]] | None]:
    """Return the problems of a case, told of another folder, and what it is if it has none."""
    from ..build import judging  # an import is not checked, and needs none of it

    here, there = folder.as_posix(), told.as_posix()
    try:
        return [], judging.whole_check(folder, vocabulary.load(), told)
    except DataProblems as error:
        return [one._replace(file=one.file.replace(here, there)) for one in error.problems], None
    except InputOutputError as error:
        raise InputOutputError(str(error).replace(here, there)) from error


def _commit(edit: Edit) -> None:
    """Write all files beside those that are there, then put them in their places."""
    folder, journal = edit.folder, edit.folder / JOURNAL
    prints = {
        name: (_print(edit.before(name)), _print(text)) for name, text in edit.changes.items()
    }
    beside = [beside_of(folder, name) for name in edit.changes]
    try:
        for path, (name, text) in zip(beside, edit.changes.items(), strict=True):
            if text is not None:
                put(path, text)
                with suppress(FileNotFoundError):
                    shutil.copymode(folder / name, path)
        put(beside_of(folder, JOURNAL), json.dumps(prints))
        beside_of(folder, JOURNAL).replace(journal)
    except BaseException as error:
        for path in (*beside, beside_of(folder, JOURNAL)):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise failed(error, folder) from error
        raise
    _finish(folder)


def _finish(folder: Path) -> None:
    """Put the files of a change in their places, also of one that was broken off in doing so.

    A file that is neither as it was nor as it is to be was changed by another hand, and stays.
    """
    journal = folder / JOURNAL
    if not os.path.lexists(journal):  # what was broken off before is of no use
        for path in (*folder.glob(".*.toml.new"), *folder.glob("*/.*.toml.new")):
            with suppress(OSError):
                path.unlink()
        return
    try:
        for name, (old, new) in changed_by(folder).items():
            if not _NAME.fullmatch(name):
                continue
            path, other = folder / name, beside_of(folder, name)
            if _print_of(path) == old:
                if new == _print(None):
                    path.unlink(missing_ok=True)
                elif _print_of(other) == new:
                    other.replace(path)
            other.unlink(missing_ok=True)
        journal.unlink()
    except OSError as error:
        rest = "the change is half written; the next command that changes the case finishes it"
        raise InputOutputError(f"{failed(error, folder)}; {rest}") from error


def _print(text: str | None) -> str:
    """Return the fingerprint of a text, empty of a file that is not there."""
    return "" if text is None else hashlib.sha256(text.encode()).hexdigest()


def _print_of(path: Path) -> str:
    return _print(text_of(path) if path.exists() else None)
