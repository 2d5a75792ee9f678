"""What later releases of data sets dropped, which a case has in a graph of its own."""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..model.terms import FORMER, HUD, graph_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..model import Claim
    from ..model.terms import Namespace

    Subject = ox.NamedNode | ox.BlankNode | ox.Triple

_DEFAULT = ox.DefaultGraph()
_WAS_ABOUT = ox.NamedNode(HUD + "wasAbout")


def quads_of(names: Namespace, store: ox.Store, node: Subject) -> Iterator[ox.Quad]:
    """Return what is said of a record; of one of the past, of which nothing is said, what was.

    Args:
        names: the ids of the case, or of several.
        store: the judged graph.
        node: the record.
    """
    found = store.quads_for_pattern(node, None, None, _DEFAULT)
    first = next(found, None)
    if first is not None:
        return chain((first,), found)
    graphs = (ox.NamedNode(graph_iri(one, FORMER)) for one in names.cases)
    return chain.from_iterable(store.quads_for_pattern(node, None, None, one) for one in graphs)


def dropped_by_statement(
    names: Namespace, store: ox.Store, claim: Callable[[Subject], Claim]
) -> Mapping[str, tuple[Claim, ...]]:
    """Return the claims that a later release dropped, by the ids of their statements, sorted.

    Args:
        names: the ids of the case, or of several.
        store: the judged graph.
        claim: reads one.
    """
    found: dict[str, list[Claim]] = {}
    for quad in store.quads_for_pattern(None, _WAS_ABOUT, None):
        if names.owns(getattr(quad.subject, "value", "")):
            one = claim(quad.subject)
            found.setdefault(one.statement, []).append(one)
    by_id = attrgetter("id")
    return {name: tuple(sorted(found[name], key=by_id)) for name in sorted(found)}
