"""The author's claim beside what somebody else says in a source: that it is passed on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from ..model import Actor, Certainty, Claim, Stance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ..model import Case, Statement


def passed_on(case: Case) -> Iterator[Statement]:
    """Yield the statements of a case, with the claims that follow from those of other voices.

    Where an actor who is neither an author of the source nor the editor has a claim there, and no
    author of that source has one on the statement, the first author reports it. The claim made
    cites the same sentences in the same mode, is as sure of it as nobody says, and tells nothing
    of when the statement holds.

    Args:
        case: all records, as they are written.
    """
    authors = {source.id: source.authors for source in case.sources}
    speakers = {thing.id for thing in case.things if isinstance(thing, Actor)} - {case.editor}
    for statement in case.statements:
        made = tuple(_made(statement, authors, speakers))
        yield replace(statement, claims=(*statement.claims, *made)) if made else statement


def _made(
    statement: Statement, authors: Mapping[str, tuple[str, ...]], speakers: Collection[str]
) -> Iterator[Claim]:
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in statement.claims:
        told[claim.source].append(claim)
    for source, claims in told.items():
        known = authors.get(source, ())
        others = [claim for claim in claims if claim.voice in speakers]
        if not known or not others or any(claim.voice in known for claim in claims):
            continue
        first, modes = others[0], {claim.mode for claim in others}
        until = [claim.known_until for claim in others if claim.known_until]
        yield Claim(
            id=f"{statement.id}.{known[0]}.{Stance.REPORTS}.{source}",
            statement=statement.id,
            voice=known[0],
            stance=Stance.REPORTS.value,
            certainty=Certainty.UNSPECIFIED.value,
            mode=first.mode if len(modes) == 1 else "",
            source=source,
            passages=tuple(dict.fromkeys(ref for claim in others for ref in claim.passages)),
            known_from=first.known_from,
            known_until=max(until) if len(until) == len(others) else None,
            made=True,
            origin=first.origin,
        )
