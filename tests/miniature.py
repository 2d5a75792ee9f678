"""The miniature case "mill" under ``tests/example``, copies of it, and copies with a file broken."""

from __future__ import annotations

import shutil
from pathlib import Path

from graph import reader, vocabulary
from graph.errors import DataProblems, Problem

TESTS = Path(__file__).resolve().parent
PROJECT = TESTS.parent
EXAMPLE = TESTS / "example"
DATA = EXAMPLE / "data"
CASE = "mill"
FOLDER = DATA / CASE
TEXTS = EXAMPLE / "texts"
EXPECTED = EXAMPLE / "expected"
BASE = f"https://w3id.org/hudna/{CASE}/"

ONTOLOGY = vocabulary.load()


def copied(into: Path) -> Path:
    """Copy the case and return the folder of the copy."""
    return Path(shutil.copytree(FOLDER, into / CASE))


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file of a case, and return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def problems_of(folder: Path) -> list[Problem]:
    """Return what the reader finds wrong in a case; the files stand as in the case's folder."""
    try:
        reader.read(folder, ONTOLOGY)
    except DataProblems as error:
        return inside(folder, error)
    return []


def inside(folder: Path, error: DataProblems) -> list[Problem]:
    """Return the problems of an error with their files relative to the case's folder."""
    prefix = f"{folder.as_posix()}/"
    return [problem._replace(file=problem.file.removeprefix(prefix)) for problem in error.problems]
