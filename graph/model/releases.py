"""What a release of a data set no longer says: which claims count, and which statements are former.

A claim that a later release drops or changes has a day in ``known_until``; from then on it counts
for nothing. A statement without any other claim is *former*: nobody says it any more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from .fields import specs
from .figures import FigureRule, Preference
from .judgements import FormerId, Judgement, NameResolution, Note
from .statements import Claim, Statement
from .things import Clause

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Set

    from .case import Case
    from .record import Record

    Some = TypeVar("Some", bound=Record)


def counting(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims that count: those of now, or all where none is left.

    A former statement is dated as it was told.

    Args:
        claims: all on a statement.
    """
    return tuple(one for one in claims if one.known_until is None) or tuple(claims)


def made(statement: Statement) -> bool:
    """Return whether somebody still makes a claim on a statement."""
    return any(one.known_until is None for one in statement.claims)


def standing(statements: Iterable[Statement]) -> frozenset[str]:
    """Return the ids of the statements that are of now: those that are claimed or supposed.

    One without such claims is supposed where one of now has it as a condition or an alternative;
    and so is, without any claim, what has a part in an event or a clause that is an alternative.

    Args:
        statements: all of a case.
    """
    known = {one.id: one for one in statements}
    found: set[str] = set()
    new = [one for one in known.values() if made(one)]
    parts: dict[str, list[Statement]] = {}
    for one in known.values():
        if not one.claims:
            parts.setdefault(one.subject, []).append(one)
    while new:
        one = new.pop()
        if one.id in found:
            continue
        found.add(one.id)
        new += [known[name] for name in (*one.condition, *one.one_of) if name in known]
        for name in one.one_of:
            if (other := known.get(name)) is not None:
                new += (*parts.get(other.subject, ()), *parts.get(other.object or "", ()))
    return frozenset(found)


def former(case: Case) -> frozenset[str]:
    """Return the ids of what nobody tells any more: statements, things, and rules on these alone.

    Args:
        case: all its records.
    """
    claims = [claim for one in case.statements for claim in one.claims]
    if all(claim.known_until is None for claim in claims):
        return frozenset()
    kept = standing(case.statements)
    gone = [one for one in case.statements if one.id not in kept]
    dropped = [one for one in claims if one.known_until is not None]
    found = frozenset(one.id for one in gone) | untold(case, [*gone, *dropped])
    return found | {one.id for one in case.figure_rules if is_on(one, found)}


def untold(case: Case, gone: Iterable[Record]) -> frozenset[str]:
    """Return the ids of the things that only some records name, other things, and remarks.

    Args:
        case: all its records; these may be among them, with the verdicts on them.
        gone: the records.
    """
    left = {one.id: one for one in gone}
    things = {one.id: one for one in case.things}
    found = set(_named(*left.values())) & things.keys()
    telling = (case, *case.sources, *case.statements)
    claims = (claim for one in case.statements for claim in one.claims)
    told = [one for one in (*telling, *claims) if one.id not in left]
    found -= set(_named(*told))
    clauses = [one for one in things.values() if isinstance(one, Clause) and one.id not in found]
    return frozenset(found - {one.agreement for one in clauses})


def without(record: Some, gone: Set[str]) -> Some:
    """Return a record without what it names of some records that are no longer told of.

    Args:
        record: any record, which can do without.
        gone: ids of statements and things.
    """
    kept: dict[str, Any] = {}
    for spec in specs(type(record)) if gone else ():
        value = getattr(record, spec.name) if spec.form.refers else ""
        if spec.many and value and not gone.isdisjoint(value):
            kept[spec.name] = tuple(one for one in value if one not in gone)
        elif not spec.many and value in gone:
            kept[spec.name] = ""
    return replace(record, **kept) if kept else record


def is_on(remark: Record, things: Set[str]) -> bool:
    """Return whether an editor's remark is on some things, and falls with them.

    Args:
        remark: a judgement, a name resolution, an id that was given up, a voice that a rule for
            figures prefers; or such a rule or a note, which may be on several records and stays as
            long as one of them does.
        things: their ids.
    """
    if isinstance(remark, Note):
        return bool(remark.on) and things >= {*remark.on}
    if isinstance(remark, FigureRule):
        return bool(remark.on) and things >= {*remark.on}
    is_remark = isinstance(remark, Preference | Judgement | NameResolution | FormerId)
    return is_remark and not things.isdisjoint(_named(remark))


def _named(*records: Record) -> Iterator[str]:
    """Yield the ids that records name."""
    for record in records:
        for spec in specs(type(record)):
            if spec.form.refers:
                value = getattr(record, spec.name)
                yield from map(str, value) if spec.many else (str(value),)
        if isinstance(record, Statement):
            yield record.object or ""
