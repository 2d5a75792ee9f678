"""How the terms that a case has of its own differ between two graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..read.tables import definitions
from .difference import Difference, Group

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..read.select import Graph


def term_changes(old: Graph, new: Graph) -> Iterator[Difference]:
    """Yield the terms of the case that are new or gone, or that say something else.

    Args:
        old: the earlier graph.
        new: the later one.
    """
    for name in sorted(old.own_terms.keys() | new.own_terms.keys()):
        graph = new if name in new.own_terms else old
        label = graph.labels.of(graph.own_terms[name].value) or name
        if name in old.own_terms and name in new.own_terms:
            was, now = _told(old, name), _told(new, name)
            told = tuple(
                f"{key}: was {was[key]}, is now {now[key]}" for key in was if was[key] != now[key]
            )
        else:
            told = ("is new" if graph is new else "is gone",)
        if told:
            below = f"{label}, below {graph.broader.get(name, 'nothing')}"
            yield Difference(Group.TERMS, name, below, told)


def _told(graph: Graph, name: str) -> Mapping[str, str]:
    """Return what is said of a term, by what it is."""
    iri, view = graph.own_terms[name].value, graph.predicate(name)
    return {
        "label": graph.labels.of(iri),
        "broader": graph.broader.get(name, ""),
        "sign": str(view.sign),
        "aspect": view.aspect,
        "definition": definitions(graph).get(iri, ""),
    }
