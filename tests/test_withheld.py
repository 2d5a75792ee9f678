"""Nothing in a case tells who somebody is whose name is withheld."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import authored
import pytest
from miniature import problems_of, written

if TYPE_CHECKING:
    from pathlib import Path

BOATMAN = """label = "{label}"
class = "Person"
identity = "{identity}"
mentioned = ["courier-2020#2.1"]
note = "{note}"
"""
JUDGED = """
[[judgement]]
id = "j1"
things = ["{one}", "{other}"]
judgement = "{judgement}"
certainty = "certain"
reason = "No reason."
passages = ["courier-2020#2.1"]
"""
RESOLVED = """
[[resolution]]
id = "r1"
thing = "boatman"
names = ["a boatman", "the ferryman"]
certainty = "probable"
reason = "Only one boat is spoken of."
passages = ["courier-2020#2.1"]
"""
REMARK = """
[[note]]
id = "n1"
on = ["boatman"]
text = "{text}"
passages = ["courier-2020#2.1"]
"""
TELLING = (
    "See https://example.org/boatman.",
    "Writes at www.example.org.",
    "Known as @boatman.",
    "Reached at boatman@example.org.",
    "Reached over +49 30 1234567.",
    "Not Adam Weir.",
    "Not the writer of the Courier (courier-writer).",
)
HARMLESS = (
    "Asked for anonymity.",
    "Spoke on 2020-05-12, of 1,000 sacks and the years 2014/2016.",
    "Spoke of the River Guard and of Mill Town.",
)


def boatman(folder: Path, note: str = "Asked for anonymity.", identity: str = "withheld") -> None:
    """Write a boatman without a name, and a miller with one."""
    people = {
        "boatman": ("Boatman (name withheld)", note, identity),
        "miller": ("Adam Weir", "The miller.", "named"),
    }
    for name, (label, text, kind) in people.items():
        content = BOATMAN.format(label=label, note=text, identity=kind)
        written(folder, f"actors/{name}.toml", content)


def add(folder: Path, name: str, content: str) -> None:
    path = folder / name
    before = path.read_text("utf-8") if path.exists() else ""
    written(folder, name, before + content)


@pytest.mark.parametrize("note", HARMLESS)
def test_what_tells_nothing_of_them_may_stand(note: str, folder: Path) -> None:
    boatman(folder, note)
    add(folder, "notes.toml", REMARK.format(text=note))
    assert problems_of(folder) == []


@pytest.mark.parametrize("note", TELLING)
def test_a_note_leads_to_nobody(note: str, folder: Path) -> None:
    boatman(folder, note)
    assert [(p.file, p.line) for p in problems_of(folder)] == [("actors/boatman.toml", 5)]


@pytest.mark.parametrize(
    ("name", "note", "tells"),
    [
        ("Ali", "Not Ali.", True),
        ("Ali", "Has an alibi of Alice.", False),
        ("An", "An old man.", False),
        ("An", "Not An.", True),
        ("علي", "Not علي.", True),
    ],
)
def test_a_note_does_not_lead_to_somebody_of_a_short_name(
    name: str, note: str, tells: bool, folder: Path
) -> None:
    boatman(folder, note)
    content = BOATMAN.format(label=name, note="The miller.", identity="named")
    written(folder, "actors/miller.toml", content)
    assert [p.file for p in problems_of(folder)] == ["actors/boatman.toml"] * tells


@pytest.mark.parametrize("text", TELLING)
def test_a_remark_leads_to_nobody(text: str, folder: Path) -> None:
    boatman(folder)
    add(folder, "notes.toml", REMARK.format(text=text))
    assert [p.place for p in problems_of(folder)] == ["note n1, text"]


STATEMENT = """
[[statement]]
id = "b1"
subject = "{subject}"
predicate = "interviews"
object = "{object}"
note = "{note}"
scope = "{scope}"

