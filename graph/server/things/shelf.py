"""The records of a case by id, and how they refer to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...read.schema import SPECS
from ...read.tables import by, tables
from ...read.wording import Telling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...read.select import Graph
    from ...read.wording import Record

_SHORT = 100
"""The label of a note has so many characters at the most."""


class Held(NamedTuple):
    """A record: the name of its table, and its row."""

    table: str
    row: Record


class Ref(NamedTuple):
    """A link to a record.

    Attributes:
        id: id of the record; empty for what is no record, such as somebody whom nobody names.
        label: what it is called; a statement is told in words.
        status: that of a statement, of the statement that a claim or verdict is about, or of a
            thing of which it is not accepted that it took place; empty for all else.
    """

    id: str
    label: str
    status: str = ""


class Shelf:
    """All records of a case.

    Args:
        graph: the judged graph and its case.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.title = graph.title
        self.tables = tables(graph)
        self.telling = Telling(self.tables)
        self._held: dict[str, Held] = {}
        for table in SPECS:
            if table != "cases":
                self._held |= {str(row["id"]): Held(table, row) for row in self.tables[table]}
        self.claims_on = by(self.tables["claims"], "statement")
        self.citing = by(self.tables["claim_passages"], "passage")
        self.cited = by(self.tables["claim_passages"], "claim")
        self.verdicts = by(self.tables["verdicts"], "statement")
        self.classes = self._classes()

    def __contains__(self, key: str) -> bool:
        """Return whether there is a record of that id."""
        return key in self._held

    def __getitem__(self, key: str) -> Held:
        """Return the record of that id; ``KeyError`` if there is none."""
        return self._held[key]

    def ref(self, key: str | None) -> Ref:
        """Return a link to a record, or its bare name if there is none of that id."""
        if key is None or key not in self._held:
            return Ref("", self.telling.label(key))
        table, row = self._held[key]
        telling = self.telling
        match table:
            case "statements":
                label, status = telling.sentence(row), str(row["status"])
            case "claims":
                on = self.ref(row["statement"])
                who, stance = telling.label(row["voice"]), telling.label(row["stance"])
                label, status = f"{who} {stance}: {on.label}", on.status
            case "verdicts":
                on = self.ref(row["statement"])
                label, status = f"Verdict on: {on.label}", on.status
            case "passages":
                label, status = telling.cite(key), ""
            case "judgements" | "name_resolutions" | "notes":
                label, status = self._remark(table, row), ""
            case _:
                label, status = telling.label(key), telling.standing.get(key, "")
        return Ref(key, label, status)

    def _remark(self, table: str, row: Record) -> str:
        """Return what an editor's record says, in short."""
        telling = self.telling
        if table == "judgements":
            both = " and ".join(telling.label(row[end]) for end in ("left", "right"))
            return f"{both}: {telling.label(row['judgement'])}"
        if table == "name_resolutions":
            return f"By which names the sources mean {telling.label(row['thing'])}"
        told = str(row["text"])
        return told if len(told) <= _SHORT else f"{told[:_SHORT].rpartition(' ')[0]} …"

    def _classes(self) -> Mapping[str, list[str]]:
        """Return the ids of the records by the name of their class, in order."""
        found: dict[str, list[str]] = {}
        for key, (table, row) in sorted(self._held.items()):
            found.setdefault(class_of(table, row), []).append(key)
        return dict(sorted(found.items()))


def class_of(table: str, row: Record) -> str:
    """Return the local name of the class of a record: its narrowest.

    Args:
        table: the name of the record's table.
        row: the record.
    """
    if table == "things":
        return str(row.get("class") or "Thing")
    return SPECS[table].classes[0]
