"""Texts with names in braces that a row fills: ``"{town}, {province}"``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from ..authoring.slugs import slug_of
from ..model.languages import territory
from .tables import BETWEEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_PART = re.compile(r"\{([^{}]*)\}")
_LISTED = re.compile(r"\s*(?:\] \[|[;\n])\s*")
"""What stands between the values of a list: ``a; b``, ``a] [b``, or one a line."""
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_TO = re.compile(r"\.\.|/")
"""What stands between both ends of a time in EDTF."""
NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z]+)?")
"""A name of a value: of a column, ``when.month``."""
FILTERS: Mapping[str, Callable[[str], str]] = {
    "slug": slug_of,
    "lower": str.lower,
    "title": str.title,
    "first": lambda value: value.partition(BETWEEN)[0],
    "last": lambda value: value.rpartition(",")[2].strip(),
    "whole": lambda value: value.removesuffix(".0"),
    "country": territory,
    "commas": lambda value: _LISTED.sub(", ", value),
    "percent": lambda value: f"{value} %" if _NUMBER.fullmatch(value) else value,
    "span": lambda value: _TO.sub(" to ", value.strip("[]")),
}
"""What may be done to a value: ``{town|slug}``."""
_OR = "or "
"""Before the name of a value that counts where the first is empty: ``{town|or province|slug}``."""


class Part(NamedTuple):
    """A place in a text: the values of which the first counts that is there, and its changes."""

    names: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A text with names in braces; it is empty where one of the values is.

    Attributes:
        text: as it is written.
        parts: plain texts, and places for values.
        only: the name of the value that is all of it, as it stands; empty if it is more.
    """

    text: str
    parts: tuple[str | Part, ...]
    only: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names in braces."""
        return tuple(one for part in self.parts if isinstance(part, Part) for one in part.names)

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the text with the values of a row; empty where one of them is.

        Args:
            values: by name; all names of the template are among them.
        """
        if self.only:
            return values[self.only]
        found = []
        for part in self.parts:
            if isinstance(part, str):
                found.append(part)
                continue
            value = next((values[name] for name in part.names if values[name]), "")
            for change in part.changes:
                value = FILTERS[change](value)
            if not value:
                return ""
            found.append(value)
        return "".join(found)


def together(templates: Iterable[Template]) -> Callable[[Mapping[str, str]], tuple[str, ...]]:
    """Return what fills several templates with the values of a row.

    Args:
        templates: in the order in which their texts come.
    """
    several = tuple(templates)
    names = [one.only for one in several]
    if len(names) > 1 and all(names):
        return itemgetter(*names)
    return lambda values: tuple([one.filled(values) for one in several])


def template(text: str) -> Template:
    """Return a template.

    Args:
        text: as it is written.

    Raises:
        ValueError: a brace is left open, or a name or a filter is none; the text says which.
    """
    parts: list[str | Part] = []
    end = 0
    for match in _PART.finditer(text):
        first, *more = match[1].split("|")
        names = (first, *(one.removeprefix(_OR) for one in more if one.startswith(_OR)))
        changes = tuple(one for one in more if not one.startswith(_OR))
        if wrong := next((one for one in names if not NAME.fullmatch(one)), ""):
            raise ValueError(f"{{{match[1]}}}: {wrong} is no name of a column or value")
        if wrong := next((one for one in changes if one not in FILTERS), ""):
            raise ValueError(f"{{{match[1]}}}: there is {', '.join(FILTERS)}, and no {wrong}")
        parts += [*filter(None, [text[end : match.start()]]), Part(names, changes)]
        end = match.end()
    parts += filter(None, [text[end:]])
    if any(isinstance(part, str) and re.search("[{}]", part) for part in parts):
        raise ValueError(f'a brace of "{text}" is without the other')
    inner = text.removeprefix("{").removesuffix("}")
    only = inner if text == f"{{{inner}}}" and NAME.fullmatch(inner) else ""
    return Template(text, tuple(parts), only)
