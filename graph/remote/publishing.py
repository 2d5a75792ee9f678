"""Sending a built graph into somebody else's store: each of its graphs wholly or not at all.

What is to be done is planned first, and nothing is written for that. Only what the manifest counts
as Hudna's own is ever replaced or removed. A graph is sent in parts into a temporary graph, read
back and compared triple by triple, and only then moved to its place in one step. The manifest says
which graphs are done: a publication that was broken off goes on where it stopped, and one that
finds everything done writes nothing.

Within a graph, parts are sent one after another in a fixed order, and the manifest says of which
triples they are. So the store's own count tells which parts it has taken wholly; one that it took
by half is sent again, which does no harm. Whether that is so is seen when all is compared: if not,
as somebody else wrote into the temporary graph, that graph is begun anew, once.
"""

from __future__ import annotations

import contextlib
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import httpx

from ..errors.counting import counted
from ..model.terms import case_namespace
from .changes import Changes
from .errors import CutAnswer, StoreError
from .lines import PART, Gathered, GraphLines, whole_entry
from .manifest import BEING_MOVED, BEING_SENT, Names, StoreManifest, begun, graphs_of, read_manifest
from .templates import sparql_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyoxigraph as ox

    from .client import Client
    from .lines import Entry, LinesApart

_BUSY = frozenset({429, 502, 503, 504})
"""What a server answers that may take the same a little later."""


class Outcome(NamedTuple):
    """What became, or is to become, of one graph.

    Attributes:
        graph: its IRI in the store.
        triples: how many it has.
        what: ``sent``, ``unchanged``, ``left`` (no longer part of the edition, but still there),
            ``removed`` or ``failed``; in a plan ``to send`` and ``to remove``.
        why: why it failed; else empty.
    """

    graph: str
    triples: int
    what: str
    why: str = ""


class Plan(NamedTuple):
    """What a publication does to a store.

    Attributes:
        there: the manifest that it found.
        found: how many triples each graph of this edition has there now.
        send: graphs to be sent, with their triples.
        unchanged: graphs that the store holds already, likewise.
        gone: graphs of earlier editions that are still there, with the triples that they have now.
    """

    there: StoreManifest
    found: Mapping[str, int]
    send: Mapping[str, int]
    unchanged: Mapping[str, int]
    gone: Mapping[str, int]

    def outcomes(self, *, prune: bool) -> list[Outcome]:
        """Return what is to become of each graph, in the order of their names."""
        parts = {
            "to send": self.send,
            "unchanged": self.unchanged,
            "to remove" if prune else "left": self.gone,
        }
        return sorted(
            Outcome(graph, triples, what)
            for what, part in parts.items()
            for graph, triples in part.items()
        )


