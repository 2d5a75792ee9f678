"""Lines that are written in any order and read sorted, of which only some are in memory at once."""

from __future__ import annotations

import tempfile
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

RUN = 32 * 1024 * 1024
"""So many bytes are sorted at once; of what is more, each such part is kept on the disk."""


class SortedLines:
    """Takes lines as a file that is written to, and gives them sorted.

    Args:
        folder: where parts are kept, in files without a name; by default that of the system.
        run: bytes of a part.
    """

    def __init__(self, folder: Path | None = None, run: int = RUN) -> None:
        self._folder = folder
        self._run = run
        self._written: list[bytes] = []
        self._size = 0
        self._runs: list[IO[bytes]] = []

    def write(self, data: bytes) -> int:
        """Take some bytes, which need not end where a line ends; return how many."""
        self._written.append(data)
        self._size += len(data)
        if self._size >= self._run:
            self._put_aside()
        return len(data)

    def flush(self) -> None:
        """Do nothing, as there is no file behind."""

    def blocks(self) -> Iterator[list[bytes]]:
        """Yield all lines, block by block, each line with its end; they are given only once."""
        if not self._runs:
            yield self._taken()
            return
        self._put_aside()
        try:
            yield from _merged(self._runs, max(self._run // len(self._runs), 1))
        finally:
            for file in self._runs:
                file.close()

    def _taken(self) -> list[bytes]:
        """Return what was written, sorted by lines; what stands after the last end stays."""
        text = b"".join(self._written)
        end = text.rfind(b"\n") + 1
        self._written, self._size = [text[end:]], len(text) - end
        return sorted(text[:end].splitlines(keepends=True))

    def _put_aside(self) -> None:
        file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 — closed by blocks
        self._runs.append(file)
        file.writelines(self._taken())
        file.seek(0)


def _merged(runs: list[IO[bytes]], size: int) -> Iterator[list[bytes]]:
    """Yield the lines of sorted files, sorted: so many of each as surely come before all others.

    Args:
        runs: the files.
        size: so many bytes of each are read at once.
    """
    left = [(file, file.readlines(size)) for file in runs]
    while left := [(file, lines or file.readlines(size)) for file, lines in left]:
        left = [(file, lines) for file, lines in left if lines]
        if not left:
            return
        last = min(lines[-1] for _, lines in left)
        ends = [bisect_right(lines, last) for _, lines in left]
        block = [one for (_, lines), end in zip(left, ends, strict=True) for one in lines[:end]]
        block.sort()
        yield block
        left = [(file, lines[end:]) for (file, lines), end in zip(left, ends, strict=True)]
