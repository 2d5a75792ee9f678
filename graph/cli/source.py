"""``hudna source``."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UsageError
from ..errors.counting import counted
from ..model.folders import case_option
from . import options, privacy
from .printing import say, say_folded, write_json
from .tables import shown_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from ..authoring.documents import Document
    from ..authoring.renewal import Renewal
    from ..authoring.sources import AddedSource, Keyed
    from ..model.keys import Key
    from ..reader.sentences import Sentence

_FILES = 9
"""So many files are told by name."""

_texts = click.option(
    "--texts",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the texts.  [default: hudna/texts/CASE in the user's data folder]",
)
_join = click.option(
    "--join",
    multiple=True,
    metavar="N.M",
    help="Join a sentence to the next of its paragraph; repeatable. All numbers are as without "
    "--join and --split.",
)
_split = click.option(
    "--split",
    multiple=True,
    metavar="N.M:SIGNS",
    help="Cutting a sentence after so many signs, as in 3.2:45; repeatable.",
)
_boilerplate = click.option(
    "--boilerplate",
    multiple=True,
    metavar="N.M",
    help="A sentence without facts, such as a menu or a notice; repeatable.",
)
_unwrap = click.option(
    "--unwrap", is_flag=True, help="Join lines that no empty line parts: the text has short lines."
)
_keyed = click.option(
    "--keyed",
    is_flag=True,
    help="Make its fingerprints with the key, as of a source that is not public.",
)
_dry_run = options.dry_run("would be done")


def _cutting(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say how a text is cut."""
    for option in (_unwrap, _boilerplate, _split, _join):
        function = option(function)
    return function


@click.group("source", epilog="Example: hudna source add article.html --dry-run")
def command() -> None:
    """Add a document to a case, show its sentences, or take a new version of its text.

    A source is a file with an index: the place and the fingerprint of each sentence. Its text stays
    on this machine, outside of the case and of every git repository.
    """


@command.command(
    "add",
    epilog="\b\nExamples:\n"
    "  hudna source add article.html --dry-run\n"
    "  hudna source add note.txt --id note-7 --title 'Note 7' --publisher 'The Observers' "
    "--author 'Jane Doe' --date 2020-09 --date-basis 'Printed on the page.'\n"
    "  hudna source add note.txt --id note-7 --replace --join 3.1 --split 4.2:45",
)
@click.argument("file", metavar="FILE|-")
@click.option("--url", default="", help="Where it is on the web; an interview has none.")
@click.option("--date", default="", help="When it was written, as in 2020-06-10 or 2020-06 (EDTF).")
@click.option("--date-basis", default="", metavar="TEXT", help="How that is known.")
@click.option("--title", default="", metavar="TEXT", help="Its title.")
@click.option("--publisher", default="", metavar="TEXT", help="Who published it.")
@click.option(
    "--author",
    multiple=True,
    metavar="ACTOR",
    help="An actor by id or name, or a new one by name; repeatable.",
)
@click.option(
    "--author-class",
    default="Person",
    show_default=True,
    metavar="CLASS",
    help="What new authors are, as MediaOrganization.",
)
@click.option(
    "--language",
    default="",
    metavar="TAG",
    help="Its language, as in ar.  [default: that of the case, if it has only one]",
)
@click.option("--id", "source", default="", metavar="ID", help="Its id.  [default: of the file]")
@_cutting
@click.option("--replace", is_flag=True, help="Write a source anew that is there already.")
@_texts
@privacy.key
@_keyed
@_dry_run
@options.case
@options.data
def add(
    file: str,
    author_class: str,
    source: str,
    join: tuple[str, ...],
    split: tuple[str, ...],
    boilerplate: tuple[str, ...],
    unwrap: bool,
    replace: bool,
    texts: Path | None,
    key: Key | None,
    keyed: bool,
    dry_run: bool,
    case: str,
    data: Path,
    **about: Any,  # noqa: ANN401 - texts by option
) -> None:
    """Add a document: plain text, HTML, DOCX, or - for standard input.

    Its sentences are numbered and shown. What a page says of itself is proposed and never taken.
    The words of a PDF are a guess: they are written to a file for you to correct, and not added.

    With --replace, what is not said stays as it is, also sentences that were joined and cut by
    hand. A paragraph is a line that is not blank.

    With --keyed, fingerprints are made with the key of the case: a sentence that can be guessed is
    confirmed by a plain one.
    """
    from ..authoring.about import About
    from ..authoring.sources import Cutting, add
    from ..authoring.texts import text_folder

    found = _document(file, unwrap=unwrap)
    source = source or _proposed_id(file, about["title"] or found.proposed.get("title", ""))
    folder = text_folder(case, texts)
    if found.proposal:
        _propose(source, found, folder, data / case, dry_run=dry_run)
        return
    said, cut = About(**about, author_class=author_class), Cutting(join, split, boilerplate)
    with _telling(source, found.text):
        how = {"replace": replace, "dry_run": dry_run}
        made = _with_key(key, keyed)
        added = add(data / case, found, said, source, folder, cut, **how, keyed=made)
    _say_added(added, found, case, data, given=bool(about["language"]))
    if not dry_run:
        _say_next(added, case)


