"""The count of what followed, held against chance: what the table counts, and when no p is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from occurring import START, at, day, found, span

from graph.analysis.sequences.permutation import Follows, _counted, _dated, follows
from graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.analysis.sequences.records import Occurrence

DAYS_OF_SPAN = 60
SPAN = (day(0), day(99))


def events(role: str, days: Sequence[int], within: str = "town", by: str = "") -> list[Occurrence]:
    letter = {"trigger": "T", "outcome": "O"}[role]
    return [at(f"{letter}{within}{n}", one, within=within, by=by) for n, one in enumerate(days)]


def both(
    triggers: Sequence[int], outcomes: Sequence[int], within: str = "town"
) -> list[Occurrence]:
    return [*events("trigger", triggers, within), *events("outcome", outcomes, within)]


def in_table(occurrences: Sequence[Occurrence], window: int) -> int:
    """Return how many triggers the table calls followed."""
    return sum(found(*occurrences, window=window).followed().values())


def test_a_follower_comes_within_the_window_and_before_the_next_trigger() -> None:
    some = both([10, 20, 30, 40, 98], [10, 23, 34, 97])
    result = follows(some, span=SPAN, within_days=3)
    assert (result.triggers, result.followed) == (5, 2)
    assert result.share == 0.4
    elsewhere = [*events("trigger", [10] * 5), *events("outcome", [11] * 5, "ford")]
    assert follows(elsewhere, span=SPAN, within_days=3).followed == 0


def test_a_pair_is_one_however_many_grounds_it_shares() -> None:
    """What happens in a place and in talks there is moved along as one."""
    days, after = [3, 20, 41, 60, 85], [5, 22, 43, 62, 87]
    one, two = (
        follows(both(days, after, within), span=SPAN, within_days=3, draws=999)
        for within in ("town", "town talks")
    )
    assert (two.triggers, two.outcomes, two.grounds, two.followed) == (5, 5, 1, 5)
    assert (one.p, one.expected) == (two.p, two.expected)


def test_what_others_do_follows_nothing() -> None:
    some = [*events("trigger", [3, 20, 41, 60, 85], by="guard"),
            *events("outcome", [5, 22, 43, 62, 87], by="rebels")]  # fmt: skip
    assert in_table(some, 3) == 0
    result = follows(some, span=SPAN, within_days=3, draws=99)
    assert (result.followed, result.expected, result.p) == (0, 0.0, 1.0)


def test_a_burst_of_triggers_has_one_follower() -> None:
    some = both([10, 11, 12, 13, 14], [16])
    assert in_table(some, 14) == 1
    assert follows(some, span=SPAN, within_days=14).followed == 1


def test_an_event_does_not_follow_itself() -> None:
    some = [at("Ta", 10), replace(at("Oa", 12), event="Ta"), at("Ob", 30)]
    assert in_table(some, 5) == follows(some, within_days=5).followed == 0


def test_what_is_not_dated_to_the_day_is_left_out() -> None:
    some = [*both([10, 20], [11]), at("T9", 30, 31), at("O9", 31, None), at("S", 5, role="series")]
    result = follows(some, within_days=3)
    assert (result.triggers, result.outcomes, result.days) == (2, 1, 11)


NAMES_OF = st.sampled_from(["a", "b", "c", "a b", "b c"])
CASES = st.lists(
    st.tuples(
        st.sampled_from("TO"),
        st.integers(0, 5),
        st.integers(0, DAYS_OF_SPAN - 1),
        NAMES_OF,
        st.sampled_from(["", "", "guard", "rebels", "guard rebels"]),
    ),
    max_size=14,
)


def made_of(rows: Sequence[tuple[str, int, int, str, str]]) -> list[Occurrence]:
    """Return occurrences: several may tell of one event, which may be trigger and outcome alike."""
    return [
        replace(at(f"{kind}{n}", on, within=within, by=by), event=f"event{event}")
        for n, (kind, event, on, within, by) in enumerate(rows)
    ]


@given(CASES, st.integers(1, 20))
def test_the_count_is_that_of_the_table(
    rows: list[tuple[str, int, int, str, str]], window: int
) -> None:
    some = made_of(rows)
    assert follows(some, within_days=window, draws=1).followed == in_table(some, window)


@given(CASES, st.integers(1, 20), st.integers(0, DAYS_OF_SPAN - 1))
def test_each_draw_is_counted_as_the_table_counts(
    rows: list[tuple[str, int, int, str, str]], window: int, by: int
) -> None:
    """All grounds are joined here, so a draw moves all triggers by the same number of days."""
    some = made_of([*rows, ("O", 9, 0, "a b c", "")])
    triggers, outcomes, days = _dated(some, (day(0), day(DAYS_OF_SPAN - 1)))
    counts = _counted(triggers, outcomes, days, window) if triggers else np.zeros(days)
    moved = [
        one if one.role == "outcome" else replace(one, begin=span(place, place))
        for one in some
        for place in [((one.begin.least or START) - START + timedelta(days=by)).days % days]
    ]
    assert counts[by] == in_table(moved, window)


def test_few_get_no_p() -> None:
    result = follows(both([10, 20, 30, 40], [11]), span=SPAN, within_days=3)
    assert (result.followed, result.p, result.expected, result.draws) == (1, None, None, 0)
    assert result.refused == "4 dated to the day among the triggers, fewer than 5"
    five = [10, 20, 30, 40, 50]
    assert "among the outcomes" in follows(both(five, [9]), span=SPAN, within_days=3).refused
    assert "two windows" in follows(both(five, five), span=SPAN, within_days=50).refused
    assert follows([], within_days=3).share is None


def test_shifted_days_have_the_tail_of_all_shifts() -> None:
    triggers, outcomes = [3, 17, 40, 61, 80, 98], [6, 20, 42, 66, 99]
    real = [
        sum(any(0 <= one - (on + by) % 100 <= 2 for one in outcomes) for on in triggers)
        for by in range(100)
    ]
    result = follows(both(triggers, outcomes), span=SPAN, within_days=2, draws=40_000)
    assert result.followed == real[0]
    tail = sum(one >= real[0] for one in real) / 100
    assert result.p == pytest.approx(tail, abs=0.01)
    assert result.expected == pytest.approx(sum(real) / 100, abs=0.02)


def test_places_that_nothing_joins_move_apart() -> None:
    town = ([4, 26, 30, 49, 61, 80], [48, 58, 63, 72, 86, 95])
    ford = ([0, 3, 38, 54, 63, 84], [2, 7, 29, 48, 52, 82])
    some = [*both(*town), *both(*ford, "ford")]
    result = follows(some, span=SPAN, within_days=2, draws=40_000)
    moved = [_counted(*_dated(both(*days), SPAN)[:2], 100, 2) for days in (town, ford)]
    every = np.add.outer(*moved)
    assert (result.grounds, result.followed) == (2, every[0, 0])
    assert result.p == pytest.approx(np.mean(every >= result.followed), abs=0.01)
    assert result.expected == pytest.approx(every.mean(), abs=0.02)


YEAR = 365
ROWS: dict[str, tuple[int, int, int, int]] = {
    # places, events of each kind, first and number of the days on which they happen
    "even, 5 places": (5, 20, 0, YEAR),
    "even, 1 place": (1, 30, 0, YEAR),
    "half a year, 5 places": (5, 20, 90, 180),
    "half a year, 1 place": (1, 30, 90, 180),
    "100 days, 5 places": (5, 20, 90, 100),
    "100 days, 1 place": (1, 10, 90, 100),
}


def simulated(row: str, seed: int) -> Follows:
    """Return the test on triggers and outcomes that have nothing to do with each other."""
    places, number, first, days = ROWS[row]
    rng = np.random.default_rng(seed)
    some = [
        at(f"{kind}{n}", first + int(rng.integers(days)), within=f"place{rng.integers(places)}")
        for kind in "TO"
        for n in range(number)
    ]
    span = (day(0), day(YEAR - 1))
    return follows(some, span=span, within_days=14, draws=199, seed=seed)


@pytest.mark.parametrize("row", ROWS)
def test_a_small_p_is_told_as_seldom_as_it_says(row: str) -> None:
    """Where both kinds happen in the same months none is told; docs/analysis.md has more rows."""
    results = [simulated(row, seed) for seed in range(80)]
    told = [one.p for one in results if one.p is not None]
    assert sum(one <= 0.05 for one in told) <= 0.07 * len(results)
    if row.startswith("even"):
        assert len(told) >= 0.7 * len(results)
    else:
        assert len(told) <= 0.05 * len(results)
        assert "both come in phases" in results[0].refused


def test_phases_of_each_place_are_seen_where_all_together_are_even() -> None:
    rng = np.random.default_rng(5)
    moving = [
        at(f"{kind}{n}", 73 * (n % 5) + int(rng.integers(73)), within=f"place{n % 5}")
        for kind in "TO"
        for n in range(20)
    ]
    assert "both come in phases" in follows(moving, within_days=14).refused


def test_one_kind_may_come_in_phases() -> None:
    rng = np.random.default_rng(3)
    even, phase = rng.integers(0, YEAR, 40).tolist(), rng.integers(100, 160, 20).tolist()
    for some in (both(even, phase), both(phase, even)):
        result = follows(some, span=(day(0), day(YEAR - 1)), within_days=14)
        assert result.p is not None, result.refused
        assert min(result.even) < 0.05


def test_what_truly_follows_is_told() -> None:
    rng = np.random.default_rng(4)
    triggers = rng.choice(YEAR, 25, replace=False)
    after = triggers + rng.integers(1, 4, 25)
    result = follows(both(triggers.tolist(), after.tolist()), within_days=5)
    assert result.p is not None
    assert result.p < 0.01


def test_the_same_seed_gives_the_same_numbers() -> None:
    some = both([1, 17, 39, 60, 85], [2, 20, 45, 61, 90])
    one, two = (follows(order, span=SPAN, within_days=2) for order in (some, some[::-1]))
    assert one == two
    assert one.p is not None


@pytest.mark.parametrize(
    "wrong", [{"span": (day(5), day(1))}, {"within_days": 0}, {"draws": 0}, {"seed": -1}]
)
def test_wrong_numbers_are_refused(wrong: dict[str, object]) -> None:
    given_: dict[str, object] = {"span": SPAN, "within_days": 3, **wrong}
    with pytest.raises(UsageError):
        follows([], **given_)  # type: ignore[arg-type]
