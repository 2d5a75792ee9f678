"""A case as files of N-Quads for the bulk loaders of stores.

What a store holds that has loaded all of them is what ``hudna publish --to`` would have made of it:
the same graphs under the same names, and last the manifest of them.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from ..build.parts import QuadFile, WrittenFolder, write_folder
from .lines import PART, GraphLines, scratch, whole_entry
from .manifest import graphs_of, noted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import IO

    import pyoxigraph as ox

    from .manifest import Names

__all__ = ["QUADS", "QuadFile", "WrittenFolder", "write_parts"]

QUADS = 1_000_000
"""So many quads are in a file, if nothing else is asked for."""


def write_parts(
    folder: Path,
    store: ox.Store,
    names: Names,
    size: int = QUADS,
    say: Callable[[str], None] = lambda _step: None,
) -> WrittenFolder:
    """Write a case into a folder; what is there already, and right, is not written again.

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
    return write_folder(folder, about, _cut(store, names, size, say), say)


def _with_manifest(store: ox.Store, names: Names, part: int) -> dict[str, GraphLines]:
    """Return the lines of each graph by its name, last those of the manifest."""
    graphs = dict(sorted(graphs_of(store, names, part).items()))
    said = {graph: lines.entry for graph, lines in graphs.items()}
    said[names.manifest] = whole_entry(store)
    triples = (one for graph, entry in said.items() for one in noted(graph, entry))
    lines = sorted(f"{triple} .\n".encode() for triple in triples)
    return graphs | {names.manifest: GraphLines([lines], BytesIO(), part)}


def _cut(
    store: ox.Store, names: Names, size: int, say: Callable[[str], None]
) -> Iterator[tuple[IO[bytes], int]]:
    """Yield files with so many quads each, and how many these are; the last one may have fewer."""
    say("sorting the graphs")
    graphs = _with_manifest(store, names, min(size, PART))
    held, room = scratch(), size
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
                    held, room = scratch(), size
    if room < size:
        yield held, size - room
