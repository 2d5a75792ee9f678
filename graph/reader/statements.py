"""Statements and claims from authored tables, and the statements that a table makes by itself."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import (
    AFFIRMING,
    ASSERTING,
    UNKNOWN,
    Bounds,
    Claim,
    Stance,
    Statement,
    dates,
)
from ..model.releases import counting, made
from ..model.spans import spans_of
from . import fields
from .claims import claims_of, passages_of, taken_over, tell_the_rest, verdict_of
from .concealing import telling
from .defaults import DATE_KEYS
from .figures import check_quantity
from .problems import ProblemReport

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ..model import Origin
    from ..model.record import Value
    from ..model.vocabulary import Predicate
    from .context import Context
    from .schemas import Schema


_LONGEST = 40
"""So many signs of a value stand in a made id."""


class Proposition(NamedTuple):
    """Subject, predicate and object of a statement, before its qualifiers are read."""

    id: str
    subject: str
    predicate: str
    object: str | None = None
    value: str | int | float | bool | None = None


def authored_statement(table: Mapping[str, Any], origin: Origin, ctx: Context) -> Statement | None:
    """Return the statement of a ``[[statement]]`` table, or ``None`` if it is too broken.

    Args:
        table: the entry as TOML has it.
        origin: the file and the entry that the table is from, for messages.
        ctx: what is known of the case as a whole; problems are told to its report.
    """
    good = fields.checked(table, ctx.schemas.statement, origin, ctx.report)
    known = {"subject", "predicate"} <= good.keys() and ("id" in good or "id" not in table)
    if not known or not _object_fits(good, origin, ctx):
        tell_the_rest(good, origin, ctx)
        ctx.unmade.append((table, origin))
        return None
    parts = good["subject"], good["predicate"], good.get("object"), good.get("value")
    proposition = Proposition(good.get("id") or made_id(*parts), *parts)
    check_quantity(good, origin, ctx)
    if "claims" not in table:
        ctx.unclaimed[proposition.id] = origin
    return _statement(proposition, good, origin, ctx)


def made_id(subject: str, predicate: str, thing: str | None, value: Value | None = None) -> str:
    """Return the id of a statement to which its author gave none: its three parts, with dots.

    It rests on nothing else: no other statement, no place in a file, no qualifier. Ids that people
    write have no dot, those of clauses one, so that none of them is the same.

    Args:
        subject: an id.
        predicate: its name.
        thing: the id that is the object, if there is no value.
        value: what the predicate gives instead; see ``_short``.
    """
    return f"{subject}.{predicate}.{_short(value) if thing is None else thing}"


def _short(value: Value | None) -> str:
    """Return a value as a slug: whole where it is short and plain, else with part of its SHA-256.

    Args:
        value: a number, a truth value or a text.
    """
    text = str(value).lower()
    whole = re.sub("[^a-z0-9]+", "-", text).strip("-")
    if whole == re.sub("[ .]", "-", text) and len(whole) <= _LONGEST:
        return whole
    digest = hashlib.sha256(str(value).encode()).hexdigest()[:8]
    return f"{whole[:_LONGEST].strip('-')}-{digest}".strip("-")


def made_statement(
    proposition: Proposition,
    table: Mapping[str, Any],
    schema: Schema,
    origin: Origin,
    ctx: Context,
    fact: Statement | None = None,
) -> Statement:
    """Return the statement that a table such as ``[occurred]`` or ``[[stage]]`` makes.

    Args:
        proposition: what the table states.
        table: the qualifiers and claims.
        schema: the keys that the table may have.
        origin: where the table stands.
        ctx: the words, schemas, sources and report.
        fact: the statement from which claims and date are taken over where the table has none;
            what is wrong with those is told once, where they stand.
    """
    good = fields.checked(table, schema, origin, ctx.report)
    statement = _statement(proposition, good, origin, ctx)
    if fact is not None:
        return _completed(statement, table, fact, ctx)
    if "claims" not in table:
        ctx.unclaimed[proposition.id] = origin
    return statement


def _completed(
    statement: Statement, table: Mapping[str, Any], fact: Statement, ctx: Context
) -> Statement:
    """Return a statement with the claims and the date of a fact, where its table has none.

    What is taken over of claims also says of a date of the statement's own when it was told.
    """
    if "claims" not in table:
        claims = tuple(taken_over(claim, statement.id) for claim in fact.claims)
        seen = statement if statement.access or statement.until else fact
        statement = replace(statement, claims=claims, access=seen.access, until=seen.until)
    if fact.id in ctx.hidden.levels:
        fact = replace(fact, when="", begins="", ends="", when_passages=())
    if "claims" not in table or not table.keys() & set(DATE_KEYS):
        quiet = replace(ctx, report=ProblemReport())
        statement = _dated_as(statement, fact, statement.claims, quiet)
    return statement


def whole_conditions(statements: Sequence[Statement], ctx: Context) -> list[Statement]:
    """Return statements, whose conditions have the roles of the events that they suppose.

    Who says *if* of an event, agreement or clause asserts neither it nor who would do what in it.

    Args:
        statements: all of the case.
        ctx: its vocabulary tells which predicates are roles.
    """
    named = {name for one in statements for name in one.condition}
    bare = [one for one in statements if not made(one)]
    supposed = {
        (one.object if one.predicate == "containsClause" else one.subject): one.id
        for one in bare
        if one.id in named
    }
    roles: dict[str, list[str]] = defaultdict(list)
    for one in bare:
        if one.subject in supposed and ctx.vocabulary.predicates[one.predicate].role:
            roles[supposed[one.subject]].append(one.id)
    return [
        replace(one, condition=(*one.condition, *added))
        if (added := [name for part in one.condition for name in roles.get(part, ())])
        else one
        for one in statements
    ]


def dated_alternatives(statements: Sequence[Statement], ctx: Context) -> list[Statement]:
    """Return statements, of which those that are alternatives without claims have what dates them.

    Sources tell of them where the statement is claimed whose alternatives they are, and they have
    its date if they have none of their own.

    Args:
        statements: all of the case.
        ctx: the words, schemas, sources and report; what is wrong is told where the date stands.
    """
    told = sorted((one for one in statements if one.claims), key=made)
    choices = {name: one for one in told for name in one.one_of}
    quiet = replace(ctx, report=ProblemReport())
    return [
        _dated_as(one, choices[one.id], choices[one.id].claims, quiet)
        if one.id in choices and not made(one)
        else one
        for one in statements
    ]


def dated_again(statement: Statement, ctx: Context) -> Statement:
    """Return a statement, dated as all its claims tell of it.

    Args:
        statement: with claims that were added.
        ctx: the words and sources; what is wrong with its date has been told.
    """
    quiet = replace(ctx, report=ProblemReport())
    return _dated_as(statement, statement, statement.claims, quiet)


def _dated_as(
    statement: Statement, fact: Statement, claims: Sequence[Claim], ctx: Context
) -> Statement:
    """Return a statement with the date of another, unless it has one, as some claims tell of it."""
    own = statement if statement.when or statement.begins or statement.ends else fact
    dated = {key: getattr(own, key) for key in DATE_KEYS}
    cited = fact.when_passages or tuple(dict.fromkeys(r for c in fact.claims for r in c.passages))
    if (
        own is fact
        and fact.when
        and not {r for c in statement.claims for r in c.passages} >= {*cited}
    ):
        dated |= {"when_basis": fact.when_basis or "cited", "when_passages": cited}
    dated = ctx.hidden.concealed.dated(statement.id, {**dated, "coverage": statement.coverage})
    predicate = ctx.vocabulary.predicates[statement.predicate]
    found = _dated(dated, predicate, dated["coverage"], claims, ctx, statement.origin)
    return replace(statement, **dated, **found)


def _statement(
    proposition: Proposition,
    good: Mapping[str, Any],
    origin: Origin,
    ctx: Context,
) -> Statement:
    told = telling(good, (), origin, ctx)
    good = ctx.hidden.concealed.told(proposition.id, good)
    claims = claims_of(good["claims"], proposition.id, origin, ctx) if "claims" in good else ()
    predicate = ctx.vocabulary.predicates[proposition.predicate]
    claims = tuple(replace(one, mode=one.mode or predicate.default_mode) for one in claims)
    _check_time(good, origin, ctx)
    _check_alternatives(good, proposition, origin, ctx)
    default = "throughout" if predicate.aspect == "state" else "sometime"
    coverage = good.get("coverage", default)
    return Statement(
        **{
            **fields.values(Statement, good),
            **proposition._asdict(),
            **ctx.hidden.concealed.ends(proposition.id),
            "coverage": coverage,
            "when_passages": passages_of(
                good.get("when_passages", ()), origin, "when_passages", ctx
            ),
            **_dated(good, predicate, coverage, claims, ctx, origin),
        },
        withheld=told,
        origin=origin,
        claims=claims,
        verdict=verdict_of(good, proposition.id, origin, ctx),
    )


def _object_fits(good: Mapping[str, Any], origin: Origin, ctx: Context) -> bool:
    """Report whether the statement has what its predicate takes: a thing, a kind or a value."""
    predicate = ctx.vocabulary.predicates[good["predicate"]]
    name = predicate.name
    if predicate.takes == "value":
        return _value_given(good, predicate, origin, ctx)
    if "value" in good:
        ctx.report(origin, "value", f"{name} takes no value; write object = with an id")
        return False
    if "object" not in good:
        ctx.report(origin, "", 'the key "object" is missing; write "unknown" if no source says it')
        return False
    every = frozenset().union(*ctx.vocabulary.kinds.values())
    takes_thing = predicate.takes == "thing"
    wrong = (fields.reference if takes_thing else fields.one_of(every, "a kind"))(good["object"])
    if wrong:
        ctx.report(origin, "object", wrong)
    return wrong is None


def _value_given(
    good: Mapping[str, Any], predicate: Predicate, origin: Origin, ctx: Context
) -> bool:
    """Report whether there is a value that fits, or, of a figure alone, that it is unknown."""
    if "value" in good and "object" in good:
        ctx.report(origin, "object", "stands beside a value; leave one of them out")
        return False
    if "value" in good:
        return _value_fits(good["value"], predicate, origin, ctx)
    if predicate.counts and good.get("object") == UNKNOWN:
        return True
    more = ', or object = "unknown" if no source says it' if predicate.counts else ""
    message = f'{predicate.name} takes a value; write value = ... for "object"{more}'
    ctx.report(origin, "object", message)
    return False


def _value_fits(value: object, predicate: Predicate, origin: Origin, ctx: Context) -> bool:
    is_truth = isinstance(value, bool)
    is_text = isinstance(value, str)
    allowed = predicate.datatypes
    fits = (
        "boolean" in allowed
        if is_truth
        else "string" in allowed
        if is_text
        else bool(allowed & {"integer", "decimal"})
    )
    if not fits:
        wanted = " or ".join(sorted(allowed))
        ctx.report(origin, "value", f"does not fit {predicate.name}, which takes {wanted}")
    return fits


def _check_time(good: Mapping[str, Any], origin: Origin, ctx: Context) -> None:
    """Report a basis of a time that does not go with the passages that it is from."""
    basis, passages = good.get("when_basis"), good.get("when_passages")
    if basis == "cited" and not passages:
        ctx.report(origin, "when_basis", "is cited; name the sentence in when_passages")
    elif passages and basis not in ("cited", "computed"):
        message = 'are named; write when_basis = "cited" or "computed", or leave them out'
        ctx.report(origin, "when_passages", message)


def _check_alternatives(
    good: Mapping[str, Any], proposition: Proposition, origin: Origin, ctx: Context
) -> None:
    """Report alternatives that are fewer than two, or that stand beside an object of its own."""
    listed = good.get("one_of", ())
    if len(set(listed)) == 1:
        ctx.report(origin, "one_of", "names one statement; alternatives are at least two")
    elif listed and proposition.object != UNKNOWN:
        message = 'stands beside alternatives; write object = "unknown", one_of says what it may be'
        ctx.report(origin, "object", message)
    for key in ("if", "one_of", "motive"):
        if proposition.id in fields.listed(good.get(key, ())):
            ctx.report(origin, key, "names the statement itself; name another one")


def _dated(
    good: Mapping[str, Any],
    predicate: Predicate,
    coverage: str,
    claims: Sequence[Claim],
    ctx: Context,
    origin: Origin,
) -> dict[str, Any]:
    """Return the bounds and spans of a statement, and between which days sources tell of it."""
    claims = counting(claims)
    cited = [ctx.sources[c.source].bounds for c in claims if c.source in ctx.sources]
    told_from, told_until = _told(claims, ctx)
    when, begins, ends = (good.get(key, "") for key in ("when", "begins", "ends"))
    found: dict[str, Any] = {"told_from": told_from, "told_until": told_until}
    try:
        bounds, spans = spans_of(
            when,
            begins,
            ends,
            aspect="state" if predicate.aspect == "state" else "act",
            throughout=coverage == "throughout",
            written=max(cited, key=lambda b: str(b.earliest_begin), default=Bounds()),
            told_until=told_until,
        )
    except dates.DateError as error:
        ctx.report(origin, error.key or "when", str(error))
        return found
    return found | bounds._asdict() | {"spans": () if predicate.timeless else spans}


def _told(claims: Sequence[Claim], ctx: Context) -> tuple[date | None, date | None]:
    """Return the first day of the sources that vouch for a statement, and the last of its tellers.

    A source vouches if an author affirms it as a fact there; where none does, all that speak of it
    do.
    Tellers are sources with a claim that affirms it, or else with any claim but a denial.
    """
    known = [(claim, ctx.sources[claim.source]) for claim in claims if claim.source in ctx.sources]
    vouching = [s for c, s in known if c.stance in ASSERTING and c.voice in s.authors]
    telling = [s for c, s in known if c.stance in AFFIRMING] or [
        s for c, s in known if c.stance != Stance.DENIES
    ]
    dated = [s.earliest_begin or s.latest_end for s in vouching or [s for _, s in known]]
    since = [day for day in dated if day]
    until = [s.latest_end for s in telling if s.latest_end]
    return min(since, default=None), max(until, default=None)
