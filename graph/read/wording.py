"""What a graph says in plain words: statements, dates and claims, for formats that people read.

Nothing here is marked up; whoever writes a format escapes what it gets.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..model import AFFIRMING, UNSETTLED_FIRST, Bounds, Form, Statement, specs
from ..model.figures import BETWEEN
from ..model.patterns import Saying, denied
from ..model.things import FACTS
from .date_words import date_in_words
from .period_words import day_in_words
from .time_words import USUAL, time_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..model import FieldSpec
    from .tables import Tables

    Record = Mapping[str, Any]

UNTOLD = "somebody or something that the sources do not name"
_INEXACT = frozenset(("approximate", "estimate", "lowerBound", "upperBound"))
EVENTFUL = {"Event", "Round", "TalksProcess", "Agreement", "Clause", "Question", "Mechanism"}
"""Classes of things whose names are like sentences, and stand in quotes within one."""
_ELSEWHERE = frozenset(("subject", "predicate", "status", "status_by_rule", "when", "begins",
                        "ends", "coverage", "low", "high", "unit", "counts",
                        "told_from", "told_until", "past", "order_key",
                        *Bounds._fields))  # fmt: skip
"""Fields of a statement that its sentence, figure, time, claims or status hold."""
EXISTENCE = (*FACTS, "containsClause")


class Verbalizer:
    """The words for the records of one graph.

    Args:
        tables: as ``graph.read.tables.tables`` returns them.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.labels: dict[str, str] = {}
        for name in ("kinds", "predicates", "things"):
            self.labels |= {row["id"]: row.get("label", row["id"]) for row in tables[name]}
        self.labels |= {row["id"]: row.get("title", row["id"]) for row in tables["sources"]}
        self.passages = {row["id"]: row for row in tables["passages"]}
        self.predicates = {row["id"]: row for row in tables["predicates"]}
        self.statements = {row["id"]: row for row in tables["statements"]}
        self.verdicts = {row["statement"]: row for row in tables["verdicts"]}
        self.rules = {row["id"]: row for row in tables["figure_rules"]}
        disagreements = {row["id"]: row for row in tables["disagreements"]}
        self.disagreements = {
            row["statement"]: disagreements[row["disagreement"]]
            for row in sorted(
                tables["disagreeing_figures"],
                key=lambda row: not row["disagreement"].endswith(BETWEEN),
            )
        }
        self.affirming: dict[str, list[str]] = {}
        for row in tables["claims"] if disagreements else ():
            if row["stance"] in AFFIRMING:
                self.affirming.setdefault(row["statement"], []).append(row["voice"])
        self._several: dict[str, dict[str, list[str]]] = {}
        self._eventful = {row["id"] for row in tables["things"] if row.get("class") in EVENTFUL}

    def label(self, key: str | None) -> str:
        """Return the label of a thing, kind, source or predicate; what has none is its own."""
        return UNTOLD if key is None else self.labels.get(key, key)

    def several(self, table: str) -> Mapping[str, list[str]]:
        """Return the values of a table of lists by the id of their owner, its first column."""
        if table not in self._several:
            found = self._several[table] = {}
            for row in self.tables[table]:
                owner, value, *_ = row.values()
                found.setdefault(owner, []).append(str(value))
        return self._several[table]

    def cite(self, passage: str) -> str:
        """Return how a sentence of a source is cited: ``report-2020#24.3``."""
        row = self.passages[passage]
        return f"{row['source']}#{row['sentence']}"

    def _named(self, key: str | None) -> str:
        """Return the label of a thing, quoted if it is like a sentence, as those of events are."""
        label = self.label(key)
        return f"“{label}”" if key in self._eventful else label

    def saying(self, row: Record) -> Saying:
        """Return how the predicate of a statement is said."""
        return Saying.of(self.predicates.get(row["predicate"], {"id": row["predicate"]}))

    def sentence(self, row: Record, seen_from: str = "") -> str:
        """Return what a statement says, without its time and without a full stop.

        Args:
            row: the statement.
            seen_from: id of the thing that is looked at; from there the sentence is told.
        """
        told = self.saying(row).told(
            self._named(row.get("subject")), self.said(row), from_object=end_of(row, seen_from)
        )
        told = denied(told) if is_false(row) else told
        return told[:1].upper() + told[1:]

    def said(self, row: Record) -> str:
        """Return what a statement says of its subject: a thing, figure, kind or text."""
        if "object" in row:
            return self._named(row["object"])
        value = str(row.get("value", ""))
        match row["value_type"]:
            case "unknown":
                return UNTOLD
            case "kind":
                return self.label(value)
            case "boolean":
                return ""
        return value_in_words(value, row, text=row["value_type"] == "string")

    def qualifiers(self, row: Record) -> Iterator[tuple[FieldSpec, tuple[Any, ...]]]:
        """Yield the fields that qualify a statement, each with its values, if it has any.

        Those that words and figures of the statement already hold are left out.
        """
        for field in specs(Statement):
            if field.name in _ELSEWHERE:
                continue
            if field.table:
                values = tuple(self.several(field.table.name).get(row["id"], ()))
            else:
                values = (row[field.name],) if field.name in row else ()
            if values:
                yield field, values

    def coded(self, row: Record) -> str:
        """Return the date of a statement as it was coded, in EDTF; empty if it has none."""
        names = (("when", ""), ("begins", "begins "), ("ends", "ends "))
        return "; ".join(f"{word}{row[name]}" for name, word in names if row.get(name))

    def word_of(self, field: FieldSpec, value: object) -> str:
        """Return one value of a field in words."""
        if isinstance(value, bool):
            return time_words(USUAL).say("yes" if value else "no")
        if field.form is Form.DAY:
            return day_in_words(str(value))
        if field.form is Form.EDTF:
            return date_in_words(str(value))
        if field.form is Form.PASSAGE:
            return self.cite(str(value))
        if field.form.refers and value in self.statements:
            return self.sentence(self.statements[str(value)])
        return self.label(str(value)) if field.form.refers or field.scheme else str(value)

    def verdict(self, row: Record) -> str:
        """Return what the editor decided about a statement, and why; empty for nothing."""
        verdict = self.verdicts.get(row["id"])
        if not verdict:
            return ""
        judged = f"{self.label(verdict.get('judge'))} judges it {verdict['status']}"
        rule = f"by the rules alone it would be {row['status_by_rule']}"
        return f"{judged}; {rule}. {verdict['reason']}"

    def in_order(self, passages: Iterable[str]) -> list[str]:
        """Return passages as they stand in their sources."""
        return sorted(passages, key=lambda one: (self.passages[one]["source"], _in_order(one)))

    @cached_property
    def standing(self) -> dict[str, str]:
        """The status of what is not accepted to have happened, been concluded or agreed.

        They are by ids of events, agreements, clauses and mechanisms. A thing for which nothing of
        that kind is stated, or for which it is accepted, is left out.
        """
        found: dict[str, set[str]] = {}
        for row in self.tables["statements"]:
            if row["predicate"] in EXISTENCE and row.get("value") != "false":
                end = "object" if row["predicate"] == "containsClause" else "subject"
                if row.get(end):
                    found.setdefault(row[end], set()).add(row["status"])
        return {key: next(word for word in UNSETTLED_FIRST if word in statuses)
                for key, statuses in found.items() if "accepted" not in statuses}  # fmt: skip


