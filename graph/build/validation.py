"""Checks of meaning with SHACL: what the shapes find, told at the place where it was authored."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from ..model import RECORDS, Origin, specs
from ..model.folders import ONTOLOGY
from ..model.terms import CASES, RDF, RDFS, SCHEMA, short, term_name, text
from ..read.select import select
from .shapes import checks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ..read.select import Term
    from ..reader import ProblemReport
    from .shapes import Check

SHAPES = ONTOLOGY / "shapes.ttl"
_TYPE = ox.NamedNode(RDF + "type")
_PREDICATE = ox.NamedNode(RDF + "predicate")
_SUBCLASS = ox.NamedNode(RDFS + "subClassOf")
_TAKES = {
    RDF + "subject": ox.NamedNode(SCHEMA + "domainIncludes"),
    RDF + "object": ox.NamedNode(SCHEMA + "rangeIncludes"),
}
OF_A_DETAIL = frozenset(
    {_TYPE.value, _PREDICATE.value, _SUBCLASS.value, *(one.value for one in _TAKES.values())}
)
"""The properties that are read to say more of a violation."""
_AUTHORED_KEYS = {RDF + "object": "object"} | {
    field.term: field.key for record in RECORDS for field in specs(record) if field.key
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


def validate(store: ox.Store, shapes: Path = SHAPES) -> list[Violation]:
    """Return what the shapes find wrong in the default graph of a store, sorted.

    Args:
        store: holds the data together with the ontology.
        shapes: the file with the shapes.

    Raises:
        InputOutputError: the shapes cannot be read, or have what ``graph.build.shapes`` does not
            know.
    """
    return ask(store, checks(shapes))


def ask(store: ox.Store, asked: Iterable[Check]) -> list[Violation]:
    """Return what some checks find wrong in the default graph of a store, sorted.

    Args:
        store: holds what the checks read, and ``OF_A_DETAIL``.
        asked: the checks.
    """
    return sorted({found for check in asked for found in _found(store, check)})


def _found(store: ox.Store, check: Check) -> Iterator[Violation]:
    """Yield what does not fit one shape."""
    table = select(store, check.sparql)
    for row in table.rows:
        given = dict(zip(table.columns, row, strict=True))
        focus, value = given["this"], given.get("value")
        path = text(given.get("path")) or check.path
        detail = _detail(store, focus, path, value)
        yield Violation(text(focus), check.shape, path, text(value), check.message, detail)


def _detail(store: ox.Store, focus: Term | None, path: str, value: Term | None) -> str:
    """Return what the value is, and what the predicate of the statement takes in its place."""
    if value is None or value == focus:
        return ""
    shown = short(text(value))
    takes = _TAKES.get(path)
    if takes is None or not isinstance(value, ox.NamedNode) or not value.value.startswith(CASES):
        return f"it is {shown}"
    types = _terms(store, value, _TYPE)
    narrow = types - {one for known in types for one in _terms(store, known, _SUBCLASS)}
    predicates = _terms(store, focus, _PREDICATE)
    wanted = {one for known in predicates for one in _terms(store, known, takes)}
    is_a = f"{shown} is of the class {' and '.join(_names(narrow))}"
    return f"{is_a}; {' '.join(_names(predicates))} takes {' or '.join(_names(wanted))} there"


def _terms(store: ox.Store, node: Term | None, predicate: ox.NamedNode) -> set[ox.NamedNode]:
    """Return the terms of the ontology and the case that a node has for a property."""
    if not isinstance(node, ox.NamedNode):
        return set()
    found = store.quads_for_pattern(node, predicate, None, ox.DefaultGraph())
    named = (q.object for q in found if isinstance(q.object, ox.NamedNode))
    return {one for one in named if term_name(one.value) != one.value}


def _names(terms: set[ox.NamedNode]) -> list[str]:
    return sorted(term_name(one.value) for one in terms)


def key_of(violation: Violation, origins: Mapping[str, Origin]) -> str:
    """Return the authored key of a violation; plain things have several kinds, others one.

    Args:
        violation: what was found.
        origins: where each node was authored, by its IRI.
    """
    plain = origins[violation.focus].file.startswith(("actors/", "places/", "topics/"))
    return "kinds" if violation.key == "kind" and plain else violation.key


def tell(
    violations: Iterable[Violation], origins: Mapping[str, Origin], report: ProblemReport
) -> None:
    """Report violations, each at the file and entry that it came from.

    Args:
        violations: what ``validate`` found.
        origins: where each node was authored, by its IRI.
        report: takes the problems.
    """
    for found in violations:
        node = short(found.focus)
        origin = origins.get(found.focus)
        if origin is None:
            report(Origin("", (), node), "", found.text(), 0)
        else:
            report(origin, key_of(found, origins), found.text())
