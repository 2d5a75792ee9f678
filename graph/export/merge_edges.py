"""Parallel statements of one kind as a single edge, which is how Gephi understands edges."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import Bounds, Form, Statement, specs
from ..network.attributes import joined, with_lists
from ..network.palette import CERTAINTIES, STATUSES
from ..read.rules import SEPARATOR, periods, spells
from .columns import as_text, in_order, types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import networkx as nx

    from ..read.rules import Spell, Time
    from .columns import Order

    Data = dict[str, Any]

__all__ = ["Edge", "edge_types", "merged", "merged_edges", "periods", "spells", "without_period"]
_ONCE = ("kind", "predicate", "label")
_RANKS = {
    "status": {style.name: rank for rank, style in enumerate(STATUSES)},
    "certainty": {name: rank for rank, name in enumerate(CERTAINTIES)},
}
_LISTED = ("when", "when_text")
_SUMS = frozenset(("claims", "rows", "weight"))
_NUMBERS = frozenset(
    field.name for field in specs(Statement) if field.form in (Form.NUMBER, Form.INTEGER)
)
"""What several statements may each have a number of; it is text where they are merged."""
_OWN_COLUMNS = {
    "predicate": "string",
    "statements": "liststring",
    "disputed": "boolean",
    "first_day": "string",
    "last_day": "string",
    "periods": "liststring",
}
_LEFT_OUT = frozenset((*_ONCE, *Bounds._fields, "spans"))


class Edge(NamedTuple):
    """Statements from one node to another: all, or those of one predicate.

    Attributes:
        source: id of the first node.
        target: id of the second node.
        predicate: the predicate, or all of them.
        label: its words.
        statements: ids of the statements, sorted.
        spells: the periods of its statements, sorted and apart from each other; empty when one of
            them has no limits.
        columns: what else is known, each name with a value of one type.
    """

    source: str
    target: str
    predicate: str
    label: str
    statements: tuple[str, ...]
    spells: tuple[Spell, ...]
    columns: Data


def merged_edges(
    network: nx.MultiDiGraph[str], time: Time = "possible", *, all_predicates: bool = False
) -> Iterator[Edge]:
    """Yield the edges of a network, sorted, one for each source, target and predicate.

    The columns of an edge:

    - ``predicate``, ``family`` and ``sign``;
    - ``status`` and ``certainty``: each value that occurs among its statements, from the firmest,
      as in ``accepted; alleged``; ``disputed``: whether any statement is not accepted;
    - ``claims`` and ``voice_count``: how many claims and voices there are in all; ``statements``,
      ``voices``, ``sources``: lists of ids;
    - ``first_day``, ``last_day``: the limits of the spells; ``periods``: the spells as texts;
    - ``when`` and ``when_text``: lists, as the statements give them;
    - whatever else the network's edges hold. The four bounds are left to the spells.

    Args:
        network: as ``graph.network.projection.network`` returns it.
        time: which periods; statements without a period are left out.
        all_predicates: whether there is only one edge for each source and target; predicates and
            their words are then joined by semicolons, and a sign that differs is 0.
    """
    ties = [
        (source, target, str(data.get("predicate", "")), statement, with_lists(data))
        for source, target, statement, data in network.edges(keys=True, data=True)
        if periods(data, time)
    ]
    ties.sort(key=itemgetter(0, 1, 2, 3))
    for (source, target, *_), members in groupby(
        ties, key=itemgetter(0, 1) if all_predicates else itemgetter(0, 1, 2)
    ):
        yield _edge(source, target, [member[3:] for member in members], time)


def merged(network: nx.MultiDiGraph[str]) -> nx.DiGraph[str]:
    """Return a network with one edge for each source and target, as most measures want it.

    Args:
        network: as ``graph.network.projection.network`` returns it.

    Returns:
        The same nodes. Edges have the columns of ``merged_edges``, lists as texts, and ``label``,
        ``count`` (how many statements), ``weight`` (what these weigh together), ``positive`` and
        ``negative`` (how many of them have such a sign); ``sign`` is 0 where signs differ.
    """
    import networkx as nx

    result: nx.DiGraph[str] = nx.DiGraph(**network.graph, parallel="merge")
    result.add_nodes_from((node, dict(data)) for node, data in network.nodes(data=True))
    for edge in merged_edges(network, all_predicates=True):
        rows = [network.edges[edge.source, edge.target, key] for key in edge.statements]
        signs = [row.get("sign", 0) for row in rows]
        counts = {
            "count": len(rows),
            "weight": sum(row.get("weight", 1) for row in rows),
            "positive": sum(sign > 0 for sign in signs),
            "negative": sum(sign < 0 for sign in signs),
        }
        result.add_edge(edge.source, edge.target, **{"label": edge.label, **edge.columns, **counts})
    return joined(result)


def edge_types(network: nx.MultiDiGraph[str], order: Order = ()) -> dict[str, str]:
    """Return the type that GEXF gives to each column of the edges of ``merged``, by its name.

    Args:
        network: as ``graph.network.projection.network`` returns it.
        order: of the columns, as ``columns.in_order`` takes it.

    Raises:
        UsageError: a value is neither text, number, truth value nor a list of texts.
    """
    rows = [with_lists(data) for *_, data in network.edges(data=True)]
    found = {name: kind for name, kind in types(rows).items() if name not in _LEFT_OUT}
    found |= {name: "string" for name in _RANKS if name in found}
    found |= {name: "liststring" for name in _LISTED if name in found}
    found |= {name: "string" for name in _NUMBERS if name in found}
    if rows:
        found |= _OWN_COLUMNS
    if found.get("voices") == "liststring":
        found["voice_count"] = "integer"
    return {name: found[name] for name in in_order(found, order)}


def without_period(network: nx.MultiDiGraph[str], time: Time) -> int:
    """Return how many statements of a network ``merged`` leaves out.

    Args:
        network: as ``graph.network.projection.network`` returns it.
        time: ``possible`` or ``certain``; see ``graph.read.rules.periods``.
    """
    return sum(not periods(data, time) for *_, data in network.edges(data=True))


def _edge(source: str, target: str, members: Sequence[tuple[str, Data]], time: Time) -> Edge:
    rows = [data for _, data in members]
    statements = [statement for statement, _ in members]
    found = spells(when for row in rows for when in periods(row, time))
    columns = _together(rows)
    predicate = _words(rows, "predicate", "")
    columns["predicate"] = predicate
    columns["statements"] = statements
    columns["disputed"] = any(row.get("status", "accepted") != "accepted" for row in rows)
    if found:
        columns["first_day"], columns["last_day"] = found[0][0], found[-1][1]
        columns["periods"] = [f"{begin or '..'}/{end or '..'}" for begin, end in found]
    if isinstance(columns.get("voices"), list):
        columns["voice_count"] = len(columns["voices"])
    return Edge(
        source=source,
        target=target,
        predicate=predicate,
        label=_words(rows, "label", predicate),
        statements=tuple(statements),
        spells=found,
        columns=columns,
    )


def _words(rows: Sequence[Data], name: str, otherwise: str) -> str:
    """Return the different texts of an attribute, joined."""
    if len(rows) == 1:
        return str(rows[0].get(name, otherwise))
    return SEPARATOR.join(_distinct(str(row.get(name, otherwise)) for row in rows))


def _together(rows: Sequence[Data]) -> Data:
    """Return the columns that some statements give together."""
    if len(rows) > 1:
        wanted = sorted({name for row in rows for name in row} - _LEFT_OUT)
        return {name: _combined(name, [row[name] for row in rows if name in row])
                for name in wanted}  # fmt: skip
    columns = {name: value for name, value in rows[0].items() if name not in _LEFT_OUT}
    for name in _LISTED:
        if name in columns:
            columns[name] = [columns[name]]
    for name in _NUMBERS & columns.keys():
        columns[name] = as_text(columns[name])
    return columns


def _combined(name: str, values: Sequence[Any]) -> Any:  # noqa: ANN401 — attributes are of any type
    """Return the value of one column for all statements of an edge."""
    if name in _LISTED:
        return _distinct(values)
    if name in _SUMS:
        return sum(values)
    if name in _RANKS:
        ranks = _RANKS[name]
        return SEPARATOR.join(sorted(set(values), key=lambda value: (ranks.get(value, 99), value)))
    if all(isinstance(value, list) for value in values):
        return _distinct(item for value in values for item in value)
    if name in _NUMBERS or all(isinstance(value, str) for value in values):
        return SEPARATOR.join(_distinct(map(as_text, values)))
    return values[0] if name != "sign" or len(set(values)) == 1 else 0


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
