"""Readers of files that are not ours: packages of Python, and of npm through node.

A reader that is not there skips the test that asks for it, with a reason. With
``HUDNA_REQUIRE_READERS=1`` in the environment it fails instead, so that no check can pass by not
being made.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import pytest
from filelock import FileLock, Timeout

FOLDER = Path(__file__).resolve().parent
COMUNICA = FOLDER / "comunica"
_SECONDS = 180
_INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline",
            "--fetch-retries=1", "--fetch-retry-mintimeout=1000")  # fmt: skip


def need(name: str) -> Any:  # noqa: ANN401 — a module of any package
    """Return a module of an optional package of Python.

    Args:
        name: as it is imported: ``igraph``, ``ndex2.cx2``.

    Returns:
        The module. The test is skipped, or fails, where it cannot be imported.
    """
    try:
        return import_module(name)
    except ImportError as error:
        _missing(f"the package {name.partition('.')[0]} is not there: {error}")


def node(script: str, file: Path | bytes, folder: Path | None = None) -> Any:  # noqa: ANN401
    """Return what a reader of npm sees in a file.

    Args:
        script: name of one of the scripts beside this module, without ending: ``gexf``,
            ``graphml``, ``csv``, ``spreadsheet``, ``jsonld``.
        file: the file, or its bytes.
        folder: where bytes may be put for the reader; needed for them alone.

    Returns:
        What the script prints, read from JSON. The test is skipped, or fails, where node or a
        package is missing.

    Raises:
        AssertionError: the reader refuses the file; the message is its own.
    """
    if isinstance(file, bytes):
        assert folder is not None, "bytes need a folder"
        path = folder / f"read-by-{script}"
        path.write_bytes(file)
    else:
        path = file
    return _run(FOLDER, f"{script}.mjs", str(path.resolve()))


def comunica(*asked: tuple[str, ...]) -> list[Any]:
    """Return what Comunica finds in one or more SPARQL endpoints, as if they were one.

    Args:
        asked: queries, in which all prefixes are declared, each with the addresses to ask.

    Returns:
        For each query rows as objects, quads as lists, terms as in Turtle; or a truth value. The
        test is skipped, or fails, where node or a package is missing.

    Raises:
        AssertionError: an endpoint refuses, or the answer cannot be read.
    """
    found: list[Any] = _run(COMUNICA, "ask.mjs", json.dumps(asked))
    return found


def _run(project: Path, *command: str) -> Any:  # noqa: ANN401
    reason = _reason(project)
    if reason:
        _missing(reason)
    done = subprocess.run(
        ["node", *command], cwd=project, capture_output=True, check=False, timeout=_SECONDS
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return json.loads(done.stdout)


def _missing(reason: str) -> NoReturn:
    if os.environ.get("HUDNA_REQUIRE_READERS") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@cache
def _reason(project: Path) -> str:
    """Install the packages of npm unless they are, and return why not; empty if they are there."""
    if not (shutil.which("node") and shutil.which("npm")):
        return "node and npm are not there"
    wanted = hashlib.sha256((project / "package-lock.json").read_bytes()).hexdigest()
    one = hashlib.sha256(str(project).encode()).hexdigest()[:16]
    try:
        with FileLock(Path(tempfile.gettempdir()) / f"hudna-readers-{one}", timeout=_SECONDS):
            return "" if _is(project, wanted) else _install(project, wanted)
    except (OSError, Timeout, subprocess.TimeoutExpired) as error:
        return f"the packages of npm cannot be installed: {error}"


def _mark(project: Path) -> Path:
    return project / "node_modules" / ".installed"


def _is(project: Path, wanted: str) -> bool:
    """Return whether an installation of this very lock file has come to its end."""
    return _mark(project).is_file() and _mark(project).read_text("utf-8") == wanted


def _install(project: Path, wanted: str) -> str:
    _mark(project).unlink(missing_ok=True)
    done = subprocess.run(
        ["npm", *_INSTALL],
        cwd=project,
        capture_output=True,
        check=False,
        text=True,
        timeout=_SECONDS,
    )
    if done.returncode:
        last = [line for line in done.stderr.splitlines() if line.startswith("npm error")]
        return f"the packages of npm cannot be installed: {'; '.join(last[:2])}"
    _mark(project).write_text(wanted, "utf-8")
    return ""
