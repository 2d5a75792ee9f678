"""Sending a built graph into somebody else's store: each of its graphs wholly or not at all.

A graph is sent in pieces into a temporary graph, read back and compared triple by triple, and only
then moved to its place in one step. The manifest says which graphs are done: a publication that was
broken off goes on where it stopped, and one that finds everything done writes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .client import sparql_of
from .errors import CutAnswer, StoreError
from .manifest import (
    Entry,
    Names,
    entry,
    forget_entry,
    graphs_of,
    lines_of,
    read_manifest,
    whole_entry,
    write_entry,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pyoxigraph as ox

    from .client import Client

_PIECE = 10_000
"""Triples in one request; stores have limits for the size of a body."""


class Outcome(NamedTuple):
    """What became of one graph.

    Attributes:
        graph: its IRI in the store.
        triples: how many it has.
        what: ``sent``, ``unchanged``, ``removed`` or ``failed``.
        why: why it failed; else empty.
    """

    graph: str
    triples: int
    what: str
    why: str = ""


class Publication:
    """One case on its way into one store.

    Args:
        client: the store.
        store: the graph of the case.
        names: the names of its graphs there.
        say: is told what is being done.
    """

    def __init__(
        self,
        client: Client,
        store: ox.Store,
        names: Names,
        say: Callable[[str], None] = lambda _step: None,
    ) -> None:
        self.client, self.store, self.names, self.say = client, store, names, say
        self._lost = False

    def run(self) -> list[Outcome]:
        """Bring the store to where it holds this graph of the case and no other.

        Returns:
            What became of each graph, in the order of their names. If one of them failed, the
            manifest has no line for the whole, and readers are told that the case is incomplete.

        Raises:
            StoreError: the store is not there, or does not let itself be changed.
        """
        self.say("reading the manifest")
        wanted = graphs_of(self.store, self.names)
        entries = {graph: entry(lines) for graph, lines in wanted.items()}
        before = read_manifest(self.client, self.names)
        done = {graph for graph, said in entries.items() if self._is_done(graph, said, before)}
        gone = sorted(before.keys() - wanted.keys() - {self.names.manifest})
        whole = whole_entry(self.store)
        found = [Outcome(graph, entries[graph].triples, "unchanged") for graph in sorted(done)]
        if done == wanted.keys() and not gone and before.get(self.names.manifest) == whole:
            return found
        forget_entry(self.client, self.names, self.names.manifest)
        moves = self._moves()
        found += [self._removed(graph, before[graph].triples) for graph in gone]
        for graph in sorted(wanted.keys() - done):
            if self._lost:
                found.append(Outcome(graph, entries[graph].triples, "failed", "not tried"))
            else:
                found.append(self._tried(graph, wanted[graph], entries[graph], moves=moves))
        if all(outcome.what != "failed" for outcome in found):
            write_entry(self.client, self.names, self.names.manifest, whole)
        return sorted(outcome for outcome in found if not self._is_left_over(outcome))

    def _is_done(self, graph: str, said: Entry, before: Mapping[str, Entry]) -> bool:
        return before.get(graph) == said and self.client.count(graph) == said.triples

    def _is_left_over(self, outcome: Outcome) -> bool:
        """Return whether it is about a temporary graph of a publication that was broken off."""
        return outcome.what == "removed" and outcome.graph.startswith(self.names.temporary)

    def _tried(self, graph: str, lines: Sequence[bytes], said: Entry, *, moves: bool) -> Outcome:
        self.say(f"sending <{graph}>, {said.triples} triples")
        temporary = self.names.temporary + graph.removeprefix(self.names.prefix)
        try:
            self._replace(graph, temporary, lines, said, moves=moves)
        except StoreError as error:
            self._lost = isinstance(error.__cause__, OSError)
            if not self._lost:
                self._removed(temporary, 0)
            return Outcome(graph, said.triples, "failed", str(error))
        return Outcome(graph, said.triples, "sent")

    def _replace(
        self, graph: str, temporary: str, lines: Sequence[bytes], said: Entry, *, moves: bool
    ) -> None:
        write_entry(self.client, self.names, temporary, Entry(0, "is being sent"))
        for number, piece in enumerate(_pieces(lines)):
            self.client.put(temporary, piece, new=number == 0)
        self._compare(temporary, lines)
        forget_entry(self.client, self.names, graph)
        if moves:
            self.client.update(sparql_of("move", **{"from": temporary, "to": graph}))
        else:
            self.client.put(graph, lines, new=True)
            self.client.drop(temporary)
        if self.client.count(graph) != said.triples:
            raise CutAnswer(f"<{graph}>: arrived with another number of triples")
        write_entry(self.client, self.names, graph, said)
        forget_entry(self.client, self.names, temporary)

    def _compare(self, graph: str, lines: Sequence[bytes]) -> None:
        """See that a graph holds just these triples, sign by sign."""
        there = lines_of(self.client.whole(graph))
        if there == list(lines):
            return
        missing = sorted(set(lines) - set(there))
        others = sorted(set(there) - set(lines))
        raise StoreError(
            f"<{graph}>: the store does not keep {len(missing)} of {len(lines)} triples as they "
            f"are: {_example(missing)} became {_example(others)}"
        )

    def _removed(self, graph: str, triples: int) -> Outcome:
        try:
            self.client.drop(graph)
            forget_entry(self.client, self.names, graph)
        except StoreError as error:
            return Outcome(graph, triples, "failed", str(error))
        return Outcome(graph, triples, "removed")

    def _moves(self) -> bool:
        """Return whether the store moves graphs as it should; without that they are put twice."""
        source, target = (f"{self.names.temporary}try-{part}" for part in ("source", "target"))
        for graph in (source, target):
            line = f"<{graph}> <{graph}> <{graph}> ."
            self.client.update(sparql_of("insert", graph=graph).replace("# triples", line))
        try:
            self.client.update(sparql_of("move", **{"from": source, "to": target}))
            there = lines_of(self.client.whole(target))
            good = there == [f"<{source}> <{source}> <{source}> .\n".encode()]
            good = good and self.client.count(source) == 0
        except StoreError as error:
            if not error.status:
                raise
            good = False
        for graph in (source, target):
            self.client.drop(graph)
        return good


def _pieces(lines: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for start in range(0, max(len(lines), 1), _PIECE):
        yield lines[start : start + _PIECE]


def _example(lines: Sequence[bytes]) -> str:
    return lines[0].decode("utf-8").strip()[:200] if lines else "nothing"
