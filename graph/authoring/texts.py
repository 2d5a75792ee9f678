"""Texts of sources: kept on the author's machine, never in a case and never in a repository."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import UsageError


def text_folder(case: str, given: Path | None = None) -> Path:
    """Return the folder of the texts of a case; it need not be there yet.

    By default it is ``hudna/texts/CASE`` below ``$XDG_DATA_HOME``, which is ``~/.local/share``
    where it is not set.

    Args:
        case: the case's id.
        given: a folder that the user named, which is taken as it is.

    Raises:
        UsageError: it is inside a git work tree, from where a text would be passed on.
    """
    base = os.environ.get("XDG_DATA_HOME", "")
    home = Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "share"
    folder = given or home / "hudna" / "texts" / case
    whole = folder.resolve()
    if tree := next((one for one in (whole, *whole.parents) if (one / ".git").exists()), None):
        raise UsageError(f"{folder}: is in {tree}, which git keeps; texts stay out of it: "
                         "name another folder with --texts")  # fmt: skip
    return folder
