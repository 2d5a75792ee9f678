"""One difference between two graphs of a case, and the groups in which they are told."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Group(StrEnum):
    """What differs, the most important first."""

    SENTENCES = "Sentences that read otherwise"
    STATUS = "Status changed"
    ANSWERS = "Answers changed"
    STANCES = "Claims changed"
    NEW_CLAIMS = "Claims added"
    NO_CLAIMS = "Claims withdrawn"
    NEW_STATEMENTS = "New statements"
    NO_STATEMENTS = "Statements gone"
    SAID = "Statements that say something else"
    DATES = "Dates changed"
    TERMS = "Terms of the case"
    NEW_THINGS = "New things"
    NO_THINGS = "Things gone"
    IDS = "Other ids"
    LABELS = "Other names"
    DETAILS = "Other details"
    NUMBERS = "Other numbers of sentences"


class Difference(NamedTuple):
    """One difference.

    Attributes:
        group: what differs.
        id: of the record that it is about, as it is now, or was if it is gone.
        text: what it is about and how it differs, in words.
        why: what goes with it, in words, such as the claims that changed a status.
    """

    group: Group
    id: str
    text: str
    why: tuple[str, ...] = ()
