"""From the graph to a network: a named projection as a ``networkx.MultiDiGraph``.

A projection is a query that says which statements join which nodes. What else is known of an edge
is looked up here, alike for all projections, and so are the filters.
"""

from __future__ import annotations

import warnings
from collections import Counter
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ..errors import UsageError, suggestion
from ..model.days import not_shown
from ..model.terms import spaced
from ..model.things import Located
from ..query.lookup import thing
from ..query.named import named_queries
from ..read.former import cases_of
from ..read.rules import SEPARATOR, in_words, together
from ..read.select import Graph
from ..read.sizes import last_size
from .attributes import LISTS
from .filters import STATUSES, Filters, Tie, told_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from typing import Unpack

    import networkx as nx

    from ..query.named import Query
    from ..read.select import Graph
    from .filters import Narrowing

    Data = dict[str, Any]

__all__ = [
    "LINES", "STATUSES", "described", "keys", "lines", "network", "nodes_named", "projections",
    "takes_recipe",
]  # fmt: skip
Call = TypeVar("Call", bound="Callable[..., Any]")
PROJECTIONS = Path(__file__).resolve().parent / "projections"
_FILTERS = ("status", "voice", "only", "on", "held", "during", "certainty", "family", "place")
LINES: Mapping[str, str] = {"ties": "tie", "participation": "role"}
"""The projections that explanations follow and the page draws, and what a line of each is."""
_NAMES = ("projection", "recipe")
"""How ``network.graph`` calls the projection: the second name stays for one release."""
_TOLD = 5
"""So many names that are wrong are told at once."""


def takes_recipe(function: Call) -> Call:
    """Let ``recipe``, the old name of the parameter ``projection``, be given for one release.

    Args:
        function: takes a ``projection``.
    """

    @wraps(function)
    def taking(*args: Any, **given: Any) -> Any:  # noqa: ANN401 - whatever the function takes
        if "recipe" not in given:
            return function(*args, **given)
        told = "recipe is projection now; the old name is read for one release"
        warnings.warn(told, DeprecationWarning, stacklevel=2)
        return function(*args, projection=given.pop("recipe"), **given)

    return cast("Call", taking)


@cache
def projections() -> Mapping[str, Query]:
    """Return the projections that ``network`` knows, by name."""
    return named_queries([PROJECTIONS])


@takes_recipe
def network(
    graph: Graph, projection: str = "ties", **narrowing: Unpack[Narrowing]
) -> nx.MultiDiGraph[str]:
    """Return a projection of the graph.

    Args:
        graph: the store and its case.
        projection: name of the projection; see ``projections``.
        narrowing: which of its ties: ``on``, ``during``, ``voice``, ``only``, ``status``,
            ``certainty``, ``family``, ``place``, ``held`` and ``by``; see
            ``graph.network.filters.Narrowing``. Only accepted ties count unless a voice or a
            status is given.

    Returns:
        Node ids are ids of things; an edge's key is the id of its statement, of its claim or of
        its passage, whatever the projection joins by. Nodes have ``label``, a name in each other
        language that the case has names in (``arabic``, ``russian``), ``names``
        (all further ones), ``class``, ``identity`` and ``note``; places that have coordinates
        ``latitude``, ``longitude`` (degrees of WGS 84) and ``uncertainty_m``; what has an accepted
        size in numbers the one counted last, by the day if one is given, as ``last_size`` and
        ``last_size_counted``; of a range ``last_size_low`` and ``last_size_high``. Of several cases
        nodes and edges have ``case``. Edges have ``predicate``, ``label``, ``family``, ``sign``,
        ``status``, ``certainty``, ``when``, the four bounds as ISO dates, ``spans``, ``claims``
        (their number), ``voices`` and ``sources``, and with ``on`` also ``held`` on it. What is not
        known is left out. ``kind`` is, for one release, the old name of ``class``, ``predicate``.
        ``graph.graph`` says how it was made, in ``world`` what the world of a voice is made of, and
        in ``not_shown`` how many ties are in classes that are listed on request only. Ties with an
        end that no source names are left out: two unknowns are not one node.

    Raises:
        UsageError: a name is unknown, the day is none, the span is no EDTF, or both voice and
            status are given.
    """
    import networkx as nx

    chosen = _projection(projection)
    filters = Filters.of(graph, narrowing)
    result: nx.MultiDiGraph[str] = nx.MultiDiGraph(case=graph.case)
    result.graph |= dict.fromkeys(_NAMES, projection)
    result.graph.update(filters.told())
    if filters.voice is not None:
        result.graph["world"] = in_words(graph, filters.voice, only=filters.only)
    ties = [tie for tie in _every_tie(graph, chosen) if filters.admit(tie)]
    on_day: dict[str, str] = {}
    if (day := filters.as_of) is not None:
        on_day = {tie.key: day.of(graph, tie.data) for tie in ties}
        result.graph["not_shown"] = not_shown(on_day.values(), day.shown)
        ties = [tie for tie in ties if on_day[tie.key] in day.shown]
    _put(result, graph, ties, on_day)
    return result


