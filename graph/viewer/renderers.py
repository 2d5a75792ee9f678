"""What can draw the lines of a page; each needs a library, which stands in it beside our script."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

_VENDOR = Path(__file__).resolve().parent / "vendor"


class Renderer(NamedTuple):
    """What draws the lines in a page.

    Attributes:
        name: what ``web/draw`` calls it.
        library: the file of the library that it needs.
    """

    name: str
    library: Path


RENDERERS = {
    one.name: one
    for one in (
        Renderer("vis", _VENDOR / "vis-network" / "vis-network.bundle.min.js"),
        Renderer("sigma", _VENDOR / "sigma" / "sigma.bundle.min.js"),
    )
}
"""The renderers by name; a page holds the library of one of them."""
