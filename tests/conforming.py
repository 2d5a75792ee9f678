"""What fits the shapes, by our queries and by pySHACL, which is the reference for them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from oxrdflib._converter import from_ox
from rdflib import Graph, Namespace, URIRef
from rdflib.plugins.sparql import processor
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from graph.build import validation

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib.plugins.sparql.sparql import Query

    Found = set[tuple[str, ...]]

SH = Namespace("http://www.w3.org/ns/shacl#")
SHAPES = Graph().parse(validation.SHAPES)


def by_queries(graph: ox.Store, shapes: Path = validation.SHAPES) -> Found:
    """Return focus node, shape, path, value and message of whatever is wrong."""
    return {
        (found.focus, found.shape, found.path, found.value, found.message)
        for found in validation.validate(graph, shapes)
    }


def by_pyshacl(graph: ox.Store, shapes: Path = validation.SHAPES) -> Found:
    """Return the same as pySHACL finds it; a path other than a property counts as none."""
    import pyshacl

    data = of_rdflib(graph)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processor, "parseQuery", str)
        patch.setattr(
            processor,
            "translateQuery",
            lambda query, _base, names: prepared(query, frozenset(names.items())),
        )
        _, report, _ = pyshacl.validate(data, shacl_graph=parsed(shapes), inplace=True)
    assert isinstance(report, Graph)
    found: Found = set()
    for result in report.objects(None, SH.result):
        path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
        found.add(
            (
                str(report.value(result, SH.focusNode)),
                str(report.value(result, SH.sourceShape)),
                str(path) if isinstance(path, URIRef) else "",
                "" if value is None else str(value),
                str(report.value(result, SH.resultMessage)),
            )
        )
    return found


def of_rdflib(graph: ox.Store) -> Graph:
    """Return the default graph of a store; what many of them hold is turned round once."""
    data = Graph()
    for quad in graph.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        data.add(turned(quad.triple))
    return data


@lru_cache(maxsize=2**16)
def turned(triple: ox.Triple) -> Any:  # noqa: ANN401 - three nodes of rdflib
    return from_ox(triple)


def parsed(shapes: Path) -> Graph:
    return SHAPES if shapes == validation.SHAPES else Graph().parse(shapes)


@lru_cache(maxsize=512)
def prepared(query: str, names: frozenset[tuple[str, str]]) -> Query:
    """Return a query of the shapes, prepared once; parsing is most of what pySHACL does."""
    return translateQuery(parseQuery(query), initNs=dict(names))
