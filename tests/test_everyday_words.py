"""Words of reports and speeches are answered at first sight, and never by their opposite."""

from __future__ import annotations

import miniature
import pytest
from everyday import SPEECH, WORDS

from graph.authoring.words import looked_up
from graph.model.lexicon import CLASS, Lexicon
from graph.reader.cues import spoken

LEXICON = Lexicon(miniature.ONTOLOGY)
KNOWN = {one.name: one for one in LEXICON.terms}
FIRST = 4
"""So many terms are seen at first sight."""


@pytest.mark.parametrize(("word", "right"), WORDS.items())
def test_a_word_of_reports_finds_its_term(word: str, right: str) -> None:
    assert {*right.split()} <= KNOWN.keys()
    found = [one.term for one in looked_up(LEXICON, word)[:FIRST]]
    best = next((one for one in found if one.name in right.split()), None)
    assert best, f"{word}: {right} wanted, {[one.name for one in found]} found"
    others = {one.called.sign for one in found}
    assert -best.called.sign not in others - {0}, f"{word}: also its opposite"


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
