"""The words of the short form: plain ones, those in quotes, and qualifiers as ``KEY=VALUE``."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_QUOTED = r'"(?:[^"\\]|\\["\\])*"|“[^”]*”'
_WORD = re.compile(
    rf"\s*(?:(?P<quoted>{_QUOTED})|(?P<bar>\|)"
    rf'|(?P<key>[A-Za-z0-9][A-Za-z0-9_-]*)=(?P<given>(?:{_QUOTED}|[^\s|"“])*)|(?P<bare>[^\s|"“]+))'
)
_PIECE = re.compile(rf"(?P<quoted>{_QUOTED})|(?P<comma>,)|(?P<bare>[^,\"“]+)")


class Token(NamedTuple):
    """A word, several in quotes, or a qualifier.

    Attributes:
        text: what it says; of a qualifier the value as it is written, with its quotes.
        quoted: whether it stood in quotes.
        key: of a qualifier; else empty.
    """

    text: str
    quoted: bool
    key: str = ""

    @property
    def glued(self) -> bool:
        """Whether another qualifier stands in the value, behind a comma without a blank."""
        bare = (found["bare"] for found in _PIECE.finditer(self.text))
        return any(one and "=" in one for one in bare)

    @property
    def value(self) -> str:
        """The value of a qualifier, as one."""
        return ",".join(self.values)

    @property
    def values(self) -> list[str]:
        """The values of a qualifier, parted by the commas that stand in no quotes."""
        parts = [""]
        for found in _PIECE.finditer(self.text):
            if found["comma"]:
                parts.append("")
            else:
                parts[-1] += _plain(found["quoted"]) if found["quoted"] else found["bare"]
        return parts


def parts_of(line: str) -> list[list[Token]]:
    """Return the words of a line, parted by its bars.

    Raises:
        UsageError: a quotation mark has no partner.
    """
    parts: list[list[Token]] = [[]]
    for found in _found(line):
        if found["bar"]:
            parts.append([])
        elif found["key"]:
            key = found["key"].replace("-", "_")
            parts[-1].append(Token(found["given"], quoted=False, key=key))
        elif found["quoted"]:
            parts[-1].append(Token(_plain(found["quoted"]), quoted=True))
        else:
            parts[-1].append(Token(found["bare"], quoted=False))
    return parts


def pieces_of(line: str) -> list[str]:
    """Return the text before, between and behind the bars of a line; as ``parts_of``."""
    bars = [found.start("bar") for found in _found(line) if found["bar"]]
    return [line[start + 1 : end].strip() for start, end in pairwise((-1, *bars, len(line)))]


def _found(line: str) -> Iterator[re.Match[str]]:
    place, end = 0, len(line.rstrip())
    while place < end:
        found = _WORD.match(line, place)
        if found is None:
            rest = line[place:end].strip()
            raise UsageError(f"a quotation mark is missing: {rest}")
        yield found
        place = found.end()


def parted(tokens: Iterable[Token]) -> tuple[list[Token], list[Token]]:
    """Return the words and the qualifiers of a part of a line."""
    every = list(tokens)
    return [one for one in every if not one.key], [one for one in every if one.key]


def items_of(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return words parted by the commas that stand behind or within those without quotes."""
    items: list[list[Token]] = [[]]
    for token in tokens:
        if token.quoted:
            items[-1].append(token)
        elif token.key:
            items[-1].append(token._replace(text=token.text.removesuffix(",")))
            if token.text.endswith(","):
                items.append([])
        else:
            first, *others = token.text.split(",")
            items[-1] += [token._replace(text=first)] if first else []
            items += [[token._replace(text=one)] if one else [] for one in others]
    return items


def text_of(tokens: Sequence[Token]) -> str:
    """Return words with blanks between them."""
    return " ".join(one.text for one in tokens)


def _plain(quoted: str) -> str:
    """Return what stands in quotes."""
    return re.sub(r'\\(["\\])', r"\1", quoted[1:-1]) if quoted[0] == '"' else quoted[1:-1]
