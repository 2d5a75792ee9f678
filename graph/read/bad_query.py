"""What is wrong with a text that is no SPARQL query, and where it breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import UsageError, suggestion
from ..model.terms import PREFIXES
from .offline import code

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_LISTED = 8
"""So many of the words that a parser would have taken are listed in an error."""
_WIDTH = 36
"""So many characters of a line are shown on either side of where it breaks."""
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_CURLY = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": "a plain blank"}
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)
_PREFIXED = re.compile(r"(?<![\w?$:@^<])([A-Za-z][\w.-]*):")
_PROLOGUE = re.compile(r"(?:\s|BASE\b|PREFIX\s+[^\s:]*:)*", re.IGNORECASE)
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")


class BadQuery(UsageError):
    """A text is no SPARQL query; ``reason`` says what is wrong with it, and where."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"this is no SPARQL query: {reason}")

    @property
    def lines(self) -> Sequence[str]:
        """The reason, the line of the query that breaks, and a caret below the place."""
        return str(self).splitlines()


def what_is_wrong(sparql: str, message: str, prefixes: Collection[str] = PREFIXES) -> str:
    """Return what is wrong with a query, where, and the line that breaks with a caret below.

    Args:
        sparql: the query.
        message: what the parser says of it.
        prefixes: those that need not be declared.
    """
    if not code(sparql).strip():
        return "it is empty"
    place = _PLACE.match(message)
    if place is None:
        return message
    line, column = int(place[1]), int(place[2])
    rows = sparql.splitlines() or [""]
    row = rows[min(line, len(rows)) - 1].replace("\t", " ")
    column = min(column if line <= len(rows) else len(row) + 1, len(row) + 1)
    why, there = next(_reasons(code(sparql), place[3], prefixes))
    if there in row:
        column = row.index(there) + 1 if there else column
    first = max(0, column - _WIDTH)
    shown = row[first : first + 2 * _WIDTH]
    return f"line {line}, column {column}: {why}\n  {shown}\n  {' ' * (column - first - 1)}^"


def _reasons(plain: str, expected: str, prefixes: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield why a parser may have stopped, likely ones first, each with the text that stopped it.

    Args:
        plain: the query without its texts, comments and IRIs.
        expected: what the parser expected.
        prefixes: those that need not be declared.
    """
    for sign, right in _CURLY.items():
        if sign in plain:
            yield f"{sign} is no sign of SPARQL; write {right}", sign
    known = {*prefixes, *_DECLARED.findall(plain)}
    for name in _PREFIXED.findall(plain):
        if name not in known:
            yield f'the prefix "{name}:" is not declared{suggestion(name, known)}', f"{name}:"
    begin = _PROLOGUE.match(plain)
    word = re.split(r"\W", plain[begin.end() if begin else 0 :], maxsplit=1)[0]
    if word.upper() in _UPDATES:
        yield "this is an update; here is only read", word
    elif word.upper() not in _FORMS:
        listed = ", ".join(_FORMS[:-1])
        yield f'a query begins with {listed} or {_FORMS[-1]}, not with "{word[:_WIDTH]}"', word
    for opening, closing in ("{}", "()"):
        if plain.count(opening) > plain.count(closing):
            yield f'a "{opening}" is never closed', ""
    if '"' in plain or "'" in plain:
        yield "a text is never closed", ""
    words = expected.removeprefix("expected ").removeprefix("one of ").split(", ")
    words = [word for word in words if "..=" not in word and "[" not in word]
    sentences = [word for word in words if " " in word and '"' not in word]
    if sentences:
        yield "; ".join(sentences), ""
    listed = ", ".join(words[:_LISTED])
    yield f"something else was expected{f', such as {listed}' if listed else ''}", ""
