"""Two builds of a case compared, in words; what an editor changes is what is told."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner, Result

from graph import query
from graph.authoring.renaming import rename
from graph.build import recipe
from graph.cli import main
from graph.errors import UsageError
from graph.query.difference import Difference, Group
from graph.query.differences import differences

if TYPE_CHECKING:
    from pathlib import Path

DENIAL = ('{ voice = "bandits", stance = "denies", certainty = "certain", '
          'passages = ["observers-2020#3.2"] },')  # fmt: skip
SIEGE = ('{ voice = "courier-writer", stance = "asserts", certainty = "certain", '
         'passages = ["courier-2020#2.1"] },')  # fmt: skip
QUESTION = miniature.WHO_BESIEGES


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return miniature.copied(tmp_path)


def graph_of(folder: Path) -> query.Graph:
    return query.Graph(recipe.judged(folder, miniature.ONTOLOGY, lambda _step: None)[1], "mill")


def change(case: Path, file: str, old: str, new: str) -> None:
    text = (case / file).read_text()
    assert old in text
    miniature.written(case, file, text.replace(old, new, 1))


def told(case: Path, file: str, old: str, new: str) -> list[Difference]:
    before = graph_of(case)
    change(case, file, old, new)
    return differences(before, graph_of(case), case / "answers")


def test_a_case_does_not_differ_from_itself(case: Path) -> None:
    assert differences(graph_of(case), graph_of(case)) == []


def test_a_denial_that_contests_a_statement(case: Path) -> None:
    miniature.written(case, "answers/questions.toml", QUESTION)
    status, answer, *others = told(case, "statements/control.toml", SIEGE, f"{SIEGE} {DENIAL}")
    assert status == Difference(
        Group.STATUS,
        "siege-of-mill-town",
        "River Guard besieges Mill Town: was accepted, is now contested",
        ("bandits at the ford denies it in observers-2020#3.2",),
    )
    assert (answer.group, answer.id) == (Group.ANSWERS, "who")
    assert answer.why == ("no more: river-guard, accepted", "now: river-guard, contested")
    assert others == []


def test_a_claim_that_is_withdrawn_and_one_that_is_added(case: Path) -> None:
    report = SIEGE.replace("courier-writer", "observers").replace(
        "courier-2020#2.1", "observers-2020#3.2"
    )
    (added,) = told(case, "statements/control.toml", SIEGE, f"{SIEGE} {report}")
    assert (added.group, added.why) == (
        Group.NEW_CLAIMS, ("Observers of the River asserts it in observers-2020#3.2",)
    )  # fmt: skip
    (lost,) = told(case, "statements/control.toml", report, "")
    assert (lost.group, lost.why) == (
        Group.NO_CLAIMS, ("no more: Observers of the River asserts it in observers-2020#3.2",)
    )  # fmt: skip


def test_a_stance_and_a_certainty_that_change(case: Path) -> None:
    found = told(case, "statements/control.toml", SIEGE, SIEGE.replace("asserts", "suspects"))
    assert found[0].text.endswith("was accepted, is now alleged") or found[0].group is Group.STATUS
    assert "before: asserts" in found[0].why[0]
    now = SIEGE.replace("asserts", "suspects")
    (sure,) = told(case, "statements/control.toml", now, now.replace('"certain"', '"probable"'))
    assert sure.group is Group.STANCES
    assert "certainty was certain, is now probable" in sure.why[0]


def test_dates_labels_and_details(case: Path) -> None:
    (date,) = told(case, "statements/control.toml", 'when = "2018-23/.."', 'when = "2019"')
    assert (date.group, date.id) == (Group.DATES, "siege-of-mill-town")
    assert date.text.endswith("is now 2019")
    (label,) = told(case, "places/ford.toml", "ford below the mill", "the lower ford")
    assert label.group is Group.LABELS
    assert label.text == 'was "ford below the mill", is now "the lower ford"'
    (kind,) = told(case, "places/ford.toml", '"frontLine"', '"town"')
    assert (kind.group, kind.id) == (Group.DETAILS, "ford")
    assert "no more" in kind.why[0]


def test_statements_that_are_new_gone_or_say_something_else(case: Path) -> None:
    before = graph_of(case)
    text = (case / "statements/control.toml").read_text()
    head = '[[statement]]\nid = "more"\nsubject = "river-guard"\npredicate = "besieges"\n'
    entry = f'\n{head}object = "ford"\nclaims = [\n{SIEGE}\n]\n'
    miniature.written(case, "statements/control.toml", text + entry)
    more = graph_of(case)
    (new,) = differences(before, more)
    (gone,) = differences(more, before)
    assert (new.group, new.id, gone.group, gone.id) == (
        Group.NEW_STATEMENTS, "more", Group.NO_STATEMENTS, "more"
    )  # fmt: skip
    assert new.text == "accepted: River Guard besieges ford below the mill"
    change(
        case, "statements/control.toml", 'object = "ford"\nclaims', 'object = "townspeople"\nclaims'
    )
    assert [one.group for one in differences(more, graph_of(case))] == [Group.SAID]


@pytest.mark.parametrize(
    "old", ["river-guard", "ev-shelling", "courier-2020", "q-who-shelled", "siege-of-mill-town"]
)
def test_what_has_another_id_is_the_same(old: str, case: Path) -> None:
    miniature.written(case, "answers/questions.toml", QUESTION)
    before = graph_of(case)
    rename(case, old, "zz-new")
    (only,) = differences(before, graph_of(case), case / "answers")
    assert (only.group, only.text) == (Group.IDS, f"{old} is called zz-new now")


def renumbered(case: Path, *, other: str = "") -> None:
    """Give all sentences of a source the numbers that they have after one more paragraph.

    Args:
        case: the case's folder.
        other: number of a sentence that gets another fingerprint.
    """
    for file in case.rglob("*.toml"):
        text = file.read_text()
        cited = re.compile(r"(?<=observers-2020#)(\d+)(?=\.\d)")
        text = cited.sub(lambda m: str(int(m[1]) + 1), text)
        if file.name == "observers-2020.toml":
            rows = re.compile(r'(\[")(\d+)(\.\d+",.*")(\w{64})(?=")')
            text = rows.sub(
                lambda m: (
                    f"{m[1]}{int(m[2]) + 1}{m[3]}"
                    + ("0" * 64 if m[2] + m[3][:2] == other else m[4])
                ),
                text.replace('boilerplate = ["1.1"]', 'boilerplate = ["2.1"]'),
            )
        file.write_text(text)


def test_sentences_with_new_numbers_are_one_line(case: Path) -> None:
    before = graph_of(case)
    renumbered(case)
    (only,) = differences(before, graph_of(case))
    assert only.group is Group.NUMBERS
    assert re.fullmatch(r"\d+ claims and \d+ other records: sentences have new numbers", only.text)


def test_a_sentence_that_reads_otherwise_is_told_first(case: Path) -> None:
    before = graph_of(case)
    renumbered(case, other="3.2")
    first, *others = differences(before, graph_of(case))
    assert (first.group, first.id) == (Group.SENTENCES, "observers-2020#4.2")
    assert first.text == "observers-2020#4.2 reads otherwise; it was observers-2020#3.2"
    told = [one for one in others if one.group is not Group.NUMBERS]
    assert all("observers-2020#3.2" in " ".join(one.why) for one in told)


def test_two_cases_are_not_compared(case: Path) -> None:
    graph = graph_of(case)
    with pytest.raises(UsageError, match="two cases, mill and another"):
        differences(graph, query.Graph(graph.store, "another"))


# The command


def run(case: Path, *words: str) -> Result:
    where = ["--case", "mill", "--data", str(case.parent), "--public", str(case.parent / "p")]
    return CliRunner(env={"COLUMNS": "80"}).invoke(main, ["diff", *words, *where])


@pytest.mark.landing
def test_the_last_build_is_compared_with_the_one_before(case: Path, tmp_path: Path) -> None:
    assert run(case).exit_code == 2
    recipe.build("mill", tmp_path, tmp_path / "p")
    result = run(case)
    assert (result.exit_code, "no earlier build is kept" in " ".join(result.output.split())) == (
        2,
        True,
    )
    old = tmp_path / "old.nq"
    shutil.copy(tmp_path / "p" / "mill" / "graph.nq", old)
    change(case, "statements/control.toml", SIEGE, f"{SIEGE} {DENIAL}")
    recipe.build("mill", tmp_path, tmp_path / "p")
    result = run(case)
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[0] == "Status changed (1)"
    assert max(map(len, result.output.splitlines())) <= 80
    assert run(case, str(old)).output == result.output
    assert run(case, str(old), str(tmp_path / "p" / "mill")).output == result.output
    assert run(case, "--exit-code").exit_code == 1
    assert json.loads(run(case, "--format", "json").output)[0]["group"] == "status"
    same = run(case, str(old), str(old), "--exit-code")
    assert (same.exit_code, same.output) == (0, "They do not differ.\n")


def test_a_feed_has_an_item_for_each_difference_which_stays_the_same(
    case: Path, tmp_path: Path
) -> None:
    recipe.build("mill", tmp_path, tmp_path / "p")
    change(case, "statements/control.toml", SIEGE, f"{SIEGE} {DENIAL}")
    recipe.build("mill", tmp_path, tmp_path / "p")
    plain = json.loads(run(case, "--format", "json").output)
    words = ("--format", "feed", "--page", "https://example.org/mill/")
    told = json.loads(run(case, *words, "--dated", "2020-07-01").output)
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert [one["title"] for one in told["items"]] == [one["text"] for one in plain] != []
    first, status = told["items"][0], plain[0]
    assert first["url"] == f"https://example.org/mill/#{status['id']}"
    assert first["tags"] == ["status"]
    assert first["date_published"] == "2020-07-01T00:00:00Z"
    assert all(reason in first["content_text"] for reason in status["why"])
    again = json.loads(run(case, *words).output)["items"]
    assert [one["id"] for one in again] == [one["id"] for one in told["items"]]
    assert len({one["id"] for one in again}) == len(again)
    assert "date_published" not in again[0]
    assert run(case, *words, "--dated", "1 July").exit_code == 2
    assert json.loads(run(case, str(tmp_path / "p" / "mill"), *words).output)["items"] == []


def test_what_is_no_graph_is_refused(case: Path, tmp_path: Path) -> None:
    recipe.build("mill", tmp_path, tmp_path / "p")
    other = miniature.written(tmp_path, "x.nq", "<http://a> <http://b> <http://c> .\n")
    result = run(case, str(other))
    assert result.exit_code == 74
    assert "is no graph of a case" in " ".join(result.output.split())
    assert run(case, str(case)).exit_code in (2, 74)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("case.toml", "a case in miniature", "a small case"),
        ("sources/courier-2020.toml", "The Courier", "The Messenger"),
        ("sources/courier-2020.toml", 'boilerplate = ["1.1", "5.1"]', 'boilerplate = ["1.1"]'),
        ("identity.toml", "Nothing is known of either.", "Nobody knows."),
        ("notes.toml", "contradict each other", "do not agree"),
        ("events/ev-first-round.toml", 'class = "Round"\n', ""),
        ("agreements/ag-winter-pause.toml", "An inference: ", ""),
        ("statements/control.toml", "The observers saw its guns there.", "Its guns were seen."),
    ],
)
def test_whatever_is_written_is_told_where_it_changes(
    case: Path, file: str, old: str, new: str
) -> None:
    (one,) = told(case, file, old, new)
    assert one.group in (Group.DETAILS, Group.STANCES)


def test_a_verdict_that_is_taken_back_is_the_reason_of_another_status(case: Path) -> None:
    verdict = 'verdict = { status = "accepted", reason = "The observers saw its guns there." }\n'
    status, *_ = told(case, "statements/control.toml", verdict, "")
    assert status.why == ("no more the editor's verdict: The observers saw its guns there.",)


def test_what_the_reader_makes_of_a_claim_is_not_told_beside_it(case: Path) -> None:
    status, *_ = told(case, "statements/control.toml", SIEGE, f"{SIEGE} {DENIAL}")
    assert status.why == ("bandits at the ford denies it in observers-2020#3.2",)
