"""The triples of a graph as sorted lines of N-Triples on the disk, told by one hash, sent in parts.

The order does not depend on who gives the triples, so a graph here and the same graph there have
one hash. Only a part of the lines is in memory at once.
"""

from __future__ import annotations

import hashlib
import heapq
import tempfile
import weakref
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, cast

import pyoxigraph as ox

from ..read.sorted_lines import SortedLines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

PART = 10_000
"""Triples in one request; stores have limits for the size of a body."""

_RUN = 8 * 1024 * 1024


class Entry(NamedTuple):
    """What a manifest says of a graph: the number of its triples and their SHA-256."""

    triples: int
    sha256: str


class _ScratchFile:
    def __init__(self) -> None:
        file = tempfile.TemporaryFile()  # noqa: SIM115
        weakref.finalize(self, file.close)
        self.write, self.read, self.seek = file.write, file.read, file.seek


def scratch() -> IO[bytes]:
    """Return a file without a name on the disk, which is closed when nothing holds it any more."""
    return cast("IO[bytes]", _ScratchFile())


class LinesApart(NamedTuple):
    """GraphLines of one graph that another has not: how many, and the first of them."""

    lines: int
    first: bytes


class GraphLines:
    """The sorted lines of a graph, each once.

    Args:
        blocks: the lines, block by block; all that are equal stand in one block.
        file: where they are written, behind what is there already.
        part: lines in a part.

    Attributes:
        entry: how many they are, and their SHA-256.
        parts: how many parts they have; one, without a line, if there are none.
    """

    def __init__(self, blocks: Iterable[list[bytes]], file: IO[bytes], part: int = PART) -> None:
        self._file, self.part_size = file, part
        hashed, count = hashlib.sha256(), 0
        end = file.seek(0, 2)
        self._starts: list[int] = []
        for block in blocks:
            lines = list(dict.fromkeys(block))
            at = 0
            while at < len(lines):
                if count % part == 0:
                    self._starts.append(end)
                some = lines[at : at + part - count % part]
                data = b"".join(some)
                end += file.write(data)
                hashed.update(data)
                count, at = count + len(some), at + len(some)
        self._starts += [end] if self._starts else [end, end]
        self.entry = Entry(count, hashed.hexdigest())
        self.parts = len(self._starts) - 1

    def part(self, number: int) -> bytes:
        """Return the lines of a part; of parts from 0, each has as many lines, but for the last."""
        start, end = self._starts[number : number + 2]
        self._file.seek(start)
        return self._file.read(end - start)

    def each_part(self, first: int = 0) -> Iterator[bytes]:
        """Yield the lines of each part, from one on."""
        return map(self.part, range(first, self.parts))

    def __iter__(self) -> Iterator[bytes]:
        """Yield each line with its end."""
        return (line for part in self.each_part() for line in part.splitlines(keepends=True))

    def against(self, others: GraphLines) -> tuple[LinesApart, LinesApart]:
        """Return what these lines have that others have not, and the other way round."""
        sides = heapq.merge(((line, 0) for line in self), ((line, 1) for line in others))
        counts, firsts = [0, 0], [b"", b""]
        for line, found in groupby(sides, itemgetter(0)):
            own = [side for _, side in found]
            if len(own) == 1:
                firsts[own[0]] = firsts[own[0]] or line
                counts[own[0]] += 1
        return LinesApart(counts[0], firsts[0]), LinesApart(counts[1], firsts[1])


class Gathered:
    """Triples as they come from a store: in any order, and maybe some of them twice."""

    def __init__(self) -> None:
        self._written = SortedLines(run=_RUN)

    def update(self, triples: Iterable[ox.Triple]) -> None:
        """Take some."""
        self._written.write(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")

    def __len__(self) -> int:
        """Return how many different ones there are, when all have come."""
        return self.lines.entry.triples

    @cached_property
    def lines(self) -> GraphLines:
        """All of them, when all have come; they are gone with what holds this."""
        return GraphLines(self._written.blocks(), scratch())


def lines_of_graph(
    store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph, file: IO[bytes], part: int = PART
) -> GraphLines:
    """Return the lines of a graph of a store.

    Args:
        store: the quads.
        graph: which of its graphs.
        file: where the lines are written, behind what is there already.
        part: lines in a part.
    """
    return GraphLines(_sorted(store, ox.RdfFormat.N_TRIPLES, graph), file, part)


def whole_entry(store: ox.Store) -> Entry:
    """Return the entry of a case as a whole: quads, and the SHA-256 of them as ``graph.nq``."""
    hashed = hashlib.sha256()
    for block in _sorted(store, ox.RdfFormat.N_QUADS):
        hashed.update(b"".join(block))
    return Entry(len(store), hashed.hexdigest())


def _sorted(
    store: ox.Store, form: ox.RdfFormat, graph: ox.NamedNode | ox.DefaultGraph | None = None
) -> Iterator[list[bytes]]:
    written = SortedLines(run=_RUN)
    store.dump(output=cast("IO[bytes]", written), format=form, from_graph=graph)
    return written.blocks()
