"""The reader finds every mistake, tells it once, and at its file and line."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import miniature
import pytest
from hypothesis import given
from hypothesis import strategies as st
from miniature import OVERLAYS, all_problems_of, broken, problems_of, written

from graph import errors, reader
from graph.errors import DataProblems, InputOutputError
from graph.model import textfiles, vocabulary
from graph.model.lexicon import Lexicon
from graph.model.textfiles import MAX_BYTES
from graph.reader import case, fields, problems
from graph.reader.addresses import web_address
from graph.reader.files import Lines

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from miniature import Judged

AT = 'passages = ["courier-2020#2.1"]'
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


@pytest.mark.some(3)
@pytest.mark.parametrize("name", sorted(OVERLAYS))
def test_one_mistake_is_told_once_and_at_its_line(name: str, tmp_path: Path) -> None:
    """By reader and shapes together; what one of them finds the other does not tell again."""
    overlay = OVERLAYS[name]
    folder = broken(tmp_path, name)
    found = all_problems_of(folder)
    assert problems_of(folder) == ([] if overlay.graph else found)
    places = [problem[:3] for problem in found]
    assert places == [expected[:3] for expected in overlay.problems], found
    for problem, expected in zip(found, overlay.problems, strict=True):
        assert expected.message in problem.message


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


def test_former_keys_are_read_and_told_once(folder: Path) -> None:
    path = folder / "statements/control.toml"
    content = path.read_text("utf-8")
    path.write_text(content.replace("passages = [", "at = ["), "utf-8")
    case = reader.read(folder, vocabulary.load())
    assert case.statements == reader.read(miniature.FOLDER, vocabulary.load()).statements
    (hint,) = (one for one in case.hints if "is now called" in one.message)
    assert (hint.file.removeprefix(folder.as_posix()), hint.line) == (
        "/statements/control.toml",
        10,
    )
    assert '"at" is now called "passages"' in hint.message
    assert f"{content.count('passages = [')} times" in hint.message


def test_a_key_and_its_former_name_do_not_stand_together(folder: Path) -> None:
    written(folder, "statements/extra.toml", statement("extra").replace(AT, f"{AT}, at = []"))
    (problem,) = problems_of(folder)
    assert "which stands there too; keep one" in problem.message


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


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("characters = 668", "characters = 667", ""),  # the last sentence ends the text
        ("characters = 668", "characters = 666", "5.1 ends at 667, but the text has 666"),
        ('"2.1", 27,', '"2.1", 25,', ""),  # it begins where the one above ends
        ('"2.1", 27,', '"2.1", 24,', "2.1 begins at 24, before the one above ends, at 25"),
        ('"5.1", 636,', '"5.1", 666,', ""),  # one character
        ('"5.1", 636,', '"5.1", 667,', "5.1: offsets 667 to 667 are no range"),
    ],
)
def test_sentences_fit_their_text_and_each_other_to_the_character(
    folder: Path, before: str, after: str, told: str
) -> None:
    path = folder / "sources" / "courier-2020.toml"
    content = path.read_text("utf-8")
    assert content.count(before) == 1
    path.write_text(content.replace(before, after), "utf-8")
    found = [problem.message for problem in problems_of(folder)]
    assert bool(found) == bool(told)
    assert not told or any(told in message for message in found)


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


TEXTS = st.sampled_from(
    ("plain", "[[statement]]", 'predicate = "quoted"', "# note = 1", "claims = [", "{ voice = 1 },")
)


@given(st.lists(st.tuples(st.lists(TEXTS, max_size=3), st.booleans()), min_size=1, max_size=5))
def test_lines_are_those_at_which_keys_were_written(entries: list[tuple[list[str], bool]]) -> None:
    """Whatever a note quotes, and whatever comments say, is no entry and no key."""
    written: list[str] = []
    expected: list[tuple[int, int, int]] = []
    for note, literal in entries:
        quotes = "'''" if literal else '"""'
        begins = len(written) + 1
        written += ["[[statement]] # predicate = 0", f"note = {quotes}", *note, quotes]
        written += ["# predicate = 0", "predicate = 1", "claims = [", "  { voice = 2 },", "]"]
        expected.append((begins, len(written) - 3, len(written) - 1))
    lines = Lines("\n".join(written))
    for index, (begins, predicate, voice) in enumerate(expected):
        entry = (("statement", index),)
        assert lines.of(entry, "") == begins
        assert lines.of(entry, "predicate") == predicate
        assert lines.of((*entry, ("claims", 0)), "voice") == voice


