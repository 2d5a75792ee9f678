"""Sources of a case: add one, and bring its index up to another text."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import tomlkit

from ..errors import HudnaError, UsageError, UsageErrors
from ..model import Passage, Source
from ..model.folders import refuse_no_case
from ..model.textfiles import text_of, toml_of
from ..reader.claims import no_source
from ..reader.fields import SLUG
from ..reader.sentences import (
    Sentence,
    fingerprint,
    fingerprint_of,
    recut,
    sentences,
    without_key,
)
from .about import About, authors_of, language_of
from .authored import Authored
from .documents import MOST_BYTES, Document
from .editing import editing
from .renewal import Renewal, in_order, index, indexed, renew, renewal
from .texts import kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ..model.keys import Key
    from .editing import Edit


class Cutting(NamedTuple):
    """How sentences are cut otherwise, by the numbers that they have without this.

    Attributes:
        join: numbers of sentences to be joined to the next of their paragraph.
        split: ``3.2:45`` to cut 3.2 after 45 code points.
        boilerplate: numbers of sentences that carry no facts.
    """

    join: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    boilerplate: tuple[str, ...] = ()


class Keyed(NamedTuple):
    """Whether fingerprints are made with a key, as of what is not public.

    Attributes:
        key: of the case, if it is at hand.
        asked: whether they are to be made with it from now on.
    """

    key: Key | None = None
    asked: bool = False

    def of(self, before: Source | None = None) -> Key | None:
        """Return the key that makes the fingerprints of a source, as it was before, if one does."""
        return self.key if self.asked or (before and before.key) else None


class AddedSource(NamedTuple):
    """A source that was added, or would be.

    Attributes:
        source: its id.
        text: its text, as kept.
        sentences: of the text.
        boilerplate: numbers of those that carry no facts.
        file: where the text is kept.
        written: the files of the case that are new or changed, in its folder.
        renewal: what became of the former sentences of a source that was there before.
        language: of a new source: the one that is given, or that of the case.
    """

    source: str
    text: str
    sentences: Sequence[Sentence]
    boilerplate: frozenset[str]
    file: Path
    written: tuple[str, ...]
    renewal: Renewal | None = None
    language: str = ""


def add(
    folder: Path,
    found: Document,
    about: About,
    source: str,
    texts: Path,
    cut: Cutting = Cutting(),  # noqa: B008 - it cannot be changed
    *,
    replace: bool = False,
    dry_run: bool = False,
    keyed: Keyed = Keyed(),  # noqa: B008 - it cannot be changed
) -> AddedSource:
    """Add a document to a case: the index of its sentences, its text, and authors that are new.

    Args:
        folder: of the case.
        found: the document.
        about: what is said of it; of a source that is replaced, what is not said stays.
        source: its id.
        texts: where texts are kept.
        cut: how its sentences are cut otherwise.
        replace: whether a source of this id is written anew.
        dry_run: whether nothing is written; then nothing has to be said of it yet.
        keyed: whether a key makes the fingerprints.

    Raises:
        UsageError: something required is missing, or a number or an actor is none; it tells all.
        DataProblems: what is said of it is wrong.
        InputOutputError: a file cannot be read or written.
    """
    name = f"sources/{source}.toml"
    _refuse(folder, source, texts)
    with _kept(texts, source, found.text, dry_run=dry_run) as file, editing(folder) as edit:
        there = bool(edit.read(name))
        if there and not replace:
            raise _there(folder, name, source)
        if there:
            return _replaced(
                edit, source, found.text, file, about, cut, dry_run=dry_run, keyed=keyed
            )
        first = sentences(found.text)
        spans = recut(found.text, first, cut.join, cut.split)
        numbers = _boilerplate(cut.boilerplate, first, spans)
        result = AddedSource(source, found.text, spans, numbers, file, ())
        if dry_run:
            return result
        about = about._replace(language=about.language or language_of(Authored(folder), found))
        authors = authors_of(edit, about, source, found, spans)
        edit.begin(name, _file(about, authors, found.text, spans, numbers, keyed.of()))
        return result._replace(written=tuple(edit.changes), language=about.language)


def _there(folder: Path, name: str, source: str) -> UsageError:
    return UsageError(
        f"{folder.as_posix()}/{name} is there already: --replace writes it anew, --id "
        "gives this document another id; for a new version of the text there is "
        f'"hudna source update {source}"'
    )


def update(
    folder: Path,
    text: str,
    source: str,
    texts: Path,
    cut: Cutting = Cutting(),  # noqa: B008 - it cannot be changed
    *,
    accept: bool = False,
    dry_run: bool = False,
    keyed: Keyed = Keyed(),  # noqa: B008 - it cannot be changed
) -> AddedSource:
    """Bring the index of a source up to another text; all that cites it follows its sentences.

    Args:
        folder: of the case.
        text: the other text.
        source: id of the source.
        texts: where texts are kept.
        cut: how its sentences are cut otherwise.
        accept: whether citations of changed sentences stay with what stands in their place; these
            are then listed in the source's file, to be read again.
        dry_run: whether nothing is written.
        keyed: whether a key makes the fingerprints; where one did, it does.

    Raises:
        UsageError: there is no such source, a number is none, or the key is another one.
        SentencesChanged: sentences that are cited changed or are gone; nothing is written.
        DataProblems: the case would have new problems.
        InputOutputError: a file cannot be read or written.
    """
    known(folder, source)
    _outside(texts, folder)
    with _kept(texts, source, text, dry_run=dry_run) as file, editing(folder) as edit:
        return _replaced(
            edit,
            source,
            text,
            file,
            About(),
            cut,
            accept=accept,
            dry_run=dry_run,
            keyed=keyed,
        )


def propose(folder: Path, found: Document, source: str, texts: Path) -> Path:
    """Keep the words that a document may have, to be corrected; nothing is added to the case.

    Args:
        folder: of the case.
        found: the document.
        source: the id that it is to have.
        texts: where texts are kept.

    Returns:
        The file with the words.

    Raises:
        UsageError: the id is none, or words are there that somebody may have corrected.
        InputOutputError: they cannot be written.
    """
    _refuse(folder, source, texts)
    name = f"{source}.proposal.txt"
    if (texts / name).exists() and text_of(texts / name, MOST_BYTES) != found.text:
        raise UsageError(f"{texts / name}: is there already, with other words, which you may have "
                         f"corrected: add it with --id {source}, or remove it")  # fmt: skip
    with kept(texts, name, found.text) as path:
        return path


class SentencesChanged(HudnaError):
    """Sentences that are cited changed or are gone, and that was not accepted.

    Attributes:
        renewal: what was found.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, source: str, renewal: Renewal) -> None:
        self.renewal = renewal
        cited = {one.place.partition("#")[2] for one in renewal.citing}
        self.gone = tuple(one for one in renewal.lost if one in cited)
        gone = ", ".join(self.gone)
        super().__init__(
            f"nothing is written, for nothing stands where {gone} stood, which is cited: cite "
            "another sentence there first"
            if gone
            else "nothing is written, for sentences that are cited changed; with --accept-changes "
            f'"hudna source update {source}" keeps their citations, with what stands in their '
            "place, and lists them to be read again"
        )


