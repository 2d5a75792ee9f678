"""``hudna import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors.counting import counted
from . import options
from .completion import completes
from .pipeline import without_cycles
from .printing import say, say_folded
from .tables import shown_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..importers.drafting import DraftStatement, ImportDraft
    from ..importers.form import DataFormat
    from ..importers.importing import Imported
    from ..importers.releases import ReleaseChanges
    from ..model.vocabulary import Vocabulary

_UNSURE = ("possible", "probable")
FIRST = 10
"""So many statements are shown by a dry run."""


@click.command("import", epilog="Example: hudna import ucdp-ged GEDEvent.csv --into mill --dry-run")
@click.argument("form", metavar="FORMAT", shell_complete=completes("format of a table"))
@click.argument("files", nargs=-1, required=True, metavar="FILE...",
                type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@click.option("--into", metavar="CASE",
              callback=lambda _ctx, _param, told: told and options.case_id(told),
              help="The case; begun if there is none.  [default: the format's name]")  # fmt: skip
@click.option("--where", multiple=True, metavar="COLUMN=VALUE",
              help="Only rows for which it holds; also !=, ~ (has it), >=, <=.")  # fmt: skip
@click.option("--release", metavar="NAME", default="", help="Which release it is.")
@click.option("--date", "day", metavar="DAY", default="",
              help="When it was released.  [default: the last day of which it tells]")  # fmt: skip
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="What the columns mean, of the format csv.")  # fmt: skip
@click.option("--events-up-to", type=click.IntRange(0), default=None, metavar="NUMBER",
              help="So many rows become an event each; more stay in a Parquet file, and are put "
              "together.  [default: 5000]")  # fmt: skip
@click.option("--part", is_flag=True,
              help="It is a part of a release: what it lacks is not taken as dropped.")  # fmt: skip
@options.dry_run("which statements would be made")
@options.data
@without_cycles()
def command(
    form: str,
    files: tuple[Path, ...],
    into: str | None,
    where: tuple[str, ...],
    release: str,
    day: str,
    mapping: Path | None,
    events_up_to: int | None,
    part: bool,
    dry_run: bool,
    data: Path,
) -> None:
    """Import tables of another data set: each row becomes claims of the data set.

    The data set is the voice, its release the source, a row the passage. Of many rows those of one
    pair, month and province become one statement, and stay in a file of their own. A later release
    is imported in the same way: what it says otherwise is a change, and no dispute.
    """
    from ..importers import formats, importing, keeping_out, reading
    from ..model import dates

    if (mapping is None) is (form == "csv"):
        raise click.UsageError("a table of your own is imported with csv --mapping FILE")
    known = formats.read(mapping) if mapping else formats.known(form)
    if day:
        try:
            dates.day(day)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--date") from error
    asked = importing.Request(
        files,
        tuple(map(reading.where, where)),
        release,
        day,
        importing.EVENTS_UP_TO if events_up_to is None else events_up_to,
        part,
    )
    case = into or known.about["id"]
    words = _words(mapping, known, data / case) if mapping else None
    done = importing.run(known, asked, data / case, dry_run=dry_run, words=words)
    _tell(done, dry_run=dry_run)
    for problem in keeping_out.in_git_of(data / case):
        say(f"Note: {problem}")
    if not done.draft.things:
        raise click.exceptions.Exit(1)
    if not dry_run:
        say(f"In {shown_path(data / case)}; next: hudna check --case {case}")


def _words(mapping: Path, known: DataFormat, folder: Path) -> Vocabulary:
    """Return the words that a mapping may use; one that uses others is refused."""
    from ..importers import meant
    from ..model import vocabulary
    from ..reader.terms import vocabulary_of

    words = vocabulary_of(folder, vocabulary.load())
    meant.refuse_unknown_words(mapping, known, words)
    for told in meant.unfamiliar_units(known, folder):
        say(f"Note: {mapping.name}: {told}")
    return words


def _tell(done: Imported, *, dry_run: bool) -> None:
    for note in done.notes:
        say(f"Note: {note}")
    if dry_run and done.draft.statements:
        _say_first(list(done.draft.statements.values())[:FIRST], done.draft)
    put = f", put together as {done.grouped}" if done.grouped else ""
    say(f"{counted(done.rows, 'row')} in, {done.used} used{put}, {len(done.refused)} refused")
    for one in done.skipped:
        more = ", …" if one.number > len(one.rows) else ""
        say_folded(f"  {counted(one.number, 'row')}: {one.reason} ({', '.join(one.rows)}{more})")
    made = done.written
    if not done.draft.things:
        say("Nothing is written, as no row says anything.")
        return
    if dry_run:
        say("Nothing is written; it would be:")
    say(f"{counted(made.things, 'new thing')}, {len(made.matched)} known")
    say(_changes(made.changes))


def _say_first(first: Sequence[DraftStatement], draft: ImportDraft) -> None:
    """Print statements below the row that says them, and what they are of: each is told once."""
    row = subject = ""
    for one in first:
        at, told = one.passages[0].partition("#")[2], draft.named(one.parts["subject"])
        if at != row:
            say(f"row {at}")
        if (at, told) != (row, subject):
            say_folded(f"  {told}")
        row, subject = at, told
        say_folded(f"    {_what(one, draft)}")


def _what(one: DraftStatement, draft: ImportDraft) -> str:
    """Return what a statement says of its subject, with when, where and how sure it is."""
    keys = one.told.keys
    value = "" if keys.get("value") in (None, True) else str(keys["value"])
    if "low" in keys and "high" in keys:
        value += f" ({keys['low']} to {keys['high']})"
    said = [one.parts["predicate"], draft.named(one.parts.get("object", "")) or value]
    place, certainty = draft.named(one.parts.get("place", "")), one.claim.get("certainty", "")
    more = [keys.get("when", ""), place, certainty if certainty in _UNSURE else ""]
    return ", ".join(filter(None, [" ".join(filter(None, [*said, keys.get("unit", "")])), *more]))


def _changes(found: ReleaseChanges) -> str:
    told = (
        f"{counted(len(found.new), 'new statement')}, {counted(found.added, 'new claim')}, "
        f"{found.ended} count no longer, {found.kept} stay"
    )
    if found.spared:
        told += f", {found.spared} more as rows that were refused may tell of them"
    return told
