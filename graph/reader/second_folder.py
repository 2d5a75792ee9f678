"""What stands in a second folder of a case about records of the first: claims on its statements."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..errors import suggestion
from . import fields
from .claims import claims_of
from .schemas import MORE_CLAIMS
from .statements import dated_again

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..model import Origin, Statement
    from .context import Context


def adds_claims(entry: Mapping[str, Any], origin: Origin) -> bool:
    """Return whether an entry adds claims to a statement that stands elsewhere.

    Args:
        entry: of a file of statements.
        origin: where it was authored.
    """
    return origin.apart and entry.keys() <= MORE_CLAIMS.keys()


def with_claims(
    statements: Sequence[Statement],
    entries: Iterable[tuple[Mapping[str, Any], Origin]],
    ctx: Context,
) -> list[Statement]:
    """Return statements with the claims that entries of a second folder add to them.

    Args:
        statements: all of the case.
        entries: each with where it was authored.
        ctx: the words, schemas, sources and report.
    """
    known = {one.id: one for one in statements}
    added: dict[str, Statement] = {}
    for entry, origin in entries:
        good = fields.checked(entry, MORE_CLAIMS, origin, ctx.report)
        name = good.get("id", "")
        if name not in known:
            if name and name not in ctx.unreadable:
                told = f'there is no statement "{name}" in this case{suggestion(name, known)}'
                ctx.report(origin, "id", told)
            continue
        so_far = added.get(name, known[name])
        mode = ctx.vocabulary.predicates[so_far.predicate].default_mode
        found = claims_of(good.get("claims", ()), name, origin, ctx)
        more = tuple(replace(one, mode=one.mode or mode) for one in found)
        added[name] = dated_again(replace(so_far, claims=(*so_far.claims, *more)), ctx)
        ctx.unclaimed.pop(name, None)
    return [added.get(one.id, one) for one in statements]
