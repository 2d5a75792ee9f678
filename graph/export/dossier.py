"""What a graph holds on one thing, chosen and put in order for a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..read.tables import by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..read.wording import Evidence, Record, Telling

_ENDS = ("subject", "object")
_QUALIFIERS = ("place", "channel", "under")
_BOUNDS = ("earliest_begin", "latest_begin", "earliest_end", "latest_end")
_TEXTS = ("label", "note", "text", "scope", "reason", "pattern", "title", "date_basis", "when_text",
          "value", "counts", "name", "step", "publisher")  # fmt: skip


class Dossier:
    """The records that concern one thing.

    A statement concerns it if the thing is its subject, object, place, channel or the agreement
    under which it stands, or if the thing speaks about it as a voice.

    Args:
        telling: the words for the records of the graph.
        key: id of the thing.

    Attributes:
        row: its record.
        ids: the statements that concern it, but not those about which it only speaks.
    """

    def __init__(self, telling: Telling, key: str) -> None:
        self.telling = telling
        self.key = key
        tables = telling.tables
        self._claims = {row["id"]: row for row in tables["claims"]}
        self._disputed: dict[str, set[str]] = {}
        for pair in tables["disputes"]:
            for one, other in (pair.values(), reversed(pair.values())):
                self._disputed.setdefault(self._claims[one]["statement"], set()).add(other)
        self.row: Record = next(row for row in tables["things"] if row["id"] == key)
        self._on = sorted(
            (row for row in tables["statements"]
             if key in (row.get(end) for end in (*_ENDS, *_QUALIFIERS))),
            key=_in_time,
        )  # fmt: skip
        self.ids = {row["id"] for row in self._on}

    def of(self, table: str) -> list[str]:
        """Return the thing's values in a table of lists."""
        return self.telling.several(table).get(self.key, [])

    def with_status(self, status: str) -> list[Record]:
        """Return the statements that concern it with a status, in order of time."""
        return [row for row in self._on if row["status"] == status]

    def accepted(self) -> list[tuple[str, list[Record]]]:
        """Return the accepted statements under titles, the most telling titles first."""
        groups: dict[str, list[Record]] = {}
        for row in self.with_status("accepted"):
            groups.setdefault(self._title(row), []).append(row)
        last = ("Roles in events and agreements", "Figures and descriptions",
                "As the place, channel or terms of other statements")  # fmt: skip
        titles = sorted(
            groups, key=lambda title: (last.index(title) if title in last else -1, title)
        )
        return [(title, groups[title]) for title in titles]

    def _title(self, row: Record) -> str:
        predicate = self.telling.predicates[row["predicate"]]
        if self.key not in (row.get(end) for end in _ENDS):
            return "As the place, channel or terms of other statements"
        if predicate.get("role"):
            return "Roles in events and agreements"
        if "value_type" in row and row["value_type"] not in ("boolean", "unknown"):
            return "Figures and descriptions"
        return self.telling.label(predicate["family"]).capitalize()

    def rivals(self, statement: str) -> Iterator[tuple[Record, Evidence]]:
        """Yield other statements whose claims dispute those on a statement, and these claims."""
        found = self._disputed.get(statement, set())
        others = sorted({self._claims[key]["statement"] for key in found} - {statement})
        for other in others:
            for one in self.telling.evidence(other):
                if one.claim in found:
                    yield self.telling.statements[other], one

    def spoken(self) -> list[tuple[Record, Evidence]]:
        """Return the statements that the thing speaks about as a voice, in order of time."""
        mine = {
            row["statement"] for row in self.telling.tables["claims"] if row["voice"] == self.key
        }
        rows = sorted((self.telling.statements[key] for key in mine), key=_in_time)
        return [(row, one) for row in rows for one in self.telling.evidence(row["id"])
                if one.voice == self.key]  # fmt: skip

    def questions(self) -> list[tuple[Record, list[Record]]]:
        """Return the questions about it or answered by what concerns it, with their answers."""
        tables = self.telling.tables
        asked = {row["question"] for row in tables["question_things"] if row["thing"] == self.key}
        asked |= {row["question"] for row in tables["answers"] if row["statement"] in self.ids}
        asked |= {self.key}
        answers = by(tables["answers"], "question")
        return [
            (row, [self.telling.statements[one["statement"]] for one in answers.get(row["id"], ())])
            for row in tables["things"]
            if row["id"] in asked and row.get("class") == "Question"
        ]

    def patterns(self) -> list[Record]:
        """Return the mechanisms that it, or a statement that concerns it, is an instance of."""
        tables = self.telling.tables
        found = {row["mechanism"] for row in tables["mechanism_instances"]
                 if row["instance"] in (self.key, *self.ids)}  # fmt: skip
        return [row for row in tables["things"] if row["id"] in found]

    def judgements(self) -> list[tuple[dict[str, Any], str]]:
        """Return the judgements whether it is the same as another thing, with that thing's id."""
        return [
            (row, row["right"] if row["left"] == self.key else row["left"])
            for row in self._cited("judgements", "judgement_passages")
            if self.key in (row["left"], row["right"])
        ]

    def resolutions(self) -> list[dict[str, Any]]:
        """Return the decisions which names mean it, with ``names``."""
        names = self.telling.several("resolved_names")
        return [
            {**row, "names": names.get(row["id"], [])}
            for row in self._cited("name_resolutions", "name_resolution_passages")
            if row["thing"] == self.key
        ]

    def notes(self) -> list[dict[str, Any]]:
        """Return the editors' notes on it or on a statement that concerns it."""
        subjects = self.telling.several("note_subjects")
        concerned = {self.key, *self.ids}
        return [row for row in self._cited("notes", "note_passages")
                if concerned.intersection(subjects.get(row["id"], ()))]  # fmt: skip

    def _cited(self, table: str, passages: str) -> list[dict[str, Any]]:
        """Return records of editors with their ``passages``."""
        cited = self.telling.several(passages)
        return [{**row, "passages": cited.get(row["id"], [])} for row in self.telling.tables[table]]

    def told(self) -> set[str]:
        """Return the ids of all statements that the dossier tells."""
        spoken = {row["id"] for row, _ in self.spoken()}
        answers = {row["id"] for _, rows in self.questions() for row in rows}
        rivals = {other["id"] for key in self.ids for other, _ in self.rivals(key)}
        return self.ids | spoken | answers | rivals

    def named(self) -> set[str]:
        """Return the ids of all things that the dossier names."""
        statements = [self.telling.statements[key] for key in self.told()]
        found = {row[end] for row in statements for end in (*_ENDS, *_QUALIFIERS) if row.get(end)}
        found |= {one.voice for row in statements for one in self.telling.evidence(row["id"])}
        found |= {row["id"] for row, _ in self.questions()} | {row["id"] for row in self.patterns()}
        found |= {other for _, other in self.judgements()}
        return found | {self.key}

    def texts(self) -> Iterator[str]:
        """Yield the texts of the records that concern it, to be looked at for what is changed."""
        named = self.named()
        rows = [row for row in self.telling.tables["things"] if row["id"] in named]
        rows += [row for row in self.telling.tables["names"] if row["thing"] == self.key]
        rows += [self.telling.statements[key] for key in sorted(self.told())]
        rows += [*self.notes(), *self.resolutions(), *(row for row, _ in self.judgements())]
        yield from (str(row[name]) for row in rows for name in _TEXTS if row.get(name))


def _in_time(row: Record) -> tuple[str, str]:
    """Return what sorts statements by time: the first bound that is known; undated ones last."""
    return next((row[name] for name in _BOUNDS if row.get(name)), "9999"), row["id"]