# Many problems


def test_of_many_problems_of_a_file_the_first_are_told_and_the_others_counted(
    folder: Path,
) -> None:
    content = "".join(statement(f"s{number}", "extra = 1\n") for number in range(200))
    written(folder, "statements/extra.toml", content)
    *told, last = problems_of(folder)
    assert [problem.place for problem in told] == [f"statement s{n}, extra" for n in range(50)]
    assert [problem.line for problem in told] == [6 + 9 * n for n in range(50)]
    assert last == ("statements/extra.toml", 0, "", "and 150 more problems in this file")


def test_of_many_files_with_problems_the_first_are_told_and_the_others_counted(
    folder: Path,
) -> None:
    for number in range(700):
        written(folder, f"places/p{number:03}.toml", "label = 5\n")
    with pytest.raises(DataProblems) as caught:
        reader.read(folder, miniature.ONTOLOGY)
    *told, last = caught.value.problems
    assert 500 <= len(told) < 510
    assert caught.value.count == 2 * 700
    assert f"and {2 * 700 - len(told)} more problems in" in last.message


def test_a_file_that_cannot_be_read_is_told_before_what_others_lack(folder: Path) -> None:
    for number in range(700):
        written(folder, f"places/p{number:03}.toml", "label = 5\n")
    written(folder, "statements/zz.toml", 'note = "\n')
    first = problems_of(folder)[0]
    assert first.file == "statements/zz.toml"


def test_unknown_keys_are_told_in_the_order_of_the_file(folder: Path) -> None:
    written(folder, "statements/extra.toml", statement("extra", "z = 1\nb = 1\nm = 1\n"))
    assert [p.place[-1] for p in problems_of(folder)] == ["z", "b", "m"]


def test_a_file_is_opened_once_more_for_all_its_lines(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def text_of(path: Path) -> str:
        opened.append(path.name)
        return textfiles.text_of(path)

    monkeypatch.setattr(problems, "text_of", text_of)
    content = "".join(statement(f"s{number}", "extra = 1\n") for number in range(200))
    written(folder, "statements/extra.toml", content)
    assert len(problems_of(folder)) == 51
    assert opened == ["extra.toml"]


@pytest.mark.parametrize(
    ("before", "after", "hint"),
    [
        ("river-guard", "river-gard-{}", 'did you mean "river-guard"?'),
        ("besieges", "besieges{}", 'did you mean "besieges"?'),
        ("claims =", "place{} = 1\nclaims =", 'did you mean "place"?'),
    ],
)
def test_near_misses_are_looked_for_only_where_they_are_told(
    before: str, after: str, hint: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[int] = []

    def close(name: str, known: list[str], n: int, cutoff: float) -> list[str]:
        compared.append(len(known))
        return difflib.get_close_matches(name, known, n=n, cutoff=cutoff)

    def meant(self: Lexicon, text: str, names: Collection[str], sort: str) -> str:
        compared.append(1)
        return hint_of(self, text, names, sort)

    hint_of = Lexicon.hint
    monkeypatch.setattr(Lexicon, "hint", meant)
    monkeypatch.setattr(errors, "get_close_matches", close)
    entries = (
        statement(f"s{number}").replace(before, after.format(number)) for number in range(300)
    )
    written(folder, "statements/extra.toml", "".join(entries))
    *told, last = problems_of(folder)
    assert [problem for problem in told if hint not in problem.message] == []
    assert last.message.startswith("and 250 more")
    assert len(compared) == 50
    assert max(compared) <= 30


@pytest.mark.parametrize("name", sorted(miniature.ONTOLOGY.predicates))
def test_a_slip_of_the_pen_is_found_among_many(name: str) -> None:
    """As well as by comparing it closely with all of them."""
    known = miniature.ONTOLOGY.predicates
    for slip in (name[:2] + name[1:], name[1:], name[:-2] + name[-1:] + "z"):
        nearest = difflib.get_close_matches(slip, sorted(known), n=1, cutoff=0.6)
        assert nearest
        assert errors.suggestion(slip, known) == f'; did you mean "{nearest[0]}"?'


def test_too_many_files_are_one_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case, "MAX_FILES", 3)
    (problem,) = [p for p in problems_of(folder) if p.file == "actors"]
    assert "3 is the most" in problem.message
    assert {p.line for p in problems_of(folder)} == {0}


# Addresses and other values that the graph would refuse


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://t.me/s/x?a=1#b#c", 'the sign "#" cannot stand there; write %23 for it, as in "https://t.me/s/x?a=1#b%23c"'),
        ("https://example.org/a[1]", 'the sign "[" cannot stand there; write %5B for it, as in "https://example.org/a%5B1%5D"'),
        ("https://example.org/100%", 'write %25 for it, as in "https://example.org/100%25"'),
        ("https://example.org/a b", 'write %20 for it, as in "https://example.org/a%20b"'),
        ("https://example.org/\u00a0x", "write %C2%A0 for it"),
        ("https://example.org:port/", "is not a web address: "),
        ("https://", 'write one that begins with "https://"'),
        ("https://example.org/" + "a" * 5000, "has 5020 signs"),
    ],
)  # fmt: skip
def test_an_address_that_the_graph_refuses_is_told_with_what_would_be_right(
    address: str, told: str
) -> None:
    assert told in str(web_address(address))


