"""A measure of a network as a table: who stands where, and how much is written of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .printing import write, write_json
from .tables import as_csv, echo_table, echo_wrapped, with_kind

if TYPE_CHECKING:
    from ..analysis.centrality.ranked import Ranking

_HEAD = ("rank", "id", "label", "class", "value", "mentions")


def echo(found: Ranking, form: str, top: int | None) -> None:
    """Print a ranking; what it says and rests on goes to standard error.

    Args:
        found: the ranking.
        form: ``table``, ``csv`` or ``json``; json holds what it says and rests on, too.
        top: only ranks up to this; all that share the last one.
    """
    rows = [row for row in found.rows if top is None or (row[0] is not None and row[0] <= top)]
    if form == "json":
        write_json(_as_json(found, rows))
        return
    if form == "csv":
        values = [{**row, "value": _digits(row["value"])} for row in _values(rows)]
        write(as_csv([[*_HEAD, "kind"], *([*row.values()] for row in values)]))
    else:
        _echo_table(rows)
    for line in found.told():
        echo_wrapped(line)


def _values(rows: list[Any]) -> list[dict[str, Any]]:
    return [with_kind(dict(zip(_HEAD, row, strict=True))) for row in rows]


def _as_json(found: Ranking, rows: list[Any]) -> dict[str, Any]:
    network = {name: value for name, value in found.network.graph.items() if value}
    return {
        "measure": found.measure.name,
        "title": found.measure.title,
        "says": found.measure.says,
        "formula": found.measure.formula,
        "sign": found.sign,
        "pivots": found.pivots,
        "network": {**network, "nodes": len(found.network), "ties": found.edges},
        "counted": {"ties": found.ties, "pairs": found.pairs},
        "values": _values(rows),
    }


def _digits(value: float | None) -> str:
    """Return a number with the digits that do not hang on the order of sums."""
    return "" if value is None else repr(round(value, 12)).removesuffix(".0")


def _echo_table(rows: list[Any]) -> None:
    from ..model.terms import spaced

    shown = [[name for name in _HEAD if name != "id"]]
    for rank, _, label, own, value, mentions in rows:
        number = "no value" if value is None else f"{value:.4g}"
        place = "" if rank is None else str(rank)
        shown.append([place, label, spaced(own).strip(), number, str(mentions)])
    echo_table(shown)
