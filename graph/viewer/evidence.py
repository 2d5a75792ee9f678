"""What a page shows as evidence for a statement: its claims, ready to be read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

from ..errors import UsageError

_WEB = re.compile(r"https?://[^\s\x00-\x20\x7f\"'<>\\^`{|}]+", re.IGNORECASE)


class ShownClaim(TypedDict):
    """One claim, in words.

    Keys:
        voice: whose claim it is, as a name to be read.
        stance: what the voice does: asserts, denies, suspects and so on.
        certainty: how sure it is.
        source: id of the source.
        source_title: title of the source.
        url: address of the source; shown as a link only if it begins with http or https.
        sentences: numbers of the sentences in the source, as ``24.2``.
        note: a remark of the editors.
    """

    voice: str
    stance: str
    certainty: str
    source: str
    source_title: str
    url: NotRequired[str]
    sentences: NotRequired[Sequence[str]]
    note: NotRequired[str]


Evidence = Mapping[str, Sequence[ShownClaim]]
"""The claims of each statement, by the key of its edge."""


def claims_of(statement: str, evidence: Evidence) -> list[dict[str, object]]:
    """Return the claims of a statement with links that are safe to follow.

    Raises:
        UsageError: there is no claim; nothing is drawn without evidence.
    """
    claims = evidence.get(statement)
    if not claims:
        raise UsageError(f'there is no evidence for the statement "{statement}"')
    return [_shown(claim) for claim in claims]


def _shown(claim: ShownClaim) -> dict[str, object]:
    found: dict[str, object] = {
        "voice": claim["voice"],
        "stance": claim["stance"],
        "certainty": claim["certainty"],
        "source": claim["source_title"] or claim["source"],
        "sentences": list(claim.get("sentences", ())),
        "note": claim.get("note", ""),
        "url": web_address(claim.get("url", "")),
    }
    return {name: value for name, value in found.items() if value}


def web_address(url: str) -> str:
    """Return an address if it may stand in a link: http or https, and no odd characters.

    Returns:
        The address, or an empty text for all others, such as ``javascript:``.
    """
    return url if _WEB.fullmatch(url) else ""
