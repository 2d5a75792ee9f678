"""``hudna terms``: words by sense, with no case, with a case, and with one that has problems."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner

from graph.authoring.words import ADVICE, advised
from graph.cli.main import main
from graph.model.lexicon import Lexicon
from graph.model.textfiles import toml_of

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

MILL = ("--data", str(miniature.DATA), "--case", "mill")


def terms(*words: str, width: int = 80) -> Result:
    return CliRunner().invoke(main, ["terms", *words], env={"COLUMNS": str(width)})


def as_json(*words: str) -> list[dict[str, object]]:
    result = terms(*words, *MILL, "--format", "json")
    assert result.exit_code == 0, result.output
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def test_a_word_is_found_by_sense_with_its_uses() -> None:
    first, *others = as_json("encircles")
    assert (first["term"], first["sign"], first["uses"]) == ("besieges", -1, 1)
    assert first["domain"] == ["Actor"]
    assert {one["found_by"] for one in others} <= {"definition"}


def test_uses_are_of_all_that_is_written_and_made() -> None:
    assert as_json("shelling", "--list", "eventKind")[0]["uses"] == 2
    assert as_json("perpetrator", "--list", "role")[0]["uses"] == 2
    assert as_json("signed", "--list", "stage")[0]["uses"] == 1
    assert as_json("ArmedGroup", "--list", "class")[0]["uses"] == 2


def test_without_a_case_nothing_is_counted(tmp_path: Path) -> None:
    result = terms("supports", "--data", str(tmp_path))
    assert result.exit_code == 0
    assert result.output.startswith("backs\n")
    assert "uses:" not in result.output


def test_a_case_with_problems_is_told_and_not_counted(tmp_path: Path) -> None:
    case = miniature.copied(tmp_path)
    (case / "places" / "bad.toml").write_text("label = 1\n")
    result = terms("supports", "--data", str(tmp_path))
    assert result.exit_code == 0
    assert "hudna check --case mill" in " ".join(result.stderr.split())
    assert "uses:" not in result.stdout


def test_predicates_by_their_ends() -> None:
    found = {one["term"] for one in as_json("--for", "actor,place")}
    assert {"besieges", "controls"} <= found
    assert "backs" not in found
    assert {one["term"] for one in as_json("custody", "--for", "actor,actor")} >= {"detains"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--list", "topics"], "humanitarianRelief"),
        (["--list", "event-kind"], "shelling"),
        (["--list", "nope"], "there is no list"),
        (["--for", "actr,place"], 'did you mean "actor"'),
        (["--for", "value,place"], "takes the class of the subject"),
        (["--for", "a,b,c"], "no class"),
        (["frobnicates"], "no term fits"),
        (["frobnicates"], 'an event of the kind "other", or write a note'),
        (["brings up"], "worksOn (works on)"),
        (["raises"], "worksOn (works on)"),
        ([], "hudna terms WORD"),
    ],
)
def test_what_is_said_fits_the_terminal(words: list[str], told: str) -> None:
    result = terms(*words, *MILL)
    assert told in " ".join(result.output.split())
    assert max(map(len, result.stdout.splitlines() or [""])) <= 80


@pytest.mark.parametrize("word", ["\x1b[31m", "\n", "'''", '"' * 70, "\u202e", "a" * 5000])
def test_a_hostile_word_finds_nothing_and_does_no_harm(word: str) -> None:
    result = terms(word, *MILL)
    assert result.exit_code == 0
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output


def test_the_name_itself_goes_before_what_else_is_called_so() -> None:
    for name in ("leads", "backs", "attacks", "kills"):
        assert as_json(name)[0]["term"] == name
    assert as_json("observes", "--list", "predicate")[0]["term"] == "monitors"


def test_kinds_are_listed_by_what_they_are_kinds_of() -> None:
    for name in ("event", "place", "actor", "agreement"):
        assert (
            terms("--list", f"{name}s", *MILL).output
            == terms("--list", f"{name}Kind", *MILL).output
        )


@pytest.mark.parametrize("word", ["evidence", "simultaneously", "exaggerated", "hinting at"])
def test_where_no_term_fits_it_is_told_how_the_word_is_coded(word: str) -> None:
    told = " ".join(terms(word, *MILL).output.split())
    assert "how it is coded: " in told
    assert "try another word" not in told


@pytest.mark.parametrize("word", ["priority", "framework", "budgets"])
def test_advice_stands_before_the_terms_that_are_found(word: str) -> None:
    output = terms(word, *MILL).output
    assert output.startswith("how it is coded: ")
    assert max(map(len, output.splitlines())) <= 80


def test_advice_names_terms_and_keys_that_there_are() -> None:
    known = {one.name for one in Lexicon(miniature.ONTOLOGY).terms}
    keys = {"when", "scope", "grounds", "if", "extent", "begins", "mode", "certainty", "under",
            "low", "high", "modality", "text"}  # fmt: skip
    rows = toml_of(ADVICE)["advice"]
    told = {word for row in rows for word in re.findall(r"\b[a-z]+[A-Z]\w+", row["text"])}
    assert told <= known
    named = {"seeks", "sponsors", "asserts", "denies", "suspects", "causes", "condemns", "praises"}
    assert named <= known
    assert all(advised(word) for row in rows for word in row["words"])
    assert all(keys & set(re.findall(r"\w+", row["text"])) or known & set(
        re.findall(r"\w+", row["text"])) for row in rows)  # fmt: skip


def test_blanks_are_no_word_and_what_is_very_long_is_not_told_back() -> None:
    assert terms("  ", *MILL).output == terms(*MILL).output
    assert len(terms("a" * 10_000, *MILL).output.splitlines()) < 6
