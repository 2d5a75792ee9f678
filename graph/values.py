"""Values in queries and updates: the one door through which a term becomes a part of SPARQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, NewType

import pyoxigraph as ox

from .errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

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
