"""What somebody may have meant by a name that nothing has: near names, and how they are told."""

from __future__ import annotations

import re
from functools import lru_cache
from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from .names import name_key
from .stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SLIP, _ENDING = 0.9, 0.95
"""How much a slip, and another ending of a word, count; the word itself counts 1."""
_SHORT = 5
"""A word of fewer letters may have one too many, one missing or two that changed places."""
_SWAPPED = 2
"""A word of so many letters, or of fewer, has no slips."""
_LONG = 9
"""From so many letters on a word may have two slips."""
_HALF = 0.5
"""So much of what was written must be in a name that does not have all of it."""
_TAKEN = 0.6
"""What is less near than so much of the nearest is not told beside it."""
_DENYING = re.compile(r"^(?:un|dis|non|anti|mis|in|im|ir|de)")
_NOT = frozenset(("not", "no", "never", "without", "nobody", "none"))
_EMPTY = frozenset(("the", "a", "an", "of", "in", "at", "on", "is", "to", "for", "and", "by", "as",
                    "with", "from", "has", "al", "el", "was", "were", "are", "been", "its",
                    "their"))  # fmt: skip
"""Words that tell nothing by themselves."""
_WORD_SIGNS = re.compile(r"[^\w\s'-]")
"""What stands beside words in a sentence."""
_TRIFLE = 0.001
"""Of two names that are as near, the one with as many words goes first."""
_LONGEST = 200
_HINTS = 3


class Called(NamedTuple):
    """Something with a name.

    Attributes:
        id: id of a thing, local name of a predicate or kind.
        label: how tables show it.
        keys: its names in normal form.
        synonyms: words in normal form that mean the same, and are only hinted from.
        sign: 1, 0 or -1 of a predicate.
        backward: names in normal form that a predicate has where it is read from its object.
    """

    id: str
    label: str
    keys: frozenset[str]
    synonyms: frozenset[str] = frozenset()
    sign: int = 0
    backward: frozenset[str] = frozenset()

    @property
    def names(self) -> set[str]:
        """All of these, and the id."""
        return {name_key(self.id), *self.keys, *self.synonyms, *self.backward}


def hint(value: str, known: Iterable[Called]) -> str:
    """Return ``; did you mean "x" (label)?`` for what is near, or nothing.

    Args:
        value: what is not known.
        known: what would be right.
    """
    found = near(value, known)
    return f"; did you mean {told(found, 'or')}?" if found else ""


def told(found: Iterable[Called], last: str) -> str:
    """Return ids with their labels as a list in words.

    Args:
        found: what is listed.
        last: what stands before the last of them.
    """
    one_by_one = [
        f'"{one.id}"' + (f" ({one.label})" if one.label not in ("", one.id) else "")
        for one in found
    ]
    return joined(one_by_one, last)


def joined(words: Sequence[str], last: str) -> str:
    """Return words with commas between them, and a word before the last.

    Args:
        words: at least one.
        last: what stands before the last of them: "and" or "or".
    """
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def near(value: str, known: Iterable[Called]) -> Sequence[Called]:
    """Return what somebody may have meant, the most likely first; nothing if all is far.

    A name is near if it has all words of the value in any order, or the value has all of its words
    and little else; or if they are the same but for slips, whatever blanks there are. A word counts
    in another grammatical form or with slips, too: letters that are added, left out, replaced or
    swapped (Damerau 1964), as many as its length allows, or the same letters in another order. What
    denies a word is no slip of it. What is told of several predicates has no opposite signs.

    Args:
        value: what is not known.
        known: what would be right.
    """
    key = name_key(value)
    if _EMPTY.issuperset(key.split()) or len(value) > _LONGEST:
        return ()
    ranked = ((max(_alike(key, name) for name in one.names), one) for one in known)
    best = nlargest(_HINTS, (pair for pair in ranked if pair[0] > 0), key=lambda pair: pair[0])
    return [
        one for rank, one in best if rank >= _TAKEN * best[0][0] and one.sign * best[0][1].sign >= 0
    ]


def share(value: str, text: str) -> float:
    """Return how much of a text some words are that stand in it, in any order and with any ending.

    Args:
        value: the words; such as ``of`` do not count.
        text: in normal form.

    Returns:
        0 if a word is not in it; 1 if it has no others.
    """
    words = _telling(name_key(value))
    others, stems = _in_any_form(text)
    if not words or _EMPTY.issuperset(words):
        return 0.0
    held = all(word in stems or stem(word) in stems for word in words)
    return min(1.0, len(words) / others) if held else 0.0


@lru_cache(maxsize=65536)
def _in_any_form(text: str) -> tuple[int, frozenset[str]]:
    """Return how many words of a text tell something, and these with and without their endings."""
    words = _telling(_WORD_SIGNS.sub(" ", text))
    return len(words), frozenset((*words, *map(stem, words)))


def slips(value: str, one: Called) -> int:
    """Return how many slips are between a value and the nearest name of something, blanks apart.

    Args:
        value: as written.
        one: what it may be.
    """
    from rapidfuzz.distance import OSA  # which takes its time

    key = name_key(value).replace(" ", "")
    return min(OSA.distance(key, name.replace(" ", "")) for name in one.names)


def _alike(key: str, name: str) -> float:
    """Return how near names in normal form are: from 0 (far) to 1, and more if the same."""
    if key == name:  # also nearer than what differs in words alone that tell nothing
        return 1.0 + _TRIFLE
    words, others = _telling(key), _telling(name)
    whole = _slip("".join(words), "".join(others))
    return max(whole, _by_words(words, others)) - _TRIFLE * abs(key.count(" ") - name.count(" "))


def _by_words(words: Sequence[str], others: Sequence[str]) -> float:
    """Return how near the words of a value and of a name are, in any order."""
    most = max(len(words), len(others))
    given = [max(_word(word, other) for other in others) for word in words]
    if all(given):
        return sum(given) / most
    if not _NOT.isdisjoint(words):
        return 0.0
    held = [max(_word(word, other) for word in words) for other in others]
    return _SLIP * sum(held) / most if all(held) and sum(held) >= _HALF * most else 0.0


@lru_cache(maxsize=65536)
def _telling(key: str) -> tuple[str, ...]:
    """Return the words of a name without those that tell nothing, unless it has no others."""
    words = tuple(key.split())
    return tuple(word for word in words if word not in _EMPTY) or words


@lru_cache(maxsize=65536)
def _word(one: str, other: str) -> float:
    """Return how near two words are, whatever their endings."""
    if one == other:
        return 1.0
    return max(_slip(one, other), _ENDING * _slip(stem(one), stem(other)))


def _slip(one: str, other: str) -> float:
    """Return how near two texts are that are the same but for slips; 0 if they are not."""
    if one == other:
        return 1.0
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    most = 0 if len(short) <= _SWAPPED else 1 if len(long) < _LONG else 2
    if len(long) - len(short) > most or _DENYING.sub("", long) == short:
        return 0.0
    from rapidfuzz.distance import OSA

    slips = OSA.distance(short, long, score_cutoff=most)
    if slips > most or len(long) == len(short) < _SHORT:
        slips = most + (sorted(short) != sorted(long))
    return 0.0 if slips > most else _SLIP * (1 - slips / len(long))
