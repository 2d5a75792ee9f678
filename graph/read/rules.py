"""The rules on statements: what claims amount to, whose world one belongs to, when it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ..model import AFFIRMING, ASSERTING, DENYING, Certainty, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..model import Claim
    from . import Stand

    Data = dict[str, Any]

Time = Literal["possible", "certain"]
Spell = tuple[str, str]
"""First and last day as ISO dates; an empty text where that end is open."""

BEFORE_ALL, AFTER_ALL = "", "~"
"""What stands for a bound that is open: texts that are sorted before and after every day."""

_SURENESS = {str(certainty): rank for rank, certainty in enumerate(Certainty)}


def together(claims: Sequence[Stand | Claim]) -> Data:
    """Return what some claims amount to: their number, voices, sources and certainty.

    The certainty is that of the surest claim which affirms the statement, or of the surest one if
    none does.
    """
    if len(claims) == 1:
        (claim,) = claims
        one = {"claims": 1, "voices": [claim.voice], "sources": [claim.source]}
        return {**one, "certainty": claim.certainty}
    found: Data = {"claims": len(claims)}
    found["voices"] = list(dict.fromkeys([claim.voice for claim in claims]))
    found["sources"] = list(dict.fromkeys([claim.source for claim in claims]))
    if claims:
        affirming = [claim.certainty for claim in claims if claim.stance in AFFIRMING]
        certainties = affirming or [claim.certainty for claim in claims]
        found["certainty"] = min(certainties, key=_SURENESS.__getitem__)
    return found


def tells(voice: str, status: str, claims: Iterable[Stand]) -> bool:
    """Return whether a statement belongs to the world as a voice tells it.

    That is what is accepted and what the voice asserts, less what it denies.

    Args:
        voice: the id of the actor.
        status: of the statement.
        claims: the stands of all voices on it.
    """
    stances = {claim.stance for claim in claims if claim.voice == voice}
    told = status == Status.ACCEPTED or not stances.isdisjoint(ASSERTING)
    return told and stances.isdisjoint(DENYING)


def held(data: Mapping[str, Any], on: str) -> str:
    """Return whether a statement held on a day: ``certain``, ``possible``, or empty if it did not.

    Args:
        data: its attributes.
        on: the day as an ISO date.
    """
    if data.get("earliest_begin", BEFORE_ALL) > on or data.get("latest_end", AFTER_ALL) < on:
        return ""
    begun = data.get("latest_begin", AFTER_ALL) <= on
    not_ended = data.get("earliest_end", BEFORE_ALL) >= on
    throughout = data.get("coverage") == "throughout"
    on_one_day = data.get("earliest_begin", BEFORE_ALL) == data.get("latest_end", AFTER_ALL)
    return "certain" if begun and not_ended and (throughout or on_one_day) else "possible"


def period(data: Mapping[str, Any], time: Time = "possible") -> Spell | None:
    """Return the period of a statement.

    Args:
        data: attributes of an edge of a network.
        time: ``possible`` for the days on which it may have held, from the earliest begin to the
            latest end; ``certain`` for those on which it held whatever the true begin and end,
            from the latest begin to the earliest end.

    Returns:
        First and last day, empty where open; ``None`` if there is no day on which it held for
        certain: dates do not suffice, or it held at some time within them only.
    """
    earliest, latest = data.get("earliest_begin", ""), data.get("latest_end", "")
    if time == "possible":
        return (earliest, latest)
    if earliest and earliest == latest:
        return (earliest, latest)
    begin, end = data.get("latest_begin", ""), data.get("earliest_end", "")
    sure = data.get("coverage") == "throughout" and begin and end and begin <= end
    return (begin, end) if sure else None
