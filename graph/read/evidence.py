"""What a statement rests on: the claims on it, each with the sentences that it cites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..model import AFFIRMING, Mode
from ..model.terms import HUD, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .case_graph import CaseGraph

_WITHIN = {"oneOf": "as one of several", "condition": "as a condition"}
"""What joins a statement to those that it is part of, and how the claims on them tell it."""
MADE = "made by the reader"
"""What is told of a claim that follows from another one and that nobody wrote."""


@dataclass(frozen=True)
class CitedClaim:
    """A claim on a statement, as it is shown to people.

    Attributes:
        claim: its id.
        voice: id of who speaks.
        name: label of the voice.
        stance: which stand the voice takes.
        certainty: how sure it is.
        mode: as what it says it, in words: a fact, an opinion and so on.
        speakers: who of a group speaks, in words, if it is told.
        source: id of the source that tells it.
        passages: the sentences in the order of reading, as in ``report-2020#17.1``.
        made: whether the reader made it, as what an author passes on; nobody wrote it.
        within: in which part it is told, if the claim is on a statement that this one is part of.
    """

    claim: str
    voice: str
    name: str
    stance: str
    certainty: str
    source: str
    passages: tuple[str, ...]
    mode: str = ""
    speakers: str = ""
    made: bool = False
    within: str = ""

    @property
    def affirms(self) -> bool:
        """Whether the voice affirms the statement."""
        return self.stance in AFFIRMING and not self.within

    def __str__(self) -> str:
        """Return who says so, how surely and where: ``Council: asserts (certain), a#1.2``."""
        known = "" if self.certainty == "unspecified" else self.certainty
        told = how(known, self.mode, self.speakers, made=self.made)
        sure = f" ({told})" if told else ""
        part = f" {self.within}" if self.within else ""
        return f"{self.name}: {spaced(self.stance)}{sure}{part}, {', '.join(self.passages)}"


def how(certainty: str, mode: str, speakers: str, *, made: bool | None = False) -> str:
    """Return in words how a voice says something: ``certain, as opinion, some of them``.

    Args:
        certainty: how sure it is, in words.
        mode: as what it says it, in words; that it is a fact goes without saying.
        speakers: who of a group speaks, in words.
        made: whether the claim is none that anybody wrote.
    """
    as_what = "" if mode in ("", Mode.FACT) else f"as {mode}"
    return ", ".join(filter(None, (certainty, as_what, speakers, MADE if made else "")))


def cited_claims(graph: CaseGraph, statement: str) -> tuple[CitedClaim, ...]:
    """Return the claims on a statement with their sentences, sorted by the ids of the claims.

    A statement on which nobody makes a claim, as it is only one of several alternatives or a
    condition, has those on the statements that name it so; they affirm it not.

    Args:
        graph: where the claims are.
        statement: the id of the statement.
    """
    own = _cited(graph, statement)
    return own or tuple(
        claim
        for term, within in _WITHIN.items()
        for whole, _ in sorted(graph.pairs(HUD + term, target=statement))
        for claim in _cited(graph, whole, within)
    )


def _cited(graph: CaseGraph, statement: str, within: str = "") -> tuple[CitedClaim, ...]:
    return tuple(
        CitedClaim(
            claim=claim.id,
            voice=claim.voice,
            name=graph.label(claim.voice),
            stance=claim.stance,
            certainty=claim.certainty,
            mode=graph.labels.kinds.get(claim.mode, ""),
            speakers=graph.labels.kinds.get(claim.speakers, ""),
            made=bool(claim.made),
            source=claim.source,
            passages=in_order(passage.citation for passage in claim.passages),
            within=within,
        )
        for claim in graph.claims_on(statement)
    )


def grounds(claims: Sequence[CitedClaim]) -> tuple[str, ...]:
    """Return the sentences that a statement rests on, in the order of reading, each once.

    Args:
        claims: the claims on it. Those of voices that affirm it count, or all if nobody does.
    """
    counting = [claim for claim in claims if claim.affirms] or claims
    return in_order(passage for claim in counting for passage in claim.passages)


def in_order(passages: Iterable[str]) -> tuple[str, ...]:
    """Return sentences as they are cited in the order of reading, each once."""
    return tuple(sorted(set(passages), key=_place))


def _place(passage: str) -> tuple[str, list[tuple[int, str]]]:
    source, _, sentence = passage.partition("#")
    parts = sentence.split(".")
    return source, [(int(part) if part.isdecimal() else 0, part) for part in parts]
