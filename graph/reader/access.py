"""Who may see which record: none is more public than what it rests on.

A record that is not public is left out of a public reading as if it had never been written; see
``Hidden``. What only such records tell of is left out with them.
"""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ..model import (
    Access,
    Case,
    Claim,
    Clause,
    FigureRule,
    Form,
    FormerId,
    Judgement,
    NamedThing,
    NameResolution,
    Note,
    Passage,
    Record,
    Source,
    Statement,
    Thing,
    Verdict,
    dates,
    specs,
)
from ..model.things import FACTS
from .concealing import NOBODY, Concealed, concealed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from ..model import Identifier, Name, Origin

Some = TypeVar("Some", bound=Record)

_IN_STATEMENTS = ("subject", "object", "place", "channel", "under", "condition", "one_of")
_SHOWING = frozenset((*_IN_STATEMENTS, "authors", "process", "replaces"))
"""Fields of which a record is seen because another names it there; see ``_shown``."""
_FACTS = (*FACTS, "agreed")
"""How the statement is called that a thing is told with, in its own file; it is not seen alone."""

LINKS = ("mentioned", "question", "instances", "excludes", "disputes", "coordinates_passages")
"""Fields that only point at others: what they name may be left out, and the record stays; without
the passages that say where a place lies, it has no coordinates."""


class Cause(NamedTuple):
    """Why a record is not public.

    Attributes:
        level: who may see it.
        why: the reason, which goes on with ``by``.
        by: the id of the record, or the day, for which it is kept back; empty if it says so itself.
    """

    level: Access
    why: str
    by: str = ""

    def __str__(self) -> str:
        return f"{self.why} {self.by}".strip()


@dataclass(frozen=True)
class Hidden:
    """What a reading leaves out.

    Attributes:
        levels: ids of the records that are not public, each with who may see it.
        today: the day of the reading, which opens what is public from a day on.
        whole: whether nothing is left out.
        concealed: what is told otherwise, for it tells of somebody whose name is withheld.
        known: the day as of which claims are known; without one all are.
    """

    levels: Mapping[str, Access] = field(default_factory=dict)
    today: date | None = None
    whole: bool = True
    concealed: Concealed = NOBODY
    known: date | None = None

    def hides(self, table: Mapping[str, Any]) -> bool:
        """Return whether a name or an identifier is left out.

        Args:
            table: as it is authored, and right.
        """
        until = table.get("until")
        day = dates.day(until) if until else None
        return not self.whole and own_access(table.get("access", ""), day, self.today).rank > 0

    def leaves_out(self, claim: Claim) -> bool:
        """Return whether a claim is left out; one whose source is has none here."""
        unknown = self.known is not None and not self.knows(claim.known_from)
        return claim.id in self.levels or unknown or not (self.whole or claim.source)

    def knows(self, day: date | None) -> bool:
        """Return whether what is known from a day on is known; what has none never is for sure."""
        return self.known is None or (day is not None and day <= self.known)

    def as_known(self, claim: Claim) -> Claim:
        """Return a claim as it is known on the day: of a later release nobody knows yet."""
        if self.known is None or claim.known_until is None or claim.known_until <= self.known:
            return claim
        return replace(claim, known_until=None)

    def left_of(self, places: Mapping[str, Origin]) -> dict[str, Origin]:
        """Return the places, by id, of what is not left out."""
        return {name: places[name] for name in places.keys() - self.levels.keys()}

    def shown(self, records: Iterable[Some]) -> list[Some]:
        """Return the records that are not left out, none with a link to one that is."""
        return [self._without(one) for one in records if one.id not in self.levels]

    def _without(self, record: Some) -> Some:
        """Return a record without its links to what is left out."""
        kept: dict[str, Any] = {}
        for name in LINKS:
            links: tuple[object, ...] = getattr(record, name, ())
            if not self.levels.keys().isdisjoint(links):
                kept[name] = tuple(one for one in links if one not in self.levels)
        return replace(record, **kept) if kept else record


NOTHING = Hidden()
"""A reading of everything."""


def apart_from(folder: Path, apart: Path) -> str:
    """Return with what the names of files begin that are kept apart from a case.

    Args:
        folder: the case's folder.
        apart: the other folder.
    """
    return Path(os.path.relpath(apart, folder)).as_posix() + "/"


