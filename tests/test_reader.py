"""The reader finds every mistake, tells it once, and at its file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniature
import pytest
from miniature import OVERLAYS, all_problems_of, broken, problems_of, written

from graph import reader
from graph.errors import InputOutputError
from graph.reader.files import Lines
from graph.textfiles import MAX_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from miniature import Judged

AT = 'at = ["courier-2020#2.1"]'
CLAIM = f'voice = "courier-writer", stance = "asserts", certainty = "certain", {AT}'


def statement(name: str, more: str = "") -> str:
    return f"""[[statement]]
id = "{name}"
subject = "river-guard"
predicate = "besieges"
object = "ford"
{more}claims = [
  {{ {CLAIM} }},
]
"""


# One mistake, one message


def test_table_and_folder_match() -> None:
    files = {path.stem for path in miniature.INVALID.iterdir()} - {"expected"}
    assert files == OVERLAYS.keys()


@pytest.mark.parametrize("name", sorted(OVERLAYS))
def test_one_mistake_is_told_once_and_at_its_line(name: str, tmp_path: Path) -> None:
    overlay = OVERLAYS[name]
    found = all_problems_of(broken(tmp_path, name))
    places = [problem[:3] for problem in found]
    assert places == [expected[:3] for expected in overlay.problems], found
    for problem, expected in zip(found, overlay.problems, strict=True):
        assert expected.message in problem.message


@pytest.mark.parametrize("name", sorted(name for name, o in OVERLAYS.items() if o.graph))
def test_what_only_the_graph_shows_passes_the_reader(name: str, tmp_path: Path) -> None:
    assert problems_of(broken(tmp_path, name)) == []


def test_the_example_has_no_problem() -> None:
    assert all_problems_of(miniature.FOLDER) == []


def test_all_files_are_told_at_once_in_order(folder: Path) -> None:
    for number in range(3):
        written(folder, f"statements/z{number}.toml", statement("siege-of-mill-town"))
    found = problems_of(folder)
    assert [problem.file for problem in found] == [f"statements/z{n}.toml" for n in range(3)]
    assert all("is taken already, in statements/control.toml" in p.message for p in found)


def test_all_mistakes_of_an_entry_are_told(folder: Path) -> None:
    more = 'coverage = "always"\nwhen = "2014-13"\nplace = "nowhere"\nnote = ""\n'
    written(folder, "statements/extra.toml", statement("extra", more))
    assert [problem.line for problem in problems_of(folder)] == [6, 7, 8, 9]


# Cascades


def test_a_file_that_cannot_be_parsed_gives_one_problem(folder: Path) -> None:
    """Others refer to the River Guard; that its file is broken is no fault of theirs."""
    written(folder, "actors/river-guard.toml", "label = \n")
    assert [(p.file, p.line) for p in problems_of(folder)] == [("actors/river-guard.toml", 1)]


def test_a_source_that_cannot_be_parsed_gives_one_problem(folder: Path) -> None:
    written(folder, "sources/observers-2020.toml", "title = \n")
    assert [(p.file, p.line) for p in problems_of(folder)] == [("sources/observers-2020.toml", 1)]


def test_a_wrong_label_gives_one_problem(folder: Path) -> None:
    content = (folder / "actors/river-guard.toml").read_text("utf-8")
    written(folder, "actors/river-guard.toml", content.replace('"River Guard"', "5"))
    assert [(p.file, p.line) for p in problems_of(folder)] == [("actors/river-guard.toml", 1)]


# Lines


def test_lines_are_counted_by_line_feeds_only(folder: Path) -> None:
    """Other signs that some programs take for the end of a line are text."""
    note = 'note = "one\u2028two\u0085three"\nwhen = "2014-13"\n'
    written(folder, "statements/extra.toml", statement("extra", note))
    assert {(p.line, p.place.rpartition(" ")[2]) for p in problems_of(folder)} == {
        (6, "note"),
        (7, "when"),
    }


def test_keys_are_found_in_their_own_table(folder: Path) -> None:
    """The note of a claim stands before the note of the statement that is wrong."""
    content = statement("extra").replace(AT, f'{AT}, note = "A."') + 'note = " "\n'
    written(folder, "statements/extra.toml", content)
    assert [problem.line for problem in problems_of(folder)] == [9]


def test_windows_line_ends_are_counted_once(folder: Path) -> None:
    content = statement("extra", 'when = "2014-13"\n').replace("\n", "\r\n")
    written(folder, "statements/extra.toml", content)
    assert [problem.line for problem in problems_of(folder)] == [6]


@pytest.mark.parametrize(
    ("path", "key", "line"),
    [
        ((), "label", 1),
        ((("concluded", 0),), "when", 4),
        ((("clause", 0),), "id", 7),
        ((("clause", 1),), "", 12),
        ((("clause", 1), ("fulfilment", 0)), "state", 15),
        ((("clause", 0), ("fulfilment", 0)), "state", 10),
        ((("clause", 1), ("fulfilment", 0)), "nothing", 14),
    ],
)
def test_line_of(path: tuple[tuple[str, int], ...], key: str, line: int) -> None:
    text = """label = "Truce"

[concluded]
when = "2020"

[[clause]]
id = "a.c1"

  [[clause.fulfilment]]
  state = "inForce"

