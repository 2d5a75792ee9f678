"""A hue has one meaning, and people with any kind of colour vision tell lines apart."""

from __future__ import annotations

import colorsys
import math
from itertools import combinations

import pytest

from graph.model import Stance
from graph.network import palette

GROUND = pytest.mark.parametrize("ground", ["light", "dark"])
SEEING = {
    "all cones": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""What is left of linear red, green and blue (Machado et al. 2009, doi:10.1109/TVCG.2009.113)."""
LEAST = {"all cones": 30, "protanopia": 14, "deuteranopia": 13, "tritanopia": 16}
"""How far apart two colours are at the least, in CIELAB; a difference of 2 is just seen."""


def _share(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))


def _linear(colour: str) -> list[float]:
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _share(colour)]


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 has it."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _lab(colour: str, seen: str) -> tuple[float, ...]:
    """Return a colour in CIELAB, as somebody sees it."""
    linear = _linear(colour)
    mixed = [sum(m * c for m, c in zip(row, linear, strict=True)) for row in SEEING[seen]]
    r, g, b = (min(1.0, max(0.0, c)) for c in mixed)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _hue(colour: str) -> tuple[float, float]:
    """Return hue, in degrees, and saturation."""
    hue, _, saturation = colorsys.rgb_to_hls(*_share(colour))
    return 360 * hue, saturation


def _meanings(ground: str) -> dict[str, str]:
    """Return the colours that mean something: groups, what is contested, what is chosen."""
    found = {style.name: style.colour for style in palette.GROUPS}
    found |= {"contested": palette.BAND, "chosen": palette.DIFFERENCE}
    return {name: getattr(colour, ground) for name, colour in found.items()}


@GROUND
def test_no_hue_has_two_meanings(ground: str) -> None:
    hues = {name: _hue(colour) for name, colour in _meanings(ground).items()}
    vivid = {name: hue for name, (hue, saturation) in hues.items() if saturation > 0.3}
    assert len(vivid) >= 6
    for one, other in combinations(vivid, 2):
        apart = abs(vivid[one] - vivid[other])
        assert min(apart, 360 - apart) >= 20, (one, other)


@GROUND
def test_fills_of_nodes_have_no_hue(ground: str) -> None:
    for style in (*palette.NODES, palette.OTHER_NODE):
        red, green, blue = _share(getattr(style.fill, ground))
        assert max(red, green, blue) - min(red, green, blue) < 0.1, style.name


@GROUND
def test_lines_are_seen_and_told_apart(ground: str) -> None:
    page = getattr(palette.PAGE, ground)
    lines = {name: one for name, one in _meanings(ground).items() if name != "contested"}
    for name, colour in lines.items():
        assert contrast(colour, page) >= 3, name
    for seen, least in LEAST.items():
        for one, other in combinations(lines, 2):
            apart = math.dist(_lab(lines[one], seen), _lab(lines[other], seen))
            assert apart >= least, (seen, one, other)


def test_a_sign_and_a_family_have_the_colour_of_the_group_of_their_name() -> None:
    groups = {style.name: style.colour for style in palette.GROUPS}
    for style in palette.FAMILIES:
        assert style.colour == groups.get(style.name, style.colour), style.name
    assert palette.sign_style(1).colour == groups["backing"]
    assert palette.sign_style(-1).colour == groups["violence"]
    assert palette.group_style("").name == "other"


def test_each_stance_has_a_sign_of_its_own() -> None:
    assert palette.STANCES.keys() == {stance.value for stance in Stance}
    assert len({*palette.STANCES.values()}) == len(palette.STANCES)
