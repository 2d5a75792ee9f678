"""Checking cited passages against texts that the user has; the project itself holds no text."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from .errors import InputOutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from .model import Passage, Source


class Mismatch(NamedTuple):
    """A cited sentence that does not stand in the text as the index of its source says."""

    source: str
    sentence: str
    reason: str


class Verification(NamedTuple):
    """What was checked for one source.

    Attributes:
        source: id of the source.
        file: the text that was read, or ``None`` if none was found.
        whole: whether the file as a whole has the fingerprint of the source.
        checked: how many sentences were checked.
        mismatches: those that differ.
    """

    source: str
    file: Path | None
    whole: bool
    checked: int
    mismatches: tuple[Mismatch, ...]


def verify(sources: tuple[Source, ...], texts: Path) -> Iterator[Verification]:
    """Check the sentences of each source against the texts in a folder.

    A text belongs to a source if its fingerprint is that of the source, or if its file is
    ``SOURCE.txt``. Offsets count code points of the text decoded as UTF-8, with its line
    ends as they are.

    Args:
        sources: the sources of a case.
        texts: a folder with text files.

    Raises:
        InputOutputError: the folder or a file in it cannot be read.
    """
    files = _files(texts)
    for source in sources:
        path = _text_of(source, files)
        if path is None:
            yield Verification(source.id, None, whole=False, checked=0, mismatches=())
            continue
        data = files[path]
        mismatches = tuple(_mismatches(source, data))
        whole = hashlib.sha256(data).hexdigest() == source.sha256
        yield Verification(source.id, path, whole, len(source.passages), mismatches)


def _files(texts: Path) -> dict[Path, bytes]:
    try:
        return {p: p.read_bytes() for p in sorted(texts.iterdir()) if p.is_file()}
    except OSError as error:
        raise InputOutputError(f"{error.filename}: {error.strerror or error}") from error


def _text_of(source: Source, files: Mapping[Path, bytes]) -> Path | None:
    for path, data in files.items():
        if hashlib.sha256(data).hexdigest() == source.sha256:
            return path
    return next((path for path in files if path.name == f"{source.id}.txt"), None)


def _mismatches(source: Source, data: bytes) -> Iterator[Mismatch]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield Mismatch(source.id, "", f"the text is not UTF-8 (byte {error.start})")
        return
    for passage in source.passages:
        reason = _difference(passage, text)
        if reason:
            yield Mismatch(source.id, passage.sentence, reason)


def _difference(passage: Passage, text: str) -> str:
    if passage.end > len(text):
        return f"ends at {passage.end}, but the text has {len(text)} characters"
    found = hashlib.sha256(text[passage.start : passage.end].encode("utf-8")).hexdigest()
    if found != passage.sha256:
        return (
            f"characters {passage.start} to {passage.end} have the fingerprint {found[:12]}…, "
            f"not {passage.sha256[:12]}…"
        )
    return ""
