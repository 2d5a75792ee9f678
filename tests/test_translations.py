"""Words in other languages are whole: of terms, times and figures, and of the page itself."""

from __future__ import annotations

import re
from collections import Counter
from string import Formatter
from typing import TYPE_CHECKING

import miniature
import pytest
from babel import Locale
from hypothesis import given
from rdflib import SKOS as RDF_SKOS
from test_date_words import coded_dates
from test_languages import NAMES, case_with_names
from test_ontology import (
    CLASSES,
    CONCEPTS,
    PREDICATES,
    SCHEMES,
    TERMS,
    label,
    repeated,
    short,
)

from graph.analysis.sequences import WORDS
from graph.analysis.sequences.sequence import sequence, sequences
from graph.analysis.sequences.words import record
from graph.brief.telling import WORDS as BRIEF
from graph.model import Stance, Statement, specs, vocabulary
from graph.model.frames import frames_of
from graph.model.patterns import OBJECT, SUBJECT
from graph.model.terms import HUD, KIND, RDFS, SKOS
from graph.model.translations import TermWords, translated
from graph.read.date_words import date_in_words
from graph.read.notices import WORDS as NOTICES
from graph.read.period_words import day_in_words, period
from graph.read.select import Graph
from graph.read.time_words import spoken, time_words
from graph.read.wording import UNTOLD
from graph.viewer.payload import payload
from graph.viewer.words import OFFERED, table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graph.viewer.payload import Payload

OTHERS = [tag for tag in OFFERED if tag != "en"]
LATIN = re.compile("[A-Za-z]")
IN_LATIN = re.compile(
    r"(?<![A-Za-z])(CSV|Ctrl|EDTF|End|English|Enter|Esc|Escape|Home|HTML|Hudna|hudna|JavaScript|JSON|n|p"
    r"|PNG|Shift|SPARQL|SVG|Tab|TOML|Turtle|URL|WebGL|x|y)(?![A-Za-z])"
)
"""What is in Latin letters in all languages: keys, forms, and a language by its own name."""


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def texts(entry: str | Mapping[str, str]) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


def test_a_language_has_words_for_all_or_for_nothing() -> None:
    assert OTHERS == ["ar"]
    assert set(OTHERS) == set(translated()) == set(spoken()) - {"en"}


# --- the page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", OFFERED)
def test_tables_have_the_same_keys_in_order(tag: str) -> None:
    assert list(table(tag)) == sorted(table("en"))


@pytest.mark.parametrize("tag", OFFERED)
def test_texts_have_the_same_places(tag: str) -> None:
    for key, entry in table(tag).items():
        english = {name for text in texts(table("en")[key]) for name in places(text)}
        told = {name for text in texts(entry) for name in places(text)}
        assert told == english, key
        # A number may be told in words: "one", "two".
        for text in texts(entry):
            assert english - places(text) <= {"n"}, f"{key}: {text}"


@pytest.mark.parametrize("tag", OFFERED)
def test_plurals_are_those_of_the_language(tag: str) -> None:
    wanted = Locale(tag).plural_form.tags | {"other"}
    for key, entry in table(tag).items():
        assert isinstance(entry, str) == isinstance(table("en")[key], str), key
        if not isinstance(entry, str):
            assert set(entry) == wanted, key


@pytest.mark.parametrize("tag", OTHERS)
def test_texts_are_translated(tag: str) -> None:
    """Names of formats and of standards are in Latin letters in all languages."""
    for key, entry in table(tag).items():
        for text in texts(entry):
            rest = IN_LATIN.sub("", re.sub(r"\{\w+\}", "", text))
            assert not LATIN.search(rest), f"{key}: {text}"


def test_what_no_source_names_is_called_the_same_everywhere() -> None:
    assert table("en")["sentence.untold"] == UNTOLD


# --- the ontology --------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", OTHERS)
def test_every_term_that_can_be_shown_has_a_label(tag: str) -> None:
    words = TermWords.of(tag)
    fields = [field.term for field in specs(Statement) if field.term.startswith(HUD)]
    shown = [str(one) for one in (*CLASSES, *PREDICATES, *CONCEPTS, *SCHEMES)]
    assert [short(iri) for iri in shown if not words.term(iri)] == []
    told = {field for field in fields if words.term(field)}
    assert {short(one) for one in told} >= {"begins", "ends", "condition", "extent"}


