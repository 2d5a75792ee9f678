"""Figures in which voices disagree, and what a rule of the editor makes of them, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.figures import DEFER, PENDING, PREFER, RANGE
from .date_words import date_in_words

if TYPE_CHECKING:
    from .wording import Record, Verbalizer

_COMES_OUT = {
    PREFER: "{rule}: {result} counts",
    RANGE: "{rule}: {low:,} to {high:,}, and no number in between",
    DEFER: "{rule}: left open",
    PENDING: "{rule}: no rule decides yet",
}
_NOBODY = "{rule}: nobody in the order tells one figure"


def disagreement_told(words: Verbalizer, statement: str) -> str:
    """Return what is made of a figure in which voices disagree, why, and what each says.

    Args:
        words: the words for the records.
        statement: the id of a statement; empty words if nobody disagrees on it.
    """
    row = words.disagreements.get(statement)
    return _told(words, row) if row else ""


def _told(words: Verbalizer, row: Record) -> str:
    result, rule = row.get("result"), words.rules.get(row.get("figure_rule", ""), {})
    told = _COMES_OUT[row["rule"]] if result or row["rule"] != PREFER else _NOBODY
    parts = [told.format(rule=words.label(row["rule"]), result=_figure(words, result),
                         low=row.get("low", 0), high=row.get("high", 0))]  # fmt: skip
    if rule:
        when = date_in_words(str(rule["decided"]))
        parts.append(f"{words.label(rule['judge'])} ({when}): {rule['reason']}")
    if rule.get("awaits"):
        parts.append(f"Until: {rule['awaits']}")
    among = words.several("disagreeing_figures")[row["id"]]
    each = "; ".join(f"{_voices(words, one)}: {_figure(words, one)}" for one in among)
    return ". ".join(one.rstrip(".") for one in (*parts, f"Told are {each}"))


def _figure(words: Verbalizer, statement: str | None) -> str:
    return words.said(words.statements[statement]) if statement else ""


def _voices(words: Verbalizer, statement: str) -> str:
    return ", ".join(dict.fromkeys(words.label(one) for one in words.affirming.get(statement, ())))