def _replaced(
    edit: Edit,
    source: str,
    text: str,
    file: Path,
    about: About,
    cut: Cutting,
    *,
    accept: bool = False,
    dry_run: bool = False,
    keyed: Keyed = Keyed(),  # noqa: B008 - it cannot be changed
) -> AddedSource:
    """Write a source anew that is there already, as far as it is said."""
    name = f"sources/{source}.toml"
    table = _table(edit.folder, source)
    before = known(edit.folder, source)
    make = fingerprint_of(before, keyed.key)
    if make is None:
        raise UsageError(f"{source}: {without_key(before)}")
    found = renewal(edit.folder, edit, before, text, cut.join, cut.split, make)
    if found.citing and not dry_run:
        change = SentencesChanged(source, found)
        if change.gone or not accept:
            raise change
    carried = {found.now(one) for one in table.get("boilerplate", ())} - {""}
    numbers = carried | _boilerplate(cut.boilerplate, found.before, found.sentences)
    if not dry_run:
        said: dict[str, object] = {key: one for key, one in _said(about).items() if one}
        if authors := authors_of(edit, about, source, Document(text, {}), found.sentences, table):
            said["authors"] = authors
        if cut.boilerplate:
            said["boilerplate"] = in_order(numbers)
        renew(edit, source, found)
        edit.write(name, indexed(edit, source, text, found, said, keyed.of(before)))
    changes = tuple(edit.changes)
    return AddedSource(source, text, found.sentences, frozenset(numbers), file, changes, found)


