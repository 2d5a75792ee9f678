"""Claims, verdicts and the passages that they cite, from authored tables."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ..errors import suggestion
from ..model import UNATTRIBUTED, Claim, PassageRef, Verdict
from . import fields

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ..model import Origin
    from .context import Context
    from .schemas import Schema


def claims_of(
    tables: Iterable[Mapping[str, Any]], statement: str, origin: Origin, ctx: Context
) -> tuple[Claim, ...]:
    """Return the claims on a statement; what is wrong with them is reported.

    Args:
        tables: the tables of the key ``claims``.
        statement: the statement's id, from which ids of claims are made.
        origin: where the statement stands.
        ctx: the words, schemas, sources and report.
    """
    claims: list[Claim] = []
    seen: set[tuple[str, str, str]] = set()
    listed = list(tables)
    if not listed:
        ctx.report(origin, "claims", "is empty; give at least one claim: who says it, and where")
    for index, table in enumerate(listed):
        here = origin._replace(path=(*origin.path, ("claims", index)))
        claim = _claim(table, statement, here, ctx)
        if claim is None or ctx.hidden.leaves_out(claim):
            continue
        claim = ctx.hidden.as_known(claim)
        voice = claim.voice.partition("/")[0]
        key = (voice, claim.stance, claim.source)
        if key in seen:
            message = (
                f"{voice} {claim.stance} twice in {claim.source}; "
                "make one claim of them, with all its passages"
            )
            ctx.report(here, "claims", message)
            continue
        seen.add(key)
        claims.append(claim)
    return tuple(claims)


def _claim(table: Mapping[str, Any], statement: str, origin: Origin, ctx: Context) -> Claim | None:
    schema = ctx.schemas.claim
    table = fields.renamed(table, schema, origin, ctx.report)
    if "passages" not in table:
        voice = table.get("voice", "?")
        message = f'the claim of {voice} cites no passage; add passages = ["SOURCE#SENTENCE"]'
        ctx.report(origin, "claims", message)
        schema = {key: field for key, field in schema.items() if key != "passages"}
    good = fields.checked(table, schema, origin, ctx.report, "claims")
    refs = passages_of(good.get("passages", ()), origin, "passages", ctx)
    if not complete(good, ctx.schemas.claim):
        return None
    sources = sorted({ref.source for ref in refs})
    if len(sources) > 1:
        message = f"one claim cites {' and '.join(sources)}; write one claim for each source"
        ctx.report(origin, "passages", message)
    source = sources[0] if sources else ""
    _check_cues(good.get("cue", ()), refs, origin, ctx)
    name, voice = _named(statement, good["voice"], good["stance"], source, good.get("id", ""))
    found = Claim(
        **{**fields.values(Claim, good), "voice": voice},
        known_from=ctx.sources[source].latest_end if source else None,
        id=name,
        statement=statement,
        source=source,
        passages=refs,
        origin=origin,
    )
    _check_known(found, ctx)
    return ctx.hidden.concealed.speechless(found)


def _check_known(claim: Claim, ctx: Context) -> None:
    """Report a claim that is dropped before it is known, which no later release does."""
    since, until = claim.known_from, claim.known_until
    if since is not None and until is not None and until <= since:
        message = (
            f"{until} is not after {since}, the last day on which {claim.source} can have been "
            "written; write the day of the later release that drops or changes the claim"
        )
        ctx.report(claim.origin, "known_until", message)


def _check_cues(
    cues: Iterable[str], refs: Sequence[PassageRef], origin: Origin, ctx: Context
) -> None:
    """Report places of words that are in no sentence of the claim, or beyond its end."""
    for item in cues:
        cited, _, place = item.partition(":")
        ref = next((ref for ref in refs if ref.citation == cited), None)
        if ref is None:
            ctx.report(origin, "cue", f'"{item}" is in no sentence that the claim cites')
            continue
        length = next(
            one.end - one.start
            for one in ctx.sources[ref.source].passages
            if one.sentence == ref.sentence
        )
        if int(place.partition("-")[2]) > length:
            ctx.report(origin, "cue", f'"{item}" is beyond the sentence, which ends at {length}')


def taken_over(claim: Claim, statement: str) -> Claim:
    """Return the same claim on another statement.

    Args:
        claim: as it stands on the statement that it is made on.
        statement: id of the other one.
    """
    spoken = claim.voice.partition("/")[0]
    name, voice = _named(statement, spoken, claim.stance, claim.source)
    return replace(claim, id=name, voice=voice, statement=statement)


def _named(
    statement: str, voice: str, stance: str, source: str, given: str = ""
) -> tuple[str, str]:
    """Return the id of a claim, and its voice: that of hearsay is its own."""
    name = given or f"{statement}.{voice}.{stance}.{source}"
    return name, f"{voice}/{name}" if voice == UNATTRIBUTED else voice


def complete(good: Mapping[str, Any], schema: Schema) -> bool:
    """Return whether a table has, and has right, all keys that it must have.

    Args:
        good: the keys that are right.
        schema: the keys that the table may have.
    """
    return all(key in good for key, field in schema.items() if field.required)


def tell_the_rest(good: Mapping[str, Any], origin: Origin, ctx: Context) -> None:
    """Report what else is wrong in a statement that cannot be made, so that all is told at once.

    Args:
        good: the keys of its table that are right.
        origin: where it stands.
        ctx: takes it, as what it names is checked when all records are known.
    """
    name = str(good.get("id", ""))
    if "claims" in good:
        claims_of(good["claims"], name, origin, ctx)
    verdict_of(good, name, origin, ctx)
    ctx.broken.append((origin, good))


def verdict_of(
    good: Mapping[str, Any], statement: str, origin: Origin, ctx: Context
) -> Verdict | None:
    """Return the editor's verdict of a table, if it has one; it must carry a reason.

    Args:
        good: the keys of the table that are right.
        statement: id of the statement that it decides.
        origin: where the table was authored.
        ctx: of the case that is read.
    """
    name = f"{statement}.verdict"
    if "verdict" not in good or name in ctx.hidden.levels:
        return None
    here = origin._replace(path=(*origin.path, ("verdict", 0)))
    verdict = fields.checked(good["verdict"], ctx.schemas.verdict, here, ctx.report, "verdict")
    if not complete(verdict, ctx.schemas.verdict):
        return None
    return Verdict(
        **fields.values(Verdict, verdict),
        id=name,
        judge=ctx.editor,
        origin=origin,
    )


def passages_of(
    items: Iterable[str], origin: Origin, key: str, ctx: Context
) -> tuple[PassageRef, ...]:
    """Return the passages named by texts such as ``report-2020#24.3``, which must exist.

    Args:
        items: the texts.
        origin: the file and the entry that the table is from, for messages.
        key: the key that they stand under, for messages.
        ctx: what is known of the case as a whole; problems are told to its report.
    """
    refs: list[PassageRef] = []
    for item in items:
        name, _, sentence = item.partition("#")
        source = ctx.sources.get(name)
        if name in ctx.unreadable:
            continue
        if source is None:
            ctx.report(origin, key, partial(no_source, name, ctx.sources))
        elif not ctx.has(source, sentence):
            last = source.passages[-1].sentence if source.passages else "none"
            ctx.report(origin, key, f'"{item}" does not exist; the last sentence is {last}')
        else:
            refs.append(PassageRef(name, sentence))
    return tuple(refs)


def no_source(name: str, sources: Collection[str]) -> str:
    """Return what a message says of a source that is not there, and which there are.

    Args:
        name: the id that no source has.
        sources: ids of those that there are.
    """
    hint = suggestion(name, sources) if len(sources) > 24 else ""
    known = "" if len(sources) > 24 else f"; the sources are {', '.join(sorted(sources)) or 'none'}"
    return f'there is no source "{name}"{hint or known}'
