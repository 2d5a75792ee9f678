"""The closed lists of words that rules and filters know by name; the ontology defines them.

The order within a list is a rank: statuses from the firmest to the least firm, certainties from the
surest.
"""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How a statement stands when the claims on it have been weighed."""

    ACCEPTED = "accepted"
    CONTESTED = "contested"
    ALLEGED = "alleged"
    JUDGEMENT = "judgement"
    OPEN = "open"
    REJECTED = "rejected"


class Stance(StrEnum):
    """How a voice stands to a statement."""

    ASSERTS = "asserts"
    DENIES = "denies"
    SUSPECTS = "suspects"
    CONSIDERS_POSSIBLE = "considersPossible"
    REPORTS = "reports"
    EXPECTS = "expects"
    DEMANDS = "demands"
    PROMISES = "promises"
    CONDITIONAL = "conditional"
    LEAVES_OPEN = "leavesOpen"
    DOUBTS = "doubts"
    WISHES = "wishes"
    ENDORSES = "endorses"


class Certainty(StrEnum):
    """How sure a voice is of what it says."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNSPECIFIED = "unspecified"


class Mode(StrEnum):
    """As what a voice says a statement."""

    FACT = "fact"
    OPINION = "opinion"
    MOTIVE = "motive"
    FORECAST = "forecast"
    LEGAL = "legal"


class Coverage(StrEnum):
    """Whether a statement holds on all days of its period, or on some of them."""

    THROUGHOUT = "throughout"
    SOMETIME = "sometime"


class Access(StrEnum):
    """Who may see a record: everybody, named readers, or nobody but the editors."""

    PUBLIC = "public"
    RESTRICTED = "restricted"
    SECRET = "secret"  # noqa: S105 — who may see it, no password

    @property
    def rank(self) -> int:
        """0 for what everybody may see, more for what fewer may."""
        return list(Access).index(self)


ASSERTING, DENYING = (Stance.ASSERTS.value, Stance.ENDORSES.value), (Stance.DENIES.value,)
"""The stances that affirm as a fact, which put a statement into the world of a voice, and those
that keep it out."""

AFFIRMING = (*ASSERTING, Stance.SUSPECTS.value, Stance.EXPECTS.value)
"""The stances of a voice that takes a statement to be true."""

DEGREES = (
    (*ASSERTING, Stance.SUSPECTS.value, Stance.CONSIDERS_POSSIBLE.value),
    (Stance.DENIES.value, Stance.DOUBTS.value),
    (Stance.DEMANDS.value, Stance.PROMISES.value, Stance.WISHES.value),
)
"""Stances that say the same more or less firmly: that it is so, that it is not, that it be so. Each
other stance is of its own sort."""

SHOWN = tuple(status.value for status in Status if status is not Status.REJECTED)
"""The statuses that explanations, the page and the exports show: all but rejected."""

UNSETTLED_FIRST = tuple(status.value for status in (*tuple(Status)[1:], Status.ACCEPTED))
"""Statuses in the order in which one of several counts: what is unsettled before what is agreed."""
