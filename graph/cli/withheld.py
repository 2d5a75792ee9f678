"""``hudna withheld``."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from ..errors.counting import counted
from . import options, privacy
from .pipeline import without_cycles
from .printing import say, say_folded, write_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from ..build.comparison import Lacking
    from ..build.judging import Judged
    from ..model.keys import Key


_ASKED = "stored questions"


@click.command("withheld", epilog="Example: hudna withheld --case mycase --today 2027-05-01")
@options.case
@options.data
@privacy.today
@privacy.private_data
@privacy.key
@privacy.release
@options.form
@click.pass_context
def command(
    ctx: click.Context,
    case: str,
    data: Path,
    today: date | None,
    apart: Path | None,
    key: Key | None,
    release: str,
    form: str,
) -> None:
    """Show what a public build leaves out, record by record, and why.

    Both builds are made in memory and compared. A record is left out for its own access, for that
    of a record which it rests on, or as only such records tell of it; a field, as it is not
    allowed, or follows from what is left out. With the key of the case it also tells which ids
    stand in public for those that are withheld. This names what is secret: it is for the editors.

    Exits with 1 if anything is left out without a reason, or stands in the public build alone.
    """
    from ..build import judging
    from ..build.comparison import Lacking, lacking
    from ..build.steps import Naming
    from ..model import vocabulary
    from ..reader.access import causes, hidden
    from ..reader.concealing import NOBODY

    with without_cycles():
        made = judging.public_part(
            data / case,
            vocabulary.load(),
            lambda _step: None,
            today=today,
            tell=True,
            apart=apart,
            naming=privacy.naming(key, release) or Naming.for_a_check(),
        )
    left_out = hidden(made.whole, today)
    told = left_out.concealed if left_out else NOBODY
    found = lacking(made.whole, made.case, causes(made.whole, today), made.ids, told)
    found += [Lacking(_ASKED, name, "", why.level, str(why)) for name, why in made.unasked.items()]
    if key:
        found = sorted([*found, *_called_otherwise(made)], key=lambda one: one[:3])
    if form == "json":
        write_json([{**one._asdict(), "level": one.level and one.level.value} for one in found])
    else:
        _say(case, found)
    ctx.exit(1 if any(not one.why for one in found) else 0)


def _called_otherwise(made: Judged) -> Iterator[Lacking]:
    """Yield for each record with an opaque id what that is."""
    from ..build.comparison import Lacking

    for record in made.whole.records():
        if record.id in made.ids:
            told = f"is {made.ids[record.id]} in public"
            yield Lacking(record.TABLE, record.id, "id", None, told)


def _say(case: str, found: Sequence[Lacking]) -> None:
    records = sum(not one.field and bool(one.why) for one in found)
    fields = sum(bool(one.field) for one in found)
    say_folded(
        f"{case}: a public build leaves {counted(records, 'record')} out, and "
        f"{counted(fields, 'field')} of others are otherwise"
    )
    for table, members in groupby(found, lambda one: one.table):
        listed = list(members)
        say(f"{table.replace('_', ' ')} ({len(listed)})")
        for one in listed:
            field = f", {one.field}" * bool(one.field)
            level = f"{one.level.value}, " if one.level else ""
            why = f"{level}{one.why}" if one.why else "without a reason: please report this"
            say_folded(f"  {one.id}{field}: {why}", indent=6)
