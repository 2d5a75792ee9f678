"""Clock times: what is read, what is refused, and which of two times comes first."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import UsageError
from graph.model import Bounds
from graph.model.bounds import begin_and_end, bounds_of
from graph.model.dates import DateError, Stretch, day, parse
from graph.model.spans import spans_of
from graph.network.projection import network
from graph.read.period_words import period
from graph.read.select import Graph

if TYPE_CHECKING:
    from miniature import Judged

    from graph.model.bounds import Aspect

OFFSETS = st.none() | st.integers(-14 * 60, 14 * 60)
TIMES = st.builds(
    lambda one, ahead: one.replace(
        microsecond=0, tzinfo=None if ahead is None else timezone(timedelta(minutes=ahead))
    ),
    st.datetimes(datetime(2016, 8, 30), datetime(2016, 9, 3)),
    OFFSETS,
)
WHOLE = timedelta(seconds=59)
FARTHEST = timedelta(hours=14)


def edtf(one: datetime) -> str:
    """Return a time as EDTF writes it; half of those of UTC with a Z."""
    text = one.isoformat()
    return text.replace("+00:00", "Z") if one.minute % 2 else text


def span(text: str) -> Stretch:
    return parse(text).hull


def spans(when: str, aspect: Aspect) -> object:
    return spans_of(when, "", "", aspect=aspect, throughout=True, written=Bounds())


def certainly_before(one: datetime, other: datetime) -> bool:
    """Return the same by the arithmetic of ``datetime``: days first, then the clock."""
    if one.date() != other.date():
        return one.date() < other.date()
    last = one if one.second else one + WHOLE
    if one.tzinfo is None and other.tzinfo is None:
        return last < other
    latest = last.replace(tzinfo=UTC) + FARTHEST if one.tzinfo is None else last
    earliest = other.replace(tzinfo=UTC) - FARTHEST if other.tzinfo is None else other
    return latest < earliest


@given(TIMES)
def test_a_time_stands_for_the_day_that_is_written(one: datetime) -> None:
    text = edtf(one)
    assert spans(text, "act") == spans(str(one.date()), "act")
    assert spans(text, "state") == spans(str(one.date()), "state")
    clock = span(text).first_clock
    assert clock is not None
    offset = None if clock.offset is None else timedelta(minutes=clock.offset)
    assert (clock.second, offset) == (
        one.hour * 3600 + one.minute * 60 + one.second,
        one.utcoffset(),
    )


@given(TIMES, TIMES)
def test_what_comes_first_for_certain(one: datetime, other: datetime) -> None:
    assert span(edtf(one)).before(span(edtf(other))) == certainly_before(one, other)


@given(TIMES, TIMES, TIMES)
def test_the_order_is_strict_and_transitive(a: datetime, b: datetime, c: datetime) -> None:
    one, two, three = (span(edtf(each)) for each in (a, b, c))
    assert not one.before(one)
    assert not (one.before(two) and two.before(one))
    assert not (one.before(two) and two.before(three)) or one.before(three)


@given(TIMES, TIMES)
def test_an_interval_that_ends_before_it_starts_is_refused(a: datetime, b: datetime) -> None:
    text = f"{edtf(a)}/{edtf(b)}"
    if certainly_before(b, a):
        with pytest.raises(DateError, match="ends before it starts"):
            parse(text)
    else:
        assert span(text) == Stretch(a.date(), b.date(), span(edtf(a)).first_clock,
                                     span(edtf(b)).last_clock)  # fmt: skip


@pytest.mark.parametrize(
    ("time", "message"),
    [
        ("T25:00:00", "there is no hour 25; hours are 00 to 23"),
        ("T24:00:00", "write midnight as T00:00:00 of the day that begins"),
        ("T24:00:01", "there is no hour 24"),
        ("T14:60:00", "there is no minute 60"),
        ("T23:59:60", "leap seconds cannot be used"),
        ("T14:30:61", "there is no second 61"),
        ("T14:30", "write T14:30:00"),
        ("T14", "write T14:00:00"),
        ("T14:30+03:00", "write T14:30:00+03:00"),
        ("T143000", "as in T14:30:00"),
        ("Tnoon", "as in T14:30:00"),
        ("T", "as in T14:30:00"),
        ("t14:30:00", "capital T"),
        (" 14:30:00", "capital T"),
        ("T14:30:00z", "capital letter"),
        ("T14:30:00.5", "fractions"),
        ("T14:30:00,5", "fractions"),
        ("T14:30:00+14:01", "run from -14:00 to +14:00"),
        ("T14:30:00-15", "run from -14:00 to +14:00"),
        ("T14:30:00+03:60", "run from -14:00 to +14:00"),
        ("T14:30:00-00:00", "write Z"),
        ("T14:30:00+0300", "write Z, +03 or +03:00"),
        ("T14:30:00 +03:00", "write Z, +03 or +03:00"),
        ("T14:30:00~", "write a set"),
        ("T14:30:00Z?", "write a set"),
        ("T14:30:00T15:00:00", "write Z, +03 or +03:00"),
    ],
)
def test_what_is_no_time_is_refused_with_what_would_be_right(time: str, message: str) -> None:
    with pytest.raises(DateError) as caught:
        parse(f"2016-09-01{time}")
    assert message in str(caught.value)


@pytest.mark.parametrize("date", ["2016", "2016-09", "2016-09-XX", "2016-22", "2016-09-01~"])
def test_a_time_follows_a_whole_day(date: str) -> None:
    with pytest.raises(DateError, match="a clock time follows a whole day"):
        parse(f"{date}T14:30:00")


def test_a_range_of_times_is_no_list_of_days() -> None:
    with pytest.raises(DateError, match="START/END"):
        parse("{2016-09-01T10:00:00..2016-09-01T12:00:00}")


def test_what_asks_for_a_day_takes_no_time(example: Judged) -> None:
    with pytest.raises(DateError, match="a day is asked for, as in 2016-09-01"):
        day("2016-09-01T14:30:00")
    with pytest.raises(UsageError, match="asked for in days"):
        network(Graph(example[1], "mill"), "ties", during="2016-09-01T14:30:00/2016-09-02")


@pytest.mark.parametrize(
    ("when", "begins", "ends", "key"),
    [
        ("2016-09-01", "2016-09-01T15:00:00", "2016-09-01T14:00:00", "ends"),
        ("2016-09-01T14:30:00", "2016-09-01T15:00:00", "", "begins"),
        ("2016-09-01T14:30:00/2016-09-02", "2016-09-01T14:00:00", "", "begins"),
        ("../2016-09-01T14:30:00", "", "2016-09-01T14:31:00", "ends"),
        ("", "2016-09-01T15:00:00Z", "2016-09-01T17:00:00+03:00", "ends"),
    ],
)
def test_times_that_contradict_each_other_are_refused(
    when: str, begins: str, ends: str, key: str
) -> None:
    with pytest.raises(DateError) as caught:
        spans_of(when, begins, ends, aspect="act", throughout=False, written=Bounds())
    assert caught.value.key == key


def in_words(when: str = "", begins: str = "", ends: str = "", *, state: bool = False) -> str:
    """Return the words for a date, as for a statement of a table."""
    found = bounds_of(when, begins, ends, aspect="state" if state else "act",
                      throughout=state, written=Bounds())  # fmt: skip
    days = {name: str(one) for name, one in found._asdict().items() if one}
    return period({"when": when, "begins": begins, "ends": ends, **days})


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2016-09-01T14:30:00", "on 1 September 2016 at 14:30"),
        ("2016-09-01T14:30:20", "on 1 September 2016 at 14:30:20"),
        ("2016-09-01T14:30:00+03:00", "on 1 September 2016 at 14:30 (UTC+3)"),
        ("2016-09-01T14:30:00-04:30", "on 1 September 2016 at 14:30 (UTC-4:30)"),
        ("2016-09-01T14:30:00Z", "on 1 September 2016 at 14:30 (UTC)"),
        ("[2016-09-01T14:00:00..2016-09-01T15:00:00]",
         "on 1 September 2016, between 14:00 and 15:00"),
        ("[..2016-09-01T15:00:00]", "by 1 September 2016 at 15:00"),
        ("[2016-09-01..2016-09-01T15:00:00]", "on 1 September 2016, by 15:00"),
        ("[2016-09-01T15:00:00..2016-09-01]", "on 1 September 2016, from 15:00 on"),
        ("2016-09-01T08:00:00/2016-09-01T13:00:00",
         "began on 1 September 2016 at 08:00; ended on 1 September 2016 at 13:00"),
        ("2016-09-01T08:00:00/2016-09-03",
         "began on 1 September 2016 at 08:00; ended on 3 September 2016"),
    ],
)  # fmt: skip
def test_times_in_words(when: str, words: str) -> None:
    assert in_words(when) == words


def test_the_time_of_a_state_in_words() -> None:
    told = "on 1 September 2016 at 14:30; beginning and end are not told"
    assert in_words("2016-09-01T14:30:00", state=True) == told


def test_begins_and_ends_give_the_times_of_a_day() -> None:
    found = begin_and_end("2016-09-01", "2016-09-01T08:00:00", "[..2016-09-01T13:00:00]",
                          Bounds(*[date(2016, 9, 1)] * 4))  # fmt: skip
    clocks = [(one.first_clock, one.last_clock) for one in found]
    at = {hour: span(f"2016-09-01T{time(hour)}").first_clock for hour in (8, 13)}
    assert clocks == [(at[8], at[8]), (at[8], at[13])]
