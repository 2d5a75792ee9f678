"""No value that a store, a build or a user says becomes a part of the SPARQL that is sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from depth import examples
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Identifier

from graph.errors import UsageError
from graph.query.named import parse_query, with_values
from graph.read.binding import as_value
from graph.remote.templates import FOLDER, sparql_of

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPLATES = sorted(FOLDER.iterdir())
HOSTILE = (
    "urn:x> ; DROP ALL ; LOAD <http://127.0.0.1:9/x> INTO GRAPH <urn:y",
    "urn:x> } } ; CLEAR ALL #",
    "urn:x\\u003E ; DROP ALL",
    "urn:x\n> . <urn:a> <urn:b",
    "urn:x-hudna:graph",
    "# triples",
    "urn:x> # triples\n<urn:y",
    "urn:\u202ex",
    "urn:\ud800",
    "_:b",
    "?graph",
    "",
    "graph",
)
SIGNS = st.sampled_from("<>{}\"'\\;.#?_: \n\tuU003E$a")
words = st.text(SIGNS | st.characters(), max_size=30)
iris = st.sampled_from(HOSTILE) | words | words.map("urn:x:{}".format)
texts = st.text(SIGNS | st.characters(exclude_categories=["Cs"]), max_size=30)
literals = st.one_of(
    st.builds(ox.Literal, texts),
    st.builds(ox.Literal, texts, language=st.sampled_from(["ar", "en-gb"])),
    st.builds(ox.Literal, texts, datatype=st.just(ox.NamedNode("urn:type"))),
)


def places(path: Any) -> list[str]:  # noqa: ANN401 - a file
    return sorted(set(re.findall(r"urn:x-hudna:(\w+)", path.read_text("utf-8"))))


def leaves(tree: object) -> Iterator[str]:
    """Yield what a parsed query or update is made of: the names of its parts, and its terms."""
    if isinstance(tree, CompValue):
        yield tree.name
        for key, value in tree.items():
            yield key
            yield from leaves(value)
    elif isinstance(tree, Identifier | str):
        yield f"{type(tree).__name__} {tree}"
    else:
        for part in tree:  # type: ignore[attr-defined]
            yield from leaves(part)


def parsed(name: str, sparql: str) -> list[str]:
    return list(leaves((parseUpdate if name.endswith(".ru") else parseQuery)(sparql)))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
@examples(30)
@given(data=st.data())
def test_a_value_in_a_template_stays_a_value(path: Any, data: st.DataObject) -> None:  # noqa: ANN401
    """What the parser finds differs in that one IRI from what it finds with a harmless one."""
    triple = ox.Triple(*[ox.NamedNode("urn:t")] * 3)
    tame = {place: f"urn:tame:{place}" for place in places(path)}
    expected = parsed(path.name, sparql_of(path.stem, triples=[triple], rows=None, **tame))
    for place in tame:
        iri = data.draw(iris, place)
        try:
            found = sparql_of(path.stem, triples=[triple], rows=None, **{**tame, place: iri})
        except UsageError:
            continue
        renamed = [leaf.replace(f"urn:tame:{place}", iri) for leaf in expected]
        assert parsed(path.name, found) == renamed


@given(st.lists(st.tuples(iris, iris, literals | iris), max_size=5), iris)
def test_triples_that_are_inserted_arrive_as_they_are(
    rows: list[tuple[str, str, Any]], graph: str
) -> None:
    store = ox.Store()
    store.add(ox.Quad(*[ox.NamedNode("urn:safe")] * 3))
    try:
        triples = [
            ox.Triple(
                ox.NamedNode(subject),
                ox.NamedNode(predicate),
                ox.NamedNode(target) if isinstance(target, str) else target,
            )
            for subject, predicate, target in rows
        ]
        named = ox.NamedNode(graph)
    except ValueError:
        return
    before = set(store)
    store.update(sparql_of("insert", graph=graph, triples=triples))
    added = {ox.Quad(t.subject, t.predicate, t.object, named) for t in triples}
    assert set(store) == before | added


@given(literals | iris)
def test_a_value_of_a_named_query_is_one_value(value: Any) -> None:  # noqa: ANN401 - term or text
    query = parse_query("try", "# param x: Text\nSELECT ?x { VALUES ?x { UNDEF } }")
    try:
        term = ox.NamedNode(value) if isinstance(value, str) else value
    except ValueError:
        return
    found = ox.Store().query(with_values(query, {"x": as_value(term)}))
    assert [row["x"] for row in found] == [term]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "term",
    [
        ox.BlankNode("b"),
        ox.Variable("x"),
        ox.Triple(*[ox.NamedNode("urn:t")] * 3),
        "urn:x",
        None,
    ],
)
def test_what_is_no_iri_and_no_literal_is_no_value(term: object) -> None:
    with pytest.raises(UsageError, match="no value"):
        as_value(term)


def test_a_value_does_not_take_the_place_of_another() -> None:
    found = sparql_of("move", source="urn:x-hudna:target", target="urn:there")
    assert found.strip() == "MOVE GRAPH <urn:x-hudna:target> TO GRAPH <urn:there>"
    assert sparql_of("page-default", rows=(3, 4)).endswith("LIMIT 3 OFFSET 4")
