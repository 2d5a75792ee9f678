"""How two things are tied: the best chains of ties between them, each step with its evidence."""

from __future__ import annotations

from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError
from ..model import SHOWN
from ..query.lookup import thing
from ..read import CitedClaim, cited_claims, edge_in_words
from ..read.disagreeing import Disagreeing, disagreements_on
from ..read.once import once_said
from ..read.select import Graph
from .projection import lines
from .ways import Hop, ways

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from typing import Any, Literal, Unpack

    import networkx as nx

    from ..read.once import OnceSaid
    from ..read.select import Graph
    from .filters import Narrowing

    Sign = Literal["any", "not-negative", "positive", "negative"]
    Data = dict[str, Any]
    Joined = Mapping[frozenset[str], Mapping[str, tuple[str, str, Data]]]

COSTS: Mapping[str, Mapping[str, int]] = {
    "status": {
        "accepted": 100,
        "contested": 160,
        "alleged": 160,
        "judgement": 190,
        "open": 220,
        "rejected": 300,
    },
    "family": {"membership": 100, "attribution": 100, "position": 100},
    "draw": {"tie": 1, "role": 61},
}
"""What a step costs, here and on the page: the sum over its status, its family (where somebody
belongs, or what somebody holds, costs more) and how it joins (over a common event or agreement it
costs more: two such steps join two actors). Each costs 1, so that of ways that else cost the same
the shorter comes first."""

MOST = 3
"""So many chains are told, here and on the page, unless more are asked for."""


class Step(NamedTuple):
    """One statement that joins two neighbours on a chain, in its own direction.

    Attributes:
        statement: its id.
        subject: label of the subject.
        predicate: the words between subject and object.
        object: label of the object.
        said: all three as a sentence.
        sign: of the predicate; -1 is hostility.
        status: of the statement.
        when: EDTF, or empty.
        held: ``certain``, ``attested`` or ``possible`` where a day was asked for.
        evidence: the claims, those that affirm it first.
    """

    statement: str
    subject: str
    predicate: str
    object: str
    said: str
    sign: int
    status: str
    when: str
    held: str
    evidence: tuple[CitedClaim, ...]


class Chain(NamedTuple):
    """A way from one thing to another.

    Attributes:
        nodes: labels of the nodes on the way.
        hops: for each pair of neighbours, the statements that join them, the surest first. Where
            both hostile and other ties join them, a way without hostility has the others, and a
            way over hostility the hostile ones.
        over: the words of the hostile ties that it leads over; empty if there are none.
        figures: where voices disagree on figures of the nodes, and what decides.
    """

    nodes: tuple[str, ...]
    hops: tuple[tuple[Step, ...], ...]
    over: tuple[str, ...]
    figures: tuple[Disagreeing, ...] = ()


def explain(
    graph: Graph,
    start: str,
    end: str,
    *,
    sign: Sign = "any",
    most: int = MOST,
    **narrowing: Unpack[Narrowing],
) -> list[Chain]:
    """Return the best chains of ties between two things, the best first.

    Chains without hostility come before those over hostility. Of either, short chains of accepted
    ties come before long ones and before disputed ties; where somebody belongs or is located
    counts for less than what somebody does. Ties are followed in both directions, and events and
    agreements join those who had a part in them.

    Args:
        graph: the graph and its case.
        start: id or name of a thing.
        end: id or name of another thing.
        sign: ``not-negative`` leaves out ways over hostility, ``negative`` asks for them alone,
            ``positive`` follows ties with the sign 1 only.
        most: how many chains at the most.
        narrowing: which ties are followed, as for ``graph.network.projection.network``; all but
            rejected ones unless a voice or a status is given.

    Raises:
        UsageError: a name is unknown or fits several, both are the same, or a filter is wrong.
    """
    first, last = _ends(graph, start, end)
    if first == last:
        raise UsageError(f'"{start}" and "{end}" are the same thing')
    wanted = narrowing.copy()
    if wanted.get("voice") is None and wanted.get("status") is None:
        wanted["status"] = SHOWN
    found = lines(graph, **wanted)
    labels = {node: str(data["label"]) for node, data in found.nodes.items()}
    return [
        _chain(graph, [joined[frozenset(pair)] for pair in pairwise(way)], way, labels)
        for joined, way in islice(_ranked(found, first, last, sign), most)
    ]


