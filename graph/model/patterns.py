"""Sentences of statements: clauses of English with places for the subject and the object.

A predicate has words between its ends and words from the other end. Where these make no English,
the ontology, or a case for its own terms, says the clause itself:
``{object} is blamed for {subject}``.
All surfaces tell statements by these; ``core/sentences.js`` of the page does the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

SUBJECT, OBJECT = "{subject}", "{object}"
_PLACE = re.compile(r"(\{[^{}]*\})")


class Saying(NamedTuple):
    """How a predicate is said.

    Attributes:
        label: the words between subject and object.
        inverse: those between object and subject; empty for a predicate of values.
        pattern: the clause from the subject's end, where the label makes none.
        inverse_pattern: that from the object's end.
        role: whether it is the part that the object has in the subject.
    """

    label: str
    inverse: str = ""
    pattern: str = ""
    inverse_pattern: str = ""
    role: bool = False

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Saying:
        """Return how the predicate of a row of the table ``predicates`` is said."""
        return cls(
            row.get("label", row.get("id", "")),
            row.get("inverse_label", ""),
            row.get("sentence_pattern", ""),
            row.get("inverse_pattern", ""),
            bool(row.get("role", False)),
        )

    def clause(self, *, from_object: bool | None = None) -> str:
        """Return the clause with its places.

        Args:
            from_object: whether it begins with the object; by default a role does.
        """
        back = f"{OBJECT} {self.inverse} {SUBJECT}" if self.inverse else ""
        back = self.inverse_pattern or back
        if back and (self.role if from_object is None else from_object):
            return back
        return self.pattern or f"{SUBJECT} {self.label} {OBJECT}"

    def told(self, subject: str, object_: str, *, from_object: bool | None = None) -> str:
        """Return a statement as a sentence without its full stop.

        Args:
            subject: what its subject is called.
            object_: what its object is called, or its value in words.
            from_object: as for ``clause``.
        """
        named = {SUBJECT: subject, OBJECT: object_}
        clause = parts(self.clause(from_object=from_object))
        return "".join(named.get(part, part) for part in clause).strip()


def denied(sentence: str) -> str:
    """Return a sentence that says the contrary of one."""
    return f"it is not so that {sentence}"


def parts(clause: str) -> list[str]:
    """Return the words and the places of a clause in their order."""
    return [part for part in _PLACE.split(clause) if part]


def wrong_in(clause: str, first: str, *, both: bool) -> str:
    """Return what is wrong in a clause, as a message; empty if it is right.

    Args:
        clause: with its places.
        first: the place with which it has to begin.
        both: whether it has both places; else it has the first alone.
    """
    wanted = sorted((SUBJECT, OBJECT) if both else (first,))
    places = sorted(_PLACE.findall(clause))
    if places != wanted:
        return f"has to have {' and '.join(wanted)} once each, and no other place in braces"
    if not clause.startswith(f"{first} "):
        return f"has to begin with {first}, followed by a verb"
    return ""
