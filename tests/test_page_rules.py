"""What the page knows of the rules: lists and costs are in its data, and never in a script."""

from __future__ import annotations

import copy
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import miniature
import pytest
from pages import asked, held_by

from graph.model import SHOWN, Certainty, Question, Stance, Status
from graph.network.explanation import COSTS, MOST
from graph.network.projection import network
from graph.read.rules import tells, world
from graph.read.select import Graph
from graph.viewer import drawing
from graph.viewer.page import page
from graph.viewer.payload import payload
from graph.viewer.picture import lines, picture

if TYPE_CHECKING:
    from miniature import Judged

VIEWER = Path(drawing.__file__).resolve().parent
OWN = sorted(VIEWER.glob("*.js"))
LIST = re.compile(r"[\[{(][^\[\]{}()]*[\]})]")
QUOTED = re.compile(r"['\"`]([A-Za-z]+)['\"`]")
KEYED = re.compile(r"['\"]?\b([A-Za-z]+)\b['\"]?\s*:\s*[\d.]+")


@pytest.fixture(scope="module")
def graph(judged: Judged) -> Graph:
    return Graph(judged[1], miniature.CODED)


@pytest.fixture(scope="module")
def data(graph: Graph) -> dict[str, Any]:
    """What the page of Homs holds."""
    shown = page(payload(graph), picture(lines(graph), places={}), title="", about={})
    found: dict[str, Any] = held_by(shown)
    return found


