"""The records of a case by id, and how they refer to each other."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from .schema import SPECS
from .tables import by, tables
from .wording import Verbalizer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .case_graph import CaseGraph
    from .wording import Record

_REMARKS = ("judgements", "name_resolutions", "notes", "figure_rules", "preferences",
            "disagreements")  # fmt: skip
_SHORT = 100
"""The label of a note has so many characters at the most."""


class IndexedRecord(NamedTuple):
    """A record: the name of its table, and its row."""

    table: str
    row: Record

    @property
    def kind(self) -> str:
        """The local name of its class: the narrowest."""
        if self.table == "things":
            return str(self.row.get("class") or "Thing")
        return SPECS[self.table].classes[0]


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

    @property
    def text(self) -> str:
        """The label, after the status if there is one, for where no link and mark can stand."""
        return f"{self.status.upper()}: {self.label}" if self.status else self.label


class RecordIndex:
    """All records of a case.

    Args:
        graph: the judged graph and its case.

    Attributes:
        tables: their rows, see ``graph.read.tables.tables``.
        verbalizer: the words for them.
    """

    def __init__(self, graph: CaseGraph) -> None:
        self.graph = graph
        self.tables = tables(graph)
        self.verbalizer = Verbalizer(self.tables)
        self._records = {
            str(row["id"]): IndexedRecord(table, row)
            for table in SPECS
            if table != "cases"
            for row in self.tables[table]
        }
        self._rows: dict[tuple[str, str], Mapping[str, list[Record]]] = {}
        self._refs: dict[str | None, Ref] = {}

    def __contains__(self, key: str) -> bool:
        """Return whether there is a record of that id."""
        return key in self._records

    def __getitem__(self, key: str) -> IndexedRecord:
        """Return the record of that id; ``KeyError`` if there is none."""
        return self._records[key]

    def rows(self, table: str, column: str, key: str) -> list[Record]:
        """Return the rows of a table that have a value in a column, in their order.

        Args:
            table: its name.
            column: name of the column.
            key: the value.
        """
        if (table, column) not in self._rows:
            self._rows[table, column] = by(self.tables[table], column)
        return self._rows[table, column].get(key, [])

    def listed(self, table: str, key: str) -> list[str]:
        """Return the values that a record has in a table of lists.

        Args:
            table: its name.
            key: id of the record.
        """
        return self.verbalizer.several(table).get(key, [])

    def ref(self, key: str | None) -> Ref:
        """Return a link to a record, or its bare name if there is none of that id."""
        if key not in self._refs:
            self._refs[key] = self._ref(key)
        return self._refs[key]

    def _ref(self, key: str | None) -> Ref:
        words = self.verbalizer
        if key is None or key not in self._records:
            return Ref("", words.label(key))
        table, row = self._records[key]
        match table:
            case "statements":
                return Ref(key, words.sentence(row), str(row["status"]))
            case "claims" | "verdicts":
                on = self.ref(row["statement"])
                who = "Verdict on"
                if table == "claims":
                    who = f"{words.label(row['voice'])} {words.label(row['stance'])}"
                return Ref(key, f"{who}: {on.label}", on.status)
            case "passages":
                return Ref(key, words.cite(key))
            case _ if table in _REMARKS:
                return Ref(key, self._remark(table, row))
        return Ref(key, words.label(key), words.standing.get(key, ""))

    def _remark(self, table: str, row: Record) -> str:
        """Return what an editor's record says, in short."""
        label = self.verbalizer.label
        if table == "judgements":
            both = f"{label(row['left'])} and {label(row.get('right') or row.get('outside'))}"
            return f"{both}: {label(row['judgement'])}"
        if table == "name_resolutions":
            return f"By which names the sources mean {label(row['thing'])}"
        if table == "preferences":
            return label(row["voice"])
        if table == "disagreements":
            figures = self.verbalizer.several("disagreeing_figures")[row["id"]]
            return f"Where voices disagree: {self.ref(min(figures)).label}"
        told = str(row["text" if table == "notes" else "reason"])
        return told if len(told) <= _SHORT else f"{told[:_SHORT].rpartition(' ')[0]} …"

    @cached_property
    def classes(self) -> Mapping[str, list[str]]:
        """The ids of the records by the name of their class, in order."""
        found: dict[str, list[str]] = {}
        for key, record in sorted(self._records.items()):
            found.setdefault(record.kind, []).append(key)
        return dict(sorted(found.items()))
