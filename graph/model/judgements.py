"""What editors record beside the statements: judgements of identity, and notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from .fields import Form, one, several
from .record import Record, certainty_field, passages_field
from .terms import DCTERMS, HUD

if TYPE_CHECKING:
    from datetime import date

    from .record import PassageRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Record):
    """A recorded decision whether two things are the same, with its reason; nothing is merged.

    The second may stand in somebody else's list, as ``outside``, and not in this case: an actor of
    a data set, or a thing of another case. What was withdrawn stays written and counts for nothing.
    """

    TABLE: ClassVar[str] = "judgements"
    ABOUT: ClassVar[str] = "A recorded decision whether two things are the same."

    left: str = one(HUD + "left", Form.ID_OR_CLAUSE, key="", refers="things")
    right: str = one(HUD + "right", Form.ID_OR_CLAUSE, key="", refers="things")
    outside: str = one(HUD + "outside", Form.TEXT, says="In another list")
    judgement: str = one(
        HUD + "judgement", Form.KIND, required=True, scheme="judgements", refers="kinds"
    )
    certainty: str = certainty_field()
    reason: str = one(HUD + "reason", Form.ENGLISH, required=True)
    passages: tuple[PassageRef, ...] = passages_field("judgement", required=False)
    judge: str = one(HUD + "judge", Form.ID, refers="things", what="actor", says="Judged by")
    decided: date | None = one(
        DCTERMS + "date", Form.DAY, default=None, key="date", meaning="When it was decided."
    )
    proposed_by: str = one(HUD + "proposedBy", Form.TEXT)
    score: float | None = one(HUD + "score", Form.NUMBER, default=None)
    withdrawn: date | None = one(HUD + "withdrawn", Form.DAY, default=None)
    withdrawn_reason: str = one(HUD + "withdrawnReason", Form.ENGLISH, says="Withdrawn because")

    @property
    def things(self) -> tuple[str, ...]:
        """The things of the case that it is about: both, or one that is compared with a list."""
        return (self.left, self.right) if self.right else (self.left,)

    @property
    def sides(self) -> tuple[str, str]:
        """Both sides: ids of the case, or ``LIST:ID`` of what stands in another list."""
        return (self.left, self.right or self.outside)

    @property
    def counts(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn is None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameResolution(Record):
    """A recorded decision that several names in the sources mean one thing."""

    TABLE: ClassVar[str] = "name_resolutions"
    ABOUT: ClassVar[str] = "A recorded decision that several names in the sources mean one thing."

    thing: str = one(HUD + "thing", Form.ID_OR_CLAUSE, required=True, refers="things")
    certainty: str = certainty_field()
    reason: str = one(HUD + "reason", Form.ENGLISH, required=True)
    names: tuple[str, ...] = several(
        HUD + "name", Form.TEXT, ("resolved_names", "name_resolution", "name"), required=True
    )
    passages: tuple[PassageRef, ...] = passages_field("name_resolution")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Record):
    """An editor's remark on things or statements, for instance on a contradiction in a text."""

    TABLE: ClassVar[str] = "notes"
    ABOUT: ClassVar[str] = "An editor's remark on things or statements."

    text: str = one(HUD + "text", Form.ENGLISH, required=True)
    on: tuple[str, ...] = several(
        HUD + "on",
        Form.ANY_ID,
        ("note_subjects", "note", "subject"),
        required=True,
        what="thing or statement",
    )
    passages: tuple[PassageRef, ...] = passages_field("note")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerId(Record):
    """An id that was given up: by renaming, as its thing was judged to be another, or withdrawn.

    It is never minted again, and leads to what stands in its place. Of what was withdrawn, nothing
    stands there: only when, and why.
    """

    TABLE: ClassVar[str] = "former_ids"
    ABOUT: ClassVar[str] = "An id that was given up."

    now: str = one(
        DCTERMS + "isReplacedBy",
        Form.ANY_ID,
        what="record",
        meaning="The id that took its place.",
    )
    withdrawn: date | None = one(HUD + "withdrawn", Form.DAY, default=None)
    reason: str = one(HUD + "reason", Form.ENGLISH)
    decided: date | None = one(
        DCTERMS + "date", Form.DAY, default=None, key="date", meaning="When it was decided."
    )
    passages: tuple[PassageRef, ...] = several(
        HUD + "passage", Form.PASSAGE, ("former_id_passages", "former_id", "passage")
    )
    judge: str = one(HUD + "judge", Form.ID, key="", refers="things")
