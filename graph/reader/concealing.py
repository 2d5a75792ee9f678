"""What a public reading tells of somebody whose name is withheld: less, and less precisely.

It tells of them where a statement names them, and where nobody else asserts what they say: who was
there knows the day and the place.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from ..model import (
    AFFIRMING,
    ASSERTING,
    DENYING,
    Actor,
    Agreement,
    Clause,
    Event,
    NamedThing,
    Question,
    Statement,
)
from ..model.releases import counting
from ..model.things import Located
from ..model.withholding import WITHHELD, Telling, coarser
from . import fields

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ..model import Case, Claim, Origin
    from .context import Context

_WITHIN = "within"
_SEATS = ("locatedIn", _WITHIN)
"""What is so in a place, is so in what that is within."""
_LARGE = {"province": ("province", "country"), "country": ("country",)}
"""The kinds of places that are told, by how closely places are."""
_DATED = ("when", "begins", "ends")


@dataclass(frozen=True)
class Concealed:
    """What is told otherwise in public, and what is not told.

    Attributes:
        people: those whose names are withheld, by id.
        statements: how closely those are dated that tell of them, by id.
        values: the values that fields of statements have in public, by id; ``None`` is none.
        named: the statements that name one of them.
        left_out: the records that would tell who it is, or when and where they were.
    """

    people: Mapping[str, Actor] = field(default_factory=dict)
    statements: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    def told(self, statement: str, good: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the keys of a statement as they are told.

        Args:
            statement: its id.
            good: the keys of its entry that are right.
        """
        if statement not in self.statements:
            return good
        values = self.values[statement]
        kept = {key: values.get(key, one) for key, one in good.items()}
        kept = {key: one for key, one in kept.items() if one is not None}
        return self.dated(statement, kept)

    def dated(self, statement: str, keys: Mapping[str, Any]) -> dict[str, Any]:
        """Return the keys of a statement with its dates as closely as they are told.

        What was so throughout a day was so sometime in its month.
        """
        dates = self.statements.get(statement, "day")
        found = {**keys, **{key: coarser(keys[key], dates) for key in _DATED if keys.get(key)}}
        if any(found.get(key) != keys.get(key) for key in _DATED):
            found["coverage"] = "sometime"
            found |= {"when_text": ""} if "when_text" in keys else {}  # it may tell the day
        if dates == "none":
            empty = {"when_basis": "", "when_passages": ()}
            found |= {key: one for key, one in empty.items() if key in keys}
        return found

    def ends(self, statement: str) -> dict[str, str | None]:
        """Return the other subject or object that a statement has in public."""
        values = self.values.get(statement, {})
        return {key: values[key] for key in ("subject", "object") if key in values}

    def of(self, case: Case) -> Case:
        """Return a case whose statements name what they do in public."""
        return replace(case, statements=tuple(map(self._ends_of, case.statements)))

    def _ends_of(self, one: Statement) -> Statement:
        values = self.values.get(one.id, {})
        ends: dict[str, Any] = {key: values[key] or "" for key in _ENDS if key in values}
        return replace(one, **ends) if ends else one

    def nameless(self, thing: NamedThing) -> NamedThing:
        """Return a thing without what tells who it is, if its name is withheld."""
        known = self.people.get(thing.id)
        if known is None:
            return thing
        values: dict[str, Any] = {
            **dict.fromkeys(("names", "identifiers", "matches", "coordinates_passages"), ()),
            **dict.fromkeys(("note", "other", "gazetteer", "gazetteer_url"), ""),
            **dict.fromkeys(("latitude", "longitude", "uncertainty_m")),
            "kinds": tuple(kind for kind in thing.kinds if kind != "other"),
            "label": known.withheld.label or thing.id,
        }
        return replace(thing, **values)

    def speechless(self, claim: Claim) -> Claim:
        """Return a claim without the editor's remark, if it tells of somebody who is withheld."""
        told = claim.voice in self.people or claim.statement in self.statements
        return replace(claim, note="") if told else claim


_ENDS = ("subject", "object", "place", "channel")
"""The fields of a statement that name things."""
NOBODY = Concealed()


def telling(
    good: Mapping[str, Any], more: Collection[str], origin: Origin, ctx: Context
) -> Telling:
    """Return what the table ``withheld`` of an entry says.

    Args:
        good: the keys of the entry that are right.
        more: the keys that the table may have here beside those of every entry.
        origin: where the entry was authored.
        ctx: the schemas, and the report.
    """
    if "withheld" not in good:
        return Telling()
    here = origin._replace(path=(*origin.path, ("withheld", 0)))
    known = {key: ctx.schemas.withheld[key] for key in ("dates", "places", "channel", *more)}
    return Telling(**fields.checked(good["withheld"], known, here, ctx.report, "withheld"))


def concealed(case: Case, closed: Collection[str]) -> Concealed:
    """Return what of a case is told otherwise in public.

    Args:
        case: all records, read whole.
        closed: ids of those that are not public.
    """
    people = {
        one.id: one
        for one in case.things
        if isinstance(one, Actor) and one.identity == WITHHELD and one.id not in closed
    }
    if not people or case.withheld.ids == "written":
        return NOBODY
    return _Concealing(case, closed, people).found()


