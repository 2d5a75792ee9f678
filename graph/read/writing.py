"""A graph as sorted N-Quads and as Turtle, written at once and never as a whole in memory."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from .sorted_lines import RUN, SortedLines
from .store import named_graphs, types_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import IO

_DEFAULT = ox.DefaultGraph()


def write(
    store: ox.Store,
    prefixes: dict[str, str],
    quads: IO[bytes],
    triples: IO[bytes],
    folder: Path | None = None,
    run: int = RUN,
) -> None:
    """Write what ``graph.read.store.nquads`` and ``graph.read.store.turtle`` return.

    The default graph, which holds nearly all, is taken from the store once; of the named graphs
    the lines are sorted in memory.

    Args:
        store: the store, without blank nodes.
        prefixes: those of the Turtle, by name.
        quads: takes the N-Quads.
        triples: takes the Turtle of the default graph.
        folder: where parts are kept meanwhile; by default that of the system.
        run: so many bytes are sorted at once.
    """
    default = SortedLines(folder, run)
    store.dump(
        output=cast("IO[bytes]", default), format=ox.RdfFormat.N_TRIPLES, from_graph=_DEFAULT
    )
    found = _parsed(_beside(default.blocks(), _lines_of_named(store), quads))
    ox.serialize(found, output=triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes)


def _lines_of_named(store: ox.Store) -> list[bytes]:
    """Return the quads of all named graphs as lines, sorted."""
    found = (
        quad
        for graph in named_graphs(store)
        for quad in store.quads_for_pattern(None, None, None, graph)
    )
    data = ox.serialize(found, format=ox.RdfFormat.N_QUADS) or b""
    return sorted(data.splitlines(keepends=True))


def _beside(
    blocks: Iterable[list[bytes]], others: list[bytes], quads: IO[bytes]
) -> Iterator[list[bytes]]:
    """Yield sorted blocks again, when each is written together with the other lines up to it."""
    done = 0
    for block in blocks:
        upto = bisect_right(others, block[-1], done) if block else done
        quads.write(b"".join(sorted([*block, *others[done:upto]])))
        done = upto
        yield block
    quads.write(b"".join(others[done:]))


def _parsed(blocks: Iterable[list[bytes]]) -> Iterator[ox.Quad]:
    """Yield the triples of sorted lines by their subjects, of each its types first."""
    rest: list[bytes] = []
    for block in blocks:
        lines = [*rest, *block]
        last = lines[-1].partition(b" ")[0] + b" " if lines else b""
        end = next((at for at in range(len(lines), 0, -1) if not lines[at - 1].startswith(last)), 0)
        lines, rest = lines[:end], lines[end:]
        yield from _in_order(lines)
    yield from _in_order(rest)


def _in_order(lines: list[bytes]) -> Iterator[ox.Quad]:
    lines.sort(key=types_first)
    return ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES, lenient=True)
