"""A folder for Neo4j: tables for ``neo4j-admin database import``, and the same as Cypher.

Statements, claims, sources and passages are nodes. Only what is accepted is also a relationship
between two things, of a type that is the predicate in capitals; so nobody who looks at ties alone
takes what is disputed for a fact.
"""

from __future__ import annotations

import csv
import io
import re
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ..errors import UsageError
from ..model.terms import RDF
from ..read.schema import ALL_SPECS, TABLES
from ..read.tables import about, by
from .format import LOST_OF_THE_PAST, Exported, Format, Loss
from .neo4j_values import OF_A_PREDICATE, Point, kind_of, literal, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ..read.schema import Column, ListOf
    from ..read.tables import Tables
    from .selection import Selection

FORMAT = Format(
    name="neo4j",
    title="tables and Cypher for Neo4j and other property graphs",
    holds="graph",
    file="neo4j",
    folder=True,
    loses={
        **LOST_OF_THE_PAST,
        "worlds": "no relationships; what a voice asserts is found through its claims",
    },
)

_FOLDER = Path(__file__).parent
_LABELS = {
    "cases": "Case",
    "sources": "Source",
    "passages": "Passage",
    "things": "Thing",
    "statements": "Statement",
    "spans": "Span",
    "claims": "Claim",
    "verdicts": "Verdict",
    "judgements": "Judgement",
    "name_resolutions": "NameResolution",
    "notes": "Note",
    "figure_rules": "FigureRule",
    "preferences": "Preference",
    "disagreements": "Disagreement",
}
_STATUS_LABELS = {"judgement": "AuthorsJudgement"}
"""The labels of statuses whose word is the label of a record."""
_TYPES = {
    ("cases", "editor"): "EDITED_BY",
    ("sources", "author"): "WRITTEN_BY",
    ("passages", "source"): "IN_SOURCE",
    ("things", "process"): "IN_PROCESS",
    ("things", "replaces"): "REPLACES",
    ("things", "agreement"): "CLAUSE_OF",
    ("things", "passage"): "MENTIONED_IN",
    ("things", "says_where"): "LOCATED_BY",
    ("things", "thing"): "ASKS_ABOUT",
    ("things", "instance"): "SHOWN_BY",
    ("statements", "condition"): "IF",
    ("statements", "alternative"): "ONE_OF",
    ("statements", "motive"): "SO_THAT",
    ("statements", "passage"): "DATED_BY",
    ("statements", "subject"): "SUBJECT",
    ("statements", "object"): "OBJECT",
    ("statements", "place"): "AT_PLACE",
    ("statements", "channel"): "BY_CHANNEL",
    ("statements", "under"): "UNDER",
    ("statements", "question"): "ANSWERS",
    ("statements", "excluded"): "EXCLUDES",
    ("claims", "statement"): "ABOUT",
    ("claims", "voice"): "VOICE",
    ("claims", "source"): "IN_SOURCE",
    ("claims", "passage"): "CITES",
    ("claims", "disputed"): "DISPUTES",
    ("spans", "statement"): "SPAN_OF",
    ("verdicts", "statement"): "DECIDES",
    ("verdicts", "judge"): "DECIDED_BY",
    ("judgements", "left"): "LEFT",
    ("judgements", "right"): "RIGHT",
    ("judgements", "passage"): "CITES",
    ("name_resolutions", "thing"): "MEANS",
    ("name_resolutions", "passage"): "CITES",
    ("notes", "subject"): "REMARKS_ON",
    ("notes", "passage"): "CITES",
    ("figure_rules", "thing"): "DECIDES_ON",
    ("figure_rules", "judge"): "DECIDED_BY",
    ("preferences", "figure_rule"): "IN_RULE",
    ("preferences", "voice"): "PREFERS",
    ("disagreements", "statement"): "AMONG",
    ("disagreements", "figure_rule"): "BY_RULE",
    ("disagreements", "result"): "RESULT",
}
"""The types of the relationships that references become whose column is no good name for one."""

_OF_A_TIE = tuple(
    column.name
    for column in TABLES["statements"].columns
    if column.term and column.term not in (RDF + "subject", RDF + "predicate", RDF + "object")
)
_DELIMITERS = ";|¦~§\N{SYMBOL FOR UNIT SEPARATOR}"
_BATCH = 500


_Item = TypeVar("_Item")


class Node(NamedTuple):
    """A node: its labels, and its properties, of which ``id`` is the first."""

    labels: tuple[str, ...]
    properties: Mapping[str, Any]