def joined_once(graph: Graph, start: str, end: str) -> list[OnceSaid]:
    """Return what tied two things until a later release said it no more.

    Args:
        graph: the graph and its case.
        start: id or name of a thing.
        end: id or name of another thing.

    Raises:
        UsageError: a name is unknown or fits several.
    """
    return once_said(graph, *_ends(graph, start, end)) if graph.dropped else []


def _ends(graph: Graph, start: str, end: str) -> tuple[str, str]:
    first, last = (
        graph.local(thing(name, graph, which, ("Entity",)).value)
        for name, which in ((start, "from"), (end, "to"))
    )
    return first, last


def _ranked(
    found: nx.MultiDiGraph[str], first: str, last: str, sign: Sign
) -> Iterator[tuple[Joined, tuple[str, ...]]]:
    """Yield the ways that are asked for, each with what joins any two nodes for it."""
    peaceful = _joined(found, lambda one: one > 0 if sign == "positive" else one >= 0)
    if sign != "negative":
        yield from ((peaceful, way) for way in ways(_hops(peaceful), first, last))
    if sign in ("any", "negative"):
        rough = {**peaceful, **_joined(found, lambda one: one < 0)}
        yield from ((rough, way) for way in ways(_hops(rough), first, last, hostile=True))


def _joined(found: nx.MultiDiGraph[str], taken: Callable[[int], bool]) -> Joined:
    """Return the statements between each two nodes whose sign is taken, in either direction."""
    joined: dict[frozenset[str], dict[str, tuple[str, str, Data]]] = {}
    for subject, target, key, data in found.edges(keys=True, data=True):
        if subject != target and taken(data["sign"]):
            joined.setdefault(frozenset((subject, target)), {})[key] = subject, target, data
    return joined


def _hops(joined: Joined) -> Iterator[Hop]:
    for pair, between in joined.items():
        told = [data for _, _, data in between.values()]
        one, other = sorted(pair)
        yield Hop(one, other, min(map(_cost, told)), all(data["sign"] < 0 for data in told))


def _cost(data: Data) -> int:
    more = COSTS["family"].get(data["family"], 0) + COSTS["draw"][data["draw"]]
    return COSTS["status"][data["status"]] + more


def _chain(
    graph: Graph,
    joined: Iterable[Mapping[str, tuple[str, str, Data]]],
    way: Collection[str],
    labels: Mapping[str, str],
) -> Chain:
    hops = tuple(_steps(graph, between, labels) for between in joined)
    over = dict.fromkeys(step.predicate for step in chain(*hops) if step.sign < 0)
    figures = tuple(disagreements_on(graph, way))
    return Chain(tuple(labels[node] for node in way), hops, tuple(over), figures)


def _steps(
    graph: Graph, between: Mapping[str, tuple[str, str, Data]], labels: Mapping[str, str]
) -> tuple[Step, ...]:
    """Return the statements between two nodes as steps, the surest first, then in time."""
    found = {
        (COSTS["status"][data["status"]], data.get("order_key", ""), key): Step(
            statement=key,
            subject=labels[subject],
            predicate=data["label"],
            object=labels[target],
            said=edge_in_words(graph, data, labels[subject], labels[target]),
            sign=data["sign"],
            status=data["status"],
            when=data.get("when", ""),
            held=data.get("held", ""),
            evidence=tuple(sorted(cited_claims(graph, key), key=lambda one: not one.affirms)),
        )
        for key, (subject, target, data) in between.items()
    }
    return tuple(step for _, step in sorted(found.items()))
