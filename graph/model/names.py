"""The normal form of names, by which they are looked up: here, in the graph and in the page."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import category, normalize

if TYPE_CHECKING:
    from collections.abc import Mapping

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


SHORT = 4
"""Names of fewer letters are also common words, or stand in others; see ``as_a_word``."""

SHORTEST = 2
"""What is shorter is no name."""

_ARABIC = re.compile("[\u0600-\u06ff]")
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
