"""Named queries are told in each language: titles, texts, fields, columns, and what is chosen."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from rdflib.plugins.sparql import prepareQuery
from test_translations import IN_LATIN, LATIN, OTHERS

from graph.model.frames import frames_of
from graph.model.terms import PREFIXES
from graph.query.named import named_queries, parse_query
from graph.query.parameters import QUERIES
from graph.query.translations import WORDS, QueryWords
from graph.viewer.words import table

KNOWN = named_queries([QUERIES])
PARAMS = [param for query in KNOWN.values() for param in query.params]
FREE = re.compile(r"report-2020#24\.2|LIST:ID|hudna (?:coverage|explain)|\bSPARQL\b")
"""What is typed or printed the same in all languages."""


@cache
def columns() -> set[str]:
    """Return the variables that the queries select."""
    return {
        str(variable)
        for query in KNOWN.values()
        for variable in prepareQuery(query.sparql, initNs=PREFIXES).algebra.PV
    }


def names() -> set[str]:
    """Return what columns and parameters are called, without a number at the end."""
    return {re.sub(r"\d+$", "", one) for one in {*columns(), *(param.name for param in PARAMS)}}


def latin(text: str) -> bool:
    return bool(LATIN.search(IN_LATIN.sub("", FREE.sub("", text))))


def test_there_are_words_in_each_language() -> None:
    assert set(frames_of(WORDS)) == {"en", *OTHERS}
    assert len(columns()) > 100
    assert len(names()) > 100


@pytest.mark.parametrize("tag", OTHERS)
def test_all_that_is_shown_of_a_query_has_words(tag: str) -> None:
    words = QueryWords.of(tag)
    assert set(words.queries) == set(KNOWN)
    for name, query in KNOWN.items():
        told = words.told(query)
        assert not latin(told.title), name
        assert bool(told.text) == bool(query.text), name
        assert not latin(told.text), name
        for param in told.params:
            assert not latin(param.text), f"{name} {param.name}: {param.text}"
    assert not [name for name in sorted(names()) if latin(words.called(name))]
    listed = {value for one in PARAMS if one.type == "Text" for value in one.among}
    assert not [value for value in sorted(listed) if latin(words.values.get(value, value))]


@pytest.mark.parametrize("tag", OTHERS)
def test_no_words_are_for_what_is_not_asked(tag: str) -> None:
    words = QueryWords.of(tag)
    assert set(words.names) - names() == set()
    assert set(words.about) - {one.text for one in PARAMS} == set()
    assert set(words.values) - {value for one in PARAMS for value in one.among} == set()
    assert set(QueryWords.of("en").names) - names() == set()


@pytest.mark.parametrize("tag", ["en", *OTHERS])
def test_fields_and_columns_of_a_query_have_labels_of_their_own(tag: str) -> None:
    words = QueryWords.of(tag)
    for query in KNOWN.values():
        columns = map(str, prepareQuery(query.sparql, initNs=PREFIXES).algebra.PV)
        for names in (list(columns), [one.name for one in query.params]):
            assert len({words.called(one) for one in names}) == len(names), query.name


@pytest.mark.parametrize("tag", ["en", *OTHERS])
def test_columns_are_called_as_those_of_the_page(tag: str) -> None:
    words, page = QueryWords.of(tag), table(tag)
    for name in ("family", "object", "predicate", "status", "subject", "when"):
        assert words.called(name) == page[f"table.{name}"]


def test_names_are_told_as_words() -> None:
    english = QueryWords.of()
    assert english.called("sameDay") == "Same day"
    assert english.called("statement2") == "Statement 2"
    assert english.called("as") == "In the world of"
    assert QueryWords.of("ar").called("voice2") == "الصوت 2"


def test_english_is_what_the_file_says() -> None:
    for query in KNOWN.values():
        assert QueryWords.of("en").told(query) == query


def test_a_query_of_a_case_keeps_its_own_words() -> None:
    own = parse_query("ties", "# title: Our ties\n# param actor: Entity — whom we mean\nSELECT *")
    assert QueryWords.of("ar").told(own) == own
    changed = replace(KNOWN["ties"], title="Our ties")
    assert QueryWords.of("ar").told(changed).title == "Our ties"
