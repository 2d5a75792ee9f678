"""``hudna check`` after an edit, whole processes: with what the last check remembered, or without.

Each is a process of its own, from its start to its end with its children. Before each, one file of
a copy of the case is edited; then it is checked from nothing, with an empty folder of caches, and
with the one that the checks before have filled, in turns.

Usage: ``python bench/checking.py [--sizes 1000,10000] [--case data/CASE] [--repetitions 5]``
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import measuring as m
from measuring import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    Edit = Callable[[Path, int], None]


def checked(folder: Path, caches: Path) -> Run:
    """Check a case in a process of its own; tell its processor time, peak and what it printed."""
    words = ["check", "--case", folder.name, "--data", str(folder.parent)]
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "graph", *words],
            env={**os.environ, "XDG_CACHE_HOME": str(caches), "PYTHONPATH": str(m.PROJECT)},
            stdout=told,
            stderr=told,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        if process.returncode not in (0, 1):
            raise SystemExit(told.read().decode())
        return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, told.read())


def _changed(path: Path, pattern: str, other: str) -> None:
    text, count = re.subn(pattern, other, path.read_text("utf-8"), count=1, flags=re.MULTILINE)
    if not count:
        raise SystemExit(f"{path}: has nothing like {pattern}")
    path.write_text(text, "utf-8")


def _first(folder: Path, name: str, pattern: str) -> Path:
    """Return the first file of a folder of the case that has something."""
    every = sorted((folder / name).glob("*.toml"))
    return next(one for one in every if re.search(pattern, one.read_text("utf-8"), re.MULTILINE))


def nothing(_folder: Path, _number: int) -> None:
    """Edit nothing."""


def remark(folder: Path, number: int) -> None:
    """Add a comment to an actor's file."""
    path = _first(folder, "actors", "")
    path.write_text(f"{path.read_text('utf-8')}# {number}\n", "utf-8")


def label(folder: Path, number: int) -> None:
    """Call an actor otherwise."""
    path = _first(folder, "actors", "^label = ")
    _changed(path, "^label = .*", f'label = "Somebody of the number {number}"')


def date(folder: Path, number: int) -> None:
    """Date a statement otherwise."""
    path = _first(folder, "statements", '^when = "2')
    _changed(path, '^when = "2.*', f'when = "2014-{1 + number % 9:02}"')


def certainty(folder: Path, number: int) -> None:
    """Let a voice be surer of a statement, or not so sure."""
    path = _first(folder, "statements", 'certainty = "(?:certain|unspecified)"')
    sure = ("certain", "unspecified")[number % 2]
    _changed(path, 'certainty = "(?:certain|unspecified)"', f'certainty = "{sure}"')


def statement(folder: Path, number: int) -> None:
    """Say the last statement of a file again, under another id."""
    path = _first(folder, "statements", "^id = ")
    text = path.read_text("utf-8").rstrip() + "\n"
    last = text[text.rindex("[[statement]]") :]
    more = re.sub("^id = .*\n", "", last, flags=re.MULTILINE)
    more = more.replace("[[statement]]", f'[[statement]]\nid = "made-{number}"', 1)
    path.write_text(f"{text}\n{more}", "utf-8")


def title(folder: Path, number: int) -> None:
    """Call the case otherwise."""
    _changed(folder / "case.toml", "^title = .*", f'title = "A case of the number {number}"')


EDITS: tuple[Edit, ...] = (nothing, remark, label, date, certainty, statement, title)


def measured(folder: Path, repetitions: int) -> dict[str, dict[str, float]]:
    """Return for each edit the times and peaks with what is remembered, and without."""
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(shutil.copytree(folder, Path(scratch) / folder.name))
        caches = Path(scratch) / "caches"
        caches.mkdir()
        checked(copy, caches)
        for edit in EDITS:
            turns = []
            for number in range(repetitions):
                edit(copy, number)
                with tempfile.TemporaryDirectory() as empty:
                    whole = checked(copy, Path(empty))
                turns.append((whole, checked(copy, caches)))
                if turns[-1][0].value != turns[-1][1].value:
                    raise SystemExit(f"{edit.__name__}: {turns[-1]}")
            whole, again = (m.middle(way) for way in zip(*turns, strict=True))
            found[edit.__name__] = {
                "from nothing": whole.seconds,
                "again": again.seconds,
                "ratio": median(two.seconds / one.seconds for one, two in turns),
                "from nothing, MB": whole.peak,
                "again, MB": again.peak,
            }
    return found


def main() -> None:
    """Measure and print."""
    parser = m.arguments("Measure checks after an edit.")
    parser.add_argument("--case", help="folder of a case, in place of made ones")
    given = parser.parse_args()
    folders = (
        [Path(given.case).resolve()] if given.case else map(m.case_folder, m.sizes_of(given.sizes))
    )
    every = {}
    for folder in folders:
        every[folder.name] = found = measured(folder, given.repetitions)
        print(f"{folder.name}\n")
        head = next(iter(found.values()))
        m.table(["edit", *head], [[name, *row.values()] for name, row in found.items()])
    m.keep("checking", every)


if __name__ == "__main__":
    main()
