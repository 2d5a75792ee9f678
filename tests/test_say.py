"""``hudna say``: what is written is what was said, in the place where it belongs, or nothing."""

from __future__ import annotations

import json
import tomllib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import miniature
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from graph import reader
from graph.authoring import blocks
from graph.authoring.authored import Authored
from graph.authoring.claims import claim_of
from graph.authoring.faults import Faults
from graph.authoring.sayings import Sayings, ShortClaim
from graph.authoring.tokens import Token, parts_of
from graph.cli.main import main
from graph.errors import UsageError
from graph.model.lexicon import Lexicon

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from click.testing import Result

    from graph.model import Statement

SAYINGS = Sayings(miniature.ONTOLOGY, Lexicon(miniature.ONTOLOGY), Authored(miniature.FOLDER))
HOSTILE = ('"', "'''", '"""', "\\", 'a "quoted" \\ name', "{x = 1}", "#", "= [", "|", "]\n[[x]]")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return miniature.copied(tmp_path)


def say(case: Path, *words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["say", *words, "--data", str(case.parent)], input=stdin)


def said(case: Path, *words: str, stdin: str | None = None) -> list[dict[str, Any]]:
    result = say(case, *words, "--format", "json", stdin=stdin)
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def statement(case: Path, name: str) -> Statement:
    found = {one.id: one for one in reader.read(case, miniature.ONTOLOGY).statements}
    return found[name]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def stand_of(text: str) -> ShortClaim:
    faults = Faults()
    found = SAYINGS.stand(parts_of(text)[0], faults)
    assert found
    assert not faults
    return found


SHELLS = "river-guard shells mill-town 2020-06 | author asserts certain courier-2020#4.1"


def test_a_statement_is_appended_and_told(case: Path) -> None:
    (one,) = said(case, SHELLS, "--to", "control", "--place", "Ford", "--scope", "twice")
    made = statement(case, one["id"])
    assert (made.subject, made.predicate, made.object) == ("river-guard", "shells", "mill-town")
    assert (made.when, made.place, made.scope) == ("2020-06", "ford", "twice")
    (claim,) = made.claims
    assert (claim.voice, claim.stance, claim.certainty) == ("courier-writer", "asserts", "certain")
    assert [ref.citation for ref in claim.passages] == ["courier-2020#4.1"]
    assert one["status"] == "accepted"
    lines = (case / one["file"]).read_text("utf-8").splitlines()
    assert lines[one["line"] - 1 : one["line"] + 1] == ["[[statement]]", f'id = "{one["id"]}"']


def test_a_dry_run_writes_nothing(case: Path) -> None:
    before = contents(case)
    result = say(case, SHELLS, "--dry-run")
    assert "would be written" in result.output
    assert "[[statement]]" in result.output
    assert contents(case) == before


def test_a_denial_of_what_is_there_is_added_to_it_and_makes_it_contested(case: Path) -> None:
    old = (case / "statements/control.toml").read_text("utf-8")
    (one,) = said(
        case,
        "mill-town is besieged by river-guard 2018-23/.. | bandits denies probable "
        "courier-2020#4.2, 4.3",
    )
    assert one["id"] == "siege-of-mill-town"
    assert one["added"]
    assert one["status"] == "contested"
    assert {text.rpartition(" ")[2] for text in one["against"]} == {"asserts", "denies"}
    new = (case / "statements/control.toml").read_text("utf-8").splitlines()
    assert [line for line in new if line not in old.splitlines()] == [
        (
            '  { voice = "bandits", stance = "denies", certainty = "probable", '
            'passages = ["courier-2020#4.2", "courier-2020#4.3"] },'
        )
    ]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("ev-shelling occurred true", "ev-shelling.occurred"),
        ("ev-shelling perpetrator bandits", "ev-shelling.perpetrator.bandits"),
        ("ag-may-truce stage signed", "ag-may-truce.stage.signed"),
        ("ag-may-truce contains clause ag-may-truce.c1", "ag-may-truce.c1.agreed"),
    ],
)
def test_what_a_table_of_a_thing_says_gets_the_claim_there(
    case: Path, line: str, name: str
) -> None:
    before = {one.id: len(one.claims) for one in reader.read(case, miniature.ONTOLOGY).statements}
    (one,) = said(case, f"{line} | editors denies certain observers-2020#2.2")
    assert (one["id"], one["added"], one["status"]) == (name, True, "contested")
    assert len(statement(case, name).claims) == before[name] + 1
    after = reader.read(case, miniature.ONTOLOGY).statements
    assert {one.id for one in after} == before.keys()


