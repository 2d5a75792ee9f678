"""Checks of meaning with SHACL: what the shapes find, told at the place where it was authored."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from .model import Origin
from .query import short, text
from .reader import Report
from .vocabulary import (
    CASES,
    DCTERMS,
    DEFAULT_FOLDER,
    HUD,
    KIND,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    parse_turtle,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    Subject = ox.NamedNode | ox.BlankNode | ox.Triple

SHAPES = DEFAULT_FOLDER / "shapes.ttl"
PART = 2000
"""So many nodes are checked at a time: about 300 MB of the engine's memory."""

_SH = "http://www.w3.org/ns/shacl#"
_TYPE = ox.NamedNode(RDF + "type")
_SUBCLASS = ox.NamedNode(RDFS + "subClassOf")
_TAKES = {
    RDF + "subject": ox.NamedNode(SCHEMA + "domainIncludes"),
    RDF + "object": ox.NamedNode(SCHEMA + "rangeIncludes"),
}
_TARGET_NODE = ox.NamedNode(_SH + "targetNode")
_SEEN_OF_NEIGHBOURS = (
    _TYPE,
    ox.NamedNode(SKOS + "inScheme"),
    ox.NamedNode(HUD + "source"),
    ox.NamedNode(HUD + "status"),
    ox.NamedNode(HUD + "identity"),
)
"""What shapes look at on the nodes beside the one that they check."""

_AUTHORED_KEYS = {
    RDF + "subject": "subject",
    RDF + "predicate": "predicate",
    RDF + "object": "object",
    HUD + "place": "place",
    HUD + "channel": "via",
    HUD + "under": "under",
    HUD + "answers": "answers",
    HUD + "process": "process",
    HUD + "kind": "kind",
    HUD + "topic": "topic",
    HUD + "voice": "voice",
    HUD + "identity": "identity",
    HUD + "text": "text",
    HUD + "about": "about",
    HUD + "instance": "instances",
    DCTERMS + "replaces": "replaces",
    DCTERMS + "creator": "authors",
    RDFS + "label": "label",
}


class Violation(NamedTuple):
    """One finding of the shapes.

    Attributes:
        focus: IRI of the node that is wrong.
        shape: IRI of the shape that it fails.
        path: IRI of the property concerned, or empty.
        value: the value concerned, as its IRI or text, or empty.
        message: what is wrong and what would be right, in the words of the shape.
        detail: which value it concerns, of which class, and which classes the predicate takes.
    """

    focus: str
    shape: str
    path: str
    value: str
    message: str
    detail: str = ""

    @property
    def key(self) -> str:
        """The authored key that the violation concerns, as far as the path tells."""
        return _AUTHORED_KEYS.get(self.path, "")

    def text(self) -> str:
        """Return the message with what is known of the value that it concerns."""
        return f"{self.message} ({self.detail})" if self.detail else self.message


def validate(store: ox.Store, shapes: Path = SHAPES, *, part: int = PART) -> list[Violation]:
    """Return what the shapes find wrong in the default graph of a store, sorted.

    The engine is pyrudof in its SPARQL mode; the tests compare it with pySHACL. It keeps a record
    of every check that it makes, so the nodes of the case are given to it in parts, each with
    whatever of the graph its shapes look at. The result does not depend on the size of the parts.

    Args:
        store: holds the data together with the ontology.
        shapes: the file with the shapes; targets are chosen by ``sh:targetClass`` only.
        part: how many nodes to check at a time.

    Raises:
        InputOutputError: the shapes cannot be read.
    """
    rules = _Shapes.read(shapes)
    ontology, nodes = _split(store)
    found: set[Violation] = set()
    for chosen in _batched(sorted(nodes), part):
        data = [*ontology, *_surroundings(store, chosen, rules.inverse)]
        found |= _found(data, rules.aimed_at(store, chosen), rules.messages)
    return sorted(violation._replace(detail=_detail(store, violation)) for violation in found)


class _Shapes(NamedTuple):
    """The shapes, taken apart.

    Attributes:
        triples: all but the targets.
        targets: the shapes that a class of nodes must fit, by class.
        inverse: the properties that shapes follow backwards.
        messages: the message of each shape; engines word their own differently.
    """

    triples: tuple[ox.Triple, ...]
    targets: Mapping[str, Sequence[Subject]]
    inverse: tuple[ox.NamedNode, ...]
    messages: Mapping[str, str]

    @classmethod
    def read(cls, path: Path) -> _Shapes:
        """Return the shapes of a Turtle file."""
        triples: list[ox.Triple] = []
        targets: dict[str, list[Subject]] = {}
        inverse: set[str] = set()
        messages: dict[str, str] = {}
        for quad in parse_turtle(path):
            predicate = quad.predicate.value
            if predicate == _SH + "targetClass":
                targets.setdefault(text(quad.object), []).append(quad.subject)
            else:
                triples.append(quad.triple)
            if predicate == _SH + "inversePath":
                inverse.add(text(quad.object))
            elif predicate == _SH + "message":
                messages[text(quad.subject)] = text(quad.object)
        properties = tuple(ox.NamedNode(iri) for iri in sorted(inverse))
        return cls(tuple(triples), targets, properties, messages)

    def aimed_at(self, store: ox.Store, nodes: Iterable[str]) -> Iterator[ox.Triple]:
        """Yield the shapes with just these nodes as their targets."""
        yield from self.triples
        for node in map(ox.NamedNode, nodes):
            for quad in store.quads_for_pattern(node, _TYPE, None, ox.DefaultGraph()):
                for shape in self.targets.get(text(quad.object), ()):
                    yield ox.Triple(shape, _TARGET_NODE, node)


