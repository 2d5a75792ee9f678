"""On which days a statement held: the one rule from its spans to its class on a day.

A span is a stretch of time within which a statement held once. The reader makes spans of dates, a
build writes them into the graph (``hud:span``), and networks, exports and the page carry them as
text. Decision 22 says what the classes mean and why.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from .record import Bounds


class OnDay(StrEnum):
    """How a statement stands to a day, from the surest to the least sure."""

    CERTAIN = "certain"
    ATTESTED = "attested"
    POSSIBLE = "possible"
    BEYOND = "beyond"
    LATER = "later"
    UNPLACED = "unplaced"
    OUT = "out"


SHOWN_ON_A_DAY = (OnDay.CERTAIN, OnDay.ATTESTED, OnDay.POSSIBLE)
"""The classes that whoever asks about a day gets unasked."""
ON_REQUEST = (OnDay.BEYOND, OnDay.LATER, OnDay.UNPLACED)
"""The classes that are told by their number, and listed only on request."""
HAPPENED = "happened"
"""What is said of an act that was over by a day, where those are asked for, too."""

_NEVER = "~"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TEXT = re.compile(
    rf"({_DAY})(\??)/({_DAY})(\??)(?: attested ({_DAY}))?(?: certain ({_DAY})/({_DAY}))?"
)


class Span(NamedTuple):
    """Within which days a statement held once, and what is known of each of them; ISO dates.

    Attributes:
        possible_from: the first day on which it may have held, as far as sources tell of it.
        possible_until: the last such day.
        attested_from: the first day from which on it had begun and is not known to have ended.
        certain_from: the first day on which it held whatever the true dates.
        certain_until: the last such day.
        open_begin: whether it may have begun before ``possible_from`` as well.
        open_end: whether it may have gone on after ``possible_until``.
    """

    possible_from: str
    possible_until: str
    attested_from: str | None = None
    certain_from: str | None = None
    certain_until: str | None = None
    open_begin: bool = False
    open_end: bool = False

    def __str__(self) -> str:
        """Return it as edges carry it; a question mark follows an end that is not told."""
        begin, end = ("?" if is_open else "" for is_open in (self.open_begin, self.open_end))
        attested = f" attested {self.attested_from}" if self.attested_from else ""
        certain = f" certain {self.certain_from}/{self.certain_until}" if self.certain_from else ""
        return f"{self.possible_from}{begin}/{self.possible_until}{end}{attested}{certain}"

    def on(self, day: str) -> OnDay:
        """Return the class of a day.

        Args:
            day: an ISO date.
        """
        if day < self.possible_from:
            return OnDay.LATER if self.open_begin else OnDay.OUT
        if day > self.possible_until:
            return OnDay.BEYOND if self.open_end else OnDay.OUT
        if self.certain_from and self.certain_from <= day <= (self.certain_until or ""):
            return OnDay.CERTAIN
        if self.attested_from and self.attested_from <= day:
            return OnDay.ATTESTED
        return OnDay.POSSIBLE

    def together(self, other: Span) -> Span | None:
        """Return the span of what holds while this and another hold; ``None`` if never.

        Args:
            other: the other span.
        """
        first = max(self.possible_from, other.possible_from)
        last = min(self.possible_until, other.possible_until)
        if first > last:
            return None
        attested = self.attested_from and other.attested_from
        begin = max(self.certain_from or _NEVER, other.certain_from or _NEVER)
        end = min(self.certain_until or "", other.certain_until or "")
        return Span(
            first,
            last,
            max(attested, self.attested_from or "") if attested else None,
            begin if begin <= end else None,
            end if begin <= end else None,
            open_begin=all(s.open_begin for s in (self, other) if s.possible_from == first),
            open_end=all(s.open_end for s in (self, other) if s.possible_until == last),
        )


ALWAYS = Span("0001-01-01", "9999-12-31", "0001-01-01", "0001-01-01", "9999-12-31", True, True)
"""The span of what is timeless, so that a query finds it on every day; only RDF has it."""

SPAN_TERMS = {
    "possibleFrom": "possible_from",
    "possibleUntil": "possible_until",
    "attestedFrom": "attested_from",
    "certainFrom": "certain_from",
    "certainUntil": "certain_until",
}
"""The terms of the ontology for the days of a span, with their fields."""


@lru_cache(maxsize=65536)
def read_span(text: str) -> Span:
    """Return a span from the text that ``str`` makes of it.

    Raises:
        ValueError: it is no such text.
    """
    match = _TEXT.fullmatch(text)
    if match is None:
        raise ValueError(f'"{text}" is no span of days')
    first, begin, last, end, *sure = match.groups()
    attested, *certain = sure
    return Span(first, last, attested, certain[0], certain[1], bool(begin), bool(end))


def span_of(
    bounds: Bounds,
    *,
    throughout: bool,
    act: bool = False,
    alternative: bool = False,
    told_from: date | None = None,
    told_until: date | None = None,
) -> Span | None:
    """Return the span of what began and ended within four bounds.

    Args:
        bounds: an absent one is not known; those of a begin and an end that follow from each other
            are filled in, as ``graph.dates`` does.
        throughout: whether it held on all days from its begin to its end.
        act: whether it happens, and does not last.
        alternative: whether it is one of several spans of which only one is true.
        told_from: the first day of ``B`` where nothing but ``[..B]`` says when it began.
        told_until: the last day on which a source can have been written that tells of it.

    Returns:
        ``None`` if none of the four bounds is known.
    """
    eb, lb, ee, le = bounds
    begins = [eb] if eb else [day for day in (lb, ee, told_from) if day]
    ends = [le] if le else [day for day in (lb, ee, told_until) if day]
    if not any(bounds):
        return None
    attested = None if act else lb
    if attested and not throughout and ee:
        attested = max(attested, ee + timedelta(days=1)) if ee < date.max else None
    certain: tuple[date, date] | None = None
    if throughout and not act and lb and ee and lb <= ee:
        certain = (lb, ee)
    elif eb and eb == le and not alternative:
        certain = (eb, eb)
    last = max(ends)
    return Span(
        min(begins).isoformat(),
        last.isoformat(),
        attested.isoformat() if attested and attested <= last else None,
        certain[0].isoformat() if certain else None,
        certain[1].isoformat() if certain else None,
        open_begin=eb is None,
        open_end=le is None,
    )


def class_on(spans: Iterable[Span], day: str, *, timeless: bool = False) -> OnDay:
    """Return the class of a statement on a day, the best of those of its spans.

    Args:
        spans: none for what is not dated.
        day: an ISO date.
        timeless: whether the predicate holds whenever it holds at all.
    """
    if timeless:
        return OnDay.CERTAIN
    return min((span.on(day) for span in spans), key=_RANK.__getitem__, default=OnDay.UNPLACED)


_RANK = {held: rank for rank, held in enumerate(OnDay)}


def not_shown(classes: Iterable[str], shown: Collection[str]) -> str:
    """Return how many things are in classes that are listed on request only, as ``84 later``.

    Args:
        classes: the class of each thing.
        shown: the classes that are shown.
    """
    counts = Counter(classes)
    return ", ".join(f"{counts[c]} {c}" for c in ON_REQUEST if counts[c] and c not in shown)
