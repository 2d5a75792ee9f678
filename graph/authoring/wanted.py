"""What can be added to a case, and what can be said of each when it is added."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .parts import PARTS
from .remarks import REMARKS
from .supposed import SUPPOSED
from .term_tables import DETAILS_OF_A_TERM, TERM
from .things import FOLDERS

if TYPE_CHECKING:
    from .parts import ClauseWords
    from .things import Details

SORTS = (*FOLDERS, *PARTS, *REMARKS, TERM)
"""What can be added."""
_NAMED = {"id", "note", "kinds", "aliases", "mentioned", "other"}
_FACT = {"when", "place", "claims", "note", *SUPPOSED}
_HAPPENED = {"id", "kinds", "other", "process", "roles", "facts", *_FACT}
TAKES: dict[str, set[str]] = {
    "actor": {"classes", "identity", *_NAMED},
    "place": {"classes", *_NAMED},
    "topic": {"classes", *_NAMED},
    "document": _NAMED,
    "channel": _NAMED,
    "event": {"classes", *_HAPPENED},
    "agreement": {"parties", "clauses", *_HAPPENED},
    "question": {"id", "note", "kinds", "about", "exclusive"},
    "clause": {"claims", "note", *SUPPOSED},
    "stage": _FACT,
    "fulfilment": _FACT,
    TERM: set(DETAILS_OF_A_TERM),
    "note": {"id", "on", "passages"},
    "judgement": {
        "id",
        "judgement",
        "certainty",
        "reason",
        "passages",
        "judge",
        "decided",
        "proposed_by",
        "score",
    },
    "resolution": {"id", "certainty", "reason", "passages"},
    "rule": {"id", "predicates", "kinds", "on", "reason", "awaits", "judge", "decided"},
}
"""Which of ``Details`` each of these takes."""


class Wanted(NamedTuple):
    """What is to be added.

    Attributes:
        sort: one of ``SORTS``, or a class or kind that only things of one sort have.
        name: the name of a thing, in the language of the case; of a part, what it is a part of; of
            a note its text.
        more: what else is said of it.
        part: the text of a clause, the name of a stage or state, or the second thing that is
            judged; empty for a thing.
    """

    sort: str
    name: str
    more: Details
    part: str | ClauseWords = ""


class Unread(NamedTuple):
    """A line of a list that nobody can read.

    Attributes:
        number: its number.
        sort: its first word, which says what it is to add.
        name: its second word, by which others may name that.
        message: what is wrong with it.
    """

    number: int
    sort: str
    name: str
    message: str
