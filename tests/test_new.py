"""A case is begun in an empty folder: nothing is overwritten, no case is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from graph.cli.main import main
from graph.model.folders import example

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that one works in, with nothing told by the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HUDNA_CASE", raising=False)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def good(*words: str) -> str:
    done = run(*words)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_case_is_begun_built_and_asked(empty: Path) -> None:
    assert "hudna source add" in good("new", "mill", "--title", "The mill", "--editor", "A. Coder")
    assert "Built The mill" in good("build")
    good("check", "--built")
    assert (empty / "public" / "mill" / "index.html").is_file()
    assert "no answer" in good("query", "contested")
    assert "A. Coder" in (empty / "data" / "mill" / "actors" / "mill-editors.toml").read_text(
        "utf-8"
    )


def test_the_only_case_is_meant_and_none_is_guessed(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"--example {example()}" in run("new").output
    good("new", "mill")
    assert good("check").startswith("mill:")
    good("new", "ford")
    several = run("check")
    assert several.exit_code == 2
    assert "ford, mill" in several.output
    assert good("check", "--case", "ford").startswith("ford:")
    monkeypatch.setenv("HUDNA_CASE", "mill")
    assert good("check").startswith("mill:")
    assert good("check", "--case", "ford").startswith("ford:")
    monkeypatch.setenv("HUDNA_CASE", "../mill")
    assert "is no id of a case" in run("check").output
    assert sorted(path.name for path in (empty / "data").glob("[!.]*")) == ["ford", "mill"]


def test_nothing_is_overwritten(empty: Path) -> None:
    good("new", "mill")
    file = empty / "data" / "mill" / "case.toml"
    file.write_text(file.read_text("utf-8") + "# mine\n", "utf-8")
    again = run("new", "mill")
    assert again.exit_code == 74
    assert "is there already" in again.output
    assert file.read_text("utf-8").endswith("# mine\n")
    (empty / "data" / "ford").symlink_to(empty / "elsewhere")
    assert run("new", "ford").exit_code == 74
    assert not (empty / "elsewhere").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["../x"], "is no id of a case"),
        (["hud"], "cannot be the id of a case"),
        (["mill", "--language", "english language"], "no language tag"),
        (["mill", "--title", "a\u202eb"], "direction of text"),
        (["mill", "--example", "karabakh"], "an example keeps its name"),
        (["--example", "karabak"], 'did you mean "karabakh"'),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_left(
    empty: Path, words: list[str], told: str
) -> None:
    done = run("new", *words)
    assert done.exit_code != 0
    assert told in done.output
    assert [path for path in empty.rglob("*") if path.is_file()] == []
    assert not (empty / "data").exists()


@pytest.mark.parametrize("named", ["../x", " ", "a/b", "Mill"])
def test_a_variable_that_names_no_case_is_told(
    empty: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv("HUDNA_CASE", named)
    done = run("check", "--data", str(empty))
    assert done.exit_code == 2
    assert f'the variable HUDNA_CASE is "{named}"' in done.output


def test_the_example_is_a_case_like_any_other(empty: Path) -> None:
    good("new", "--example", "karabakh")
    assert good("check").startswith("karabakh:")
    assert not (empty / "data" / "karabakh" / "answers" / ".gitkeep").exists()
