"""Nanopublications: each claim with its provenance, as a small publication of its own.

A reader of nanopublications takes the assertion graph for what its publisher stands for, and many
merge the assertions of all. What the publisher of a case stands for is that a voice made a claim:
"the residents deny that …", not the opposite of it, let alone the thing denied. So an assertion
holds the claim, with voice, stance and certainty, and the statement that it is about, with subject,
predicate, object and qualifiers, which states nothing by itself. The plain triple stands in the
assertion too only where the voice asserts it *and* the statement is accepted: then it is a direct
edge of the graph anyway. Nothing that is denied, suspected, merely alleged or contested is
asserted, and all assertions merged hold no edge that the default graph has not. A statement's
status and the claims that dispute it are what the editors make of it, not what the voice says; they
stand in the publication info.

Creator is the editor of the case. There is no date of creation, since a case records none and a
clock would make every export another. The nanopublications are not signed: that takes the key of
whoever publishes them. Their IRIs end in a slash, after which a signature puts its hash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..model import ASSERTING
from ..model.terms import (
    CITO,
    DCTERMS,
    HUD,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    prefixes_of,
    text,
)
from ..read import store as stores
from .format import LOST_OF_THE_PAST, Exported, Format, Loss

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..read.select import Term
    from ..read.tables import Row
    from .selection import Selection

FORMAT = Format(
    name="nanopub",
    title="one unsigned nanopublication for each claim, in TriG, for the nanopublication network",
    holds="graph",
    file="nanopubs.trig",
    loses={
        **LOST_OF_THE_PAST,
        "sign": "left out; the ontology has it for each predicate",
        "names": "left out; a title has the labels of its subject, object and voice",
        "languages": "left out; titles are English",
        "identifiers": "left out",
        "editors": "left out; statements have the status that follows, and their notes",
        "worlds": "left out; each claim says whose it is and where it stands",
    },
)

NP = "http://www.nanopub.org/nschema#"
NPX = "http://purl.org/nanopub/x/"

_TYPE = RDF + "type"
_PARTS = {"assertion": "hasAssertion", "provenance": "hasProvenance",
          "pubinfo": "hasPublicationInfo"}  # fmt: skip
_WHERE = (HUD + "source", HUD + "passage")
_JUDGED = {HUD + name for name in ("status", "statusByRule", "verdict")}
_EDITORIAL = {*_JUDGED, SKOS + "note", CITO + "disputes"}
_OF_A_SOURCE = {_TYPE, RDFS + "label", HUD + "when", SCHEMA + "url",
                *(DCTERMS + name for name in ("title", "creator", "publisher"))}  # fmt: skip


def write(selection: Selection) -> Exported:
    """Return one file of TriG with a nanopublication for each claim, sorted by the claims' ids."""
    graph = selection.graph
    writer = _NanopubWriter(selection)
    quads = [quad for claim in selection.tables["claims"] for quad in writer.nanopub(claim)]
    prefixes = {**prefixes_of(graph.case), "np": NP, "npx": NPX, "cito": CITO}
    data = stores.trig(stores.in_memory(quads), prefixes)
    return Exported({FORMAT.file: [data]}, tuple(_losses(selection)))


def _losses(selection: Selection) -> Iterator[Loss]:
    tables = selection.tables
    cited = {row["passage"] for row in tables["claim_passages"]}
    claimed = {row["statement"] for row in tables["claims"]}
    for rows, what, instead in (
        (tables["things"], "things: classes, kinds and notes", "IRIs, and labels in titles"),
        ([row for row in tables["passages"] if row["id"] not in cited],
         "sentences that no claim cites", "left out"),
        ([row for row in tables["statements"] if row["id"] not in claimed],
         "statements without a claim", "left out"),
    ):  # fmt: skip
        if rows:
            yield Loss(len(rows), what, instead)


