"""What passes a filter: a day, a span, a voice, statuses, certainty, families and places."""

from __future__ import annotations

import gc
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any, cast

import miniature
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import UsageError
from graph.model.terms import HUD
from graph.network.filters import STATUSES, Filters, Narrowing, Tie
from graph.network.projection import network
from graph.read import Stand
from graph.read.select import Graph

if TYPE_CHECKING:
    from miniature import Judged

FIRST = date(2020, 2, 25)
"""So that the days of the tests are of two months and a leap year."""
DAYS = range(10)


@pytest.fixture(scope="module")
def graph(example: Judged) -> Graph:
    return Graph(example[1], miniature.CASE)


def iso(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def tie(*claims: Stand, **data: Any) -> Tie:  # noqa: ANN401
    known = {"family": "control", "status": "accepted", **data}
    return Tie("river-guard", "ford", "made", known, claims)


def admits(graph: Graph, made: Tie, **wanted: Any) -> bool:  # noqa: ANN401
    return Filters.of(graph, cast("Narrowing", wanted)).admit(made)


# A span

SPANS = st.tuples(*[st.none() | st.sampled_from(DAYS)] * 2).filter(
    lambda ends: None in ends or ends[0] <= ends[1]
)


def days(ends: tuple[int | None, int | None]) -> set[int]:
    """Return the days of a span, and some on either side where it is open."""
    first, last = (-2 if ends[0] is None else ends[0]), (12 if ends[1] is None else ends[1])
    return set(range(first, last + 1))


@given(SPANS, SPANS)
def test_in_a_span_is_what_shares_a_day_with_it(
    graph: Graph, held: tuple[int | None, int | None], wanted: tuple[int | None, int | None]
) -> None:
    begin, end = held
    bounds = {"earliest_begin": begin, "latest_end": end}
    made = tie(**{name: iso(day) for name, day in bounds.items() if day is not None})
    during = "/".join(".." if day is None else iso(day) for day in wanted)
    if wanted == (None, None):
        return
    expected = bool(days(held) & days(wanted))
    assert admits(graph, made, during=during) == expected


@pytest.mark.parametrize(
    ("during", "inside"),
    [("2020-02", "2020-02-29"), ("2020", "2020-12-31"), ("2020-02-29", "2020-02-29")],
)
def test_a_span_is_as_long_as_it_is_written(graph: Graph, during: str, inside: str) -> None:
    after = (date(*map(int, inside.split("-"))) + timedelta(days=1)).isoformat()
    assert admits(graph, tie(earliest_begin=inside), during=during)
    assert not admits(graph, tie(earliest_begin=after), during=during)
    assert not admits(graph, tie(latest_end="2019-12-31"), during=during)


@pytest.mark.parametrize("edge", ["0001-01-01", "9999-12-31"])
def test_what_is_open_goes_on_to_the_ends_of_the_calendar(graph: Graph, edge: str) -> None:
    for made in (tie(), tie(earliest_begin=edge), tie(latest_end=edge)):
        for wanted in ({"on": edge}, {"during": edge}, {"during": edge[:4]}):
            assert admits(graph, made, **wanted)
    assert admits(graph, tie(earliest_begin="9999-12-31"), during="2020-01-01/..")
    assert admits(graph, tie(latest_end="0001-01-01"), during="../2020-01-01")


def test_what_is_no_span_is_told_before_anything_is_asked(graph: Graph) -> None:
    for wrong in ("once", "2020-02-30", ""):
        with pytest.raises(UsageError, match=r"^during: "):
            Filters.of(graph, {"during": wrong})


# A day

DAY_BOUNDS = ("earliest_begin", "latest_begin", "earliest_end", "latest_end")


def test_on_a_day_is_what_may_have_held_on_it(graph: Graph) -> None:
    made = tie(**dict(zip(DAY_BOUNDS, map(iso, (1, 2, 4, 5)), strict=True)))
    assert [day for day in DAYS if admits(graph, made, on=iso(day))] == [1, 2, 3, 4, 5]
    assert Filters.of(graph, {"on": FIRST}).on == iso(0)
    with pytest.raises(UsageError, match=r"^on: "):
        Filters.of(graph, {"on": "2020-02"})


# Certainty, family, status and voice


def test_at_least_so_sure(graph: Graph) -> None:
    order = ("certain", "probable", "possible", "unspecified")
    for at, wanted in enumerate(order):
        found = [one for one in order if admits(graph, tie(certainty=one), certainty=wanted)]
        assert found == list(order[: at + 1])
        assert admits(graph, tie(), certainty=wanted) == (wanted == "unspecified")
    assert all(admits(graph, tie(certainty=one)) for one in order)
    with pytest.raises(UsageError, match=r"one of certain, probable, possible, unspecified$"):
        Filters.of(graph, {"certainty": "sure"})


def test_only_these_families(graph: Graph) -> None:
    assert admits(graph, tie(family="control"), family="control")
    assert admits(graph, tie(family="control"), family=["economy", "control"])
    assert not admits(graph, tie(family="control"), family={"economy"})
    assert not admits(graph, tie(family="control"), family=())
    with pytest.raises(UsageError, match=r'"contrl" is not a family of predicates.*"control"'):
        Filters.of(graph, {"family": ["control", "contrl"]})
    with pytest.raises(
        UsageError, match=r'"zzz" is not a family of predicates; it is one of .*, quantity, '
    ):
        Filters.of(graph, {"family": "zzz"})


def test_only_these_statuses(graph: Graph) -> None:
    def passing(**wanted: Any) -> list[str]:  # noqa: ANN401
        return [one for one in STATUSES if admits(graph, tie(status=one), **wanted)]

    assert passing() == ["accepted"]
    assert passing(status=None) == ["accepted"]
    assert passing(status="open") == ["open"]
    assert passing(status=["open", "alleged"]) == ["alleged", "open"]
    assert passing(status=()) == []
    assert passing(status=STATUSES) == list(STATUSES)
    listed = "accepted, contested, alleged, open, rejected"
    with pytest.raises(UsageError, match=f'^"sure" is not a status; it is one of {listed}$'):
        passing(status=["accepted", "sure"])


def test_a_voice_or_statuses_and_not_both(graph: Graph) -> None:
    own = Stand("c", "observers", "asserts", "certain", "observers-2020")
    alleged = tie(own, status="alleged")
    assert admits(graph, alleged, voice="observers")
    assert not admits(graph, alleged, voice="river-guard")
    assert not admits(graph, alleged)
    assert not admits(graph, tie(own._replace(stance="denies")), voice="observers")
    with pytest.raises(UsageError, match=r"give a voice or statuses, not both$"):
        Filters.of(graph, {"voice": "observers", "status": "open"})


# A place, and what lies within it


def test_at_a_place_is_what_has_it_or_a_part_of_it_at_an_end_or_as_its_place(
    example: Judged,
) -> None:
    store = ox.Store()
    store.extend(example[1])
    graph = Graph(store, miniature.CASE)
    for inner, outer in (("x", "ford"), ("mill-town", "ford"), ("ford", "mill-town")):
        store.add(ox.Quad(graph.node(inner), ox.NamedNode(HUD + "within"), graph.node(outer)))
    names = ("ford", "mill-town", "x", "elsewhere", "")
    for wanted in ("ford", "mill-town"):
        filters = Filters.of(graph, {"place": wanted})
        for name, other in product(names, repeat=2):
            inside = name in names[:3]
            assert filters.admit(tie()._replace(source=name, target=other)) == (
                inside or other in names[:3]
            )
            assert filters.admit(tie(place=name)._replace(source="far", target="away")) == inside
    assert not filters.admit(tie()._replace(source="far", target="away"))
    with pytest.raises(UsageError, match=r"^place: "):
        Filters.of(graph, {"place": "nowhere-at-all"})


# All of them together


def test_what_narrows_nothing_is_told_as_nothing(graph: Graph) -> None:
    assert Filters.of(graph, {}).told() == {
        "on": "",
        "during": "",
        "voice": "",
        "status": "accepted",
        "certainty": "",
        "family": "",
        "place": "",
    }
    wanted = Narrowing(
        on=iso(0), during="2020", certainty="certain", family=["economy", "control"],
        place="ford", status=["open", "accepted"],
    )  # fmt: skip
    assert Filters.of(graph, wanted).told() == {
        "on": iso(0),
        "during": "2020",
        "voice": "",
        "status": "open accepted",
        "certainty": "certain",
        "family": "control economy",
        "place": "ford",
    }
    told = Filters.of(graph, {"voice": "observers"}).told()
    assert (told["voice"], told["status"]) == ("observers", "")


def test_a_tie_passes_only_if_it_passes_every_filter(graph: Graph) -> None:
    whole = dict(zip(DAY_BOUNDS, map(iso, (1, 2, 4, 5)), strict=True))
    made = tie(certainty="certain", **whole)
    right = {"on": iso(3), "during": iso(4), "certainty": "certain", "family": "control",
             "status": "accepted", "place": "ford"}  # fmt: skip
    wrong = {"on": iso(6), "during": iso(0), "family": "economy", "status": "open",
             "place": "mill-town"}  # fmt: skip
    assert admits(graph, made, **right)
    for name, value in wrong.items():
        assert not admits(graph, made, **{**right, name: value}), name
    assert not admits(graph, made._replace(data={**made.data, "certainty": "possible"}), **right)


def test_a_network_has_the_ties_that_pass(graph: Graph) -> None:
    ties = network(graph, "ties", status=STATUSES, during="2020-06", family="control")
    assert {key for *_, key in ties.edges(keys=True)} == {
        "bandits-at-the-ford",
        "guard-at-the-ford",
        "guns-at-the-ford",
    }


# What a network shares with the graph


def test_a_network_may_be_changed_without_changing_the_next_one(graph: Graph) -> None:
    def told() -> list[Any]:
        made = network(graph, "ties", status=STATUSES)
        return [made.nodes(data=True), list(made.edges(data=True))]

    made, before = network(graph, "ties", status=STATUSES), str(told())
    for _, _, data in made.edges(data=True):
        for value in data.values():
            if isinstance(value, list):
                value.append("changed")
        data["status"] = "changed"
    for _, node in made.nodes(data=True):
        node.get("names", []).append("changed")
    assert str(told()) == before
    assert "changed" not in before


def test_reference_cycles_are_looked_for_again_after_a_network(graph: Graph) -> None:
    assert gc.isenabled()
    network(graph, "ties")
    assert gc.isenabled()
    gc.disable()
    try:
        network(graph, "ties")
        assert not gc.isenabled()
    finally:
        gc.enable()
