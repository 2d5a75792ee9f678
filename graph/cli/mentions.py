"""``hudna mentions``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..errors.counting import counted
from . import options
from .printing import say_folded, write_json

if TYPE_CHECKING:
    from pathlib import Path


@click.command("mentions", epilog="Example: hudna mentions --texts my-articles/ --write")
@options.texts
@click.option("--write", is_flag=True, help="Add the sentences to the files of the things.")
@options.case
@options.data
@options.form
def command(texts: Path | None, write: bool, case: str, data: Path, form: str) -> None:
    """Find the sentences that name a thing and that its file does not list.

    Names in all languages are looked for as whole words, the longest first; a name of several
    things is told and counts for none. With --write the sentences are added to the files' key
    mentioned, and comments stay.
    """
    from .. import reader
    from ..authoring import mentions
    from ..authoring.texts import text_folder
    from ..build.verification import sentences
    from ..errors import UsageError
    from ..model import vocabulary
    from ..model.keys import key_at_hand

    folder = texts or text_folder(case)
    if not folder.is_dir():
        raise UsageError(f"{folder}: no texts of {case} are there; name their folder with --texts")
    records = reader.read(data / case, vocabulary.load())
    found = mentions.proposed(records, sentences(records.sources, folder, key_at_hand()))
    more, ambiguous = mentions.unlisted(records, found), found.ambiguous
    if write and more:
        mentions.write(records, data / case, more)
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