def _batched(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Yield runs of at most ``size`` items."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _split(store: ox.Store) -> tuple[list[ox.Triple], set[str]]:
    """Return the triples of the ontology, and the nodes of the case."""
    ontology: list[ox.Triple] = []
    nodes: set[str] = set()
    for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        name = text(quad.subject)
        if name.startswith(CASES) and not name.startswith((HUD, KIND)):
            nodes.add(name)
        else:
            ontology.append(quad.triple)
    return ontology, nodes


def _surroundings(
    store: ox.Store, nodes: Iterable[str], inverse: Sequence[ox.NamedNode]
) -> set[ox.Triple]:
    """Return what shapes can see from some nodes: their own triples, and of their neighbours'."""
    found: set[ox.Triple] = set()
    neighbours: set[ox.NamedNode] = set()
    default = ox.DefaultGraph()
    for node in map(ox.NamedNode, nodes):
        for quad in store.quads_for_pattern(node, None, None, default):
            found.add(quad.triple)
            if isinstance(quad.object, ox.NamedNode):
                neighbours.add(quad.object)
        for predicate in inverse:
            for quad in store.quads_for_pattern(None, predicate, node, default):
                found.add(quad.triple)
                if isinstance(quad.subject, ox.NamedNode):
                    neighbours.add(quad.subject)
    for neighbour in neighbours:
        for predicate in _SEEN_OF_NEIGHBOURS:
            for quad in store.quads_for_pattern(neighbour, predicate, None, default):
                found.add(quad.triple)
    return found


def _found(
    data: Iterable[ox.Triple], shapes: Iterable[ox.Triple], messages: Mapping[str, str]
) -> set[Violation]:
    """Return what pyrudof finds in some data."""
    import pyrudof

    session = pyrudof.Rudof(pyrudof.RudofConfig())
    session.read_data(_ntriples(data), format=pyrudof.RDFFormat.NTriples)
    session.read_shacl(_ntriples(shapes), format=pyrudof.ShaclFormat.NTriples)
    report = session.validate_shacl(pyrudof.ShaclValidationMode.Sparql)
    return {
        Violation(
            focus=_plain(entry.focus_node),
            shape=entry.source_shape or "",
            path=entry.path or "",
            value=_plain(entry.value),
            message=messages.get(entry.source_shape or "")
            or entry.message
            or "does not fit its shape",
        )
        for entry in report
    }


def _detail(store: ox.Store, violation: Violation) -> str:
    """Return what the value is, and what the predicate of the statement takes in its place."""
    if not violation.value:
        return ""
    shown = short(violation.value)
    takes = _TAKES.get(violation.path)
    if takes is None or not violation.value.startswith(CASES):
        return f"it is {shown}"
    types = _names(store, violation.value, _TYPE)
    narrow = types - {name for known in types for name in _names(store, HUD + known, _SUBCLASS)}
    predicates = _names(store, violation.focus, ox.NamedNode(RDF + "predicate"))
    wanted = {name for known in predicates for name in _names(store, HUD + known, takes)}
    is_a = f"{shown} is of the class {' and '.join(sorted(narrow))}"
    return f"{is_a}; {' '.join(sorted(predicates))} takes {' or '.join(sorted(wanted))} there"


def _names(store: ox.Store, node: str, predicate: ox.NamedNode) -> set[str]:
    """Return the local names of terms of the ontology that a node has for a property."""
    quads = store.quads_for_pattern(ox.NamedNode(node), predicate, None, ox.DefaultGraph())
    return {text(q.object).removeprefix(HUD) for q in quads if text(q.object).startswith(HUD)}


def _ntriples(triples: Iterable[ox.Triple]) -> str:
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode("utf-8")


def _key(violation: Violation, origins: Mapping[str, Origin]) -> str:
    """Return the authored key of a violation; plain things have several kinds, others one."""
    plain = origins[violation.focus].file.startswith(("actors/", "places/", "topics/"))
    return "kinds" if violation.key == "kind" and plain else violation.key


def _plain(term: str | None) -> str:
    return (term or "").strip("<>")


def refuse(violations: Sequence[Violation], folder: Path, origins: Mapping[str, Origin]) -> None:
    """Raise if there are violations, each told at the file and entry that it came from.

    Args:
        violations: what ``validate`` found.
        folder: the case's folder.
        origins: where each node was authored, by its IRI.

    Raises:
        DataProblems: there is at least one violation.
    """
    report = Report()
    for found in violations:
        node = short(found.focus)
        origin = origins.get(found.focus)
        if origin is None:
            report(Origin("", (), node), "", found.text(), 0)
        else:
            report(origin, _key(found, origins), found.text())
    report.refuse(folder)
