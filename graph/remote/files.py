"""A case as files of N-Quads for the bulk loaders of stores, cut into parts that go on.

What a store holds that has loaded all of them is what ``hudna publish --to`` would have made of it:
the same graphs under the same names, and last the manifest of them.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import re
import tempfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from ..build.builds import small_object
from ..build.saving import replace_file, told
from ..errors import InputOutputError
from .lines import PART, Lines, whole_entry
from .manifest import graphs_of, noted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import IO

    import pyoxigraph as ox

    from .manifest import Names

MANIFEST = "parts.json"
"""The file that lists the others."""
QUADS = 1_000_000
"""So many quads are in a file, if nothing else is asked for."""

_OURS = re.compile(r"part-[0-9]{5,}\.nq\.gz")
_LEFT = re.compile(rf"\.(?:{_OURS.pattern}|{re.escape(MANIFEST)})-[a-z0-9_]{{8}}")
_GZIP = 31
"""Window and header that make zlib write gzip, without a time and a name."""
_AT_ONCE = 1 << 20
_MODE = 0o644


class Part(NamedTuple):
    """A file of quads: its name, how many it holds, its size and SHA-256 as it lies there."""

    file: str
    quads: int
    bytes: int
    sha256: str


class Parts(NamedTuple):
    """What is in a folder now.

    Attributes:
        files: the files of quads, in the order in which they are loaded.
        written: how many of them were written now; the others were there already.
    """

    files: tuple[Part, ...]
    written: int


def write_parts(
    folder: Path,
    store: ox.Store,
    names: Names,
    size: int = QUADS,
    say: Callable[[str], None] = lambda _step: None,
) -> Parts:
    """Write a case into a folder; what is there already, and right, is not written again.

    While ``parts.json`` says ``"complete": false``, not all is there. Each file is there wholly, or
    as it was. Those of an earlier edition that are no longer needed are removed.

    Args:
        folder: it may be missing or empty, or hold parts of the same case under the same names.
        store: the graph of the case.
        names: the names of its graphs there.
        size: quads in a file at most.
        say: is told what is being done.

    Raises:
        UsageError: the build has a graph that is none of the case.
        InputOutputError: the folder holds something else, or cannot be written.
    """
    about = {"case": names.case, "graph_prefix": names.prefix}
    with told(folder):
        folder.mkdir(exist_ok=True)
        _refuse_others(folder, about)
        say("sorting the graphs")
        graphs = _with_manifest(store, names, min(size, PART))
        whole, listed, written = hashlib.sha256(), [], 0
        for number, (held, quads) in enumerate(_cut(graphs, size), 1):
            path = folder / f"part-{number:05}.nq.gz"
            if not _holds(path, held, whole):
                if not written:
                    _note(folder, {**about, "complete": False})
                say(f"writing {path.name}")
                replace_file(path, _packed(held), _MODE)
                written += 1
            listed.append(Part(path.name, quads, path.stat().st_size, _sha256(path)))
        _note(folder, {
            **about, "complete": True, "quads": sum(one.quads for one in listed),
            "sha256": whole.hexdigest(), "parts": [one._asdict() for one in listed],
        })  # fmt: skip
        _clear(folder, {one.file for one in listed})
    return Parts(tuple(listed), written)


def _refuse_others(folder: Path, about: Mapping[str, str]) -> None:
    there = {path.name for path in folder.iterdir()}
    ours = {name for name in there if _OURS.fullmatch(name)}
    said = small_object(folder / MANIFEST)
    others = there - ours - {MANIFEST} - {name for name in there if _LEFT.fullmatch(name)}
    if not others and ours and any(said.get(key) != value for key, value in about.items()):
        others = ours
    if others:
        raise InputOutputError(
            f"{folder.as_posix()}: holds other files ({min(others)}), or parts of another case or "
            "under other names; choose another folder"
        )


def _with_manifest(store: ox.Store, names: Names, part: int) -> dict[str, Lines]:
    """Return the lines of each graph by its name, last those of the manifest."""
    graphs = dict(sorted(graphs_of(store, names, part).items()))
    said = {graph: lines.entry for graph, lines in graphs.items()}
    said[names.manifest] = whole_entry(store)
    triples = (one for graph, entry in said.items() for one in noted(graph, entry))
    lines = sorted(f"{triple} .\n".encode() for triple in triples)
    return graphs | {names.manifest: Lines([lines], BytesIO(), part)}


def _cut(graphs: Mapping[str, Lines], size: int) -> Iterator[tuple[IO[bytes], int]]:
    """Yield files with so many quads each, and how many these are; the last one may have fewer."""
    held, room = tempfile.TemporaryFile(), size  # noqa: SIM115 - whoever gets it lets it go
    for graph, lines in graphs.items():
        end = f" <{graph}> .\n".encode()
        for data in lines.each_part():
            some = data.splitlines(keepends=True)
            while some:
                now, some = some[:room], some[room:]
                held.write(b"".join(now).replace(b" .\n", end))
                room -= len(now)
                if not room:
                    yield held, size
                    held, room = tempfile.TemporaryFile(), size  # noqa: SIM115
    if room < size:
        yield held, size - room


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


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _note(folder: Path, said: Mapping[str, object]) -> None:
    data = json.dumps(said, indent=2, sort_keys=True).encode() + b"\n"
    path = folder / MANIFEST
    if not path.is_file() or path.read_bytes() != data:
        replace_file(path, [data], _MODE)


def _clear(folder: Path, listed: set[str]) -> None:
    """Remove parts that are none any more, and what a run that was killed has left."""
    for path in folder.iterdir():
        if _LEFT.fullmatch(path.name) or path.name not in {*listed, MANIFEST}:
            path.unlink()
