"""The chapter on how a ranking changes over time."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from ...analysis.uncertainty.over_time import series
from ...errors.counting import counted
from ...network.projection import network
from ...read.date_words import date_in_words
from ..cautions import cautions
from ..document import Figure, ReportSection, ReportTable
from ..plots import over_time
from ..words import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...analysis.uncertainty.over_time import Moment
    from ..study import Study

_LINES = 5
_SHOWN = 12


def over_the_years(study: Study) -> ReportSection:
    """Return how betweenness changes from month to month among accepted ties."""
    found = series(network(study.graph, study.projection), "betweenness")
    if not found:
        return ReportSection("How does it change over time?", ("No accepted tie has a date.",))
    leaders = _leaders(found)
    names = {node: study.words.name(node) for node in leaders}
    lines = {names[node]: [moment.possible[node] for moment in found] for node in leaders}
    told = "; ".join(
        f"{name} between {number(min(known))} and {number(max(known))}"
        for name, values in lines.items()
        if (known := [value for value in values if not isnan(value)])
    )
    figure = Figure(
        "over-time",
        "Betweenness on the first day of each month, among ties that may have held",
        over_time("over-time", [m.day for m in found], lines, unit="betweenness"),
        f"{told}.",
    )
    return ReportSection(
        "How does it change over time?",
        findings=tuple(_in_words(study, found)),
        cautions=cautions("over-time"),
        parts=(*([figure] if lines else []), _table(study, found)),
    )


def _leaders(found: list[Moment]) -> list[str]:
    """Return the nodes that have the highest values on any day, the highest first."""
    highest: dict[str, float] = {}
    for moment in found:
        for node, value in moment.possible.items():
            highest[node] = max(highest.get(node, 0.0), value if value > 0 else 0.0)
    ordered = sorted((-value, node) for node, value in highest.items() if value > 0)
    return [node for _, node in ordered[:_LINES]]


def _first(values: Mapping[str, float]) -> tuple[str, ...]:
    """Return who has the highest value above 0 on a day; nodes that are not there have none."""
    best = max((value for value in values.values() if value > 0), default=0.0)
    return tuple(node for node, value in values.items() if value == best > 0)


def _in_words(study: Study, found: list[Moment]) -> list[str]:
    firsts = [_first(moment.possible) for moment in found]
    changes = [
        (found[at].day, firsts[at])
        for at in range(len(found))
        if not at or firsts[at] != firsts[at - 1]
    ]
    told = "; ".join(
        f"from {date_in_words(day)} {study.words.names(who) or 'nobody'}" for day, who in changes
    )
    sure = max(moment.sure for moment in found)
    ties = max(moment.ties for moment in found)
    most = f"up to {counted(ties, 'tie')} that may have held"
    days = counted(len(found), "day")
    sure_ones = f"On none of the {days} looked at did more than {sure} of {most} hold for certain."
    return [f"First by betweenness among the ties that may have held: {told}.", sure_ones]


def _table(study: Study, found: list[Moment]) -> ReportTable:
    step = -(-len(found) // _SHOWN)
    return ReportTable(
        "Ties and first actors by day",
        ("day", "ties that may have held", "certain", "first", "first among the certain"),
        tuple(
            (
                date_in_words(moment.day),
                str(moment.ties),
                str(moment.sure),
                study.words.names(_first(moment.possible)),
                study.words.names(_first(moment.certain)),
            )
            for moment in found[::step]
        ),
        numbers=frozenset((1, 2)),
        command=study.command(
            "network", study.projection, "--measure", "betweenness", "--on", "DAY"
        ),
        note="The command counts the ties that may have held; the certain ones are in the report "
        "alone.",
    )
