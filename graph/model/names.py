"""The normal form of names, by which they are looked up: here, in the graph and in the page."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import category, normalize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LETTERS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه",
           "ς": "σ", "ß": "ss", "ı": "i"}  # fmt: skip
"""Letters that are written for each other, after decomposition and in lower case."""

SIGNS = "\u0640'’‘ʿʾʼʻ`"
"""Tatweel and apostrophes, which are passed over."""

PASSED_OVER = ("Mn", "Cf")
"""Categories of what is passed over, too: marks, zero-width joiners and signs of direction."""

BLANKS = ("Zs", "Zl", "Zp", "Pd")
"""Categories of what parts words, beside line ends and tabs: blanks and hyphens."""


class _Table(dict[int, str | None]):
    """Table for ``str.translate`` that goes on as signs are met: what is passed over goes.

    Args:
        known: what becomes of some signs.
        parting: whether what parts words becomes a blank.
    """

    def __init__(self, known: Mapping[int, str | None], *, parting: bool) -> None:
        super().__init__(known)
        self._parting = parting

    def __missing__(self, code: int) -> str | None:
        sort = category(chr(code))
        parts = self._parting and sort in BLANKS
        self[code] = None if sort in PASSED_OVER else " " if parts else chr(code)
        return self[code]


_WRITTEN = _Table({ord(SIGNS[0]): None}, parting=False)
_NORMAL = _Table(
    str.maketrans({**LETTERS, **dict.fromkeys(SIGNS)} | dict.fromkeys("\t\n\v\f\r", " ")),
    parting=True,
)


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Return the normal form of a name: two names that people take for one have the same.

    The page computes the same of its tables (``RULES`` in ``graph.viewer.drawing``).
    """
    parted = normalize("NFKD", normalize("NFKD", name).lower()).translate(_NORMAL)
    return " ".join(filter(None, parted.split(" ")))


