"""A thin client of SPARQL 1.1 Protocol and Graph Store HTTP Protocol that trusts no answer.

Stores cut answers and say nothing: at a limit of rows, at a limit of time, in the middle of a line.
Here every answer is read to its end, a count stands against what can be counted, and the rest is
held against an answer of the same size that the store is made to give.
"""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from ..errors.counting import counted
from ..model.terms import text
from ..read.select import Table
from .errors import CutAnswer, StoreError
from .results import table, triples
from .templates import sparql_of
from .transport import SMALL, Transport, media_type, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    import httpx

    from .endpoints import Endpoints

_JSON = "application/sparql-results+json"
_NTRIPLES = "application/n-triples"
_FORM = "application/x-www-form-urlencoded; charset=utf-8"
_UPDATE = "application/sparql-update; charset=utf-8"
_PAGE = 50_000
_SMALL = 100
"""No store is known whose limit is below so many rows."""

_TRIPLE = 1 << 12
"""Bytes of a triple; few are so long, and a page has room for some that are longer."""
_ROOM = 1 << 24

_NO_METHOD = frozenset({404, 405, 501})


class Taking(Protocol):
    """What takes triples, in any order and maybe twice, and tells how many different ones came."""

    def update(self, triples: Iterable[ox.Triple], /) -> None:
        """Take some."""
        ...

    def __len__(self) -> int:
        """Return how many different ones it has."""
        ...


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

    def select(
        self, sparql: str, graphs: Iterable[tuple[str, str]] = (), *, most: int | None = None
    ) -> Table:
        """Return the answer of a SELECT query, and be sure that it is whole.

        Args:
            sparql: the query with its prefixes.
            graphs: the dataset as the protocol takes it: pairs of ``default-graph-uri`` or
                ``named-graph-uri`` and an IRI.
            most: bytes that the answer may have, where that is known.

        Raises:
            StoreError: the store refuses, or gives no table, or too large a one.
            CutAnswer: a part of the answer is missing.
        """
        found, reply = self._asked(sparql, graphs, most)
        if not isinstance(found, Table):
            raise StoreError("the store answers with a truth value, not with a table")
        self._not_cut(reply, len(found.rows), _JSON)
        return found

    def ask(self, sparql: str, graphs: Iterable[tuple[str, str]] = ()) -> bool:
        """Return the answer of an ASK query; arguments and errors are those of ``select``."""
        found, _ = self._asked(sparql, graphs, SMALL)
        if not isinstance(found, bool):
            raise StoreError("the store answers with a table, not with a truth value")
        return found

    def construct(
        self, sparql: str, graphs: Iterable[tuple[str, str]] = ()
    ) -> tuple[ox.Triple, ...]:
        """Return the triples of a CONSTRUCT or DESCRIBE query, as ``select`` does rows."""
        reply = self._query(sparql, graphs, _NTRIPLES)
        found = triples(reply.content)
        self._not_cut(reply, len(found), _NTRIPLES)
        return found

    def count(self, graph: str) -> int:
        """Return how many triples a graph has.

        Args:
            graph: IRI of a named graph; empty for the store's default graph.
        """
        found, _ = self._asked(_scoped("count", graph), (), SMALL)
        cells = [cell for row in found.rows for cell in row] if isinstance(found, Table) else []
        counted = number(text(cells[0])) if len(cells) == 1 else None
        if counted is None:
            raise StoreError(f"{self.endpoints.query}: does not count the triples of a graph")
        return counted

    def whole(self, graph: str, due: int | None = None) -> set[ox.Triple]:
        """Return all triples of a graph; arguments and errors are those of ``fill``."""
        found: set[ox.Triple] = set()
        self.fill(found, graph, due)
        return found

    def fill(self, found: Taking, graph: str, due: int | None = None) -> None:
        """Put all triples of a graph into what takes them, in as many pages as limits ask for.

        The graph is counted before and after, and so many different triples have to come.

        Args:
            found: takes them, and tells how many different ones it has; it is empty.
            graph: IRI of a named graph; empty for the store's default graph.
            due: how many there have to be, if that is known; nothing is fetched if it is not so.

        Raises:
            CutAnswer: triples are missing, or the graph was changed meanwhile.
        """
        expected = self.count(graph)
        if due not in (None, expected):
            raise CutAnswer(f"<{graph}>: holds {counted(expected, 'triple')}, and not {due}")
        seen = 0
        while seen < expected:
            most = min(_PAGE, expected - seen) * _TRIPLE + _ROOM
            reply = self._query(_scoped("page", graph, (_PAGE, seen)), (), _NTRIPLES, most)
            got = triples(reply.content, _PAGE)
            if not got:
                break
            found.update(got)
            seen += len(got)
        if len(found) != expected or self.count(graph) != expected:
            raise CutAnswer(
                f"<{graph}>: of {counted(expected, 'triple')} came {len(found)}; "
                "the store cuts its answers, or somebody changes the graph"
            )

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
        listed = triples(b"".join(lines))
        for start in range(0, len(listed), _INSERTED):
            some = listed[start : start + _INSERTED]
            self.update(sparql_of("insert", graph=graph, triples=some))

    def drop(self, graph: str) -> None:
        """Remove a named graph, whether it is there or not."""
        self.update(sparql_of("drop", graph=graph))

    def graphs(self, prefix: str) -> list[str]:
        """Return the IRIs of the named graphs that begin with a prefix, sorted."""
        found = self.select(sparql_of("graphs", prefix=prefix)).rows
        iris = {row[0].value for row in found if row and isinstance(row[0], ox.NamedNode)}
        return sorted(iri for iri in iris if iri.startswith(prefix))

    def _graph(self, method: str, graph: str, body: bytes) -> None:
        sign = "&" if "?" in self.endpoints.graphs else "?"
        self.transport.send(
            method,
            f"{self.endpoints.graphs}{sign}graph={quote(graph, safe='')}",
            headers={"Content-Type": _NTRIPLES},
            body=body,
            again=True,
        )

    def _asked(
        self, sparql: str, graphs: Iterable[tuple[str, str]], most: int | None
    ) -> tuple[Table | bool, httpx.Response]:
        reply = self._query(sparql, graphs, _JSON, most)
        return table(reply.content), reply

    def _query(
        self,
        sparql: str,
        graphs: Iterable[tuple[str, str]],
        form: str,
        most: int | None = None,
    ) -> httpx.Response:
        reply = self.transport.send(
            "POST",
            self.endpoints.query,
            headers={"Content-Type": _FORM, "Accept": form},
            body=urlencode([("query", sparql), *graphs]).encode("ascii"),
            again=True,
            most=self.transport.limits.bytes if most is None else most,
        )
        if media_type(reply) != form:
            raise StoreError(
                f"{self.endpoints.query}: answers as {media_type(reply) or 'nothing'}, not as "
                f"{form}; is this where the store takes queries?"
            )
        return reply

    def _not_cut(self, reply: httpx.Response, rows: int, form: str) -> None:
        """Refuse an answer that may end at a limit of the store.

        A store that gives more rows than there are, when it is made to, has not cut these.
        """
        told = number(reply.headers.get("x-sparql-maxrows", ""))
        if told is not None and rows >= told:
            raise CutAnswer(_limited(rows))
        if rows < _SMALL or self._proved.get(form, 0) > rows:
            return
        if self._many(rows + 1, form) <= rows:
            raise CutAnswer(_limited(rows))
        self._proved[form] = rows + 1

    def _many(self, rows: int, form: str) -> int:
        """Return how many rows come of so many that are asked for, whatever the store holds."""
        side = isqrt(rows - 1) + 1
        numbers = [f"urn:x-hudna:{one}" for one in range(side)]
        name = "many" if form == _JSON else "many-triples"
        body = self._query(sparql_of(name, numbers=numbers, rows=(rows, 0)), (), form).content
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


def _scoped(name: str, graph: str, rows: tuple[int, int] | None = None) -> str:
    if not graph:
        return sparql_of(f"{name}-default", rows=rows)
    return sparql_of(name, graph=graph, rows=rows)


def _limited(rows: int) -> str:
    return (
        f"the store ends its answers at {counted(rows, 'row')} and does not say so; "
        "ask for less, or page with ORDER BY, LIMIT and OFFSET"
    )
