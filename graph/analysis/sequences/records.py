"""Triggers, outcomes and what was found of them: the values that sequences are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from ...model.dates import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ...model.clock import Clock

Order = Literal["certain", "possible", "not"]
Strength = Literal["certain", "told", "possible", "overtaken"]
STRENGTHS: tuple[Strength, ...] = ("certain", "told", "possible", "overtaken")
"""How surely an outcome followed a trigger, from the surest; see ``Instance``."""


class DayRange(NamedTuple):
    """The days between which something lies; ``None`` where a bound is not known."""

    least: date | None
    most: date | None


UNKNOWN = DayRange(None, None)
"""Nothing is known of the day."""


@dataclass(frozen=True)
class Occurrence:
    """Something that began once: an event, a statement on a clause, an agreement.

    Attributes:
        role: ``trigger``, ``outcome`` or ``series``.
        event: id of the event, clause, agreement or statement.
        label: what people call it.
        statement: id of the statement that dates it.
        status: of that statement, or of another on which it hangs, whichever is the weakest.
        within: what it must share with another to belong to it: ids of places, talks, agreements.
        by: ids of those who did it or owe it; empty where that is not told.
        begin: the days between which it began.
        clocks: the clock times at these, as far as they are told.
        when: the date as written, in EDTF.
        order_key: the text that sorts it in time.
        voices: who affirms it.
        sources: ids of the sources that tell of it.
        passages: the sentences, as in ``report-2020#17.1``.
        names: ids by which a mechanism may list it: event, statement, agreement of the clause.
    """

    role: str
    event: str
    label: str
    statement: str
    status: str
    within: tuple[str, ...]
    by: tuple[str, ...] = ()
    begin: DayRange = UNKNOWN
    clocks: tuple[Clock | None, Clock | None] = (None, None)
    when: str = ""
    order_key: str = ""
    voices: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def began(self) -> Stretch:
        """When it began, with the clock times."""
        return Stretch(*self.begin, *self.clocks)

    @property
    def dated(self) -> bool:
        """Whether any bound of its beginning is known."""
        return self.begin != UNKNOWN


@dataclass(frozen=True)
class Link:
    """A statement that one thing comes before another, or brings it about.

    Attributes:
        statement: its id.
        before: id of what comes first.
        after: id of what comes later.
        relation: ``cause``, ``trigger``, ``contribution`` or ``sequence``.
        status: status of the statement.
        passages: the sentences.
    """

    statement: str
    before: str
    after: str
    relation: str
    status: str = "accepted"
    passages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Instance:
    """A trigger and an outcome after it.

    Attributes:
        trigger: what comes first.
        outcome: what comes later.
        within: what the two share.
        order: ``certain`` if the bounds leave no other order, ``possible`` if they overlap.
        lag: days from the begin of the trigger to that of the outcome, at the least and at the
            most, given that it came after; the most is ``None`` where it is not known.
        between: how surely another trigger stands between the two: ``certain``, ``possible`` or
            ``not``.
        links: the statements by which a source tells that order, one step after the other.
        shared: sentences on which both rest.
        strength: ``certain`` by the dates alone; else ``told`` by a source; else ``possible``;
            ``overtaken`` if another trigger stands between for certain and no source ties the two.
    """

    trigger: Occurrence
    outcome: Occurrence
    within: tuple[str, ...]
    order: Order
    lag: tuple[int, int | None]
    between: Order
    links: tuple[Link, ...]
    shared: tuple[str, ...]
    strength: Strength


@dataclass(frozen=True)
class Unfollowed:
    """A trigger after which no outcome is known.

    Attributes:
        trigger: the trigger.
        observed: days from its begin to the end of what its sources can tell, at the least and at
            the most; ``None`` where that is not known.
        sources: the sources whose dates end what can be seen.
    """

    trigger: Occurrence
    observed: tuple[int | None, int | None]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class SequenceResult:
    """What a sequence finds among the occurrences of some statuses.

    Attributes:
        statuses: the statuses that count.
        triggers: all triggers that have a date.
        outcomes: all outcomes that have a date.
        instances: pairs of both, in the order of the triggers.
        counter: triggers without an outcome, although what can be seen goes on for ``needed`` days.
        censored: triggers without an outcome, where what can be seen ends too soon or its end is
            not known.
        overtaken: triggers after which another trigger stands before any outcome.
        before_any: outcomes before which no trigger is known, where there is a trigger at all.
        elsewhere: outcomes that share nothing with any trigger.
        undated: triggers and outcomes without any bound: they are in no other list.
        series: triggers that are told as a series only: they are in no other list.
        needed: days that an observation must last: the window, or the longest that any trigger may
            have waited for its first outcome; 1 if there is neither.
    """

    statuses: tuple[str, ...]
    triggers: tuple[Occurrence, ...]
    outcomes: tuple[Occurrence, ...]
    instances: tuple[Instance, ...]
    counter: tuple[Unfollowed, ...]
    censored: tuple[Unfollowed, ...]
    overtaken: tuple[Occurrence, ...]
    before_any: tuple[Occurrence, ...]
    elsewhere: tuple[Occurrence, ...]
    undated: tuple[Occurrence, ...]
    series: tuple[Occurrence, ...]
    needed: int

    def followed(self) -> dict[str, int]:
        """Return how many triggers were followed, by the strength of their surest instance."""
        best = strongest(self.instances)
        return {name: sum(found == name for found in best.values()) for name in STRENGTHS[:3]}

    def counts(self) -> dict[str, int]:
        """Return the numbers of triggers and outcomes by what became of them."""
        numbers = {f"followed, {name}": number for name, number in self.followed().items()}
        return {
            "triggers": len(self.triggers),
            **numbers,
            "not followed": len(self.counter),
            "seen too short": len(self.censored),
            "overtaken": len(self.overtaken),
            "outcomes": len(self.outcomes),
            "outcomes without a trigger before": len(self.before_any),
            "outcomes elsewhere": len(self.elsewhere),
            "undated": len(self.undated),
            "series": len(self.series),
        }


def strongest(instances: Iterable[Instance]) -> dict[str, Strength]:
    """Return the strength of the surest instance of each trigger, by the trigger's statement."""
    best: dict[str, Strength] = {}
    for found in instances:
        key = found.trigger.statement
        best[key] = min(best.get(key, "overtaken"), found.strength, key=STRENGTHS.index)
    return best
