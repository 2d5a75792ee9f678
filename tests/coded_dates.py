"""What a date in EDTF looks like where people should read words."""

from __future__ import annotations

import re

_DATE = r"[0-9]{2}[0-9X]{2}(?:-[0-9X]{2}){0,2}"
_SHAPES = (
    rf"{_DATE}[?~%]?/(?:{_DATE}|\.\.|(?![\w.]))",  # A/B, A/.. and A/
    rf"(?<![\w.])(?:\.\.)?/{_DATE}(?![-\w])",  # ../B and /B
    rf"[\[{{](?:\.\.)?{_DATE}[?~%]?[\],}}.]",  # sets
    rf"{_DATE}\.\.|\.\.{_DATE}",  # ranges in sets
    rf"{_DATE}[~%]|[0-9]{{4}}-[0-9]{{2}}\?",  # qualified
    r"[0-9]{4}-(?:0[1-9]|1[0-2]|2[1-4])(?![-\w])",  # months and seasons
    r"[0-9]{3}X|[0-9]{2}XX|[0-9]{4}-(?:[0-9]{2}-)?XX",  # digits that are not told
)
_CODED = re.compile("|".join(rf"(?<![\w#/.:-])(?:{shape})" for shape in _SHAPES))


def coded(text: str) -> list[str]:
    """Return what in a text looks like a date in EDTF, but for a year or a day by itself.

    Args:
        text: what a reader sees, without what is marked as coded.
    """
    return _CODED.findall(text)
