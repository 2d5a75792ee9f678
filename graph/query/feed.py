"""What changed in a case as a JSON Feed, for programs that follow it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from .difference import Difference

VERSION = "https://jsonfeed.org/version/1.1"


def feed(
    found: Iterable[Difference], title: str, page: str = "index.html", day: date | None = None
) -> dict[str, Any]:
    """Return differences as a JSON Feed (version 1.1), one item each.

    Args:
        found: the differences.
        title: of the case.
        page: the address of the page of the case; items lead to what they are about in it.
        day: when it changed; without one the items have no date.

    Returns:
        The feed. An item has the same id wherever the same difference is told, so a reader
        shows it once.
    """
    return {
        "version": VERSION,
        "title": f"{title}: what changed",
        "home_page_url": page,
        "items": [_item(one, page, day) for one in found],
    }


def _item(one: Difference, page: str, day: date | None) -> dict[str, Any]:
    told = "\n".join((one.group.name, one.id, one.text, *one.why))
    item = {
        "id": f"urn:sha256:{sha256(told.encode()).hexdigest()}",
        "url": f"{page}#{quote(one.id)}" if one.id else page,
        "title": one.text,
        "content_text": "\n".join((f"{one.group.value}: {one.text}", *one.why)),
        "tags": [one.group.name.lower().replace("_", " ")],
    }
    return item | ({"date_published": f"{day.isoformat()}T00:00:00Z"} if day else {})
