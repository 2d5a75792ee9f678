"""Colours and fonts of a page in the look of the house that shows it, checked to be readable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import UsageErrors, suggestion
from ..model.textfiles import toml_of
from . import palette
from .palette import Colour

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_FONT = re.compile(r"[\w .,'\"-]{1,200}")
_GROUNDS = ("light", "dark")
TEXT, LINE = 4.5, 3.0
"""Least contrasts by WCAG 2.2: of text (1.4.3), and of what is drawn with a meaning (1.4.11)."""
_TEXTS = ("ink", "muted", "link")
_LINES = ("focus", "group-", "sign-", "family-")


class HouseStyle(NamedTuple):
    """How a page looks.

    Attributes:
        colours: all of them, by the names of ``palette.colours``.
        font: the families, as in CSS.
    """

    colours: Mapping[str, Colour]
    font: str


USUAL = HouseStyle(palette.colours(), palette.FONT)


def house_of(file: Path | None) -> HouseStyle:
    """Return the style that a file tells, or the usual one without a file.

    The file is TOML: ``font``, and a table ``colours`` with names of ``palette.colours``, each a
    colour as ``#rrggbb`` for light and dark grounds or a table ``{ light = …, dark = … }``. A sign
    and a family that have the colour of a group follow it unless they are named.

    Args:
        file: its path.

    Raises:
        UsageErrors: keys or values are wrong, or a colour is hard to see on its ground; all told.
        InputOutputError: the file cannot be read; ``UnfitFile``: it is no TOML of sensible size.
    """
    return USUAL if file is None else house(toml_of(file), str(file))


def house(table: Mapping[str, Any], where: str) -> HouseStyle:
    """Return the style that a table tells; see ``house_of``.

    Args:
        table: what the file holds.
        where: what the file is called in messages.

    Raises:
        UsageErrors: see there.
    """
    wrong = [f'{where}: "{key}" is no key of a style; there are font and colours'
             for key in table if key not in ("font", "colours")]  # fmt: skip
    font = table.get("font", palette.FONT)
    if not (isinstance(font, str) and _FONT.fullmatch(font)):
        wrong.append(f"{where}: font: names of fonts with commas between them, not {font!r}")
    given = table.get("colours", {})
    if not isinstance(given, dict):
        raise UsageErrors([*wrong, f"{where}: colours: a table of colours by name, not {given!r}"])
    wrong += [one for name, value in given.items() if (one := _wrong(name, value))]
    if wrong:
        raise UsageErrors(one if one.startswith(where) else f"{where}: {one}" for one in wrong)
    colours = _followed({name: _both(value) for name, value in given.items()})
    if unseen := [f"{where}: {one}" for one in _unseen(colours)]:
        raise UsageErrors(unseen)
    return HouseStyle(colours, font)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, from 0 to 1, as WCAG 2 defines it."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21, as WCAG 2 defines it.

    Args:
        one: as ``#rrggbb``.
        other: likewise; which is which makes no difference.
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _wrong(name: str, value: object) -> str:
    known = palette.colours()
    if name not in known:
        return f'colours: "{name}" is none of them{suggestion(name, known)}'
    told = value if isinstance(value, dict) else dict.fromkeys(_GROUNDS, value)
    if told.keys() != {*_GROUNDS}:
        return f"colours.{name}: one colour, or a table with light and dark, not {value!r}"
    bad = [one for one in told.values() if not (isinstance(one, str) and _HEX.fullmatch(one))]
    return f"colours.{name}: {bad[0]!r} is no colour; write it as #1b1f24" if bad else ""


def _both(value: Any) -> Colour:  # noqa: ANN401 - a value of TOML that was looked at
    return Colour(**value) if isinstance(value, dict) else Colour(value, value)


def _followed(given: Mapping[str, Colour]) -> dict[str, Colour]:
    """Return all colours: what had that of a group still has it."""
    usual = palette.colours()
    groups = {usual[name]: colour for name, colour in given.items() if name.startswith("group-")}
    return {
        name: given.get(name, groups.get(colour, colour) if "-" in name else colour)
        for name, colour in usual.items()
    }


def _unseen(colours: Mapping[str, Colour]) -> Iterator[str]:
    """Yield what is hard to see: text on page and panel, lines on the page."""
    for ground in _GROUNDS:
        for name, colour in colours.items():
            text = name in _TEXTS
            if not (text or name.startswith(_LINES)):
                continue
            for under in ("page", "panel") if text else ("page",):
                own, below = getattr(colour, ground), getattr(colours[under], ground)
                least = TEXT if text else LINE
                if (found := contrast(own, below)) < least:
                    what = "text" if text else "a line"
                    yield (f"colours.{name} ({ground}): {own} on {under} {below} has a contrast of "
                           f"{found:.2f}; {what} needs {least:g}")  # fmt: skip
