"""Terms are found by what they mean; a slip is found by its letters, another word is not."""

from __future__ import annotations

import re

import miniature
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.lexicon import ANY_KIND, CLASS, PREDICATE, By, Lexicon, see
from graph.reader.schemas import schemas

LEXICON = Lexicon(miniature.ONTOLOGY)
SCHEMAS = schemas(miniature.ONTOLOGY)
PREDICATES = {one.name: one for one in LEXICON.terms if one.sort == PREDICATE}

VERBS = {
    # an ordinary verb of reports: what is proposed for it; nothing where no term fits
    "supports": ["backs"],
    "allyOf": ["sidesWith"],
    "alliedWith": ["sidesWith"],
    "rejects": ["refuses"],
    "liaisesWith": ["coordinatesWith"],
    "signs": ["signatory"],
    "trains": ["backs"],
    "arms": ["sponsors"],
    "meets": ["visits"],
    "observes": ["monitors"],
    "verifies": ["monitors"],
    "blames": ["perpetrator"],
    "accuses": ["perpetrator"],
    "cautions": ["warns"],
    "menaces": ["threatens"],
    "guards": ["protects"],
    "injures": ["wounds"],
    "requestsPermission": ["asksPermissionOf"],
    "marchesInto": ["enters"],
    "comesBackTo": ["returnsTo"],
    "pullsOutOf": ["withdrawsFrom"],
    "displaces": ["expels"],
    "decommissions": ["disarms"],
    "guarantees": ["guarantor"],
    "witnesses": ["witness"],
    "enrols": ["registers"],
    "enrages": ["angers"],
    "denounces": ["condemns"],
    "breaksAwayFrom": ["splitsFrom"],
    "conscripts": ["recruits"],
    "kidnaps": ["abducts"],
    "seizes": ["captures"],
    "retakes": ["recaptures"],
    "handsOver": ["cedes"],
    "blackmails": ["extorts"],
    "isKinOf": ["relatedTo"],
    "notifies": ["informs"],
    "shoots": ["attacks"],
    "denies": [],
    "betrays": [],
    "beseiges": ["besieges"],
    "attakcs": ["attacks"],
    "supported": ["backs"],
    "is besieged by": ["besieges"],
}
KINDS = [
    ("event", "encounter", ["meeting"]),
    ("event", "firefight", ["clash"]),
    ("event", "ceasefire", ["truce"]),
    ("event", "mobilization", ["mobilisation"]),
    ("event", "kidnaping", ["kidnapping"]),
    ("event", "abduction", ["kidnapping"]),
    ("event", "fake news", ["disinformation"]),
    ("event", "weather", []),
    ("place", "hamlet", ["village"]),
    ("place", "barangay", ["localUnit"]),
    ("place", "mosque", ["placeOfWorship"]),
    ("clause", "ceasefire", ["truce"]),
    ("clause", "disarmament", ["decommissioning"]),
    ("actor", "gendarmerie", ["police"]),
    ("actor", "mayor", ["localGovernment"]),
]


def proposed(message: object) -> list[str]:
    text = message() if callable(message) else str(message)
    asked = re.search(r"did you mean (.+?)\?", text)
    return re.findall(r'"([^"]+)"', asked[1]) if asked else []


@pytest.mark.parametrize(("verb", "right"), VERBS.items())
def test_a_wrong_predicate_is_answered_by_sense(verb: str, right: list[str]) -> None:
    wrong = SCHEMAS.statement["predicate"].check(verb)
    assert wrong is not None
    assert proposed(wrong) == right
    if not right:
        assert f"hudna terms {see(verb).partition('terms ')[2]}" in wrong()  # type: ignore[operator]


@pytest.mark.parametrize(("table", "word", "right"), KINDS)
def test_a_wrong_kind_is_answered_from_its_own_list(
    table: str, word: str, right: list[str]
) -> None:
    key = {"clause": "topic", "event": "kind"}.get(table, "kinds")
    schema = getattr(SCHEMAS, table)
    wrong = schema[key].check(word if key == "kind" else [word])
    assert wrong is not None
    assert proposed(wrong) == right


def test_who_blames_is_told_which_stance_to_take() -> None:
    wrong = SCHEMAS.statement["predicate"].check("blames")
    assert "with the stance asserts" in wrong()  # type: ignore[operator,misc]


@given(st.sampled_from(sorted(PREDICATES)), st.integers(0, 30), st.sampled_from("aeiou"))
def test_what_is_hostile_is_never_proposed_for_a_friendly_word(
    name: str, place: int, letter: str
) -> None:
    typed = name[:place] + letter + name[place:]
    signs = {one.called.sign for _, one in LEXICON.found(typed, PREDICATES.values())}
    assert not {1, -1} <= signs


@pytest.mark.parametrize("word", ["seeks", "ready", "power", "rule", "gives", "arms", "side"])
def test_what_is_found_by_one_word_is_of_one_sign(word: str) -> None:
    signs = {one.called.sign for _, one in LEXICON.found(word, PREDICATES.values())}
    assert signs
    assert not {1, -1} <= signs


def test_what_every_definition_has_finds_nothing_by_it() -> None:
    for word in ("subject", "voice"):
        assert len([by for by, _ in LEXICON.found(word) if by is By.DEFINITION]) < 5


def test_synonyms_go_before_definitions_and_letters_are_last() -> None:
    for word in ("combat", "attack", "custody", "besieged", "negotiates", "beseiges"):
        by = [one for one, _ in LEXICON.found(word)]
        assert by
        assert by == sorted(by)
    assert {one for one, _ in LEXICON.found("beseiges")} == {By.LETTERS}


def test_what_a_definition_denies_is_not_found_by_it() -> None:
    names = [one.name for _, one in LEXICON.found("violence", PREDICATES.values())]
    assert "perpetrator" in names
    assert "agent" not in names


def test_synonyms_are_of_one_term_of_a_sort_and_name_no_other() -> None:
    for sort in (PREDICATE, CLASS):
        known = [one for one in LEXICON.terms if one.sort == sort]
        told = [word for one in known for word in one.called.synonyms]
        assert sorted(told) == sorted(set(told))
        labels = {
            key: one.name for one in known for key in (*one.called.keys, *one.called.backward)
        }
        assert {one.name for one in known for w in one.called.synonyms if w in labels} == set()
    for scheme in miniature.ONTOLOGY.kinds:
        members = [one for one in LEXICON.terms if one.sort == ANY_KIND and scheme in one.lists]
        told = [word for one in members for word in one.called.synonyms]
        assert sorted(told) == sorted(set(told))


@pytest.mark.parametrize(
    ("subject", "object_", "inside", "outside"),
    [
        ("Actor", "Place", {"besieges", "controls", "leaves"}, {"backs", "partOf", "perpetrator"}),
        ("State", "State", {"closesBorderWith", "attacks"}, {"heads", "deputisesFor"}),
        ("Event", "", {"perpetrator", "precedes", "hasDeathToll"}, {"besieges"}),
        ("", "value", {"hasSize", "hasDeathToll"}, {"besieges", "stage"}),
        ("Agreement", "kind", {"stage"}, {"fulfilment", "party"}),
    ],
)
def test_predicates_are_chosen_by_what_may_be_at_their_ends(
    subject: str, object_: str, inside: set[str], outside: set[str]
) -> None:
    found = {name for name, one in PREDICATES.items() if LEXICON.fits(one, subject, object_)}
    assert inside <= found
    assert not outside & found


@given(st.text())
def test_any_text_is_looked_up(text: str) -> None:
    LEXICON.found(text)
    assert "\n" not in see(text)
