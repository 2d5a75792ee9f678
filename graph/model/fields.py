"""How a field of a record is declared: once, with all that any part of the project needs of it.

The reader takes from a declaration the authored key and the form of its value, the build the RDF
term, the typed views the way back, exports and pages the column and its words.
"""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, TypedDict, Unpack


class Form(StrEnum):
    """The form of a value; each wing has one table from forms to what it does with them."""

    TEXT = "text"
    ENGLISH = "text in the language of the case"
    NAME = "name with its language"
    EDTF = "EDTF"
    LANGUAGE = "language tag"
    SHA256 = "SHA-256"
    ADDRESS = "web address"
    IDENTIFIER = "identifier in another list"
    NUMBER = "number"
    INTEGER = "whole number"
    BOOLEAN = "truth value"
    DAY = "day"
    DAYS = "two days"
    CLASS = "class"
    ID = "id of a thing"
    ID_OR_CLAUSE = "id of a thing or a clause"
    CLAUSE_ID = "id of a clause"
    ANY_ID = "id of any record"
    PASSAGE = "passage"
    KIND = "kind"
    PREDICATE = "predicate"
    STEP = "numbered step"
    CUE = "place in a passage"

    @property
    def refers(self) -> bool:
        """Whether a value is the id of a record."""
        return self in (Form.ID, Form.ID_OR_CLAUSE, Form.CLAUSE_ID, Form.ANY_ID, Form.PASSAGE)


class ListTable(NamedTuple):
    """The table that holds the values of a field with several: its name and its two columns."""

    name: str
    owner: str
    value: str


class FieldSpec(NamedTuple):
    """All that is known of one field of a record.

    Attributes:
        name: its name in Python, in columns, on edges and in pages.
        term: IRI of the property.
        form: the form of its value.
        table: where its values stand in formats that know tables, if it has several.
        key: the key in authored files; empty for what is not authored.
        old_keys: keys that it had in an earlier release, which are still read.
        required: whether authors must give it.
        single: whether authors write one value, although the graph allows several.
        loose: whether authors may write one value without the brackets of a list.
        scheme: the list of kinds that the value is from, if its form is a kind.
        refers: the table that the value is an id of; empty if it may be an id of several.
        what: what the value is an id of, in messages.
        meaning: what it says, as a sentence; empty where the ontology defines the term.
        says: the word that introduces it where people read it; empty for its name.
    """

    name: str
    term: str
    form: Form
    table: ListTable | None = None
    key: str = ""
    old_keys: tuple[str, ...] = ()
    required: bool = False
    single: bool = False
    loose: bool = False
    scheme: str = ""
    refers: str = ""
    what: str = "thing"
    meaning: str = ""
    says: str = ""

    @property
    def many(self) -> bool:
        """Whether it has several values."""
        return self.table is not None

    @property
    def word(self) -> str:
        """The word that introduces it where people read it."""
        return self.says or self.name.replace("_", " ").capitalize()

    @property
    def column(self) -> str:
        """The name of its column, in the table of its record or in that of its values."""
        return self.table.value if self.table else self.name


OF_ALL_RECORDS = ("access", "until")
"""The fields of each record, which come after its own."""


class More(TypedDict, total=False):
    """What may be said of a field beside its property and form; see ``FieldSpec``.

    ``key`` is only given where it is not the field's name, and is empty for what is not authored.
    """

    key: str
    old_keys: tuple[str, ...]
    required: bool
    single: bool
    loose: bool
    scheme: str
    refers: str
    what: str
    meaning: str
    says: str


def one(
    term: str,
    form: Form,
    *,
    default: Any = "",  # noqa: ANN401 — the type is that of the field
    **more: Unpack[More],
) -> Any:  # noqa: ANN401
    """Declare a field with one value at most.

    Args:
        term: IRI of the property.
        form: the form of the value.
        default: what the field holds where there is no value.
        more: what else is to be said of it.
    """
    return dataclasses.field(default=default, metadata=_declared(term, form, None, more))


def several(term: str, form: Form, table: tuple[str, str, str], **more: Unpack[More]) -> Any:  # noqa: ANN401 — the type is that of the field
    """Declare a field with several values, which is a tuple.

    Args:
        term: IRI of the property.
        form: the form of each value.
        table: name, first column (the record) and second column of the table of the values.
        more: what else is to be said of it.
    """
    return dataclasses.field(default=(), metadata=_declared(term, form, table, more))


def _declared(
    term: str, form: Form, table: tuple[str, str, str] | None, more: More
) -> dict[str, object]:
    key = more.pop("key", None)
    spec = FieldSpec("", term, form, ListTable(*table) if table else None, **more)
    return {"declared": spec, "key": key}


def specs(record: type) -> tuple[FieldSpec, ...]:
    """Return the declared fields of a class of records, in their order.

    Args:
        record: a class of records of ``graph.model``.
    """
    return _specs(record)


@cache
def _specs(record: type) -> tuple[FieldSpec, ...]:
    found = []
    for field in dataclasses.fields(record):
        if "declared" in field.metadata:
            spec: FieldSpec = field.metadata["declared"]
            key = field.metadata["key"]
            found.append(spec._replace(name=field.name, key=field.name if key is None else key))
    return tuple(sorted(found, key=lambda one: one.name in OF_ALL_RECORDS))
