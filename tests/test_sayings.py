"""What a case can say beyond "so and so": how it is said, on what condition, or what else."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import miniature
import pytest

from graph.export.formats import export
from graph.export.selection import Selection
from graph.network.projection import network
from graph.query.named import bound, named_queries
from graph.query.parameters import QUERIES
from graph.read.evidence import cited_claims
from graph.read.record_index import RecordIndex
from graph.read.select import Graph, select
from graph.read.tables import tables
from graph.server.things.pages import page
from graph.viewer.payload import payload

if TYPE_CHECKING:
    from pathlib import Path

SAID = """
[[statement]]
id = "truce-outweighs-pause"
subject = "ag-may-truce"
predicate = "outweighs"
object = "ag-winter-pause"
claims = [
  <courier-writer asserts certain courier-2020#3.1>,
]

[[statement]]
id = "guard-loyal"
subject = "river-guard"
predicate = "loyalTo"
object = "guard-backer"
claims = [
  <courier-writer asserts probable courier-2020#2.3; mode = "motive", cue = [CUES]>,
  <townspeople doubts unspecified courier-2020#2.3; speakers = "atLeastOne">,
]

[[statement]]
id = "guard-leaves"
subject = "river-guard"
predicate = "mustLeave"
object = "mill-town"

[[statement]]
id = "guard-stays-unarmed"
subject = "river-guard"
predicate = "mayStayIn"
object = "mill-town"
scope = "without arms"

[[statement]]
id = "guard-chooses"
subject = "river-guard"
predicate = "hasToChoose"
object = "unknown"
one_of = ["guard-leaves", "guard-stays-unarmed"]
under = "ag-may-truce.c3"
when = "2020-05-12/.."
claims = [
  <courier-writer asserts certain courier-2020#3.3>,
]

[[statement]]
id = "bandits-at-mill"
subject = "bandits"
predicate = "presentIn"
object = "mill-town"
extent = "part"
scope = "its outskirts"
if = "guard-leaves"
motive = ["bandits-seek-bread"]
when = "2020-09"
when_text = "September"
when_basis = "cited"
when_passages = ["courier-2020#4.2"]
claims = [
  <courier-writer asserts certain courier-2020#4.1>,
]

[[statement]]
id = "bandits-seek-bread"
subject = "bandits"
predicate = "seeks"
object = "ev-bridge-talks"
claims = [
  <town-council asserts certain courier-2020#4.1; mode = "motive">,
]
""".replace("CUES", '"courier-2020#2.3:0-6", "courier-2020#2.3:10-48"')
CLAUSES = """
[[clause]]
id = "ag-may-truce.c3"
label = "The guard leaves or gives up its arms"
topic = ["weapons", "other"]
other = "what becomes of the guard's horses"
text = "Whoever keeps arms and horse leaves town."
obligor = ["river-guard"]
claims = [
  <courier-writer asserts certain courier-2020#3.3>,
]

[[clause]]
id = "ag-may-truce.c4"
label = "The council may use the ford"
topic = "freedomOfMovement"
text = "The council may cross at the ford, and the guard lets it."
obligor = ["town-council", "river-guard"]
claims = [
  <courier-writer asserts certain courier-2020#3.3>,
]
"""
FORD = """
[[statement]]
id = "council-may-cross"
subject = "town-council"
predicate = "mayTravelTo"
object = "ford"
under = "ag-may-truce.c4"
claims = [
  <courier-writer asserts certain courier-2020#3.3>,
]
"""
ROLES = """
[[role]]
role = "engagedIn"
actor = "guard-backer"

