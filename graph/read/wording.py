"""What a graph says in plain words: statements, dates and claims, for formats that people read.

Nothing here is marked up; whoever writes a format escapes what it gets.
"""

from __future__ import annotations

from calendar import month_name, monthrange
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..model import UNSETTLED_FIRST, Bounds, Form, Statement, dates, specs
from ..model.bounds import begin_and_end
from ..model.patterns import Saying, denied
from ..model.things import FACTS
from .date_words import date_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from ..model import FieldSpec
    from ..model.clock import Clock
    from ..model.dates import Stretch
    from .tables import Tables

    Record = Mapping[str, Any]
    _Ends = tuple[str | None, str | None]

_AT = " at "
UNTOLD = "somebody or something that the sources do not name"
_HOW = {
    "approximate": "about ",
    "estimate": "an estimated ",
    "lowerBound": "at least ",
    "upperBound": "at most ",
}
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
            return "yes" if value else "no"
        if field.form is Form.DAY:
            return _day(str(value))
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


def value_in_words(value: str, row: Record, *, text: bool) -> str:
    """Return a number, vague amount or text with its unit, bounds and what is counted.

    Args:
        value: as it is told.
        row: what qualifies it: ``unit``, ``counts``, ``modality``, ``low`` and ``high``.
        text: whether it is a text; one that counts nothing is quoted.
    """
    unit, counts = row.get("unit", ""), row.get("counts", "")
    if text and not unit and not counts:
        return f"“{value}”"
    how = _HOW.get(row.get("modality", ""), "")
    told = value if value.startswith(how) else how + value
    if unit and not counts.startswith(unit) and not value.endswith((unit, f"{unit}s")):
        told += f" {unit}" + ("" if value == "1" else "s")
    low, high = row.get("low"), row.get("high")
    if low is not None and str(low) != value:
        told += f" ({low} or more)" if high is None else f" ({low} to {high})"
    elif high is not None:
        told += f" ({high} at the most)"
    return told + (f": {counts}" if counts else "")


def period(row: Record) -> str:
    """Return when a statement holds, in words; nothing is made sharper than its bounds.

    Args:
        row: a statement or source with its four bounds.
    """
    begin, end = _ends(row)
    if begin == end:
        return within(*begin)
    some = "; on some days of this time, perhaps not all"
    gaps = str(row.get("when", "")).startswith("{")  # a set may leave days out
    some = some if gaps or row.get("coverage") == "sometime" else ""
    if not begin[0] and not end[1] and begin[1] and end[0] and begin[1] <= end[0]:
        whole = prefix(begin[1], end[0])
        if begin[1] == end[0] and _AT in end[0]:
            return f"on {_day(end[0])}; beginning and end are not told{some}"
        if (begin[1], end[0]) == span(whole):
            return f"during {_named(whole)}; beginning and end are not told{some}"
        return f"from {_day(begin[1])} at the latest to {_day(end[0])} at the earliest{some}"
    told = []
    if any(begin) and begin != (None, end[1]):
        told.append(f"began {within(*begin)}")
    if end[0] and not end[1] and end[0] != begin[0]:
        told.append(f"had not ended before {_day(end[0])}")
    elif end[1]:
        told.append(f"ended {within(*end)}")
    return "; ".join(told) + (some if told else "")


def _has_clock(row: Record) -> bool:
    """Return whether the date of a statement or source tells a clock time."""
    return any("T" in (row.get(name) or "") for name in ("when", "begins", "ends", "date"))


def _ends(row: Record) -> tuple[_Ends, _Ends]:
    """Return the bounds of begin and end: ISO dates, followed by a clock time where it is told."""
    found = (row.get("earliest_begin"), row.get("latest_begin"),
             row.get("earliest_end"), row.get("latest_end"))  # fmt: skip
    if not _has_clock(row):
        return found[:2], found[2:]
    bounds = Bounds(*(dates.day(one) if one else None for one in found))
    when = row.get("when") or row.get("date", "")
    begin, end = begin_and_end(when, row.get("begins", ""), row.get("ends", ""), bounds)
    return _told(begin), _told(end)