class Relationship(NamedTuple):
    """A relationship: its type, the ids of its ends, and its properties."""

    type: str
    start: str
    end: str
    properties: Mapping[str, Any]


def write(selection: Selection) -> Exported:
    """Return tables of nodes and relationships, ``load.cypher`` and ``import.sh``.

    Args:
        selection: its whole graph is written.

    Returns:
        One table for each kind of node, ``relationships.csv`` for the references between them, and
        ``ties.csv`` for the accepted ties.

    Raises:
        UsageError: lists hold all of the characters that could separate their values.
    """
    tables = selection.tables
    nodes = {name: list(_nodes(name, selection)) for name in _LABELS}
    nodes["names"] = list(_names(tables))
    everything = list(chain.from_iterable(nodes.values()))
    references = sorted(_references(tables), key=lambda one: one[:3])
    ties = sorted(_ties(tables), key=lambda one: (one.type, one.properties["statement"]))
    delimiter = _delimiter(everything)
    files = {
        f"{name}.csv": [_node_table(rows, _columns(row.properties for row in rows), delimiter)]
        for name, rows in nodes.items()
    }
    files["relationships.csv"] = [_relationship_table(references, ())]
    files["ties.csv"] = [_relationship_table(ties, _columns(one.properties for one in ties))]
    files["import.sh"] = [_script(nodes, delimiter)]
    files["load.cypher"] = list(_cypher(everything, [*references, *ties]))
    defined = sum("definition" in row for row in (*tables["predicates"], *tables["kinds"]))
    loss = Loss(defined, "definitions of predicates and kinds", "their names")
    return Exported(files, (loss,) if defined else ())


def type_of(predicate: str) -> str:
    """Return the type of relationship for a predicate: ``mayStayIn`` gives ``MAY_STAY_IN``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", predicate).upper()


def _type(table: str, column: Column) -> str:
    """Return the type of the relationship that a column becomes; empty if it is a property.

    Args:
        table: the table of the record that has it.
        column: the column, of that table or of a list of values.
    """
    named = column.name.upper() if column.table in _LABELS else ""
    return _TYPES.get((table, column.name), named)


def _nodes(name: str, selection: Selection) -> Iterator[Node]:
    """Yield the nodes of one table of records."""
    tables = selection.tables
    predicates = {row["id"]: row for row in tables["predicates"]}
    plain = [one for one in TABLES[name].columns if not _type(name, one)]
    lists = {one: by(tables[one.table], one.owner) for one in _lists(name)}
    for row in tables[name]:
        labels = [_LABELS[name]]
        properties = {one.name: row[one.name] for one in plain if one.name in row}
        for one, rows in lists.items():
            values = [str(found[one.value.name]) for found in rows.get(row["id"], ())]
            if values:
                properties[one.table] = values
        match name:
            case "cases":
                properties |= {"id": row["iri"], **about(selection.graph, tables)}
            case "things":
                classes = properties.pop("thing_classes", ())
                labels += [label for label in classes if label.isalnum()]
                if {"latitude", "longitude"} <= properties.keys():
                    point = Point(float(row["latitude"]), float(row["longitude"]))
                    properties["location"] = point
            case "statements":
                labels.append(_STATUS_LABELS.get(row["status"], row["status"].capitalize()))
                properties |= _of_predicate(predicates[row["predicate"]], "predicate_")
        yield Node(("Record", *dict.fromkeys(labels)), properties)


def _lists(name: str) -> Iterator[ListOf]:
    """Yield the lists of a table whose values become a property."""
    for one in ALL_SPECS[name].lists:
        if not _type(name, one.value) and one.table != "names":
            yield one


def _of_predicate(row: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    return {prefix + name: row[name] for name in OF_A_PREDICATE if name in row}


def _names(tables: Tables) -> Iterator[Node]:
    for row in tables["names"]:
        properties = {"id": _id_of_name(row), "text": row["name"], "language": row["language"]}
        yield Node(("Record", "Name"), properties)


def _id_of_name(row: Mapping[str, Any]) -> str:
    """Return an id that no record has, as those have no blanks."""
    return f"{row['thing']} {row['language']} {row['name']}"


def _references(tables: Tables) -> Iterator[Relationship]:
    """Yield what refers to what."""
    for name in _LABELS:
        key = "iri" if name == "cases" else "id"
        for column in TABLES[name].columns:
            if kind := _type(name, column):
                rows = (row for row in tables[name] if column.name in row)
                yield from (Relationship(kind, row[key], row[column.name], {}) for row in rows)
        for one in ALL_SPECS[name].lists:
            if kind := _type(name, one.value):
                for row in tables[one.table]:
                    yield Relationship(kind, row[one.owner], row[one.value.name], {})
    for row in tables["names"]:
        yield Relationship("NAMED", row["thing"], _id_of_name(row), {})


def _ties(tables: Tables) -> Iterator[Relationship]:
    """Yield the accepted statements that join two things."""
    predicates = {row["id"]: row for row in tables["predicates"]}
    for row in tables["statements"]:
        if row["status"] == "accepted" and "subject" in row and "object" in row:
            properties = {"statement": row["id"], **_of_predicate(predicates[row["predicate"]])}
            properties |= {name: row[name] for name in _OF_A_TIE if name in row}
            kind = type_of(row["predicate"])
            yield Relationship(kind, row["subject"], row["object"], properties)


def _delimiter(nodes: Iterable[Node]) -> str:
    """Return a character that stands in no value of a list."""
    values = [one.properties.values() for one in nodes]
    lists = (value for row in values for value in row if isinstance(value, list))
    used = {character for value in lists for text in value for character in text}
    for character in _DELIMITERS:
        if character not in used:
            return character
    raise UsageError(
        f"values of lists contain each of {' '.join(_DELIMITERS)}; none separates them"
    )


# Tables for neo4j-admin


def _node_table(nodes: Sequence[Node], columns: Sequence[tuple[str, str]], delimiter: str) -> bytes:
    header = ["id:ID", ":LABEL", *map(_header, columns)]
    rows = (
        [
            node.properties["id"],
            delimiter.join(node.labels),
            *(_cell(node.properties.get(name), delimiter) for name, _ in columns),
        ]
        for node in nodes
    )
    return _csv(header, rows)


def _relationship_table(rows: Iterable[Relationship], columns: Sequence[tuple[str, str]]) -> bytes:
    header = [":START_ID", ":TYPE", ":END_ID", *map(_header, columns)]
    cells = (
        [one.start, one.type, one.end, *(_cell(one.properties.get(name)) for name, _ in columns)]
        for one in rows
    )
    return _csv(header, cells)


def _columns(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return the properties that some rows have, but ``id``, each with its type."""
    types = {
        name: kind_of(name, value) for row in rows for name, value in row.items() if name != "id"
    }
    return list(types.items())