[[role]]
role = "otherRole"
actor = "bandits"
other = "lends the boats"
"""
EVENT = "events/ev-bridge-talks.toml"


def expanded(text: str) -> str:
    """Return a text in which ``<voice stance certainty passage; more>`` has become a claim."""
    claim = r'{ voice = "\1", stance = "\2", certainty = "\3", passages = ["\4"]\5 }'
    return re.sub(r"<(\S+) (\S+) (\S+) ([^\s;>]+)(.*)>", claim, text).replace("]; ", "], ")


def case_with(folder: Path, **more: str) -> Path:
    """Return a copy of the miniature case with these statements, clauses and roles."""
    folder = miniature.copied(folder)
    miniature.written(folder, "statements/said.toml", expanded(more.get("said", SAID + FORD)))
    for name, added in (("agreements/ag-may-truce.toml", CLAUSES), (EVENT, ROLES)):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(expanded(added))
    return folder


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return Graph(miniature.judged(case_with(tmp_path_factory.mktemp("sayings")))[1], "mill")


def rows(graph: Graph, query: str, **params: str) -> list[dict[str, str]]:
    found = named_queries([QUERIES])[query]
    return select(graph.store, bound(found, params, graph)).named(graph)


def status(graph: Graph, name: str) -> str:
    return graph.statement(name).status


def test_an_opinion_is_a_judgement_and_in_no_network_unless_asked_for(graph: Graph) -> None:
    assert status(graph, "truce-outweighs-pause") == "judgement"
    assert status(graph, "guard-loyal") == "judgement"
    asked = {name: {key for *_, key in network(graph, status=name).edges(keys=True)}
             for name in ("accepted", "open", "judgement")}  # fmt: skip
    assert [name for name, keys in asked.items() if "guard-loyal" in keys] == ["judgement"]


def test_a_claim_has_the_mode_that_it_says_or_that_of_its_predicate(graph: Graph) -> None:
    modes = {row["statement"]: row["mode"] for row in tables(graph)["claims"]
             if row["voice"] == "courier-writer"}  # fmt: skip
    assert modes["truce-outweighs-pause"] == "opinion"
    assert modes["guard-loyal"] == "motive"
    assert modes["siege-of-mill-town"] == "fact"


def test_it_is_told_how_and_by_whom_of_a_group_something_is_said(graph: Graph) -> None:
    author, people = map(str, cited_claims(graph, "guard-loyal"))
    assert "asserts (probable, as motive), courier-2020#2.3" in author
    assert "doubts (at least one of them), courier-2020#2.3" in people
    shown = page(RecordIndex(graph), "guard-loyal")
    dossier = b"".join(
        next(iter(export("markdown", Selection(graph, actor="bandits")).files.values()))
    )
    assert "(probable, as motive)" in shown
    assert "(certainty not stated, at least one of them)" in shown
    assert "(certain, as motive)" in dossier.decode()
    claims = payload(graph)["statements"]["guard-loyal"]["claims"]
    assert [(one.get("as"), one.get("who")) for one in claims] == [
        ("motive", None),
        (None, "atLeastOne"),
    ]
    told = rows(graph, "who-says", statement="guard-loyal")
    assert {(row["voice"], row["mode"], row["speakers"]) for row in told} == {
        ("courier-writer", "motive", ""),
        ("townspeople", "fact", "atLeastOne"),
    }


def test_a_cue_is_a_place_and_never_a_word(graph: Graph) -> None:
    cues = [row["cue"] for row in tables(graph)["claim_cues"]]
    assert cues == ["courier-2020#2.3:0-6", "courier-2020#2.3:10-48"]


def test_options_of_a_clause_are_told_with_each_other(graph: Graph) -> None:
    """With the status, clause and day of the choice; neither is so by itself."""
    assert {status(graph, name) for name in ("guard-leaves", "guard-stays-unarmed")} == {"open"}
    assert status(graph, "guard-chooses") == "accepted"
    found = {
        row["statement"]: row
        for row in rows(graph, "permissions", place="mill-town", on="2020-06-01")
    }
    assert found["guard-leaves"]["or"] == "may stay in Mill Town (without arms)"
    assert found["guard-stays-unarmed"]["or"] == "must leave Mill Town"
    for name in ("guard-leaves", "guard-stays-unarmed"):
        assert found[name]["status"] == "accepted"
        assert found[name]["under"] == "ag-may-truce.c3"
        assert graph.qualifiers(name)["told_until"]
    (duty,) = {
        row["or"] for row in rows(graph, "obligations") if row["clause"] == "ag-may-truce.c3"
    }
    assert set(duty.split(" or ")) == {
        "must leave Mill Town",
        "may stay in Mill Town (without arms)",
    }


def test_what_one_may_do_obliges_nobody_and_an_exchange_obliges_both(graph: Graph) -> None:
    found = rows(graph, "obligations", agreement="ag-may-truce")
    assert {row["actor"] for row in found if row["clause"] == "ag-may-truce.c4"} == {"river-guard"}
    assert {row["topic"] for row in found if row["clause"] == "ag-may-truce.c3"} == {
        "weapons",
        "other",
    }


def test_what_is_said_on_a_condition_is_in_nobodys_world(graph: Graph) -> None:
    statement = graph.statement("bandits-at-mill")
    assert (statement.status, statement.status_by_rule) == ("open", "accepted")
    assert network(graph, voice="courier-writer").number_of_edges()
    for narrowing in ({}, {"voice": "courier-writer"}, {"voice": "courier-writer", "only": True}):
        keys = [key for *_, key in network(graph, **narrowing).edges(keys=True)]
        assert "bandits-at-mill" not in keys


def test_what_qualifies_a_statement_is_shown_in_words(graph: Graph) -> None:
    shown = page(RecordIndex(graph), "bandits-at-mill")
    data = b"".join(
        next(iter(export("markdown", Selection(graph, actor="bandits")).files.values()))
    )
    for told in (shown, data.decode()):
        for words in ("must leave Mill Town", "a part of it", "in another sentence", "seeks"):
            assert words.casefold() in told.casefold(), words
        assert "courier-2020#4.2" in told.replace("\\", "") or "4.2" in told
    assert "lends the boats" in page(RecordIndex(graph), "ev-bridge-talks.otherRole.bandits")
    assert "what becomes of the guard" in page(RecordIndex(graph), "ag-may-truce.c3")


@pytest.mark.some(4)
@pytest.mark.parametrize("name", ["jsonld", "sqlite", "csv", "neo4j", "rdf12", "dna", "nanopub"])
def test_every_format_takes_them(name: str, graph: Graph) -> None:
    for chunks in export(name, Selection(graph)).files.values():
        assert b"".join(chunks)


def test_they_are_read_back_as_they_were_written(graph: Graph) -> None:
    one = graph.statement("bandits-at-mill")
    assert (one.extent, one.when_basis, one.condition, one.motive) == (
        "part",
        "cited",
        ("guard-leaves",),
        ("bandits-seek-bread",),
    )
    assert [ref.citation for ref in one.when_passages] == ["courier-2020#4.2"]
    assert graph.statement("guard-chooses").one_of == ("guard-leaves", "guard-stays-unarmed")
    assert json.dumps(payload(graph)["nodes"]["ag-may-truce.c3"]["topic"]) == '["other", "weapons"]'


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "courier-2020#2.3:10-48",
            "courier-2020#2.3:10-49",
            "beyond the sentence, which ends at 48",
        ),
        ("courier-2020#2.3:0-6", "courier-2020#2.2:0-6", "in no sentence that the claim cites"),
        ("courier-2020#2.3:0-6", "courier-2020#2.3:6-6", "is no place in a sentence"),
        ('when_passages = ["courier-2020#4.2"]', "", "name the sentence in when_passages"),
        ('when_basis = "cited"', 'when_basis = "stated"', 'write when_basis = "cited"'),
        (
            'one_of = ["guard-leaves", "guard-stays-unarmed"]',
            'one_of = ["guard-leaves"]',
            "at least two",
        ),
        ('object = "unknown"\none_of', 'object = "ford"\none_of', 'write object = "unknown"'),
        ('if = "guard-leaves"', 'if = "bandits-at-mill"', "names the statement itself"),
        ('if = "guard-leaves"', 'if = "nowhere"', 'there is no statement "nowhere"'),
        ('mode = "motive"', 'mode = "hope"', "is not a mode of a claim"),
        ('scope = "without arms"', 'other = "x"', 'stands only beside the kind "other"'),
        ('"guard-stays-unarmed"]', '"bandits-at-mill"]', 'the key "claims" is missing'),
        (
            'one_of = ["guard-leaves",',
            'one_of = ["mill-town",',
            'there is no statement "mill-town"',
        ),
    ],
)
def test_slips_are_told(old: str, new: str, told: str, tmp_path: Path) -> None:
    assert old in SAID
    problems = miniature.problems_of(case_with(tmp_path, said=SAID.replace(old, new, 1)))
    assert [told in problem.message for problem in problems].count(True) == 1
    assert len(problems) < 3


def test_what_is_of_the_kind_other_says_what_it_is(tmp_path: Path) -> None:
    folder = case_with(tmp_path)
    path = folder / EVENT
    path.write_text(path.read_text("utf-8").replace('other = "lends the boats"', ""), "utf-8")
    (problem,) = miniature.problems_of(folder)
    assert 'say in other = "..." what it is' in problem.message
