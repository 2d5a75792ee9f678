"""All that is ever changed in a store: graphs of one case, below its own prefix, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.terms import OWL
from ..read.store import triple
from .errors import StoreError
from .lines import Entry
from .manifest import noted
from .templates import sparql_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .client import Client
    from .manifest import Names


class Changes:
    """Writes into a store; every graph that it is told is looked at before anything is sent.

    Args:
        client: the store.
        names: the names of the case's graphs there.

    Every method raises ``StoreError`` if the graph is none of the case, or the store refuses.
    """

    def __init__(self, client: Client, names: Names) -> None:
        self.client, self.names = client, names

    def put(self, graph: str, lines: Iterable[bytes], *, new: bool) -> None:
        """Send triples into a graph; arguments are those of ``Client.put``."""
        self.client.put(self._own(graph), lines, new=new)

    def drop(self, graph: str) -> None:
        """Remove a graph, whether it is there or not."""
        self.client.drop(self._own(graph))

    def move(self, source: str, target: str) -> None:
        """Put a graph in the place of another, in one step."""
        self.client.update(sparql_of("move", source=self._own(source), target=self._own(target)))

    def note(self, graph: str, said: Entry) -> None:
        """Write the entry of a graph into the manifest, in the place of what was there."""
        triples = noted(self._own(graph), said)
        update = sparql_of("note", triples=triples, manifest=self.names.manifest, thing=graph)
        self.client.update(update)

    def claim(self, temporary: str, what: str) -> None:
        """Write into the manifest what is being done with a temporary graph."""
        self.note(temporary, Entry(0, what))

    def retire(self, graph: str) -> None:
        """Write into the manifest that a graph, whose entry is kept, is of an earlier edition."""
        line = triple(self._own(graph), OWL + "deprecated", value=True)
        self.client.update(sparql_of("insert", triples=[line], graph=self.names.manifest))

    def forget(self, graph: str) -> None:
        """Remove the entry of a graph from the manifest, whether it is there or not."""
        own = self._own(graph)
        self.client.update(sparql_of("forget", manifest=self.names.manifest, thing=own))

    def _own(self, graph: str) -> str:
        if not self.names.is_own(graph):
            raise StoreError(
                f"<{graph}> is no graph of the case {self.names.case}; nothing is done to it"
            )
        return graph
