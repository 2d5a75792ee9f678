"""What a format says, as values: who speaks, how tables are written, what their rows mean."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .templates import Template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .dates import DateRecipe
    from .tables import Layout

QUALIFIERS = (
    "when", "begins", "ends", "scope", "note", "other", "unit", "modality", "counts", "counts_kind",
)  # fmt: skip
"""Keys of a statement that are texts."""
NUMBERS = ("value", "low", "high")
CLAIM = ("stance", "certainty", "mode")

Condition = tuple[str, tuple[str, ...] | bool]
"""A name, and the values that it may have, or whether it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value that follows from another: by what it is, by a pattern, or else.

    Attributes:
        of: the other value.
        equal: values by values.
        matches: values by regular expressions, the first that is found counts.
        other: the value if none fits; ``None`` refuses the row.
        known: what was found before.
    """

    of: Template
    equal: Mapping[str, str] = field(default_factory=dict)
    matches: Mapping[str, str] = field(default_factory=dict)
    other: str | None = None
    known: dict[str, str | None] = field(default_factory=dict, compare=False, repr=False)

    def chosen(self, value: str) -> str | None:
        """Return what follows from a value; ``None`` if the format does not know it."""
        if value not in self.known:
            fits = (text for pattern, text in self.matches.items() if re.search(pattern, value))
            self.known[value] = self.equal.get(value) or next(fits, self.other)
        return self.known[value]


def choices_in(found: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield choices as they are written, by name.

    Args:
        found: those of a table; one of several values is one of each: ``class_a``, ``class_b``.
    """
    for name, one in found.items():
        of = one.get("of") if isinstance(one, dict) else None
        for key, value in of.items() if isinstance(of, dict) else [("", of)]:
            yield (f"{name}_{key}", {**one, "of": value}) if key else (name, one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """What is made of each part of a value that holds several.

    Attributes:
        of: the value.
        split: what stands between its parts.
        take: what of a part counts, the first group of a pattern; parts that do not fit are none.
        keys: of a list, what becomes of a part.
    """

    of: Template
    split: str = ";"
    take: re.Pattern[str] | None = None
    keys: Any = None

    def parts(self, values: Mapping[str, str]) -> list[str]:
        """Return the parts of a value, none of them empty; one in quotation marks stays whole."""
        text = self.of.filled(values)
        found = (
            next(csv.reader([text], delimiter=self.split))
            if len(self.split) == 1 and '"' in text
            else text.split(self.split)
        )
        if self.take:
            found = [match[1] for one in found if (match := self.take.search(one))]
        return [one.strip() for one in found if one.strip()]


def names_in(value: object, conditions: Iterable[Condition] = ()) -> Iterator[str]:
    """Yield the names of values on which something rests; of parts of lists, ``part`` alone.

    Args:
        value: a template, or lists and tables of such.
        conditions: on which it rests as well.
    """
    yield from (name for name, _ in conditions)
    if isinstance(value, Template):
        yield from value.names
    elif isinstance(value, Each):
        yield "part"
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from names_in(one)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingForm:
    """What is made a thing of a row.

    Attributes:
        name: what statements call it.
        folder: of a case, where its file is.
        key: by which the things of several rows are one.
        also: further keys by which other rows may refer to it.
        refers: whether it is one that another row tells of; what no row tells of is left out.
        id: its id; without one it is made of the label.
        keys: the other keys of its file, of templates, lists and tables.
        each: a value that holds several, of each of which a thing is made: ``{part}``.
        conditions: all of which hold.
        rests: the values on which all of it rests, if rows that have them alike name one thing;
            ``None`` if it is made anew of each row.
    """

    name: str
    folder: str
    key: Template
    also: tuple[Template, ...]
    refers: bool
    id: Template | None
    keys: Mapping[str, Any]
    each: Each | None
    conditions: tuple[Condition, ...]
    rests: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementForm:
    """What is made a statement of a row.

    Attributes:
        subject: the name of a thing.
        predicate: of the ontology, or a template that gives one.
        object: the name of a thing, or a template that gives a word; empty for a value.
        things: names of things by key (``place``, ``under``); the first that a row has counts.
        keys: templates by key.
        per: what parts statements of the same three parts: a period.
        conditions: all of which hold.
        rests: the values on which all of it rests but the things in it.
    """

    subject: str
    predicate: Template
    object: str | Template
    things: Mapping[str, tuple[str, ...]]
    keys: Mapping[str, Template]
    per: Template | None
    conditions: tuple[Condition, ...]
    rests: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """How many rows become one.

    Attributes:
        by: what rows of one group have in common, by name.
        sums: columns that are added up.
        least: columns of which the least value counts; of all others, that of the first row.
        fixed: values that a group has in place of those of a row.
    """

    by: Mapping[str, Template]
    sums: tuple[str, ...]
    least: tuple[str, ...]
    fixed: Mapping[str, Template]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableForm:
    """One table of a data set: how it is written, and what its rows mean.

    Attributes:
        columns: what a column may be called, by the name that the format has for it.
        optional: which of them need not be there.
        unique: what no two rows have alike.
        parts: choices of a part of a value that holds several.
        values: the names whose values a passage keeps.
    """

    name: str
    layout: Layout
    columns: Mapping[str, tuple[str, ...]]
    optional: frozenset[str]
    unique: Template | None
    dates: Mapping[str, DateRecipe]
    choices: Mapping[str, Choice]
    parts: Mapping[str, Choice]
    values: tuple[str, ...]
    things: tuple[ThingForm, ...]
    statements: tuple[StatementForm, ...]
    group: RowGroup | None
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFormat:
    """A data set: who speaks in it, under which terms, and its tables."""

    name: str
    about: Mapping[str, str]
    tables: tuple[TableForm, ...]
