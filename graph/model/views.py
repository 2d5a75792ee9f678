"""What the address of a view may say: keys of the page, and what each may hold.

The list is made of the page's own table (``graph/viewer/web/state/forms.js``) by ``make page``.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = Path(__file__).parent / "view_keys.json"
_NO_IDS = ("aside", "day", "span")
_NAME = re.compile(r"[^:~,/%]+")


class ViewPart(NamedTuple):
    """One part of a view.

    Attributes:
        key: as it stands before the first ``=``.
        value: what stands behind it, decoded.
    """

    key: str
    value: str


@cache
def view_keys() -> Mapping[str, str | list[str]]:
    """Return the keys that an address may have, each with its form, or with all its values."""
    found: Mapping[str, str | list[str]] = json.loads(_KEYS.read_text("utf-8"))
    return found


def parts_of(view: str) -> list[ViewPart]:
    """Return what a view says, as the page reads it: ``sel=ev-geneva2&show=story``.

    Args:
        view: what stands after the # of an address; an id alone is what is chosen.
    """
    text = view.removeprefix("#")
    if not text:
        return []
    if "=" not in text:
        return [ViewPart("sel", unquote(text))]
    pairs = (part.partition("=") for part in text.split("&"))
    return [ViewPart(key, unquote(value)) for key, _, value in pairs]


def with_ids(view: str, ids: Mapping[str, str]) -> str:
    """Return a view with other ids.

    Args:
        view: as for ``parts_of``.
        ids: what each id becomes.
    """
    keys = view_keys()

    def become(part: str) -> str:
        key, equals, value = part.rpartition("=") if part.count("=") < 2 else part.partition("=")
        form = keys.get(key or "sel")
        if isinstance(form, list) or form in (None, *_NO_IDS):
            return part
        return key + equals + _NAME.sub(lambda name: ids.get(name[0], name[0]), value)

    return "&".join(map(become, view.split("&")))
