"""The one splitter: places of sentences, what ends one, and cutting them otherwise by hand."""

from __future__ import annotations

import unicodedata

import miniature
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import reader
from graph.errors import UsageErrors
from graph.reader.sentences import Sentence, fingerprint, recut, sentences

WHOLE = [
    "Brig. Gen. Cruz met Gov. Hataman and Dr. J. R. Smith of Brgy. Ulitan at 4 p.m. on Friday.",
    "The U.S. Army and Acme Ltd. Group wrote Art. 5 and para. 3 of No. 7 on Nov. 8 for Rs. 500.",
    "It cost 3.5 million, see p. 12 and www.example.org, write to a.b@example.org.",
    '"Why?" he asked, and "Stop!" she said... and left.',
    "All (?) of them (!) went on … to the ford.",
    "1. The sides withdraw.",
    "(a) Nothing is said.",
    "IV. The sides meet.",
    "The terms: 1. Both withdraw.",
    "قال د. أحمد إن الأمر واضح (ص. 12) عند أ.د. محمد.",
    "قال: «هل أنت هنا؟»",
    "انتظر ... ثم عاد.",
    "Si G. Cruz ay umalis noong Nob. 8.",
    "M. Dupont est parti.",
    "No end at all",
]
"""Each is one sentence, however many dots it has."""

PARTED = [
    ["He came at 4 p.m.", "The rest stayed in the U.S.", "They slept."],
    ["It was Plan B.", "The truce held.[12]", "Nobody spoke.¹", "Then fire."],
    ["“They left.”", "He agreed (he said so.)", "'No.'", "Yes!"],
    ["He said no.", "In all 300 left.", "5,000 stayed."],
    ["He left…", "Then nothing.", "Wait . . .", "What?!", "Well."],
    ["هل جاء؟", "نعم!", "عام 2014 م.", "ثم عاد.\u200f", "انتهى."],
    ["یہ ایک ہے۔", "دوسرا۔"],
    ["Return of all.", "a) Nothing.", "b) None."],
    ["Он ушёл в 2014 г.", "Потом пришёл."],
    ["«Il est là. »", "Puis rien."],
]
"""Each is a paragraph of so many sentences."""


def words(text: str) -> list[str]:
    return [text[one.start : one.end] for one in sentences(text)]


@pytest.mark.parametrize("text", WHOLE)
def test_a_dot_is_no_end(text: str) -> None:
    assert words(text) == [text]


@pytest.mark.parametrize("parts", PARTED, ids=lambda parts: parts[0])
def test_an_end_is_one(parts: list[str]) -> None:
    assert words(" ".join(parts)) == parts


def test_some_scripts_need_no_space() -> None:
    assert words("ہے۔دوسرا۔") == ["ہے۔", "دوسرا۔"]
    assert words("中文。第二句。") == ["中文。", "第二句。"]


def test_english_i_is_no_sign_of_a_beginning() -> None:
    assert len(words("We … I mean you. Then … Nothing.")) == 3


def test_a_paragraph_is_a_line_that_is_not_blank() -> None:
    text = "Head\n\n \t\n\u200f\nOne. Two.\r\nThree.\u2028Four.\n"
    assert [one.number for one in sentences(text)] == ["1.1", "2.1", "2.2", "3.1", "4.1"]


def test_the_index_of_the_example_comes_out_of_its_texts() -> None:
    for source in reader.read(miniature.FOLDER, miniature.ONTOLOGY).sources:
        text = (miniature.TEXTS / f"{source.id}.txt").read_text("utf-8")
        made = [(n, a, b, fingerprint(text[a:b])) for n, a, b in sentences(text)]
        assert made == [(p.sentence, p.start, p.end, p.sha256) for p in source.passages]


ANY = st.text(
    st.one_of(
        st.sampled_from("aAIé.!?…؟۔。\"'”»«()[]1٣ \n\r\t\u2028\u200f\u0301\ufeff\x00\x0cدم,:;-"),
        st.characters(),
    ),
    max_size=200,
)


@given(ANY)
def test_sentences_are_apart_in_order_and_hold_all_that_is_seen(text: str) -> None:
    found = sentences(text)
    end = 0
    left = []
    for one in found:
        assert end <= one.start < one.end <= len(text)
        said = text[one.start : one.end]
        assert said == said.strip()
        assert len(said.splitlines()) == 1
        left.append(text[end : one.start])
        end = one.end
    left.append(text[end:])
    assert all(
        sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf") for sign in "".join(left)
    )


@given(ANY)
def test_numbers_count_lines_that_are_seen(text: str) -> None:
    lines = [
        line
        for line in text.splitlines()
        if any(not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf") for c in line)
    ]
    numbers = [one.number.split(".") for one in sentences(text)]
    assert sorted({int(paragraph) for paragraph, _ in numbers}) == list(range(1, len(lines) + 1))
    for paragraph in {one for one, _ in numbers}:
        own = [int(place) for other, place in numbers if other == paragraph]
        assert own == list(range(1, len(own) + 1))


@given(ANY, st.integers(0, 40), st.text("\U0001f600é\u0301", max_size=3))
def test_offsets_count_code_points(text: str, times: int, before: str) -> None:
    line = f"{before * times}x\n"
    moved = [(one.start - len(line), one.end - len(line)) for one in sentences(line + text)[1:]]
    assert moved == [(one.start, one.end) for one in sentences(text)]


@pytest.mark.parametrize(
    "unit", [". ", "a. ", "1. ", "؟", "»", "((", ".\u200f", "A.B.", "\u0301", " "]
)
def test_a_huge_line_is_cut_in_time(unit: str) -> None:
    """Quadratic work would not end here."""
    text = "Word " + unit * (400_000 // len(unit)) + " End"
    found = sentences(text)
    assert found[-1].end == len(text)


def test_by_hand_all_numbers_are_those_that_are_shown() -> None:
    text = "One. Two. Three.\nFour five six."
    made = recut(text, sentences(text), ["1.1"], ["2.1:5", "1.3:2"])
    assert made == [
        Sentence("1.1", 0, 9),
        Sentence("1.2", 10, 12),
        Sentence("1.3", 12, 16),
        Sentence("2.1", 17, 21),
        Sentence("2.2", 22, 31),
    ]
    assert [text[one.start : one.end] for one in made][1:3] == ["Th", "ree."]


def test_what_cannot_be_cut_is_told_all_at_once() -> None:
    text = "One. Two."
    with pytest.raises(UsageErrors) as caught:
        recut(text, sentences(text), ["1.2", "7.1"], ["1.1:0", "1.1:4", "1.1", "9.9:2"])
    assert len(caught.value.lines) == 6


@given(ANY, st.data())
def test_joining_undoes_cutting(text: str, data: st.DataObject) -> None:
    found = sentences(text)
    fit = [one for one in found if len(text[one.start : one.end]) > 1]
    if not fit:
        return
    one = data.draw(st.sampled_from(fit))
    at = data.draw(st.integers(1, one.end - one.start - 1))
    made = recut(text, found, (), [f"{one.number}:{at}"])
    assert len(made) == len(found) + 1
    assert recut(text, made, [one.number]) == found
