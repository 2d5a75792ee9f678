"""``hudna verify``."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from ..errors import UsageError
from ..errors.shown import MOST_OF_A_MESSAGE
from . import options, privacy
from .printing import say, say_folded, write_json

if TYPE_CHECKING:
    from ..build.verification import Verification
    from ..errors import Problem
    from ..model.keys import Key

from pathlib import Path

from ..errors.counting import counted, plural


@click.command("verify", epilog="Example: hudna verify --texts my-articles/")
@click.option(
    "--texts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the texts of the sources, as files of plain text in UTF-8.  "
    "[default: where hudna source keeps them]",
)
@privacy.private_data
@privacy.key
@options.case
@options.data
@options.form
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but mismatches.")
@click.pass_context
def command(
    ctx: click.Context,
    texts: Path | None,
    apart: Path | None,
    key: Key | None,
    case: str,
    data: Path,
    form: str,
    quiet: bool,
) -> None:
    """Check every indexed passage of a case against texts that you have.

    The project holds no text of its sources, only the place and the fingerprint of each sentence.
    A text is found by its own fingerprint, or by its file's name: SOURCE.txt. In one that differs
    each sentence is looked for anywhere. Exits with 1 if a sentence differs or a text is missing.
    Told as well are times in a source's own words that are not in the sentences that they are from,
    and claims whose cue stands for another stance or certainty in the tables for coders.

    Fingerprints that were made with a key are compared with it alone (--key-file).
    """
    from .. import reader
    from ..authoring.texts import text_folder
    from ..build.verification import sentences, verify
    from ..build.word_hints import word_hints
    from ..model import vocabulary

    folder = texts or text_folder(case)
    if not folder.is_dir():
        raise UsageError(f"no text of {case} is kept in {folder}; name the folder of your texts "
                         "with --texts")  # fmt: skip
    records = reader.read(data / case, vocabulary.load(), apart)
    results = list(verify(records.sources, folder, key))
    hints = word_hints(records, sentences(records.sources, folder, key), data / case)
    if form == "json":
        write_json([_as_dict(result, hints.get(result.source, [])) for result in results])
    else:
        for result in results:
            _echo(result, quiet=quiet)
        for hint in (one for source in sorted(hints) for one in hints[source]):
            say(str(hint))
    if any(result.mismatches or result.file is None for result in results):
        ctx.exit(1)


def _as_dict(result: Verification, hints: list[Problem]) -> dict[str, object]:
    return {
        **result._asdict(),
        "hints": [hint._asdict() for hint in hints],
        "file": None if result.file is None else result.file.as_posix(),
        "mismatches": [mismatch._asdict() for mismatch in result.mismatches],
    }


def _echo(result: Verification, *, quiet: bool) -> None:
    if result.file is None:
        say(f"{result.source}: no text found; name its file {result.source}.txt", err=True)
        return
    for mismatch in result.mismatches:
        if mismatch.moved:
            continue
        place = f"{mismatch.source}#{mismatch.sentence}" if mismatch.sentence else mismatch.source
        say(f"{place}: {mismatch.reason}", err=True, most=MOST_OF_A_MESSAGE)
    if result.found:
        say_folded(f"{result.source}: in {result.file.name} {result.found}; to take this text: "
                   f"hudna source update {result.source} {shlex.quote(str(result.file))}",
                   err=True)  # fmt: skip
    if not quiet:
        name = f"{result.file.name}{f' ({result.form})' if result.form else ''}"
        match = plural(result.matched, "matches", "match")
        every = counted(result.sentences, "sentence")
        found = f"{result.source}: {result.matched} of {every} {match} {name}"
        say(found + _note(result))


def _note(result: Verification) -> str:
    if not result.checked and result.mismatches:
        return "; none was compared"
    if not result.whole:
        return "; the file as a whole differs from the one that was indexed"
    return "; in the form that was indexed, the file is the same" if result.form else ""
