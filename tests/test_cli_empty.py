"""What is told where nothing is built yet, or nothing that is there was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner

from graph.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

READING = (
    "analyse",
    "explain town-council ford",
    "export gexf",
    "links town-council ford",
    "network",
    "query open",
    "reach --from town-council",
    "view",
)


def invoked(words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, words.split())
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HUDNA_CASE", raising=False)
    (tmp_path / "data").mkdir()
    return tmp_path


@pytest.mark.parametrize("words", READING)
def test_before_the_first_build_it_is_said_to_build(words: str, work: Path) -> None:
    miniature.copied(work / "data")
    code, _, told = invoked(words)
    assert code == 2
    assert 'public/mill: nothing is built there; run "hudna build" first' in told


@pytest.mark.parametrize("words", ["network", "explain town-council ford"])
def test_without_a_case_it_is_said_to_begin_one(words: str, work: Path) -> None:
    assert not list((work / "data").iterdir())
    code, _, told = invoked(words)
    assert code == 2
    assert "hudna new" in told


def test_of_a_network_without_a_tie_it_is_told_which_others_there_are(public: Path) -> None:
    at = f"--case mill --public {public}"
    others = "0 alleged; 5 accepted, 1 rejected: --status accepted\n"
    assert invoked(f"network ties --status alleged {at}")[2].endswith(others)
    file = public.parent / "none.gexf"
    assert others in invoked(f"export gexf --status alleged -o {file} {at}")[2]
    assert "0 " not in invoked(f"network ties {at}")[2]
    assert others not in invoked(f"export gexf -o {file} {at}")[2]
    one = f"network ties --family control --status alleged {at}"
    assert "0 alleged; 2 accepted, 1 rejected: " in invoked(one)[2]


def test_of_an_empty_world_of_a_voice_no_status_is_told(public: Path) -> None:
    at = f"--case mill --public {public}"
    told = invoked(f"network ties --as townspeople --only --family violence {at}")[2]
    assert "--status" not in told


@pytest.mark.landing
@pytest.mark.parametrize("words", ["test", "query who-says --param question=q-who-shelled"])
def test_it_is_told_that_the_files_changed_since_the_build(words: str, work: Path) -> None:
    folder = miniature.copied(work / "data")
    assert invoked("build -q")[0] == 0
    other = folder / "answers" / "questions.toml"
    other.parent.mkdir(exist_ok=True)
    other.write_text("")
    (folder / "README.md").write_text("Read me.")
    file = folder / "notes.toml"
    before = file.read_bytes()
    file.write_bytes(before)  # another time, the same words
    assert "has changed" not in invoked(words)[2]
    file.write_bytes(before + b"# a remark\n")
    told = "data/mill has changed since the build, which is what is asked; "
    assert told in invoked(words)[2]
    file.write_bytes(before)
    assert "has changed" not in invoked(words)[2]
    (folder / "places" / "ford.toml").rename(folder / "places" / "weir.toml")
    assert told in invoked(words)[2]


def test_where_the_files_are_not_at_hand_nothing_is_said_of_them(work: Path) -> None:
    folder = miniature.copied(work / "data")
    assert invoked("build -q")[0] == 0
    folder.rename(work / "elsewhere")
    assert "has changed" not in invoked("query open --case mill")[2]
