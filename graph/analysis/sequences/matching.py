"""What follows what: occurrences with bounds on their dates, paired and counted.

Nothing here sees a graph. An occurrence is known to have begun between two days, either of which
may be unknown; so one comes after another for certain only if their bounds do not overlap.
"""

from __future__ import annotations

from collections import deque
from datetime import date
from typing import TYPE_CHECKING

from .records import Instance, SequenceResult, Unfollowed, strongest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ...model.dates import Stretch
    from .records import DayRange, Link, Occurrence, Order, Strength


def order(first: Stretch, second: Stretch) -> Order:
    """Return how surely what began in ``first`` began before what began in ``second``.

    Args:
        first: when the one began.
        second: when the other began.

    Returns:
        ``certain`` if the latest moment of the first lies before the earliest of the second (Allen,
        1983, Maintaining knowledge about temporal intervals: *before*, for the two intervals of
        doubt), ``not`` if that is so the other way round, else ``possible``. Moments are days, on
        one day the clock times where they are told.
    """
    if first.before(second):
        return "certain"
    if second.before(first):
        return "not"
    return "possible"


def lag(first: DayRange, second: DayRange) -> tuple[int, int | None]:
    """Return the days from one begin to a later one, at the least and at the most.

    Args:
        first: when the one began.
        second: when the other began, at the same time or later.
    """
    least = 0
    if first.most is not None and second.least is not None:
        least = max(0, (second.least - first.most).days)
    if first.least is None or second.most is None:
        return least, None
    return least, max(0, (second.most - first.least).days)


def paired(
    occurrences: Collection[Occurrence],
    links: Collection[Link],
    sources: Mapping[str, DayRange],
    *,
    statuses: Sequence[str],
    window_days: int | None = None,
) -> SequenceResult:
    """Return which outcomes follow which triggers.

    Args:
        occurrences: triggers, outcomes and series; those of other statuses are left out.
        links: what sources tell of the order; those of other statuses are left out.
        sources: by id, the days between which each source was written.
        statuses: the statuses that count.
        window_days: only outcomes that may have begun so many days after the trigger, or fewer.
    """
    chosen = sorted(
        (one for one in occurrences if one.status in statuses),
        key=lambda one: (one.order_key, one.begin.least or one.begin.most or _FIRST, one.statement),
    )
    dated = [one for one in chosen if one.dated and one.role != "series"]
    triggers = tuple(one for one in dated if one.role == "trigger")
    outcomes = tuple(one for one in dated if one.role == "outcome")
    pairs = _Pairs(triggers, [link for link in links if link.status in statuses], window_days)
    instances = tuple(
        found for one in triggers for other in outcomes if (found := pairs.instance(one, other))
    )
    needed = _needed(instances, window_days)
    best = strongest(instances)
    unfollowed = [_unfollowed(one, dated, sources) for one in triggers if one.statement not in best]
    there = {name for one in triggers for name in one.within}
    preceded = {found.outcome.statement for found in instances}
    alone = [one for one in outcomes if one.statement not in preceded]
    return SequenceResult(
        statuses=tuple(statuses),
        triggers=triggers,
        outcomes=outcomes,
        instances=instances,
        counter=tuple(one for one in unfollowed if (one.observed[0] or 0) >= needed),
        censored=tuple(one for one in unfollowed if (one.observed[0] or 0) < needed),
        overtaken=tuple(one for one in triggers if best.get(one.statement) == "overtaken"),
        before_any=tuple(one for one in alone if not there.isdisjoint(one.within)),
        elsewhere=tuple(one for one in alone if there.isdisjoint(one.within)),
        undated=tuple(one for one in chosen if not one.dated and one.role != "series"),
        series=tuple(one for one in chosen if one.role == "series"),
        needed=needed,
    )


