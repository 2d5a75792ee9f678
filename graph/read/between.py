"""Where two cases tell different figures of what is one in both: found when they are asked as one.

Statuses stay as each case has them, and no rule of one case decides for another: what is found is
pending.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..model.figures import BETWEEN, PENDING
from ..model.folders import ONTOLOGY
from ..model.terms import HUD, KIND, RDF, text
from .grouping import Unions

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEFAULT = ox.DefaultGraph()
_EXCLUDES, _AMONG = ox.NamedNode(HUD + "excludes"), ox.NamedNode(HUD + "among")
_HEAD = (
    (ox.NamedNode(RDF + "type"), ox.NamedNode(HUD + "Disagreement")),
    (ox.NamedNode(HUD + "rule"), ox.NamedNode(KIND + PENDING)),
)


def add_disagreements_between(store: ox.Store) -> None:
    """Add figures of several cases that exclude each other, and that voices so disagree.

    Figures among which a case has a disagreement of its own are told together with those of the
    others; what the case decided of its own stays beside it.

    Args:
        store: the graph of the cases, in which what is one has one IRI; it is added to.
    """
    known = set(_all(store, _EXCLUDES))
    store.update(_rule())
    groups = Unions()
    new = [quad for quad in _all(store, _EXCLUDES) if quad not in known]
    for quad in new:
        groups.join([text(quad.subject), text(quad.object)])
    own: dict[str, list[str]] = {}
    for quad in _all(store, _AMONG) if new else ():
        own.setdefault(text(quad.subject), []).append(text(quad.object))
    for figures in own.values():
        groups.join(figures)
    found = {text(quad.subject) for quad in new}
    for group in groups.found():
        if not found.isdisjoint(group):
            node = ox.NamedNode(group[0] + BETWEEN)
            store.extend(ox.Quad(node, term, value) for term, value in _HEAD)
            store.extend(ox.Quad(node, _AMONG, ox.NamedNode(one)) for one in group)


def _all(store: ox.Store, term: ox.NamedNode) -> Iterator[Any]:
    return store.quads_for_pattern(None, term, None, _DEFAULT)


@cache
def _rule() -> str:
    return (ONTOLOGY / "rules" / "11-rival-figures.rq").read_text("utf-8")
