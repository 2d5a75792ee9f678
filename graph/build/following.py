"""What the reader makes of records, as it has to be in a public build, found from all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..model import Access, Case, Claim, Statement
from ..reader.mentioning import told_of
from ..reader.passing_on import passed_on
from .release import in_words, withheld

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ..model import PassageRef, Record
    from ..reader.access import Cause
    from ..reader.concealing import Concealed

_CITING = ("mentioned", "when_passages")
"""Fields of sentences that are those of claims, where a file lists none."""


class Following:
    """What follows in public from what is left out, and nothing else.

    Args:
        whole: all records.
        causes: why records are not public, by their ids.
        concealed: what is told otherwise, for it tells of somebody whose name is withheld.

    Attributes:
        claims: those that the reader makes of what is public, by their own ids.
    """

    def __init__(self, whole: Case, causes: Mapping[str, Cause], concealed: Concealed) -> None:
        self._case, self._causes, self._concealed = whole, causes, concealed
        self._levels = {name: cause.level for name, cause in causes.items()}
        public = self._public()
        public = replace(public, statements=tuple(passed_on(public)))
        claims = [claim for statement in public.statements for claim in statement.claims]
        self.claims = {claim.id: claim for claim in claims if claim.made}
        self._told = told_of(concealed.of(public))
        shown = {claim.id for claim in claims}
        self._closed = {
            passage
            for statement in whole.statements
            for claim in statement.claims
            if claim.id not in shown
            for passage in claim.passages
        }
        self._files = {one.origin.file for one in whole.statements if self._changed(one)}
        days = (one.latest_end for one in public.sources)
        self._as_of = max(filter(None, days), default=None)

    def _public(self) -> Case:
        """Return what the reader makes claims of, in public."""
        whole, gone = self._case, self._causes

        def authored(one: Statement) -> Statement:
            kept = tuple(claim for claim in one.claims if not claim.made and claim.id not in gone)
            return replace(one, claims=kept)

        return replace(
            whole,
            sources=tuple(one for one in whole.sources if one.id not in gone),
            things=tuple(one for one in whole.things if one.id not in gone),
            statements=tuple(authored(one) for one in whole.statements if one.id not in gone),
        )

    def so(self, record: Record, field: str, public: Record) -> bool:
        """Return whether a field is otherwise in public as it follows, and just so.

        Args:
            record: as all records have it.
            field: its name.
            public: the same record, in public.
        """
        own, value = getattr(record, field), getattr(public, field)
        if isinstance(record, Case):
            said = in_words(withheld(self._case, self._levels))
            return bool(value == {"withholds": said, "as_of": self._as_of}.get(field, own))
        if isinstance(record, Claim):
            made = self.claims.get(record.id) if record.made else None
            return made is not None and bool(value == getattr(made, field))
        if field in _CITING:
            return self._cited(own, value, self._told.get(record.id, set()))
        if isinstance(record, Statement):
            return self._of_statement(record, field, value)
        return field == "matches" and getattr(record, "identifiers", ()) != getattr(
            public, "identifiers", ()
        )

    def _of_statement(self, statement: Statement, field: str, value: object) -> bool:
        if field == "withheld_claims":
            return value == self._restricted(statement)
        return statement.id in self._concealed.statements or statement.origin.file in self._files

    def _cited(
        self,
        own: Collection[PassageRef],
        public: Collection[PassageRef],
        told: Collection[PassageRef],
    ) -> bool:
        """Return whether only sentences that closed records cite are missing, or new as told in.

        Where all that a file lists are closed, and where a place stands for a narrower one, the
        sentences are those that claims cite.
        """
        missing, added = {*own} - {*public}, {*public} - {*own}
        closed = (one.source in self._causes or one in self._closed for one in missing)
        return added <= {*told} and all(closed)

    def _restricted(self, statement: Statement) -> int | None:
        levels = [self._levels.get(claim.id) for claim in statement.claims]
        return levels.count(Access.RESTRICTED) or None

    def _changed(self, statement: Statement) -> bool:
        """Return whether something is left out that a statement, or one beside it, is dated by."""
        names = (statement.id, *(claim.id for claim in statement.claims if not claim.made))
        return any(name in self._causes for name in names)
