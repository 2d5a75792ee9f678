"""How sure a ranking is, for ``hudna network --measure M --how-sure``."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from math import isnan
from typing import TYPE_CHECKING, Any

import click

from ..report.study import Study
from ..report.words import number, share
from .tables import echo_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..analysis.arrays import Sign
    from ..analysis.robustness import Influence, Robustness
    from ..narrowing import Narrowing
    from ..query import Graph

_HEAD = ("rank", "actor", "value", "values", "ranks", "first in", "top 3 in", "mentions")
_MOST = 5


def echo(
    graph: Graph,
    recipe: str,
    measure: str,
    *,
    sign: Sign | None,
    draws: int,
    seed: int,
    narrowing: Narrowing,
    form: str,
    top: int | None,
) -> None:
    """Print a ranking with its range in all worlds that the disputed ties allow.

    Args:
        graph: the judged graph and its case.
        recipe: name of the projection.
        measure: name of the measure.
        sign: which ties count; by default those that the measure takes.
        draws: worlds to draw where there are too many to look at all.
        seed: seed of the draws.
        narrowing: which of the ties, without voice and status.
        form: ``table``, ``csv`` or ``json``.
        top: only ranks up to this.
    """
    study = Study(graph, recipe, draws, seed, narrowing=narrowing)
    found = study.ranking(measure, sign=sign, leave_out=form != "csv")
    if form == "json":
        click.echo(json.dumps(_as_dict(study, found, top), ensure_ascii=False, indent=1))
        return
    rows = [[*_HEAD], *_rows(study, found, top)]
    if form == "csv":
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(rows)
        click.echo(out.getvalue(), nl=False)
        return
    echo_table(rows)
    for line in _notes(study, found):
        click.echo(line, err=True)


def _rows(study: Study, found: Robustness, top: int | None) -> list[list[str]]:
    return [
        [
            str(row.rank),
            study.words.name(row.node),
            number(row.value),
            f"{number(row.lowest)} to {number(row.highest)}",
            f"{row.best} to {row.worst}",
            share(row.first),
            share(row.top),
            str(study.mentions.get(row.node, 0)),
        ]
        for row in found.ranks
        if top is None or row.rank <= top
    ]


def _notes(study: Study, found: Robustness) -> list[str]:
    from ..report.brokers import worlds_in_words

    worlds = worlds_in_words(found)
    return [
        f"values, ranks and shares over {worlds}; a share of the worlds is no probability",
        *_decisive(study, found.if_false, "left out"),
        *_decisive(study, found.if_true, "taken for true"),
    ]


def _decisive(study: Study, ties: Sequence[Influence], what: str) -> list[str]:
    shown = [one for one in ties if one.shift][:_MOST]
    if not shown:
        return [f"no single tie, {what} alone, moves the first ten"]
    return [f"moves the first ten most, {what} alone (sum of changes of rank):"] + [
        f"  {one.shift:>4}  {study.words.tie(one.key)} [{one.key}, {one.status}]"
        + (f": then {study.words.names(one.first) or 'nobody'} is first" * one.changes_first)
        for one in shown
    ]


def _as_dict(study: Study, found: Robustness, top: int | None) -> dict[str, Any]:
    """Return everything as JSON has it; what is not a number is null."""
    whole = asdict(found)
    whole["ranks"] = [
        {
            **{key: _plain(value) for key, value in row._asdict().items()},
            "label": study.words.name(row.node),
            "mentions": study.mentions.get(row.node, 0),
        }
        for row in found.ranks
        if top is None or row.rank <= top
    ]
    for key in ("if_true", "if_false"):
        whole[key] = [one._asdict() for one in getattr(found, key)]
    return whole


def _plain(value: object) -> object:
    return None if isinstance(value, float) and isnan(value) else value