@takes_recipe
def of_other_statuses(
    graph: Graph, projection: str = "ties", **narrowing: Unpack[Narrowing]
) -> dict[str, int]:
    """Return how many ties of each status there would be if the status narrowed nothing.

    Args:
        graph: the store and its case.
        projection: name of the projection.
        narrowing: as for ``network``.

    Returns:
        Numbers by status, the most first, without the statuses that were wanted; nothing for the
        world of a voice, which has a rule of its own.

    Raises:
        UsageError: as for ``network``.
    """
    wanted = Filters.of(graph, narrowing).status
    if wanted is None:
        return {}
    narrowing["status"] = STATUSES
    every = network(graph, projection, **narrowing)
    counts = Counter(data["status"] for *_, data in every.edges(data=True))
    return {status: count for status, count in counts.most_common() if status not in wanted}


def _put(
    result: nx.MultiDiGraph[str], graph: Graph, ties: Iterable[Tie], on_day: Mapping[str, str]
) -> None:
    """Put ties and their ends into a network, in values that may be changed there."""
    ends = {tie.source for tie in ties} | {tie.target for tie in ties}
    day = result.graph.get("on") or None
    for end in sorted(ends):
        node = _node(graph, end) | last_size(graph, end, day)
        result.add_node(end, **node, **({"kind": node["class"]} if "class" in node else {}))
    for source, target, key, kept, _ in ties:
        data = {**kept, "kind": kept.get("predicate", "")}
        for name in LISTS:
            if name in data:
                data[name] = data[name][:]
        if on_day:
            data["held"] = on_day[key]
        result.add_edge(source, target, key=key, **data)


def lines(graph: Graph, **narrowing: Unpack[Narrowing]) -> nx.MultiDiGraph[str]:
    """Return ties and parts in events together, as explanations follow and the page draws them.

    Args:
        graph: the store and its case.
        narrowing: as for ``network``.

    Returns:
        As ``network``; each edge says in ``draw`` whether it is a ``tie`` or a ``role``.

    Raises:
        UsageError: as for ``network``.
    """
    import networkx as nx

    parts = [network(graph, projection, **narrowing) for projection in LINES]
    for part, draw in zip(parts, LINES.values(), strict=True):
        for *_, data in part.edges(data=True):
            data["draw"] = draw
    whole: nx.MultiDiGraph[str] = nx.compose_all(reversed(parts))
    whole.graph |= dict.fromkeys(_NAMES, " and ".join(LINES))
    return whole


def keys(graph: Graph, projection: str) -> Collection[str]:
    """Return the ids of the statements that a projection joins nodes by, claimed or not.

    Args:
        graph: the store and its case.
        projection: the name of one that joins by statements.

    Raises:
        UsageError: there is no such projection.
    """
    return set(graph.columns_of(_projection(projection).sparql)["statement"])


def described(network: nx.MultiDiGraph[str]) -> str:
    """Return what a network is, in words: ``actors (status accepted; during 2015)``."""
    names = (*_FILTERS, "one_mode", "backbone")
    filters = told_in_words({name: network.graph.get(name) for name in names})
    return f"{network.graph['projection']} ({filters})"