def test_the_same_is_not_said_twice_but_further_sentences_are_added(case: Path) -> None:
    said(case, SHELLS)
    before = contents(case)
    again = say(case, SHELLS)
    assert again.exit_code == 1
    assert "says so already" in again.output
    assert contents(case) == before
    (one,) = said(case, SHELLS.replace("4.1", "4.1,4.2"))
    (claim,) = statement(case, one["id"]).claims
    assert [ref.sentence for ref in claim.passages] == ["4.1", "4.2"]


def test_claims_with_the_former_name_of_a_key_are_understood(case: Path) -> None:
    said(case, SHELLS, "--to", "control")
    file = case / "statements/control.toml"
    file.write_text(file.read_text("utf-8").replace("passages =", "at ="), "utf-8")
    assert "says so already" in say(case, SHELLS).output
    (one,) = said(case, SHELLS.replace("4.1", "4.2"))
    (claim,) = statement(case, one["id"]).claims
    assert [ref.sentence for ref in claim.passages] == ["4.1", "4.2"]


def test_another_time_is_another_statement(case: Path) -> None:
    first, second = said(case, "-", stdin=f"{SHELLS}\n{SHELLS.replace('2020-06', '2020-07')}\n")
    assert second["id"] == f"{first['id']}-2"
    assert statement(case, second["id"]).when == "2020-07"
    assert (second["beside"], second["unlike"]) == (first["id"], 'when="2020-06"')
    assert (first["beside"], first["unlike"]) == ("", "")
    result = say(case, SHELLS.replace("2020-06", "place=ford")).stdout
    assert f"{first['id']}-3: accepted" in result
    folded = " ".join(result.split())
    assert f"beside {first['id']}; to add a claim to that one, say it with" in folded
    assert 'with when="2020-06" and no place' in folded
    added = said(case, SHELLS.replace("2020-06", 'when="2020-06"').replace("author", "bandits"))
    assert added[0]["id"] == first["id"]


def test_of_several_lines_all_are_written_or_none(case: Path) -> None:
    before = contents(case)
    lines = [
        "# a remark",
        SHELLS,
        "",
        "river-guard supports mill-town | author asserts certain 4.1",
    ]
    result = say(case, "-", stdin="\n".join(lines))
    assert result.exit_code == 1
    assert 'standard input:4: "supports" is not a predicate; did you mean "backs"?' in result.output
    assert contents(case) == before
    assert len(said(case, "-", stdin="\n".join(lines[:2]))) == 1


def test_what_is_wrong_with_any_line_is_told_at_once(case: Path) -> None:
    """Words, names, references between lines and rules of the graph, however late each is seen."""
    claim = "| author asserts certain courier-2020#4.1"
    lines = [
        f"river-guard supports bandits {claim}",
        f"nobody-1 shells nobody-2 {claim}",
        "river-guard shells mill-town 2020-08 | nobody-3 asserts courier-2020#4.1",
        "river-guard shells mill-town 2020-08 | nobody-4 asserted",
        f"river-guard hasSize 80 low=81 {claim}",
        f"mill-town deputisesFor ford {claim}",
        "river-guard shells mill-town 2020-09 id=shelled |",
        f"river-guard supports mill-town if=shelled {claim}",
        f"bandits shells mill-town if=not-here id=lost {claim}",
        f"river-guard supports ford id=backed {claim}",
        f"bandits shells ford if=backed {claim}",
        SHELLS,
    ]
    before = contents(case)
    told = say(case, "-", "--to", "control", stdin="\n".join(lines)).stderr
    for number, words in {
        1: ['"supports" is not a predicate'],
        2: ['"nobody-1"', '"nobody-2"'],
        3: ['"nobody-3"', "how sure"],
        4: ['"asserted" is not a stance', "cites no sentence"],
        5: ["low: 81 is more than the value"],
        6: ["subject: ", "object: "],
        8: ['"supports" is not a predicate'],
        9: ['if: there is no statement "not-here"'],
        10: ['"supports" is not a predicate'],
    }.items():
        found = [one for one in told.splitlines() if one.startswith(f"standard input:{number}: ")]
        assert len(found) == len(words), (number, told)
        assert all(word in "".join(found) for word in words), (number, told)
    assert ":7:" not in told  # line 8 names it
    assert ":11:" not in told  # it names line 10
    assert ":12:" not in told
    assert "nothing is written" in told
    assert contents(case) == before


