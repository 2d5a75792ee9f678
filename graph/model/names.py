"""The normal form of names, by which they are looked up: here, in the graph and in the page."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, normalize

LETTERS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه",
           "ς": "σ", "ß": "ss", "ı": "i"}  # fmt: skip
"""Letters that are written for each other, after decomposition and in lower case."""

SIGNS = "\u0640'’‘ʿʾʼʻ`"
"""Tatweel and apostrophes, which are passed over."""

PASSED_OVER = ("Mn", "Cf")
"""Categories of what is passed over, too: marks, zero-width joiners and signs of direction."""

BLANKS = ("Zs", "Zl", "Zp", "Pd")
"""Categories of what parts words, beside line ends and tabs: blanks and hyphens."""

_TABLE = str.maketrans({**LETTERS, **dict.fromkeys(SIGNS)} | dict.fromkeys("\t\n\v\f\r", " "))


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Return the normal form of a name: two names that people take for one have the same.

    The page computes the same of its tables (``RULES`` in ``graph.viewer.drawing``).
    """
    text = normalize("NFKD", normalize("NFKD", name).lower()).translate(_TABLE)
    kept = (sign for sign in text if category(sign) not in PASSED_OVER)
    parted = "".join(" " if category(sign) in BLANKS else sign for sign in kept)
    return " ".join(filter(None, parted.split(" ")))
