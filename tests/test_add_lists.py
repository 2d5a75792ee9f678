"""A fault in a list of ``hudna add`` is told at the line that has it, and at no other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner
from depth import examples
from hypothesis import given
from hypothesis import strategies as st

from graph.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

SAID = "| author asserts certain courier-2020#4.1"
GOOD = (
    "Person Ferry Man",
    'town lower="Lower Mill"',
    f"agreement truce Mill pact 2020-06-01 party=bandits,ferry-man {SAID}",
    f'clause road "Road opened" obligor=bandits beneficiary=ferry-man {SAID}',
    f'clause truce "No fire" text="Nobody shoots." obligor=bandits {SAID}',
    f"stage signed 2020-06-02 {SAID}",
    f"fulfilment ag-mill-pact.c2 fulfilled 2020-06 {SAID}",
    f'clause "Mill pact" humanitarianRelief "Aid let in" obligor=ferry-man {SAID}',
    f"fulfilment ag-mill-pact.c3 refused 2020-06-05 {SAID}",
    f"event raid Mill raid 2020-06-03 place=lower perpetrator=bandits victim=ferry-man {SAID}",
    f"fulfilment ag-mill-pact.c1 fulfilled {SAID}",
    f'clause other other=barter "Bread for salt" obligor=bandits {SAID}',
    "note 'A remark.' --on ag-mill-pact --passage courier-2020#4.1",
    'question who="Who raided?" about=ev-mill-raid exclusive=true',
    "judgement ferry-man bandits --different --reason 'One rows.' --passage courier-2020#4.1",
    f"agreement declaration Later pact 2020-07-01 party=bandits {SAID}",
    f'clause road "Road kept open" obligor=bandits {SAID}',
    f"clause ag-mill-pact monitoring Watched obligor=bandits {SAID}",
    f"fulfilment ag-later-pact.c1 fulfilled {SAID}",
    f"stage ag-mill-pact brokenDown 2020-06-20 {SAID}",
)  # fmt: skip
WRONG = {
    "author": "nobody",
    "asserts": "assrts",
    "certain ": "sure ",
    "#4.1": "#99.1",
    "road": "access",
    "humanitarianRelief": "access",
    "monitoring": "access",
    "signed": "sealed",
    "fulfilled": "kept",
    "refused": "kept",
    "party=bandits": "party=ford",
    "obligor=bandits": "obligor=ford",
    "obligor=ferry-man": "obligor=stranger",
    "beneficiary=ferry-man": "beneficiary=stranger",
    "place=lower": "place=bandits",
    "victim=ferry-man": "victim=stranger",
    "perpetrator": "perpetratr",
    "2020-06": "2020-13",
    "2020-07": "2020-13",
    "truce Mill": "trucee Mill",
    "agreement declaration": "agreemnt declaration",
    "event raid": "event raidd",
    "Person": "Persn",
    "town": "twn",
    "other=barter": "othr=barter",
    "--on ag-mill-pact": "--on nowhere",
    "--passage": "--pasage",
    "about=ev-mill-raid": "about=nowhere",
    "--reason 'One rows.'": "",
}
"""What makes a good line a wrong one."""
SPOILED = {
    (number, good): line.replace(good, wrong)
    for number, line in enumerate(GOOD)
    for good, wrong in WRONG.items()
    if good in line
}


def run(case: Path, lines: list[str], *options: str) -> Result:
    arguments = ["add", "-", "--data", str(case.parent), *options]
    return CliRunner().invoke(main, arguments, input="\n".join(lines), env={"COLUMNS": "999"})


def told(case: Path, lines: list[str]) -> tuple[int, list[str]]:
    """Return the exit code of a list, and what is told of it."""
    result = run(case, lines, "--dry-run")
    return result.exit_code, result.stderr.splitlines()


def blamed(found: list[str]) -> set[int]:
    """Return the lines that are blamed; -1 for what is told of no line."""
    heads = [one.split(":")[:2] for one in found[:-1]]
    return {int(head[1]) if head[0] == "standard input" else -1 for head in heads}


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return miniature.copied(tmp_path)


def test_the_list_is_a_good_one(case: Path) -> None:
    assert told(case, [*GOOD])[0] == 0


@examples(80)
@given(st.data())
def test_a_spoiled_line_is_told_and_no_other(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    case = miniature.copied(tmp_path_factory.mktemp("spoiled"))
    chosen = data.draw(st.lists(st.sampled_from(sorted(SPOILED)), min_size=1, max_size=2))
    lines = [*GOOD]
    for number, good in chosen:
        lines[number] = SPOILED[number, good]
    padding = data.draw(st.lists(st.integers(0, len(lines)), max_size=2))
    wrong = {number for number, _ in chosen}
    for name, place in enumerate(padding):
        lines.insert(place, f"Person Padding {name}")
        wrong = {one + (one >= place) for one in wrong}
    code, found = told(case, lines)
    assert code == 1
    # What a line means is looked at once all can be read, so of two faults one may come first.
    assert set() < blamed(found) <= {one + 1 for one in wrong}, "\n".join(found)


def twice_named(number: int) -> list[str]:
    """Return events that all name an actor who is not there."""
    return [f"event raid Raid {n} victim=stranger {SAID}" for n in range(number)]


@pytest.mark.parametrize(("number", "folded"), [(4, False), (5, True), (9, True)])
def test_what_is_wrong_likewise_in_five_lines_is_told_once(
    case: Path, number: int, folded: bool
) -> None:
    code, found = told(case, ["Person Ferry Man", *twice_named(number), "Persn Other"])
    assert code == 1
    alike = [one for one in found if '"stranger"' in one]
    assert len(alike) == (1 if folded else number)
    assert found[-1].startswith(f"{len(alike) + 1} problem")
    assert any(one.startswith(f"standard input:{number + 2}: ") for one in found)
    if folded:
        listed = ", ".join(map(str, range(2, min(number, 8) + 2)))
        more = " ..." if number > 8 else ""
        assert alike[0].endswith(f"({number} lines: {listed}{more})")
        assert alike[0].startswith("standard input: there is no")


def test_what_is_folded_names_different_words_of_one_fault_alike(case: Path) -> None:
    lines = [f"event raid Raid {n} {('victim', 'host')[n % 2]}=stranger {SAID}" for n in range(6)]
    (once, total) = told(case, lines)[1]
    assert '"stranger"' in once
    assert "(6 lines: 1, 2, 3, 4, 5, 6)" in once
    assert total.startswith("1 problem")


def test_who_is_named_in_no_sentence_is_told_in_one_line(case: Path) -> None:
    lines = ["Person Zed Zulu", "town Nowhere", "Person Man mentioned=courier-2020#4.1"]
    kept = ("--texts", str(miniature.TEXTS))
    found = run(case, [*lines, f"event raid Zed raid {SAID}"], *kept).stdout.splitlines()
    (line,) = [one for one in found if "named in no sentence" in one]
    assert re.search(r": zed-zulu, nowhere$", line), found
    assert "named in no sentence" not in run(case, ["town Ford"], *kept).stdout
