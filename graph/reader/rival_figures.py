"""Figures that differ for one thing: where voices disagree, and where nothing says if they do."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

from ..model import AFFIRMING, UNKNOWN, Event
from ..model.figures import PENDING, spelt
from ..model.sameness import Decided
from ..model.statements import TOLD_FOR
from ..model.words import Certainty

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from ..model import Case, FigureRule, Statement
    from .problems import ProblemReport


def joined(case: Case) -> Decided:
    """Return which things of a case are one for the rules: by judgements more than possible."""
    return Decided(one for one in case.judgements if one.certainty != Certainty.POSSIBLE)


def hint_rival_figures(case: Case, report: ProblemReport, changing: Collection[str]) -> None:
    """Tell of figures in which voices disagree and no rule decides, and of others that differ.

    What counts different things, at times or at places of its own, is no rival; nor is what one
    question holds together.

    Args:
        case: all records of the case.
        report: takes the hints.
        changing: the predicates of figures that may change from one day to another.
    """
    rivals = _Rivals(case, changing)
    for figures in rivals.series():
        told: set[str] = set()
        for one in figures:
            if cast("float", one.value) < 0 and not one.unit:
                report.hint(one.origin, "value", _NEGATIVE.format(one.value))
        for first, other in rivals.pairs(figures):
            if first.value == other.value or set(first.question) & set(other.question):
                continue
            if rivals.contradict(first, other):
                if other.id not in told and not rivals.decided(first, other):
                    told |= {first.id, other.id}
                    report.hint(other.origin, "value", _disagreeing(first, other))
            elif first is figures[0] and rivals.differ(first, other):
                report.hint(
                    other.origin,
                    "value",
                    f"{other.value} here, {first.value} in {first.id}, and nothing says whether "
                    "they contradict each other; give both one question, or tell what each counts "
                    "in counts, or up to which day in counted_on, of a toll with cumulative",
                )


_NEGATIVE = (
    "{} is less than none; if a data set writes so what it does not know, leave the figure out"
)


def _disagreeing(first: Statement, other: Statement) -> str:
    here, there = (", ".join(sorted(_voices(one))) for one in (other, first))
    return (
        f"voices disagree: {other.value} by {here} here, {first.value} by {there} in {first.id}, "
        "and no rule decides, so both are contested; decide with: hudna add rule prefer|range|defer"
    )


def _voices(one: Statement) -> set[str]:
    """Return who affirms a figure, as far as the claims count."""
    return {
        claim.voice
        for claim in one.claims
        if claim.stance in AFFIRMING and claim.known_until is None
    }


class _Rule(NamedTuple):
    rule: FigureRule
    on: frozenset[str]


class _Rivals:
    """What the rule of rival figures says of two figures, before there is a graph."""

    def __init__(self, case: Case, changing: Collection[str]) -> None:
        self.changing = changing
        self.statements = case.statements
        decided = joined(case)
        self.one_with = cache(decided.one_with)
        self.events = {one.id for one in case.things if isinstance(one, Event)}
        self.rules = [
            _Rule(one, frozenset().union(one.on, *map(self.one_with, one.on)))
            for one in case.figure_rules
        ]
        self.of_days: set[str] = set()
        """Of the series that is looked at, what has figures of several days."""

    def series(self) -> Iterator[Sequence[Statement]]:
        """Yield the figures of one thing in the same words, unit, scope, of one place and kind."""
        figures: dict[tuple[str | None, ...], list[Statement]] = defaultdict(list)
        for one in self.statements:
            if isinstance(one.value, int | float) and not isinstance(one.value, bool):
                subject = min(self.one_with(one.subject))
                words = (spelt(text) for text in (one.unit, one.counts, one.scope))
                apart = (subject, one.predicate, one.counts_kind, one.place, one.under, *words)
                figures[apart].append(one)
        for series in figures.values():
            self.of_days = set(self._of_several_days(series))
            yield series

    def pairs(self, figures: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
        """Yield the pairs that are to be compared: of the first, and of what may be of one day."""
        found = {(0, other) for other in range(1, len(figures))}
        if len(set().union(*map(_voices, figures))) > 1:
            at: dict[object, list[int]] = defaultdict(list)
            keys = [self._keys(one) for one in figures]
            for number, (own, _) in enumerate(keys):
                for key in own:
                    at[key].append(number)
            for number, (_, sought) in enumerate(keys):
                found |= {(min(number, one), max(number, one)) for key in sought for one in at[key]}
        for one, other in sorted(found):
            if one != other:
                yield figures[one], figures[other]

    def _keys(self, one: Statement) -> tuple[set[object], set[object]]:
        """Return at which keys a figure stands and which it seeks, as the rule of the graph."""
        (first, last), counted = self._days(one), ("counted", one.counted_on)
        day = {first} if first and first == last else set()
        wide = {counted, ("counted", None)} if one.counted_on else {"any"}
        event = {"event"} if self._of_an_event(one) else set()
        return {"any", counted, *day, *event}, {*(day or wide), *event}

    def _of_several_days(self, series: Iterable[Statement]) -> Iterator[str]:
        """Yield what has figures of a series that cannot be of one day."""
        days: dict[str, list[tuple[date, date]]] = defaultdict(list)
        for one in series:
            first, last = self._days(one)
            if first and last and not one.condition:
                days[one.subject].append((first, last))
        for subject, spans in days.items():
            if min(last for _, last in spans) < max(first for first, _ in spans):
                yield subject

    def contradict(self, one: Statement, other: Statement) -> bool:
        """Return whether two voices disagree, as ``11-rival-figures.rq`` has it."""
        voices, others = _voices(one), _voices(other)
        return (
            any(voice != second for voice in voices for second in others)
            and UNKNOWN not in (one.subject, other.subject)
            and not (one.extent == other.extent == "part")
            and not (one.condition or other.condition)
            and not (_allows(one, other) or _allows(other, one))
            and not (one.counted_on and other.counted_on and one.counted_on != other.counted_on)
            and (self._of_two_events(one, other) or self._overlap(one, other))
        )

    def differ(self, one: Statement, other: Statement) -> bool:
        """Return whether nothing says that two figures of one thing go together."""
        if one.subject != other.subject or _goes_on(one, other):
            return False
        rising = one.cumulative or other.cumulative
        counted = one.predicate in self.changing and not rising
        return _can_overlap(one, other, counted=counted)

    def decided(self, one: Statement, other: Statement) -> bool:
        """Return whether a rule of the case decides of two figures, or a verdict does."""
        if any(each.verdict and each.verdict.status == "accepted" for each in (one, other)):
            return True
        return any(
            rule.rule != PENDING
            and (not on or bool(on & {one.subject, *one.question, *other.question}))
            and (not rule.predicates or one.predicate in rule.predicates)
            and (not rule.counts_kind or one.counts_kind in rule.counts_kind)
            for rule, on in self.rules
        )

    def _of_two_events(self, one: Statement, other: Statement) -> bool:
        return one.subject != other.subject and all(map(self._of_an_event, (one, other)))

    def _of_an_event(self, one: Statement) -> bool:
        """Return whether a figure is of an event as a whole, and not of one of its days."""
        whole = one.subject in self.events and one.predicate not in self.changing
        return whole and one.subject not in self.of_days

    def _days(self, one: Statement) -> tuple[date | None, date | None]:
        return _days(one, one.predicate in self.changing)

    def _overlap(self, one: Statement, other: Statement) -> bool:
        return _can_overlap(one, other, counted=one.predicate in self.changing)


def _allows(one: Statement, other: Statement) -> bool:
    """Return whether a figure is a bound that allows another."""
    own, its = cast("float", one.value), cast("float", other.value)
    bounds = {"lowerBound": own <= its, "upperBound": its <= own}
    return bounds.get(one.modality, False)


def _goes_on(one: Statement, other: Statement) -> bool:
    """Return whether two figures are a running total that rises from one count to the next."""
    if not (one.cumulative and other.cumulative and one.counted_on and other.counted_on):
        return False
    earlier, later = sorted((one, other), key=lambda each: each.counted_on or date.min)
    rises = cast("float", earlier.value) <= cast("float", later.value)
    return earlier.counted_on != later.counted_on and rises


def _can_overlap(one: Statement, other: Statement, *, counted: bool) -> bool:
    """Return whether two statements may be about the same day.

    Args:
        one: a statement.
        other: another.
        counted: whether they are of the day of counting, or else of their date.
    """
    days = _days(one, counted), _days(other, counted)
    pairs = (days, days[::-1])
    return not any(last and first and last < first for (_, last), (first, _) in pairs)


def _days(one: Statement, counted: bool) -> tuple[date | None, date | None]:
    """Return the first and the last day of a statement; of a figure those that it is told for."""
    if not counted:
        return one.earliest_begin, one.latest_end
    first, last = (
        next((day for name in names if (day := getattr(one, name))), None) for names in TOLD_FOR
    )
    return first, last
