"""What may be one with something: the things of a case and the rows of a list, in one form."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...model import UNKNOWN, Actor, Agreement, Event, NamedThing, Place
from ...model.things import TAKE_PLACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from ...model import Case, Statement, Thing

SORTS: Mapping[type, str] = {Actor: "actor", Place: "place", Agreement: "agreement", Event: "event"}
"""What is compared, each only with its like."""
NEVER = frozenset(("unnamed", "withheld", "hypothetical"))
"""Identities of actors that are never proposed: nobody knows, or may know, who they are."""
HAPPENED = ("agreement", "event")
"""What has days of its own, by which it is told from its like."""
BY_NAME = "named:"
"""What stands before a name in ``near`` and ``places``, where a list gives no id."""


@dataclass(slots=True)
class Comparable:
    """Something that may be one with something else.

    Attributes:
        id: of the case, or ``LIST:ID``.
        sort: one of ``SORTS``.
        names: all of them, the one that is shown first.
        identifiers: ``LIST:ID``, in other lists.
        classes: the classes of the ontology, each also with those above it.
        kinds: its kinds.
        identity: of an actor of a case.
        first: the first day on which it is told of; of an agreement or event, when it may be.
        last: the last such day.
        near: the ids of whom it is told of with, or names behind ``named:``.
        places: likewise, where.
        within: what it is a part of, such as a talks process or settlement.
        draft: why it is a draft or proposal, and no deal; empty if it may be one.
    """

    id: str
    sort: str
    names: tuple[str, ...]
    identifiers: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    identity: str = ""
    first: date | None = None
    last: date | None = None
    near: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    within: str = ""
    draft: str = ""

    @property
    def label(self) -> str:
        """Its first name, else its id."""
        return self.names[0] if self.names else self.id

    def tell(self, first: date | None, last: date | None) -> None:
        """Widen the days on which it is told of."""
        self.first = min(filter(None, (self.first, first)), default=None)
        self.last = max(filter(None, (self.last, last)), default=None)

    @property
    def keys(self) -> frozenset[str]:
        """By what others may name it: its own id where that is of a list, and its identifiers."""
        return self.identifiers | {self.id} if ":" in self.id else self.identifiers


def entries_of(
    case: Case, above: Mapping[str, frozenset[str]], before: str = ""
) -> list[Comparable]:
    """Return the actors, places, events and agreements of a case that may be proposed.

    Args:
        case: its records.
        above: the classes of the ontology, each with the IRIs of those above it and its own.
        before: what stands before the ids of a case that is compared with another: ``CASE:``.
    """
    found: dict[str, Comparable] = {}
    for thing in case.things:
        sort = SORTS.get(type(thing), "")
        if sort and getattr(thing, "identity", "") not in NEVER:
            found[thing.id] = _entry(thing, sort, above, before)
    for resolution in case.resolutions:
        if resolution.thing in found:
            one = found[resolution.thing]
            capital = [name for name in resolution.names if name[:1].isupper()]
            one.names = tuple(dict.fromkeys((*one.names, *capital)))
    for statement in case.statements:
        _told(statement, found, before)
    return list(found.values())


def _entry(thing: Thing, sort: str, above: Mapping[str, frozenset[str]], before: str) -> Comparable:
    further = thing.names if isinstance(thing, NamedThing) else ()
    identifiers = thing.identifiers if isinstance(thing, NamedThing) else ()
    kinds: Iterable[str] = getattr(thing, "kinds", ())
    process = str(getattr(thing, "process", ""))
    classes = {one.rpartition("#")[2] for name in thing.classes for one in above.get(name, ())}
    return Comparable(
        id=before + thing.id,
        sort=sort,
        names=tuple(dict.fromkeys((thing.label, *(name.text for name in further)))),
        identifiers=frozenset(f"{one.scheme}:{one.value}" for one in identifiers),
        classes=frozenset({*thing.classes, *classes}),
        kinds=frozenset(kinds),
        identity=str(getattr(thing, "identity", "")),
        within=before + process if process else "",
    )


def _told(statement: Statement, found: Mapping[str, Comparable], before: str) -> None:
    """Note whom a statement tells of together, when and where."""
    ends = [one for one in (statement.subject, statement.object) if one]
    for end in ends:
        entry = found.get(end)
        if entry is None:
            continue
        entry.near |= {before + one for one in ends if one not in (end, UNKNOWN)}
        if statement.place:
            entry.places.add(before + statement.place)
        days = statement.bounds
        if entry.sort not in HAPPENED:
            entry.tell(days.earliest_begin or days.latest_begin,
                       days.latest_end or days.earliest_end or days.latest_begin)  # fmt: skip
        elif statement.predicate in TAKE_PLACE:
            entry.tell(days.earliest_begin, days.latest_end or days.latest_begin)


def joined_rows(rows: Iterable[Comparable]) -> list[Comparable]:
    """Return one entry for all rows of a list with the same id.

    Args:
        rows: an entry for each mention.
    """
    found: dict[str, list[Comparable]] = defaultdict(list)
    for row in rows:
        found[row.id].append(row)
    joined = []
    for first, *others in found.values():
        for other in others:
            first.names = tuple(dict.fromkeys((*first.names, *other.names)))
            first.identifiers |= other.identifiers
            first.classes |= other.classes
            first.kinds |= other.kinds
            first.near |= other.near
            first.places |= other.places
            first.tell(other.first, other.last)
        joined.append(first)
    return joined