def _told(one: Stretch) -> _Ends:
    """Return the two ends of a stretch."""
    return _moment(one.first, one.first_clock), _moment(one.last, one.last_clock)


def _moment(day: date | None, clock: Clock | None) -> str | None:
    return (f"{day}{_AT}{clock}" if clock else day.isoformat()) if day else None


def _named(whole: str) -> str:
    """Return a year, month or day, written as the beginning of an ISO date, in words."""
    if len(whole) == 10:
        return _day(whole)
    return f"{month_name[int(whole[5:])]} {whole[:4]}" if len(whole) == 7 else whole


def within(first: str | None, last: str | None) -> str:
    """Return words for some day between two days, of which one may be missing.

    Args:
        first: the first day that is possible, as an ISO date.
        last: the last one.
    """
    if first is None or last is None:
        return f"not before {_day(first)}" if first else f"by {_day(last)}" if last else ""
    if _AT in first + last and first[:10] == last[:10]:
        return _within_a_day(first, last)
    whole = prefix(first, last)
    if (first, last) == span(whole):
        return f"{'on' if first == last else 'in'} {_named(whole)}"
    if first.endswith("-01") and span(last[:7])[1] == last:
        year = "" if first[:4] == last[:4] else f" {first[:4]}"
        return (f"between {month_name[int(first[5:7])]}{year} and "
                f"{month_name[int(last[5:7])]} {last[:4]}")  # fmt: skip
    return f"between {_day(first)} and {_day(last)}"


def figure(value: object, modality: str) -> str:
    """Return a figure in words: ``about 2,000``.

    Args:
        value: a number, or a word for one.
        modality: local name of the kind that says how exact it is, or empty.
    """
    told = f"{value:,}" if isinstance(value, int | float) else str(value)
    how = _HOW.get(modality, "")
    return told if told.startswith(how) else how + told


def coordinates(row: Record) -> str:
    """Return where a place lies, in words: ``34.73° N, 36.67° E, within 2 km``.

    Args:
        row: a thing; empty words if it has no coordinates.
    """
    if "latitude" not in row or "longitude" not in row:
        return ""
    north, east, near = row["latitude"], row["longitude"], row.get("uncertainty_m", 0)
    told = f"{abs(north):.6g}° {'NS'[north < 0]}, {abs(east):.7g}° {'EW'[east < 0]}"
    if not near:
        return told
    return f"{told}, within {f'{near} m' if near < 1000 else f'{near / 1000:g} km'}"


def _within_a_day(first: str, last: str) -> str:
    """Return words for a time between two of one day; one of which may not be told."""
    if first == last:
        return f"on {_day(first)}"
    begin, end = first[10:].removeprefix(_AT), last[10:].removeprefix(_AT)
    span = (
        f"between {begin} and {end}"
        if begin and end
        else f"by {end}"
        if end
        else f"from {begin} on"
    )
    return f"on {_day(first[:10])}, {span}"


def _day(iso: str) -> str:
    """Return an ISO date in words: ``3 October 2014``; what follows it, a time, is kept."""
    found = dates.day(iso[:10])
    return f"{found.day} {month_name[found.month]} {found.year}{iso[10:]}"


def prefix(first: str | None, last: str | None) -> str:
    """Return the longest beginning of an ISO date that two days share: a day, month or year.

    Args:
        first: a day as an ISO date, or nothing.
        last: another.

    Returns:
        Empty if a day is missing or the years differ.
    """
    for length in (10, 7, 4):
        if first and last and first[:length] == last[:length]:
            return first[:length]
    return ""


def span(written: str) -> tuple[str, str]:
    """Return the first and last day of a year, month or day as ISO dates; empty for nothing."""
    if not written:
        return "", ""
    if len(written) == 4:
        return f"{written}-01-01", f"{written}-12-31"
    if len(written) == 7:
        year, month = map(int, written.split("-"))
        return f"{written}-01", f"{written}-{monthrange(year, month)[1]:02}"
    return written, written
