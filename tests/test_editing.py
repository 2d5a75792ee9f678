"""A change of a case is written whole or not at all, and brings no new fault."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner

from graph.authoring.editing import editing
from graph.cli.main import main
from graph.errors import DataProblems, InputOutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

GOOD = 'label = "Dyke"\nclass = "Place"\nkinds = ["town"]\nmentioned = ["courier-2020#2.1"]\n'
CLAIM = "observers asserts"
AT = "observers-2020#1.1"
BAD = GOOD.replace("town", "twon")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return shutil.copytree(miniature.DATA / "mill", tmp_path / "mill")


def changed(
    case: Path, files: Mapping[str, str], meanwhile: Callable[[], object] = lambda: None
) -> None:
    with editing(case) as edit:
        for name, text in files.items():
            edit.append(name, text)
        meanwhile()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_change_is_written_whole(case: Path) -> None:
    before = contents(case)
    with editing(case) as edit:
        edit.write("places/dyke.toml", GOOD)
        edit.append("notes.toml", "# a remark\n")
    now = contents(case)
    assert now.keys() - before.keys() == {"places/dyke.toml"}
    assert now["notes.toml"].decode().endswith("\n\n# a remark\n")


def test_what_would_be_a_fault_is_refused_and_nothing_is_written(case: Path) -> None:
    before = contents(case)
    with pytest.raises(DataProblems) as caught:
        changed(case, {"notes.toml": "# a remark\n", "places/dyke.toml": BAD})
    assert [one.file for one in caught.value.problems] == [f"{case.as_posix()}/places/dyke.toml"]
    assert str(caught.value) == "1 problem in what would be written; nothing is written"
    assert contents(case) == before


@pytest.mark.parametrize(
    "words",
    [
        ["add", "agreement", "Ferry deal", "--kind", "other", "--claim", f"{CLAIM} certain {AT}"],
        ["say", f"town-council besieges ford | {CLAIM} certain observers-2020#99.1"],
        ["say", f"town-council befriends ford | {CLAIM} certain {AT}"],
    ],
)
def test_of_a_refused_change_it_is_said_that_nothing_is_written(
    case: Path, words: list[str]
) -> None:
    before = contents(case)
    result = CliRunner().invoke(main, [*words, "--case", "mill", "--data", str(case.parent)])
    assert result.exit_code == 1, result.output
    assert result.output.endswith("; nothing is written\n")
    assert contents(case) == before


def test_an_old_fault_does_not_stand_in_the_way(case: Path) -> None:
    (case / "places" / "bad.toml").write_text(BAD)
    with editing(case) as edit:
        edit.write("places/dyke.toml", GOOD)
    assert (case / "places" / "dyke.toml").is_file()


def test_a_file_that_another_hand_changed_is_not_written_over(case: Path) -> None:
    def theirs() -> None:
        (case / "notes.toml").write_text("# theirs\n")

    with pytest.raises(InputOutputError, match="somebody else"):
        changed(case, {"notes.toml": "# mine\n"}, theirs)
    assert (case / "notes.toml").read_text().endswith("# theirs\n")


def test_an_error_in_the_block_writes_nothing(case: Path) -> None:
    before = contents(case)
    with pytest.raises(ZeroDivisionError):
        changed(case, {"notes.toml": "# mine\n"}, lambda: divmod(1, 0))
    assert contents(case) == before
