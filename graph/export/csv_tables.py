"""Nodes and edges as two CSV tables with the column names that Gephi looks for.

The tables are made to be opened in a spreadsheet. A text that a spreadsheet would take for a
formula gets an apostrophe in front: one that begins, blanks aside, with ``=``, ``+``, ``-``, ``@``,
a tab or a carriage return, or with a full-width form of the first four. So a name like
"-Abu Ali" appears as "'-Abu Ali"; where every character counts, take GEXF or GraphML.

The column Timeset is the one that Gephi looks for, in the form that its parser reads:
``<[2014-01-01, 2015-12-31]>``, with ``-Infinity`` or ``Infinity`` for an end that is open.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from .columns import OF_NODES, as_text, names
from .format import LOST_BY_NETWORKS, Exported, Format, Loss
from .merge_edges import periods, without_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import networkx as nx

    from ..read.rules import Spell, Time
    from .columns import Order
    from .selection import Selection

    Row = Mapping[str, object]

FORMAT = Format(
    name="csv",
    title="tables of nodes and ties for Gephi's import of spreadsheets, R and spreadsheets",
    holds="network",
    file="csv",
    folder=True,
    loses=LOST_BY_NETWORKS,
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}",
            "\N{FULLWIDTH PLUS SIGN}", "\N{FULLWIDTH HYPHEN-MINUS}",
            "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip
_IGNORED = " \N{NO-BREAK SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\0"

_EDGE_COLUMNS = ("source", "target", "type", "kind", "id", "label", "weight", "predicate",
                 "sign", "family", "status", "certainty", "timeset", "first_day", "last_day",
                 "when", "when_text", "coverage", "earliest_begin", "latest_begin", "earliest_end",
                 "latest_end", "claims", "voices", "sources")  # fmt: skip


def write(selection: Selection) -> Exported:
    """Return ``nodes.csv`` and ``edges.csv`` for the chosen network, one row for each statement."""
    network, time = selection.network, selection.time
    of_edges = list(_edge_rows(network, time))
    guarded = sum(map(_guarded, (*_node_rows(network), *of_edges)))
    left_out = without_period(network, time)
    losses = (
        Loss(guarded, "texts that a spreadsheet takes for formulas", "an apostrophe before them"),
        Loss(left_out, "ties without a day on which they held for certain", "left out"),
    )
    files = {"nodes.csv": [nodes(network)], "edges.csv": [_of_edges(of_edges)]}
    return Exported(files, tuple(loss for loss in losses if loss.items))


def nodes(network: nx.MultiDiGraph[str]) -> bytes:
    """Return ``nodes.csv``: one row for each node, with Id, Label, Kind and what else is known.

    Args:
        network: as ``graph.network.projection.network`` returns it.

    Returns:
        UTF-8 with a header and LF at the ends of lines; texts are safe in a spreadsheet.
    """
    return _table(list(_node_rows(network)), ("id", "label", *OF_NODES), required=("id", "label"))


def edges(network: nx.MultiDiGraph[str], time: Time = "possible") -> bytes:
    """Return ``edges.csv``: one row for each statement.

    Args:
        network: as ``graph.network.projection.network`` returns it.
        time: whether Timeset, First day and Last day say when a tie may have held, or when it held
            for certain; ties without a day on which they held for certain are left out then, since
            Gephi shows a tie without a Timeset at any time.

    Returns:
        As ``nodes`` does. Type is always ``Directed``; Weight is 1 unless an edge has its own, so
        that rows which Gephi adds up amount to the number of statements. Dates and lists are texts;
        lists are joined by semicolons.
    """
    return _of_edges(list(_edge_rows(network, time)))


def _node_rows(network: nx.MultiDiGraph[str]) -> Iterator[Row]:
    for node in sorted(network):
        yield {"id": node, "label": node, **network.nodes[node]}


def _edge_rows(network: nx.MultiDiGraph[str], time: Time) -> Iterator[Row]:
    for source, target, key in sorted(network.edges(keys=True)):
        data = network.edges[source, target, key]
        days = periods(data, time)
        if days:
            row = {**data, "source": source, "target": target, "type": "Directed", "id": key}
            row["kind"] = data.get("predicate")  # Gephi keeps parallel edges apart by it
            yield {"weight": 1, **row, **_time(days)}


def _time(days: Sequence[Spell]) -> dict[str, str]:
    (first, _), (_, last) = days[0], days[-1]
    if not (first or last):
        return {}
    timeset = "; ".join(f"[{begin or '-Infinity'}, {end or 'Infinity'}]" for begin, end in days)
    return {"timeset": f"<{timeset}>", "first_day": first, "last_day": last}


def _of_edges(rows: Sequence[Row]) -> bytes:
    return _table(rows, _EDGE_COLUMNS, required=_EDGE_COLUMNS[:7])


def _table(rows: Sequence[Row], order: Order, required: Iterable[str]) -> bytes:
    columns = names([dict.fromkeys(required, "-"), *rows], order)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([safe(_header(name)) for name in columns])
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return out.getvalue().encode("utf-8")


def _header(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _cell(value: object) -> str:
    text = as_text(value)
    return text if isinstance(value, int | float) else safe(text)


def _guarded(row: Row) -> int:
    """Return how many values of a row do not stand in the table as they are."""
    return sum(_cell(value) != as_text(value) for value in row.values())


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    Args:
        text: any text.

    Returns:
        The text itself, or the text with an apostrophe in front.
    """
    if text[:1].isalnum():
        return text
    if text.startswith(_FORMULA) or text.lstrip(_IGNORED).startswith(_FORMULA):
        return "'" + text
    return text
