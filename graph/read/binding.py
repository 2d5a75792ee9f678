"""Values in queries and updates: the one door through which a term becomes a part of SPARQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NewType

import pyoxigraph as ox

from ..errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PLACE = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}")

Value = NewType("Value", str)
"""Terms as SPARQL writes them; only this module makes it."""


def as_value(*terms: object) -> Value:
    """Return IRIs and literals as SPARQL writes them, with a space between.

    Pyoxigraph has checked a term when it was made, also from an answer, and serialises it.

    Args:
        terms: IRIs and literals of pyoxigraph. A blank node would be a variable in a query.

    Raises:
        UsageError: one of them is no such term.
    """
    for term in terms:
        if not isinstance(term, ox.NamedNode | ox.Literal):
            raise UsageError(f"{term!r} can be no value in a query; it takes IRIs and literals")
    return Value(" ".join(map(str, terms)))


def as_triples(triples: Iterable[ox.Triple]) -> Value:
    """Return triples as ``INSERT DATA`` takes them, one to a line; errors as in ``as_value``."""
    lines = (as_value(t.subject, t.predicate, t.object) for t in triples)
    return Value("\n".join(f"{line} ." for line in lines))


def put_in(sparql: str, values: Mapping[str, Value], name: str) -> str:
    """Return the text of a query with terms in their places, put in by one pass over the text.

    Args:
        sparql: the query; a place is ``VALUES ?x { UNDEF }``.
        values: by name of parameter, one term or several, see ``as_value``.
        name: what the query is called, for messages.

    Raises:
        UsageError: the query has no place for a value.
    """
    placed: set[str] = set()

    def put(match: re.Match[str]) -> str:
        param = match[1]
        placed.add(param)
        return f"VALUES ?{param} {{ {values[param]} }}" if param in values else match[0]

    filled = _PLACE.sub(put, sparql)
    for param in values.keys() - placed:
        raise UsageError(
            f'the query "{name}" declares the parameter {param} but has no '
            f'"VALUES ?{param} {{ UNDEF }}"'
        )
    return filled
