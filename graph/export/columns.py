"""Columns of values of one type each, as tables and attributes of other formats need them."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING, cast

from ..errors import UsageError
from ..read.rules import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import EllipsisType

    Order = tuple[str | EllipsisType, ...]

_RANGE = 2**31
_encoded = json.JSONEncoder(ensure_ascii=False).encode


OF_NODES = ("class", "kind", "identity", ..., "names", "note",
            "latitude", "longitude", "uncertainty_m",
            "last_size", "last_size_low", "last_size_high", "last_size_counted")  # fmt: skip
"""The columns of nodes in their order; names in each language stand between them."""


def names(rows: Iterable[Mapping[str, object]], order: Order) -> list[str]:
    """Return the names of the columns that some rows need.

    Args:
        rows: values by name.
        order: as for ``in_order``.
    """
    found: set[str] = set()
    for row in rows:
        found.update(name for name in row.keys() - found if not is_empty(row[name]))
    return in_order(found, order)


def in_order(found: Collection[str], order: Order) -> list[str]:
    """Return names in order: some in a given one, as far as there are any, and all others.

    Args:
        found: all names.
        order: names in their order. The others, by the alphabet, stand where it has an ellipsis,
            or else at the end.
    """
    others = sorted(set(found).difference(order))
    return [
        name
        for part in (order if ... in order else (*order, ...))
        for name in (others if part is ... else [part] if part in found else [])
    ]


def is_empty(value: object) -> bool:
    """Return whether a value says nothing: ``None``, an empty text or an empty list."""
    if value.__class__ is str:  # nearly all are, and to ask for a class of classes is slow
        return not value
    return value is None or (isinstance(value, Collection) and len(value) == 0)


def types(rows: Collection[Mapping[str, object]], order: Order = ()) -> dict[str, str]:
    """Return the type that GEXF gives to each column of some rows, by its name.

    Args:
        rows: values by name.
        order: as for ``in_order``.

    Raises:
        UsageError: a value is neither text, number, truth value nor a list of texts.
    """
    shapes = {(tuple(row), tuple(map(type, row.values()))) for row in rows}
    classes: dict[str, set[type]] = {}
    for shape in shapes:
        for name, one in zip(*shape, strict=True):
            classes.setdefault(name, set()).add(one)
    found = {}
    for name in in_order(classes, order):
        if classes[name] == {str}:
            found[name] = "string"
        elif any(not is_empty(row.get(name)) for row in rows):
            found[name] = gexf_type(name, (row.get(name) for row in rows))
    return found


def gexf_type(column: str, values: Iterable[object]) -> str:
    """Return the type that GEXF gives to a column.

    Args:
        column: its name, for the message.
        values: all values in it.

    Raises:
        UsageError: a value is neither text, number, truth value nor a list of texts.
    """
    given = [value for value in values if value is not None]
    if given and set(map(type, given)) == {int}:
        numbers = cast("list[int]", given)
        return "integer" if min(numbers) >= -_RANGE and max(numbers) < _RANGE else "long"
    return _common({_type(column, value) for value in given if not is_empty(value)})


def _common(types: set[str]) -> str:
    """Return the narrowest type that holds values of some types."""
    if types <= {"integer"}:
        return "integer" if types else "string"
    if types <= {"integer", "long"}:
        return "long"
    if types <= {"integer", "long", "double"}:
        return "double"
    return next(iter(types)) if len(types) == 1 else "string"


def _type(column: str, value: object) -> str:
    match value:
        case str():
            return "string"
        case bool():
            return "boolean"
        case int():
            return "integer" if -_RANGE <= value < _RANGE else "long"
        case float():
            return "double"
        case list() if all(isinstance(item, str) for item in value):
            return "liststring"
    raise UsageError(f'the attribute "{column}" has a value of the type {type(value).__name__}')


def as_text(value: object, separator: str = SEPARATOR) -> str:
    """Return a value as text: lists joined, truth values as ``true`` and ``false``.

    Args:
        value: text, number, truth value or a list of texts.
        separator: what stands between the items of a list.
    """
    if value.__class__ is str:
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return separator.join(str(item) for item in value)
    return "" if value is None else str(value)


def value_as_text(value: object, kind: str) -> str:
    """Return a value as GEXF writes it in a column of a type.

    Args:
        value: text, number, truth value or a list of texts.
        kind: the type, as ``gexf_type`` gives it.
    """
    if kind == "liststring" and isinstance(value, list):
        return f"[{', '.join(map(_encoded, value))}]"
    if kind == "double" and isinstance(value, int | float):
        return number(value)
    return as_text(value)


def number(value: float) -> str:
    """Return a number as XML Schema writes a double."""
    return {"inf": "INF", "-inf": "-INF", "nan": "NaN"}.get(repr(float(value)), repr(float(value)))
