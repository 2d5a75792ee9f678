"""What a public build lacks, record by record: each has a reason, or something is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import Access, Actor, Case, Claim, FormerId, Passage, Statement, specs
from ..model.things import Located
from ..reader.access import LINKS, Cause
from ..reader.concealing import NOBODY
from ..reader.opaque import label_of, renamed
from .following import Following
from .release import left_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..model import Record
    from ..model.fields import FieldSpec
    from ..reader.concealing import Concealed

_PARTS = ("names", "identifiers")
"""Fields whose values have an access of their own."""
_MADE = ("when_passages", "when_basis", "mentioned")
"""Fields that the reader takes from claims: of a statement, of the event, of all on a thing."""
_OF_DATES = ("coverage", "when_text", "when_basis", "when_passages")
"""Fields of a statement that are otherwise where its dates are."""
_BY_RULE = "follows from what is left out"
_TOLD_LESS = "tells of somebody whose name is withheld"
_LEADS = "leads to an id that nobody may know"
_NOT_LISTED = "is not listed in allowed.toml"


class Lacking(NamedTuple):
    """What a public build has not, or has otherwise, of one record.

    Attributes:
        table: of the record.
        id: of the record among all, not in public.
        field: the field that is otherwise; empty if the whole record is left out.
        level: who may see what is left out; ``None`` where a rule makes it so.
        why: the reason; empty if there is none, which is an error.
    """

    table: str
    id: str
    field: str
    level: Access | None
    why: str


def lacking(
    whole: Case,
    public: Case,
    causes: Mapping[str, Cause],
    ids: Mapping[str, str] | None = None,
    concealed: Concealed = NOBODY,
) -> list[Lacking]:
    """Return all in which the records of a public build differ from those of the private one.

    Args:
        whole: all records, as a private build has them.
        public: those of the public build.
        causes: why records are not public, as ``graph.reader.access.causes`` tells.
        ids: the ids that records have in public, by their own; of those alone that differ.
        concealed: what is told otherwise, for it tells of somebody whose name is withheld.

    Returns:
        By table and id; last what only the public build has, for which there is no reason.
    """
    comparison = _Sides(causes, ids or {}, concealed, Following(whole, causes, concealed))
    shown = {_key(one): one for one in _records(public)}
    found: list[Lacking] = []
    for record in _records(whole):
        other = shown.pop(comparison.key(record), None)
        found += comparison.left_out(record) if other is None else comparison.kept(record, other)
    found += comparison.added(whole, shown)
    found.sort(key=lambda one: one[:3])
    found += [Lacking(one.TABLE, one.id, "", None, "") for one in shown.values()]
    return found


class _Sides:
    """Records of both builds side by side."""

    def __init__(
        self,
        causes: Mapping[str, Cause],
        ids: Mapping[str, str],
        concealed: Concealed,
        following: Following,
    ) -> None:
        self.causes, self.ids, self.concealed = causes, ids, concealed
        self.following = following

    def key(self, record: Record) -> tuple[str, str]:
        """Return the table and the id of a record in public."""
        return record.TABLE, self.ids.get(record.id, record.id)

    def left_out(self, record: Record) -> Iterator[Lacking]:
        cause = self.causes.get(record.id)
        if cause is None and isinstance(record, Passage) and record.source in self.causes:
            cause = Cause(self.causes[record.source].level, "is a sentence of", record.source)
        if cause is None and isinstance(record, Claim) and record.made:
            cause = self._of_made(record)
        why = str(cause) if cause else ""
        if isinstance(record, FormerId) and record.now in self.ids:
            why = why or _LEADS
        yield Lacking(record.TABLE, record.id, "", cause.level if cause else None, why)

    def _of_made(self, claim: Claim) -> Cause | None:
        """Return why a claim is not made in public; the reader makes it of others, or of ends."""
        if claim.id in self.following.claims:
            return None
        named = (claim.statement, claim.voice, claim.source, *claim.grounds)
        named += tuple(one.source for one in claim.passages)
        for name in named:
            if name in self.causes:
                return Cause(self.causes[name].level, "is made with", name)
        return None

    def added(self, whole: Case, shown: dict[tuple[str, str], Record]) -> Iterator[Lacking]:
        """Yield the claims that the reader makes in public alone, and take them from what is left.

        It does so where an author's own claim is left out, and what others say there is not.
        """
        own = {claim.id for statement in whole.statements for claim in statement.claims}
        for claim in self.following.claims.values():
            if claim.id not in own:
                public = shown.get(self.key(claim))
                right = public is not None and self._same(claim, public)
                if public is None or right:
                    yield Lacking(claim.TABLE, claim.id, "made", None, _BY_RULE if right else "")
                if right:
                    del shown[self.key(claim)]

    def _same(self, record: Record, public: Record) -> bool:
        """Return whether a record is the same in public, but for ids."""
        names = (one.name for one in specs(type(record)))
        return all(self._named(getattr(record, one)) == getattr(public, one) for one in names)

    def kept(self, record: Record, public: Record) -> Iterator[Lacking]:
        """Yield in what a record that is public is otherwise, and whether it may not be there.

        A claim may that the reader makes in place of one that is left out, with the same id.
        """
        closed = self.causes.get(record.id)
        if closed and isinstance(record, Claim) and (made := self.following.claims.get(record.id)):
            why = _BY_RULE if self._same(made, public) else ""
            yield Lacking(record.TABLE, record.id, "made", closed.level, why)
        elif closed:
            yield Lacking(record.TABLE, record.id, "", closed.level, "")
        else:
            yield from self.changed(record, public)
            yield from self._parts_kept(record, public)

    def _parts_kept(self, record: Record, public: Record) -> Iterator[Lacking]:
        """Yield names and identifiers that stand in public and may not."""
        for field in _PARTS:
            for one in getattr(public, field, ()):
                cause = self.causes.get(f"{record.id} {one[0]} {one[1]}")
                if cause:
                    yield Lacking(record.TABLE, record.id, field, cause.level, "")

    def changed(self, record: Record, public: Record) -> Iterator[Lacking]:
        """Yield the fields of a record that are otherwise in public, each with the reason."""
        listed = {name for name, _ in left_out(type(record))}  # type: ignore[arg-type]
        for field in specs(type(record)):
            own, other = getattr(record, field.name), getattr(public, field.name)
            if self._named(own) == other:
                continue
            level, why = None, ""
            if field.name in listed:
                why = _NOT_LISTED
            elif self._follows(record, field, public):
                why = _BY_RULE
            elif field.name in Located.LOCATION and (cause := self._of_point(record)):
                level, why = cause.level, str(cause)
            elif self._is_told_less(record, field.name, public):
                why = _TOLD_LESS
            elif cause := self._of_values(record, field.name, own, other):
                level, why = cause.level, str(cause)
            yield Lacking(record.TABLE, record.id, field.name, level, why)

    def _of_point(self, record: Record) -> Cause | None:
        """Return why it is not told where something lies: who says so is not public."""
        cited = record.coordinates_passages if isinstance(record, Located) else ()
        closed = [self.causes[one.source] for one in cited if one.source in self.causes]
        strictest = max(closed, key=lambda one: one.level.rank, default=None)
        return strictest and strictest._replace(why=f"is said where it {strictest.why}")

    def _is_told_less(self, record: Record, field: str, public: Record) -> bool:
        """Return whether a field is told for the sake of somebody just as it has to be."""
        told, other = self.concealed, getattr(public, field)
        if isinstance(record, Claim):
            return field == "note" and other == told.speechless(record).note
        if isinstance(record, Statement) and record.id in told.statements:
            if field in _OF_DATES:
                return told.statements[record.id] != "day"
            value = told.told(record.id, {field: getattr(record, field)}).get(field)
            return bool(self._named(value or "") == (other or ""))
        if not isinstance(record, Actor) or record.id not in told.people:
            return False
        if field == "label" and not record.withheld.label:
            return bool(other == label_of(replace(record, id=public.id)))
        return bool(getattr(told.nameless(record), field) == other)

    def _follows(self, record: Record, field: FieldSpec, public: Record) -> bool:
        """Return whether the reader made a value of others, or repeats one, and had to."""
        made = isinstance(record, Claim) and record.made
        if made or not field.key or field.name in _MADE or isinstance(record, Case):
            return self.following.so(record, field.name, public)
        return False

    def _of_values(self, record: Record, name: str, own: Any, other: Any) -> Cause | None:  # noqa: ANN401
        """Return why values of a field are left out, if all that are have a reason."""
        if not isinstance(own, tuple) or not {*other} <= {*self._named(own)}:
            return None
        found = []
        for one in own:
            if self._named((one,))[0] not in other:
                key = f"{record.id} {one[0]} {one[1]}" if name in _PARTS else one
                key = getattr(one, "source", key) if name in LINKS else key
                found.append(self.causes.get(key) if name in (*LINKS, *_PARTS) else None)
        if not found or None in found:
            return None
        strictest = max((one for one in found if one), key=lambda one: one.level.rank)
        return strictest._replace(why=f"a value {strictest.why}")

    def _named(self, value: Any) -> Any:  # noqa: ANN401 — fields are of any type
        """Return a value with the ids that it has in public."""
        if isinstance(value, str):
            return renamed(self.ids, value)
        if isinstance(value, tuple) and type(value) is tuple:
            return tuple(map(self._named, value))
        if hasattr(value, "source") and hasattr(value, "_replace"):
            return value._replace(source=self._named(value.source))
        return value


def _records(case: Case) -> Iterator[Record]:
    yield from case.records()
    yield from case.former


def _key(record: Record) -> tuple[str, str]:
    return record.TABLE, record.id