class _Concealing:
    """Finds what tells of people, and how closely that may be told."""

    def __init__(self, case: Case, closed: Collection[str], people: Mapping[str, Actor]) -> None:
        self.case, self.closed, self.people = case, closed, people
        self.things = {one.id: one for one in case.things}
        self.above: dict[str, list[str]] = defaultdict(list)
        for one in case.statements:
            if one.predicate == _WITHIN and one.id not in closed and self._agreed(one):
                self.above[one.subject].append(one.object or "")
        self.statements: dict[str, str] = {}
        self.values: dict[str, Mapping[str, str | None]] = {}
        self.left_out: set[str] = set()

    def found(self) -> Concealed:
        tell = {one.id: self._people_of(one) for one in self.case.statements}
        self._join_parts(tell)
        named = set()
        for one in self.case.statements:
            if one.id in self.closed or not tell[one.id]:
                continue
            names = bool(self._named_in(one))
            if names:
                named.add(one.id)
            self._tell(one, self._telling(one, tell[one.id]), by_name=names)
        self.left_out.update(self._about_them(), self._of_the_past(tell))
        return Concealed(
            self.people, self.statements, self.values, frozenset(named), frozenset(self.left_out)
        )

    def _of_the_past(self, tell: Mapping[str, set[str]]) -> Iterator[str]:
        """Yield the claims that a release dropped and that tell of them, or are theirs.

        How many fit what is told of somebody is counted in what is told now.
        """
        for one in self.case.statements:
            for claim in one.claims:
                if claim.known_until and (tell[one.id] or claim.voice in self.people):
                    yield claim.id

    def _join_parts(self, tell: dict[str, set[str]]) -> None:
        """Let what is dated together tell of the same people: a whole, and parts without claims."""
        unclaimed = {one.id for one in self.case.statements if not one.claims}
        before: dict[str, set[str]] = {}
        while before != tell:
            before = dict(tell)
            for whole in self.case.statements:
                together = unclaimed.intersection((*whole.condition, *whole.one_of)) | {whole.id}
                people = set().union(*(tell[one] for one in together))
                tell |= dict.fromkeys(together, people)

    def _agreed(self, statement: Statement) -> bool:
        stances = {one.stance for one in statement.claims if one.id not in self.closed}
        return not stances.isdisjoint(AFFIRMING) and stances.isdisjoint(DENYING)

    def _named_in(self, one: Statement) -> set[str]:
        ends = {one.subject, one.object or "", one.channel}
        return ends & self.people.keys()

    def _people_of(self, statement: Statement) -> set[str]:
        """Return the people of whom a statement tells: all whom it names, and its only witnesses.

        Who passes it on, doubts or denies it is none.
        """
        known = counting(statement.claims)
        claims = [one for one in known if not one.made and one.id not in self.closed]
        theirs = {one.voice for one in claims} & self.people.keys()
        others = any(one.stance in ASSERTING for one in claims if one.voice not in theirs)
        return self._named_in(statement) | (set() if others else theirs)

    def _telling(self, statement: Statement, people: set[str]) -> Telling:
        by_them = [self.people[one].withheld.or_as(self.case.withheld) for one in sorted(people)]
        return statement.withheld.or_as(reduce(Telling.stricter, by_them))

    def _tell(self, one: Statement, telling: Telling, *, by_name: bool) -> None:
        """Note how a statement is told."""
        whole = (telling.dates, telling.places) == ("day", "written")
        told_elsewhere = {one.subject, one.object, one.under}
        dated = (self.things.get(name or "") for name in told_elsewhere)
        if by_name and not whole and any(isinstance(x, Event | Agreement | Clause) for x in dated):
            self.left_out.add(one.id)
            return
        values: dict[str, str | None] = {"note": None}
        if telling.dates != "day":
            values["counted_on"] = None
        if one.channel and not telling.channel:
            values["channel"] = None
        if one.place:
            values["place"] = self._wider(one.place, telling.places)
        for end in ("subject", "object") if by_name else ():
            name = getattr(one, end)
            if "Place" in getattr(self.things.get(name), "classes", ()):
                wide = self._wider(name, telling.places)
                if wide is None or (wide != name and one.predicate not in _SEATS):
                    self.left_out.add(one.id)
                values[end] = wide
        self.statements[one.id] = telling.dates
        self.values[one.id] = values

    def _wider(self, place: str, places: str) -> str | None:
        """Return the nearest place that is wide enough and has this one within it."""
        if places == "written":
            return place
        near, seen = [place], {place}
        while near and places != "none":
            for name in near:
                kinds = getattr(self.things.get(name), "kinds", ())
                if not set(_LARGE[places]).isdisjoint(kinds) and name not in self.closed:
                    return name
            near = sorted({up for name in near for up in self.above[name]} - seen)
            seen.update(near)
        return None

    def _about_them(self) -> Iterator[str]:
        """Yield what is about people and about nothing else that is told."""
        gone = self.people.keys() | self.left_out
        remarked = gone | self.statements.keys()
        for judged in self.case.judgements:
            if not self.people.keys().isdisjoint(judged.things):
                yield judged.id
        yield from (one.id for one in self.case.resolutions if one.thing in self.people)
        for rule in self.case.figure_rules:
            if not remarked.isdisjoint(rule.on):
                yield rule.id
        yield from (one.id for one in self.case.notes if not remarked.isdisjoint(one.on))
        for thing in self.case.things:
            if isinstance(thing, Question) and not gone.isdisjoint(thing.about):
                yield thing.id


def without_point(good: Mapping[str, Any], closed: Collection[str]) -> Mapping[str, Any]:
    """Return the keys of a thing, without where it lies if a closed source says so.

    Args:
        good: the keys of its entry that are right.
        closed: ids of what is left out.
    """
    cited = good.get("coordinates_passages", ())
    if not any(one.partition("#")[0] in closed for one in cited):
        return good
    return {key: one for key, one in good.items() if key not in Located.LOCATION}
