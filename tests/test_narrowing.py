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
from graph.model.days import SHOWN_ON_A_DAY, Span
from graph.model.terms import HUD
from graph.network.filters import STATUSES, Filters, Narrowing, Tie
from graph.network.projection import network
from graph.read.rules import world
from graph.read.select import Graph

if TYPE_CHECKING:
    from miniature import Judged

    from graph.read import Stand

FIRST = date(2020, 2, 25)
"""So that the days of the tests are of two months and a leap year."""
DAYS = range(10)


@pytest.fixture(scope="module")
def graph(example: Judged) -> Graph:
    return Graph(example[1], miniature.CASE)


def iso(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def tie(*claims: Stand, span: tuple[str | None, str | None] | None = None, **data: Any) -> Tie:  # noqa: ANN401
    """Return a tie that may have held from a day to a day; an end that is ``None`` is not told."""
    known = {"predicate": "presentIn", "family": "control", "status": "accepted", **data}
    if span is not None:
        first, last = span
        ends = (first or last or "", last or first or "")
        known["spans"] = [str(Span(*ends, open_begin=first is None, open_end=last is None))]
    return Tie("river-guard", "ford", "made", known, claims)


def admits(graph: Graph, made: Tie, **wanted: Any) -> bool:  # noqa: ANN401
    filters = Filters.of(graph, cast("Narrowing", wanted))
    day = filters.as_of
    return filters.admit(made) and (day is None or day.of(graph, made.data) in day.shown)


# A span

SPANS = st.tuples(*[st.sampled_from(DAYS)] * 2).filter(lambda ends: ends[0] <= ends[1])
WANTED = st.tuples(*[st.none() | st.sampled_from(DAYS)] * 2).filter(
    lambda ends: ends != (None, None) and (None in ends or ends[0] <= ends[1])
)


@given(SPANS, WANTED)
def test_in_a_span_is_what_shares_a_day_with_it(
    graph: Graph, held: tuple[int, int], wanted: tuple[int | None, int | None]
) -> None:
    made = tie(span=(iso(held[0]), iso(held[1])))
    during = "/".join(".." if day is None else iso(day) for day in wanted)
    first, last = (-1 if wanted[0] is None else wanted[0]), (99 if wanted[1] is None else wanted[1])
    assert admits(graph, made, during=during) == (held[0] <= last and held[1] >= first)


@pytest.mark.parametrize(
    ("during", "inside"),
    [("2020-02", "2020-02-29"), ("2020", "2020-12-31"), ("2020-02-29", "2020-02-29")],
)
def test_a_span_is_as_long_as_it_is_written(graph: Graph, during: str, inside: str) -> None:
    after = (date(*map(int, inside.split("-"))) + timedelta(days=1)).isoformat()
    assert admits(graph, tie(span=(inside, None)), during=during)
    assert not admits(graph, tie(span=(after, None)), during=during)
    assert not admits(graph, tie(span=(None, "2019-12-31")), during=during)


@pytest.mark.parametrize("edge", ["0001-01-01", "9999-12-31"])
def test_what_is_timeless_holds_to_the_ends_of_the_calendar(graph: Graph, edge: str) -> None:
    for wanted in ({"on": edge}, {"during": edge}, {"during": edge[:4]}):
        assert admits(graph, tie(timeless=True), **wanted)
        assert not admits(graph, tie(), **wanted)


def test_what_is_no_span_is_told_before_anything_is_asked(graph: Graph) -> None:
    for wrong in ("once", "2020-02-30", ""):
        with pytest.raises(UsageError, match=r"^during: "):
            Filters.of(graph, {"during": wrong})


# A day


def test_classes_of_a_day_are_chosen(graph: Graph) -> None:
    told = {
        "beyond": tie(span=(iso(1), None)),
        "later": tie(span=(None, iso(9))),
        "unplaced": tie(),
    }
    for name, made in told.items():
        assert not admits(graph, made, on=iso(5))
        for held in (name, [name], "all"):
            assert admits(graph, made, on=iso(5), held=held)
    assert not admits(graph, tie(span=(iso(1), iso(2))), on=iso(5), held="all")
    with pytest.raises(UsageError, match='"sure" is no class on a day; it is one of certain, '):
        Filters.of(graph, {"on": FIRST, "held": "sure"})
    with pytest.raises(UsageError, match="give the day with on or by"):
        Filters.of(graph, {"held": "all"})


def test_by_a_day_acts_that_were_over_count_as_well(graph: Graph) -> None:
    for kind, count in (("detains", True), ("presentIn", False)):
        over = tie(predicate=kind, span=(iso(1), iso(2)))
        assert not admits(graph, over, on=iso(5))
        assert admits(graph, over, by=iso(5)) == count
        assert admits(graph, over, by=iso(2))
        assert not admits(graph, over, by=iso(0))
        assert not admits(graph, tie(predicate=kind, span=(iso(1), None)), by=iso(5))
    with pytest.raises(UsageError, match="give on or by, not both"):
        Filters.of(graph, {"on": FIRST, "by": FIRST})


def test_on_a_day_is_what_may_have_held_on_it(graph: Graph) -> None:
    made = tie(span=(iso(1), iso(5)))
    assert [day for day in DAYS if admits(graph, made, on=iso(day))] == [1, 2, 3, 4, 5]
    assert Filters.of(graph, {"on": FIRST}).as_of == (iso(0), SHOWN_ON_A_DAY, False)
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
    with pytest.raises(UsageError, match=r'no family "contrl"; did you mean "control"'):
        Filters.of(graph, {"family": ["control", "contrl"]})
    with pytest.raises(UsageError, match=r'no family "zzz"; "hudna query --values family" lists'):
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
    listed = ", ".join(STATUSES)
    with pytest.raises(UsageError, match=f'^"sure" is not a status; it is one of {listed}$'):
        passing(status=["accepted", "sure"])


def test_a_voice_or_statuses_and_not_both(graph: Graph) -> None:
    asserted = next(iter(sorted(world(graph, "observers").asserted)))
    alleged = tie(status="alleged")._replace(key=asserted)
    assert admits(graph, alleged, voice="observers")
    assert admits(graph, tie(status="alleged", statement=asserted), voice="observers")
    assert not admits(graph, alleged, voice="river-guard")
    assert not admits(graph, alleged)
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
        "held": "",
        "by": "",
        "during": "",
        "voice": "",
        "only": "",
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
        "held": "",
        "by": "",
        "during": "2020",
        "voice": "",
        "only": "",
        "status": "open accepted",
        "certainty": "certain",
        "family": "control economy",
        "place": "ford",
    }
    told = Filters.of(graph, {"by": iso(0), "held": ["later", "certain"]}).told()
    assert (told["on"], told["held"], told["by"]) == (iso(0), "certain later", iso(0))
    told = Filters.of(graph, {"voice": "observers"}).told()
    assert (told["voice"], told["status"]) == ("observers", "")


def test_a_tie_passes_only_if_it_passes_every_filter(graph: Graph) -> None:
    made = tie(certainty="certain", span=(iso(1), iso(5)))
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
