"""The miniature case "mill" under ``tests/example``, copies of it, and broken copies."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from graph import reader
from graph.build import recipe
from graph.errors import DataProblems, Problem
from graph.model import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph as ox

    from graph.model import Case

    Judged = tuple[Case, ox.Store]

TESTS = Path(__file__).resolve().parent
PROJECT = TESTS.parent
EXAMPLE = TESTS / "example"
DATA = EXAMPLE / "data"
CASE = "mill"
FOLDER = DATA / CASE
TEXTS = EXAMPLE / "texts"
EXPECTED = EXAMPLE / "expected"
BASE = f"https://w3id.org/hudna/{CASE}/"
FURTHER_NAMES = {
    ("river-guard", "the Guard", "en"),
    ("river-guard", "حرس النهر", "ar"),
    ("river-guard", "Haras al-Nahr", "ar-latn"),
}
"""All further names of the case: whose, and in what language."""

HOMS = PROJECT / "data" / "homs"
KARABAKH = PROJECT / "data" / "karabakh"
CODED = "homs" if (HOMS / "case.toml").is_file() else "karabakh"
"""The larger case on which tests of the code run: Homs, or, where it is not there, Karabakh."""


def of_missing_homs(path: Path) -> bool:
    """Return whether a path leads into the case Homs, and that is not there."""
    return CODED != "homs" and path.resolve().is_relative_to(HOMS)


INVALID = TESTS / "invalid"

ONTOLOGY = vocabulary.load()


class Overlay(NamedTuple):
    """A file that breaks one rule: where it belongs in the case, and what is to be told."""

    path: Path
    target: str
    graph: bool
    problems: tuple[Problem, ...]


def _overlays() -> Mapping[str, Overlay]:
    table = tomllib.loads((INVALID / "expected.toml").read_text("utf-8"))
    return {
        name: Overlay(
            INVALID / f"{name}.toml",
            entry["as"],
            entry.get("graph", False),
            tuple(Problem(**{"file": entry["as"], **problem}) for problem in entry["problems"]),
        )
        for name, entry in table.items()
    }


OVERLAYS = _overlays()


WHO_BESIEGES = """\
[[question]]
id = "who"
question = "Who besieges Mill Town?"
query = "ties"
params = { actor = "mill-town", predicate = "besieges" }
columns = ["subject", "status"]
answer = [["river-guard", "accepted"]]
"""
"""A stored question, answered right."""


def copied(into: Path) -> Path:
    """Copy the case and return the folder of the copy."""
    return Path(shutil.copytree(FOLDER, into / CASE))


def sequel(into: Path) -> Path:
    """Copy the case with deals on captives and force after them, and return the copy's folder."""
    return Path(shutil.copytree(TESTS / "sequel", copied(into), dirs_exist_ok=True))


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


def broken(into: Path, *names: str) -> Path:
    """Copy the case, break it with the overlays of these names, and return the copy's folder."""
    folder = copied(into)
    for name in names:
        written(folder, OVERLAYS[name].target, OVERLAYS[name].path.read_bytes())
    return folder


def judged(folder: Path = FOLDER) -> Judged:
    """Return the records of a case and its graph, derived and checked."""
    result: Judged = recipe.judged(folder, ONTOLOGY, lambda _step: None)
    return result


def all_problems_of(folder: Path) -> list[Problem]:
    """Return what reader and shapes find wrong in a case."""
    try:
        judged(folder)
    except DataProblems as error:
        return inside(folder, error)
    return []
