"""One query and what becomes of it; this runs in a process that may die of it."""

from __future__ import annotations

import io
import json
import signal
from dataclasses import dataclass
from struct import Struct
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ...errors import UsageError
from ...model.terms import prefixes_of
from ...network.filters import Filters
from ...network.snapshots import snapshot_of
from ...read import CaseGraph
from ...read.bad_query import BadQuery
from ...read.select import run
from ..http.negotiation import GRAPH_NAMES, TABLE_NAMES
from ..http.problem import KINDS, Refusal
from .limits import MIB

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...network.filters import Narrowing

    Graphs = list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]
    Cut = tuple[str | None, str | None, bool]
    """A day, a voice, and whether only what it asserts: what a snapshot is cut by."""


LENGTH = Struct("!I")
"""The number of bytes of a question, which stands before them."""


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query and how its answer is wanted.

    Attributes:
        query: SPARQL.
        default_graphs: IRIs of the graphs that together are the default graph; ``None`` if the
            query or the store decides.
        named_graphs: IRIs of the named graphs; ``None`` if the query or the store decides.
        table: media type for the answer of SELECT and ASK; ``None`` if the client takes none.
        graph: media type for the answer of CONSTRUCT and DESCRIBE, likewise.
        on: the day of the snapshot that is asked.
        voice: the id or a name of the voice whose world it is.
        only: whether only what that voice asserts is in it.
    """

    query: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    table: str | None = "application/sparql-results+json"
    graph: str | None = "text/turtle"
    on: str | None = None
    voice: str | None = None
    only: bool = False

    def __hash__(self) -> int:
        """Return the hash of the text, which is worked out once; the rest seldom differs."""
        return hash(self.query)

    @property
    def cut(self) -> Cut | None:
        """What the snapshot is cut by that is asked; ``None`` if it is the whole graph."""
        return (self.on, self.voice, self.only) if self.on or self.voice else None

    def encoded(self) -> bytes:
        """Return the question as bytes, with their number before them."""
        data = json.dumps({name: getattr(self, name) for name in self.__slots__}).encode()
        return LENGTH.pack(len(data)) + data


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The whole answer of a query, in the media type that was wanted."""

    media: str
    body: bytes

    def head(self, *, fit: bool = False) -> bytes:
        """Return the line that goes before the body between two processes.

        Args:
            fit: whether the process that tells it is fit to answer another query.
        """
        told = {"media": self.media, "length": len(self.body), "fit": fit}
        return json.dumps(told).encode() + b"\n"


def request_of(data: bytes) -> QueryRequest:
    """Return the question that was encoded, from the bytes without their number."""
    fields = json.loads(data)
    for name in ("default_graphs", "named_graphs"):
        fields[name] = None if fields[name] is None else tuple(fields[name])
    return QueryRequest(**fields)


def refusal_encoded(refusal: Refusal) -> bytes:
    """Return a refusal as bytes."""
    return json.dumps({"kind": refusal.kind, "detail": refusal.detail[:4000]}).encode() + b"\n"


def result_of(data: bytes) -> QueryResult | None:
    """Return the reply that was encoded, or ``None`` if it is cut or is none.

    Raises:
        Refusal: the bytes are a refusal.
    """
    line, found, body = data.partition(b"\n")
    return reply_of(head_of(line + found), body)


def reply_of(head: Mapping[str, Any], body: bytes) -> QueryResult | None:
    """Return the same of a reply in two parts.

    Args:
        head: what ``head_of`` says of its first line.
        body: what comes after that.

    Raises:
        Refusal: it is a refusal.
    """
    if head.get("kind") in KINDS:
        raise Refusal(str(head["kind"]), str(head.get("detail", "")))
    return QueryResult(str(head["media"]), body) if head.get("length") == len(body) else None


def head_of(line: bytes) -> Mapping[str, Any]:
    """Return what the first line of a reply says; nothing if it is cut or is none."""
    try:
        head = json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return {}
    return head if isinstance(head, dict) else {}


def late(seconds: float) -> Refusal:
    """Return the refusal of a query that took too long."""
    return Refusal("timeout", f"it may run for {seconds:g} seconds")


def out_of_memory(memory: int) -> Refusal:
    """Return the refusal of a query that took too many bytes."""
    return Refusal("out-of-memory", f"it may have {memory // MIB} MiB")