_ARABIC = re.compile("[\u0600-\u06ff]")
ARTICLES = frozenset(("al", "el", "ul", "the"))
"""What may stand before a name, or not."""
_OF_SUN_LETTERS = re.compile(r"[aeu](?:[rnztds]|sh|th|dh)")
"""The article as it sounds before some letters: *ar-* before *Raqqa*."""
_AYN = str.maketrans(dict.fromkeys(f"{SIGNS[1:]}´′ʽ‛", "'"))
_PLAIN = {ord(one): other for one, other in LETTERS.items()}
_SOUNDS = (
    ("kh", "X"), ("gh", "g"), ("sh", "S"), ("ch", "S"), ("th", "t"), ("dh", "d"), ("ph", "f"),
    ("dj", "g"), ("ck", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
)  # fmt: skip
"""Letters that are one sound; before a consonant *ow* and *aw* are vowels, too."""
_LETTERS_OF_A_SOUND = str.maketrans("qjvc", "kgfk")
_OF_ARABIC = str.maketrans("بتثجحخدذرزسشصضطظغفقكلمنه", "bttghXddrzsSsdtzgfkklmnh")
_VOWELS_OF_ARABIC = re.compile("[اوعيءؤئ]+")
_FINAL = re.compile(r"[aeiouy']+h?$")
_WORD = re.compile(r"[\w']+")
_VOWELS_OF_SOUND = re.compile(r"[:AIU]|(?<=[^ ])[wy]")
_FINALS = {"a": "A", "e": "A", "i": "I", "y": "I", "u": "U", "o": "U"}


@lru_cache(maxsize=65536)
def spelling(word: str) -> str:
    """Return what the usual transliterations of an Arabic word have in common; of others as well.

    Short vowels, double consonants and how a sound is written (*kh*, *q*, *ou*) do not count; two
    vowels together or an apostrophe, which stand for a long vowel or a sound that Latin lacks, do:
    *Sharah*, *Shara* are one, *Sha'ra* and *Shaara* another. A word in Arabic letters is told
    without its vowels, and compared by ``skeleton``.

    Args:
        word: one word, without blanks and hyphens.
    """
    if _ARABIC.search(word):
        bare = re.sub("^ال(?=..)", "", name_key(word))
        begun = "@" if _VOWELS_OF_ARABIC.match(bare) and bare[0] not in "وي" else ""
        begun = {"و": "w", "ي": "y"}.get(bare[:1], begun)
        told = re.sub("(?<=.)ه$", "", bare).translate(_OF_ARABIC)
        return begun + re.sub(r"[^a-zSX]", "", _VOWELS_OF_ARABIC.sub("", told))
    told = "".join(one for one in normalize("NFKD", word.translate(_AYN)).lower()
                   if one.isalnum() or one == "'").translate(_PLAIN)  # fmt: skip
    for written_so, sound in _SOUNDS:
        told = told.replace(written_so, sound)
    told = re.sub(r"ow(?![aeiou])", "u", re.sub(r"aw(?![aeiou])", "au", told))
    told = re.sub(r"([^aeiouy'])\1+", r"\1", told.translate(_LETTERS_OF_A_SOUND))
    first = re.match(r"[aeiou']+|y(?![aeiou])", told)
    rest = told[first.end() :] if first else told
    final = _FINAL.search(rest, 1) if rest else None
    end = _FINALS.get(final[0].lstrip("'")[:1], "") if final else ""
    inner = rest[: final.start()] if final else rest
    long = re.sub(r"(?<=.)[aeiouy']+", lambda run: ":" if len(run[0]) > 1 else "", inner)
    return ("@" if first else "") + long + end


def spellings(name: str) -> tuple[str, ...]:
    """Return what the spellings of a name have in common: each word without articles.

    Args:
        name: a name in Latin or Arabic letters.
    """
    words = [
        one for one in _WORD.findall(normalize("NFKC", name.translate(_AYN))) if one.strip("'")
    ]
    return tuple(filter(None, map(spelling, without_articles(words))))


def without_articles(words: Sequence[str]) -> list[str]:
    """Return the words of a name but for its articles.

    Args:
        words: in their order.
    """
    pairs = zip(words, [*words[1:], ""], strict=False)
    return [one for one, after in pairs if not is_article(one, after)]


def is_article(word: str, following: str = "") -> bool:
    """Return whether a word is an article before a name: *al*, and *ar* before *Raqqa*.

    Args:
        word: the word.
        following: the next one.
    """
    low = word.lower()
    if low in ARTICLES:
        return bool(following)
    begins = low[1:] if _OF_SUN_LETTERS.fullmatch(low) else ""
    return bool(begins) and following.lower().startswith(begins)


def skeleton(name: str) -> str:
    """Return the consonants of a name, by which Arabic and Latin letters are compared.

    Args:
        name: a name in Latin or Arabic letters.
    """
    return " ".join(bare for one in spellings(name) if (bare := _VOWELS_OF_SOUND.sub("", one)))


SHORT = 4
"""Names of fewer letters are also common words, or stand in others; see ``as_a_word``."""

SHORTEST = 2
"""What is shorter is no name."""

_ENGLISH = frozenset(re.findall(r"\w+", """
    al all am an and any are as at be but by can did do due few for go had has he her him his how if
    in is it its la le let may me men my new no nor not now of off old on one or our out own per say
    see she six so ten the to two up us war was way we who why yes yet you
"""))  # fmt: skip
"""Names that are also words with which an English sentence may begin, or which names begin with."""
_WITHIN = r"(?<=[\w,’')] )"
"""What stands before a word that begins no sentence."""
_PROCLITICS = "[وفبكل]{0,2}"
"""Arabic words for *and*, *so*, *in*, *as*, *to* are written together with the next."""


def written(text: str) -> str:
    """Return a text as it is written, with capital letters, but without marks and tatweel."""
    return normalize("NFKC", text).translate(_WRITTEN)


def is_a_word(name: str) -> bool:
    """Return whether a short name is an English word, too."""
    return name.lower() in _ENGLISH


def as_a_word(name: str) -> str:
    """Return a pattern that finds a short name where it stands as one, in what ``written`` returns.

    It is a whole word, with its capital letter where its script has them, and not beside a number,
    where *May* is a month; one that is also an English word begins no sentence. Of Arabic the
    letters count as they are written, for in the normal form of names *Ali* is *on*; a word that is
    written together with the next may come before it.

    Args:
        name: the name.
    """
    own = written(name)
    forms = "|".join(map(re.escape, sorted({own, own[:1].upper() + own[1:], own.upper()})))
    before = _PROCLITICS if _ARABIC.match(own) else ""
    before = _WITHIN if is_a_word(own) else before
    return rf"(?<!\w)(?<!\d ){before}(?:{forms})(?!\w| \d)"