[[statement.claims]]
voice = "{voice}"
stance = "asserts"
certainty = "certain"
passages = ["courier-2020#2.1"]
note = "{remark}"
"""


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"object": "boatman", "note": "Reached at b@example.org."}, "statement b1, note"),
        ({"subject": "boatman", "note": "Reached at b@example.org."}, "statement b1, note"),
        ({"subject": "boatman", "scope": "As b@example.org says."}, "statement b1, scope"),
        ({"voice": "boatman", "remark": "Said at https://example.org/b."}, "statement b1, note"),
        ({"voice": "boatman", "remark": "Said it to Adam Weir."}, ""),
        ({"note": "Told at https://example.org/paper."}, ""),
    ],
)
def test_what_goes_with_their_words_and_deeds_leads_to_nobody(
    values: dict[str, str], place: str, folder: Path
) -> None:
    boatman(folder)
    plain = {"subject": "courier-writer", "object": "miller", "voice": "courier-writer"}
    plain |= {"note": "Once.", "scope": "Here.", "remark": "Loudly."}
    written(folder, "statements/extra.toml", STATEMENT.format(**plain | values))
    assert [p.place for p in problems_of(folder)] == ([place] if place else [])


def test_what_may_be_said_of_others_is_not_refused(folder: Path) -> None:
    boatman(folder, TELLING[0], identity="unnamed")
    add(folder, "identity.toml", RESOLVED)
    assert problems_of(folder) == []


@pytest.mark.parametrize("judgement", ["same", "different", "unsure"])
@pytest.mark.parametrize("first", [True, False])
def test_who_they_are_may_be_or_are_not_is_judged_nowhere(
    judgement: str, first: bool, folder: Path
) -> None:
    boatman(folder)
    one, other = ("boatman", "courier-writer") if first else ("courier-writer", "boatman")
    add(folder, "identity.toml", JUDGED.format(one=one, other=other, judgement=judgement))
    (problem,) = problems_of(folder)
    assert (problem.file, problem.place) == ("identity.toml", "judgement j1, things")
    assert "take the judgement away" in problem.message


def test_descriptions_are_not_joined(folder: Path) -> None:
    boatman(folder)
    add(folder, "identity.toml", RESOLVED)
    (problem,) = problems_of(folder)
    assert (problem.file, problem.place) == ("identity.toml", "resolution r1, thing")


# The Homs case


def unnamed_people() -> list[str]:
    return [
        key
        for key, thing in authored.read().things.items()
        if thing.get("class") == "Person" and thing.get("identity") in ("withheld", "unnamed")
    ]


@pytest.mark.homs
def test_no_voice_without_a_name_is_joined_from_several() -> None:
    """Each of the three journalists speaks in the paragraphs of that one description."""
    case = authored.read()
    paragraphs = {
        "pro-regime-journalist": {"26"},
        "anonymous-journalist": {"27"},
        "loyalist-journalist": {"36", "37"},
    }
    for voice, expected in paragraphs.items():
        cited = [at for c in case.claims() if c["voice"] == voice for at in c["passages"]]
        cited += case.things[voice]["mentioned"]
        assert {re.split("[#.]", at)[1] for at in cited} == expected


@pytest.mark.homs
def test_nobody_without_a_name_is_compared_with_somebody() -> None:
    case = authored.read()
    sources = {claim["voice"] for claim in case.claims()} & set(unnamed_people())
    sources |= {s["object"] for s in case.find(predicate="interviews")} & set(unnamed_people())
    assert {"photographer", "activist-goods", "activist-weapons", "student"} <= sources
    told = [set(entry["things"]) for entry in case.judgements]
    told += [{entry["thing"]} for entry in case.resolutions]
    assert not [things for things in told if things & (sources - {"russian-mediator"})]


@pytest.mark.parametrize("key", unnamed_people())
def test_what_is_told_of_them_names_nobody_else(key: str) -> None:
    case = authored.read()
    thing = case.things[key]
    assert not thing.get("names")
    assert not thing.get("identifiers")
    people = {
        name: entry["label"]
        for name, entry in case.things.items()
        if entry.get("class") in ("Person", "MediaOrganization") and name != key
    }
    text = thing.get("note", "")
    assert [name for name, label in people.items() if name in text or label in text] == []


@pytest.mark.homs
def test_no_note_tells_the_sex_of_somebody_without_a_name_whose_source_does_not() -> None:
    """But of those of whom it does; the author of a whole article tells of others."""
    case = authored.read()
    told = re.compile(r"\b(he|his|him|she|her|hers|man|woman)\b", re.IGNORECASE)
    known = {"loyalist-journalist", "anonymous-journalist", "survey-man", "survey-woman"}
    unknown = {*unnamed_people()} - known - {"s1-author"}
    texts = {name: case.things[name].get("note", "") for name in unknown}
    for statement in case.statements.values():
        if unknown & {statement.get("subject"), statement.get("object"), statement.get("actor")}:
            texts[statement["id"]] = statement.get("note", "")
        for one in statement["claims"]:
            if unknown & {statement.get("subject"), statement.get("object"), one["voice"]}:
                texts[f"{statement['id']} by {one['voice']}"] = one.get("note", "")
    assert [name for name, text in texts.items() if told.search(text)] == []


@pytest.mark.homs
def test_no_id_is_made_of_another_description() -> None:
    """What is told of one of them has no id that stands for another as well."""
    case = authored.read()
    ids = {statement["id"] for statement in case.statements.values()} | {*case.ids()}
    assert [name for name in ids if re.search(r"(^|-)lj(-|$)", name)] == []
