"""``hudna say`` with qualifiers as ``KEY=VALUE``, and of what is there already."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

import miniature
import pytest
from click.testing import CliRunner
from test_say import case, contents, said, say, statement

from graph.authoring.keyed import known_keys
from graph.cli.main import main
from graph.model import Claim, Statement, specs

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["case"]

SHELLS = "river-guard shells mill-town 2020-06"
CLAIM = "| author asserts certain courier-2020#4.1"
VALUES = {
    # key: what is written, what is read
    "begins": ("2020-01", "2020-01"),
    "ends": ("2020-02", "2020-02"),
    "when_text": ('"early, in the year"', "early, in the year"),
    "when_basis": ("cited", "cited"),
    "when_passages": ("4.1,courier-2020#4.2", ["courier-2020#4.1", "courier-2020#4.2"]),
    "coverage": ("sometime", "sometime"),
    "place": ('"Mill Town"', "mill-town"),
    "under": ("ag-may-truce.c1", "ag-may-truce.c1"),
    "scope": ('"as civilians"', "as civilians"),
    "extent": ("part", "part"),
    "if": (
        "siege-of-mill-town,ev-shelling.occurred",
        ["siege-of-mill-town", "ev-shelling.occurred"],
    ),
    "motive": ("siege-of-mill-town", ["siege-of-mill-town"]),
    "note": ('"a, \\"b\\""', 'a, "b"'),
    "question": ('"q-who-shelled"', ["q-who-shelled"]),
    "id": ("guard-at-ford", "guard-at-ford"),
}
FIGURES: dict[str, tuple[str, Any]] = {
    "low": ("200", 200),
    "high": ("350.5", 350.5),
    "unit": ("people", "people"),
    "modality": ("approximate", "approximate"),
    "counts": ('"the grown-ups"', "the grown-ups"),
    "counted_on": ("2020-01-02", "2020-01-02"),
    "cumulative": ("true", True),
}
CLAIMED = {
    "speakers": ("body", "body"),
    "mode": ("opinion", "opinion"),
    "note": ("x", "x"),
    "cue": ("4.1:0-4", ["courier-2020#4.1:0-4"]),
    "grounds": ("siege-of-mill-town", ["siege-of-mill-town"]),
    "id": ("the-claim", "the-claim"),
}


def block(case: Path, name: str) -> dict[str, Any]:
    for file in (case / "statements").glob("*.toml"):
        for one in tomllib.loads(file.read_text("utf-8"))["statement"]:
            if one.get("id") == name:
                found: dict[str, Any] = one
                return found
    raise KeyError(name)


def written(values: dict[str, tuple[str, Any]]) -> str:
    return " ".join(f"{key}={text}" for key, (text, _) in values.items())


def test_any_qualifier_stands_in_the_short_form(case: Path) -> None:
    line = f"river-guard mayStayIn ford {written(VALUES)} {CLAIM} {written(CLAIMED)}"
    said(case, line, "--to", "control")
    found = block(case, "guard-at-ford")
    assert {key: found[key] for key in VALUES} == {key: value for key, (_, value) in VALUES.items()}
    (claim,) = found["claims"]
    assert {key: claim[key] for key in CLAIMED} == {k: value for k, (_, value) in CLAIMED.items()}


def test_figures_have_their_types(case: Path) -> None:
    (one,) = said(case, f"townspeople hasSize 300 {written(FIGURES)} {CLAIM}")
    found = block(case, one["id"])
    assert {key: found[key] for key in FIGURES} == {
        key: value for key, (_, value) in FIGURES.items()
    }
    assert found["cumulative"] is True


@pytest.mark.parametrize("wrong", ["low=81", "high=79", "low=90 high=70"])
def test_bounds_of_a_figure_do_not_leave_its_number_out(case: Path, wrong: str) -> None:
    before = contents(case)
    refused = say(case, f"river-guard hasSize 80 {wrong} {CLAIM}")
    assert refused.exit_code == 1, refused.output
    assert wrong.partition("=")[0] + ": " in refused.stderr
    assert contents(case) == before
    said(case, f"river-guard hasSize 80 low=81 modality=lowerBound {CLAIM}")
    said(case, f"townspeople hasSize 80 low=80 high=80 {CLAIM}")


def test_the_keys_are_those_that_authors_write() -> None:
    for record in (Statement, Claim):
        declared = {one.key for one in specs(record) if one.key} - {"subject", "predicate"}
        assert declared <= known_keys(record).keys()


@pytest.mark.parametrize(
    ("keys", "claim", "told"),
    [
        ("scop=x", "", 'did you mean "scope"?'),
        ("colour=red", "", "begins, channel"),
        ("speakers=body", "", "behind the bar"),
        ("", "scope=x", "before the first bar"),
        ("scope=x scope=y", "", "stands twice"),
        ("scope=", "", "value is missing"),
        ("if=a,,b", "", "value is missing"),
        ("low=many", "", "is no number"),
        ("cumulative=yes", "", "neither true nor false"),
        ("extent=most", "", "onlyIf, part, whole"),
        ("place=Nowhere", "", 'there is no place "Nowhere"'),
        ("if=nothing-such", "", "nothing-such"),
        ("counted_on=May", "", "day"),
        ("when=2020-07", "", "two dates"),
        ('scope="x', "", "quotation mark"),
    ],
)
def test_what_is_wrong_with_a_qualifier_is_told(
    case: Path, keys: str, claim: str, told: str
) -> None:
    before = contents(case)
    result = say(case, f"{SHELLS} {keys} {CLAIM} {claim}", "--to", "control")
    assert result.exit_code == 1, result.output
    assert told in result.output
    assert contents(case) == before


def test_what_another_statement_names_needs_no_claim(case: Path) -> None:
    lines = ["river-guard mustLeave mill-town id=leaves |",
             'river-guard mayStayIn mill-town id=stays scope="unarmed" |',
             f"river-guard hasToChoose unknown one_of=leaves,stays {CLAIM}"]  # fmt: skip
    *_, choice = said(case, "-", "--to", "control", stdin="\n".join(lines))
    assert statement(case, choice["id"]).one_of == ("leaves", "stays")
    assert statement(case, "leaves").claims == ()
    refused = say(case, "-", "--to", "control", stdin="river-guard mustLeave ford id=other |")
    assert "nobody says so" in refused.output


def test_a_question_is_added_to_what_is_there(case: Path) -> None:
    (first,) = said(case, f"{SHELLS} {CLAIM}", "--to", "control")
    file = case / first["file"]
    file.write_text(file.read_text("utf-8").replace('2020-06"\n', '2020-06" # heard\n'), "utf-8")
    (one,) = said(case, f"{SHELLS} {CLAIM}", "--question", "q-who-shelled", "--to", "control")
    assert (one["id"], one["added"]) == (first["id"], True)
    assert statement(case, one["id"]).question == ("q-who-shelled",)
    assert "# heard\n" in file.read_text("utf-8")
    again = say(case, f"{SHELLS} question=q-who-shelled {CLAIM}", "--to", "control")
    assert "says so already" in again.output


def test_a_question_is_added_with_another_claim_and_a_scope_only_with_the_same(case: Path) -> None:
    said(case, f"{SHELLS} {CLAIM}", "--to", "control")
    denied = "| bandits denies certain courier-2020#4.2"
    (one,) = said(case, f"{SHELLS} question=q-who-shelled {denied}", "--to", "control")
    assert one["added"]
    other_voice = denied.replace("bandits", "editors")
    (other,) = said(case, f"{SHELLS} scope=twice {other_voice}", "--to", "control")
    assert not other["added"]
    (same,) = said(case, f"{SHELLS} under=ag-may-truce {CLAIM}", "--to", "control")
    assert (same["id"], statement(case, one["id"]).under) == (one["id"], "ag-may-truce")


def test_what_differs_is_another_statement_and_another_note_is_told(case: Path) -> None:
    (one,) = said(case, f"{SHELLS} place=ford note=n {CLAIM}", "--to", "control")
    (other,) = said(case, f"{SHELLS} place=mill-town {CLAIM}", "--to", "control")
    assert other["id"] == f"{one['id']}-2"
    assert "with note" in say(case, f"{SHELLS} place=ford note=m {CLAIM}", "--to", "control").output
    less = say(case, f"{SHELLS} {CLAIM}", "--to", "control").output
    assert 'write place="ford" behind' in less


def test_keys_of_a_claim_are_added_to_the_claim_that_is_there(case: Path) -> None:
    (one,) = said(case, f"{SHELLS} {CLAIM}", "--to", "control")
    said(case, f"{SHELLS} {CLAIM} speakers=body", "--to", "control")
    assert statement(case, one["id"]).claims[0].speakers == "body"
    wrong = say(case, f"{SHELLS} {CLAIM} speakers=atLeastOne", "--to", "control")
    assert "with the speakers body; change it there" in wrong.output


def test_the_defaults_of_the_source_reach_the_files_of_things(case: Path) -> None:
    (one,) = said(case, "ag-may-truce stage signed | denies 4.1", "--to", "talks")
    assert one["file"] == "agreements/ag-may-truce.toml"
    claim = statement(case, one["id"]).claims[-1]
    assert (claim.voice, claim.certainty, claim.source) == (
        "courier-writer", "certain", "courier-2020")  # fmt: skip


def test_a_file_is_begun_with_its_defaults(case: Path) -> None:
    (begun,) = said(case, "--defaults", "voice=author certainty=probable source=observers-2020")
    assert begun["file"] == "statements/observers-2020.toml"
    (one,) = said(case, f"{SHELLS} | asserts 2.1", "--to", "observers-2020")
    claim = statement(case, one["id"]).claims[0]
    assert (claim.voice, claim.certainty, claim.source) == (
        "observers", "probable", "observers-2020")  # fmt: skip
    again = say(case, "--defaults", "voice=editors", "--to", "observers-2020")
    assert "is there already" in again.output


def test_a_default_may_be_a_stance(case: Path) -> None:
    whole = "voice=author stance=asserts certainty=probable source=observers-2020"
    said(case, "--defaults", whole)
    (one,) = said(case, f"{SHELLS} | 2.1", "--to", "observers-2020")
    claim = statement(case, one["id"]).claims[0]
    assert (claim.voice, claim.stance, claim.certainty) == ("observers", "asserts", "probable")
    assert block(case, one["id"])["claims"] == [{"passages": ["2.1"]}]
    again = say(case, f"{SHELLS} | 2.1", "--to", "observers-2020").stderr
    assert "with this claim; nothing is added" in again
    (other,) = said(case, f"{SHELLS} | denies 2.2", "--to", "observers-2020")
    assert [c.stance for c in statement(case, other["id"]).claims] == ["asserts", "denies"]
    assert "has no stance" in say(case, f"{SHELLS} | author 2.1", "--to", "control").stderr


def test_the_defaults_of_one_source_are_never_taken_for_another(case: Path) -> None:
    """They are told to be missing, in the file of the first, and there is a file of its own."""
    for path in (case / "statements").glob("*.toml"):
        path.unlink()
    everything = "voice=author stance=asserts certainty=certain source=courier-2020 when=2020-05"
    said(case, "--defaults", everything)
    asked = say(case, "bandits shells mill-town | observers-2020#2.1").stderr
    assert "VOICE STANCE CERTAINTY are missing before the sentence" in asked
    assert "hudna say --defaults" in asked
    claim = "author asserts certain observers-2020#2.1"
    (one,) = said(case, f"bandits shells mill-town | {claim}")
    assert one["file"] == "statements/observers-2020.toml"
    assert "when" not in block(case, one["id"])
    into = say(case, f"bandits shells ford | {claim}", "--to", "courier-2020").stderr
    assert "would date it 2020-05, the default for courier-2020" in into
    (two,) = said(case, f"bandits shells ford 2020 | {claim}", "--to", "courier-2020")
    whole = {"voice": "observers", "stance": "asserts", "certainty": "certain"}
    assert block(case, two["id"])["claims"] == [{**whole, "passages": ["observers-2020#2.1"]}]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("voice=nobody-such", 'no voice "nobody-such"'),
        ("colour=red", "is no default"),
        ("editors", "is no default"),
        ("voice=author", "no source"),
        ("certainty=sure", "is not a certainty"),
        ("source=nope", "there is no source"),
        ("when=soon", "when"),
    ],
)
def test_what_is_wrong_with_defaults_is_told(case: Path, text: str, told: str) -> None:
    before = contents(case)
    result = say(case, "--defaults", text, "--to", "new-file")
    assert result.exit_code, result.output
    assert told in result.output
    assert contents(case) == before


def test_the_help_names_every_key() -> None:
    told = CliRunner().invoke(main, ["say", "--help"]).output.partition("Keys of a statement")[2]
    before, _, behind = told.partition("Examples:")[0].partition("of a claim")
    for record, text in ((Statement, before.replace("of a figure", "")), (Claim, behind)):
        own = {spec.key if spec else key for key, spec in known_keys(record).items()}
        assert own == set(re.findall(r"[a-z_]+", text.partition(":")[2])), record


WORDS = "river-guard shells mill-town 2020-09 | author expects unspecified courier-2020#4.1,4.2"
SENTENCES = {"4.1": "On 3 June 2020 shells fell on the ford and killed townspeople.",
             "4.2": "The council blames the River Guard."}  # fmt: skip


@pytest.mark.some(3)
@pytest.mark.parametrize(
    ("words", "sentence", "found"),
    [
        ("fell on", "4.1", "fell on"),
        ("FELL  on the", "4.1", "fell on the"),
        ("blames", "4.2", "blames"),
        ("blame", "4.2", "blame"),
        ("on 3 June", "4.1", "On 3 June"),
    ],
)
def test_words_of_a_cue_are_looked_up(case: Path, words: str, sentence: str, found: str) -> None:
    (one,) = said(case, f'{WORDS} cue="{words}"', "--texts", str(miniature.TEXTS))
    (claim,) = statement(case, one["id"]).claims
    (cue,) = claim.cue
    cited, _, place = cue.partition(":")
    start, end = map(int, place.split("-"))
    assert cited == f"courier-2020#{sentence}"
    assert SENTENCES[sentence][start:end] == found
    written = (case / one["file"]).read_text("utf-8")
    assert f'"{words}"' not in written
    offsets = CliRunner().invoke(
        main, ["set", claim.id, f"cue={sentence}:0-3", "--data", str(case.parent)]
    )
    assert offsets.exit_code == 0, offsets.output
    words_again = ["set", claim.id, f"cue={words}", "--texts", str(miniature.TEXTS)]
    assert CliRunner().invoke(main, [*words_again, "--data", str(case.parent)]).exit_code == 0
    assert (case / one["file"]).read_text("utf-8") == written


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("perhaps", "does not stand in courier-2020#4.1 and courier-2020#4.2"),
        ("the", "stands 3 times; write one of 4.1:"),
    ],
)
def test_words_that_stand_nowhere_or_twice_are_told(case: Path, words: str, told: str) -> None:
    before = contents(case)
    result = say(case, f'{WORDS} cue="{words}"', "--texts", str(miniature.TEXTS))
    assert result.exit_code == 1
    assert told in result.stderr
    assert contents(case) == before


def test_without_a_text_at_hand_the_place_is_asked_for(case: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    result = say(case, f"{WORDS} cue=blames", "--texts", str(tmp_path / "none"))
    assert "is not at hand" in result.stderr
    assert "--texts" in result.stderr


def test_a_certainty_that_is_typed_is_kept_also_on_a_claim_that_is_there(case: Path) -> None:
    said(case, "--defaults", "voice=author certainty=certain source=courier-2020", "--to", "new")
    (one,) = said(case, "bandits shells ford 2020-07 | expects 4.1", "--to", "new")
    (claim,) = block(case, one["id"])["claims"]
    assert "certainty" not in claim
    (one,) = said(case, "bandits shells ford 2020-07 | expects certain 4.1", "--to", "new")
    assert one["added"]
    (claim,) = block(case, one["id"])["claims"]
    assert claim == {"stance": "expects", "certainty": "certain", "passages": ["4.1"]}
    assert '  { stance = "expects", certainty = "certain", passages = ["4.1"] },' in one["text"]


def test_what_a_list_says_again_is_told_and_passed_over(case: Path) -> None:
    claim = "author asserts certain courier-2020#4.1"
    lines = [f"bandits shells ford 2020-07 id=shells-ford | {claim}",
             f"guard-backer shells ford 2020-07 | {claim}"]  # fmt: skip
    said(case, "-", stdin="\n".join(lines[:1]))
    before = contents(case)
    result = say(case, "-", stdin="\n".join([lines[0], lines[0]]))
    assert result.exit_code == 0, result.output
    assert result.stdout.count("says so already") == 2
    assert contents(case) == before
    first, second = said(case, "-", stdin="\n".join(lines))
    assert (first["already"], second["already"]) == (True, False)
    assert statement(case, second["id"])
    assert say(case, lines[1]).exit_code == 1


def test_a_claim_that_stands_twice_is_told_with_its_own_sentences(case: Path) -> None:
    claim = "author asserts certain courier-2020"
    told = say(case, f"bandits shells ford | {claim}#4.1 | {claim}#4.3").stderr
    assert "courier-writer asserts courier-2020#4.1,4.3" in " ".join(told.split())


@pytest.mark.parametrize("what", ["occurred true", "victim townspeople"])
def test_how_to_date_what_an_event_says_is_told(case: Path, what: str) -> None:
    before = contents(case)
    line = f"ev-shelling {what} 2020-06-04 | author asserts certain courier-2020#4.1"
    told = " ".join(say(case, line).stderr.split())
    name = f"ev-shelling.{what.removesuffix(' true').replace(' ', '.')}"
    assert f'hudna set {name} when="2020-06-04"' in told
    assert contents(case) == before
