"""What was said until a later release of a data set dropped or changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..model.terms import RDF
from .citations import sentence
from .date_words import date_in_words
from .evidence import how, in_order

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..model import Claim
    from .case_graph import CaseGraph

ONCE = "What a later release says no more"
"""The title above it."""
_ENDS = ("subject", "object", "place", "channel", "under")


class OnceSaid(NamedTuple):
    """A claim that a later release dropped.

    Attributes:
        statement: id of what it was about.
        said: that, as a sentence.
        voice: label of who said so.
        stance: which stand the voice took, in words.
        sure: how sure it was, in words, or empty.
        passages: the sentences or rows that it cites, in the order of reading.
        until: the day of the release that dropped it, as an ISO date.
    """

    statement: str
    said: str
    voice: str
    stance: str
    sure: str
    passages: tuple[str, ...]
    until: str

    def __str__(self) -> str:
        """Return it in words: ``40 died. Council: asserts, a#1.2, until the release of …``."""
        sure = f" ({self.sure})" if self.sure else ""
        cited = ", ".join(self.passages)
        told = f"until the release of {date_in_words(self.until)}"
        return f"{self.said}. {self.voice}: {self.stance}{sure}, {cited}, {told}"


def once_said(graph: CaseGraph, *ends: str) -> list[OnceSaid]:
    """Return what was said of some things together, by statement and day.

    Args:
        graph: the judged graph and its case.
        ends: their ids; each is named by the statement. All that was said without any.
    """
    return [
        _once(graph, claim)
        for name, claims in graph.dropped.items()
        if not ends or _concerns(graph, name, ends)
        for claim in sorted(claims, key=lambda one: (str(one.known_until), one.id))
    ]


def once_told(graph: CaseGraph, name: str) -> str:
    """Return in words what was said where an id is of what nobody tells of any more.

    Args:
        graph: the judged graph and its case.
        name: the id of a statement, a claim or a thing.

    Returns:
        Nothing for what is told of now, or never was.
    """
    if not graph.dropped or any(graph.pairs(RDF + "type", name)):
        return ""
    found = [
        one
        for key, claims in graph.dropped.items()
        if key == name or _concerns(graph, key, (name,)) or name in {one.id for one in claims}
        for one in (_once(graph, claim) for claim in claims)
    ]
    return "; ".join(map(str, found))


def _concerns(graph: CaseGraph, statement: str, things: Collection[str]) -> bool:
    one = graph.said(statement)
    return {getattr(one, end) for end in _ENDS}.issuperset(things)


def _once(graph: CaseGraph, claim: Claim) -> OnceSaid:
    kinds = graph.labels.kinds
    known = "" if claim.certainty == "unspecified" else kinds.get(claim.certainty, claim.certainty)
    return OnceSaid(
        statement=claim.statement,
        said=sentence(graph, graph.statement(claim.statement)),
        voice=graph.label(claim.voice),
        stance=kinds.get(claim.stance, claim.stance),
        sure=how(known, kinds.get(claim.mode, ""), kinds.get(claim.speakers, "")),
        passages=in_order(one.citation for one in claim.passages),
        until=str(claim.known_until or ""),
    )
