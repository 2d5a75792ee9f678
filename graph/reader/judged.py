"""What is wrong with judgements of identity taken together."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from ..errors.counting import with_article
from ..model import NamedThing
from ..model.sameness import SAME, Decided

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..model import Case, Judgement
    from .problems import ProblemReport


_NEVER = (
    "two sorts of things are never one; say how they belong together in a statement, or judge "
    '"different"'
)


def check_judged(case: Case, report: ProblemReport) -> None:
    """Report judgements that contradict each other, and tell of those that rest on nothing.

    A judgement rests on passages, or on the identifiers that its things have in other lists.

    Args:
        case: all records of the case.
        report: takes the problems and hints.
    """
    for different, chain in Decided(case.judgements).contradictions():
        left, right = different.sides
        report(
            different.origin,
            "judgement",
            f"{left} and {right} are judged to be different, but the same follows from others: "
            f"{_joined(chain)}; withdraw one of these judgements",
        )
    _check_sorts(case, report)
    listed = {one.id for one in case.things if isinstance(one, NamedThing) and one.identifiers}
    for one in case.judgements:
        if one.counts and not one.passages and not one.outside and listed.isdisjoint(one.things):
            report.hint(
                one.origin,
                "passages",
                "rests on no sentence, and neither thing has an identifier in another list; say "
                "by what it was judged",
            )


def _check_sorts(case: Case, report: ProblemReport) -> None:
    """Report judgements by which things of different sorts would be one: an actor and a place."""
    sorts = {one.id: one.sorts for one in case.things}
    listed = {
        f"{other.scheme}:{other.value}": one.id
        for one in case.things
        if isinstance(one, NamedThing)
        for other in one.identifiers
    }
    sorts |= {name: sorts[own] for name, own in listed.items()}
    fitting: list[Judgement] = []
    groups: dict[str, list[str]] = {}
    for one in case.judgements:
        if not one.counts or one.judgement != SAME:
            continue
        left, right = (groups.setdefault(side, [side]) for side in one.sides)
        if left is right:
            continue
        known = ([name for name in side if name in sorts] for side in (left, right))
        unlike = ((a, b) for a, b in product(*known) if sorts[a].isdisjoint(sorts[b]))
        if pair := next(unlike, None):
            told = " and ".join(_told(name, sorts, listed) for name in pair)
            chain = Decided((*fitting, one)).chain(*pair)
            why = "" if len(chain) == 1 else f", but they would be one: {_joined(chain)}"
            report(one.origin, "judgement", f"{told}{why}, and {_NEVER}")
            continue
        fitting.append(one)
        left += right
        groups |= dict.fromkeys(right, left)


def _joined(chain: Iterable[Judgement]) -> str:
    return ", ".join(f"{one.sides[0]} is {one.sides[1]} ({one.id})" for one in chain)


def _told(name: str, sorts: Mapping[str, frozenset[str]], listed: Mapping[str, str]) -> str:
    """Return what something is; of what stands in a list, also whose identifier it is."""
    what = " and ".join(sorted(sorts[name]))
    own = f", an identifier of {listed[name]}," if name in listed else ""
    return f"{name}{own} is {with_article(what)}"
