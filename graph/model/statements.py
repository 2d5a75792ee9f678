"""Statements, and what hangs on them: claims and verdicts.

A *statement* is one proposition and is not asserted by being stated; a *claim* is one voice's
stand on one statement, in one source; an edge between two actors is what remains when the claims
have been weighed, and is therefore no record at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Unpack

from .fields import Form, one, several
from .record import (
    Dated,
    Record,
    certainty_field,
    day_field,
    note_field,
    other_field,
    passages_field,
)
from .terms import CITO, HUD, RDF
from .withholding import Telling

if TYPE_CHECKING:
    from datetime import date

    from .days import Span
    from .fields import More
    from .record import PassageRef, Value


TOLD_FOR = (
    ("counted_on", "earliest_begin", "latest_begin", "earliest_end"),
    ("counted_on", "latest_end", "earliest_end", "latest_begin"),
)
"""The fields that say the first and the last day that a figure is told for, of each the first that
is known; a state with one date is told for its days, though it may have begun before and gone on.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """One voice's stand on one statement, in one source, at one or more passages."""

    TABLE: ClassVar[str] = "claims"
    ABOUT: ClassVar[str] = "One voice's stand on one statement, in one source."

    statement: str = one(HUD + "about", Form.ID, key="", refers="statements")
    voice: str = one(HUD + "voice", Form.ANY_ID, required=True, what="actor or document")
    stance: str = one(HUD + "stance", Form.KIND, required=True, scheme="stances", refers="kinds")
    certainty: str = certainty_field()
    mode: str = one(HUD + "mode", Form.KIND, scheme="modes", refers="kinds", says="As")
    speakers: str = one(HUD + "speakers", Form.KIND, scheme="speakers", refers="kinds")
    cue: tuple[str, ...] = several(
        HUD + "cue", Form.CUE, ("claim_cues", "claim", "cue"), says="Cue at"
    )
    source: str = one(HUD + "source", Form.ID, key="", refers="sources")
    known_from: date | None = day_field(
        HUD + "knownFrom", "The last day on which its source can have been written."
    )
    known_until: date | None = one(
        HUD + "knownUntil",
        Form.DAY,
        default=None,
        says="Said until the release of",
    )
    made: bool | None = one(
        HUD + "made", Form.BOOLEAN, default=None, key="", says="Made by the reader"
    )
    note: str = note_field()
    passages: tuple[PassageRef, ...] = passages_field("claim")
    grounds: tuple[str, ...] = several(
        HUD + "groundedOn",
        Form.ANY_ID,
        ("grounds", "claim", "ground"),
        refers="statements",
        what="statement",
        says="Inferred from",
    )
    disputes: tuple[str, ...] = several(
        CITO + "disputes",
        Form.ID,
        ("disputes", "claim", "disputed"),
        key="",
        refers="claims",
        meaning="A claim that contradicts it.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Record):
    """What the editor of the case decides about a statement, with the written reason."""

    TABLE: ClassVar[str] = "verdicts"
    ABOUT: ClassVar[str] = "What the editor decides about a statement, beside what the rules give."

    status: str = one(HUD + "status", Form.KIND, required=True, scheme="statuses", refers="kinds")
    reason: str = one(HUD + "reason", Form.ENGLISH, required=True)
    judge: str = one(HUD + "judge", Form.ID, key="", refers="things")


def _statements(term: str, table: tuple[str, str, str], **more: Unpack[More]) -> tuple[str, ...]:
    """Declare the other statements that a statement names."""
    more = {**more, "refers": "statements", "what": "statement"}
    found: tuple[str, ...] = several(HUD + term, Form.ANY_ID, table, **more)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Dated):
    """One proposition: subject, predicate and object, with time, place and other qualifiers.

    Exactly one of ``object`` (the id of a thing, of a kind, or ``unknown``) and ``value`` is given.
    ``claims`` are those that count, where it is read from a graph, and ``former_claims`` those that
    a later release dropped; the reader has all in ``claims``.
    To add a qualifier, declare it here and define its term in the ontology. What a timeless
    predicate says has no spans: it holds on every day. ``withheld`` is as for an actor.
    """

    TABLE: ClassVar[str] = "statements"
    ABOUT: ClassVar[str] = (
        "One proposition, with its qualifiers and its status; not asserted by being stated."
    )

    claims: tuple[Claim, ...] = ()
    former_claims: tuple[Claim, ...] = ()
    verdict: Verdict | None = None
    spans: tuple[Span, ...] = ()
    withheld: Telling = Telling()
    subject: str = one(
        RDF + "subject",
        Form.ID_OR_CLAUSE,
        required=True,
        refers="things",
        meaning="Who or what the statement is about; empty where no source names it.",
    )
    predicate: str = one(
        RDF + "predicate",
        Form.PREDICATE,
        required=True,
        refers="predicates",
        meaning="What the statement says.",
    )
    object: str | None = None
    value: Value | None = None
    status: str = one(HUD + "status", Form.KIND, key="", refers="kinds")
    status_by_rule: str = one(HUD + "statusByRule", Form.KIND, key="", refers="kinds")
    when: str = one(HUD + "when", Form.EDTF)
    told_from: date | None = day_field(
        HUD + "toldFrom", "The first day on which a source that vouches for it may date from."
    )
    told_until: date | None = day_field(
        HUD + "toldUntil", "The last day on which a source that affirms it may date from."
    )
    past: bool | None = one(HUD + "past", Form.BOOLEAN, default=None, key="")
    order_key: str = one(HUD + "orderKey", Form.TEXT, key="")
    order_not_told: bool | None = one(
        HUD + "orderNotTold",
        Form.BOOLEAN,
        default=None,
        key="",
        says="Order within its day not told",
    )
    begins: str = one(HUD + "begins", Form.EDTF)
    ends: str = one(HUD + "ends", Form.EDTF)
    when_text: str = one(HUD + "whenText", Form.ENGLISH, says="In the source's words")
    when_basis: str = one(
        HUD + "whenBasis", Form.KIND, scheme="whenBases", refers="kinds", says="Time known"
    )
    when_passages: tuple[PassageRef, ...] = several(
        HUD + "whenPassage",
        Form.PASSAGE,
        ("when_passages", "statement", "passage"),
        refers="passages",
        says="Time told in",
    )
    coverage: str = one(HUD + "coverage", Form.KIND, scheme="coverages", refers="kinds")
    place: str = one(HUD + "place", Form.ID, refers="things")
    channel: str = one(HUD + "channel", Form.ID, old_keys=("via",), refers="things", says="Through")
    under: str = one(HUD + "under", Form.ID_OR_CLAUSE, refers="things")
    scope: str = one(HUD + "scope", Form.ENGLISH)
    extent: str = one(HUD + "extent", Form.KIND, scheme="extents", refers="kinds")
    condition: tuple[str, ...] = _statements(
        "condition", ("conditions", "statement", "condition"), key="if", loose=True, says="If"
    )
    one_of: tuple[str, ...] = _statements(
        "oneOf", ("alternatives", "statement", "alternative"), says="One of"
    )
    motive: tuple[str, ...] = _statements(
        "motive", ("motives", "statement", "motive"), loose=True, says="So that"
    )
    other: str = other_field()
    low: int | float | None = one(HUD + "low", Form.NUMBER, default=None)
    high: int | float | None = one(HUD + "high", Form.NUMBER, default=None)
    unit: str = one(HUD + "unit", Form.TEXT)
    modality: str = one(
        HUD + "modality", Form.KIND, scheme="modalities", refers="kinds", says="Figure"
    )
    counts: str = one(HUD + "counts", Form.ENGLISH)
    counts_kind: str = one(
        HUD + "countsKind",
        Form.KIND,
        scheme="actorKinds",
        refers="kinds",
        says="Counts people who are",
    )
    counted_on: date | None = one(HUD + "countedOn", Form.DAY, default=None)
    cumulative: bool | None = one(
        HUD + "cumulative", Form.BOOLEAN, default=None, says="Running total"
    )
    note: str = note_field()
    question: tuple[str, ...] = several(
        HUD + "answers",
        Form.ID,
        ("answers", "statement", "question"),
        old_keys=("answers",),
        refers="things",
        what="question",
        says="Answers",
    )
    excludes: tuple[str, ...] = several(
        HUD + "excludes",
        Form.ID,
        ("exclusions", "statement", "excluded"),
        key="",
        refers="statements",
        says="Cannot be true together with",
    )
    withheld_claims: int | None = one(
        HUD + "withheldClaims",
        Form.INTEGER,
        default=None,
        key="",
        says="Withheld claims",
    )
