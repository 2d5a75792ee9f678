"""The check of web addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..model.terms import refused_iri
from .fields import text
from .value_checks import quoted, told_as

if TYPE_CHECKING:
    from .problems import Message

_SCHEME = re.compile(r"https?://[^/?#]")
_LONGEST = 4000
_HEX = re.compile(r"%[0-9A-Fa-f]{2}")


@told_as(type="string", pattern=f"^{_SCHEME.pattern}", maxLength=_LONGEST)
def web_address(value: object) -> Message | None:
    """Check for an address with ``http`` or ``https`` that the store's own parser takes."""
    if not isinstance(value, str) or not _SCHEME.match(value):
        return f'{quoted(value)} is not a web address; write one that begins with "https://"'
    if wrong := text(value):
        return wrong
    if len(value) > _LONGEST:
        return f"has {len(value)} signs; a web address has at most {_LONGEST}"
    reason = refused_iri(value)
    if not reason and not any(map(str.isspace, value)):
        return None
    first = value.find("#")
    signs = [_in_address(sign, value, place, place == first) for place, sign in enumerate(value)]
    right = "".join(signs)
    if refused_iri(right):
        return f'"{value}" is not a web address: {reason}; copy it anew from where it stands'
    sign, code = next((a, b) for a, b in zip(value, signs, strict=True) if a != b)
    return (
        f'"{value}" is not a web address: the sign "{sign}" cannot stand there; '
        f'write {code} for it, as in "{right}"'
    )


def _in_address(sign: str, address: str, place: int, begins_fragment: bool) -> str:
    """Return a sign of an address as it may stand there: itself, or its percent-encoded form."""
    if sign == "%":
        fits = _HEX.match(address, place) is not None
    elif sign == "#":
        fits = begins_fragment
    else:
        fits = not sign.isspace() and not refused_iri(f"https://example.org/{sign}")
    return sign if fits else quote(sign, safe="")
