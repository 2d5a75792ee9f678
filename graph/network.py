"""From the graph to a network: a named projection as a ``networkx.MultiDiGraph``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from . import palette
from .errors import UsageError, suggestion
from .query import Graph, bound, named_queries, select, text, thing
from .vocabulary import HUD, KIND, RDF, RDFS, SKOS, case_namespace

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    import networkx as nx

    from .query import Query

PROJECTIONS = Path(__file__).resolve().parent / "projections"
_DEFAULT = ox.DefaultGraph()
_TYPE = ox.NamedNode(RDF + "type")
_SUBCLASS = ox.NamedNode(RDFS + "subClassOf")
_LABEL = ox.NamedNode(RDFS + "label")
_ALIAS = ox.NamedNode(SKOS + "altLabel")
_NOTE = ox.NamedNode(SKOS + "note")
_IDENTITY = ox.NamedNode(HUD + "identity")
_ABOUT = ox.NamedNode(HUD + "about")
_VOICE = ox.NamedNode(HUD + "voice")
_SOURCE = ox.NamedNode(HUD + "source")
_SURE = ox.NamedNode(HUD + "certainty")
STATUSES = tuple(style.name for style in palette.STATUSES)
SHOWN = tuple(status for status in STATUSES if status != "rejected")
"""The statuses that explanations, the page and the exports show: all but rejected."""


def recipes() -> Mapping[str, Query]:
    """Return the projections that ``network`` knows, by name."""
    return named_queries([PROJECTIONS])


def network(
    graph: Graph,
    recipe: str = "ties",
    *,
    on: str | date | None = None,
    voice: str | None = None,
    status: str | Collection[str] | None = None,
) -> nx.MultiDiGraph[str]:
    """Return a projection of the graph.

    Args:
        graph: the store and its case.
        recipe: name of the projection; see ``recipes``.
        on: a day, as a date or as ``2016-03-15``: only ties that may have held on it; each edge
            then says in ``held`` whether it held for ``certain`` or is only ``possible``.
        voice: the id or a name of an actor: the world as that voice tells it, that is what is
            accepted and what the voice asserts, less what it denies.
        status: which statuses count as ties; only accepted ones by default. Not with ``voice``.

    Returns:
        Node ids are ids of things; an edge's key is the id of its statement. Nodes have ``label``,
        ``arabic``, ``names`` (all further ones), ``kind`` (the class), ``identity`` and ``note``.
        Edges have ``kind`` (the predicate),
        ``label``, ``family``, ``sign``, ``status``, ``certainty``, ``when``, the four bounds as
        ISO dates, ``claims`` (their number), ``voices`` and ``sources``. What is not known is left
        out. ``graph.graph`` says how it was made. Ties with an end that no source names are left
        out: two unknowns are not one node.

    Raises:
        UsageError: a name is unknown, the day is none, or both voice and status are given.
    """
    import networkx as nx

    chosen = _recipe(recipe)
    wanted = _statuses(status, voice)
    day = None if on is None else str(on)
    result: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        case=graph.case,
        recipe=recipe,
        on=day or "",
        voice=thing(voice, graph, "as").value.rpartition("/")[2] if voice else "",
        status=" ".join(wanted or ()),
    )
    params = {"on": day, "as": voice}
    sparql = bound(chosen, {key: value for key, value in params.items() if value}, graph)
    _fill(result, graph, _edges(graph, sparql, wanted, day))
    return result


def _fill(
    result: nx.MultiDiGraph[str],
    graph: Graph,
    edges: list[tuple[str, str, str, dict[str, Any]]],
) -> None:
    """Put edges with their claims into a network, and their ends with their names."""
    _add_claims(graph, edges)
    nodes = _nodes(graph, {end for subject, target, _, _ in edges for end in (subject, target)})
    for node in sorted(nodes):
        result.add_node(node, **nodes[node])
    for subject, target, statement, data in edges:
        result.add_edge(subject, target, key=statement, **data)


def _recipe(name: str) -> Query:
    known = recipes()
    if name not in known:
        raise UsageError(f'there is no projection "{name}"{suggestion(name, known)}')
    return known[name]


def _statuses(given: str | Collection[str] | None, voice: str | None) -> Collection[str] | None:
    """Return the statuses that count, or ``None`` if the voice decides."""
    if voice is not None and given is not None:
        raise UsageError("a voice's world has its own rule; give a voice or statuses, not both")
    if given is None:
        return None if voice is not None else ("accepted",)
    chosen = (given,) if isinstance(given, str) else tuple(given)
    for name in chosen:
        if name not in STATUSES:
            raise UsageError(f'"{name}" is not a status; it is one of {", ".join(STATUSES)}')
    return chosen


def _edges(
    graph: Graph, sparql: str, wanted: Collection[str] | None, on: str | None
) -> list[tuple[str, str, str, dict[str, Any]]]:
    base = case_namespace(graph.case)
    table = select(graph.store, sparql)
    found = []
    for row in table.rows:
        values = {
            name: term.value  # type: ignore[union-attr]
            for name, term in zip(table.columns, row, strict=True)
            if term is not None
        }
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
        for name, key, namespace in _EDGE_TEXTS:
            if name in values:
                data[key] = values[name].removeprefix(namespace or base)
        if on is not None:
            data["held"] = _held(data, on)
        subject, target = (values[end].removeprefix(base) for end in ("subject", "object"))
        found.append((subject, target, values["statement"].removeprefix(base), data))
    return found


_EDGE_TEXTS = (
    ("when", "when", "-"),
    ("whenText", "when_text", "-"),
    ("coverage", "coverage", KIND),
    ("earliestBegin", "earliest_begin", "-"),
    ("latestBegin", "latest_begin", "-"),
    ("earliestEnd", "earliest_end", "-"),
    ("latestEnd", "latest_end", "-"),
    ("place", "place", ""),
    ("under", "under", ""),
    ("scope", "scope", "-"),
)
"""Columns, keys of an edge, and the namespace that is left out: that of the case if empty."""


def _held(data: Mapping[str, Any], on: str) -> str:
    """Return whether a tie held for certain on a day, or only may have held."""
    begun = data.get("latest_begin", "9999") <= on
    not_ended = data.get("earliest_end", "0000") >= on
    throughout = data.get("coverage") == "throughout"
    on_one_day = data.get("earliest_begin", "") == data.get("latest_end", "-")
    return "certain" if begun and not_ended and (throughout or on_one_day) else "possible"


def _add_claims(graph: Graph, edges: list[tuple[str, str, str, dict[str, Any]]]) -> None:
    """Add what the claims on each edge's statement say; only those claims are looked at."""
    base = case_namespace(graph.case)
    pattern = graph.store.quads_for_pattern
    for _, _, statement, data in edges:
        about = pattern(None, _ABOUT, ox.NamedNode(base + statement), _DEFAULT)
        claims = sorted((quad.subject for quad in about), key=str)
        given = [{q.predicate: q.object for q in pattern(c, None, None, _DEFAULT)} for c in claims]
        data["claims"] = len(given)
        for key, predicate in (("voices", _VOICE), ("sources", _SOURCE)):
            names = (text(claim[predicate]).removeprefix(base) for claim in given)
            data[key] = list(dict.fromkeys(names))
        certainties = (text(claim[_SURE]).removeprefix(KIND) for claim in given)
        if given:
            data["certainty"] = min(certainties, key=palette.CERTAINTIES.index)


