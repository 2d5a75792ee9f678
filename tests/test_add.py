"""``hudna add``: a file with all that it needs, or nothing; names are looked for as whole words."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

import miniature
import pytest
from click.testing import CliRunner

from graph import reader
from graph.authoring.things import FOLDERS
from graph.authoring.wanted import SORTS
from graph.cli import add as add_command
from graph.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from graph.model import Case

CLAIM = ("--claim", "author asserts certain courier-2020#4.1")
NEEDS = {
    "actor": ("--class", "Person", "--mentioned", "courier-2020#4.1"),
    "place": ("--mentioned", "courier-2020#4.1"),
    "topic": ("--mentioned", "courier-2020#4.1"),
    "document": ("--mentioned", "courier-2020#4.1"),
    "channel": ("--mentioned", "courier-2020#4.1"),
    "event": ("--kind", "shelling", *CLAIM),
    "agreement": ("--kind", "truce", *CLAIM),
    "question": ("--about", "ev-shelling", "--exclusive"),
}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return miniature.copied(tmp_path)


@pytest.fixture(autouse=True)
def no_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


def add(case: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["add", *words, "--data", str(case.parent)])


def added(case: Path, *words: str) -> dict[str, Any]:
    result = add(case, *words, "--format", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def read(case: Path) -> Case:
    return reader.read(case, miniature.ONTOLOGY)


def test_the_command_knows_what_can_be_added() -> None:
    assert add_command.SORTS == SORTS


@pytest.mark.some(3)
@pytest.mark.parametrize("sort", FOLDERS)
@pytest.mark.parametrize("name", ["Miller's \"Löwe\" = '''x'''", "A\\b # c", "[[x]] y = 1"])
def test_what_is_added_is_read_back(case: Path, sort: str, name: str) -> None:
    one = added(case, sort, name, *NEEDS[sort], "--note", name)
    (thing,) = [thing for thing in read(case).things if thing.id == one["id"]]
    assert (thing.label, thing.note) == (name, name)
    assert (case / one["file"]).read_text("utf-8") == one["text"]


@pytest.mark.parametrize("sort", FOLDERS)
def test_a_dry_run_and_what_is_refused_write_nothing(case: Path, sort: str) -> None:
    before = sorted(case.rglob("*"))
    assert add(case, sort, "New one", *NEEDS[sort], "--dry-run").exit_code == 0
    assert add(case, sort, "New \x1b[1m one", *NEEDS[sort]).exit_code
    assert sorted(case.rglob("*")) == before


def test_the_sentences_that_name_it_are_proposed(case: Path) -> None:
    one = added(case, "topic", "bread", "--texts", str(miniature.TEXTS))
    texts = {path.stem: path.read_text("utf-8") for path in miniature.TEXTS.iterdir()}
    holding = []
    for source in read(case).sources:
        holding += [
            f"{source.id}#{one.sentence}"
            for one in source.passages
            if not one.boilerplate and "bread" in texts[source.id][one.start : one.end].lower()
        ]
    assert holding
    assert one["proposed"] == holding
    assert tomllib.loads(one["text"])["mentioned"] == holding


def test_an_event_has_its_roles_and_an_agreement_its_clauses(case: Path) -> None:
    event = added(case, "event", "Raid on the ford", "--kind", "battle", "--when", "2020-06",
                  "--place", "ford", "--role", "perpetrator=Bandits at the ford",
                  "--role", "victim=townspeople", *CLAIM)  # fmt: skip
    deal = added(case, "agreement", "Harvest truce", "--kind", "truce", "--party", "bandits",
                 "--party", "river-guard", *CLAIM, "--clause",
                 "humanitarianRelief,road | Bread | Carts pass. | obligor=bandits"
                 " | beneficiary=townspeople, bandits")  # fmt: skip
    statements = {one.id: one for one in read(case).statements}
    assert statements[f"{event['id']}.perpetrator.bandits"].when == "2020-06"
    assert statements[f"{deal['id']}.party.river-guard"].claims
    assert statements[f"{deal['id']}.c1.beneficiary.townspeople"].claims
    assert statements[f"{deal['id']}.c1.obligor.bandits"].claims


def test_an_agreement_says_itself_what_it_says_and_is_not_there_if_it_is_refused(
    case: Path,
) -> None:
    claim = "Mill pact asserts certain courier-2020#4.1"
    lines = f"agreement truce Mill pact | {claim}\nclause road Carts | {claim}"
    assert from_lines(case, lines).exit_code == 0
    statements = {one.id: one for one in read(case).statements}
    assert [one.voice for one in statements["ag-mill-pact.concluded"].claims] == ["ag-mill-pact"]
    refused = "agreement truce Oat pact party=nobody | author asserts certain courier-2020#4.1\n"
    told = from_lines(case, refused + lines.replace("Mill", "Oat")).stderr
    assert 'no actor "nobody"' in told
    assert "name of" not in told


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (("actor", "The Ölmühle & Søn", *NEEDS["actor"]), "olmuhle-and-son"),
        (("event", "Raid", *NEEDS["event"]), "ev-raid"),
        (("place", "x" * 90, *NEEDS["place"]), "x" * 40),
        (("place", "الوعر", "--id", "waer", *NEEDS["place"]), "waer"),
    ],
)
def test_ids_are_made_of_names(case: Path, words: tuple[str, ...], right: str) -> None:
    assert added(case, *words)["id"] == right


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("actor", "Bandits", *NEEDS["actor"]), "actors/bandits.toml"),
        (("actor", "Somebody"), "--class"),
        (("actor", "Somebody", "--class", "Persn", *NEEDS["place"]), 'did you mean "Person"'),
        (("place", "الوعر", *NEEDS["place"]), "--id"),
        (("place", "Dyke", "--party", "bandits", *NEEDS["place"]), "a place has no --party"),
        (("event", "Raid", "--kind", "firefight", *CLAIM), 'did you mean "clash"'),
        (("event", "Raid", *CLAIM), "hudna terms --list event-kind"),
        (("event", "Raid", "--kind", "battle"), "--claim"),
        (("event", "Raid", *NEEDS["event"], "--role", "victim"), "ROLE=ACTOR"),
        (("event", "Raid", *NEEDS["event"], "--role", "victim=nobody"), "no actor"),
        (("agreement", "Pact", *NEEDS["agreement"], "--clause", "truce"), "TOPIC[,TOPIC]"),
        (("question", "Who?", "--about", "ev-shelling"), "--exclusive"),
        (("question", "Who?", "--exclusive"), "--about"),
        (("question", "Who?", "--exclusive", "--about", "ev-shellin"), '"ev-shelling"'),
    ],
)
def test_what_is_missing_is_told(case: Path, words: tuple[str, ...], told: str) -> None:
    before = sorted(case.rglob("*"))
    result = add(case, *words)
    assert result.exit_code in (1, 2)
    assert told in " ".join(result.output.split())
    assert sorted(case.rglob("*")) == before


def test_it_is_told_why_sentences_are_not_looked_for(case: Path) -> None:
    problems = case / "places/bad.toml"
    problems.write_text("label = 1\n", "utf-8")
    told = add(case, "topic", "bread", "--texts", str(miniature.TEXTS)).output
    assert "which sentences name it is not known, for the case has problems" in " ".join(
        told.split()
    )


@pytest.mark.parametrize("name", ["a\nb", "a\x00b", "a\x1b[1m", "x" * 201, " ", "a\u2028b"])
def test_what_is_no_name_is_refused(case: Path, name: str) -> None:
    before = sorted(case.rglob("*"))
    result = add(case, "place", name, "--id", "abc", *NEEDS["place"])
    assert result.exit_code == 2
    assert "name" in result.output
    assert sorted(case.rglob("*")) == before


def test_parts_are_added_to_an_agreement(case: Path) -> None:
    clause = added(case, "clause", "ag-may-truce",
                   "road,other | Carts | Carts pass. | other=carts | place=Ford | note=Look, here"
                   " | obligor=bandits,river-guard"
                   " | claim=editors denies certain observers-2020#2.1",
                   *CLAIM)  # fmt: skip
    stage = added(case, "stage", "ag-may-truce", "frozen", "--when", "2020-06", *CLAIM)
    state = added(case, "fulfilment", clause["id"], "notFulfilled", *CLAIM)
    first = added(case, "fulfilment", "ag-may-truce.c1", "refused", "--note", "x", *CLAIM)
    statements = {one.id: one for one in read(case).statements}
    assert statements[stage["id"]].when == "2020-06"
    assert statements[state["id"]].claims
    assert statements[first["id"]].subject == "ag-may-truce.c1"
    assert {one.voice for one in statements[f"{clause['id']}.agreed"].claims} == {"editors"}
    (thing,) = [one for one in read(case).things if one.id == clause["id"]]
    assert (thing.note, thing.other) == ("Look, here", "carts")  # type: ignore[attr-defined]
    assert statements[f"{clause['id']}.obligor.river-guard"].claims


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("clause", "ag-may-truce", *CLAIM), "TOPIC | LABEL | TEXT"),
        (("clause", "ag-may-truce", "road | Carts", *CLAIM), "is no clause"),
        (("clause", "ag-may-truce", "road | A | B"), "who says that"),
        (("clause", "ag-may-truce", "road | A | B | colour=red", *CLAIM), "no key of a clause"),
        (("clause", "bandits", "road | A | B", *CLAIM), "is no agreement"),
        (("clause", "ag-none", "road | A | B", *CLAIM), 'no agreement "ag-none"'),
        (("stage", "ag-may-truce", "sighned", *CLAIM), '"signed"'),
        (("stage", "ag-may-truce", "frozen", "--party", "bandits", *CLAIM), "no --party"),
        (("fulfilment", "ag-may-truce", "notFulfilled", *CLAIM), "is no clause"),
        (("fulfilment", "ag-may-truce.c1", *CLAIM), "which fulfilment"),
        (("actor", "Two", "Words", "--class", "Person"), "in quotes"),
    ],
)
def test_what_is_wrong_with_a_part_is_told(case: Path, words: tuple[str, ...], told: str) -> None:
    test_what_is_missing_is_told(case, words, told)


LINES = """\
# the people
actor "The Miller" --class Person --mentioned courier-2020#4.1

