"""From the table of a file to its records: what is made of the files of each folder."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ..model import Actor, Origin, Place, Topic
from . import fields, remarks, things
from .defaults import written_out
from .figure_rules import figure_rule
from .schemas import FIGURES_FILE, IDENTITY_FILE, NOTES_FILE, STATEMENTS_FILE
from .second_folder import adds_claims
from .sources import source
from .statements import authored_statement
from .tours import tour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ..model import NamedThing, Record, Statement, Thing
    from .context import Context

    Make = Callable[[Mapping[str, Any], str, Origin, Context], Iterable[Record]]
    """Makes the records of a file of its table, its slug and its place."""


def _source(table: Mapping[str, Any], slug: str, origin: Origin, ctx: Context) -> Iterator[Record]:
    good = fields.checked(table, ctx.schemas.source, origin, ctx.report)
    yield source(slug, origin, good, ctx.report)


def _with_statements(
    make: Callable[..., tuple[list[Thing], list[Statement]]],
    table: Mapping[str, Any],
    slug: str,
    origin: Origin,
    ctx: Context,
) -> Iterator[Record]:
    found, statements = make(table, slug, origin, ctx)
    yield from found
    yield from statements


def _named_thing(
    record: type[NamedThing], table: Mapping[str, Any], slug: str, origin: Origin, ctx: Context
) -> Iterator[Record]:
    schema = getattr(ctx.schemas, record.__name__.lower())
    yield things.named_thing(record, table, slug, schema, origin, ctx)


def _identity(
    table: Mapping[str, Any], _slug: str, origin: Origin, ctx: Context
) -> Iterator[Record]:
    good = fields.checked(table, IDENTITY_FILE, origin, ctx.report)
    yield from _entries(good, origin.file, "judgement", remarks.judgement, ctx)
    yield from _entries(good, origin.file, "resolution", remarks.resolution, ctx)
    yield from _entries(good, origin.file, "former", remarks.former, ctx)


def _notes(table: Mapping[str, Any], _slug: str, origin: Origin, ctx: Context) -> Iterator[Record]:
    good = fields.checked(table, NOTES_FILE, origin, ctx.report)
    yield from _entries(good, origin.file, "note", remarks.note, ctx)


def _figures(
    table: Mapping[str, Any], _slug: str, origin: Origin, ctx: Context
) -> Iterator[Record]:
    good = fields.checked(table, FIGURES_FILE, origin, ctx.report)
    yield from _entries(good, origin.file, "rule", figure_rule, ctx)


def _entries(
    table: Mapping[str, Any],
    file: str,
    key: str,
    make: Callable[[Mapping[str, Any], Origin, Context], Record | None],
    ctx: Context,
) -> Iterator[Record]:
    for index, entry in enumerate(table.get(key, [])):
        here = Origin(file, ((key, index),), f"{key} {label_of(entry.get('id', index + 1))}")
        record = make(entry, here, ctx)
        if record is None:
            ctx.unmade.append((entry, here))
        else:
            yield record


def _called(entry: Mapping[str, Any], number: int) -> str:
    """Return what messages call a statement: its id, else its three parts, else its number."""
    parts = [entry.get(key) for key in ("subject", "predicate", "object")]
    made = " ".join(map(str, parts)) if all(isinstance(part, str) for part in parts) else number
    return label_of(entry.get("id", made))


def label_of(name: object) -> str:
    """Return an id as messages call it; what is no id may be of any type and size."""
    return str(name)[:100] if isinstance(name, str | int) else "?"


def _statements(
    table: Mapping[str, Any], _slug: str, origin: Origin, ctx: Context
) -> Iterator[Statement]:
    full = written_out(table, origin, ctx)
    good = fields.checked(full, STATEMENTS_FILE, origin, ctx.report)
    for index, entry in enumerate(good.get("statement", [])):
        label = f"statement {_called(entry, index + 1)}"
        here = Origin(origin.file, (("statement", index),), label)
        if adds_claims(entry, here):
            ctx.added.append((entry, here))
            continue
        statement = authored_statement(entry, here, ctx)
        if statement is not None:
            yield statement


MAKERS: Mapping[str, Make] = {
    "sources": _source,
    "actors": partial(_named_thing, Actor),
    "places": partial(_named_thing, Place),
    "topics": partial(_named_thing, Topic),
    "events": partial(_with_statements, things.event),
    "agreements": partial(_with_statements, things.agreement),
    "mechanisms": partial(_with_statements, things.mechanism),
    "questions": partial(_with_statements, things.question),
    "statements": _statements,
    "tours": tour,
}
"""By folder, in the order in which they are read."""
MAKERS_OF_FILES: Mapping[str, Make] = {
    "identity.toml": _identity,
    "notes.toml": _notes,
    "figures.toml": _figures,
}
"""By the name of a file beside the folders."""
