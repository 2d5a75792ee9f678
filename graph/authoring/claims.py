"""The table of a claim, made of its short form."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..reader.claims import no_source
from .sayings import AUTHOR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .authored import Authored
    from .sayings import ShortClaim

NO_DEFAULTS: Mapping[str, Any] = MappingProxyType({})
"""Those of a file that has none."""


def claim_of(
    stand: ShortClaim, case: Authored, defaults: Mapping[str, Any] = NO_DEFAULTS, mode: str = ""
) -> dict[str, Any]:
    """Return the table of a claim, without what its file has as a default.

    Args:
        stand: the claim.
        case: the case's files.
        defaults: those of the file.
        mode: as what it is said, where the claim does not say so.

    Raises:
        UsageError: a part is missing that has no default; with what would be right.
    """
    source = stand.source or defaults.get("source") or only_source(case)
    if not source:
        raise which_source(case)
    voice = _voice(stand.voice or defaults.get("voice", ""), source, case)
    if not stand.certainty and "certainty" not in defaults:
        raise UsageError(
            f"how sure is {voice}? write certain, probable, possible or unspecified "
            f'after "{stand.stance}"'
        )
    short = source == defaults.get("source")
    claim = {
        "voice": "" if voice == defaults.get("voice") else voice,
        "stance": stand.stance,
        "certainty": "" if stand.certainty == defaults.get("certainty") else stand.certainty,
        "passages": [one if short else f"{source}#{one}" for one in stand.sentences],
        "mode": stand.mode or mode,
    }
    return {key: value for key, value in claim.items() if value}


def _voice(voice: str, source: str, case: Authored) -> str:
    if not voice:
        raise UsageError(f"who says so? write a voice, or {AUTHOR}, before the stance")
    if voice != AUTHOR:
        return voice
    if source not in case.sources:
        raise UsageError(no_source(source, case.sources))
    authors = case.sources[source].get("authors", [])
    if len(authors) != 1:
        listed = ", ".join(map(str, authors)) or "none"
        raise UsageError(
            f"{source} has the authors {listed}; name the one who says so, or if they speak as one "
            f"give it one author: hudna source add FILE --id {source} --replace --author SIDE"
        )
    return str(authors[0])


def only_source(case: Authored) -> str:
    """Return the source of a case that has one; empty if it has none or several."""
    known = list(case.sources)
    return known[0] if len(known) == 1 else ""


def which_source(case: Authored) -> UsageError:
    """Return what is said where it is not told which source is cited."""
    known = ", ".join(sorted(case.sources)) or "none yet: hudna source add"
    return UsageError(f"in which source? write SOURCE#SENTENCE; the sources are {known}")