def nodes_named(
    graph: Graph, network: nx.MultiDiGraph[str], names: Iterable[str], what: str = "actor"
) -> tuple[str, ...]:
    """Return the nodes of a network that are called so.

    Args:
        graph: the store and its case.
        network: as ``network`` returns it.
        names: ids or names of things.
        what: what they are for, for messages.

    Returns:
        Their ids, in the order of the names.

    Raises:
        UsageError: nothing is called so, or it has no tie in this network; all such names are told
            at once.
    """
    found, problems = [], []
    for name in names:
        try:
            node = graph.local(thing(name, graph, what).value)
        except UsageError as error:
            problems.append(str(error))
            continue
        if node in network:
            found.append(node)
        else:
            problems.append(f"{what}: {_why_missing(graph, network, node)}")
    if problems:
        more = len(problems) - _TOLD
        raise UsageError("; ".join(problems[:_TOLD]) + (f"; and {more} more" if more > 0 else ""))
    return tuple(found)


def _why_missing(graph: Graph, network: nx.MultiDiGraph[str], node: str) -> str:
    projection = network.graph["projection"]
    data = _node(graph, node)
    named = f'"{data["label"]}" ({spaced(data.get("class", "statement")).strip()})'
    every = _every_tie(graph, _projection(projection))
    if any(node in (tie.source, tie.target) for tie in every):
        return f"no tie of {named} is left in {described(network)}"
    return f'{named} has no tie in {projection}; "hudna network --list" shows the projections'


def _every_tie(graph: Graph, projection: Query) -> list[Tie]:
    """Return the ties of a projection, looked up once."""
    return graph.kept(("network", projection.name), lambda: list(_ties(graph, projection)))


def _projection(name: str) -> Query:
    known = projections()
    if name not in known:
        hint = suggestion(name, known) or f"; the projections are {', '.join(known)}"
        raise UsageError(f'there is no projection "{name}"{hint}')
    return known[name]


def _ties(graph: Graph, projection: Query) -> Iterator[Tie]:
    """Yield the ties of a projection with all that is known of them, sorted by their keys.

    What nobody claims is no tie: the alternatives and conditions that a statement only names.
    """
    columns = graph.columns_of(projection.sparql)
    key = next(name for name in ("claim", "passage", "statement") if name in columns)
    joined = columns[key], columns["subject"], columns["object"]
    rows = sorted(zip(*joined, columns.get("statement", columns[key]), strict=True))
    if key != "passage":
        graph.read_stands(columns["statement"])
    for name, source, target, statement in rows:
        if key == "passage":
            yield Tie(source, target, name, _mentioned(name) | _of_cases(graph, name), ())
            continue
        claims, data = graph.stands_on(statement), graph.qualifiers(statement)
        if graph.names.several:
            data = {**data, **_of_cases(graph, statement)}
        if not claims:
            continue
        if key == "claim":
            (claim,) = (one for one in claims if one.claim == name)
            own = {"statement": statement, "stance": claim.stance}
            yield Tie(source, target, name, {**data, **own, **together([claim])}, claims)
        else:
            yield Tie(source, target, name, {**data, **together(claims)}, claims)


def _of_cases(graph: Graph, name: str) -> Data:
    """Return the cases that a record is of, as an attribute; nothing if the graph is of one."""
    found = cases_of(graph, name)
    return {"case": SEPARATOR.join(found)} if found else {}


def _mentioned(passage: str) -> Data:
    """Return what is known of an edge that is a sentence; that it is written, nobody disputes."""
    source, _, sentence = passage.partition(".")
    return {
        "predicate": "mentionedWith",
        "label": "is mentioned with",
        "family": "mention",
        "sign": 0,
        "status": "accepted",
        "sentence": sentence,
        "claims": 0,
        "voices": [],
        "sources": [source],
    }


def _node(graph: Graph, name: str) -> Data:
    """Return what is known of a thing: label, narrowest class, identity, names, note."""
    from ..read.languages import names_by_language

    one = graph.thing(name)
    if not one.label:
        return {"label": name}
    data: Data = {"label": one.label, "class": graph.narrowest(one)}
    more = {"identity": getattr(one, "identity", "")}
    more |= {language.column: name.text for language, name in names_by_language(graph, one).items()}
    more |= {"names": [found.text for found in getattr(one, "names", ())], "note": one.note}
    more |= _of_cases(graph, name)
    data |= {known: value for known, value in more.items() if value}
    return data | (one.point if isinstance(one, Located) else {})
