"""The forms of a word have one stem, whatever the country; other words have another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.stems import stem


@pytest.mark.parametrize(
    "forms",
    [
        "attacks attack attacked attacking",
        "flees fled flee",
        "shot shoot shoots shooting",
        "overthrown overthrows overthrew",
        "takes took taking taken take",
        "deploys deployed deploying",
        "destroy destroyed destroys",
        "brokers brokered",
        "mobilises mobilizes mobilisation mobilization mobilised",
        "normalise normalisation normalizing",
        "paralyses paralyzed paralyse",
        "neighbour neighbor neighbors neighbours",
        "honoured honors",
        "defence defense",
        "centre centers",
        "programme programs",
        "travelled traveled travels",
        "stopped stops stopping",
        "accompanied accompanies accompany",
        "parties party",
        "clashes clash clashed",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(one) for one in forms.split()}) == 1, [stem(one) for one in forms.split()]


@pytest.mark.parametrize(
    "words",
    ["not note", "organisation organiser", "found find", "need nee", "four for", "size sea",
     "government govern", "status statu", "crisis cris", "station stat", "speed spe"],
)  # fmt: skip
def test_other_words_have_other_stems(words: str) -> None:
    one, other = words.split()
    assert stem(one) != stem(other)


@given(st.text())
def test_any_word_has_a_stem_that_is_no_longer(word: str) -> None:
    assert len(stem(word)) <= len(word) + 1
