"""Which queries look short, from their text: a guess that costs nothing but time when it is wrong.

What looks short may still take long, as joins over what many have in common do; then it is moved
(``pool``). What is not understood here does not look short, though it may be.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_SIGNS = 4000
_MOST_TOKENS = 600
_DEEPEST = 12

_IRI = r"<[^<>\"{}|^`\\\s]*>"
_NAME = r"(?:[A-Za-z][\w.-]*)?:(?:[\w.:%-]|\\.)*(?<!\.)"
_LONG_TEXT = r'"""(?:[^\\]|\\.)*?"""' + r"|\'\'\'(?:[^\\]|\\.)*?\'\'\'"
_TEXT = _LONG_TEXT + r'|"(?:[^"\\\n\r]|\\.)*"' + r"|'(?:[^'\\\n\r]|\\.)*'"
_TOKEN = re.compile(
    r"\s+|#[^\n\r]*"
    r"|(?P<variable>[?$]\w+|_:\w+)"  # a blank node stands for anything, too
    rf"|(?P<term>(?:{_TEXT})(?:@[A-Za-z-]+|\^\^(?:{_IRI}|{_NAME}))?|{_IRI}|{_NAME}|\d[\d.eE]*(?<!\.))"
    r"|(?P<word>[A-Za-z_]\w*)"
    r"|(?P<sign>&&|\|\||[!<>]=|<<|>>|.)",
    re.DOTALL,
)
_TERM_WORDS = ("A", "TRUE", "FALSE")

Token = tuple[str, str]
"""What it is, and its text; that of a word in capitals."""


class _NotUnderstood(Exception):
    """The query has a form that is not looked into, or one that may take long."""


def looks_short(query: str) -> bool:
    """Return whether a query looks as if it were answered in some milliseconds.

    It does where each pattern has a constant, all patterns hang together by their variables, and no
    path of any length has a variable at both ends; and where it is one query, without another
    in it.

    Args:
        query: SPARQL; what is none may be taken for short or not.
    """
    if len(query) > _MOST_SIGNS:
        return False
    try:
        return _Patterns(_tokens(query)).connected()
    except _NotUnderstood:
        return False


def _tokens(query: str) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup
        if kind == "word":
            word = match[0].upper()
            found.append(("term" if word in _TERM_WORDS else "word", word))
        elif kind is not None:
            found.append((kind, match[0]))
    if len(found) > _MOST_TOKENS:
        raise _NotUnderstood
    return found


class _Patterns:
    """The patterns of a query, as far as their variables go."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens: Iterator[Token] = iter([*tokens, ("end", "")])
        self.of: dict[str, str] = {}
        self.now: Token = ("end", "")
        self._next()

    def connected(self) -> bool:
        """Return whether all variables hang together."""
        self._head()
        depth = 0
        while self.now[0] != "end":
            text = self.now[1]
            if text == "{":
                depth += 1
            elif text == "}":
                depth -= 1
            elif depth > 0:
                self._part()
                continue
            elif text == "VALUES":
                raise _NotUnderstood
            self._next()
            if depth > _DEEPEST:
                raise _NotUnderstood
        return len({self._root(one) for one in self.of}) <= 1

    def _next(self) -> Token:
        """Go on by one, and return what was there."""
        before, self.now = self.now, next(self.tokens, ("end", ""))
        return before

    def _head(self) -> None:
        """Pass over all that stands before the first pattern, the template of CONSTRUCT too."""
        template = False
        while self.now[0] != "end":
            if self.now[1] == "{":
                if not template:
                    return
                self._over("{", "}")
                template = False
            else:
                template = self._next()[1] == "CONSTRUCT"

    def _over(self, opening: str, closing: str) -> set[str]:
        """Pass over what stands in brackets, and return the variables in it."""
        depth, found = 0, set[str]()
        while True:
            kind, text = self._next()
            if kind == "end" or (text == "{" and opening != "{") or depth > _DEEPEST:
                raise _NotUnderstood
            if kind == "variable":
                found.add(text)
            depth += (text == opening) - (text == closing)
            if not depth:
                return found

    def _part(self) -> None:
        """Read what stands in a group: a pattern, a condition, or what opens another group."""
        kind, text = self.now
        if kind != "word":
            if text == ".":
                self._next()
            else:
                self._triples()
        elif text == "FILTER":
            self._next()
            while self.now[1] != "(":
                if self._next()[1] in ("EXISTS", "}"):
                    return
            self._over("(", ")")
        elif text == "BIND":
            self._next()
            self._join(self._over("(", ")"))
        elif text == "VALUES":
            self._next()
            self._join(self._over("(", ")") if self.now[1] == "(" else {self._next()[1]})
            self._over("{", "}")
        elif text in ("OPTIONAL", "UNION", "MINUS", "GRAPH"):
            self._next()
            if text == "GRAPH":
                self._next()
        else:
            raise _NotUnderstood

    def _triples(self) -> None:
        """Read the patterns of one subject."""
        subject = self._term()
        while True:
            predicate, endless = self._path()
            while True:
                self._pattern(subject, predicate, self._term(), endless=endless)
                if self.now[1] != ",":
                    break
                self._next()
            if self.now[1] != ";":
                return
            while self.now[1] == ";":
                self._next()
            if self.now[1] in (".", "}"):
                return

    def _term(self) -> Token:
        if self.now[0] not in ("variable", "term"):
            raise _NotUnderstood
        return self._next()

    def _path(self) -> tuple[Token, bool]:
        """Read a predicate or a path; return its last element, and whether it has any length."""
        depth, last, endless = 0, ("", ""), False
        while True:
            while self.now[1] in ("^", "!", "("):
                depth += self._next()[1] == "("
            last = self._term()
            while self.now[1] in ("*", "+", "?", ")"):
                text = self._next()[1]
                depth -= text == ")"
                endless = endless or text in "*+"
            if self.now[1] not in ("/", "|"):
                break
            self._next()
        if depth:
            raise _NotUnderstood
        return last, endless

    def _pattern(self, subject: Token, predicate: Token, object_: Token, *, endless: bool) -> None:
        found = {text for kind, text in (subject, predicate, object_) if kind == "variable"}
        anchored = "term" in (subject[0], object_[0])
        if not anchored and (endless or predicate[0] == "variable"):
            raise _NotUnderstood
        self._join(found)

    def _join(self, variables: set[str]) -> None:
        """Let variables hang together."""
        roots = [self._root(one) for one in variables]
        for root in roots:
            self.of[root] = roots[0]

    def _root(self, variable: str) -> str:
        while (above := self.of.setdefault(variable, variable)) != variable:
            variable = above
        return variable
