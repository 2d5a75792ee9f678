"""What of a change of a case is being written, or was broken off while it was."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from ..model.textfiles import text_of

if TYPE_CHECKING:
    from pathlib import Path

JOURNAL = ".change"
"""What is being written: there only while files are put in their places, or if that was broken off.

A table of the files' names, each with the fingerprints that it had and is to have.
"""


def broken_off(folder: Path) -> str:
    """Return that a change of a case was broken off half way, and what to do; empty if none was.

    Args:
        folder: the case's folder.
    """
    if not os.path.lexists(folder / JOURNAL):
        return ""
    names = ", ".join(sorted(changed_by(folder))) or "nobody can tell which"
    return (
        f"{folder.as_posix()}: an earlier change was broken off while its files were put in their "
        f"places ({names}), so some may still be as they were; the next command that changes the "
        "case, as hudna say or hudna add, finishes it first"
    )


def changed_by(folder: Path) -> dict[str, tuple[str, str]]:
    """Return the fingerprints of the files of a change, before and after; none if it is unfit.

    Args:
        folder: the case's folder.
    """
    try:
        told = json.loads(text_of(folder / JOURNAL))
        return {name: (str(old), str(new)) for name, (old, new) in told.items()}
    except (AttributeError, TypeError, ValueError):
        return {}
