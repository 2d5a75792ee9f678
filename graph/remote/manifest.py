"""What a store holds of a case: a named graph for each graph, and a manifest beside them.

No store can be relied on for its default graph: in some it is one graph, in others all of them
together, and two cases would flow into one. So the default graph of a case gets a name as well,
``https://w3id.org/hudna/CASE/graph/default``. The manifest, a small graph of its own, says of each
graph how many triples it has and their SHA-256, and as its last line the same of the whole. While
that line is missing the case is not complete.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from ..errors import UsageError
from ..query import text
from ..store import named_graphs, nquads
from ..vocabulary import SCHEMA, XSD, graph_iri
from .client import sparql_of
from .errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .client import Client

_VOID_TRIPLES = "http://rdfs.org/ns/void#triples"


class Entry(NamedTuple):
    """What the manifest says of a graph: the number of its triples and their SHA-256."""

    triples: int
    sha256: str


class Names:
    """The names that the graphs of a case have in a store.

    Args:
        case: id of the case.
        prefix: with what they begin there; by default ``https://w3id.org/hudna/CASE/graph/``.

    Raises:
        UsageError: no IRI can begin so.
    """

    def __init__(self, case: str, prefix: str = "") -> None:
        self.case = case
        self.home = graph_iri(case, "")
        self.prefix = prefix or self.home
        if not self.prefix.endswith(("/", "#", ":")):
            raise UsageError(f'"{prefix}" is no prefix of graphs; it ends with /, # or :')
        try:
            ox.NamedNode(self.prefix)
        except ValueError as error:
            raise UsageError(f'"{prefix}" is no IRI: {error}') from None
        self.default = f"{self.prefix}default"
        self.manifest = f"{self.prefix}manifest"
        self.temporary = f"{self.prefix}publishing/"

    def there(self, graph: str) -> str:
        """Return the name in the store of a graph of the case."""
        return self.prefix + graph.removeprefix(self.home) if self._is_home(graph) else graph

    def here(self, graph: str) -> ox.NamedNode | ox.DefaultGraph:
        """Return the graph of the case that has a name in the store."""
        if graph == self.default:
            return ox.DefaultGraph()
        known = graph.startswith(self.prefix)
        return ox.NamedNode(self.home + graph.removeprefix(self.prefix) if known else graph)

    def _is_home(self, graph: str) -> bool:
        return graph.startswith(self.home)


def lines_of(triples: Iterable[ox.Triple]) -> list[bytes]:
    """Return triples as sorted lines of N-Triples, all escaped in one way."""
    return sorted(f"{triple} .\n".encode() for triple in triples)


def entry(lines: Iterable[bytes]) -> Entry:
    """Return the entry of a graph, given its sorted lines."""
    hashed, count = hashlib.sha256(), 0
    for count, line in enumerate(lines, 1):  # noqa: B007 - the last number counts
        hashed.update(line)
    return Entry(count, hashed.hexdigest())


def graphs_of(store: ox.Store, names: Names) -> dict[str, list[bytes]]:
    """Return the sorted lines of each graph of a store by its name elsewhere.

    Args:
        store: the quads.
        names: how the case's graphs are called in the store.
    """
    found = {names.default: _lines(store, ox.DefaultGraph())}
    for graph in named_graphs(store):
        found[names.there(graph.value)] = _lines(store, graph)
    return found


def whole_entry(store: ox.Store) -> Entry:
    """Return the entry of a case as a whole: quads, and the SHA-256 of them as ``graph.nq``."""
    return Entry(len(store), hashlib.sha256(nquads(store)).hexdigest())


def read_manifest(client: Client, names: Names) -> dict[str, Entry]:
    """Return the manifest of a case in a store, by IRI; the whole stands under the manifest's own.

    Args:
        client: talks to the store.
        names: how the case's graphs are called in the store.

    Raises:
        StoreError: the store does not answer, or the manifest makes no sense.
    """
    found: dict[str, Entry] = {}
    for thing, triples, sha256 in client.select(sparql_of("manifest", graph=names.manifest)).rows:
        if text(thing) in found or not text(triples).isdigit():
            raise StoreError(f"<{names.manifest}>: makes no sense; publish the case again")
        found[text(thing)] = Entry(int(text(triples)), text(sha256))
    return found


def held(client: Client, names: Names) -> dict[str, Entry]:
    """Return the graphs that a store says it holds of a case, by their names there.

    Args:
        client: talks to the store.
        names: how the case's graphs are called in the store.

    Raises:
        StoreError: it holds some of them, but the publication did not come to its end.
    """
    found = read_manifest(client, names)
    if found and names.manifest not in found:
        raise StoreError(
            f"the case {names.case} is not complete in the store: it is being published, or that "
            'was broken off; "hudna publish" goes on with it'
        )
    return {graph: said for graph, said in sorted(found.items()) if graph != names.manifest}


def write_entry(client: Client, names: Names, graph: str, said: Entry) -> None:
    """Add an entry to the manifest.

    Args:
        client: talks to the store.
        names: how the case's graphs are called in the store.
        graph: the name of the graph in the store.
        said: what the manifest says of it.
    """
    number = f'"{said.triples}"^^<{XSD}integer>'
    lines = (
        f"<{graph}> <{_VOID_TRIPLES}> {number} .\n"
        f'<{graph}> <{SCHEMA}sha256> "{said.sha256}" .'
    )  # fmt: skip
    client.update(sparql_of("insert", graph=names.manifest).replace("# triples", lines))


def forget_entry(client: Client, names: Names, graph: str) -> None:
    """Remove an entry from the manifest, whether it is there or not.

    Args:
        client: talks to the store.
        names: how the case's graphs are called in the store.
        graph: the name of the graph in the store.
    """
    client.update(sparql_of("forget", manifest=names.manifest, thing=graph))


def _lines(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> list[bytes]:
    return lines_of(quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
