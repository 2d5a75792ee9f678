"""What is asked of events, and the SQL that asks it, the same for every engine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..errors import UsageError
from ..model.dates import DateError, parse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

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

_FOLDER = Path(__file__).resolve().parent
_COLUMNS = re.compile(r"^-- columns: (.+)$", re.MULTILINE)
_TITLE = re.compile(r"-- (.+)")


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
    """

    name: str
    title: str
    columns: tuple[str, ...]
    sql: str


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
        bucket = _BUCKETS[self.period]
        keys = ["source", "target", "sign"]
        keys += [] if self.period == "all" else [bucket]
        keys += ["place"] if self.places else []
        return _text("dyads").format(
            bucket=bucket,
            period=_FIRST_DAYS[self.period].format(year=_YEAR, month=_MONTH),
            place="coalesce(place, '')" if self.places else "''",
            keys=", ".join(keys),
            narrowing=self._narrowing(),
            least=self.least,
        )

    def view(self, table: EventTable) -> str:
        """Return the statement that makes the view ``events`` of the view ``files``.

        Raises:
            UsageError: the table does not say when its rows were known, and it is asked for.
        """
        known = "known_to IS NULL"
        if self.known is not None:
            if "known_to" not in table.columns:
                raise UsageError(f"{table.title}: these files do not say since when what is known")
            day = f"DATE '{self.known}'"
            known = f"known_from <= {day} AND (known_to IS NULL OR known_to > {day})"
        return f"CREATE OR REPLACE TEMPORARY VIEW events AS {table.sql.format(known=known)}"

    def _narrowing(self) -> str:
        if self.during is None:
            return ""
        try:
            hull = parse(self.during).hull
        except DateError as error:
            raise UsageError(f"during: {error}") from error
        ends = ((">=", hull.first), ("<=", hull.last))
        return " ".join(f"AND ymd {sign} {day:%Y%m%d}" for sign, day in ends if day)


ORDERED = " ORDER BY source, target, period, sign, place"


@cache
def tables() -> tuple[EventTable, ...]:
    """Return the kinds of tables that are known."""
    found = []
    for path in sorted((_FOLDER / "tables").glob("*.sql")):
        text = path.read_text("utf-8")
        (title,), (columns,) = _TITLE.findall(text)[:1], _COLUMNS.findall(text)
        found.append(EventTable(path.stem, title, tuple(columns.split(", ")), text))
    return tuple(found)


def fitting(columns: Collection[str]) -> EventTable:
    """Return what kind of table has such columns.

    Args:
        columns: names, in any order and case.

    Raises:
        UsageError: no kind of table has; told is what each lacks.
    """
    there = {one.lower() for one in columns}
    lacking = {one: [name for name in one.columns if name.lower() not in there] for one in tables()}
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


@cache
def _text(name: str) -> str:
    return (_FOLDER / f"{name}.sql").read_text("utf-8")
