"""What is told of a line of a list only because another line adds nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..model.names import name_key
from .lines import names_in
from .slugs import slug_of
from .things import FOLDERS
from .tokens import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .wanted import Unread, Wanted

LEFT_OUT = "(left out)"
"""What the agreement is called that a line should have added, for parts that name none."""
_MISSING = re.compile(r'there is no [\w ]+ "(.*?)" in this case')
_PREFIX = re.compile("^(?:{})".format("|".join(one for _, one, _ in FOLDERS.values() if one)))
_PART = re.compile(r"\.(?:c\d+)?$")
"""What follows on the id of an agreement in that of a clause, and on the beginning of a name."""


def first_words(wanted: Wanted | Unread | str) -> tuple[str, str]:
    """Return the word that says what a line adds, and the one behind it; empty if there is none.

    Args:
        wanted: what the line adds.
    """
    if not isinstance(wanted, str):
        return wanted.sort, wanted.name
    try:
        words = [one.text for one in parts_of(wanted)[0]]
    except UsageError:
        words = wanted.split()
    return (*words, "", "")[0], (*words, "", "")[1]


def names_of(wanted: Wanted | Unread | str) -> set[str]:
    """Return the ids and names that what a line adds may have.

    Args:
        wanted: what the line adds.
    """
    return names_in(wanted) if isinstance(wanted, str) else {wanted.name}


def follows(message: str, lost: Iterable[str]) -> bool:
    """Return whether what is told is only that a thing is missing which could not be added.

    Args:
        message: what is told.
        lost: the names of what could not be added.
    """
    missing = _MISSING.match(message)
    return missing is not None and (
        missing[1] == LEFT_OUT or any(_means(missing[1], one) for one in lost)
    )


def _means(text: str, name: str) -> bool:
    """Return whether a text may name something, or a part of it."""
    bare = _PART.sub("", text)
    keys = {name_key(name), name_key(slug_of(name))}
    meant = {name_key(one) for one in (text, bare, _PREFIX.sub("", bare))} - {""}
    begun = text.endswith(".") and any(one.startswith(name_key(bare)) for one in keys)
    return begun or not meant.isdisjoint(keys)
