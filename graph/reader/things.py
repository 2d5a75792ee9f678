"""Things from their files, with the statements that the files of events and agreements make."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from ..model import (
    Actor,
    Agreement,
    Clause,
    Event,
    Form,
    Identifier,
    Mechanism,
    Name,
    Origin,
    Question,
    Thing,
    dates,
    specs,
)
from ..model.record import ADDRESSES
from . import fields
from .claims import complete, passages_of
from .concealing import telling, without_point
from .defaults import written_out
from .schemas import IDENTIFIER, NAME, not_of_a_clause
from .statements import Proposition, made_statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..model import NamedThing, PassageRef, Statement
    from .context import Context
    from .schemas import Schema

Made = TypeVar("Made", bound=Thing)

_IDENTIFIER_FORMS = {"wikidata": re.compile("Q[0-9]+"), "geonames": re.compile("[0-9]+")}
"""Forms of the identifiers that become addresses."""


def named_thing(
    record: type[NamedThing],
    table: Mapping[str, Any],
    slug: str,
    schema: Schema,
    origin: Origin,
    ctx: Context,
) -> NamedThing:
    """Return an actor, a place or a topic.

    Args:
        record: the class of the record.
        table: the entry as TOML has it.
        slug: the id of the entry, without the case.
        schema: the fields that the entry may have.
        origin: the file and the entry that the table is from, for messages.
        ctx: what is known of the case as a whole; problems are told to its report.
    """
    good = without_point(fields.checked(table, schema, origin, ctx.report), ctx.hidden.levels)
    classes = good.get("class", [])
    if classes in ("Place", ["Place"]) and origin.folder == "actors":
        ctx.report(origin, "class", "a place that does not act belongs in places/")
    identifiers = tuple(_identifiers(good.get("identifiers", []), origin, ctx))
    passages: dict[str, Any] = _passages(record, good, origin, ctx)
    if not passages.get("mentioned") and (ctx.hidden.levels or "mentioned" not in table):
        ctx.unlisted.add(slug)
    more = {"withheld": telling(good, ("label", "joined"), origin, ctx)} if record is Actor else {}
    found = record(
        **{"label": slug, **fields.values(record, good), **_degrees(good), **more},
        id=slug,
        classes=tuple(classes if isinstance(classes, list) else [classes]),
        origin=origin,
        names=tuple(_names(good.get("names", []), origin, ctx)),
        identifiers=identifiers,
        matches=tuple(
            ADDRESSES[scheme].format(value)
            for scheme, value, *_ in identifiers
            if scheme in ADDRESSES
        ),
        **passages,
    )
    return ctx.hidden.concealed.nameless(found)


def _degrees(good: Mapping[str, Any]) -> dict[str, float]:
    """Return what is counted in degrees, so that whole ones become the same kind of number."""
    return {name: float(good[name]) for name in ("latitude", "longitude") if name in good}


def _passages(
    record: type[NamedThing], good: Mapping[str, Any], origin: Origin, ctx: Context
) -> dict[str, tuple[PassageRef, ...]]:
    """Return the fields of a thing that hold passages."""
    return {
        field.name: passages_of(good.get(field.key, []), origin, field.key, ctx)
        for field in specs(record)
        if field.form is Form.PASSAGE
    }


def _names(tables: list[Mapping[str, Any]], origin: Origin, ctx: Context) -> Iterator[Name]:
    for index, table in enumerate(tables):
        here = origin._replace(path=(*origin.path, ("names", index)))
        good = fields.checked(table, NAME, here, ctx.report, "names")
        if complete(good, NAME) and not ctx.hidden.hides(good):
            yield Name(**_seen(good))


def _identifiers(
    tables: list[Mapping[str, Any]], origin: Origin, ctx: Context
) -> Iterator[Identifier]:
    for index, table in enumerate(tables):
        here = origin._replace(path=(*origin.path, ("identifiers", index)))
        good = fields.checked(table, IDENTIFIER, here, ctx.report, "identifiers")
        if not complete(good, IDENTIFIER) or ctx.hidden.hides(good):
            continue
        form = _IDENTIFIER_FORMS.get(good["scheme"])
        if form is not None and not form.fullmatch(good["value"]):
            message = f'"{good["value"]}" is no identifier of {good["scheme"]}: {form.pattern}'
            ctx.report(here, "value", message)
            continue
        yield Identifier(**_seen(good))


def _seen(good: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a name or an identifier, with the day from which it is public."""
    return {**good, "until": dates.day(good["until"])} if "until" in good else dict(good)


