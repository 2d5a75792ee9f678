"""Checking cited passages against texts that the user has; the project itself holds no text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..errors import InputOutputError, UnfitFile
from ..errors.counting import counted
from ..model.textfiles import data_of
from ..reader.moved import as_before, moved
from ..reader.sentences import fingerprint_of, without_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ..model import Passage, Source
    from ..model.keys import Key
    from ..reader.sentences import Fingerprint

_ENCODINGS = {
    "utf-8": "",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "cp1256": "Windows-1256",
}
"""Encodings in which editors save texts, the likelier first, with the names that users know."""
_MARK = "\ufeff"
_ANOTHER = "it is not the text that was indexed"
_BYTES_OF_A_CHARACTER = 4
_ROOM = 65536
"""So many bytes a text may have beyond those of the one that was indexed."""


class Mismatch(NamedTuple):
    """A cited sentence that does not stand in the text as the index of its source says.

    Attributes:
        source: id of the source.
        sentence: its number; empty if it is the text as a whole.
        reason: what is wrong.
        moved: whether the sentence stands elsewhere in the text, word for word.
    """

    source: str
    sentence: str
    reason: str
    moved: bool = False


class Verification(NamedTuple):
    """What was checked for one source.

    Attributes:
        source: id of the source.
        file: the text that was read, or ``None`` if none was found.
        form: how the file differs from the form of the text that was checked, for instance
            ``in UTF-16, with Windows line ends``; empty if it was checked as it is.
        whole: whether the text in that form has the fingerprint of the source.
        sentences: how many sentences the source has.
        checked: how many of them were compared with the text; 0 if it could not be read.
        matched: how many of those were found equal.
        mismatches: those that differ, or why nothing could be compared.
        found: what became of all sentences in a text that differs, in a few words; else empty.
    """

    source: str
    file: Path | None
    form: str
    whole: bool
    sentences: int
    checked: int
    matched: int
    mismatches: tuple[Mismatch, ...]
    found: str = ""


class _Text(NamedTuple):
    """A text as its source may have had it, and how the file differs from that."""

    form: str
    content: str


def verify(
    sources: tuple[Source, ...], texts: Path, key: Key | None = None
) -> Iterator[Verification]:
    """Check the sentences of each source against the texts in a folder.

    A text belongs to a source if its fingerprint is that of the source, as it is or in another
    common form (encoding, line ends, byte order mark); else if its file is ``SOURCE.txt``, which is
    then read in the form in which most sentences match. Offsets count code points.

    Args:
        sources: the sources of a case.
        texts: a folder with text files.
        key: with which fingerprints of some of them are made.

    Raises:
        InputOutputError: the folder or a file in it cannot be read.
    """
    try:
        paths = {path.name: path for path in sorted(texts.iterdir())}
    except OSError as error:
        raise InputOutputError(f"{error.filename}: {error.strerror or error}") from error
    whole = _by_fingerprint(paths.values(), sources, key)
    for source in sources:
        path = whole.get(source.sha256) or paths.get(f"{source.id}.txt")
        if path is None:
            yield Verification(source.id, None, "", False, len(source.passages), 0, 0, ())
            continue
        make = fingerprint_of(source, key)
        if make is None:
            yield _unread(source, path, without_key(source))
            continue
        try:
            yield _compared(source, path, data_of(path, _most(source), _ANOTHER), make)
        except UnfitFile as error:
            yield _unread(source, path, error.reason)


def sentences(sources: Sequence[Source], texts: Path, key: Key | None = None) -> dict[str, str]:
    """Return the sentences of the texts in a folder, as far as they match, by ``SOURCE#SENTENCE``.

    Args:
        sources: the sources of a case.
        texts: a folder with text files.
        key: with which fingerprints of some of them are made.

    Raises:
        InputOutputError: the folder or a file in it cannot be read.
    """
    said: dict[str, str] = {}
    for source, found in zip(sources, verify(tuple(sources), texts, key), strict=True):
        make = fingerprint_of(source, key)
        if found.file is None or not found.matched or make is None:
            continue
        forms = _forms(data_of(found.file, _most(source), _ANOTHER))
        text = next(one.content for one in forms if one.form == found.form)
        for one in source.passages:
            if not _difference(one, text, make):
                said[f"{source.id}#{one.sentence}"] = text[one.start : one.end]
    return said


def _by_fingerprint(
    paths: Iterable[Path], sources: Sequence[Source], key: Key | None
) -> dict[str, Path]:
    """Return the file that has each source's fingerprint, best as it is, else in another form."""
    wanted = {source.sha256 for source in sources}
    most = max(map(_most, sources), default=0)
    makers = {make for one in sources if (make := fingerprint_of(one, key)) is not None}
    found: dict[str, tuple[bool, Path]] = {}
    for path in paths:
        try:
            data = data_of(path, most)
        except UnfitFile:
            continue
        for text in _forms(data):
            for digest in wanted.intersection(make(text.content) for make in makers):
                found[digest] = min(found.get(digest, (True, path)), (bool(text.form), path))
    return {digest: path for digest, (_, path) in found.items()}


