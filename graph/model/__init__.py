"""The model: what a case consists of, each field declared once, and the words of closed lists."""

from .case import RECORDS, Case
from .documents import Passage, Source
from .fields import FieldSpec, Form, ListTable, specs
from .judgements import Judgement, NameResolution, Note
from .record import (
    NOWHERE,
    UNATTRIBUTED,
    UNKNOWN,
    Bounds,
    Dated,
    Identifier,
    Name,
    Origin,
    PassageRef,
    Record,
    Value,
)
from .statements import Claim, Statement, Verdict
from .things import (
    Actor,
    Agreement,
    Clause,
    Event,
    Mechanism,
    NamedThing,
    Place,
    Question,
    Thing,
    Topic,
)
from .words import AFFIRMING, SHOWN, Certainty, Coverage, Stance, Status

__all__ = [
    "AFFIRMING",
    "NOWHERE",
    "RECORDS",
    "SHOWN",
    "UNATTRIBUTED",
    "UNKNOWN",
    "Actor",
    "Agreement",
    "Bounds",
    "Case",
    "Certainty",
    "Claim",
    "Clause",
    "Coverage",
    "Dated",
    "Event",
    "FieldSpec",
    "Form",
    "Identifier",
    "Judgement",
    "ListTable",
    "Mechanism",
    "Name",
    "NameResolution",
    "NamedThing",
    "Note",
    "Origin",
    "Passage",
    "PassageRef",
    "Place",
    "Question",
    "Record",
    "Source",
    "Stance",
    "Statement",
    "Status",
    "Thing",
    "Topic",
    "Value",
    "Verdict",
    "specs",
]
