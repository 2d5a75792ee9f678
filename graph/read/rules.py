"""The rules on statements: what claims amount to, whose world one belongs to, when it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..errors.counting import counted
from ..model import AFFIRMING, Certainty, Status
from ..model.days import class_on, read_span
from ..model.terms import HUD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..model import Claim
    from ..model.days import Span
    from . import CaseGraph, Stand

    Data = dict[str, Any]

Time = Literal["possible", "certain"]
SEPARATOR = "; "
"""What stands between the items of a list that has become a text."""
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


class World(NamedTuple):
    """What decides whose world a statement belongs to.

    Attributes:
        asserted: ids of the statements that the voice asserts.
        denied: ids of those that it denies in the latest of its sources that speak of them.
        until: the last day on which a source may have been written in which it speaks.
    """

    asserted: frozenset[str]
    denied: frozenset[str]
    until: str


def world(graph: CaseGraph, voice: str) -> World:
    """Return the world of a voice.

    Args:
        graph: the judged graph and its case.
        voice: the id of the actor.
    """
    asserted, denied = (
        frozenset(statement for statement, _ in graph.pairs(HUD + term, target=voice))
        for term in ("assertedBy", "deniedBy")
    )
    until = max((day for _, day in graph.pairs(HUD + "speaksUntil", voice)), default=AFTER_ALL)
    return World(asserted, denied, until)


def tells(world: World, statement: str, data: Mapping[str, Any]) -> bool:
    """Return whether a statement belongs to the world as a voice tells it.

    That is what is accepted on the grounds of sources no later than the voice's latest, and what
    the voice asserts, less what it denies.

    Args:
        world: of the voice.
        statement: its id.
        data: its attributes.
    """
    known = data.get("told_from", BEFORE_ALL) <= world.until
    accepted = data["status"] == Status.ACCEPTED and known
    return (accepted or statement in world.asserted) and statement not in world.denied


def in_words(graph: CaseGraph, voice: str, *, only: bool = False) -> str:
    """Return what the world of a voice is made of, with numbers of statements.

    Args:
        graph: the judged graph and its case.
        voice: the id of the actor.
        only: whether what is merely accepted is left out.
    """
    own, name = world(graph, voice), graph.label(voice)
    if only:
        count = len(own.asserted)
        return f"only what {name} asserts: {counted(count, 'statement')}"
    nothing = own._replace(asserted=frozenset(), denied=frozenset())
    every = graph.ids("Statement")
    accepted = {one for one in every if tells(nothing, one, graph.qualifiers(one))}
    plus, less = own.asserted - accepted, own.denied & (own.asserted | accepted)
    return f"accepted, plus {len(plus)} that {name} asserts, less {len(less)} that it denies"


def held(data: Mapping[str, Any], on: str) -> str:
    """Return the class of a statement on a day, see ``graph.model.days``; empty for a rejected one.

    Args:
        data: its attributes.
        on: the day as an ISO date.
    """
    if data.get("status") == Status.REJECTED:
        return ""
    return class_on(spans_of(data), on, timeless=bool(data.get("timeless"))).value


def spans_of(data: Mapping[str, Any]) -> list[Span]:
    """Return the spans of a statement from its attributes."""
    return list(map(read_span, listed(data.get("spans"))))


def listed(value: object) -> list[str]:
    """Return a list of texts, whether it is one, or one text with the items joined together."""
    if isinstance(value, str):
        return value.split(SEPARATOR) if value else []
    return list(value) if isinstance(value, list | tuple) else []


def periods(data: Mapping[str, Any], time: Time = "possible") -> tuple[Spell, ...]:
    """Return the periods of a statement, sorted and apart from each other.

    Args:
        data: attributes of an edge of a network.
        time: ``possible`` for the days on which it may have held, as far as sources tell of it;
            ``certain`` for those on which it held whatever the true begin and end.

    Returns:
        First and last days; both are empty for what is timeless and, if possible, for what is not
        dated. Nothing if there is no day on which it held for certain.
    """
    spans = spans_of(data)
    if data.get("timeless") or (time == "possible" and not spans):
        return (("", ""),)
    if time == "possible":
        return spells((span.possible_from, span.possible_until) for span in spans)
    return spells((span.certain_from, span.certain_until) for span in spans if span.certain_from)


def spells(periods: Iterable[tuple[str | None, str | None]]) -> tuple[Spell, ...]:
    """Return periods so that none overlaps another, as Gephi demands.

    Args:
        periods: first and last day as ISO dates, empty or ``None`` where it is open.

    Returns:
        The periods by their first days; nothing at all when one of them is open on both sides,
        since it then covers all the others.
    """
    wanted = sorted([(begin or "", end or "") for begin, end in periods])
    found: list[Spell] = []
    for begin, end in wanted:
        if found and (not found[-1][1] or begin <= found[-1][1]):
            last_begin, last_end = found[-1]
            found[-1] = (last_begin, "" if not (end and last_end) else max(end, last_end))
        else:
            found.append((begin, end))
    return () if found == [("", "")] else tuple(found)
