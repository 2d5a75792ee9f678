"""What is right in the files, but of which another coding is likelier, is told with its place."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from graph import reader
from graph.build.verification import sentences
from graph.build.word_hints import word_hints
from graph.cli import main
from graph.model import Origin
from graph.model.words import DEGREES, Certainty, Stance
from graph.reader import ProblemReport
from graph.reader.hints import DETAILS, add_hints

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.errors import Problem

MILL = reader.read(miniature.FOLDER, miniature.ONTOLOGY)
FILE = "statements/extra.toml"
SENTENCE = "courier-2020#4.1"
UNDATED = "nothing says when it is so"
"""Most statements here have no date, of which a test of its own tells."""
CUE = f"{SENTENCE}:0-2"
SAID = {"voice": "courier-writer", "stance": "asserts", "certainty": "certain"}


def claim(**more: object) -> dict[str, object]:
    return {**SAID, "passages": [SENTENCE], **more}


def statement(name: str, *claims: dict[str, object], **more: object) -> str:
    """Return the table of a statement; unless told else, the guard shells the townspeople."""
    head = {"id": name, "subject": "river-guard", "predicate": "shells", "object": "townspeople"}
    lines = [f"{key} = {json.dumps(value)}" for key, value in {**head, **more}.items()]
    tables = (", ".join(f"{k} = {json.dumps(v)}" for k, v in one.items()) for one in claims)
    listed = "".join(f"  {{ {table} }},\n" for table in tables)
    return "\n".join(["[[statement]]", *lines, f"claims = [\n{listed}]", ""])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return miniature.copied(tmp_path)


def told(folder: Path, *statements: str, file: str = FILE) -> list[tuple[int, str, str]]:
    """Write some statements, and return the line, place and message of the hints at them."""
    miniature.written(folder, FILE, "\n".join(statements))
    hints = reader.read(folder, miniature.ONTOLOGY).hints
    return [
        (one.line, one.place, one.message)
        for one in hints
        if one.file.endswith(file) and UNDATED not in one.message
    ]


def pair(first: dict[str, object], other: dict[str, object], **more: object) -> tuple[str, str]:
    return statement("one", claim(**first)), statement(
        "two", claim(**other), **{"object": "mill-town", **more}
    )


@pytest.mark.parametrize(
    ("first", "other", "more"),
    [
        ({}, {"certainty": "probable"}, {}),
        ({}, {"stance": "considersPossible", "certainty": "possible"}, {}),
        ({"stance": "suspects", "certainty": "probable"}, {}, {}),
        ({"stance": "wishes"}, {"stance": "demands"}, {}),
        ({"stance": "expects"}, {"stance": "expects", "certainty": "probable"}, {}),
        ({}, {"certainty": "probable"}, {"subject": "bandits", "object": "townspeople"}),
        ({"cue": [CUE]}, {"cue": [CUE], "certainty": "probable"}, {}),
        ({}, {"certainty": "probable", "passages": ["courier-2020#4.2", SENTENCE]}, {}),
        ({"voice": "unattributed"}, {"voice": "unattributed", "certainty": "probable"}, {}),
    ],
)
def test_parts_of_a_sentence_that_are_unlike_are_hinted_at(
    first: dict[str, object], other: dict[str, object], more: dict[str, object], folder: Path
) -> None:
    ((line, place, message),) = told(folder, *pair(first, other, **more))
    same = first.get("stance", "asserts") == other.get("stance", "asserts")
    assert (line, place) == (16, f"statement two, {'certainty' if same else 'stance'}")
    assert "in one, of the same sentence; say both alike" in message


@pytest.mark.parametrize(
    ("first", "other", "more"),
    [
        ({}, {}, {}),
        ({"certainty": "probable", "cue": [CUE]}, {}, {}),
        ({}, {"certainty": "probable"}, {"predicate": "fights"}),
        ({}, {"certainty": "probable"}, {"subject": "bandits"}),
        ({}, {"certainty": "probable"}, {"object": "townspeople", "scope": "in part"}),
        ({}, {"certainty": "probable", "passages": ["courier-2020#4.2"]}, {}),
        ({}, {"certainty": "probable", "voice": "river-guard"}, {}),
        ({}, {"stance": "reports", "certainty": "unspecified"}, {}),
        ({}, {"stance": "doubts", "certainty": "unspecified"}, {}),
        ({}, {"certainty": "probable"}, {"if": "one"}),
        ({}, {"certainty": "probable"}, {"object": "unknown"}),
    ],
)
def test_parts_that_are_alike_or_not_of_one_sentence_are_left_alone(
    first: dict[str, object], other: dict[str, object], more: dict[str, object], folder: Path
) -> None:
    assert not told(folder, *pair(first, other, **more))


SAYING = st.tuples(
    st.sampled_from([one.value for one in Stance]),
    st.sampled_from([one.value for one in Certainty]),
    st.sampled_from([(), (CUE,)]),
    st.sampled_from(["river-guard", "bandits"]),
    st.sampled_from(["townspeople", "mill-town"]),
)
FIRMER = ("asserts endorses suspects considersPossible", "denies doubts", "demands promises wishes")


@given(st.lists(SAYING, max_size=4))
def test_exactly_what_differs_in_degree_beside_another_is_hinted_at(
    sayings: list[tuple[str, str, tuple[str, ...], str, str]],
) -> None:
    """Two claims at a time: one end shared, one not, the same cue, and more or less firm."""
    (model,) = [one for one in MILL.statements if one.id == "guard-at-the-ford"]
    made = []
    for number, (stance, certainty, cue, subject, end) in enumerate(sayings):
        origin = Origin(str(number))
        said = replace(model.claims[0], id=f"c{number}", stance=stance, certainty=certainty,
                       cue=cue, origin=origin)  # fmt: skip
        made.append(replace(model, id=f"s{number}", subject=subject, object=end, claims=(said,),
                            origin=origin))  # fmt: skip
    report = ProblemReport()
    add_hints(replace(MILL, statements=tuple(made)), report)
    found = [one for one in report.hints(miniature.FOLDER) if "say both alike" in one.message]
    wanted = [
        str(later)
        for later, other in enumerate(sayings)
        for first in sayings[:later]
        if other[:2] != first[:2]
        and other[2] == first[2]
        and (other[3] == first[3]) != (other[4] == first[4])
        and (other[0] == first[0] or any({other[0], first[0]} <= {*n.split()} for n in FIRMER))
    ]
    assert sorted(Path(one.file).name for one in found) == sorted(wanted)


def test_degrees_part_the_stances() -> None:
    """No stance is firmer in two ways, and none stands on both sides."""
    listed = [stance for some in DEGREES for stance in some]
    assert len(set(listed)) == len(listed)
    assert set(listed) <= {one.value for one in Stance}


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, True),
        ({"stance": "denies", "cue": [CUE]}, True),
        ({"speakers": "some"}, True),
        ({"cue": [CUE]}, True),
        ({"speakers": "all"}, False),
        ({"speakers": "body"}, False),
        ({"speakers": "some", "cue": [CUE]}, False),
        ({"certainty": "unspecified"}, False),
        ({"stance": "wishes"}, False),
        ({"voice": "town-council"}, False),
    ],
)
def test_what_several_people_say_flatly_is_hinted_at(
    more: dict[str, object], found: bool, folder: Path
) -> None:
    hints = told(folder, statement("one", claim(**{"voice": "townspeople", **more})))
    assert [(line, place) for line, place, _ in hints] == [(7, "statement one, certainty")] * found
    assert all("is certain for townspeople, who are several people" in one for *_, one in hints)


def test_whoever_is_called_a_collective_is_several_people(folder: Path) -> None:
    path = folder / "actors" / "bandits.toml"
    assert not told(folder, statement("one", claim(voice="bandits")))
    content = path.read_text("utf-8").replace('identity = "unnamed"', 'identity = "collective"')
    path.write_text(content, "utf-8")
    ((_, place, _),) = told(folder, statement("one", claim(voice="bandits")))
    assert place == "statement one, certainty"


def test_authors_who_are_several_speak_as_one(folder: Path) -> None:
    path = folder / "actors" / "courier-writer.toml"
    path.write_text(path.read_text("utf-8").replace('"Person"', '"SocialGroup"'), "utf-8")
    assert not told(folder, *(statement(f"n{n}", claim()) for n in range(DETAILS)))


@pytest.mark.parametrize(
    ("number", "more", "found"),
    [
        (DETAILS, {}, True),
        (DETAILS + 2, {}, True),
        (DETAILS - 1, {}, False),
        (DETAILS, {"speakers": "some"}, True),
        (DETAILS, {"speakers": "all"}, False),
        (DETAILS, {"cue": [CUE]}, False),
        (DETAILS, {"stance": "wishes"}, False),
        (DETAILS, {"voice": "town-council"}, False),
    ],
)
def test_many_details_in_the_mouth_of_several_people_are_hinted_at_once(
    number: int, more: dict[str, object], found: bool, folder: Path
) -> None:
    said = claim(**{"voice": "townspeople", "certainty": "unspecified", **more})
    hints = told(folder, *(statement(f"n{n}", said) for n in range(number)))
    assert [(line, place) for line, place, _ in hints] == [(7, "statement n0, voice")] * found
    assert all(f"say {number} things in {SENTENCE}" in message for *_, message in hints)


def test_claims_that_roles_take_over_are_one_detail(folder: Path) -> None:
    roles = "".join(
        f'[[role]]\nrole = "perpetrator"\nactor = "{who}"\n'
        for who in ("bandits", "river-guard", "town-council")
    )
    said = 'voice = "townspeople", stance = "asserts", certainty = "certain"'
    fact = f'[occurred]\nclaims = [\n  {{ {said}, passages = ["{SENTENCE}"] }},\n]\n'
    head = 'label = "raid"\nkind = "shelling"\n\n'
    miniature.written(folder, "events/ev-raid.toml", head + fact + roles)
    hints = told(folder, statement("one", claim()), file="ev-raid.toml")
    assert [place for _, place, _ in hints] == ["occurred of ev-raid, certainty"]


PLACE = 'label = "Upper mill"\nclass = "Place"\nmentioned = ["courier-2020#4.1"]\n'
USES = {
    "object": statement("one", claim(), object="upper-mill"),
    "place": statement("one", claim(), place="upper-mill"),
    "part of a whole": statement("one", claim(), subject="upper-mill", predicate="within",
                                 object="mill-town"),
    "whole of a part": statement("one", claim(), subject="mill-town", predicate="within",
                                 object="upper-mill"),
    "nothing": statement("one", claim()),
    "a note": statement("one", claim(), note="The upper-mill is another."),
}  # fmt: skip


@pytest.mark.parametrize("use", USES)
def test_things_of_which_nothing_is_said_are_hinted_at(use: str, folder: Path) -> None:
    miniature.written(folder, "places/upper-mill.toml", PLACE)
    hints = told(folder, USES[use], file="upper-mill.toml")
    assert [line for line, *_ in hints] == [1] * (use in ("nothing", "a note"))


@pytest.mark.parametrize(
    ("key", "content"),
    [
        ("voices", statement("one", claim(voice="stranger"))),
        ("channels", statement("one", claim(), channel="stranger")),
        ("nothing", statement("one", claim())),
    ],
)
def test_who_speaks_or_stands_between_is_used(key: str, content: str, folder: Path) -> None:
    actor = f'label = "A stranger"\nclass = "Person"\nidentity = "unnamed"\n{PLACE[-33:]}'
    miniature.written(folder, "actors/stranger.toml", actor)
    assert len(told(folder, content, file="stranger.toml")) == (key == "nothing")


@pytest.mark.parametrize(
    ("note", "more", "found"),
    [
        ("Implied by what comes next.", {}, True),
        ("That it was the guard is only INFERRED.", {}, True),
        ("One has to read between the lines.", {"stance": "denies"}, True),
        ("Implied by what comes next.", {"voice": "editors", "stance": "suspects"}, False),
        ("Implied by what comes next.", {"voice": "river-guard"}, False),
        ("Implied by what comes next.", {"stance": "suspects"}, False),
        ("The names of the guard are left out.", {}, False),
        ("A simplied account.", {}, False),
    ],
)
def test_what_an_author_says_flatly_is_not_inferred(
    note: str, more: dict[str, object], found: bool, folder: Path
) -> None:
    cue = {"cue": [CUE]}
    hints = told(
        folder,
        statement("one", claim(note=note, **cue, **more)),
        statement("two", claim(**cue, **more), note=note),
    )
    found_at = [place for _, place, message in hints if "it is inferred what" in message]
    assert found_at == ["statement one, note", "statement two, note"] * found


DENIES = {"stance": "denies"}


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        ([claim(**DENIES)], True),
        ([claim(**DENIES, voice="river-guard"), claim(stance="reports")], True),
        ([claim(**DENIES), claim(**DENIES, voice="river-guard")], True),
        ([claim(**DENIES, cue=[CUE])], False),
        ([claim(**DENIES), claim(voice="unattributed")], False),
        ([claim(**DENIES), claim(voice="bandits", stance="suspects")], False),
        ([claim(**DENIES), claim(voice="bandits", stance="demands")], False),
        ([claim(stance="doubts")], False),
        ([claim(stance="reports")], False),
    ],
)
def test_a_denial_of_what_nobody_says_is_hinted_at(
    claims: list[dict[str, object]], found: bool, folder: Path
) -> None:
    hints = told(folder, statement("one", *claims))
    assert [(line, place) for line, place, _ in hints] == [(7, "statement one, stance")] * found


def test_who_is_judged_to_be_another_is_used() -> None:
    """Nothing else is told of whoever pays for the guns."""
    assert not [one for one in MILL.hints if one.file.endswith("guard-backer.toml")]


def test_hints_are_counted_and_told_on_demand(folder: Path) -> None:
    miniature.written(folder, FILE, statement("one", claim(**DENIES)))
    call = ["check", "--case", "mill", "--data", str(folder.parent)]
    count = len(reader.read(folder, miniature.ONTOLOGY).hints)
    plain, every, listed = (
        CliRunner().invoke(main, [*call, *more])
        for more in ([], ["--hints"], ["--hints", "--format", "json"])
    )
    assert (plain.exit_code, every.exit_code, listed.exit_code) == (0, 0, 0)
    assert f"no problem found; {count} hint" in plain.stdout
    assert "is denied, and nobody says it" not in plain.output
    assert f"{FILE}:7: statement one, stance: is denied, and nobody says it" in every.stdout
    entries = json.loads(listed.stdout)
    assert len(entries) == count
    assert entries[0].keys() == {"file", "line", "place", "message"}
    assert json.loads(CliRunner().invoke(main, [*call, "--format", "json"]).stdout) == []
    both = CliRunner().invoke(main, [*call, "--hints", "--built"])
    assert (both.exit_code, both.stdout) == (2, "")


# What looks unfinished


def undated(folder: Path, *statements: str) -> list[tuple[int, str]]:
    miniature.written(folder, FILE, "\n".join(statements))
    hints = reader.read(folder, miniature.ONTOLOGY).hints
    return [
        (one.line, one.message.partition(", of ")[2].partition(";")[0])
        for one in hints
        if UNDATED in one.message
    ]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"predicate": "fights"}, True),
        ({"predicate": "fights", "when": "2020-06"}, False),
        ({"predicate": "fights", "begins": "2020-06"}, False),
        ({"predicate": "fights", "ends": "2020-06"}, False),
        ({"predicate": "kills"}, False),
        ({"predicate": "presentIn", "object": "mill-town"}, False),
        ({"predicate": "memberOf"}, True),
    ],
)
def test_ties_that_last_without_a_time_are_hinted_at(
    more: dict[str, object], told: bool, folder: Path
) -> None:
    assert undated(folder, statement("one", claim(), **more)) == [(1, "one")] * told


def test_ties_without_a_time_are_told_once_a_file(folder: Path) -> None:
    ends = ["townspeople", "bandits", "guard-backer", "town-council", "observers"]
    listed = [
        statement(f"tie-{number}", claim(), predicate="memberOf", object=end)
        for number, end in enumerate(ends)
    ]
    assert undated(folder, *listed) == [(1, "tie-0, tie-1, tie-2 and 2 more of this file")]


@pytest.mark.parametrize(
    ("when", "told"), [("", True), ('when = "2020-06"', False), ('ends = "2020-06"', False)]
)
def test_an_event_without_a_time_is_hinted_at(when: str, told: bool, folder: Path) -> None:
    (folder / "events/ev-raid.toml").write_text(
        'label = "Raid on the ford"\nclass = "Event"\nkind = "raid"\n'
        f"[occurred]\n{when}\nclaims = [{{ voice = 'courier-writer', stance = 'asserts', "
        f"certainty = 'certain', passages = ['{SENTENCE}'] }}]\n"
        '[[role]]\nrole = "victim"\nactor = "townspeople"\n',
        "utf-8",
    )
    hints = [one.message for one in reader.read(folder, miniature.ONTOLOGY).hints]
    found = [one for one in hints if UNDATED in one and "ev-raid.occurred" in one]
    assert len(found) == told


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"stance": "promises"}, True),
        ({"stance": "wishes"}, True),
        ({"stance": "demands"}, True),
        ({"stance": "expects"}, True),
        ({"stance": "reports"}, True),
        ({"stance": "suspects"}, True),
        ({"stance": "asserts"}, False),
        ({"stance": "denies"}, False),
        ({"stance": "expects", "certainty": "certain"}, False),
        ({"stance": "promises", "certainty": "unspecified"}, False),
        ({"stance": "promises", "cue": [CUE]}, False),
    ],
)
@pytest.mark.parametrize("default", ["certain", "unspecified"])
def test_what_only_a_default_makes_certain_is_hinted_at(
    default: str, more: dict[str, object], told: bool, folder: Path
) -> None:
    bare = {key: value for key, value in claim().items() if key != "certainty"}
    head = f'[defaults]\ncertainty = "{default}"\n'
    found = told_of(folder, head, statement("one", {**bare, **more}))
    assert found == [(10, "statement one, certainty")] * (told and default == "certain")


def told_of(folder: Path, *written: str) -> list[tuple[int, str]]:
    hints = told(folder, *written)
    return [(line, place) for line, place, text in hints if "default of its file" in text]


def test_what_is_expected_may_be_certain_by_the_word_will(folder: Path) -> None:
    """As the table of cues has it; a hint that only says unspecified would contradict it."""
    head = '[defaults]\ncertainty = "certain"\n'
    for stance, shown in (("expects", 'such as "will"'), ("wishes", "give them as the cue")):
        bare = {key: value for key, value in claim(stance=stance).items() if key != "certainty"}
        ((_, _, message),) = told(folder, head, statement("one", bare))
        assert shown in message
        assert 'certainty = "unspecified"' in message
        assert not told(folder, head, statement("one", {**bare, "cue": [CUE]}))


@pytest.mark.parametrize(
    ("predicate", "object_", "found"),
    [
        ("opposes", "townspeople", "resists"),
        ("refuses", "townspeople", "resists"),
        ("opposes", "ag-may-truce", ""),
        ("opposes", "mill-town", ""),
        ("hostileTo", "townspeople", ""),
        ("resists", "townspeople", ""),
        ("watches", "townspeople", ""),
        ("seeks", "townspeople", ""),
    ],
)
def test_what_is_against_an_actor_and_no_tie_is_hinted_at(
    predicate: str, object_: str, found: str, folder: Path
) -> None:
    """The main adversary would be lacking in every network."""
    one = statement("one", claim(), predicate=predicate, object=object_)
    hints = [(place, text) for _, place, text in told(folder, one)]
    assert [place for place, _ in hints] == ["statement one, predicate"] * bool(found)
    assert all(found in text and "no tie" in text for _, text in hints)


def clauses(folder: Path, change: Callable[[str], str]) -> list[tuple[int, str]]:
    path = folder / "agreements/ag-may-truce.toml"
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    hints = reader.read(folder, miniature.ONTOLOGY).hints
    return [(one.line, one.message) for one in hints if one.file.endswith("ag-may-truce.toml")]


def test_a_clause_that_binds_nobody_is_hinted_at(folder: Path) -> None:
    bare = clauses(folder, lambda text: text.replace('obligor = ["river-guard"]\n', ""))
    assert not bare  # somebody gains by it
    ((line, message),) = clauses(folder, lambda text: text.replace(
        'beneficiary = ["townspeople"]\n', ""))  # fmt: skip
    assert message.startswith("nobody has to do what ag-may-truce.c1 says")
    text = (folder / "agreements/ag-may-truce.toml").read_text("utf-8")
    assert text.splitlines()[line - 1] == "[[clause]]"
    miniature.written(folder, FILE, statement("one", claim(), under="ag-may-truce.c1"))
    assert not clauses(folder, str)


def test_a_clause_that_is_only_demanded_may_bind_nobody(folder: Path) -> None:
    """That of the example is promised, and so no more than a demand is it agreed."""
    assert not clauses(folder, lambda text: text.replace('obligor = ["town-council"]\n', ""))


def test_a_clause_of_no_topic_is_hinted_at(folder: Path) -> None:
    other = 'topic = "other"\nother = "bread"'
    ((_, message),) = clauses(
        folder, lambda text: text.replace('topic = "humanitarianRelief"', other)
    )
    assert message.startswith("ag-may-truce.c1 is only other")
    more = 'topic = ["other", "humanitarianRelief"]'
    assert not clauses(folder, lambda text: text.replace('topic = "other"', more))


# With the texts


def with_texts(folder: Path, *statements: str, texts: Path = miniature.TEXTS) -> list[Problem]:
    miniature.written(folder, FILE, "\n".join(statements))
    case = reader.read(folder, miniature.ONTOLOGY)
    found = word_hints(case, sentences(case.sources, texts), folder)
    return [one for hints in found.values() for one in hints if one.file.endswith(FILE)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("on 3 June", False),
        ("On  3\nJune", False),
        ("on 4 June", True),
        ("until the harvest", True),
    ],
)
def test_words_for_a_time_stand_in_the_sentences_that_it_is_from(
    words: str, found: bool, folder: Path
) -> None:
    hints = with_texts(folder, statement("one", claim(), when_text=words))
    assert [(one.line, one.place) for one in hints] == [(6, "statement one, when_text")] * found
    assert all(f'"{words}" is not in {SENTENCE}; write' in one.message for one in hints)


def test_words_for_a_time_are_looked_for_where_the_time_is_told(
    folder: Path, tmp_path: Path
) -> None:
    elsewhere = {"when_basis": "cited", "when_passages": ["courier-2020#3.3"]}
    times = [
        statement(words.split()[-1].lower(), claim(), when="2020", when_text=words, **elsewhere)
        for words in ("until the harvest", "on 3 June")
    ]
    (hint,) = with_texts(folder, *times)
    assert '"on 3 June" is not in courier-2020#3.3' in hint.message
    nowhere = tmp_path / "none"
    nowhere.mkdir()
    assert not with_texts(folder, *times, texts=nowhere), "no text, nothing to compare"


PROMISED = "courier-2020#3.2:45-53"
BLAMES = "courier-2020#4.2:12-18"


@pytest.mark.parametrize(
    ("cue", "more", "found"),
    [
        (PROMISED, {"stance": "promises", "certainty": "unspecified"}, False),
        (PROMISED, {"stance": "promises"}, True),
        (PROMISED, {}, True),
        (BLAMES, {"certainty": "unspecified"}, False),
        (BLAMES, {"stance": "reports", "certainty": "unspecified"}, False),
        (BLAMES, {"stance": "suspects", "certainty": "probable"}, True),
        ("courier-2020#4.2:0-11", {"stance": "suspects", "certainty": "probable"}, False),
    ],
)
def test_a_cue_stands_for_its_stance(
    cue: str, more: dict[str, object], found: bool, folder: Path
) -> None:
    said = claim(cue=[cue], passages=[cue.partition(":")[0]], **more)
    hints = with_texts(folder, statement("one", said))
    assert [(one.line, one.place) for one in hints] == [(7, "statement one, cue")] * found
    coded = f"{more.get('stance', 'asserts')}, {more.get('certainty', 'certain')}"
    assert all(f"and not for {coded}; correct" in one.message for one in hints)
    condition = statement("one", said, **{"if": "siege-of-mill-town"})
    assert not with_texts(folder, condition), "the main clause decides"


def test_one_cue_that_fits_is_enough(folder: Path) -> None:
    cues = [PROMISED, BLAMES]
    said = claim(cue=cues, passages=["courier-2020#3.2", "courier-2020#4.2"])
    for certainty, number in (("unspecified", 0), ("probable", 1)):
        one = statement("one", {**said, "certainty": certainty})
        assert len(with_texts(folder, one)) == number


def test_the_command_tells_what_does_not_fit_the_words(folder: Path) -> None:
    miniature.written(folder, FILE, statement("one", claim(), when_text="at Easter"))
    call = ["verify", "--case", "mill", "--data", str(folder.parent), "--texts"]
    call.append(str(miniature.TEXTS))
    plain, listed = (
        CliRunner().invoke(main, [*call, *more]) for more in ([], ["--format", "json"])
    )
    assert (plain.exit_code, listed.exit_code) == (0, 0), "as for all hints"
    assert f'{FILE}:6: statement one, when_text: "at Easter" is not in {SENTENCE}' in plain.output
    (entry,) = (one for one in json.loads(listed.stdout) if one["source"] == "courier-2020")
    assert [one["line"] for one in entry["hints"]] == [6]
