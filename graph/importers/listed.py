"""Lists of others that things are compared with: their columns are those of the formats."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..authoring.identity import lists
from . import formats
from .form import names_in
from .tables import cleaned
from .things import Refused, holds
from .values import computed, narrowed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from ..authoring.identity.entries import Comparable
    from ..authoring.identity.tables import OuterTable
    from .form import TableForm, ThingForm

_SORTS = {"actors": "actor", "agreements": "agreement"}
"""What is compared of a list, by the folder of a case in which it would be."""
_OF_DEALS = {"parties": "parties", "third": "third", "status": "status"}
"""Names that formats give to columns of agreements, by what is made of them."""


def list_of(path: Path, scheme: str = "") -> list[Comparable]:
    """Return what a list names: a table of a format of imports, or a list of the user's own.

    Args:
        path: a CSV or TSV with the names of its columns; of those of a format it needs ids and
            names alone.
        scheme: what its ids are called in identifiers; needed where the list does not tell.

    Raises:
        UnfitFile: it is too large, no plain file, or not UTF-8.
        UsageError: it is no table, or none whose columns are known.
        InputOutputError: it cannot be read.
    """
    return lists.list_of(path, scheme, _known)


def _known(outer: OuterTable) -> tuple[OuterTable, dict[str, Any]] | None:
    """Return a list by the format that knows most of its columns; ``None`` if no one fits."""
    fits = [
        (len(there), table, there, kind)
        for name in formats.names()
        for table in formats.known(name).tables
        if (there := _there(table, outer.columns)) and (kind := _of_table(table, there))
        if _whole(table, there) or not _as_own(kind)
    ]
    if not fits:
        return None
    _, table, there, kind = max(fits, key=lambda one: one[0])
    return outer._replace(rows=tuple(_rows(table, there, outer.rows))), kind


def _rows(
    table: TableForm, there: Mapping[str, str], rows: Iterable[Mapping[str, str]]
) -> Iterator[Mapping[str, str]]:
    """Yield the rows that the format means, with ids as it has them; empty where one has none."""
    things = [one for one in table.things if one.folder in _SORTS and _with_id(one, table)]
    tests = [*table.conditions, *(test for one in things for test in one.conditions)]
    plain = narrowed(replace(table, dates={}), (name for name, _ in tests))
    for row in rows:
        columns = {
            name: cleaned(row[there[name]], table.layout.null) if name in there else ""
            for name in table.columns
        }
        try:
            values = computed(plain, columns)
        except Refused:
            continue
        if holds(table.conditions, values):
            own = {
                there[one.key.names[0]]: one.key.filled(values).partition(" ")[2]
                if holds(one.conditions, values)
                else ""
                for one in things
            }
            yield {**row, **{there[name]: columns[name] for name in there}, **own}


def _there(table: TableForm, columns: Collection[str]) -> dict[str, str]:
    """Return the columns that are there, by the names of the format."""
    found = {
        name: next((one for one in called if one in columns), "")
        for name, called in table.columns.items()
    }
    return {name: column for name, column in found.items() if column}


def _whole(table: TableForm, there: Collection[str]) -> bool:
    return set(table.columns) <= {*there, *table.optional}


def _as_own(kind: dict[str, Any]) -> bool:
    """Return whether a list of the user's own may have these columns as well."""
    own = lists.own_columns()
    return all({one["id"], *one["names"]} <= own for one in kind["entry"])


def _of_table(table: TableForm, there: dict[str, str]) -> dict[str, Any] | None:
    """Return the entries of a table with their columns; ``None`` if one of them lacks its own."""

    def columns(value: object) -> list[str]:
        return [there[name] for name in dict.fromkeys(names_in(value)) if name in there]

    things = [one for one in table.things if one.folder in _SORTS and _with_id(one, table)]
    own = [(one, columns(one.key), columns(one.keys["label"])) for one in things]
    if not own or not all(key and label for _, key, label in own):
        return None
    places = [one.keys.get("label") for one in table.things if one.folder == "places"]
    kind = {
        "begins": [name for date in table.dates.values() for name in columns(date.start)],
        "ends": [name for date in table.dates.values() for name in columns(date.end)],
        "places": columns(places),
    }
    entries = []
    for thing, (key, *_), label in own:
        called = [*label, *columns(thing.keys.get("names"))]
        others = (k[0] for one, k, _ in own if one.folder == thing.folder and k[0] != key)
        entry: dict[str, Any] = {
            "sort": _SORTS[thing.folder],
            "scheme": thing.key.text.partition(" ")[0],
            "id": key,
            "names": [one for one in dict.fromkeys(called) if one != key] or [key],
            "near": next(others, ""),
        }
        if thing.folder == "agreements":
            entry["within"] = there.get("process_id", "")
            entry |= {key: [there[name]] for key, name in _OF_DEALS.items() if name in there}
        entries.append(entry)
    return {**kind, "entry": entries}


def _with_id(thing: ThingForm, table: TableForm) -> bool:
    """Return whether a row names one such thing, by one of its columns."""
    names = thing.key.names
    told = thing.each is None and not thing.refers and "label" in thing.keys
    return told and len(names) == 1 and names[0] in table.columns
