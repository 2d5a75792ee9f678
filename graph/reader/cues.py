"""The words on which a stance rests, and what they stand for: the cues of ``docs/coding.md``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..model.near import share
from ..model.textfiles import toml_of
from ..model.words import Certainty, Stance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FILE = Path(__file__).parent / "cues.toml"
AS_QUOTED = ("as quoted", (Certainty.CERTAIN.value, Certainty.UNSPECIFIED.value))
"""How the tables call the certainty of what somebody else says, and what it comes to."""

_NO_SIGNS = re.compile(r"\]\([^)]*\)|[\[*`]")
"""What a cell has for the page of the tables, and not for readers."""
_BESIDE = "author +"
"""After it a row tells what the author claims beside the voice."""
_PARTED = re.compile(r"[,،/]")
_ASIDE = re.compile(r"\([^)]*\)|\+.*|\S*ـ")
_OPEN = re.compile(r"^[pq] | [pq]$")
_PARTICLE = re.compile(r"(\S+ .+) (to|that|of|on|for|in)$")
_GAP = re.compile(r"\s*\.\.\.\s*|\s+[pq]\s+")


class Cue(NamedTuple):
    """What some words stand for.

    Attributes:
        words: the words as the tables have them.
        stances: the stances that they may carry.
        certainties: the certainties that go with these.
        exceptions: the stances that they carry in some cases, with any certainty.
    """

    words: str
    stances: frozenset[str]
    certainties: frozenset[str]
    exceptions: frozenset[str]

    def admits(self, stance: str, certainty: str) -> bool:
        """Report whether somebody who uses the words may have this stance and certainty."""
        exact = stance in self.stances and certainty in self.certainties
        return exact or stance in self.exceptions

    def told(self) -> str:
        """Return what the words stand for, as messages say it."""
        return f"{' or '.join(sorted(self.stances))}, {' or '.join(sorted(self.certainties))}"


class Spoken(NamedTuple):
    """How the tables code a word on which a stance rests.

    Attributes:
        terms: stances, predicates and other names that they give for what the voice says.
        told: the words of the row, the certainty and what else it says.
    """

    terms: tuple[str, ...]
    told: str


class _Phrase(NamedTuple):
    pattern: re.Pattern[str]
    cue: Cue


def cues_in(text: str) -> list[Cue]:
    """Return the cues whose words stand in a text and decide on a stance and its certainty.

    Of words within others, the longer count. Empty where the text turns the words into their
    opposite, as in "could not": there is no row for that.

    Args:
        text: the words on which a claim's stance rests, in English or Arabic.
    """
    plain = _plain(text)
    found = [(m.span(), p.cue) for p in _phrases() for m in p.pattern.finditer(plain)]
    kept = [(at, cue) for at, cue in found if not any(_within(at, other) for other, _ in found)]
    rest = list(plain)
    for (start, end), _ in kept:
        rest[start:end] = " " * (end - start)
    if _negation().search("".join(rest)):
        return []
    return list(dict.fromkeys(cue for _, cue in kept if cue.stances and cue.certainties))


def spoken(text: str) -> list[Spoken]:
    """Return what the rows say of some words that stand in them, in whatever form of a word.

    Args:
        text: a word or a few, in English or Arabic, as in ``calls on`` or ``reaffirm``.
    """
    plain = _plain(text)
    return [
        Spoken(_names(row), _told(row))
        for row, forms in _spelt()
        if any(_is(plain, words) for words in forms)
    ]


def _is(plain: str, words: str) -> bool:
    one_word = " " not in plain and " " not in words
    return bool(_pattern(words).fullmatch(plain)) or (one_word and share(plain, words) == 1)


def _names(row: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names in the first part of a row that has some: what the voice says goes first."""
    cells = (*row["stance"].partition(_BESIDE)[::2], row.get("remark", ""))
    named = (re.findall(r'`(?:\w+ = ")?(\w+)"?`', cell) for cell in cells)
    return tuple(dict.fromkeys(next(filter(None, named), ())))


def _told(row: Mapping[str, str]) -> str:
    told = row["certainty"].strip("–")
    certainty = f"certainty: {told}" if told else ""
    parts = (f'"{row["cue"]}": {row["stance"]}', certainty, row.get("remark", "").strip("–"))
    return _NO_SIGNS.sub("", "; ".join(filter(None, parts)))


def is_inferred(note: str) -> bool:
    """Report whether a note says that no sentence has it, but that it follows from one."""
    return bool(_inferred().search(_plain(note)))


def rows(language: str) -> list[Mapping[str, str]]:
    """Return the rows of the table of a language, ``english`` or ``arabic``, in its order."""
    found: list[Mapping[str, str]] = _table()[language]
    return found


def _within(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one != other and other[0] <= one[0] and one[1] <= other[1]


@cache
def _table() -> Mapping[str, list[Mapping[str, str]]]:
    return toml_of(FILE)


@cache
def _phrases() -> tuple[_Phrase, ...]:
    return tuple(
        _Phrase(_pattern(words), cue)
        for row, forms in _spelt()
        for cue in [_cue(row)]
        for words in forms
    )


@cache
def _spelt() -> tuple[tuple[Mapping[str, str], tuple[str, ...]], ...]:
    """Return the rows of both languages, each with its words."""
    return tuple(
        (row, tuple(_words(row))) for language in ("english", "arabic") for row in rows(language)
    )


def _cue(row: Mapping[str, str]) -> Cue:
    name, certainties = AS_QUOTED
    told = row.get("certainty", "")
    sure = {one.value for one in Certainty if one.value in told}
    return Cue(
        row["cue"],
        _stances(row.get("stance", "")),
        frozenset(sure | set(certainties if name in told else ())),
        _stances(row.get("remark", "")),
    )


def _stances(cell: str) -> frozenset[str]:
    return frozenset(re.findall(r"`(\w+)`", cell)) & {one.value for one in Stance}


def _words(row: Mapping[str, str]) -> Iterator[str]:
    """Yield the words of a row, without what is said about them."""
    cue = row["cue"] if not row["cue"].startswith("*(") else ""
    for part in _PARTED.split(f"{cue},{row.get('forms', '')}"):
        words = _OPEN.sub("", _ASIDE.sub("", part.replace("*", "")).strip())
        if words:
            yield words


@cache
def _pattern(words: str) -> re.Pattern[str]:
    """Return what finds some words; three and more also without the particle at their end."""
    found = _PARTICLE.fullmatch(whole := _plain(words))
    whole, particle = found.groups() if found else (whole, "")
    parts = (re.escape(part) for part in _GAP.split(whole))
    return re.compile(rf"\b{'.+?'.join(parts)}(?: {particle})?\b")


@cache
def _negation() -> re.Pattern[str]:
    return re.compile(rf"{_any_of(_table()['negations']).pattern}|n[’']t\b")


@cache
def _inferred() -> re.Pattern[str]:
    return _any_of(_table()["inferred"])


def _any_of(words: Sequence[object]) -> re.Pattern[str]:
    listed = "|".join(re.escape(_plain(str(one))) for one in words)
    return re.compile(rf"\b(?:{listed})\b")


def _plain(text: str) -> str:
    """Return a text without capitals, signs above and below letters, and doubled spaces."""
    bare = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join("".join(bare).split()).casefold()
