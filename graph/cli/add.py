"""``hudna add``."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import options
from .completion import completes
from .printing import say, say_folded, write, write_json

if TYPE_CHECKING:
    from ..authoring.things import AddedThing


@click.command(
    "add",
    epilog="\b\nExamples:\n"
    "  hudna add actor 'National Defense Forces' --class ArmedGroup --alias NDF\n"
    "  hudna add event 'Shelling of the ford' --kind shelling --when 2020-06-03 \\\n"
    "      --role victim=townspeople --claim 'author asserts certain 4.1'\n"
    "  hudna add question 'Who shelled the ford?' --about ev-shelling --exclusive",
)
@click.argument(
    "sort",
    metavar="SORT",
    type=click.Choice(["actor", "place", "topic", "event", "agreement", "question"]),
)
@click.argument("name")
@click.option("--id", default="", metavar="ID", help="Its id.  [default: made of the name]")
@click.option(
    "--class",
    "classes",
    multiple=True,
    metavar="CLASS",
    help="What it is: Person, ArmedGroup and so on; may be repeated.",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="A kind of its list, as in hudna terms --list event-kind.",
)
@click.option("--other", default="", metavar="TEXT", help="What it is, with the kind other.")
@click.option(
    "--alias",
    "aliases",
    multiple=True,
    metavar="NAME[@LANGUAGE]",
    help="A further name; may be repeated.",
)
@click.option(
    "--identity",
    default="",
    metavar="IDENTITY",
    help="Of an actor: unnamed, withheld, collective, hypothetical.  [default: named]",
)
@click.option(
    "--mentioned",
    multiple=True,
    metavar="SOURCE#SENTENCE",
    help="A sentence that shows it; may be repeated.  [default: those that name it]",
)
@click.option("--process", default="", metavar="EVENT", help="The talks process it belongs to.")
@click.option(
    "--party",
    "parties",
    multiple=True,
    metavar="ACTOR",
    shell_complete=completes("actor"),
    help="A side of an agreement; may be repeated.",
)
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE=ACTOR",
    help="Who has a part in it; may be repeated.",
)
@click.option("--when", default="", metavar="DATE", help="When it came about (EDTF).")
@click.option(
    "--place",
    default="",
    metavar="PLACE",
    shell_complete=completes("place"),
    help="Where it came about.",
)
@click.option(
    "--claim",
    "claims",
    multiple=True,
    metavar="CLAIM",
    help="Who says so: VOICE STANCE CERTAINTY SOURCE#SENTENCE; may be repeated.",
)
@click.option(
    "--clause",
    "clauses",
    multiple=True,
    metavar="CLAUSE",
    help="TOPIC | LABEL | TEXT, and perhaps | obligor=ID,ID and | beneficiary=ID,ID; "
    "may be repeated.",
)
@click.option("--about", multiple=True, metavar="ID", help="What a question is about.")
@click.option(
    "--exclusive/--not-exclusive",
    default=None,
    help="Whether a question has at most one right answer.",
)
@click.option("--note", default="", metavar="TEXT", help="What a reader must know.")
@click.option(
    "--texts",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder of the texts of the sources.  [default: where source add keeps them]",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@options.case
@options.data
@options.form
def command(
    sort: str,
    name: str,
    texts: Path | None,
    dry_run: bool,
    case: str,
    data: Path,
    form: str,
    **details: Any,  # noqa: ANN401 - the options of ``Details``
) -> None:
    """Add an actor, place, topic, event, agreement or question to a case.

    NAME is its name in English. Its file gets all keys that it needs. The sentences that mention
    an actor, place or topic are looked for in the texts of the sources, by its name and aliases as
    whole words; look at them.

    What the case does not allow is told, and nothing is written.
    """
    from ..authoring.texts import text_folder
    from ..authoring.things import Details, add
    from ..errors import UsageError

    folder = texts
    if folder is None:
        with suppress(UsageError):  # a text is only read here, wherever it is
            folder = text_folder(case)
    added = add(data / case, sort, name, Details(**details), folder, dry_run=dry_run)
    if form == "json":
        write_json(added._asdict())
    else:
        _say(added, dry_run=dry_run)


def _say(added: AddedThing, *, dry_run: bool) -> None:
    say_folded(f"{added.file}: {'would be written' if dry_run else 'written'}, id {added.id}")
    if added.proposed:
        say_folded(
            f"mentioned in {len(added.proposed)}, by its names; look at them: ",
            ", ".join(added.proposed),
        )
    elif (
        added.file.startswith(("actors/", "places/", "topics/"))
        and "\nmentioned = " not in added.text
    ):
        say_folded("no sentence at hand names it; add those that do to mentioned in its file")
    if dry_run:
        say()
        write(added.text)
