"""``hudna say``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..errors import MOST_IN_ALL
from . import options
from .completion import completes
from .listed import numbered_lines
from .printing import say, say_folded, write, write_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..authoring.spoken import Written


@click.command(
    "say",
    epilog="\b\nKeys of a statement, before the first bar:\n"
    "  when, begins, ends, when_text, when_basis, when_passages, place, scope,\n"
    "  extent, under, if, one_of, motive, question, channel, coverage, other, note, id,\n"
    "  access, until\n"
    "of a figure:\n"
    "  low, high, unit, modality, counts, counts_kind, counted_on, cumulative\n"
    "of a claim, behind its bar:\n"
    "  voice, stance, certainty, passages, mode, speakers, cue, grounds, note, id,\n"
    "  known_until, access, until\n\n"
    "\b\nExamples:\n"
    "  hudna say 'guard controls mill 2020-02 | author asserts certain report-2020#24.3'\n"
    "  hudna say 'guard controls mill | council denies certain report-2020#24.3'\n"
    "  hudna say 'guard shells mill scope=\"by night\" | author asserts certain 24.4'\n"
    "  hudna say 'guard leaves mill | author expects unspecified 24.5 cue=\"may well\"'\n"
    "  hudna say 'guard shells mill, \"Old Bridge\", tow. | author asserts certain 24.6'\n"
    "  hudna say - --to checkpoints < lines.txt\n"
    "  hudna say --defaults 'voice=author certainty=certain source=news' --to news",
)
@click.argument("statement", metavar="[STATEMENT|-]", default="")
@click.option(
    "--place",
    default="",
    metavar="PLACE",
    shell_complete=completes("place"),
    help="Where: id or name of a place.",
)
@click.option(
    "--question",
    multiple=True,
    metavar="QUESTION",
    help="A question that it answers; may be repeated.",
)
@click.option("--scope", default="", metavar="TEXT", help="What it covers: several, not all.")
@click.option("--note", default="", metavar="TEXT", help="What to mind.")
@click.option(
    "--mode",
    type=click.Choice(["fact", "opinion", "motive", "forecast", "legal"]),
    default=None,
    help="As what the claims say it.",
)
@click.option(
    "--to",
    "file",
    default="",
    metavar="FILE",
    help="The file of statements/ that it goes to.  [default: the one of its source]",
)
@click.option(
    "--defaults",
    default="",
    metavar="KEY=VALUE...",
    help="Begin that file with defaults of its claims: voice, stance, certainty, source, when.",
)
@click.option("--id", default="", metavar="ID", help="Its id.  [default: made of its parts]")
@options.texts
@options.dry_run("would be written")
@options.case
@options.data
@options.form
def command(
    statement: str,
    defaults: str,
    texts: Path | None,
    dry_run: bool,
    case: str,
    data: Path,
    form: str,
    **more: Any,  # noqa: ANN401 - the options of ``Qualifiers``
) -> None:
    """Add a statement and who says so to a case.

    STATEMENT is SUBJECT PREDICATE OBJECT [WHEN] | VOICE STANCE CERTAINTY SOURCE#SENTENCE, with
    further claims behind further bars. Things are named by ids or names, in double quotes where a
    name could be mistaken, or by the beginning of one with a full stop, if only one thing begins
    so. Of several subjects, or objects, with commas between them the same is said of each. WHEN is
    a date in EDTF. The voice "author" is the author of the source; a source need not be named if
    the case has one, or the file a default.

    Whatever else an author may write stands as KEY=VALUE, with the keys below: of a statement
    before the first bar, of a claim behind its own; several values with commas, blanks in double
    quotes. A cue is the words that the sentence has for the stance, or the place where they stand.

    With "-" each line of standard input is a statement; all are written or none. There, what
    another line names in "if" or "one_of" needs nobody who says so: its bar has nothing behind it.

    Where the case says the same already, the claims are added to it, and a question or note that
    it lacks; a scope and the like too, if it has the claims. What the case does not allow is told,
    and nothing is written.
    """
    from ..authoring.say import say as told
    from ..authoring.spoken import Qualifiers
    from ..authoring.texts import texts_at_hand

    if not statement and not defaults:
        raise click.UsageError("say what? give a statement, or - to read them")
    lines = list(_lines()) if statement == "-" else [(0, statement)] if statement else []
    if more["id"] and len(lines) != 1:
        raise click.UsageError("--id goes with one statement")
    beside = Qualifiers(**{**more, "mode": more["mode"] or ""})
    folder = texts_at_hand(case, texts)
    written = told(data / case, lines, beside, defaults, folder, dry_run=dry_run)
    if form == "json":
        write_json([one._asdict() for one in written])
        return
    for one in written:
        _say(one, dry_run=dry_run)


def _lines() -> Iterator[tuple[int, str]]:
    """Yield the statements of standard input with the numbers of their lines."""
    found = list(numbered_lines())
    if not found:
        raise click.UsageError("standard input has no statement; write one a line")
    if len(found) > MOST_IN_ALL:
        raise click.UsageError(
            f"standard input has {len(found)} statements; write {MOST_IN_ALL} at a time"
        )
    yield from found


def _say(one: Written, *, dry_run: bool) -> None:
    if not one.id:
        say_folded(f"{one.file}: {'would be begun' if dry_run else 'begun'}, with its defaults")
        if dry_run:
            write(one.text + "\n\n")
        return
    if one.already:
        say_folded(f"{one.file}:{one.line}: {one.id}: says so already; nothing is added")
        return
    added = "added to " if one.added else ""
    would = "would be written: " if dry_run else ""
    status = one.status or "status not known, for the case has problems: hudna check"
    against = f" ({'; '.join(one.against)})" if one.against else ""
    say_folded(f"{one.file}:{one.line}: {would}{added}{one.id}: {status}{against}")
    if one.beside:
        say_folded(
            f"  a second statement of the same beside {one.beside}; to add a claim to that one, "
            f"say it with {one.unlike}"
        )
    if one.hint:
        say_folded(f"  mind: {one.hint}")
    if dry_run:
        say()
        write(one.text + "\n\n")