class Publication:
    """One case on its way into one store.

    Args:
        client: the store.
        store: the graph of the case.
        names: the names of its graphs there.
        say: is told what is being done.
        part: triples in one request.
    """

    def __init__(
        self,
        client: Client,
        store: ox.Store,
        names: Names,
        say: Callable[[str], None] = lambda _step: None,
        part: int = PART,
    ) -> None:
        self.client, self.store, self.names, self.say = client, store, names, say
        self._part = part
        self.changes = Changes(client, names)
        self._lost = False

    @cached_property
    def _wanted(self) -> Mapping[str, GraphLines]:
        return graphs_of(self.store, self.names, self._part)

    @cached_property
    def _entries(self) -> Mapping[str, Entry]:
        return {graph: lines.entry for graph, lines in sorted(self._wanted.items())}

    @cached_property
    def plan(self) -> Plan:
        """What is to be done, found out by reading alone.

        Raises:
            StoreError: the store is not there, or holds something that is not Hudna's where this
                case belongs.
            UsageError: the build has a graph that is none of the case.
        """
        triples = {graph: said.triples for graph, said in self._entries.items()}
        self.say("reading what is there")
        there = read_manifest(self.client, self.names)
        self._refuse_other_case(there)
        found = {graph: self.client.count(graph) for graph in triples}
        done = {
            graph: count
            for graph, count in triples.items()
            if there.graphs.get(graph) == self._entries[graph] and found[graph] == count
        }
        send = {graph: count for graph, count in triples.items() if graph not in done}
        self._refuse_foreign({graph: found[graph] for graph in send}, there)
        earlier = {graph: self.client.count(graph) for graph in sorted(self._earlier(there))}
        gone = {graph: count for graph, count in earlier.items() if count}
        return Plan(there, found, send, done, gone)

    def run(self, *, prune: bool = False) -> list[Outcome]:
        """Bring the store to where readers find this graph of the case and no other.

        Args:
            prune: whether to remove the graphs that are no longer part of the edition.

        Returns:
            What became of each graph, in the order of their names. If one of them failed, the
            manifest has no line for the whole, and readers are told that the case is incomplete.

        Raises:
            StoreError: as for ``plan``, or the store does not let itself be changed.
        """
        plan = self.plan
        found = [one for one in plan.outcomes(prune=prune) if one.what in ("unchanged", "left")]
        whole = whole_entry(self.store)
        leaving = self._earlier(plan.there) & plan.there.graphs.keys()
        leftover = plan.there.begun.keys() - {self._temporary(graph) for graph in plan.send}
        if plan.send or leaving or plan.there.whole != whole:
            moves = bool(plan.send) and self._moves()
            self.changes.forget(self.names.manifest)
            found += [self._sent(graph, moves=moves) for graph in sorted(plan.send)]
            for graph in sorted(leaving):
                (self.changes.retire if graph in plan.gone else self.changes.forget)(graph)
            if all(outcome.what != "failed" for outcome in found):
                self.changes.note(self.names.manifest, whole)
        for graph in sorted(leftover):
            self._cleared(graph)
        if prune:
            found += [self._removed(graph, count) for graph, count in plan.gone.items()]
        return sorted(found)

    def _earlier(self, there: StoreManifest) -> set[str]:
        return (there.graphs.keys() | there.former.keys()) - self._entries.keys()

    def _refuse_other_case(self, there: StoreManifest) -> None:
        default = self.names.default
        asked = sparql_of("other-case", graph=default, case=case_namespace(self.names.case))
        shared = self.names.prefix != self.names.home and default in there.graphs
        if shared and self.client.ask(asked):
            raise StoreError(
                f"<{default}> holds another case than {self.names.case}; "
                "give each case a --graph-prefix of its own"
            )

    def _refuse_foreign(self, counts: Mapping[str, int], there: StoreManifest) -> None:
        """Refuse to replace what the manifest does not count as published from here."""
        foreign = [graph for graph in counts if not self._is_ours(graph, counts[graph], there)]
        if foreign:
            others = f", as well as {len(foreign) - 1} more," if len(foreign) > 1 else ""
            triples = counted(counts[foreign[0]], "triple")
            raise StoreError(
                f"nothing was sent: <{foreign[0]}> ({triples}){others} is not as "
                " Hudna published it, and would be lost; drop it in the store yourself, or take "
                "another --graph-prefix"
            )

    def _is_ours(self, graph: str, count: int, there: StoreManifest) -> bool:
        """Return whether a graph may be replaced: it is empty, ours, or was being replaced."""
        if not count or there.begun.get(self._temporary(graph), "").startswith(BEING_MOVED):
            return True
        known = [self._entries[graph], there.graphs.get(graph), there.former.get(graph)]
        if all(said is None or said.triples != count for said in known):
            return False
        return self._content(graph, count) in known

    def _content(self, graph: str, count: int) -> Entry:
        return self._there(graph, count).entry

    def _there(self, graph: str, due: int | None = None) -> GraphLines:
        found = Gathered()
        self.client.fill(found, graph, due)
        return found.lines

    def _temporary(self, graph: str) -> str:
        return self.names.temporary + graph.removeprefix(self.names.prefix)

    def _sent(self, graph: str, *, moves: bool) -> Outcome:
        said = self._entries[graph]
        if self._lost:
            return Outcome(graph, said.triples, "failed", "not tried")
        self.say(f"sending <{graph}>, {counted(said.triples, 'triple')}")
        try:
            self._replace(graph, moves=moves)
        except StoreError as error:
            self._lost = isinstance(error.__cause__, httpx.TransportError)
            return Outcome(graph, said.triples, "failed", str(error))
        return Outcome(graph, said.triples, "sent")

    def _replace(self, graph: str, *, moves: bool) -> None:
        temporary, lines = self._temporary(graph), self._wanted[graph]
        done = self._parts_there(temporary, lines)
        if not done:
            self._claim(temporary, lines)
        try:
            self._fill(temporary, lines, done)
            if self.client.count(graph) != self.plan.found[graph]:
                raise StoreError(f"<{graph}>: was changed by somebody since it was looked at")
        except StoreError as error:
            if not _passes(error):
                self._cleared(temporary)
            raise
        self.changes.claim(temporary, begun(BEING_MOVED, lines))
        if moves:
            self.changes.move(temporary, graph)
        else:
            self.changes.put(graph, lines.each_part(), new=True)
        if self.client.count(graph) != lines.entry.triples:
            raise CutAnswer(f"<{graph}>: arrived with another number of triples")
        self.changes.note(graph, lines.entry)
        self._cleared(temporary)

    def _parts_there(self, temporary: str, lines: GraphLines) -> int:
        """Return how many parts a publication that was broken off has brought to the store."""
        known = (begun(BEING_SENT, lines), begun(BEING_MOVED, lines))
        if self.plan.there.begun.get(temporary) not in known:
            return 0
        count = self.client.count(temporary)
        if count > lines.entry.triples:
            return 0
        return lines.parts if count == lines.entry.triples else count // lines.part_size

    def _fill(self, temporary: str, lines: GraphLines, done: int) -> None:
        """Bring a temporary graph to where it holds just some triples.

        Args:
            temporary: the graph.
            lines: the triples.
            done: so many parts of them it should have already; if it has not, it is begun anew.
        """
        if done:
            self.say(f"going on after part {done} of {lines.parts}")
        for number, part in enumerate(lines.each_part(done), done):
            self.changes.put(temporary, [part], new=number == 0)
        try:
            self._compare(temporary, lines)
        except StoreError as error:
            if not done or _passes(error):
                raise
            self.say("what is there differs; sending it anew")
            self._fill(temporary, lines, 0)

    def _claim(self, temporary: str, lines: GraphLines) -> None:
        """Begin to write a temporary graph; refuse if there is one that is not ours."""
        there = self.plan.there.begun.get(temporary)
        if there is None and self.client.count(temporary):
            raise StoreError(f"<{temporary}> is not empty, and nothing that Hudna put there")
        moved = there is not None and there.startswith(BEING_MOVED)
        self.changes.claim(temporary, begun(BEING_MOVED if moved else BEING_SENT, lines))

    def _cleared(self, temporary: str) -> None:
        """Remove a temporary graph that was claimed; if that fails, the next publication does."""
        with contextlib.suppress(StoreError):
            self.changes.drop(temporary)
            self.changes.forget(temporary)

    def _compare(self, graph: str, lines: GraphLines) -> None:
        """See that a graph holds just these triples, sign by sign."""
        there = self._there(graph)
        if there.entry == lines.entry:
            return
        missing, others = lines.against(there)
        triples = counted(lines.entry.triples, "triple")
        raise StoreError(
            f"<{graph}>: the store does not keep {missing.lines} of {triples} "
            f"as they are: {_example(missing)} became {_example(others)}"
        )

    def _removed(self, graph: str, triples: int) -> Outcome:
        """Remove a graph of an earlier edition, if it is still as it was published."""
        there = self.plan.there
        try:
            if self._content(graph, triples) != (there.graphs.get(graph) or there.former[graph]):
                raise StoreError(f"<{graph}>: is not as Hudna published it; it is left alone")
            self.changes.drop(graph)
            self.changes.forget(graph)
        except StoreError as error:
            return Outcome(graph, triples, "failed", str(error))
        return Outcome(graph, triples, "removed")

    def _moves(self) -> bool:
        """Return whether the store moves graphs as it should; without that they are put twice."""
        source, target = (f"{self.names.temporary}try-{part}" for part in ("source", "target"))
        line = f"<{source}> <{source}> <{source}> .\n".encode()
        one = GraphLines([[line]], BytesIO())
        for graph in (source, target):
            self._claim(graph, one)
            self.changes.put(graph, one, new=True)
        try:
            self.changes.move(source, target)
            there = self._there(target)
            good = there.entry == one.entry and self.client.count(source) == 0
        except StoreError as error:
            if not error.status:
                raise
            good = False
        for graph in (source, target):
            self._cleared(graph)
        return good


def _passes(error: StoreError) -> bool:
    """Return whether what went wrong may be over a little later: what was sent is kept then."""
    return error.status in _BUSY or isinstance(error.__cause__, httpx.TransportError)


def _example(found: LinesApart) -> str:
    return found.first.decode("utf-8").strip()[:200] or "nothing"
