"""What can draw the lines of a page: a library, and our own scripts for it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

_VENDOR = Path(__file__).resolve().parent / "vendor"


class Renderer(NamedTuple):
    """What draws the lines in a page.

    Attributes:
        library: the file of the library that it needs.
        scripts: our own scripts for it, in the order in which they run.
    """

    library: Path
    scripts: tuple[str, ...]


RENDERERS = {
    "vis": Renderer(_VENDOR / "vis-network" / "vis-network.min.js", ("draw-vis.js",)),
    "sigma": Renderer(
        _VENDOR / "sigma" / "sigma.bundle.min.js", ("sigma-programs.js", "draw-sigma.js")
    ),
}
"""The renderers by name; a page holds one of them."""
