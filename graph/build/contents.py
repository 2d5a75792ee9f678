"""What a file of a build holds, before it is published: in memory if it is small, else on the disk.

On the disk it is in a file without a name, which is gone as soon as nothing holds it any more,
also when the build is killed.
"""

from __future__ import annotations

import hashlib
import shutil
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING

from .manifest import Listed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import IO

IN_MEMORY = 1024 * 1024
"""So many bytes of a file are held in memory."""
_AT_ONCE = 1024 * 1024


class Contents:
    """Bytes that are written one after another, then compared and copied.

    Args:
        folder: where they are kept; a folder that is there, on the disk of the builds.
    """

    def __init__(self, folder: Path) -> None:
        self._file = SpooledTemporaryFile(IN_MEMORY, dir=folder)  # noqa: SIM115 — gone with this
        self._digest = hashlib.sha256()
        self._size = 0

    @classmethod
    def of(cls, folder: Path, chunks: Iterable[bytes]) -> Contents:
        """Return contents of some chunks.

        Args:
            folder: where they are kept.
            chunks: the bytes, one after another.
        """
        found = cls(folder)
        for chunk in chunks:
            found.write(chunk)
        return found

    @property
    def listed(self) -> Listed:
        """What a manifest says of them."""
        return Listed(self._size, self._digest.hexdigest())

    def write(self, data: bytes) -> int:
        """Add some bytes; return how many."""
        self._file.write(data)
        self._digest.update(data)
        self._size += len(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing, as nobody else reads them."""

    def copy_to(self, file: IO[bytes]) -> None:
        """Write them into a file."""
        self._file.seek(0)
        shutil.copyfileobj(self._file, file, _AT_ONCE)
