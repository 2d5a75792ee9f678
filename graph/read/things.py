"""Things as views: what a thing is called, and the narrowest class that it is a member of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from ..model.terms import HUD, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..model import Name

_DEFAULT = ox.DefaultGraph()
_SUBCLASS = ox.NamedNode(RDFS + "subClassOf")


class ThingView(NamedTuple):
    """What is known of a thing by itself; all else about it are statements.

    Attributes:
        id: its id.
        label: its name in English; the id for what is no thing, of which all else is empty.
        class_: local name of its narrowest class, the first by the alphabet if there are several.
        identity: local name of how it is identified, such as ``named``; of actors alone.
        names: its further names with their languages, sorted.
        note: a remark on it.
    """

    id: str
    label: str
    class_: str = ""
    identity: str = ""
    names: tuple[Name, ...] = ()
    note: str = ""

    def names_in(self, language: str) -> list[str]:
        """Return its further names that have a tag of language, such as ``ar``, sorted."""
        return [name.text for name in self.names if name.lang == language]


def wider_classes(store: ox.Store) -> Mapping[str, frozenset[str]]:
    """Return the classes directly above each class of the ontology, as ``narrowest`` takes them."""
    wider: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, _SUBCLASS, None, _DEFAULT):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            wider.setdefault(_name(quad.subject), set()).add(_name(quad.object))
    return {name: frozenset(above) for name, above in wider.items()}


def narrowest(classes: Iterable[str], wider: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the classes of the ontology that have none of the others below them, sorted.

    Args:
        classes: all classes of one thing, as local names of the ontology or else as IRIs.
        wider: as ``wider_classes`` returns them.
    """
    known = set(classes)
    narrow = known.difference(*(wider.get(name, ()) for name in known))
    return sorted(name for name in narrow if ":" not in name)


def _name(term: ox.NamedNode) -> str:
    return term.value.removeprefix(HUD)
