"""What the page knows of the rules: lists and costs are in its data, and never in a script."""

from __future__ import annotations

import copy
import json
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import miniature
import pytest
from pages import asked, held_by

from graph.model import SHOWN, Certainty, Question, Stance, Status
from graph.network.explanation import COSTS, MOST
from graph.network.projection import network
from graph.read.rules import tells, world
from graph.read.select import Graph
from graph.read.tables import tables
from graph.read.wording import Verbalizer
from graph.viewer import drawing
from graph.viewer.page import page
from graph.viewer.payload import payload
from graph.viewer.picture import lines, picture

if TYPE_CHECKING:
    from miniature import Judged

WEB = Path(drawing.__file__).resolve().parent / "web"
OWN = sorted(
    path for path in WEB.rglob("*.js") if not {"node_modules", "dist", "test"} & {*path.parts}
)
LIST = re.compile(r"[\[{(][^\[\]{}()]*[\]})]")
QUOTED = re.compile(r"['\"`]([A-Za-z]+)['\"`]")
KEYED = re.compile(r"['\"]?\b([A-Za-z]+)\b['\"]?\s*:\s*[\d.]+")


@pytest.fixture(scope="module")
def graph(karabakh: Judged) -> Graph:
    return Graph(karabakh[1], "karabakh")


@pytest.fixture(scope="module")
def data(graph: Graph) -> dict[str, Any]:
    return held(graph)


def held(graph: Graph) -> dict[str, Any]:
    """Return what the page of a graph holds."""
    shown = page(payload(graph), picture(lines(graph), places={}), title="", about={})
    found: dict[str, Any] = held_by(shown)
    return found


def test_what_repeats_stands_once_and_is_put_back(graph: Graph) -> None:
    """Scripts have of each statement what the page was told of it."""
    known = payload(graph)
    shown = page(known, picture(lines(graph), places={}), title="", about={})
    told: dict[str, Any] = json.loads(json.dumps(known["statements"]))
    assert held_by(shown)["statements"] == told
    assert any("spans" in one for one in told.values())
    assert any("more" in one for one in told.values())
    for (name, wanted), found in zip(
        told.items(), asked(shown, *(("record", name) for name in told)), strict=True
    ):
        for claim in (*wanted["claims"], *found["claims"]):
            claim.pop("id", None)  # scripts fill in the usual ones
        assert found == {"id": name, **wanted}


def changed(data: dict[str, Any], **rules: object) -> dict[str, Any]:
    other = copy.deepcopy(data)
    other["rules"] |= rules
    return other


@pytest.fixture(scope="module")
def families(graph: Graph) -> set[str]:
    return {str(graph.predicate(one).family) for one in payload(graph)["predicates"]}


