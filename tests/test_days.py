"""On which days a statement held: the hard cases, and the rule against all that bounds allow."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from miniature import ONTOLOGY

from graph.build.outputs import outputs
from graph.model import Bounds
from graph.model.days import SHOWN_ON_A_DAY, OnDay, Span, class_on, read_span, span_of
from graph.model.spans import spans_of
from graph.network.projection import network
from graph.read import CaseGraph
from graph.read.rules import held

if TYPE_CHECKING:
    from miniature import Judged

    from graph.model.dates import Aspect

TOLD_2014, TOLD_2017 = date(2014, 5, 31), date(2017, 2, 19)


def spans(
    when: str,
    aspect: Aspect = "state",
    *,
    begins: str = "",
    ends: str = "",
    throughout: bool = True,
    told_until: date | None = TOLD_2017,
) -> tuple[Span, ...]:
    return spans_of(
        when,
        begins,
        ends,
        aspect=aspect,
        throughout=throughout and aspect == "state",
        written=Bounds(),
        told_until=told_until,
    )[1]


HARD: dict[str, tuple[tuple[Span, ...], dict[str, str]]] = {
    # how it is dated, and the class of some days
    "begin unknown": (
        spans("/2017-02"),
        {"2016-06-01": "later", "2017-02-01": "possible", "2017-03-01": "out"},
    ),
    "begin within an interval": (
        spans("2014/2016"),
        {"2013-12-31": "out", "2014-06-01": "possible", "2014-12-31": "certain"},
    ),
    "end unknown": (
        spans("2012/", told_until=TOLD_2014),
        {"2012-06-01": "possible", "2013-06-01": "attested", "2017-01-01": "beyond"},
    ),
    "end within an interval": (
        spans("2014/2016", ends="[2016-09..2016-11]"),
        {"2016-08-31": "certain", "2016-10-15": "attested", "2016-12-01": "out"},
    ),
    "a list with a gap": (
        spans("{2018,2020}", told_until=None),
        {"2018-06-01": "certain", "2019-06-01": "out", "2020-12-31": "certain"},
    ),
    "one of two months": (
        spans("[2016-08,2016-10]", "act"),
        {"2016-08-15": "possible", "2016-09-15": "out", "2016-10-31": "possible"},
    ),
    "an act in a month": (
        spans("2016-08", "act"),
        {"2016-07-31": "out", "2016-08-15": "possible", "2016-09-01": "out"},
    ),
    "a state at some time in a year": (
        spans("2015", throughout=False),
        {"2014-12-31": "later", "2015-06-01": "possible", "2016-06-01": "attested"},
    ),
    "a later source on an earlier year": (
        spans("2014"),
        {"2013-06-01": "later", "2014-06-01": "certain", "2015-06-01": "attested",
         "2020-01-01": "beyond"},
    ),
    "up to a month": (
        spans("[..2014-05]"),
        {"2014-04-30": "later", "2014-05-15": "possible", "2014-06-01": "attested"},
    ),
    "not dated": (spans(""), {"2014-06-01": "unplaced"}),
    "one of two days": (
        spans("[2016-08-01,2016-10-01]", "act"),
        {"2016-08-01": "possible", "2016-08-02": "out"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HARD)
def test_the_hard_cases(case: str) -> None:
    dated, days = HARD[case]
    assert {day: class_on(dated, day) for day in days} == days


def test_of_two_datings_the_one_that_is_open_counts() -> None:
    dated = (*spans("2014/2015"), *spans("2014/"))
    assert class_on(dated, "2016-06-01") == OnDay.ATTESTED


def test_what_is_timeless_is_certain_on_every_day_dated_or_not() -> None:
    for dated in ((), spans("2014")):
        assert class_on(dated, "1900-01-01", timeless=True) == OnDay.CERTAIN


FIRST = date(2020, 1, 10)
BEFORE, AFTER = range(-4, 0), range(6, 10)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


class Way(NamedTuple):
    """Begin and end that the bounds of a span allow."""

    begin: int
    end: int

    def holds(self, number: int) -> bool:
        return self.begin <= number <= self.end


KNOWN = st.one_of(st.none(), st.integers(0, 5))


@given(KNOWN, KNOWN, KNOWN, KNOWN, st.booleans(), st.booleans(), KNOWN)
def test_a_class_is_what_every_way_it_may_have_gone_allows(
    eb: int | None,
    lb: int | None,
    ee: int | None,
    le: int | None,
    act: bool,
    throughout: bool,
    told: int | None,
) -> None:
    ways = [
        Way(begin, end)
        for begin, end in product(range(-4, 10), range(-4, 10))
        if begin <= end
        and (eb is None or eb <= begin)
        and (lb is None or begin <= lb)
        and (ee is None or ee <= end)
        and (le is None or end <= le)
    ]
    if not ways or (eb, lb, ee, le) == (None,) * 4:
        return
    lb = min((bound for bound in (lb, le) if bound is not None), default=None)
    ee = max((bound for bound in (ee, eb) if bound is not None), default=None)
    bounds = Bounds(*(None if bound is None else day(bound) for bound in (eb, lb, ee, le)))
    span = span_of(
        bounds,
        throughout=throughout and not act,
        act=act,
        told_until=None if told is None else day(told),
    )
    assert span is not None
    assert read_span(str(span)) == span
    for number in range(-3, 9):
        found = span.on(day(number).isoformat())
        holds = [way.holds(number) for way in ways]
        assert (found == OnDay.OUT) == (not any(holds))
        assert found != OnDay.CERTAIN or all(holds)
        assert found != OnDay.ATTESTED or all(way.begin <= number for way in ways)
        if found == OnDay.ATTESTED:
            assert not act
        if throughout and not act and all(holds) and None not in (lb, ee):
            assert found == OnDay.CERTAIN


def test_what_is_no_span_is_refused() -> None:
    with pytest.raises(ValueError, match='"2014" is no span of days'):
        read_span("2014")


# In the cases


def test_the_days_before_a_case_are_empty_but_for_what_is_timeless(judged: Judged) -> None:
    graph = CaseGraph(judged[1], "homs")
    every = {one.id: graph.qualifiers(one.id) for one in judged[0].statements}
    shown = {
        day: [key for key, data in every.items() if held(data, day) in SHOWN_ON_A_DAY]
        for day in ("2010-06-01", "2016-03-15")
    }
    assert all(every[key].get("timeless") for key in shown["2010-06-01"])
    assert len(shown["2010-06-01"]) > 10
    assert len(shown["2016-03-15"]) > len(shown["2010-06-01"])
    before = network(graph, "ties", on="2011-06-01").edges(data=True)
    assert all(data.get("timeless") for *_, data in before)


COUNTS = {
    # accepted ties with both ends known: certain, attested, possible, beyond, later, out
    "2014-05-15": (29, 0, 34, 0, 96, 34),
    "2016-03-15": (33, 5, 17, 19, 84, 35),
    "2017-03-01": (15, 0, 0, 127, 0, 51),
}


@pytest.mark.parametrize("day", COUNTS)
def test_ties_of_homs_by_their_classes(judged: Judged, day: str) -> None:
    graph = CaseGraph(judged[1], "homs")
    every = network(graph, "ties").edges(data=True)
    found = Counter(held(data, day) for *_, data in every)
    assert tuple(found[one] for one in OnDay if one != OnDay.UNPLACED) == COUNTS[day]


FOR_EVER = (b"0001-01-01", b"9999-12-31")


def test_the_ends_of_what_is_timeless_stand_in_the_graph_alone(example: Judged) -> None:
    files = outputs(example[1], example[0], ONTOLOGY)
    found = {name for name, data in files.items() if any(day in data for day in FOR_EVER)}
    assert found <= {"graph.nq", "graph.ttl"}
    assert found
