"""Opening a build: the one way to its files, and no byte of them that its manifest does not say."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
import weakref
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from ..errors import BrokenBuild, InputOutputError, NotBuilt
from ..errors.counting import counted
from .manifest import MANIFEST, MOST_BYTES, listed_of, read_manifest
from .saving import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from io import BufferedReader
    from pathlib import Path
    from typing import Any

    from .manifest import Listed, Manifest

_MOST_REMEMBERED = 1024 * 1024
SETTLED = 2_000_000_000
"""Nanoseconds after which a file that is written again has another time, on every file system."""
_TRIES = 100
"""So often a build may be replaced and removed while it is being opened."""


class Compared(NamedTuple):
    """What has been compared with a manifest.

    Attributes:
        files: number of files, the manifest among them.
        size: their bytes.
        others: names of files in the folder that are none of the build's; nothing reads them.
    """

    files: int
    size: int
    others: tuple[str, ...]


class Build:
    """A build, opened; it stays the same one, and its files stay, whatever is built meanwhile.

    Made by ``opened``.

    Attributes:
        folder: where its files are, with no link in the path.
        manifest: what its manifest says.
    """

    def __init__(self, shown: str, folder: Path, file: BufferedReader) -> None:
        self._shown, self.folder = shown, folder
        weakref.finalize(self, os.close, os.dup(file.fileno()))  # it is held as long as this lives
        data = file.read(MOST_BYTES + 1)
        self._own_size = len(data)
        try:
            self.manifest: Manifest = read_manifest(data)
        except ValueError as error:
            raise self._broken([f"{MANIFEST} {error}"]) from None

    def __repr__(self) -> str:
        return f"<Build in {self.folder}>"

    def read(self, name: str) -> bytes:
        """Return the contents of a file, compared with the manifest.

        Raises:
            BrokenBuild: the file is not as it was built.
            InputOutputError: it cannot be read.
        """
        listed = self._listed(name)
        with self._told(name), plain_file(self.folder / name) as file:
            data = file.read(listed.size + 1)
            self._compare(name, listed, len(data), hashlib.sha256(data).hexdigest())
            return data

    def open(self, name: str) -> int:
        """Return a descriptor of a file, open for reading, whose contents have been compared.

        Raises:
            BrokenBuild: the file is not as it was built.
            InputOutputError: it cannot be read.
        """
        listed = self._listed(name)
        with self._told(name), plain_file(self.folder / name) as file:
            self._measure(name, listed, file)
            file.seek(0)
            return os.dup(file.fileno())

    def verify(self) -> Compared:
        """Compare every byte of the build with its manifest, whatever is remembered of it.

        Raises:
            BrokenBuild: a file is not as it was built; all of them are told.
            InputOutputError: a file cannot be read.
        """
        self._check({})
        listed = self.manifest.files
        others = {path.name for path in self.folder.iterdir()} - listed.keys() - {MANIFEST}
        size = self._own_size + sum(said.size for said in listed.values())
        return Compared(len(listed) + 1, size, tuple(sorted(others)))

    def check(self, case: str) -> None:
        """See that this is a build of the case and that every file is as it was built.

        The SHA-256 of a file is computed again only if it is not the file, by inode, size and
        times, of which that has been done before.

        Raises:
            BrokenBuild: it is not so.
            InputOutputError: a file cannot be read.
        """
        if self.manifest.about.get("case") != case:
            raise self._broken([f'{MANIFEST} is not that of a build of "{case}"'])
        self._check(_remembered(self._memory))

    @property
    def _memory(self) -> Path:
        return self.folder.with_name(f".{self.folder.name}.checked")

    def _check(self, known: Mapping[str, list[object]]) -> None:
        wrong: list[str] = []
        seen: dict[str, list[object]] = {}
        for name, listed in self.manifest.files.items():
            try:
                with self._told(name), plain_file(self.folder / name) as file:
                    state = _state(file)
                    if known.get(name) != [*state, listed.sha256] or state[1] != listed.size:
                        self._measure(name, listed, file)
                    if state == _state(file) and _is_settled(state):
                        seen[name] = [*state, listed.sha256]
            except BrokenBuild as error:
                wrong += error.problems
        if wrong:
            raise self._broken(wrong)
        if seen != known:
            with suppress(OSError):  # without it, all is computed again the next time
                replace_file(self._memory, [json.dumps(seen).encode()], 0o644)

    def _listed(self, name: str) -> Listed:
        if name not in self.manifest.files:
            raise self._broken([f"{name} is no file of it"])
        return self.manifest.files[name]

    def _measure(self, name: str, listed: Listed, file: BufferedReader) -> None:
        """Compare a file as it is on the disk; one of another size is not read."""
        size = os.fstat(file.fileno()).st_size
        same = size == listed.size
        digest = listed_of(file).sha256 if same else ""
        self._compare(name, listed, size, digest)

    def _compare(self, name: str, listed: Listed, size: int, sha256: str) -> None:
        if size < listed.size:
            raise self._broken([f"{name} is cut: it has {size} of {counted(listed.size, 'byte')}"])
        if (size, sha256) != listed:
            raise self._broken([f"{name} has been changed"])

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise self._broken([f"{name} is missing"]) from None
        except _NotPlainError:
            raise self._broken([f"{name} is no plain file"]) from None
        except OSError as error:
            reason = error.strerror or error
            raise InputOutputError(f"{self._shown}/{name}: {reason}") from error

    def _broken(self, problems: list[str]) -> BrokenBuild:
        return BrokenBuild(self._shown, problems)


def opened(target: Path, case: str) -> Build:
    """Open the last build of a case, and see that it is as it was built.

    Args:
        target: the folder of the case, for example ``public/mill``: the link that a build makes, or
            a copy of a build.
        case: the case's id.

    Raises:
        NotBuilt: there is none.
        BrokenBuild: it does not fit its manifest: cut, changed, half copied, or of another case.
        InputOutputError: it cannot be read.
    """
    for _ in range(_TRIES):
        build = _opened(target)
        if build is not None:
            build.check(case)
            return build
    missing = f"{MANIFEST} is missing" if target.exists() else "the link leads nowhere"
    raise BrokenBuild(target.as_posix(), [missing])


@contextmanager
def plain_file(path: Path) -> Iterator[BufferedReader]:
    """Open a file for reading, but no link, pipe or device.

    Raises:
        OSError: it cannot be opened, or is no plain file.
    """
    if not stat.S_ISREG(path.lstat().st_mode):
        raise _NotPlainError
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise _NotPlainError
        yield file


def small_object(path: Path) -> dict[str, Any]:
    """Return a small object in JSON; an empty one if the file is missing or holds anything else."""
    try:
        with plain_file(path) as file:
            found = json.loads(file.read(_MOST_REMEMBERED))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def hold(descriptor: int, *, alone: bool = False) -> bool:
    """Hold a file, with others or alone, until it is closed; return whether that is possible.

    A build is held by those who read it, through its manifest, and is not removed meanwhile. Where
    the system has no such locks, the last builds are kept nevertheless.

    Args:
        descriptor: of the file, open.
        alone: whether nobody else may hold it meanwhile.
    """
    try:
        import fcntl
    except ImportError:  # not a POSIX system
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_NB | (fcntl.LOCK_EX if alone else fcntl.LOCK_SH))
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


class _NotPlainError(OSError):
    """A link, a pipe, a folder or a device stands where a file should."""


def _opened(target: Path) -> Build | None:
    """Return the build to which a target leads now, or ``None`` if it is being removed."""
    shown = target.as_posix()
    try:
        folder = target.resolve(strict=True)
        if not folder.is_dir():
            raise BrokenBuild(shown, ["it is no folder"])
        with plain_file(folder / MANIFEST) as file:
            held, there = hold(file.fileno()), (folder / MANIFEST).stat()
            if held and os.path.samestat(os.fstat(file.fileno()), there):
                return Build(shown, folder, file)
    except FileNotFoundError:
        if not target.exists() and not target.is_symlink():
            why = f'{shown}: nothing is built there; run "hudna build" first'
            raise NotBuilt(why) from None
    except _NotPlainError:
        raise BrokenBuild(shown, [f"{MANIFEST} is no plain file"]) from None
    except (OSError, RuntimeError) as error:  # resolve() raises the latter for links in a circle
        reason = getattr(error, "strerror", None) or str(error)
        raise InputOutputError(f"{shown}: {reason}") from error
    return None


def _remembered(path: Path) -> Mapping[str, list[object]]:
    return {name: said for name, said in small_object(path).items() if isinstance(said, list)}


def _state(file: BufferedReader) -> tuple[int, int, int, int]:
    """Return what is another when a file is another or is written to, even if its time is reset."""
    found = os.fstat(file.fileno())
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _is_settled(state: tuple[int, int, int, int]) -> bool:
    """Return whether a change from now on would show in the times of a file."""
    return max(state[2:]) < time.time_ns() - SETTLED