def hidden(case: Case, today: date | None = None) -> Hidden | None:
    """Return what a public reading of a case leaves out, or ``None`` if all of it is public.

    Args:
        case: all records, read whole.
        today: the day from which what is public since then counts as public; without one nothing
            that waits for a day does.
    """
    found, told = _found(case, today)
    levels = {name: cause.level for name, cause in found.items()}
    return Hidden(levels, today, whole=False, concealed=told) if levels or told.people else None


def causes(case: Case, today: date | None = None) -> dict[str, Cause]:
    """Return why each record of a case that is not public is kept back, by their ids.

    A name or identifier has the id of its thing before it. No record is its own cause, also over
    others.

    Args:
        case: all records, read whole.
        today: as for ``hidden``.
    """
    return _found(case, today)[0]


def _found(case: Case, today: date | None) -> tuple[dict[str, Cause], Concealed]:
    """Return why records are kept back, and what is told otherwise of whom."""
    found = _causes(case, today)
    told = concealed(case, {name: cause.level for name, cause in found.items()})
    if told.people:
        found = _causes(told.of(case), today, told.left_out)
    return found, told


def _causes(case: Case, today: date | None, left_out: Collection[str] = ()) -> dict[str, Cause]:
    """Return the records that are not public, each with why; mostly there are none.

    Args:
        case: all records.
        today: the day that counts.
        left_out: records that are secret whatever they say.
    """
    records = (*case.records(), *case.former)
    says = left_out or any(one.access or one.until or one.origin.apart for one in records)
    if says or any(part.access or part.until for _, part in _parts(case)):
        return _Levels(case, today, left_out).causes()
    return {}


def own_access(access: str, until: date | None, today: date | None, default: str = "") -> Access:
    """Return who may see what says so itself.

    Args:
        access: as it is written, or empty.
        until: the day from which it is public.
        today: the day that counts.
        default: what counts where nothing is written.
    """
    stated = Access(access or default or Access.PUBLIC)
    if until is None:
        return stated
    if today is not None and today >= until:
        return Access.PUBLIC
    return stated if stated.rank else Access.RESTRICTED


class _Levels:
    """Who may see each record, by what it says and by what it rests on."""

    def __init__(self, case: Case, today: date | None, left_out: Collection[str]) -> None:
        default = own_access(case.access, case.until, today).value
        self.own: dict[str, Access] = {}
        self.said: dict[str, tuple[str, str]] = {}
        self.rests: dict[str, tuple[str, ...]] = {}
        self.shown_by: dict[str, list[str]] = defaultdict(list)
        apart = {one.id for one in case.statements if one.origin.apart}
        for record in all_records(case):
            alone = Access.SECRET.value if record.origin.apart else default
            added = isinstance(record, Claim) and record.statement not in apart
            added = added and record.origin.apart
            stated = alone if added or _stands_alone(record) else ""
            self.own[record.id] = own_access(record.access, record.until, today, stated)
            self.said[record.id] = _says(record, case)
            self.rests[record.id] = tuple(_rests_on(record))
            for name, shower in _shown(record):
                if name != case.editor:
                    self.shown_by[name].append(shower)
        self._add_names(case, today)
        self.own.update(dict.fromkeys(left_out, Access.SECRET))
        self.said.update(dict.fromkeys(left_out, ("tells of whose name is withheld", "")))
        for statement in case.statements:
            for thing in (statement.subject, statement.object):
                if thing in self.rests and statement.id in (f"{thing}.{one}" for one in _FACTS):
                    self.rests[thing] += (statement.id,)

    def _add_names(self, case: Case, today: date | None) -> None:
        """Add names and identifiers, which have no ids; a resolution rests on those it tells."""
        called: dict[str, list[str]] = defaultdict(list)
        for thing, part in _parts(case):
            name = f"{thing.id} {part[0]} {part[1]}"
            self.own[name] = own_access(part.access, part.until, today)
            self.said[name] = _says(part, case)
            self.rests[name] = (thing.id,)
            called[f"{thing.id} {part[0]}"].append(name)
        for resolution in case.resolutions:
            told = (called[f"{resolution.thing} {name}"] for name in resolution.names)
            self.rests[resolution.id] += tuple(chain.from_iterable(told))

    def causes(self) -> dict[str, Cause]:
        """Return the records that are not public, each with why."""
        levels = {name: own for name, own in self.own.items() if own.rank}
        found = {name: Cause(own, *self.said[name]) for name, own in levels.items()}
        grown = bool(levels)
        while grown:
            grown = False
            for name in self.own:
                level = self._level(name, levels)
                if level.rank > levels.get(name, Access.PUBLIC).rank:
                    found[name] = self._cause(name, level, levels)
                    levels[name] = level
                    grown = True
        return found

    def _cause(self, name: str, level: Access, levels: Mapping[str, Access]) -> Cause:
        """Return for which other record one is kept back."""
        for why, others in (("rests on", self.rests[name]), ("is told of by", self.shown_by[name])):
            for other in others:
                if levels.get(other) is level:
                    return Cause(level, why, other)
        raise AssertionError(name)

    def _level(self, name: str, levels: Mapping[str, Access]) -> Access:
        """Return the strictest of what a record says and rests on, and of what alone shows it."""

        def of(other: str) -> Access:
            return levels.get(other, Access.PUBLIC)

        rests = max((self.own[name], *map(of, self.rests[name])), key=_rank)
        showing = min(map(of, self.shown_by.get(name, ())), key=_rank, default=Access.PUBLIC)
        return max(rests, showing, key=_rank)


