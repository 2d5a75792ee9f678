"""Tables of authored files, written as people write them here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tomlkit
from tomlkit.items import AoT, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WIDE = 110
_A_LINE = 8
"""So many short texts stand in a line of a long list."""


def table(keys: Mapping[str, Any], header: str = "") -> str:
    """Return a table in TOML: one key a line, one claim a line.

    Args:
        keys: its keys in their order, with texts, numbers, truth values, and lists and tables of
            these; what is ``None``, empty text or an empty list is left out.
        header: what stands above them: ``[[statement]]``.
    """
    kept = {key: value for key, value in keys.items() if value not in (None, "", [], ())}
    lines = [header] if header else []
    lines += [f"{key} = {_long(value)}" for key, value in kept.items()]
    return "\n".join(lines) + "\n"


def _inline(keys: Mapping[str, Any]) -> str:
    return "{ " + ", ".join(f"{key} = {_value(value)}" for key, value in keys.items()) + " }"


def with_item(array: Any, keys: Mapping[str, Any]) -> None:  # noqa: ANN401 - tomlkit's own type
    """Add a table to a list of a document of ``tomlkit``, in the style of the list.

    Args:
        array: the list.
        keys: of the table.
    """
    item = tomlkit.parse(f"x = {_inline(keys)}")["x"]
    if isinstance(array, AoT):
        array.append(_table(keys))
    elif "\n" in array.as_string():
        array.add_line(item, indent="  ")
    else:
        array.append(item)


def _table(keys: Mapping[str, Any]) -> Table:
    """Return a table of its own, ``[[statement.claims]]``, with an empty line behind it."""
    made = tomlkit.table()
    for key, value in keys.items():
        made[key] = value
    made.add(tomlkit.nl())
    return made


def _long(value: object) -> str:
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        if any(key in ("voice", "passages") for key in value[0]):
            return "[\n" + "".join(f"  {_inline(one)},\n" for one in value) + "]"
        return _value(value)
    plain = _value(value)
    if isinstance(value, list) and len(plain) > _WIDE:
        rows = [value[place : place + _A_LINE] for place in range(0, len(value), _A_LINE)]
        return "[\n" + "".join(f"  {_listed(row)},\n" for row in rows) + "]"
    return plain


def _listed(values: Sequence[object]) -> str:
    return ", ".join(map(_value, values))


def _value(value: object) -> str:
    if isinstance(value, dict):
        return _inline(value)
    if isinstance(value, list | tuple):
        return f"[{_listed(value)}]"
    return tomlkit.item(value).as_string()
