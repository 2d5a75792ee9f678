"""The one rule by which events are put in order, and that all faces go by it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from typing import TYPE_CHECKING

import miniature
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.sequences.matching import order
from graph.model.dates import Stretch, parse
from graph.model.order import Dating, Ordered, Told, in_order
from graph.query.named import named_queries, with_values
from graph.query.parameters import QUERIES
from graph.read.record_index import RecordIndex
from graph.read.select import Graph, select
from graph.read.thing_record import ThingRecord
from graph.viewer.payload import payload

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from random import Random

DAYS = st.integers(0, 3).map(lambda days: date(2016, 9, 1) + timedelta(days=days))
ZONES = (timezone(timedelta(hours=3)), timezone(timedelta(hours=-5)))


def at(text: str) -> Stretch:
    """Return the stretch of a date; nothing for none."""
    return parse(text).hull if text else Stretch(None, None)


@st.composite
def dates(draw: st.DrawFn, *, offsets: bool) -> Stretch:
    """Draw a day, a span of days, an open span, a time, or nothing."""
    first = draw(DAYS)
    match draw(st.sampled_from(("day", "span", "from", "by", "time", "none"))):
        case "day":
            return Stretch(first, first)
        case "span":
            return Stretch(first, max(first, draw(DAYS)))
        case "from":
            return Stretch(first, None)
        case "by":
            return Stretch(None, first)
        case "none":
            return Stretch(None, None)
    zone = draw(st.sampled_from(ZONES)) if offsets else None
    hour, second = draw(st.integers(0, 23)), draw(st.sampled_from((0, 20)))
    time = datetime(first.year, first.month, first.day, hour, 0, second, tzinfo=zone)
    return at(time.isoformat())


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Dating], list[Told]]:
    """Draw events, some of which are dated twice, and what is told of their order."""
    offsets = draw(st.booleans())
    datings = [
        Dating(f"s{number}", f"e{draw(st.integers(0, 5))}", draw(dates(offsets=offsets)),
               Stretch(None, None))
        for number in range(draw(st.integers(1, 7)))
    ]  # fmt: skip
    events = st.integers(0, 6).map("e{}".format)
    ways = draw(st.lists(st.tuples(events, events), max_size=8))
    return datings, [Told(f"t{number}", *way) for number, way in enumerate(ways)]


def kept(told: list[Told], ordered: Ordered) -> list[Told]:
    """Return what is told of the order and stands neither in a circle nor against the dates."""
    out = {*ordered.against, *(one for circle in ordered.circles for one in circle)}
    return [one for one in told if one not in out]


@given(cases())
def test_what_comes_before_for_certain_or_is_told_to_stands_before(
    case: tuple[list[Dating], list[Told]],
) -> None:
    datings, told = case
    ordered = in_order(datings, told)
    keys = ordered.keys
    assert set(keys) == {one.statement for one in datings if one.begin != Stretch(None, None)}
    dated = [one for one in datings if one.statement in keys]
    for one in dated:
        for other in dated:
            if order(one.begin, other.begin) == "certain":
                assert keys[one.statement] < keys[other.statement]
    ways = {(one.before, one.after) for one in kept(told, ordered)}
    for one in dated:
        for other in dated:
            if (one.thing, other.thing) in ways and not other.begin.before(one.begin):
                assert keys[one.statement] < keys[other.statement]


@given(cases())
def test_circles_are_found_and_order_nothing(case: tuple[list[Dating], list[Told]]) -> None:
    datings, told = case
    found = {one for circle in in_order(datings, told).circles for one in circle}
    ways = nx.DiGraph((one.before, one.after) for one in told)
    for one in told:
        assert (one in found) == nx.has_path(ways, one.after, one.before)


@given(cases(), st.randoms())
def test_the_order_does_not_hang_on_the_order_of_what_is_given(
    case: tuple[list[Dating], list[Told]], random: Random
) -> None:
    datings, told = case
    ordered = in_order(datings, told)
    random.shuffle(datings)
    random.shuffle(told)
    assert in_order(datings, told) == ordered


@given(cases())
def test_order_not_told_is_said_of_one_day_and_nothing_else(
    case: tuple[list[Dating], list[Told]],
) -> None:
    datings, told = case
    datings = list({one.thing: one for one in datings}.values())  # each thing dated once
    ordered = in_order(datings, told)
    ways: nx.DiGraph[str] = nx.DiGraph((one.before, one.after) for one in kept(told, ordered))
    ways.add_nodes_from(one.thing for one in datings)
    ways = ways.subgraph(one.thing for one in datings)  # what is not dated at all leads nowhere
    for one in datings:
        alone = one.begin.first is None or one.begin.first != one.begin.last
        open_ = [
            other.thing
            for other in datings
            if other is not one
            and (other.begin.first, other.begin.last) == (one.begin.first, one.begin.last)
            and order(one.begin, other.begin) == "possible"
            and not nx.has_path(ways, one.thing, other.thing)
            and not nx.has_path(ways, other.thing, one.thing)
        ]
        assert (one.statement in ordered.untold) == (not alone and bool(open_))


def test_a_chain_that_the_dates_forbid_is_cut_where_it_breaks() -> None:
    dated = {"a": "2016-09-03", "b": "[2016-09-01..2016-09-05]", "c": "2016-09-02"}
    datings = [Dating(name, name, at(when), at(when)) for name, when in dated.items()]
    told = [Told("t1", "a", "b"), Told("t2", "b", "c")]
    ordered = in_order(datings, told)
    assert ordered.against == (told[1],)
    assert ordered.keys["c"] < ordered.keys["a"] < ordered.keys["b"]


def test_with_and_without_an_offset_what_is_told_decides() -> None:
    dated = {"a": "2016-09-01T14:00:00+03:00", "b": "2016-09-01T13:00:00"}
    datings = [Dating(name, name, at(when), at(when)) for name, when in dated.items()]
    assert in_order(datings, []).untold == {"a", "b"}
    found = in_order(datings, [Told("t", "a", "b")])
    assert found.keys["a"] < found.keys["b"]
    assert (found.untold, found.against) == (frozenset(), ())


def test_many_events_of_one_day_and_long_chains_are_no_trouble() -> None:
    day = at("2016-09-01")
    datings = [Dating(f"s{n:04}", f"e{n}", day, day) for n in range(3000)]
    chain = [Told(f"t{n:04}", f"e{n + 1}", f"e{n}") for n in range(2000)]
    keys = in_order(datings, chain).keys
    assert all(keys[f"s{n + 1:04}"] < keys[f"s{n:04}"] for n in range(2000))
    ring = [*chain, Told("t9999", "e0", "e2000")]
    assert len(in_order(datings, ring).circles[0]) == 2001


# The faces


def event(when: str, *, place: str = "ford") -> str:
    """Return the file of an event that happened then."""
    claim = """{ voice = "courier-writer", stance = "asserts", certainty = "certain", \
passages = ["courier-2020#4.1"] }"""
    return f"""label = "Something at {when}"