[[clause]]   # the second
id = "a.c2"
  [[clause.fulfilment]]
  "state" = "refused"
"""
    assert Lines(text).of(path, key) == line


# Folders and files


def test_a_folder_without_a_case_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(InputOutputError, match="no case"):
        reader.read(tmp_path, miniature.ONTOLOGY)


def test_hidden_files_are_left_alone(folder: Path) -> None:
    written(folder, "actors/.river-guard.toml.swp", b"\x00")
    written(folder, ".DS_Store", b"\x00")
    assert problems_of(folder) == []


def test_stored_answers_are_no_records(folder: Path) -> None:
    written(folder, "answers/questions.toml", "[[question]]\n")
    written(folder, "README.md", "# Mill\n")
    assert problems_of(folder) == []


def test_a_huge_file_is_refused_before_it_is_parsed(folder: Path) -> None:
    written(folder, "statements/huge.toml", b"#" * (MAX_BYTES + 1))
    (problem,) = problems_of(folder)
    assert (problem.file, problem.line) == ("statements/huge.toml", 0)
    assert "split it" in problem.message


def test_deep_nesting_is_a_problem_and_no_crash(folder: Path) -> None:
    written(folder, "statements/deep.toml", "a = " + "[" * 100_000)
    (problem,) = problems_of(folder)
    assert problem.file == "statements/deep.toml"


@pytest.mark.parametrize(
    "content",
    [
        "statement = 5",
        "statement = [5]",
        '[statement]\nid = "extra"',
        '[[statement]]\nid = 5\nsubject = ["a"]\npredicate = {}\nobject = 1.5\nclaims = "no"',
        statement("extra").replace(AT, "at = [5]"),
        statement("extra").replace(AT, 'at = ["courier-2020#2.1", "courier-2020#2.1"]'),
        statement("extra").replace('voice = "courier-writer"', "voice = []"),
        statement("extra", 'verdict = "accepted"\n'),
        statement("extra", "answers = []\n"),
        statement("extra", "low = inf\n"),
        statement("extra", "low = nan\n"),
        statement("extra", 'id2 = """\n"""\n'),
    ],
)
def test_values_of_any_type_are_problems_and_no_crash(content: str, folder: Path) -> None:
    written(folder, "statements/extra.toml", content)
    assert {problem.file for problem in problems_of(folder)} == {"statements/extra.toml"}


@pytest.mark.parametrize(
    "name", ["actors", "places", "events", "agreements", "mechanisms", "questions", "sources"]
)
@pytest.mark.parametrize(
    "content",
    [
        "label = 5\nclass = {}\nkinds = 1\nnames = 2\nidentifiers = [3]\nmentioned = {}",
        "occurred = 5\nrole = 6\nconcluded = []\nclause = [7]\nstage = {}\nobserved = true",
        'sentences = [1, [2], ["1.1", true, "x", 4], ["1.1", 0.5, 1, 2]]\nboilerplate = 3\nurl = 4',
        "[occurred]\nclaims = [{}]\n[[role]]\nrole = []\nactor = 1\n[concluded]\nclaims = []",
        "[[clause]]\n[[clause.fulfilment]]\nstate = []\n[[stage]]\nstage = {}",
    ],
)
def test_things_of_any_shape_are_problems_and_no_crash(
    name: str, content: str, folder: Path
) -> None:
    written(folder, f"{name}/extra.toml", content)
    assert {problem.file for problem in problems_of(folder)} == {f"{name}/extra.toml"}


# What the records say


def test_records_are_sorted_and_complete(example: Judged) -> None:
    case, _ = example
    assert [thing.id for thing in case.things] == sorted(thing.id for thing in case.things)
    assert [s.id for s in case.statements] == sorted(s.id for s in case.statements)
    made = {
        "ev-shelling.occurred",
        "ev-shelling.victim.townspeople",
        "ag-may-truce.concluded",
        "ag-may-truce.party.river-guard",
        "ag-may-truce.stage.brokenDown",
        "ag-may-truce.c1.agreed",
        "ag-may-truce.c1.obligor.river-guard",
        "ag-may-truce.c1.fulfilment.inForce",
        "bridge-half-given",
        "mech-bread-and-truce.observed",
    }
    assert made <= {statement.id for statement in case.statements}


def test_a_role_takes_over_claims_and_date(example: Judged) -> None:
    case, _ = example
    by_id = {statement.id: statement for statement in case.statements}
    role, event = by_id["ev-shelling.victim.townspeople"], by_id["ev-shelling.occurred"]
    assert [c.voice for c in role.claims] == [c.voice for c in event.claims]
    assert role.bounds == event.bounds
    own = by_id["ev-shelling.perpetrator.bandits"]
    assert [claim.voice for claim in own.claims] == ["river-guard", "courier-writer"]
    claims = [claim.id for statement in case.statements for claim in statement.claims]
    assert len(claims) == len(set(claims))


def test_coverage_follows_from_the_predicate(example: Judged) -> None:
    case, _ = example
    coverage = {statement.id: statement.coverage for statement in case.statements}
    assert coverage["siege-of-mill-town"] == "throughout"
    assert coverage["guns-at-the-ford"] == "sometime"
    assert coverage["ev-shelling.occurred"] == "sometime"
