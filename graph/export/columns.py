"""Columns of values of one type each, as tables and attributes of other formats need them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from ..errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Value = str | int | float | bool | list[str]
_RANGE = 2**31


def names(rows: Iterable[Mapping[str, object]], first: Iterable[str]) -> list[str]:
    """Return the names of the columns that some rows need.

    Args:
        rows: values by name.
        first: the columns that come first, in this order, as far as a row has them.

    Returns:
        Those, and then all others by the alphabet.
    """
    found = {name for row in rows for name, value in row.items() if not is_empty(value)}
    leading = [name for name in first if name in found]
    return leading + sorted(found.difference(leading))


def is_empty(value: object) -> bool:
    """Return whether a value says nothing: ``None``, an empty text or an empty list."""
    return value is None or (isinstance(value, str | Collection) and len(value) == 0)


def gexf_type(column: str, values: Iterable[object]) -> str:
    """Return the type that GEXF gives to a column.

    Raises:
        UsageError: a value is neither text, number, truth value nor a list of texts.
    """
    types = {_type(column, value) for value in values if not is_empty(value)}
    if types <= {"integer"}:
        return "integer" if types else "string"
    if types <= {"integer", "long"}:
        return "long"
    if types <= {"integer", "long", "double"}:
        return "double"
    return types.pop() if len(types) == 1 else "string"


def _type(column: str, value: object) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer" if -_RANGE <= value < _RANGE else "long"
        case float():
            return "double"
        case str():
            return "string"
        case list() if all(isinstance(item, str) for item in value):
            return "liststring"
    raise UsageError(f'the attribute "{column}" has a value of the type {type(value).__name__}')


def as_text(value: object, separator: str = "; ") -> str:
    """Return a value as text: lists joined, truth values as ``true`` and ``false``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return separator.join(str(item) for item in value)
    return "" if value is None else str(value)
