"""In which languages a case has names, and what a thing is called in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.languages import language, languages, of_tag

if TYPE_CHECKING:
    from ..model import Name, Thing
    from ..model.languages import Language
    from .select import Graph

_USUAL = "en"
"""The language of labels in a graph that does not say which it is."""


def languages_of(graph: Graph) -> list[Language]:
    """Return the languages of the names of things, that of the labels first.

    Args:
        graph: the store and its case.
    """
    own = _of_labels(graph)
    things = map(graph.thing, graph.ids("Entity"))
    tags = {name.lang for thing in things for name in getattr(thing, "names", ()) if name.lang}
    return [own, *(one for one in languages(tags) if one != own)]


def names_by_language(graph: Graph, thing: Thing) -> dict[Language, Name]:
    """Return the first name of a thing in each language but that of the labels.

    Args:
        graph: the store and its case.
        thing: any thing; most have no further names.
    """
    own = _of_labels(graph)
    found: dict[Language, Name] = {}
    for name in sorted(getattr(thing, "names", ())):
        tag = of_tag(name.lang)
        if tag and tag != own.tag:
            found.setdefault(language(tag), name)
    return dict(sorted(found.items()))


def _of_labels(graph: Graph) -> Language:
    tag = graph.about.language or _USUAL
    return language(of_tag(tag) or tag)
