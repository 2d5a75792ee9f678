"""What is not public of a case, for its messages: what they may not tell, and what is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..model import Access, NamedThing, Statement, Thing
from .access import all_records, hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..model import Case, Origin, Record
    from .problems import ProblemReport

_SHORTEST = 2
"""Shorter names stand in any word."""


def check_access(
    case: Case, report: ProblemReport, unmade: Iterable[tuple[Mapping[str, Any], Origin]] = ()
) -> None:
    """Report what says of itself that it is public, and from when; and an editor nobody may see.

    Args:
        case: the records that could be read.
        report: takes the problems, and what is not to be told in any.
        unmade: the entries of which no record could be made, with the place. What only they tell
            of, where they are closed, is not told either.
    """
    for record in case.records():
        if record.access == Access.PUBLIC and record.until is not None:
            wrong = "says from when it is public, but access is public already; leave one out"
            report(record.origin, "until", wrong)
    if case.k == 0:
        report(case.origin, "k", "is 1 at least: everybody fits what is told of them")
    closed = tuple(_stand_ins(unmade, report))
    found = hidden(replace(case, statements=(*case.statements, *closed)))
    levels = found.levels if found else {}
    kept = levels.keys() | found.concealed.people.keys() | found.concealed.named if found else ()
    for record in all_records(case) if kept else ():
        if record.id in kept:
            report.kept_back.add((record.origin.file, record.origin.path))
            report.kept_words.update(_words(record))
    for source in case.sources:
        if source.id in levels and not source.key and source.passages:
            told = "is not public, but whoever guesses a sentence can confirm it by its fingerprint"
            right = f"hudna source update {source.id} FILE --keyed --key-file KEY"
            report.hint(source.origin, "sentences", f"{told}; take the key of the case: {right}")
    if case.editor in levels:
        wrong = f"{case.editor} is not public, but who edits a case answers for it; name another"
        report(case.origin, "editor", wrong)


def _stand_ins(
    unmade: Iterable[tuple[Mapping[str, Any], Origin]], report: ProblemReport
) -> Iterator[Statement]:
    """Yield what stands for closed entries of which no record could be made: all that they name."""
    for table, origin in unmade:
        place = (origin.file, origin.path)
        unparsed = not origin.path and report.kept_back  # it may hold anything
        if origin.apart or unparsed or place in report.kept_back:
            named = tuple(one.partition("#")[0] for one in _strings(table))
            name = str(table.get("id", "")) or f"{origin.file} {origin.path}"
            yield Statement(
                id=name, condition=named, access=Access.SECRET.value, origin=origin,
            )  # fmt: skip


def _strings(value: object) -> Iterator[str]:
    """Yield all texts in a value of TOML."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _words(record: Record) -> Iterator[str]:
    """Yield the id and the names of a record, case-folded."""
    names = (name.text for name in record.names) if isinstance(record, NamedThing) else ()
    label = record.label if isinstance(record, Thing) else ""
    for word in (record.id, label, *names):
        if len(word) > _SHORTEST:
            yield word.casefold()