@command.command("show", epilog="Example: hudna source show report-2020 --texts my-articles/")
@click.argument("source", metavar="ID")
@_texts
@options.case
@options.data
@options.form
def show(source: str, texts: Path | None, case: str, data: Path, form: str) -> None:
    """Show the sentences of a source with their numbers.

    Where the text is not at hand, or a sentence is not in it as it was indexed, its place is shown.
    """
    from ..authoring.sources import known
    from ..authoring.texts import text_folder
    from ..build.verification import sentences
    from ..model.keys import key_at_hand

    found = known(data / case, source)
    folder = texts or text_folder(case)
    said = sentences((found,), folder, key_at_hand()) if folder.is_dir() else {}
    rows = [
        {"sentence": one.sentence, "start": one.start, "end": one.end, "boilerplate":
         bool(one.boilerplate), "text": said.get(f"{source}#{one.sentence}")}
        for one in found.passages
    ]  # fmt: skip
    if form == "json":
        write_json(rows)
        return
    for row in rows:
        place = f"[characters {row['start']} to {row['end']}]"
        _say_sentence(str(row["sentence"]), str(row["text"] or place), bool(row["boilerplate"]))
    if not said:
        say_folded(f"no text of it is in {folder}; name another folder with --texts", err=True)


@command.command("update", epilog="Example: hudna source update note-7 note-corrected.txt")
@click.argument("source", metavar="ID")
@click.argument("file", metavar="FILE|-")
@_cutting
@click.option(
    "--accept-changes",
    is_flag=True,
    help="Keep citations of changed sentences, with what stands in their place, to be read again.",
)
@_texts
@privacy.key
@_keyed
@_dry_run
@options.case
@options.data
def update(
    source: str,
    file: str,
    join: tuple[str, ...],
    split: tuple[str, ...],
    boilerplate: tuple[str, ...],
    unwrap: bool,
    accept_changes: bool,
    texts: Path | None,
    key: Key | None,
    keyed: bool,
    dry_run: bool,
    case: str,
    data: Path,
) -> None:
    """Take a new version of a source's text: the index, and all that cites it, follow.

    Each sentence is looked for anywhere in the new text by its fingerprint, never by likeness.
    Citations of a sentence that moved get its new number, in all files of the case. If one that is
    cited changed, nothing is written (exit code 1) unless --accept-changes says so; then its claims
    are listed by "hudna check --hints" until they are taken out of "reread" in the source's file.
    """
    from ..authoring.sources import Cutting, update
    from ..authoring.texts import text_folder

    found = _document(file, unwrap=unwrap)
    if found.proposal:
        raise UsageError(f'{file}: is a PDF; "hudna source add {file}" writes its words to a file '
                         "that you correct")  # fmt: skip
    cut = Cutting(join, split, boilerplate)
    folder = text_folder(case, texts)
    with _telling(source, found.text):
        done = update(
            data / case,
            found.text,
            source,
            folder,
            cut,
            accept=accept_changes,
            dry_run=dry_run,
            keyed=_with_key(key, keyed),
        )
    if done.renewal is not None:
        _say_renewal(source, done.renewal, found.text)
    _say_written(done, data / case)


def _with_key(key: Key | None, keyed: bool) -> Keyed:
    """Return whether fingerprints are to be made with a key, which must be there then."""
    from ..authoring.sources import Keyed

    if keyed and key is None:
        raise click.UsageError("--keyed needs the key of the case: add --key-file FILE")
    return Keyed(key, keyed)


@contextmanager
def _telling(source: str, text: str) -> Iterator[None]:
    """Tell what changed where that is why nothing is written."""
    from ..authoring.sources import SentencesChanged

    try:
        yield
    except SentencesChanged as error:
        _say_renewal(source, error.renewal, text)
        raise


def _proposed_id(file: str, title: str) -> str:
    from ..authoring.slugs import slug_of

    made = slug_of(title if file == "-" else Path(file).name.partition(".")[0])
    if not made:
        raise UsageError("this document has no id yet; give it one, as in --id courier-2020")
    return made


