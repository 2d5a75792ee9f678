"""The records of a graph as the tables of ``graph.read.schema``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..model import ASSERTING, UNATTRIBUTED, UNKNOWN
from ..model.days import ALWAYS
from ..model.terms import HUD, OWL, RDF, RDFS, SEM, SKOS, XSD, term_name, text
from .schema import ALL_SPECS, ROWS, SPANS
from .values import Values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .case_graph import CaseGraph, Subject
    from .values import Row as Field

    Row = dict[str, Any]
    Tables = dict[str, list[Row]]

_DEFAULT = ox.DefaultGraph()
_CLASSES = {name: spec.classes for name, spec in ALL_SPECS.items() if spec.classes}
_NO_LIMIT = (ALWAYS.possible_from, ALWAYS.possible_until)
_BEGIN, _END = (SEM + name for name in ("hasEarliestBeginTimeStamp", "hasLatestEndTimeStamp"))
_OBJECT = ox.NamedNode(RDF + "object")
_DEFINITION = ox.NamedNode(SKOS + "definition")
_VERSION = ox.NamedNode(OWL + "versionInfo")


def tables(graph: CaseGraph) -> Tables:
    """Return all records of a graph.

    Args:
        graph: the judged graph and its case.

    Returns:
        Rows by name of table, sorted by their first columns. A row of records has ``id``, ``iri``
        and the columns of its table that have a value; a thing has ``class``, the narrowest of
        them, beside, and a verdict ``statement``. What a statement says is in ``object``, the id
        of a thing, or in ``value`` and ``value_type``: the text of a literal and its XML Schema
        type, the name of a ``kind``, or ``unknown`` without a value. A subject that the sources do
        not give is left out. A span has ``statement``, ``open_begin`` and ``open_end``, and no days
        if it is that of what holds on every day. Ids are texts, days ISO dates, numbers ``int`` or
        ``float``.
    """
    reader = _Reader(graph)
    found: Tables = {}
    for name, spec in ALL_SPECS.items():
        found |= {name: [], **{one.table: [] for one in spec.lists}}
    for node, quads in sorted(reader.subjects.items()):
        name = reader.table_of(node, quads)
        if name:
            reader.put(found, name, node, quads)
    for name, spec in ALL_SPECS.items():
        for one in spec.lists:
            found[one.table].sort(key=lambda row: tuple(map(str, row.values())))
        found[name].sort(key=lambda row: str(row["id"]))
    return found


def definitions(graph: CaseGraph) -> dict[str, str]:
    """Return the definitions of the terms of the ontology, by IRI."""
    found = graph.store.quads_for_pattern(None, _DEFINITION, None, _DEFAULT)
    return {text(quad.subject): text(quad.object) for quad in found}


def about(graph: CaseGraph, rows: Tables) -> dict[str, str]:
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
        "iri": " ".join(graph.names.bases),
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
        default graph; ``alleged``, ``voice/ID`` and those that begin with ``past`` are the named
        graphs of these names.
    """
    statements = {row["id"]: row for row in rows["statements"]}
    held = [(str(row["status"]), row) for row in statements.values()]
    held = [(world, row) for world, row in held if world in ("accepted", "alleged")]
    conditional = {row["statement"] for row in rows["conditions"]}
    held += [
        (f"voice/{claim['voice']}", statements[claim["statement"]])
        for claim in rows["claims"]
        if claim["stance"] in ASSERTING
        and claim["statement"] not in conditional
        and f"{UNATTRIBUTED}/" not in claim["voice"]
    ]
    names = ("subject", "predicate", "object", "value", "value_type")
    found: dict[bool, set[tuple[Any, ...]]] = {False: set(), True: set()}
    for world, row in held:
        if "subject" in row:
            found[bool(row.get("past"))].add((world, *(row.get(name) for name in names)))
    ended = found[True] - found[False]
    past = {(f"past/{world}".removesuffix("/accepted"), *said) for world, *said in ended}
    in_order = sorted(found[False] | past, key=lambda cells: [cell or "" for cell in cells])
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

    def __init__(self, graph: CaseGraph) -> None:
        self.graph = graph
        self.values = Values(graph.names, plain=True)
        self.fields: dict[str, Mapping[ox.NamedNode, Field]] = {
            name: {
                term: row for record in records for term, row in self.values.rows(record).items()
            }
            for name, records in ROWS.items()
        }
        self.fields["spans"] = {
            ox.NamedNode(day.term): (day.name, "", None, False, False) for day in SPANS.columns
        }
        self.subjects: dict[str, list[ox.Quad]] = {}
        for quad in graph.store.quads_for_pattern(None, None, None, _DEFAULT):
            self.subjects.setdefault(text(quad.subject), []).append(quad)

    def table_of(self, node: str, quads: list[ox.Quad]) -> str:
        """Return the table that a subject belongs to; empty for what is in none."""
        terms = {quad.predicate.value for quad in quads}
        if term_name(node) != node:
            kinds = "kinds" if SKOS + "inScheme" in terms else ""
            return "predicates" if HUD + "family" in terms else kinds
        if node in self.graph.names.bases:
            return "cases"
        if not self.graph.names.owns(node):
            return ""
        types = {text(quad.object).removeprefix(HUD) for quad in _with(quads, RDF + "type")}
        for name, classes in _CLASSES.items():
            if not types.isdisjoint(classes):
                return name
        return "things" if RDFS + "label" in terms else ""

    def put(self, found: Tables, name: str, node: str, quads: list[ox.Quad]) -> None:
        """Add the rows of one subject."""
        spec, fields = ALL_SPECS[name], self.fields[name]
        values = self.values.read(fields, quads)
        row: Row = {"id": self.local(node), "iri": node}
        if name == "cases":
            row["id"] = row["id"].rstrip(":") or self.graph.case
        if name == "things":
            row["class"] = self.graph.narrowest(self.graph.thing(row["id"]))
        if name == "verdicts":
            row["statement"] = row["id"].removesuffix(".verdict")
        if name == "spans":
            row["statement"] = row["id"].rpartition(".span-")[0]
            values = {key: day for key, day in values.items() if day not in _NO_LIMIT}
            told = {quad.predicate.value for quad in quads}
            row |= {"open_begin": _BEGIN not in told, "open_end": _END not in told}
        for column in spec.columns:
            value = values.get(column.name)
            if value is not None and not (value == UNKNOWN and column.type == "id"):
                row[column.name] = value
        if name == "statements":
            row |= _said(self.graph, next(_with(quads, RDF + "object")).object)
        found[name].append(row)
        for one in spec.lists:
            term, column_name = one.value.term, one.value.name
            cells = [
                {column_name: value} for value in values.get(fields[ox.NamedNode(term)][0], ())
            ]
            if one.language:
                texts: Any = [quad.object for quad in _with(quads, term)]
                cells = [
                    {column_name: each.value, "language": each.language or ""} for each in texts
                ]
            found[one.table] += ({one.owner: row["id"], **each} for each in cells)

    def local(self, iri: str) -> str:
        """Return the local name of an IRI in the namespace of case, kinds or ontology."""
        return self.graph.name(iri)


def said_of(graph: CaseGraph, name: str) -> Row:
    """Return what a statement says of its subject, as its row has it.

    Args:
        graph: the judged graph and its case.
        name: id of the statement.
    """
    found = graph.store.quads_for_pattern(graph.node(name), _OBJECT, None, _DEFAULT)
    return _said(graph, next(found).object)


def _said(graph: CaseGraph, term: Subject | ox.Literal) -> Row:
    if isinstance(term, ox.Literal):
        return {"value": term.value, "value_type": term.datatype.value.removeprefix(XSD)}
    iri = text(term)
    if iri == HUD + UNKNOWN:
        return {"value_type": UNKNOWN}
    if (name := term_name(iri)) != iri:
        return {"value": name, "value_type": "kind"}
    return {"object": graph.name(iri)}


def _with(quads: list[ox.Quad], term: str) -> Iterator[ox.Quad]:
    return (quad for quad in quads if quad.predicate.value == term)


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
