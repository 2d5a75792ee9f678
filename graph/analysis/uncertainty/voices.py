"""A ranking in the world of each voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ...model import UNATTRIBUTED
from ...network.filters import STATUSES
from ...network.projection import network
from ...read.rules import tells
from ...read.rules import world as world_of
from ..arrays import from_network
from ..centrality.ranking import first, footrule, ranks
from .robustness import values_in

if TYPE_CHECKING:
    from typing import Unpack

    from ...network.filters import Narrowing
    from ...read.select import Graph
    from ..arrays import Sign


class VoiceWorld(NamedTuple):
    """A ranking in the world as one voice tells it, against that of the accepted network.

    Attributes:
        voice: id of the voice.
        added: ids of the ties that the voice asserts and that are not accepted.
        removed: ids of the accepted ties that it denies.
        first: ids of the nodes that are first; none if all values are equal.
        shift: how far the first ten are from those before; see ``ranking.footrule``.
        changes_first: whether others are first than in the accepted network.
    """

    voice: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    first: tuple[str, ...]
    shift: int
    changes_first: bool


def by_voice(
    graph: Graph,
    projection: str,
    measure: str,
    *,
    sign: Sign | None = None,
    **narrowing: Unpack[Narrowing],
) -> list[VoiceWorld]:
    """Return a ranking in the world of each voice whose ties differ from the accepted ones.

    Args:
        graph: the judged graph and its case.
        projection: name of the projection.
        measure: name of a measure of ``graph.analysis.centrality.measures.MEASURES``.
        sign: which ties count; by default those that the measure takes.
        narrowing: as for ``graph.network.projection.network``, without ``voice`` and ``status``.

    Returns:
        The voice whose world moves the ranking most comes first.

    Raises:
        UsageError: a name is unknown.
    """
    narrowing["status"] = STATUSES
    whole = network(graph, projection, **narrowing)
    ties = from_network(whole)
    rows = {key: data for *_, key, data in whole.edges(keys=True, data=True)}
    said = {key: str(rows[key].get("statement", key)) for key in ties.keys}
    accepted = np.array([rows[key]["status"] == "accepted" for key in ties.keys], dtype=bool)
    before = ranks(values_in(ties, accepted, measure, sign))
    found = []
    voices = {claim.voice for key in said for claim in graph.stands_on(said[key])}
    for voice in sorted(one for one in voices if f"{UNATTRIBUTED}/" not in one):
        own = world_of(graph, voice)
        world = np.array([tells(own, said[key], rows[key]) for key in ties.keys], dtype=bool)
        if (world == accepted).all():
            continue
        after = ranks(values_in(ties, world, measure, sign))
        found.append(
            VoiceWorld(
                voice=voice,
                added=tuple(ties.keys[i] for i in np.flatnonzero(world & ~accepted).tolist()),
                removed=tuple(ties.keys[i] for i in np.flatnonzero(accepted & ~world).tolist()),
                first=first(ties.nodes, after),
                shift=footrule(before, after),
                changes_first=bool(((before == 1) != (after == 1)).any()),
            )
        )
    return sorted(found, key=lambda one: (-one.shift, one.voice))
