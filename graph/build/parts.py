"""A folder of packed files that are parts of one whole, written so that a run goes on.

Each file is there wholly or not at all; one that is right, when it is unpacked, is not written
again.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import re
import zlib
from typing import TYPE_CHECKING, NamedTuple

from ..errors import InputOutputError
from .builds import small_object
from .manifest import listed_of
from .saving import replace_file, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import IO

LISTING = "parts.json"
"""The file that lists the others."""

_OURS = re.compile(r"part-[0-9]{5,}\.nq\.gz")
_LEFT = re.compile(rf"\.(?:{_OURS.pattern}|{re.escape(LISTING)})-[a-z0-9_]{{8}}")
_GZIP = 31
"""Window and header that make zlib write gzip, without a time and a name."""
_AT_ONCE = 1 << 20
_MODE = 0o644


class QuadFile(NamedTuple):
    """A file of quads: its name, how many it holds, its size and SHA-256 as it lies there."""

    file: str
    quads: int
    bytes: int
    sha256: str


class WrittenFolder(NamedTuple):
    """What is in a folder now.

    Attributes:
        files: the files of quads, in the order in which they are loaded.
        written: how many of them were written now; the others were there already.
    """

    files: tuple[QuadFile, ...]
    written: int


def write_folder(
    folder: Path,
    about: Mapping[str, str],
    parts: Iterable[tuple[IO[bytes], int]],
    say: Callable[[str], None] = lambda _step: None,
) -> WrittenFolder:
    """Write quads into a folder, file by file.

    While ``parts.json`` says ``"complete": false``, not all is there. Files of an earlier edition
    that are no longer needed are removed.

    Args:
        folder: it may be missing or empty, or hold parts about the same.
        about: what the parts are of, for ``parts.json``.
        parts: what each file holds, open, and how many quads that is; begun when the folder has
            been looked at.
        say: is told what is being done.

    Raises:
        InputOutputError: the folder holds something else, or cannot be written.
    """
    with told(folder):
        folder.mkdir(exist_ok=True)
        _refuse_others(folder, about)
        whole, listed, written = hashlib.sha256(), [], 0
        for number, (held, quads) in enumerate(parts, 1):
            path = folder / f"part-{number:05}.nq.gz"
            if not _holds(path, held, whole):
                if not written:
                    _note(folder, {**about, "complete": False})
                say(f"writing {path.name}")
                replace_file(path, _packed(held), _MODE)
                written += 1
            with path.open("rb") as file:
                listed.append(QuadFile(path.name, quads, *listed_of(file)))
        _note(folder, {
            **about, "complete": True, "quads": sum(one.quads for one in listed),
            "sha256": whole.hexdigest(), "parts": [one._asdict() for one in listed],
        })  # fmt: skip
        _clear(folder, {one.file for one in listed})
    return WrittenFolder(tuple(listed), written)


def _refuse_others(folder: Path, about: Mapping[str, str]) -> None:
    there = {path.name for path in folder.iterdir()}
    ours = {name for name in there if _OURS.fullmatch(name)}
    said = small_object(folder / LISTING)
    others = there - ours - {LISTING} - {name for name in there if _LEFT.fullmatch(name)}
    if not others and ours and any(said.get(key) != value for key, value in about.items()):
        others = ours
    if others:
        raise InputOutputError(
            f"{folder.as_posix()}: holds other files ({min(others)}), or parts of another case or "
            "under other names; choose another folder"
        )


def _holds(path: Path, held: IO[bytes], whole: hashlib._Hash) -> bool:
    """Return whether a file holds just what is held, packed; the latter is hashed meanwhile."""
    same = True
    held.seek(0)
    with contextlib.ExitStack() as stack:
        try:
            packed = stack.enter_context(gzip.open(path)) if path.is_file() else None
        except OSError:
            packed = None
        while True:
            data = held.read(_AT_ONCE)
            whole.update(data)
            if same:
                same = packed is not None and _read(packed, len(data)) == data
            if not data:
                return same


def _read(packed: gzip.GzipFile, size: int) -> bytes | None:
    """Return so many bytes, or that there is one more than none; ``None`` of what is broken."""
    try:
        return packed.read(max(size, 1))
    except (OSError, EOFError, zlib.error):
        return None


def _packed(held: IO[bytes]) -> Iterator[bytes]:
    """Yield what is held as gzip, the same bytes each time."""
    held.seek(0)
    packing = zlib.compressobj(wbits=_GZIP)
    while data := held.read(_AT_ONCE):
        yield packing.compress(data)
    yield packing.flush()


def _note(folder: Path, said: Mapping[str, object]) -> None:
    data = json.dumps(said, indent=2, sort_keys=True).encode() + b"\n"
    path = folder / LISTING
    if not path.is_file() or path.read_bytes() != data:
        replace_file(path, [data], _MODE)


def _clear(folder: Path, listed: set[str]) -> None:
    """Remove parts that are none any more, and what a run that was killed has left."""
    for path in folder.iterdir():
        if _LEFT.fullmatch(path.name) or path.name not in {*listed, LISTING}:
            path.unlink()