def _header(column: tuple[str, str]) -> str:
    name, kind = column
    return f"{name}:{kind}"


def _cell(value: object, delimiter: str = "") -> str | None:
    """Return a value as Neo4j reads it; ``None`` stands for no property."""
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return delimiter.join(value)
    return None if value is None else str(value)


def _csv(header: Sequence[str], rows: Iterable[Sequence[str | None]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def _script(names: Iterable[str], delimiter: str) -> bytes:
    options = [f"  --nodes={name}.csv \\" for name in names]
    options += [f"  --relationships={name}.csv \\" for name in ("relationships", "ties")]
    script = (_FOLDER / "neo4j.sh").read_text("utf-8")
    script = script.replace("@FILES@", "\n".join(options).removesuffix(" \\"))
    return script.replace("@DELIMITER@", delimiter).encode("utf-8")


# Cypher


def _cypher(nodes: Iterable[Node], relationships: Iterable[Relationship]) -> Iterator[bytes]:
    """Yield a statement for each group of nodes and relationships of one kind."""
    yield (_FOLDER / "neo4j.cypher").read_bytes()
    for labels, group in _groups(nodes, lambda node: node.labels):
        rows = [node.properties for node in group]
        label = ":".join(map(quoted, labels))
        yield from _unwound(rows, f"CREATE (n:{label}) SET n = row")
    for kind, ties in _groups(relationships, lambda one: one.type):
        rows = [{"from": one.start, "to": one.end, "of": one.properties} for one in ties]
        yield from _unwound(
            rows,
            "MATCH (a:Record {id: row.`from`}), (b:Record {id: row.`to`}) "
            f"CREATE (a)-[r:{quoted(kind)}]->(b) SET r = row.`of`",
        )


def _groups(
    items: Iterable[_Item], key: Callable[[_Item], Any]
) -> Iterator[tuple[Any, list[_Item]]]:
    for value, group in groupby(sorted(items, key=key), key):
        yield value, list(group)


def _unwound(rows: Sequence[Mapping[str, Any]], clause: str) -> Iterator[bytes]:
    for start in range(0, len(rows), _BATCH):
        lines = ",\n  ".join(literal(row) for row in rows[start : start + _BATCH])
        yield f"\nUNWIND [\n  {lines}\n] AS row\n{clause};\n".encode()
