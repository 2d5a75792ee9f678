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
    for name in sorted(old.terms.own.keys() | new.terms.own.keys()):
        graph = new if name in new.terms.own else old
        label = graph.labels.of(graph.terms.own[name].value) or name
        if name in old.terms.own and name in new.terms.own:
            was, now = _told(old, name), _told(new, name)
            told = tuple(
                f"{key}: was {was[key]}, is now {now[key]}" for key in was if was[key] != now[key]
            )
        else:
            told = ("is new" if graph is new else "is gone",)
        if told:
            below = f"{label}, below {graph.terms.broader.get(name, 'nothing')}"
            yield Difference(Group.TERMS, name, below, told)


def _told(graph: Graph, name: str) -> Mapping[str, str]:
    """Return what is said of a term, by what it is."""
    iri, view = graph.terms.own[name].value, graph.predicate(name)
    return {
        "label": graph.labels.of(iri),
        "broader": graph.terms.broader.get(name, ""),
        "sign": str(view.sign),
        "aspect": view.aspect,
        "definition": definitions(graph).get(iri, ""),
    }
