"""A thin client of SPARQL 1.1 Protocol and Graph Store HTTP Protocol that trusts no answer.

Stores cut answers and say nothing: at a limit of rows, at a limit of time, in the middle of a line.
Here every answer is read to its end, a count stands against what can be counted, and the rest is
held against an answer of the same size that the store is made to give.
"""

from __future__ import annotations

from functools import cache
from math import isqrt
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from ..query import Table, text
from .errors import CutAnswer, StoreError
from .results import table, triples
from .transport import Transport

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from .endpoints import Endpoints
    from .transport import Reply

_JSON = "application/sparql-results+json"
_NTRIPLES = "application/n-triples"
_FORM = "application/x-www-form-urlencoded; charset=utf-8"
_UPDATE = "application/sparql-update; charset=utf-8"
_PAGE = 50_000
_SMALL = 100
"""No store is known whose limit is below so many rows."""

_NO_METHOD = frozenset({404, 405, 501})


class Client:
    """Asks and changes one store.

    Args:
        endpoints: its addresses.
        transport: how requests are sent.
    """

    def __init__(self, endpoints: Endpoints, transport: Transport | None = None) -> None:
        self.endpoints = endpoints
        self.transport = transport or Transport()
        self._proved: dict[str, int] = {}

    def select(self, sparql: str, graphs: Iterable[tuple[str, str]] = ()) -> Table:
        """Return the answer of a SELECT query, and be sure that it is whole.

        Args:
            sparql: the query with its prefixes.
            graphs: the dataset as the protocol takes it: pairs of ``default-graph-uri`` or
                ``named-graph-uri`` and an IRI.

        Raises:
            StoreError: the store refuses, or gives no table.
            CutAnswer: a part of the answer is missing.
        """
        found, reply = self._asked(sparql, graphs)
        if not isinstance(found, Table):
            raise StoreError("the store answers with a truth value, not with a table")
        self._not_cut(reply, len(found.rows), _JSON)
        return found

    def ask(self, sparql: str, graphs: Iterable[tuple[str, str]] = ()) -> bool:
        """Return the answer of an ASK query; arguments and errors are those of ``select``."""
        found, _ = self._asked(sparql, graphs)
        if not isinstance(found, bool):
            raise StoreError("the store answers with a table, not with a truth value")
        return found

    def construct(
        self, sparql: str, graphs: Iterable[tuple[str, str]] = ()
    ) -> tuple[ox.Triple, ...]:
        """Return the triples of a CONSTRUCT or DESCRIBE query, as ``select`` does rows."""
        reply = self._query(sparql, graphs, _NTRIPLES)
        found = triples(reply.body)
        self._not_cut(reply, len(found), _NTRIPLES)
        return found

    def count(self, graph: str) -> int:
        """Return how many triples a graph has.

        Args:
            graph: IRI of a named graph; empty for the store's default graph.
        """
        found, _ = self._asked(_scoped("count", graph), ())
        if not isinstance(found, Table) or len(found.rows) != 1:
            raise StoreError("the store does not count")
        try:
            return int(text(found.rows[0][0]))
        except ValueError as error:
            raise StoreError("the store does not count") from error

    def whole(self, graph: str) -> set[ox.Triple]:
        """Return all triples of a graph, in as many pages as the store's limits ask for.

        The graph is counted before and after, and so many different triples have to come.

        Args:
            graph: IRI of a named graph; empty for the store's default graph.

        Raises:
            CutAnswer: triples are missing, or the graph was changed meanwhile.
        """
        expected = self.count(graph)
        found: set[ox.Triple] = set()
        seen = 0
        while seen < expected:
            page = f"{_scoped('page', graph)}LIMIT {_PAGE} OFFSET {seen}"
            got = triples(self._query(page, (), _NTRIPLES).body)
            if not got:
                break
            found.update(got)
            seen += len(got)
        if len(found) != expected or self.count(graph) != expected:
            raise CutAnswer(
                f"<{graph}>: of {expected} triples came {len(found)}; "
                "the store cuts its answers, or somebody changes the graph"
            )
        return found

    def update(self, sparql: str) -> None:
        """Send an update (SPARQL 1.1 Update); it is never sent twice.

        Raises:
            StoreError: the store refuses it.
        """
        self.transport.send(
            "POST",
            self._needed(self.endpoints.update, "updates"),
            headers={"Content-Type": _UPDATE, "Accept": "*/*"},
            body=sparql.encode(),
        )

    def put(self, graph: str, lines: Iterable[bytes], *, new: bool) -> None:
        """Send triples into a named graph.

        Without blank nodes a second try does no harm. A store without Graph Store Protocol gets
        them as updates.

        Args:
            graph: IRI of the graph.
            lines: N-Triples, each with its line end.
            new: whether they replace the graph (PUT) or are added to it (POST).
        """
        if self.endpoints.graphs:
            try:
                self._graph("PUT" if new else "POST", graph, b"".join(lines))
            except StoreError as error:
                if error.status not in _NO_METHOD:
                    raise
                self.endpoints = self.endpoints._replace(graphs="")
            else:
                return
        if new:
            self.drop(graph)
        listed = list(lines)
        for start in range(0, len(listed), _INSERTED):
            some = b"".join(listed[start : start + _INSERTED]).decode("utf-8")
            self.update(sparql_of("insert", graph=graph).replace("# triples", some))

    def drop(self, graph: str) -> None:
        """Remove a named graph, whether it is there or not."""
        self.update(sparql_of("drop", graph=graph))

    def graphs(self, prefix: str) -> list[str]:
        """Return the IRIs of the named graphs that begin with a prefix, sorted."""
        return sorted(
            {text(row[0]) for row in self.select(sparql_of("graphs", prefix=prefix)).rows}
        )

    def _graph(self, method: str, graph: str, body: bytes) -> None:
        sign = "&" if "?" in self.endpoints.graphs else "?"
        self.transport.send(
            method,
            f"{self.endpoints.graphs}{sign}graph={quote(graph, safe='')}",
            headers={"Content-Type": _NTRIPLES},
            body=body,
            again=True,
        )

    def _asked(self, sparql: str, graphs: Iterable[tuple[str, str]]) -> tuple[Table | bool, Reply]:
        reply = self._query(sparql, graphs, _JSON)
        return table(reply.body), reply

    def _query(self, sparql: str, graphs: Iterable[tuple[str, str]], form: str) -> Reply:
        reply = self.transport.send(
            "POST",
            self.endpoints.query,
            headers={"Content-Type": _FORM, "Accept": form},
            body=urlencode([("query", sparql), *graphs]).encode("ascii"),
            again=True,
        )
        if reply.media_type != form:
            raise StoreError(
                f"{self.endpoints.query}: answers as {reply.media_type or 'nothing'}, not as "
                f"{form}; is this where the store takes queries?"
            )
        return reply

    def _not_cut(self, reply: Reply, rows: int, form: str) -> None:
        """Refuse an answer that may end at a limit of the store.

        A store that gives more rows than there are, when it is made to, has not cut these.
        """
        told = reply.headers.get("x-sparql-maxrows", "")
        if told.isdigit() and rows >= int(told):
            raise CutAnswer(_limited(rows))
        if rows < _SMALL or self._proved.get(form, 0) > rows:
            return
        if self._many(rows + 1, form) <= rows:
            raise CutAnswer(_limited(rows))
        self._proved[form] = rows + 1

    def _many(self, rows: int, form: str) -> int:
        """Return how many rows come of so many that are asked for, whatever the store holds."""
        side = isqrt(rows - 1) + 1
        numbers = " ".join(f"<urn:x-hudna:{number}>" for number in range(side))
        name = "many" if form == _JSON else "many-triples"
        sparql = f"{sparql_of(name).replace('<urn:x-hudna:numbers>', numbers)}LIMIT {rows}"
        body = self._query(sparql, (), form).body
        if form == _NTRIPLES:
            return len(triples(body))
        found = table(body)
        return len(found.rows) if isinstance(found, Table) else 0

    def _needed(self, address: str, what: str) -> str:
        if not address:
            raise StoreError(f"{self.endpoints.query}: no address is known where it takes {what}")
        return address


_INSERTED = 1000
"""Virtuoso runs out of memory at a few thousand triples in one INSERT DATA."""


@cache
def _file(name: str) -> str:
    folder = Path(__file__).resolve().parent / "sparql"
    paths = (folder / f"{name}{end}" for end in (".rq", ".ru"))
    return next(path for path in paths if path.is_file()).read_text("utf-8")


def sparql_of(name: str, **iris: str) -> str:
    """Return a query or update of this folder.

    Args:
        name: the file without its ending.
        iris: what stands for ``<urn:x-hudna:NAME>`` in it.
    """
    found = _file(name)
    for key, iri in iris.items():
        found = found.replace(f"<urn:x-hudna:{key}>", f"<{iri}>")
    return found


def _scoped(name: str, graph: str) -> str:
    return sparql_of(name, graph=graph) if graph else sparql_of(f"{name}-default")


def _limited(rows: int) -> str:
    return (
        f"the store ends its answers at {rows} rows and does not say so; "
        "ask for less, or page with ORDER BY, LIMIT and OFFSET"
    )