def _most(source: Source) -> int:
    return source.characters * _BYTES_OF_A_CHARACTER + _ROOM


def _forms(data: bytes) -> Iterator[_Text]:
    """Yield the texts that a file may stand for, each once; the file as it is comes first."""
    seen: set[str] = set()
    for encoding, name in _ENCODINGS.items():
        try:
            content = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        bare = content.removeprefix(_MARK)
        mark = "a byte order mark" if bare != content else ""
        ends = "Windows line ends" if "\r\n" in bare else "other line ends"
        unix = bare.replace("\r\n", "\n").replace("\r", "\n")
        for text, *differs in (
            (content,),
            (bare, mark),
            (unix, mark, ends),
            (unix.replace("\n", "\r\n"), mark, ends),
            (_MARK + bare, "no byte order mark"),
        ):
            if text not in seen:
                seen.add(text)
                with_what = " and ".join(filter(None, differs))
                parts = (f"in {name}" if name else "", f"with {with_what}" if with_what else "")
                yield _Text(" ".join(filter(None, parts)), text)


def _compared(source: Source, path: Path, data: bytes, make: Fingerprint) -> Verification:
    """Return the comparison in the form that has the fingerprint, else that fits best."""
    made = []
    count = len(source.passages)
    for form, text in _forms(data):
        wrong = tuple(_mismatches(source, text, make))
        whole = make(text) == source.sha256
        if form and text.startswith(_MARK) and not whole:
            continue  # a mark that is put before a changed text would hide that all has moved
        found = Verification(source.id, path, form, whole, count, count, count - len(wrong), wrong)
        made.append((found, text))
    best, text = max(made, key=lambda one: (one[0].whole, one[0].matched))
    if not best.mismatches:
        return best
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not (best.whole or best.matched):
            return _unread(source, path, f"the text is not UTF-8 (byte {error.start})")
    return _elsewhere(source, best, text, make)


def _elsewhere(source: Source, best: Verification, text: str, make: Fingerprint) -> Verification:
    """Return a comparison with what differs looked for anywhere in the text."""
    cut = as_before(source.passages, text, make)
    places = {one.number: one for one in cut}
    found = moved(source.passages, text, cut, make)
    wrong = []
    for one in best.mismatches:
        if now := places.get(found.found.get(one.sentence, "")):
            there = f"is now {now.number}, characters {now.start} to {now.end}"
            wrong.append(one._replace(reason=there, moved=True))
        else:
            wrong.append(one)
    return best._replace(mismatches=tuple(wrong), found=found.told())


def _unread(source: Source, path: Path, reason: str) -> Verification:
    wrong = (Mismatch(source.id, "", reason),)
    return Verification(source.id, path, "", False, len(source.passages), 0, 0, wrong)


def _mismatches(source: Source, text: str, make: Fingerprint) -> Iterator[Mismatch]:
    whole = any(one.rows for one in source.passages) and make(text) == source.sha256
    for passage in source.passages:
        if passage.rows:
            reason = "" if whole else "stands for several rows, of a file that is not this one"
        else:
            reason = _difference(passage, text, make)
        if reason:
            yield Mismatch(source.id, passage.sentence, reason)


def _difference(passage: Passage, text: str, make: Fingerprint) -> str:
    if passage.end > len(text):
        return f"ends at {passage.end}, but the text has {counted(len(text), 'character')}"
    found = make(text[passage.start : passage.end])
    if found != passage.sha256:
        return (
            f"characters {passage.start} to {passage.end} have the fingerprint {found[:12]}…, "
            f"not {passage.sha256[:12]}…"
        )
    return ""
