"""What a network is narrowed down to: a day, a span, a voice, statuses, families, a place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from ..errors import UsageError
from ..model import Status
from ..model.dates import DateError, parse
from ..model.days import SHOWN_ON_A_DAY
from ..model.terms import HUD
from ..query.days import as_of
from ..query.lookup import kind, thing, voice_of
from ..read.rules import AFTER_ALL, BEFORE_ALL, spans_of, tells, world
from . import palette

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from ..query.days import AsOf
    from ..read import Stand
    from ..read.rules import World
    from ..read.select import Graph

STATUSES = tuple(status.value for status in Status)


class Tie(NamedTuple):
    """A statement, claim or sentence that joins two nodes of a projection.

    Attributes:
        source: id of the first node.
        target: id of the second node.
        key: id of what joins them.
        data: all that is known of it; see ``graph.network.projection.network``.
        claims: the stands of voices on its statement.
    """

    source: str
    target: str
    key: str
    data: Mapping[str, Any]
    claims: Sequence[Stand]


class Narrowing(TypedDict, total=False):
    """Which ties of a projection are wanted; what is ``None`` or missing narrows nothing.

    Attributes:
        on: a day, as a date or as ``2016-03-15``: only ties that held or may have held on it; each
            edge then says in ``held`` which class of ``graph.model.days`` it is in.
        held: which classes: one or several of their names, or ``all``; by default ``certain``,
            ``attested`` and ``possible``.
        by: a day instead of ``on``: acts that had happened by then count, too, as ``happened``.
        during: a span in EDTF, such as ``2015/2016-06``: only ties that may have held in it.
        voice: the id or a name of an actor: the world as that voice tells it, that is what is
            accepted on the grounds of sources no later than its latest, and what the voice
            asserts, less what it denies.
        only: with a voice: what it asserts, without what is merely accepted.
        status: which statuses count as ties; only accepted ones by default. Not with ``voice``.
        certainty: ``certain``, ``probable`` or ``possible``: only ties that are at least so sure.
        family: families of predicates, such as ``command``: only these.
        place: the id or a name of a place: only ties that have it, or a place within it, as their
            place or as an end.
    """

    on: str | date | None
    held: str | Collection[str] | None
    by: str | date | None
    during: str | None
    voice: str | None
    only: bool
    status: str | Collection[str] | None
    certainty: str | None
    family: str | Collection[str] | None
    place: str | None


@dataclass(frozen=True)
class Filters:
    """A narrowing whose names have been looked up; ``None`` where it narrows nothing."""

    graph: Graph
    as_of: AsOf | None
    during: str | None
    voice: str | None
    status: tuple[str, ...] | None
    certainty: str | None
    families: frozenset[str] | None
    place: str | None
    only: bool = False

    @classmethod
    def of(cls, graph: Graph, wanted: Narrowing) -> Filters:
        """Return the filters for a narrowing.

        Raises:
            UsageError: a name is unknown, the day is none, the span is no EDTF, both voice and
                status are given, or ``only`` is and no voice.
        """
        voice = wanted.get("voice")
        filters = cls(
            graph,
            as_of=as_of(wanted.get("on"), wanted.get("by"), wanted.get("held")),
            during=wanted.get("during"),
            voice=None if voice is None else voice_of(voice, graph),
            status=_statuses(wanted.get("status"), voice),
            certainty=_certainty(wanted.get("certainty")),
            families=_families(graph, wanted.get("family")),
            place=wanted.get("place"),
            only=bool(wanted.get("only")),
        )
        if filters.only and voice is None:
            raise UsageError("only means what one voice says by itself; name the voice as well")
        filters.check()
        return filters

    def check(self) -> None:
        """Raise ``UsageError`` for a span or a place that is none."""
        if self.during is not None:
            _ = self._span
        if self.place is not None:
            _ = self._places

    def told(self) -> dict[str, str]:
        """Return the filters as texts, empty where there is none, for the network's attributes."""
        return {
            **_told(self.as_of),
            "during": self.during or "",
            "voice": self.voice or "",
            "only": "yes" if self.only else "",
            "status": " ".join(self.status or ()),
            "certainty": self.certainty or "",
            "family": " ".join(sorted(self.families or ())),
            "place": self.place or "",
        }

    def admit(self, tie: Tie) -> bool:
        """Return whether a tie passes, whatever the day."""
        data = tie.data
        return (
            (self.families is None or data["family"] in self.families)
            and self._in_world(tie)
            and (self.certainty is None or self._sure(data, self.certainty))
            and (self.during is None or self._in_span(data))
            and (self.place is None or self._there(tie))
        )

    def _there(self, tie: Tie) -> bool:
        return not self._places.isdisjoint((tie.source, tie.target, tie.data.get("place", "")))

    def _in_world(self, tie: Tie) -> bool:
        status: str = tie.data["status"]
        if self.voice is not None:
            statement = str(tie.data.get("statement", tie.key))
            if self.only:
                return statement in self._world.asserted
            return tells(self._world, statement, tie.data)
        return self.status is None or status in self.status

    def _sure(self, data: Mapping[str, Any], certainty: str) -> bool:
        rank = palette.CERTAINTIES.index
        return rank(str(data.get("certainty", "unspecified"))) <= rank(certainty)

    def _in_span(self, data: Mapping[str, Any]) -> bool:
        first, last = self._span
        return bool(data.get("timeless")) or any(
            span.possible_from <= last and span.possible_until >= first for span in spans_of(data)
        )

    @cached_property
    def _world(self) -> World:
        return world(self.graph, str(self.voice))

    @cached_property
    def _span(self) -> tuple[str, str]:
        """First and last day of the span."""
        try:
            hull = parse(str(self.during)).hull
        except DateError as error:
            raise UsageError(f"during: {error}") from error
        if hull.first_clock or hull.last_clock:
            raise UsageError(
                f'during: "{self.during}" has a clock time; a span is asked for in days'
            )
        first, last = hull.first, hull.last
        return (first.isoformat() if first else BEFORE_ALL, last.isoformat() if last else AFTER_ALL)

    @cached_property
    def _places(self) -> set[str]:
        """The place and all places within it."""
        graph, found = self.graph, set[str]()
        todo = [graph.local(thing(self.place or "", graph, "place", ("Place",)).value)]
        while todo:
            place = todo.pop()
            if place not in found:
                found.add(place)
                todo += [inner for inner, _ in graph.pairs(HUD + "within", target=place)]
        return found


