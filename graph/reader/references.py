"""Checks across files: ids that are used twice, and references that lead nowhere."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from ..errors import suggestion
from ..model import (
    UNATTRIBUTED,
    UNKNOWN,
    Agreement,
    Case,
    Claim,
    Event,
    Form,
    Judgement,
    Origin,
    Passage,
    Statement,
    Verdict,
    specs,
)
from ..model.things import TAKE_PLACE
from .problems import ProblemReport

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ..model import FieldSpec
    from ..model.vocabulary import Vocabulary
    from .context import Context

UNCLAIMED = 'the key "claims" is missing'
"""What is told of a statement that nobody makes and no other names."""
_RESERVED = {
    UNKNOWN: "what the sources do not give",
    UNATTRIBUTED: "the voice of hearsay",
}
FACT_OF: Mapping[type, str] = {Event: "occurred", Agreement: "concluded"}
"""The table of a thing's file that says that it took place."""
_OF_THINGS = (Form.ID, Form.ID_OR_CLAUSE, Form.CLAUSE_ID)


def check_references(
    case: Case,
    vocabulary: Vocabulary,
    report: ProblemReport,
    default_voices: Iterable[tuple[Origin, str]] = (),
    excused: Collection[str] = (),
) -> None:
    """Report ids used twice and references to what does not exist.

    Args:
        case: all records of the case.
        vocabulary: tells which predicates take a thing and which a kind.
        report: takes the problems.
        default_voices: the voices that files have as a default, with the place; what is wrong with
            them is told there alone.
        excused: ids of files that could not be parsed; references to them are not told.
    """
    known = _ids(case, report) - {one.id for one in case.former} | set(excused)
    for origin, voice in default_voices:
        if voice not in known and voice != UNATTRIBUTED:
            _missing(voice, known, origin, "voice", "actor or document", report)
    known = known | {voice for _, voice in default_voices}  # messages hint from the one before
    things = {thing.id for thing in case.things} | set(excused)
    statements = {one.id for one in case.statements} | set(excused)
    for record in (*case.records(), *case.former):
        if isinstance(record, Statement):
            _check_ends(record, things, vocabulary, report)
        elif isinstance(record, Judgement):
            for thing in record.things:
                _check(thing, things, record.origin, "things", "thing", report)
        own: type = type(record)
        for field in _referring(own):
            value = getattr(record, field.name)
            for name in value if field.many else (value,):
                if name and name != UNKNOWN and not name.startswith(f"{UNATTRIBUTED}/"):
                    among = known if field.form is Form.ANY_ID else things
                    among = statements if field.refers == "statements" else among
                    _check(name, among, record.origin, field.key, field.what, report)


@cache
def _referring(record: type) -> tuple[FieldSpec, ...]:
    """Return the authored fields of a class of records that refer to others."""
    forms = (*_OF_THINGS, Form.ANY_ID)
    return tuple(one for one in specs(record) if one.form in forms and one.key)


def check_broken(case: Case, ctx: Context, excused: Collection[str]) -> None:
    """Report what does not exist and is named in a statement that cannot be made.

    So a wrong predicate and a wrong name beside it are told at once.

    Args:
        case: all records of the case.
        ctx: has these statements, the words and the report.
        excused: see ``check_references``.
    """
    if not ctx.broken:
        return
    known = {*_ids(case, ProblemReport()), *excused} - {one.id for one in case.former}
    things = {thing.id for thing in case.things} | {*excused, UNKNOWN}
    kinds = frozenset().union(*ctx.vocabulary.kinds.values())
    for origin, good in ctx.broken:
        keys = [one.key for one in specs(Statement) if one.form in _OF_THINGS and one.key]
        ends = good.get("object"), ctx.vocabulary.predicates.get(good.get("predicate", ""))
        if ends[0] not in kinds and (ends[1] is None or ends[1].takes == "thing"):
            keys.append("object")
        for key in keys:
            for name in good.get(key, ()) if isinstance(good.get(key), list) else [good.get(key)]:
                if name is not None:
                    _check(str(name), things, origin, key, "thing", ctx.report)
        for index, claim in enumerate(good.get("claims", ())):
            if isinstance(voice := claim.get("voice"), str) and voice != UNATTRIBUTED:
                here = origin._replace(path=(*origin.path, ("claims", index)))
                _check(voice, known, here, "voice", "actor or document", ctx.report)


def check_claimed(case: Case, unclaimed: Mapping[str, Origin], report: ProblemReport) -> None:
    """Report statements without claims, unless they are a condition or one of some alternatives.

    Args:
        case: all records of the case.
        unclaimed: where the statements without claims stand, by their ids.
        report: takes the problems.
    """
    named = {name for one in case.statements for name in (*one.condition, *one.one_of)}
    for name, origin in unclaimed.items():
        if name not in named:
            report(origin, "", UNCLAIMED)


def check_facts(case: Case, left: Collection[str], report: ProblemReport) -> None:
    """Report events and agreements of which nothing says that they took place.

    Mostly a table of their own file says so; what is imported says it among its statements.

    Args:
        case: all records of the case.
        left: ids of what is left out, or could not be made.
        report: takes the problems.
    """
    told = {one.subject for one in case.statements if one.predicate in TAKE_PLACE}
    for thing in case.things:
        fact = FACT_OF.get(type(thing))
        if fact and thing.id not in told and f"{thing.id}.{fact}" not in left:
            report(thing.origin, "", f'the key "{fact}" is missing')


