"""A page of pyvis in one file, to look at and to restyle in Python; see ``pyvis_drawing``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .format import LOST_BY_NETWORKS, Exported, Format

if TYPE_CHECKING:
    from .selection import Selection

FORMAT = Format(
    name="pyvis",
    title="a page of pyvis in one file that needs no other, for notebooks and own styles",
    holds="network",
    file="network.html",
    loses={
        **{one: what for one, what in LOST_BY_NETWORKS.items() if one not in ("claims", "cited")},
        "bounds": "the date as it is given",
        "edtf": "the date in words",
    },
)


def write(selection: Selection) -> Exported:
    """Return the chosen network as a page, one line for each statement."""
    from .pyvis_drawing import drawing

    page = drawing(
        selection.graph,
        selection.network,
        heading=f"{selection.title}. {selection.chosen}",
        places=selection.places,
        sizes=selection.sizes,
    ).generate_html()
    return Exported({FORMAT.file: [page.encode("ascii")]})