def _nodes(graph: Graph, ends: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return what is known of some things: label, narrowest class, identity, Arabic name, note."""
    base = case_namespace(graph.case)
    wider = _wider_classes(graph.store)
    found: dict[str, dict[str, Any]] = {}
    for end in ends:
        values: dict[ox.NamedNode, list[Any]] = {}
        for quad in graph.store.quads_for_pattern(ox.NamedNode(base + end), None, None, _DEFAULT):
            values.setdefault(quad.predicate, []).append(quad.object)
        if _LABEL not in values:
            found[end] = {"label": end}
            continue
        types = {text(term) for term in values.get(_TYPE, ())}
        narrow = types - {name for known in types for name in wider.get(known, ())}
        classes = sorted(name for name in narrow if name.startswith(HUD))
        data: dict[str, Any] = {"label": text(values[_LABEL][0])}
        data["kind"] = classes[0].removeprefix(HUD)
        if _IDENTITY in values:
            data["identity"] = text(values[_IDENTITY][0]).removeprefix(KIND)
        arabic = sorted(name.value for name in values.get(_ALIAS, ()) if name.language == "ar")
        if arabic:
            data["arabic"] = arabic[0]
        further = sorted(name.value for name in values.get(_ALIAS, ()))
        if further:
            data["names"] = further
        if _NOTE in values:
            data["note"] = text(values[_NOTE][0])
        found[end] = data
    return found


def _wider_classes(store: ox.Store) -> dict[str, set[str]]:
    """Return the classes directly above each class of the ontology."""
    wider: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, _SUBCLASS, None, _DEFAULT):
        wider.setdefault(text(quad.subject), set()).add(text(quad.object))
    return wider
