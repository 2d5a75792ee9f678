"""Answers of a store as terms: read to the last sign, or refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..query import Table
from ..vocabulary import XSD
from .errors import CutAnswer, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..query import Term

_BOOLEANS = {"0": "false", "1": "true"}


def table(data: bytes) -> Table | bool:
    """Return what SPARQL results in JSON hold: a table, or the truth value of ASK.

    Args:
        data: the whole answer. The dialect of Virtuoso is understood: ``typed-literal``, and
            booleans as 0 and 1.

    Raises:
        CutAnswer: the JSON does not come to its end, or goes on after it.
        StoreError: it is no SPARQL result.
    """
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise CutAnswer(f"the answer is not whole: {error}{_last_words(data)}") from error
    try:
        if "boolean" in found:
            return bool(found["boolean"])
        columns = tuple(str(name) for name in found["head"]["vars"])
        rows = tuple(
            tuple(_term(row[name]) if name in row else None for name in columns)
            for row in found["results"]["bindings"]
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StoreError(f"the answer is no SPARQL result in JSON: {error!r}") from error
    return Table(columns, rows)


def _term(value: Mapping[str, Any]) -> Term:
    match value["type"]:
        case "uri":
            return ox.NamedNode(value["value"])
        case "literal" | "typed-literal":
            return _literal(value)
        case "bnode":
            return ox.BlankNode(value["value"])
        case "triple":
            inner = value["value"]
            subject, predicate, target = (_term(inner[k]) for k in _PARTS)
            return ox.Triple(subject, predicate, target)  # type: ignore[arg-type]
        case other:
            raise ValueError(other)


_PARTS = ("subject", "predicate", "object")


def _literal(value: Mapping[str, Any]) -> ox.Literal:
    words, datatype = str(value["value"]), value.get("datatype")
    if "xml:lang" in value:
        return ox.Literal(words, language=value["xml:lang"])
    if datatype is None:
        return ox.Literal(words)
    if datatype == XSD + "boolean":
        words = _BOOLEANS.get(words, words)
    return ox.Literal(words, datatype=ox.NamedNode(datatype))


def triples(data: bytes) -> tuple[ox.Triple, ...]:
    """Return the triples of an answer in N-Triples, in their order.

    Raises:
        CutAnswer: a line is no triple, or the last one has no end. That lines are missing cannot
            be seen here: whoever asks has to know how many there are.
    """
    if data and not data.endswith(b"\n"):
        raise CutAnswer(f"the last line of the answer has no end{_last_words(data)}")
    return tuple(_triples(data))


def _triples(data: bytes) -> Iterator[ox.Triple]:
    try:
        for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple
    except SyntaxError as error:
        raise CutAnswer(f"the answer is no N-Triples: {error.msg}{_last_words(data)}") from error


def _last_words(data: bytes) -> str:
    """Return the end of an answer; a server that gives up may say there why."""
    words = data[-200:].decode("utf-8", "replace")
    return f'; it ends with "{"".join(sign for sign in words if sign.isprintable())[-120:]}"'
