"""Which sentences are coded, and the decision that one has nothing to code."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner

from graph import query, reader
from graph.authoring.coverage import Coding, coverage, decide_nothing
from graph.cli import main
from graph.errors import UsageError
from graph.model import terms
from graph.query.days import named_answer

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

SOURCE = "courier-2020"
FILE = f"sources/{SOURCE}.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the case without what cites the sentences 2.3 (but for a note) and 4.4 (at all)."""
    folder = miniature.copied(tmp_path)
    for path in folder.rglob("*.toml"):
        if path.parent.name != "sources":
            text = path.read_text("utf-8")
            text = text.replace(f"{SOURCE}#4.4", f"{SOURCE}#4.3").replace('["4.4"]', '["4.3"]')
            path.write_text(text, "utf-8")
    extra = '[[note]]\nid = "note-guns"\non = ["river-guard"]\ntext = "Who pays?"\n'
    with (folder / "notes.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n{extra}passages = ["{SOURCE}#1.1"]\n')
    source = folder / FILE
    source.write_text(source.read_text("utf-8").replace('["1.1", "5.1"]', '["5.1"]'), "utf-8")
    return folder


def hudna(folder: Path, *words: str, width: int = 80) -> Result:
    where = ["--case", "mill", "--data", str(folder.parent)]
    env = {"COLUMNS": str(width), "XDG_DATA_HOME": str(folder.parent / "home")}
    return CliRunner(env=env).invoke(main, ["coverage", *words, *where])


def of(folder: Path, source: str = SOURCE) -> dict[str, str]:
    (found,) = coverage(reader.read(folder, miniature.ONTOLOGY), source)
    return {number: coding.value for number, coding in found.sentences.items()}


def test_a_sentence_is_coded_if_a_claim_cites_it(folder: Path) -> None:
    found = of(folder)
    assert found["2.1"] == "coded"
    assert (found["1.1"], found["4.4"], found["5.1"]) == ("mentioned", "left", "boilerplate")
    assert list(found) == sorted(found)


def test_what_has_nothing_to_code_is_kept_and_taken_back(folder: Path) -> None:
    before = (folder / FILE).read_text("utf-8")
    both = [f"{SOURCE}#4.4", f"{SOURCE}#1.1"]
    assert decide_nothing(folder, [*both, both[0]], 'it is\nno fact # "') == both
    text = (folder / FILE).read_text("utf-8")
    assert text.startswith(before.rstrip())
    assert tomllib.loads(text)["nothing"] == ["4.4", "1.1"]
    assert '  "4.4", # it is no fact # "' in text.splitlines()
    assert of(folder)["4.4"] == of(folder)["1.1"] == "nothing"
    assert decide_nothing(folder, both) == []
    assert (folder / FILE).read_text("utf-8") == text
    assert decide_nothing(folder, both[:1], undo=True) == both[:1]
    assert of(folder)["4.4"] == "left"
    assert decide_nothing(folder, both[1:], undo=True) == both[1:]
    assert (folder / FILE).read_text("utf-8").rstrip() == before.rstrip()


def test_a_list_in_one_line_is_kept_whole(folder: Path) -> None:
    with (folder / FILE).open("a", encoding="utf-8") as file:
        file.write('nothing = ["1.1"] # read twice\n')
    decide_nothing(folder, [f"{SOURCE}#4.4"])
    text = (folder / FILE).read_text("utf-8")
    assert tomllib.loads(text)["nothing"] == ["1.1", "4.4"]
    assert "# read twice" in text


@pytest.mark.parametrize(
    ("citation", "undo", "told"),
    [
        (f"{SOURCE}#2.1", False, "is coded: a claim cites it"),
        (f"{SOURCE}#5.1", False, "is boilerplate already"),
        (f"{SOURCE}#4.4", True, "is not marked as nothing to code"),
        (f"{SOURCE}#9.9", False, f"the last sentence is {SOURCE}#5.1"),
        ("courrier-2020#4.4", False, f'did you mean "{SOURCE}"'),
        ("4.4", False, f"the sources are {SOURCE}, observers-2020"),
    ],
)
def test_what_cannot_be_decided_changes_nothing(
    citation: str, undo: bool, told: str, folder: Path
) -> None:
    before = (folder / FILE).read_text("utf-8")
    with pytest.raises(UsageError) as error:
        decide_nothing(folder, [f"{SOURCE}#1.1", citation], undo=undo)
    assert told in str(error.value)
    assert (folder / FILE).read_text("utf-8") == before


def test_a_list_of_sentences_names_sentences_and_each_once(folder: Path) -> None:
    with (folder / FILE).open("a", encoding="utf-8") as file:
        file.write('nothing = ["5.1", "9.9"]\n')
    assert [one.message for one in miniature.problems_of(folder)] == [
        '"5.1" is boilerplate already; leave it in one list',
        '"9.9" is no sentence of this source',
    ]


@pytest.mark.parametrize("key", ["nothing", "boilerplate"])
def test_a_claim_that_cites_what_has_nothing_is_hinted_at(key: str, folder: Path) -> None:
    source = folder / FILE
    text = source.read_text("utf-8").replace('boilerplate = ["5.1"]\n', "")
    source.write_text(f'{text}{key} = ["4.2"]\n', "utf-8")
    assert of(folder)["4.2"] == "coded"
    told = [one for one in reader.read(folder, miniature.ONTOLOGY).hints if one.file.endswith(FILE)]
    (hint,) = told
    assert hint.place == f"{SOURCE}, {key}"
    assert 'take "4.2" out' in hint.message
    assert source.read_text("utf-8").splitlines()[hint.line - 1].startswith(key)


# The command


def test_the_command_lists_what_is_left(folder: Path) -> None:
    result = hudna(folder)
    assert result.exit_code == 0
    assert f"{SOURCE}#4.4  nothing yet\n" in result.stdout
    assert f"{SOURCE}#1.1  mentioned only\n" in result.stdout
    assert f"{SOURCE}#2.1" not in result.stdout
    assert "2 left; code them, or: hudna coverage --nothing" in result.stdout
    assert f"{SOURCE}#2.1  coded\n" in hudna(folder, "--all").stdout
    assert SOURCE not in hudna(folder, "--source", "observers-2020").stdout
    assert 'there is no source "courier"' in hudna(folder, "--source", "courier").stderr


def test_with_the_texts_the_sentence_stands_there_cut_to_the_width(folder: Path) -> None:
    texts = ["--texts", str(miniature.TEXTS)]
    lines = hudna(folder, *texts, width=60).stdout.splitlines()
    (line,) = [one for one in lines if one.startswith(f"{SOURCE}#4.4")]
    assert line.startswith(f"{SOURCE}#4.4  nothing yet  Both sides wrote")
    assert len(line) == 60
    assert line.endswith("…")
    home = folder.parent / "home" / "hudna" / "texts" / "mill"
    home.mkdir(parents=True)
    (home / f"{SOURCE}.txt").write_bytes((miniature.TEXTS / f"{SOURCE}.txt").read_bytes())
    assert hudna(folder, width=60).stdout.splitlines() == lines


def test_the_command_says_when_all_is_done(folder: Path) -> None:
    args = ["--nothing", f"{SOURCE}#4.4", f"{SOURCE}#1.1", "--reason", "no fact"]
    assert "marked as nothing to code" in hudna(folder, *args).stdout
    assert "already" in hudna(folder, *args).stdout
    result = hudna(folder)
    assert "every sentence is coded, or has nothing to code" in result.stdout
    assert "100 %" in result.stdout
    assert "no longer marked" in hudna(folder, "--nothing", "--undo", f"{SOURCE}#4.4").stdout


def test_as_json_each_sentence_is_told(folder: Path) -> None:
    found = json.loads(hudna(folder, "--format", "json").stdout)[0]
    assert found["counts"] | {"coded": 0} == {
        "coded": 0, "mentioned": 1, "nothing": 0, "boilerplate": 1, "left": 1,
    }  # fmt: skip
    assert found["settled"] == len(found["sentences"]) - 2
    assert {"sentence": "4.4", "coding": "left", "text": None} in found["sentences"]
    assert "83 %" in hudna(folder).stdout


@pytest.mark.parametrize(
    "words", [["--undo"], ["--reason", "x"], [f"{SOURCE}#4.4"], ["--nothing"],
              ["--nothing", "--undo", "--reason", "x", f"{SOURCE}#4.4"]], ids=" ".join
)  # fmt: skip
def test_what_goes_with_nothing_is_told(words: list[str], folder: Path) -> None:
    assert hudna(folder, *words).exit_code == 2


# The same of a build


def test_the_query_tells_the_same_of_a_build(folder: Path) -> None:
    decide_nothing(folder, ["courier-2020#4.4"])
    case, store = miniature.judged(folder)
    graph = query.Graph(store, case.id)
    asked = query.named_queries([query.QUERIES])["uncoded"]
    rows = named_answer(asked, {}, graph).rows
    found = [tuple(terms.text(cell).rpartition("/")[2] for cell in row[:3]) for row in rows]
    assert found == [
        (one.source, number, coding.value)
        for one in coverage(case)
        for number, coding in one.sentences.items()
        if coding is not Coding.CODED
    ]
    only = named_answer(asked, {"coding": "nothing"}, graph).rows
    assert len(only) == 1