@pytest.mark.parametrize("tag", OTHERS)
def test_no_word_is_for_what_is_no_term(tag: str) -> None:
    known = vocabulary.load().texts
    for iri, said in TermWords.of(tag).texts.items():
        assert iri in known, f"{short(iri)} is no term"
        allowed = {SKOS + "prefLabel"} if iri.startswith(KIND) else {
            RDFS + "label", HUD + "inverseLabel", HUD + "sentencePattern", HUD + "inversePattern",
        }  # fmt: skip
        assert set(said) <= allowed, short(iri)
        for text in said.values():
            assert text == text.strip() != ""
            assert not LATIN.search(text.replace(SUBJECT, "").replace(OBJECT, "")), text


@pytest.mark.parametrize("tag", OTHERS)
def test_predicates_are_said_from_the_ends_that_they_have(tag: str) -> None:
    known, words = vocabulary.load().texts, TermWords.of(tag)
    for iri in map(str, PREDICATES):
        english, said = known[iri], words.texts[iri]
        assert (HUD + "inverseLabel" in english) == (HUD + "inverseLabel" in said), short(iri)
        for term in ("sentencePattern", "inversePattern"):
            if (clause := said.get(HUD + term)) is not None:
                saying = english.get(HUD + term, [f"{SUBJECT} {OBJECT}"])[0]
                assert places(clause) == places(saying), short(iri)


@pytest.mark.parametrize("tag", OTHERS)
def test_labels_of_a_sort_differ(tag: str) -> None:
    words = TermWords.of(tag)
    kinds = ([one for one in CONCEPTS if (one, RDF_SKOS.inScheme, of) in TERMS] for of in SCHEMES)
    for terms in (CLASSES, PREDICATES, SCHEMES, *kinds):
        assert repeated(words.term(str(one)) for one in terms) == []


def test_english_stays_the_label_of_every_term() -> None:
    """Words of other languages are no part of the ontology that graphs hold."""
    for quad in vocabulary.load().quads:
        assert getattr(quad.object, "language", None) in (None, "en")
    assert all(label(one) for one in CLASSES)


# --- times and figures ---------------------------------------------------------------------------


@pytest.mark.parametrize("tag", spoken())
def test_words_for_times_have_the_same_keys_and_places(tag: str) -> None:
    told, english = time_words(tag), time_words("en")
    assert list(told.frames) == list(english.frames)
    assert len(set(told.months)) == 12
    assert "|".join(told.months) == table(tag)["time.months"]
    for key, frame in told.frames.items():
        more = {"1"} if key == "decade" else set()
        assert places(frame) ^ places(english.frames[key]) <= more, key


@pytest.mark.parametrize("tag", OTHERS)
@given(text=coded_dates())
def test_dates_are_told_without_latin_letters(tag: str, text: str) -> None:
    told = date_in_words(text, tag)
    assert not LATIN.search(told)
    if "X" not in text:
        assert re.findall("[0-9]{4}", told) == re.findall("[0-9]{4}", date_in_words(text))


@pytest.mark.parametrize("tag", OTHERS)
@given(one=coded_dates(), other=coded_dates())
def test_two_dates_have_different_words(tag: str, one: str, other: str) -> None:
    same = date_in_words(one, tag) == date_in_words(other, tag)
    assert same == (date_in_words(one) == date_in_words(other))


@pytest.mark.parametrize("tag", spoken())
def test_each_form_of_a_date_has_words_of_its_own(tag: str) -> None:
    forms = ("{}", "{}?", "{}~", "{}%", "{}/", "{}/..", "../{}", "[{}..]", "[..{}]", "{{{}..}}",
             "{{..{}}}", "{}-XX", "{}/2014-06", "[{}..2014-06]", "{{{}..2014-06}}", "[{},2014-06]",
             "{{{},2014-06}}")  # fmt: skip
    dates = [form.format("2014-05") for form in forms]
    assert repeated(date_in_words(one, tag) for one in dates) == []
    assert not set(dates) & {date_in_words(one, tag) for one in dates}


def test_a_day_and_a_period_in_arabic() -> None:
    assert day_in_words("2014-10-03", "ar") == "3 تشرين الأول 2014"
    row = {"when": "2014-05", "earliest_begin": "2014-05-01", "latest_begin": "2014-05-31",
           "earliest_end": "2014-05-01", "latest_end": "2014-05-31"}  # fmt: skip
    assert period(row, "ar") == "في أيار 2014"


