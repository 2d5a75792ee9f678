"""How sure a ranking is, for ``hudna network --measure M --how-sure``."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from math import isnan
from typing import TYPE_CHECKING, Any

from ..errors.counting import counted
from ..report.study import Study
from ..report.words import number, share
from .printing import write, write_json
from .tables import as_csv, echo_table, echo_wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..analysis.arrays import Sign
    from ..analysis.uncertainty.robustness import Influence, Rank, Robustness
    from ..network.filters import Narrowing
    from ..read.select import Graph

_HEAD = ("rank", "actor", "value", "ranks", "first in", "mentions")
_COLUMNS = ("rank", "id", "label", "value", "lowest", "highest", "best", "worst", "first", "top",
            "mentions")  # fmt: skip
_MOST = 5


def echo(
    graph: Graph,
    projection: str,
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
        projection: name of the projection.
        measure: name of the measure.
        sign: which ties count; by default those that the measure takes.
        draws: worlds to draw where there are too many to look at all.
        seed: seed of the draws.
        narrowing: which of the ties, without voice and status.
        form: ``table``, ``csv`` or ``json``.
        top: only ranks up to this.
    """
    study = Study(graph, projection, draws, seed, narrowing=narrowing)
    found = study.ranking(measure, sign=sign, leave_out=form != "csv")
    if form == "json":
        write_json(_as_dict(study, found, top))
        return
    if form == "csv":
        write(as_csv([_COLUMNS, *_values(study, found, top)]))
        return
    echo_table([[*_HEAD], *_rows(study, found, top)])
    for line in _notes(study, found):
        echo_wrapped(line)


def _shown(found: Robustness, top: int | None) -> list[Rank]:
    return [row for row in found.ranks if top is None or row.rank <= top]


def _rows(study: Study, found: Robustness, top: int | None) -> list[list[str]]:
    """Return the ranking as people read it."""
    return [
        [
            str(row.rank),
            study.words.name(row.node),
            number(row.value),
            f"{row.best} to {row.worst}",
            share(row.first),
            str(study.mentions.get(row.node, 0)),
        ]
        for row in _shown(found, top)
    ]


def _values(study: Study, found: Robustness, top: int | None) -> list[list[object]]:
    """Return the ranking as programs read it: all digits; nothing where there is no number."""
    return [
        [
            row.rank,
            row.node,
            study.words.name(row.node),
            *("" if isnan(value) else value for value in (row.value, row.lowest, row.highest)),
            row.best,
            row.worst,
            row.first,
            row.top,
            study.mentions.get(row.node, 0),
        ]
        for row in _shown(found, top)
    ]


def _notes(study: Study, found: Robustness) -> list[str]:
    from ..report.chapters.brokers import worlds_in_words

    worlds = worlds_in_words(found)
    return [
        f"ranks and shares over {worlds}; a share of the worlds is no probability",
        *_of_a_day(study),
        *_decisive(study, found.if_false, "left out"),
        *_decisive(study, found.if_true, "taken for true"),
    ]


def _of_a_day(study: Study) -> list[str]:
    """Return how many of the ties of a day are certain to have held on it."""
    day = study.narrowing.get("on")
    if day is None:
        return []
    held = Counter(data["held"] for *_, data in study.network.edges(data=True))
    told = ", ".join(f"{count} {how}" for how, count in sorted(held.items()))
    return [f"on {day} {counted(held.total(), 'tie')}: {told or 'none'}"]


def _decisive(study: Study, ties: Sequence[Influence], what: str) -> list[str]:
    shown = [one for one in ties if one.shift][:_MOST]
    if not shown:
        return [f"no single tie, {what} alone, moves the first ten"]
    return [f"moves the first ten most, {what} alone (sum of changes of rank):"] + [
        f"  {one.shift:>4}  {study.words.tie(one.key)} [{one.key}, {one.status}]"
        + (f": then {study.words.being_first(one.first)}" * one.changes_first)
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
        for row in _shown(found, top)
    ]
    for key in ("if_true", "if_false"):
        ties = getattr(found, key)
        evidence = study.words.evidence([one.key for one in ties])
        whole[key] = [
            {
                **one._asdict(),
                "tie": study.words.tie(one.key),
                "first_labels": [study.words.name(node) for node in one.first],
                "evidence": evidence[one.key],
            }
            for one in ties
        ]
    return whole


def _plain(value: object) -> object:
    return None if isinstance(value, float) and isnan(value) else value
