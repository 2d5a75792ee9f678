"""The one splitter: a text as numbered sentences, by their places in it.

A paragraph is a line that is not blank; a line ends where ``str.splitlines`` says. A sentence ends
within its paragraph at a sign of ``sentences.toml``, and not at what is said there to be none. All
offsets count code points of the text as it is given: nothing is taken away or normalised.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageErrors
from ..model.textfiles import toml_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..model import Source
    from ..model.keys import Key

    Fingerprint = Callable[[str], str]

FILE = Path(__file__).parent / "sentences.toml"
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_BEFORE = re.compile(r"[^\s(\[{«“‘\"'/–—]*\Z")
_NUMBER_BEFORE = re.compile(r"\d\s*\Z")
_DOTTED = re.compile(r"[^\W\d_]\.(?:[^\W\d_]\.)*[^\W\d_]")
_ITEM = re.compile(r"(?:\A|[:;؛]\s)[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[^\W\d_]|[ivxIVX]{1,5})\Z")
_NOTE = r"\[\w{1,3}\]|[¹²³⁰⁴-⁹]"
_NUMERAL = re.compile(r"\d+\w*|[IVXLC]{2,}\b|[VX]\b")
_MARKER = re.compile(r"[^\W\d_]\)")
_UNSEEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_EGO = re.compile(r"I\b")
"""English writes it with a capital wherever it stands."""
_LONGEST_WORD = 24
_CUT = re.compile(r"([0-9]+\.[0-9]+):([0-9]{1,9})")


class Sentence(NamedTuple):
    """A sentence of a text.

    Attributes:
        number: paragraph and sentence, as ``24.2``, both from 1.
        start: code points before it.
        end: code points up to its end.
    """

    number: str
    start: int
    end: int


Span = tuple[int, int]


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text: disjoint, in order, with all that is not white space.

    What cannot be seen, such as marks of direction, makes no paragraph of its own.

    Args:
        text: as it is kept.
    """
    return numbered(_spans(line, at) for at, line in _lines(text))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of a text, each with the place where it begins."""
    at = 0
    for line in text.splitlines(keepends=True):
        if _seen(line):
            yield at, line
        at += len(line)


def numbered(paragraphs: Iterable[Sequence[Span]]) -> list[Sentence]:
    """Return sentences with their numbers from the places of each paragraph's sentences."""
    return [
        Sentence(f"{p}.{s}", start, end)
        for p, spans in enumerate(paragraphs, 1)
        for s, (start, end) in enumerate(spans, 1)
    ]


def _paragraphs_of(found: Iterable[Sentence]) -> list[list[Span]]:
    """Return the places of sentences, by paragraph; the opposite of ``numbered``."""
    made: dict[str, list[Span]] = {}
    for one in found:
        made.setdefault(one.number.partition(".")[0], []).append((one.start, one.end))
    return list(made.values())


def recut(
    text: str, found: Sequence[Sentence], join: Iterable[str] = (), split: Iterable[str] = ()
) -> list[Sentence]:
    """Return sentences cut otherwise, and numbered anew.

    Args:
        text: the text.
        found: its sentences; all numbers are those that they have here.
        join: numbers of sentences, each to be joined to the next of its paragraph.
        split: ``3.2:45`` to cut 3.2 after 45 code points.

    Raises:
        UsageErrors: a number is none, or there is nothing to join or to cut; it tells all of them.
    """
    by_number = {one.number: one for one in found}
    wrong = []
    joined, cuts = set(), set()
    for number in join:
        paragraph, _, place = number.partition(".")
        if number not in by_number:
            wrong.append(_unknown("--join", number, found))
        elif f"{paragraph}.{int(place) + 1}" not in by_number:
            wrong.append(f"--join {number}: is the last of its paragraph, so there is no next")
        else:
            joined.add(by_number[number].end)
    for told in split:
        match = _CUT.fullmatch(told)
        if match is None:
            wrong.append(f"--split {told}: write it as in 3.2:45, to cut 3.2 after 45 signs")
        elif match[1] not in by_number:
            wrong.append(_unknown("--split", match[1], found))
        else:
            one = by_number[match[1]]
            at = one.start + int(match[2])
            if text[one.start : at].strip() and text[at : one.end].strip():
                cuts.add(at)
            else:
                wrong.append(f"--split {told}: {match[1]} has {one.end - one.start} signs; cut "
                             "where both parts have some")  # fmt: skip
    if wrong:
        raise UsageErrors(wrong)
    return numbered(_cut(text, spans, joined, cuts) for spans in _paragraphs_of(found))


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in lower-case hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def fingerprint_of(source: Source, key: Key | None) -> Fingerprint | None:
    """Return what makes the fingerprints of a source; ``None`` if that is a key which is not there.

    Args:
        source: the source.
        key: the key that is at hand.
    """
    if not source.key:
        return fingerprint
    return key.fingerprint if key is not None and key.id == source.key else None


