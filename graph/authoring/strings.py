"""The strings of a TOML file with their places, so that one can be changed and all else stays."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"(?P<comment>#[^\n]*)"
    r'|(?P<string>"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\[^\n])*"'
    r"|'[^'\n]*')"
    r"|(?P<bare>[^\s#\"'=,\[\]{}]+)"
    r"|(?P<sign>[=,\[\]{}\n])",
    re.DOTALL,
)


class TomlString(NamedTuple):
    """A string in a TOML file.

    Attributes:
        table: number of the table that it stands in, of the tables of the file in their order.
        path: names of the keys and tables that lead to it, outermost first; the last is its key.
        value: what it says.
        start: offset of its first quote.
        end: offset after its last quote.
    """

    table: int
    path: tuple[str, ...]
    value: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """The key under which it stands, by itself or in a list."""
        return self.path[-1]


class _Level(NamedTuple):
    """A table, or a list (``[``) in which values stand."""

    sign: str
    table: int
    path: tuple[str, ...]


def strings(text: str) -> Iterator[TomlString]:
    """Yield the strings of a TOML text that are values, in their order.

    Args:
        text: valid TOML.
    """
    levels = [_Level("", 0, ())]
    tables, key, in_value, header = 0, [""], False, 0
    before = ""
    for token in _TOKEN.finditer(text):
        kind, found = token.lastgroup, token[0]
        level = levels[-1]
        if kind == "comment":
            continue
        if kind in ("string", "bare"):
            value = _value(found) if kind == "string" else found
            if in_value and kind == "string":
                path = level.path if level.sign == "[" else (*level.path, *key)
                yield TomlString(level.table, path, value, token.start(), token.end())
            elif not in_value:
                key = [*key, *_parts(found, value)] if header or before == "key" else _parts(
                    found, value)  # fmt: skip
                before = "key"
            continue
        before = ""
        own = level.path if level.sign == "[" else (*level.path, *key)
        if found == "\n":
            if len(levels) == 1:
                if header:
                    tables += 1
                    levels, header = [_Level("", tables, tuple(key))], 0
                in_value, key = False, []
        elif len(levels) == 1 and not in_value and found == "[":
            header += 1
            levels, key = [_Level("", level.table, ())], []
        elif header:
            continue
        elif found == "=":
            in_value = True
        elif found == "[":
            levels.append(_Level("[", level.table, own))
        elif found == "{":
            tables += 1
            levels.append(_Level("{", tables, own))
            in_value, key = False, []
        elif found in "]}":
            levels.pop()
            in_value = True
            key = [] if levels[-1].sign == "[" else key
        elif found == "," and level.sign == "{":
            in_value, key = False, []


def _value(quoted: str) -> str:
    if quoted[:3] in ('"""', "'''") or "\\" in quoted:
        return str(tomllib.loads(f"x = {quoted}")["x"])
    return quoted[1:-1]


def _parts(found: str, value: str) -> list[str]:
    return [value] if found[0] in "\"'" else [part for part in found.split(".") if part]
