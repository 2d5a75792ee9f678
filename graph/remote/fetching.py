"""The graph of a case, fetched whole from a store into memory.

Everything that Hudna computes goes over patterns of triples, thousands of them for one network. So
a case is fetched once and then read as if it had been built here: the same code, the same answers,
whatever the dialect of the store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..model.terms import case_namespace
from ..read.store import in_memory
from .client import Client
from .credentials import credentials
from .endpoints import endpoints
from .errors import CutAnswer, StoreError
from .lines import Gathered, whole_entry
from .manifest import held, read_manifest
from .templates import sparql_of
from .transport import TransferLimits, Transport

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .lines import Entry
    from .manifest import Names

_LIMITS = TransferLimits()


def connect(
    url: str, update: str = "", graphs: str = "", limits: TransferLimits = _LIMITS
) -> Client:
    """Return a client of a store, with the credentials of the environment or of ``.netrc``.

    Args:
        url: where it takes queries, or its root.
        update: where it takes updates, if that cannot be told from ``url``.
        graphs: where it takes graphs, likewise.
        limits: how long an exchange may take.

    Raises:
        UsageError: an address is none.
        StoreError: the file ``.netrc`` cannot be used.
    """
    return Client(endpoints(url, update, graphs), Transport(credentials(url), limits))


def fetch(client: Client, names: Names) -> ox.Store:
    """Return the graph of a case as it was built.

    Args:
        client: the store. Either the case has been published there, or it is a server of the case
            alone with a default graph of its own, such as ``hudna serve``.
        names: the names of the graphs there.

    Raises:
        StoreError: the store holds nothing of the case, or not all of it.
        CutAnswer: what came is not what was published.
    """
    published = held(client, names)
    if not published:
        return _bare(client, names)
    store = in_memory(
        quad for graph, said in published.items() for quad in _quads(client, names, graph, said)
    )
    if whole_entry(store) != read_manifest(client, names).whole:
        raise CutAnswer(f"the case {names.case} was changed in the store while it was read")
    return store


def _quads(client: Client, names: Names, graph: str, said: Entry) -> Iterator[ox.Quad]:
    found = Gathered()
    client.fill(found, graph, said.triples)
    if found.lines.entry != said:
        raise CutAnswer(f"<{graph}>: holds something else than was published there")
    for part in found.lines.each_part():
        yield from _placed(
            ox.parse(part, format=ox.RdfFormat.N_TRIPLES, lenient=True), names.here(graph)
        )


def _placed(
    triples: Iterable[ox.Triple | ox.Quad], graph: ox.NamedNode | ox.DefaultGraph
) -> Iterator[ox.Quad]:
    return (ox.Quad(one.subject, one.predicate, one.object, graph) for one in triples)


def _bare(client: Client, names: Names) -> ox.Store:
    """Return a case from a store without manifest whose default graph is that of the case."""
    has_case = client.ask(sparql_of("has-case", case=case_namespace(names.case)))
    named = [*filter(names.is_own, client.graphs(names.prefix))] if has_case else []
    if not has_case or (named and not client.ask(sparql_of("own-default"))):
        raise StoreError(
            f"{client.endpoints.query}: holds nothing of the case {names.case}; "
            "bring it there with hudna publish"
        )
    quads = list(_placed(client.whole(""), ox.DefaultGraph()))
    for graph in named:
        quads += _placed(client.whole(graph), names.here(graph))
    return in_memory(quads)
