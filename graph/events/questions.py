"""What is asked of events, and the SQL that asks it, the same for every engine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..errors import InputOutputError, UsageError, UsageErrors
from ..model.dates import DateError, parse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

Period = Literal["day", "month", "year", "all"]
PERIODS: Mapping[Period, int] = {"day": 10, "month": 7, "year": 4, "all": 0}
"""How long events are put together; so many characters of an ISO date say which one it is."""
_BUCKETS: Mapping[Period, str] = {
    "day": "ymd", "month": "ymd - ymd % 100", "year": "ymd - ymd % 10000", "all": "0"
}  # fmt: skip
_FIRST_DAYS: Mapping[Period, str] = {
    "day": "make_date({year}, {month}, bucket % 100)", "month": "make_date({year}, {month}, 1)",
    "year": "make_date({year}, 1, 1)", "all": "CAST(NULL AS DATE)",
}  # fmt: skip
_YEAR = "CAST(floor(bucket / 10000) AS INT)"
_MONTH = "CAST(floor(bucket / 100) AS INT) % 100"

_TOLD = 5
_FOLDER = Path(__file__).resolve().parent
_COLUMNS = re.compile(r"^-- columns: (.+)$", re.MULTILINE)
_TITLE = re.compile(r"-- (.+)")
SELECT = re.compile(r"^SELECT\b", re.MULTILINE)
"""Where a kind of table begins to say what it selects."""
_ID = re.compile(r"^-- id: (\w+)$", re.MULTILINE)
_UNTIL = re.compile(r"^-- until: (\w+)$", re.MULTILINE)


class Dyad(NamedTuple):
    """Events from one actor to another in a period.

    Attributes:
        source: who acts.
        target: on whom.
        period: the day, month or year as an ISO date has it; empty for all time.
        sign: 1 for cooperation, -1 for conflict, 0 for neither.
        place: where, if it was asked for; else empty.
        rows: number of events.
        weight: sum of the weights that the table gives its events.
    """

    source: str
    target: str
    period: str
    sign: int
    place: str
    rows: int
    weight: float


class EventTable(NamedTuple):
    """What one kind of table calls its columns.

    Attributes:
        name: as in ``gdelt``.
        title: what it is.
        columns: that it must have.
        sql: selects source, target, ymd (a day as a number: 20160820), sign, place and weight from
            ``files``.
        id: the column by which a row is found again in another release; only a store needs it.
        until: the column with the last day, if there may be one.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    sql: str
    id: str
    until: str

    def lacks(self, columns: Collection[str], *more: str) -> list[str]:
        """Return which columns are not there.

        Args:
            columns: names, in any order and case.
            more: names that must be there beside those by which the kind is known.
        """
        there = {one.lower() for one in columns}
        return [one for one in (*self.columns, *more) if one.lower() not in there]


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadQuestion:
    """Which dyads are asked for.

    Attributes:
        period: how long events are put together.
        places: whether events in different places are apart.
        least: dyads of fewer events are left out.
        during: a span in EDTF, such as ``2015/2016-06``: only events in it.
        known: an ISO date: only what was known on that day, and had not been dropped.
    """

    period: Period = "month"
    places: bool = False
    least: int = 1
    during: str | None = None
    known: str | None = None

    @property
    def sql(self) -> str:
        """The question, of the view ``events``.

        Raises:
            UsageError: the span is none.
        """
        return self.of_sources(None, None)

    def of_sources(self, after: str | None, to: str | None) -> str:
        """Return the question of those who act, from one to another in the order of their names.

        Args:
            after: not this one and none before it.
            to: this one and none behind it.

        Raises:
            UsageError: the span is none.
        """
        bucket = _BUCKETS[self.period]
        keys = ["source", "target", "sign"]
        keys += [] if self.period == "all" else [bucket]
        keys += ["place"] if self.places else []
        return text_of("dyads").format(
            bucket=bucket,
            period=_FIRST_DAYS[self.period].format(year=_YEAR, month=_MONTH),
            place="coalesce(place, '')" if self.places else "''",
            keys=", ".join(keys),
            narrowing=narrowing(self.during, "ymd") + _between(after, to),
            least=self.least,
        )

    def view(self, table: EventTable) -> str:
        """Return the statement that makes the view ``events`` of the view ``files``.

        Raises:
            UsageError: the table does not say when its rows were known, and it is asked for.
        """
        if self.known is not None and "known_to" not in table.columns:
            raise UsageError(f"{table.title}: these files do not say since when what is known")
        known = known_then(self.known)
        return f"CREATE OR REPLACE TEMPORARY VIEW events AS {table.sql.format(known=known)}"


