"""What follows from the columns of a row: its times, its choices, and the things it names."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from .dates import PARTS
from .things import Refused, chosen, things_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from .form import TableForm
    from .things import DraftThing


def computed(table: TableForm, columns: Mapping[str, str]) -> dict[str, str]:
    """Return the values of a row's columns with those that follow from them.

    Args:
        table: what the columns mean.
        columns: values by name; those that follow already, as of a group, stay.

    Raises:
        Refused: a day is none, or a value is one that the format does not know.
    """
    values = {"rows": "", **columns}
    for name, recipe in table.dates.items():
        if name in values:
            continue
        try:
            when = recipe.read(values)
        except ValueError as error:
            raise Refused(f"{name}: {error}") from error
        values.update(zip(_with_parts(name), when, strict=True))
    for name, choice in table.choices.items():
        if name not in values:
            values[name] = chosen(choice, values)
    return values


def narrowed(table: TableForm, names: Iterable[str]) -> TableForm:
    """Return a table with those choices alone on which some values of a row, or its times, rest.

    Args:
        table: says what follows from what.
        names: of the values; of columns, choices and times.
    """
    found, ahead = set[str](), [*names, *table.dates]
    while ahead:
        name = ahead.pop()
        if name in found:
            continue
        found.add(name)
        if name in table.choices:
            ahead += table.choices[name].of.names
        elif date := table.dates.get(name.partition(".")[0]):
            ahead += date.names
    choices = {name: one for name, one in table.choices.items() if name in found}
    return replace(table, choices=choices)


def last_day(table: TableForm, values: Mapping[str, str], until: str) -> str:
    """Return the last day of which a row tells, at most one day; empty if it tells none.

    Args:
        table: says which times rows have.
        values: of a row, as ``computed`` returns them.
        until: a day after which nothing of which a table tells has begun.

    Raises:
        Refused: it tells of something later.
    """
    found = ""
    for name in table.dates:
        _, day, month, year, last, *_ = _with_parts(name)
        first = values.get(day) or values.get(month) or values.get(year) or ""
        if first > until[: len(first)]:
            raise Refused(f"{name}: {first} is after {until}, the last day that there can be")
        found = max(found, values.get(last, ""))
    return min(found, until)


class TornRow(NamedTuple):
    """A row that is refused, as far as it can be read.

    Attributes:
        number: as of ``Row``.
        table: what the columns mean.
        ways: its values by name, as they stand from its beginning and from its end.
        further: gives the other ways in which they may stand, if something is wrong twice.
    """

    number: str
    table: TableForm
    ways: Sequence[Mapping[str, str]]
    further: Callable[[], Iterable[Mapping[str, str]]] = tuple

    def things(self) -> list[DraftThing]:
        """Return the things that it names, as far as it can be read."""
        return [one for values in self.ways for one in _things_named(self.table, values)]

    def may_name(self) -> Iterator[DraftThing]:
        """Yield all things that it may name, in whichever way its values stand."""
        for values in chain(self.ways, self.further()):
            yield from _things_named(self.table, values)


def _things_named(table: TableForm, columns: Mapping[str, str]) -> Iterator[DraftThing]:
    times = {name: "" for one in table.dates for name in _with_parts(one)}
    values = {"rows": "", **times, **dict.fromkeys(table.choices, ""), **columns}
    for name, recipe in table.dates.items():
        with suppress(ValueError):
            values.update(zip(_with_parts(name), recipe.read(values), strict=True))
    for name, choice in table.choices.items():
        with suppress(Refused):
            values[name] = chosen(choice, values)
    for form in table.things:
        with suppress(Refused):
            yield from things_of(form, values, table.parts, [])


@cache
def _with_parts(name: str) -> tuple[str, ...]:
    """Return what a time and its parts are called."""
    return (name, *(f"{name}.{part}" for part in PARTS))
