"""Asking a store: SPARQL in, a table, a truth value or triples out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..errors import UsageError
from ..errors.counting import counted
from ..model.terms import PREFIXES, case_namespace, prefixes_to_ask, text
from .bad_query import BadQuery, what_is_wrong
from .case_graph import CaseGraph
from .offline import refuse_service

if TYPE_CHECKING:
    from collections.abc import Iterable

    GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
    Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple


Graph = CaseGraph
"""A judged graph with its case, as most functions take it."""


@dataclass(frozen=True)
class Table:
    """The answer of a SELECT query: column names, and rows of terms (``None``: no value)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __repr__(self) -> str:
        return f"<Table of {counted(len(self.rows), 'row')}: {', '.join(self.columns)}>"

    def column(self, name: str) -> list[Term | None]:
        """Return the terms of one column, from top to bottom."""
        index = self.columns.index(name)
        return [row[index] for row in self.rows]

    def named(self, graph: Graph) -> list[dict[str, str]]:
        """Return the rows by column: ids, names of kinds and terms, texts; empty for no value."""
        return [
            {name: graph.name(text(term)) for name, term in zip(self.columns, row, strict=True)}
            for row in self.rows
        ]

    def beside(self, name: str, texts: Iterable[str]) -> Table:
        """Return the table with one more column.

        Args:
            name: the name of the column.
            texts: its cells, one for each row.
        """
        rows = zip(self.rows, map(ox.Literal, texts), strict=True)
        return Table((*self.columns, name), tuple((*row, cell) for row, cell in rows))


Triples = tuple[ox.Triple, ...]

Answer = Table | bool | Triples
"""What a query gives: SELECT a table, ASK a truth value, CONSTRUCT and DESCRIBE triples."""


def select(store: ox.Store, sparql: str) -> Table:
    """Return the answer of a SELECT query.

    Args:
        store: the store.
        sparql: the query.

    Raises:
        UsageError: the text is no query, or no SELECT.
    """
    found = answer(store, sparql)
    if not isinstance(found, Table):
        raise UsageError("this takes a SELECT query")
    return found


def answer(store: ox.Store, sparql: str, *, case: str = "") -> Answer:
    """Return what a query answers: a table, a truth value, or triples.

    Args:
        store: the store.
        sparql: the query, as ``run`` takes it.
        case: id of the case, for its prefixes and for relative IRIs.

    Raises:
        UsageError: the text is no SPARQL query, or uses SERVICE; the text says where it breaks.
    """
    try:
        found = run(store, sparql, case=case)
        return tuple(found) if isinstance(found, ox.QueryTriples) else results(found)
    except (RuntimeError, OSError) as error:
        raise UsageError(f"the query cannot be answered: {error}") from error


def run(
    store: ox.Store,
    sparql: str,
    *,
    case: str = "",
    default_graphs: list[GraphName] | None = None,
    named_graphs: list[ox.NamedNode | ox.BlankNode] | None = None,
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Ask a store: the one door for every query, from Python, the command line and the server.

    The prefixes of the project and the case need not be declared, a relative IRI is that of a thing
    of the case, and a mark of the order of bytes at the beginning is passed over.

    Args:
        store: the store.
        sparql: the query; it must not ask other addresses.
        case: id of the case, or empty.
        default_graphs: the graphs that together are the default graph; ``None`` for what the query
            says, or the store's own.
        named_graphs: the named graphs, likewise.

    Raises:
        BadQuery: the text is no SPARQL query; it says where it breaks.
        UsageError: it uses SERVICE.
        RuntimeError: it cannot be answered; results may raise that too.
    """
    text = sparql.removeprefix("\ufeff")
    refuse_service(text)
    prefixes = prefixes_to_ask(case) if case else PREFIXES
    try:
        return store.query(
            text,
            base_iri=case_namespace(case) if case else None,
            prefixes=prefixes,
            default_graph=default_graphs,
            named_graphs=named_graphs,
        )
    except SyntaxError as error:
        raise BadQuery(what_is_wrong(text, error.msg, prefixes)) from error
    except UnicodeEncodeError as error:
        raise BadQuery("it is not text in UTF-8") from error


def results(found: ox.QuerySolutions | ox.QueryBoolean) -> Table | bool:
    """Return results of the engine, computed or parsed, as a table or a truth value."""
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    columns = tuple(variable.value for variable in found.variables)
    return Table(columns, tuple(tuple(solution) for solution in found))