def test_what_the_case_does_not_allow_is_told_of_its_line(case: Path) -> None:
    result = say(
        case,
        "-",
        stdin=f"{SHELLS}\nmill-town deputisesFor ford | author asserts certain courier-2020#4.1\n",
    )
    assert result.exit_code == 1
    assert "standard input:2: " in result.output


WRONG = [
    ("river-gard shells mill-town | author asserts certain courier-2020#4.1", '"river-guard"'),
    ("river-guard shells nowhere | author asserts certain courier-2020#4.1", "hudna add"),
    ("river-guard betrays mill-town | author asserts certain courier-2020#4.1", "hudna terms"),
    ("river-guard shells mill-town | author says certain courier-2020#4.1", 'mean "asserts"'),
    ("river-guard shells mill-town | author asserts courier-2020#4.1", "how sure"),
    ("river-guard shells mill-town | author asserts certain", "cites no sentence"),
    ("river-guard shells mill-town | author asserts certain 4.1", "courier-2020, observers-2020"),
    ("river-guard shells mill-town | asserts certain courier-2020#4.1", "who says so"),
    ("river-guard shells mill-town | author certain courier-2020#4.1", "no stance"),
    ("river-guard shells mill-town", "nobody says so"),
    ("river-guard shells mill-town 2020-13 | author asserts certain courier-2020#4.1", "month 13"),
    ("river-guard shells mill-town | author asserts sure courier-2020#4.1", '"sure" is no stance'),
    ("river-guard shells mill-town | author asserts certain courier-2020#4", "is no sentence"),
    ("ev-shelling victim townspeople | bandits denies certain courier-2020#4.1", "its event"),
    ("river-guard shells mill-town |", "nobody says so"),
    ("river-guard shells ford XXXX-05-22 | author asserts certain 4.1", "a year is needed"),
    ("river-guard demands mill-town | author asserts certain 4.1", "is a stance"),
    ("river-guard shells ag-new.c4 | author asserts certain 4.1", "hudna add 'clause ag-new"),
    (
        "river-guard shells ford | nobody asserts certain courier-2020#4.1",
        "hudna add 'Person NAME'",
    ),
    ("river-guard shells ford place=Xyz | author asserts certain 4.1", "hudna add 'place NAME'"),
    ("river-guard shells mill-town | author asserts denies certain courier-2020#4.1", "each a"),
    ("river-guard shells | author asserts certain courier-2020#4.1", "lacks its object"),
    ('river-guard shells "mill-town | author asserts certain courier-2020#4.1', "quotation mark"),
    ("ev-shelling hasDuration true | author asserts courier-2020#4.1", "how sure"),
    ("ev-shelling occurred maybe | author asserts certain courier-2020#4.1", "boolean"),
    ("ag-may-truce stage battle | author asserts certain courier-2020#4.1", "stage takes"),
    ("river-guard shells mill-town | author asserts certain courier-2020#99.1", "last sentence"),
    ("river-guard shells mill-town | author asserts certain nope#4.1", "there is no source"),
]


@pytest.mark.parametrize(("line", "told"), WRONG)
def test_what_is_wrong_is_told_with_what_would_be_right(case: Path, line: str, told: str) -> None:
    before = contents(case)
    result = say(case, line, "--to", "control")  # which has no defaults
    assert result.exit_code == 1, result.output
    assert told in result.output
    assert contents(case) == before


