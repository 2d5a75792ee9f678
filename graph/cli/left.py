"""What ``hudna rename`` and ``hudna merge`` leave as it is, and tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .printing import say, say_folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..authoring.renaming import LeftAsIs

_MOST = 12
"""So many places are told; JSON has all."""


def say_left(name: str, places: Sequence[LeftAsIs]) -> None:
    """Say where a former id stands in texts and queries, if it does.

    Args:
        name: the id.
        places: where.
    """
    if places:
        say_folded(f"Left as they are, where {name} stands in a text or a query:")
    for one in places[:_MOST]:
        say_folded(f"  {one.file}:{one.line}: {one.text}")
    if (more := len(places) - _MOST) > 0:
        say(f"  and {more} more; --format json lists all")
