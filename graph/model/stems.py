"""Words without what changes in them with number, person, tense and country."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from .textfiles import text_of

FILE = Path(__file__).parent / "irregular.txt"
"""Verbs that no rule inflects: a line has the plain form, then its past forms."""
_SPELLED = (
    (re.compile(r"(?<=[a-z]{2}[iy])z(?=e|ing|ation)"), "s"),
    (re.compile(r"(?<=[a-z]{3})our(?=$|s|ed|ing|ly|able|hood)"), "or"),
    (re.compile(r"(?<=[a-z]{3})ense(?=s?$)"), "ence"),
    (re.compile(r"(?<=[a-z]{3})tre(?=s?$)"), "ter"),
    (re.compile(r"(?<=gram)me(?=s?$)"), ""),
)
"""What is spelt otherwise in America, and how it is spelt here."""
_PLURAL = re.compile(r"(?<=\w{2}[^\Wsui])s$")
_ENDINGS = re.compile(
    r"(?<=\w{2}[^\Waeiou])(?:ied|ie|y)$|(?<=\w{4})(?:ing|er|e)$|(?<=\w{5})ion$|(?<=\w{3}[^\We])ed$"
    r"|(?<=\w{3}is)(?<!organis)ation$"
)
_DOUBLED = re.compile(r"([bdglmnprt])\1$")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return what the forms of a word have in common.

    Args:
        word: in normal form.
    """
    word = _irregular().get(word, word)
    for spelt, plain in _SPELLED:
        word = spelt.sub(plain, word)
    word, shorter = "", _PLURAL.sub("", word)
    while word != shorter:
        word, shorter = shorter, _ENDINGS.sub("", shorter)
    return _DOUBLED.sub(r"\1", word)


@cache
def _irregular() -> dict[str, str]:
    rows = (line.split() for line in text_of(FILE).splitlines())
    return {form: plain for plain, *forms in rows for form in forms}