def _says(one: Record | Name | Identifier, case: Case) -> tuple[str, str]:
    """Return by what a record is kept back that is so by itself, and until when."""
    day = one.until or (None if one.access else case.until)
    if day:
        return "is not public until", f"{day}"
    if one.access:
        return "says so itself", ""
    apart = isinstance(one, Record) and one.origin.apart
    return ("is kept apart" if apart else "follows the access of the case"), ""


def _parts(case: Case) -> Iterator[tuple[NamedThing, Name | Identifier]]:
    """Yield the names and identifiers of things, which have an access of their own."""
    for thing in case.things:
        if isinstance(thing, NamedThing):
            yield from ((thing, name) for name in thing.names)
            yield from ((thing, identifier) for identifier in thing.identifiers)


def _rank(access: Access) -> int:
    return access.rank


def all_records(case: Case) -> Iterator[Record]:
    """Yield the records that may be kept back by themselves, but no claim that the reader made."""
    for record in (*case.records(), *case.former):
        made = isinstance(record, Claim) and record.made
        if not made and not isinstance(record, Case | Passage):
            yield record


def _stands_alone(record: Record) -> bool:
    """Return whether the default of the case counts for a record, which is part of no other."""
    if isinstance(record, Statement):
        return bool(record.origin.path) and record.origin.path[-1][0] == "statement"
    remarks = Judgement | NameResolution | Note | FormerId | FigureRule
    alone = isinstance(record, Source | Thing | remarks)
    return alone and not isinstance(record, Clause)


def _rests_on(record: Record) -> Iterator[str]:
    """Yield the ids of what a record cannot be seen without."""
    yield from (name for key, name in _named(record) if key not in LINKS)
    if isinstance(record, Verdict):
        yield record.id.removesuffix(".verdict")


def _shown(record: Record) -> Iterator[tuple[str, str]]:
    """Yield what a record tells of, with the record that is seen if that is told.

    A statement is told of by its claims, or by those that name it; a thing by statements that name
    it, claims that it makes, sources that mention it or that it wrote, and things that name it.
    """
    if isinstance(record, Claim):
        yield record.statement, record.id
        yield record.voice, record.id
    elif isinstance(record, Statement | Source | Thing):
        for key, name in _named(record):
            if key == "mentioned":
                yield record.id, name
            elif key in _SHOWING:
                yield name, record.id


def _named(record: Record) -> Iterator[tuple[str, str]]:
    """Yield what a record names, with the field; of a sentence the source."""
    for spec in specs(type(record)):
        if spec.form.refers:
            value = getattr(record, spec.name)
            for name in value if spec.many else (value,):
                if name:
                    yield spec.name, name.source if spec.form is Form.PASSAGE else name
    if isinstance(record, Statement) and record.object:
        yield "object", record.object