kind = "shelling"

[occurred]
when = "{when}"
place = "{place}"
claims = [{claim}]

[[role]]
role = "victim"
actor = "townspeople"
"""


def told(*ways: tuple[str, str]) -> str:
    """Return a file of statements that one event comes before another."""
    return "\n".join(
        f"""[[statement]]
id = "way-{number}"
subject = "{before}"
predicate = "precedes"
object = "{after}"
claims = [{{ voice = "courier-writer", stance = "asserts", certainty = "certain", \
passages = ["courier-2020#4.1"] }}]
"""
        for number, (before, after) in enumerate(ways)
    )


EVENTS = {
    "ev-a-evening": "2020-06-03T18:00:00+03:00",
    "ev-b-morning": "2020-06-03T08:00:00+03:00",
    "ev-c-noon": "2020-06-03T13:00:00+05:00",
    "ev-d-free": "2020-06-04",
    "ev-e-later": "2020-06-05",
    "ev-f-sooner": "2020-06-05",
    "ev-g-free": "2020-06-04",
}
IN_ORDER = ("ev-b-morning", "ev-c-noon", "ev-a-evening", "ev-d-free", "ev-g-free", "ev-f-sooner",
            "ev-e-later")  # fmt: skip


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = miniature.copied(tmp_path_factory.mktemp("order"))
    write(folder, EVENTS, ("ev-f-sooner", "ev-e-later"))
    case, store = miniature.judged(folder)
    assert not [one for one in case.hints if "order.toml" in one.file]
    return Graph(store, case.id)


def write(folder: Path, events: Mapping[str, str], *ways: tuple[str, str]) -> None:
    for name, when in events.items():
        miniature.written(folder, f"events/{name}.toml", event(when))
    miniature.written(folder, "statements/order.toml", told(*ways))


def rows(graph: Graph, name: str) -> list[dict[str, str]]:
    query = named_queries([QUERIES])[name]
    return select(graph.store, with_values(query, {})).named(graph)


def test_the_timeline_is_in_order_and_says_where_that_is_not_told(graph: Graph) -> None:
    found = {row["event"]: row["sameDay"] for row in rows(graph, "timeline")}
    listed = [name for name in found if name in EVENTS]
    assert tuple(listed) == IN_ORDER
    free = {name for name, said in found.items() if said == "order not told"}
    assert free == {"ev-d-free", "ev-g-free", "ev-shelling"} | set(IN_ORDER[:3])


def test_the_dossier_and_the_page_have_the_same_order(graph: Graph) -> None:
    listed = [one.removesuffix(".victim.townspeople")
              for one in ThingRecord(RecordIndex(graph), "townspeople").ids]  # fmt: skip
    assert tuple(one for one in listed if one in EVENTS) == IN_ORDER
    view = payload(graph)
    statements = view["statements"]
    facts = sorted(EVENTS, key=lambda one: (statements[f"{one}.occurred"]["at"], one))
    assert tuple(facts) == IN_ORDER
    assert (
        view["times"][statements["ev-a-evening.occurred"]["t"]] == "on 3 June 2020 at 18:00 (UTC+3)"
    )
    assert statements["ev-d-free.occurred"]["free"]


def test_days_and_spans_do_not_move_with_the_clock(graph: Graph) -> None:
    late = graph.statement("ev-a-evening.occurred")
    assert late.bounds == (date(2020, 6, 3),) * 4
    assert list(map(str, graph.spans_of(late.id))) == [
        "2020-06-03/2020-06-03 certain 2020-06-03/2020-06-03"
    ]
    assert late.when == EVENTS["ev-a-evening"]


def test_a_circle_is_hinted_at_and_nothing_hangs(tmp_path: Path) -> None:
    folder = miniature.copied(tmp_path)
    names = list(EVENTS)
    write(folder, EVENTS, *pairwise([*names[3:6], names[3]]), (names[4], names[3]))
    case, _ = miniature.judged(folder)
    (hint,) = (one for one in case.hints if "circle" in one.message)
    assert hint.file.endswith("statements/order.toml")
    assert all(f"way-{number}" in hint.message for number in range(4))


def test_an_order_against_the_dates_is_hinted_at_with_its_place(tmp_path: Path) -> None:
    folder = miniature.copied(tmp_path)
    write(folder, EVENTS, ("ev-a-evening", "ev-b-morning"))
    case, store = miniature.judged(folder)
    (hint,) = (one for one in case.hints if "order.toml" in one.file)
    assert "ev-a-evening is told to come before ev-b-morning, but the dates" in hint.message
    assert hint.line > 0
    listed = [row["event"] for row in rows(Graph(store, case.id), "timeline")]
    assert listed.index("ev-b-morning") < listed.index("ev-a-evening")