def check_grounds(case: Case, report: ProblemReport) -> None:
    """Report inferences of one voice that rest on themselves, at once or round a circle.

    Args:
        case: all records of the case.
        report: takes the problems.
    """
    rests: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    first: dict[tuple[str, str], Origin] = {}
    for claim in (claim for one in case.statements for claim in one.claims):
        for ground in claim.grounds:
            rests[claim.voice][claim.statement].add(ground)
            first.setdefault((claim.voice, claim.statement), claim.origin)
    for voice, inferred in rests.items():
        for together in _circles(inferred):
            name = min(together)
            listed = "" if len(together) == 1 else f", by {', '.join(sorted(together - {name}))}"
            message = f"{name} rests on itself{listed}; name what else {voice} infers it from"
            report(first[voice, name], "grounds", message)


def _circles(rests: Mapping[str, Collection[str]]) -> list[set[str]]:
    """Return what rests on itself, each circle with all that belong to it; mostly there is none."""
    try:
        TopologicalSorter(rests).prepare()
    except CycleError:
        import networkx as nx  # takes longer to import than most cases to read

        whole = nx.DiGraph([(one, ground) for one, grounds in rests.items() for ground in grounds])
        parts: Iterable[set[str]] = nx.strongly_connected_components(whole)
        return [part for part in parts if len(part) > 1 or whole.has_edge(*part, *part)]
    return []


def check_other(case: Case, report: ProblemReport) -> None:
    """Report what is of the kind ``other`` without saying what it is, and the reverse.

    Args:
        case: all records of the case.
        report: takes the problems.
    """
    for record in case.records():
        if not hasattr(record, "other"):
            continue
        kinds = (*getattr(record, "kinds", ()), *getattr(record, "topic", ()))
        if isinstance(record, Statement):
            kinds = (record.object, record.predicate)
        named = not {"other", "otherRole"}.isdisjoint(kinds)
        if named and not record.other:
            report(record.origin, "", 'is of the kind other; say in other = "..." what it is')
        elif record.other and not named:
            report(record.origin, "other", 'stands only beside the kind "other" or "otherRole"')


def _ids(case: Case, report: ProblemReport) -> set[str]:
    """Return all ids of the case; report those that two records share."""
    first: dict[str, Origin] = {}
    alike: dict[str, list[Statement]] = defaultdict(list)
    for one in case.statements:
        alike[one.id].append(one)
    for name, origin in _all_ids(case):
        if name in first and any(map(_unnamed, alike[name])):
            continue
        if name in first and first[name] != origin:
            where = first[name]
            report(
                origin, "id", f'the id "{name}" is taken already, in {where.file}; choose another'
            )
        elif name in first:
            report(
                origin, "id", f'the id "{name}" is used twice in this entry; give one its own id'
            )
        elif name in _RESERVED:
            report(origin, "id", f'"{name}" is reserved for {_RESERVED[name]}')
        first.setdefault(name, origin)
    for found in alike.values():
        _check_made(found, report)
    return set(first)


def _unnamed(statement: Statement) -> bool:
    """Return whether a statement of a file of statements has an id that the reader made."""
    return "." in statement.id and statement.origin.path[-1][0] == "statement"


def _check_made(alike: Sequence[Statement], report: ProblemReport) -> None:
    """Report, at each place, statements of the same three parts, of which one needs an id."""
    for one in alike:
        others = [f"in {other.origin.file}" for other in alike if other is not one]
        if not others or not _unnamed(one):
            continue
        where = " and ".join(dict.fromkeys(others)).replace(f"in {one.origin.file}", "in this file")
        apart = one.when or one.scope or "2"
        free = re.sub("[^a-z0-9]+", "-", f"{one.id} {apart}".lower()).strip("-")
        wrong = f'a statement {where} has the same three parts, so "{one.id}" is the id of both'
        report(one.origin, "", f'{wrong}; give one an id: id = "{free}"')


def _all_ids(case: Case) -> Iterator[tuple[str, Origin]]:
    seen: set[str] = set()
    repeated = False
    for record in case.records():
        if isinstance(record, Statement):
            repeated = record.id in seen
            seen.add(record.id)
        elif isinstance(record, Case | Passage | Verdict):
            continue
        elif isinstance(record, Claim) and repeated:
            continue  # its id is taken for the same reason as that of its statement
        yield record.id, record.origin
    for given_up in case.former:
        yield given_up.id, given_up.origin


def _check_ends(
    statement: Statement, things: set[str], vocabulary: Vocabulary, report: ProblemReport
) -> None:
    origin = statement.origin
    role = origin.path[-1][0] if origin.path else ""
    object_key = {"role": "actor", "clause": "obligor"}.get(role, "object")
    predicate = vocabulary.predicates[statement.predicate]
    if predicate.takes == "thing" and statement.object not in (None, UNKNOWN):
        _check(statement.object or "", things, origin, object_key, "thing", report)
    if statement.subject == statement.object == UNKNOWN:
        report(origin, "subject", "subject and object are both unknown; state at least one")


def _check(
    name: str, known: set[str], origin: Origin, key: str, what: str, report: ProblemReport
) -> None:
    if name not in known:
        _missing(name, known, origin, key, what, report)


def _missing(
    name: str, known: set[str], origin: Origin, key: str, what: str, report: ProblemReport
) -> None:
    report(
        origin,
        key,
        lambda: f'there is no {what} "{name}" in this case{suggestion(name, known)}',
    )
