"""What a graph holds on one thing, chosen and put in order: its one record.

Its page at ``/id/``, the dossier, ``hudna show`` and the page with the drawing set what this gives.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import Statement, Status, specs
from ..model.languages import in_english
from ..model.terms import spaced
from ..model.things import FACTS
from .once import once_said
from .period_words import period
from .record_views import IDENTITIES, claim_view, facts, names, statement_view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .once import OnceSaid
    from .record_index import RecordIndex, Ref
    from .record_views import ClaimView, Fact, StatementView, Value
    from .wording import Record

_ENDS = ("subject", "object")
_QUALIFIERS = tuple(
    field.name
    for field in specs(Statement)
    if field.refers == "things" and not field.many and field.name not in _ENDS
)
_LAST = ("Roles in events and agreements", "Figures and descriptions",
         "As the place, channel or terms of other statements")  # fmt: skip


_ALONE = "Ties to others, one each"
_MEANS = ("channel", "under", "place", "scope")


class SeenIn(NamedTuple):
    """A statement or thing in which a mechanism is seen.

    Attributes:
        ref: it, a statement told in words.
        who: the actors in it, each with the words for its part: ``has as perpetrator``; no words
            for the ends of a statement, which tells them itself.
        when: its time in words, or empty.
        means: through which channel, under what, where and with what scope.
    """

    ref: Ref
    who: list[tuple[Ref, str]]
    when: str
    means: list[Fact]

    @property
    def told(self) -> str:
        """When, who and through what, in a line; empty if nothing of it is told."""
        who = ", ".join(f"{one.label} ({words})" for one, words in self.who if words)
        means = (f"{one.word.lower()} {one.text}" for one in self.means)
        return " · ".join(filter(None, (self.when, who, *means)))


class Pattern(NamedTuple):
    """A mechanism that is seen in a thing.

    Attributes:
        ref: the mechanism.
        pattern: what it says, or empty.
        through: the statements on the thing that are its instances; none if the thing itself is.
    """

    ref: Ref
    pattern: str
    through: list[Ref]


class Remark(NamedTuple):
    """What the editors say of a thing: whether it is another one, which names mean it, or a note.

    Attributes:
        id: of the record.
        other: the thing that it was compared with, or ``None``.
        how: how it was judged, in words, or empty.
        certainty: how surely, in words, or empty.
        names: those that were taken to mean it; or what it was compared with in another list.
        text: the reason, or the note.
        passages: the sentences that are cited.
    """

    id: str
    other: Ref | None
    how: str
    certainty: str
    names: list[str]
    text: str
    passages: list[Ref]

    @property
    def head(self) -> str:
        """What it is, in words that can stand before the text."""
        sure = f" ({self.certainty})" if self.certainty else ""
        if self.other:
            return f"Same as {self.other.label} ({self.other.id})? Judged {self.how}{sure}"
        if self.how:
            return f"Same as {self.names[0]} of another list? Judged {self.how}{sure}"
        if self.names:
            return f"Names taken to mean it{sure}: {'; '.join(f'“{one}”' for one in self.names)}"
        return "Note"


class ThingRecord:
    """The records that concern one thing.

    A statement concerns it if the thing is its subject, object, place, channel, the agreement
    under which it stands, or what another of its fields refers to, or if the thing speaks about it
    as a voice.

    Args:
        records: those of the case.
        key: id of the thing.

    Attributes:
        row: its row.
        ids: the statements that concern it, but not those about which it only speaks, in order of
            time.
    """

    def __init__(self, records: RecordIndex, key: str) -> None:
        self.records = records
        self.key = key
        self.row = records[key].row
        self.ref: Ref = records.ref(key)
        ends = (*_ENDS, *_QUALIFIERS)
        found = {row["id"] for end in ends for row in records.rows("statements", end, key)}
        self.ids = sorted(found, key=self._in_time)

    @property
    def kind(self) -> str:
        """Its class in words, the narrowest."""
        return spaced(self.records[self.key].kind).strip()

    @cached_property
    def names(self) -> list[Value]:
        """Its labels in all languages, and then its further names."""
        return names(self.records, self.key)

    @property
    def names_told(self) -> list[str]:
        """The same, each with its language in words."""
        return [
            f"{one.text} ({in_english(one.language) if one.language else 'language not given'})"
            for one in self.names
        ]

    @property
    def identity(self) -> tuple[str, str] | None:
        """What is said of it if it is not simply named: what stands out of it, and the rest."""
        return IDENTITIES.get(self.row.get("identity", ""))

    @cached_property
    def facts(self) -> list[Fact]:
        """What its columns and lists say, but for what a mechanism is seen in."""
        return [one for one in facts(self.records, self.key) if one.name != "instance"]

    @property
    def identifiers(self) -> list[str]:
        """What it is called in other lists."""
        return [
            one
            for table in ("identifiers", "matches")
            for one in self.records.listed(table, self.key)
        ]

    @cached_property
    def mentions(self) -> list[Ref]:
        """The sentences that name it, in order."""
        return self._cited("mentions", self.key)

    def with_status(self, status: str) -> list[StatementView]:
        """Return the statements that concern it with a status, in order of time."""
        rows = map(self.records.verbalizer.statements.__getitem__, self.ids)
        return [
            statement_view(self.records, row, self.key) for row in rows if row["status"] == status
        ]

    def grouped(self, status: str) -> list[tuple[str, list[StatementView]]]:
        """Return the same under titles: what ties it to one other under that one's name.

        Whom most joins to it comes first, then those whom one statement does, then all else.
        """
        groups: dict[tuple[int, str], list[StatementView]] = {}
        for one in self.with_status(status):
            groups.setdefault(self._title(one.ref.id), []).append(one)
        single = [key for key, found in groups.items() if not key[0] and len(found) == 1]
        alone = [one for key in single for one in groups.pop(key)]
        if alone:
            alone.sort(key=lambda one: self._in_time(one.ref.id))
            groups[1, _ALONE] = alone
        ranked = sorted(groups.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1]))
        return [(title, found) for (_, title), found in ranked]

    def _title(self, statement: str) -> tuple[int, str]:
        """Return the place and the title of the group of a statement."""
        row, words = self.records[statement].row, self.records.verbalizer
        if self.key not in (row.get(end) for end in _ENDS):
            return 4, _LAST[2]
        if words.predicates.get(row["predicate"], {}).get("role"):
            return 2, _LAST[0]
        if row.get("value_type", "unknown") not in ("boolean", "unknown"):
            return 3, _LAST[1]
        other = self._other(row)
        return (0, self.records.ref(other).label) if other else (3, _LAST[1])

    def _other(self, row: Record) -> str:
        """Return the id of the other end of a statement; empty if there is none."""
        return next((row[end] for end in _ENDS if row.get(end) not in (None, self.key)), "")

    def spoken(self) -> list[ClaimView]:
        """Return the claims that the thing makes as a voice, in order of time."""
        mine = self.records.rows("claims", "voice", self.key)
        found = sorted(mine, key=lambda row: (self._in_time(row["statement"]), row["id"]))
        return [claim_view(self.records, row["id"]) for row in found]

    def once(self) -> list[OnceSaid]:
        """Return what was said of it until a later release dropped it, by statement and day."""
        return once_said(self.records.graph, self.key)

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

    def patterns(self) -> list[Pattern]:
        """Return the mechanisms that it, or a statement that concerns it, is an instance of."""
        records = self.records
        found: dict[str, list[Ref]] = {}
        for key in (self.key, *self.ids):
            for row in records.rows("mechanism_instances", "instance", key):
                through = found.setdefault(row["mechanism"], [])
                through += [records.ref(key)] if key != self.key else []
        return [
            Pattern(records.ref(key), records[key].row.get("pattern", ""), found[key])
            for key in sorted(found)
        ]

    def instances(self) -> list[SeenIn]:
        """Return in what it is seen, if it is a mechanism, in order of time."""
        rows = self.records.rows("mechanism_instances", "mechanism", self.key)
        found = [self._instance(row["instance"]) for row in rows]
        return sorted(found, key=lambda one: (self._in_time(one.ref.id), one.ref.label))

    def _instance(self, key: str) -> SeenIn:
        records, (table, row) = self.records, self.records[key]
        if table == "statements":
            view = statement_view(records, row)
            ends = [(one, "") for one in map(records.ref, map(row.get, _ENDS)) if one.id]
            means = [one for one in view.details if one.name in _MEANS]
            return SeenIn(view.ref, ends, view.when, means)
        on = [records[one].row for one in ThingRecord(records, key).ids]
        words = records.verbalizer
        roles = [
            (records.ref(one["object"]), words.predicates[one["predicate"]]["label"])
            for one in on
            if words.predicates.get(one["predicate"], {}).get("role")
            and one.get("subject") == key and one.get("object")
        ]  # fmt: skip
        when = next((period(one) for one in on if one["predicate"] in FACTS), "")
        return SeenIn(records.ref(key), list(dict.fromkeys(roles)), when, [])

    def remarks(self) -> list[Remark]:
        """Return what the editors say of it: judgements, names, and notes on what concerns it."""
        records, label = self.records, self.records.verbalizer.label
        judged = {row["id"] for end in ("left", "right")
                  for row in records.rows("judgements", end, self.key)}  # fmt: skip
        found = []
        for row in self._rows(judged):
            other = row.get("right") if row["left"] == self.key else row["left"]
            cited = self._cited("judgement_passages", row["id"])
            how, why = label(row["judgement"]), row["reason"]
            if row.get("withdrawn"):
                how = f"{how}, withdrawn {row['withdrawn']}"
                why = f"{why} Withdrawn: {row['withdrawn_reason']}"
            found.append(Remark(row["id"], records.ref(other) if other else None, how,
                                label(row["certainty"]), [*filter(None, [row.get("outside")])],
                                why, cited))  # fmt: skip
        for row in records.rows("name_resolutions", "thing", self.key):
            called = records.listed("resolved_names", row["id"])
            cited = self._cited("name_resolution_passages", row["id"])
            found.append(Remark(row["id"], None, "", label(row["certainty"]), called,
                                row["reason"], cited))  # fmt: skip
        for row in self._rows(self._on("note_subjects", "subject", "note")):
            cited = self._cited("note_passages", row["id"])
            found.append(Remark(row["id"], None, "", "", [], row["text"], cited))
        return found

    def plain(self) -> dict[str, Any]:
        """Return all of it as dictionaries, lists and texts, for JSON."""
        groups = {one: self.grouped(one) for one in Status}
        found: dict[str, Any] = _plain(
            {
                "id": self.key,
                "iri": self.row["iri"],
                "label": self.ref.label,
                "status": self.ref.status,
                "class": self.records[self.key].kind,
                "identity": self.row.get("identity", ""),
                "names": self.names,
                "identifiers": self.identifiers,
                "facts": self.facts,
                "mentions": self.mentions,
                "statements": {
                    status: [{"title": title, "statements": found} for title, found in listed]
                    for status, listed in groups.items() if listed
                },
                "says": self.spoken(),
                "once": self.once(),
                "questions": [
                    {"id": row["id"], "label": row["label"], "answers": [one.ref for one in found]}
                    for row, found in self.questions()
                ],
                "seenIn": self.instances(),
                "patterns": self.patterns(),
                "remarks": self.remarks(),
            }
        )  # fmt: skip
        return found

    def _cited(self, table: str, owner: str) -> list[Ref]:
        """Return the sentences of a list, in order."""
        listed = self.records.listed(table, owner)
        return [self.records.ref(one) for one in self.records.verbalizer.in_order(listed)]

    def _on(self, table: str, column: str, owner: str) -> set[str]:
        """Return the owners of a list that holds it or a statement that concerns it."""
        keys = (self.key, *self.ids)
        return {row[owner] for key in keys for row in self.records.rows(table, column, key)}

    def _rows(self, keys: Iterable[str]) -> list[Record]:
        return [self.records[key].row for key in sorted(keys)]

    def _in_time(self, statement: str) -> tuple[str, str]:
        """Return what sorts statements by time; undated ones and things last."""
        return self.records[statement].row.get("order_key", "9999~"), statement


def _plain(value: Any) -> Any:  # noqa: ANN401 - records of several kinds
    """Return named tuples as dictionaries, within lists and dictionaries, too; nothing empty."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, dict):
        told = {str(key): _plain(one) for key, one in value.items()}
        return {key: one for key, one in told.items() if one not in ("", [], {}, None)}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
