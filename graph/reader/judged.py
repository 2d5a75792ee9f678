"""What is wrong with judgements of identity taken together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import NamedThing
from ..model.sameness import Decided

if TYPE_CHECKING:
    from ..model import Case
    from .problems import ProblemReport


def check_judged(case: Case, report: ProblemReport) -> None:
    """Report judgements that contradict each other, and tell of those that rest on nothing.

    A judgement rests on passages, or on the identifiers that its things have in other lists.

    Args:
        case: all records of the case.
        report: takes the problems and hints.
    """
    for different, chain in Decided(case.judgements).contradictions():
        joined = ", ".join(f"{one.sides[0]} is {one.sides[1]} ({one.id})" for one in chain)
        left, right = different.sides
        report(
            different.origin,
            "judgement",
            f"{left} and {right} are judged to be different, but the same follows from others: "
            f"{joined}; withdraw one of these judgements",
        )
    listed = {one.id for one in case.things if isinstance(one, NamedThing) and one.identifiers}
    for one in case.judgements:
        if one.counts and not one.passages and not one.outside and listed.isdisjoint(one.things):
            report.hint(
                one.origin,
                "passages",
                "rests on no sentence, and neither thing has an identifier in another list; say "
                "by what it was judged",
            )
