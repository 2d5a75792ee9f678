"""Dates: every form of EDTF that authors may write, its four bounds, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Bounds
from graph.model.bounds import bounds_of
from graph.model.dates import DateError, day, parse

if TYPE_CHECKING:
    from graph.model.bounds import Aspect

WRITTEN = Bounds(date(2017, 2, 13), date(2017, 2, 19), date(2017, 2, 13), date(2017, 2, 19))


def iso(bounds: Bounds) -> tuple[str, ...]:
    return tuple("" if day is None else day.isoformat() for day in bounds)


def bounds(
    when: str = "",
    *,
    begins: str = "",
    ends: str = "",
    aspect: Aspect = "act",
    throughout: bool = False,
) -> tuple[str, ...]:
    return iso(bounds_of(when, begins, ends, aspect=aspect, throughout=throughout, written=WRITTEN))


def held(when: str = "", begins: str = "", ends: str = "") -> tuple[str, ...]:
    """Return the bounds of a state that holds on all days of its date."""
    return bounds(when, begins=begins, ends=ends, aspect="state", throughout=True)


DAYS = [
    # what is written, first and last day that it can mean
    ("2014-05-09", "2014-05-09", "2014-05-09"),
    ("2014-02", "2014-02-01", "2014-02-28"),
    ("2016-02", "2016-02-01", "2016-02-29"),
    ("2014", "2014-01-01", "2014-12-31"),
    ("2014-21", "2014-03-01", "2014-05-31"),
    ("2014-22", "2014-06-01", "2014-08-31"),
    ("2014-23", "2014-09-01", "2014-11-30"),
    ("2014-24", "2014-12-01", "2015-02-28"),
    ("2015-24", "2015-12-01", "2016-02-29"),
    ("2014?", "2014-01-01", "2014-12-31"),
    ("2014-05-09~", "2014-05-08", "2014-05-10"),
    ("2014-03~", "2014-02-01", "2014-04-30"),
    ("2014-12~", "2014-11-01", "2015-01-31"),
    ("2014~", "2013-01-01", "2015-12-31"),
    ("2014%", "2013-01-01", "2015-12-31"),
    ("2014-23~", "2014-06-01", "2015-02-28"),
    ("201X", "2010-01-01", "2019-12-31"),
    ("20XX", "2000-01-01", "2099-12-31"),
    ("2014-XX", "2014-01-01", "2014-12-31"),
    ("2014-05-XX", "2014-05-01", "2014-05-31"),
    ("2014-XX-XX", "2014-01-01", "2014-12-31"),
    ("0001-01-01", "0001-01-01", "0001-01-01"),
    ("9999-12-31", "9999-12-31", "9999-12-31"),
    ("[2014-05,2014-07]", "2014-05-01", "2014-07-31"),
    ("[2014-07,2014-05]", "2014-05-01", "2014-07-31"),
    ("[2014-05..2014-07]", "2014-05-01", "2014-07-31"),
    ("[2014..2016,2015]", "2014-01-01", "2016-12-31"),
    ("[..2014-05]", "", "2014-05-31"),
    ("[..2014,2012]", "", "2014-12-31"),
    ("[2014-05..]", "2014-05-01", ""),
    ("[2012,2014-05..]", "2012-01-01", ""),
]


@pytest.mark.parametrize(("text", "first", "last"), DAYS)
def test_an_act_happened_inside_its_date(text: str, first: str, last: str) -> None:
    assert bounds(text) == (first, last, first, last)


@pytest.mark.parametrize(("text", "first", "last"), [row for row in DAYS if row[0][0] != "["])
def test_a_state_with_one_date_held_on_all_its_days(text: str, first: str, last: str) -> None:
    """How long before and after is not told."""
    assert held(text) == ("", first, last, "")


def test_a_state_that_held_on_some_day_of_its_date() -> None:
    assert bounds("2014", aspect="state") == ("", "2014-12-31", "2014-01-01", "")


@pytest.mark.parametrize("aspect", ["act", "state"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2014/2015", ("2014-01-01", "2014-12-31", "2015-01-01", "2015-12-31")),
        ("2014-05-09/2014-05-09", ("2014-05-09",) * 4),
        ("2014-05/2014-05", ("2014-05-01", "2014-05-31", "2014-05-01", "2014-05-31")),
        ("2014-05~/2014-07", ("2014-04-01", "2014-06-30", "2014-07-01", "2014-07-31")),
        ("../2015", ("", "2015-12-31", "2015-01-01", "2015-12-31")),
        ("/2015", ("", "2015-12-31", "2015-01-01", "2015-12-31")),
        ("/2020-05-12", ("", "2020-05-12", "2020-05-12", "2020-05-12")),
        ("2014/", ("2014-01-01", "2014-12-31", "2014-01-01", "")),
        ("2020-05-12/", ("2020-05-12", "2020-05-12", "2020-05-12", "")),
        ("2014/..", ("2014-01-01", "2014-12-31", "2017-02-13", "")),
        ("2018/..", ("2018-01-01", "2018-12-31", "2018-01-01", "")),
        ("{2012,2014}", ("2012-01-01", "2012-12-31", "2014-01-01", "2014-12-31")),
        ("{2014,2012}", ("2012-01-01", "2012-12-31", "2014-01-01", "2014-12-31")),
        ("{2012..2014}", ("2012-01-01", "2012-12-31", "2014-01-01", "2014-12-31")),
        ("{2010,2012..2014}", ("2010-01-01", "2010-12-31", "2014-01-01", "2014-12-31")),
        ("{..1984}", ("", "1984-01-01", "1984-01-01", "1984-12-31")),
        ("{1984..}", ("1984-01-01", "1984-12-31", "1984-12-31", "")),
        ("{1980,..1984}", ("", "1980-12-31", "1984-01-01", "1984-12-31")),
        ("{..1984,1990..}", ("", "1984-01-01", "1990-12-31", "")),
    ],
)
def test_an_interval_begins_in_one_date_and_ends_in_the_other(
    text: str, expected: tuple[str, ...], aspect: Aspect
) -> None:
    assert bounds(text, aspect=aspect, throughout=aspect == "state") == expected


def test_begins_and_ends_narrow_a_vague_interval() -> None:
    found = held("2014-10~/2016-11~", "[2014-10..2014-12]", "[2016-09..2016-11]")
    assert found == ("2014-10-01", "2014-12-31", "2016-09-01", "2016-11-30")


def test_ends_alone() -> None:
    assert held(ends="2014-05-09") == ("", "2014-05-09", "2014-05-09", "2014-05-09")


def test_begins_alone() -> None:
    assert held(begins="[..2014-08]") == ("", "2014-08-31", "", "")


def test_still_on_when_the_source_was_written() -> None:
    assert held("2013-10/..", ends="[2017-02..]")[2:] == ("2017-02-01", "")


def test_undated() -> None:
    assert bounds() == ("", "", "", "")


@pytest.mark.parametrize(
    ("when", "begins", "ends"),
    [
        ("2014-01/2014-06", "2015-02", ""),
        ("", "2015", "2014"),
        ("2014", "", "2013"),
        ("2014", "2015-02", ""),
    ],
)
def test_what_ends_before_it_begins_is_refused(when: str, begins: str, ends: str) -> None:
    """The last two: what held all through 2014 neither ended in 2013 nor began in 2015."""
    with pytest.raises(DateError):
        held(when, begins, ends)


@pytest.mark.parametrize("key", ["begins", "ends"])
def test_begins_and_ends_take_no_interval(key: str) -> None:
    with pytest.raises(DateError, match=f"{key} takes one date"):
        held("2014", **{key: "2014-01/2014-02"})


WRONG = [
    ("2014-02-30", "2014-02 has days 01 to 28"),
    ("2014-04-31", "days 01 to 30"),
    ("2014-05-00", "days 01 to 31"),
    ("2014-13", "no month 13"),
    ("2014-00", "no month 00"),
    ("2014-20", "no month 20"),
    ("2014-25", "no month 25"),
    ("2014-24-01", "a season has no day"),
    ("0000", "0000"),
    ("2016/2014", "ends before it starts"),
    ("2014-05-02/2014-05-01", "ends before it starts"),
    ("[2016..2014]", "ends before it starts"),
    ("../..", "says nothing"),
    ("/", "says nothing"),
    ("[..]", "says nothing"),
    ("[..2014,2016..]", "open at both ends"),
    ("[..2016,2014..]", "open at both ends"),
    ("[2012,..2014,2016..]", "open at both ends"),
    ("2014/2015/2016", 'more than one "/"'),
    ("[2014", "lacks its closing"),
    ("{2014]", "lacks its closing"),
    ("[]", "is not a date"),
    ("[2014,]", "is not a date"),
    ("", "is not a date"),
    (" 2014", "is not a date"),
    ("2014\n", "is not a date"),
    ("spring 2014", "is not a date"),
    ("14-05-2014", "is not a date"),
    ("2014-5-9", "is not a date"),
    ("2014-05-09T10:00", "write T10:00:00"),
    ("٢٠١٤", "is not a date"),
    ("XXXX", "is not a date"),
    ("2014-1X", "write the month in full, or XX"),
    ("2014-05-1X", "write the day in full, or XX"),
    ("201X-05", "unspecified year"),
    ("2014-XX-09", "2014-XX-09"),
    ("9999~", "9999"),
    ("9999-12~", "9999"),
    ("9999-12-31~", "9999"),
    ("9999-24", "9999"),
    ("0001~", "0001"),
    ("0001-01~", "0001"),
    ("0001-01-01~", "0001"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_wrong_dates_are_refused_with_a_reason(text: str, message: str) -> None:
    with pytest.raises(DateError) as caught:
        parse(text)
    assert message in str(caught.value)


# A day


def test_a_day_is_a_date_or_its_text() -> None:
    for given_ in ("2016-03-15", date(2016, 3, 15), datetime(2016, 3, 15)):
        assert day(given_) == date(2016, 3, 15)
        assert type(day(given_)) is date


@pytest.mark.parametrize(
    "wrong",
    [
        "20160315",
        "2016-W11-2",
        "2016-075",
        "2016-03-15 ",
        "2016-03-15\n",
        "٢٠١٦-٠٣-١٥",
        "2016-02-30",
        "0000-01-01",
        "2016-03",
        "",
        None,
        20160315,
        datetime(2016, 3, 15, 13),
        datetime(2016, 3, 15, tzinfo=UTC),
    ],
)
def test_nothing_else_is_a_day(wrong: object) -> None:
    with pytest.raises(DateError, match="is no day of the calendar; write YEAR-MONTH-DAY"):
        day(wrong)


def test_days_of_pandas() -> None:
    pandas = pytest.importorskip("pandas")
    assert day(pandas.Timestamp("2016-03-15")) == date(2016, 3, 15)
    for wrong in (pandas.NaT, pandas.Timestamp("2016-03-15 13:00")):
        with pytest.raises(DateError):
            day(wrong)


# Properties

YEARS = st.integers(1, 9999).map("{:04d}".format)
PLAIN = st.one_of(
    YEARS,
    st.builds("{}-{:02d}".format, YEARS, st.integers(0, 25)),
    st.builds("{}-{:02d}-{:02d}".format, YEARS, st.integers(0, 13), st.integers(0, 32)),
    st.sampled_from(["201X", "20XX", "1XXX", "2014-XX", "2014-05-XX", "", ".."]),
)
QUALIFIED = st.builds("{}{}".format, PLAIN, st.sampled_from(["", "", "?", "~", "%"]))
RANGES = st.builds("{}..{}".format, QUALIFIED, QUALIFIED)
MEMBERS = st.lists(st.one_of(QUALIFIED, RANGES), min_size=1, max_size=3).map(",".join)
TEXTS = st.one_of(
    QUALIFIED,
    st.builds("{}/{}".format, QUALIFIED, QUALIFIED),
    MEMBERS.map("[{}]".format),
    MEMBERS.map("{{{}}}".format),
    st.text(alphabet="0123456789X-/.[]{},~?% T", max_size=24),
    st.text(max_size=12),
)


@given(TEXTS)
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    try:
        parsed = parse(text)
    except DateError:
        return
    assert parsed.parts
    for span in parsed.parts:
        assert span.first is None or span.last is None or span.first <= span.last


@given(
    when=st.one_of(st.just(""), TEXTS),
    begins=st.one_of(st.just(""), QUALIFIED, MEMBERS.map("[{}]".format)),
    ends=st.one_of(st.just(""), QUALIFIED, MEMBERS.map("[{}]".format)),
    aspect=st.sampled_from(["act", "state"]),
    throughout=st.booleans(),
    written=st.sampled_from([WRITTEN, Bounds()]),
)
def test_bounds_are_ordered(
    when: str, begins: str, ends: str, aspect: Aspect, throughout: bool, written: Bounds
) -> None:
    """Earliest before latest, and nothing ends before it begins."""
    try:
        found = bounds_of(when, begins, ends, aspect=aspect, throughout=throughout, written=written)
    except DateError:
        return
    for left, right in (
        (found.earliest_begin, found.latest_begin),
        (found.earliest_end, found.latest_end),
        (found.earliest_begin, found.earliest_end),
        (found.latest_begin, found.latest_end),
    ):
        assert left is None or right is None or left <= right


# A range is the list of what lies in it


def _every(first: int, last: int, form: str) -> list[str]:
    """Return dates of one precision, from the first number to the last, as EDTF writes them."""
    start = date(2014, 1, 1).toordinal()
    return [
        {
            "day": date.fromordinal(start + 3 * 365 + number).isoformat(),
            "month": f"{2014 + number // 12}-{number % 12 + 1:02d}",
            "season": f"{2014 + number // 4}-{number % 4 + 21}",
            "year": f"{2014 + number}",
            "decade": f"{190 + number}X",
        }[form]
        for number in range(first, last + 1)
    ]


RUNS = st.tuples(st.integers(0, 70), st.integers(1, 9)).map(lambda one: (one[0], one[0] + one[1]))


@given(
    form=st.sampled_from(["day", "month", "season", "year", "decade"]),
    runs=st.lists(RUNS, min_size=1, max_size=3),
    single=st.lists(st.integers(0, 80), max_size=2),
    sign=st.sampled_from(["", "?", "~", "%"]),
    brackets=st.sampled_from(["[]", "{}"]),
    aspect=st.sampled_from(["act", "state"]),
    throughout=st.booleans(),
)
def test_a_range_is_the_list_of_its_members(
    form: str,
    runs: list[tuple[int, int]],
    single: list[int],
    sign: str,
    brackets: str,
    aspect: Aspect,
    throughout: bool,
) -> None:
    alone = [_every(one, one, form)[0] + sign for one in single]
    ends = [(_every(*run, form)[0], _every(*run, form)[-1]) for run in runs]
    ranged = ",".join([*(f"{one}{sign}..{two}{sign}" for one, two in ends), *alone])
    listed = ",".join([*(one + sign for run in runs for one in _every(*run, form)), *alone])
    ranged, listed = (brackets[0] + members + brackets[1] for members in (ranged, listed))
    one, two = (bounds(text, aspect=aspect, throughout=throughout) for text in (ranged, listed))
    assert one == two
    assert parse(ranged).hull == parse(listed).hull


@given(
    st.sampled_from(["day", "month", "season", "year", "decade"]),
    st.integers(1, 40),
    st.integers(1, 9),
)
def test_an_open_range_holds_whatever_the_list_may_hold(form: str, last: int, more: int) -> None:
    """What is told of all that lies before is so of the list of some of it, however long."""
    names = _every(0, last + more, form)
    listed = parse("{" + ",".join(names[: last + 1]) + "}")
    before = bounds("{.." + names[last] + "}", aspect="state")
    of_list = bounds("{" + ",".join(names[: last + 1]) + "}", aspect="state")
    assert before[0] == ""
    assert of_list[1] < before[1] <= before[2] == of_list[2]
    assert before[3] == of_list[3]
    assert listed.hull.last == parse("{.." + names[last] + "}").hull.last
    after = bounds("{" + names[last] + "..}", aspect="state")
    longer = bounds("{" + ",".join(names[last:]) + "}", aspect="state")
    assert after[:2] == longer[:2]
    assert after[1] <= after[2] < longer[2]
    assert after[3] == ""
