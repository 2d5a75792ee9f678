"""What a build tells of actors whose names it does not tell, as a graph with colours.

The actors are nodes, and so is each record that names one of them or that one of them speaks in.
Who and what else is named stands in the colours, by id; the actors and those records do not, for
their ids tell nothing: they are joined by edges. So two actors whose statements name others without
a name are told apart by what is told of these, and not by what these are called.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import (
    UNATTRIBUTED,
    FigureRule,
    Judgement,
    NameResolution,
    Note,
    Question,
    Source,
    specs,
)
from ..model.names import name_key

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence

    from ..model import Actor, Claim, Record, Statement
    from ..read.select import Graph
    from .orbits import Coloured

TOLD_BY = ("description", "class", "kind", "place", "channel", "month", "statements")
"""What actors are told apart by: the quasi-identifiers."""

_BESIDE = (Source, Judgement, NameResolution, Note, Question, FigureRule)
"""Records that may name an actor or a statement, beside statements."""
_IN_BRACKETS = re.compile(r"\([^)]*\)|\d+")
_APART = frozenset(
    ("when", "begins", "ends", "when_text", "when_basis", "when_passages", "place", "channel",
     "spans", "label", "family", "sign", "order_key", "order_not_told", "past", "timeless",
     "earliest_begin", "latest_begin", "earliest_end", "latest_end", "told_from", "told_until",
     "counted_on", "excludes", "question", "access", "until"),
)  # fmt: skip
"""Qualifiers of a statement that are told elsewhere, or follow from others."""
_CITED = frozenset(("passages", "access", "until"))
"""Fields of other records that do not count."""
_SOMEBODY = ""
"""Stands where an edge leads to who or what it is."""


class _RecordTold(NamedTuple):
    """A record that tells of actors.

    Attributes:
        says: what it says, but for the names of nodes.
        beside: its places, channels and months, by the names of ``TOLD_BY``.
        ends: the nodes that it names, each with how.
    """

    says: Hashable
    beside: Mapping[str, frozenset[str]]
    ends: tuple[tuple[str, str], ...]


class ToldOfActors:
    """What a build tells of actors.

    Args:
        graph: the judged graph that readers have.
        people: the actors.
    """

    def __init__(self, graph: Graph, people: Sequence[Actor]) -> None:
        self._graph = graph
        self._known_places = frozenset(graph.ids("Place"))
        self._people = people
        self._nodes = {one.id for one in people}
        self._records = dict(self._all_records()) if people else {}
        self._own = [self._told_of(one) for one in people]

    def coloured(self, by: Collection[str]) -> Coloured:
        """Return the graph of what is told, the actors first, as they were given.

        Args:
            by: some of ``TOLD_BY``; nothing else counts.
        """
        import rustworkx as rx

        found: Coloured = rx.PyDiGraph()
        names = [name for name in TOLD_BY if name in by]
        found.add_nodes_from([tuple(own.get(name) for name in names) for own in self._own])
        if "statements" not in by:
            return found
        at = {one.id: node for node, one in enumerate(self._people)}
        for name, one in self._records.items():
            told = tuple(one.beside.get(quality) for quality in names)
            at[name] = found.add_node((one.says, told))
        for name, one in self._records.items():
            how: dict[str, list[str]] = {}
            for end, as_what in one.ends:
                if as_what != "channel" or "channel" in by:
                    how.setdefault(end, []).append(as_what)
            for end, labels in how.items():
                found.add_edge(at[name], at[end], tuple(sorted(labels)))
        return found

    def _told_of(self, actor: Actor) -> dict[str, frozenset[str]]:
        """Return what is told of an actor without what else is told in the same statement."""
        about = [
            one.beside
            for one in self._records.values()
            if (actor.id, "subject") in one.ends or (actor.id, "object") in one.ends
        ]
        told = {
            "description": (name_key(_IN_BRACKETS.sub(" ", actor.label)), actor.note, actor.other),
            "class": (self._graph.narrowest(actor),),
            "kind": actor.kinds,
        }
        found = {name: frozenset(filter(None, values)) for name, values in told.items()}
        for name in ("place", "channel", "month"):
            found[name] = frozenset(chain.from_iterable(one.get(name, ()) for one in about))
        return found

    def _all_records(self) -> Iterator[tuple[str, _RecordTold]]:
        statements = [self._graph.statement(name) for name in self._graph.ids("Statement")]
        people = frozenset(self._nodes)
        self._nodes.update(one.id for one in statements if not people.isdisjoint(_whom(one)))
        naming = [one for one in statements if not self._nodes.isdisjoint(_named(one))]
        self._nodes.update(one.id for one in naming)
        yield from ((one.id, self._statement(one)) for one in naming)
        for kind in _BESIDE:
            for record in self._graph.records(kind):
                told = self._other(record)
                if told.ends:
                    yield record.id, told

    def _statement(self, one: Statement) -> _RecordTold:
        said = {"subject": one.subject, "object": one.object, "value": one.value}
        more = self._graph.qualifiers(one.id).items()
        said |= {name: value for name, value in more if name not in _APART}
        says, ends = self._split(said)
        claims = []
        for claim in one.claims:
            words, theirs = self._claim(claim)
            claims.append(words)
            ends += theirs
        if one.channel in self._nodes:
            ends.append((one.channel, "channel"))
        beside = {
            "place": frozenset(self._places(one)),
            "channel": frozenset({one.channel} - self._nodes - {""}),
            "month": frozenset(_months(one)),
        }
        return _RecordTold((says, tuple(sorted(claims))), beside, tuple(ends))

    def _claim(self, claim: Claim) -> tuple[str, list[tuple[str, str]]]:
        """Return what a claim says, and the nodes that it names: who speaks, and on what ground."""
        words = (claim.stance, claim.certainty, claim.mode, claim.speakers, claim.note)
        says, ends = self._split({"says": _speaker(claim), "on ground of": claim.grounds})
        said = "|".join((*words, str(says)))
        return said, [(name, f"{how} {said}") for name, how in ends]

    def _other(self, record: Record) -> _RecordTold:
        said = {field.name: getattr(record, field.name) for field in specs(type(record))}
        says, ends = self._split({key: one for key, one in said.items() if key not in _CITED})
        return _RecordTold((record.TABLE, says), {}, tuple(ends))

    def _split(
        self, said: Mapping[str, Any]
    ) -> tuple[tuple[tuple[str, str], ...], list[tuple[str, str]]]:
        """Return what fields say, without the nodes that they name, and these."""
        says: list[tuple[str, str]] = []
        ends: list[tuple[str, str]] = []
        for name, value in said.items():
            for one in value if isinstance(value, list | tuple) else (value,):
                known = isinstance(one, str) and one in self._nodes
                says.append((name, _SOMEBODY if known else f"{one}"))
                ends += [(one, name)] * known
        return tuple(sorted(says)), ends

    def _places(self, statement: Statement) -> Iterator[str]:
        ends = {statement.subject, statement.object or ""} & self._known_places
        yield from ends | ({statement.place} - {""})


def _speaker(claim: Claim) -> str:
    """Return the voice of a claim; hearsay has one of its own each time, which tells nothing."""
    return UNATTRIBUTED if claim.voice.partition("/")[0] == UNATTRIBUTED else claim.voice


def _whom(statement: Statement) -> Iterator[str]:
    """Yield whom a statement names, and who speaks on it."""
    yield from (statement.subject, statement.object or "", statement.channel)
    yield from (claim.voice for claim in statement.claims)


def _named(statement: Statement) -> Iterator[str]:
    """Yield what a statement and its claims name."""
    yield from _whom(statement)
    yield from (*statement.condition, *statement.one_of, *statement.motive)
    yield from chain.from_iterable(claim.grounds for claim in statement.claims)


def _months(statement: Statement) -> Iterator[str]:
    """Yield the months of the bounds of a statement that are told."""
    for name, day in zip(statement.bounds._fields, statement.bounds, strict=True):
        if day is not None:
            yield f"{name} {day:%Y-%m}"
