"""``hudna test``: the stored answers of any case, compared with what the graph says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner, Result

from graph.build import recipe
from graph.cli import main

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = miniature.WHO_BESIEGES
WRONG = RIGHT.replace("who", "guess").replace("river-guard", "bandits")
BROKEN = RIGHT.replace("who", "no-column").replace('"status"', '"statuss"')


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return miniature.copied(tmp_path)


def run(case: Path, *words: str) -> Result:
    where = ["--case", case.name, "--data", str(case.parent), "--public", str(case.parent / "p")]
    return CliRunner(env={"COLUMNS": "80"}).invoke(main, [*words, *where])


def test_right_answers(case: Path) -> None:
    miniature.written(case, "answers/questions.toml", RIGHT)
    result = run(case, "test")
    assert result.exit_code == 0, result.output
    assert "1 of 1 stored answer is right (the files, as nothing is built)" in result.output


def test_a_wrong_answer_is_shown_with_the_right_one_and_exits_with_1(case: Path) -> None:
    miniature.written(case, "answers/questions.toml", "\n".join((RIGHT, WRONG, BROKEN)))
    recipe.build(case.name, case.parent, case.parent / "p")
    result = run(case, "test")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert "  expected, not got: bandits, accepted" in lines
    assert "  got, not expected: river-guard, accepted" in lines
    assert 'did you mean "status"' in " ".join(result.output.split())
    assert "1 of 3 stored answers is right (the last build)" in result.output
    assert max(map(len, lines)) <= 80
    assert "river-guard, accepted" not in run(case, "test", "who", "-q").output
    assert run(case, "test", "who").exit_code == 0
    told = json.loads(run(case, "test", "--format", "json").output)
    assert [(one["id"], one["right"]) for one in told] == [
        ("who", True), ("guess", False), ("no-column", False)
    ]  # fmt: skip


def test_the_order_counts_only_where_it_belongs_to_the_answer(case: Path) -> None:
    asked = RIGHT.replace("ties", "figures").partition("params")[0]
    rows = 'columns = ["predicate"]\nanswer = [["hasSize"], ["hasCount"]]\n'
    back = rows.replace('[["hasSize"], ["hasCount"]]', '[["hasCount"], ["hasSize"]]')
    outcomes = []
    for order in ("true", "false"):
        for table in (rows, back):
            text = f"{asked}ordered = {order}\n{table}"
            miniature.written(case, "answers/questions.toml", text)
            outcomes.append(run(case, "test").exit_code)
    assert sorted(outcomes[:2]) == [0, 1]
    assert outcomes[2:] == [0, 0]


def test_a_question_that_is_not_stored(case: Path) -> None:
    miniature.written(case, "answers/questions.toml", RIGHT)
    result = run(case, "test", "wo")
    assert result.exit_code == 2
    assert 'did you mean "who"' in result.output


def test_a_case_without_questions(case: Path) -> None:
    result = run(case, "test")
    assert (result.exit_code, "no question is stored" in result.output) == (0, True)


def test_a_build_tells_of_stored_answers_that_differ_and_does_not_fail(case: Path) -> None:
    miniature.written(case, "answers/questions.toml", RIGHT)
    assert "stored answers" not in run(case, "build").output
    miniature.written(case, "answers/questions.toml", RIGHT + WRONG)
    result = run(case, "build")
    assert result.exit_code == 0
    assert "1 of 2 stored answers differs (guess)" in " ".join(result.output.split())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('[["river-guard", "accepted"]]', '["river-guard"]', "no list of 2, one for each column"),
        ('[["river-guard", "accepted"]]', '[["river-guard"]]', "no list of 2, one for each column"),
        ('[["river-guard", "accepted"]]', '[["river-guard", []]]', "no text and no number"),
        ("answer =", "answers =", "who: answer is missing"),
        ('id = "who"\n', "", "question 1: id is missing"),
        ('["subject", "status"]', '["subject", 2]', "no name of a column"),
        ("[[question]]", "[question]", "under [[question]]"),
        (RIGHT, RIGHT + RIGHT, "who: the id is taken by another question"),
    ],
)
def test_a_question_that_is_stored_wrongly_is_told(
    case: Path, old: str, new: str, told: str
) -> None:
    miniature.written(case, "answers/questions.toml", RIGHT.replace(old, new))
    result = run(case, "test")
    assert (result.exit_code, result.output.count("Traceback")) == (74, 0)
    assert told in " ".join(result.output.split())


def test_a_number_may_be_written_as_a_number(case: Path) -> None:
    asked = RIGHT.replace("ties", "figures").partition("params")[0]
    for rows, exit_code in (("[[300], [20], [1]]", 1), ('[["300"]]', 1)):
        text = f'{asked}columns = ["value"]\nanswer = {rows}\n'
        miniature.written(case, "answers/questions.toml", text)
        result = run(case, "test")
        assert result.exit_code == exit_code, result.output
        assert "  expected, not got: 300" not in result.output.splitlines()


def test_a_question_is_kept_with_the_answer_that_it_has(case: Path) -> None:
    recipe.build(case.name, case.parent, case.parent / "p")
    miniature.written(case, "answers/questions.toml", RIGHT)
    words = ["query", "claims-of", "--param", "voice=observers", "--question", "What do they say?"]
    result = run(case, *words, "--store-as", "seen")
    assert result.exit_code == 0, result.output
    assert "answers/questions.toml: seen written" in " ".join(result.stderr.split())
    text = (case / "answers/questions.toml").read_text("utf-8")
    assert text.startswith(RIGHT.rstrip())
    told = json.loads(run(case, "test", "--format", "json").output)
    assert [(one["id"], one["right"]) for one in told] == [("who", True), ("seen", True)]
    assert all(len(row) == len(told[1]["columns"]) for row in told[1]["expected"])
    again = run(case, *words, "--store-as", "seen")
    assert again.exit_code == 2
    assert 'has a question "seen"' in again.stderr
    assert run(case, *words).exit_code == 2
    assert run(case, *words, "--store-as", "other", "--status", "accepted").exit_code == 2
    assert (case / "answers/questions.toml").read_text("utf-8") == text


HEARSAY = """
[[statement]]
id = "said-to-fight"
subject = "river-guard"
predicate = "fights"
object = "bandits"
claims = [{ voice = "unattributed", stance = "asserts", certainty = "S", passages = ["P"] }]
""".replace("P", "courier-2020#2.1").replace("S", "unspecified")
WHOSE = """
[[question]]
id = "whose"
question = "Who says that they fight?"
query = "who-says"
params = {{ statement = "said-to-fight" }}
columns = ["voice", "stance"]
answer = [["{}", "asserts"]]
"""
VOICE = "unattributed/said-to-fight.unattributed.asserts.courier-2020"


@pytest.mark.parametrize("voice", ["unattributed", VOICE, f"https://w3id.org/hudna/mill/{VOICE}"])
def test_hearsay_is_a_voice_of_an_answer_by_its_word_its_id_or_its_address(
    case: Path, voice: str
) -> None:
    miniature.written(case, "statements/hearsay.toml", HEARSAY)
    rows = WHOSE.format(voice)
    miniature.written(case, "answers/questions.toml", rows)
    result = run(case, "test")
    assert result.exit_code == 0, result.output
    other = rows.replace(voice, f"{VOICE}-2" if "/" in voice else "observers")
    miniature.written(case, "answers/questions.toml", other)
    result = run(case, "test")
    assert result.exit_code == 1
    assert "unattributed/said-to-fight" in "".join(result.output.split())


def test_hearsay_is_stored_by_its_id(case: Path) -> None:
    miniature.written(case, "statements/hearsay.toml", HEARSAY)
    assert run(case, "build").exit_code == 0
    words = ("--store-as", "whose", "--question", "Who?", "--param", "statement=said-to-fight")
    assert run(case, "query", "who-says", *words).exit_code == 0
    text = (case / "answers/questions.toml").read_text("utf-8")
    assert f'"{VOICE}"' in text
    assert "https:" not in text
