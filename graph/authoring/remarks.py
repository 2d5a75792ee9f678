"""Editors' own entries: notes, judgements whether things are one, and what a name means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..model.sameness import IN_A_LIST, SAME
from . import blocks
from .authored import sorts_of
from .claims import only_source, which_source
from .faults import Faults
from .slugs import free, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .authored import Authored
    from .editing import Edit
    from .things import Details

REMARKS = {
    "note": "notes.toml",
    "judgement": "identity.toml",
    "resolution": "identity.toml",
    "rule": "figures.toml",
}
"""What editors write of themselves, and the file that has it."""
_LONGEST_ID = 60


def put_remark(
    edit: Edit, case: Authored, sort: str, words: tuple[str, str], more: Details
) -> tuple[str, str, str]:
    """Add a note, a judgement, a resolution of a name or a rule for figures to a case.

    Args:
        edit: the change of the case.
        case: the case's files.
        sort: one of ``REMARKS``.
        words: the text of a note; two things that are judged, of
            which the second may be LIST:ID; a thing and a name that means it; a rule, and with
            commas between them the voices that it prefers.
        more: what it is on, its passages, judgement, certainty and reason, who judged and when; of
            a rule the predicates and kinds that it is for, and what it waits for.

    Returns:
        The file, the id of the entry, and what was written.

    Raises:
        UsageError: something is missing or cannot be found; all of it is told.
    """
    faults = Faults()
    passages = [faults.attempt(_cited, part, case)
                for one in more.passages for part in one.split(",") if part]  # fmt: skip
    if not passages and sort not in ("judgement", "rule"):
        faults.append("on what does it rest? give --passage SOURCE#SENTENCE; it may be repeated")
    if sort == "note":
        keys, begin = _note(words, more, case, faults)
    elif sort == "rule":
        keys, begin = _rule(words, more, case, faults)
    else:
        keys, begin = _judged(sort, words, more, case, faults)
    faults.refuse()
    taken = case.taken()
    if more.id in taken:
        raise UsageError(f'--id: "{more.id}" is taken')
    own = more.id or free(slug_of(begin.replace(".", "-"), _LONGEST_ID), taken)
    block = blocks.table({"id": own, **keys, "passages": passages}, f"[[{sort}]]")
    edit.append(REMARKS[sort], block)
    return REMARKS[sort], own, block


def _note(
    words: tuple[str, str], more: Details, case: Authored, faults: Faults
) -> tuple[dict[str, Any], str]:
    text, surplus = words
    if surplus:
        faults.append(f'"{surplus}" is one word too many; put the text of the note in quotes')
    if not more.on:
        faults.append("on what is the note? give --on with the id of a thing or a statement")
    on = [_of_any(one, case, faults) for one in more.on]
    return {"on": on, "text": text}, f"note-{on[0] if on else ''}"


def _judged(
    sort: str, words: tuple[str, str], more: Details, case: Authored, faults: Faults
) -> tuple[dict[str, Any], str]:
    first, second = words
    if not second:
        of_two = "which other thing? write both behind the word: judgement A B"
        faults.append(of_two if sort == "judgement" else "which name? write it behind the thing")
    if not more.reason:
        faults.append("why? give --reason, in your own words")
    stand: dict[str, Any] = {"certainty": more.certainty or "probable", "reason": more.reason}
    thing = faults.attempt(case.resolve, first) or ""
    if sort == "resolution":
        return {"thing": thing, "names": [second], **stand}, f"{thing}-called-{slug_of(second)}"
    if not more.judgement:
        faults.append("are they one? give --same, --different or --unsure")
    listed = IN_A_LIST.fullmatch(second) is not None
    other = second if listed else (faults.attempt(case.resolve, second) if second else "") or ""
    if listed and thing and more.judgement == SAME:
        faults.extend(_unlike(case, thing, other))
    sides = {"things": [thing], "outside": other} if listed else {"things": [thing, other]}
    judge = (faults.attempt(case.resolve, more.judge) if more.judge else "") or ""
    stand |= {"judge": judge, "date": more.decided, "proposed_by": more.proposed_by,
              "score": more.score}  # fmt: skip
    return {**sides, "judgement": more.judgement, **stand}, f"{thing}-and-{slug_of(other)}"


def _unlike(case: Authored, thing: str, other: str) -> Iterator[str]:
    """Yield why a thing is not what stands in a case beside this one, if that is at hand."""
    name, _, there = other.partition(":")
    beside = case.folder.resolve().parent / name
    one, second = sorts_of(case.folder, thing), sorts_of(beside, there)
    if one and second and one.isdisjoint(second):
        where = f"{thing} is in {min(one)}/, and {there} in {min(second)}/ of {name}"
        yield f"{where}: two sorts of things are never one"


def _rule(
    words: tuple[str, str], more: Details, case: Authored, faults: Faults
) -> tuple[dict[str, Any], str]:
    kind, voices = words
    if not more.reason:
        faults.append("why? give --reason, in your own words")
    if not more.judge:
        faults.append("who decides? give --by ACTOR, an actor of the case")
    judge = (faults.attempt(case.resolve, more.judge) if more.judge else "") or ""
    order = [_of_any(one.strip(), case, faults) for one in voices.split(",") if one.strip()]
    on = [_of_any(one, case, faults) for one in more.on]
    keys = {
        "rule": kind,
        "order": order,
        "predicates": list(more.predicates),
        "counts_kind": list(more.kinds),
        "on": on,
        "reason": more.reason,
        "awaits": more.awaits,
        "judge": judge,
        "date": more.decided,
    }
    return keys, "-".join([kind, *order[:1], *on[:1], *map(slug_of, more.predicates[:1])])


def _of_any(text: str, case: Authored, faults: Faults) -> str:
    """Return the id of a thing or statement; whether there is one is checked with the case."""
    known = text in case.taken() or "." in text
    return text if known else faults.attempt(case.resolve, text) or ""


def _cited(part: str, case: Authored) -> str:
    part = part.strip()
    if "#" in part:
        return part
    if not (source := only_source(case)):
        raise which_source(case)
    return f"{source}#{part}"