agreement "Mill pact" --kind truce --claim 'author asserts certain courier-2020#4.1'
clause "Mill pact" 'road | A | B | obligor=The Miller' --claim 'bandits denies certain courier-2020#4.1'
"""  # noqa: E501


def from_lines(case: Path, lines: str) -> Result:
    return CliRunner().invoke(main, ["add", "-", "--data", str(case.parent)], input=lines)


def test_several_are_added_together(case: Path) -> None:
    assert from_lines(case, LINES).exit_code == 0
    assert "ag-mill-pact.c1.obligor.miller" in {one.id for one in read(case).statements}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("actor Somebody", "standard input:6: what is it?"),
        ("actor 'Some", "standard input:6: No closing quotation"),
        ("actr Some", "standard input:6: "),
        ("actor Some --clas Person", "standard input:6: "),
        ("actor Some --class Persn --mentioned courier-2020#4.1", "standard input:6: "),
        ("actor 'The Miller' --class Person", 'standard input:6: the id "miller" is taken'),
    ],
)
def test_of_several_all_are_added_or_none(case: Path, line: str, told: str) -> None:
    before = sorted(case.rglob("*"))
    result = from_lines(case, LINES + line)
    assert result.exit_code == 1, result.output
    assert told in result.output
    assert sorted(case.rglob("*")) == before


def test_what_is_wrong_with_any_line_is_told_at_once(case: Path) -> None:
    lines = [
        "actor Broken",
        "actor 'The Ferryman' --clas Person",
        "event Toll --kind nokind --role victim=broken --role host=stranger --claim 'x asserts'",
        "event Raid --kind raid --role victim='The Ferryman' --claim 'author asserts certain 4.1'",
        "actor Odd --class Persn --mentioned courier-2020#4.1",
        "question 'Who?' --about nowhere",
    ]
    told = from_lines(case, "\n".join(lines)).stderr
    for number, words in {
        1: ["what is it?"],
        2: ["--clas"],
        3: ['"stranger"', '"x"', "cites no sentence", "in which source?", "how sure"],
        4: ["in which source?"],
        5: ['"Persn"'],
        6: ["can only one answer", '"nowhere"'],
    }.items():
        found = [one for one in told.splitlines() if one.startswith(f"standard input:{number}: ")]
        assert len(found) == len(words), (number, told)
        assert all(word in "".join(found) for word in words), (number, told)
    assert '"broken"' not in told
    assert '"The Ferryman"' not in told


def test_a_possessive_names_its_owner(
    case: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    texts = tmp_path_factory.mktemp("texts")
    data = ["--data", str(case.parent), "--texts", str(texts)]
    (tmp_path / "new.txt").write_text("Zed's men left. Zed\u2019s men came. A zedding.\n", "utf-8")
    made = CliRunner().invoke(
        main,
        [
            "source",
            "add",
            str(tmp_path / "new.txt"),
            "--author",
            "editors",
            "--date",
            "2020",
            "--date-basis",
            "Known.",
            "--title",
            "New",
            "--publisher",
            "P",
            "--language",
            "en",
            *data,
        ],
    )
    assert made.exit_code == 0, made.output
    one = added(case, "actor", "Zed", "--class", "Person", "--texts", str(texts))
    assert one["proposed"] == ["new#1.1", "new#1.2"]


@pytest.mark.parametrize("name", ["the Guard", "THE GUARD", "حرس النهر", "Haras al-Nahr"])
def test_a_name_that_another_thing_has_asks_for_an_id(case: Path, name: str) -> None:
    result = add(case, "actor", name, *NEEDS["actor"])
    assert result.exit_code == 2
    if name.isascii():
        assert '"river-guard" (River Guard)' in result.output
    assert added(case, "actor", name, *NEEDS["actor"], "--id", "other")["id"] == "other"


PASSAGE = ("--passage", "courier-2020#4.1,observers-2020#2.1")
REASON = ("--reason", 'One "chief".')


def test_a_note_a_judgement_and_a_resolution_are_added_and_read_back(case: Path) -> None:
    before = (case / "identity.toml").read_text("utf-8")
    one = added(case, "note", 'Both "count" anew.', "--on", "River Guard", "--on",
                "siege-of-mill-town", *PASSAGE)  # fmt: skip
    note = next(note for note in read(case).notes if note.id == one["id"])
    assert (note.text, note.on) == ('Both "count" anew.', ("river-guard", "siege-of-mill-town"))
    assert [ref.citation for ref in note.passages] == ["courier-2020#4.1", "observers-2020#2.1"]
    one = added(case, "judgement", "Bandits", "river-guard", "--different", *REASON, *PASSAGE)
    judged = next(each for each in read(case).judgements if each.id == one["id"])
    assert judged.things == ("bandits", "river-guard")
    assert (judged.judgement, judged.certainty) == ("different", "probable")
    one = added(
        case, "resolution", "bandits", "The gang", "--certainty", "certain", *REASON, *PASSAGE
    )
    resolved = next(each for each in read(case).resolutions if each.id == one["id"])
    assert (resolved.thing, resolved.names, resolved.certainty) == (
        "bandits",
        ("The gang",),
        "certain",
    )
    assert (case / "identity.toml").read_text("utf-8").startswith(before.rstrip())


def test_notes_of_a_list_get_ids_of_their_own_and_are_told_by_their_lines(case: Path) -> None:
    lines = ["note One. --on ford --passage courier-2020#4.1",
             "note Two. --on ford --passage courier-2020#4.1"]  # fmt: skip
    words = ["add", "-", "--data", str(case.parent)]
    result = CliRunner().invoke(main, words, input="\n".join(lines))
    assert result.exit_code == 0, result.output
    assert {"note-ford", "note-ford-2"} <= {one.id for one in read(case).notes}
    wrong = [*lines, "note Three. --on ford --passage courier-2020#99.1", "note Four. --on ford"]
    told = CliRunner().invoke(main, words, input="\n".join(wrong)).stderr
    assert "standard input:4: on what does it rest" in told
    told = CliRunner().invoke(main, words, input="\n".join(wrong[:3])).stderr
    assert "standard input:3: " in told
    assert "input:1" not in told
    assert "input:2" not in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("note", "x", *PASSAGE), "--on"),
        (("note", "x", "--on", "ford"), "--passage"),
        (("note", "x", "--on", "nowhere", *PASSAGE), '"nowhere"'),
        (("note", "x", "y", "--on", "ford", *PASSAGE), "in quotes"),
        (("note", "x", "--on", "ford", "--same", *PASSAGE), "has no --same"),
        (("judgement", "bandits", *REASON, *PASSAGE, "--same"), "judgement A B"),
        (("judgement", "bandits", "ford", *REASON, *PASSAGE), "--different"),
        (("judgement", "bandits", "ford", "--same", *PASSAGE), "--reason"),
        (("document", "x", "--class", "Document"), "has no --class"),
    ],
)
def test_what_a_remark_lacks_is_told(case: Path, words: tuple[str, ...], told: str) -> None:
    before = sorted(case.rglob("*"))
    result = add(case, *words)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
    assert sorted(case.rglob("*")) == before
