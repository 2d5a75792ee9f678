"""What a store answers, read to its end: tables, truth values, triples."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..model.terms import XSD
from ..read.select import Table, results
from .errors import CutAnswer, StoreError

if TYPE_CHECKING:
    from ..read.select import Term

_BOOLEANS = {"0": "false", "1": "true"}
_BOOLEAN = ox.NamedNode(XSD + "boolean")
_DEPTH = 24
"""Brackets in brackets; a row has five, a triple term in it two more."""
_TERMS = 100
"""Triple terms in one line of N-Triples, which may stand in each other; parsers recurse."""


def table(data: bytes) -> Table | bool:
    """Return what SPARQL results in JSON hold: a table, or the truth value of ASK.

    Args:
        data: the whole answer. The dialect of Virtuoso is understood: ``typed-literal``, and
            booleans as 0 and 1.

    Raises:
        CutAnswer: the JSON does not come to its end, goes on after it, or is no SPARQL result.
    """
    try:
        if _is_deep(data):
            raise ValueError("brackets are not closed, or are nested as in no result")
        found = results(ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON))
        if isinstance(found, bool):
            return found
        return Table(found.columns, tuple(tuple(map(_plain, row)) for row in found.rows))
    except (SyntaxError, ValueError) as error:
        raise CutAnswer(
            f"the answer is not whole, or no SPARQL result in JSON: {error}{_last_words(data)}"
        ) from error


def _is_deep(data: bytes) -> bool:
    """Return whether brackets stand in brackets as in no result, or do not close.

    Deep triple terms would be the end of this process, without a word.
    """
    left = data.replace(rb"\\", b"").replace(rb"\"", b"").translate(None, _OTHERS)
    left = re.sub(b'"[^"]*"', b"", left)
    for _ in range(_DEPTH):
        if not left:
            return False
        left = left.replace(b"{}", b"").replace(b"[]", b"")
    return bool(left)


_OTHERS = bytes(set(range(256)) - set(b'{}[]"'))


def _plain(term: Term | None) -> Term | None:
    if isinstance(term, ox.Literal) and term.datatype == _BOOLEAN and term.value in _BOOLEANS:
        return ox.Literal(_BOOLEANS[term.value], datatype=_BOOLEAN)
    return term


def triples(data: bytes, most: int | None = None) -> tuple[ox.Triple, ...]:
    """Return the triples of an answer in N-Triples, in their order.

    Args:
        data: the whole answer.
        most: how many were asked for.

    Raises:
        CutAnswer: a line is no triple, or the last one has no end. That lines are missing cannot
            be seen here: whoever asks has to know how many there are.
        StoreError: there are more than were asked for, or they are nested too deeply.
    """
    if data and not data.endswith(b"\n"):
        raise CutAnswer(f"the last line of the answer has no end{_last_words(data)}")
    if b"<<(" in data and any(line.count(b"<<(") > _TERMS for line in data.splitlines()):
        raise StoreError("the answer has triples in triples, deeper than is read here")
    try:
        found = (quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES))
        read = tuple(islice(found, None if most is None else most + 1))
    except SyntaxError as error:
        raise CutAnswer(f"the answer is no N-Triples: {error.msg}{_last_words(data)}") from error
    if most is not None and len(read) > most:
        raise StoreError(f"the store gives more than the {most} triples that it is asked for")
    return read


def _last_words(data: bytes) -> str:
    """Return the end of an answer; a server that gives up may say there why."""
    return f'; it ends with "{data[-120:].decode("utf-8", "replace")}"'
