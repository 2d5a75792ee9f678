"""``hudna coverage``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import options
from .printing import fitted, say, say_folded, say_table, write_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ..authoring.coverage import SourceCoverage
    from ..model import Case

EPILOG = """\b
Examples:
  hudna coverage
  hudna coverage --source report-2020 --all
  hudna coverage --nothing report-2020#22.1 --reason "a heading"
"""
_IN_WORDS = {
    "coded": "coded",
    "mentioned": "mentioned only",
    "nothing": "nothing to code",
    "boilerplate": "boilerplate",
    "left": "nothing yet",
}
"""What is said of a sentence, by what became of it, in the order of the columns."""


@click.command("coverage", epilog=EPILOG)
@click.argument("sentences", nargs=-1, metavar="[SOURCE#SENTENCE]...")
@click.option("--source", default="", metavar="SOURCE", help="Only of this source.")
@click.option("--all", "every", is_flag=True, help="List every sentence, not only those left.")
@click.option("--nothing", is_flag=True,
              help="Store that these sentences have nothing to code.")  # fmt: skip
@click.option("--reason", default="", metavar="TEXT",
              help="With --nothing: why, in your own words; written beside it.")  # fmt: skip
@click.option("--read", "again", is_flag=True,
              help="Store that these sentences, which changed, were read again.")  # fmt: skip
@click.option("--undo", is_flag=True, help="With --nothing: take the decision back.")
@options.texts
@options.case
@options.data
@options.form
def command(
    sentences: tuple[str, ...],
    source: str,
    every: bool,
    nothing: bool,
    reason: str,
    again: bool,
    undo: bool,
    texts: Path | None,
    case: str,
    data: Path,
    form: str,
) -> None:
    """Show which sentences of the sources are coded, and which are left.

    A sentence is coded if a claim cites it. It is mentioned only if nothing but something else
    does: a thing that it shows to exist, a note, a judgement of identity, a time. Those and the
    ones with nothing yet are left, and listed, each with its words where the text is at hand.

    What has nothing to code is told with --nothing, so that it is not looked at again. That is
    kept in the key "nothing" of the source's file; --read takes a sentence out of its key "reread",
    which "hudna source update" makes. A case with one source needs only the number. Works on the
    authored files; no build is needed.
    """
    from .. import reader
    from ..authoring.coverage import coverage
    from ..model import vocabulary

    if again:
        if nothing or undo or reason:
            raise click.UsageError("--read goes without --nothing, --reason and --undo")
        _read(data / case, sentences, form)
        return
    if sentences or nothing or undo or reason:
        _decide(data / case, sentences, reason, nothing=nothing, undo=undo, form=form)
        return
    records = reader.read(data / case, vocabulary.load())
    covered = coverage(records, source)
    words = _words(records, texts)
    if form == "json":
        write_json([_as_dict(one, words) for one in covered])
        return
    _say_counts(covered)
    _say_sentences(covered, words, every=every)


def _read(folder: Path, sentences: Sequence[str], form: str) -> None:
    """Store that sentences were read again, and say which of them had to be."""
    from ..authoring.coverage import decide_read

    if not sentences:
        raise click.UsageError("--read takes sentences, as in report-2020#22.1")
    changed = decide_read(folder, sentences)
    if form == "json":
        write_json(changed)
    else:
        told = f"{', '.join(changed)}: read again"
        say_folded(told if changed else "none of them had to be read again")


def _decide(
    folder: Path, sentences: Sequence[str], reason: str, *, nothing: bool, undo: bool, form: str
) -> None:
    """Store a decision on sentences, and say which of them are changed by it."""
    from ..authoring.coverage import decide_nothing

    if not nothing:
        raise click.UsageError("sentences, --reason and --undo go with --nothing")
    if not sentences:
        raise click.UsageError("--nothing takes sentences, as in report#22.1")
    if undo and reason:
        raise click.UsageError("--reason and --undo do not go together")
    changed = decide_nothing(folder, sentences, reason, undo=undo)
    if form == "json":
        write_json(changed)
        return
    what = "no longer marked as nothing to code" if undo else "marked as nothing to code"
    say_folded(f"{', '.join(changed)}: {what}" if changed else f"all of them are {what} already")


def _words(records: Case, texts: Path | None) -> Mapping[str, str]:
    """Return the sentences of the texts that are at hand, by how they are cited."""
    from ..authoring.texts import texts_at_hand
    from ..build.verification import sentences
    from ..model.keys import key_at_hand

    folder = texts_at_hand(records.id, texts)
    return sentences(records.sources, folder, key_at_hand()) if folder else {}


def _as_dict(covered: SourceCoverage, words: Mapping[str, str]) -> dict[str, object]:
    from ..authoring.coverage import Coding

    listed = [
        {"sentence": number, "coding": coding, "text": words.get(f"{covered.source}#{number}")}
        for number, coding in covered.sentences.items()
    ]
    return {
        "source": covered.source,
        "settled": covered.settled,
        "counts": {coding: covered.counts[Coding(coding)] for coding in _IN_WORDS},
        "sentences": listed,
    }


def _say_counts(covered: Sequence[SourceCoverage]) -> None:
    names = ["source", *_IN_WORDS.values(), "done"]
    say_table([names, *([one.source, *_counted(one), _share(one)] for one in covered)])


def _counted(covered: SourceCoverage) -> list[str]:
    from ..authoring.coverage import Coding

    return [str(covered.counts[Coding(coding)]) for coding in _IN_WORDS]


def _share(covered: SourceCoverage) -> str:
    """Return how much is done in per cent; 100 only where all is."""
    return f"{100 * covered.settled // (len(covered.sentences) or 1)} %"


def _say_sentences(
    covered: Sequence[SourceCoverage], words: Mapping[str, str], *, every: bool
) -> None:
    """List the sentences that are left, or all, and say what to do with those that are left."""
    left = 0
    say()
    for one in covered:
        for number, coding in one.sentences.items():
            left += not coding.settled
            if every or not coding.settled:
                citation = f"{one.source}#{number}"
                text = f"  {words[citation]}" if citation in words else ""
                say(fitted(f"{citation}  {_IN_WORDS[coding]}{text}"))
    if not left:
        say_folded("every sentence is coded, or has nothing to code")
        return
    say()
    say_folded(f"{left} left; code them, or: hudna coverage --nothing SOURCE#SENTENCE")
