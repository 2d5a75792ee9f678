"""The sentences that mention a thing, where its file does not list them: those that tell of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from ..model import NamedThing
from ..model.documents import reading_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..model import Case, Claim, PassageRef, Statement, Thing
    from .context import Context


def mentioned(case: Case, ctx: Context) -> Iterator[Thing]:
    """Yield the things of a case; those whose file lists no sentences have those that tell of them.

    These are the sentences cited by the claims on the statements whose subject, object, place or
    channel a thing is, and by its own claims where it is no author of their source. Authors and the
    case's editor need none: the head of a source and that of the case name them. A hint tells of
    all others that no sentence shows.

    Args:
        case: all records, as they are written.
        ctx: what lists no sentences, and the report, which takes the hints.
    """
    told = told_of(case) if ctx.unlisted else {}
    excused = {case.editor}.union(*(source.authors for source in case.sources))
    for thing in case.things:
        if thing.id not in ctx.unlisted or not isinstance(thing, NamedThing):
            yield thing
            continue
        found = told.get(thing.id, ()) if thing.id != case.editor else ()
        if not found and thing.id not in excused:
            wrong = f"no sentence shows that there is {thing.id}: no claim on it cites one; "
            ctx.report.hint(thing.origin, "", f"{wrong}list those that name it in mentioned")
        yield replace(thing, mentioned=tuple(sorted(found, key=_place)))


def told_of(case: Case) -> Mapping[str, set[PassageRef]]:
    """Return the sentences that tell of each thing, by its id.

    Those of claims that a later release dropped tell only of what no others do.

    Args:
        case: all records.
    """
    authors = {source.id: source.authors for source in case.sources}
    wholes = {
        part: one for one in case.statements for part in (*one.condition, *one.one_of, *one.motive)
    }
    now: dict[str, set[PassageRef]] = defaultdict(set)
    once: dict[str, set[PassageRef]] = defaultdict(set)
    for statement in case.statements:
        for claim in statement.claims or _claims_of(wholes.get(statement.id)):
            told = now if claim.known_until is None else once
            for name in (statement.subject, statement.object, statement.place, statement.channel):
                told[name or ""].update(claim.passages)
            if claim.voice not in authors.get(claim.source, ()):
                told[claim.voice].update(claim.passages)
    return {**once, **now}


def _claims_of(whole: Statement | None) -> tuple[Claim, ...]:
    return whole.claims if whole else ()


def _place(ref: PassageRef) -> tuple[str, tuple[int, ...]]:
    return ref.source, reading_order(ref.sentence)
