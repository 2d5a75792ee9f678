"""Checks across files: ids that are used twice, and references that lead nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import suggestion
from ..model import UNKNOWN, Origin

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ..model import Case, Statement, Thing
    from ..vocabulary import Vocabulary
    from .problems import Report


def check_references(
    case: Case, vocabulary: Vocabulary, report: Report, excused: Collection[str] = ()
) -> None:
    """Report ids used twice and references to what does not exist.

    Args:
        case: all records of the case.
        vocabulary: tells which predicates take a thing and which a kind.
        report: takes the problems.
        excused: ids of files that could not be parsed; references to them are not told.
    """
    known = _ids(case, report) | set(excused)
    things = {thing.id for thing in case.things} | set(excused)
    if case.editor and case.editor not in things:
        _missing(case.editor, things, Origin("case.toml", (), case.id), "editor", "actor", report)
    for source in case.sources:
        for author in source.authors:
            _check(author, things, source.origin, "authors", "actor", report)
    for thing in case.things:
        _check_thing(thing, things, known, report)
    for statement in case.statements:
        _check_statement(statement, things, vocabulary, report)
    for judgement in case.judgements:
        for thing_id in judgement.things:
            _check(thing_id, things, judgement.origin, "things", "thing", report)
    for resolution in case.resolutions:
        _check(resolution.thing, things, resolution.origin, "thing", "thing", report)
    for note in case.notes:
        for target in note.on:
            _check(target, known, note.origin, "on", "thing or statement", report)


def _ids(case: Case, report: Report) -> set[str]:
    """Return all ids of the case; report those that two records share."""
    first: dict[str, Origin] = {}
    for name, origin in _all_ids(case):
        if name in first and first[name] != origin:
            where = first[name]
            report(
                origin, "id", f'the id "{name}" is taken already, in {where.file}; choose another'
            )
        elif name in first:
            report(
                origin, "id", f'the id "{name}" is used twice in this entry; give one its own id'
            )
        elif name == UNKNOWN:
            report(origin, "id", f'"{UNKNOWN}" is reserved for what the sources do not give')
        first.setdefault(name, origin)
    return set(first)


def _all_ids(case: Case) -> Iterator[tuple[str, Origin]]:
    for source in case.sources:
        yield source.id, source.origin
    for thing in case.things:
        yield thing.id, thing.origin
    told: set[str] = set()
    for statement in case.statements:
        yield statement.id, statement.origin
        if statement.id not in told:  # else the ids of its claims are taken for the same reason
            told.add(statement.id)
            for claim in statement.claims:
                yield claim.id, claim.origin
    for judgement in case.judgements:
        yield judgement.id, judgement.origin
    for resolution in case.resolutions:
        yield resolution.id, resolution.origin
    for note in case.notes:
        yield note.id, note.origin


def _check_thing(thing: Thing, things: set[str], known: set[str], report: Report) -> None:
    if thing.process:
        _check(thing.process, things, thing.origin, "process", "talks process", report)
    if thing.replaces:
        _check(thing.replaces, things, thing.origin, "replaces", "agreement or clause", report)
    for target in thing.about:
        _check(target, known, thing.origin, "about", "thing or statement", report)
    for target in thing.instances:
        _check(target, known, thing.origin, "instances", "thing or statement", report)


def _check_statement(
    statement: Statement, things: set[str], vocabulary: Vocabulary, report: Report
) -> None:
    origin = statement.origin
    role = origin.path[-1][0] if origin.path else ""
    object_key = {"role": "actor", "clause": "obligor"}.get(role, "object")
    if statement.subject != UNKNOWN:
        _check(statement.subject, things, origin, "subject", "thing", report)
    predicate = vocabulary.predicates[statement.predicate]
    if predicate.takes == "thing" and statement.object not in (None, UNKNOWN):
        _check(statement.object or "", things, origin, object_key, "thing", report)
    if statement.subject == statement.object == UNKNOWN:
        report(origin, "subject", "subject and object are both unknown; state at least one")
    for key, target in (
        ("place", statement.place),
        ("via", statement.via),
        ("under", statement.under),
    ):
        if target:
            _check(target, things, origin, key, "thing", report)
    for target in statement.answers:
        _check(target, things, origin, "answers", "question", report)
    for claim in statement.claims:
        _check(claim.voice, things, claim.origin, "voice", "actor", report)


def _check(name: str, known: set[str], origin: Origin, key: str, what: str, report: Report) -> None:
    if name not in known:
        _missing(name, known, origin, key, what, report)


def _missing(
    name: str, known: set[str], origin: Origin, key: str, what: str, report: Report
) -> None:
    report(
        origin,
        key,
        lambda: f'there is no {what} "{name}" in this case{suggestion(name, known)}',
    )
