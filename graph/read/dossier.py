"""What a graph holds on one thing, chosen and put in order for a page or a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import Statement, specs
from .record_views import claim_view, statement_view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .record_index import RecordIndex
    from .record_views import ClaimView, StatementView
    from .wording import Record

_ENDS = ("subject", "object")
_QUALIFIERS = tuple(
    field.name
    for field in specs(Statement)
    if field.refers == "things" and not field.many and field.name not in _ENDS
)
_LAST = ("Roles in events and agreements", "Figures and descriptions",
         "As the place, channel or terms of other statements")  # fmt: skip


class Dossier:
    """The records that concern one thing.

    A statement concerns it if the thing is its subject, object, place, channel, the agreement
    under which it stands, or what another of its fields refers to, or if the thing speaks about it
    as a voice.

    Args:
        records: those of the case.
        key: id of the thing.

    Attributes:
        row: its record.
        ids: the statements that concern it, but not those about which it only speaks, in order of
            time.
    """

    def __init__(self, records: RecordIndex, key: str) -> None:
        self.records = records
        self.key = key
        self.row = records[key].row
        ends = (*_ENDS, *_QUALIFIERS)
        found = {row["id"] for end in ends for row in records.rows("statements", end, key)}
        self.ids = sorted(found, key=self._in_time)

    def with_status(self, status: str) -> list[StatementView]:
        """Return the statements that concern it with a status, in order of time."""
        rows = map(self.records.verbalizer.statements.__getitem__, self.ids)
        return [
            statement_view(self.records, row, self.key) for row in rows if row["status"] == status
        ]

    def grouped(self, status: str) -> list[tuple[str, list[StatementView]]]:
        """Return the same under titles, the most telling titles first."""
        groups: dict[str, list[StatementView]] = {}
        for one in self.with_status(status):
            groups.setdefault(self._title(one.ref.id), []).append(one)
        return sorted(
            groups.items(),
            key=lambda item: (_LAST.index(item[0]) if item[0] in _LAST else -1, item[0]),
        )

    def _title(self, statement: str) -> str:
        row, words = self.records[statement].row, self.records.verbalizer
        predicate = words.predicates.get(row["predicate"], {})
        if self.key not in (row.get(end) for end in _ENDS):
            return _LAST[2]
        if predicate.get("role"):
            return _LAST[0]
        if row.get("value_type", "unknown") not in ("boolean", "unknown"):
            return _LAST[1]
        return words.label(predicate.get("family", "")).capitalize() or "Others"

    def spoken(self) -> list[ClaimView]:
        """Return the claims that the thing makes as a voice, in order of time."""
        mine = self.records.rows("claims", "voice", self.key)
        found = sorted(mine, key=lambda row: (self._in_time(row["statement"]), row["id"]))
        return [claim_view(self.records, row["id"]) for row in found]

    def questions(self) -> list[tuple[Record, list[StatementView]]]:
        """Return the questions about it or answered by what concerns it, with their answers."""
        records = self.records
        asked = {row["question"] for row in records.rows("question_things", "thing", self.key)}
        asked |= {one for key in self.ids for one in records.listed("answers", key)}
        return [
            (row, [statement_view(records, records[one["statement"]].row)
                   for one in records.rows("answers", "question", row["id"])])
            for row in self._rows({*asked, self.key})
            if row.get("class") == "Question"
        ]  # fmt: skip

    def patterns(self) -> list[Record]:
        """Return the mechanisms that it, or a statement that concerns it, is an instance of."""
        return self._rows(self._on("mechanism_instances", "instance", "mechanism"))

    def judgements(self) -> list[tuple[Record, str]]:
        """Return the judgements whether it is the same as another thing, with that thing's id."""
        found = {row["id"] for end in ("left", "right")
                 for row in self.records.rows("judgements", end, self.key)}  # fmt: skip
        return [
            (row, row["right"] if row["left"] == self.key else row["left"])
            for row in self._rows(found)
        ]

    def resolutions(self) -> list[Record]:
        """Return the decisions which names mean it."""
        return self.records.rows("name_resolutions", "thing", self.key)

    def notes(self) -> list[Record]:
        """Return the editors' notes on it or on a statement that concerns it."""
        return self._rows(self._on("note_subjects", "subject", "note"))

    def _on(self, table: str, column: str, owner: str) -> set[str]:
        """Return the owners of a list that holds it or a statement that concerns it."""
        keys = (self.key, *self.ids)
        return {row[owner] for key in keys for row in self.records.rows(table, column, key)}

    def _rows(self, keys: Iterable[str]) -> list[Record]:
        return [self.records[key].row for key in sorted(keys)]

    def _in_time(self, statement: str) -> tuple[str, str]:
        """Return what sorts statements by time; undated ones last."""
        return self.records[statement].row.get("order_key", "9999~"), statement
