"""``hudna check --watch``: again after each change, once it is quiet, and a clean end."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from typing import IO, TYPE_CHECKING, cast

import miniature
import pytest
from click.testing import CliRunner

from graph.authoring.watching import changes
from graph.cli import main
from graph.errors import InputOutputError
from graph.model.folders import refuse_no_case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WRONG = "[[statement]\n"
FILE = "statements/extra.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return miniature.copied(tmp_path)


class Waiting:
    """Stands for the time between two looks, in which a file is written bit by bit."""

    def __init__(self, folder: Path, *bits: str) -> None:
        self.path = folder / "statements" / "extra.toml"
        self.bits = list(bits)
        self.looks = 0

    def __call__(self, _seconds: float) -> None:
        self.looks += 1
        if self.bits:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(self.bits.pop(0))
        elif self.looks > 20:
            raise KeyboardInterrupt


def test_what_is_written_in_parts_is_told_once_when_it_is_whole(folder: Path) -> None:
    waiting = Waiting(folder, "[[", "statement", "]]\n")
    told = changes(folder, waiting)
    next(told)
    assert waiting.looks == 0  # the first check waits for nothing
    next(told)
    assert waiting.path.read_text("utf-8") == "[[statement]]\n"
    with pytest.raises(KeyboardInterrupt):
        next(told)


def test_what_changes_during_a_check_is_told_next(folder: Path) -> None:
    told = changes(folder, Waiting(folder))
    next(told)
    (folder / FILE).write_text("x = 1\n", "utf-8")
    next(told)
    (folder / FILE).unlink()
    next(told)


@pytest.mark.parametrize("name", [".extra.toml.new", "statements/.extra.toml.swp"])
def test_what_is_hidden_is_no_file_of_the_case(name: str, folder: Path) -> None:
    told = changes(folder, Waiting(folder))
    next(told)
    (folder / name).write_text("x", "utf-8")
    with pytest.raises(KeyboardInterrupt):
        next(told)


def test_a_change_within_one_tick_of_the_clock_is_seen(folder: Path) -> None:
    """Another size, or another file in its place, with the same time."""
    path = folder / "case.toml"
    told = changes(folder, Waiting(folder))
    next(told)
    stamp = path.stat().st_mtime_ns
    new = path.with_name(".new")
    new.write_bytes(path.read_bytes())
    os.utime(new, ns=(stamp, stamp))
    new.replace(path)
    next(told)


# The command


@pytest.fixture
def watching(folder: Path) -> Iterator[subprocess.Popen[str]]:
    words = [
        sys.executable,
        "-m",
        "graph",
        "check",
        "--watch",
        "--format",
        "json",
        "--case",
        "mill",
    ]
    with subprocess.Popen(
        [*words, "--data", str(folder.parent)], cwd=miniature.PROJECT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        yield process
        process.kill()


def test_it_checks_again_until_it_is_interrupted(
    watching: subprocess.Popen[str], folder: Path
) -> None:
    lines = cast("IO[str]", watching.stdout)
    first = json.loads(lines.readline())
    assert (first["problems"], first["hints"], first["things"]) == ([], [], 20)
    assert re.fullmatch(r"\d\d:\d\d:\d\d", first["time"])
    miniature.written(folder, FILE, WRONG)
    second = json.loads(lines.readline())
    assert [one["file"].endswith(FILE) for one in second["problems"]] == [True]
    assert second["things"] is None
    (folder / FILE).unlink()
    assert json.loads(lines.readline())["problems"] == []
    watching.send_signal(signal.SIGINT)
    rest, wrong = watching.communicate(timeout=60)
    assert (watching.returncode, rest, wrong) == (0, "", "")


def test_as_text_each_check_has_one_status(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = 'id = "x"\n' + "".join(f"k{number} = 1\n" for number in range(30))

    def told(_folder: Path) -> Iterator[None]:
        yield
        miniature.written(folder, FILE, WRONG)
        yield
        miniature.written(folder, "case.toml", broken)
        yield
        raise KeyboardInterrupt

    monkeypatch.setattr("graph.authoring.watching.changes", told)
    call = ["check", "--watch", "--case", "mill", "--data", str(folder.parent)]
    result = CliRunner().invoke(main, call)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    stamped = [line for line in lines if re.match(r"\d\d:\d\d:\d\d  ", line)]
    assert len(stamped) == 3
    assert "no problem found" in stamped[0]
    assert stamped[1].endswith("1 problem in the data")
    assert len(lines) == 3 + 1 + 10
    assert re.fullmatch(r"and \d+ more, which .*", lines[-2])


def test_a_case_that_goes_is_told_and_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(_folder: Path) -> Iterator[None]:
        (folder / "case.toml").rename(folder / "case.bak")
        yield
        (folder / "case.bak").rename(folder / "case.toml")
        yield

    monkeypatch.setattr("graph.authoring.watching.changes", told)
    call = ["check", "--watch", "--case", "mill", "--data", str(folder.parent)]
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 0
    first, second, third = result.stdout.splitlines()
    assert "holds no case.toml" in first
    assert second.endswith("cannot be checked")
    assert "no problem found" in third


def test_what_was_built_is_not_watched(folder: Path) -> None:
    call = ["check", "--watch", "--built", "--case", "mill", "--data", str(folder.parent)]
    assert CliRunner().invoke(main, call).exit_code == 2


# A case that is not there


@pytest.mark.parametrize(
    ("name", "there", "told"),
    [
        ("mil", ["mill", "pond"], 'did you mean "mill"? there are mill, pond in '),
        ("sea", ["mill"], "so it is no case; there is mill in "),
        ("sea", [], 'begin it with "hudna new sea"'),
        ("sea", [f"case{n}" for n in range(12)], "case6 and 3 more in "),
    ],
)
def test_a_case_that_is_not_there_is_told_with_those_that_are(
    name: str, there: list[str], told: str, tmp_path: Path
) -> None:
    for one in there:
        miniature.written(tmp_path / one, "case.toml", "")
    with pytest.raises(InputOutputError, match="holds no case") as error:
        refuse_no_case(tmp_path / name)
    assert told in str(error.value)


def test_all_problems_are_counted_and_the_folder_is_named_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(_folder: Path) -> Iterator[None]:
        yield
        (folder / "case.toml").unlink()
        yield

    monkeypatch.setattr("graph.authoring.watching.changes", told)
    for number in range(700):
        (folder / "statements" / f"x{number}.txt").touch()
    words = ["check", "--watch", "--case", "mill", "--data", str(folder.parent)]
    output = CliRunner().invoke(main, words).output
    assert "and 691 more" in output
    assert "700 problems in the data" in output
    assert output.splitlines()[-2].count(folder.as_posix()) == 1
