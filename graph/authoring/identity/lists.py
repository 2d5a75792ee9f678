"""The rows of a list that others keep, as what may be one with a thing of a case."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import UsageError
from ...model import dates
from ...model.dates import DateError
from .entries import BY_NAME, SORTS, Comparable, joined_rows
from .tables import table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from .tables import OuterTable

LISTS = Path(__file__).with_name("lists.toml")
_SEVERAL = re.compile(r"\s*[;|]\s*")
_DRAFT = re.compile(r"\b(draft|template|model|proposal|proposed|blueprint|sample)\b", re.IGNORECASE)
_ONE_SIDED = re.compile(r"unilateral|proposal|draft", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_TURNED = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


def list_of(
    path: Path,
    scheme: str,
    known: Callable[[OuterTable], tuple[OuterTable, Mapping[str, Any]] | None],
) -> list[Comparable]:
    """Return what a list names, each id once.

    Args:
        path: a CSV or TSV.
        scheme: what its ids are called in identifiers; needed where the list does not tell.
        known: returns a table of others with the rows that count, and what its columns are, in
            the form of ``lists.toml``; or ``None``, and it has to be a list of the user's own.

    Raises:
        UnfitFile: it is too large, no plain file, or not UTF-8.
        UsageError: it is no table, or none whose columns are known.
        InputOutputError: it cannot be read.
    """
    table = table_of(path)
    table, kind = known(table) or (table, _own_list())
    if kind is _own_list() and not set(kind["needs"]) <= {*table.columns}:
        wanted = f"{', '.join(kind['needs'])}; or those of a format of hudna import"
        raise UsageError(f"{path}: which columns have names and ids? known are {wanted}")
    return joined_rows(_entries(table, kind, scheme or path.stem.lower()))


@cache
def _own_list() -> Mapping[str, Any]:
    return tomllib.loads(LISTS.read_text("utf-8"))


def own_columns() -> set[str]:
    """Return the columns that a list of the user's own may have for ids and names."""
    return {name for one in _own_list()["entry"] for name in (one["id"], *one["names"])}


def _entries(table: OuterTable, kind: Mapping[str, Any], scheme: str) -> Iterator[Comparable]:
    for number, row in enumerate(table.rows, 1):
        days = _day(row, kind["begins"]), _day(row, kind["ends"], last=True)
        places = {BY_NAME + row[name] for name in kind["places"] if row.get(name)}
        for columns in kind["entry"]:
            listed = columns["scheme"] or scheme
            own = row.get(columns["id"], "") or (str(number) if not columns["scheme"] else "")
            if own:
                yield _entry(
                    row, columns, f"{listed}:{own.replace(' ', '_')}", listed, days, places
                )


def _entry(
    row: Mapping[str, str],
    columns: Mapping[str, Any],
    own: str,
    scheme: str,
    days: tuple[date | None, date | None],
    places: set[str],
) -> Comparable:
    def values(key: str) -> list[str]:
        told = (row.get(name, "") for name in columns.get(key, ()))
        return [part for one in told for part in _SEVERAL.split(one) if part]

    sort = row.get(columns.get("sort_column", ""), "") or columns["sort"]
    names = values("names") if columns["scheme"] == "" else [row[one] for one in columns["names"]]
    near = row.get(columns.get("near", ""), "")
    process = row.get(columns.get("within", ""), "")
    first, last = days
    return Comparable(
        id=own,
        sort=sort if sort in SORTS.values() else "actor",
        names=tuple(dict.fromkeys(filter(None, names))),
        identifiers=frozenset(one for one in values("identifiers") if ":" in one),
        classes=frozenset(values("classes")),
        kinds=frozenset(values("kinds")),
        first=first or last,
        last=last or first,
        near={BY_NAME + one for one in values("parties")}
        | ({f"{scheme}:{near}"} if near else set()),
        places=set(places),
        within=f"{scheme}-process:{process}" if process else "",
        draft=_draft(row, columns),
    )


def _draft(row: Mapping[str, str], columns: Mapping[str, Any]) -> str:
    """Return why a document is a draft or proposal and no deal; empty if it may be one."""
    if "status" not in columns:
        return ""
    third, parties, status = (
        row.get(columns.get(one, [""])[0], "") for one in ("third", "parties", "status")
    )
    if _DRAFT.search(" ".join(row[one] for one in columns["names"])):
        return "its title says that it is a draft or model"
    if third and not parties and "parties" in columns:
        return f"no party is told of it, only a third one: {third}"
    if _ONE_SIDED.search(status):
        return f"its status is {status}"
    return ""


def _day(row: Mapping[str, str], names: list[str], *, last: bool = False) -> date | None:
    """Return a day that stands in one of some columns; of a year, its first or last."""
    for name in names:
        told = row.get(name, "")[:10].strip()
        if turned := _TURNED.fullmatch(told):
            told = f"{turned[3]}-{int(turned[2]):02}-{int(turned[1]):02}"
        if _YEAR.fullmatch(told):
            told = f"{told}-12-31" if last else f"{told}-01-01"
        with suppress(DateError):
            return dates.day(told)
    return None
