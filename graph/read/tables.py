"""The records of a graph as the tables of ``graph.read.schema``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..model import UNATTRIBUTED
from ..model.terms import HUD, KIND, OWL, RDF, RDFS, SKOS, XSD, case_namespace, text
from .schema import KINDS, PREDICATES, SPECS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .schema import ListOf, Spec
    from .select import Graph, Term

    Row = dict[str, Any]
    Tables = dict[str, list[Row]]
    Values = dict[str, list[Term]]

_DEFAULT = ox.DefaultGraph()
_CLASSES = {name: spec.classes for name, spec in SPECS.items() if spec.classes}
_DEFINITION = ox.NamedNode(SKOS + "definition")
_VERSION = ox.NamedNode(OWL + "versionInfo")
_WIDER = ox.NamedNode(RDFS + "subClassOf")


def tables(graph: Graph) -> Tables:
    """Return all records of a graph.

    Args:
        graph: the judged graph and its case.

    Returns:
        Rows by name of table, sorted by their first columns. A row of records has ``id``, ``iri``
        and the columns of its table that have a value; a thing has ``class``, the narrowest of
        them, beside, and a verdict ``statement``. What a statement says is in ``object``, the id
        of a thing, or in ``value`` and ``value_type``: the text of a literal and its XML Schema
        type, the name of a ``kind``, or ``unknown`` without a value. A subject that the sources do
        not give is left out. Ids are texts, days ISO dates, numbers ``int`` or ``float``.
    """
    reader = _Reader(graph)
    found: Tables = {"predicates": [], "kinds": []}
    for name, spec in (("predicates", PREDICATES), ("kinds", KINDS), *SPECS.items()):
        found.setdefault(name, [])
        for one in spec.lists:
            found.setdefault(one.table, [])
    for node, values in sorted(reader.subjects.items()):
        name = reader.table_of(node, values)
        if name:
            reader.put(found, name, node, values)
    for name, spec in {**SPECS, "predicates": PREDICATES, "kinds": KINDS}.items():
        for one in spec.lists:
            found[one.table].sort(key=lambda row: tuple(map(str, row.values())))
        found[name].sort(key=lambda row: str(row["id"]))
    return found


def definitions(graph: Graph) -> dict[str, str]:
    """Return the definitions of the terms of the ontology, by IRI."""
    found = graph.store.quads_for_pattern(None, _DEFINITION, None, _DEFAULT)
    return {text(quad.subject): text(quad.object) for quad in found}


def about(graph: Graph, rows: Tables) -> dict[str, str]:
    """Return what a file says of itself, by the names of the facts, in their order.

    Args:
        graph: the judged graph and its case.
        rows: its tables.
    """
    case = rows["cases"][0] if rows["cases"] else {}
    versions = graph.store.quads_for_pattern(None, _VERSION, None, _DEFAULT)
    facts = {
        "title": case.get("title", graph.case),
        "description": case.get("description", ""),
        "licence": case.get("licence", ""),
        "case": graph.case,
        "iri": case_namespace(graph.case),
        "ontology": HUD,
        "ontology_version": next((text(quad.object) for quad in versions), ""),
        "reading": "A statement is not asserted by being stated: its status says how it stands. "
        "Only what is accepted is common ground of the sources.",
    }
    return {name: str(fact) for name, fact in facts.items() if fact}


def worlds(rows: Tables) -> list[Row]:
    """Return what each world holds, as it follows from statuses and claims.

    Args:
        rows: the tables of a graph.

    Returns:
        Sorted rows with ``world``, ``subject``, ``predicate``, and ``object`` or ``value`` and
        ``value_type`` as a statement has them. The world ``accepted`` is the direct edges of the
        default graph; ``alleged`` and ``voice/ID`` are the named graphs of these names.
    """
    statements = {row["id"]: row for row in rows["statements"]}
    held = [(row["status"], row) for row in statements.values()]
    held = [(world, row) for world, row in held if world in ("accepted", "alleged")]
    held += [
        (f"voice/{claim['voice']}", statements[claim["statement"]])
        for claim in rows["claims"]
        if claim["stance"] == "asserts" and not claim["voice"].startswith(f"{UNATTRIBUTED}/")
    ]
    names = ("subject", "predicate", "object", "value", "value_type")
    found = {(world, *(row.get(name) for name in names)) for world, row in held if "subject" in row}
    in_order = sorted(found, key=lambda cells: [cell or "" for cell in cells])
    return [
        {
            name: cell
            for name, cell in zip(("world", *names), cells, strict=True)
            if cell is not None
        }
        for cells in in_order
    ]


class _Reader:
    """Reads the triples of the default graph into rows."""

    def __init__(self, graph: Graph) -> None:
        self.case = graph.case
        self.base = case_namespace(graph.case)
        self.subjects: dict[str, Values] = {}
        self.wider: dict[str, set[str]] = {}
        for quad in graph.store.quads_for_pattern(None, None, None, _DEFAULT):
            values = self.subjects.setdefault(text(quad.subject), {})
            values.setdefault(quad.predicate.value, []).append(quad.object)
            if quad.predicate == _WIDER:
                self.wider.setdefault(text(quad.subject), set()).add(text(quad.object))

    def table_of(self, node: str, values: Values) -> str:
        """Return the table that a subject belongs to; empty for what is in none."""
        if node.startswith(HUD):
            return "predicates" if HUD + "family" in values else ""
        if node.startswith(KIND):
            return "kinds" if SKOS + "inScheme" in values else ""
        if node == self.base:
            return "cases"
        if not node.startswith(self.base):
            return ""
        types = {text(term).removeprefix(HUD) for term in values.get(RDF + "type", ())}
        for name, classes in _CLASSES.items():
            if not types.isdisjoint(classes):
                return name
        return "things" if RDFS + "label" in values else ""

    def put(self, found: Tables, name: str, node: str, values: Values) -> None:
        """Add the rows of one subject."""
        spec = {"predicates": PREDICATES, "kinds": KINDS}.get(name) or SPECS[name]
        row: Row = {"id": self.local(node) or self.case, "iri": node}
        if name == "things":
            row["class"] = self._narrowest(values)
        if name == "verdicts":
            row["statement"] = row["id"].removesuffix(".verdict")
        row |= self._single(spec, values)
        if name == "statements":
            row |= self._said(values)
        found[name].append(row)
        for one in spec.lists:
            found[one.table] += self._several(one, row["id"], values)

    def local(self, iri: str) -> str:
        """Return the local name of an IRI in the namespace of case, kinds or ontology."""
        for base in (self.base, KIND, HUD):
            if iri.startswith(base):
                return iri.removeprefix(base)
        return iri

    def _narrowest(self, values: Values) -> str:
        types = {text(term) for term in values.get(RDF + "type", ())}
        narrow = types - {wide for one in types for wide in self.wider.get(one, ())}
        own = sorted(name for name in narrow if name.startswith(HUD))
        return own[0].removeprefix(HUD) if own else ""

    def _single(self, spec: Spec, values: Values) -> Row:
        row: Row = {}
        for column in spec.columns:
            terms = values.get(column.term)
            if terms and text(terms[0]) != HUD + "unknown":
                row[column.name] = self._value(column.type, _first(terms))
        return row

    def _several(self, one: ListOf, owner: str, values: Values) -> Iterable[Row]:
        for term in values.get(one.value.term, ()):
            row: Row = {one.owner: owner, one.value.name: self._value(one.value.type, term)}
            if one.language:
                row["language"] = getattr(term, "language", None) or ""
            yield row

    def _said(self, values: Values) -> Row:
        """Return what a statement says of its subject."""
        term = _first(values[RDF + "object"])
        if isinstance(term, ox.Literal):
            return {"value": term.value, "value_type": term.datatype.value.removeprefix(XSD)}
        iri = text(term)
        if iri == HUD + "unknown":
            return {"value_type": "unknown"}
        if iri.startswith(KIND):
            return {"value": iri.removeprefix(KIND), "value_type": "kind"}
        return {"object": self.local(iri)}

    def _value(self, kind: str, term: Term) -> str | int | float | bool:
        value = text(term)
        match kind:
            case "id":
                return self.local(value)
            case "integer":
                return int(value)
            case "number":
                return int(value) if value.lstrip("+-").isdigit() else float(value)
            case "boolean":
                return value == "true"
        return value


def _first(terms: list[Term]) -> Term:
    """Return the value that counts: English before other languages, then the first by text."""
    return min(terms, key=lambda term: (getattr(term, "language", None) not in ("en", None),
                                        text(term)))  # fmt: skip


def by(rows: Iterable[Mapping[str, Any]], column: str) -> dict[str, list[Mapping[str, Any]]]:
    """Return rows by the value of one column, in their order; rows without it are left out.

    Args:
        rows: of a table.
        column: its name.
    """
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row.get(column) is not None:
            found.setdefault(str(row[column]), []).append(row)
    return found
