"""The repository carries no text of the sources of its cases, only names, figures and dates.

The texts belong to their publishers. Where they lie beside the repository, every text file is
compared with them; elsewhere the test is skipped, because there is nothing to compare with.
"""

from __future__ import annotations

import re
import subprocess
import tomllib
from functools import cache
from typing import TYPE_CHECKING

import authored
import pytest

if TYPE_CHECKING:
    from pathlib import Path

_SHARED = authored.REPOSITORY.parent / "shared"
ARTICLES = (_SHARED / "sources", _SHARED / "cases" / "second")
RUN = 8
"""So many words in a row are no accident any more."""

needs_articles = pytest.mark.skipif(
    not ARTICLES[0].is_dir(), reason="the articles are not beside this repository"
)


def words_of(text: str) -> list[str]:
    """Return the words of a text, case-folded and without punctuation."""
    plain = text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("'", "")
    return re.findall(r"\w+", plain)


def runs_of(words: list[str]) -> set[tuple[str, ...]]:
    """Return every run of the given length."""
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


@cache
def foreign_runs() -> frozenset[tuple[str, ...]]:
    """Return the runs of the articles that their titles do not hold themselves."""
    found: set[tuple[str, ...]] = set()
    for path in sorted(path for folder in ARTICLES for path in folder.glob("*.txt")):
        found |= runs_of(words_of(path.read_text("utf-8")))
    for source in sorted(authored.HOMS.parent.glob("*/sources/*.toml")):
        found -= runs_of(words_of(tomllib.loads(source.read_text("utf-8"))["title"]))
    return frozenset(found)


def text_files() -> list[Path]:
    """Return the files that git tracks or would track, as far as they are text."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=authored.REPOSITORY,
        capture_output=True,
        check=True,
    )
    paths = [authored.REPOSITORY / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()]


@needs_articles
def test_no_file_repeats_the_articles() -> None:
    repeated = {}
    for path in text_files():
        words = words_of(path.read_bytes().decode("utf-8", errors="replace"))
        shared = runs_of(words) & foreign_runs()
        if shared:
            repeated[str(path.relative_to(authored.REPOSITORY))] = " ".join(min(shared))
    assert repeated == {}


def test_a_run_is_found_despite_case_and_punctuation() -> None:
    article = runs_of(words_of("One, two; three \N{EN DASH} four five's six seven. Eight nine"))
    quoted = runs_of(words_of("he wrote: one two three FOUR fives six, seven eight"))
    assert article & quoted