@pytest.mark.some(3)
@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_no_script_has_a_rule_of_its_own(path: Path, families: set[str]) -> None:
    """No stance is named, and no list or table of statuses, certainties or families is written."""
    code = re.sub(r"^\s*//.*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
    assert not {str(stance) for stance in Stance} & set(QUOTED.findall(code))
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


DENIED = """
[[statement]]
id = "loosely-denied"
subject = "river-guard"
predicate = "shells"
object = "ford"
if = ["nobody-claims-it"]

[[statement.claims]]
voice = "courier-writer"
stance = "asserts"
certainty = "certain"
passages = ["courier-2020#2.1"]

[[statement.claims]]
voice = "river-guard"
stance = "denies"
certainty = "possible"
passages = ["courier-2020#4.3"]

[[statement]]
id = "nobody-claims-it"
subject = "river-guard"
predicate = "hostileTo"
object = "town-council"
"""


def test_a_statement_is_as_certain_as_on_the_edge_of_a_network(folder: Path) -> None:
    """As those who affirm it are, not as those who deny or only report it."""
    miniature.written(folder, "statements/denied.toml", DENIED)
    graph = Graph(miniature.judged(folder)[1], miniature.CASE)
    data = held(graph)
    for projection in ("ties", "participation"):
        for *_, key, edge in network(graph, projection, status=list(Status)).edges(
            keys=True, data=True
        ):
            assert data["statements"][key]["c"] == edge["certainty"]
    assert data["statements"]["loosely-denied"]["c"] == "certain"
    silent = data["statements"]["nobody-claims-it"]
    assert (silent["claims"], silent["c"], "draw" in silent) == ([], "unspecified", False)


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


def test_what_only_a_voice_asserts_is_that_of_the_graph(graph: Graph, data: dict[str, Any]) -> None:
    pairs = [(voice, name) for voice in sorted(data["until"]) for name in data["statements"]]
    own = {voice: world(graph, voice).asserted for voice in data["until"]}
    found = asked(data, *(("inWorld", name, f"only:{voice}") for voice, name in pairs))
    assert found == [name in own[voice] for voice, name in pairs]
    assert len(set(found)) == 2


@pytest.mark.parametrize("name", ["karabakh", "example"])
def test_statements_read_as_pages_of_things_and_dossiers_tell_them(
    name: str, request: pytest.FixtureRequest
) -> None:
    """From either end, and from none."""
    of: Judged = request.getfixturevalue(name)
    graph = Graph(of[1], of[0].id)
    words = Verbalizer(tables(graph))
    calls = [
        (row, seen)
        for row in words.statements.values()
        for seen in ("", row.get("subject", ""), row.get("object", ""))
    ]
    found = asked(held(graph), *(("sentence", row["id"], seen) for row, seen in calls))
    assert found == [words.sentence(row, seen) for row, seen in calls]


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


def test_chains_follow_the_costs_and_the_number_in_the_data(data: dict[str, Any]) -> None:
    call = ("ways", "artsakh", "belligerents", "")
    [usual] = asked(data, call)
    assert len(usual) == MOST
    [fewer] = asked(changed(data, chains=1), call)
    assert fewer == usual[:1]
    dear = copy.deepcopy(data["rules"]["costs"])
    dear["status"]["accepted"] = 99.0
    [other] = asked(changed(data, costs=dear), call)
    assert other != usual


def test_projections_are_those_that_the_data_name(data: dict[str, Any]) -> None:
    """If participation drew ties, they would be found where only roles are asked for."""
    call = ("ways", "armenia", "azerbaijan", "projection=participation")
    turned = changed(data, lines={"ties": "role", "participation": "tie"})
    assert asked(data, call) != asked(turned, call)
    old = (*call[:3], "recipe=participation")
    assert asked(data, old) == asked(data, call), "links of the release before are read"


@pytest.mark.parametrize("long", [1, 2, 9, 40, 55])
def test_in_a_short_span_days_have_names(long: int, data: dict[str, Any]) -> None:
    begun = (date(2022, 11, 8) - date(1970, 1, 1)).days
    for width in (320, 700, 1400):
        [found] = asked(data, ("marks", begun - 1, begun + long, width))
        days = [one["day"] for one in found]
        assert days
        assert begun <= days[0] <= days[-1] <= begun + long
        assert all((b - a) / (long + 1) * width >= 48 for a, b in pairwise(days))
        for one in found:
            told = date(1970, 1, 1) + timedelta(one["day"])
            assert one["text"] == f"{told.day} {told:%b}"


def _dated(bounds: tuple[int, int, int, int]) -> dict[str, str]:
    days = (str(date(1970, 1, 1) + timedelta(day)) for day in bounds)
    return dict(zip(("eb", "lb", "ee", "le"), days, strict=True))


def _vague(random: Random) -> tuple[int, int, int, int]:
    """Return when something may have begun and ended: first and last days, in days."""
    first, last = sorted(random.choices(range(30), k=2))
    begun = random.randint(first, last)
    return first, begun, random.randint(first, last), last


def _shortest(events: list[tuple[int, int, int, int]]) -> int:
    """Return how long the shortest span is in which all is that is known of each event."""

    def told(span: range, lb: int, ee: int) -> bool:
        """Whether all days on which it went on are in it, or else one on which it may have been."""
        return {lb, ee} <= {*span} if lb <= ee else not {*range(ee, lb + 1)}.isdisjoint(span)

    return min(
        end - start
        for start in range(30)
        for end in range(start, 30)
        if all(told(range(start, end + 1), lb, ee) for _, lb, ee, _ in events)
    )


def test_a_vague_date_does_not_set_the_scale(data: dict[str, Any]) -> None:
    """The usual span is the shortest that nothing can have missed, with a margin."""
    random = Random(8)  # noqa: S311 - for examples
    every = [[_vague(random) for _ in range(random.randint(1, 5))] for _ in range(80)]
    calls = [("span", [_dated(one) for one in events]) for events in every]
    for events, found in zip(every, asked(data, *calls), strict=True):
        begun, ended = min(lb for _, lb, _, _ in events), max(ee for *_, ee, _ in events)
        margin = max(1, (found["to"] - found["from"]) // 25)
        told = (found["from"] + margin, found["to"] - margin)
        assert told == pytest.approx((min(begun, ended), max(begun, ended)), abs=1)
        assert max(0, ended - begun) == _shortest(events)


def test_days_that_are_known_fill_the_span_beside_a_month_that_may_be(data: dict[str, Any]) -> None:
    november, year = [(8, 8, 8, 8), (10, 10, 10, 10)], (-180, 45, -180, 45)
    calls = [("span", [_dated(one) for one in events]) for events in (november, [*november, year])]
    alone, beside = asked(data, *calls)
    assert alone == beside == {"from": 7, "to": 11}


def test_what_is_counted_has_its_word(data: dict[str, Any]) -> None:
    words = ("event or agreement", "events and agreements")
    calls = [("counted", 1, *words), ("counted", 2, *words), ("counted", 0, "claim")]
    assert asked(data, *calls) == ["1 event or agreement", "2 events and agreements", "0 claims"]


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