def _told(day: AsOf | None) -> dict[str, str]:
    """Return a day that is asked about as texts by the names of parameters, empty if none."""
    if day is None:
        return {"on": "", "held": "", "by": ""}
    held = "" if day.held == SHOWN_ON_A_DAY else " ".join(day.held)
    return {"on": day.day, "held": held, "by": day.day if day.by else ""}


def _statuses(given: str | Collection[str] | None, voice: str | None) -> tuple[str, ...] | None:
    """Return the statuses that count, or ``None`` if the voice decides."""
    if voice is not None and given is not None:
        raise UsageError("a voice's world has its own rule; give a voice or statuses, not both")
    if given is None:
        return None if voice is not None else ("accepted",)
    return statuses_of(given)


def statuses_of(given: str | Collection[str]) -> tuple[str, ...]:
    """Return one status or several as a tuple; ``UsageError`` if one is none."""
    chosen = (given,) if isinstance(given, str) else tuple(given)
    for name in chosen:
        if name not in STATUSES:
            raise UsageError(f'"{name}" is not a status; it is one of {", ".join(STATUSES)}')
    return chosen


def _certainty(given: str | None) -> str | None:
    if given is not None and given not in palette.CERTAINTIES:
        listed = ", ".join(palette.CERTAINTIES)
        raise UsageError(f'"{given}" is not a certainty; it is one of {listed}')
    return given


def _families(graph: Graph, given: str | Collection[str] | None) -> frozenset[str] | None:
    if given is None:
        return None
    chosen = (given,) if isinstance(given, str) else given
    return frozenset(graph.name(kind(name, graph, "family").value) for name in chosen)


def told_in_words(told: Mapping[str, object]) -> str:
    """Return filters in words, as ``status accepted; only``, without those that filter nothing.

    Args:
        told: their values by their names; of one that is only on, ``yes``.
    """
    return "; ".join(
        name if value == "yes" else f"{name.replace('_', '-')} {value}"
        for name, value in told.items()
        if value
    )