def death(code: int, seconds: float, memory: int) -> Refusal:
    """Return what the end of a process means that gave no whole answer.

    Args:
        code: its exit code; that of a signal is negative.
        seconds: the time that it had.
        memory: the bytes that it had.
    """
    if code in (-signal.SIGXCPU, -signal.SIGALRM):
        return late(seconds)
    if code in (-signal.SIGABRT, -signal.SIGKILL):
        return out_of_memory(memory)
    return Refusal("engine-failed", "its process died; is the query nested very deeply?")


def evaluated(store: ox.Store, question: QueryRequest, *, case: str, most: int) -> QueryResult:
    """Return the whole answer of a query.

    Args:
        store: the graph, or the snapshot that is asked.
        question: the query; prefixes of the project and the case need not be declared, and a
            relative IRI is that of a thing of the case.
        case: id of the case.
        most: bytes that the answer may have.

    Raises:
        Refusal: the query is none, needs what it may not have, or its answer does not fit.
    """
    try:
        found = run(
            store,
            question.query,
            case=case,
            default_graphs=_graphs(question.default_graphs),
            named_graphs=_named(question.named_graphs),
        )
        if isinstance(found, ox.QueryTriples):
            return _triples(found, question.graph, case, most)
        return _table(found, question.table, most)
    except BadQuery as error:
        raise Refusal("bad-query", error.reason) from None
    except UsageError as error:
        raise Refusal("query-leaves", str(error)) from None
    except OverflowError:
        detail = f"it has more than {most} bytes; ask for less, as with LIMIT"
        raise Refusal("answer-too-large", detail) from None
    except OSError:
        raise Refusal(
            "query-leaves",
            "a query does not leave this machine: it tried to open a file or a connection",
        ) from None
    except (RuntimeError, ValueError) as error:
        raise Refusal("bad-query", f"it cannot be answered: {error}") from None


def cut_of(store: ox.Store, cut: Cut, case: str) -> ox.Store:
    """Return a snapshot.

    Args:
        store: the graph.
        cut: what it is cut by.
        case: id of the case.

    Raises:
        Refusal: nobody is called so, or makes no claim; the text is that of the command line.
    """
    on, voice, only = cut
    wanted: Narrowing = {"on": on, "voice": voice, "only": only}
    try:
        filters = Filters.of(CaseGraph(store, case), wanted)
    except UsageError as error:
        raise Refusal("bad-request", str(error)) from None
    return snapshot_of(filters).graph.store


class _Bounded(io.BytesIO):
    """Bytes in memory that do not grow beyond a size."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def write(self, data: object) -> int:
        """Add bytes; ``OverflowError`` if there are too many."""
        written = super().write(data)  # type: ignore[arg-type]
        if self.tell() > self.most:
            raise OverflowError
        return written


def _graphs(names: Sequence[str] | None) -> Graphs | None:
    if names is None:
        return None
    return [ox.NamedNode(name) for name in names]


def _named(names: Sequence[str] | None) -> list[ox.NamedNode | ox.BlankNode] | None:
    return None if names is None else [ox.NamedNode(name) for name in names]


def _table(found: ox.QuerySolutions | ox.QueryBoolean, media: str | None, most: int) -> QueryResult:
    form = ox.QueryResultsFormat.from_media_type(media) if media else None
    if media is None or form is None:
        raise Refusal("not-acceptable", _other("SELECT and ASK give a table", TABLE_NAMES))
    out = _Bounded(most)
    found.serialize(out, form)
    return QueryResult(media, out.getvalue())


def _triples(found: ox.QueryTriples, media: str | None, case: str, most: int) -> QueryResult:
    form = ox.RdfFormat.from_media_type(media) if media else None
    if media is None or form is None:
        raise Refusal("not-acceptable", _other("CONSTRUCT and DESCRIBE give RDF", GRAPH_NAMES))
    out = _Bounded(most)
    ox.serialize(sorted(set(found), key=str), out, form, prefixes=prefixes_of(case))
    return QueryResult(media, out.getvalue())


def _other(gives: str, names: Mapping[str, str]) -> str:
    return f"{gives}; there is: {', '.join(names)}"
