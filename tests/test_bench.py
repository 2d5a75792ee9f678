"""What the documents say can be measured again can be: every bench runs, at its smallest size."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import miniature
import pytest

pytestmark = pytest.mark.landing
BENCH = miniature.PROJECT / "bench"
MADE = 200
"""Statements; no made case with all its shapes is smaller."""

SECONDS = 900


class Run(NamedTuple):
    """How a bench is run: its words, and a program that it needs beside Python."""

    words: str
    needs: str = ""


ONCE = f"--sizes {MADE} --repetitions 1"
SMALLEST = {
    "building": Run(f"{ONCE} --plain-up-to {MADE} --limit 3"),
    "chance": Run("2"),
    "checking": Run(ONCE),
    "drawing": Run("--sizes 20 --repetitions 1 --gesture 0 --rest 0", "chromium"),
    "generate": Run(f"{MADE} OUT/case"),
    "events": Run("--millions 0.01 --shapes sector,hard --repetitions 1 --beside pandas"),
    "gexf": Run("--sizes 50 --repetitions 1"),
    "importing": Run("--rows 40 --turns 1"),
    "loading": Run(f"{ONCE} --quads 1000 --of {MADE}"),
    "measures": Run("--sizes 50 --ways 50 --repetitions 1 --draws 2"),
    "mutants": Run("--module graph/read/rules.py --sample 1"),
    "opening": Run(ONCE),
    "page": Run("--cases 200 --times 1", "chromium"),
    "placing": Run("--sizes 40 --plain-up-to 40 --repetitions 1"),
    "plain_pipeline": Run(f"OUT/made-{MADE} --compare"),
    "projection": Run(ONCE),
    "publishing": Run(ONCE, "oxigraph"),
    "queries": Run(f"{ONCE} --limit 0.2 --questions about,contested,passages"),
    "reading": Run("compare OUT/first.csv OUT/second.csv"),
    "robustness": Run(f"--draws 2 --projections actors --case {miniature.CODED}"),
    "server": Run(
        f"{ONCE} --cases= --seconds 0.2 --heavy 2 --heavy-seconds 3 --half-open 5", "oxigraph"
    ),
    "snapshots": Run(f"{ONCE} --case="),
    "structure": Run("--sizes 50 --repetitions 1"),
}

LONG = {
    "building",
    "chance",
    "checking",
    "drawing",
    "importing",
    "measures",
    "mutants",
    "opening",
    "page",
    "plain_pipeline",
    "publishing",
    "server",
}
"""Those that take seconds at their smallest size, too."""

_ENDS = {"plain_pipeline": ", 0 differ", "mutants": "1 of 1 caught"}
"""What the benches say that print no table."""


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def is_script(path: Path) -> bool:
    """Return whether a file is run, and not only imported by others."""
    tests = [ast.unparse(node.test) for node in tree(path).body if isinstance(node, ast.If)]
    return "__name__ == '__main__'" in tests


FILES = sorted(BENCH.glob("*.py"))
SCRIPTS = [path for path in FILES if is_script(path)]


def found(program: str) -> str | None:
    """Return where a program is: on the path, or beside Python."""
    return shutil.which(program) or shutil.which(program, path=str(Path(sys.executable).parent))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for made cases and results, with a made case in it."""
    folder = tmp_path_factory.mktemp("bench")
    made = [sys.executable, str(BENCH / "generate.py"), str(MADE), str(folder / f"made-{MADE}")]
    subprocess.run(made, check=True, timeout=SECONDS)
    for name in ("first", "second"):
        (folder / f"{name}.csv").write_text("statement,judgement\na,right\nb,over\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    "path",
    [pytest.param(one, marks=[pytest.mark.soak] if one.stem in LONG else []) for one in SCRIPTS],
    ids=lambda path: path.stem,
)
def test_a_bench_runs(path: Path, out: Path) -> None:
    assert path.stem in SMALLEST, (
        f"bench/{path.name} has no words for its smallest size; add them to SMALLEST"
    )
    run = SMALLEST[path.stem]
    if run.needs and found(run.needs) is None:
        if os.environ.get("HUDNA_REQUIRE_READERS") == "1":
            pytest.fail(f"{run.needs} is not there", pytrace=False)
        pytest.skip(f"{run.needs} is not there")
    words = run.words.replace("OUT", str(out)).split()
    done = subprocess.run(
        [sys.executable, str(path), *words],
        cwd=out,
        env={**os.environ, "HUDNA_BENCH_OUT": str(out)},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    if path.stem == "generate":
        assert (out / "case" / "case.toml").is_file()
    elif path.stem in _ENDS:
        assert _ENDS[path.stem] in done.stdout
    else:
        rows = [line for line in done.stdout.splitlines() if line.startswith("| ")]
        assert len(rows) >= 3, done.stdout
        assert ("m.keep(" in path.read_text("utf-8")) == (out / f"{path.stem}.json").is_file()


def test_every_word_is_for_a_bench_that_is_there() -> None:
    assert SMALLEST.keys() == {path.stem for path in SCRIPTS}
    assert {path.stem for path in FILES} - SMALLEST.keys() == {"browser", "measuring", "servers"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_bench_reaches_for_a_name_by_its_letters(path: Path) -> None:
    """A name that is given as a text is no longer found when it changes, and no check tells."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            assert name not in {"setattr", "delattr", "patch"}, f"line {node.lineno}"
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("graph"):
            private = [alias.name for alias in node.names if alias.name.startswith("_")]
            assert not private, f"line {node.lineno}: {private}"


def test_every_command_of_the_documents_is_a_bench() -> None:
    pages = [*miniature.PROJECT.glob("docs/*.md"), miniature.PROJECT / "CONTRIBUTING.md"]
    for page in pages:
        for name in re.findall(r"bench/\w+\.py", page.read_text("utf-8")):
            assert (miniature.PROJECT / name).is_file(), f"{page.name}: {name}"
