"""Changing how coarsely is told of whoever is withheld: the keys of the table ``withheld``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import UsageError, suggestion
from ..model import Actor, Case
from ..reader.schemas import WITHHELD
from . import blocks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..model import Record

TABLE = "withheld"
_BELOW = f"{TABLE}."
_ALL = ("dates", "places", "channel")
_MORE = {Case: ("ids",), Actor: ("label", "joined")}
"""The keys that the table of a record has beside those that it has everywhere."""
_TRUE_OR_FALSE = {"true": True, "yes": True, "false": False, "no": False}


def is_below(key: str) -> bool:
    """Return whether a key is one of the table, as in ``withheld.dates``."""
    return key == TABLE or key.startswith(_BELOW)


def value_of(record: Record, key: str, how: str, text: str) -> str | bool | None:
    """Return the new value of a key of the table; ``None`` if it goes, or the whole table does.

    Args:
        record: whose table it is.
        key: the key, as in ``withheld.dates``.
        how: how a list would be changed, which none of them is.
        text: the value as it is given.

    Raises:
        UsageError: there is no such key here, or the value does not fit.
    """
    own = [*_MORE.get(type(record), ()), *_ALL]
    name = key.removeprefix(_BELOW)
    if key == TABLE and text:
        raise UsageError(f"{TABLE}: is a table; write {_BELOW}{own[-3]}=VALUE, or {TABLE}= to take "
                         f"it out; it has {', '.join(own)}")  # fmt: skip
    if key != TABLE and name not in own:
        raise UsageError(f'"{key}" is no key of {record.id}{suggestion(name, own)}; {TABLE} has '
                         f"{', '.join(own)} there")  # fmt: skip
    if how:
        raise UsageError(f"{key} is no list; write {key}=VALUE")
    if not text:
        return None
    value = _TRUE_OR_FALSE.get(text.casefold(), text) if name == "channel" else text
    if wrong := WITHHELD[name].check(value):
        raise UsageError(f"{key}: {wrong if isinstance(wrong, str) else wrong()}")
    return value


def put(
    text: str, table: Mapping[str, Any], path: Sequence[tuple[str, int]], keys: Mapping[str, Any]
) -> str:
    """Return a file with other values in the table ``withheld`` of a record.

    Args:
        text: the file.
        table: the keys of the record, as they are.
        path: the tables that lead to it, each with its index.
        keys: those of the table with their new values, as ``withheld.dates``.
    """
    old = table.get(TABLE, {})
    changed = {key.removeprefix(_BELOW): value for key, value in keys.items() if key != TABLE}
    now = {key: value for key, value in {**old, **changed}.items() if value is not None}
    if TABLE in keys or not now:
        return blocks.with_keys(text, path, {TABLE: None}) if TABLE in table else text
    if not old:
        return blocks.with_keys(text, path, {TABLE: now})
    return blocks.with_keys(text, (*path, (TABLE, 0)), changed)
