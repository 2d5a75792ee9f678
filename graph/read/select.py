"""Asking a store: SPARQL in, a table, a truth value or triples out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..errors import UsageError
from ..model.terms import (
    PREFIXES,
    prefixes_of,
)
from .case_graph import CaseGraph
from .offline import refuse_service

if TYPE_CHECKING:
    from collections.abc import Sequence

    Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple


Graph = CaseGraph
"""A judged graph with its case, as most functions take it."""

_LISTED = 8
"""So many of the words that a parser would have taken are listed in an error."""


@dataclass(frozen=True)
class Table:
    """The answer of a SELECT query: column names, and rows of terms (``None``: no value)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def column(self, name: str) -> list[Term | None]:
        """Return the terms of one column, from top to bottom."""
        index = self.columns.index(name)
        return [row[index] for row in self.rows]


Answer = Table | bool | tuple[ox.Triple, ...]
"""What a query gives: SELECT a table, ASK a truth value, CONSTRUCT and DESCRIBE triples."""


def select(store: ox.Store, sparql: str, *, world: Sequence[str] = ()) -> Table:
    """Return the answer of a SELECT query.

    Args:
        store: the store.
        sparql: the query.
        world: IRIs of named graphs to be read together with the default graph.

    Raises:
        UsageError: the text is no query, or no SELECT.
    """
    found = answer(store, sparql, world=world)
    if not isinstance(found, Table):
        raise UsageError("this takes a SELECT query")
    return found


def answer(store: ox.Store, sparql: str, *, world: Sequence[str] = (), case: str = "") -> Answer:
    """Return what a query answers: a table, a truth value, or triples.

    The prefixes of the project need not be declared, nor that of the case if it is given.

    Args:
        store: the store.
        sparql: the query; it must not ask other addresses.
        world: IRIs of named graphs to be read together with the default graph.
        case: id of the case, for its prefix.

    Raises:
        UsageError: the text is no SPARQL query, or uses SERVICE; the text says where it breaks.
    """
    refuse_service(sparql)
    graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
    if world:
        graphs = [ox.DefaultGraph(), *(ox.NamedNode(iri) for iri in world)]
    try:
        prefixes = prefixes_of(case) if case else PREFIXES
        found = store.query(sparql, prefixes=prefixes, default_graph=graphs)
        return tuple(found) if isinstance(found, ox.QueryTriples) else results(found)
    except SyntaxError as error:
        raise UsageError(f"this is no SPARQL query: {what_is_wrong(error.msg)}") from error
    except UnicodeEncodeError as error:
        raise UsageError("this is no SPARQL query: it is not text in UTF-8") from error
    except (RuntimeError, OSError) as error:
        raise UsageError(f"the query cannot be answered: {error}") from error


def results(found: ox.QuerySolutions | ox.QueryBoolean) -> Table | bool:
    """Return results of the engine, computed or parsed, as a table or a truth value."""
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    columns = tuple(variable.value for variable in found.variables)
    return Table(columns, tuple(tuple(solution) for solution in found))


def what_is_wrong(message: str) -> str:
    """Return the parser's message without the classes of signs that it lists."""
    if "Prefix not found" in message:
        place, _, _ = message.partition(": expected")
        return f"{place}: a prefix is used that is not declared"
    head, found, listed = message.partition("expected one of ")
    words = [word for word in listed.split(", ") if "..=" not in word and "[" not in word]
    return head + found + ", ".join(words[:_LISTED]) if found else message
