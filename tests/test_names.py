"""Names have one normal form, which Python, the graph and the page give alike."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from depth import examples
from hypothesis import given
from hypothesis import strategies as st
from pages import asked

from graph.model.names import LETTERS, SIGNS, name_key
from graph.model.terms import HUD, RDFS, SKOS
from graph.read.select import Graph
from graph.viewer.drawing import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miniature import Judged

EMPTY: dict[str, object] = {
    key: {}
    for key in ("nodes", "statements", "questions", "sources", "predicates", "words", "until")
}
"""What a page holds that draws nothing, beside the rules."""
ODD = "\u0130\u0131\u0149\u03a3\u03c2\u1e9e\u212b\ufb01\ufefb\u00b4\u200f\u00ad\u2010 -\t\n"
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cn", "Co"]),
        st.sampled_from(ODD + SIGNS + "".join(LETTERS)),
        st.characters(min_codepoint=0x600, max_codepoint=0x6FF, exclude_categories=["Cn"]),
    ),
    max_size=12,
)


def in_page(names: Sequence[str]) -> list[str]:
    """Return the names in the normal form that the scripts of the page give them."""
    rules = {**RULES, "costs": {key: {} for key in ("status", "family", "draw")}}
    data = {**EMPTY, "dates": {}, "drawn": {"nodes": [], "edges": []}, "rules": rules}
    found: list[str] = asked(data, ("plain", *names))[0]
    return found


@examples(12)
@given(st.lists(TEXTS, min_size=60, max_size=120))
def test_the_page_and_the_graph_give_one_form(names: list[str]) -> None:
    assert in_page(names) == [name_key(name) for name in names]


@given(TEXTS)
def test_the_form_is_its_own_form(name: str) -> None:
    key = name_key(name)
    assert name_key(key) == key
    for form in ("NFC", "NFD", "NFKC"):
        assert name_key(unicodedata.normalize(form, name)) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café Jürgen", "Cafe\u0301 Ju\u0308rgen"),
        ("Café Jürgen", "  cafe  jurgen "),
        ("Haras al-Nahr", "haras al nahr"),
        ("حرس النهر", "حَرَس النهـر"),
        ("أهالي", "اهالي"),
        ("مؤسسة", "مؤسسه"),
        ("إيران", "ايران"),
        ("كرمانشاه", "کرمانشاه"),
        ("Wa'er", "Wa’er"),
        ("ʿAlī", "Ali"),
        ("Straße", "STRASSE"),
        ("\u200fحمص\u200e", "حمص"),
    ],
)
def test_two_ways_to_write_a_name_are_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_different_names_stay_different() -> None:
    assert len({name_key(name) for name in ("Homs", "Hama", "حمص", "حماة", "Old Homs")}) == 5


def test_every_name_of_a_thing_is_in_the_graph_in_this_form(judged: Judged) -> None:
    graph = Graph(judged[1], judged[0].id)
    keys = set(graph.pairs(HUD + "nameKey"))
    found = {*graph.ids("Entity"), *graph.ids("Source")} - {*graph.ids("Hearsay")}
    named = {
        (thing, name_key(name))
        for term in ("label", "altLabel")
        for thing, name in graph.pairs((RDFS if term == "label" else SKOS) + term)
        if thing in found
    }
    assert named <= keys
    assert {thing for thing, _ in keys} >= set(graph.ids("Question"))