def without_key(source: Source) -> str:
    """Return what is told where a text cannot be compared without a key."""
    return f"its fingerprints are made with the key {source.key}; give its file with --key-file"


def _unknown(option: str, number: str, found: Sequence[Sentence]) -> str:
    last = found[-1].number if found else "none"
    return f"{option} {number}: there is no such sentence; the last one is {last}"


def _cut(text: str, spans: Sequence[Span], joined: set[int], cuts: set[int]) -> list[Span]:
    made: list[Span] = []
    for start, end in spans:
        inside = sorted(cut for cut in cuts if start < cut < end)
        parts = [
            _trimmed(text, *span) for span in zip([start, *inside], [*inside, end], strict=True)
        ]
        if made and made[-1][1] in joined:
            parts[0] = (made.pop()[0], parts[0][1])
        made += parts
    return made


def _trimmed(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _seen(line: str) -> bool:
    return not line.isspace() and any(
        not sign.isspace() and unicodedata.category(sign) not in ("Cc", "Cf") for sign in line
    )


def _spans(line: str, at: int) -> list[Span]:
    """Return the sentences of a paragraph that begins at a place of the text."""
    cuts = [0, *_ends(line), len(line)]
    parts = (_trimmed(line, *span) for span in pairwise(cuts))
    return [(at + start, at + end) for start, end in parts if start < end]


class _Words(NamedTuple):
    """What ``sentences.toml`` says."""

    end: re.Pattern[str]
    unspaced: frozenset[str]
    pauses: frozenset[str]
    titles: frozenset[str]
    numbered: frozenset[str]
    inner: frozenset[str]
    begins: frozenset[str]


@cache
def _words() -> _Words:
    table = toml_of(FILE)
    signs = {name: re.escape(told) for name, told in table["signs"].items()}
    closes = f"[{signs['closes']}{_UNSEEN}]|\\s(?=[{signs['spaced_closes']}])|{_NOTE}"
    lists = {
        name: frozenset(" ".join(table[name].values()).split())
        for name in ("titles", "numbered", "inner", "begins")
    }
    return _Words(
        re.compile(f"(\\.(?:\\s?\\.)+|[{signs['ends']}]+)(?:{closes})*"),
        frozenset(table["signs"]["unspaced"]),
        frozenset(table["signs"]["pauses"]),
        **lists,
    )


def _ends(line: str) -> Iterator[int]:
    """Yield where sentences end within a paragraph."""
    words = _words()
    start, ahead = 0, _WORD.search(line)
    for match in words.end.finditer(line):
        if ahead is not None and ahead.start() < match.end():
            ahead = _WORD.search(line, match.end())
        if ahead is None:
            return
        if _is_end(line, start, match, ahead, words):
            yield match.end()
            start = match.end()


def _is_end(
    line: str, start: int, match: re.Match[str], ahead: re.Match[str], words: _Words
) -> bool:
    """Report whether a sentence that began at ``start`` ends at some signs before a word."""
    signs, after = match[1], line[match.end()]
    if not (after.isspace() or signs[-1] in words.unspaced):
        return False
    if line[match.start() - 1 : match.start()] in ("(", "["):  # "(?)"
        return False
    first = ahead[0][0]
    if first.islower():
        return bool(_MARKER.match(line, ahead.start()))
    if (len(signs) > 1 and not signs.strip(". ")) or signs[-1] in words.pauses:
        return first.isupper() and not _EGO.match(ahead[0])
    return signs != "." or not _is_short(line, start, match.start(), ahead, words)


def _is_short(line: str, start: int, dot: int, ahead: re.Match[str], words: _Words) -> bool:
    """Report whether a dot belongs to a short form, an initial or the number of an item."""
    part = line[max(start, dot - _LONGEST_WORD) : dot]
    cut = dot - start > _LONGEST_WORD
    if _ITEM.search(f"_{part}" if cut else part.lstrip()):
        return True
    found = _BEFORE.search(part)
    word = found[0] if found else ""
    forms = {word, word.casefold()}
    if forms & words.titles and not _NUMBER_BEFORE.search(part.removesuffix(word)):
        return True
    if forms & words.numbered and _NUMERAL.match(ahead[0]):
        return True
    initial = len(word) == 1 and word.isupper()
    if forms & words.inner or initial or _DOTTED.fullmatch(word):
        return ahead[0].casefold() not in words.begins
    return False
