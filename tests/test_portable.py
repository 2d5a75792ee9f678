"""What a system other than this one would stumble over, as far as reading and pretending tells."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import miniature
import pytest
from test_layers import PACKAGE, PROJECT, modules, tree

POSIX_ONLY = {"crypt", "fcntl", "grp", "nis", "posix", "pty", "pwd", "readline", "resource", "spwd",
              "syslog", "termios", "tty"}  # fmt: skip
RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789"),
}
LONGEST = 120
"""Windows takes 260 signs for a whole path; the rest is for where a clone lies."""
WITHOUT = f"""
import os, sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name in {sorted(POSIX_ONLY - {"posix"})!r}:
            raise ImportError(f"{{name}}: not on this system")

for name in {sorted(POSIX_ONLY - {"posix"})!r}:
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Missing())
for name in "fork forkpty setsid killpg getuid geteuid O_NOFOLLOW O_NONBLOCK".split():
    vars(os).pop(name, None)
from graph.cli import main
main(sys.argv[1:])
"""


def files() -> list[Path]:
    kept = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True)
    return [Path(name) for name in kept.stdout.decode().split("\0") if name]


def test_names_of_files_are_names_everywhere() -> None:
    for path in files():
        assert len(str(path)) <= LONGEST, path
        for part in path.parts:
            assert part.partition(".")[0].lower() not in RESERVED, path
            assert not set(part) & set('<>:"\\|?*'), path
            assert part[-1] not in ". ", path
    folded = Counter(str(path).lower() for path in files())
    assert [path for path, count in folded.items() if count > 1] == []


def test_line_ends_are_kept() -> None:
    assert "* text=auto eol=lf" in (PROJECT / ".gitattributes").read_text("utf-8").splitlines()


@pytest.mark.parametrize("path", [*modules()], ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_of_one_system_is_imported_at_the_top(path: Path) -> None:
    for node in tree(path).body:
        names = (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        assert not POSIX_ONLY & {name.partition(".")[0] for name in names}


def test_texts_are_opened_in_utf_8() -> None:
    """Not in the encoding of the system, which is another one on each."""
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                least = {"read_text": 1, "write_text": 2}.get(node.func.attr, 0)
                named = "encoding" in {word.arg for word in node.keywords}
                drawn = ast.unparse(node.func.value) == "formatter"
                assert named or drawn or len(node.args) >= least, (path, ast.unparse(node))


def elsewhere(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a command where all is missing that only POSIX has."""
    command = [sys.executable, "-c", WITHOUT, *words]
    return subprocess.run(command, cwd=PROJECT, input="ASK { ?s ?p ?o }", text=True,
                          capture_output=True, check=False, timeout=120)  # fmt: skip


@pytest.mark.landing
def test_a_system_without_fork_builds_and_asks(tmp_path: Path) -> None:
    of = ["--case", "mill", "--public", str(tmp_path)]
    for words in (
        ["build", *of, "--data", str(miniature.DATA)],
        ["query", "contested", *of],
        ["query", "-", *of],
        ["export", "gexf", *of, "-o", str(tmp_path / "x.gexf")],
        ["network", *of],
    ):
        done = elsewhere(*words)
        assert done.returncode == 0, (words, done.stderr)
    served = elsewhere("serve", *of)
    assert served.returncode == 2
    assert "fork" in served.stderr
