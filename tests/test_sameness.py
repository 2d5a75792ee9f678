"""What follows from judgements of identity, compared with trying all ways."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from graph.model import Judgement
from graph.model.sameness import DIFFERENT, SAME, UNSURE, Decided

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = ["a", "b", "c", "d", "e", "list:1"]

judgements = st.lists(
    st.builds(
        lambda pair, how, gone: (*pair, how, gone),
        st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True),
        st.sampled_from([SAME, SAME, DIFFERENT, UNSURE]),
        st.booleans() | st.just(False),
    ),
    max_size=9,
)


def made(drawn: Sequence[tuple[str, str, str, bool]]) -> list[Judgement]:
    """Return judgements of drawn pairs; the side of a list stands outside of the case."""
    found = []
    for number, (one, other, how, gone) in enumerate(drawn):
        left, right = sorted((one, other), key=lambda name: ":" in name)
        outside = ":" in right
        found.append(
            Judgement(
                id=f"j{number}",
                left=left,
                right="" if outside else right,
                outside=right if outside else "",
                judgement=how,
                withdrawn=date(2026, 1, 1) if gone else None,
            )
        )
    return found


def reached(drawn: Sequence[tuple[str, str, str, bool]]) -> dict[tuple[str, str], bool]:
    """Return by brute force which pairs are one: paths of up to all things are tried."""
    one = {(name, name) for name in NAMES}
    for left, right, how, gone in drawn:
        if how == SAME and not gone:
            one |= {(left, right), (right, left)}
    for _ in NAMES:
        one |= {(a, d) for (a, b), (c, d) in product(one, one) if b == c}
    return {pair: pair in one for pair in product(NAMES, NAMES)}


@given(judgements)
def test_what_follows_is_what_all_ways_give(drawn: list[tuple[str, str, str, bool]]) -> None:
    decided = Decided(made(drawn))
    one = reached(drawn)
    apart = {
        pair
        for left, right, how, gone in drawn
        if how == DIFFERENT and not gone
        for pair in one
        if (one[pair[0], left] and one[pair[1], right])
        or (one[pair[0], right] and one[pair[1], left])
    }
    unsure = {frozenset(row[:2]) for row in drawn if row[2] == UNSURE and not row[3]}
    for left, right in one:
        expected = ""
        if (left, right) in apart:
            expected = DIFFERENT
        elif one[left, right]:
            expected = SAME
        elif frozenset((left, right)) in unsure:
            expected = UNSURE
        assert decided.between(left, right) == expected
    assert decided.one_with("a") == {name for name in NAMES if one["a", name]}


@given(judgements)
def test_each_contradiction_is_told_with_a_chain_that_joins_both(
    drawn: list[tuple[str, str, str, bool]],
) -> None:
    one = reached(drawn)
    told = list(Decided(made(drawn)).contradictions())
    wrong = [row for row in drawn if row[2] == DIFFERENT and not row[3] and one[row[0], row[1]]]
    assert len(told) == len(wrong)
    for different, chain in told:
        at, end = different.sides
        for step in chain:
            assert step.judgement == SAME
            assert step.counts
            assert at in step.sides
            at = next(side for side in step.sides if side != at)
        assert at == end
