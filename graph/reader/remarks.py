"""What an editor says beside statements: judgements, resolutions of names, former ids, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ..model import FormerId, Judgement, NameResolution, Note
from ..model.sameness import IN_A_LIST
from . import fields
from .claims import complete, passages_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..model import Origin
    from .context import Context
    from .schemas import Schema

Record = TypeVar("Record", NameResolution, Note)

OUTSIDE = 'is LIST:ID, without blanks, as in "ucdp-actor:118" or "CASE:ID" of another case'
"""What a side of a judgement that is not in the case is written like."""


def judgement(table: Mapping[str, Any], origin: Origin, ctx: Context) -> Judgement | None:
    """Return a judgement whether two things are the same.

    Args:
        table: the entry as TOML has it.
        origin: the file and the entry that the table is from, for messages.
        ctx: what is known of the case as a whole; problems are told to its report.
    """
    good = fields.checked(table, ctx.schemas.judgement, origin, ctx.report)
    if not complete(good, ctx.schemas.judgement):
        return None
    sides = good["things"]
    if len({*sides}) != len(sides) or len(sides) + ("outside" in good) != 2:
        wrong = "a judgement is about two different things; write two ids"
        ctx.report(origin, "things", f'{wrong}, or one and outside = "LIST:ID"')
        return None
    if not IN_A_LIST.fullmatch(good.get("outside", "a:b")):
        ctx.report(origin, "outside", OUTSIDE)
    if ("withdrawn" in good) != ("withdrawn_reason" in good):
        wrong = "the day on which it was withdrawn and the reason belong together; give both"
        ctx.report(origin, "withdrawn" if "withdrawn" in good else "withdrawn_reason", wrong)
    left, right = (*sides, "")[:2]
    return Judgement(
        **fields.values(Judgement, good),
        id=good["id"],
        left=left,
        right=right,
        passages=passages_of(good.get("passages", ()), origin, "passages", ctx),
        origin=origin,
    )


def resolution(table: Mapping[str, Any], origin: Origin, ctx: Context) -> NameResolution | None:
    """Return a decision that several names mean one thing.

    Args:
        table: the entry as TOML has it.
        origin: the file and the entry that the table is from, for messages.
        ctx: what is known of the case as a whole; problems are told to its report.
    """
    return _cited(NameResolution, table, ctx.schemas.resolution, origin, ctx)


def former(table: Mapping[str, Any], origin: Origin, ctx: Context) -> FormerId | None:
    """Return an id that was given up, judged by the editor where a reason is given.

    Args:
        table: the entry as TOML has it.
        origin: the file and the entry that the table is from, for messages.
        ctx: what is known of the case as a whole; problems are told to its report.
    """
    good = fields.checked(table, ctx.schemas.former, origin, ctx.report)
    if len(good.keys() & {"now", "withdrawn"}) != 1 and "id" in good:
        wrong = "has now, the id in its place, or withdrawn, the day from which nothing is there"
        ctx.report(origin, "now", f"{wrong}; give one of them")
    if "withdrawn" in good and "passages" in good:
        ctx.report(origin, "passages", "what was withdrawn rests on nothing any more; leave it out")
    if "withdrawn" in good and "reason" not in good:
        ctx.report(origin, "reason", "is missing; say why it was withdrawn, for everybody to read")
    if "id" not in good or not good.keys() & {"now", "withdrawn"}:
        return None
    return FormerId(
        **fields.values(FormerId, good),
        id=good["id"],
        passages=passages_of(good.get("passages", ()), origin, "passages", ctx),
        judge=ctx.editor if "reason" in good else "",
        origin=origin,
    )


def note(table: Mapping[str, Any], origin: Origin, ctx: Context) -> Note | None:
    """Return an editor's remark.

    Args:
        table: the entry as TOML has it.
        origin: the file and the entry that the table is from, for messages.
        ctx: what is known of the case as a whole; problems are told to its report.
    """
    return _cited(Note, table, ctx.schemas.note, origin, ctx)


def _cited(
    record: type[Record], table: Mapping[str, Any], schema: Schema, origin: Origin, ctx: Context
) -> Record | None:
    """Return a record that has an id and cites passages, or ``None`` if a key is missing."""
    good = fields.checked(table, schema, origin, ctx.report)
    if not complete(good, schema):
        return None
    cited = passages_of(good["passages"], origin, "passages", ctx)
    return record(**fields.values(record, good), id=good["id"], passages=cited, origin=origin)