@contextmanager
def _kept(texts: Path, source: str, text: str, *, dry_run: bool) -> Iterator[Path]:
    if dry_run:
        yield texts / f"{source}.txt"
    else:
        with kept(texts, f"{source}.txt", text) as file:
            yield file


def _refuse(folder: Path, source: str, texts: Path) -> None:
    refuse_no_case(folder)
    _outside(texts, folder)
    if not SLUG.fullmatch(source):
        raise UsageError(f'"{source}" is no id: write small letters, digits and hyphens, '
                         "as in --id courier-2020")  # fmt: skip


def _outside(texts: Path, folder: Path) -> None:
    if texts.resolve().is_relative_to(folder.resolve().parent):
        raise UsageError(f"{texts}: is in the folder of the cases, {folder.parent}; texts stay out "
                         "of it: name another folder with --texts")  # fmt: skip


def known(folder: Path, source: str) -> Source:
    """Return a source with its index, as far as its file can be read; all else is left empty.

    Args:
        folder: of the case.
        source: id of the source.

    Raises:
        UsageError: there is no such source, or it has no index.
        UnfitFile: its file cannot be read.
    """
    table = _table(folder, source)
    plain = table.get("boilerplate", ())
    try:
        passages = tuple(
            Passage(id="", source=source, sentence=number, start=start, end=end, sha256=digest,
                    boilerplate=number in plain or None)
            for number, start, end, digest in table.get("sentences", ())
        )  # fmt: skip
    except (TypeError, ValueError):
        wrong = f'sources/{source}.toml: "sentences" is no index; "hudna check" says more'
        raise UsageError(wrong) from None
    return Source(
        id=source,
        title="",
        publisher="",
        date="",
        date_basis="",
        language="",
        authors=(),
        sha256=str(table.get("sha256", "")),
        key=str(table.get("key", "")),
        characters=table.get("characters", 0),
        passages=passages,
    )


def _table(folder: Path, source: str) -> Mapping[str, Any]:
    path = folder / "sources" / f"{source}.toml"
    if not SLUG.fullmatch(source) or not path.is_file():
        there = sorted(path.stem for path in (folder / "sources").glob("*.toml"))
        raise UsageError(no_source(source, there))
    return toml_of(path)


def _boilerplate(
    given: Iterable[str], before: Sequence[Sentence], now: Sequence[Sentence]
) -> frozenset[str]:
    """Return the numbers that sentences have after they were cut otherwise."""
    known = {one.number: one for one in before}
    if unknown := [one for one in given if one not in known]:
        raise UsageErrors(
            f"--boilerplate {one}: there is no such sentence; the last one is {before[-1].number}"
            for one in unknown
        )
    spans = [(known[one].start, known[one].end) for one in given]
    return frozenset(
        one.number for one in now for start, end in spans if one.start < end and start < one.end
    )


def _said(about: About) -> dict[str, str]:
    keys = ("title", "publisher", "url", "date", "date_basis", "language")
    return {key: getattr(about, key) for key in keys}


def _file(
    about: About,
    authors: Sequence[str],
    text: str,
    found: Sequence[Sentence],
    boilerplate: frozenset[str],
    key: Key | None,
) -> str:
    """Return the file of a new source."""
    make = key.fingerprint if key else fingerprint
    told = _said(about)
    table = tomlkit.document()
    table["title"] = told.pop("title")
    table["authors"] = list(authors)
    table.update({key: value for key, value in told.items() if value})
    if key:
        table["key"] = key.id
    table["sha256"] = make(text)
    table["characters"] = len(text)
    if boilerplate:
        table["boilerplate"] = in_order(boilerplate)
    return tomlkit.dumps(table) + index(text, found, make)
