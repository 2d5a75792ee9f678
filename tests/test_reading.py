"""How a coding is measured: agreement beyond chance, and statements drawn by status."""

from __future__ import annotations

import csv
import io
import math
import subprocess
import sys
from typing import TYPE_CHECKING

import miniature
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.uncertainty.agreement import agreement

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = str(miniature.PROJECT / "bench" / "reading.py")


def coded(table: dict[tuple[str, str], int]) -> tuple[list[str], list[str]]:
    """Return two codings with so many units for each pair of categories."""
    pairs = [pair for pair, count in table.items() for _ in range(count)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def test_published_figures() -> None:
    # Gwet 2008, table of 125 subjects in which nearly all are positive.
    gwet = agreement(*coded({("+", "+"): 118, ("+", "-"): 5, ("-", "+"): 2, ("-", "-"): 0}))
    assert gwet.observed == pytest.approx(0.944)
    assert gwet.kappa == pytest.approx(-0.0234, abs=5e-4)
    assert gwet.ac1 == pytest.approx(0.9408, abs=5e-4)
    # Krippendorff 2011, section A: ten units, two observers, binary.
    ones, others = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    found = agreement([str(one) for one in ones], [str(other) for other in others])
    assert found.alpha == pytest.approx(0.095, abs=5e-4)


def test_undefined_is_told_as_such() -> None:
    assert math.isnan(agreement([], []).observed)
    alone = agreement(["right"] * 3, ["right"] * 3)
    assert alone.observed == alone.ac1 == 1
    assert math.isnan(alone.kappa)
    assert math.isnan(alone.alpha)
    assert agreement(["a", ""], ["a", "b"]).units == 1
    with pytest.raises(ValueError, match="zip"):
        agreement(["a"], [])


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_alpha_is_one_less_observed_by_expected_difference(pairs: list[tuple[str, str]]) -> None:
    found = agreement([a for a, _ in pairs], [b for _, b in pairs])
    values = [value for pair in pairs for value in pair]
    differing = sum(a != b for i, a in enumerate(values) for j, b in enumerate(values) if i != j)
    expected = differing / (len(values) * (len(values) - 1))
    if expected:
        assert found.alpha == pytest.approx(1 - (1 - found.observed) / expected)
    else:
        assert math.isnan(found.alpha)


def drawn(public: Path, seed: str, number: int) -> list[dict[str, str]]:
    words = ["--case", miniature.CASE, "--public", str(public), "--number", str(number)]
    done = subprocess.run(
        [sys.executable, SCRIPT, "draw", "--seed", seed, *words],
        capture_output=True,
        text=True,
        check=True,
    )
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_every_status_is_drawn_and_the_seed_decides(public: Path) -> None:
    everything = drawn(public, "a", 10_000)
    some = drawn(public, "a", 12)
    assert len(some) == len({row["statement"] for row in some}) == 12
    assert {row["status"] for row in some} == {row["status"] for row in everything}
    assert some == drawn(public, "a", 12)
    assert some != drawn(public, "b", 12)
    assert all(row["claims"] for row in everything)