def event(
    table: Mapping[str, Any], slug: str, origin: Origin, ctx: Context
) -> tuple[list[Thing], list[Statement]]:
    """Return an event, and the statements that it took place and who had which role.

    Args:
        table: the entry as TOML has it.
        slug: the id of the entry, without the case.
        origin: the file and the entry that the table is from, for messages.
        ctx: what is known of the case as a whole; problems are told to its report.
    """
    full = written_out(table, origin, ctx)
    good = fields.checked(full, ctx.schemas.event, origin, ctx.report)
    thing = _thing(Event, good, slug, origin, good.get("class", "Event"))
    fact = _fact(good, "occurred", slug, origin, ctx)
    statements = [] if fact is None else [fact]
    statements += _roles(good, fact, slug, origin, ctx)
    return [thing], statements


def agreement(
    table: Mapping[str, Any], slug: str, origin: Origin, ctx: Context
) -> tuple[list[Thing], list[Statement]]:
    """Return an agreement with its clauses, and the statements about them.

    Args:
        table: the entry as TOML has it.
        slug: the id of the entry, without the case.
        origin: the file and the entry that the table is from, for messages.
        ctx: what is known of the case as a whole; problems are told to its report.
    """
    full = written_out(table, origin, ctx)
    good = fields.checked(full, ctx.schemas.agreement, origin, ctx.report)
    things: list[Thing] = [_thing(Agreement, good, slug, origin)]
    fact = _fact(good, "concluded", slug, origin, ctx)
    statements = [] if fact is None else [fact]
    statements += _roles(good, fact, slug, origin, ctx)
    for index, stage in enumerate(good.get("stage", [])):
        here = _below(origin, "stage", index, slug)
        name = str(stage.get("stage"))
        if name in ctx.vocabulary.kinds.get("stages", ()):
            made = Proposition(_id_of(stage, f"{slug}.stage.{name}"), slug, "stage", object=name)
            statements.append(made_statement(made, stage, ctx.schemas.stage, here, ctx))
        else:
            fields.checked(stage, ctx.schemas.stage, here, ctx.report)
    for index, clause in enumerate(good.get("clause", [])):
        here = _below(origin, "clause", index, slug)
        more_things, more_statements = _clause(clause, slug, here, ctx)
        things += more_things
        statements += more_statements
    return things, statements


def mechanism(
    table: Mapping[str, Any], slug: str, origin: Origin, ctx: Context
) -> tuple[list[Thing], list[Statement]]:
    """Return a mechanism, and the statement that it is observed.

    Args:
        table: the entry as TOML has it.
        slug: the id of the entry, without the case.
        origin: the file and the entry that the table is from, for messages.
        ctx: what is known of the case as a whole; problems are told to its report.
    """
    full = written_out(table, origin, ctx)
    good = fields.checked(full, ctx.schemas.mechanism, origin, ctx.report)
    thing = _thing(Mechanism, good, slug, origin)
    fact = _fact(good, "observed", slug, origin, ctx)
    return [thing], [] if fact is None else [fact]


def question(
    table: Mapping[str, Any], slug: str, origin: Origin, ctx: Context
) -> tuple[list[Thing], list[Statement]]:
    """Return a question that the sources leave open or dispute.

    Args:
        table: the entry as TOML has it.
        slug: the id of the entry, without the case.
        origin: the file and the entry that the table is from, for messages.
        ctx: what is known of the case as a whole; problems are told to its report.
    """
    good = fields.checked(table, ctx.schemas.question, origin, ctx.report)
    if good.get("kind") == "contested":
        ctx.report.contested.append(origin)
        del good["kind"]
    return [_thing(Question, good, slug, origin)], []


