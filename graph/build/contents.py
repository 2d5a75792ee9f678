"""What a file of a build holds, before it is published: in memory if it is small, else on the disk.

On the disk it is in a file without a name, which is gone as soon as nothing holds it any more,
also when the build is killed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, cast

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
        folder: where they are held, on the disk of the builds; by default that of the system.

    Attributes:
        file: takes the bytes.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._digest = hashlib.sha256()
        self._held: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(  # noqa: SIM115
            IN_MEMORY, mode="w+b", dir=None if folder is None else str(folder)
        )
        self.file = cast("IO[bytes]", _Both(self._held, self._digest))

    @classmethod
    def of(cls, folder: Path | None, chunks: Iterable[bytes]) -> Contents:
        """Return contents of some chunks.

        Args:
            folder: where they are held.
            chunks: the bytes, one after another.
        """
        found = cls(folder)
        for chunk in chunks:
            found.file.write(chunk)
        return found

    @property
    def listed(self) -> Listed:
        """What a manifest says of them."""
        self._held.seek(0, os.SEEK_END)
        return Listed(self._held.tell(), self._digest.hexdigest())

    def copy_to(self, file: IO[bytes]) -> None:
        """Write them into a file."""
        self._held.seek(0)
        shutil.copyfileobj(cast("IO[bytes]", self._held), file, _AT_ONCE)


class _Both:
    """What writes into a file, and into the SHA-256 of what it holds."""

    def __init__(self, file: SpooledTemporaryFile[bytes], digest: hashlib._Hash) -> None:
        self._file, self._digest = file, digest

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        """Do nothing, as nobody else reads the file meanwhile."""
