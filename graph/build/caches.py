"""The user's folder of caches: what is kept there can be thrown away at any time."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

MAKING = ".tmp-"
"""So begins the name of what is being made; the next build removes what is left beside it."""
LEFT = 24 * 3600.0
"""So many seconds after it was begun, what is half made is no longer being made."""


def folder() -> Path:
    """Return the user's folder of caches for Hudna; nobody else can open it.

    Raises:
        OSError: it cannot be made, or is somebody else's.
    """
    told = os.environ.get("XDG_CACHE_HOME", "")
    above = Path(told) if Path(told).is_absolute() else Path.home() / ".cache"
    found = above / "hudna"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    refuse_others(found)
    return found


def refuse_others(place: Path) -> None:
    """Raise ``OSError`` if others may have written into a folder or file, or may read it.

    Args:
        place: the folder or file; a link counts as itself.
    """
    found = place.lstat()
    if hasattr(os, "geteuid") and (found.st_uid != os.geteuid() or found.st_mode & 0o077):
        raise PermissionError(f"{place}: is open to others")


def throw_away(entry: Path) -> None:
    """Remove an entry; whoever reads it goes on doing so.

    Args:
        entry: a folder, or a link, which alone is removed.
    """
    with contextlib.suppress(OSError):
        if entry.is_symlink():
            entry.unlink()
            return
        aside = Path(tempfile.mkdtemp(prefix=MAKING, dir=entry.parent)) / "old"
        entry.rename(aside)
        shutil.rmtree(aside.parent, ignore_errors=True)
