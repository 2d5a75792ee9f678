"""Parallel statements of one kind as a single edge, which is how Gephi understands edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..palette import CERTAINTIES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import networkx as nx

    Data = dict[str, Any]

Spell = tuple[str, str]
"""First and last day as ISO dates; an empty text where that end is open."""

_ONCE = ("kind", "label")
_RANKED = {"status": [style.name for style in STATUSES], "certainty": list(CERTAINTIES)}
_BOUNDS = ("earliest_begin", "latest_begin", "earliest_end", "latest_end")


@dataclass(frozen=True)
class Edge:
    """All statements of one kind from one node to another.

    Attributes:
        source: id of the first node.
        target: id of the second node.
        kind: the predicate.
        label: its words.
        statements: ids of the statements, sorted.
        spells: the periods in which one of them may have held, sorted and apart from each other;
            empty when at least one of them may have held at any time.
        columns: what else is known, each name with a value of one type.
    """

    source: str
    target: str
    kind: str
    label: str
    statements: tuple[str, ...]
    spells: tuple[Spell, ...]
    columns: Data


def united(network: nx.MultiDiGraph[str]) -> list[Edge]:
    """Return the edges of a network, sorted, one for each source, target and kind.

    The columns of an edge:

    - ``predicate``, ``family`` and ``sign``;
    - ``status`` and ``certainty``: each value that occurs among its statements, from the firmest,
      as in ``accepted; alleged``; ``disputed``: whether any statement is not accepted;
    - ``claims``: how many there are in all; ``statements``, ``voices``, ``sources``: lists of ids;
    - ``when`` and ``when_text``: lists, as the statements give them;
    - whatever else the network's edges hold. The four bounds are left to the spells.
    """
    groups: dict[tuple[str, str, str], list[tuple[str, Data]]] = {}
    for source, target, statement, data in network.edges(keys=True, data=True):
        group = (source, target, str(data.get("kind", "")))
        groups.setdefault(group, []).append((statement, data))
    return [
        _edge(*group, sorted(members, key=lambda member: member[0]))
        for group, members in sorted(groups.items())
    ]


def _edge(source: str, target: str, kind: str, members: Sequence[tuple[str, Data]]) -> Edge:
    rows = [data for _, data in members]
    statements = tuple(statement for statement, _ in members)
    columns: Data = {"predicate": kind, "statements": list(statements)}
    columns["disputed"] = any(row.get("status") != "accepted" for row in rows)
    for name in sorted({name for row in rows for name in row}.difference(_ONCE, _BOUNDS)):
        columns[name] = _combined(name, [row[name] for row in rows if name in row])
    return Edge(
        source=source,
        target=target,
        kind=kind,
        label=str(rows[0].get("label", kind)),
        statements=statements,
        spells=spells((row.get("earliest_begin"), row.get("latest_end")) for row in rows),
        columns=columns,
    )


def _combined(name: str, values: Sequence[Any]) -> Any:  # noqa: ANN401 — attributes are of any type
    """Return the value of one column for all statements of an edge."""
    if name in _RANKED:
        ranks = {value: rank for rank, value in enumerate(_RANKED[name])}
        return "; ".join(sorted(set(values), key=lambda value: (ranks.get(value, 99), value)))
    if name == "claims":
        return sum(values)
    if name in ("when", "when_text"):
        return _distinct(values)
    if all(isinstance(value, list) for value in values):
        return _distinct(item for value in values for item in value)
    if all(isinstance(value, str) for value in values):
        return "; ".join(_distinct(values))
    return values[0]


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def spells(periods: Iterable[tuple[str | None, str | None]]) -> tuple[Spell, ...]:
    """Return periods so that none overlaps another, as Gephi demands.

    Args:
        periods: first and last day as ISO dates, ``None`` where it is open.

    Returns:
        The periods by their first days; nothing at all when one of them is open on both sides,
        since it then covers all the others.
    """
    wanted = sorted((begin or "", end or "") for begin, end in periods)
    if ("", "") in wanted:
        return ()
    found: list[Spell] = []
    for begin, end in wanted:
        if found and (not found[-1][1] or begin <= found[-1][1]):
            last_begin, last_end = found[-1]
            found[-1] = (last_begin, "" if not (end and last_end) else max(end, last_end))
        else:
            found.append((begin, end))
    return () if found == [("", "")] else tuple(found)