def _document(file: str, *, unwrap: bool) -> Document:
    from ..authoring.documents import MOST_BYTES, document
    from ..model.textfiles import data_of

    if file == "-":
        return document(sys.stdin.buffer.read(MOST_BYTES + 1), "standard input", unwrap=unwrap)
    advice = "add it in parts, as several sources"
    return document(data_of(Path(file), MOST_BYTES, advice), file, unwrap=unwrap)


def _propose(source: str, found: Document, folder: Path, case: Path, *, dry_run: bool) -> None:
    from ..authoring.sources import propose

    for remark in found.remarks:
        say_folded(f"note: {remark}", err=True)
    if dry_run:
        say_folded("nothing is written (--dry-run); without it, the words are written to a file "
                   "that you correct")  # fmt: skip
        return
    path = propose(case, found, source, folder)
    say_folded(f"nothing is added; the words are in {path}")
    say_folded(f"correct them, a paragraph a line, then: hudna source add {shown_path(path)} "
               f"--id {source} {case_option(case.name)}")  # fmt: skip


def _say_sentence(number: str, words: str, boilerplate: bool) -> None:
    mark = "- " if boilerplate else "  "
    say_folded(f"{number:>7}{mark}{' '.join(words.split())}", indent=9)


def _say_added(added: AddedSource, found: Document, case: str, data: Path, *, given: bool) -> None:
    from ..model.languages import in_english

    for one in added.sentences:
        plain = one.number in added.boilerplate
        _say_sentence(one.number, added.text[one.start : one.end], plain)
    for remark in found.remarks:
        say_folded(f"note: {remark}", err=True)
    say("")
    if added.language and not given:
        say_folded(f"note: it is taken to be in {in_english(added.language)}, as all of the case; "
                   "else give --language")  # fmt: skip
    last = int(added.sentences[-1].number.partition(".")[0])
    in_words = f"{counted(len(added.sentences), 'sentence')} in {counted(last, 'paragraph')}"
    say_folded(f"{added.source}: {in_words}")
    if added.renewal is not None:
        say_folded(added.renewal.told())
    _say_written(added, data / case)


def _say_next(added: AddedSource, case: str) -> None:
    from ..reader.sentences import sentences

    kept, plain = shown_path(added.file), sentences(added.text)
    last = max((one for one in added.sentences if one.number not in added.boilerplate),
               key=lambda one: one.end - one.start, default=added.sentences[-1])  # fmt: skip
    if cuts := _cuts(added.text, plain):
        say_folded(f"wrongly cut? hudna source add {kept} --id {added.source} --replace{cuts} "
                   f"{case_option(case)}")  # fmt: skip
    say_folded('then: hudna say "SUBJECT PREDICATE OBJECT | VOICE asserts '
               f'{added.source}#{last.number}" {case_option(case)}')  # fmt: skip


def _cuts(text: str, found: Sequence[Sentence]) -> str:
    """Return how a text may be cut otherwise, as far as it has what can be joined or split."""
    joined = [one.number for one, other in pairwise(found) if _paragraph(one) == _paragraph(other)]
    longest = max(found, key=lambda one: one.end - one.start)
    words = text[longest.start : longest.end]
    half = len(words) // 2
    middle = max(words.rfind(" ", 0, half + 1), 0) or words.find(" ", half)
    join = f" --join {joined[0]}" if joined else ""
    return join + (f" --split {longest.number}:{middle}" if middle > 0 else "")


def _paragraph(one: Sentence) -> str:
    return one.number.partition(".")[0]


def _say_written(done: AddedSource, folder: Path) -> None:
    if not done.written:
        say_folded("nothing is written (--dry-run)")
        return
    for name in done.written[:_FILES]:
        say_folded(f"written: {(folder / name).as_posix()}")
    if (more := len(done.written) - _FILES) > 0:
        say_folded(f"written: {counted(more, 'more file')} of the case")
    say_folded(f"text kept: {shown_path(done.file)}")


def _say_renewal(source: str, found: Renewal, text: str) -> None:
    """Tell what became of the sentences, and where those are cited whose words changed."""
    words = {one.number: text[one.start : one.end] for one in found.sentences}
    for old in [*found.changed, *found.lost]:
        new = found.changed.get(old)
        say_folded(f"{source}#{old} changed; now {new}: " if new else f"{source}#{old} is gone",
                   " ".join(words.get(new or "", "").split()))  # fmt: skip
        for one in found.citing:
            if one.place == f"{source}#{old}":
                say_folded(f"  {one.file}:{one.line}{f': {one.message}' if one.message else ''}")
    say_folded(f"{source}: {found.told()}")