def end_of(row: Record, thing: str) -> bool | None:
    """Return whether a thing is the object of a statement, not its subject; nothing for neither.

    Args:
        row: the statement.
        thing: its id.
    """
    if not thing or thing not in (row.get("subject"), row.get("object")):
        return None
    return thing != row.get("subject")


def is_false(row: Record) -> bool:
    """Return whether a statement says that something is not so."""
    return row.get("value_type") == "boolean" and str(row.get("value")) == "false"


def _in_order(passage: str) -> tuple[int, ...]:
    return tuple(int(part) for part in passage.split(".")[-2:] if part.isdigit())


def value_in_words(value: str, row: Record, *, text: bool, language: str = USUAL) -> str:
    """Return a number, vague amount or text with its unit, bounds and what is counted.

    Args:
        value: as it is told.
        row: what qualifies it: ``unit``, ``counts``, ``modality``, ``low`` and ``high``.
        text: whether it is a text; one that counts nothing is quoted.
        language: the tag of one that ``time_words`` knows; what authors wrote stays as it is.
    """
    words = time_words(language)
    unit, counts = row.get("unit", ""), row.get("counts", "")
    if text and not unit and not counts:
        return words.say("quoted", value)
    told = _how(value, row.get("modality", ""), language)
    if unit and not counts.startswith(unit) and not value.endswith((unit, f"{unit}s")):
        told += f" {unit}" + ("" if value == "1" else "s")
    low, high = row.get("low"), row.get("high")
    if low is not None and str(low) != value:
        told = words.say("or_more" if high is None else "range", told, low, high)
    elif high is not None:
        told = words.say("at_most", told, high)
    return words.say("counted", told, counts) if counts else told


def figure(value: object, modality: str, language: str = USUAL) -> str:
    """Return a figure in words: ``about 2,000``.

    Args:
        value: a number, or a word for one.
        modality: local name of the kind that says how exact it is, or empty.
        language: the tag of one that ``time_words`` knows.
    """
    return _how(f"{value:,}" if isinstance(value, int | float) else str(value), modality, language)


def _how(told: str, modality: str, language: str) -> str:
    """Return a figure with how exact it is, unless it says so itself."""
    if modality not in _INEXACT:
        return told
    frame = time_words(language).frames[modality]
    return told if told.startswith(frame.partition("{")[0]) else frame.format(told)


def coordinates(row: Record, language: str = USUAL) -> str:
    """Return where a place lies, in words: ``34.73° N, 36.67° E, within 2 km``.

    Args:
        row: a thing; empty words if it has no coordinates.
        language: the tag of one that ``time_words`` knows.
    """
    if "latitude" not in row or "longitude" not in row:
        return ""
    words = time_words(language)
    north, east, near = row["latitude"], row["longitude"], row.get("uncertainty_m", 0)
    told = words.say("point", words.say(("north", "south")[north < 0], f"{abs(north):.6g}"),
                     words.say(("east", "west")[east < 0], f"{abs(east):.7g}"))  # fmt: skip
    if not near:
        return told
    return (
        words.say("metres", told, near)
        if near < 1000
        else words.say("kilometres", told, f"{near / 1000:g}")
    )
