"""``hudna add``: a file with all that it needs, or nothing; names are looked for as whole words."""

from __future__ import annotations

import json
import shutil
import tomllib
from typing import TYPE_CHECKING, Any

import miniature
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from graph import reader
from graph.authoring.mentions import named_in
from graph.authoring.things import SORTS
from graph.cli.add import command
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
    "event": ("--kind", "shelling", *CLAIM),
    "agreement": ("--kind", "truce", *CLAIM),
    "question": ("--about", "ev-shelling", "--exclusive"),
}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return shutil.copytree(miniature.FOLDER, tmp_path / "mill")


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
    (sort,) = [one for one in command.params if one.name == "sort"]
    assert tuple(sort.type.choices) == SORTS  # type: ignore[attr-defined]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("name", ["Miller's \"Löwe\" = '''x'''", "A\\b # c", "[[x]]\ny = 1"])
def test_what_is_added_is_read_back(case: Path, sort: str, name: str) -> None:
    one = added(case, sort, name, *NEEDS[sort], "--note", name)
    (thing,) = [thing for thing in read(case).things if thing.id == one["id"]]
    assert (thing.label, thing.note) == (name, name)
    assert (case / one["file"]).read_text("utf-8") == one["text"]


@pytest.mark.parametrize("sort", SORTS)
def test_a_dry_run_and_what_is_refused_write_nothing(case: Path, sort: str) -> None:
    before = sorted(case.rglob("*"))
    assert add(case, sort, "New one", *NEEDS[sort], "--dry-run").exit_code == 0
    assert add(case, sort, "New \x1b[1m one", *NEEDS[sort]).exit_code == 1
    assert sorted(case.rglob("*")) == before


def test_the_sentences_that_name_it_are_proposed(case: Path) -> None:
    one = added(case, "topic", "Bread", "--texts", str(miniature.TEXTS))
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


@pytest.mark.parametrize(
    ("name", "sentence", "held"),
    [
        ("Waer", "He left al-Waer.", True),
        ("Waer", "The Waerites left.", False),
        ("al-Waer", "He left Al Waer.", True),
        ("Ölmühle", "THE OLMUHLE BURNED", True),
        ("US", "It told us so.", False),
        ("US", "The US said so.", True),
        ("الوعر", "خرج من الوَعر.", True),
        ("a.b", "axb", False),
    ],
)
def test_names_are_whole_words(name: str, sentence: str, held: bool) -> None:
    assert named_in([name], {"s#1.1": sentence}) == ["s#1.1"] * held


@given(st.lists(st.text()), st.text())
def test_any_name_is_looked_for(names: list[str], sentence: str) -> None:
    assert named_in(names, {"s#1.1": sentence}) in ([], ["s#1.1"])


@pytest.mark.parametrize("name", ["the Guard", "THE GUARD", "حرس النهر", "Haras al-Nahr"])
def test_a_name_that_another_thing_has_asks_for_an_id(case: Path, name: str) -> None:
    result = add(case, "actor", name, *NEEDS["actor"])
    assert result.exit_code == 2
    if name.isascii():
        assert '"river-guard" (River Guard)' in result.output
    assert added(case, "actor", name, *NEEDS["actor"], "--id", "other")["id"] == "other"
