"""How many an actor is, over time: figures of several days are a series and no rivals.

A figure that changes is a state (``hud:aspect``) of the family of quantities: a size, a count, a
share. It is known for the day on which it was counted (``hud:countedOn``), or else for its date.
Decision 44 says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..model import Disagreement
from ..model.days import OnDay
from ..model.figures import BETWEEN
from ..model.statements import TOLD_FOR
from ..model.terms import RDF
from .date_words import date_in_words
from .time_words import USUAL, time_words
from .wording import figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from .select import Graph

    Series = tuple[str, ...]

SIZE = "hasSize"
LAST_COUNTED = "last counted"
"""What is said on a day of a figure that was counted before, if none is of that day."""

_APART = ("predicate", "unit", "counts_kind", "scope", "place", "status")


class Count(NamedTuple):
    """A figure of somebody or something, and when it was counted.

    Attributes:
        statement: the id of the statement.
        subject: of whom or what.
        first: the first day that it is told for, as an ISO date; empty if nothing says.
        by: the last such day.
        data: what else is known of it, as ``CaseGraph.qualifiers`` returns it.
        value: the figure, or a word such as ``hundreds``.
    """

    statement: str
    subject: str
    first: str
    by: str
    data: Mapping[str, Any]
    value: object

    @property
    def when(self) -> str:
        """The day of counting, or else the date, in EDTF."""
        return str(self.data.get("counted_on") or self.data.get("when") or "")

    @property
    def words(self) -> str:
        """The figure with its date, and its status if it is not accepted."""
        return self.told()

    def told(self, language: str = USUAL, called: Callable[[str], str] = str.upper) -> str:
        """Return the figure with its date, and its status if it is not accepted.

        Args:
            language: the tag of one that ``time_words`` knows.
            called: what a status is called there; by default its name in capitals.
        """
        words = time_words(language)
        figured = figure(self.value, self.data.get("modality", ""), language)
        when = date_in_words(self.when, language) if self.when else words.say("undated")
        told, status = words.say("dated", figured, when), self.data["status"]
        if status == "accepted":
            return told
        return words.say("counted", called(status) or status.upper(), told)


def sizes_of(graph: Graph, name: str) -> list[Count]:
    """Return the sizes that are told of an actor, in order of time, undated ones last.

    What is rejected is left out.

    Args:
        graph: the store and its case.
        name: its id.
    """
    found = _counts(graph).get(name, ())
    broader = graph.terms.broader
    return [
        one for one in found if SIZE in (one.data["predicate"], broader.get(one.data["predicate"]))
    ]


def last_size(graph: Graph, name: str, day: str | None = None) -> dict[str, Any]:
    """Return the size of an actor that was accepted and counted last, and when.

    A range that the editor takes where voices disagree has bounds, and is never made a number. Of
    cases that are asked as one and tell different sizes, none is taken.

    Args:
        graph: the store and its case.
        name: its id.
        day: up to which day; up to the end if ``None``.

    Returns:
        ``last_size``, or ``last_size_low`` and ``last_size_high``, and ``last_size_counted``;
        nothing where no number was counted by then.
    """
    ranges = _ranges(graph)
    known = [
        one
        for one in sizes_of(graph, name)
        if (one.data["status"] == "accepted" or one.statement in ranges)
        and isinstance(one.value, int | float)
        and (day is None or "" < one.first <= day)
    ]
    if not known:
        return {}
    last = next((one for one in reversed(known) if one.by), known[-1])
    if last.statement in _open_between(graph):
        return {}
    counted = {"last_size_counted": last.when} if last.when else {}
    if (taken := ranges.get(last.statement)) is not None:
        return {"last_size_low": taken.low, "last_size_high": taken.high, **counted}
    return {"last_size": last.value, **counted}


def _ranges(graph: Graph) -> Mapping[str, Disagreement]:
    """Return what a range is taken of, by the figures that voices tell in it."""
    return graph.kept(
        (__name__, "ranges"),
        lambda: {
            name: one
            for one in graph.records(Disagreement)
            if one.low is not None
            for name in one.among
        },
    )


def _open_between(graph: Graph) -> frozenset[str]:
    """Return the figures of which cases that are asked as one tell different ones."""
    return graph.kept(
        (__name__, "between"),
        lambda: frozenset(
            name
            for one in graph.records(Disagreement)
            if one.id.endswith(BETWEEN)
            for name in one.among
        ),
    )


def on_a_day(graph: Graph, day: str, statement: str) -> str:
    """Return how a figure stands to a day, if it was told for an earlier one or counted on it.

    Args:
        graph: the store and its case.
        day: as an ISO date.
        statement: the id of any statement.

    Returns:
        ``LAST_COUNTED`` for the last of a series, if none is told for the day itself; ``out`` for
        one that another took the place of; empty for all others. Figures of another kind, place
        or status are a series of their own.
    """
    classes = graph.kept((__name__, day), lambda: _classes(graph, day))
    return classes.get(statement, "")


def _series(count: Count) -> Series:
    what = "" if count.data["predicate"] == SIZE else str(count.data.get("counts", ""))
    return (what, *(str(count.data.get(name, "")) for name in _APART))


def _classes(graph: Graph, day: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for counts in _counts(graph).values():
        series: dict[Series, list[Count]] = {}
        for one in counts:
            series.setdefault(_series(one), []).append(one)
        for ones in series.values():
            before = [one for one in ones if "" < one.by < day]
            of_the_day = any("" < one.first <= day <= one.by for one in ones)
            for one in before:
                last = one.by == before[-1].by and not of_the_day
                found[one.statement] = LAST_COUNTED if last else OnDay.OUT
            later = (one.statement for one in ones if str(one.data.get("counted_on", "")) > day)
            found |= dict.fromkeys(later, OnDay.OUT)
            today = (one.statement for one in ones if one.data.get("counted_on") == day)
            found |= dict.fromkeys(today, LAST_COUNTED)
    return found


def _counts(graph: Graph) -> Mapping[str, tuple[Count, ...]]:
    """Return the figures that change by whom they are of, each list in order of time."""
    return graph.kept((__name__, "counts"), lambda: _by_subject(_every(graph)))


def _by_subject(counts: Iterable[Count]) -> Mapping[str, tuple[Count, ...]]:
    found: dict[str, list[Count]] = {}
    for one in sorted(counts, key=lambda one: (not one.by, one.by, one.statement)):
        found.setdefault(one.subject, []).append(one)
    return {name: tuple(ones) for name, ones in found.items()}


def _every(graph: Graph) -> Iterable[Count]:
    for statement, name in graph.pairs(RDF + "predicate"):
        predicate = graph.predicate(name)
        if predicate.family == "quantity" and predicate.aspect == "state":
            data, said = graph.qualifiers(statement), graph.statement(statement)
            if data["status"] != "rejected" and said.value is not None:
                yield Count(statement, said.subject, *_days(data), data, said.value)


def _days(data: Mapping[str, Any]) -> tuple[str, str]:
    """Return the days that a figure is told for: of counting, or else of its date."""
    first, last = (
        next((str(data[one]) for one in names if data.get(one)), "") for names in TOLD_FOR
    )
    return first, last