class _Pairs:
    """Judges pairs of a trigger and an outcome."""

    def __init__(
        self, triggers: Collection[Occurrence], links: Collection[Link], window_days: int | None
    ) -> None:
        self.triggers = triggers
        self.events = {one.event for one in triggers}
        self.window_days = window_days
        self.after: dict[str, list[Link]] = {}
        for link in links:
            self.after.setdefault(link.before, []).append(link)

    def instance(self, trigger: Occurrence, outcome: Occurrence) -> Instance | None:
        """Return the pair, or ``None`` if they do not belong together or cannot be in order."""
        within = tuple(name for name in trigger.within if name in outcome.within)
        others = bool(trigger.by and outcome.by) and set(trigger.by).isdisjoint(outcome.by)
        if not within or others or trigger.event == outcome.event:
            return None
        by_dates = order(trigger.began, outcome.began)
        links = self.told(trigger.event, outcome.event)
        reversed_links = self.told(outcome.event, trigger.event)
        if by_dates == "not" or (by_dates == "possible" and reversed_links and not links):
            return None
        days = lag(trigger.begin, outcome.begin)
        if self.window_days is not None and days[0] > self.window_days:
            return None
        between = self.between(trigger, outcome)
        strength: Strength = "possible"
        if by_dates == "certain" and (links or between == "not"):
            strength = "certain"
        elif links and not reversed_links:
            strength = "told"
        elif between == "certain":
            strength = "overtaken"
        too_late = self.window_days is not None and (days[1] is None or days[1] > self.window_days)
        if too_late and strength in ("certain", "told"):
            strength = "possible"
        shared = tuple(one for one in trigger.passages if one in outcome.passages)
        return Instance(trigger, outcome, within, by_dates, days, between, links, shared, strength)

    def between(self, trigger: Occurrence, outcome: Occurrence) -> Order:
        """Return how surely another trigger stands between the two."""
        found: Order = "not"
        for other in self.triggers:
            apart = set(other.within).isdisjoint(outcome.within)
            if apart or other.event in (trigger.event, outcome.event):
                continue
            orders = {self.before(trigger, other), self.before(other, outcome)}
            if orders == {"certain"}:
                return "certain"
            if "not" not in orders:
                found = "possible"
        return found

    def before(self, first: Occurrence, second: Occurrence) -> Order:
        """Return how surely one began before the other: by the dates, or as a source tells."""
        by_dates = order(first.began, second.began)
        if by_dates != "possible":
            return by_dates
        there = self.told(first.event, second.event)
        back = self.told(second.event, first.event)
        if bool(there) == bool(back):
            return "possible"
        return "certain" if there else "not"

    def told(self, before: str, after: str) -> tuple[Link, ...]:
        """Return the shortest way of links from one to the other that meets no third trigger."""
        ways: dict[str, tuple[Link, ...]] = {before: ()}
        todo = deque([before])
        while todo:
            here = todo.popleft()
            for link in self.after.get(here, ()):
                third = link.after in self.events and link.after not in (before, after)
                if link.after not in ways and not third:
                    ways[link.after] = (*ways[here], link)
                    todo.append(link.after)
        return ways.get(after, ())


def _needed(instances: Collection[Instance], window_days: int | None) -> int:
    """Return how many days an observation must last to tell that no outcome followed."""
    if window_days is not None:
        return window_days
    soonest: dict[str, int] = {}
    for found in instances:
        if found.strength != "overtaken" and found.lag[1] is not None:
            key = found.trigger.statement
            soonest[key] = min(soonest.get(key, found.lag[1]), found.lag[1])
    return max([1, *soonest.values()])


def _unfollowed(
    trigger: Occurrence, dated: Collection[Occurrence], sources: Mapping[str, DayRange]
) -> Unfollowed:
    """Return how long after a trigger the sources that look at its place can see."""
    seen = {
        name
        for one in dated
        if not set(one.within).isdisjoint(trigger.within)
        for name in one.sources
    }
    firsts = [day for name in seen if name in sources and (day := sources[name].least)]
    lasts = [day for name in seen if name in sources and (day := sources[name].most)]
    begin = trigger.begin
    least = max(0, (max(firsts) - begin.most).days) if firsts and begin.most else None
    most = max(0, (max(lasts) - begin.least).days) if lasts and begin.least else None
    return Unfollowed(trigger, (least, most), tuple(sorted(seen)))


_FIRST = date.min
"""Where what has no date is sorted."""