def changed(data: dict[str, Any], **rules: object) -> dict[str, Any]:
    other = copy.deepcopy(data)
    other["rules"] |= rules
    return other


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_no_script_has_a_rule_of_its_own(path: Path, graph: Graph) -> None:
    """No stance is named, and no list or table of statuses, certainties or families is written."""
    code = re.sub(r"^\s*//.*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
    assert not {str(stance) for stance in Stance} & set(QUOTED.findall(code))
    families = {str(graph.predicate(one).family) for one in payload(graph)["predicates"]}
    words = {*map(str, Status), *families}
    assert not words & set(KEYED.findall(code))
    for closed in ({*map(str, Status)}, {*map(str, Certainty)} - {"possible"}, families):
        for written in LIST.findall(code):
            assert len(closed & set(QUOTED.findall(written))) < 2, written


def test_the_rules_of_the_page_are_those_of_the_graph(data: dict[str, Any]) -> None:
    assert set(data["rules"]["hidden"]) == set(map(str, Status)) - set(SHOWN)
    assert sorted(data["rules"]["unsettled"]) == sorted(map(str, Status))
    assert data["rules"]["unsettled"][-1] == "accepted"
    assert (data["rules"]["costs"], data["rules"]["chains"]) == (COSTS, MOST)


@pytest.mark.homs
def test_a_statement_is_as_certain_as_on_the_edge_of_a_network(
    graph: Graph, data: dict[str, Any]
) -> None:
    """As those who affirm it are, not as those who deny or only report it."""
    for projection in ("ties", "participation"):
        for *_, key, edge in network(graph, projection, status=list(Status)).edges(
            keys=True, data=True
        ):
            assert data["statements"][key]["c"] == edge["certainty"]
    surest = list(Certainty)
    claimed = [s for s in data["statements"].values() if s["claims"]]
    least = [min((c["c"] for c in s["claims"]), key=surest.index) for s in claimed]
    assert least != [s["c"] for s in claimed]
    silent = [s for s in data["statements"].values() if not s["claims"]]
    assert {s["c"] for s in silent} == {"unspecified"}
    assert not [s for s in silent if "draw" in s]


def test_worlds_follow_the_stances_that_the_data_name(data: dict[str, Any]) -> None:
    key, claim = next(
        (key, claim)
        for key, one in data["statements"].items()
        if one["status"] != "accepted"
        for claim in one["claims"]
        if claim["st"] == "denies"
    )
    call = ("inWorld", key, f"voice:{claim['by']}")
    assert asked(data, call) == [False]
    other = changed(data, asserting=["denies"])
    del other["statements"][key]["no"]
    assert asked(other, call) == [True]


def test_the_world_of_each_voice_is_that_of_the_graph(graph: Graph, data: dict[str, Any]) -> None:
    """A voice knows what is told on the very day on which it speaks last, and nothing later."""
    pairs = [(voice, name) for voice in sorted(data["until"]) for name in data["statements"]]
    known = {voice: world(graph, voice) for voice in data["until"]}
    found = asked(data, *(("inWorld", name, f"voice:{voice}") for voice, name in pairs))
    wanted = [tells(known[voice], name, graph.qualifiers(name)) for voice, name in pairs]
    assert len(set(wanted)) == 2
    assert found == wanted
    voice, until = next(iter(data["until"].items()))
    name = next(
        name
        for name, one in data["statements"].items()
        if one["status"] == "accepted" and name not in known[voice].asserted | known[voice].denied
    )
    other = copy.deepcopy(data)
    for day, answer in ((until, True), (f"{until}-later", False)):
        other["statements"][name]["told"] = day
        assert asked(other, ("inWorld", name, f"voice:{voice}")) == [answer]


def test_what_is_hidden_at_first_and_what_counts_of_rival_answers(
    graph: Graph, data: dict[str, Any]
) -> None:
    calls = [("hidden",), *(("questionStatus", one.id) for one in graph.records(Question))]
    hidden, *found = asked(data, *calls)
    assert hidden == ["rejected"]
    assert len(set(found)) > 1
    others, *turned = asked(
        changed(data, hidden=["open"], unsettled=data["rules"]["unsettled"][::-1]), *calls
    )
    assert others == ["open"]
    assert turned != found


@pytest.mark.homs
def test_chains_follow_the_costs_and_the_number_in_the_data(data: dict[str, Any]) -> None:
    call = ("ways", "iran", "waer", "")
    [usual] = asked(data, call)
    assert len(usual) == MOST
    [fewer] = asked(changed(data, chains=1), call)
    assert fewer == usual[:1]
    dear = copy.deepcopy(data["rules"]["costs"])
    dear["status"]["accepted"] = 99.0
    [other] = asked(changed(data, costs=dear), call)
    assert other != usual


@pytest.mark.homs
def test_projections_are_those_that_the_data_name(data: dict[str, Any]) -> None:
    """If participation drew ties, they would be found where only roles are asked for."""
    call = ("ways", "iran", "waer", "projection=participation")
    turned = changed(data, lines={"ties": "role", "participation": "tie"})
    assert asked(data, call) != asked(turned, call)
    old = (*call[:3], "recipe=participation")
    assert asked(data, old) == asked(data, call), "links of the release before are read"


@pytest.mark.parametrize("first", ["0044-03-15", "1915-04-24", "2014-05-01", "2020-09-27"])
def test_no_name_of_a_month_or_year_runs_into_the_next(first: str, data: dict[str, Any]) -> None:
    """Also where one date lies far from all others, on a screen of any width."""
    begun = (date.fromisoformat(first) - date(1970, 1, 1)).days
    end = (date(2021, 1, 1) - date(1970, 1, 1)).days
    widths = (320, 700, 1400)
    for width, found in zip(
        widths, asked(data, *(("marks", begun, end, one) for one in widths)), strict=True
    ):
        days = [one["day"] for one in found]
        gaps = [(later - day) / (end - begun) * width for day, later in pairwise(days)]
        assert gaps, found
        assert min(gaps) > 40
        assert days[0] > begun
        assert end - days[-1] < 3 * min(later - day for day, later in pairwise(days))
        for one in found:
            told = date(1970, 1, 1) + timedelta(one["day"])
            assert told.day == 1
            assert one["text"] == (str(told.year) if one["year"] else f"{told:%b}")
            assert one["year"] == (told.month == 1)
