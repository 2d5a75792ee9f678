"""On which days a statement held: the hard cases, and the rule against all that bounds allow."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from io import BytesIO
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import miniature
import pytest
from hypothesis import given
from hypothesis import strategies as st
from miniature import ONTOLOGY

from graph.build.outputs import outputs
from graph.model import Bounds
from graph.model.days import (
    ALWAYS,
    SHOWN_ON_A_DAY,
    OnDay,
    Span,
    class_on,
    not_shown,
    read_span,
    span_of,
)
from graph.model.spans import spans_of
from graph.network.projection import network
from graph.query.days import AsOf
from graph.read import CaseGraph
from graph.read.rules import held
from graph.read.sizes import LAST_COUNTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from miniature import Judged

    from graph.model.bounds import Aspect

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
    "an act on all of some days": (
        spans("{2016-08-01..2016-08-03}", "act"),
        {"2016-07-31": "out", "2016-08-01": "certain", "2016-08-02": "certain",
         "2016-08-04": "out"},
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


DATED: dict[tuple[str, Aspect], str] = {
    ("{..2014-05-31}", "state"): (
        "2014-05-31?/2014-05-31 attested 2014-05-31 certain 2014-05-31/2014-05-31"
    ),
    ("{2014-01-01..}", "state"): (
        "2014-01-01/2017-02-19? attested 2014-01-01 certain 2014-01-01/2014-01-01"
    ),
    ("[2016-08-01]", "act"): "2016-08-01/2016-08-01 certain 2016-08-01/2016-08-01",
}


@pytest.mark.parametrize(("when", "aspect"), DATED)
def test_the_span_of_what_is_open_on_one_side_or_one_of_one(when: str, aspect: Aspect) -> None:
    assert list(map(str, spans(when, aspect))) == [DATED[when, aspect]]


@pytest.mark.parametrize("when", ["{..2014-05-31}", "{2014-01..2014-03}", "2014", "{2014,2016}"])
def test_no_act_is_throughout(when: str) -> None:
    one, other = (
        spans_of(when, "", "", aspect="act", throughout=throughout, written=Bounds())
        for throughout in (True, False)
    )
    assert one == other


def test_a_state_that_is_not_throughout_is_not_attested_within_an_open_stretch() -> None:
    dated = spans("{..2014-05-31}", throughout=False)
    assert list(map(str, dated)) == ["2014-05-31?/2014-05-31"]


def test_of_two_days_up_to_which_it_began_the_earlier_is_the_first() -> None:
    for when, begins in (("[..2014]", "[..2014-06]"), ("[..2014-06]", "[..2014]")):
        assert [span.possible_from for span in spans(when, begins=begins)] == ["2014-01-01"]


def test_of_two_datings_the_one_that_is_open_counts() -> None:
    dated = (*spans("2014/2015"), *spans("2014/"))
    assert class_on(dated, "2016-06-01") == OnDay.ATTESTED


def test_what_is_timeless_is_certain_on_every_day_dated_or_not() -> None:
    for dated in ((), spans("2014")):
        assert class_on(dated, "1900-01-01", timeless=True) == OnDay.CERTAIN


def test_a_query_finds_what_is_timeless_on_every_day_there_is() -> None:
    assert [ALWAYS.on(one.isoformat()) for one in (date.min, date.max)] == [OnDay.CERTAIN] * 2
    assert read_span(str(ALWAYS)) == ALWAYS
    assert (ALWAYS.open_begin, ALWAYS.open_end) == (True, True)


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


def test_a_span_as_text() -> None:
    texts = {
        "2014-01-01/2014-12-31": Span("2014-01-01", "2014-12-31"),
        "2014-01-01?/2014-12-31": Span("2014-01-01", "2014-12-31", open_begin=True),
        "2014-01-01/2014-12-31? attested 2014-02-01 certain 2014-03-01/2014-04-30": Span(
            "2014-01-01", "2014-12-31", "2014-02-01", "2014-03-01", "2014-04-30", open_end=True
        ),
    }
    assert {text: read_span(text) for text in texts} == texts
    assert list(map(str, texts.values())) == list(texts)


def test_a_span_is_closed_unless_said_otherwise() -> None:
    closed = Span("2014-01-01", "2014-12-31")
    assert [closed.on(day) for day in ("2013-12-31", "2015-01-01")] == [OnDay.OUT, OnDay.OUT]


def test_what_has_no_bound_has_no_span() -> None:
    assert span_of(Bounds(), throughout=True, told_until=TOLD_2017) is None


def test_one_day_of_several_alternatives_is_not_certain() -> None:
    a_day = Bounds(FIRST, FIRST, FIRST, FIRST)
    span = span_of(a_day, throughout=False, act=True)
    one_of_several = span_of(a_day, throughout=False, act=True, alternative=True)
    assert span
    assert one_of_several
    assert span.on(FIRST.isoformat()) == OnDay.CERTAIN
    assert one_of_several.on(FIRST.isoformat()) == OnDay.POSSIBLE


def test_a_span_names_no_days_that_it_has_not() -> None:
    """From the latest begin to the earliest end, where that is one day at least."""
    certain = {(1, 3): (day(1).isoformat(), day(3).isoformat()), (2, 2): (day(2).isoformat(),) * 2,
               (3, 1): (None, None)}  # fmt: skip
    for (lb, ee), expected in certain.items():
        span = span_of(Bounds(day(0), day(lb), day(ee), day(4)), throughout=True)
        assert span
        assert (span.certain_from, span.certain_until) == expected
    for le, attested in ((3, day(3).isoformat()), (2, None)):
        span = span_of(Bounds(day(0), day(1), day(2), day(le)), throughout=False)
        assert span
        assert span.attested_from == attested


def test_an_act_does_not_last_whatever_is_said_of_its_coverage() -> None:
    begin, end = FIRST, FIRST + timedelta(days=2)
    span = span_of(Bounds(begin, begin, end, end), throughout=True, act=True)
    assert span
    assert {span.on(day(number).isoformat()) for number in range(3)} == {OnDay.POSSIBLE}


def test_what_may_be_over_on_the_last_of_all_days_is_not_attested_after_it() -> None:
    for until, expected in ((date.max - timedelta(days=1), date.max.isoformat()), (date.max, None)):
        span = span_of(Bounds(FIRST, FIRST, until, date.max), throughout=False)
        assert span
        assert span.attested_from == expected


def test_what_is_told_widens_a_span_whose_end_no_bound_says() -> None:
    """Until the last source, and from the first of the days up to which it is dated."""
    on = FIRST + timedelta(days=3)
    bounds = Bounds(None, on, on, None)
    narrow = span_of(bounds, throughout=True)
    wide = span_of(bounds, throughout=True, told_from=FIRST, told_until=TOLD_2017.replace(2022))
    assert narrow
    assert wide
    assert (narrow.possible_from, narrow.possible_until) == (on.isoformat(), on.isoformat())
    assert (wide.possible_from, wide.possible_until) == (FIRST.isoformat(), "2022-02-19")
    assert (wide.open_begin, wide.open_end) == (True, True)


def state(at: list[int], known: int) -> Span:
    """Return the span of a state of which it is known whether it began, and held for certain."""
    first, attested, begin, end, last = (day(number).isoformat() for number in at)
    sure = ((None, None, None), (attested, None, None), (attested, begin, end))[known]
    return Span(first, last, *sure)


FIVE = st.lists(st.integers(0, 5), min_size=5, max_size=5).map(sorted)
STATES = st.builds(state, FIVE, st.integers(0, 2))
SUREST_FIRST = list(OnDay)


@given(STATES, STATES)
def test_what_holds_together_is_as_sure_as_the_less_sure(one: Span, other: Span) -> None:
    both = one.together(other)
    days = [day(number).isoformat() for number in range(-3, 9)]
    within = [
        on for on in days
        if all(span.possible_from <= on <= span.possible_until for span in (one, other))
    ]  # fmt: skip
    if not within:
        assert both is None
        return
    assert both
    assert (both.possible_from, both.possible_until) == (within[0], within[-1])
    assert read_span(str(both)) == both
    for on in within:
        assert both.on(on) == max(one.on(on), other.on(on), key=SUREST_FIRST.index)


BEGINS_AND_ENDS = [
    # open begins and ends of the outer and of the inner span, and the class before and after both
    ((True, True), (False, False), OnDay.OUT, OnDay.OUT),
    ((False, False), (True, True), OnDay.LATER, OnDay.BEYOND),
    ((True, False), (True, False), OnDay.LATER, OnDay.OUT),
]


@pytest.mark.parametrize("case", BEGINS_AND_ENDS)
def test_the_span_that_begins_last_says_whether_both_are_open(
    case: tuple[tuple[bool, bool], tuple[bool, bool], OnDay, OnDay],
) -> None:
    outer_open, inner_open, before, after = case
    outer = Span("2014-01-01", "2014-12-31", open_begin=outer_open[0], open_end=outer_open[1])
    inner = Span("2014-03-01", "2014-09-30", open_begin=inner_open[0], open_end=inner_open[1])
    for both in (outer.together(inner), inner.together(outer)):
        assert both
        assert (both.on("2013-12-31"), both.on("2015-01-01")) == (before, after)


def test_what_is_not_shown_is_counted_by_class() -> None:
    classes = ["later", "unplaced", "later", "beyond", "certain", "out"]
    assert not_shown(classes, SHOWN_ON_A_DAY) == "1 beyond, 2 later, 1 unplaced"
    assert not_shown(classes, ["certain", "later"]) == "1 beyond, 1 unplaced"
    assert not_shown(["certain", "out"], SHOWN_ON_A_DAY) == ""


# In the cases


BOUNDS = ("earliest_begin", "latest_begin", "earliest_end", "latest_end")


@pytest.fixture(scope="module")
def told(judged: Judged) -> Mapping[str, Mapping[str, Any]]:
    """The qualifiers of every statement of the case."""
    graph = CaseGraph(judged[1], miniature.CODED)
    return {one.id: graph.qualifiers(one.id) for one in judged[0].statements}


def test_the_days_before_a_case_are_empty_but_for_what_is_timeless(
    judged: Judged, told: Mapping[str, Mapping[str, Any]], days: Sequence[str]
) -> None:
    before, _, middle, *_ = days
    shown = {
        day: [key for key, data in told.items() if held(data, day) in SHOWN_ON_A_DAY]
        for day in (before, middle)
    }
    assert all(told[key].get("timeless") for key in shown[before])
    assert len(shown[before]) > 10
    assert len(shown[middle]) > len(shown[before])
    drawn = network(CaseGraph(judged[1], miniature.CODED), "ties", on=before).edges(data=True)
    assert drawn
    assert all(data.get("timeless") for *_, data in drawn)


UP_TO = re.compile(r"\[\.\.([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


def by_bounds(data: Mapping[str, Any], day: str, *, act: bool) -> OnDay:
    """Return the class of a day from the four bounds and the words of the date; one span only."""
    eb, lb, ee, le = (data.get(name) for name in BOUNDS)
    if not any((eb, lb, ee, le)):
        return OnDay.UNPLACED
    dates = " ".join(data.get(name, "") for name in ("when", "begins", "ends"))
    told = [
        "-".join((year, month or "01", one or "01")) for year, month, one in UP_TO.findall(dates)
    ]
    if not eb and day < min(one for one in (lb, ee, *told) if one):
        return OnDay.LATER
    if not le and day > max(one for one in (lb, ee, data.get("told_until")) if one):
        return OnDay.BEYOND
    if (eb and day < eb) or (le and le < day):
        return OnDay.OUT
    throughout = not act and data.get("coverage") != "sometime"
    if (throughout and lb and ee and lb <= day <= ee) or eb == le == day:
        return OnDay.CERTAIN
    begun = not act and lb and lb <= day and (throughout or not ee or ee < day)
    return OnDay.ATTESTED if begun else OnDay.POSSIBLE


def test_statements_are_in_the_classes_that_their_bounds_say(
    judged: Judged, told: Mapping[str, Mapping[str, Any]], days: Sequence[str]
) -> None:
    graph = CaseGraph(judged[1], miniature.CODED)
    seen: Counter[OnDay] = Counter()
    for (key, data), day in product(told.items(), days):
        if data["status"] == "rejected" or any(mark in data.get("when", "") for mark in ",{"):
            continue
        act = graph.predicate(data["predicate"]).aspect == "act"
        expected = OnDay.CERTAIN if data.get("timeless") else by_bounds(data, day, act=act)
        assert held(data, day) == expected, (key, day)
        seen[expected] += 1
    assert set(seen) == set(OnDay)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_ties_are_in_the_classes_of_their_statements(
    judged: Judged, days: Sequence[str], at: int
) -> None:
    graph, day = CaseGraph(judged[1], miniature.CODED), days[at]
    every = network(graph, "ties", on=day, held="all").edges(keys=True, data=True)
    found = {key: data["held"] for *_, key, data in every}
    assert found == {key: held(graph.qualifiers(key), day) for key in found}
    usual = network(graph, "ties", on=day)
    shown = {key for key, now in found.items() if now in SHOWN_ON_A_DAY}
    assert {key for *_, key in usual.edges(keys=True)} == shown
    assert usual.graph["not_shown"] == not_shown(found.values(), SHOWN_ON_A_DAY)


EARLY, MEANWHILE, LATE = "2014-06-01", "2014-08-15", "2016-06-01"
ACTS = {
    # spans of an act, and its class on three days where what was over by then counts
    ("2014-08-01/2014-08-31",): ("out", "possible", "happened"),
    ("2014-01-01/2014-01-31", "2017-01-01/2017-01-31"): ("happened", "happened", "happened"),
    ("2014-01-01/2014-01-31", "2014-08-01/2014-08-31"): ("happened", "possible", "happened"),
    ("2014-08-01/2014-08-31?",): ("out", "possible", "beyond"),
    ("2014-01-01/2014-01-31?", "2017-01-01/2017-01-31"): ("beyond", "beyond", "beyond"),
    (): ("unplaced", "unplaced", "unplaced"),
}


@pytest.mark.parametrize("dated", ACTS)
def test_acts_that_were_over_have_happened(judged: Judged, dated: tuple[str, ...]) -> None:
    graph = CaseGraph(judged[1], miniature.CODED)
    act = {"predicate": "detains", "spans": dated}
    days = (EARLY, MEANWHILE, LATE)
    by = [AsOf(on, SHOWN_ON_A_DAY, by=True) for on in days]
    assert tuple(one.of(graph, act) for one in by) == ACTS[dated]
    for one in by:
        asked_on = one._replace(by=False)
        state = {**act, "predicate": "interlocutorFor"}
        found = held(act, one.day)
        assert [asked_on.of(graph, act), one.of(graph, state)] == [found, found]
    assert {*SHOWN_ON_A_DAY, "happened", LAST_COUNTED} == by[0].shown


FOR_EVER = (b"0001-01-01", b"9999-12-31")


def test_the_ends_of_what_is_timeless_stand_in_the_graph_alone(example: Judged) -> None:
    files: dict[str, bytes] = {}
    for name, contents in outputs(example[1], example[0], ONTOLOGY).items():
        contents.copy_to(held := BytesIO())
        files[name] = held.getvalue()
    found = {name for name, data in files.items() if any(day in data for day in FOR_EVER)}
    assert found <= {"graph.nq", "graph.ttl"}
    assert found


def test_two_that_end_on_one_day_have_an_open_end_only_if_both_have() -> None:
    told, ended = (
        Span("2016-01-01", "2016-02-01", open_begin=yes, open_end=yes) for yes in (True, False)
    )
    for one, other in ((told, ended), (ended, told), (ended, ended)):
        both = one.together(other)
        assert both is not None
        assert (both.open_begin, both.open_end) == (False, False)
    both = told.together(told)
    assert both is not None
    assert (both.open_begin, both.open_end) == (True, True)
