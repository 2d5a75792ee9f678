"""What a case tells its readers of what they do not see, and of whom to write to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .former import withdrawn

if TYPE_CHECKING:
    from .case_graph import CaseGraph


def notices(graph: CaseGraph) -> dict[str, str]:
    """Return the notices of a case by their headings, without those that it has no need of.

    Args:
        graph: the judged graph that readers have.
    """
    about = graph.about
    gone = withdrawn(graph).values()
    found = {
        "Corrections": about.contact
        and f"Whoever is named here, and whoever knows better, may write to {about.contact}.",
        "Not public": about.withholds and f"Shown to named readers alone: {about.withholds}.",
        "Withdrawn": "; ".join(map(str, gone)),
    }
    return {heading: text for heading, text in found.items() if text}
