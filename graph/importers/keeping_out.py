"""What may not be passed on stays out of git: what ``.gitignore`` names, and what git has of it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import Problem
from ..errors.counting import counted
from ..model.textfiles import text_of
from ..model.words import Access

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NAME = ".gitignore"
_WRITTEN = "# Written by hudna import: rows of"
_HEAD = _WRITTEN + " {label} may not be passed on"
_LINE = re.compile(r"/[a-z]+/[^/]+\.[a-z]+")
"""A line that an import wrote."""
_IN_GIT = (
    "git has {what} of what may not be passed on ({names}), and whoever gets the repository has it "
    'too: "git rm --cached" with {each} takes it out of the next commit, and nothing out of those '
    "that were passed on; if it may be passed on, write a line with ! and the path at the end"
)
_SHOWN = 5
_SECONDS = 60
_WITHOUT = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
"""What a repository may not have run while its index is read."""
_ALONE = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}


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


def tracked(folder: Path) -> list[str]:
    """Return which files of a case git has although an import keeps them out of it.

    What an editor lets in again by a line with ``!`` is not among them. Git is run without
    programs, settings and variables of the user; where there is none, or no repository, nothing is
    known.

    Args:
        folder: the case's folder.

    Returns:
        Their paths in the folder.

    Raises:
        UnfitFile: the ``.gitignore`` cannot be read as what it is.
    """
    told = text_of(folder / NAME) if (folder / NAME).is_file() else ""
    ours = [one[1:] for one in told.splitlines() if _LINE.fullmatch(one)]
    if _WRITTEN not in told or not ours:
        return []
    plain, globs = {*ours}, [one for one in ours if "*" in one]
    return [
        one
        for one in _tracked_and_ignored(folder)
        if one in plain or any(fnmatchcase(one, glob) for glob in globs)
    ]


def in_git_of(folder: Path) -> list[Problem]:
    """Return what is wrong if git has files of a case that may not be passed on, as one problem.

    Args:
        folder: the case's folder.

    Raises:
        UnfitFile: the ``.gitignore`` cannot be read as what it is.
    """
    return told_of(folder, tracked(folder))


def told_of(folder: Path, found: list[str]) -> list[Problem]:
    """Return as one problem that git has files which may not be passed on; none without files.

    Args:
        folder: the case's folder.
        found: as ``tracked`` returns them.
    """
    names = ", ".join(found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
    each = "each of them" if found[1:] else "".join(map(shlex.quote, found))
    told = _IN_GIT.format(what=counted(len(found), "file"), names=names, each=each)
    return [Problem((folder / NAME).as_posix(), 0, "", told)] if found else []


def _tracked_and_ignored(folder: Path) -> list[str]:
    """Return the files below a folder that git has and by its ``.gitignore`` would not take."""
    git = shutil.which("git")
    if not (git and Path(git).is_absolute()):
        return []
    listing = ["ls-files", "-z", "-c", "-i", f"--exclude-per-directory={NAME}"]
    ours = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        found = subprocess.run(  # noqa: S603 - lists what the index names, and runs nothing
            [git, "--no-pager", *_WITHOUT, "-C", str(folder), *listing],
            env=ours | _ALONE, stdin=subprocess.DEVNULL, capture_output=True, check=True,
            timeout=_SECONDS,
        ).stdout  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return []
    return [os.fsdecode(one) for one in found.split(b"\0") if one]


def _pattern(path: str, data_set: str) -> str:
    """Return a line for a file; those that are called after the data set have one together."""
    folder, _, name = path.rpartition("/")
    end = name.rpartition(".")[2]
    return f"/{folder}/{data_set}-*.{end}" if name.startswith(f"{data_set}-") else f"/{path}"
