"""Opaque ids in place of those that tell of somebody whose name is withheld."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from ..model import UNATTRIBUTED, Form, specs
from ..model.terms import spaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ..model import Case, Claim, Record, Statement, Thing
    from ..model.vocabulary import Vocabulary
    from .concealing import Concealed

    Some = TypeVar("Some", bound=Record)

_BEFORE = "withheld-"
_SHOWN = 4
"""So many signs of an id tell people apart where they are read."""


def new_ids(case: Case, of: Concealed, make: Callable[[str], str]) -> dict[str, str]:
    """Return the opaque ids of a public reading, by those that they stand for.

    They are those of people, of the statements that name them or that nobody else makes, and of the
    claims that are theirs or on such statements. Ids that a file of an event or an agreement makes
    stay where they name nobody.

    Args:
        case: the reading.
        of: what is told otherwise in it.
        make: returns what stands for an id.
    """
    found = {name: _BEFORE + make(name) for name in of.people}
    for one in case.statements:
        if one.id in of.named or (one.id in of.statements and "." not in one.id):
            found[one.id] = _BEFORE + make(one.id)
    for one in case.statements:
        if one.verdict is not None and one.id in found:
            found[one.verdict.id] = f"{found[one.id]}.verdict"
        for claim in one.claims:
            if one.id in found or claim.voice in found:
                found[claim.id] = _of_claim(claim, found, make)
    return found


def _of_claim(claim: Claim, found: Mapping[str, str], make: Callable[[str], str]) -> str:
    """Return the new id of a claim, of its new parts if the old one was made of the old ones."""
    voice = claim.voice.partition("/")[0]
    if claim.id != f"{claim.statement}.{voice}.{claim.stance}.{claim.source}":
        return _BEFORE + make(claim.id)
    statement = found.get(claim.statement, claim.statement)
    return f"{statement}.{found.get(voice, voice)}.{claim.stance}.{claim.source}"


def label_of(thing: Thing) -> str:
    """Return what somebody is called of whom nothing else may be told.

    Args:
        thing: with its opaque id.
    """
    sign = thing.id.removeprefix(_BEFORE)[:_SHOWN]
    return f"{spaced(thing.classes[0]).strip().capitalize()} (name withheld, {sign})"


def renamed(new: Mapping[str, str], name: str) -> str:
    """Return the id that something has in public; a voice that nobody names has that of a claim.

    Args:
        new: the other ids, by those that they take the place of.
        name: an id.
    """
    hearsay, _, claim = name.partition("/")
    if hearsay == UNATTRIBUTED and claim:
        return f"{hearsay}/{new.get(claim, claim)}"
    return new.get(name, name)


def with_ids(case: Case, new: Mapping[str, str], of: Concealed, words: Vocabulary) -> Case:
    """Return a case with other ids, wherever they stand, in the order of these.

    Args:
        case: a public reading.
        new: the other ids, by those that they take the place of.
        of: what is told otherwise in it.
        words: tells which predicates take a kind, which may be called as a thing is.
    """
    changed = _Changing(new, of, words)
    return replace(
        changed.record(case),
        sources=tuple(map(changed.record, case.sources)),
        things=_sorted(map(changed.thing, case.things)),
        statements=_sorted(map(changed.statement, case.statements)),
        judgements=tuple(map(changed.record, case.judgements)),
        resolutions=tuple(map(changed.record, case.resolutions)),
        notes=tuple(map(changed.record, case.notes)),
        figure_rules=tuple(
            replace(changed.record(one), order=tuple(map(changed.record, one.order)))
            for one in case.figure_rules
        ),
        former=tuple(one for one in case.former if one.now not in new),
    )


class _Changing:
    """Puts new ids into records."""

    def __init__(self, new: Mapping[str, str], of: Concealed, words: Vocabulary) -> None:
        self.new, self.of, self.words = new, of, words

    def record(self, record: Some) -> Some:
        """Return a record with the new ids of itself and of what it names."""
        values: dict[str, Any] = {}
        for spec in specs(type(record)):
            if spec.form.refers and spec.form is not Form.PASSAGE:
                value = getattr(record, spec.name)
                values[spec.name] = tuple(map(self._id, value)) if spec.many else self._id(value)
        return replace(record, **values, id=self._id(record.id))

    def _id(self, name: str) -> str:
        return renamed(self.new, name)

    def thing(self, thing: Thing) -> Thing:
        """Return a thing; somebody without a label for the public has one that tells nothing."""
        found = self.record(thing)
        if thing.id in self.of.people and thing.label == thing.id:
            return replace(found, label=label_of(found))
        return found

    def statement(self, one: Statement) -> Statement:
        """Return a statement with its claims and its verdict."""
        thing = one.object is not None and self.words.predicates[one.predicate].takes != "kind"
        return replace(
            self.record(one),
            object=self._id(one.object) if thing and one.object else one.object,
            claims=tuple(map(self.record, one.claims)),
            verdict=one.verdict and self.record(one.verdict),
        )


def _sorted(records: Iterable[Some]) -> tuple[Some, ...]:
    return tuple(sorted(records, key=lambda one: one.id))