def test_what_is_not_said_is_the_default_of_its_file(case: Path) -> None:
    (one,) = said(case, "river-guard shells mill-town | asserts 4.1", "--to", "talks")
    (claim,) = statement(case, one["id"]).claims
    assert (claim.voice, claim.certainty) == ("courier-writer", "certain")
    assert [ref.citation for ref in claim.passages] == ["courier-2020#4.1"]
    assert one["text"].endswith('{ stance = "asserts", passages = ["4.1"] },\n]')


def test_a_case_with_old_problems_can_be_added_to(case: Path) -> None:
    (case / "places" / "bad.toml").write_text("label = 1\n")
    (one,) = said(case, SHELLS)
    assert one["status"] == ""
    assert f'id = "{one["id"]}"' in (case / one["file"]).read_text("utf-8")


@pytest.mark.some(3)
@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_written_as_it_is(case: Path, text: str) -> None:
    (one,) = said(case, SHELLS, "--note", text, "--scope", f"some {text}")
    made = statement(case, one["id"])
    assert (made.note, made.scope) == (text, f"some {text}")


@pytest.mark.parametrize("text", ["a\x00b", "\x1b[31m", "\u202egnp", "a\u2028b"])
def test_a_control_character_is_refused(case: Path, text: str) -> None:
    before = contents(case)
    result = say(case, SHELLS, "--note", text)
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    assert contents(case) == before


# What words mean


def proposition(line: str) -> tuple[object, ...]:
    (said,) = SAYINGS.propositions(parts_of(line)[0])
    return tuple(said)


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("river-guard besieges mill-town", ("river-guard", "besieges", "mill-town", None, "")),
        ("2017 the river guard besieges Mill Town", ()),
        ("river guard besieges Mill Town", ("river-guard", "besieges", "mill-town", None, "")),
        (
            '"river guard" besieges "Mill Town" 2017-02',
            ("river-guard", "besieges", "mill-town", None, "2017-02"),
        ),
        (
            "2017-02 river-guard besieges mill-town",
            ("river-guard", "besieges", "mill-town", None, "2017-02"),
        ),
        (
            "Mill Town is besieged by river-guard",
            ("river-guard", "besieges", "mill-town", None, ""),
        ),
        (
            "river-guard charges for passage into ford",
            ("river-guard", "chargesForPassageInto", "ford", None, ""),
        ),
        ("townspeople hasSize 300", ("townspeople", "hasSize", None, 300, "")),
        ("townspeople hasSize 1.5 2017", ("townspeople", "hasSize", None, 1.5, "2017")),
        ("townspeople hasSize unknown", ("townspeople", "hasSize", "unknown", None, "")),
        (
            'townspeople characterisedAs "2017"',
            ("townspeople", "characterisedAs", None, "2017", ""),
        ),
        (
            "ev-shelling occurred false 2020-06-03",
            ("ev-shelling", "occurred", None, False, "2020-06-03"),
        ),
        (
            "ag-may-truce stage frozen [2020-05..2020-06]",
            ("ag-may-truce", "stage", "frozen", None, "[2020-05..2020-06]"),
        ),
        ("unknown shells ford", ("unknown", "shells", "ford", None, "")),
    ],
)
def test_what_a_line_says(line: str, right: tuple[object, ...]) -> None:
    if right:
        assert proposition(line) == right
    else:
        with pytest.raises(UsageError):
            proposition(line)


PARTS = {
    "voice": ("author", "bandits", '"town council"', "unattributed"),
    "stance": ("asserts", "considersPossible", "leaves open"),
    "certainty": ("certain", "unspecified", ""),
    "mode": ("", "opinion"),
    "cited": ("4.1", "courier-2020#4.1,4.2", "courier-2020#4.1 courier-2020#4.2", "4.1, 4.3"),
}