@pytest.mark.parametrize("tag", ["en-12", "en-x1-x1x1x1x1", "en-abc-abc-abc-abc", "EN", "e", ""])
def test_a_language_that_the_graph_refuses_is_told(tag: str) -> None:
    assert "is no language tag" in str(fields.language(tag))


@pytest.mark.parametrize(("value", "fits"), [(0, True), (10**15 - 1, True), (10**15, False)])
def test_numbers_are_bounded(value: int, fits: bool) -> None:
    assert (fields.whole_number(value) is None) == fits
    assert (fields.number(-value) is None) == fits


@given(
    st.text("abc:/?#[]@!$&'()*+,;=%0aF <>\"{}|\\^`é\u200f\ue000\ufdd0\x7f", max_size=30).map(
        "https://example.org/{}".format
    )
)
def test_what_is_told_to_be_right_is_right(address: str) -> None:
    wrong = str(web_address(address))
    if "as in" in wrong:
        assert web_address(wrong.rpartition(' as in "')[2].removesuffix('"')) is None


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
        statement("extra").replace(AT, "passages = [5]"),
        statement("extra").replace(AT, 'passages = ["courier-2020#2.1", "courier-2020#2.1"]'),
        statement("extra").replace('voice = "courier-writer"', "voice = []"),
        statement("extra", 'verdict = "accepted"\n'),
        statement("extra", "question = []\n"),
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


def test_a_role_with_a_date_of_its_own_is_told_by_the_claims_that_it_takes_over(
    folder: Path,
) -> None:
    path = folder / "events/ev-shelling.toml"
    role = '[[role]]\nrole = "victim"\nactor = "townspeople"\n'
    content = path.read_text("utf-8")
    assert role in content
    path.write_text(content.replace(role, role + 'when = "2020-06"\n'), "utf-8")
    case = reader.read(folder, vocabulary.load())
    by_id = {statement.id: statement for statement in case.statements}
    event, made = by_id["ev-shelling.occurred"], by_id["ev-shelling.victim.townspeople"]
    assert made.when == "2020-06"
    assert (made.told_from, made.told_until) == (event.told_from, event.told_until)
    assert made.told_from is not None


def test_coverage_follows_from_the_predicate(example: Judged) -> None:
    case, _ = example
    coverage = {statement.id: statement.coverage for statement in case.statements}
    assert coverage["siege-of-mill-town"] == "throughout"
    assert coverage["guns-at-the-ford"] == "sometime"
    assert coverage["ev-shelling.occurred"] == "sometime"
