"""A source from its file: what it is, and where its sentences stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors.counting import counted
from ..model import Bounds, Passage, Source
from ..model.bounds import bounds_of
from . import fields
from .schemas import LISTED_SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..model import Origin
    from .problems import ProblemReport


GROUP = "0."
"""How numbers begin of several rows of a table put together; they may lie in each other."""


def source(slug: str, origin: Origin, good: Mapping[str, Any], report: ProblemReport) -> Source:
    """Return a source with its passages.

    Args:
        slug: its id.
        origin: its file.
        good: the keys of the file that are right.
        report: takes what is wrong with its sentences.
    """
    return Source(
        **{
            "title": slug,
            **fields.values(Source, good),
            **_bounds(good.get("date", ""))._asdict(),
        },
        id=slug,
        passages=tuple(_passages(slug, good, origin, report)),
        reread=tuple(good.get("reread", ())),
        origin=origin,
    )


def _bounds(when: str) -> Bounds:
    if not when:
        return Bounds()
    return bounds_of(when, "", "", aspect="act", throughout=False, written=Bounds())


def _passages(
    source: str, good: Mapping[str, Any], origin: Origin, report: ProblemReport
) -> Iterator[Passage]:
    rows = good.get("sentences", [])
    if not isinstance(rows, list):
        report(origin, "sentences", "is no list; write one [number, start, end, sha256] a sentence")
        return
    listed = {key: frozenset(good.get(key, ())) for key in LISTED_SENTENCES}
    seen: set[str] = set()
    before, length = 0, good.get("characters")
    for index, row in enumerate(rows):
        wrong = _wrong_row(row, seen) or _misplaced(row, before, length)
        if wrong:
            here = origin._replace(path=(*origin.path, ("sentences", index)))
            report(here, "sentences", wrong)
            continue
        number, start, end, digest, *told = row
        seen.add(number)
        before = before if number.startswith(GROUP) else end
        yield Passage(
            id=f"{source}.{number}",
            source=source,
            sentence=number,
            start=start,
            end=end,
            sha256=digest,
            boilerplate=number in listed["boilerplate"] or None,
            nothing=number in listed["nothing"] or None,
            **dict(zip(("values", "rows"), told, strict=False)),
            origin=origin,
        )
    for key, numbers in (*listed.items(), ("reread", {*good.get("reread", ())})):
        for number in sorted(numbers - seen):
            report(origin, key, f'"{number}" is no sentence of this source')
    for number in sorted(frozenset.intersection(*listed.values())):
        report(origin, "nothing", f'"{number}" is boilerplate already; leave it in one list')


def _misplaced(row: list[Any], before: int, length: int | None) -> str | None:
    number, start, end = row[:3]
    if start < before and not number.startswith(GROUP):
        return f"sentence {number} begins at {start}, before the one above ends, at {before}"
    if length is not None and end > length:
        return f"sentence {number} ends at {end}, but the text has {counted(length, 'character')}"
    return None


def _wrong_row(row: object, seen: set[str]) -> str | None:
    if not isinstance(row, list) or not 4 <= len(row) <= 6:
        return "each sentence is [number, start, end, sha256], of a table with values and rows"
    number, start, end, digest, *told = row
    if not isinstance(number, str) or not fields.PASSAGE.fullmatch(f"x#{number}"):
        return f'"{number}" is no number of a sentence; write PARAGRAPH.SENTENCE, as in "24.3"'
    if number in seen:
        return f"sentence {number} stands twice"
    if fields.whole_number(start) or fields.whole_number(end) or start >= end:
        return f"sentence {number}: offsets {start} to {end} are no range; start comes before end"
    if any(not isinstance(one, str) for one in told):
        return f"sentence {number}: what stands behind its fingerprint is no text"
    wrong = fields.sha256(digest)
    return f"sentence {number}: {wrong}" if wrong else None