@given(st.fixed_dictionaries({k: st.sampled_from(v) for k, v in PARTS.items()}), st.randoms())
def test_the_words_of_a_claim_may_stand_in_any_order(
    given: dict[str, str], shuffle: Random
) -> None:
    order = [word for word in given.values() if word]
    shuffle.shuffle(order)
    stand = stand_of(" ".join(order))
    stance = "leavesOpen" if given["stance"] == "leaves open" else given["stance"]
    voice = given["voice"].strip('"').replace(" ", "-")
    numbers = tuple(one for one in ("4.1", "4.2", "4.3") if one in given["cited"])
    source = "courier-2020" if "#" in given["cited"] else ""
    right = ShortClaim(voice, stance, given["certainty"], given["mode"], source, numbers)
    assert stand == right


@given(st.lists(st.text(min_size=1), min_size=1))
def test_what_is_in_quotes_is_one_word(texts: list[str]) -> None:
    quoted = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    line = " ".join(f'"{text}"' for text in quoted)
    assert parts_of(line) == [[Token(text, quoted=True) for text in texts]]


@given(st.text(max_size=60))
def test_any_line_is_read_or_refused(line: str) -> None:
    with suppress(UsageError):
        first, *others = parts_of(line)
        SAYINGS.propositions(first)
        for other in others:
            SAYINGS.stand(other, Faults())


VALUES = st.one_of(
    st.text(min_size=1),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.lists(st.text(), min_size=1),
    st.lists(
        st.fixed_dictionaries({"voice": st.text(), "passages": st.lists(st.text())}), min_size=1
    ),
)


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), VALUES))
def test_a_table_is_read_back_as_it_was_made(keys: dict[str, Any]) -> None:
    text = blocks.table(keys, "[[statement]]")
    assert tomllib.loads(text) == {"statement": [keys]}


def test_what_a_file_has_as_a_default_may_be_left_out_and_what_is_typed_is_kept() -> None:
    case = Authored(miniature.FOLDER)
    defaults = {"voice": "courier-writer", "source": "courier-2020", "certainty": "certain"}

    def claim(text: str) -> dict[str, Any]:
        return claim_of(stand_of(text), case, defaults)

    assert claim("asserts 4.1") == {"stance": "asserts", "passages": ["4.1"]}
    typed = {"voice": "courier-writer", "certainty": "certain"}
    assert claim("author asserts certain courier-2020#4.1") == {**typed, **claim("asserts 4.1")}
    assert claim("bandits denies probable observers-2020#2.1") == {
        "voice": "bandits",
        "stance": "denies",
        "certainty": "probable",
        "passages": ["observers-2020#2.1"],
    }


ATTACKS = "river-guard attacks ford"
OBSERVERS = "| observers asserts certain observers-2020#2.1"
OF_ITS_OWN = """\
[[statement]]
id = "attack"
subject = "river-guard"
predicate = "attacks"
object = "ford"

[[statement.claims]]
voice = "courier-writer"
stance = "asserts"
certainty = "certain"
passages = ["courier-2020#2.1"]

[[statement]]
subject = "bandits"
predicate = "hasSize"
value = 12
claims = [
  { voice = "courier-writer", stance = "asserts", certainty = "certain", passages = ["courier-2020#2.1"] },
]
"""  # noqa: E501


def test_a_claim_is_added_to_claims_that_are_tables_of_their_own(case: Path) -> None:
    miniature.written(case, "statements/odd.toml", OF_ITS_OWN)
    (one,) = said(case, f"{ATTACKS} {OBSERVERS}")
    assert one["added"]
    assert [c.voice for c in statement(case, "attack").claims] == ["courier-writer", "observers"]
    assert len(tomllib.loads((case / one["file"]).read_text())["statement"][0]["claims"]) == 2


def test_a_claim_is_added_to_a_figure_that_has_no_id(case: Path) -> None:
    miniature.written(case, "statements/odd.toml", OF_ITS_OWN)
    (one,) = said(case, f"bandits hasSize 12 {OBSERVERS}")
    assert (one["id"], one["status"]) == ("bandits.hasSize.12", "accepted")
    assert len(statement(case, one["id"]).claims) == 2


