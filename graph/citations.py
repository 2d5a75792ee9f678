"""The claims on statements and the sentences that they cite, for whatever shows evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .query import QUERIES, read_query, select, short, text, with_values

if TYPE_CHECKING:
    from collections.abc import Collection

    import pyoxigraph as ox

    from .query import Graph, Table, Term


def claims_on(statements: Collection[ox.NamedNode], graph: Graph) -> Table:
    """Return the claims on some statements, one row for each sentence that a claim cites.

    Args:
        statements: the statements; there must be one at least.
        graph: where the claims are.

    Returns:
        A table with the columns of ``queries/support/passages.rq``.
    """
    query = read_query(QUERIES / "support" / "passages.rq")
    listed = " ".join(sorted(map(str, statements)))
    return select(graph.store, with_values(query, {"statement": listed}))


def citation(source: Term | None, sentence: Term | None) -> str:
    """Return how a sentence of a source is cited: ``waer-2017#24.3``."""
    return f"{short(text(source))}#{text(sentence)}"