class _NanopubWriter:
    """Writes claims as nanopublications."""

    def __init__(self, selection: Selection) -> None:
        self.store = selection.graph.store
        self.names = selection.graph.names
        self.words = selection.records.verbalizer
        self.about_case = {case: list(self._publisher(case)) for case in self.names.bases}

    def nanopub(self, row: Row) -> Iterator[ox.Quad]:
        """Yield the quads of the four graphs of one claim."""
        case = next(base for base in self.names.bases if row["iri"].startswith(base))
        nanopub = f"{case}np/{row['iri'].removeprefix(case)}/"
        graphs = {
            "Head": _head(nanopub),
            "assertion": self._assertion(row),
            "provenance": self._provenance(row, nanopub + "assertion"),
            "pubinfo": self._pubinfo(row, nanopub, case),
        }
        for name, triples in graphs.items():
            for triple in triples:
                graph = ox.NamedNode(nanopub + name)
                yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)

    def _assertion(self, row: Row) -> Iterator[ox.Triple]:
        for triple in self._about(row["iri"]):
            if triple.predicate.value not in {*_WHERE, *_EDITORIAL}:
                yield triple
        for triple in self._about(self._statement(row)):
            if triple.predicate.value not in _EDITORIAL:
                yield triple
        status = self.words.statements[row["statement"]]["status"]
        if row["stance"] in ASSERTING and status == "accepted":
            yield from self._edge(self._statement(row))

    def _edge(self, statement: str) -> Iterator[ox.Triple]:
        """Yield the plain triple of an accepted statement if the graph has it as a direct edge."""
        said = {triple.predicate.value: triple.object for triple in self._about(statement)}
        match said[RDF + "subject"], said[RDF + "predicate"], said[RDF + "object"]:
            case ox.NamedNode() as subject, ox.NamedNode() as predicate, value:
                edge = ox.Quad(subject, predicate, value)
                if edge in self.store:
                    yield edge.triple

    def _provenance(self, row: Row, assertion: str) -> Iterator[ox.Triple]:
        yield _triple(assertion, PROV + "wasAttributedTo", self.names.iri(row["voice"]))
        for triple in self._about(row["iri"], _WHERE):
            place = text(triple.object)
            yield triple
            yield _triple(assertion, PROV + "wasDerivedFrom", place)
            passage = triple.predicate.value == HUD + "passage"
            yield from self._about(place, None if passage else _OF_A_SOURCE)
        source = self.names.iri(row["source"])
        urls = [text(triple.object) for triple in self._about(source, {SCHEMA + "url"})]
        for url in urls or [source]:
            yield _triple(assertion, PROV + "hadPrimarySource", url)

    def _pubinfo(self, row: Row, nanopub: str, case: str) -> Iterator[ox.Triple]:
        yield _triple(nanopub, NPX + "hasNanopubType", HUD + "Claim")
        yield _triple(nanopub, DCTERMS + "isPartOf", case)
        statement = self.words.statements[row["statement"]]
        who, stance = map(self.words.label, (row["voice"], row["stance"]))
        title = f"{who} ({stance}): {self.words.sentence(statement)}"
        label = ox.Literal(title, language="en")
        yield ox.Triple(ox.NamedNode(nanopub), ox.NamedNode(RDFS + "label"), label)
        for term, value in self.about_case[case]:
            yield ox.Triple(ox.NamedNode(nanopub), term, value)
        for iri in (row["iri"], self._statement(row)):
            yield from self._about(iri, _EDITORIAL)

    def _publisher(self, case: str) -> Iterator[tuple[ox.NamedNode, Term]]:
        """Yield who publishes the case and under which licence, as told of a nanopublication."""
        terms = {
            DCTERMS + "publisher": DCTERMS + "creator",
            DCTERMS + "license": DCTERMS + "license",
        }
        for triple in self._about(case, terms):
            yield ox.NamedNode(terms[triple.predicate.value]), triple.object

    def _statement(self, row: Row) -> str:
        return str(self.words.statements[row["statement"]]["iri"])

    def _about(self, iri: str, terms: Iterable[str] | None = None) -> Iterator[ox.Triple]:
        """Yield what the default graph says of a subject, or what it says with some terms."""
        for triple in stores.triples_of(self.store, iri):
            if terms is None or triple.predicate.value in terms:
                yield triple


def _head(nanopub: str) -> Iterator[ox.Triple]:
    yield _triple(nanopub, _TYPE, NP + "Nanopublication")
    for part, term in _PARTS.items():
        yield _triple(nanopub, NP + term, nanopub + part)


def _triple(subject: str, predicate: str, value: str) -> ox.Triple:
    """Return a triple of IRIs."""
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(value))
