"""What is right in the files but would better be looked at."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model import Case, Statement
    from .problems import ProblemReport


def figures_without_question(case: Case, report: ProblemReport) -> None:
    """Tell of figures that differ for one thing, although no question holds them together.

    What counts different things, at times or at places of its own, is no rival.

    Args:
        case: all records of the case.
        report: takes the hints.
    """
    figures: dict[tuple[str | None, ...], list[Statement]] = defaultdict(list)
    for one in case.statements:
        if isinstance(one.value, int | float) and not isinstance(one.value, bool):
            apart = (one.subject, one.predicate, one.unit, one.counts, one.scope, one.place)
            figures[apart].append(one)
    for found in figures.values():
        first = found[0]
        for other in found[1:]:
            asked = set(first.question) & set(other.question)
            if first.value != other.value and not asked and _can_overlap(first, other):
                report.hint(
                    other.origin,
                    "value",
                    f"{other.value} here, {first.value} in {first.id}, and nothing says whether "
                    "they contradict each other; give both one question, or say what each counts",
                )


def _can_overlap(one: Statement, other: Statement) -> bool:
    pairs = ((one, other), (other, one))
    return not any(
        first.latest_end and second.earliest_begin and first.latest_end < second.earliest_begin
        for first, second in pairs
    )
