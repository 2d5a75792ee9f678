"""What may not be passed on stays out of git: which files an import names in ``.gitignore``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.textfiles import text_of
from ..model.words import Access

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

NAME = ".gitignore"
_HEAD = "# Written by hudna import: rows of {label} may not be passed on"


def kept_out(folder: Path | None, about: Mapping[str, str], files: Iterable[str]) -> str:
    """Return the ``.gitignore`` of a case that an import of restricted rows needs.

    Args:
        folder: the case's folder; ``None`` if it is a new case.
        about: the data set, as its format tells it.
        files: what the import writes, by paths in the case's folder.

    Returns:
        Its text: lines for these files above those that are there, so that a line of the user's
        has the last word; empty if nothing is to be added.

    Raises:
        UnfitFile: the file that is there cannot be read as what it is.
    """
    if about.get("access", Access.PUBLIC) == Access.PUBLIC:
        return ""
    there = folder and (folder / NAME).is_file()
    before = text_of(folder / NAME) if folder and there else ""
    wanted = sorted({_pattern(one, about["id"]) for one in files})
    known = before.splitlines()
    new = [one for one in wanted if one not in known]
    if not new:
        return ""
    head = _HEAD.format(label=about["label"])
    return "\n".join([*([] if head in known else [head]), *new, before])


def _pattern(path: str, data_set: str) -> str:
    """Return a line for a file; those that are called after the data set have one together."""
    folder, _, name = path.rpartition("/")
    end = name.rpartition(".")[2]
    return f"/{folder}/{data_set}-*.{end}" if name.startswith(f"{data_set}-") else f"/{path}"
