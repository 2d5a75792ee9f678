"""How alike the names of two things are, and why, in words."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from ...model.names import name_key, skeleton, spelling, spellings, without_articles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .entries import Comparable

_ARABIC = re.compile("[\u0600-\u06ff]")
_EMPTY = frozenset(("of", "the", "and", "for", "in", "de", "a", "an"))
_PARTS = re.compile(r",\s+|\s+/\s+|\s+(?:and|&)\s+")
_LEAST_CONSONANTS = 3
_LEAST_LETTERS = 5
_NEARLY, _SIMILAR = 86, 70
"""From so much of 100 on names are nearly alike, or alike if they have the same consonants."""
_SPELT, _SCRIPTS, _STANDS_FOR, _WORDS = 0.95, 0.85, 0.7, 0.8
"""What is left of 1 for other spellings, other scripts, initials, and words that both have."""


class Sound(NamedTuple):
    """A name as it is compared.

    Attributes:
        name: as it is written.
        key: its normal form.
        spelt: what its words have in common with other transliterations.
        words: the consonants of its words, without empty ones.
        initials: the first letters of its words.
        bones: its consonants.
        parts: how many names it lists, where it is a list of several.
    """

    name: str
    key: str
    spelt: tuple[str, ...]
    words: frozenset[str]
    initials: str
    bones: str
    parts: int


class Likeness(NamedTuple):
    """How alike two names are: from 0 to 1, and why; 0 and nothing if they are not."""

    score: float
    why: str


NOT_ALIKE = Likeness(0.0, "")


@lru_cache(maxsize=131072)
def sound(name: str) -> Sound:
    """Return a name as it is compared.

    Args:
        name: as it is written.
    """
    written = name_key(name).split()
    telling = [one for one in without_articles(written) if one not in _EMPTY]
    initials = "".join(word[0] for word in telling)
    words = frozenset(map(_heard, telling))
    return Sound(
        name,
        " ".join(written),
        spellings(name),
        words,
        initials,
        skeleton(name),
        len(parts_of(name)),
    )


def _heard(word: str) -> str:
    """Return by what a word is compared: the fewer consonants it has, the more exactly."""
    for found in (skeleton(word), spelling(word)):
        if len(found.lstrip("@")) >= _LEAST_CONSONANTS:
            return found
    return word


class NameWeights:
    """Compares names, of which rare words tell more than frequent ones.

    Args:
        entries: all that are compared.
    """

    def __init__(self, entries: Iterable[Comparable]) -> None:
        self._count: Counter[str] = Counter()
        self._all = 0
        for entry in entries:
            self._all += 1
            self._count.update({word for name in entry.names for word in sound(name).words})

    def weight(self, word: str) -> float:
        """Return how much a word tells: more if few are called so."""
        return log(1 + self._all / (1 + self._count[word]))

    def count(self, word: str) -> int:
        """Return how many have a word in a name."""
        return self._count[word]

    def alike(self, left: Comparable, right: Comparable) -> Likeness:
        """Return how alike two things are called: what is best of all pairs of their names.

        Args:
            left: one of those that are compared.
            right: another.
        """
        best = NOT_ALIKE
        for one in map(sound, left.names):
            for other in map(sound, right.names):
                found = self._pair(one, other)
                if found.score > best.score:
                    best = found
        return best

    def _pair(self, one: Sound, other: Sound) -> Likeness:
        both = f"“{one.name}” and “{other.name}”"
        if one.key == other.key:
            return Likeness(1.0, f"both are called “{one.name}”")
        if one.parts != other.parts:
            return NOT_ALIKE
        return max(
            _spelt(one, other, both), self._shared(one, other, both), _nearly(one, other, both)
        )

    def _shared(self, one: Sound, other: Sound, both: str) -> Likeness:
        """Return how alike names are by the words that both have, the rare ones more."""
        shared = one.words & other.words
        if not shared:
            return NOT_ALIKE
        told = sum(map(self.weight, shared)) / sum(map(self.weight, one.words | other.words))
        return Likeness(_WORDS * told, f"{both} share words")


def parts_of(name: str) -> tuple[str, ...]:
    """Return the names that a name is made of, where it lists several.

    Args:
        name: such as ``A, B and C``.
    """
    found = tuple(filter(None, _PARTS.split(name))) if "," in name else ()
    return found if len(found) > 1 else (name,)


def _spelt(one: Sound, other: Sound, both: str) -> Likeness:
    """Return how alike names are as other spellings of one name, or as short for each other."""
    if bool(_ARABIC.search(one.name)) != bool(_ARABIC.search(other.name)):
        sure = _SCRIPTS if len(one.bones) >= _LEAST_CONSONANTS else _SCRIPTS / 2
        why = f"{both} are one name in two scripts, by its consonants"
        return Likeness(sure, why) if one.bones and one.bones == other.bones else NOT_ALIKE
    if one.spelt == other.spelt and sum(map(len, one.spelt)) >= _LEAST_CONSONANTS:
        return Likeness(_SPELT, f"{both} are spellings of one name")
    alike = len(one.bones) >= _LEAST_CONSONANTS and one.bones == other.bones
    if alike and fuzz.ratio(one.key, other.key) >= _SIMILAR:
        return Likeness(_SCRIPTS, f"{both} have the same consonants")
    if _stands_for(one, other) or _stands_for(other, one):
        return Likeness(_STANDS_FOR, f"of {both} one has the initials of the other")
    return NOT_ALIKE


def _stands_for(one: Sound, other: Sound) -> bool:
    short = one.name
    return short.isupper() and 2 <= len(short) <= 8 and len(other.words) > 1 and (
        one.key == other.initials
    )  # fmt: skip


def _nearly(one: Sound, other: Sound, both: str) -> Likeness:
    if min(len(one.key), len(other.key)) < _LEAST_LETTERS:
        return NOT_ALIKE
    found = fuzz.token_sort_ratio(one.key, other.key, score_cutoff=_NEARLY)
    return (
        Likeness(_WORDS * found / 100, f"{both} are written nearly alike") if found else NOT_ALIKE
    )
