"""From the graph to a network: a named projection as a ``networkx.MultiDiGraph``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import UsageError, suggestion
from .query import Graph, bound, named_queries, select, short
from .vocabulary import HUD, KIND, case_namespace

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import networkx as nx
    import pyoxigraph as ox

    from .query import Query

PROJECTIONS = Path(__file__).resolve().parent / "projections"
_SUPPORT = ("nodes", "claims")
_CERTAINTY = ("certain", "probable", "possible", "unspecified")
STATUSES = ("accepted", "contested", "alleged", "open", "rejected")


def recipes() -> Mapping[str, Query]:
    """Return the projections that ``network`` knows, by name."""
    found = named_queries([PROJECTIONS])
    return {name: query for name, query in found.items() if name not in _SUPPORT}


def network(
    graph: Graph,
    recipe: str = "ties",
    *,
    on: str | None = None,
    voice: str | None = None,
    status: Collection[str] = ("accepted",),
) -> nx.MultiDiGraph[str]:
    """Return a projection of the graph.

    Args:
        graph: the store and its case.
        recipe: name of the projection; see ``recipes``.
        on: a day as ``2016-03-15``: only ties that may have held on it; each edge then says in
            ``held`` whether it held for ``certain`` or is only ``possible``.
        voice: the id of an actor: the world as that voice tells it, whatever the status.
        status: which statuses count as ties when no voice is given.

    Returns:
        Node ids are ids of things; an edge's key is the id of its statement. Nodes have ``label``,
        ``arabic``, ``kind`` (the class) and ``identity``. Edges have ``kind`` (the predicate),
        ``label``, ``family``, ``sign``, ``status``, ``certainty``, ``when``, the four bounds as
        ISO dates, ``claims`` (their number), ``voices`` and ``sources``. What is not known is left
        out. ``graph.graph`` says how it was made. Ties with an end that no source names are left
        out: two unknowns are not one node.

    Raises:
        UsageError: a name is unknown, or the day is none.
    """
    import networkx as nx

    chosen = _recipe(recipe)
    _check_statuses(status)
    params = {key: value for key, value in (("on", on), ("as", voice)) if value is not None}
    sparql = bound(chosen, params, graph)
    result: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        case=graph.case, recipe=recipe, on=on or "", voice=voice or "", status=" ".join(status)
    )
    edges = _edges(graph, sparql, wanted=None if voice else frozenset(status), on=on)
    _add_claims(graph, edges)
    nodes = _nodes(graph)
    ends = {end for subject, target, _, _ in edges for end in (subject, target)}
    for node in sorted(ends):
        result.add_node(node, **nodes.get(node, {"label": node}))
    for subject, target, statement, data in edges:
        result.add_edge(subject, target, key=statement, **data)
    return result


def _recipe(name: str) -> Query:
    known = recipes()
    if name not in known:
        raise UsageError(f'there is no projection "{name}"{suggestion(name, known)}')
    return known[name]


def _check_statuses(status: Collection[str]) -> None:
    for name in status:
        if name not in STATUSES:
            raise UsageError(f'"{name}" is not a status; it is one of {", ".join(STATUSES)}')


def _edges(
    graph: Graph, sparql: str, wanted: frozenset[str] | None, on: str | None
) -> list[tuple[str, str, str, dict[str, Any]]]:
    base = case_namespace(graph.case)
    found = []
    for solution in _solutions(graph.store, sparql):
        values = {name: term.value for name, term in solution.items()}
        status = values["status"].removeprefix(KIND)
        if wanted is not None and status not in wanted:
            continue
        data: dict[str, Any] = {
            "kind": values["predicate"].removeprefix(HUD),
            "label": values["label"],
            "family": values["family"].removeprefix(KIND),
            "sign": int(values["sign"]),
            "status": status,
        }
        for name, key in _EDGE_TEXTS:
            if name in values:
                data[key] = short(values[name]).removeprefix("kind:")
        if on is not None:
            data["held"] = _held(data, on)
        subject, target = (values[end].removeprefix(base) for end in ("subject", "object"))
        found.append((subject, target, values["statement"].removeprefix(base), data))
    return found


_EDGE_TEXTS = (
    ("when", "when"),
    ("whenText", "when_text"),
    ("coverage", "coverage"),
    ("earliestBegin", "earliest_begin"),
    ("latestBegin", "latest_begin"),
    ("earliestEnd", "earliest_end"),
    ("latestEnd", "latest_end"),
    ("place", "place"),
    ("under", "under"),
    ("scope", "scope"),
)


def _held(data: Mapping[str, Any], on: str) -> str:
    """Return whether a tie held for certain on a day, or only may have held."""
    begun = data.get("latest_begin", "9999") <= on
    not_ended = data.get("earliest_end", "0000") >= on
    throughout = data.get("coverage") == "throughout"
    return "certain" if begun and not_ended and throughout else "possible"


def _add_claims(graph: Graph, edges: list[tuple[str, str, str, dict[str, Any]]]) -> None:
    base = case_namespace(graph.case)
    by_statement = {statement: data for _, _, statement, data in edges}
    for data in by_statement.values():
        data.update(claims=0, voices=[], sources=[])
    certainties: dict[str, list[str]] = {}
    sparql = (PROJECTIONS / "claims.rq").read_text("utf-8")
    for solution in _solutions(graph.store, sparql):
        values = {name: term.value for name, term in solution.items()}
        statement = values["statement"].removeprefix(base)
        if statement not in by_statement:
            continue
        data = by_statement[statement]
        data["claims"] += 1
        for key, name in (("voices", "voice"), ("sources", "source")):
            value = values[name].removeprefix(base)
            if value not in data[key]:
                data[key].append(value)
        certainties.setdefault(statement, []).append(values["certainty"].removeprefix(KIND))
    for statement, given in certainties.items():
        by_statement[statement]["certainty"] = min(given, key=_CERTAINTY.index)


def _nodes(graph: Graph) -> dict[str, dict[str, str]]:
    base = case_namespace(graph.case)
    found: dict[str, dict[str, str]] = {}
    for solution in _solutions(graph.store, (PROJECTIONS / "nodes.rq").read_text("utf-8")):
        values = {name: term.value for name, term in solution.items()}
        data = {"label": values["label"], "kind": values["class"].removeprefix(HUD)}
        if "identity" in values:
            data["identity"] = values["identity"].removeprefix(KIND)
        for key in ("arabic", "note"):
            if key in values:
                data[key] = values[key]
        found.setdefault(values["node"].removeprefix(base), data)
    return found


def _solutions(store: ox.Store, sparql: str) -> list[dict[str, Any]]:
    table = select(store, sparql)
    return [
        {name: term for name, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.rows
    ]