def _thing(
    record: type[Made], good: Mapping[str, Any], slug: str, origin: Origin, name: str = ""
) -> Made:
    """Return a thing whose class is that of its record, unless another name is given."""
    return record(
        **{"label": slug, **fields.values(record, good)},
        id=slug,
        classes=(name or record.__name__,),
        origin=origin,
    )


def _fact(
    good: Mapping[str, Any], predicate: str, slug: str, origin: Origin, ctx: Context
) -> Statement | None:
    if predicate not in good:
        return None
    made = Proposition(f"{slug}.{predicate}", slug, predicate, value=True)
    here = _below(origin, predicate, 0, slug)
    return made_statement(made, good[predicate], ctx.schemas.fact, here, ctx)


def _roles(
    good: Mapping[str, Any], fact: Statement | None, slug: str, origin: Origin, ctx: Context
) -> Iterator[Statement]:
    for index, table in enumerate(good.get("role", [])):
        here = _below(origin, "role", index, slug)
        role = str(table.get("role"))
        if isinstance(table.get("actor"), str) and role in ctx.vocabulary.predicates:
            name = f"{slug}.{table['role']}.{table['actor']}"
            made = Proposition(_id_of(table, name), slug, table["role"], object=table["actor"])
            yield made_statement(made, table, ctx.schemas.role, here, ctx, fact)
        else:
            fields.checked(table, ctx.schemas.role, here, ctx.report)


def _clause(
    table: Mapping[str, Any], slug: str, origin: Origin, ctx: Context
) -> tuple[list[Thing], list[Statement]]:
    elsewhere = {key: told for key in table.keys() - ctx.schemas.clause.keys()
                 if (told := not_of_a_clause(key, slug))}  # fmt: skip
    for key, told in elsewhere.items():
        ctx.report(origin, key, told)
    table = {key: value for key, value in table.items() if key not in elsewhere}
    good = fields.checked(table, ctx.schemas.clause, origin, ctx.report)
    if "id" not in good:
        return [], []
    clause = good["id"]
    if not clause.startswith(f"{slug}.c"):
        ctx.report(origin, "id", f'"{clause}" must begin with its agreement\'s id: "{slug}.c1"')
    thing = replace(_thing(Clause, good, clause, origin), agreement=slug)
    qualifiers: dict[str, Any] = {k: good[k] for k in ("claims", "place", "verdict") if k in good}
    agreed = Proposition(f"{clause}.agreed", slug, "containsClause", object=clause)
    fact = made_statement(agreed, qualifiers, ctx.schemas.fact, origin, ctx)
    statements = [fact]
    for predicate in ("obligor", "beneficiary"):
        for actor in good.get(predicate, []):
            made = Proposition(f"{clause}.{predicate}.{actor}", clause, predicate, object=actor)
            schema = ctx.schemas.role_of_clause
            statements.append(made_statement(made, {}, schema, origin, ctx, fact))
    statements += _fulfilments(good, clause, origin, ctx)
    return [thing], statements


def _fulfilments(
    good: Mapping[str, Any], clause: str, origin: Origin, ctx: Context
) -> Iterator[Statement]:
    for index, table in enumerate(good.get("fulfilment", [])):
        here = _below(origin, "fulfilment", index, clause)
        state = str(table.get("state"))
        if state in ctx.vocabulary.kinds.get("fulfilments", ()):
            name = _id_of(table, f"{clause}.fulfilment.{state}")
            made = Proposition(name, clause, "fulfilment", object=state)
            yield made_statement(made, table, ctx.schemas.fulfilment, here, ctx)
        else:
            fields.checked(table, ctx.schemas.fulfilment, here, ctx.report)


def _id_of(table: Mapping[str, Any], made: str) -> str:
    """Return the id that a table gives, or the one made for it; a wrong one is told elsewhere."""
    given = table.get("id")
    return given if isinstance(given, str) else made


def _below(origin: Origin, key: str, index: int, slug: str) -> Origin:
    """Return the place of a table inside an entry; ``role`` 0 of ev-shelling, for example."""
    return Origin(origin.file, (*origin.path, (key, index)), f"{key} of {slug}")
