"""A graph with texts that break careless writers, and a selection of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.export.selection import Selection
from graph.model.terms import HUD, RDF, RDFS, SKOS, case_namespace
from graph.read.select import Graph

if TYPE_CHECKING:
    from miniature import Judged

TEXTS = (
    'The "Guard", d\'un côté; \\ back\\slash\\',
    "=cmd|' /C calc'!A0",
    "line\nbreak\r\nand\ttab",
    '<b onclick="x">&amp;</b> ]]> {{x}} ${x} $x %s {0}',
    "'); DROP TABLE things; --",
    "\u202eالوعر\u202c (يمين) \u200f",
    "]->() DETACH DELETE n //",
    ";|¦,ǁ`´",
    "  blanks at the ends  ",
    '"',
    "NULL",
    "-1",
    "🏴\u200d☠️ \U0001f54a",
)
"""One for each of the first things of the case, as its English label."""

_DEFAULT = ox.DefaultGraph()


def graph(judged: Judged, case: str = "mill") -> Graph:
    """Return a copy of a graph in which labels, names and notes are hostile."""
    store = ox.Store()
    store.extend(iter(judged[1]))
    for subject, text in hostile_labels(judged, case).items():
        node = ox.NamedNode(case_namespace(case) + subject)
        for quad in list(store.quads_for_pattern(node, ox.NamedNode(RDFS + "label"), None)):
            store.remove(quad)
        store.add(ox.Quad(node, ox.NamedNode(RDFS + "label"), ox.Literal(text, language="en")))
        names = [ox.Literal(text, language=language) for language in ("en", "ar")]
        for name in names:
            store.add(ox.Quad(node, ox.NamedNode(SKOS + "altLabel"), name))
    statement = ox.NamedNode(HUD + "Statement")
    for number, quad in enumerate(
        sorted(store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), statement), key=str)
    ):
        note = ox.NamedNode(SKOS + "note")
        if not list(store.quads_for_pattern(quad.subject, note, None)):
            text = TEXTS[number % len(TEXTS)]
            store.add(ox.Quad(quad.subject, note, ox.Literal(text, language="en")))
    return Graph(store, case)


def hostile_labels(judged: Judged, case: str = "mill") -> dict[str, str]:
    """Return the hostile labels by the ids of the things that get them."""
    things = sorted(thing.id for thing in judged[0].things)
    assert case == judged[0].id
    return dict(zip(things, TEXTS, strict=False))


def selection(judged: Judged, case: str = "mill") -> Selection:
    """Return a selection of the hostile copy of a graph."""
    return Selection(graph(judged, case))
