"""``hudna mentions``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors.counting import counted
from . import options
from .completion import completes
from .printing import say_folded, write_json

if TYPE_CHECKING:
    from ..model import Case

_EPILOG = """\b
Examples:
  hudna mentions --texts my-articles/ --write
  hudna mentions mill-town --in events.csv --column headline
"""


@click.command("mentions", epilog=_EPILOG)
@click.argument("thing", default="", shell_complete=completes("thing"))
@click.option(
    "--in",
    "table",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A table, CSV or TSV, in whose rows THING is looked for.",
)
@click.option(
    "--column", "columns", multiple=True, metavar="COLUMN", help="A column with texts; repeatable."
)
@options.texts
@click.option("--write", is_flag=True, help="Add the sentences to the files of the things.")
@options.case
@options.data
@options.form
def command(
    thing: str,
    table: Path | None,
    columns: tuple[str, ...],
    texts: Path | None,
    write: bool,
    case: str,
    data: Path,
    form: str,
) -> None:
    """Find the sentences that name a thing and that its file does not list.

    Names in all languages are looked for as whole words, the longest first; a name of several
    things is told and counts for none. With --write the sentences are added to the files' key
    mentioned, and comments stay.

    With THING and --in the rows of a table are found that name it, by all of its names, also in
    other transliterations (al-Waha, el-Wa'ha, Waaha) and with entities of HTML; look at them, for
    another may be called so.
    """
    from .. import reader
    from ..model import vocabulary

    if bool(thing) != bool(table) or bool(table) != bool(columns):
        raise click.UsageError(
            "THING, --in and --column go together: what is looked for, and where"
        )
    if table and write:
        raise click.UsageError("--write adds sentences of sources; rows of a table are none")
    records = reader.read(data / case, vocabulary.load())
    if table:
        _tell_rows(records, thing, table, columns, form)
        return
    _tell_sentences(records, data / case, texts, write=write, form=form)


def _tell_rows(records: Case, thing: str, table: Path, columns: tuple[str, ...], form: str) -> None:
    """Print the rows of a table that name a thing, each with its texts."""
    from ..authoring.identity.tables import table_of
    from ..authoring.mentions import named_in, names_of

    found = table_of(table)
    found.refuse_without(columns, table)
    names = names_of(records, thing)
    own = "id" if "id" in found.columns else ""
    texts = {
        str(number): " | ".join(filter(None, (row[name] for name in columns)))
        for number, row in enumerate(found.rows, 1)
    }
    told = [
        {"row": int(number), "id": found.rows[int(number) - 1].get(own, ""), "text": texts[number]}
        for number in named_in(names, texts, spelt=True)
    ]
    if form == "json":
        write_json({"thing": thing, "names": names, "rows": told})
        return
    for one in told:
        say_folded(f"{one['id'] or one['row']}: {one['text']}")
    say_folded(f"{len(told)} of {counted(len(texts), 'row')} name {thing} as {', '.join(names)} "
               "or in a like spelling; look at them.")  # fmt: skip


def _tell_sentences(
    records: Case, folder: Path, texts: Path | None, *, write: bool, form: str
) -> None:
    from ..authoring import mentions
    from ..authoring.texts import text_folder
    from ..build.verification import sentences
    from ..errors import UsageError
    from ..model.keys import key_at_hand

    texts = texts or text_folder(folder.name)
    if not texts.is_dir():
        told = f"{texts}: no texts of {folder.name} are there"
        raise UsageError(f"{told}; name their folder with --texts")
    found = mentions.proposed(records, sentences(records.sources, texts, key_at_hand()))
    more, ambiguous = mentions.unlisted(records, found), found.ambiguous
    if write and more:
        mentions.write(records, folder, more)
    if form == "json":
        write_json({"mentions": more, "ambiguous": ambiguous})
        return
    for thing, cited in more.items():
        say_folded(f"{thing}: {', '.join(cited)}")
    for name, things in ambiguous.items():
        say_folded(f'"{name}" is a name of {" and ".join(things)}; nothing is proposed by it')
    say_folded(_told(sum(map(len, more.values())), written=write))


def _told(count: int, *, written: bool) -> str:
    if not count:
        return "Every sentence that names a thing is listed in its file."
    sentences = counted(count, "sentence")
    return f"{sentences} added." if written else f"{sentences} not listed; add with --write."
