"""Figures in which voices disagree, and what a rule of the editor makes of them, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..model import Disagreement
from ..model.figures import BETWEEN, DEFER, PENDING, PREFER, RANGE
from .date_words import date_in_words
from .tables import tables
from .wording import Verbalizer

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from .case_graph import CaseGraph
    from .wording import Record

_COMES_OUT = {
    PREFER: "{rule}: {result} counts",
    RANGE: "{rule}: {low:,} to {high:,}, and no number in between",
    DEFER: "{rule}: left open",
    PENDING: "{rule}: no rule decides yet",
}
_BETWEEN = "{rule}: no rule of one case decides for another"
_NOBODY = "{rule}: nobody in the order tells one figure"


class RivalFigure(NamedTuple):
    """A figure in which voices disagree: the id of the statement, who tells it, what they say."""

    statement: str
    voices: tuple[str, ...]
    figure: str


class Disagreeing(NamedTuple):
    """Figures in which voices disagree, what comes out, and by whose decision.

    Attributes:
        id: of the disagreement.
        of: in words of whom or what the figures are, of which kind, and of which day.
        rule: how it is decided: ``prefer``, ``range``, ``defer`` or ``pending``.
        comes_out: in words what comes out.
        by: the id of the rule of the case; empty where a verdict decides, or nothing.
        judge: label of who decided it, or empty.
        decided: the day, as an ISO date, or empty.
        reason: why, or empty.
        until: until what it is left open, or empty.
        result: the statement that counts, or empty.
        among: the figures, by their ids.
    """

    id: str
    of: str
    rule: str
    comes_out: str
    by: str
    judge: str
    decided: str
    reason: str
    until: str
    result: str
    among: tuple[RivalFigure, ...]

    def __str__(self) -> str:
        """Return all but what the figures are of, in words."""
        parts = [self.comes_out]
        if self.reason:
            by = f"rule {self.by}, {self.judge}" if self.by else f"verdict of {self.judge}"
            when = f" ({date_in_words(self.decided)})" if self.decided else ""
            parts.append(f"{by}{when}: {self.reason}")
        parts += [f"Until: {self.until}"] if self.until else []
        each = "; ".join(f"{', '.join(one.voices)}: {one.figure}" for one in self.among)
        return ". ".join(one.rstrip(".") for one in (*parts, f"Told are {each}"))


def disagreement_told(words: Verbalizer, statement: str) -> str:
    """Return what is made of a figure in which voices disagree, why, and what each says.

    Args:
        words: the words for the records.
        statement: the id of a statement; empty words if nobody disagrees on it.
    """
    row = words.disagreements.get(statement)
    return str(_disagreeing(words, row)) if row else ""


def disagreements_on(graph: CaseGraph, things: Collection[str]) -> list[Disagreeing]:
    """Return the disagreements on figures of some things, by their ids.

    Args:
        graph: the judged graph and its case.
        things: the ids of what the figures are of.
    """
    found = [
        one.id
        for one in graph.records(Disagreement)
        if any(graph.statement(name).subject in things for name in one.among)
    ]
    if not found:
        return []
    words = graph.kept((__name__, "words"), lambda: Verbalizer(tables(graph)))
    rows = {row["id"]: row for row in words.tables["disagreements"]}
    return [_disagreeing(words, rows[name]) for name in sorted(found)]


def _disagreeing(words: Verbalizer, row: Record) -> Disagreeing:
    result, rule = row.get("result"), words.rules.get(row.get("figure_rule", ""), {})
    verdict = words.verdicts.get(result or "", {}) if not rule else {}
    told = _COMES_OUT[row["rule"]] if result or row["rule"] != PREFER else _NOBODY
    told = _BETWEEN if row["id"].endswith(BETWEEN) else told
    judge, among = rule.get("judge", verdict.get("judge")), _among(words, row["id"])
    return Disagreeing(
        id=row["id"],
        of=_of(words, [words.statements[one.statement] for one in among]),
        rule=row["rule"],
        comes_out=told.format(rule=words.label(row["rule"]), result=_figure(words, result),
                              low=row.get("low", 0), high=row.get("high", 0)),
        by=rule.get("id", ""),
        judge=words.label(judge) if judge else "",
        decided=str(rule.get("decided", "")),
        reason=str(rule.get("reason") or verdict.get("reason") or ""),
        until=rule.get("awaits", ""),
        result=result or "",
        among=among,
    )  # fmt: skip


def _of(words: Verbalizer, rows: Sequence[Record]) -> str:
    subjects = " and ".join(dict.fromkeys(words.label(row.get("subject")) for row in rows))
    days = {str(row.get("counted_on") or words.coded(row)) for row in rows}
    what = [words.label(rows[0]["predicate"]), rows[0].get("counts"), ", ".join(sorted(days))]
    return f"{subjects} ({', '.join(filter(None, what))})"


def _among(words: Verbalizer, disagreement: str) -> tuple[RivalFigure, ...]:
    figures = words.several("disagreeing_figures")[disagreement]
    return tuple(RivalFigure(one, _voices(words, one), _figure(words, one)) for one in figures)


def _figure(words: Verbalizer, statement: str | None) -> str:
    return words.said(words.statements[statement]) if statement else ""


def _voices(words: Verbalizer, statement: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words.label(one) for one in words.affirming.get(statement, ())))
