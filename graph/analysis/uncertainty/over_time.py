"""A measure as of one day after another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ...model.days import SHOWN_ON_A_DAY
from ...query.parameters import day_of
from ...read.rules import held
from ..arrays import from_network
from .robustness import values_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import networkx as nx

    from ..arrays import Floats, Sign

_MOST_DAYS = 200


class Moment(NamedTuple):
    """A measure on one day.

    Attributes:
        day: ISO date.
        possible: values by id of node where all ties count that may have held on the day; ``nan``
            for nodes without one.
        certain: the same where only ties count that held for certain.
        ties: how many ties may have held.
        sure: how many of them held for certain.
    """

    day: str
    possible: dict[str, float]
    certain: dict[str, float]
    ties: int
    sure: int


def series(
    network: nx.MultiDiGraph[str],
    measure: str,
    days: Iterable[str | date] | None = None,
    *,
    sign: Sign | None = None,
) -> list[Moment]:
    """Return a measure on each of some days.

    Neither of the two values is a bound for the other: a further tie may lower a centrality.

    Args:
        network: a network that is not narrowed to a day.
        measure: name of a measure of ``graph.analysis.centrality.measures.MEASURES``.
        days: dates, or texts such as ``2016-03-15``; by default those of ``days_of``.
        sign: which ties count; by default those that the measure takes.

    Raises:
        UsageError: there is no such measure, or a day is none.
    """
    ties = from_network(network)
    rows = {key: data for *_, key, data in network.edges(keys=True, data=True)}
    found = []
    for given in days_of(network) if days is None else days:
        day = day_of("days", given).isoformat()
        states = [held(rows[key], day) for key in ties.keys]
        possible = np.array([state in SHOWN_ON_A_DAY for state in states], dtype=bool)
        certain = np.array([state == "certain" for state in states], dtype=bool)
        found.append(
            Moment(
                day=day,
                possible=_by_node(ties.nodes, values_in(ties, possible, measure, sign)),
                certain=_by_node(ties.nodes, values_in(ties, certain, measure, sign)),
                ties=int(possible.sum()),
                sure=int(certain.sum()),
            )
        )
    return found


def days_of(network: nx.MultiDiGraph[str]) -> list[str]:
    """Return the days to look at from the first to the last date of a network.

    Args:
        network: edges have bounds as ISO dates; without any date there are no days.

    Returns:
        The first days of months, and the last date itself; of spans of more than 200 months first
        days of years, and then of every second year and so on.
    """
    known = [
        day_of(name, data[name])
        for *_, data in network.edges(data=True)
        for name in ("earliest_begin", "latest_begin", "earliest_end", "latest_end")
        if data.get(name)
    ]
    if not known:
        return []
    first, last = min(known), max(known)
    days = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if date(first.year, first.month, 1) <= date(year, month, 1) <= last
    ]
    if len(days) > _MOST_DAYS:
        step = -(-(last.year - first.year + 1) // _MOST_DAYS)
        days = [date(year, 1, 1) for year in range(first.year, last.year + 1, step)]
    return [day.isoformat() for day in dict.fromkeys((*days, last))]


def _by_node(nodes: Sequence[str], values: Floats) -> dict[str, float]:
    return dict(zip(nodes, values.tolist(), strict=True))
