"""What is known of a case on a day, or now: claims that releases of data sets added or dropped."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from ..model import Access, Statement
from ..model.releases import is_on, made, standing, untold, without
from .statements import dated_again

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from ..model import Case, Record, Source
    from .access import Hidden
    from .context import Context

    Some = TypeVar("Some", bound=Record)


def knowing(hidden: Hidden, sources: Iterable[Source]) -> Hidden:
    """Return what a reading leaves out, with the sources that are not known on its day.

    Args:
        hidden: with the day, if there is one.
        sources: all of the case.
    """
    later = (one.id for one in sources if not hidden.knows(one.latest_end))
    return replace(hidden, levels={**dict.fromkeys(later, Access.SECRET), **hidden.levels})


def as_told(statements: Sequence[Statement], ctx: Context) -> list[Statement]:
    """Return statements as they are told now, or on the day of the reading.

    Those that nobody makes any more, and that stay as a condition or an alternative, are dated as
    if nobody ever had.

    Args:
        statements: all of the case.
        ctx: of the reading; if it is one of a day, what nobody had said by then is left out.
    """
    if ctx.hidden.known is None and all(map(_undropped, statements)):
        return list(statements)
    kept = standing(statements)
    return [
        replace(dated_again(replace(one, claims=()), ctx), claims=one.claims)
        if one.claims and one.id in kept and not made(one)
        else one
        for one in statements
        if one.claims or one.id in kept or ctx.hidden.known is None
    ]


def _undropped(statement: Statement) -> bool:
    return all(claim.known_until is None for claim in statement.claims)


def known_of(case: Case, day: date, whole: Case) -> Case:
    """Return a case as it is known on a day, without things that only what came later names.

    Args:
        case: its records, without claims and sources that were not known.
        day: the day, as of which the case then stands at the latest.
        whole: the same with them.
    """
    kept = {one.id for one in case.records()}
    lost = [one for one in whole.records() if one.id not in kept]
    gone = untold(case, lost)
    left = {*gone, *(one.id for one in lost if isinstance(one, Statement))}
    passages = attrgetter("passages")
    remarks = (*whole.judgements, *whole.resolutions, *whole.notes, *whole.former)
    cited = {one.id for one in remarks if passages(one)}

    def known(remarks: tuple[Some, ...]) -> tuple[Some, ...]:
        """Return the remarks that are on what is known, and cite what is if they cite anything."""
        kept = (one for one in remarks if not is_on(one, gone))
        return tuple(one for one in kept if one.id not in cited or passages(one))

    return replace(
        case,
        as_of=min(case.as_of or day, day),
        things=tuple(without(one, left) for one in case.things if one.id not in gone),
        statements=tuple(
            without(replace(one, claims=tuple(without(each, left) for each in one.claims)), left)
            for one in case.statements
        ),
        judgements=known(case.judgements),
        resolutions=known(case.resolutions),
        notes=known(case.notes),
        figure_rules=tuple(
            replace(without(one, left), order=known(one.order)) for one in known(case.figure_rules)
        ),
        former=known(case.former),
    )
