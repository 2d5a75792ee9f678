"""The words on which a stance rests, looked up in the sentences that a claim cites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..model.near import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .authored import Authored

_PLACE = re.compile(r"(?:[a-z0-9-]+#)?[0-9]+\.[0-9]+:[0-9]+-[0-9]+")
_ALIKE = ("'’‘", '"“”„', "-‐–—")
"""Signs that are taken for each other."""
_FORM = "cue=4.1:13-19, in signs of the sentence counted from 0, the end exclusive"


def places_of_cues(
    given: Iterable[str], source: str, numbers: Sequence[str], case: Authored
) -> list[str]:
    """Return where cues stand, as ``4.1:13-19``; what is such a place already stays as it is.

    Args:
        given: places, or words as the sentences have them.
        source: the one that the claim cites.
        numbers: of the sentences that it cites.
        case: the case's files, with the texts that are at hand.

    Raises:
        UsageError: words stand in no sentence or in several places, or no text is at hand.
    """
    return [one if _PLACE.fullmatch(one) else _found(one, source, numbers, case) for one in given]


def _found(words: str, source: str, numbers: Sequence[str], case: Authored) -> str:
    said = {number: case.said.get(f"{source}#{number}") for number in numbers}
    if lacking := [number for number, text in said.items() if text is None]:
        raise UsageError(
            f'cue: "{words}" cannot be looked up, for the text of {source}#{lacking[0]} is not at '
            f"hand; name the folder of the texts with --texts, or write where it stands: {_FORM}"
        )
    for whole in (True, False):
        found = [(number, *place) for number, text in said.items() if text
                 for place in _places(words, text, whole=whole)]  # fmt: skip
        if found:
            break
    else:
        where = joined([f"{source}#{one}" for one in numbers], "and")
        raise UsageError(
            f'cue: "{words}" does not stand in {where}; write it as the sentence has it, or where '
            f"it stands: {_FORM}"
        )
    told = [f"{number}:{start}-{end}" for number, start, end in found]
    if len(told) > 1:
        raise UsageError(
            f'cue: "{words}" stands {len(told)} times; write one of {", ".join(told)}, or more of '
            "the words around it"
        )
    return told[0]


def _places(words: str, text: str, *, whole: bool) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a text: as whole words, or also within some."""
    pattern = r"\s+".join("".join(map(_sign, one)) for one in words.split())
    bounded = rf"(?<!\w){pattern}(?!\w)" if whole else pattern
    for one in re.finditer(bounded, text, re.IGNORECASE):
        yield one.span()


def _sign(sign: str) -> str:
    alike = next((one for one in _ALIKE if sign in one), "")
    return f"[{re.escape(alike)}]" if alike else re.escape(sign)
