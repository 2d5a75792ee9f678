"""Values as Neo4j has them: their types in tables, and literals of Cypher."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ..read.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

OF_A_PREDICATE = ("label", "family", "sign", "aspect")
"""What a tie or statement tells of its predicate."""
_NEO4J: Mapping[str, str] = {"integer": "long", "number": "double", "boolean": "boolean",
                            "day": "date", "text": "string", "id": "string"}  # fmt: skip
_KINDS = {column.name: column.type for table in TABLES.values() for column in table.columns}
_KINDS |= {f"predicate_{name}": _KINDS[name] for name in OF_A_PREDICATE}
"""The type of each property; columns of one name have one type."""


class Point(NamedTuple):
    """A point of WGS 84, in degrees."""

    latitude: float
    longitude: float

    def __str__(self) -> str:
        """Return it as a map of Cypher, as ``neo4j-admin`` and ``point()`` read it."""
        return f"{{latitude: {literal(self.latitude)}, longitude: {literal(self.longitude)}}}"


def kind_of(name: str, value: object) -> str:
    """Return the type of a property as the head of a table has it.

    Args:
        name: of the property.
        value: one that it has.
    """
    match value:
        case list():
            return "string[]"
        case Point():
            return "point{crs:WGS-84}"
    return _NEO4J[_KINDS.get(name, "text")]


def literal(value: object, name: str = "") -> str:
    """Return a value as a literal of Cypher.

    Args:
        value: a text, number, truth value, or a list or mapping of them.
        name: the property that has it; some are dates.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case Point():
            return f"point({value})"
        case int() | float():
            whole = isinstance(value, int) and _KINDS.get(name) != "number"
            return str(value) if whole else format(Decimal(repr(float(value))), "f")
        case list():
            return f"[{', '.join(map(literal, value))}]"
        case str():
            text = _text(value)
            return f"date({text})" if _KINDS.get(name) == "day" else text
        case dict():
            pairs = (f"{quoted(key)}: {literal(one, key)}" for key, one in value.items())
            return f"{{{', '.join(pairs)}}}"
    raise TypeError(f"there is no literal for {type(value).__name__}")


def quoted(name: str) -> str:
    """Return a name as Cypher has one that may hold anything."""
    return "`" + name.replace("`", "``") + "`"


def _text(value: str) -> str:
    """Return a text in quotes on one line; ``u`` after a backslash would begin an escape."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    escaped = re.sub(r"(?<=\\)[uU]", lambda found: f"\\u{ord(found[0]):04x}", escaped)
    return "'" + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04x}", escaped) + "'"
