"""Lines of graphs on the disk: sorted, each once, in parts, with one hash whoever gives them."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from graph.read import store as graphs
from graph.remote.lines import Entry, Gathered, GraphLines, LinesApart, lines_of_graph, whole_entry

if TYPE_CHECKING:
    import pytest

P = ox.NamedNode("urn:p")
WORDS = st.sets(st.integers(0, 60)).map(lambda found: sorted(b"%03d\n" % one for one in found))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
LITERALS = st.builds(ox.Literal, TEXTS) | st.builds(
    lambda text, tag: ox.Literal(text, language=tag), TEXTS, st.sampled_from(["en", "ar-latn"])
)
TRIPLES = st.lists(
    st.builds(
        lambda subject, end: ox.Triple(
            ox.NamedNode(f"urn:ضع:{subject}"), ox.NamedNode("urn:p"), end
        ),
        st.integers(0, 9),
        LITERALS,
    ),
    max_size=12,
)


@given(WORDS, st.integers(1, 70), st.integers(1, 9), st.integers(1, 3))
def test_parts_are_the_lines_in_order(words: list[bytes], part: int, size: int, often: int) -> None:
    blocks = [words[at : at + size] * often for at in range(0, len(words), size)]
    file = BytesIO(b"before")
    first = GraphLines([sorted(block) for block in blocks], file, part)
    second = GraphLines([[b"others\n"]], file, part)
    data = b"".join(words)
    assert first.entry == Entry(len(words), hashlib.sha256(data).hexdigest())
    assert [*first] == words
    assert [*first.each_part()] == [
        b"".join(words[at : at + part]) for at in range(0, max(len(words), 1), part)
    ]
    assert [*second] == [b"others\n"]
    assert file.getvalue() == b"before" + data + b"others\n"


@given(WORDS, WORDS)
def test_what_differs_is_counted(ours: list[bytes], theirs: list[bytes]) -> None:
    one, other = (GraphLines([words], BytesIO(), 7) for words in (ours, theirs))
    lost, more = (sorted({*a} - {*b}) for a, b in ((ours, theirs), (theirs, ours)))
    assert one.against(other) == tuple(
        LinesApart(len(some), some[0] if some else b"") for some in (lost, more)
    )


@given(TRIPLES, st.integers(1, 5))
def test_a_graph_has_one_hash_here_and_there(triples: list[ox.Triple], page: int) -> None:
    """The hash is that of the lines as Python writes each, which earlier versions published."""
    graph = ox.NamedNode("urn:g")
    store = graphs.in_memory(
        ox.Quad(one.subject, one.predicate, one.object, graph) for one in triples
    )
    there = Gathered()
    for at in range(0, len(triples), page):
        there.update(triples[at : at + page])
        there.update(triples[:at])
    assert len(there) == len(set(triples))
    here = lines_of_graph(store, graph, BytesIO())
    assert here.entry == there.lines.entry
    assert [*here] == sorted(f"{one} .\n".encode() for one in set(triples))


def test_the_whole_is_the_file_of_a_build(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = [ox.NamedNode(f"urn:{number}") for number in range(50)]
    quads = [ox.Quad(ends[0], ends[1], end, graph) for end in ends for graph in ends[:3]]
    store = graphs.in_memory(quads)
    monkeypatch.setattr("graph.remote.lines._RUN", 100)
    assert whole_entry(store) == Entry(150, hashlib.sha256(graphs.nquads(store)).hexdigest())