# --- what a page knows ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def in_arabic(tmp_path_factory: pytest.TempPathFactory) -> Payload:
    named = {"river-guard": {"ar": "حرس النهر", "ru": "Речная гвардия"}}
    return payload(case_with_names(tmp_path_factory.mktemp("arabic"), named))


def test_languages_come_from_the_names_of_the_case(in_arabic: Payload, tmp_path: Path) -> None:
    found = {one["tag"]: one for one in in_arabic["languages"]}
    assert list(found) == ["en", "ar", "ru"]
    assert [found[tag]["names"] for tag in found] == [len(in_arabic["nodes"]), 1, 1]
    assert [tag for tag in found if "says" in found[tag]] == ["en", "ar"]  # no words in Russian
    assert list(in_arabic["tongues"]) == ["ar"]
    without = payload(case_with_names(tmp_path, NAMES))
    assert without["tongues"] == {}


def test_what_a_page_says_has_the_same_shape_in_arabic(in_arabic: Payload) -> None:
    said = in_arabic["tongues"]["ar"]
    for name in ("words", "predicates", "dates"):
        assert set(said[name]) == set(in_arabic[name])
    assert len(said["times"]) == len(in_arabic["times"])
    for name, predicate in in_arabic["predicates"].items():
        assert ("inverse" in predicate) == ("inverse" in said["predicates"][name])
    told = [
        *said["words"].values(),
        *said["times"],
        *said["dates"].values(),
        *said["more"].values(),
    ]
    assert [text for text in told if LATIN.search(text)] == []


def test_values_are_told_in_arabic_but_for_what_authors_wrote(in_arabic: Payload) -> None:
    values = {one["v"] for one in in_arabic["statements"].values() if "v" in one}
    told = in_arabic["tongues"]["ar"]["values"]
    assert values & set(told)
    for english, text in told.items():
        assert sorted(re.findall("[0-9]+", text)) == sorted(re.findall("[0-9]+", english))


@pytest.mark.parametrize("file", [WORDS, BRIEF, NOTICES])
def test_frames_are_whole_in_each_language(file: Path) -> None:
    """The same keys and places in each; plurals are those of the language."""
    told = frames_of(file)
    english = told["en"].table
    aside = {"titles", "texts", "statuses", "statement"}  # English says them elsewhere.
    assert set(told) == {"en", *OTHERS}
    for tag, frames in told.items():
        forms = Locale(tag).plural_form.tags | {"other"}
        assert frames.table.keys() - aside == english.keys()
        for key in english:
            entry = frames.table[key]
            assert isinstance(entry, str) == isinstance(english[key], str), key
            wanted = {name for text in texts(english[key]) for name in places(text)}
            for text in texts(entry):
                assert places(text) <= wanted <= places(text) | {"n"}, f"{tag}: {key}"
                assert tag == "en" or not LATIN.search(re.sub(r"\{[^{}]*\}", "", text)), key
            kinds = {*Stance} if key == "by" else forms
            assert isinstance(entry, str) or set(entry) == kinds, key


@pytest.mark.parametrize("tag", OTHERS)
def test_a_brief_tells_statements_as_the_page_does(tag: str) -> None:
    own, page = frames_of(BRIEF)[tag].table["statement"], table(tag)
    assert own["quoted"] == page["words.quoted"]
    for key in ("joint", "denied", "untold"):
        assert own[key] == page[f"sentence.{key}"]


@pytest.mark.parametrize("tag", OTHERS)
def test_sequences_have_titles_and_rules_in_each_language(tag: str) -> None:
    told = frames_of(WORDS)[tag].table
    assert {*told["titles"]} == {*told["texts"]} == {*sequences()}


@pytest.mark.parametrize("tag", OTHERS)
def test_cautions_of_sequences_have_the_same_figures_in_each_language(
    tag: str, tmp_path: Path
) -> None:
    case, store = miniature.judged(miniature.sequel(tmp_path))
    graph = Graph(store, case.id)
    found = [sequence(graph, one) for one in sequences(graph=graph).values()]
    assert any(one.counted.instances for one in found)
    for one in found:
        english, told = record(one)["cautions"], record(one, tag)["cautions"]
        assert len(told) == len(english)
        for text, said in zip(english, told, strict=True):
            assert not LATIN.search(said)
            more = Counter(re.findall("[0-9]+", said)) - Counter(re.findall("[0-9]+", text))
            assert not more, said  # one and two are told in words