def test_the_line_ends_of_a_file_stay(case: Path) -> None:
    file = case / "statements" / "odd.toml"
    file.write_bytes(OF_ITS_OWN.replace("\n", "\r\n").encode())
    for line in (f"{ATTACKS} {OBSERVERS}", f"{ATTACKS} 2019 {OBSERVERS}"):
        said(case, line, "--to", "odd")
        text = file.read_bytes()
        assert text.count(b"\n") == text.count(b"\r\n") > 20


NARROWER = (
    'scope = "in part"',
    'place = "ford"',
    'under = "ag-may-truce"',
    'channel = "townspeople"',
    'if = ["letters"]',
)


@pytest.mark.parametrize("key", NARROWER)
def test_a_claim_on_more_is_not_added_to_a_statement_of_less(case: Path, key: str) -> None:
    miniature.written(case, "statements/odd.toml", OF_ITS_OWN.replace("\n\n", f"\n{key}\n\n", 1))
    before = contents(case)
    result = say(case, f"{ATTACKS} {OBSERVERS}")
    assert result.exit_code == 1
    assert f"statements/odd.toml:1 says so with {key.split(maxsplit=1)[0]}" in result.output
    assert contents(case) == before
    (one,) = said(case, f"{ATTACKS} {OBSERVERS}", "--id", "wider")
    assert not one["added"]


def test_what_is_said_beside_is_not_lost_where_the_claim_is_added(case: Path) -> None:
    said(case, SHELLS)
    before = contents(case)
    result = say(case, SHELLS.replace("4.1", "4.2"), "--id", "other")
    assert result.exit_code == 1
    assert "leave the id out" in result.output
    assert contents(case) == before
    said(case, SHELLS.replace("4.1", "4.2"), "--note", "mind this")
    assert any(b"mind this" in text for text in contents(case).values())


@pytest.mark.parametrize("figure", ["1,500", "1.500.000", "1 500", "1_500", "1'500", ".5", "1e3"])
def test_a_figure_in_another_form_is_no_text(figure: str) -> None:
    with pytest.raises(UsageError, match="write digits alone"):
        proposition(f"river-guard hasSize {figure}")


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("[2018-01, 2019-02]", "[2018-01,2019-02]"),
        ("2018-01 / 2019-02", "2018-01/2019-02"),
        ("{ 2018 , 2019 }", "{2018,2019}"),
        ("[ ..2018-02 ]", "[..2018-02]"),
    ],
)
def test_blanks_within_a_date_are_no_part_of_it(written: str, date: str) -> None:
    assert proposition(f"river-guard shells ford {written}")[-1] == date
    assert proposition(f"{written} river-guard shells ford")[-1] == date


def test_an_actor_called_author_is_not_taken_for_the_author_of_the_source(case: Path) -> None:
    actor = case / "actors" / "bandits.toml"
    miniature.written(
        case, "actors/author.toml", actor.read_text().replace("bandits at", "Author of")
    )
    before = contents(case)
    for voice in ("author", '"Author of the ford"'):
        result = say(case, SHELLS.replace("| author", f"| {voice}"))
        assert result.exit_code == 1
        assert "hudna rename author ID" in " ".join(result.output.split())
    assert contents(case) == before


@pytest.mark.parametrize("key", ["begins", "ends"])
def test_a_claim_without_a_date_is_not_added_to_a_statement_with_bounds(
    case: Path, key: str
) -> None:
    dated = OF_ITS_OWN.replace("\n\n", f'\n{key} = "2020-05"\n\n', 1)
    miniature.written(case, "statements/odd.toml", dated)
    (one,) = said(case, f"{ATTACKS} {OBSERVERS}")
    assert not one["added"]


def test_who_opposes_an_actor_is_told_which_tie_to_write(case: Path) -> None:
    claim = "2020-08 | author asserts certain courier-2020#4.1"
    told = " ".join(say(case, f"river-guard opposes townspeople {claim}").output.split())
    assert "mind: opposes is no tie of two actors" in told
    assert "hostileTo" in told
    (one,) = said(case, f"river-guard resists townspeople {claim}")
    assert not one["hint"]