def _between(after: str | None, to: str | None) -> str:
    ends = ((">", after), ("<=", to))
    return "".join(
        f" AND source {sign} '{name.replace(chr(39), 2 * chr(39))}'"
        for sign, name in ends
        if name is not None
    )


def known_then(day: str | None) -> str:
    """Return the condition that a row was known on a day, or is known now."""
    if day is None:
        return "known_to IS NULL"
    return f"known_from <= DATE '{day}' AND (known_to IS NULL OR known_to > DATE '{day}')"


def narrowing(during: str | None, ymd: str) -> str:
    """Return the condition that an event is in a span, as it stands behind others.

    Args:
        during: the span in EDTF; without it there is no condition.
        ymd: what gives the day as a number such as 20160820.

    Raises:
        UsageError: the span is none.
    """
    if during is None:
        return ""
    try:
        hull = parse(during).hull
    except DateError as error:
        raise UsageError(f"during: {error}") from error
    ends = ((">=", hull.first), ("<=", hull.last))
    return " ".join(f"AND {ymd} {sign} {day:%Y%m%d}" for sign, day in ends if day)


ORDERED = " ORDER BY source, target, period, sign, place"


@cache
def tables() -> tuple[EventTable, ...]:
    """Return the kinds of tables that are known."""
    return tuple(map(table_of, sorted((_FOLDER / "tables").glob("*.sql"))))


def table_of(path: Path) -> EventTable:
    """Return a kind of table as a file of SQL tells it; those of Hudna are in ``tables/``.

    Args:
        path: the file. Its first line is the title; ``-- columns:``, ``-- id:`` and ``-- until:``
            name columns.

    Raises:
        InputOutputError: it cannot be read.
        UsageError: it has no title, names no columns, or selects nothing from ``files``.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputOutputError(f"{path.as_posix()}: {error}") from error
    title, columns = _TITLE.match(text), _COLUMNS.search(text)
    wrong = [] if title else ['the first line is no title, such as "-- events of our coders"']
    wrong += [] if columns else ['no line "-- columns: NAME, NAME" says what files must have']
    wrong += [] if SELECT.search(text) else ['no line begins with "SELECT "']
    if wrong or not (title and columns):
        raise UsageErrors(f"{path.as_posix()}: {one}" for one in wrong)
    named, until = (found.search(text) for found in (_ID, _UNTIL))
    return EventTable(
        path.stem, title[1], tuple(columns[1].split(", ")), text, named[1] if named else "",
        until[1] if until else "",
    )  # fmt: skip


def fitting(columns: Collection[str]) -> EventTable:
    """Return what kind of table has such columns.

    Args:
        columns: names, in any order and case.

    Raises:
        UsageError: no kind of table has; told is what each lacks.
    """
    lacking = {one: one.lacks(columns) for one in tables()}
    for table, names in lacking.items():
        if not names:
            return table
    told = "; ".join(
        f"{table.title}: {', '.join(names)} are not there"
        for table, names in sorted(lacking.items(), key=lambda item: len(item[1]))
    )
    raise UsageError(
        f"the files have the columns {', '.join(columns)}, which no kind of table has that is "
        f"known. {told}"
    )


def refuse_lacking(table: EventTable, lacking: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Refuse files of which some lack a column that others have, as theirs would be empty.

    Args:
        table: what kind they are of.
        lacking: files, and which columns they lack.

    Raises:
        UsageErrors: there are any; the first are told.
    """
    if not lacking:
        return
    told = [f"{file} has no column {', '.join(names)}" for file, names in lacking[:_TOLD]]
    more = len(lacking) - len(told)
    told += [f"so do {more} more files lack columns"] if more else []
    told[-1] += f"; each file of a table has to have those of its kind, {table.title}"
    raise UsageErrors(told)


@cache
def text_of(name: str) -> str:
    """Return the text of a file of SQL beside this module."""
    return (_FOLDER / f"{name}.sql").read_text("utf-8")
