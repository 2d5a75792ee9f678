"""What a store holds of a case: a named graph for each graph, and a manifest beside them.

No store can be relied on for its default graph: in some it is one graph, in others all of them
together, and two cases would flow into one. So the default graph of a case gets a name as well,
``https://w3id.org/hudna/CASE/graph/default``. The manifest, a small graph of its own, says of each
graph how many triples it has and their SHA-256, and as its last line the same of the whole. While
that line is missing the case is not complete. A graph of an earlier edition that is still there
keeps its lines and is called deprecated; readers leave it out.

The manifest is what a store says, and anybody who writes there can say it: only graphs below the
prefix of the case are taken from it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from ..errors import UsageError
from ..model.terms import CASES, SCHEMA, graph_iri, text
from ..read.store import named_graphs, triple
from .errors import StoreError
from .lines import PART, Entry, GraphLines, lines_of_graph, scratch
from .templates import sparql_of
from .transport import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .client import Client

_NAME = re.compile(r"(?!\.\.?(?:/|$))[A-Za-z0-9._~-]+(?:/(?!\.\.?(?:/|$))[A-Za-z0-9._~-]+)*")
"""Names as builds give them: ``voice/ID``. None leads around its prefix, or hides on a screen."""
_AROUND = re.compile(r"(?:^|[/:#])(?:\.|%2e){1,2}(?:[/:#]|$)", re.IGNORECASE)
_BYTES = 1 << 22
"""Of a manifest; one of a hundred graphs has 12 KB, this is enough for some ten thousand graphs."""

BEING_SENT, BEING_MOVED = "is being sent", "is being moved"
"""With this begins what stands in the manifest for the SHA-256 of a temporary graph; when it is
being moved, the graph in whose place it goes is neither the old one nor the new one."""
_BEGUN = re.compile(f"(?:{BEING_SENT}|{BEING_MOVED})(?:, [0-9]+ at once: [0-9a-f]{{64}})?")
_SHA256 = re.compile("[0-9a-f]{64}")
_TRIPLES = "http://rdfs.org/ns/void#triples"


class StoreManifest(NamedTuple):
    """What a store says that it holds of a case.

    Attributes:
        graphs: the entries of this edition's graphs, by their names there, sorted.
        former: entries of graphs of earlier editions that are still there.
        begun: temporary graphs of a publication that is going on, or was broken off, with what is
            being done with each.
        whole: the entry of the case as a whole; ``None`` while it is not complete.
        foreign: how many graphs it names besides, which are none of the case.
    """

    graphs: Mapping[str, Entry]
    former: Mapping[str, Entry]
    begun: Mapping[str, str]
    whole: Entry | None
    foreign: int


class Names:
    """The names that the graphs of a case have in a store.

    Args:
        case: id of the case.
        prefix: with what they begin there; by default ``https://w3id.org/hudna/CASE/graph/``.

    Raises:
        UsageError: no IRI can begin so, or the graphs of another case do.
    """

    def __init__(self, case: str, prefix: str = "") -> None:
        self.case = case
        self.home = graph_iri(case, "")
        self.prefix = prefix or self.home
        if not self.prefix.endswith(("/", "#", ":")):
            raise UsageError(f'"{prefix}" is no prefix of graphs; it ends with /, # or :')
        try:
            iris = [ox.NamedNode(self.prefix), ox.NamedNode(self.home)]
        except ValueError as error:
            raise UsageError(f'"{prefix or case}" is no IRI: {error}') from None
        if any(_AROUND.search(iri.value) for iri in iris):
            raise UsageError(f'"{prefix or case}" leads elsewhere by "." or ".."; give it plainly')
        if self.prefix.startswith(CASES) and not self.prefix.startswith(self.home):
            raise UsageError(f'"{prefix}" is where other cases are; take {self.home} or your own')
        self.default = f"{self.prefix}default"
        self.manifest = f"{self.prefix}manifest"
        self.temporary = f"{self.prefix}publishing/"

    def is_own(self, graph: str) -> bool:
        """Return whether a graph is one of the case there: below its prefix, with a plain name."""
        known = graph.startswith(self.prefix)
        return known and _NAME.fullmatch(graph, len(self.prefix)) is not None

    def is_temporary(self, graph: str) -> bool:
        """Return whether a graph is where this case is put before it is moved to its place."""
        return graph.startswith(self.temporary)

    def there(self, graph: str) -> str:
        """Return the name in the store of a graph of the case.

        Raises:
            UsageError: it is no graph of the case.
        """
        name = self.prefix + graph.removeprefix(self.home)
        if not graph.startswith(self.home) or not self.is_own(name):
            raise UsageError(f"<{graph}> is no graph of the case {self.case}; build it again")
        return name

    def here(self, graph: str) -> ox.NamedNode | ox.DefaultGraph:
        """Return the graph of the case that has a name in the store."""
        if graph == self.default:
            return ox.DefaultGraph()
        return ox.NamedNode(self.home + graph.removeprefix(self.prefix))


def begun(state: str, lines: GraphLines) -> str:
    """Return what the manifest says of a temporary graph: of which triples, in which parts.

    Args:
        state: ``BEING_SENT`` or ``BEING_MOVED``.
        lines: the triples; of others, or in other parts, nothing can be gone on with.
    """
    return f"{state}, {lines.part_size} at once: {lines.entry.sha256}"


def noted(graph: str, said: Entry) -> list[ox.Triple]:
    """Return what the manifest says of a graph, as triples.

    Args:
        graph: its name in the store.
        said: how many triples it has, and their fingerprint.
    """
    return [
        triple(graph, _TRIPLES, value=said.triples),
        triple(graph, SCHEMA + "sha256", value=said.sha256),
    ]


def graphs_of(store: ox.Store, names: Names, part: int = PART) -> dict[str, GraphLines]:
    """Return the lines of each graph of a store by its name elsewhere, all in one file.

    Args:
        store: the quads.
        names: how the case's graphs are called in the store.
        part: lines in a part.

    Raises:
        UsageError: one of them is no graph of the case.
    """
    here = {names.there(graph.value): graph for graph in named_graphs(store)}
    file = scratch()
    own = {names.default: lines_of_graph(store, ox.DefaultGraph(), file, part)}
    return own | {name: lines_of_graph(store, graph, file, part) for name, graph in here.items()}


def read_manifest(client: Client, names: Names) -> StoreManifest:
    """Return the manifest of a case in a store.

    Args:
        client: talks to the store.
        names: how the case's graphs are called in the store.

    Raises:
        StoreError: the store does not answer, or the manifest makes no sense.
    """
    found: dict[str, Entry] = {}
    former: dict[str, Entry] = {}
    foreign: set[str] = set()
    asked = client.select(sparql_of("manifest", graph=names.manifest), most=_BYTES)
    for row in asked.rows:
        cells = dict(zip(asked.columns, row, strict=True))
        thing, count = cells.get("thing"), number(text(cells.get("triples")))
        if not isinstance(thing, ox.NamedNode):
            raise StoreError(f"<{names.manifest}>: the store names a graph by what is no IRI")
        sha256, ended = text(cells.get("sha256")), cells.get("former") is not None
        said = _BEGUN if names.is_temporary(thing.value) else _SHA256
        ours = names.is_own(thing.value) and said.fullmatch(sha256) is not None
        if not ours or (ended and thing.value == names.manifest):
            foreign.add(thing.value)
        elif count is None or thing.value in found.keys() | former.keys():
            raise StoreError(
                f"<{names.manifest}>: makes no sense where it speaks of <{thing.value}>; "
                "remove those lines from the store"
            )
        else:
            (former if ended else found)[thing.value] = Entry(count, sha256)
    whole = found.pop(names.manifest, None)
    temporary = {graph: found.pop(graph) for graph in [*found] if names.is_temporary(graph)}
    begun = {graph: said.sha256 for graph, said in temporary.items()}
    return StoreManifest(dict(sorted(found.items())), former, begun, whole, len(foreign))


def held(client: Client, names: Names) -> Mapping[str, Entry]:
    """Return the graphs that a store says it holds of a case, by their names there.

    Args:
        client: talks to the store.
        names: how the case's graphs are called in the store.

    Raises:
        StoreError: it holds some of them, but the publication did not come to its end.
    """
    found = read_manifest(client, names)
    if found.whole is None and (found.graphs or found.begun):
        raise StoreError(
            f"the case {names.case} is not complete in the store: it is being published, or that "
            'was broken off; "hudna publish" goes on with it'
        )
    return found.graphs
