"""Words of reports and speeches are answered at first sight, and never by their opposite."""

from __future__ import annotations

import re

import miniature
import pytest
from everyday import ADVICE, SPEECH, WORDS

from graph.authoring.words import advised, looked_up
from graph.model.lexicon import CLASS, By, Lexicon
from graph.reader.cues import spoken

LEXICON = Lexicon(miniature.ONTOLOGY)
KNOWN = {one.name: one for one in LEXICON.terms}
FIRST = 4
"""So many terms are seen at first sight."""


@pytest.mark.some(3)
@pytest.mark.parametrize(("word", "right"), WORDS.items())
def test_a_word_of_reports_finds_its_term(word: str, right: str) -> None:
    assert {*right.split()} <= KNOWN.keys()
    found = [one.term for one in looked_up(LEXICON, word)[:FIRST]]
    best = next((one for one in found if one.name in right.split()), None)
    assert best, f"{word}: {right} wanted, {[one.name for one in found]} found"
    others = {one.called.sign for one in found}
    assert -best.called.sign not in others - {0}, f"{word}: also its opposite"


@pytest.mark.parametrize(("word", "named"), ADVICE.items())
def test_advice_on_a_word_of_reports_names_its_terms(word: str, named: str) -> None:
    assert {*named.split()} <= KNOWN.keys()
    assert {*named.split()} <= {*re.findall(r"\w+", advised(word))}


@pytest.mark.parametrize("word", SPEECH)
def test_a_verb_of_speech_tells_the_stance(word: str) -> None:
    told = [one.cue for one in looked_up(LEXICON, word) if one.cue]
    assert told, word
    assert "certainty" in told[0]


def test_a_cue_gives_no_term_of_another_list() -> None:
    (list_,) = {one.term.lists for one in looked_up(LEXICON, "calls on", listed="stance")}
    assert list_ == ("stances",)
    assert not [one for one in looked_up(LEXICON, "state") if one.cue and one.term.sort == CLASS]


@pytest.mark.parametrize("word", ["", "of", "the", "orders of magnitude", "not", "call a spade"])
def test_a_part_of_a_cue_is_none(word: str) -> None:
    assert not spoken(word)


@pytest.mark.parametrize(
    "phrase", ["end of the siege", "denial of access", "no support", "lack of supplies"]
)
def test_what_a_phrase_denies_is_not_found_by_its_words(phrase: str) -> None:
    assert not [one for one in looked_up(LEXICON, phrase) if one.by is By.WORD]


@pytest.mark.parametrize("phrase", ["arms transfer", "attack on a hospital", "supports the truce"])
def test_what_single_words_find_is_of_one_sign_and_tells_which_word(phrase: str) -> None:
    found = looked_up(LEXICON, phrase)
    assert {one.by for one in found} == {By.WORD}
    assert all(one.cue in phrase.split() for one in found)
    assert len({one.term.called.sign for one in found} - {0}) <= 1


def test_a_part_of_a_phrase_goes_before_its_single_words() -> None:
    found = looked_up(LEXICON, "recognises the competence of the court")
    assert [one.term.name for one in found][:2] == ["acceptsAuthorityOf", "court"]
    assert not looked_up(LEXICON, " ".join(["the court rules"] * 5))
