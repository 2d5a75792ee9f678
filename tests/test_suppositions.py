"""What is only supposed needs no claim; clauses are judged the same or different as things are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniature
import pytest

from graph.read.select import Graph

if TYPE_CHECKING:
    from pathlib import Path

SUPPOSED = """
label = "Another shelling of the ford"
kind = "shelling"

[occurred]
when = "[2020-10..]"
place = "ford"

[[role]]
role = "perpetrator"
actor = "river-guard"
"""
IF = """
[[statement]]
id = "council-would-leave"
subject = "town-council"
predicate = "leaves"
object = "mill-town"
when = "[2020-10..]"
if = ["ev-again.occurred"]

[[statement.claims]]
voice = "observers"
stance = "expects"
certainty = "probable"
passages = ["observers-2020#3.3"]
"""
JUDGED = """
[[judgement]]
id = "two-terms"
things = ["ag-may-truce.c1", "{other}"]
judgement = "different"
certainty = "certain"
reason = "One is of bread, one of the bridge."
passages = ["courier-2020#3.2"]

[[resolution]]
id = "the-bread"
thing = "ag-may-truce.c1"
names = ["the bread of Mondays"]
certainty = "certain"
reason = "The paper calls it so."
passages = ["courier-2020#3.2"]
"""


def test_an_event_that_is_only_a_condition_needs_no_claim(tmp_path: Path) -> None:
    """Nobody asserts it or its roles: who would do it is a part of the condition."""
    folder = miniature.copied(tmp_path)
    miniature.written(folder, "events/ev-again.toml", SUPPOSED)
    miniature.written(folder, "statements/if.toml", IF)
    case, store = miniature.judged(folder)
    would = next(one for one in case.statements if one.id == "council-would-leave")
    role = "ev-again.perpetrator.river-guard"
    assert would.condition == ("ev-again.occurred", role)
    graph = Graph(store, "mill")
    parts = (would.id, *would.condition)
    assert {graph.qualifiers(name)["status"] for name in parts} == {"open"}


def test_an_event_that_nobody_tells_and_no_condition_names_is_a_mistake(tmp_path: Path) -> None:
    folder = miniature.copied(tmp_path)
    miniature.written(folder, "events/ev-again.toml", SUPPOSED)
    (problem,) = miniature.problems_of(folder)
    assert (problem.place, problem.message) == (
        "occurred of ev-again",
        'the key "claims" is missing',
    )


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("ag-may-truce.c2", ""),
        ("ag-may-truce.c9", 'there is no thing "ag-may-truce.c9" in this case'),
        ("ev-shelling.occurred", '"ev-shelling.occurred" is not an id; write the id of a thing'),
    ],
)
def test_clauses_are_judged_like_other_things(other: str, told: str, tmp_path: Path) -> None:
    folder = miniature.copied(tmp_path)
    text = (folder / "identity.toml").read_text("utf-8") + JUDGED.format(other=other)
    miniature.written(folder, "identity.toml", text)
    found = miniature.all_problems_of(folder)
    assert len(found) == bool(told)
    assert all(told in one.message for one in found)
