"""The strings of a TOML file with their places, so that one can be changed and all else stays."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

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


_COMMA = re.compile(r",\s*\Z")


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
    scan = _Scan()
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "sign":
            scan.sign(token[0])
        elif token.lastgroup != "comment" and (found := scan.word(token)):
            yield found


def each_once(text: str, keys: Collection[str]) -> str:
    """Return a TOML text without what stands in a list for a second time; remarks stay.

    Args:
        text: valid TOML.
        keys: those of the lists that are meant.
    """
    seen: set[tuple[object, ...]] = set()
    parts, end = [], 0
    for one in strings(text):
        if one.key not in keys:
            continue
        if one[:3] in seen:
            before = _COMMA.sub("", text[end : one.start])
            alone = len(before) == one.start - end  # a remark stands between, or nothing before
            parts.append(before)
            end = one.end + (text[one.end : one.end + 1] == ",") * alone
        seen.add(one[:3])
    return "".join([*parts, text[end:]])


class _Scan:
    """Where in a TOML text a token stands, of all that stand before it."""

    def __init__(self) -> None:
        self.levels = [_Level("", 0, ())]
        self.tables = 0
        self.key: list[str] = []
        self.in_value = False
        self.in_header = False
        self.goes_on = False
        """Whether a word that follows belongs to the key that was begun: ``"a".b``."""

    def word(self, token: re.Match[str]) -> TomlString | None:
        """Take a string or a bare word; return it if it is a string and a value."""
        found, level = token[0], self.levels[-1]
        quoted = token.lastgroup == "string"
        if not self.in_value:
            parts = [_value(found)] if quoted else [one for one in found.split(".") if one]
            self.key = [*self.key, *parts] if self.in_header or self.goes_on else parts
            self.goes_on = True
            return None
        if not quoted:
            return None
        return TomlString(level.table, self._path(), _value(found), *token.span())

    def _path(self) -> tuple[str, ...]:
        level = self.levels[-1]
        return level.path if level.sign == "[" else (*level.path, *self.key)

    def sign(self, found: str) -> None:
        """Take a sign of TOML, or the end of a line."""
        self.goes_on = False
        at_top = len(self.levels) == 1
        if found == "\n":
            if at_top:
                self._end_of_line()
        elif at_top and not self.in_value and found == "[":
            self.in_header, self.key = True, []
        elif not self.in_header:
            self._sign_of_value(found)

    def _end_of_line(self) -> None:
        if self.in_header:
            self.tables += 1
            self.levels = [_Level("", self.tables, tuple(self.key))]
        self.in_header, self.in_value, self.key = False, False, []

    def _sign_of_value(self, found: str) -> None:
        level = self.levels[-1]
        if found == "=":
            self.in_value = True
        elif found == "[":
            self.levels.append(_Level("[", level.table, self._path()))
        elif found == "{":
            self.tables += 1
            self.levels.append(_Level("{", self.tables, self._path()))
            self.in_value, self.key = False, []
        elif found in "]}":
            self.levels.pop()
            self.in_value = True
        elif level.sign == "{":
            self.in_value, self.key = False, []


def _value(quoted: str) -> str:
    if quoted[:3] in ('"""', "'''") or "\\" in quoted:
        return str(tomllib.loads(f"x = {quoted}")["x"])
    return quoted[1:-1]
